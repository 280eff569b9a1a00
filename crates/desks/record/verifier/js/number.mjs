// The receipt of a published number: its row, the path to the root that an entry states, the entry's proof.
import { hashFrom, utf8 } from "./bytes.mjs";
import { inclusionError, leafHash } from "./hash.mjs";
import { parseCanonical, parseJson } from "./json.mjs";
import { verifyProof } from "./proof.mjs";
import { Refused } from "./refused.mjs";

const TYPE = "scrutineer/number-receipt/1";
const FIELDS = "path,proof,row,row_index,type";
const MAX_BYTES = 2 << 20;

/** Checks a number's receipt: {row, rowIndex, rows, event}. */
export async function verifyNumber(text, trust) {
  const receipt = parseReceipt(text);
  let row;
  try {
    row = parseCanonical(receipt.row);
  } catch {
    throw new Refused("SCR-VERIFY-031");
  }
  const event = await verifyProof(receipt.proof, null, trust);
  const rows = event.entry?.public.rows;
  const root = typeof event.entry?.public.rows_root === "string" ? hashFrom(event.entry.public.rows_root) : null;
  if (!Number.isInteger(rows) || rows < 0 || !root) throw new Refused("SCR-VERIFY-032");
  const leaf = await leafHash(utf8(receipt.row));
  const path = receipt.path.map(hashFrom);
  const problem = await inclusionError(path, BigInt(receipt.row_index), BigInt(rows), leaf, root);
  if (problem) throw new Refused("SCR-VERIFY-033", `path-${problem}`, { index: receipt.row_index + 1 });
  return { row, rowIndex: receipt.row_index, rows, event };
}

function parseReceipt(text) {
  const wrong = (reason) => new Refused("SCR-VERIFY-030", reason);
  if (utf8(text).length > MAX_BYTES) throw wrong("too-long");
  let receipt;
  try {
    receipt = parseJson(text);
  } catch {
    throw wrong("json");
  }
  const isRight =
    receipt !== null && typeof receipt === "object" && Object.keys(receipt).sort().join() === FIELDS &&
    receipt.type === TYPE && typeof receipt.row === "string" && typeof receipt.proof === "string" &&
    Number.isInteger(receipt.row_index) && receipt.row_index >= 0 && Array.isArray(receipt.path) &&
    receipt.path.every((hash) => typeof hash === "string" && hashFrom(hash) !== null);
  if (!isRight) throw wrong("receipt-form");
  return receipt;
}
