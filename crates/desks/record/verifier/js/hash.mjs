// Hashes by the browser's own cryptography, and the tree's two uses of them (RFC 6962 section 2.1).
import { joined, sameBytes } from "./bytes.mjs";

/** Whether this browser offers hashes to this page. It does not on plain http://, except on one's own machine. */
export const canHash = () => globalThis.crypto?.subtle !== undefined;

/** SHA-256. */
export const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

/** SHA-512. */
export const sha512 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-512", bytes));

/** Hash of an entry. */
export const leafHash = (entry) => sha256(joined([0], entry));

/** Hash of two subtrees. */
export const nodeHash = (left, right) => sha256(joined([1], left, right));

/**
 * Whether `path` leads from `leaf`, entry `index` of `size`, to `root` (RFC 9162 section 2.1.3.2).
 * Numbers are BigInt. The error is a word: "range", "length", "mismatch"; null when it holds.
 */
export async function inclusionError(path, index, size, leaf, root) {
  if (index >= size) return "range";
  let inner = 0;
  for (let differing = index ^ (size - 1n); differing > 0n; differing >>= 1n) inner += 1;
  let border = 0;
  for (let rest = index >> BigInt(inner); rest > 0n; rest >>= 1n) border += Number(rest & 1n);
  if (path.length !== inner + border) return "length";
  let hash = leaf;
  for (const [level, sibling] of path.entries()) {
    const isLeft = level < inner && ((index >> BigInt(level)) & 1n) === 0n;
    hash = isLeft ? await nodeHash(hash, sibling) : await nodeHash(sibling, hash);
  }
  return sameBytes(hash, root) ? null : "mismatch";
}

/**
 * Whether the tree of `old` entries is the beginning of the tree of `size` (RFC 9162 section 2.1.4.2); the error
 * is a word as above. An empty tree says nothing about what follows, and is refused.
 */
export async function consistencyError(path, old, size, oldRoot, root) {
  if (old === 0n || old > size) return "range";
  if (old === size) return path.length > 0 ? "length" : sameBytes(oldRoot, root) ? null : "mismatch";
  const isComplete = (old & (old - 1n)) === 0n;
  const hashes = isComplete ? [oldRoot, ...path] : [...path];
  if (hashes.length === 0) return "length";
  let [first, last] = [old - 1n, size - 1n];
  while (first & 1n) [first, last] = [first >> 1n, last >> 1n];
  let [oldHash, newHash] = [hashes[0], hashes[0]];
  for (const sibling of hashes.slice(1)) {
    if (last === 0n) return "length";
    if ((first & 1n) === 1n || first === last) {
      [oldHash, newHash] = [await nodeHash(sibling, oldHash), await nodeHash(sibling, newHash)];
      while (first !== 0n && (first & 1n) === 0n) [first, last] = [first >> 1n, last >> 1n];
    } else {
      newHash = await nodeHash(newHash, sibling);
    }
    [first, last] = [first >> 1n, last >> 1n];
  }
  if (last !== 0n) return "length";
  return sameBytes(oldHash, oldRoot) && sameBytes(newHash, root) ? null : "mismatch";
}
