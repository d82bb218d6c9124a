// The bars of one metric over the towns, longest first, with the median of the ranked towns as a line.
import type {MetricComparisonJson} from '@/api/types';
import type {EChartsOption} from '@/components/echarts';
import {groupDigits} from '@/composables/figures';
import {comparedKey, comparedRaw, type NormalisationKey} from '@/views/compare/comparison';

/** What the bars need. */
export interface BarInput {
  comparison: MetricComparisonJson;
  by: NormalisationKey;
  nameOf: (township: string) => string;
  unit: string;
  /** The word for the line. */
  median: string;
  locale: string;
}

const ACCENT = '#1f4e79';
const WITHHELD = '#a9c0d6';

/** Makes the chart's option; towns without a value keep their place and have no bar. */
export function barOption(input: BarInput): EChartsOption {
  const raw = comparedRaw(input.comparison);
  const towns = (input.comparison.townships ?? [])
    .map((figure) => ({figure, value: comparedKey(figure, input.by, raw)}))
    .sort((a, b) => (a.value ?? -1) - (b.value ?? -1)); // a category axis counts upwards from below
  const median = input.comparison.median ? Number(input.comparison.median) : undefined;
  const print = (value: unknown) => (typeof value === 'number' ? groupDigits(String(value), input.locale) : '—');
  return {
    grid: {left: 8, right: 56, top: median === undefined ? 8 : 24, bottom: 8, containLabel: true},
    xAxis: {type: 'value', axisLabel: {color: '#475260', hideOverlap: true}, splitLine: {lineStyle: {color: '#e6e9eb'}}},
    yAxis: {type: 'category', data: towns.map((town) => input.nameOf(town.figure.township ?? '')), axisTick: {show: false}, axisLine: {lineStyle: {color: '#8a949e'}}, axisLabel: {color: '#1b2430', fontSize: 13}},
    tooltip: {renderMode: 'richText', trigger: 'item', confine: true},
    series: [
      {
        type: 'bar',
        barWidth: '62%',
        // A town without a rank is paler and hatched: it is no part of the comparison.
        data: towns.map(({figure, value}) => ({
          id: figure.township, value,
          itemStyle: figure.rank ? {color: ACCENT} : {color: WITHHELD, decal: {symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -0.785, color: 'rgba(27,36,48,0.35)'}},
        })),
        label: {show: true, position: 'right', color: '#1b2430', formatter: ({value}: {value: unknown}) => print(value)},
        tooltip: {formatter: ({name, value}: {name: string; value: unknown}) => `${name}  ${print(value)} ${input.unit}`},
        markLine: median === undefined ? undefined : {
          symbol: 'none', silent: true, animation: false, lineStyle: {color: '#a2361f', type: 'dashed'},
          label: {formatter: `${input.median} ${print(median)}`, position: 'end', color: '#a2361f', fontSize: 12},
          data: [{xAxis: median}],
        },
      },
    ],
  };
}
