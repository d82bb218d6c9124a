// The district office of the tests: a standalone with the sample district, its command line, tokens for people.
import {execFile, spawn} from 'node:child_process';
import {chmod, mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {promisify} from 'node:util';

const run = promisify(execFile);
const BIN = process.env.ZHENHUI_BIN_DIR ?? '../../../build/dev/bin';
const DASHBOARD = process.env.ZHENHUI_DASHBOARD_DIR ?? '../../../build/dev/dashboard';

/** Starts one; `close` stops it and removes its folder. */
export async function startOffice() {
  const folder = await mkdtemp(join(tmpdir(), 'zhenhui-dashboard-'));
  await chmod(folder, 0o711); // PostgreSQL, which does not run as root, passes through
  const server = spawn(
    join(BIN, 'zhenhui-standalone'),
    [
      '--data-dir', join(folder, 'data'), '--listen', '127.0.0.1:0', '--http', '127.0.0.1:0', '--dashboard', DASHBOARD,
      '--ready-file', join(folder, 'port'), '--http-ready-file', join(folder, 'http-port'), '--sign-in-file', join(folder, 'link'),
    ],
    {stdio: ['ignore', 'ignore', 'pipe']},
  );
  let log = '';
  server.stderr.on('data', (chunk) => (log += chunk));
  let ended = false;
  const end = new Promise((resolve) => server.once('close', resolve)); // also when it could not be started
  server.once('error', (error) => (log += error));
  void end.then(() => (ended = true));
  const close = async () => {
    server.kill('SIGTERM');
    await end;
    await rm(folder, {recursive: true, force: true});
  };
  try {
    const office = await furnish(folder, () => (ended ? log || 'no word' : ''), () => log);
    return {...office, close};
  } catch (error) {
    await close();
    throw error;
  }
}

async function furnish(folder, lastWords, log) {
  const wait = async (name) => {
    for (let tries = 0; tries < 600; tries++) {
      if (lastWords()) throw new Error(`the standalone ended: ${lastWords()}`);
      const text = await readFile(join(folder, name), 'utf8').catch(() => '');
      if (text.endsWith('\n')) return text.trim();
      await sleep(100);
    }
    throw new Error(`the standalone did not become ready:\n${log()}`);
  };
  const [port, httpPort, link] = [await wait('port'), await wait('http-port'), await wait('link')];
  const sample = join(folder, 'sample');
  const env = {
    ...process.env, ZHENHUI_SERVER: `127.0.0.1:${port}`, ZHENHUI_STATE_DIR: join(folder, 'state'),
    ZHENHUI_TOKEN_FILE: join(folder, 'data/keys/admin.token'), ZHENHUI_LANG: 'en',
  };
  /** Runs the command line; throws with its output when it fails. */
  const zhenhui = async (...args) => (await run(join(BIN, 'zhenhui'), args, {env, cwd: sample, maxBuffer: 1 << 26})).stdout;
  /** A person's token. */
  const token = async (role, scope, subject) =>
    (await zhenhui('token', 'mint', '--key', join(folder, 'data/keys/signing-key.pem'), '--role', role, '--scope', scope, '--subject', subject)).trim();

  await mkdir(sample, {recursive: true});
  await run(join(BIN, 'zhenhui-sample'), ['--out', sample]);
  await zhenhui('import', 'townships', 'townships.csv', '--create-district', '--district-name', '湟中区');
  for (const what of ['villages', 'populations', 'roster']) await zhenhui('import', what, `${what}.csv`);
  await zhenhui('push', '--quiet', '--wait', 'activities-630106101-2024.csv', 'activities-others-2024.csv', 'activities-2023.csv');
  await zhenhui('confirm', 'confirmations.csv');
  await zhenhui('plan', 'import', 'targets.csv');
  return {
    url: `http://127.0.0.1:${httpPort}`, link, zhenhui, token,
    /** Writes a file beside the sample's, for the command line to read. */
    write: (name, text) => writeFile(join(sample, name), text),
  };
}
