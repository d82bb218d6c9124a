// Figures that change by themselves: server-sent events of WatchRollups, with reconnecting and a word about it.
import {onScopeDispose, ref, watch} from 'vue';
import {watchRollupsUrl} from '@/api/rollups';
import type {ChangedFigureJson, WatchRollupsRequestJson, WatchRollupsResponseJson} from '@/api/types';

/** What the event stream needs of the browser; tests bring their own. */
export interface EventSourceLike {
  onopen: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent<string>) => void) | null;
  onerror: ((event: Event) => void) | null;
  close(): void;
}

/** Whether live figures reach us: the banner of the page shows it. */
export const connection = {
  /** False when a stream that was wanted is broken. */
  live: ref(true),
  /** When the last message, of any stream, came. */
  lastTime: ref<Date | null>(null),
};

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;

/** How long to wait before try number `attempt`, from 0. */
export function backoffMs(attempt: number): number {
  return Math.min(FIRST_DELAY_MS * 2 ** attempt, LONGEST_DELAY_MS);
}

/**
 * Follows figures from now until the component goes. `source` null: nothing to follow. `onFigures` gets all figures
 * once after each connect (first = true), later the changed ones.
 */
export function useWatch(
  source: () => WatchRollupsRequestJson | null,
  onFigures: (figures: ChangedFigureJson[], first: boolean) => void,
  open: (url: string) => EventSourceLike = (url) => new EventSource(url),
): void {
  let stream: EventSourceLike | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let wanted: string | null = null;

  function stop(): void {
    clearTimeout(timer);
    stream?.close();
    stream = null;
  }

  function connect(url: string): void {
    stop();
    const mine = open(url);
    stream = mine;
    let first = true;
    mine.onopen = () => {
      connection.live.value = true;
    };
    mine.onmessage = (event) => {
      attempt = 0;
      connection.live.value = true;
      connection.lastTime.value = new Date();
      const answer = JSON.parse(event.data) as WatchRollupsResponseJson;
      onFigures(answer.figures ?? [], first);
      first = false;
    };
    // The browser's own retry is blind: after an HTTP error it gives up for good. So we always start anew.
    mine.onerror = () => {
      if (stream !== mine) return;
      stop();
      connection.live.value = false;
      timer = setTimeout(() => connect(url), backoffMs(attempt++));
    };
  }

  watch(
    () => {
      const request = source();
      return request === null ? null : watchRollupsUrl(request);
    },
    (url) => {
      attempt = 0;
      wanted = url;
      if (url === null) stop();
      else connect(url);
    },
    {immediate: true},
  );
  // A stream over a network that went away breaks only when TCP gives up, minutes later; the browser knows at once.
  const onOffline = () => {
    if (wanted === null) return;
    stop();
    connection.live.value = false;
  };
  const onOnline = () => {
    attempt = 0;
    if (wanted !== null) connect(wanted);
  };
  window.addEventListener('offline', onOffline);
  window.addEventListener('online', onOnline);
  onScopeDispose(() => {
    window.removeEventListener('offline', onOffline);
    window.removeEventListener('online', onOnline);
    stop();
    connection.live.value = true;
  });
}
