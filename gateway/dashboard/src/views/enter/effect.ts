// What a saved record did to the town's figures: the server's figures before and after, side by side.
import {queryRollup} from '@/api/rollups';
import type {FeedPositionJson, FigureJson, MetricJson} from '@/api/types';
import {yearPeriod} from '@/composables/period';

/** One figure before and after; `before` is missing when it could not be read. */
export interface Effect {
  metric: string;
  year: number;
  before?: FigureJson;
  after?: FigureJson;
}

/** Metrics whose formula reads one of these kinds. */
export function metricsOfKinds(metrics: MetricJson[], kinds: string[]): string[] {
  const reads = (formula: string | undefined, kind: string) => new RegExp(`(^|[^\\w.])${kind}\\.`).test(formula ?? '');
  return metrics
    .filter((metric) => kinds.some((kind) => reads(metric.formula, kind) || reads(metric.denominatorFormula, kind)))
    .map((metric) => metric.name ?? '')
    .slice(0, 100);
}

/** Figures of whole years, by "metric year". `fresh`: they must include this. */
export async function readFigures(township: string, metrics: string[], years: number[], fresh?: FeedPositionJson): Promise<Map<string, FigureJson>> {
  const figures = new Map<string, FigureJson>();
  if (metrics.length === 0) return figures;
  for (const year of new Set(years)) {
    const {start, end} = yearPeriod(year);
    const answer = await queryRollup({scope: {townships: [township]}, metrics, startDate: start, endDate: end, atLeastAsFresh: fresh ? [fresh] : []});
    for (const row of answer.rows ?? []) figures.set(`${row.metric} ${year}`, row.figure ?? {});
  }
  return figures;
}

/** Pairs them, in the metrics' order. */
export function pairEffects(metrics: string[], years: number[], before: Map<string, FigureJson>, after: Map<string, FigureJson>): Effect[] {
  return [...new Set(years)].flatMap((year) => metrics.map((metric) => ({metric, year, before: before.get(`${metric} ${year}`), after: after.get(`${metric} ${year}`)})));
}

/** Whether a figure moved. */
export function moved({before, after}: Effect): boolean {
  return before !== undefined && JSON.stringify(before) !== JSON.stringify(after);
}
