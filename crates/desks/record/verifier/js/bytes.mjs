// Bytes and their text forms. One form each: what has two forms can be changed without its hash changing.

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** A text as UTF-8. */
export const utf8 = (text) => new TextEncoder().encode(text);

/** UTF-8 as a text; null when the bytes are not UTF-8. A byte order mark stays, and so is refused later. */
export function textOf(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** One array of bytes after the other. */
export function joined(...parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Whether two arrays hold the same bytes. */
export const sameBytes = (left, right) =>
  left.length === right.length && left.every((byte, at) => byte === right[at]);

/** Lower-case hexadecimal. */
export const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");


/** Standard base64 with padding. */
export function base64Of(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const group = (bytes[at] << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text += ALPHABET[group >> 18] + ALPHABET[(group >> 12) & 63];
    text += at + 1 < bytes.length ? ALPHABET[(group >> 6) & 63] : "=";
    text += at + 2 < bytes.length ? ALPHABET[group & 63] : "=";
  }
  return text;
}

/**
 * Reads standard base64 (RFC 4648 section 4) with its padding. Null for anything else: line breaks,
 * another alphabet, missing padding, bits that are not used but set.
 */
export function unbase64(text) {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text) || text.endsWith("\n")) return null;
  const digits = text.replace(/=+$/, "");
  const bytes = new Uint8Array(Math.floor((digits.length * 6) / 8));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const digit of digits) {
    held = ((held << 6) | ALPHABET.indexOf(digit)) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at] = (held >> bits) & 255;
      at += 1;
    }
  }
  return (held & ((1 << bits) - 1)) === 0 ? bytes : null;
}

/** A SHA-256 value in base64, as 32 bytes; null for anything else. */
export function hashFrom(text) {
  const bytes = unbase64(text);
  return bytes?.length === 32 ? bytes : null;
}

/** A decimal number up to 2^63-1 without sign and leading zero; null for anything else. */
export function decimal(text) {
  if (!/^(?:0|[1-9][0-9]{0,18})$/.test(text) || text.endsWith("\n")) return null;
  const number = BigInt(text);
  return number < 1n << 63n ? number : null;
}

/** Length of a text in UTF-8. */
export const lengthOf = (text) => utf8(text).length;
