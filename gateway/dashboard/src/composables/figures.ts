// How figures and codes are shown. Nothing is reckoned here: the server prints the decimals, this groups their digits.
import type {FigureJson, MetricJson} from '@/api/types';

/** The four states of a figure. */
export type State = 'value' | 'confirmedZero' | 'notReported' | 'notApplicable';

const STATES: Record<string, State> = {
  FIGURE_STATE_VALUE: 'value',
  FIGURE_STATE_CONFIRMED_ZERO: 'confirmedZero',
  FIGURE_STATE_NOT_REPORTED: 'notReported',
  FIGURE_STATE_NOT_APPLICABLE: 'notApplicable',
};

/** What a figure is; one that is missing is not applicable. */
export function stateOf(figure: FigureJson | undefined): State {
  return STATES[String(figure?.state ?? '')] ?? 'notApplicable';
}

/**
 * Groups the digits of a printed decimal: "12345.60" -> "12,345.60"; Chinese groups by a narrow space, as GB/T 15835
 * asks. A number below 10,000 stays whole in Chinese print.
 */
export function groupDigits(decimal: string, locale: string): string {
  const match = /^([-+−]?)(\d+)(\.\d+)?$/.exec(decimal);
  if (!match) return decimal;
  const [, sign = '', whole = '', fraction = ''] = match;
  const chinese = locale.startsWith('zh');
  if (chinese && whole.length <= 4) return sign.replace('-', '−') + whole + fraction;
  return sign.replace('-', '−') + whole.replace(/\B(?=(\d{3})+$)/g, chinese ? '\u202f' : ',') + fraction;
}

/** A figure's digits; empty when it has none. */
export function digitsOf(figure: FigureJson | undefined, locale: string): string {
  const state = stateOf(figure);
  if (state === 'confirmedZero') return '0';
  return state === 'value' ? groupDigits(figure?.decimal ?? '0', locale) : '';
}

/** For sorting and for the length of a bar, never for print; null when there is no value. */
export function sortKey(figure: FigureJson | undefined): number | null {
  const state = stateOf(figure);
  if (state === 'confirmedZero') return 0;
  return state === 'value' ? Number(figure?.decimal ?? 0) : null;
}

/** A server's printed decimal as a sort key; null when it is empty. */
export function decimalKey(decimal: string | undefined): number | null {
  return decimal === undefined || decimal === '' ? null : Number(decimal);
}

/** "metrics/law_lectures" -> "law_lectures"; "townships/630106101" -> "630106101". */
export function idOf(name: string | undefined): string {
  return (name ?? '').slice((name ?? '').lastIndexOf('/') + 1);
}

/** A name in the reader's language, with the other as what is left. */
export function nameOf(item: {displayNameZh?: string; displayNameEn?: string} | undefined, locale: string): string {
  const [first, second] = locale.startsWith('zh')
    ? [item?.displayNameZh, item?.displayNameEn]
    : [item?.displayNameEn, item?.displayNameZh];
  return first || second || '';
}

/** A metric's unit in the reader's language. */
export function unitOf(metric: MetricJson | undefined, locale: string): string {
  return (locale.startsWith('zh') ? metric?.unitZh : metric?.unitEn) ?? '';
}

/** A change in per cent, or in percentage points for a metric in per cent: "+12.50%", "−3.00". */
export function changeText(percent: string | undefined, locale: string, suffix = '%'): string {
  if (percent === undefined || percent === '') return '';
  const sign = Number(percent) > 0 ? '+' : '';
  return sign + groupDigits(percent, locale) + suffix;
}

/** "2024-03-05T06:07:08Z" -> "14:07:08" in China Standard Time. */
export function clockTime(time: string | Date | undefined): string {
  if (!time) return '';
  return new Date(new Date(time).getTime() + 8 * 3600_000).toISOString().slice(11, 19);
}

/** The same with its day: "2024-03-05 14:07". */
export function dayTime(time: string | Date | undefined): string {
  if (!time) return '';
  return new Date(new Date(time).getTime() + 8 * 3600_000).toISOString().slice(0, 16).replace('T', ' ');
}
