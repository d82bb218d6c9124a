// Loads something when its inputs change: the newest call wins, older ones are given up.
import {onScopeDispose, reactive, ref, shallowRef, watch} from 'vue';
import type {CallOptions} from '@/api/client';
import {ApiError, isAbort} from '@/api/errors';

/** What a view shows of a call; reactive, so a template reads `load.data`, and it goes into LoadState as it is. */
export interface Load<T> {
  /** The newest answer; kept while the next is on its way. */
  readonly data: T | undefined;
  /** Why the newest call failed. */
  readonly error: ApiError | undefined;
  /** Whether a call is on its way. */
  readonly loading: boolean;
  /** Calls again. */
  reload: () => Promise<void>;
}

/**
 * Calls `load` now and whenever `source` changes by value; `source` null: there is nothing to load yet.
 * Must run inside setup().
 */
export function useLoad<S, T>(source: () => S | null, load: (source: S, options: CallOptions) => Promise<T>): Load<T> {
  const data = shallowRef<T>();
  const error = shallowRef<ApiError>();
  const loading = ref(false);
  let running: AbortController | undefined;

  async function reload(): Promise<void> {
    running?.abort();
    const input = source();
    if (input === null) return;
    const mine = new AbortController();
    running = mine;
    loading.value = true;
    try {
      const answer = await load(input, {signal: mine.signal});
      if (running !== mine) return;
      data.value = answer;
      error.value = undefined;
    } catch (failure) {
      if (running !== mine || isAbort(failure)) return;
      error.value = failure instanceof ApiError ? failure : new ApiError('UNKNOWN', String(failure));
    } finally {
      if (running === mine) loading.value = false;
    }
  }

  watch(() => JSON.stringify(source()), () => void reload(), {immediate: true});
  onScopeDispose(() => running?.abort());
  return reactive({data, error, loading, reload}) as Load<T>;
}

/** Follows next_page_token to the end; at most `most` pages. */
export async function allPages<T extends {nextPageToken?: string}>(
  page: (pageToken: string) => Promise<T>,
  most = 50,
): Promise<T[]> {
  const pages: T[] = [];
  let token = '';
  do {
    const answer = await page(token);
    pages.push(answer);
    token = answer.nextPageToken ?? '';
  } while (token !== '' && pages.length < most);
  return pages;
}
