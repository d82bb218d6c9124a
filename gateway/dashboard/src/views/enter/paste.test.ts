import {flushPromises, type VueWrapper} from '@vue/test-utils';
import {afterEach, describe, expect, it, vi} from 'vitest';
import {fakeApi, mountView, Problem, type Sent} from '@/testing/mount';
import PasteView from '@/views/enter/PasteView.vue';
import {ENTRY_API} from '@/views/enter/entry.fixture';

const PUSH = 'POST /v1/townships/630106101/activities:batchPush';
type Row = {name: string; title: string};
let view: VueWrapper | undefined;
afterEach(() => {
  view?.unmount();
  vi.useRealTimers();
});

/** A server that refuses rows whose title says so, and remembers ids. */
function server() {
  const known = new Set<string>();
  return (sent: Sent) => ({
    results: (sent.body.activities as Row[]).map((row, index) => {
      if (row.title === '拒绝' && !sent.body.reason) return {index, outcome: 'OUTCOME_REFUSED', violations: [{field: 'date', reason: 'MONTH_CONFIRMED'}]};
      const outcome = known.has(row.name) ? 'OUTCOME_UNCHANGED' : 'OUTCOME_CREATED';
      if (!sent.body.validateOnly) known.add(row.name);
      return {index, outcome};
    }),
  });
}
async function open(handler: (sent: Sent) => unknown = server()) {
  const sent = fakeApi({...ENTRY_API, [PUSH]: handler});
  view = await mountView(PasteView, '/paste', {role: 'reporter', scope: '630106101'});
  return sent;
}
async function paste(text: string) {
  await view!.find('textarea').setValue(text); // fires change too
  await flushPromises();
}
const push = async () => {
  await view!.find('button.primary').trigger('click');
  await flushPromises();
};
const states = () => view!.findAll('td.state .badge').map((one) => one.text());

describe('PasteView', () => {
  it('says what to paste', async () => {
    await open();
    expect(view!.text()).toContain('第一行要是列名');
    expect(view!.find('table.example').exists()).toBe(true);
  });

  it('checks without writing, then stores only what is in order', async () => {
    const sent = await open();
    await paste('日期\t类型\t标题\t人次\n2026/3/5\t法治讲座\t一\t４０\n3/5/2026\t法治讲座\t二\t5\n2024/3/5\t法治讲座\t拒绝\t6');
    expect(states()).toEqual(['✓可存', '✕要改', '✕要改']);
    expect(sent.filter((one) => one.path.endsWith('batchPush')).map((one) => one.body.validateOnly)).toEqual([true]);
    expect(view!.findAll('input[aria-invalid="true"]')).toHaveLength(2);
    await push();
    const stored = sent.filter((one) => one.path.endsWith('batchPush')).at(-1)!;
    expect((stored.body.activities as Row[]).map((row) => row.title)).toEqual(['一']);
    expect(states()).toEqual(['✕要改', '✕要改']);
    expect(view!.find('.notice.good').text()).toContain('新增 1 行');
  });

  it('checks a row again after it was changed', async () => {
    vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
    await open();
    await paste('日期\t类型\t标题\n3/5/2026\t法治讲座\t一');
    const cell = view!.find('input[aria-invalid="true"]');
    (cell.element as HTMLInputElement).value = '2026-03-05';
    await cell.trigger('change');
    vi.advanceTimersByTime(500);
    await flushPromises();
    expect(states()).toEqual(['✓可存']);
  });

  it('sends the reason that a confirmed month wants', async () => {
    const sent = await open();
    await paste('日期\t类型\t标题\n2024/3/5\t法治讲座\t拒绝');
    await view!.find('.reason input').setValue('漏报');
    await flushPromises();
    expect(states()).toEqual(['✓可存']);
    await push();
    expect(sent.at(-1)!.body).toMatchObject({reason: '漏报', validateOnly: false});
  });

  it('keeps two rows with the same content apart, and says so', async () => {
    const sent = await open();
    await paste('日期\t类型\t标题\n2026/3/5\t法治讲座\t一\n2026-03-05\t法治讲座\t一');
    expect(view!.text()).toContain('和第 1 行内容相同');
    await push();
    const names = (sent.at(-1)!.body.activities as Row[]).map((row) => row.name);
    expect(names[1]).toBe(`${names[0]}-2`);
  });

  it('gives the number of a row that was taken out to the next with the same content', async () => {
    const sent = await open();
    await paste('日期\t类型\t标题\n2026/3/5\t法治讲座\t一\n2026-03-05\t法治讲座\t一');
    await view!.find('tbody .button.quiet').trigger('click');
    await flushPromises();
    await push();
    expect((sent.at(-1)!.body.activities as Row[])[0]!.name).toMatch(/^c-[0-9a-f]{24}$/);
  });

  it('checks again what was changed while a check was on its way', async () => {
    vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
    let answer: (value: unknown) => void = () => {};
    let slow = true;
    const sent = await open((one) => (slow ? new Promise((resolve) => (answer = resolve)) : server()(one)));
    await paste('日期\t类型\t标题\n2026/3/5\t法治讲座\t一');
    const cell = view!.findAll('tbody input')[2]!;
    (cell.element as HTMLInputElement).value = '二';
    await cell.trigger('change');
    slow = false;
    answer({results: [{outcome: 'OUTCOME_CREATED'}]});
    await flushPromises();
    await flushPromises();
    expect(sent.filter((one) => one.path.endsWith('batchPush')).map((one) => (one.body.activities as Row[])[0]!.title)).toEqual(['一', '二']);
    expect(states()).toEqual(['✓可存']);
  });

  it('keeps every row and its id when the line breaks, so that storing again is safe', async () => {
    const answer = server();
    let broken = false;
    const sent = await open((one) => (broken ? new Problem(503, 'UNAVAILABLE') : answer(one)));
    await paste('日期\t类型\t标题\n2026/3/5\t法治讲座\t一');
    broken = true;
    await push();
    expect(view!.find('.notice.error').exists()).toBe(true);
    broken = false;
    await push();
    const names = sent.filter((one) => one.path.endsWith('batchPush')).map((one) => (one.body.activities as Row[])[0]!.name);
    expect(new Set(names).size).toBe(1);
    expect(view!.text()).toContain('新增 1 行');
  });

  it.each([['关于报送活动的通知\n日期\t类型', '第一行要是列名'], ['日期\t类型\t满意度\n1\t2\t3', '满意度'], ['日期\t标题\n1\t2', '缺少必需的列'], [`日期\t类型\n${'2026/3/5\t法治讲座\n'.repeat(1001)}`, '1001 行']])(
    'refuses a head or a size that cannot be used', async (text, words) => {
      const sent = await open();
      await paste(text);
      expect(view!.find('.notice.error').text()).toContain(words);
      expect(sent.some((one) => one.path.endsWith('batchPush'))).toBe(false);
    });
});
