// C2SP signed-note and tlog-checkpoint: a text, a blank line, and lines of signatures.
import { decimal, hashFrom, hexOf, lengthOf, unbase64 } from "./bytes.mjs";
import { isKeyName, signatureSays } from "./keys.mjs";

/** Longest note that is read, in bytes. */
export const MAX_NOTE_BYTES = 1 << 20;
const MAX_SIGNATURES = 100;

/** What is wrong with a note, before it has the code of the file that it stands in. */
export class NoteFault extends Error {
  /** @param {"form"|"bad"|"unsigned"} kind */
  constructor(kind, reason, given = {}) {
    super(reason);
    Object.assign(this, { kind, reason, given });
  }
}

/** {text, signatures: [{name, id, signature}]}; nothing is checked yet. */
export function parseNote(source) {
  const wrong = (reason) => new NoteFault("form", reason);
  if (lengthOf(source) > MAX_NOTE_BYTES) throw wrong("too-long");
  if (/[\u0000-\u0009\u000b-\u001f]/.test(source)) throw wrong("control");
  const split = source.lastIndexOf("\n\n");
  if (split < 0) throw wrong("no-blank-line");
  const lines = source.slice(split + 2);
  if (!lines.endsWith("\n")) throw wrong("last-line");
  const signatures = lines.slice(0, -1).split("\n").map(signatureLine);
  if (signatures.length > MAX_SIGNATURES) throw wrong("many-signatures");
  return { text: source.slice(0, split + 1), signatures };
}

function signatureLine(line) {
  const found = /^\u2014 ([^ ]*) (.*)$/su.exec(line);
  const bytes = found && isKeyName(found[1]) ? unbase64(found[2]) : null;
  if (!bytes || bytes.length < 5) throw new NoteFault("form", "signature-line");
  return { name: found[1], id: hexOf(bytes.subarray(0, 4)), signature: bytes.subarray(4) };
}

/**
 * The signatures by trusted keys, each key once: [{key, time}] in `verified`, and in `unchecked` the
 * keys whose type is not checked here. One bad signature by a trusted key refuses the whole note.
 */
export async function openNote(note, trusted) {
  const verified = [];
  const unchecked = [];
  for (const line of note.signatures) {
    const key = trusted.find((one) => one.name === line.name && one.id === line.id);
    if (!key) continue;
    const said = await signatureSays(key, note.text, line.signature);
    if (!said) throw new NoteFault("bad", "signature", { name: line.name });
    const list = said.unchecked ? unchecked : verified;
    if (!list.some((seen) => seen.key === key)) list.push({ key, time: said.time });
  }
  if (verified.length === 0) throw new NoteFault("unsigned", unchecked.length > 0 ? "only-unchecked" : "unsigned");
  return { verified, unchecked };
}

/** {origin, size, root} of a checkpoint's text; null for any other text. */
export function parseCheckpoint(text) {
  if (!text.endsWith("\n")) return null;
  const [origin, size, root, ...extensions] = text.slice(0, -1).split("\n");
  const found = { origin, size: decimal(size ?? ""), root: hashFrom(root ?? "") };
  const isWhole = origin !== "" && found.size !== null && found.root !== null && !extensions.includes("");
  return isWhole ? found : null;
}
