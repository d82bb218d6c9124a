// @vitest-environment node
import {expect, it} from 'vitest';
import {shiftPoint, sumOf} from '@/composables/exact';

it('sums beyond what a double holds', () => {
  expect(sumOf(['9007199254740993', undefined, '1'])).toBe(9007199254740994n);
});

it.each([
  [1854998n, 2, '18549.98'],
  [5n, 2, '0.05'],
  [-5n, 2, '-0.05'],
  [43n, 0, '43'],
  [0n, 2, '0.00'],
])('%s with its point moved by %i is %s', (value, shift, wanted) => expect(shiftPoint(value, shift)).toBe(wanted));
