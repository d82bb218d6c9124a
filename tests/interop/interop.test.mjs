// Zhenhui as a client sees it that shares no code with it: @grpc/grpc-js, the protos, and server reflection.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import { call, details, exchange, load, loadDescriptors } from './client.mjs';
import { startStandalone } from './standalone.mjs';

const standardProtos = path.join(path.dirname(fileURLToPath(import.meta.url)), 'protos');
const TOWN = 'townships/630106101';
const OTHER_TOWN = 'townships/630106102';
const SERVICES = [
  'zhenhui.townships.v1.TownshipService',
  'zhenhui.activities.v1.ActivityService',
  'zhenhui.reporting.v1.RollupService',
];
const YEAR = { start_date: '2024-01-01', end_date: '2024-12-31' };

let standalone;
let token;
let townships;
let activities;
let rollups;

function stubOf(service) {
  return new service(standalone.address, grpc.credentials.createInsecure());
}

function lecture(id, date, measures = {}) {
  return { name: id, kind: 'law_lecture', date, title: '法治讲座', measures, audiences: ['villagers'] };
}

before(async () => {
  standalone = await startStandalone();
  token = standalone.adminToken;
  const { zhenhui } = load([
    'zhenhui/townships/v1/township_service.proto',
    'zhenhui/activities/v1/activity_service.proto',
    'zhenhui/reporting/v1/rollup_service.proto',
  ]);
  townships = stubOf(zhenhui.townships.v1.TownshipService);
  activities = stubOf(zhenhui.activities.v1.ActivityService);
  rollups = stubOf(zhenhui.reporting.v1.RollupService);
  await call(townships, 'CreateDistrict', { district: { name: 'districts/630106', displayNameZh: '示例区' } }, token);
  const imported = await call(
    townships,
    'ImportTownships',
    {
      parent: 'districts/630106',
      townships: [
        { name: TOWN, displayNameZh: '上新庄镇', type: 'TOWNSHIP_TYPE_TOWN' },
        { name: OTHER_TOWN, displayNameZh: '鲁沙尔镇', type: 'TOWNSHIP_TYPE_TOWN' },
      ],
    },
    token,
  );
  assert.deepEqual(imported.results.map((result) => result.outcome), ['OUTCOME_CREATED', 'OUTCOME_CREATED']);
});

after(async () => {
  for (const stub of [townships, activities, rollups]) stub?.close();
  await standalone?.stop();
});

test('a stream of batches is acknowledged in order, and a repetition changes nothing', async () => {
  const batches = [1, 2, 3].map((n) => ({
    parent: TOWN,
    batchId: n,
    activities: [lecture(`stream-${n}-a`, '2024-03-05'), lecture(`stream-${n}-b`, '2024-04-06', { attendances: 30 })],
  }));
  const first = await exchange(activities, 'PushActivities', batches, token);
  assert.deepEqual(first.map((answer) => answer.batchId), [1, 2, 3]);
  assert.deepEqual(first.flatMap((answer) => answer.results.map((r) => r.outcome)), Array(6).fill('OUTCOME_CREATED'));
  assert.deepEqual(first.flatMap((answer) => answer.results.map((r) => r.revision)), [1, 2, 3, 4, 5, 6]);
  const again = await exchange(activities, 'PushActivities', batches, token);
  assert.deepEqual(again.flatMap((answer) => answer.results.map((r) => r.outcome)), Array(6).fill('OUTCOME_UNCHANGED'));
  assert.deepEqual(again.flatMap((answer) => answer.results.map((r) => r.revision)), [1, 2, 3, 4, 5, 6]);
});

test('a comparison includes a push whose token it carries', async () => {
  const pushed = await call(
    activities,
    'BatchPushActivities',
    { parent: OTHER_TOWN, activities: [lecture('unary-1', '2024-05-01', { occurrences: 4 })] },
    token,
  );
  assert.equal(pushed.results[0].outcome, 'OUTCOME_CREATED');
  assert.deepEqual(pushed.position, { feed: 'FEED_ACTIVITIES', township: OTHER_TOWN, revision: 1 });
  const { comparisons, revisions } = await call(
    rollups,
    'CompareTownships',
    {
      scope: { townships: [TOWN, OTHER_TOWN] },
      metrics: ['metrics/law_lectures'],
      startDate: YEAR.start_date,
      endDate: YEAR.end_date,
      atLeastAsFresh: [pushed.position, { feed: 'FEED_ACTIVITIES', township: TOWN, revision: 6 }],
    },
    token,
  );
  assert.deepEqual(
    comparisons[0].townships.map((town) => [town.township, town.displayNameZh, town.figure.value]),
    [
      [TOWN, '上新庄镇', 6],
      [OTHER_TOWN, '鲁沙尔镇', 4],
    ],
  );
  assert.equal(comparisons[0].total.value, 10);
  assert.ok(revisions.some((r) => r.township === OTHER_TOWN && r.feed === 'FEED_ACTIVITIES' && r.revision === 1));
});

