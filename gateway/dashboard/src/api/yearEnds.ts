// YearEndService and ReportService: signing, closing, certificates, official reports, the report checker.
import {method, urlOf} from '@/api/client';
import type * as T from '@/api/types';

const YEAR_END = '/v1/{name=districts/*/yearEnds/*}';
const OF_YEAR_END = '/v1/{parent=districts/*/yearEnds/*}';

export const getYearEnd = method<T.GetYearEndRequestJson, T.GetYearEndResponseJson>('GET', YEAR_END);
export const listYearEnds = method<T.ListYearEndsRequestJson, T.ListYearEndsResponseJson>(
  'GET',
  '/v1/{parent=districts/*}/yearEnds',
);
export const getTownYear = method<T.GetTownYearRequestJson, T.GetTownYearResponseJson>(
  'GET',
  `${YEAR_END}/townYears/{township}`,
);
export const signTownYear = method<T.SignTownYearRequestJson, T.SignTownYearResponseJson>(
  'POST',
  `${YEAR_END}/townYears/{township}:sign`,
);
export const approveYearEnd = method<T.ApproveYearEndRequestJson, T.ApproveYearEndResponseJson>(
  'POST',
  `${YEAR_END}:approve`,
);
export const closeYearEnd = method<T.CloseYearEndRequestJson, T.CloseYearEndResponseJson>('POST', `${YEAR_END}:close`);
export const getCertificate = method<T.GetCertificateRequestJson, T.GetCertificateResponseJson>(
  'GET',
  `${YEAR_END}/certificate`,
);
export const listRestatements = method<T.ListRestatementsRequestJson, T.ListRestatementsResponseJson>(
  'GET',
  `${OF_YEAR_END}/restatements`,
);
export const requestReopening = method<T.RequestReopeningRequestJson, T.RequestReopeningResponseJson>(
  'POST',
  `${YEAR_END}:requestReopening`,
);
export const approveReopening = method<T.ApproveReopeningRequestJson, T.ApproveReopeningResponseJson>(
  'POST',
  `${YEAR_END}:approveReopening`,
);
export const listYearEndEvents = method<T.ListYearEndEventsRequestJson, T.ListYearEndEventsResponseJson>(
  'GET',
  `${OF_YEAR_END}/events`,
);
export const checkReport = method<T.CheckReportRequestJson, T.CheckReportResponseJson>(
  'POST',
  '/v1/{township=townships/*}/reports:check',
);

/** Where a report is downloaded; `draft` from the figures as they stand. */
export function renderReportUrl(request: T.RenderReportRequestJson): string {
  return urlOf(`${OF_YEAR_END}/report:render`, request);
}
