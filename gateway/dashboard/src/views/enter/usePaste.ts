// A pasted table on its way to the server: read here, checked there, stored, and what was refused stays to be mended.
import {computed, ref, shallowRef, type Ref} from 'vue';
import {batchPushActivities} from '@/api/activities';
import type {RecordResultJson} from '@/api/types';
import {headerFault, mapHeader, type Header} from '@/views/enter/sheet/header';
import {readRows, type RowFault, type SheetContext, type SheetRow} from '@/views/enter/sheet/readSheet';
import {parseTable} from '@/views/enter/sheet/table';

/** Most rows of one paste. */
export const MOST_ROWS = 1000;
const BATCH = 500;
const NONE: ReadonlySet<number> = new Set();

export type RowState = 'unchecked' | 'ready' | 'unchanged' | 'refused' | 'created' | 'updated';

/** A row as the grid shows it. */
export interface GridRow extends SheetRow {
  /** Its number in the paste, from 1, the head not counted. */
  number: number;
  state: RowState;
  /** Its own faults and the server's. */
  all: RowFault[];
  /** Number of an earlier row with the same content; 0: none. */
  sameAs: number;
}

const STORED: RowState[] = ['created', 'updated'];
const isDone = (answer: Answer | undefined) => answer?.stored === true;

interface Answer {
  result: RecordResultJson;
  /** It is on the server; false for a rehearsal. */
  stored: boolean;
}

function stateOf(row: SheetRow, answer: Answer | undefined): RowState {
  if (row.faults.length > 0) return 'refused';
  switch (answer?.result.outcome) {
    case 'OUTCOME_CREATED': return answer.stored ? 'created' : 'ready';
    case 'OUTCOME_UPDATED': return answer.stored ? 'updated' : 'ready';
    case 'OUTCOME_UNCHANGED': return 'unchanged';
    case 'OUTCOME_REFUSED': return 'refused';
    default: return 'unchecked';
  }
}

function faultsOf(answer: Answer | undefined): RowFault[] {
  return (answer?.result.violations ?? []).map(({field = '', reason = '', description = ''}) => ({field, reason, detail: description}));
}

/** The paste of one town. `context` null: the town is still being read. */
export function usePaste(context: Ref<SheetContext | null>) {
  const headings = ref<string[]>([]);
  const cells = ref<string[][]>([]);
  const removed = ref(new Set<number>());
  const answers = shallowRef(new Map<number, Answer>());
  const reason = ref('');

  const header = computed<Header | null>(() => (context.value && headings.value.length > 0 ? mapHeader(headings.value, context.value.terms) : null));
  const fault = computed(() => {
    if (!header.value) return null;
    if (cells.value.length > MOST_ROWS) return {reason: 'TOO_MANY_ROWS', headings: []};
    return headerFault(header.value);
  });
  // All rows are read together, stored ones too: ordinals must not move once something is stored under them.
  const stored = computed(() => [...answers.value.values()].some((answer) => answer.stored));
  const left = computed(() => (stored.value ? NONE : new Set([...removed.value].map((number) => number - 1))));
  const read = computed(() => (context.value && header.value && !fault.value ? readRows(cells.value, header.value, context.value, left.value) : []));
  const rows = computed<GridRow[]>(() => {
    const first = new Map<string, number>();
    return read.value.map((row, index) => {
      const base = (row.activity.name ?? '').replace(/^(c-[0-9a-f]{24})-\d+$/, '$1');
      const sameAs = first.get(base) ?? 0;
      if (base !== '' && sameAs === 0) first.set(base, index + 1);
      const answer = answers.value.get(index);
      return {...row, number: index + 1, state: stateOf(row, answer), all: [...row.faults, ...faultsOf(answer)], sameAs};
    });
  });
  const open = computed(() => rows.value.filter((row) => !removed.value.has(row.number) && !isDone(answers.value.get(row.number - 1))));
  const ready = computed(() => open.value.filter((row) => row.state === 'ready' || row.state === 'unchanged'));
  const needsReason = computed(() => reason.value !== '' || open.value.some((row) => row.all.some(({reason: code}) => code === 'MONTH_CONFIRMED' || code === 'REASON_MISSING')));

  function paste(text: string): void {
    const [head = [], ...body] = parseTable(text);
    headings.value = head;
    cells.value = body;
    removed.value = new Set();
    answers.value = new Map();
  }
  function edit(number: number, column: number, text: string): void {
    const row = cells.value[number - 1];
    if (!row || row[column] === text) return;
    while (row.length <= column) row.push('');
    row[column] = text;
    const next = new Map(answers.value);
    next.delete(number - 1);
    answers.value = next;
  }

  async function send(batch: GridRow[], validateOnly: boolean, signal?: AbortSignal): Promise<void> {
    const parent = `townships/${context.value?.township}`;
    for (let at = 0; at < batch.length; at += BATCH) {
      const part = batch.slice(at, at + BATCH);
      const asked = part.map((row) => row.cells.join('\t'));
      const answer = await batchPushActivities({parent, activities: part.map((row) => row.activity), validateOnly, reason: reason.value.trim()}, {signal});
      const next = new Map(answers.value);
      (answer.results ?? []).forEach((result, index) => {
        const row = part[index];
        // A row that was changed meanwhile was not asked about.
        const same = row && (!validateOnly || cells.value[row.number - 1]?.join('\t') === asked[index]);
        if (row && same) next.set(row.number - 1, {result, stored: !validateOnly && result.outcome !== 'OUTCOME_REFUSED'});
      });
      answers.value = next;
    }
  }

  return {
    headings, header, fault, rows, open, ready, total: computed(() => cells.value.length), reason, needsReason, paste, edit,
    remove: (number: number) => (removed.value = new Set([...removed.value, number])),
    /** Whether a row waits for a check. */
    pending: computed(() => open.value.some((row) => row.state === 'unchecked')),
    /** Asks the server about every row that is in order here; writes nothing. */
    check: (signal?: AbortSignal) => send(open.value.filter((row) => row.faults.length === 0), true, signal),
    /** Stores what was found in order. Sending again after a broken line is safe: ids come from the content. */
    push: () => send(ready.value, false),
    counts: computed(() => {
      const stored = rows.value.filter((row) => isDone(answers.value.get(row.number - 1)));
      const of = (state: RowState) => stored.filter((row) => row.state === state).length;
      return {created: of('created'), updated: of('updated'), unchanged: of('unchanged'), any: stored.some((row) => STORED.includes(row.state)) || stored.length > 0};
    }),
  };
}
