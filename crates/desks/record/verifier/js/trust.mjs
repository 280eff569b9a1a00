// Whom the person trusts, and a checkpoint under that trust. Never taken from the server that is checked.
import { COSIGNATURE, LOG, parseKey, sameKey } from "./keys.mjs";
import { NoteFault, openNote, parseCheckpoint, parseNote } from "./note.mjs";
import { isMet, looksLikePolicy, parsePolicy } from "./policy.mjs";
import { Refused } from "./refused.mjs";

const CARD = /^\s*# scrutineer\/alert-card\/1\r?\n# election ([A-Za-z0-9._-]{1,64})\r?\n/;

/**
 * Reads what the person typed: a policy, or keys one on each line. {policy} or {keys}, of a card with its election; null for
 * nothing.
 */
export async function parseTrust(text) {
  if (text.trim() === "") return null;
  if (looksLikePolicy(text)) {
    const policy = await parsePolicy(text);
    // A card says which election it is for.
    const election = CARD.exec(text)?.[1];
    return election ? { policy, election } : { policy };
  }
  const keys = [];
  for (const line of text.split("\n").map((one) => one.trim())) {
    if (line !== "") keys.push(await parseKey(line));
  }
  return { keys };
}

/** The keys that may sign as the log. */
export const logKeys = (trust) => trust.policy?.logs ?? trust.keys;

/**
 * Checks a signed checkpoint: {origin, size, root, log: [key], witnesses: [{name, time}], of, unchecked}.
 * `of` is how many witnesses the person's policy names.
 */
export async function checkCheckpoint(text, trust) {
  if (!trust) throw new Refused("SCR-VERIFY-001");
  return trust.policy ? withPolicy(text, trust.policy) : withKeys(text, trust.keys);
}

async function opened(text, keys, code, unsignedReason) {
  try {
    const note = parseNote(text);
    return { note, ...(await openNote(note, keys)) };
  } catch (fault) {
    if (!(fault instanceof NoteFault)) throw fault;
    const reason = fault.reason === "unsigned" ? unsignedReason : fault.reason;
    throw new Refused(code, reason, fault.given);
  }
}

async function withPolicy(text, policy) {
  const keys = [...policy.logs, ...policy.witnesses.map((witness) => witness.key)];
  const { note, verified, unchecked } = await opened(text, keys, "SCR-VERIFY-003", "not-the-log");
  const checkpoint = parseCheckpoint(note.text);
  if (!checkpoint) throw new Refused("SCR-VERIFY-003", "not-a-checkpoint");
  const log = policy.logs.filter(
    (key) => key.name === checkpoint.origin && verified.some((seen) => seen.key === key),
  );
  if (log.length === 0) throw new Refused("SCR-VERIFY-003", "not-the-log");
  const witnesses = policy.witnesses.flatMap(({ name, key }) =>
    verified.filter((seen) => seen.key === key).map((seen) => ({ name, time: seen.time })),
  );
  const names = witnesses.map((witness) => witness.name);
  if (policy.quorum !== null && !isMet(policy, policy.quorum, names)) {
    const given = { found: names.length, of: policy.witnesses.length };
    throw new Refused("SCR-VERIFY-003", unchecked.length > 0 ? "quorum-unchecked" : "quorum", given);
  }
  return { ...checkpoint, log, witnesses, of: policy.witnesses.length, unchecked: unchecked.length };
}

/** A type 0x01 key is a log's, 0x04 a witness'. A log's name need not be the origin: Go's has two names. */
async function withKeys(text, keys) {
  const { note, verified, unchecked } = await opened(text, keys, "SCR-VERIFY-004", "unsigned");
  const checkpoint = parseCheckpoint(note.text);
  if (!checkpoint) throw new Refused("SCR-VERIFY-005");
  const log = verified.filter((seen) => seen.key.type === LOG).map((seen) => seen.key);
  if (log.length === 0) throw new Refused("SCR-VERIFY-006");
  const witnesses = [];
  const counted = [];
  for (const { key, time } of verified.filter((seen) => seen.key.type === COSIGNATURE)) {
    // One key under two names, or one name with two keys, is one witness.
    if (counted.some((known) => known.name === key.name || sameKey(known, key))) continue;
    counted.push(key);
    witnesses.push({ name: key.name, time });
  }
  const of = new Set(keys.filter((key) => key.type === COSIGNATURE).map((key) => key.name)).size;
  return { ...checkpoint, log, witnesses, of, unchecked: unchecked.length };
}

/** Whether the log has put an ML-DSA-44 signature under a checkpoint that this page does not check. */
export const hasPostQuantum = (text, origin) =>
  parseNote(text).signatures.some((line) => line.name === origin && line.signature.length === 2428);

