// ActivityService and PlanService: what townships push, correct, confirm and plan.
import {method} from '@/api/client';
import type * as T from '@/api/types';

export const listKinds = method<T.ListKindsRequestJson, T.ListKindsResponseJson>('GET', '/v1/kinds');
export const batchPushActivities = method<T.BatchPushActivitiesRequestJson, T.BatchPushActivitiesResponseJson>(
  'POST',
  '/v1/{parent=townships/*}/activities:batchPush',
);
export const getActivity = method<T.GetActivityRequestJson, T.GetActivityResponseJson>(
  'GET',
  '/v1/{name=townships/*/activities/*}',
);
export const listActivities = method<T.ListActivitiesRequestJson, T.ListActivitiesResponseJson>(
  'GET',
  '/v1/{parent=townships/*}/activities',
);
export const updateActivity = method<T.UpdateActivityRequestJson, T.UpdateActivityResponseJson>(
  'PATCH',
  '/v1/{activity.name=townships/*/activities/*}',
);
export const deleteActivity = method<T.DeleteActivityRequestJson, T.DeleteActivityResponseJson>(
  'POST',
  '/v1/{name=townships/*/activities/*}:delete',
);
export const listActivityRevisions = method<T.ListActivityRevisionsRequestJson, T.ListActivityRevisionsResponseJson>(
  'GET',
  '/v1/{name=townships/*/activities/*}:listRevisions',
);
export const confirmMonth = method<T.ConfirmMonthRequestJson, T.ConfirmMonthResponseJson>(
  'POST',
  '/v1/{parent=townships/*}/monthConfirmations:confirm',
);
export const listMonthConfirmations = method<T.ListMonthConfirmationsRequestJson, T.ListMonthConfirmationsResponseJson>(
  'GET',
  '/v1/{parent=townships/*}/monthConfirmations',
);
/** `parent` is a township or a district. */
export const getCompleteness = method<T.GetCompletenessRequestJson, T.GetCompletenessResponseJson>(
  'GET',
  '/v1/{parent=townships/*}/completeness',
);
/** `parent` is a township or a district. */
export const listTargets = method<T.ListTargetsRequestJson, T.ListTargetsResponseJson>(
  'GET',
  '/v1/{parent=townships/*}/targets',
);
