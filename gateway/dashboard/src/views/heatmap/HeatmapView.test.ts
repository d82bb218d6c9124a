import {flushPromises} from '@vue/test-utils';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import type {FigureJson, RollupRowJson} from '@/api/types';
import {closeExplain, explainTarget} from '@/composables/useExplain';
import {fakeApi, mountView, Problem, type Sent} from '@/testing/mount';
import HeatmapView from '@/views/heatmap/HeatmapView.vue';

const value = (decimal: string, unconfirmedMonths = 0): FigureJson => ({state: 'FIGURE_STATE_VALUE', value: decimal, decimal, unconfirmedMonths});
const STATES: FigureJson[] = [
  value('5'), {state: 'FIGURE_STATE_CONFIRMED_ZERO'}, {state: 'FIGURE_STATE_NOT_REPORTED', unconfirmedMonths: 1},
  {state: 'FIGURE_STATE_NOT_APPLICABLE'}, value('2', 1),
];

/** Two towns; the first shows every state in its first months. */
function rollup({body}: Sent): {rows: RollupRowJson[]} {
  const metric = (body.metrics as string[])[0]!;
  const towns = body.groupBy === 'GROUP_BY_TOWNSHIP' ? ['townships/630106101', 'townships/630106102'] : [''];
  const year = String(body.startDate).slice(0, 4);
  if (body.bucket !== 'BUCKET_MONTH') {
    return {rows: towns.map((township, index) => ({township, metric, startDate: `${year}-01-01`, endDate: `${year}-12-31`, figure: value(township ? ['7', '30'][index]! : '37')}))};
  }
  return {
    rows: towns.flatMap((township, index) =>
      STATES.map((figure, month) => ({
        township, metric, startDate: `${year}-0${month + 1}-01`, endDate: `${year}-0${month + 1}-28`, figure: index === 0 ? figure : value('30'),
      })),
    ),
  };
}

class Silent {
  static all: Silent[] = [];
  onopen = null;
  onmessage: ((event: {data: string}) => void) | null = null;
  onerror = null;
  constructor(readonly url: string) {
    Silent.all.push(this);
  }
  close(): void {}
}

beforeEach(() => {
  Silent.all = [];
  vi.stubGlobal('EventSource', Silent);
});
afterEach(() => {
  closeExplain();
  document.body.innerHTML = '';
});

