// What jsdom lacks and components need; and every test ends with an empty page.
import {enableAutoUnmount} from '@vue/test-utils';
import {afterEach, vi} from 'vitest';

enableAutoUnmount(afterEach);
vi.stubGlobal('ResizeObserver', class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
});
if (typeof window !== 'undefined') window.scrollTo = () => {};
