// How the state of a month is told, the same on every page: a glyph and a tone; its words are common.monthState.*.
import type {MonthStateJson} from '@/api/types';

export interface Look {
  glyph: string;
  tone: 'plain' | 'good' | 'warn' | 'bad' | 'accent';
}

export const MONTH_LOOKS: Record<MonthStateJson, Look> = {
  MONTH_STATE_UNSPECIFIED: {glyph: '∅', tone: 'plain'},
  MONTH_STATE_RUNNING: {glyph: '…', tone: 'plain'},
  MONTH_STATE_DUE: {glyph: '○', tone: 'accent'},
  MONTH_STATE_MISSING: {glyph: '✕', tone: 'bad'},
  MONTH_STATE_IN_TIME: {glyph: '✓', tone: 'good'},
  MONTH_STATE_LATE: {glyph: '◑', tone: 'warn'},
  MONTH_STATE_NOT_APPLICABLE: {glyph: '∅', tone: 'plain'},
};
