import {describe, expect, it} from 'vitest';
import {createMemoryHistory} from 'vue-router';
import {i18n} from '@/app/i18n';
import {forgetEverything, makeRouter, mayOpen} from '@/app/router';
import {routes} from '@/app/routes';
import {defaultYear, findDefaultYear} from '@/composables/defaultYear';
import {fakeApi, METRICS, Problem, signedIn, type Sent} from '@/testing/mount';

const SESSION = {subject: '某人', role: 'district', scope: '630106', expireTime: '2099-01-01T00:00:00Z', csrfToken: 'c'};
const year = (value: number, state: string) => ({startDate: `${value}-01-01`, figure: {state, decimal: '1'}});
const api = (session: object | Problem) => ({
  'GET /session': () => session,
  'GET /v1/districts': () => ({districts: [{name: 'districts/630105'}, {name: 'districts/630106'}]}),
  'GET /v1/metrics': () => ({metrics: METRICS}),
  'GET /v1/districts/630106/townships': () => ({townships: []}),
  'POST /v1/rollups:query': () => ({rows: [year(2023, 'FIGURE_STATE_VALUE'), year(2024, 'FIGURE_STATE_VALUE'), year(2026, 'FIGURE_STATE_NOT_REPORTED')]}),
});
async function open(path: string, session: object | Problem): Promise<{at: string; sent: Sent[]}> {
  forgetEverything();
  const sent = fakeApi(api(session));
  const router = makeRouter(createMemoryHistory());
  await router.push(path);
  return {at: router.currentRoute.value.fullPath, sent};
}

describe('the router', () => {
  it('sends a stranger to sign in, and remembers where he wanted to go', async () => {
    expect((await open('/metrics?q=a', new Problem(401, 'TOKEN_MISSING'))).at).toBe('/sign-in?next=/metrics?q=a');
    expect((await open('/', new Problem(401, 'TOKEN_MISSING'))).at).toBe('/sign-in');
  });

  it('reads catalogue and default year before the first view', async () => {
    const {at, sent} = await open('/metrics', SESSION);
    expect(at).toBe('/metrics');
    expect(sent.map((call) => call.path)).toEqual(expect.arrayContaining(['/v1/metrics', '/v1/districts/630106/townships']));
    expect(defaultYear.value).toBe(2024);
  });

  it('leads who may not open a page to the overview', async () => {
    expect((await open('/enter', SESSION)).at).toBe('/');
    expect((await open('/year-end', {...SESSION, role: 'reporter', scope: '630106101'})).at).toBe('/');
  });
});

it.each([
  ['district', '630106', ['enter', 'paste', 'confirm', 'sign']],
  ['reviewer', '630106101', ['enter', 'paste', 'confirm', 'sign', 'yearEnd']],
  ['reporter', '630106101', ['yearEnd']],
  ['admin', '*', []],
] as const)('%s of %s may not open %o, and all else', (role, scope, closed) => {
  signedIn(role, scope);
  expect(routes.filter((route) => !mayOpen({meta: route.meta!})).map((route) => route.name)).toEqual(closed);
});

it('has a name in both languages for every page', () => {
  const exists = i18n.global.te as (key: string, locale: string) => boolean; // its own type knows every key, which is too deep here
  for (const route of routes) {
    for (const locale of ['zh-CN', 'en']) expect(exists(route.meta!.title, locale), `${route.meta!.title} ${locale}`).toBe(true);
  }
});

it.each([
  [[year(2025, 'FIGURE_STATE_VALUE'), year(2026, 'FIGURE_STATE_VALUE')], 2026],
  [[year(2021, 'FIGURE_STATE_VALUE'), year(2025, 'FIGURE_STATE_CONFIRMED_ZERO')], 2021],
  [[], 2026],
])('begins with the newest year that has figures: %o', async (rows, wanted) => {
  const sent = fakeApi({'POST /v1/rollups:query': () => ({rows})});
  expect(await findDefaultYear({district: 'districts/630106'}, METRICS, '2026-11-23')).toBe(wanted);
  expect(sent[0]?.body).toMatchObject({metrics: ['metrics/law_lectures', 'metrics/publicity_events'], startDate: '2017-01-01', endDate: '2026-12-31', bucket: 'BUCKET_YEAR'});
});
