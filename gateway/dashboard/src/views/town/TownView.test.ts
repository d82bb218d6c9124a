import {flushPromises} from '@vue/test-utils';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import type {FigureJson} from '@/api/types';
import {closeExplain, explainTarget} from '@/composables/useExplain';
import {fakeApi, mountView, Problem, type Sent} from '@/testing/mount';
import TownView from '@/views/town/TownView.vue';

const value = (decimal: string): FigureJson => ({state: 'FIGURE_STATE_VALUE', value: decimal, decimal});
const TOWN = 'townships/630106101';

function rollup({body}: Sent) {
  if (body.groupBy === 'GROUP_BY_VILLAGE') {
    return {rows: ['', '630106101001'].map((member) => ({township: TOWN, member, displayNameZh: member && '一村', metric: 'metrics/law_lectures', figure: value(member ? '2' : '4')}))};
  }
  return {rows: [{township: TOWN, member: 'lc-1', metric: 'metrics/law_lectures', figure: value('3')}, {township: TOWN, member: 'lc-2', metric: 'metrics/law_lectures', figure: {state: 'FIGURE_STATE_CONFIRMED_ZERO'}}]};
}
const figureOf = (metric: string, own: object) => ({metric, townships: [{township: 'townships/630106102', figure: value('1')}, {township: TOWN, ...own}]});
const ALARMS = [
  {name: `${TOWN}/alarms/2024.jump.a`, type: 'ALARM_TYPE_JUMP', metric: 'metrics/law_lectures', messageZh: '讲座下降', explanation: '换届', explainedBy: '某人', explainTime: '2024-12-01T00:00:00Z', startDate: '2024-01-01', endDate: '2024-12-31'},
  {name: `${TOWN}/alarms/2024.one.b`, type: 'ALARM_TYPE_ONE_VILLAGE', metric: 'metrics/law_lectures', messageZh: '集中在一村', member: '630106101001', startDate: '2024-01-01', endDate: '2024-12-31'},
];
const api: Record<string, (sent: Sent) => unknown> = {
  'POST /v1/rollups:query': rollup,
  'POST /v1/rollups:compare': () => ({
    comparisons: [
      figureOf('metrics/law_lectures', {figure: value('6'), lastYear: value('7'), changePercent: '-14.29', rank: 2, tied: true}),
      figureOf('metrics/publicity_events', {figure: {state: 'FIGURE_STATE_NOT_REPORTED', unconfirmedMonths: 2}, rankWithheld: 'RANK_WITHHELD_NOT_REPORTED'}),
    ],
  }),
  [`GET /v1/${TOWN}/completeness`]: () => ({townships: [{township: TOWN, completePercent: '50.00', timelyPercent: '25.00', months: [
    {month: '2024-01', state: 'MONTH_STATE_IN_TIME', activities: '3', confirmDate: '2024-02-03'}, {month: '2024-02', state: 'MONTH_STATE_MISSING', activities: '2', dueDate: '2024-03-05'},
    {month: '2024-03', state: 'MONTH_STATE_LATE', activities: '5', changedAfterConfirmation: '1'},
  ]}]}),
  'GET /v1/planStatus': () => ({asOfDate: '2024-12-31', items: [
    {metric: 'metrics/law_lectures', target: '6', expected: '6', due: '6', done: value('6'), percent: '100.00', state: 'PLAN_STATE_DONE'},
    {metric: 'metrics/publicity_events', target: '40', expected: '40', due: '40', done: value('18'), percent: '45.00', state: 'PLAN_STATE_OVERDUE'},
  ]}),
  'GET /v1/alarms': () => ({alarms: ALARMS}),
  'GET /v1/gaps': () => ({gaps: [{type: 'GAP_TYPE_ROSTER_ENTRY', township: TOWN, member: 'lc-2', lastMonth: '2023-06'}]}),
  [`GET /v1/${TOWN}/rosterEntries`]: () => ({rosterEntries: [
    {name: `${TOWN}/rosterEntries/lc-1`, role: 'ROSTER_ROLE_LEGAL_COUNSEL', displayName: '顾问一', villages: ['630106101001'], validFrom: '2023-01-01'},
    {name: `${TOWN}/rosterEntries/lc-2`, role: 'ROSTER_ROLE_LEGAL_COUNSEL', displayName: '顾问二', validFrom: '2023-01-01'},
    {name: `${TOWN}/rosterEntries/m-1`, role: 'ROSTER_ROLE_MEDIATOR', displayName: '调解员', validFrom: '2023-01-01'},
  ]}),
  [`GET /v1/${TOWN}/villages`]: () => ({villages: [{name: `${TOWN}/villages/630106101001`, displayNameZh: '一村'}]}),
  [`GET /v1/${TOWN}/activities`]: () => ({activities: [{name: `${TOWN}/activities/x1`, kind: 'law_lecture', date: '2024-11-02', title: '宪法讲座', village: '630106101001', measures: {occurrences: '1', attendances: '40'}}]}),
  'GET /v1/kinds': () => ({kinds: [{code: 'law_lecture', displayNameZh: '法治讲座', measures: [{code: 'occurrences', displayNameZh: '次数'}, {code: 'attendances', displayNameZh: '参加人次'}]}]}),
};
const open = (options: object = {}, query = '') => mountView(TownView, `/towns/630106101?period=2024${query}`, {props: {township: '630106101'}, ...options});
const panel = (view: Awaited<ReturnType<typeof open>>, title: string) => view.findAll('section.panel').find((one) => one.find('h2').text().startsWith(title))!;

