// Which kind of activity a metric counts: what ListGaps is asked for beside a grid of that metric.
import type {KindJson, MetricJson} from '@/api/types';

/** The only kind in a metric's formula ("counsel_visit.hours"); empty when it names several, or none. */
export function kindOfMetric(metric: MetricJson | undefined, kinds: readonly KindJson[]): string {
  const series = (metric?.formula ?? '').match(/\b[a-z_]+(?=\.)/g) ?? [];
  const codes = new Set(series.filter((code) => kinds.some((kind) => kind.code === code)));
  return codes.size === 1 && codes.size === new Set(series).size ? [...codes][0]! : '';
}
