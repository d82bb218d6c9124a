import {flushPromises} from '@vue/test-utils';
import {beforeEach, describe, expect, it, vi} from 'vitest';
import {announcement} from '@/composables/useAnnounce';
import {closeExplain, explainTarget} from '@/composables/useExplain';
import {fakeApi, mountView, Problem, type Sent} from '@/testing/mount';
import OverviewView from '@/views/overview/OverviewView.vue';

class FakeSource {
  static last: FakeSource;
  onmessage?: (event: MessageEvent<string>) => void;
  constructor(readonly url: string) {
    FakeSource.last = this;
  }
  close(): void {}
  say(figures: object[]): void {
    this.onmessage?.(new MessageEvent('message', {data: JSON.stringify({figures})}));
  }
}
const MONTHS = Array.from({length: 12}, (_, index) => ({month: `2024-${String(index + 1).padStart(2, '0')}`, state: index < 10 ? 'MONTH_STATE_IN_TIME' : 'MONTH_STATE_MISSING'}));
const ALARM = {name: 'townships/630106101/alarms/a', type: 'ALARM_TYPE_JUMP', metric: 'metrics/law_lectures', messageZh: '上升 107%', figure: {state: 'FIGURE_STATE_VALUE', decimal: '29'}, startDate: '2024-01-01', endDate: '2024-12-31'};
let lectures: string;
let sent: Sent[];

beforeEach(() => {
  lectures = '92';
  vi.stubGlobal('EventSource', FakeSource);
  closeExplain();
  sent = fakeApi({
    'POST /v1/rollups:query': () => ({rows: [{metric: 'metrics/law_lectures', figure: {state: 'FIGURE_STATE_VALUE', decimal: lectures}, changePercent: '-14.29'}, {metric: 'metrics/publicity_events', figure: {state: 'FIGURE_STATE_NOT_REPORTED', unconfirmedMonths: 12}}]}),
    'GET /v1/districts/630106/completeness': () => ({townships: [{township: 'townships/630106101', months: MONTHS, timelyPercent: '83.33'}]}),
    'GET /v1/townships/630106101/completeness': () => ({townships: [{township: 'townships/630106101', months: MONTHS}]}),
    'GET /v1/alarms': () => ({alarms: [{...ALARM, name: 'townships/630106102/alarms/b', explanation: '新设讲堂', explainedBy: '乙'}, ALARM]}),
  });
});

describe('OverviewView', () => {
  it('shows the district\'s core figures with their change, linked to the towns', async () => {
    const view = await mountView(OverviewView, '/?period=2024');
    expect(sent.find((call) => call.path === '/v1/rollups:query')?.body).toMatchObject({scope: {district: 'districts/630106'}, withLastYear: true});
    expect(view.text()).toContain('92');
    expect(view.text()).toContain('−14.29%');
    expect(view.find('a.open').attributes('href')).toContain('metrics=law_lectures');
  });

  it('shows months with glyphs and words', async () => {
    const view = await mountView(OverviewView, '/?period=2024');
    expect(view.findAll('.cell.bad .visually-hidden').map((cell) => cell.text())).toEqual(['逾期未确认', '逾期未确认']);
    expect(view.text()).toContain('83.33%');
  });

  it('shows unexplained alarms first', async () => {
    const view = await mountView(OverviewView, '/?period=2024');
    const alarms = view.findAll('.alarms li');
    expect(alarms[0]!.text()).toContain('甲镇');
    expect(alarms[0]!.text()).toContain('还没有说明');
    expect(alarms[1]!.text()).toContain('新设讲堂');
    expect(view.text()).toContain('1 条未说明，共 2 条');
  });

  it('opens records at once for a town\'s own person', async () => {
    const view = await mountView(OverviewView, '/?period=2024', {role: 'reporter', scope: '630106101'});
    expect(sent.find((call) => call.path === '/v1/rollups:query')?.body).toMatchObject({scope: {townships: ['townships/630106101']}});
    await view.find('dd.value button').trigger('click');
    expect(explainTarget.value?.township).toBe('townships/630106101');
  });

  it('follows changes without a reload, and says them', async () => {
    vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
    const view = await mountView(OverviewView, '/?period=2024');
    FakeSource.last.say([{township: 'townships/630106101', metric: 'metrics/law_lectures', figure: {state: 'FIGURE_STATE_VALUE', decimal: '6'}}]);
    lectures = '93';
    FakeSource.last.say([{township: 'townships/630106101', metric: 'metrics/law_lectures', figure: {state: 'FIGURE_STATE_VALUE', decimal: '7'}}]);
    await vi.runAllTimersAsync();
    vi.useRealTimers();
    await flushPromises();
    expect(view.find('dd.value').text()).toContain('93');
    expect(announcement.value).toBe('甲镇 法治讲座现为 7 场');
  });

  it('keeps what it can show when one part fails', async () => {
    fakeApi({'POST /v1/rollups:query': () => ({rows: []}), 'GET /v1/alarms': () => new Problem(403, 'OUT_OF_SCOPE'), 'GET /v1/districts/630106/completeness': () => ({})});
    const view = await mountView(OverviewView, '/?period=2024');
    expect(view.find('[role=alert]').text()).toContain('您无权看这个地方');
    expect(view.text()).toContain('法治讲座');
    expect(view.text()).toContain('还没有乡镇');
  });
});
