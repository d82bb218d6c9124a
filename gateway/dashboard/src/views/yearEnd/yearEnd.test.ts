import {flushPromises, type VueWrapper} from '@vue/test-utils';
import {afterEach, describe, expect, it} from 'vitest';
import type {YearEndJson} from '@/api/types';
import {fakeApi, mountView, Problem, type Sent} from '@/testing/mount';
import YearEndView from '@/views/yearEnd/YearEndView.vue';
import {base64Of, bytesOf} from '@/views/yearEnd/bytes';
import {groupBlockers, stepsOf} from '@/views/yearEnd/steps';

const NAME = 'districts/630106/yearEnds/2024';
const signed = (state: 'SIGNATURE_STATE_VALID' | 'SIGNATURE_STATE_MISSING' | 'SIGNATURE_STATE_VOID', code = '630106101') =>
  ({township: `townships/${code}`, state, currentDigest: 'b'.repeat(64)}) as const;
const base: YearEndJson = {name: NAME, state: 'YEAR_END_STATE_SIGNING', digest: 'd'.repeat(64), townships: [signed('SIGNATURE_STATE_VALID'), signed('SIGNATURE_STATE_MISSING', '630106102')]};
const me = {approvedBy: '测试员', approveTime: '2025-01-05T01:00:00Z'};
const other = {approvedBy: '另一人', approveTime: '2025-01-05T02:00:00Z'};
const closed: YearEndJson = {...base, state: 'YEAR_END_STATE_CLOSED', generation: 1, approvals: [other, me], closedBy: '另一人', closeTime: '2025-01-06T01:00:00Z', certificateDigest: 'c'.repeat(64)};
let view: VueWrapper | undefined;
afterEach(() => view?.unmount());

describe('steps', () => {
  const all = {townships: [signed('SIGNATURE_STATE_VALID')]};
  it.each<[YearEndJson, string]>([
    [{}, 'now later later later'], [base, 'now later later later'], [all, 'done now later later'], [{...all, approvals: [me]}, 'done done now later'],
    [{...all, approvals: [me, other]}, 'done done done now'], [closed, 'done done done done'],
    [{townships: [signed('SIGNATURE_STATE_VOID')], approvals: []}, 'now later later later'],
  ])('of %j', (yearEnd, expected) => expect(stepsOf(yearEnd).map((step) => step.state).join(' ')).toBe(expected));
  it('gathers blockers of one reason and one sentence', () => {
    const groups = groupBlockers([{reason: 'A', township: 't/1', messageZh: 'x'}, {reason: 'B', messageZh: 'y'}, {reason: 'A', township: 't/2', messageZh: 'x'}, {reason: 'A', township: 't/3', messageZh: '2 个月'}]);
    expect(groups.map((group) => [group.reason, group.townships])).toEqual([['A', ['t/1', 't/2']], ['B', []], ['A', ['t/3']]]);
  });
});

describe('bytes', () => {
  it.each([0, 1, 2, 3, 255, 70_000])('come back from base64, %i of them', (length) => {
    const bytes = Uint8Array.from({length}, (_, index) => index * 7);
    expect([...bytesOf(base64Of(bytes))]).toEqual([...bytes]);
  });
  it('reads the URL alphabet too', () => expect([...bytesOf('-_8')]).toEqual([251, 255]));
});

