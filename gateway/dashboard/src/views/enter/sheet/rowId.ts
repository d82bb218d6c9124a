// Ids of rows that have none, made of their content by the rule of `zhenhui push` (clients/zhenhui/input/row_id.h):
// a row that is pasted twice, or pasted and pushed, is one record.
import type {ActivityJson} from '@/api/types';
import {sha256Hex} from '@/views/enter/sheet/sha256';

const encoder = new TextEncoder();

/** "length:bytes" for each text, so that no two contents give the same bytes; the length counts UTF-8 bytes. */
const part = (text: string) => `${encoder.encode(text).length}:${text}`;
const list = (texts: string[]) => part(String(texts.length)) + texts.map(part).join('');
// By UTF-8 bytes, as std::sort does, which for code points is their order; JavaScript's own order is by UTF-16 units.
const byBytes = (a: string, b: string) => {
  const [left, right] = [encoder.encode(a), encoder.encode(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) if (left[i] !== right[i]) return left[i]! - right[i]!;
  return left.length - right.length;
};
const sorted = (texts: string[]) => [...texts].sort(byBytes);

/** "c-" + 24 hex digits of the content; the name and the etag have no part in it. `township` has 9 digits. */
export function contentId(township: string, activity: ActivityJson): string {
  const measures: Record<string, string> = {occurrences: '1', ...activity.measures};
  const codes = sorted(Object.keys(measures));
  const roster = activity.rosterEntries ?? [];
  const canonical = [
    ...[township, activity.kind, activity.date, activity.village, activity.title].map((text) => part(text ?? '')),
    list(sorted(activity.audiences ?? [])),
    list(sorted(activity.channels ?? [])),
    list(activity.partners ?? []),
    part(String(codes.length)),
    ...codes.map((code) => part(code) + part(String(measures[code]))),
    ...(activity.evidence ?? []).map(({uri = '', description = ''}) => part(uri) + part(description)),
    part(activity.note ?? ''),
    roster.length > 0 ? list(sorted(roster)) : '',
  ].join('');
  return `c-${sha256Hex(encoder.encode(canonical)).slice(0, 24)}`;
}

/** Rows of one paste with the same content are several records: the second gets "-2", the third "-3". */
export class OrdinalIds {
  private readonly seen = new Map<string, number>();
  next(id: string): string {
    const ordinal = (this.seen.get(id) ?? 0) + 1;
    this.seen.set(id, ordinal);
    return ordinal === 1 ? id : `${id}-${ordinal}`;
  }
}