test('a refused record says every field and reason', async () => {
  const { results } = await call(
    activities,
    'BatchPushActivities',
    { parent: TOWN, activities: [lecture('bad', '2024-02-30', { attendances: -1 }), lecture('good', '2024-02-28')] },
    token,
  );
  assert.deepEqual(results.map((result) => result.outcome), ['OUTCOME_REFUSED', 'OUTCOME_CREATED']);
  assert.deepEqual(results[0].violations.map((v) => v.field).sort(), ['date', 'measures.attendances']);
  for (const violation of results[0].violations) assert.match(violation.reason, /^[A-Z_]+$/);
});

test('an error carries google.rpc.Status with a stable reason', async () => {
  const error = await call(activities, 'GetActivity', { name: `${TOWN}/activities/nobody` }, token).then(
    () => assert.fail('found'),
    (reason) => reason,
  );
  assert.equal(error.code, grpc.status.NOT_FOUND);
  const { status, byType } = details(error);
  assert.equal(status.code, grpc.status.NOT_FOUND);
  assert.equal(status.message, error.details);
  assert.equal(byType['google.rpc.ErrorInfo'].reason, 'ACTIVITY_NOT_FOUND');
  assert.equal(byType['google.rpc.ErrorInfo'].domain, 'zhenhui');
});

test('a malformed request names its fields in BadRequest', async () => {
  const query = { scope: { townships: [TOWN] }, metrics: ['metrics/law_lectures'], startDate: 'soon', endDate: '2024-12-31' };
  const error = await call(rollups, 'CompareTownships', query, token).then(
    () => assert.fail('answered'),
    (reason) => reason,
  );
  assert.equal(error.code, grpc.status.INVALID_ARGUMENT);
  const fields = details(error).byType['google.rpc.BadRequest'].fieldViolations.map((violation) => violation.field);
  assert.deepEqual(fields, ['start_date']);
});

test('a call without a token, and one with a broken token, are refused', async () => {
  for (const wrong of [undefined, `${token.slice(0, -3)}abc`]) {
    const error = await call(activities, 'ListKinds', {}, wrong).then(
      () => assert.fail('answered'),
      (reason) => reason,
    );
    assert.equal(error.code, grpc.status.UNAUTHENTICATED);
    assert.match(details(error).byType['google.rpc.ErrorInfo'].reason, /^TOKEN_/);
  }
});

test('the standard health service knows every service', async () => {
  const { grpc: standard } = load(['grpc/health/v1/health.proto'], [standardProtos]);
  const health = stubOf(standard.health.v1.Health);
  try {
    for (const service of ['', ...SERVICES]) {
      assert.equal((await call(health, 'Check', { service })).status, 'SERVING', `health of "${service}"`);
    }
    await assert.rejects(call(health, 'Check', { service: 'no.such.Service' }), { code: grpc.status.NOT_FOUND });
  } finally {
    health.close();
  }
});

test('server reflection is enough to explore and to query', async () => {
  const { grpc: standard } = load(['grpc/reflection/v1alpha/reflection.proto'], [standardProtos]);
  const reflection = stubOf(standard.reflection.v1alpha.ServerReflection);
  const ask = async (request) => (await exchange(reflection, 'ServerReflectionInfo', [request]))[0];
  try {
    const listed = (await ask({ listServices: '' })).listServicesResponse.service.map((service) => service.name);
    for (const service of SERVICES) assert.ok(listed.includes(service), `${service} is not in ${listed}`);
    const symbol = 'zhenhui.reporting.v1.RollupService';
    const answer = await ask({ fileContainingSymbol: symbol });
    const explored = loadDescriptors(answer.fileDescriptorResponse.fileDescriptorProto);
    const stub = stubOf(explored.zhenhui.reporting.v1.RollupService);
    try {
      const { metrics } = await call(stub, 'ListMetrics', { tier: 'core' }, token);
      assert.ok(metrics.some((metric) => metric.name === 'metrics/law_lectures'));
      assert.ok(metrics.length >= 30, `only ${metrics.length} core metrics`);
    } finally {
      stub.close();
    }
  } finally {
    reflection.close();
  }
});
