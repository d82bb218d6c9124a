// Mounts a view as the page does: with messages, routes, a session and a catalogue, over a fake of the API.
import {flushPromises, mount, type VueWrapper} from '@vue/test-utils';
import type {Component} from 'vue';
import {createMemoryHistory, createRouter} from 'vue-router';
import {vi} from 'vitest';
import {i18n} from '@/app/i18n';
import {routes} from '@/app/routes';
import type {SessionInfo} from '@/api/session';
import type {MetricJson, TownshipJson} from '@/api/types';
import {setCatalogue} from '@/composables/useCatalogue';
import {defaultYear} from '@/composables/defaultYear';
import {setSession} from '@/composables/useSession';

/** A request that the fake API was sent. */
export interface Sent {
  verb: string;
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
}

/** An answer: an object is 200; Problem is an error. */
export class Problem {
  constructor(readonly httpCode: number, readonly reason: string, readonly message = reason, readonly violations: object[] = []) {}
}

/** Answers requests by "VERB /path" (exact, or a prefix ending in *); anything else is 404. Gives what was sent. */
export function fakeApi(handlers: Record<string, (sent: Sent) => unknown>): Sent[] {
  const log: Sent[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    const parsed = new URL(url, 'http://localhost');
    const sent: Sent = {
      verb: init.method ?? 'GET', path: decodeURIComponent(parsed.pathname), query: parsed.searchParams,
      body: init.body ? (JSON.parse(String(init.body)) as Record<string, unknown>) : {},
    };
    log.push(sent);
    const key = `${sent.verb} ${sent.path}`;
    const found = Object.entries(handlers).find(([of]) => (of.endsWith('*') ? key.startsWith(of.slice(0, -1)) : of === key));
    const answer = found ? await found[1](sent) : new Problem(404, 'ROUTE_NOT_FOUND', key);
    if (!(answer instanceof Problem)) return new Response(JSON.stringify(answer), {status: 200});
    const details = [
      {'@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: answer.reason, domain: 'zhenhui'},
      ...(answer.violations.length ? [{'@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: answer.violations}] : []),
    ];
    return new Response(JSON.stringify({error: {code: answer.httpCode, message: answer.message, details}}), {status: answer.httpCode});
  });
  return log;
}

export const METRICS: MetricJson[] = [
  {name: 'metrics/law_lectures', displayNameZh: '法治讲座', displayNameEn: 'Law lectures', unitZh: '场', unitEn: 'lectures', type: 'METRIC_TYPE_FLOW', section: 'B', tier: 'core', version: 1, definitionZh: '期内举办的法治讲座场数。', definitionEn: 'Law lectures held.', dateBasis: 'activity_date', formula: 'law_lecture.occurrences'},
  {name: 'metrics/publicity_events', displayNameZh: '法治宣传活动', displayNameEn: 'Publicity events', unitZh: '场次', unitEn: 'events', type: 'METRIC_TYPE_FLOW', section: 'C', tier: 'core', version: 2, definitionZh: '期内开展的宣传活动场次。', definitionEn: 'Publicity events held.', dateBasis: 'activity_date', formula: 'publicity_event.occurrences'},
  {name: 'metrics/mediation_success_rate', displayNameZh: '调解成功率', displayNameEn: 'Mediation success rate', unitZh: '%', unitEn: '%', type: 'METRIC_TYPE_RATIO', section: 'G', tier: 'core', version: 1, definitionZh: '调解成功件数除以受理件数。', definitionEn: 'Successful of all cases.', dateBasis: 'activity_date', formula: 'mediation.success', denominatorFormula: 'mediation.cases', ratioScale: 100},
];
export const TOWNSHIPS: TownshipJson[] = [
  {name: 'townships/630106101', displayNameZh: '甲镇', displayNameEn: 'Town A', type: 'TOWNSHIP_TYPE_TOWN'},
  {name: 'townships/630106102', displayNameZh: '乙乡', displayNameEn: 'Town B', type: 'TOWNSHIP_TYPE_TOWNSHIP'},
];

/** Signs a made-up person in; a 9-digit scope is a town's own person. */
export function signedIn(role: SessionInfo['role'] = 'district', scope = '630106'): void {
  setSession({subject: '测试员', role, scope, expireTime: '2099-01-01T00:00:00Z', csrfToken: 'csrf'}, {name: 'districts/630106', displayNameZh: '某区', displayNameEn: 'District'});
}

/** Mounts a view at an address and waits for its first answers. */
export async function mountView(view: Component, at = '/', options: {role?: SessionInfo['role']; scope?: string; props?: object; locale?: 'zh-CN' | 'en'} = {}): Promise<VueWrapper> {
  signedIn(options.role, options.scope);
  setCatalogue({metrics: METRICS, townships: TOWNSHIPS});
  defaultYear.value = 2024;
  i18n.global.locale.value = options.locale ?? 'zh-CN';
  const router = createRouter({history: createMemoryHistory(), routes});
  await router.push(at);
  const wrapper = mount(view, {global: {plugins: [i18n, router]}, props: options.props, attachTo: document.body});
  await flushPromises();
  return wrapper;
}
