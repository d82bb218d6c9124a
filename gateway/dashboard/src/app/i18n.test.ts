// @vitest-environment node
import {readFileSync, readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {expect, it} from 'vitest';

const I18N = join(process.cwd(), 'src/i18n');

function keysOf(value: unknown, prefix: string): string[] {
  if (typeof value === 'string') return [prefix];
  return Object.entries(value as object).flatMap(([key, item]) => keysOf(item, `${prefix}.${key}`));
}
function messages(locale: string): Map<string, string> {
  const all = new Map<string, string>();
  for (const file of readdirSync(join(I18N, locale))) {
    const area = file.replace('.json', '');
    const content = JSON.parse(readFileSync(join(I18N, locale, file), 'utf8')) as unknown;
    for (const key of keysOf(content, area)) {
      const text = key.split('.').slice(1).reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], content);
      all.set(key, text as string);
    }
  }
  return all;
}
function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === 'generated' || name === 'i18n' ? [] : sources(path);
    return /\.(vue|ts)$/.test(name) && !name.endsWith('.test.ts') ? [path] : [];
  });
}
const chinese = messages('zh-CN');
const english = messages('en');

it('has every text in both languages', () => {
  expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
});

it('has the same placeholders in both languages', () => {
  const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort().join();
  const differing = [...chinese].filter(([key, text]) => placeholders(text) !== placeholders(english.get(key) ?? '')).map(([key]) => key);
  expect(differing).toEqual([]);
});

it('has every text that the sources ask for by a whole key', () => {
  const missing = sources(join(process.cwd(), 'src')).flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/\bt\('([a-zA-Z]+\.[\w.]+)'/g)].map((match) => match[1]!).filter((key) => !chinese.has(key)).map((key) => `${path}: ${key}`),
  );
  expect(missing).toEqual([]);
});

it('shows no text that stands outside of the messages', () => {
  const han = /[\u4e00-\u9fff]/;
  const found = sources(join(process.cwd(), 'src'))
    .filter((path) => path.endsWith('.vue'))
    .flatMap((path) => {
      const template = /<template>([\s\S]*)<\/template>/.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
      const text = template.replace(/<!--[\s\S]*?-->/g, '').replace(/镇汇|'中文'/g, '');
      return han.test(text) ? [`${path}: ${text.split('\n').find((line) => han.test(line))?.trim()}`] : [];
    });
  expect(found).toEqual([]);
});
