// How verdicts look: a glyph that tells them without colour, and a tone.
import type {ClaimJson} from '@/api/types';

export interface VerdictLook {
  glyph: string;
  tone: 'good' | 'warn' | 'bad' | 'plain';
}

/** In the order in which they are offered: what wants a change first. */
export const VERDICTS: Record<string, VerdictLook> = {
  VERDICT_OVERSTATED: {glyph: '↑', tone: 'bad'},
  VERDICT_UNDERSTATED: {glyph: '↓', tone: 'bad'},
  VERDICT_NO_RECORD: {glyph: '∅', tone: 'bad'},
  VERDICT_INTERNALLY_INCONSISTENT: {glyph: '≠', tone: 'bad'},
  VERDICT_UNIT_MISMATCH: {glyph: '≁', tone: 'bad'},
  VERDICT_WRONG_PERIOD: {glyph: '◷', tone: 'bad'},
  VERDICT_AMBIGUOUS_METRIC: {glyph: '？', tone: 'warn'},
  VERDICT_ROUNDING: {glyph: '≐', tone: 'warn'},
  VERDICT_UNLINKED: {glyph: '·', tone: 'plain'},
  VERDICT_PLAN_NOT_RESULT: {glyph: '→', tone: 'plain'},
  VERDICT_APPROXIMATE_MATCH: {glyph: '≈', tone: 'good'},
  VERDICT_MATCH: {glyph: '✓', tone: 'good'},
};

export function lookOf(verdict: ClaimJson['verdict']): VerdictLook {
  return VERDICTS[String(verdict ?? '')] ?? {glyph: '·', tone: 'plain'};
}

/** How many claims each verdict has, in the order above, without those that have none. */
export function countVerdicts(claims: ClaimJson[]): {verdict: string; count: number}[] {
  return Object.keys(VERDICTS)
    .map((verdict) => ({verdict, count: claims.filter((claim) => claim.verdict === verdict).length}))
    .filter((one) => one.count > 0);
}

const WORSE = ['bad', 'warn', 'plain', 'good'];
/** Of several claims at one place, the look of the one that wants a change most. */
export function worstLook(claims: ClaimJson[]): VerdictLook {
  const looks = claims.map((claim) => lookOf(claim.verdict));
  return looks.sort((a, b) => WORSE.indexOf(a.tone) - WORSE.indexOf(b.tone))[0] ?? {glyph: '·', tone: 'plain'};
}
