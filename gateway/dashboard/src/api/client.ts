// One way to call the API: a method is an HTTP binding of protos/ and its two message types.
import {ApiError, errorFromBody, isAbort} from '@/api/errors';

/** What a caller may add to a call. */
export interface CallOptions {
  /** Gives the call up. */
  signal?: AbortSignal;
}

let csrfToken = '';
let onSignedOut: () => void = () => {};

/** Sets the value that state-changing calls carry; from the session. */
export function setCsrfToken(token: string): void {
  csrfToken = token;
}

/** Sets what happens when the gateway says that nobody is signed in. */
export function setSignedOutHandler(handler: () => void): void {
  onSignedOut = handler;
}

/** Sends a request and gives the answer; throws ApiError, or the AbortError of `signal`. */
export async function send(verb: string, url: string, body?: unknown, options: CallOptions = {}): Promise<Response> {
  const headers: Record<string, string> = {accept: 'application/json'};
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (verb !== 'GET') headers['x-zhenhui-csrf'] = csrfToken;
  let response: Response;
  try {
    response = await fetch(url, {
      method: verb,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin',
      signal: options.signal,
    });
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new ApiError('NETWORK', String(error));
  }
  if (response.ok) return response;
  const retryAfter = Number(response.headers.get('retry-after') ?? 0);
  const error = errorFromBody(response.status, await response.text(), retryAfter);
  if (response.status === 401 && !url.startsWith('/session')) onSignedOut();
  throw error;
}

type Fields = Record<string, unknown>;

function appendQuery(query: URLSearchParams, path: string, value: unknown): void {
  if (value === undefined || value === null || value === '') return;
  if (Array.isArray(value)) {
    for (const item of value) appendQuery(query, path, item);
  } else if (typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) appendQuery(query, `${path}.${key}`, item);
  } else {
    query.append(path, String(value));
  }
}

/** The query string of a message: {scope: {district: "d"}, metrics: ["a", "b"]} -> scope.district=d&metrics=a&metrics=b. */
export function queryOf(fields: object): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(fields)) appendQuery(query, key, value);
  return query.toString();
}

/**
 * Fills a template of google.api.http ("/v1/{name=metrics/*}") and says which fields it did not use. A slash inside a
 * value stays; any other special character is escaped.
 */
export function bindPath(template: string, fields: object): {path: string; rest: Fields} {
  const rest: Fields = {...fields};
  const path = template.replace(/\{([\w.]+)(?:=[^}]*)?\}/g, (_, variable: string) => {
    const keys = variable.split('.');
    const value = keys.reduce<unknown>((at, key) => (at as Fields | undefined)?.[key], fields);
    if (typeof value !== 'string' || value === '') throw new TypeError(`${variable} is missing for ${template}`);
    if (keys.length === 1) delete rest[variable]; // a nested name stays in its message, which travels in the body
    return value.split('/').map(encodeURIComponent).join('/');
  });
  return {path, rest};
}

/** The address of a call by GET, for downloads and event streams. */
export function urlOf(template: string, fields: object): string {
  const {path, rest} = bindPath(template, fields);
  const query = queryOf(rest);
  return query === '' ? path : `${path}?${query}`;
}

/** Makes a unary method. GET: other fields go into the query; else they are the body. */
export function method<Request extends object, Answer>(verb: 'GET' | 'POST' | 'PATCH', template: string) {
  return async (request: Request, options?: CallOptions): Promise<Answer> => {
    if (verb === 'GET') return (await send(verb, urlOf(template, request), undefined, options)).json() as Promise<Answer>;
    const {path, rest} = bindPath(template, request);
    return (await send(verb, path, rest, options)).json() as Promise<Answer>;
  };
}
