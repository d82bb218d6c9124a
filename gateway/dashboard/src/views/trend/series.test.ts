import {describe, expect, it} from 'vitest';
import type {FigureJson, RollupRowJson} from '@/api/types';
import {dashedValues, linesOf, solidValues, trendOption, type TrendLine} from '@/views/trend/series';

/** "5" a value, "5?" a value of an unconfirmed month, "0" a confirmed zero, "-" not reported, "x" not applicable, "." no row. */
function lineOf(text: string): TrendLine {
  const figure = (token: string): FigureJson => {
    if (token === '0') return {state: 'FIGURE_STATE_CONFIRMED_ZERO'};
    if (token === '-') return {state: 'FIGURE_STATE_NOT_REPORTED', unconfirmedMonths: 1};
    if (token === 'x') return {state: 'FIGURE_STATE_NOT_APPLICABLE'};
    return {state: 'FIGURE_STATE_VALUE', decimal: token.replace('?', ''), unconfirmedMonths: token.endsWith('?') ? 1 : 0};
  };
  const months = text.split(' ').map((token, index): RollupRowJson | undefined =>
    token === '.' ? undefined : {township: 'townships/1', startDate: `2024-0${index + 1}-01`, endDate: `2024-0${index + 1}-28`, figure: figure(token)},
  );
  return {township: 'townships/1', label: '甲镇', months};
}
const text = (values: (number | null)[]) => values.map((value) => value ?? '.').join(' ');

describe('lines of a trend', () => {
  it.each([
    ['all confirmed', '1 2 3', '1 2 3', '. . .'],
    ['a confirmed zero is a point', '1 0 3', '1 0 3', '. . .'],
    ['not reported breaks the line', '1 - 3', '1 . 3', '. . .'],
    ['not applicable and no row break it too', '1 x . 3', '1 . . 3', '. . . .'],
    ['the last month is open', '1 2 3?', '1 2 .', '. 2 3'],
    ['an open month in the middle', '1 2? 3 4', '1 . 3 4', '1 2 3 .'],
    ['open beside not reported', '- 2? -', '. . .', '. 2 .'],
    ['not reported is no neighbour', '1 - 3? 4', '1 . . 4', '. . 3 4'],
  ])('%s', (_, months, solid, dashed) => {
    expect(text(solidValues(lineOf(months)))).toBe(solid);
    expect(text(dashedValues(lineOf(months)))).toBe(dashed);
  });

  it('puts rows at their months and leaves gaps where the server gave none', () => {
    const rows: RollupRowJson[] = [
      {township: 'townships/2', startDate: '2024-03-01'}, {township: 'townships/1', startDate: '2024-01-01'}, {township: 'townships/1', startDate: '2023-02-01'},
    ];
    const lines = linesOf(rows, [{township: 'townships/1', label: 'a'}, {township: 'townships/2', label: 'b'}], 2024);
    expect(lines.map((line) => line.months.map((row) => (row ? 'r' : '.')).join(''))).toEqual(['r...........', '..r.........']);
  });
});

describe('the chart', () => {
  const words = {months: ['1 月', '2 月'], lastYear: '上年', open: '未确认', unit: '场', locale: 'zh-CN', state: () => '未报送'};
  type Series = {name: string; data: ({value: number | null; id: string; itemStyle?: {color: string}} | number | null)[]; lineStyle: {type?: unknown}}[];
  const seriesOf = (line: TrendLine, withLastYear: boolean) => trendOption([line], withLastYear, words).series as Series;

  it('draws last year only when it is wanted', () => {
    expect(seriesOf(lineOf('1 2'), false)).toHaveLength(2);
    expect(seriesOf(lineOf('1 2'), true)).toHaveLength(3);
  });

  it('draws open months hollow, with what the drill-down needs', () => {
    const dashed = seriesOf(lineOf('1 2?'), false)[0]!;
    expect(dashed.lineStyle.type).toBe('dashed');
    expect(dashed.data[1]).toMatchObject({value: 2, id: 'townships/1|2024-02-01|2024-02-28', itemStyle: {color: '#ffffff'}});
    expect(dashed.data[0]).not.toHaveProperty('itemStyle');
  });

  it('says state and last year in words when one points at a month', () => {
    const line = lineOf('1? -');
    line.months[0]!.lastYear = {state: 'FIGURE_STATE_VALUE', decimal: '4'};
    const {formatter} = trendOption([line], true, words).tooltip as {formatter: (points: object[]) => string};
    expect(formatter([{dataIndex: 0}])).toBe('1 月\n甲镇  1 场（未确认）\n    上年  4 场');
    expect(formatter([{dataIndex: 1}])).toBe('2 月\n甲镇  未报送\n    上年  未报送');
  });

  it('puts whole ticks on the axis of whole figures', () => {
    const ticks = (line: TrendLine) => (trendOption([line], false, words).yAxis as {minInterval: number}).minInterval;
    expect(ticks(lineOf('1 2'))).toBe(1);
    expect(ticks(lineOf('1.5 2'))).toBe(0);
  });
});