beforeEach(() => vi.stubGlobal('EventSource', class { close(): void {} }));
afterEach(() => {
  closeExplain();
  document.body.innerHTML = '';
});

describe('the town page', () => {
  it('shows figures by field of work, with last year, change and rank as the server states them', async () => {
    fakeApi(api);
    const figures = panel(await open(), '各项数据');
    expect(figures.findAll('tr.section').map((row) => row.text())).toEqual(['B 学法', 'C 普法宣传', 'G 矛盾纠纷化解']);
    const [lectures, events] = figures.findAll('tbody tr:not(.section)');
    const texts = lectures!.findAll('td').map((cell) => cell.text());
    expect(texts[0]).toBe('6场');
    expect(texts[1]).toBe('7');
    expect(texts[2]).toContain('−14.29%');
    expect(texts[3]).toMatch(/^2=/);
    expect(events!.findAll('td')[0]!.text()).toBe('—');
    expect(events!.findAll('td')[3]!.attributes('title')).toBe('未报送，不排名次');
  });

  it('asks for every town to rank, but for a reporter only his own, without ranks', async () => {
    const sent = fakeApi(api);
    await open();
    expect(sent.find(({path}) => path.endsWith('compare'))!.body.scope).toEqual({district: 'districts/630106'});
    const own = fakeApi(api);
    const view = await open({role: 'reporter', scope: '630106101'});
    expect(own.find(({path}) => path.endsWith('compare'))!.body.scope).toEqual({townships: [TOWN]});
    expect(panel(view, '各项数据').text()).not.toContain('名次');
  });

  it('lists overdue targets first, with a bar and the mark of the pace', async () => {
    fakeApi(api);
    const plan = panel(await open(), '计划完成');
    expect(plan.findAll('li strong').map((name) => name.text())).toEqual(['法治宣传活动', '法治讲座']);
    expect((plan.find('.bar i').element as HTMLElement).style.width).toBe('45%');
    expect((plan.find('.bar b').element as HTMLElement).style.left).toBe('100%');
    expect(plan.find('li').text()).toContain('逾期');
  });

  it('tells the months apart by glyph', async () => {
    fakeApi(api);
    const months = panel(await open(), '2024 年各月');
    expect(months.findAll('.glyph').map((glyph) => glyph.text())).toEqual(['✓', '✕', '◑']);
    expect(months.find('h2').text()).toContain('已确认 50.00%');
    expect(months.findAll('li')[2]!.attributes('title')).toContain('确认后改动 1 项');
  });

  it('says of each roster entry what it did, and of the idle when it last did something', async () => {
    fakeApi(api);
    const view = await open();
    const rows = () => panel(view, '名册').findAll('tbody tr').map((row) => row.text().replace(/\s+/g, ' '));
    expect(rows()[0]).toContain('法治讲座 3 场');
    expect(rows()[1]).toContain('没有参与 上次 2023-06');
    expect(rows()[2]).toContain('参与过其他活动');
    await panel(view, '名册').find('input[type="checkbox"]').trigger('change');
    await flushPromises();
    expect(rows()).toHaveLength(1);
    expect(view.vm.$route.query.idle).toBe('only');
  });

  it('opens a village\'s figure, and leaves what belongs to no village without a drill-down', async () => {
    fakeApi(api);
    const villages = panel(await open(), '村（社区）');
    expect(villages.findAll('tbody tr')).toHaveLength(2);
    expect(villages.findAll('tbody tr')[1]!.find('button').exists()).toBe(false);
    await villages.find('tbody tr button').trigger('click');
    expect(explainTarget.value).toMatchObject({village: '630106101001', metric: 'metrics/publicity_events'});
  });

  it('shows the newest activities with their measures and a way to each', async () => {
    const sent = fakeApi(api);
    const recent = panel(await open(), '最近的活动');
    expect(sent.find(({path}) => path.endsWith('/activities'))!.query.get('orderBy')).toBe('date desc');
    expect(recent.find('li').text()).toContain('法治讲座 · 一村 · 参加人次 40');
    expect(recent.find('li a').attributes('href')).toBe('/towns/630106101/activities/x1');
  });

  it('shows the other panels when one cannot be read', async () => {
    fakeApi({...api, 'GET /v1/planStatus': () => new Problem(500, 'INTERNAL')});
    const view = await open();
    expect(panel(view, '计划完成').find('[role="alert"]').exists()).toBe(true);
    expect(panel(view, '各项数据').text()).toContain('6场');
  });

  it('says what to do where there is nothing', async () => {
    fakeApi({...api, 'GET /v1/planStatus': () => ({}), 'GET /v1/alarms': () => ({}), [`GET /v1/${TOWN}/rosterEntries`]: () => ({}), [`GET /v1/${TOWN}/activities`]: () => ({})});
    const text = (await open()).text();
    for (const words of ['没有下达计划', '没有需要说明的数', '名册是空的', '这段时间还没有活动']) expect(text).toContain(words);
  });

  it('makes a year of free days, because villages are kept by month', async () => {
    const sent = fakeApi(api);
    await mountView(TownView, '/towns/630106101?period=2024-02-03..2024-05-06', {props: {township: '630106101'}});
    expect(sent.find(({path}) => path.endsWith('compare'))!.body).toMatchObject({startDate: '2024-01-01', endDate: '2024-12-31'});
  });
});

