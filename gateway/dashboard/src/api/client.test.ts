// @vitest-environment node
import {describe, expect, it, vi} from 'vitest';
import {bindPath, method, queryOf, send, setCsrfToken, setSignedOutHandler} from '@/api/client';
import {ApiError, errorFromBody} from '@/api/errors';

describe('bindPath', () => {
  it.each([
    ['/v1/{name=metrics/*}', {name: 'metrics/law_lectures'}, '/v1/metrics/law_lectures', {}],
    ['/v1/{parent=townships/*}/activities', {parent: 'townships/630106101', pageSize: 5}, '/v1/townships/630106101/activities', {pageSize: 5}],
    ['/v1/{name=townships/*/activities/*}:delete', {name: 'townships/1/activities/a b', reason: 'x'}, '/v1/townships/1/activities/a%20b:delete', {reason: 'x'}],
    ['/v1/{activity.name=townships/*/activities/*}', {activity: {name: 'townships/1/activities/a'}, reason: 'x'}, '/v1/townships/1/activities/a', {activity: {name: 'townships/1/activities/a'}, reason: 'x'}],
    ['/v1/{name=districts/*/yearEnds/*}/townYears/{township}', {name: 'districts/1/yearEnds/2024', township: '630106101'}, '/v1/districts/1/yearEnds/2024/townYears/630106101', {}],
  ])('%s', (template, fields, path, rest) => expect(bindPath(template, fields)).toEqual({path, rest}));

  it('refuses a template whose field is missing', () => {
    expect(() => bindPath('/v1/{name=metrics/*}', {})).toThrow(TypeError);
  });
});

it('writes nested and repeated fields into a query, and leaves empty ones out', () => {
  const query = queryOf({scope: {townships: ['townships/1', 'townships/2']}, metrics: ['metrics/a'], pageToken: '', year: 2024, draft: false, none: undefined});
  expect(decodeURIComponent(query)).toBe('scope.townships=townships/1&scope.townships=townships/2&metrics=metrics/a&year=2024&draft=false');
});

describe('a call', () => {
  it('carries the CSRF value only when it changes something', async () => {
    const fetch = vi.fn(async (_url: string, _init: RequestInit) => new Response('{}'));
    vi.stubGlobal('fetch', fetch);
    setCsrfToken('secret');
    await method<object, object>('GET', '/v1/kinds')({});
    await method<object, object>('POST', '/v1/{name=a/*}:close')({name: 'a/1', validateOnly: true});
    expect(fetch.mock.calls[0]![1].headers).not.toHaveProperty('x-zhenhui-csrf');
    expect(fetch.mock.calls[1]![1].headers).toMatchObject({'x-zhenhui-csrf': 'secret'});
    expect(fetch.mock.calls[1]![1].body).toBe('{"validateOnly":true}');
  });

  it('says when nobody is signed in, but not of the session itself', async () => {
    const signedOut = vi.fn();
    setSignedOutHandler(signedOut);
    vi.stubGlobal('fetch', async () => new Response('{}', {status: 401}));
    await expect(send('GET', '/session')).rejects.toMatchObject({httpCode: 401});
    expect(signedOut).not.toHaveBeenCalled();
    await expect(send('GET', '/v1/kinds')).rejects.toMatchObject({httpCode: 401});
    expect(signedOut).toHaveBeenCalledOnce();
  });

  it('tells a lost network from a refusal', async () => {
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(send('GET', '/v1/kinds')).rejects.toMatchObject({reason: 'NETWORK', retryable: true});
  });

  it('passes the abort of its caller on', async () => {
    vi.stubGlobal('fetch', async () => Promise.reject(new DOMException('gone', 'AbortError')));
    await expect(send('GET', '/v1/kinds')).rejects.toBeInstanceOf(DOMException);
  });
});

describe('errorFromBody', () => {
  const info = {'@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'MONTH_CONFIRMED', metadata: {month: '2024-03'}};
  const request = {'@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [{field: 'date', reason: 'DATE_IN_FUTURE', description: 'no'}]};
  it.each([
    [JSON.stringify({error: {message: 'm', details: [info, request]}}), 'MONTH_CONFIRMED', 1],
    [JSON.stringify({error: {message: 'm', details: [request]}}), 'DATE_IN_FUTURE', 1],
    [JSON.stringify({error: {message: 'm'}}), 'UNKNOWN', 0],
    ['<html>502 Bad Gateway</html>', 'UNKNOWN', 0],
    ['', 'UNKNOWN', 0],
  ])('reads %s', (text, reason, violations) => {
    const error = errorFromBody(400, text);
    expect(error).toBeInstanceOf(ApiError);
    expect(error.reason).toBe(reason);
    expect(error.violations).toHaveLength(violations);
  });
});
