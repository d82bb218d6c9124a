// What the columns of a pasted table mean: the rules of `zhenhui push` (clients/zhenhui/input/header.h).
import {foldName, trim} from '@/views/enter/sheet/normalise';
import type {Terms} from '@/views/enter/sheet/terms';

export type Role =
  | 'ignored' | 'name' | 'township' | 'kind' | 'date' | 'village' | 'title' | 'audiences' | 'channels' | 'partners'
  | 'evidence' | 'note' | 'rosterEntries' | 'etag' | 'measure';

/** One column. */
export interface Column {
  /** As it was pasted. */
  heading: string;
  role: Role;
  /** Of a measure: the measures that the heading may mean; the row's kind decides. */
  measures: string[];
}

/** The first row, understood. */
export interface Header {
  columns: Column[];
  /** Headings that mean nothing: their figures would be lost in silence. */
  unknown: string[];
  /** Headings that mean the same as one before. */
  repeated: string[];
}

const ROLES = new Map(Object.entries<Role>({
  id: 'name', name: 'name', 编号: 'name',
  township: 'township', 乡镇: 'township', 所属乡镇: 'township', 乡镇街道: 'township',
  kind: 'kind', 类型: 'kind', 活动类型: 'kind',
  date: 'date', 日期: 'date', 活动日期: 'date',
  village: 'village', 村: 'village', 村社区: 'village',
  title: 'title', 标题: 'title', 活动名称: 'title',
  audiences: 'audiences', 受众: 'audiences', channels: 'channels', 渠道: 'channels',
  partners: 'partners', 参与单位: 'partners', evidence: 'evidence', 佐证: 'evidence', note: 'note', 备注: 'note',
  roster_entries: 'rosterEntries', 名册: 'rosterEntries', etag: 'etag',
  错误: 'ignored', error: 'ignored', 序号: 'ignored', state: 'ignored', 状态: 'ignored',
}));

const MEASURE_WORDS = new Map(Object.entries({
  场次: ['occurrences'], 场: ['occurrences'], 次: ['occurrences'], 期: ['occurrences'],
  人次: ['attendances', 'consultations'], 人数: ['persons', 'attendances'], 份数: ['copies', 'documents'],
  份: ['copies', 'documents'], 册数: ['copies'], 咨询人次: ['consultations'], 件数: ['cases'], 件: ['cases'], 小时: ['hours'],
}));

// "日期（必填）*" -> "日期"; "村（社区）" -> "村".
function withoutNote(folded: string): string {
  const bare = folded.replace(/\*+$/, '');
  const open = bare.endsWith(')') ? bare.lastIndexOf('(') : -1;
  return trim(open > 0 ? bare.slice(0, open) : bare);
}

function columnOf(heading: string, terms: Terms): Column | null {
  const folded = foldName(heading);
  if (folded === '') return {heading, role: 'ignored', measures: []};
  for (const name of [folded, withoutNote(folded)]) {
    const role = ROLES.get(name);
    if (role) return {heading, role, measures: []};
    const named = terms.measuresNamed(name);
    const measures = named.length > 0 ? named : (MEASURE_WORDS.get(name) ?? []);
    if (measures.length > 0) return {heading, role: 'measure', measures};
  }
  return null;
}

/** Reads the headings. */
export function mapHeader(headings: string[], terms: Terms): Header {
  const header: Header = {columns: [], unknown: [], repeated: []};
  for (const heading of headings) {
    const column = columnOf(heading, terms);
    if (!column) header.unknown.push(heading);
    const known = column ?? {heading, role: 'ignored' as const, measures: []};
    const twice = header.columns.some(
      (other) => known.role !== 'ignored' && other.role === known.role && other.measures.join() === known.measures.join(),
    );
    if (twice) header.repeated.push(heading);
    header.columns.push(known);
  }
  return header;
}

/** The column of a field path such as "audiences[1]", "roster_entries" or "measures.cases"; -1 when there is none. */
export function columnOfField(header: Header, field: string): number {
  if (field.startsWith('measures.')) {
    const code = field.slice('measures.'.length);
    return header.columns.findIndex((column) => column.measures.includes(code));
  }
  const key = (/^[^.[]*/.exec(field)?.[0] ?? '').replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return key === '' ? -1 : header.columns.findIndex((column) => column.role === key);
}

/** What keeps a header from being used: a reason code and the headings that it is about; null when nothing does. */
export function headerFault(header: Header): {reason: string; headings: string[]} | null {
  const nothing = header.columns.every((column) => column.role === 'ignored');
  if (nothing) return {reason: 'HEADER_MISSING', headings: header.unknown};
  if (header.unknown.length > 0) return {reason: 'UNKNOWN_COLUMNS', headings: header.unknown};
  if (header.repeated.length > 0) return {reason: 'REPEATED_COLUMNS', headings: header.repeated};
  const has = (role: Role) => header.columns.some((column) => column.role === role);
  if (!has('kind')) return {reason: 'COLUMN_MISSING', headings: ['类型']};
  return has('date') ? null : {reason: 'COLUMN_MISSING', headings: ['日期']};
}
