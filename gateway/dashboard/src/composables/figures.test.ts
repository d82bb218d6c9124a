// @vitest-environment node
import {describe, expect, it} from 'vitest';
import {changeText, clockTime, dayTime, digitsOf, groupDigits, idOf, nameOf, sortKey, stateOf} from '@/composables/figures';

describe('groupDigits', () => {
  it.each([
    ['43', 'zh-CN', '43'],
    ['4062', 'zh-CN', '4062'],
    ['16358', 'zh-CN', '16\u202f358'],
    ['1234567', 'zh-CN', '1\u202f234\u202f567'],
    ['173642.18', 'zh-CN', '173\u202f642.18'],
    ['4062', 'en', '4,062'],
    ['1234567.50', 'en', '1,234,567.50'],
    ['-14.29', 'en', '−14.29'],
    ['9007199254740993', 'en', '9,007,199,254,740,993'], // beyond what a double holds
    ['', 'en', ''],
    ['no number', 'en', 'no number'],
  ])('prints %s for %s as %s', (decimal, locale, wanted) => expect(groupDigits(decimal, locale)).toBe(wanted));
});

describe('a figure', () => {
  it.each([
    [{state: 'FIGURE_STATE_VALUE', decimal: '43'}, 'value', '43', 43],
    [{state: 'FIGURE_STATE_VALUE', decimal: '0'}, 'value', '0', 0],
    [{state: 'FIGURE_STATE_CONFIRMED_ZERO', decimal: '0'}, 'confirmedZero', '0', 0],
    [{state: 'FIGURE_STATE_NOT_REPORTED', unconfirmedMonths: 3}, 'notReported', '', null],
    [{state: 'FIGURE_STATE_NOT_APPLICABLE'}, 'notApplicable', '', null],
    [undefined, 'notApplicable', '', null],
  ] as const)('%o is %s', (figure, state, digits, key) => {
    expect(stateOf(figure)).toBe(state);
    expect(digitsOf(figure, 'zh-CN')).toBe(digits);
    expect(sortKey(figure)).toBe(key);
  });
});

describe('changeText', () => {
  it.each([
    ['9.09', '+9.09%'],
    ['-14.29', '−14.29%'],
    ['0.00', '0.00%'],
    ['', ''],
    [undefined, ''],
  ])('prints %s as %s', (percent, wanted) => expect(changeText(percent, 'zh-CN')).toBe(wanted));
});

it('shows times in China Standard Time, whatever the browser is set to', () => {
  expect(clockTime('2024-03-05T16:03:07Z')).toBe('00:03:07');
  expect(dayTime('2024-03-05T16:03:07Z')).toBe('2024-03-06 00:03');
  expect(clockTime(undefined)).toBe('');
});

it('takes a name in the reader\'s language, or the other one', () => {
  expect(nameOf({displayNameZh: '甲镇', displayNameEn: 'Town A'}, 'en')).toBe('Town A');
  expect(nameOf({displayNameZh: '甲镇'}, 'en')).toBe('甲镇');
  expect(idOf('townships/630106101')).toBe('630106101');
});
