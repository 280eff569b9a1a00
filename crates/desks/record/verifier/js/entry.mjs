// What a reader sees of an entry, read from its bytes alone.
import { hashFrom, textOf } from "./bytes.mjs";
import { parseCanonical } from "./json.mjs";

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/** Whether a text is a time as entries state it. */
export const isTime = (text) => typeof text === "string" && text.length === 20 && TIME.test(text);

/** {kind, id, issuer, at, public, counters, commitments} of one of scrutineer's entries; null for other bytes. */
export function parseEntry(bytes) {
  const text = textOf(bytes);
  let members;
  try {
    members = parseCanonical(text ?? "");
  } catch {
    return null;
  }
  if (!isObject(members) || members.v !== 1 || !isTime(members.at) || !isObject(members.pub)) return null;
  if (![members.t, members.id, members.iss].every((field) => typeof field === "string")) return null;
  const counters = countersOf(members);
  if (!counters) return null;
  const { t: kind, id, iss: issuer, at } = members;
  return { kind, id, issuer, at, public: members.pub, counters, commitments: commitmentsOf(members) };
}

/** `seq` names each subject of `sub` once, and no other. */
function countersOf({ sub, seq }) {
  if (!Array.isArray(sub) || !isObject(seq) || new Set(sub).size !== sub.length) return null;
  const isNumber = (subject) => typeof subject === "string" && Number.isInteger(seq[subject]) && seq[subject] >= 0;
  return sub.every(isNumber) && Object.keys(seq).length === sub.length ? seq : null;
}

/** [{name, hash}] of the private fields that are committed to as a whole. */
function commitmentsOf({ com }) {
  if (!Array.isArray(com)) return [];
  return com
    .filter((one) => isObject(one) && one.k === "blob" && typeof one.n === "string" && typeof one.h === "string")
    .map((one) => ({ name: one.n, hash: hashFrom(one.h) }))
    .filter((one) => one.hash !== null);
}

/** Every value of an object with the path to it: [["votes c1", 12], …]. */
export function flattened(value, path = "") {
  if (!isObject(value) && !Array.isArray(value)) return [[path, value]];
  return Object.keys(value).flatMap((key) => {
    const step = Array.isArray(value) ? String(Number(key) + 1) : key;
    return flattened(value[key], path === "" ? step : `${path} ${step}`);
  });
}
