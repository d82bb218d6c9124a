// The parts of ECharts that we use, registered once, with the looks that all charts share. Loaded when a chart is shown.
import {BarChart, LineChart} from 'echarts/charts';
import {AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent} from 'echarts/components';
import {init as initCore, use, type EChartsCoreOption, type EChartsType} from 'echarts/core';
import {CanvasRenderer} from 'echarts/renderers';

use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

export type EChartsOption = EChartsCoreOption;
export type {EChartsType};

const FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

/** Colours of tokens.css for the canvas, which knows no CSS variables. */
export const COLOURS = {
  ink: '#1b2430', ink2: '#475260', line: '#d8dcdf', accent: '#1f4e79', soft: '#a9c0d6', seal: '#a2361f', good: '#22694a', warn: '#805300',
} as const;

/** A sequence of series that differ in lightness too. */
export const SERIES = ['#1f4e79', '#b8590a', '#22694a', '#7a5aa6', '#626d7a', '#a2361f'];

/** What every chart begins with. Tooltips are drawn on the canvas: the content security policy allows no style in HTML. */
export const BASE_OPTION: EChartsOption = {
  color: SERIES,
  textStyle: {fontFamily: FONT, fontSize: 12, color: COLOURS.ink},
  grid: {left: 8, right: 16, top: 32, bottom: 8, containLabel: true},
  tooltip: {renderMode: 'richText', trigger: 'axis', axisPointer: {type: 'shadow'}, confine: true, borderColor: COLOURS.line, textStyle: {color: COLOURS.ink, fontSize: 12}},
  aria: {enabled: false}, // the table twin says it better
};

/** Makes a chart in an element that has a size. */
export function init(element: HTMLElement): EChartsType {
  return initCore(element, undefined, {renderer: 'canvas'});
}
