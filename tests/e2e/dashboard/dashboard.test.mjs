// What people do with the dashboard, in a real browser against a real standalone. One office serves all tests.
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {axeProblems, DESK, openWindow, PHONE, picture, print, settled, signIn, startBrowser, widthProblems} from './browser.mjs';
import {startOffice} from './office.mjs';

const TOWN = '630106101';
const PAGES = {
  district: ['/', '/compare', '/heatmap', '/trend', '/coverage', '/towns', `/towns/${TOWN}`, '/activities', '/year-end', '/checker', '/metrics'],
  reporter: ['/', '/enter', '/paste', '/activities', '/confirm', '/sign', `/towns/${TOWN}`],
};
const nameOf = (role, path) => `${role}${path === '/' ? '-overview' : path.replaceAll('/', '-')}`;
const digits = (text) => Number(text.replace(/[^\d.]/g, ''));

let office;
let browser;
const tokens = {};

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  tokens.district = await office.token('district', '630106', '区司法局甲');
  tokens.reporter = await office.token('reporter', TOWN, '上新庄镇司法所');
});
after(async () => {
  await browser?.close();
  await office?.close();
});

// Opens a window, signs in, and closes it afterwards; a fault inside the page fails the test.
async function visit({role = 'district', path = '/', viewport = DESK, token = tokens[role]}, act) {
  const window = await openWindow(browser, viewport);
  try {
    await signIn(window.page, office.url, token, path);
    await settled(window.page);
    await act(window.page, window.faults);
    assert.deepEqual(window.faults, []);
  } finally {
    await window.context.close();
  }
}

describe('signing in', () => {
  it('works by the link that the standalone printed, once, and leaves no secret in the address', async () => {
    const {context, page} = await openWindow(browser);
    await page.goto(office.link);
    await page.waitForURL(`${office.url}/`);
    await settled(page);
    assert.match(await page.textContent('h1'), /湟中区/);
    assert.doesNotMatch(page.url(), /code=/);
    const cookie = (await context.cookies()).find((item) => item.name.includes('zhenhui'));
    assert.equal(cookie?.httpOnly, true);
    assert.equal(cookie?.sameSite, 'Strict');
    await context.close();

    const second = await openWindow(browser);
    await second.page.goto(office.link);
    await second.page.waitForSelector('[role=alert]');
    await picture(second.page, 'sign-in-refused');
    assert.equal(new URL(second.page.url()).pathname, '/sign-in');
    await second.context.close();
  });

  it('sends a stranger to the sign-in page and, afterwards, to where he wanted to go', async () => {
    const {context, page} = await openWindow(browser);
    await page.goto(`${office.url}/compare?period=2024-Q1`);
    await page.waitForURL((at) => at.pathname === '/sign-in');
    assert.deepEqual(await axeProblems(page), []);
    await picture(page, 'sign-in');
    await page.fill('textarea', tokens.district);
    await page.click('button[type=submit]');
    await page.waitForURL((at) => at.pathname === '/compare' && at.searchParams.get('period') === '2024-Q1');
    await context.close();
  });

  it('ends by signing out', async () => {
    await visit({path: '/metrics'}, async (page) => {
      await page.click('text=退出');
      await page.waitForURL((at) => at.pathname === '/sign-in');
      await page.goto(`${office.url}/compare`);
      await page.waitForURL((at) => at.pathname === '/sign-in');
    }).catch((error) => assert.match(String(error), /401/)); // the browser's console notes the refusal
  });
});

describe('comparing', () => {
  it('goes from a figure to records whose sum equals it', async () => {
    await visit({path: '/compare?period=2024&metrics=publicity_events'}, async (page) => {
      const figure = page.locator('tr', {hasText: '上新庄镇'}).first().locator('button.figure').first();
      assert.equal(digits(await figure.textContent()), 43);
      await figure.click();
      await page.waitForSelector('[role=dialog] .sum');
      await page.waitForSelector('[role=dialog] .sum.good');
      assert.match(await page.textContent('[role=dialog] .sum'), /条记录合计 43，等于这个数/);
      assert.deepEqual(await axeProblems(page), []);
      await page.locator('[role=dialog] .opener').first().click();
      await page.waitForSelector('[role=dialog] .detail ol');
      await picture(page, 'drill-down');
      await page.keyboard.press('Escape');
      await page.waitForSelector('[role=dialog]', {state: 'detached'});
      assert.equal(await figure.evaluate((element) => element === document.activeElement), true);
    });
  });

  it('keeps normalisation and sorting in the address, so that a view can be shared', async () => {
    await visit({path: '/compare?period=2024&metrics=law_lectures'}, async (page) => {
      await page.click('text=平均每村');
      await page.click('thead >> text=法治讲座');
      await page.waitForURL((at) => at.searchParams.get('by') === 'village' && at.searchParams.get('sort') === '-law_lectures');
      const first = await page.textContent('tbody th');
      await page.reload();
      await settled(page);
      assert.equal(await page.textContent('tbody th'), first);
    });
  });

  it('downloads the comparison as CSV and Excel', async () => {
    await visit({path: '/compare?period=2024&metrics=law_lectures'}, async (page) => {
      for (const [format, ending] of [['CSV', '.csv'], ['Excel', '.xlsx']]) {
        const [download] = await Promise.all([page.waitForEvent('download'), page.click(`text=下载 ${format}`)]);
        assert.ok(download.suggestedFilename().endsWith(ending), download.suggestedFilename());
        assert.equal(await download.failure(), null);
      }
    });
  });

  it('prints period, cut-off and revisions, without the screen\'s furniture', async () => {
    await visit({path: '/compare?period=2024&metrics=law_lectures'}, async (page) => {
      await page.emulateMedia({media: 'print'});
      assert.equal(await page.isVisible('header.head'), false);
      const head = await page.textContent('.print-only.paper');
      assert.match(head, /湟中区/);
      assert.match(head, /2024-01-01 – 2024-12-31/);
      assert.match(head, new RegExp(`${TOWN}:\\d+`));
      assert.ok((await print(page, 'compare')).length > 10_000);
    });
  });
});

