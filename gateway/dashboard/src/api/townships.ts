// TownshipService: places and rosters, as far as the dashboard reads them.
import {method} from '@/api/client';
import type * as T from '@/api/types';

export const getDistrict = method<T.GetDistrictRequestJson, T.GetDistrictResponseJson>('GET', '/v1/{name=districts/*}');
export const listDistricts = method<T.ListDistrictsRequestJson, T.ListDistrictsResponseJson>('GET', '/v1/districts');
export const getTownship = method<T.GetTownshipRequestJson, T.GetTownshipResponseJson>('GET', '/v1/{name=townships/*}');
export const listTownships = method<T.ListTownshipsRequestJson, T.ListTownshipsResponseJson>(
  'GET',
  '/v1/{parent=districts/*}/townships',
);
export const listVillages = method<T.ListVillagesRequestJson, T.ListVillagesResponseJson>(
  'GET',
  '/v1/{parent=townships/*}/villages',
);
export const listPopulations = method<T.ListPopulationsRequestJson, T.ListPopulationsResponseJson>(
  'GET',
  '/v1/{parent=townships/*}/populations',
);
export const listRosterEntries = method<T.ListRosterEntriesRequestJson, T.ListRosterEntriesResponseJson>(
  'GET',
  '/v1/{parent=townships/*}/rosterEntries',
);
