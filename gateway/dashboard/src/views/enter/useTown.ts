// Which town is written to: a reporter's own, else the one chosen in the address.
import {computed} from 'vue';
import {useQueryText} from '@/composables/useAddress';
import {idOf} from '@/composables/figures';
import {useCatalogue} from '@/composables/useCatalogue';
import {useSession} from '@/composables/useSession';

/** `code` is bound to TownPicker; `name` is "townships/630106101"; `fixed`: there is nothing to choose. */
export function useTown() {
  const {ownTownship} = useSession();
  const {townships} = useCatalogue();
  const chosen = useQueryText('town');
  const code = computed({
    get: () => idOf(ownTownship.value) || chosen.value || idOf(townships.value[0]?.name),
    set: (value: string) => (chosen.value = value),
  });
  return {code, name: computed(() => (code.value ? `townships/${code.value}` : '')), fixed: computed(() => ownTownship.value !== '')};
}
