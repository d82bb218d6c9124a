import {mount} from '@vue/test-utils';
import {expect, it} from 'vitest';
import {i18n} from '@/app/i18n';
import DataTable from '@/components/DataTable.vue';

interface Row {name: string; value: number | null}
const ROWS: Row[] = [{name: '乙', value: 2}, {name: '甲', value: null}, {name: '丙', value: 10}, {name: '丁', value: 2}];

function table() {
  return mount(DataTable<Row>, {
    props: {
      rows: ROWS, rowKey: (row: Row) => row.name, caption: '表',
      columns: [
        {key: 'name', label: '名', rowHead: true, sort: (row: Row) => row.name, text: (row: Row) => row.name},
        {key: 'value', label: '数', number: true, sort: (row: Row) => row.value, text: (row: Row) => String(row.value ?? '—')},
      ],
    },
    global: {plugins: [i18n]},
  });
}
const names = (wrapper: ReturnType<typeof table>) => wrapper.findAll('tbody th').map((cell) => cell.text()).join('');

it('sorts numbers downwards first, then upwards, then as given; rows without a value stay last', async () => {
  const wrapper = table();
  const head = () => wrapper.findAll('thead th')[1]!;
  expect(names(wrapper)).toBe('乙甲丙丁');
  await head().find('button').trigger('click');
  expect(names(wrapper)).toBe('丙乙丁甲');
  expect(head().attributes('aria-sort')).toBe('descending');
  await head().find('button').trigger('click');
  expect(names(wrapper)).toBe('乙丁丙甲');
  expect(head().attributes('aria-sort')).toBe('ascending');
  await head().find('button').trigger('click');
  expect(names(wrapper)).toBe('乙甲丙丁');
  expect(head().attributes('aria-sort')).toBe('none');
});

it('says when it is empty', async () => {
  const wrapper = table();
  await wrapper.setProps({rows: []});
  expect(wrapper.find('tbody').text()).toBe('这里还没有内容。');
});
