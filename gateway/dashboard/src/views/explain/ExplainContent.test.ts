import {flushPromises} from '@vue/test-utils';
import {describe, expect, it} from 'vitest';
import {fakeApi, mountView, Problem} from '@/testing/mount';
import ExplainContent from '@/views/explain/ExplainContent.vue';

const TARGET = {township: 'townships/630106101', metric: 'metrics/law_lectures', start: '2024-01-01', end: '2024-12-31'};
const record = (id: string, value: string, more: object = {}) => ({record: `townships/630106101/activities/${id}`, date: '2024-03-05', title: `讲座${id}`, kind: 'law_lecture', value, ...more});
const figure = (value: string, denominator?: string) => ({state: 'FIGURE_STATE_VALUE', value, decimal: value, denominator});
const KINDS = {'GET /v1/kinds': () => ({kinds: [{code: 'law_lecture', displayNameZh: '法治讲座', measures: [{code: 'copies', displayNameZh: '份数', unitZh: '份'}]}]})};
const open = (target = TARGET) => mountView(ExplainContent, '/', {props: {target}});

describe('ExplainContent', () => {
  it('loads further pages on demand, and then shows that the records sum to the figure', async () => {
    const sent = fakeApi({
      ...KINDS,
      'GET /v1/townships/630106101/figures:explain': ({query}) =>
        query.get('pageToken') ? {figure: figure('43'), contributions: [record('c', '3')]} : {figure: figure('43'), contributions: [record('a', '30'), record('b', '10')], nextPageToken: 'two', metricVersion: 1},
    });
    const view = await open();
    expect(view.text()).toContain('已列 2 条，小计 40；后面还有');
    await view.findAll('button').find((button) => button.text().includes('再列'))!.trigger('click');
    await flushPromises();
    expect(view.text()).toContain('3 条记录合计 43，等于这个数');
    expect(sent.filter((call) => call.path.endsWith(':explain')).map((call) => call.query.get('pageToken'))).toEqual([null, 'two']);
  });

  it('says so when records and figure disagree', async () => {
    fakeApi({...KINDS, 'GET /v1/townships/630106101/figures:explain': () => ({figure: figure('43'), contributions: [record('a', '42')]})});
    expect((await open()).find('.sum').classes()).toContain('bad');
  });

  it('sums both sides of a ratio', async () => {
    fakeApi({...KINDS, 'GET /v1/townships/630106101/figures:explain': () => ({figure: figure('36', '43'), contributions: [record('a', '30', {denominator: '40'}), record('b', '6', {denominator: '3'})]})});
    const view = await open({...TARGET, metric: 'metrics/mediation_success_rate'});
    expect(view.text()).toContain('2 条记录：分子合计 36，分母合计 43，等于这个数');
  });

  it('opens a record to its content and its revisions with before and after', async () => {
    const activity = {name: 'townships/630106101/activities/a', kind: 'law_lecture', date: '2024-03-05', measures: {copies: '169'}, village: '630106101001'};
    fakeApi({
      ...KINDS,
      'GET /v1/townships/630106101/villages': () => ({villages: [{name: 'townships/630106101/villages/630106101001', displayNameZh: '一村'}]}),
      'GET /v1/townships/630106101/activities/a': () => ({activity}),
      'GET /v1/townships/630106101/activities/a:listRevisions': () => ({revisions: [{...activity, revision: '9', revisionReason: '数错了', updatedBy: '甲'}, {...activity, revision: '2', measures: {copies: '69'}}]}),
      'GET /v1/townships/630106101/figures:explain': () => ({figure: figure('1'), contributions: [record('a', '1', {villages: ['630106101001']})]}),
    });
    const view = await open();
    await view.find('.opener').trigger('click');
    await flushPromises();
    const detail = view.find('.detail').text();
    for (const text of ['一村', '169 份', '修订 9', '数错了', '69 份']) expect(detail).toContain(text);
  });

  it('shows the definition with the version that the figure was counted with', async () => {
    fakeApi({...KINDS, 'GET /v1/townships/630106101/figures:explain': () => ({figure: figure('0'), contributions: [], metricVersion: 4})});
    const view = await open();
    expect(view.text()).toContain('这个数后面没有记录。');
    expect(view.text()).toContain('第 4 版');
  });

  it('says what to do when the figure cannot be explained', async () => {
    fakeApi({...KINDS, 'GET /v1/townships/630106101/figures:explain': () => new Problem(504, 'NOT_FRESH_ENOUGH')});
    expect((await open()).find('[role=alert]').text()).toContain('汇总还没有赶上');
  });
});
