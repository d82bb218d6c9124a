import {mount} from '@vue/test-utils';
import {expect, it} from 'vitest';
import {i18n} from '@/app/i18n';
import AppDrawer from '@/components/AppDrawer.vue';

it('takes the focus, keeps it inside, closes by Esc, and gives the focus back', async () => {
  const opener = document.body.appendChild(document.createElement('button'));
  opener.focus();
  const drawer = mount(AppDrawer, {
    props: {open: false, title: '标题'}, slots: {default: '<button id="first">1</button><button id="last">2</button>'}, global: {plugins: [i18n]}, attachTo: document.body,
  });
  await drawer.setProps({open: true});
  await drawer.vm.$nextTick();
  const panel = document.querySelector<HTMLElement>('[role=dialog]')!;
  expect(document.activeElement).toBe(panel);
  const tab = (shiftKey: boolean) => panel.dispatchEvent(new KeyboardEvent('keydown', {key: 'Tab', shiftKey, bubbles: true, cancelable: true}));
  document.querySelector<HTMLElement>('#last')!.focus();
  tab(false);
  const close = panel.querySelector('button')!;
  expect(document.activeElement).toBe(close);
  tab(true);
  expect(document.activeElement?.id).toBe('last');
  panel.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true}));
  expect(drawer.emitted('close')).toHaveLength(1);
  await drawer.setProps({open: false});
  expect(document.activeElement).toBe(opener);
  opener.remove();
});
