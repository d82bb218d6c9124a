// What a HeatGrid shows: lines (rows and columns) and the cells where they meet.
import type {RouteLocationRaw} from 'vue-router';
import type {FigureJson, RollupRowJson} from '@/api/types';
import type {ExplainTarget} from '@/composables/useExplain';

/** A row or a column. */
export interface GridLine {
  key: string;
  label: string;
  /** Said by a tooltip. */
  title?: string;
  /** Printed small behind the label. */
  unit?: string;
  /** A page about it. */
  to?: RouteLocationRaw;
}

/** One cell. */
export interface GridCell {
  figure?: FigureJson;
  /** What its drill-down is about. */
  explain?: ExplainTarget;
  /** What it is, for screen readers: "甲镇 3 月". */
  label: string;
  /** Nothing was done here, and that is the point: shown as a gap, with these words as its tooltip. */
  gap?: string;
}

/** "3月", "Mar"; month is 1 to 12. */
export function monthName(month: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, {month: 'short', timeZone: 'UTC'}).format(Date.UTC(2024, month - 1, 1));
}

/** Rows of an answer by place, member and first day of the bucket. */
export function indexRows(rows: readonly RollupRowJson[] | undefined): (township: string, member: string, start: string) => RollupRowJson | undefined {
  const byKey = new Map((rows ?? []).map((row) => [`${row.township ?? ''}|${row.member ?? ''}|${row.startDate ?? ''}`, row]));
  return (township, member, start) => byKey.get(`${township}|${member}|${start}`);
}
