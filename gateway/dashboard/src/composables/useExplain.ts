// "Where does this figure come from?": which figure the drill-down panel shows. One panel for the whole page.
import {readonly, shallowRef} from 'vue';

/** A figure that can be explained. */
export interface ExplainTarget {
  /** "townships/630106101". */
  township: string;
  /** "metrics/law_lectures". */
  metric: string;
  /** First day, inclusive. */
  start: string;
  /** Last day, inclusive. */
  end: string;
  /** Only this village, 12 digits. */
  village?: string;
  /** Only this audience. */
  audience?: string;
}

const target = shallowRef<ExplainTarget | null>(null);

/** Opens the panel. */
export function openExplain(figure: ExplainTarget): void {
  target.value = figure;
}

/** Closes the panel. */
export function closeExplain(): void {
  target.value = null;
}

/** What the panel shows; null when it is closed. */
export const explainTarget = readonly(target);
