// One file, whatever it is: which check it needs, and what came of it.
import { textOf } from "./bytes.mjs";
import { verifyNumber } from "./number.mjs";
import { verifyPromise } from "./promise.mjs";
import { verifyProof } from "./proof.mjs";
import { Refused } from "./refused.mjs";

const MAX_FILE_BYTES = 4 << 20;

/** "promise", "number" or "proof", as `scrutineer verify` decides it. */
export function kindOf(text) {
  if (text.startsWith("scrutineer/promise/")) return "promise";
  return /^\p{White_Space}*\{/u.test(text) ? "number" : "proof";
}

/**
 * Checks a file under the person's trust. {kind, report} when it holds, {kind, refused} when not;
 * `entry` is the entry's bytes when the person has them apart.
 */
export async function examine(bytes, entry, trust) {
  const text = bytes.length > MAX_FILE_BYTES ? null : textOf(bytes);
  if (text === null) {
    const long = bytes.length > MAX_FILE_BYTES;
    return { kind: "unknown", refused: new Refused(long ? "SCR-CLI-003" : "SCR-CLI-002") };
  }
  const kind = kindOf(text);
  const checks = { promise: verifyPromise, proof: verifyProof, number: (one, _, whom) => verifyNumber(one, whom) };
  try {
    return { kind, report: await checks[kind](text, entry, trust) };
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    return { kind, refused };
  }
}