describe('live figures', () => {
  it('change within two seconds of a push by the command line, without a reload', async () => {
    await visit({path: '/compare?period=2024&metrics=law_lectures'}, async (page) => {
      const figure = page.locator('tr', {hasText: '上新庄镇'}).first().locator('button.figure').first();
      const before = digits(await figure.textContent());
      await page.evaluate(() => (globalThis.notReloaded = true));
      await office.write('one.csv', `township,kind,date,title,attendances\n${TOWN},法治讲座,2024-12-20,〔示例〕看板测试讲座,20\n`);
      await office.zhenhui('push', '--quiet', '--reason', '测试补报', 'one.csv');
      const pushed = Date.now();
      await page.waitForFunction((wanted) => document.querySelector('[aria-live=polite]')?.textContent?.includes(wanted), '上新庄镇', {timeout: 2000});
      while (digits(await figure.textContent()) !== before + 1) assert.ok(Date.now() - pushed < 2000, 'the figure is late');
      assert.equal(await page.evaluate(() => globalThis.notReloaded), true);
    });
  });

  it('say when the connection is broken, and go on by themselves when it is back', async () => {
    const {context, page} = await openWindow(browser);
    await signIn(page, office.url, tokens.district, '/compare?period=2024&metrics=law_lectures');
    await settled(page);
    await context.setOffline(true);
    const banner = page.locator('.offline');
    await banner.waitFor();
    assert.match(await banner.textContent(), /连接中断，显示的是 \d\d:\d\d:\d\d 的数字/);
    await picture(page, 'offline');
    await context.setOffline(false);
    await banner.waitFor({state: 'detached'});
    await context.close();
  });
});

describe('correcting', () => {
  it('a record needs a reason, moves the figure at once, and keeps what was there before', async () => {
    const record = `/towns/${TOWN}/activities/sample-2024-0015`;
    await visit({role: 'reporter', path: record}, async (page, faults) => {
      await page.click('button:text-is("更正")');
      const copies = page.getByLabel('发放资料份数');
      assert.equal(await copies.inputValue(), '69');
      await copies.fill('169');
      await page.click('button:text-is("保存更正")');
      await page.waitForSelector('.field-error'); // no reason yet
      await page.getByLabel('更正原因').fill('数错了 100 份');
      await page.click('button:text-is("保存更正")');
      await page.waitForSelector('text=已更正，原内容留在修订记录里。');
      await settled(page);
      await picture(page, 'corrected');
      const effect = page.locator('.notice tr', {hasText: '发放宣传资料'});
      assert.match((await effect.textContent()).replace(/[\s\u202f]/g, ''), /4160.*4260/);

      await page.goto(`${office.url}/?period=2024`);
      await settled(page);
      await page.locator('dl > div', {hasText: '发放宣传资料'}).locator('button.figure').click();
      await page.locator('[role=dialog] .opener', {hasText: '消费者权益日'}).first().click();
      await page.waitForSelector('[role=dialog] del');
      assert.equal(await page.textContent('[role=dialog] del'), '69 份');
      assert.equal(await page.textContent('[role=dialog] ins'), '169 份');
      await picture(page, 'before-and-after');
      assert.deepEqual(faults, []);
    });
  });
});

for (const [role, paths] of Object.entries(PAGES)) {
  describe(`every page of role ${role}`, () => {
    for (const [device, viewport] of Object.entries({desk: DESK, phone: PHONE})) {
      it(`fits the ${device}, has no fault, and nothing for axe to find`, async () => {
        await visit({role, viewport}, async (page, faults) => {
          const problems = [];
          for (const path of paths) {
            await page.goto(office.url + path);
            await settled(page);
            await picture(page, `${device}-${nameOf(role, path)}`);
            const found = [...(await widthProblems(page)), ...(await axeProblems(page)), ...faults.splice(0)];
            problems.push(...found.map((text) => `${path}: ${text}`));
          }
          assert.deepEqual(problems, []);
        });
      });
    }
  });
}
