import {describe, expect, it} from 'vitest';
import {kindOfMetric} from '@/views/coverage/kinds';

const KINDS = [{code: 'counsel_visit'}, {code: 'publicity_event'}, {code: 'publicity_school'}];

describe('kindOfMetric', () => {
  it.each([
    ['counsel_visit.occurrences', 'counsel_visit'],
    ['counsel_visit.hours + counsel_visit.documents', 'counsel_visit'],
    ['publicity_event.occurrences + publicity_school.occurrences', ''],
    ['counsel_visit.hours + unknown_kind.hours', ''],
    ['roster.legal_counsel', ''],
    ['', ''],
  ])('of %s is "%s"', (formula, kind) => {
    expect(kindOfMetric({formula}, KINDS)).toBe(kind);
  });

  it('is nothing without a metric', () => {
    expect(kindOfMetric(undefined, KINDS)).toBe('');
  });
});
