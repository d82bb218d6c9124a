// SHA-256 of bytes. WebCrypto has it too, but only on https and localhost: a gateway on plain http inside an office
// network would have none, and a row's id must not depend on how the page was opened.

const CONSTANTS = new Uint32Array(64);
const START = new Uint32Array(8);
// The first 32 bits of the fractions of the roots of the first primes, as FIPS 180-4 defines them.
(function fill() {
  const fraction = (root: number) => Math.floor((root - Math.floor(root)) * 2 ** 32);
  for (let candidate = 2, count = 0; count < 64; candidate++) {
    let prime = true;
    for (let divisor = 2; divisor * divisor <= candidate && prime; divisor++) prime = candidate % divisor !== 0;
    if (!prime) continue;
    if (count < 8) START[count] = fraction(Math.sqrt(candidate));
    CONSTANTS[count++] = fraction(Math.cbrt(candidate));
  }
})();

const rotate = (word: number, by: number) => (word >>> by) | (word << (32 - by));

function padded(bytes: Uint8Array): DataView {
  const length = (((bytes.length + 8) >> 6) + 1) * 64;
  const out = new Uint8Array(length);
  out.set(bytes);
  out[bytes.length] = 0x80;
  const view = new DataView(out.buffer);
  view.setUint32(length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(length - 4, bytes.length << 3);
  return view;
}

function compress(state: Uint32Array, block: Uint32Array): void {
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let i = 0; i < 64; i++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const one = (h + s1 + ((e & f) ^ (~e & g)) + CONSTANTS[i]! + block[i]!) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] = state[i]! + word));
}

/** The digest as 64 hex digits, lower case. */
export function sha256Hex(bytes: Uint8Array): string {
  const view = padded(bytes);
  const state = Uint32Array.from(START);
  const block = new Uint32Array(64);
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 16; i++) block[i] = view.getUint32(at + i * 4);
    for (let i = 16; i < 64; i++) {
      const x = block[i - 15]!;
      const y = block[i - 2]!;
      block[i] = block[i - 16]! + (rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3)) + block[i - 7]! + (rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10));
    }
    compress(state, block);
  }
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('');
}
