// Public keys as text: name+id+base64(type || key) (C2SP signed-note).
import { hexOf, joined, lengthOf, unbase64, utf8 } from "./bytes.mjs";
import { isPublicKey, verifyEd25519 } from "./ed25519.mjs";
import { sha256 } from "./hash.mjs";
import { Refused } from "./refused.mjs";

/** Ed25519 over the text: the log's own signature. */
export const LOG = 1;
/** Ed25519 with a time: a witness' cosignature. */
export const COSIGNATURE = 4;
/** ML-DSA-44: recognised, and not checked here. */
export const ML_DSA = 6;
const LENGTHS = new Map([[LOG, 32], [COSIGNATURE, 32], [ML_DSA, 1312]]);

/** Whether a text may be the name of a key. */
export const isKeyName = (name) => name !== "" && lengthOf(name) <= 255 && !/[\p{White_Space}\p{Cc}+]/u.test(name);

/** Reads a key. Its id must be the one that name and bytes give. */
export async function parseKey(text) {
  if (text.startsWith("PRIVATE+KEY+")) throw new Refused("SCR-CLI-006", "private-key");
  const wrong = (reason) => new Refused("SCR-CLI-006", reason, { key: text.slice(0, 80) });
  const found = /^([^+]*)\+([^+]*)\+(.*)$/su.exec(text);
  if (!found) throw wrong("key-form");
  const [, name, id, coded] = found;
  const bytes = unbase64(coded);
  if (!bytes || bytes.length === 0) throw wrong("key-form");
  const [type, key] = [bytes[0], bytes.subarray(1)];
  if (LENGTHS.get(type) !== key.length || !isKeyName(name)) throw wrong("key-form");
  if (type !== ML_DSA && !isPublicKey(key)) throw wrong("key-form");
  const own = hexOf((await sha256(joined(utf8(name), utf8("\n"), bytes))).subarray(0, 4));
  if (own !== id) throw wrong("key-id");
  return { name, id, type, key };
}

/**
 * Checks one signature over a note's text. {time} (seconds, BigInt, or null) when it holds,
 * {unchecked: true} for ML-DSA, null when it does not hold.
 */
export async function signatureSays(key, text, signature) {
  if (key.type === LOG) return (await verifyEd25519(key.key, signature, utf8(text))) ? { time: null } : null;
  if (key.type === ML_DSA) return { unchecked: true, time: null };
  if (signature.length !== 72) return null;
  const time = new DataView(signature.buffer, signature.byteOffset, 8).getBigUint64(0);
  if (time >= 1n << 63n) return null;
  const message = utf8(`cosignature/v1\ntime ${time}\n${text}`);
  return (await verifyEd25519(key.key, signature.subarray(8), message)) ? { time } : null;
}

/** Whether two keys have the same bytes, whatever their names. */
export const sameKey = (one, other) => hexOf(one.key) === hexOf(other.key);
