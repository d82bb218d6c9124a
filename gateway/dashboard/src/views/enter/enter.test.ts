import {flushPromises, type VueWrapper} from '@vue/test-utils';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {fakeApi, mountView, Problem} from '@/testing/mount';
import EnterView from '@/views/enter/EnterView.vue';
import {activityOf, draftOf, emptyDraft, newId} from '@/views/enter/draft';
import {metricsOfKinds, moved} from '@/views/enter/effect';
import {ENTRY_API, KINDS, LECTURE} from '@/views/enter/entry.fixture';
import {waiting} from '@/views/enter/outbox';
import {METRICS} from '@/testing/mount';

const PUSH = 'POST /v1/townships/630106101/activities:batchPush';
const value = (decimal: string) => ({state: 'FIGURE_STATE_VALUE', value: decimal, decimal});
let view: VueWrapper | undefined;

beforeEach(() => {
  sessionStorage.clear();
  waiting.value = [];
});
afterEach(() => view?.unmount());

async function open(handlers: Parameters<typeof fakeApi>[0] = {}) {
  const sent = fakeApi({...ENTRY_API, ...handlers});
  view = await mountView(EnterView, '/enter', {role: 'reporter', scope: '630106101'});
  return sent;
}
async function fill(kind: string, date: string, numbers: Record<string, string>) {
  await view!.find('select').setValue(kind);
  await view!.find('input[type=date]').setValue(date);
  for (const [label, text] of Object.entries(numbers)) {
    const id = view!.findAll('label').find((one) => one.text().startsWith(label))!.attributes('for');
    await view!.find(`[id="${id}"]`).setValue(text);
  }
}
async function submit() {
  await view!.find('form').trigger('submit');
  await flushPromises();
}

describe('EnterView', () => {
  it('follows the catalogue of the kind', async () => {
    await open();
    await fill('penalty_simple', '2026-01-05', {});
    const labels = view!.findAll('.measures label').map((one) => one.text());
    expect(labels).toEqual(['次数', '处罚案件数 *', '金额 *']);
  });

  it('marks what is missing at its field and sends nothing', async () => {
    const sent = await open();
    await fill('penalty_simple', '2026-01-05', {金额: '约5'});
    await submit();
    expect(view!.findAll('[aria-invalid="true"]')).toHaveLength(2);
    expect(view!.text()).toContain('缺少这类活动必填的数量');
    expect(sent.filter((one) => one.path.endsWith('batchPush'))).toEqual([]);
  });

  it('sends whole fen and shows the figures before and after', async () => {
    let asked = 0;
    const sent = await open({
      [PUSH]: () => ({results: [{outcome: 'OUTCOME_CREATED', revision: '9'}], position: {feed: 'FEED_ACTIVITIES', township: 'townships/630106101', revision: '9'}}),
      'POST /v1/rollups:query': () => ({rows: [{metric: 'metrics/law_lectures', figure: value(String(6 + asked++))}]}),
    });
    await fill('law_lecture', '2026-01-05', {参加人次: '４５'});
    await submit();
    const push = sent.find((one) => one.path.endsWith('batchPush'))!;
    expect(push.body.activities).toMatchObject([{kind: 'law_lecture', date: '2026-01-05', measures: {attendances: '45'}}]);
    const after = sent.filter((one) => one.path.endsWith('rollups:query')).at(-1)!;
    expect(after.body.atLeastAsFresh).toEqual([{feed: 'FEED_ACTIVITIES', township: 'townships/630106101', revision: '9'}]);
    expect(view!.find('.effects tbody').text()).toContain('6→ 7');
  });

  it('puts the server’s violation in Chinese at the field and keeps the form', async () => {
    await open({[PUSH]: () => ({results: [{outcome: 'OUTCOME_REFUSED', violations: [{field: 'date', reason: 'DATE_IN_FUTURE', description: 'x'}]}]})});
    await fill('law_lecture', '2026-01-05', {参加人次: '45'});
    await submit();
    expect(view!.find('input[type=date]').attributes('aria-invalid')).toBe('true');
    expect(view!.text()).toContain('日期在将来');
  });

  it('asks for a reason where the month is confirmed', async () => {
    const sent = await open();
    await fill('law_lecture', '2024-03-05', {});
    await submit();
    expect(view!.text()).toContain('补报原因');
    expect(sent.some((one) => one.path.endsWith('batchPush'))).toBe(false);
  });

  it('keeps a record while the network is away and sends the same id when it is back', async () => {
    let away = true;
    const sent = await open({[PUSH]: () => (away ? new Problem(503, 'UNAVAILABLE') : {results: [{outcome: 'OUTCOME_CREATED'}]})});
    await fill('law_lecture', '2026-01-05', {参加人次: '45'});
    await submit();
    expect(view!.text()).toContain('等待发送');
    expect(JSON.parse(sessionStorage.getItem('zhenhui.outbox')!)).toHaveLength(1);
    away = false;
    window.dispatchEvent(new Event('online'));
    await flushPromises();
    expect(view!.text()).not.toContain('等待发送');
    const ids = sent.filter((one) => one.path.endsWith('batchPush')).map((one) => (one.body.activities as {name: string}[])[0]!.name);
    expect(ids).toHaveLength(2);
    expect(ids[0]).toBe(ids[1]);
  });

  it('shows what a retry would not mend as an error', async () => {
    await open({[PUSH]: () => new Problem(403, 'OUT_OF_SCOPE')});
    await fill('law_lecture', '2026-01-05', {参加人次: '45'});
    await submit();
    expect(view!.find('.notice.error').text()).toContain('OUT_OF_SCOPE');
    expect(waiting.value).toEqual([]);
  });

  it('keeps a half-filled form over a reload', async () => {
    await open();
    await fill('law_lecture', '2026-01-05', {参加人次: '45'});
    view!.unmount();
    await open();
    expect((view!.find('.measures input:nth-of-type(1)').element as HTMLInputElement).value).toBe('');
    expect(view!.findAll('.measures input').map((one) => (one.element as HTMLInputElement).value)).toEqual(['', '45']);
  });

  it('says what to do when the catalogue cannot be read', async () => {
    await open({'GET /v1/kinds': () => new Problem(503, 'DATABASE_UNAVAILABLE')});
    expect(view!.find('[role=alert]').text()).toContain('DATABASE_UNAVAILABLE');
    expect(view!.text()).toContain('重试');
  });
});

