// What the panels of the town page have in common.
import type {AlarmJson, MetricJson, PlanItemJson, PlanStateJson, RosterRoleJson} from '@/api/types';
import {groupDigits} from '@/composables/figures';
import type {Period} from '@/composables/period';

/** What each panel is told. */
export interface PanelProps {
  /** "townships/630106101". */
  township: string;
  /** Whole months. */
  period: Period;
  /** Goes up when figures changed by themselves: read again. */
  tick: number;
}

type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'accent';


/** How a plan item's state is told; the worst stand first in a list. */
export const PLAN_LOOKS: Record<PlanStateJson, {glyph: string; tone: Tone; order: number}> = {
  PLAN_STATE_OVERDUE: {glyph: '✕', tone: 'bad', order: 0},
  PLAN_STATE_BEHIND: {glyph: '▽', tone: 'warn', order: 1},
  PLAN_STATE_ON_PACE: {glyph: '●', tone: 'accent', order: 2},
  PLAN_STATE_DONE: {glyph: '✓', tone: 'good', order: 3},
  PLAN_STATE_UNKNOWN_METRIC: {glyph: '?', tone: 'plain', order: 4},
  PLAN_STATE_UNSPECIFIED: {glyph: '?', tone: 'plain', order: 5},
};

/** Roles in the order of the register. */
export const ROLES: RosterRoleJson[] = [
  'ROSTER_ROLE_LEGAL_COUNSEL', 'ROSTER_ROLE_LAW_SAVVY_PERSON', 'ROSTER_ROLE_MEDIATOR', 'ROSTER_ROLE_ENFORCEMENT_OFFICER',
  'ROSTER_ROLE_GOV_COUNSEL', 'ROSTER_ROLE_MEDIATION_COMMITTEE', 'ROSTER_ROLE_LEGAL_CULTURE_SITE',
];

/** A whole number in base units as its metric prints it: 12345 fen -> "123.45". */
export function baseText(value: string | undefined, metric: MetricJson | undefined, locale: string): string {
  const shift = metric?.decimalShift ?? 0;
  const digits = (value ?? '0').padStart(shift + 1, '0');
  const text = shift === 0 ? digits : `${digits.slice(0, -shift)}.${digits.slice(-shift)}`;
  return groupDigits(text, locale);
}

/** Where something stands on a bar of 0 to 100 per cent; only for drawing. */
export function barPercent(part: number, whole: number): number {
  if (!(whole > 0)) return part > 0 ? 100 : 0;
  return Math.max(0, Math.min(100, (part / whole) * 100));
}

/** Items as a town wants to read them: what is overdue first. */
export function worstFirst(items: readonly PlanItemJson[]): PlanItemJson[] {
  const order = (item: PlanItemJson) => PLAN_LOOKS[item.state ?? 'PLAN_STATE_UNSPECIFIED'].order;
  return [...items].sort((a, b) => order(a) - order(b));
}

/** Alarms without an explanation first. */
export function unexplainedFirst(alarms: readonly AlarmJson[]): AlarmJson[] {
  return [...alarms].sort((a, b) => Number(Boolean(a.explanation)) - Number(Boolean(b.explanation)));
}

/** Whether a metric counts activities, and so can be asked for each roster entry. */
export function countsActivities(metric: MetricJson): boolean {
  if (metric.type !== 'METRIC_TYPE_FLOW') return false;
  return (metric.formula ?? '').split('+').every((term) => term.trim().endsWith('.occurrences'));
}
