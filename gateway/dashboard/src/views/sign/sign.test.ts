import {flushPromises, type VueWrapper} from '@vue/test-utils';
import {afterEach, describe, expect, it} from 'vitest';
import {fakeApi, mountView, Problem} from '@/testing/mount';
import SignView from '@/views/sign/SignView.vue';
import {groupedDigest, layOut, periodsOf} from '@/views/sign/townYear';

const TOWN_YEAR = '/v1/districts/630106/yearEnds/2024/townYears/630106101';
const figure = (decimal: string) => ({state: 'FIGURE_STATE_VALUE', value: decimal, decimal});
const figures = [
  {metric: 'metrics/law_lectures', metricVersion: 1, period: '2024', figure: figure('6')},
  {metric: 'metrics/law_lectures', metricVersion: 1, period: '2024-Q1', figure: figure('2')},
  {metric: 'metrics/law_lectures', metricVersion: 1, period: '2024-01', figure: figure('1')},
];
const answer = (state: string, more: object = {}) => ({figures, digest: 'a'.repeat(64), signature: {state, ...more}});
let view: VueWrapper | undefined;
afterEach(() => view?.unmount());

describe('townYear', () => {
  it('puts a row for each metric', () => expect([...layOut(figures as never)[0]!.figures.keys()]).toEqual(['2024', '2024-Q1', '2024-01']));
  it('has the months before their quarter', () => {
    expect(periodsOf(2024, false)).toEqual(['2024-Q1', '2024-Q2', '2024-Q3', '2024-Q4', '2024']);
    expect(periodsOf(2024, true).slice(0, 5)).toEqual(['2024-01', '2024-02', '2024-03', '2024-Q1', '2024-04']);
  });
  it.each([['', ''], ['abcdefgh', 'abcdefgh'], ['abcdefghi', 'abcdefgh i']])('groups %s', (text, grouped) => expect(groupedDigest(text)).toBe(grouped));
});

describe('SignView', () => {
  async function open(town: () => unknown, sign?: () => unknown) {
    const sent = fakeApi({[`GET ${TOWN_YEAR}`]: town, ...(sign ? {[`POST ${TOWN_YEAR}:sign`]: sign} : {})});
    view = await mountView(SignView, '/sign?period=2024', {role: 'reporter', scope: '630106101'});
    return sent;
  }
  async function sign() {
    await view!.find('form input[type=checkbox]').setValue(true);
    await view!.find('form').trigger('submit');
    await flushPromises();
  }
  it('signs the digest that is on the screen', async () => {
    const sent = await open(() => answer('SIGNATURE_STATE_MISSING'), () => ({}));
    expect(view!.findAll('tbody td').map((cell) => cell.text().replace(/[^\d∅—]/g, ''))).toEqual(['2', '∅', '∅', '∅', '6']);
    await sign();
    expect(sent.find((one) => one.verb === 'POST')!.body).toMatchObject({digest: 'a'.repeat(64)});
  });
  it('reads the figures again when they changed meanwhile, and wants a new tick', async () => {
    const sent = await open(() => answer('SIGNATURE_STATE_MISSING'), () => new Problem(409, 'FIGURES_CHANGED'));
    await sign();
    expect(sent.filter((one) => one.verb === 'GET')).toHaveLength(2);
    expect(view!.find('.notice.error').text()).toContain('重新核对');
    expect(view!.find('form button').attributes('disabled')).toBeDefined();
  });
  it('says what changed since a signature that is void', async () => {
    await open(() => answer('SIGNATURE_STATE_VOID', {signedBy: '某人', changes: ['law_lectures: 6 -> 7']}));
    expect(view!.find('.notice.warn').text()).toContain('法治讲座：6 → 7');
    expect(view!.find('form').exists()).toBe(true);
  });
  it('offers nothing to sign while the signature holds', async () => {
    await open(() => answer('SIGNATURE_STATE_VALID', {signedBy: '某人', signTime: '2025-01-05T01:00:00Z'}));
    expect(view!.text()).toContain('某人');
    expect(view!.find('form').exists()).toBe(false);
  });
  it('points to the months that are not confirmed', async () => {
    await open(() => answer('SIGNATURE_STATE_MISSING', {unconfirmedMonths: 2}));
    expect(view!.find('.notice.warn a').attributes('href')).toContain('/confirm?period=2024');
  });
  it('offers a retry after an error', async () => {
    await open(() => new Problem(503, 'REBUILDING'));
    expect(view!.find('[role=alert]').text()).toContain('重试');
  });
});
