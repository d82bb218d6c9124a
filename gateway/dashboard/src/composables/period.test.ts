// @vitest-environment node
import {describe, expect, it} from 'vitest';
import {monthsOf, parsePeriod, shiftPeriod, today} from '@/composables/period';

describe('parsePeriod', () => {
  it.each([
    ['2024', 'year', '2024-01-01', '2024-12-31'],
    ['2024-Q1', 'quarter', '2024-01-01', '2024-03-31'],
    ['2024-Q4', 'quarter', '2024-10-01', '2024-12-31'],
    ['2024-02', 'month', '2024-02-01', '2024-02-29'],
    ['2023-02', 'month', '2023-02-01', '2023-02-28'],
    ['2024-01-15..2024-02-20', 'days', '2024-01-15', '2024-02-20'],
    ['2024-02-29..2024-02-29', 'days', '2024-02-29', '2024-02-29'],
  ])('%s is a %s', (text, kind, start, end) => expect(parsePeriod(text)).toMatchObject({text, kind, start, end}));

  it.each(['', '24', '1999', '2101', '2024-13', '2024-Q5', '2024-00', '2023-02-29..2023-03-01', '2024-03-01..2024-02-01', '2024-01-01', '2024x'])(
    '%s is none', (text) => expect(parsePeriod(text)).toBeNull(),
  );
});

it.each([
  ['2024', 1, '2025'],
  ['2024-Q4', 1, '2025-Q1'],
  ['2024-Q1', -1, '2023-Q4'],
  ['2024-12', 1, '2025-01'],
  ['2024-01', -1, '2023-12'],
])('%s stepped by %i is %s', (text, step, wanted) => expect(shiftPeriod(parsePeriod(text)!, step)?.text).toBe(wanted));

it('does not step free days, nor over the last year', () => {
  expect(shiftPeriod(parsePeriod('2024-01-15..2024-02-20')!, 1)).toBeNull();
  expect(shiftPeriod(parsePeriod('2100-12')!, 1)).toBeNull();
});

it('counts days as China does', () => {
  expect(today(new Date('2024-12-31T16:00:00Z'))).toBe('2025-01-01');
  expect(monthsOf(2024)).toHaveLength(12);
});
