// Codes of an activity in the reader's words.
import {computed, type Ref} from 'vue';
import {useI18n} from 'vue-i18n';
import type {ListKindsResponseJson, RosterEntryJson, VillageJson} from '@/api/types';
import {groupDigits, idOf, nameOf} from '@/composables/figures';
import {fenToYuan} from '@/views/enter/sheet/normalise';
import type {Words} from '@/views/activity/diff';

/** What names are read from. */
export interface Register {
  catalogue: ListKindsResponseJson;
  villages: VillageJson[];
  roster: RosterEntryJson[];
}

/** Names of everything in a register; codes where it knows none. */
export function useWords(register: Ref<Register | undefined>) {
  const {t, locale} = useI18n();
  const kindOf = (code: string) => register.value?.catalogue.kinds?.find((kind) => kind.code === code);
  const measureOf = (kind: string, code: string) =>
    kindOf(kind)?.measures?.find((one) => one.code === code) ?? register.value?.catalogue.kinds?.flatMap((one) => one.measures ?? []).find((one) => one.code === code);
  const words = computed<Words>(() => ({
    kind: (code) => nameOf(kindOf(code), locale.value) || code,
    audience: (code) => nameOf(register.value?.catalogue.audiences?.find((one) => one.code === code), locale.value) || code,
    channel: (code) => nameOf(register.value?.catalogue.channels?.find((one) => one.code === code), locale.value) || code,
    village: (code) => nameOf(register.value?.villages.find((one) => idOf(one.name) === code), locale.value) || code,
    rosterEntry: (id) => register.value?.roster.find((one) => idOf(one.name) === id)?.displayName || id,
    order: (kind, codes) => {
      const order = (kindOf(kind)?.measures ?? []).map((measure) => measure.code ?? '');
      return [...codes].sort((a, b) => order.indexOf(a) - order.indexOf(b) || a.localeCompare(b));
    },
    measure: (kind, code, value, bare) => {
      if (code === 'fen') return `${groupDigits(fenToYuan(value), locale.value)} ${t('enter.yuan')}`;
      if (bare) return groupDigits(value, locale.value);
      const measure = measureOf(kind, code);
      return `${groupDigits(value, locale.value)} ${(locale.value.startsWith('zh') ? measure?.unitZh : measure?.unitEn) ?? ''}`.trim();
    },
  }));
  /** The name of a field of `differences`. */
  const fieldName = (field: string, kind = '') => {
    if (!field.startsWith('measures.')) return t(`activity.field.${field}`);
    const code = field.slice('measures.'.length);
    return code === 'fen' ? t('enter.money') : nameOf(measureOf(kind, code), locale.value) || code;
  };
  return {words, fieldName};
}
