// What a foreign client knows: the folder protos/, an address and a token.
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

const here = path.dirname(fileURLToPath(import.meta.url));
export const protosFolder = path.resolve(here, '../../protos');
const options = { longs: Number, enums: String, defaults: true, oneofs: true, bytes: Buffer };

export function load(files, folders = [protosFolder]) {
  return grpc.loadPackageDefinition(protoLoader.loadSync(files, { ...options, includeDirs: folders }));
}

// Types from descriptors that a server gave, without any file.
export function loadDescriptors(fileDescriptorProtos) {
  const varint = (n) => {
    const bytes = [];
    for (; n > 127; n >>>= 7) bytes.push((n & 127) | 128);
    return Buffer.from([...bytes, n]);
  };
  // A FileDescriptorSet is its files, each as field 1.
  const set = fileDescriptorProtos.flatMap((file) => [Buffer.from([0x0a]), varint(file.length), file]);
  return grpc.loadPackageDefinition(protoLoader.loadFileDescriptorSetFromBuffer(Buffer.concat(set), options));
}

export function metadata(token) {
  const headers = new grpc.Metadata();
  if (token) headers.set('authorization', `Bearer ${token}`);
  return headers;
}

// Calls a unary method; rejects with grpc-js's error.
export function call(stub, method, request, token) {
  return new Promise((resolve, reject) => {
    const deadline = { deadline: Date.now() + 20_000 };
    stub[method](request, metadata(token), deadline, (error, response) => (error ? reject(error) : resolve(response)));
  });
}

// Sends all requests over a bidirectional stream, ends it, and gives the answers.
export function exchange(stub, method, requests, token) {
  return new Promise((resolve, reject) => {
    const stream = stub[method](metadata(token), { deadline: Date.now() + 20_000 });
    const answers = [];
    stream.on('data', (answer) => answers.push(answer));
    stream.on('error', reject);
    stream.on('end', () => resolve(answers));
    for (const request of requests) stream.write(request);
    stream.end();
  });
}

const { google } = load(['google/rpc/status.proto', 'google/rpc/error_details.proto']);

// google.rpc.Status out of grpc-status-details-bin, with its details by the name of their type.
export function details(error) {
  const [bytes] = error.metadata.get('grpc-status-details-bin');
  if (bytes === undefined) return { status: null, byType: {} };
  const status = google.rpc.Status.deserialize(bytes);
  const byType = {};
  for (const any of status.details) {
    // proto-loader opens an Any by itself when it knows the type, and else gives type_url and value.
    const name = (any['@type'] ?? any.type_url ?? any.typeUrl).split('/').pop();
    byType[name] = any['@type'] ? any : google.rpc[name.split('.').pop()].deserialize(any.value);
  }
  return { status, byType };
}
