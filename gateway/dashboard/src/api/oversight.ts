// OversightService: plans, gaps and alarms.
import {method} from '@/api/client';
import type * as T from '@/api/types';

export const getPlanStatus = method<T.GetPlanStatusRequestJson, T.GetPlanStatusResponseJson>('GET', '/v1/planStatus');
export const listGaps = method<T.ListGapsRequestJson, T.ListGapsResponseJson>('GET', '/v1/gaps');
export const listAlarms = method<T.ListAlarmsRequestJson, T.ListAlarmsResponseJson>('GET', '/v1/alarms');
export const explainAlarm = method<T.ExplainAlarmRequestJson, T.ExplainAlarmResponseJson>(
  'POST',
  '/v1/{name=townships/*/alarms/*}:explain',
);
