import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {flushPromises} from '@vue/test-utils';
import {fakeApi, mountView, Problem, type Sent} from '@/testing/mount';
import TrendView from '@/views/trend/TrendView.vue';

const chart = {setOption: vi.fn(), on: vi.fn(), resize: vi.fn(), dispose: vi.fn()};
vi.mock('@/components/echarts', () => ({init: () => chart, BASE_OPTION: {}, COLOURS: {}, SERIES: []}));

function rollup({body}: Sent) {
  const scope = body.scope as {townships?: string[]};
  const towns = scope.townships ?? [''];
  return {
    rows: towns.map((township) => ({
      township, metric: (body.metrics as string[])[0], startDate: '2024-01-01', endDate: '2024-01-31',
      figure: {state: 'FIGURE_STATE_VALUE', value: '9', decimal: '9'}, lastYear: {state: 'FIGURE_STATE_VALUE', value: '6', decimal: '6'}, changePercent: '50.00',
    })),
  };
}

beforeEach(() => {
  vi.stubGlobal('EventSource', class { close(): void {} });
});
afterEach(() => {
  document.body.innerHTML = '';
});

describe('the trend', () => {
  it('shows the whole district first, with last year, as chart and as table', async () => {
    const sent = fakeApi({'POST /v1/rollups:query': rollup});
    const view = await mountView(TrendView, '/trend?period=2024');
    expect(sent[0]!.body).toMatchObject({scope: {district: 'districts/630106'}, groupBy: 'GROUP_BY_UNSPECIFIED', bucket: 'BUCKET_MONTH', withLastYear: true});
    const first = view.find('tbody tr').findAll('td').map((cell) => cell.text());
    expect(first[0]).toBe('9');
    expect(first[1]).toBe('6');
    expect(first[2]).toContain('+50.00%');
    expect(view.findAll('tbody tr')).toHaveLength(12);
  });

  it('asks for the towns that are chosen, and each figure opens its records', async () => {
    const sent = fakeApi({'POST /v1/rollups:query': rollup});
    const view = await mountView(TrendView, '/trend?period=2024&towns=630106102,630106101');
    expect(sent[0]!.body).toMatchObject({scope: {townships: ['townships/630106102', 'townships/630106101']}, groupBy: 'GROUP_BY_TOWNSHIP'});
    expect(view.findAll('thead .group').map((head) => head.text())).toEqual(['乙乡', '甲镇']);
    expect(view.find('tbody td button.figure').exists()).toBe(true);
  });

  it('adds a town by a click and writes it to the address', async () => {
    fakeApi({'POST /v1/rollups:query': rollup});
    const view = await mountView(TrendView, '/trend?period=2024');
    await view.findAll('.chip')[1]!.trigger('click');
    await flushPromises();
    expect(view.vm.$route.query.towns).toBe('630106101');
    expect(view.findAll('.chip').map((chip) => chip.attributes('aria-pressed'))).toEqual(['false', 'true', 'false']);
  });

  it('leaves last year out when it is not wanted', async () => {
    fakeApi({'POST /v1/rollups:query': rollup});
    const view = await mountView(TrendView, '/trend?period=2024&lastYear=no');
    expect(view.find('tbody tr').findAll('td')).toHaveLength(1);
  });

  it('shows a reporter his own town only', async () => {
    const sent = fakeApi({'POST /v1/rollups:query': rollup});
    const view = await mountView(TrendView, '/trend?period=2024&towns=630106102', {role: 'reporter', scope: '630106101'});
    expect(sent[0]!.body).toMatchObject({scope: {townships: ['townships/630106101']}});
    expect(view.find('.chip').exists()).toBe(false);
  });

  it('says that nothing is reported', async () => {
    fakeApi({'POST /v1/rollups:query': () => ({rows: [{startDate: '2024-01-01', figure: {state: 'FIGURE_STATE_NOT_REPORTED', unconfirmedMonths: 1}}]})});
    const view = await mountView(TrendView, '/trend?period=2024');
    expect(view.text()).toContain('2024 年还没有报送的数');
  });

  it('shows an error', async () => {
    fakeApi({'POST /v1/rollups:query': () => new Problem(404, 'METRIC_NOT_FOUND')});
    const view = await mountView(TrendView, '/trend?period=2024');
    expect(view.find('[role="alert"]').text()).toContain('METRIC_NOT_FOUND');
  });
});
