// A zhenhui-standalone of the test's own, in a folder of its own.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import os from 'node:os';
import path from 'node:path';

const PATIENCE_MS = 60_000;

export async function startStandalone() {
  const binaries = process.env.ZHENHUI_BIN_DIR;
  if (!binaries) throw new Error('set ZHENHUI_BIN_DIR to the folder of zhenhui-standalone');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'zhenhui-interop-'));
  chmodSync(folder, 0o711); // PostgreSQL runs as another user when we are root
  const ready = path.join(folder, 'ready');
  const child = spawn(
    path.join(binaries, 'zhenhui-standalone'),
    ['--data-dir', path.join(folder, 'data'), '--listen', '127.0.0.1:0', '--ready-file', ready],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let log = '';
  child.stdout.on('data', (text) => (log += text));
  child.stderr.on('data', (text) => (log += text));
  let ended = null;
  const end = new Promise((resolve) => child.on('exit', (code, signal) => resolve((ended = signal ?? code))));
  const giveUp = Date.now() + PATIENCE_MS;
  let port = 0;
  while (!port) {
    if (ended !== null || Date.now() > giveUp) {
      child.kill('SIGKILL');
      throw new Error(`the standalone did not start: ${log}`);
    }
    await sleep(20);
    if (existsSync(ready)) port = Number.parseInt(readFileSync(ready, 'utf8'), 10) || 0;
  }
  return {
    address: `127.0.0.1:${port}`,
    adminToken: readFileSync(path.join(folder, 'data/keys/admin.token'), 'utf8').trim(),
    log: () => log,
    async stop() {
      child.kill('SIGTERM');
      await end;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
