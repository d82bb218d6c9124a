// The figures of a town's year, laid out: a row for each metric, a column for each period.
import type {FigureJson, YearFigureJson} from '@/api/types';

export interface YearRow {
  metric: string;
  version: number;
  /** By "2024", "2024-Q1", "2024-03". */
  figures: Map<string, FigureJson>;
}

/** Rows in the order of the answer. */
export function layOut(figures: YearFigureJson[]): YearRow[] {
  const rows = new Map<string, YearRow>();
  for (const {metric = '', metricVersion = 0, period = '', figure} of figures) {
    const row = rows.get(metric) ?? {metric, version: metricVersion, figures: new Map()};
    if (figure) row.figures.set(period, figure);
    rows.set(metric, row);
  }
  return [...rows.values()];
}

/** The columns: the year and its quarters, with the months if wanted. */
export function periodsOf(year: number, months: boolean): string[] {
  const quarters = [1, 2, 3, 4].flatMap((quarter) => {
    const own = [1, 2, 3].map((month) => `${year}-${String(quarter * 3 - 3 + month).padStart(2, '0')}`);
    return months ? [...own, `${year}-Q${quarter}`] : [`${year}-Q${quarter}`];
  });
  return [...quarters, String(year)];
}

/** A digest as people compare it: in groups of eight. */
export function groupedDigest(digest: string): string {
  return digest.replace(/(.{8})(?=.)/g, '$1 ');
}
