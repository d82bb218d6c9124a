import {describe, expect, it} from 'vitest';
import {columnOfField, headerFault, mapHeader} from '@/views/enter/sheet/header';
import {fenToYuan, isScientificNotation, normaliseDate, parseWholeNumber, splitList, toHalfWidth, yuanToFen} from '@/views/enter/sheet/normalise';
import {faultsByColumn, readRows, type SheetContext} from '@/views/enter/sheet/readSheet';
import {contentId, OrdinalIds} from '@/views/enter/sheet/rowId';
import {sha256Hex} from '@/views/enter/sheet/sha256';
import {parseTable, separatorOf} from '@/views/enter/sheet/table';
import {Terms} from '@/views/enter/sheet/terms';

const bytes = (text: string) => new TextEncoder().encode(text);

const terms = new Terms({
  kinds: [
    {code: 'law_lecture', displayNameZh: '法治讲座', displayNameEn: 'Law lecture', aliasesZh: ['法律讲座'], measures: [{code: 'occurrences', displayNameZh: '次数'}, {code: 'attendances', displayNameZh: '参加人次'}]},
    {code: 'legal_consultation', displayNameZh: '法律咨询', measures: [{code: 'consultations', displayNameZh: '解答咨询人次'}, {code: 'copies', displayNameZh: '发放资料份数'}]},
  ],
  audiences: [{code: 'villagers', displayNameZh: '村（居）民', aliasesZh: ['群众']}, {code: 'students', displayNameZh: '学生'}],
  channels: [{code: 'on_the_spot', displayNameZh: '现场'}],
});

describe('sha256Hex', () => {
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1'],
    ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
  ])('agrees with the published vectors', (text, digest) => expect(sha256Hex(bytes(text))).toBe(digest));

  it('agrees at every length around a block', async () => {
    for (let length = 50; length < 140; length++) {
      const data = bytes('镇'.repeat(length).slice(0, length));
      const other = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
      expect(sha256Hex(data)).toBe(Array.from(other, (one) => one.toString(16).padStart(2, '0')).join(''));
    }
  });
});

describe('contentId', () => {
  const lecture = {kind: 'law_lecture', date: '2024-03-05', audiences: ['students', 'women'], measures: {attendances: '40'}};
  it('is what the command line gives the same row', () => {
    expect(contentId('630106101', lecture)).toBe('c-f2693dd7e9a273fd7421bd04'); // tests/unit/clients/row_id_test.cc
  });
  it('does not see name, etag, the order of audiences or an occurrence of one', () => {
    const other = {...lecture, name: 'mine', etag: '7', audiences: ['women', 'students'], measures: {attendances: '40', occurrences: '1'}};
    expect(contentId('630106101', other)).toBe('c-f2693dd7e9a273fd7421bd04');
  });
  it.each([{title: 'x'}, {village: '630106101201'}, {note: 'x'}, {partners: ['x']}, {rosterEntries: ['x']}, {evidence: [{uri: 'x'}]}, {measures: {attendances: '41'}}])(
    'sees %j', (change) => expect(contentId('630106101', {...lecture, ...change})).not.toBe('c-f2693dd7e9a273fd7421bd04'));
  it('numbers rows with the same content', () => {
    const ids = new OrdinalIds();
    expect([ids.next('c-1'), ids.next('c-2'), ids.next('c-1'), ids.next('c-1')]).toEqual(['c-1', 'c-2', 'c-1-2', 'c-1-3']);
  });
});

describe('what people type', () => {
  it.each([
    ['2024-3-5', '2024-03-05'], ['2024/3/5', '2024-03-05'], ['2024.03.05', '2024-03-05'], ['2024年3月5日', '2024-03-05'],
    ['２０２４年３月５日', '2024-03-05'], ['20240305', '2024-03-05'], ['2024/3/5 0:00', '2024-03-05'], ['2024-02-29', '2024-02-29'],
    ['2023-02-29', null], ['3/5/2024', null], ['2024-13-01', null], ['', null], ['45352', null],
  ])('date %s is %s', (text, date) => expect(normaliseDate(text)).toBe(date));

  it.each([
    ['4160', '4160', ''], ['4,160', '4160', ''], ['４１６０', '4160', ''], ['35.00', '35', ''], ['-3', '-3', ''], ['', '', ''], ['　', '', ''],
    ['40余', '', 'NOT_A_WHOLE_NUMBER'], ['35.5', '', 'NOT_A_WHOLE_NUMBER'], ['1,23', '', 'NOT_A_WHOLE_NUMBER'],
    ['9223372036854775807', '9223372036854775807', ''], ['9223372036854775808', '', 'NUMBER_TOO_LARGE'],
  ])('number %s is %s%s', (text, value, reason) => expect(parseWholeNumber(text)).toEqual({value, reason}));

  it.each([['1234.5', '123450'], ['1,234', '123400'], ['０．０５', '5'], ['0', '0'], ['', ''], ['1.234', null], ['约5', null]])(
    '%s yuan is %s fen', (yuan, fen) => expect(yuanToFen(yuan) === null ? null : yuanToFen(yuan)!.replace(/^0+(?=\d)/, '')).toBe(fen));
  it.each([['123450', '1234.50'], ['5', '0.05'], ['0', '0.00']])('%s fen is %s yuan', (fen, yuan) => expect(fenToYuan(fen)).toBe(yuan));

  it('parts lists at Chinese and ASCII signs', () => expect(splitList('学生、群众；， 村民|')).toEqual(['学生', '群众', '村民']));
  it('brings full width down and keeps Han', () => expect(toHalfWidth('　Ａ－１：村　')).toBe('A-1:村'));
  it('knows a code that a spreadsheet ruined', () => expect(isScientificNotation('6.30106E+11')).toBe(true));
});

