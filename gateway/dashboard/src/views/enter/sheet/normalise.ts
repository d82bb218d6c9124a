// What people type into spreadsheets, brought into the one form that the services take: the rules of `zhenhui push`
// (clients/zhenhui/input/normalise.h), so that a pasted row and a pushed one are the same record.

import {daysInMonth} from '@/composables/period';

/** Spaces at both ends (the full-width one, the no-break one and tabs too) taken off. */
export function trim(text: string): string {
  return text.replace(/^[ \t\r\n\u3000\u00a0]+|[ \t\r\n\u3000\u00a0]+$/g, '');
}

/** Trimmed, with full-width letters, digits and signs as ASCII. For codes, numbers and dates; titles stay. */
export function toHalfWidth(text: string): string {
  const half = text.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  return trim(half.replace(/\u3000/g, ' '));
}

/** A name as it is compared: half width, ASCII letters lower. */
export function foldName(text: string): string {
  return toHalfWidth(text).replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/**
 * "2024-03-05" from 2024-3-5, 2024/3/5, 2024.3.5, 2024年3月5日, 20240305, also full-width and with the midnight that
 * Excel adds. null for anything else: 3/5/2024 could be two days.
 */
export function normaliseDate(text: string): string | null {
  const half = toHalfWidth(text);
  const match =
    /^(\d{4})(?:-|\/|\.|年)(\d{1,2})(?:-|\/|\.|月)(\d{1,2})日?(?:[ T]0{1,2}:00(?::00)?)?$/.exec(half) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(half);
  if (!match) return null;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return `${match[1]}-${match[2]!.padStart(2, '0')}-${match[3]!.padStart(2, '0')}`;
}

/** A whole number as text of digits, or why it is none; both empty for an empty cell. */
export interface WholeNumber {
  value: string;
  reason: '' | 'NOT_A_WHOLE_NUMBER' | 'NUMBER_TOO_LARGE';
}

/** 4160, 4,160, ４１６０, 35.00 (Excel) and negative ones; not 40余: a record needs the exact figure. */
export function parseWholeNumber(text: string): WholeNumber {
  const half = toHalfWidth(text);
  if (half === '') return {value: '', reason: ''};
  const match = /^([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.0+)?$/.exec(half);
  if (!match) return {value: '', reason: 'NOT_A_WHOLE_NUMBER'};
  const number = BigInt((match[1] === '-' ? '-' : '') + match[2]!.replace(/,/g, ''));
  if (number !== BigInt.asIntN(64, number)) return {value: '', reason: 'NUMBER_TOO_LARGE'};
  return {value: number.toString(), reason: ''};
}

/** Whether a spreadsheet has ruined a code: "6.30106E+11". */
export function isScientificNotation(text: string): boolean {
  return /^\d(\.\d+)?[eE]\+?\d+$/.test(toHalfWidth(text));
}

/** Parts of a list, trimmed, without empty ones, parted by ; ； , ， 、 or |. */
export function splitList(text: string): string[] {
  return text.split(/[;；,，、|]/).map(trim).filter((part) => part !== '');
}

/** Yuan as people write them ("1,234.5") as whole fen; '' for an empty text, null when it is no such amount. */
export function yuanToFen(text: string): string | null {
  const half = toHalfWidth(text);
  if (half === '') return '';
  const match = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?$/.exec(half);
  if (!match) return null;
  return BigInt(match[1]!.replace(/,/g, '') + (match[2] ?? '').padEnd(2, '0')).toString();
}

/** Fen as yuan for an input: "123450" -> "1234.50". */
export function fenToYuan(fen: string): string {
  const digits = fen.padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
