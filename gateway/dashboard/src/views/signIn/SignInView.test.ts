import {flushPromises, type VueWrapper} from '@vue/test-utils';
import {afterEach, expect, it, vi} from 'vitest';

import {fakeApi, mountView, Problem} from '@/testing/mount';
import SignInView from '@/views/signIn/SignInView.vue';

const SESSION = {subject: '某人', role: 'district', scope: '630106', expireTime: '2099-01-01T00:00:00Z', csrfToken: 'c'};
// The next page's own files are imported first.
const arriveAt = (view: VueWrapper, path: string) => vi.waitFor(() => expect(view.vm.$router.currentRoute.value.fullPath).toBe(path), 20_000);

afterEach(() => history.replaceState(null, '', '/'));

it('posts the code of a link at once, and takes it out of the address', async () => {
  history.replaceState(null, '', '/sign-in#code=once');
  const sent = fakeApi({'POST /session': () => SESSION, 'GET /v1/districts': () => ({districts: [{name: 'districts/630106'}]})});
  const view = await mountView(SignInView, '/sign-in?next=/compare');
  await flushPromises();
  expect(sent[0]).toMatchObject({verb: 'POST', path: '/session', body: {code: 'once'}});
  await arriveAt(view, '/compare');
});

it('signs in by a pasted token, and goes nowhere outside', async () => {
  const sent = fakeApi({'POST /session': () => SESSION, 'GET /v1/districts': () => ({})});
  const view = await mountView(SignInView, '/sign-in?next=//elsewhere.example');
  await view.find('textarea').setValue('  a.b.c \n');
  await view.find('form').trigger('submit');
  await flushPromises();
  expect(sent[0]?.body).toEqual({token: 'a.b.c'});
  await arriveAt(view, '/');
});

it('says why it did not work', async () => {
  fakeApi({'POST /session': () => new Problem(401, 'TOKEN_EXPIRED')});
  const view = await mountView(SignInView, '/sign-in');
  await view.find('textarea').setValue('old');
  await view.find('form').trigger('submit');
  await flushPromises();
  expect(view.find('[role=alert]').text()).toContain('登录已过期');
});
