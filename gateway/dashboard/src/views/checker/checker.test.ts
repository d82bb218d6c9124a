import {flushPromises, type VueWrapper} from '@vue/test-utils';
import {afterEach, describe, expect, it} from 'vitest';
import {explainTarget, closeExplain} from '@/composables/useExplain';
import {fakeApi, mountView, Problem} from '@/testing/mount';
import CheckerView from '@/views/checker/CheckerView.vue';
import {readAnnotated} from '@/views/checker/annotated';
import {countVerdicts, worstLook} from '@/views/checker/verdicts';

const CHECK = 'POST /v1/townships/630106101/reports:check';
const HTML = `<!DOCTYPE html><html><head><style>p{}</style></head><body><p>not of the text</p>
<div class="row"><h2>一、成效</h2><div></div></div>
<div class="row"><p>讲座<mark class="bad" id="m1">8场<a href="#n1">↑1</a><a href="#n2">≠2</a></mark>，<b>其他</b>。</p><ol class="notes"><li><p>x</p></li></ol></div></body></html>`;
const claims = [
  {quote: '8场', verdict: 'VERDICT_OVERSTATED', metric: 'metrics/law_lectures', recorded: {state: 'FIGURE_STATE_VALUE', value: '6', decimal: '6'}, startDate: '2024-01-01', endDate: '2024-12-31', messageZh: '多报', suggestionZh: '改为“6场”。'},
  {quote: '8场', verdict: 'VERDICT_INTERNALLY_INCONSISTENT', messageZh: '部分大于总数'},
  {quote: '3次', verdict: 'VERDICT_MATCH', messageZh: '一致'},
] as const;
let view: VueWrapper | undefined;
afterEach(() => {
  view?.unmount();
  closeExplain();
});

describe('readAnnotated', () => {
  it('takes paragraphs, headings and marks with their claims, and nothing else', () =>
    expect(readAnnotated(HTML)).toEqual([
      {heading: true, runs: [{text: '一、成效', claims: []}]},
      {heading: false, runs: [{text: '讲座', claims: []}, {text: '8场', claims: [0, 1]}, {text: '，', claims: []}, {text: '其他', claims: []}, {text: '。', claims: []}]},
    ]));
  it('has nothing for an empty page', () => expect(readAnnotated('')).toEqual([]));
});

describe('verdicts', () => {
  it('counts what there is, what wants a change first', () =>
    expect(countVerdicts([...claims])).toEqual([{verdict: 'VERDICT_OVERSTATED', count: 1}, {verdict: 'VERDICT_INTERNALLY_INCONSISTENT', count: 1}, {verdict: 'VERDICT_MATCH', count: 1}]));
  it('shows the worst of several', () => expect(worstLook([claims[2], claims[0]]).glyph).toBe('↑'));
});

describe('CheckerView', () => {
  async function open(handler: Parameters<typeof fakeApi>[0][string]) {
    const sent = fakeApi({[CHECK]: handler});
    view = await mountView(CheckerView, '/checker?period=2024', {role: 'reporter', scope: '630106101'});
    return sent;
  }
  async function check(text = '讲座8场') {
    await view!.find('textarea').setValue(text);
    await view!.find('form').trigger('submit');
    await flushPromises();
  }
  const answer = () => ({claims, annotatedHtml: HTML, characters: 20});

  it('sends pasted text as bytes of UTF-8 for the town and year', async () => {
    const sent = await open(answer);
    await check();
    const body = sent[0]!.body;
    expect(new TextDecoder().decode(Uint8Array.from(atob(body.content as string), (sign) => sign.charCodeAt(0)))).toBe('讲座8场');
    expect(body).toMatchObject({year: 2024, annotate: true});
  });
  it('takes a dropped file', async () => {
    const sent = await open(answer);
    const file = new File([new Uint8Array([80, 75, 3, 4])], '报告.docx');
    Object.defineProperty(file, 'arrayBuffer', {value: async () => new Uint8Array([80, 75, 3, 4]).buffer}); // jsdom has none
    await view!.find('.drop').trigger('drop', {dataTransfer: {files: [file]}});
    await flushPromises();
    expect(sent[0]!.body.content).toBe('UEsDBA==');
    expect(view!.text()).toContain('报告.docx');
  });
  it('refuses a file that is too large without sending it', async () => {
    const sent = await open(answer);
    await check('x'.repeat(3 * 1024 * 1024 + 1));
    expect(sent).toEqual([]);
    expect(view!.find('.notice.error').text()).toContain('报告太大');
  });
  it('marks the text, filters by verdict and opens the drill-down of what is recorded', async () => {
    await open(answer);
    await check();
    expect(view!.findAll('.claims li')).toHaveLength(3);
    expect(view!.find('.notice.warn').text()).toContain('2 处与记录不符');
    await view!.findAll('[role=group] button').find((one) => one.text().includes('多报'))!.trigger('click');
    expect(view!.findAll('.claims li')).toHaveLength(1);
    await view!.find('.claims button.figure').trigger('click');
    expect(explainTarget.value).toMatchObject({township: 'townships/630106101', metric: 'metrics/law_lectures', start: '2024-01-01'});
  });
  it('shows a claim that the filter hides when its mark is clicked', async () => {
    await open(answer);
    await check();
    await view!.findAll('[role=group] button').find((one) => one.text().includes('相符'))!.trigger('click');
    await view!.find('.text button').trigger('click');
    expect(view!.find('.claims li.chosen').text()).toContain('多报');
  });
  it('says so when there is nothing to check', async () => {
    await open(() => ({characters: 4}));
    await check();
    expect(view!.text()).toContain('没有找到可核对的数字');
  });
  it('says what is wrong with a damaged file', async () => {
    await open(() => new Problem(400, 'NARRATIVE_DAMAGED'));
    await check();
    expect(view!.find('.notice.error').text()).toContain('另存为');
  });
});
