// What entering needs of one town: catalogue, villages, roster, confirmed months.
import {computed, type Ref} from 'vue';
import {listMonthConfirmations} from '@/api/activities';
import {listRosterEntries} from '@/api/townships';
import {allPages, useLoad} from '@/composables/useLoad';
import {loadKinds, loadVillages} from '@/composables/useCatalogue';

/** Loads it; `township` is "townships/630106101" or empty. */
export function useEntry(township: Ref<string>) {
  const register = useLoad(
    () => township.value || null,
    async (parent, options) => {
      const [catalogue, villages, pages] = await Promise.all([
        loadKinds(),
        loadVillages(parent),
        allPages((pageToken) => listRosterEntries({parent, pageSize: 1000, pageToken}, options)),
      ]);
      return {catalogue, villages, roster: pages.flatMap((page) => page.rosterEntries ?? [])};
    },
  );
  const confirmations = useLoad(
    () => township.value || null,
    async (parent, options) => (await listMonthConfirmations({parent}, options)).monthConfirmations ?? [],
  );
  const confirmedMonths = computed(() => new Set((confirmations.data ?? []).map((one) => one.month ?? '')));
  return {register, confirmedMonths};
}