describe('parseTable', () => {
  it('takes a copy from Excel with a break in a cell and Windows line ends', () =>
    expect(parseTable('类型\t标题\r\n法治讲座\t"第一讲\n""民法典"""\r\n\t\r\n')).toEqual([['类型', '标题'], ['法治讲座', '第一讲\n"民法典"']]));
  it.each([['a\tb,c', '\t'], ['a,b', ','], ['a；b；c', '；'], ['a', '\t']])('finds the separator of %j', (text, separator) => expect(separatorOf(text)).toBe(separator));
});

describe('mapHeader', () => {
  const roles = (headings: string[]) => mapHeader(headings, terms).columns.map((column) => column.role);
  it('knows Chinese and English headings, notes in brackets and stars', () =>
    expect(roles(['序号', '乡镇（街道）', '日期（必填）*', '活动类型', 'KIND', '参加人次', '村（社区）', '', 'measures.copies'])).toEqual(
      ['ignored', 'township', 'date', 'kind', 'kind', 'measure', 'village', 'ignored', 'measure']));
  it.each([
    [['关于报送的通知'], 'HEADER_MISSING'], [['类型', '日期', '满意度'], 'UNKNOWN_COLUMNS'], [['类型', '日期', '活动日期'], 'REPEATED_COLUMNS'],
    [['日期', '标题'], 'COLUMN_MISSING'], [['类型', '日期', 'constructor'], 'UNKNOWN_COLUMNS'],
  ])('refuses %j as %s', (headings, reason) => expect(headerFault(mapHeader(headings, terms))?.reason).toBe(reason));
  it('finds the column of a field path', () => {
    const header = mapHeader(['类型', '日期', '受众', '人次', '名册'], terms);
    expect(['kind', 'audiences[1]', 'measures.consultations', 'roster_entries[0]', 'title', ''].map((field) => columnOfField(header, field))).toEqual([0, 2, 3, 4, -1, -1]);
  });
});

describe('readRows', () => {
  const context: SheetContext = {
    terms, township: '630106101',
    townships: [{name: 'townships/630106101', displayNameZh: '上新庄镇'}, {name: 'townships/630106102', displayNameZh: '鲁沙尔镇'}],
    villages: [{name: 'townships/630106101/villages/630106101201', displayNameZh: '上新庄村'}, {name: 'townships/630106101/villages/630106101202', displayNameZh: '旧村', validTo: '2020-12-31'}],
  };
  const read = (text: string) => {
    const [headings = [], ...rows] = parseTable(text);
    const header = mapHeader(headings, terms);
    return {header, rows: readRows(rows, header, context)};
  };
  it('turns words into codes and chooses the measure by the kind', () => {
    const {rows} = read('乡镇\t类型\t日期\t村\t受众\t人次\n上新庄镇\t法律讲座\t2024年3月5日\t上新庄村\t群众、学生\t４０\n\t法律咨询\t2024/3/6\t\t\t5');
    expect(rows[0]).toMatchObject({faults: [], activity: {kind: 'law_lecture', date: '2024-03-05', village: '630106101201', audiences: ['villagers', 'students'], measures: {attendances: '40'}}});
    expect(rows[1]!.activity.measures).toEqual({consultations: '5'});
    expect(rows[0]!.activity.name).toMatch(/^c-[0-9a-f]{24}$/);
  });
  it.each([
    ['鲁沙尔镇', '法治讲座', '2024-01-01', '', '1', 'township', 'OTHER_TOWNSHIP'],
    ['无名镇', '法治讲座', '2024-01-01', '', '1', 'township', 'UNKNOWN_TOWNSHIP'],
    ['', '跳舞', '2024-01-01', '', '1', 'kind', 'UNKNOWN_KIND'],
    ['', '', '2024-01-01', '', '1', 'kind', 'KIND_MISSING'],
    ['', '法治讲座', '1/2/2024', '', '1', 'date', 'MALFORMED_DATE'],
    ['', '法治讲座', '2024-01-01', '旧村', '1', 'village', 'UNKNOWN_VILLAGE'],
    ['', '法治讲座', '2024-01-01', '6.30106E+11', '1', 'village', 'CODE_RUINED'],
    ['', '法治讲座', '2024-01-01', '', '40余', 'measures.attendances', 'NOT_A_WHOLE_NUMBER'],
  ])('puts the fault of (%s, %s, %s, %s, %s) at %s', (town, kind, date, village, number, field, reason) => {
    const {header, rows} = read(`乡镇\t类型\t日期\t村\t人次\n${[town, kind, date, village, number].join('\t')}`);
    expect(rows[0]!.faults.map((fault) => [fault.field, fault.reason])).toEqual([[field, reason]]);
    expect(rows[0]!.activity.name).toBeUndefined();
    expect([...faultsByColumn(header, rows[0]!.faults).keys()][0]).toBeGreaterThanOrEqual(0);
  });
});
