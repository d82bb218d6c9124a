import {flushPromises, type VueWrapper} from '@vue/test-utils';
import {afterEach, describe, expect, it} from 'vitest';
import {fakeApi, mountView, Problem} from '@/testing/mount';
import ActivityListView from '@/views/activity/ActivityListView.vue';
import ActivityView from '@/views/activity/ActivityView.vue';
import {differences, type Words} from '@/views/activity/diff';
import {ENTRY_API, LECTURE} from '@/views/enter/entry.fixture';

const NAME = 'townships/630106101/activities/a1';
const words: Words = {
  kind: (code) => code, audience: (code) => code, channel: (code) => code, village: (code) => code, rosterEntry: (id) => id,
  measure: (_, __, value) => value, order: (_, codes) => codes,
};
let view: VueWrapper | undefined;
afterEach(() => view?.unmount());

describe('differences', () => {
  it.each([
    [{}, {}, []],
    [{title: 'a'}, {title: 'b'}, [['title', 'a', 'b']]],
    [{audiences: ['x']}, {audiences: ['x', 'y']}, [['audiences', 'x', 'x、y']]],
    [{measures: {cases: '1'}}, {measures: {cases: '2', hours: '3'}}, [['measures.cases', '1', '2'], ['measures.hours', '', '3']]],
    [{note: 'a'}, {}, [['note', 'a', '']]],
    [{etag: '1', revision: '1'}, {etag: '2', revision: '2'}, []],
  ])('of %j and %j', (before, after, expected) => expect(differences(before, after, words).map((one) => [one.field, one.before, one.after])).toEqual(expected));
});

describe('ActivityView', () => {
  async function open(handlers: Parameters<typeof fakeApi>[0] = {}) {
    const sent = fakeApi({
      ...ENTRY_API,
      [`GET /v1/${NAME}`]: () => ({activity: LECTURE}),
      [`GET /v1/${NAME}:listRevisions`]: () => ({revisions: [{...LECTURE, revision: '7', revisionReason: '数错了', measures: {occurrences: '1', attendances: '40'}}, {...LECTURE, revision: '3', measures: {occurrences: '1', attendances: '39'}}]}),
      'POST /v1/rollups:query': () => ({rows: []}),
      ...handlers,
    });
    view = await mountView(ActivityView, '/towns/630106101/activities/a1', {role: 'reporter', scope: '630106101', props: {township: '630106101', id: 'a1'}});
    return sent;
  }
  async function correct(attendances: string, reason: string) {
    await view!.findAll('button').find((one) => one.text() === '更正')!.trigger('click');
    await view!.findAll('.measures input')[1]!.setValue(attendances);
    await view!.findAll('input[maxlength="500"]').at(-1)!.setValue(reason);
    await view!.find('form').trigger('submit');
    await flushPromises();
  }

  it('shows every revision with what it changed and why', async () => {
    await open();
    expect(view!.text()).toContain('民法典讲座');
    expect(view!.find('del').text()).toBe('39 人次');
    expect(view!.find('ins').text()).toBe('40 人次');
    expect(view!.text()).toContain('数错了');
  });

  it('corrects with the etag that was shown and a reason', async () => {
    const sent = await open({[`PATCH /v1/${NAME}`]: () => ({activity: LECTURE, position: {}})});
    await correct('41', '漏了一人');
    const patch = sent.find((one) => one.verb === 'PATCH')!;
    expect(patch.body).toMatchObject({reason: '漏了一人', activity: {name: NAME, etag: '7', measures: {attendances: '41'}}});
    expect(view!.find('.notice.good').text()).toContain('已更正');
  });

  it('does not send without a reason', async () => {
    const sent = await open();
    await correct('41', ' ');
    expect(sent.some((one) => one.verb === 'PATCH')).toBe(false);
    expect(view!.find('[aria-invalid="true"]').exists()).toBe(true);
  });

  it('shows both versions when somebody else was quicker, and saves mine over theirs when told', async () => {
    let current: object = LECTURE;
    const etags: unknown[] = [];
    await open({
      [`GET /v1/${NAME}`]: () => ({activity: current}),
      [`PATCH /v1/${NAME}`]: (sent) => {
        etags.push((sent.body.activity as {etag: string}).etag);
        return etags.length === 1 ? new Problem(409, 'ETAG_MISMATCH') : {activity: LECTURE, position: {}};
      },
    });
    current = {...LECTURE, title: '别人改的', etag: '8', updatedBy: '另一人'};
    await correct('41', '漏了一人');
    const table = view!.find('.notice.warn');
    expect(table.text()).toContain('另一人');
    expect(table.text()).toContain('别人改的');
    expect(table.text()).toContain('41 人次');
    await table.find('button').trigger('click');
    await flushPromises();
    expect(etags).toEqual(['7', '8']);
  });

  it('deletes with a reason', async () => {
    const sent = await open({[`POST /v1/${NAME}:delete`]: () => ({position: {}})});
    await view!.find('.button.danger').trigger('click');
    await flushPromises();
    const drawer = document.querySelector('[role=dialog]')!;
    const button = drawer.querySelector<HTMLButtonElement>('button[type=submit]')!;
    expect(button.disabled).toBe(true);
    const area = drawer.querySelector('textarea')!;
    area.value = '重复';
    area.dispatchEvent(new Event('input'));
    await flushPromises();
    drawer.querySelector('form')!.dispatchEvent(new Event('submit'));
    await flushPromises();
    expect(sent.find((one) => one.path.endsWith(':delete'))!.body).toEqual({etag: '7', reason: '重复'});
    expect(view!.text()).toContain('已删除');
  });

  it('offers no correction to who may only read', async () => {
    fakeApi({...ENTRY_API, [`GET /v1/${NAME}`]: () => ({activity: LECTURE}), [`GET /v1/${NAME}:listRevisions`]: () => ({revisions: [LECTURE]})});
    view = await mountView(ActivityView, '/towns/630106101/activities/a1', {role: 'district', props: {township: '630106101', id: 'a1'}});
    expect(view.find('.button.danger').exists()).toBe(false);
  });

  it('says so when there is no such activity', async () => {
    await open({[`GET /v1/${NAME}`]: () => new Problem(404, 'ACTIVITY_NOT_FOUND')});
    expect(view!.find('[role=alert]').text()).toContain('没有这条活动');
  });
});

