// Two languages, zh-CN first. One JSON file for each area: i18n/zh-CN/compare.json holds the keys "compare.*".
import {createI18n} from 'vue-i18n';

export const LOCALES = ['zh-CN', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

const files = import.meta.glob<{default: Record<string, unknown>}>('../i18n/*/*.json', {eager: true});

function messagesOf(locale: string): Record<string, never> {
  const areas = Object.entries(files).flatMap(([path, file]) => {
    const match = /\/i18n\/([^/]+)\/([^/]+)\.json$/.exec(path);
    return match && match[1] === locale ? [[match[2], file.default]] : [];
  });
  return Object.fromEntries(areas) as Record<string, never>;
}

const STORED = 'zhenhui.locale';

function storedLocale(): Locale {
  const stored = globalThis.localStorage?.getItem(STORED);
  return stored === 'en' ? 'en' : 'zh-CN';
}

export const i18n = createI18n({
  legacy: false,
  locale: storedLocale() as string,
  fallbackLocale: 'zh-CN',
  messages: {'zh-CN': messagesOf('zh-CN'), en: messagesOf('en')},
});

/** Changes the language, and keeps it for the next visit. */
export function setLocale(locale: Locale): void {
  i18n.global.locale.value = locale;
  document.documentElement.lang = locale;
  globalThis.localStorage?.setItem(STORED, locale);
}
