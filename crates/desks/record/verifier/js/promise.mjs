// A promise of the log: what it will include where, signed at once; and whether a proof keeps it.
import { decimal, hashFrom, sameBytes } from "./bytes.mjs";
import { leafHash } from "./hash.mjs";
import { NoteFault, openNote, parseNote } from "./note.mjs";
import { Refused } from "./refused.mjs";
import { logKeys } from "./trust.mjs";

/** Checks a promise's signature and, when the entry is given, that it is about that entry. */
export async function verifyPromise(text, entry, trust) {
  if (!trust) throw new Refused("SCR-VERIFY-001");
  const keys = logKeys(trust);
  const promise = await openPromise(text, keys);
  // A second log's key must not speak for the first: open again with the named log's keys only.
  const own = keys.filter((key) => key.name === promise.origin);
  if (own.length === 0) throw new Refused("SCR-VERIFY-022", "", { origin: promise.origin });
  await openPromise(text, own);
  if (entry && !sameBytes(await leafHash(entry), promise.leaf)) throw new Refused("SCR-VERIFY-021");
  return promise;
}

async function openPromise(text, keys) {
  let note;
  try {
    note = parseNote(text);
    await openNote(note, keys);
  } catch (fault) {
    if (!(fault instanceof NoteFault)) throw fault;
    throw new Refused("SCR-VERIFY-020", fault.reason, fault.given);
  }
  const promise = parsePromise(note.text);
  if (!promise) throw new Refused("SCR-VERIFY-020", "promise-form");
  return promise;
}

function parsePromise(text) {
  const found = /^scrutineer\/promise\/v1\norigin ([^\n]+)\nindex ([^\n]*)\nleaf ([^\n]*)\nat ([^\n]*)\n$/u.exec(text);
  if (!found) return null;
  const promise = { origin: found[1], index: decimal(found[2]), leaf: hashFrom(found[3]), at: found[4] };
  return promise.index !== null && promise.leaf !== null && promise.at.length === 20 ? promise : null;
}

/** "kept", "broken" (evidence against the operator), or null when they are about different things. */
export function comparePromise(promise, proof) {
  if (promise.origin !== proof.origin || promise.index !== proof.index) return null;
  return sameBytes(promise.leaf, proof.leaf) ? "kept" : "broken";
}
