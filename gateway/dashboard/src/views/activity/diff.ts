// What differs between two versions of an activity, field by field, in words for people.
import type {ActivityJson} from '@/api/types';

/** One field in both versions; empty texts where it has none. */
export interface FieldDiff {
  /** "date", "measures.cases". */
  field: string;
  before: string;
  after: string;
}

/** How values are put into words. */
export interface Words {
  kind: (code: string) => string;
  audience: (code: string) => string;
  channel: (code: string) => string;
  village: (code: string) => string;
  rosterEntry: (id: string) => string;
  /** `bare`: without the unit. */
  measure: (kind: string, code: string, value: string, bare?: boolean) => string;
  /** Measure codes in the order of the kind's catalogue. */
  order: (kind: string, codes: string[]) => string[];
}

const FIELDS = ['kind', 'date', 'village', 'title', 'audiences', 'channels', 'rosterEntries', 'partners', 'evidence', 'note', 'state'] as const;

/** The fields of an activity in words, in their order; fields without content are left out. */
export function describe(activity: ActivityJson, words: Words): Map<string, string> {
  const kind = activity.kind ?? '';
  const all: Record<(typeof FIELDS)[number], string> = {
    kind: kind && words.kind(kind),
    date: activity.date ?? '',
    village: activity.village ? words.village(activity.village) : '',
    title: activity.title ?? '',
    audiences: (activity.audiences ?? []).map(words.audience).join('、'),
    channels: (activity.channels ?? []).map(words.channel).join('、'),
    rosterEntries: (activity.rosterEntries ?? []).map(words.rosterEntry).join('、'),
    partners: (activity.partners ?? []).join('；'),
    evidence: (activity.evidence ?? []).map(({uri = '', description = ''}) => [uri, description].filter(Boolean).join(' ')).join('\n'),
    note: activity.note ?? '',
    state: activity.state === 'ACTIVITY_STATE_DELETED' ? 'deleted' : '',
  };
  const out = new Map<string, string>();
  for (const field of FIELDS) {
    if (field === 'audiences') {
      for (const code of words.order(kind, Object.keys(activity.measures ?? {}))) out.set(`measures.${code}`, words.measure(kind, code, String(activity.measures?.[code])));
    }
    if (all[field] !== '') out.set(field, all[field]);
  }
  return out;
}

/** The fields that differ. */
export function differences(before: ActivityJson, after: ActivityJson, words: Words): FieldDiff[] {
  const left = describe(before, words);
  const right = describe(after, words);
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((field) => ({field, before: left.get(field) ?? '', after: right.get(field) ?? ''}))
    .filter((one) => one.before !== one.after);
}
