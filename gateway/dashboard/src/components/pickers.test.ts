import {mount} from '@vue/test-utils';
import {describe, expect, it} from 'vitest';
import {i18n} from '@/app/i18n';
import MetricsPicker from '@/components/MetricsPicker.vue';
import PeriodPicker from '@/components/PeriodPicker.vue';
import {parsePeriod, type Period} from '@/composables/period';
import {setCatalogue} from '@/composables/useCatalogue';
import {METRICS} from '@/testing/mount';

function periodPicker(text: string) {
  const chosen: Period[] = [];
  const wrapper = mount(PeriodPicker, {props: {modelValue: parsePeriod(text)!, 'onUpdate:modelValue': (period: Period) => chosen.push(period)}, global: {plugins: [i18n]}});
  return {wrapper, last: () => chosen.at(-1)?.text};
}

describe('PeriodPicker', () => {
  it.each([
    ['2024', 'quarter', '2024-Q1'],
    ['2024-Q3', 'month', '2024-07'],
    ['2024-05', 'quarter', '2024-Q2'],
    ['2024-05', 'days', '2024-05-01..2024-05-31'],
    ['2024-05-03..2024-06-02', 'year', '2024'],
  ])('turns %s into a %s: %s', async (text, kind, wanted) => {
    const {wrapper, last} = periodPicker(text);
    await wrapper.find('select').setValue(kind);
    expect(last()).toBe(wanted);
  });

  it('steps by its own length', async () => {
    const {wrapper, last} = periodPicker('2024-Q1');
    await wrapper.findAll('button')[0]!.trigger('click');
    expect(last()).toBe('2023-Q4');
  });

  it('keeps a period whose days are the wrong way round to itself, and says so', async () => {
    const {wrapper, last} = periodPicker('2024-05-03..2024-06-02');
    await wrapper.findAll('input')[1]!.setValue('2024-01-01');
    expect(last()).toBeUndefined();
    expect(wrapper.find('[role=alert]').exists()).toBe(true);
  });
});

describe('MetricsPicker', () => {
  it('finds metrics, chooses them in the catalogue\'s order, a field of work at once, and closes by Esc', async () => {
    setCatalogue({metrics: METRICS});
    const wrapper = mount(MetricsPicker, {props: {label: '指标', modelValue: ['publicity_events'], 'onUpdate:modelValue': (codes: string[]) => wrapper.setProps({modelValue: codes})}, global: {plugins: [i18n]}});
    await wrapper.find('button').trigger('click');
    await wrapper.find('input[type=search]').setValue('lecture');
    expect(wrapper.findAll('input[type=checkbox]')).toHaveLength(1);
    await wrapper.find('input[type=checkbox]').trigger('change');
    expect(wrapper.props('modelValue')).toEqual(['law_lectures', 'publicity_events']);
    await wrapper.find('legend button').trigger('click');
    expect(wrapper.props('modelValue')).toEqual(['publicity_events']);
    await wrapper.find('.pop').trigger('keydown', {key: 'Escape'});
    expect(wrapper.find('.pop').exists()).toBe(false);
  });
});
