// The tints of a heat map: one scale for one metric, equal steps with round borders, at most six. Only tint and legend
// are reckoned here; the figures themselves are the server's.

/** One tint. Its values lie above `above` and up to `to`, inclusive; those of the first step begin at `above` itself
 *  when the scale does not begin at zero. */
export interface HeatStep {
  above: number;
  to: number;
  /** 1 to 6, the name of a colour in tokens.css. */
  tint: number;
}

/** A scale; without steps when there is nothing to tint. */
export interface HeatScale {
  /** Values are whole numbers, so that steps of a legend do not overlap. */
  whole: boolean;
  /** Whether it begins at zero; a zero itself has no tint. */
  fromZero: boolean;
  steps: HeatStep[];
}

const MOST_STEPS = 6;
/** Few steps are spread, so that neighbours are easy to tell apart. */
const TINTS: Record<number, number[]> = {1: [3], 2: [2, 4], 3: [1, 3, 5], 4: [1, 2, 4, 5], 5: [1, 2, 3, 4, 5], 6: [1, 2, 3, 4, 5, 6]};
/** Against 0.6 / 0.2 = 2.9999999999999996. */
const EPSILON = 1e-9;

/** The smallest of 1, 2, 5 times a power of ten that is at least `least`; of whole numbers at least 1. */
export function roundStep(least: number, whole: boolean): number {
  if (least <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(least) + EPSILON);
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= least - EPSILON * power) ?? 10;
  return whole ? Math.max(1, factor * power) : factor * power;
}

/** Makes the scale of these values. `fromZero`: flows; otherwise (stocks, ratios) it begins below the smallest value. */
export function makeScale(values: readonly number[], fromZero: boolean): HeatScale {
  const whole = values.every(Number.isInteger);
  const scale: HeatScale = {whole, fromZero, steps: []};
  const tinted = fromZero ? values.filter((value) => value > 0) : [...values];
  if (tinted.length === 0) return scale;
  const highest = Math.max(...tinted);
  const lowest = fromZero ? 0 : Math.min(...tinted);
  let step = roundStep((highest - lowest) / MOST_STEPS, whole);
  let first = Math.floor(lowest / step + EPSILON) * step;
  let count = Math.max(1, Math.ceil((highest - first) / step - EPSILON));
  if (count > MOST_STEPS) { // rounding the beginning down made one step too many
    step = roundStep(step * 1.01, whole);
    first = Math.floor(lowest / step + EPSILON) * step;
    count = Math.max(1, Math.ceil((highest - first) / step - EPSILON));
  }
  const tidy = (value: number) => Number(value.toPrecision(12));
  const tints = TINTS[count] ?? [];
  scale.steps = tints.map((tint, index) => ({above: tidy(first + index * step), to: tidy(first + (index + 1) * step), tint}));
  return scale;
}

/** The tint of a value, 0 (none) to 6. */
export function tintOf(scale: HeatScale, value: number | null): number {
  if (value === null || (scale.fromZero && value <= 0)) return 0;
  return scale.steps.find((step) => value <= step.to + EPSILON)?.tint ?? scale.steps.at(-1)?.tint ?? 0;
}

/** "1–5" for whole numbers, "80–85" for others; `print` groups the digits. */
export function stepText(scale: HeatScale, step: HeatStep, print: (value: number) => string): string {
  const first = step === scale.steps[0] && !scale.fromZero;
  const from = scale.whole && !first ? step.above + 1 : step.above;
  return from === step.to ? print(from) : `${print(from)}–${print(step.to)}`;
}
