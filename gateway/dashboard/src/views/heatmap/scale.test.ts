import {describe, expect, it} from 'vitest';
import {makeScale, roundStep, stepText, tintOf} from '@/views/heatmap/scale';

const plain = (value: number) => String(value);

describe('roundStep', () => {
  it.each([
    [0, true, 1],
    [0.4, true, 1],
    [0.4, false, 0.5],
    [1, true, 1],
    [1.01, true, 2],
    [3, true, 5],
    [6, true, 10],
    [10, true, 10],
    [10.5, false, 20],
    [0.02, false, 0.02],
  ])('of at least %d (whole: %s) is %d', (least, whole, step) => {
    expect(roundStep(least, whole)).toBeCloseTo(step, 12);
  });
});

describe('makeScale', () => {
  it.each([
    ['nothing', [], true, []],
    ['only zeros', [0, 0], true, []],
    ['a small flow', [3], true, ['1', '2', '3']],
    ['one to six', [1, 6], true, ['1', '2', '3', '4', '5', '6']],
    ['a wide flow', [0, 38], true, ['1–10', '11–20', '21–30', '31–40']],
    ['a ratio', [50, 66.67, 100], false, ['50–60', '60–70', '70–80', '80–90', '90–100']],
    ['equal stocks', [34, 34], false, ['34–35']],
    ['stocks', [100, 111], false, ['100–102', '103–104', '105–106', '107–108', '109–110', '111–112']],
    ['money', [0.5, 2.75], true, ['0–0.5', '0.5–1', '1–1.5', '1.5–2', '2–2.5', '2.5–3']],
  ])('of %s has round borders', (_, values, fromZero, texts) => {
    const scale = makeScale(values as number[], fromZero as boolean);
    expect(scale.steps.map((step) => stepText(scale, step, plain))).toEqual(texts);
  });

  it('never has more than six steps, and holds every value', () => {
    for (let low = 0; low < 40; low += 3) {
      for (const high of [1, 7, 13, 99, 101, 999, 12_345, 1_000_001]) {
        for (const fromZero of [true, false]) {
          const values = [low, low + high];
          const scale = makeScale(values, fromZero);
          expect(scale.steps.length).toBeGreaterThan(0);
          expect(scale.steps.length).toBeLessThanOrEqual(6);
          expect(scale.steps.at(-1)!.to).toBeGreaterThanOrEqual(low + high);
          expect(scale.steps[0]!.above).toBeLessThanOrEqual(low);
        }
      }
    }
  });
});

describe('tintOf', () => {
  it.each([
    [null, 0],
    [0, 0],
    [1, 1],
    [10, 1],
    [11, 2],
    [40, 5],
    [99, 5],
  ])('of %s is %d on a scale up to 40', (value, tint) => {
    expect(tintOf(makeScale([38], true), value)).toBe(tint);
  });

  it('gives the lowest value of a stock a tint, though it is no zero of a flow', () => {
    const scale = makeScale([0, 6], false);
    expect(tintOf(scale, 0)).toBeGreaterThan(0);
  });

  it('is not moved by the error of a binary fraction', () => {
    const scale = makeScale([0.1, 0.6], true); // 0.6 / 0.1 = 5.999..., 0.3 = 0.30000000000000004
    expect(tintOf(scale, 0.1 + 0.2)).toBe(tintOf(scale, 0.3));
  });
});
