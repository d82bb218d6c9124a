// Writes TypeScript declarations of every public message into src/generated, from ../../protos. Types only: nothing of
// them reaches the browser, and no message is described by hand.
import {execFileSync} from 'node:child_process';
import {mkdirSync, readdirSync, rmSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

const dashboard = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const protos = resolve(dashboard, '../../protos');
const out = join(dashboard, 'src/generated');

function protosUnder(folder) {
  return readdirSync(folder, {withFileTypes: true}).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return protosUnder(path);
    return entry.name.endsWith('.proto') ? [relative(protos, path)] : [];
  });
}

rmSync(out, {recursive: true, force: true});
mkdirSync(out, {recursive: true});
execFileSync(
  process.env.PROTOC ?? 'protoc',
  [
    `-I${protos}`,
    `--plugin=protoc-gen-es=${join(dashboard, 'node_modules/.bin/protoc-gen-es')}`,
    `--es_out=${out}`,
    '--es_opt=target=dts,json_types=true,import_extension=none',
    ...['zhenhui', 'google'].flatMap((folder) => protosUnder(join(protos, folder))),
  ],
  {stdio: 'inherit'},
);
