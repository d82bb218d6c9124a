import {describe, expect, it} from 'vitest';
import type {MetricJson} from '@/api/types';
import {barPercent, baseText, countsActivities, unexplainedFirst, worstFirst} from '@/views/town/shared';

describe('baseText', () => {
  const money: MetricJson = {decimalShift: 2};
  it.each([
    ['18', undefined, '18'],
    [undefined, undefined, '0'],
    ['12345', undefined, '12,345'],
    ['12345', money, '123.45'],
    ['5', money, '0.05'],
    ['50', money, '0.50'],
    ['0', money, '0.00'],
    ['123456789', money, '1,234,567.89'],
  ])('prints %s base units', (value, metric, text) => {
    expect(baseText(value, metric, 'en')).toBe(text);
  });
});

describe('barPercent', () => {
  it.each([
    [3, 6, 50],
    [9, 6, 100],
    [0, 6, 0],
    [0, 0, 0],
    [4, 0, 100],
    [-1, 6, 0],
  ])('draws %d of %d at %d per cent', (part, whole, percent) => {
    expect(barPercent(part, whole)).toBe(percent);
  });
});

describe('order of lists', () => {
  it('puts overdue items first and keeps the server\'s order among equals', () => {
    const items = worstFirst([
      {metric: 'a', state: 'PLAN_STATE_DONE'}, {metric: 'b', state: 'PLAN_STATE_OVERDUE'},
      {metric: 'c', state: 'PLAN_STATE_BEHIND'}, {metric: 'd', state: 'PLAN_STATE_OVERDUE'}, {metric: 'e'},
    ]);
    expect(items.map((item) => item.metric)).toEqual(['b', 'd', 'c', 'a', 'e']);
  });

  it('puts alarms without an explanation first', () => {
    const alarms = unexplainedFirst([{name: 'a', explanation: '说过'}, {name: 'b'}, {name: 'c', explanation: ''}]);
    expect(alarms.map((alarm) => alarm.name)).toEqual(['b', 'c', 'a']);
  });
});

describe('countsActivities', () => {
  it.each([
    ['law_lecture.occurrences', 'METRIC_TYPE_FLOW', true],
    ['publicity_event.occurrences + publicity_school.occurrences', 'METRIC_TYPE_FLOW', true],
    ['publicity_event.occurrences + publicity_school.copies', 'METRIC_TYPE_FLOW', false],
    ['law_lecture.attendances', 'METRIC_TYPE_FLOW', false],
    ['law_lecture.occurrences', 'METRIC_TYPE_RATIO', false],
    ['roster.legal_counsel', 'METRIC_TYPE_STOCK', false],
    ['', 'METRIC_TYPE_FLOW', false],
  ] as const)('%s of %s: %s', (formula, type, counts) => {
    expect(countsActivities({formula, type})).toBe(counts);
  });
});
