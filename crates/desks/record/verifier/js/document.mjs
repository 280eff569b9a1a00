// A document beside an entry: is it the one whose hash, or salted commitment, the entry states?
import { base64Of, hashFrom, hexOf, joined, sameBytes, utf8 } from "./bytes.mjs";
import { flattened } from "./entry.mjs";
import { sha256 } from "./hash.mjs";
import { Refused } from "./refused.mjs";

/** 32 bytes from 64 hexadecimal digits or base64; null for an empty text. */
export function parseSalt(text) {
  const plain = text.replace(/\s/g, "");
  if (plain === "") return null;
  const salt = /^[0-9a-f]{64}$/i.test(plain)
    ? Uint8Array.from(plain.match(/../g), (pair) => Number.parseInt(pair, 16))
    : hashFrom(plain);
  if (!salt) throw new Refused("SCR-VERIFY-051");
  return salt;
}

/** SHA-256("scrutineer/commit/v1\n" || salt || SHA-256(content)). */
export const commitment = async (salt, content) =>
  sha256(joined(utf8("scrutineer/commit/v1\n"), salt, await sha256(content)));

/**
 * Where an entry names a document: {how: "hash", field} for a hash that stands in public,
 * {how: "commitment", field} for a private field whose salt was disclosed.
 */
export async function verifyDocument(entry, content, salt) {
  if (salt) {
    const own = await commitment(salt, content);
    const found = entry?.commitments.find((one) => sameBytes(one.hash, own));
    if (found) return { how: "commitment", field: found.name };
  } else {
    const hash = await sha256(content);
    const forms = [base64Of(hash), hexOf(hash)];
    const found = flattened(entry?.public ?? {}).find(([, value]) => forms.includes(value));
    if (found) return { how: "hash", field: found[0] };
  }
  throw new Refused("SCR-VERIFY-050", salt ? "document-salt" : "document-hash");
}
