// From an answer of CompareTownships to rows: one for each town, with a figure for each metric. Nothing is reckoned.
import type {CompareTownshipsResponseJson, MetricComparisonJson, TownshipFigureJson} from '@/api/types';
import {decimalKey, idOf, sortKey} from '@/composables/figures';

export type NormalisationKey = 'raw' | 'village' | 'residents';

/** Keys of the address and what the server calls them. */
export const NORMALISATIONS = {
  raw: 'NORMALISATION_UNSPECIFIED',
  village: 'NORMALISATION_PER_VILLAGE',
  residents: 'NORMALISATION_PER_10000_RESIDENTS',
} as const;

/** One town with its figures by metric code. */
export interface TownRow {
  /** "townships/630106101". */
  township: string;
  figures: Map<string, TownshipFigureJson>;
}

/** Rows in the server's order of towns. */
export function townRows(answer: CompareTownshipsResponseJson): TownRow[] {
  const rows = new Map<string, TownRow>();
  for (const comparison of answer.comparisons ?? []) {
    for (const figure of comparison.townships ?? []) {
      const township = figure.township ?? '';
      const row = rows.get(township) ?? {township, figures: new Map<string, TownshipFigureJson>()};
      row.figures.set(idOf(comparison.metric), figure);
      rows.set(township, row);
    }
  }
  return [...rows.values()];
}

/** Whether a metric is compared as it is under any normalisation: the server gives no per-village figure of a ratio. */
export function comparedRaw(comparison: MetricComparisonJson): boolean {
  return (comparison.townships ?? []).every((figure) => !figure.perVillage && !figure.per10000Residents);
}

/** The compared figure as printed; undefined: the raw figure is the compared one. Empty: there is no base. */
export function comparedDigits(figure: TownshipFigureJson | undefined, by: NormalisationKey, raw: boolean): string | undefined {
  if (by === 'raw' || raw) return undefined;
  return (by === 'village' ? figure?.perVillage : figure?.per10000Residents) ?? '';
}

/** What a town is sorted by. */
export function comparedKey(figure: TownshipFigureJson | undefined, by: NormalisationKey, raw: boolean): number | null {
  const digits = comparedDigits(figure, by, raw);
  return digits === undefined ? sortKey(figure?.figure) : decimalKey(digits);
}

/** Why ranks are withheld somewhere in an answer, without repeats. */
export function withheldReasons(answer: CompareTownshipsResponseJson): string[] {
  const reasons = new Set<string>();
  for (const comparison of answer.comparisons ?? []) {
    for (const figure of comparison.townships ?? []) if (figure.rankWithheld) reasons.add(String(figure.rankWithheld));
  }
  return [...reasons].sort();
}
