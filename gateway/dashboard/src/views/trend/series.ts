// Lines of a trend: months as points, confirmed ones full and joined, unconfirmed ones hollow and joined by dashes,
// months without a value left out. ECharts cannot dash a part of a line, so each town has two series.
import type {EChartsOption} from '@/components/echarts';
import type {FigureJson, RollupRowJson} from '@/api/types';
import {digitsOf, sortKey, stateOf} from '@/composables/figures';

/** One line: a town, or the whole scope. */
export interface TrendLine {
  /** "townships/630106101"; empty: the whole scope. */
  township: string;
  label: string;
  /** Twelve, January first; undefined where the server gave none. */
  months: (RollupRowJson | undefined)[];
}

/** Colours of up to six lines; they differ in lightness too, and each has its own symbol. */
export const LINE_COLOURS = ['#1f4e79', '#b8590a', '#22694a', '#7a5aa6', '#626d7a', '#a2361f'];
export const MOST_LINES = LINE_COLOURS.length;
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'pin', 'roundRect'];
const SURFACE = '#ffffff';

/** Whether a month is not confirmed by the town, so that its value may still grow. */
export function isOpen(figure: FigureJson | undefined): boolean {
  return (figure?.unconfirmedMonths ?? 0) > 0;
}

/** Groups an answer's rows into lines, in the order of `places`; the months are those of `year`. */
export function linesOf(rows: readonly RollupRowJson[], places: {township: string; label: string}[], year: number): TrendLine[] {
  const byKey = new Map(rows.map((row) => [`${row.township ?? ''}|${row.startDate?.slice(0, 7)}`, row]));
  return places.map((place) => ({
    ...place,
    months: Array.from({length: 12}, (_, index) => byKey.get(`${place.township}|${year}-${String(index + 1).padStart(2, '0')}`)),
  }));
}

/** The y values of the full line: a stretch between two months is full when both are confirmed. */
export function solidValues(line: TrendLine): (number | null)[] {
  return line.months.map((row) => (isOpen(row?.figure) ? null : sortKey(row?.figure)));
}

/** The y values of the dashed line: unconfirmed months and their neighbours, or nothing. */
export function dashedValues(line: TrendLine): (number | null)[] {
  const open = line.months.map((row) => isOpen(row?.figure) && sortKey(row?.figure) !== null);
  return line.months.map((row, index) => (open[index] || open[index - 1] || open[index + 1] ? sortKey(row?.figure) : null));
}

/** Words that the chart needs; the view translates them. */
export interface TrendWords {
  months: string[];
  lastYear: string;
  open: string;
  unit: string;
  locale: string;
  /** A figure that has no digits, in words. */
  state: (figure: FigureJson | undefined) => string;
}

function tooltip(lines: TrendLine[], withLastYear: boolean, words: TrendWords) {
  return (points: unknown): string => {
    const index = (points as {dataIndex: number}[])[0]?.dataIndex ?? 0;
    const said = (figure: FigureJson | undefined) => (sortKey(figure) === null ? words.state(figure) : `${digitsOf(figure, words.locale)} ${words.unit}`);
    const rows = lines.flatMap((line) => {
      const row = line.months[index];
      const now = `${line.label}  ${said(row?.figure)}${isOpen(row?.figure) && stateOf(row?.figure) === 'value' ? `（${words.open}）` : ''}`;
      return withLastYear ? [now, `    ${words.lastYear}  ${said(row?.lastYear)}`] : [now];
    });
    return [words.months[index], ...rows].join('\n');
  };
}

/** The chart. `withLastYear` adds last year as a thin, pale line for each. */
export function trendOption(lines: TrendLine[], withLastYear: boolean, words: TrendWords): EChartsOption {
  const series = lines.flatMap((line, at) => {
    const color = LINE_COLOURS[at % MOST_LINES]!;
    const symbol = SYMBOLS[at % MOST_LINES]!;
    const id = (index: number) => {
      const row = line.months[index];
      return line.township && row ? `${line.township}|${row.startDate}|${row.endDate}` : '';
    };
    const data = (values: (number | null)[], hollow: (index: number) => boolean) =>
      values.map((value, index) => ({value, id: id(index), ...(hollow(index) ? {itemStyle: {color: SURFACE, borderColor: color, borderWidth: 2}} : {})}));
    const open = (index: number) => isOpen(line.months[index]?.figure);
    const shared = {type: 'line', symbol, color, connectNulls: false};
    const own = [
      {...shared, name: `${line.label}${line.township}dashed`, symbolSize: 7, data: data(dashedValues(line), open), lineStyle: {type: 'dashed', width: 2, color}, z: 3},
      {...shared, name: line.label, symbolSize: 7, data: data(solidValues(line), open), lineStyle: {width: 2, color}, itemStyle: {color}, z: 4},
    ];
    if (!withLastYear) return own;
    const before = line.months.map((row) => sortKey(row?.lastYear));
    return [{...shared, name: `${line.label} ${words.lastYear}`, data: before, symbol: 'none', lineStyle: {width: 1.5, type: [2, 3], color, opacity: 0.85}, z: 2}, ...own];
  });
  const whole = lines.every((line) => line.months.every((row) => Number.isInteger(sortKey(row?.figure) ?? 0)));
  return {
    tooltip: {trigger: 'axis', renderMode: 'richText', confine: true, axisPointer: {type: 'line'}, formatter: tooltip(lines, withLastYear, words)},
    // Last year's lines and the dashed ones follow their town; switching off one of the three would mislead.
    legend: {top: 0, left: 0, itemWidth: 22, selectedMode: false, data: lines.map((line) => line.label)},
    grid: {left: 8, right: 24, top: 48, bottom: 8, containLabel: true},
    xAxis: {type: 'category', data: words.months, boundaryGap: false, axisTick: {alignWithLabel: true}},
    yAxis: {type: 'value', name: words.unit, nameTextStyle: {align: 'left'}, minInterval: whole ? 1 : 0, splitLine: {lineStyle: {color: '#e6e8e6'}}},
    series,
  };
}
