import {mount} from '@vue/test-utils';
import {describe, expect, it} from 'vitest';
import {i18n} from '@/app/i18n';
import FigureCell from '@/components/FigureCell.vue';
import {closeExplain, explainTarget} from '@/composables/useExplain';

const EXPLAIN = {township: 'townships/630106101', metric: 'metrics/law_lectures', start: '2024-01-01', end: '2024-12-31'};
const make = (props: object) => {
  i18n.global.locale.value = 'zh-CN';
  return mount(FigureCell, {props, global: {plugins: [i18n]}});
};

describe('FigureCell', () => {
  it.each([
    [{state: 'FIGURE_STATE_VALUE', decimal: '16358'}, '16\u202f358', undefined],
    [{state: 'FIGURE_STATE_VALUE', decimal: '7', unconfirmedMonths: 2}, '7°', '还有 2 个月未确认'],
    [{state: 'FIGURE_STATE_CONFIRMED_ZERO', decimal: '0'}, '0✓', '已确认为零'],
    [{state: 'FIGURE_STATE_NOT_REPORTED', unconfirmedMonths: 3}, '—', '未报送，3 个月未确认'],
    [{state: 'FIGURE_STATE_NOT_APPLICABLE'}, '∅', '不适用'],
    [undefined, '∅', '不适用'],
  ])('tells %o by glyph and words', (figure, text, title) => {
    const cell = make({figure});
    expect(cell.find('span > span').text()).toBe(text);
    expect(cell.attributes('title')).toBe(title);
    if (title) expect(cell.find('.visually-hidden').text()).toBe(title);
  });

  it('opens the drill-down when it can be explained, and says so', async () => {
    const cell = make({figure: {state: 'FIGURE_STATE_VALUE', decimal: '6'}, explain: EXPLAIN, label: '甲镇 法治讲座', unit: '场'});
    expect(cell.element.tagName).toBe('BUTTON');
    expect(cell.attributes('aria-label')).toBe('甲镇 法治讲座 6场');
    await cell.trigger('click');
    expect(explainTarget.value).toEqual(EXPLAIN);
    closeExplain();
  });

  it('flashes when its value changes in place, not when it moves to another place', async () => {
    const cell = make({figure: {state: 'FIGURE_STATE_VALUE', decimal: '6'}, explain: EXPLAIN});
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await cell.setProps({figure: {state: 'FIGURE_STATE_VALUE', decimal: '9'}, explain: {...EXPLAIN, start: '2023-01-01', end: '2023-12-31'}});
    await frame();
    expect(cell.classes()).not.toContain('flash');
    await cell.setProps({figure: {state: 'FIGURE_STATE_VALUE', decimal: '10'}});
    await frame();
    await cell.vm.$nextTick();
    expect(cell.classes()).toContain('flash');
  });
});
