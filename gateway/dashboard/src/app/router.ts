// The router: signing in comes first, then the catalogue, then the view.
import {createRouter, createWebHistory, type RouteLocationNormalized, type Router, type RouterHistory} from 'vue-router';
import {setSignedOutHandler} from '@/api/client';
import {routes} from '@/app/routes';
import {defaultYear, findDefaultYear} from '@/composables/defaultYear';
import {forgetCatalogue, loadCatalogue, useCatalogueStore} from '@/composables/useCatalogue';
import {forgetSession, restoreSession, useSession} from '@/composables/useSession';

/** Whether the signed-in person may open a page. */
export function mayOpen(to: Pick<RouteLocationNormalized, 'meta'>): boolean {
  const {role, isDistrict} = useSession();
  if (to.meta.roles && (!role.value || !to.meta.roles.includes(role.value))) return false;
  return !to.meta.districtOnly || isDistrict.value;
}

/** Reads what every view needs; `again` after the district changed. */
export async function prepare(again = false): Promise<void> {
  const {district, scope} = useSession();
  await loadCatalogue(district.value?.name ?? '');
  if (again || defaultYear.value === null) {
    defaultYear.value = await findDefaultYear(scope.value, useCatalogueStore().metrics.value);
  }
}

/** Forgets everything of a session. */
export function forgetEverything(): void {
  forgetSession();
  forgetCatalogue();
  defaultYear.value = null;
}

/** Makes the router. */
export function makeRouter(history: RouterHistory = createWebHistory()): Router {
  const router = createRouter({
    history,
    routes,
    // The period is what one carries from page to page.
    scrollBehavior: (to, from, saved) => (to.path === from.path ? false : (saved ?? {top: 0})),
  });
  router.beforeEach(async (to) => {
    if (to.meta.open) return true;
    if (!(await restoreSession())) return {name: 'signIn', query: to.path === '/' ? {} : {next: to.fullPath}};
    await prepare();
    return mayOpen(to) ? true : {name: 'overview'};
  });
  setSignedOutHandler(() => {
    forgetEverything();
    const at = router.currentRoute.value;
    if (at.name !== 'signIn') void router.push({name: 'signIn', query: {next: at.fullPath}});
  });
  return router;
}
