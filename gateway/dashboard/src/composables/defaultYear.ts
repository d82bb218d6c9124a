// Which year is shown when the address says none: the current one, or, when nothing of it is reported, the newest
// that has figures.
import {ref} from 'vue';
import {queryRollup} from '@/api/rollups';
import type {MetricJson, ScopeJson} from '@/api/types';
import {stateOf} from '@/composables/figures';
import {today} from '@/composables/period';

/** The year; null until it was asked for. */
export const defaultYear = ref<number | null>(null);

/** Asks over ten years which has reported figures. */
export async function findDefaultYear(scope: ScopeJson, metrics: MetricJson[], now = today()): Promise<number> {
  const current = Number(now.slice(0, 4));
  const flows = metrics.filter((metric) => metric.type === 'METRIC_TYPE_FLOW' && metric.tier === 'core');
  const {rows = []} = await queryRollup({
    scope,
    metrics: flows.slice(0, 100).map((metric) => metric.name ?? ''),
    startDate: `${current - 9}-01-01`,
    endDate: `${current}-12-31`,
    bucket: 'BUCKET_YEAR',
  });
  const years = rows.filter((row) => stateOf(row.figure) === 'value').map((row) => Number(row.startDate?.slice(0, 4)));
  return Math.max(...years, years.length === 0 ? current : 0);
}
