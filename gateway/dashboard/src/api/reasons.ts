// Reason codes in words, with what to do. The table is i18n/*/reasons.json; a code without a row falls back to a
// sentence by its HTTP code.
import {useI18n} from 'vue-i18n';
import {ApiError, type Violation} from '@/api/errors';

function fallbackKey(httpCode: number): string {
  if (httpCode === 0) return 'reasons.NETWORK';
  if (httpCode === 401) return 'reasons.TOKEN_MISSING';
  if (httpCode === 403) return 'reasons.ROLE_NOT_ALLOWED';
  if (httpCode === 404) return 'reasons.NOT_FOUND';
  if (httpCode === 413) return 'reasons.BODY_TOO_LARGE';
  if (httpCode === 429) return 'reasons.RATE_LIMITED';
  if (httpCode >= 502) return 'reasons.UNAVAILABLE';
  return httpCode >= 500 ? 'reasons.INTERNAL' : 'reasons.UNKNOWN';
}

/** Words for errors in the reader's language. Inside setup(). */
export function useReasons() {
  const {t, te} = useI18n();
  const reasonText = (reason: string): string | null => (te(`reasons.${reason}`) ? t(`reasons.${reason}`) : null);
  return {
    reasonText,
    /** What went wrong and what to do. */
    advice(error: unknown): string {
      if (!(error instanceof ApiError)) return t('reasons.UNKNOWN');
      return reasonText(error.reason) ?? t(fallbackKey(error.httpCode));
    },
    /** The same for one field of a record. */
    violationText(violation: Partial<Violation>): string {
      return reasonText(violation.reason ?? '') ?? violation.description ?? t('reasons.UNKNOWN');
    },
  };
}
