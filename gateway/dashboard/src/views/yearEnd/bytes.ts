// Bytes of the API (base64 in JSON) and files that the page hands to the person.

/** The bytes of a base64 text; both alphabets. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0));
}

/** Base64 of bytes, in parts: String.fromCharCode takes only so many arguments. */
export function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

/** Offers bytes as a file; gives the way to release its memory, which must wait until the browser has taken it. */
export function saveBytes(bytes: BlobPart, fileName: string, type: string): () => void {
  const url = URL.createObjectURL(new Blob([bytes], {type}));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  return () => URL.revokeObjectURL(url);
}
