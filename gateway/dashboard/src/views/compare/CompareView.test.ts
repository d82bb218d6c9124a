import {flushPromises} from '@vue/test-utils';
import {beforeEach, describe, expect, it, vi} from 'vitest';
import type {CompareTownshipsResponseJson, TownshipFigureJson} from '@/api/types';
import {closeExplain, explainTarget} from '@/composables/useExplain';
import {fakeApi, mountView, Problem, type Sent} from '@/testing/mount';
import {barOption} from '@/views/compare/barOption';
import CompareView from '@/views/compare/CompareView.vue';

vi.mock('@/components/echarts', () => ({BASE_OPTION: {}, init: () => ({setOption: vi.fn(), on: vi.fn(), dispose: vi.fn(), resize: vi.fn()})}));

const town = (code: string, decimal: string, more: Partial<TownshipFigureJson> = {}): TownshipFigureJson => ({
  township: `townships/${code}`, figure: {state: 'FIGURE_STATE_VALUE', value: decimal, decimal}, perVillage: '0.50', per10000Residents: '1.25', rank: 1, sharePercent: '50.00', changePercent: '9.09', ...more,
});
const ANSWER: CompareTownshipsResponseJson = {
  comparisons: [
    {
      metric: 'metrics/law_lectures', median: '6', gini: '0.2500', total: {state: 'FIGURE_STATE_VALUE', decimal: '13'},
      townships: [town('630106101', '6', {rank: 2}), town('630106102', '7', {perVillage: '0.25', rank: 0, rankWithheld: 'RANK_WITHHELD_UNCONFIRMED_MONTHS'})],
    },
    {
      metric: 'metrics/mediation_success_rate',
      townships: [
        town('630106101', '83.72', {perVillage: undefined, per10000Residents: undefined}),
        town('630106102', '', {figure: {state: 'FIGURE_STATE_NOT_REPORTED', unconfirmedMonths: 3}, perVillage: undefined, per10000Residents: undefined, rank: 0, rankWithheld: 'RANK_WITHHELD_NOT_REPORTED'}),
      ],
    },
  ],
};
const AT = '/compare?period=2024&metrics=law_lectures,mediation_success_rate';
let sent: Sent[];

beforeEach(() => {
  vi.stubGlobal('EventSource', class { close(): void {} });
  sent = fakeApi({'POST /v1/rollups:compare': () => ANSWER});
  closeExplain();
});

describe('CompareView', () => {
  it('asks for what its address says', async () => {
    await mountView(CompareView, `${AT}&by=village`);
    expect(sent[0]?.body).toEqual({
      scope: {district: 'districts/630106'}, metrics: ['metrics/law_lectures', 'metrics/mediation_success_rate'],
      startDate: '2024-01-01', endDate: '2024-12-31', normalisation: 'NORMALISATION_PER_VILLAGE',
    });
  });

  it('begins with the headline metrics that the catalogue has', async () => {
    await mountView(CompareView, '/compare');
    expect(sent[0]?.body.metrics).toEqual(['metrics/law_lectures', 'metrics/publicity_events', 'metrics/mediation_success_rate']);
  });

  it('shows figures with ranks, and says why a rank is withheld', async () => {
    const view = await mountView(CompareView, AT);
    const cells = view.find('tbody tr:nth-child(2)').text();
    expect(cells).toContain('7');
    expect(cells).toContain('—');
    expect(cells).toContain('※');
    expect(view.text()).toContain('不排名次：期间内还有月份没有确认报齐。');
    expect(view.text()).toContain('不排名次：没有报送。');
    expect(view.find('tfoot').text()).toContain('13');
  });

  it('switches to per-village figures, but shows ratios as they are', async () => {
    const view = await mountView(CompareView, `${AT}&by=village`);
    const row = view.find('tbody tr:nth-child(1)').text();
    expect(row).toContain('0.50');
    expect(row).toContain('83.72');
  });

  it('sorts by the compared figure', async () => {
    const view = await mountView(CompareView, `${AT}&sort=-law_lectures`);
    expect(view.find('tbody th').text()).toBe('乙乡');
    const perVillage = await mountView(CompareView, `${AT}&sort=-law_lectures&by=village`);
    expect(perVillage.find('tbody th').text()).toBe('甲镇');
  });

  it('opens the records behind a figure', async () => {
    const view = await mountView(CompareView, AT);
    await view.find('tbody tr:nth-child(1) td button').trigger('click');
    expect(explainTarget.value).toMatchObject({township: 'townships/630106101', metric: 'metrics/law_lectures', start: '2024-01-01', end: '2024-12-31'});
  });

  it('links to the same comparison as a file', async () => {
    const view = await mountView(CompareView, AT);
    const url = new URL(view.find('a[download]').attributes('href')!, 'http://x');
    expect(url.pathname).toBe('/v1/rollups:export');
    expect(url.searchParams.getAll('comparison.metrics')).toHaveLength(2);
    expect(url.searchParams.get('comparison.scope.district')).toBe('districts/630106');
    expect(url.searchParams.get('format')).toBe('REPORT_FORMAT_CSV');
  });

  it('says what went wrong, and tries again', async () => {
    let broken = true;
    fakeApi({'POST /v1/rollups:compare': () => (broken ? new Problem(503, 'REBUILDING') : ANSWER)});
    const view = await mountView(CompareView, AT);
    expect(view.find('[role=alert]').text()).toContain('汇总正在首次计算');
    broken = false;
    await view.find('[role=alert] button').trigger('click');
    await flushPromises();
    expect(view.find('[role=alert]').exists()).toBe(false);
    expect(view.text()).toContain('甲镇');
  });
});

it('draws bars longest above, towns without a rank hatched, and the median as a line', () => {
  const option = barOption({comparison: ANSWER.comparisons![0]!, by: 'raw', nameOf: (name) => name, unit: '场', median: '中位数', locale: 'zh-CN'});
  const [series] = option.series as {data: {id: string; value: number; itemStyle: {decal?: object}}[]; markLine: {data: object[]}}[];
  expect(series!.data.map((bar) => bar.value)).toEqual([6, 7]);
  expect(series!.data.map((bar) => Boolean(bar.itemStyle.decal))).toEqual([false, true]);
  expect(series!.markLine.data).toEqual([{xAxis: 6}]);
});
