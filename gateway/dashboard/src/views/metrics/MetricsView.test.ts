import {flushPromises} from '@vue/test-utils';
import {expect, it} from 'vitest';
import {mountView} from '@/testing/mount';
import MetricsView from '@/views/metrics/MetricsView.vue';

it('states definition, unit, date basis, version and formula of each metric', async () => {
  const view = await mountView(MetricsView, '/metrics');
  for (const text of ['期内举办的法治讲座场数。', '场', '按活动日期归期', '第 2 版', '(mediation.success) ÷ (mediation.cases)', '流量：期内相加']) {
    expect(view.text()).toContain(text);
  }
});

it('finds metrics by name, definition, code or formula', async () => {
  const view = await mountView(MetricsView, '/metrics?q=publicity');
  expect(view.text()).toContain('法治宣传活动');
  expect(view.text()).not.toContain('法治讲座');
  await view.find('input').setValue('没有这样的');
  await flushPromises();
  expect(view.text()).toContain('没有找到');
});
