// RollupService and HistoryService: rollups, comparison, drill-down, freshness, figures as they stood.
import {method, urlOf} from '@/api/client';
import type * as T from '@/api/types';

export const listMetrics = method<T.ListMetricsRequestJson, T.ListMetricsResponseJson>('GET', '/v1/metrics');
// By POST: a query over many metrics would be a very long address.
export const queryRollup = method<T.QueryRollupRequestJson, T.QueryRollupResponseJson>('POST', '/v1/rollups:query');
export const compareTownships = method<T.CompareTownshipsRequestJson, T.CompareTownshipsResponseJson>(
  'POST',
  '/v1/rollups:compare',
);
export const explainFigure = method<T.ExplainFigureRequestJson, T.ExplainFigureResponseJson>(
  'GET',
  '/v1/{township=townships/*}/figures:explain',
);
export const getFreshness = method<T.GetFreshnessRequestJson, T.GetFreshnessResponseJson>('GET', '/v1/freshness');
export const verifyTotals = method<T.VerifyTotalsRequestJson, T.VerifyTotalsResponseJson>('POST', '/v1/rollups:verify');
export const getFiguresAsOf = method<T.GetFiguresAsOfRequestJson, T.GetFiguresAsOfResponseJson>(
  'GET',
  '/v1/{township=townships/*}/figures:asOf',
);
export const explainDifference = method<T.ExplainDifferenceRequestJson, T.ExplainDifferenceResponseJson>(
  'GET',
  '/v1/{township=townships/*}/figures:difference',
);

/** Where a comparison is downloaded as a file. */
export function exportComparisonUrl(request: T.ExportComparisonRequestJson): string {
  return urlOf('/v1/rollups:export', request);
}

/** Where the events of changed figures come from. */
export function watchRollupsUrl(request: T.WatchRollupsRequestJson): string {
  return urlOf('/v1/rollups:watch', request);
}
