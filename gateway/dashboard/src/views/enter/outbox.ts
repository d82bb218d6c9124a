// Records that are on their way: kept in the tab's storage until the server has answered, sent again when the network
// comes back. Sending again is safe, because the id stays: the same content is "unchanged".
import {ref, watch} from 'vue';
import {batchPushActivities} from '@/api/activities';
import {ApiError} from '@/api/errors';
import type {ActivityJson, FeedPositionJson, RecordResultJson} from '@/api/types';
import {backoffMs} from '@/composables/useWatch';

/** A record on its way. */
export interface Parcel {
  /** "townships/630106101". */
  township: string;
  activity: ActivityJson;
  reason: string;
  /** Who entered it: another person at the same screen must not send it. */
  subject: string;
}

/** What became of a parcel. */
export interface Delivery {
  result: RecordResultJson;
  position?: FeedPositionJson;
}

const KEY = 'zhenhui.outbox';

function restore(): Parcel[] {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as Parcel[];
  } catch {
    return []; // damaged, or a browser without storage
  }
}

/** What waits for the network, oldest first. */
export const waiting = ref<Parcel[]>(restore());

watch(waiting, (parcels) => {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(parcels));
  } catch {
    // Full or forbidden: the queue then lives as long as the page.
  }
}, {deep: true});

/** Sends one parcel; throws ApiError. */
export async function deliver(parcel: Parcel): Promise<Delivery> {
  const answer = await batchPushActivities({parent: parcel.township, activities: [parcel.activity], reason: parcel.reason});
  return {result: answer.results?.[0] ?? {}, position: answer.position};
}

/** Sends one parcel, or keeps it for later when no answer came; null: it waits. Throws what a retry would not mend. */
export async function deliverOrKeep(parcel: Parcel): Promise<Delivery | null> {
  try {
    return await deliver(parcel);
  } catch (error) {
    if (!(error instanceof ApiError) || !error.retryable) throw error;
    waiting.value = [...waiting.value.filter((other) => other.activity.name !== parcel.activity.name), parcel];
    return null;
  }
}

/** Takes a parcel out, to be changed or given up. */
export function take(parcel: Parcel): void {
  waiting.value = waiting.value.filter((other) => other.activity.name !== parcel.activity.name);
}

/**
 * Sends what waits, of one person, oldest first, until the network fails again. `onAnswer` hears of each answer; a
 * refusal counts as one. Gives whether nothing waits any more.
 */
export async function flush(subject: string, onAnswer: (parcel: Parcel, answer: Delivery | ApiError) => void): Promise<boolean> {
  for (const parcel of waiting.value.filter((one) => one.subject === subject)) {
    try {
      const delivery = await deliver(parcel);
      take(parcel);
      onAnswer(parcel, delivery);
    } catch (error) {
      if (!(error instanceof ApiError) || error.retryable) return false;
      take(parcel);
      onAnswer(parcel, error);
    }
  }
  return true;
}

/** Flushes when the browser says that it is online again, and from time to time; gives the way to stop. */
export function startFlushing(subject: string, onAnswer: (parcel: Parcel, answer: Delivery | ApiError) => void): () => void {
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;
  async function round(): Promise<void> {
    clearTimeout(timer);
    if (running) return;
    running = true;
    const before = waiting.value.length;
    const done = await flush(subject, onAnswer);
    running = false;
    attempt = done || waiting.value.length < before ? 0 : attempt + 1;
    if (!stopped) timer = setTimeout(() => void round(), backoffMs(attempt + 1));
  }
  let stopped = false;
  const now = () => void round();
  window.addEventListener('online', now);
  now();
  return () => {
    stopped = true;
    clearTimeout(timer);
    window.removeEventListener('online', now);
  };
}
