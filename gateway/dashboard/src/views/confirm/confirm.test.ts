import {flushPromises, type VueWrapper} from '@vue/test-utils';
import {afterEach, describe, expect, it} from 'vitest';
import {fakeApi, mountView, Problem} from '@/testing/mount';
import ConfirmView from '@/views/confirm/ConfirmView.vue';
import {mayConfirm, mostUrgent} from '@/views/confirm/months';

const COMPLETENESS = 'GET /v1/townships/630106101/completeness';
const months = [
  {month: '2024-01', state: 'MONTH_STATE_IN_TIME', dueDate: '2024-02-05', confirmDate: '2024-02-03', activities: '23', villagesActive: 8, villages: 34},
  {month: '2024-02', state: 'MONTH_STATE_MISSING', dueDate: '2024-03-05', activities: '5', villagesActive: 2, villages: 34},
] as const;
let view: VueWrapper | undefined;
afterEach(() => view?.unmount());

describe('months', () => {
  it.each([
    ['MONTH_STATE_MISSING', '2024-02', '2024-03-09', true], ['MONTH_STATE_DUE', '2024-02', '2024-03-01', true], ['MONTH_STATE_RUNNING', '2024-03', '2024-03-01', true],
    ['MONTH_STATE_RUNNING', '2024-04', '2024-03-31', false], ['MONTH_STATE_LATE', '2024-02', '2024-03-09', false], ['MONTH_STATE_NOT_APPLICABLE', '2024-02', '2024-03-09', false],
  ] as const)('%s of %s on %s may be confirmed: %s', (state, month, day, expected) => expect(mayConfirm({state, month}, day)).toBe(expected));
  it('takes the oldest that is over first', () => expect([mostUrgent([...months]), mostUrgent([months[0]])]).toEqual(['2024-02', '']));
});

describe('ConfirmView', () => {
  async function open(handlers: Parameters<typeof fakeApi>[0] = {}) {
    const sent = fakeApi({
      [COMPLETENESS]: () => ({townships: [{township: 'townships/630106101', months, completePercent: '50.00'}]}),
      'POST /v1/rollups:query': () => ({rows: [
        {metric: 'metrics/law_lectures', figure: {state: 'FIGURE_STATE_VALUE', value: '2', decimal: '2'}},
        {metric: 'metrics/publicity_events', figure: {state: 'FIGURE_STATE_NOT_REPORTED', unconfirmedMonths: 1}},
      ]}),
      ...handlers,
    });
    view = await mountView(ConfirmView, '/confirm?period=2024', {role: 'reporter', scope: '630106101'});
    await flushPromises();
    return sent;
  }
  it('says before what becomes zero and that it is late, and confirms only after a tick', async () => {
    const sent = await open({'POST /v1/townships/630106101/monthConfirmations:confirm': () => ({})});
    expect(view!.find('.zero').text()).toBe('法治宣传活动');
    expect(view!.text()).toContain('将记为逾期确认');
    const button = view!.find('form button[type=submit]');
    expect(button.attributes('disabled')).toBeDefined();
    await view!.find('form input[type=checkbox]').setValue(true);
    await view!.find('form').trigger('submit');
    await flushPromises();
    expect(sent.find((one) => one.path.endsWith(':confirm'))!.body).toMatchObject({month: '2024-02'});
    expect(sent.filter((one) => `${one.verb} ${one.path}` === COMPLETENESS)).toHaveLength(2);
  });
  it('shows the server’s refusal', async () => {
    await open({'POST /v1/townships/630106101/monthConfirmations:confirm': () => new Problem(400, 'MONTH_IN_FUTURE')});
    await view!.find('form input[type=checkbox]').setValue(true);
    await view!.find('form').trigger('submit');
    await flushPromises();
    expect(view!.find('.notice.error').text()).toContain('还没有开始');
  });
  it('offers a retry after an error', async () => {
    await open({[COMPLETENESS]: () => new Problem(503, 'DATABASE_UNAVAILABLE')});
    expect(view!.find('[role=alert]').text()).toContain('重试');
  });
});
