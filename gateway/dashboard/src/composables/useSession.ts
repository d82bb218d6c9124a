// Who is signed in, and which places he sees. One session for the whole page.
import {computed, readonly, shallowRef} from 'vue';
import {setCsrfToken} from '@/api/client';
import {ApiError} from '@/api/errors';
import {createSession, deleteSession, getSession, type SessionInfo} from '@/api/session';
import {listDistricts} from '@/api/townships';
import type {DistrictJson, ScopeJson} from '@/api/types';

const info = shallowRef<SessionInfo | null>(null);
const districts = shallowRef<DistrictJson[]>([]);
const district = shallowRef<DistrictJson | null>(null);

async function enter(session: SessionInfo): Promise<void> {
  setCsrfToken(session.csrfToken);
  const {districts: all = []} = await listDistricts({pageSize: 1000});
  const code = /^\d{6}/.exec(session.scope)?.[0];
  districts.value = code ? all.filter((item) => item.name === `districts/${code}`) : all;
  district.value = districts.value[0] ?? (code ? {name: `districts/${code}`} : null);
  info.value = session; // last: who sees it asks at once about his district
}

/** Asks the gateway who is signed in; null when nobody is. */
export async function restoreSession(): Promise<SessionInfo | null> {
  if (info.value) return info.value;
  try {
    await enter(await getSession());
  } catch (error) {
    if (!(error instanceof ApiError) || error.httpCode !== 401) throw error;
  }
  return info.value;
}

/** Signs in. */
export async function signIn(secret: {token: string} | {code: string}): Promise<void> {
  await enter(await createSession(secret));
}

/** Forgets who is signed in, without asking the gateway. */
export function forgetSession(): void {
  info.value = null;
  district.value = null;
  districts.value = [];
  setCsrfToken('');
}

/** Signs out. */
export async function signOut(): Promise<void> {
  await deleteSession();
  forgetSession();
}

/** Puts a session in place, for tests. */
export function setSession(session: SessionInfo, of: DistrictJson): void {
  info.value = session;
  districts.value = [of];
  district.value = of;
}

/** The session as the views use it. */
export function useSession() {
  const role = computed(() => info.value?.role ?? null);
  /** The only town that he sees, "townships/630106101"; empty when he sees a whole district. */
  const ownTownship = computed(() => {
    const code = /^\d{9}/.exec(info.value?.scope ?? '')?.[0];
    return code ? `townships/${code}` : '';
  });
  /** What a query over everything that he sees asks for. */
  const scope = computed<ScopeJson>(() =>
    ownTownship.value ? {townships: [ownTownship.value]} : {district: district.value?.name ?? ''},
  );
  /** Parent of calls that take a township or a district. */
  const parent = computed(() => ownTownship.value || (district.value?.name ?? ''));
  const mayWrite = computed(() => role.value === 'reporter' || role.value === 'admin');
  const isDistrict = computed(() => !ownTownship.value);
  return {
    info: readonly(info), district, districts, role, ownTownship, scope, parent, mayWrite, isDistrict,
    chooseDistrict: (name: string) => {
      district.value = districts.value.find((item) => item.name === name) ?? district.value;
    },
  };
}
