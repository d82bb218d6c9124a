// What changes rarely and every view needs: metrics, kinds, towns of the district, villages of a town. Read once a page.
import {computed, shallowRef} from 'vue';
import {useI18n} from 'vue-i18n';
import {listKinds} from '@/api/activities';
import {listMetrics} from '@/api/rollups';
import {listTownships, listVillages} from '@/api/townships';
import type {ListKindsResponseJson, MetricJson, TownshipJson, VillageJson} from '@/api/types';
import {idOf, nameOf, unitOf} from '@/composables/figures';
import {allPages} from '@/composables/useLoad';

/** Fields of work in their order; "base" is what others are held against. */
export const SECTIONS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'base'] as const;

const metrics = shallowRef<MetricJson[]>([]);
const townships = shallowRef<TownshipJson[]>([]);
const kinds = shallowRef<ListKindsResponseJson>();
const villages = new Map<string, Promise<VillageJson[]>>();
let townshipsOf = '';

/** Reads metrics and towns; called once after signing in and again when the district changes. */
export async function loadCatalogue(districtName: string): Promise<void> {
  const tasks: Promise<unknown>[] = [];
  if (metrics.value.length === 0) {
    tasks.push(listMetrics({}).then((answer) => (metrics.value = answer.metrics ?? [])));
  }
  if (townshipsOf !== districtName) {
    tasks.push(
      allPages((pageToken) => listTownships({parent: districtName, pageSize: 1000, pageToken})).then((pages) => {
        townships.value = pages.flatMap((page) => page.townships ?? []);
        townshipsOf = districtName;
      }),
    );
  }
  await Promise.all(tasks);
}

/** Kinds, audiences and channels; read when first asked for. */
export async function loadKinds(): Promise<ListKindsResponseJson> {
  kinds.value ??= await listKinds({});
  return kinds.value;
}

/** Villages of a town by code; read once. */
export function loadVillages(township: string): Promise<VillageJson[]> {
  let known = villages.get(township);
  if (!known) {
    known = allPages((pageToken) => listVillages({parent: township, pageSize: 1000, pageToken})).then((pages) =>
      pages.flatMap((page) => page.villages ?? []),
    );
    known.catch(() => villages.delete(township)); // a failure may be tried again
    villages.set(township, known);
  }
  return known;
}

/** Puts a catalogue in place, for tests. */
export function setCatalogue(of: {metrics?: MetricJson[]; townships?: TownshipJson[]; kinds?: ListKindsResponseJson}): void {
  metrics.value = of.metrics ?? [];
  townships.value = of.townships ?? [];
  kinds.value = of.kinds;
  villages.clear();
}

/** Forgets what belongs to a session. */
export function forgetCatalogue(): void {
  setCatalogue({});
  townshipsOf = '';
}

/** The catalogue outside of components. */
export function useCatalogueStore() {
  return {metrics, townships, kinds};
}

/** The catalogue as views use it; names come in the reader's language. */
export function useCatalogue() {
  const {locale} = useI18n();
  const metricsByName = computed(() => new Map(metrics.value.map((metric) => [metric.name ?? '', metric])));
  const townshipsByName = computed(() => new Map(townships.value.map((town) => [town.name ?? '', town])));
  const find = (name: string) => metricsByName.value.get(name) ?? metricsByName.value.get(`metrics/${name}`);
  const kindsByCode = computed(() => new Map((kinds.value?.kinds ?? []).map((kind) => [kind.code ?? '', kind])));
  return {
    metrics, townships, kinds,
    /** By "metrics/x" or "x". */
    metric: find,
    metricName: (name: string) => nameOf(find(name), locale.value) || idOf(name),
    metricUnit: (name: string) => unitOf(find(name), locale.value),
    /** By "townships/630106101". */
    townshipName: (name: string) => nameOf(townshipsByName.value.get(name), locale.value) || idOf(name),
    kindName: (code: string) => nameOf(kindsByCode.value.get(code), locale.value) || code,
    coreMetrics: computed(() => metrics.value.filter((metric) => metric.tier === 'core')),
  };
}
