// Words for what stands behind a figure: kinds of activities, roles of roster entries, villages, audiences.
import {useI18n} from 'vue-i18n';
import {nameOf} from '@/composables/figures';
import {loadKinds, useCatalogue} from '@/composables/useCatalogue';

/** Inside setup(). Wait for `ready` before showing names; codes stand in for what the catalogue does not know. */
export function useRecordWords() {
  const {t, te, locale} = useI18n();
  const {kinds, kindName} = useCatalogue();
  return {
    ready: loadKinds().catch(() => undefined), // names are a comfort: without them codes are shown
    recordKind: (code = '') => (te(`explain.record.${code}`) ? t(`explain.record.${code}`) : kindName(code)),
    audienceName: (code: string) => nameOf(kinds.value?.audiences?.find((item) => item.code === code), locale.value) || code,
  };
}
