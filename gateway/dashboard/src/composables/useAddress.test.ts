import {flushPromises} from '@vue/test-utils';
import {expect, it} from 'vitest';
import {defineComponent, h} from 'vue';
import {parsePeriod} from '@/composables/period';
import {usePeriod, useQueryList, useQueryText} from '@/composables/useAddress';
import {mountView} from '@/testing/mount';

async function addressed(at: string) {
  let state!: {period: ReturnType<typeof usePeriod>; by: ReturnType<typeof useQueryText>; metrics: ReturnType<typeof useQueryList>};
  const view = await mountView(
    defineComponent(() => {
      state = {period: usePeriod(), by: useQueryText('by', 'raw'), metrics: useQueryList('metrics', () => ['a', 'b'])};
      return () => h('p');
    }),
    at,
  );
  return {state, query: () => view.vm.$router.currentRoute.value.query};
}

it('reads what the address says, and defaults where it says nothing or nonsense', async () => {
  const {state} = await addressed('/metrics?period=2024-Q1&by=village&metrics=c,d');
  expect([state.period.value.start, state.by.value, state.metrics.value]).toEqual(['2024-01-01', 'village', ['c', 'd']]);
  const {state: other} = await addressed('/metrics?period=nonsense');
  expect([other.period.value.text, other.by.value, other.metrics.value]).toEqual(['2024', 'raw', ['a', 'b']]);
});

it('writes several values of one turn together, leaves others alone, and takes defaults out', async () => {
  const {state, query} = await addressed('/metrics?by=village&q=kept');
  state.by.value = 'raw';
  state.metrics.value = ['c'];
  state.period.value = parsePeriod('2023-02')!;
  await flushPromises();
  expect(query()).toEqual({metrics: 'c', period: '2023-02', q: 'kept'});
  expect(state.metrics.value).toEqual(['c']);
});
