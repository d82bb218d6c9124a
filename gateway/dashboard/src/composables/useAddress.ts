// The address is the state of a view: what is chosen stands in the query string, so a view is shared by its address.
import {computed, type WritableComputedRef} from 'vue';
import {useRoute, useRouter} from 'vue-router';
import {parsePeriod, today, yearPeriod, type Period} from '@/composables/period';
import {defaultYear} from '@/composables/defaultYear';

// Several values set in one turn must not undo each other, so they are gathered and written together.
let pending: Record<string, string | undefined> | null = null;

function useWriter() {
  const router = useRouter();
  return (key: string, value: string | undefined) => {
    if (pending) {
      pending[key] = value;
      return;
    }
    pending = {[key]: value};
    queueMicrotask(() => {
      const query = {...router.currentRoute.value.query, ...pending};
      pending = null;
      for (const name of Object.keys(query)) if (query[name] === undefined) delete query[name];
      void router.replace({query, hash: router.currentRoute.value.hash});
    });
  };
}

/** A text in the query string; the default is not written. */
export function useQueryText(key: string, fallback = ''): WritableComputedRef<string> {
  const route = useRoute();
  const write = useWriter();
  return computed({
    get: () => (typeof route.query[key] === 'string' ? (route.query[key] as string) : fallback),
    set: (value) => write(key, value === fallback ? undefined : value),
  });
}

/** A list in the query string, parted by commas: metrics=law_lectures,publicity_events. */
export function useQueryList(key: string, fallback: () => string[] = () => []): WritableComputedRef<string[]> {
  const route = useRoute();
  const write = useWriter();
  return computed({
    get: () => {
      const text = route.query[key];
      return typeof text === 'string' && text !== '' ? text.split(',') : fallback();
    },
    set: (value) => write(key, value.join(',') === fallback().join(',') ? undefined : value.join(',')),
  });
}

/** The period of the view: from the address, else the newest year with figures. */
export function usePeriod(): WritableComputedRef<Period> {
  const route = useRoute();
  const write = useWriter();
  return computed({
    get: () => {
      const text = route.query.period;
      const fallback = () => yearPeriod(defaultYear.value ?? Number(today().slice(0, 4)));
      return (typeof text === 'string' && parsePeriod(text)) || fallback();
    },
    set: (value) => write('period', value.text),
  });
}
