// Where a year end stands, as four steps; and its blockers, gathered by reason.
import type {BlockerJson, YearEndJson} from '@/api/types';

export type StepState = 'done' | 'now' | 'later';

/** One step. */
export interface Step {
  key: 'signing' | 'first' | 'second' | 'closed';
  state: StepState;
}

/** Towns whose signature holds. */
export function signedTowns(yearEnd: YearEndJson): number {
  return (yearEnd.townships ?? []).filter((town) => town.state === 'SIGNATURE_STATE_VALID').length;
}

/** The four steps; the first that is not done is now. */
export function stepsOf(yearEnd: YearEndJson): Step[] {
  const closed = yearEnd.state === 'YEAR_END_STATE_CLOSED';
  const towns = yearEnd.townships ?? [];
  const approvals = yearEnd.approvals?.length ?? 0;
  const done = [closed || (towns.length > 0 && signedTowns(yearEnd) === towns.length), closed || approvals >= 1, closed || approvals >= 2, closed];
  const now = done.indexOf(false);
  return (['signing', 'first', 'second', 'closed'] as const).map((key, index) => ({key, state: done[index] ? 'done' : index === now ? 'now' : 'later'}));
}

/** Blockers of one reason: the words of the first, and every town that it is about. */
export interface BlockerGroup {
  reason: string;
  first: BlockerJson;
  townships: string[];
}

/** In the order of the answer. */
export function groupBlockers(blockers: BlockerJson[]): BlockerGroup[] {
  const groups = new Map<string, BlockerGroup>();
  for (const blocker of blockers) {
    // Sentences with figures of their own ("3 months ...") must not be merged.
    const key = `${blocker.reason} ${blocker.messageZh}`;
    const group = groups.get(key) ?? {reason: blocker.reason ?? '', first: blocker, townships: []};
    if (blocker.township) group.townships.push(blocker.township);
    groups.set(key, group);
  }
  return [...groups.values()];
}
