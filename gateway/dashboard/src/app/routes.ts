// Every page of the dashboard. Views load when they are first opened.
import type {RouteRecordRaw} from 'vue-router';
import type {SessionInfo} from '@/api/session';

type Role = SessionInfo['role'];

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of its name in i18n: "nav.compare". */
    title: string;
    /** In which group of the navigation it stands; none: it is reached from other pages. */
    nav?: 'look' | 'work' | 'close' | 'about';
    /** Who may open it; none: anybody who is signed in. */
    roles?: Role[];
    /** Only for those who see a whole district. */
    districtOnly?: boolean;
    /** May be opened without signing in. */
    open?: boolean;
  }
}

const WRITERS: Role[] = ['reporter', 'admin'];

export const routes: RouteRecordRaw[] = [
  {path: '/', name: 'overview', component: () => import('@/views/overview/OverviewView.vue'), meta: {title: 'nav.overview', nav: 'look'}},
  {path: '/compare', name: 'compare', component: () => import('@/views/compare/CompareView.vue'), meta: {title: 'nav.compare', nav: 'look'}},
  {path: '/heatmap', name: 'heatmap', component: () => import('@/views/heatmap/HeatmapView.vue'), meta: {title: 'nav.heatmap', nav: 'look'}},
  {path: '/trend', name: 'trend', component: () => import('@/views/trend/TrendView.vue'), meta: {title: 'nav.trend', nav: 'look'}},
  {path: '/coverage', name: 'coverage', component: () => import('@/views/coverage/CoverageView.vue'), meta: {title: 'nav.coverage', nav: 'look'}},
  {path: '/towns', name: 'towns', component: () => import('@/views/town/TownListView.vue'), meta: {title: 'nav.towns', nav: 'look'}},
  {path: '/towns/:township(\\d{9})', name: 'town', props: true, component: () => import('@/views/town/TownView.vue'), meta: {title: 'nav.towns'}},
  {path: '/enter', name: 'enter', component: () => import('@/views/enter/EnterView.vue'), meta: {title: 'nav.enter', nav: 'work', roles: WRITERS}},
  {path: '/paste', name: 'paste', component: () => import('@/views/enter/PasteView.vue'), meta: {title: 'nav.paste', nav: 'work', roles: WRITERS}},
  {path: '/activities', name: 'activities', component: () => import('@/views/activity/ActivityListView.vue'), meta: {title: 'nav.activities', nav: 'work'}},
  {path: '/towns/:township(\\d{9})/activities/:id', name: 'activity', props: true, component: () => import('@/views/activity/ActivityView.vue'), meta: {title: 'nav.activities'}},
  {path: '/confirm', name: 'confirm', component: () => import('@/views/confirm/ConfirmView.vue'), meta: {title: 'nav.confirm', nav: 'work', roles: WRITERS}},
  {path: '/sign', name: 'sign', component: () => import('@/views/sign/SignView.vue'), meta: {title: 'nav.sign', nav: 'close', roles: WRITERS}},
  {path: '/year-end', name: 'yearEnd', component: () => import('@/views/yearEnd/YearEndView.vue'), meta: {title: 'nav.yearEnd', nav: 'close', districtOnly: true}},
  {path: '/checker', name: 'checker', component: () => import('@/views/checker/CheckerView.vue'), meta: {title: 'nav.checker', nav: 'close'}},
  {path: '/metrics', name: 'metrics', component: () => import('@/views/metrics/MetricsView.vue'), meta: {title: 'nav.metrics', nav: 'about'}},
  {path: '/sign-in', name: 'signIn', component: () => import('@/views/signIn/SignInView.vue'), meta: {title: 'nav.signIn', open: true}},
  {path: '/:rest(.*)*', name: 'notFound', component: () => import('@/views/NotFoundView.vue'), meta: {title: 'nav.notFound', open: true}},
];
