// C2SP tlog-proof: one entry's place in a tree that the log has signed.
import { decimal, hashFrom, lengthOf, unbase64 } from "./bytes.mjs";
import { parseEntry } from "./entry.mjs";
import { inclusionError, leafHash } from "./hash.mjs";
import { MAX_NOTE_BYTES } from "./note.mjs";
import { Refused } from "./refused.mjs";
import { checkCheckpoint, hasPostQuantum } from "./trust.mjs";

const HEADER = "c2sp.org/tlog-proof@v1";
const MAX_HASHES = 63;

/** {extra, index, path, checkpoint}; nothing is checked yet. */
export function parseProof(text) {
  const wrong = (reason) => new Refused("SCR-VERIFY-002", reason);
  if (lengthOf(text) > MAX_NOTE_BYTES) throw wrong("too-long");
  const split = text.indexOf("\n\n");
  if (split < 0) throw wrong("no-blank-line");
  const lines = text.slice(0, split).split("\n");
  if (lines.shift() !== HEADER) throw wrong("header");
  let extra = null;
  if (lines[0]?.startsWith("extra ")) {
    extra = unbase64(lines.shift().slice("extra ".length));
    if (!extra) throw wrong("base64");
  }
  const first = lines.shift();
  const index = first?.startsWith("index ") ? decimal(first.slice("index ".length)) : null;
  if (index === null) throw wrong("index");
  const path = lines.map(hashFrom);
  if (path.includes(null)) throw wrong("path");
  if (path.length > MAX_HASHES) throw wrong("many-hashes");
  return { extra, index, path, checkpoint: text.slice(split + 2) };
}

/**
 * Checks a proof. The entry is `given`, or else what the file carries; in both cases its hash must
 * lead to the root that was signed.
 */
export async function verifyProof(text, given, trust) {
  if (!trust) throw new Refused("SCR-VERIFY-001");
  const proof = parseProof(text);
  const bytes = given ?? proof.extra;
  if (!bytes) throw new Refused("SCR-VERIFY-007");
  const trusted = await checkCheckpoint(proof.checkpoint, trust);
  const leaf = await leafHash(bytes);
  const problem = await inclusionError(proof.path, proof.index, trusted.size, leaf, trusted.root);
  if (problem) throw new Refused("SCR-VERIFY-008", `path-${problem}`, { index: proof.index });
  const postQuantum = hasPostQuantum(proof.checkpoint, trusted.origin);
  return { ...trusted, index: proof.index, leaf, bytes, entry: parseEntry(bytes), postQuantum };
}
