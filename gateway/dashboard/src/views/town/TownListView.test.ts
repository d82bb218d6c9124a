import {afterEach, describe, expect, it, vi} from 'vitest';
import {fakeApi, mountView, Problem} from '@/testing/mount';
import TownListView from '@/views/town/TownListView.vue';

const completeness = {
  townships: [
    {township: 'townships/630106101', completePercent: '100.00', timelyPercent: '50.00', months: [{month: '2024-01', state: 'MONTH_STATE_IN_TIME'}]},
    {township: 'townships/630106102', completePercent: '', timelyPercent: '', months: [{month: '2024-01', state: 'MONTH_STATE_RUNNING'}]},
  ],
};
afterEach(() => {
  document.body.innerHTML = '';
});

describe('the list of towns', () => {
  it('says of each town how complete its months are and leads to its page', async () => {
    fakeApi({'GET /v1/districts/630106/completeness': () => completeness});
    const view = await mountView(TownListView, '/towns?period=2024');
    expect(view.find('tbody a').attributes('href')).toBe('/towns/630106101?period=2024');
    const percents = view.findAll('tbody tr').map((row) => row.findAll('td.number').slice(-2).map((cell) => cell.text()));
    expect(percents).toEqual([['100.00%', '50.00%'], ['∅', '∅']]);
    expect(view.findAll('tbody .glyph').map((glyph) => glyph.text())).toEqual(['✓', '…']);
  });

  it('leads a reporter straight to his own town and asks nothing', async () => {
    const sent = fakeApi({});
    const view = await mountView(TownListView, '/towns', {role: 'reporter', scope: '630106101'});
    await vi.waitFor(() => expect(view.vm.$route.path).toBe('/towns/630106101'), 5000); // the page is loaded when it is first opened
    expect(sent).toEqual([]);
  });

  it('says what to do when the district has no towns', async () => {
    fakeApi({'GET /v1/districts/630106/completeness': () => ({})});
    expect((await mountView(TownListView, '/towns')).text()).toContain('请先导入名录');
  });

  it('shows an error', async () => {
    fakeApi({'GET /v1/districts/630106/completeness': () => new Problem(503, 'DATABASE_UNAVAILABLE')});
    expect((await mountView(TownListView, '/towns')).find('[role="alert"]').text()).toContain('DATABASE_UNAVAILABLE');
  });
});
