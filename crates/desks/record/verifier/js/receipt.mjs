// What receipts that come as JSON have in common: their fields are exactly these, their hashes are hashes.
import { hashFrom, utf8 } from "./bytes.mjs";
import { parseJson } from "./json.mjs";
import { Refused } from "./refused.mjs";

export const isCount = (value) => Number.isInteger(value) && value >= 0;
export const isHashText = (value) => typeof value === "string" && hashFrom(value) !== null;
export const isPath = (value) => Array.isArray(value) && value.every(isHashText);
/** Exactly these fields, named in alphabetical order. */
export const hasFields = (value, fields) =>
  value !== null && typeof value === "object" && !Array.isArray(value) && Object.keys(value).sort().join() === fields;

/** The receipt in a text, when it has the right form; refused with `code`. */
export function readReceipt(text, code, limit, isRight) {
  if (utf8(text).length > limit) throw new Refused(code, "too-long");
  let receipt;
  try {
    receipt = parseJson(text);
  } catch {
    throw new Refused(code, "json");
  }
  if (!isRight(receipt)) throw new Refused(code, "receipt-form");
  return receipt;
}
