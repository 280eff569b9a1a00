// The receipt of a published number: its row, the path to the root that an entry states, the entry's proof.
import { hashFrom, utf8 } from "./bytes.mjs";
import { inclusionError, leafHash } from "./hash.mjs";
import { parseCanonical } from "./json.mjs";
import { verifyProof } from "./proof.mjs";
import { hasFields, isCount, isPath, readReceipt } from "./receipt.mjs";
import { Refused } from "./refused.mjs";

const TYPE = "scrutineer/number-receipt/1";
const FIELDS = "path,proof,row,row_index,type";
const MAX_BYTES = 2 << 20;

/** Checks a number's receipt: {row, rowIndex, rows, event}. */
export async function verifyNumber(text, trust) {
  const receipt = readReceipt(text, "SCR-VERIFY-030", MAX_BYTES, isNumberReceipt);
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

const isNumberReceipt = (receipt) =>
  hasFields(receipt, FIELDS) && receipt.type === TYPE && typeof receipt.row === "string" &&
  typeof receipt.proof === "string" && isCount(receipt.row_index) && isPath(receipt.path);