describe('YearEndView', () => {
  async function open(yearEnd: YearEndJson, handlers: Record<string, (sent: Sent) => unknown> = {}) {
    const sent = fakeApi({
      [`GET /v1/${NAME}`]: () => ({yearEnd}),
      [`GET /v1/${NAME}/events`]: () => ({events: [{number: '1', type: 'SIGNED', township: 'townships/630106101', by: '某人', time: '2025-01-05T01:00:00Z'}]}),
      [`GET /v1/${NAME}/certificate`]: () => ({certificate: btoa('zhenhui-certificate 1\nyear 2024\n'), digest: 'c'.repeat(64)}),
      [`GET /v1/${NAME}/restatements`]: () => ({restatements: [{name: `${NAME}/restatements/1`, township: 'townships/630106101', figures: [{metric: 'metrics/law_lectures', period: '2024', oldFigure: {state: 'FIGURE_STATE_VALUE', decimal: '6'}, newFigure: {state: 'FIGURE_STATE_VALUE', decimal: '7'}}], records: [{record: 'townships/630106101/activities/a1', revision: '9', reason: '漏报', changedBy: '某人', title: '补报的讲座'}]}]}),
      ...handlers,
    });
    view = await mountView(YearEndView, '/year-end?period=2024', {role: 'district'});
    await flushPromises();
    return sent;
  }
  const button = (text: string) => view!.findAll('button').find((one) => one.text().includes(text));

  it('shows who has signed and the step that is now', async () => {
    await open(base);
    expect(view!.find('[aria-current=step]').text()).toContain('1/2 个已签');
    expect(view!.findAll('tbody .badge').map((one) => one.text())).toEqual(['✓已签', '○未签']);
  });
  it('rehearses without changing anything and lists what is missing', async () => {
    const sent = await open(base, {[`POST /v1/${NAME}:close`]: () => ({yearEnd: {...base, blockers: [{reason: 'TOWN_NOT_SIGNED', township: 'townships/630106102', messageZh: '还没有签字'}]}})});
    await button('彩排一次')!.trigger('click');
    await flushPromises();
    expect(sent.find((one) => one.verb === 'POST')!.body).toEqual({validateOnly: true});
    expect(view!.find('.blockers').text()).toContain('还没有签字');
    expect(view!.find('.blockers a').attributes('href')).toContain('/towns/630106102');
  });
  it('approves the digest that is shown', async () => {
    const sent = await open(base, {[`POST /v1/${NAME}:approve`]: () => ({yearEnd: base})});
    await view!.find('#approve form input[type=checkbox]').setValue(true);
    await view!.find('#approve form').trigger('submit');
    await flushPromises();
    expect(sent.find((one) => one.verb === 'POST')!.body).toEqual({digest: 'd'.repeat(64)});
  });
  it('does not let one person approve twice', async () => {
    await open({...base, approvals: [me]});
    expect(view!.find('#approve form').exists()).toBe(false);
    expect(view!.find('#approve').text()).toContain('等另一位');
  });
  it('closes only after two have approved, and a tick', async () => {
    const sent = await open({...base, approvals: [other, me]}, {[`POST /v1/${NAME}:close`]: () => new Problem(400, 'YEAR_END_BLOCKED')});
    expect(button('结 2024 年账')!.attributes('disabled')).toBeDefined();
    await view!.find('#approve form input[type=checkbox]').setValue(true);
    await view!.find('#approve form').trigger('submit');
    await flushPromises();
    expect(sent.find((one) => one.verb === 'POST')!.body).toEqual({});
    expect(view!.find('#approve .notice.error').text()).toContain('还不能结账');
  });
  it('offers drafts before and official reports after the closing', async () => {
    await open(base);
    expect(view!.find('a[download]').attributes('href')).toContain('draft=true');
    view!.unmount();
    await open(closed);
    expect(view!.findAll('a[download]').map((one) => one.attributes('href')).filter((href) => href?.includes('draft'))).toEqual([]);
    expect(view!.findAll('a[download]')).toHaveLength(15);
  });
  it('shows the certificate, the restatements with their records, and reopening', async () => {
    const sent = await open(closed, {[`POST /v1/${NAME}:requestReopening`]: () => ({yearEnd: closed})});
    expect(view!.text()).toContain('zhenhui year-end verify 630106-2024-1');
    expect(view!.text()).toContain('漏报');
    await view!.find('textarea').setValue('漏报太多');
    await view!.findAll('form').at(-1)!.trigger('submit');
    await flushPromises();
    expect(sent.find((one) => one.verb === 'POST')!.body).toEqual({reason: '漏报太多'});
  });
  it('lets only another person agree to reopen', async () => {
    await open({...closed, reopenRequestedBy: '测试员', reopenReason: '漏报'});
    expect(button('同意重新打开')).toBeUndefined();
    view!.unmount();
    await open({...closed, reopenRequestedBy: '另一人', reopenReason: '漏报'});
    expect(button('同意重新打开')).toBeDefined();
  });
  it('offers a retry after an error', async () => {
    fakeApi({[`GET /v1/${NAME}`]: () => new Problem(503, 'REBUILDING')});
    view = await mountView(YearEndView, '/year-end?period=2024', {role: 'district'});
    expect(view.find('[role=alert]').text()).toContain('重试');
  });
});
