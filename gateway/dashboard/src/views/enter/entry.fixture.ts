// What the entry views ask of the API before anything is typed: shared by their tests.
import type {ListKindsResponseJson} from '@/api/types';
import type {Sent} from '@/testing/mount';

export const KINDS: ListKindsResponseJson = {
  kinds: [
    {code: 'law_lecture', displayNameZh: '法治讲座', section: 'B', descriptionZh: '律师主讲的讲座。', measures: [{code: 'occurrences', displayNameZh: '次数', unitZh: '场次'}, {code: 'attendances', displayNameZh: '参加人次', unitZh: '人次'}]},
    {code: 'penalty_simple', displayNameZh: '行政处罚', section: 'F', measures: [{code: 'occurrences', displayNameZh: '次数', unitZh: '次'}, {code: 'cases', displayNameZh: '处罚案件数', unitZh: '件', required: true}, {code: 'fen', displayNameZh: '金额（分）', unitZh: '分', required: true}]},
  ],
  audiences: [{code: 'students', displayNameZh: '学生'}, {code: 'women', displayNameZh: '妇女'}],
  channels: [{code: 'lecture', displayNameZh: '讲座'}],
};

const TOWN = 'townships/630106101';

/** Handlers for fakeApi. */
export const ENTRY_API: Record<string, (sent: Sent) => unknown> = {
  'GET /v1/kinds': () => KINDS,
  [`GET /v1/${TOWN}/villages`]: () => ({villages: [{name: `${TOWN}/villages/630106101201`, displayNameZh: '甲村'}]}),
  [`GET /v1/${TOWN}/rosterEntries`]: () => ({rosterEntries: [{name: `${TOWN}/rosterEntries/c1`, role: 'ROSTER_ROLE_LEGAL_COUNSEL', displayName: '某律师', validFrom: '2024-01-01'}]}),
  [`GET /v1/${TOWN}/monthConfirmations`]: () => ({monthConfirmations: [{month: '2024-03'}]}),
};

/** A lecture as the server gives it. */
export const LECTURE = {
  name: `${TOWN}/activities/a1`, kind: 'law_lecture', date: '2024-03-05', title: '民法典讲座', audiences: ['students'],
  measures: {occurrences: '1', attendances: '40'}, etag: '7', state: 'ACTIVITY_STATE_ACTIVE', revision: '7', updatedBy: '某人', updateTime: '2024-03-06T01:02:03Z',
} as const;
