// Periods as they stand in an address: "2024", "2024-Q1", "2024-03", "2024-01-15..2024-02-20"; days, both inclusive.

/** A period of whole days. */
export interface Period {
  /** As in the address. */
  text: string;
  kind: 'year' | 'quarter' | 'month' | 'days';
  /** First day, inclusive, "2024-01-01". */
  start: string;
  /** Last day, inclusive. */
  end: string;
  year: number;
}

const pad = (value: number) => String(value).padStart(2, '0');

/** Days of a month; month is 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

function months(text: string, kind: Period['kind'], year: number, first: number, last: number): Period {
  const start = `${year}-${pad(first)}-01`;
  return {text, kind, year, start, end: `${year}-${pad(last)}-${daysInMonth(year, last)}`};
}

/** A calendar year. */
export function yearPeriod(year: number): Period {
  return months(String(year), 'year', year, 1, 12);
}

/** Reads a period; null when it is none, or lies outside 2000 to 2100, where the server's periods end. */
export function parsePeriod(text: string): Period | null {
  const year = Number(text.slice(0, 4));
  if (!/^\d{4}/.test(text) || year < 2000 || year > 2100) return null;
  const tail = text.slice(4);
  if (tail === '') return yearPeriod(year);
  const quarter = /^-Q([1-4])$/.exec(tail);
  if (quarter) return months(text, 'quarter', year, Number(quarter[1]) * 3 - 2, Number(quarter[1]) * 3);
  const month = /^-(0[1-9]|1[0-2])$/.exec(tail);
  if (month) return months(text, 'month', year, Number(month[1]), Number(month[1]));
  const [start = '', end = ''] = text.split('..');
  if (!isDate(start) || !isDate(end) || start > end) return null;
  return {text, kind: 'days', start, end, year: Number(end.slice(0, 4))};
}

/** The same sort of period, `step` before or after; null for free days. */
export function shiftPeriod(period: Period, step: number): Period | null {
  if (period.kind === 'year') return yearPeriod(period.year + step);
  const length = period.kind === 'quarter' ? 3 : 1;
  if (period.kind === 'days') return null;
  const index = period.year * 12 + Number(period.start.slice(5, 7)) - 1 + step * length;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  return parsePeriod(period.kind === 'month' ? `${year}-${pad(month)}` : `${year}-Q${(month + 2) / 3}`);
}

/** The twelve months of a year, "2024-01" ... */
export function monthsOf(year: number): string[] {
  return Array.from({length: 12}, (_, index) => `${year}-${pad(index + 1)}`);
}

/** Today's day in China Standard Time, where days of activities are counted. */
export function today(now = new Date()): string {
  return new Date(now.getTime() + 8 * 3600_000).toISOString().slice(0, 10);
}
