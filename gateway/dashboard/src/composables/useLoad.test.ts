import {flushPromises, mount} from '@vue/test-utils';
import {expect, it} from 'vitest';
import {defineComponent, h, ref} from 'vue';
import {ApiError} from '@/api/errors';
import {allPages, useLoad, type Load} from '@/composables/useLoad';

function loader<T>(first: number | null, load: (n: number, signal?: AbortSignal) => Promise<T>) {
  const source = ref(first);
  let result!: Load<T>;
  mount(
    defineComponent(() => {
      result = useLoad(() => source.value, (n, options) => load(n, options.signal));
      return () => h('p');
    }),
  );
  return {source, result};
}

it('loads when its source changes, and keeps the old answer meanwhile', async () => {
  const {source, result} = loader(1, async (n) => n * 10);
  expect(result.loading).toBe(true);
  await flushPromises();
  expect(result.data).toBe(10);
  source.value = 2;
  await Promise.resolve();
  expect(result.data).toBe(10);
  await flushPromises();
  expect(result.data).toBe(20);
  expect(result.loading).toBe(false);
});

it('waits while there is nothing to load', async () => {
  const {source, result} = loader(null, async (n) => n);
  await flushPromises();
  expect(result.data).toBeUndefined();
  expect(result.loading).toBe(false);
  source.value = 3;
  await flushPromises();
  expect(result.data).toBe(3);
});

it('gives an older call up, and never shows its late answer', async () => {
  const answers: ((value: string) => void)[] = [];
  const signals: (AbortSignal | undefined)[] = [];
  const {source, result} = loader(1, (_, signal) => {
    signals.push(signal);
    return new Promise<string>((resolve) => answers.push(resolve));
  });
  source.value = 2;
  await flushPromises();
  expect(signals[0]?.aborted).toBe(true);
  answers[1]!('new');
  await flushPromises();
  answers[0]!('old');
  await flushPromises();
  expect(result.data).toBe('new');
});

it('shows the error beside the old answer, and forgets it when the next call succeeds', async () => {
  let fail = false;
  const {result} = loader(1, async () => {
    if (fail) throw new ApiError('REBUILDING', 'x', 503);
    return 'fine';
  });
  await flushPromises();
  fail = true;
  await result.reload();
  expect(result.error?.reason).toBe('REBUILDING');
  expect(result.data).toBe('fine');
  fail = false;
  await result.reload();
  expect(result.error).toBeUndefined();
});

it('follows page tokens to the end, and no further than told', async () => {
  const page = async (token: string) => ({nextPageToken: token.length < 3 ? `${token}x` : ''});
  expect(await allPages(page)).toHaveLength(4);
  expect(await allPages(page, 2)).toHaveLength(2);
});