describe('the heat map', () => {
  it('tells the four states apart without colour', async () => {
    fakeApi({'POST /v1/rollups:query': rollup});
    const view = await mountView(HeatmapView, '/heatmap?period=2024');
    const cells = view.findAll('tbody tr:first-child td.cell').map((cell) => cell.text());
    expect(cells.slice(0, 5)).toEqual(['5', '0✓', '—', '∅', '2°']);
    expect(view.findAll('tbody tr:first-child td.cell')[2]!.classes()).toContain('hatched');
  });

  it('tints by one scale for the metric, so that a larger figure is never lighter', async () => {
    fakeApi({'POST /v1/rollups:query': rollup});
    const view = await mountView(HeatmapView, '/heatmap?period=2024');
    const tint = (row: number, column: number) => Number(/tint(\d)/.exec(view.find(`tbody tr:nth-child(${row}) td:nth-of-type(${column})`).classes().join(' '))?.[1]);
    expect(tint(2, 1)).toBeGreaterThan(tint(1, 1));
    expect(tint(1, 1)).toBeGreaterThanOrEqual(tint(1, 5));
  });

  it('takes totals and the district from the server and adds nothing up', async () => {
    const sent = fakeApi({'POST /v1/rollups:query': rollup});
    const view = await mountView(HeatmapView, '/heatmap?period=2024');
    expect(view.findAll('tbody td.total').map((cell) => cell.text())).toEqual(['7', '30']);
    expect(view.find('tfoot td.total').text()).toBe('37');
    expect(sent.map(({body}) => `${String(body.groupBy)} ${String(body.bucket)}`).sort()).toEqual([
      'GROUP_BY_TOWNSHIP BUCKET_MONTH', 'GROUP_BY_TOWNSHIP BUCKET_UNSPECIFIED',
      'GROUP_BY_UNSPECIFIED BUCKET_MONTH', 'GROUP_BY_UNSPECIFIED BUCKET_UNSPECIFIED',
    ]);
  });

  it('opens the drill-down of the cell that is clicked', async () => {
    fakeApi({'POST /v1/rollups:query': rollup});
    const view = await mountView(HeatmapView, '/heatmap?period=2024&metric=law_lectures');
    await view.find('tbody tr:first-child td.cell button').trigger('click');
    expect(explainTarget.value).toEqual({township: 'townships/630106101', metric: 'metrics/law_lectures', start: '2024-01-01', end: '2024-01-28'});
  });

  it('sorts by the total, and keeps that in the address', async () => {
    fakeApi({'POST /v1/rollups:query': rollup});
    const view = await mountView(HeatmapView, '/heatmap?period=2024');
    await view.find('thead .total button').trigger('click');
    await flushPromises();
    expect(view.findAll('tbody th').map((head) => head.text())).toEqual(['乙乡', '甲镇']);
    expect(view.vm.$route.query.sort).toBe('-total');
    expect(view.find('thead .total').attributes('aria-sort')).toBe('descending');
  });

  it('asks for a whole year when the address names a month', async () => {
    const sent = fakeApi({'POST /v1/rollups:query': rollup});
    await mountView(HeatmapView, '/heatmap?period=2023-05');
    expect(sent[0]!.body).toMatchObject({startDate: '2023-01-01', endDate: '2023-12-31'});
  });

  it('reads again when a figure changes, and not for the first message', async () => {
    const sent = fakeApi({'POST /v1/rollups:query': rollup});
    await mountView(HeatmapView, '/heatmap?period=2024');
    Silent.all[0]!.onmessage!({data: '{"figures": []}'});
    await flushPromises();
    expect(sent).toHaveLength(4);
    Silent.all[0]!.onmessage!({data: '{"figures": [{}]}'});
    await flushPromises();
    expect(sent).toHaveLength(8);
  });

  it('says what to do when nothing of the year is reported', async () => {
    const silent = (sent: Sent) => ({rows: rollup(sent).rows.map((row) => ({...row, figure: {state: 'FIGURE_STATE_NOT_REPORTED', unconfirmedMonths: 12}}))});
    fakeApi({'POST /v1/rollups:query': silent});
    const view = await mountView(HeatmapView, '/heatmap?period=2024');
    expect(view.find('.notice').text()).toContain('2024 年这个指标还没有报送');
    expect(view.findAll('tbody td.cell.hatched').length).toBeGreaterThan(0);
  });

  it('says what to do when there is no town', async () => {
    fakeApi({'POST /v1/rollups:query': () => ({})});
    const view = await mountView(HeatmapView, '/heatmap?period=2024');
    expect(view.text()).toContain('请换一个年份或区县');
  });

  it('shows one town as metrics by months, each row by a scale of its own', async () => {
    const sent = fakeApi({
      'POST /v1/rollups:query': ({body}) => ({
        rows: (body.metrics as string[]).flatMap((metric, index) =>
          (body.bucket === 'BUCKET_MONTH' ? ['01', '02'] : ['01']).map((month) => ({
            township: 'townships/630106101', metric, startDate: `2024-${month}-01`, endDate: `2024-${month}-28`, figure: value(String(Number(month) * 10 ** (index + 1))),
          })),
        ),
      }),
    });
    const view = await mountView(HeatmapView, '/heatmap?period=2024&town=630106101');
    expect(sent.map(({body}) => body.scope)).toEqual([{townships: ['townships/630106101']}, {townships: ['townships/630106101']}]);
    const tints = view.findAll('tbody tr').map((row) => row.findAll('td.cell').slice(0, 2).map((cell) => cell.classes().find((name) => name.startsWith('tint'))));
    expect(tints[0]).toEqual(tints[1]); // 10 and 20 as 100 and 200
    expect(tints[0]![0]).not.toBe(tints[0]![1]);
    expect(view.find('thead .total button').exists()).toBe(false);
    await view.find('tbody td.cell button').trigger('click');
    expect(explainTarget.value).toMatchObject({metric: 'metrics/law_lectures', start: '2024-01-01'});
  });

  it('shows a reporter his own town', async () => {
    const sent = fakeApi({'POST /v1/rollups:query': () => ({})});
    const view = await mountView(HeatmapView, '/heatmap?period=2024&town=630106102', {role: 'reporter', scope: '630106101'});
    expect(sent[0]!.body.scope).toEqual({townships: ['townships/630106101']});
    expect(view.text()).toContain('先录入、确认月份');
  });

  it('shows an error with its reason and a way to try again', async () => {
    let broken = true;
    fakeApi({'POST /v1/rollups:query': (sent) => (broken ? new Problem(503, 'REBUILDING') : rollup(sent))});
    const view = await mountView(HeatmapView, '/heatmap?period=2024');
    expect(view.find('[role="alert"]').text()).toContain('REBUILDING');
    broken = false;
    await view.find('[role="alert"] button').trigger('click');
    await flushPromises();
    expect(view.find('[role="alert"]').exists()).toBe(false);
    expect(view.findAll('tbody tr')).toHaveLength(2);
  });
});
