// The gateway's session: who is signed in. The token itself never reaches a script.
import {send} from '@/api/client';

/** Who is signed in. */
export interface SessionInfo {
  /** Who. */
  subject: string;
  /** What he may do. */
  role: 'reporter' | 'reviewer' | 'district' | 'admin' | 'job';
  /** Division-code prefix that he is for; "*" is the whole country. */
  scope: string;
  /** When he must sign in again, RFC 3339. */
  expireTime: string;
  /** Carried by state-changing calls. */
  csrfToken: string;
}

/** Who is signed in; throws ApiError with HTTP code 401 when nobody is. */
export async function getSession(): Promise<SessionInfo> {
  return (await send('GET', '/session')).json() as Promise<SessionInfo>;
}

/** Signs in by a token or by the one-time code of a link. */
export async function createSession(secret: {token: string} | {code: string}): Promise<SessionInfo> {
  return (await send('POST', '/session', secret)).json() as Promise<SessionInfo>;
}

/** Signs out. */
export async function deleteSession(): Promise<void> {
  await send('DELETE', '/session');
}
