// Chromium as the tests use it: every page reports what went wrong in it, is checked by axe, and is kept as a picture.
import {readFileSync} from 'node:fs';
import {mkdir} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {chromium} from 'playwright-core';

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const PICTURES = process.env.ZHENHUI_PICTURES_DIR ?? '../../../build/dev/dashboard-pictures';

export const DESK = {width: 1366, height: 768};
export const PHONE = {width: 390, height: 844};

/** Starts the browser; `close` ends it. */
export async function startBrowser() {
  await mkdir(PICTURES, {recursive: true});
  // Chromium has no sandbox for root, as whom continuous integration runs.
  return chromium.launch({executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu']});
}

/** A browser window of its own; its `faults` gathers errors of scripts, the console and the content security policy. */
export async function openWindow(browser, viewport = DESK) {
  const context = await browser.newContext({viewport, locale: 'zh-CN', hasTouch: viewport === PHONE, isMobile: viewport === PHONE});
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error.stack ?? error)));
  page.on('console', (message) => message.type() === 'error' && faults.push(`${message.text()} (${message.location().url})`));
  return {context, page, faults};
}

/** Signs in by a token, as the fragment of a link, and waits for the page behind it. */
export async function signIn(page, url, token, path = '/') {
  await page.goto(`${url}/sign-in?next=${encodeURIComponent(path)}#token=${token}`);
  await page.waitForURL((at) => at.pathname + at.search === path);
}

/** Waits until nothing is loading: no busy part, no skeleton. */
export async function settled(page) {
  await page.waitForSelector('h1');
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .skeleton'));
}

/** What axe finds, also in what is scrolled out of sight; not in a chart, which is a canvas. */
export async function axeProblems(page) {
  await page.evaluate(AXE); // by the debugger's way: a script tag is what the page's policy forbids
  const {violations} = await page.evaluate(() => globalThis.axe.run());
  return violations.map((item) => `${item.id}: ${item.nodes.map((node) => node.html.slice(0, 160)).slice(0, 3).join(' | ')}`);
}

/** Whether the page scrolls sideways; tables inside it may. */
export async function widthProblems(page) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return over > 0 ? [`${over} px wider than its window`] : [];
}

/** Keeps a picture of what is on the screen. */
export async function picture(page, name) {
  await page.screenshot({path: join(PICTURES, `${name}.png`)});
}

/** Prints the page to PDF as a person would; gives the bytes. */
export async function print(page, name) {
  return page.pdf({path: join(PICTURES, `${name}.pdf`), format: 'A4', preferCSSPageSize: true, printBackground: true});
}
