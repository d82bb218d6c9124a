// How fresh the figures are: asked when the page opens, every ten seconds, and after a live change.
import {computed, onScopeDispose, ref, shallowRef, watch} from 'vue';
import {getFreshness} from '@/api/rollups';
import type {GetFreshnessResponseJson} from '@/api/types';
import {connection} from '@/composables/useWatch';
import {useSession} from '@/composables/useSession';

const PERIOD_MS = 10_000;

/** Revisions that the feeds have told of and the figures do not include yet. */
export function behindBy(answer: GetFreshnessResponseJson): number {
  return (answer.feeds ?? []).reduce(
    (sum, feed) => sum + Math.max(0, Number(feed.headRevision ?? 0) - Number(feed.applied?.revision ?? 0)),
    0,
  );
}

/** Inside setup() of the one component that shows it. */
export function useFreshness() {
  const {scope, info, parent} = useSession();
  const answer = shallowRef<GetFreshnessResponseJson>();
  const time = ref<Date | null>(null);
  const failed = ref(false);
  let running = false;

  async function refresh(): Promise<void> {
    if (running || !info.value || parent.value === '' || document.visibilityState === 'hidden') return;
    running = true;
    try {
      answer.value = await getFreshness({scope: scope.value});
      time.value = new Date();
      failed.value = false;
    } catch {
      failed.value = true; // the last known answer stays, with its time
    } finally {
      running = false;
    }
  }

  const timer = setInterval(() => void refresh(), PERIOD_MS);
  onScopeDispose(() => clearInterval(timer));
  watch([scope, connection.lastTime], () => void refresh(), {immediate: true});
  return {
    answer, time, failed, refresh,
    behind: computed(() => (answer.value ? behindBy(answer.value) : 0)),
    following: computed(() => answer.value?.following ?? false),
    verifiedTime: computed(() => answer.value?.verifiedEqualTime),
  };
}
