// One file, whatever it is: which check it needs, and what came of it.
import { isAlert } from "./alertform.mjs";
import { verifyAlert } from "./alert.mjs";
import { textOf } from "./bytes.mjs";
import { HISTORY, verifyHistory } from "./history.mjs";
import { parseJson } from "./json.mjs";
import { verifyNumber } from "./number.mjs";
import { verifyPromise } from "./promise.mjs";
import { verifyProof } from "./proof.mjs";
import { Refused } from "./refused.mjs";

const MAX_FILE_BYTES = 16 << 20;

/** "promise", "history", "number" or "proof", as `scrutineer verify` decides it. */
export function kindOf(text) {
  if (text.startsWith("scrutineer/promise/")) return "promise";
  if (!/^\p{White_Space}*\{/u.test(text)) return "proof";
  return isHistory(text) ? "history" : "number";
}

function isHistory(text) {
  try {
    return parseJson(text).type === HISTORY;
  } catch {
    return false;
  }
}

/**
 * Checks a file under the person's trust. {kind, report} when it holds, {kind, refused} when not;
 * `entry` is the entry's bytes when the person has them apart.
 */
export async function examine(bytes, entry, trust) {
  if (isAlert(bytes)) return outcomeOf("alert", () => verifyAlert(bytes, trust));
  const text = bytes.length > MAX_FILE_BYTES ? null : textOf(bytes);
  if (text === null) {
    const long = bytes.length > MAX_FILE_BYTES;
    return { kind: "unknown", refused: new Refused(long ? "SCR-CLI-003" : "SCR-CLI-002") };
  }
  const kind = kindOf(text);
  const checks = {
    promise: verifyPromise, proof: verifyProof,
    number: (one, _, whom) => verifyNumber(one, whom), history: (one, _, whom) => verifyHistory(one, whom),
  };
  return outcomeOf(kind, () => checks[kind](text, entry, trust));
}

async function outcomeOf(kind, check) {
  try {
    return { kind, report: await check() };
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    return { kind, refused };
  }
}
