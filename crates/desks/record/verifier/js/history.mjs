// The history of one subject, whole: every entry about it, and the index that says how many there are.
import { hashFrom, sameBytes, unbase64, utf8 } from "./bytes.mjs";
import { parseEntry } from "./entry.mjs";
import { consistencyError, inclusionError, leafHash } from "./hash.mjs";
import { parseCanonical } from "./json.mjs";
import { verifyProof } from "./proof.mjs";
import { hasFields, isCount, isHashText, isPath, readReceipt } from "./receipt.mjs";
import { Refused } from "./refused.mjs";

/** The `type` of the file. */
export const HISTORY = "scrutineer/history/1";
const INDEX_KIND = "record.index.published/1";
const MAX_HISTORY_BYTES = 16 << 20;
const MAX_HISTORY_ENTRIES = 5000;


/** Checks a history: {subject, size, entries: [{index, entry}], event}. */
export async function verifyHistory(text, trust) {
  const receipt = readReceipt(text, "SCR-VERIFY-070", MAX_HISTORY_BYTES, isHistoryReceipt);
  const event = await verifyProof(receipt.proof, null, trust);
  const index = indexOf(event);
  await checkTree(receipt, index, event);
  const rows = [];
  for (const row of receipt.rows) rows.push(await checkedRow(row, index));
  const stated = rows.find(({ row }) => row.subject === receipt.subject)?.row ?? null;
  if (stated ? rows.length !== 1 : !isAbsent(receipt.subject, rows, index.subjects)) {
    throw new Refused("SCR-VERIFY-073");
  }
  const count = stated?.count ?? 0;
  if (count !== receipt.entries.length) {
    throw new Refused("SCR-VERIFY-075", "history-count", { found: receipt.entries.length, stated: count });
  }
  const entries = [];
  for (const [at, one] of receipt.entries.entries()) {
    const last = at + 1 === count ? stated : null;
    entries.push({ index: one.index, entry: await checkedEntry(at + 1, one, receipt.subject, last, index, event) });
  }
  return { subject: receipt.subject, size: index.size, entries, event };
}

const isHistoryReceipt = (receipt) =>
  hasFields(receipt, "consistency,entries,proof,rows,subject,type") && receipt.type === HISTORY &&
  typeof receipt.subject === "string" && typeof receipt.proof === "string" && isPath(receipt.consistency) &&
  Array.isArray(receipt.rows) && receipt.rows.length <= 2 && receipt.rows.every(isRow) &&
  Array.isArray(receipt.entries) && receipt.entries.length <= MAX_HISTORY_ENTRIES && receipt.entries.every(isOne);

const isRow = (row) => hasFields(row, "path,row,row_index") && typeof row.row === "string" && isCount(row.row_index) && isPath(row.path);
const isOne = (one) => hasFields(one, "entry,index,path") && typeof one.entry === "string" && isCount(one.index) && isPath(one.path);

/** What the index states: {size, root, subjects, subjectsRoot}. */
function indexOf({ entry, index }) {
  const { size, root, subjects, subjects_root: subjectsRoot } = entry?.public ?? {};
  const isIndex = entry?.kind === INDEX_KIND && isCount(size) && isCount(subjects) && isHashText(root) && isHashText(subjectsRoot);
  // An index can only speak of what was there before it.
  if (!isIndex || BigInt(size) > index) throw new Refused("SCR-VERIFY-071");
  return { size, root: hashFrom(root), subjects, subjectsRoot: hashFrom(subjectsRoot) };
}

async function checkTree(receipt, index, event) {
  const path = receipt.consistency.map(hashFrom);
  const problem = await consistencyError(path, BigInt(index.size), event.size, index.root, event.root);
  if (problem) throw new Refused("SCR-VERIFY-072", `path-${problem}`);
}

async function checkedRow({ row, row_index: place, path }, index) {
  let read;
  try {
    read = parseCanonical(row);
  } catch {
    throw new Refused("SCR-VERIFY-073");
  }
  const isRight = hasFields(read, "count,index,last,subject") && isCount(read.count) && isCount(read.index) &&
    isHashText(read.last) && typeof read.subject === "string";
  const leaf = await leafHash(utf8(row));
  const problem = await inclusionError(path.map(hashFrom), BigInt(place), BigInt(index.subjects), leaf, index.subjectsRoot);
  if (!isRight || problem) throw new Refused("SCR-VERIFY-073", problem ? `path-${problem}` : "");
  return { place, row: read };
}

/** Rows are sorted by subject, as bytes. */
function isBefore(left, right) {
  const [one, other] = [utf8(left), utf8(right)];
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    if (one[at] !== other[at]) return one[at] < other[at];
  }
  return one.length < other.length;
}

/** The subject would stand between two rows that are neighbours, before the first or after the last. */
function isAbsent(subject, rows, subjects) {
  const [first, second] = rows;
  if (!first) return subjects === 0;
  if (second) return first.place + 1 === second.place && isBefore(first.row.subject, subject) && isBefore(subject, second.row.subject);
  if (first.place === 0 && isBefore(subject, first.row.subject)) return true;
  return first.place + 1 === subjects && isBefore(first.row.subject, subject);
}

async function checkedEntry(number, one, subject, last, index, event) {
  const wrong = (reason) => new Refused("SCR-VERIFY-074", reason, { index: one.index, number });
  const bytes = unbase64(one.entry);
  if (!bytes) throw wrong("base64");
  const leaf = await leafHash(bytes);
  const problem = await inclusionError(one.path.map(hashFrom), BigInt(one.index), event.size, leaf, event.root);
  if (problem) throw wrong("history-entry");
  const entry = parseEntry(bytes);
  if (one.index >= index.size || entry?.counters[subject] !== number) throw wrong("history-entry");
  if (last && (last.index !== one.index || !sameBytes(hashFrom(last.last), leaf))) throw wrong("history-entry");
  return entry;
}
