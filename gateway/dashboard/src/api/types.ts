// The public messages as JSON, generated from protos/ (scripts/generate-types.mjs). Names end in Json.
export type * from '@/generated/zhenhui/activities/v1/activity_pb';
export type * from '@/generated/zhenhui/activities/v1/activity_service_pb';
export type * from '@/generated/zhenhui/activities/v1/completeness_pb';
export type * from '@/generated/zhenhui/activities/v1/kind_pb';
export type * from '@/generated/zhenhui/activities/v1/plan_service_pb';
export type * from '@/generated/zhenhui/activities/v1/target_pb';
export type * from '@/generated/zhenhui/common/v1/feed_position_pb';
export type * from '@/generated/zhenhui/common/v1/record_result_pb';
export type * from '@/generated/zhenhui/reporting/v1/figure_pb';
export type * from '@/generated/zhenhui/reporting/v1/history_service_pb';
export type * from '@/generated/zhenhui/reporting/v1/metric_pb';
export type * from '@/generated/zhenhui/reporting/v1/oversight_service_pb';
export type * from '@/generated/zhenhui/reporting/v1/report_service_pb';
export type * from '@/generated/zhenhui/reporting/v1/rollup_service_pb';
export type * from '@/generated/zhenhui/reporting/v1/year_end_pb';
export type * from '@/generated/zhenhui/reporting/v1/year_end_service_pb';
export type * from '@/generated/zhenhui/townships/v1/district_pb';
export type * from '@/generated/zhenhui/townships/v1/roster_entry_pb';
export type * from '@/generated/zhenhui/townships/v1/township_pb';
export type {
  GetDistrictRequestJson,
  GetDistrictResponseJson,
  GetTownshipRequestJson,
  GetTownshipResponseJson,
  ListDistrictsRequestJson,
  ListDistrictsResponseJson,
  ListPopulationsRequestJson,
  ListPopulationsResponseJson,
  ListRosterEntriesRequestJson,
  ListRosterEntriesResponseJson,
  ListTownshipsRequestJson,
  ListTownshipsResponseJson,
  ListVillagesRequestJson,
  ListVillagesResponseJson,
} from '@/generated/zhenhui/townships/v1/township_service_pb';
export type * from '@/generated/zhenhui/townships/v1/village_pb';
