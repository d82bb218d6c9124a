import {flushPromises, mount} from '@vue/test-utils';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {defineComponent, h, ref} from 'vue';
import type {ChangedFigureJson, WatchRollupsRequestJson} from '@/api/types';
import {backoffMs, connection, useWatch, type EventSourceLike} from '@/composables/useWatch';

class FakeSource implements EventSourceLike {
  static all: FakeSource[] = [];
  onopen: EventSourceLike['onopen'] = null;
  onmessage: EventSourceLike['onmessage'] = null;
  onerror: EventSourceLike['onerror'] = null;
  closed = false;
  constructor(readonly url: string) {
    FakeSource.all.push(this);
  }
  close(): void {
    this.closed = true;
  }
  say(figures: ChangedFigureJson[]): void {
    this.onmessage?.(new MessageEvent('message', {data: JSON.stringify({figures})}));
  }
}

function follow(request: WatchRollupsRequestJson | null) {
  const source = ref(request);
  const seen: [number, boolean][] = [];
  const wrapper = mount(
    defineComponent(() => {
      useWatch(() => source.value, (figures, first) => seen.push([figures.length, first]), (url) => new FakeSource(url));
      return () => h('p');
    }),
  );
  return {source, seen, wrapper};
}
const QUERY = {scope: {district: 'districts/630106'}, metrics: ['metrics/a'], startDate: '2024-01-01', endDate: '2024-12-31'};
const last = () => FakeSource.all.at(-1)!;

beforeEach(() => {
  FakeSource.all = [];
  connection.live.value = true;
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe('useWatch', () => {
  it('gives all figures first, then the changed ones', () => {
    const {seen} = follow(QUERY);
    last().say([{metric: 'metrics/a'}, {metric: 'metrics/a'}]);
    last().say([{metric: 'metrics/a'}]);
    expect(seen).toEqual([[2, true], [1, false]]);
    expect(decodeURIComponent(last().url)).toBe('/v1/rollups:watch?scope.district=districts/630106&metrics=metrics/a&startDate=2024-01-01&endDate=2024-12-31');
  });

  it('says that the connection is broken, tries again with growing delays, and says when it is back', () => {
    follow(QUERY);
    last().say([]);
    last().onerror?.(new Event('error'));
    expect(connection.live.value).toBe(false);
    expect(last().closed).toBe(true);
    vi.advanceTimersByTime(backoffMs(0));
    expect(FakeSource.all).toHaveLength(2);
    last().onerror?.(new Event('error'));
    vi.advanceTimersByTime(backoffMs(1) - 1);
    expect(FakeSource.all).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(FakeSource.all).toHaveLength(3);
    last().onopen?.(new Event('open'));
    expect(connection.live.value).toBe(true);
  });

  it('never waits longer than half a minute', () => {
    expect([0, 1, 2, 10].map(backoffMs)).toEqual([1000, 2000, 4000, 30000]);
  });

  it('follows the new query and leaves the old one', async () => {
    const {source} = follow(QUERY);
    const first = last();
    source.value = {...QUERY, metrics: ['metrics/b']};
    await flushPromises();
    expect(first.closed).toBe(true);
    expect(last().url).toContain('metrics%2Fb');
    source.value = null;
    await flushPromises();
    expect(last().closed).toBe(true);
  });

  it('knows at once from the browser that the network went, and comes back with it', () => {
    const {seen} = follow(QUERY);
    last().say([{metric: 'metrics/a'}]);
    window.dispatchEvent(new Event('offline'));
    expect(last().closed).toBe(true);
    expect(connection.live.value).toBe(false);
    window.dispatchEvent(new Event('online'));
    expect(FakeSource.all).toHaveLength(2);
    last().say([{metric: 'metrics/a'}]);
    expect(connection.live.value).toBe(true);
    expect(seen).toEqual([[1, true], [1, true]]);
  });

  it('closes with its component and does not come back', () => {
    const {wrapper} = follow(QUERY);
    last().onerror?.(new Event('error'));
    wrapper.unmount();
    vi.advanceTimersByTime(60_000);
    expect(FakeSource.all).toHaveLength(1);
    expect(connection.live.value).toBe(true);
  });
});
