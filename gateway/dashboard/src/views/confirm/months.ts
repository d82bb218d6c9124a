// How months of a town look: a glyph and a tone for each state, and which months may be confirmed.
import type {MonthCompletenessJson} from '@/api/types';
import {MONTH_LOOKS, type Look} from '@/composables/monthLooks';


export function lookOf(month: MonthCompletenessJson): Look {
  return MONTH_LOOKS[month.state ?? 'MONTH_STATE_UNSPECIFIED'];
}

/** Whether the month's first day has come ("2024-03" against "2024-03-05") and nobody has confirmed it. */
export function mayConfirm(month: MonthCompletenessJson, day: string): boolean {
  const open = ['MONTH_STATE_RUNNING', 'MONTH_STATE_DUE', 'MONTH_STATE_MISSING'].includes(String(month.state ?? ''));
  return open && (month.month ?? '') <= day.slice(0, 7);
}

/** The month that wants a confirmation most: the oldest that is over; else none. */
export function mostUrgent(months: MonthCompletenessJson[]): string {
  return months.find((month) => month.state === 'MONTH_STATE_MISSING' || month.state === 'MONTH_STATE_DUE')?.month ?? '';
}