describe('ActivityListView', () => {
  const LIST = 'GET /v1/townships/630106101/activities';
  const open = (handler: Parameters<typeof fakeApi>[0][string], at = '/activities') => {
    const sent = fakeApi({...ENTRY_API, [LIST]: handler});
    return mountView(ActivityListView, at, {role: 'reporter', scope: '630106101'}).then((mounted) => {
      view = mounted;
      return sent;
    });
  };
  it('asks by the address and names the figures', async () => {
    const sent = await open(() => ({activities: [LECTURE]}), '/activities?kind=law_lecture&from=2024-01-01&text=民法典&deleted=yes');
    const query = sent.find((one) => `${one.verb} ${one.path}` === LIST)!.query;
    expect(Object.fromEntries(query)).toMatchObject({kinds: 'law_lecture', startDate: '2024-01-01', text: '民法典', showDeleted: 'true', orderBy: 'date desc'});
    expect(view!.find('tbody tr').text()).toContain('参加人次 40');
    expect(view!.find('tbody a').attributes('href')).toBe('/towns/630106101/activities/a1');
  });
  it('goes on from page to page', async () => {
    await open((sent) => (sent.query.get('pageToken') ? {activities: [{...LECTURE, name: 'x/2'}]} : {activities: [LECTURE], nextPageToken: 't'}));
    await view!.find('.more button').trigger('click');
    await flushPromises();
    expect(view!.findAll('tbody tr')).toHaveLength(2);
    expect(view!.find('.more').exists()).toBe(false);
  });
  it('says what to do when nothing fits', async () => {
    await open(() => ({}));
    expect(view!.text()).toContain('放宽条件');
  });
  it('offers a retry after an error', async () => {
    await open(() => new Problem(503, 'DATABASE_UNAVAILABLE'));
    expect(view!.find('[role=alert] button').text()).toBe('重试');
  });
});