describe('draft', () => {
  const kind = KINDS.kinds![0];
  it('makes ids that the server takes', () => expect(newId()).toMatch(/^w-[0-9a-f]{32}$/));
  it('gives back what an activity says', () => {
    const {activity, faults} = activityOf(draftOf({...LECTURE, audiences: ['students']}), kind);
    expect(faults).toEqual([]);
    expect(activity).toMatchObject({name: 'a1', kind: 'law_lecture', date: '2024-03-05', title: '民法典讲座', audiences: ['students'], measures: {occurrences: '1', attendances: '40'}});
  });
  it('shows money in yuan and sends it in fen', () => {
    const draft = draftOf({kind: 'penalty_simple', date: '2024-01-01', measures: {cases: '1', fen: '123450'}});
    expect(draft.measures.fen).toBe('1234.50');
    expect(activityOf(draft, KINDS.kinds![1]).activity.measures).toEqual({cases: '1', fen: '123450'});
  });
  it('leaves out measures that another kind had', () => {
    const draft = {...emptyDraft('2024-01-01'), kind: 'law_lecture', measures: {attendances: '4', cases: '9'}};
    expect(activityOf(draft, kind).activity.measures).toEqual({attendances: '4'});
  });
  it('reads an evidence line as address and words', () =>
    expect(activityOf({...emptyDraft('2024-01-01'), kind: 'law_lecture', evidence: 'https://x.cn/1 现场 照片\n\n档案3号'}, kind).activity.evidence).toEqual([{uri: 'https://x.cn/1', description: '现场 照片'}, {uri: '档案3号', description: ''}]));
});

describe('effect', () => {
  it.each([[['law_lecture'], ['metrics/law_lectures']], [['mediation'], ['metrics/mediation_success_rate']], [['lecture'], []], [['law_lecture', 'publicity_event'], ['metrics/law_lectures', 'metrics/publicity_events']]])(
    'finds the metrics that read %j', (kinds, names) => expect(metricsOfKinds(METRICS, kinds)).toEqual(names));
  it('says nothing about a figure that was not known before', () => expect(moved({metric: 'm', year: 2024, after: {value: '1'}})).toBe(false));
});