describe('explaining an alarm', () => {
  it('is not offered to the district', async () => {
    fakeApi(api);
    const alarms = panel(await open(), '提示');
    expect(alarms.findAll('li')[0]!.text()).toContain('集中在一村');
    expect(alarms.findAll('li button').map((button) => button.text())).toEqual(['看来源', '看来源']);
  });

  it('sends the words and reads the alarms again', async () => {
    const sent = fakeApi({...api, [`POST /v1/${ALARMS[1]!.name}:explain`]: () => ({})});
    const alarms = panel(await open({role: 'reporter', scope: '630106101'}), '提示');
    await alarms.findAll('li button').find((button) => button.text() === '写说明')!.trigger('click');
    await alarms.find('textarea').setValue('  年初集中排查  ');
    await alarms.find('form').trigger('submit');
    await flushPromises();
    expect(sent.find(({verb, path}) => verb === 'POST' && path.endsWith(':explain'))!.body).toEqual({explanation: '年初集中排查'});
    expect(sent.filter(({path}) => path === '/v1/alarms')).toHaveLength(2);
    expect(alarms.find('form').exists()).toBe(false);
  });

  it('asks for words when there are none, and sends nothing', async () => {
    const sent = fakeApi(api);
    const alarms = panel(await open({role: 'reporter', scope: '630106101'}), '提示');
    await alarms.findAll('li button').find((button) => button.text() === '写说明')!.trigger('click');
    await alarms.find('textarea').setValue('   ');
    await alarms.find('form').trigger('submit');
    expect(alarms.find('.field-error').text()).toBe('请写明原因。');
    expect(alarms.find('textarea').attributes('aria-invalid')).toBe('true');
    expect(sent.some(({path}) => path.endsWith(':explain'))).toBe(false);
  });

  it('keeps what was written when the server refuses', async () => {
    fakeApi({...api, [`POST /v1/${ALARMS[1]!.name}:explain`]: () => new Problem(404, 'ALARM_NOT_FOUND')});
    const alarms = panel(await open({role: 'reporter', scope: '630106101'}), '提示');
    await alarms.findAll('li button').find((button) => button.text() === '写说明')!.trigger('click');
    await alarms.find('textarea').setValue('理由');
    await alarms.find('form').trigger('submit');
    await flushPromises();
    expect(alarms.find('.field-error').exists()).toBe(true);
    expect((alarms.find('textarea').element as HTMLTextAreaElement).value).toBe('理由');
  });

  it('opens the village that an alarm is about', async () => {
    fakeApi(api);
    const alarms = panel(await open(), '提示');
    await alarms.find('li button').trigger('click');
    expect(explainTarget.value).toEqual({township: TOWN, metric: 'metrics/law_lectures', start: '2024-01-01', end: '2024-12-31', village: '630106101001'});
  });
});
