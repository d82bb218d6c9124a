// What stands in the form of one activity: texts as typed; and its way to the message of the API and back.
import type {ActivityJson, KindJson, MeasureJson} from '@/api/types';
import {fenToYuan, parseWholeNumber, splitList, trim, yuanToFen} from '@/views/enter/sheet/normalise';
import type {RowFault} from '@/views/enter/sheet/readSheet';

/** A form's content. */
export interface Draft {
  /** Client-made id; kept while the record is the same, so that sending again is safe. */
  id: string;
  kind: string;
  date: string;
  village: string;
  title: string;
  audiences: string[];
  channels: string[];
  rosterEntries: string[];
  /** Parted by 、 or ; */
  partners: string;
  /** As typed; money in yuan. */
  measures: Record<string, string>;
  /** One address a line. */
  evidence: string;
  note: string;
  /** Why it comes after the month was confirmed, or why it is corrected. */
  reason: string;
}

/**
 * A new id, "w-" + 128 random bits. Not crypto.randomUUID, which browsers keep from pages over plain http, where an
 * office network may well have its gateway.
 */
export function newId(): string {
  const bits = crypto.getRandomValues(new Uint8Array(16));
  return `w-${Array.from(bits, (one) => one.toString(16).padStart(2, '0')).join('')}`;
}

/** An empty form. */
export function emptyDraft(date: string): Draft {
  return {id: newId(), kind: '', date, village: '', title: '', audiences: [], channels: [], rosterEntries: [], partners: '', measures: {}, evidence: '', note: '', reason: ''};
}

/** Money is kept in fen and typed in yuan. */
export function isMoney(measure: MeasureJson): boolean {
  return measure.code === 'fen';
}

/** The form of an activity as the server gave it. */
export function draftOf(activity: ActivityJson): Draft {
  const measures = Object.entries(activity.measures ?? {}).map(([code, value]) => [code, code === 'fen' ? fenToYuan(String(value)) : String(value)]);
  return {
    id: (activity.name ?? '').replace(/^.*\//, ''),
    kind: activity.kind ?? '', date: activity.date ?? '', village: activity.village ?? '', title: activity.title ?? '',
    audiences: [...(activity.audiences ?? [])], channels: [...(activity.channels ?? [])], rosterEntries: [...(activity.rosterEntries ?? [])],
    partners: (activity.partners ?? []).join('；'), measures: Object.fromEntries(measures) as Record<string, string>,
    evidence: (activity.evidence ?? []).map(({uri = '', description = ''}) => (description ? `${uri} ${description}` : uri)).join('\n'),
    note: activity.note ?? '', reason: '',
  };
}

function readMeasures(draft: Draft, kind: KindJson, faults: RowFault[]): Record<string, string> {
  const out: Record<string, string> = {};
  for (const measure of kind.measures ?? []) {
    const code = measure.code ?? '';
    const text = draft.measures[code] ?? '';
    let value: string | null;
    let reason = 'AMOUNT_MALFORMED';
    if (isMoney(measure)) value = yuanToFen(text);
    else {
      const number = parseWholeNumber(text);
      value = number.reason === '' ? number.value : null;
      reason = number.reason;
    }
    if (value === null) faults.push({field: `measures.${code}`, reason, detail: text});
    else if (value !== '') out[code] = value;
    else if (measure.required) faults.push({field: `measures.${code}`, reason: 'MISSING_MEASURE', detail: ''});
  }
  return out;
}

function readEvidence(text: string): ActivityJson['evidence'] {
  return text.split('\n').map(trim).filter(Boolean).map((line) => {
    const [uri = '', ...words] = line.split(/\s+/);
    return {uri, description: words.join(' ')};
  });
}

/** The message of a form, and what keeps it from being sent. The name is the bare id. */
export function activityOf(draft: Draft, kind: KindJson | undefined): {activity: ActivityJson; faults: RowFault[]} {
  const faults: RowFault[] = [];
  if (!kind) faults.push({field: 'kind', reason: 'KIND_MISSING', detail: ''});
  if (draft.date === '') faults.push({field: 'date', reason: 'DATE_MISSING', detail: ''});
  const activity: ActivityJson = {
    name: draft.id, kind: draft.kind, date: draft.date, village: draft.village, title: trim(draft.title),
    audiences: draft.audiences, channels: draft.channels, rosterEntries: draft.rosterEntries,
    partners: splitList(draft.partners), measures: kind ? readMeasures(draft, kind, faults) : {},
    evidence: readEvidence(draft.evidence), note: trim(draft.note),
  };
  return {activity, faults};
}
