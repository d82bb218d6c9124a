import {flushPromises} from '@vue/test-utils';
import {afterEach, describe, expect, it} from 'vitest';
import type {FigureJson, GapJson} from '@/api/types';
import {closeExplain, explainTarget} from '@/composables/useExplain';
import {fakeApi, mountView, Problem, type Sent} from '@/testing/mount';
import CoverageView from '@/views/coverage/CoverageView.vue';

const ZERO: FigureJson = {state: 'FIGURE_STATE_CONFIRMED_ZERO'};
const MISSING: FigureJson = {state: 'FIGURE_STATE_NOT_REPORTED', unconfirmedMonths: 3};
const value = (decimal: string): FigureJson => ({state: 'FIGURE_STATE_VALUE', value: decimal, decimal});
const QUARTERS = ['01-01', '04-01', '07-01', '10-01'];

function rollup({body}: Sent) {
  const metric = (body.metrics as string[])[0];
  const row = (township: string, member: string, day: string, figure: FigureJson) => ({township, member, displayNameZh: member === '630106101001' ? '一村' : '', metric, startDate: `2024-${day}`, endDate: '2024-12-31', figure});
  if (body.groupBy === 'GROUP_BY_VILLAGE') {
    const members = ['', '630106101001'];
    if (body.bucket !== 'BUCKET_QUARTER') return {rows: members.map((member) => row('townships/630106101', member, '01-01', value('4')))};
    const cells = [value('4'), ZERO, ZERO, MISSING];
    return {rows: members.flatMap((member) => QUARTERS.map((day, index) => row('townships/630106101', member, day, cells[index]!)))};
  }
  if (body.groupBy === 'GROUP_BY_AUDIENCE') return {rows: [row('townships/630106101', 'students', '01-01', value('6'))]};
  return {rows: [row('townships/630106101', '', '01-01', value('8')), row('townships/630106102', '', '01-01', {...value('2'), unconfirmedMonths: 2})]};
}
const GAPS: GapJson[] = [
  {type: 'GAP_TYPE_VILLAGE', township: 'townships/630106101', member: '630106101002', displayNameZh: '二村', lastMonth: '2023-11'},
  {type: 'GAP_TYPE_VILLAGE', township: 'townships/630106101', member: '630106101003', displayNameZh: '三村'},
];
const api = {
  'POST /v1/rollups:query': rollup,
  'GET /v1/gaps': () => ({gaps: GAPS, evenness: [{township: 'townships/630106101', gini: '0.4412', reached: 1, villages: 3}]}),
  'GET /v1/townships/630106101/villages': () => ({villages: [{name: 'townships/630106101/villages/630106101001', displayNameZh: '一村', displayNameEn: 'Village 1'}]}),
  'GET /v1/kinds': () => ({
    kinds: [{code: 'law_lecture', displayNameZh: '法治讲座'}, {code: 'publicity_event', displayNameZh: '法治宣传活动'}],
    audiences: [{code: 'students', displayNameZh: '学生'}, {code: 'enterprises', displayNameZh: '企业'}],
  }),
};

afterEach(() => {
  closeExplain();
  document.body.innerHTML = '';
});

describe('coverage by village', () => {
  it('marks confirmed nothing as a gap, and a missing report as something else', async () => {
    fakeApi(api);
    const view = await mountView(CoverageView, '/coverage?period=2024&town=630106101&metric=law_lectures');
    const cells = view.findAll('tbody tr:first-child td.cell');
    expect(cells.map((cell) => cell.text())).toEqual(['4', '○空白', '○空白', '—']);
    expect(cells[3]!.classes()).toContain('hatched');
  });

  it('puts what belongs to no village last and never calls it a gap', async () => {
    fakeApi(api);
    const view = await mountView(CoverageView, '/coverage?period=2024&town=630106101&metric=law_lectures');
    const rows = view.findAll('.grid tbody tr');
    expect(rows.map((row) => row.find('th').text())).toEqual(['一村', '镇本级（不分村）']);
    expect(rows[1]!.text()).not.toContain('空白');
  });

  it('opens the drill-down of a gap', async () => {
    fakeApi(api);
    const view = await mountView(CoverageView, '/coverage?period=2024&town=630106101&metric=law_lectures');
    await view.find('button.blank').trigger('click');
    expect(explainTarget.value).toMatchObject({village: '630106101001', metric: 'metrics/law_lectures', start: '2024-04-01'});
  });

  it('lists gaps of the metric\'s kind, with evenness as the server states it', async () => {
    const sent = fakeApi(api);
    const view = await mountView(CoverageView, '/coverage?period=2024&town=630106101&metric=law_lectures');
    const query = sent.find(({path}) => path === '/v1/gaps')!.query;
    expect([query.get('kind'), query.getAll('types'), query.getAll('scope.townships')]).toEqual(['law_lecture', ['GAP_TYPE_VILLAGE'], ['townships/630106101']]);
    expect(view.find('.even').text()).toContain('0.4412');
    expect(view.find('.gaps').findAll('li').map((item) => item.text())).toEqual(['○二村上次 2023-11', '○三村从未记录']);
  });

  it('lists gaps of any activity when that is chosen', async () => {
    const sent = fakeApi(api);
    await mountView(CoverageView, '/coverage?period=2024&town=630106101&metric=law_lectures&kind=any');
    expect(sent.find(({path}) => path === '/v1/gaps')!.query.has('kind')).toBe(false);
  });

  it('says that the register has no villages', async () => {
    fakeApi({...api, 'POST /v1/rollups:query': () => ({})});
    const view = await mountView(CoverageView, '/coverage?period=2024&town=630106101');
    expect(view.text()).toContain('还没有村（社区）名录');
  });

  it('shows the grid when only the gaps cannot be read', async () => {
    fakeApi({...api, 'GET /v1/gaps': () => new Problem(503, 'REBUILDING')});
    const view = await mountView(CoverageView, '/coverage?period=2024&town=630106101');
    expect(view.findAll('[role="alert"]').length).toBeGreaterThan(0);
    expect(view.find('.grid tbody').text()).toContain('一村');
  });
});

describe('coverage by audience', () => {
  it('shows audiences that nothing reached, though the server has no row for them', async () => {
    fakeApi(api);
    const view = await mountView(CoverageView, '/coverage?period=2024&by=audiences&metric=law_lectures');
    const rows = view.findAll('.grid tbody tr').map((row) => [row.find('th').text(), ...row.findAll('td').map((cell) => cell.text())]);
    expect(rows).toEqual([['学生', '6', '○空白'], ['企业', '○空白', '○空白']]);
    expect(view.findAll('.grid tfoot td').map((cell) => cell.text())).toEqual(['8', '2°']);
  });

  it('says of a gap whether the months are confirmed', async () => {
    fakeApi(api);
    const view = await mountView(CoverageView, '/coverage?period=2024&by=audiences&metric=law_lectures');
    const titles = view.findAll('.grid tbody tr:last-child button').map((button) => button.attributes('title'));
    expect(titles[0]).toContain('已确认为零');
    expect(titles[1]).toContain('还有 2 个月未确认');
  });

  it('is reached by the switch, which forgets the metric of the other grid', async () => {
    fakeApi(api);
    const view = await mountView(CoverageView, '/coverage?period=2024&metric=law_lectures');
    await view.findAll('.segments button')[1]!.trigger('click');
    await flushPromises();
    expect(view.vm.$route.query).toMatchObject({by: 'audiences'});
    expect(view.vm.$route.query.metric).toBeUndefined();
  });
});
