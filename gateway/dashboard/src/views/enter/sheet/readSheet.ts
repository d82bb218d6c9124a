// A pasted table as records: cells taken by the header, words turned into codes, ids given. Faults stand at their cell.
import type {ActivityJson, TownshipJson, VillageJson} from '@/api/types';
import {idOf} from '@/composables/figures';
import {columnOfField, type Header} from '@/views/enter/sheet/header';
import {foldName, isScientificNotation, normaliseDate, parseWholeNumber, splitList, toHalfWidth, trim} from '@/views/enter/sheet/normalise';
import {contentId, OrdinalIds} from '@/views/enter/sheet/rowId';
import type {Terms} from '@/views/enter/sheet/terms';

/** A rule that a row breaks, at a field path ("measures.cases"; empty: the row). */
export interface RowFault {
  field: string;
  reason: string;
  /** The offending text, or the server's sentence. */
  detail: string;
}

/** One row, read. */
export interface SheetRow {
  cells: string[];
  activity: ActivityJson;
  /** Found here; a row with any is not sent. */
  faults: RowFault[];
}

/** What reading needs to know. */
export interface SheetContext {
  terms: Terms;
  /** The township that is written to, 9 digits. */
  township: string;
  townships: TownshipJson[];
  villages: VillageJson[];
}

const LISTS = ['audiences', 'channels', 'partners', 'rosterEntries'] as const;
const TEXTS = ['kind', 'date', 'village', 'title', 'note', 'etag'] as const;

function takeCells(cells: string[], header: Header, context: SheetContext, row: SheetRow): void {
  const {activity, faults} = row;
  cells.forEach((text, index) => {
    const role = header.columns[index]?.role;
    if (role === undefined) {
      if (trim(text) !== '') faults.push({field: '', reason: 'TOO_MANY_COLUMNS', detail: text});
    } else if (role === 'name') activity.name = toHalfWidth(text);
    else if (role === 'evidence') activity.evidence = splitList(text).map((uri) => ({uri}));
    else if ((LISTS as readonly string[]).includes(role)) activity[role as (typeof LISTS)[number]] = splitList(text);
    else if ((TEXTS as readonly string[]).includes(role)) activity[role as (typeof TEXTS)[number]] = trim(text);
    else if (role === 'township') checkTownship(text, context, faults);
  });
  // Second, because which measure a heading means depends on the kind.
  const kind = context.terms.kind(activity.kind ?? '');
  cells.forEach((text, index) => {
    const column = header.columns[index];
    if (column?.role !== 'measure') return;
    const code = context.terms.measureOf(kind, column.measures);
    const number = parseWholeNumber(text);
    if (number.reason !== '') faults.push({field: `measures.${code}`, reason: number.reason, detail: text});
    else if (number.value !== '') (activity.measures ??= {})[code] = number.value;
  });
}

// One paste goes to one town: a row of another one is refused here rather than filed under the wrong town.
function checkTownship(text: string, context: SheetContext, faults: RowFault[]): void {
  const half = toHalfWidth(text).replace(/^townships\//, '');
  if (half === '' || half === context.township) return;
  const named = context.townships.filter((town) => [town.displayNameZh, town.displayNameEn].some((name) => foldName(name ?? '') === foldName(half)));
  if (named.some((town) => idOf(town.name) === context.township)) return;
  const known = /^\d{9}$/.test(half) || named.length > 0;
  const reason = isScientificNotation(half) ? 'CODE_RUINED' : known ? 'OTHER_TOWNSHIP' : 'UNKNOWN_TOWNSHIP';
  faults.push({field: 'township', reason, detail: text});
}

function existsOn(village: VillageJson, day: string): boolean {
  return (!village.validFrom || !day || village.validFrom <= day) && (!village.validTo || !day || village.validTo >= day);
}

function resolveVillage(context: SheetContext, row: SheetRow): void {
  const text = row.activity.village ?? '';
  const half = toHalfWidth(text);
  row.activity.village = half;
  if (half === '' || /^\d{12}$/.test(half)) return;
  if (isScientificNotation(half)) {
    row.faults.push({field: 'village', reason: 'CODE_RUINED', detail: text});
    return;
  }
  const matches = context.villages.filter(
    (village) => existsOn(village, row.activity.date ?? '') && [village.displayNameZh, village.displayNameEn].some((name) => foldName(name ?? '') === foldName(half)),
  );
  if (matches.length === 1) row.activity.village = idOf(matches[0]!.name);
  else row.faults.push({field: 'village', reason: matches.length > 1 ? 'AMBIGUOUS_PLACE' : 'UNKNOWN_VILLAGE', detail: text});
}

function resolve(context: SheetContext, row: SheetRow): void {
  const {activity, faults} = row;
  const {terms} = context;
  const kind = terms.kind(activity.kind ?? '');
  if (trim(activity.kind ?? '') === '') faults.push({field: 'kind', reason: 'KIND_MISSING', detail: ''});
  else if (kind === undefined) faults.push({field: 'kind', reason: 'UNKNOWN_KIND', detail: activity.kind ?? ''});
  else activity.kind = kind;
  const date = normaliseDate(activity.date ?? '');
  if (date === null) faults.push({field: 'date', reason: 'MALFORMED_DATE', detail: activity.date ?? ''});
  else activity.date = date;
  resolveVillage(context, row);
  const turn = (field: 'audiences' | 'channels', reason: string, find: (text: string) => string | undefined) => {
    const codes: string[] = [];
    for (const text of activity[field] ?? []) {
      const code = find(text);
      if (code === undefined) faults.push({field, reason, detail: text});
      else if (!codes.includes(code)) codes.push(code);
    }
    if (activity[field]) activity[field] = codes;
  };
  turn('audiences', 'UNKNOWN_AUDIENCE', (text) => terms.audience(text));
  turn('channels', 'UNKNOWN_CHANNEL', (text) => terms.channel(text));
}

/** Reads all rows under a header. Rows in `left` (by index) get no id, so that they take no number from others. */
export function readRows(rows: string[][], header: Header, context: SheetContext, left: ReadonlySet<number> = new Set()): SheetRow[] {
  const ids = new OrdinalIds();
  return rows.map((cells, index) => {
    const row: SheetRow = {cells, activity: {}, faults: []};
    takeCells(cells, header, context, row);
    resolve(context, row);
    if (row.faults.length === 0 && !row.activity.name && !left.has(index)) row.activity.name = ids.next(contentId(context.township, row.activity));
    return row;
  });
}

/** Faults by column; -1 holds what belongs to no column. */
export function faultsByColumn(header: Header, faults: RowFault[]): Map<number, RowFault[]> {
  const map = new Map<number, RowFault[]>();
  for (const fault of faults) {
    const column = columnOfField(header, fault.field);
    map.set(column, [...(map.get(column) ?? []), fault]);
  }
  return map;
}
