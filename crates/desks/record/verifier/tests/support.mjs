// What the tests share: published files, keys of our own, and a log of a few entries signed by node's crypto.
import { createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { base64Of, joined, utf8 } from "../js/bytes.mjs";
import { leafHash, nodeHash } from "../js/hash.mjs";

const DATA = process.env.SCRUTINEER_DATA ?? join(import.meta.dirname, "../../../../../../shared/data");

/** A published file or folder; null, with a line where CI looks for it, when it is not here. */
export function data(path) {
  const found = join(DATA, "record", path);
  if (existsSync(found)) return found;
  console.error(`verifier: ${found} is missing`);
  if (process.env.SCRUTINEER_SKIPS) appendFileSync(process.env.SCRUTINEER_SKIPS, `verifier: ${found} is missing\n`);
  return null;
}

export const read = (...path) => readFileSync(join(...path), "utf8");
export const bytesAt = (...path) => new Uint8Array(readFileSync(join(...path)));
export const fromHex = (text) => new Uint8Array(Buffer.from(text, "hex"));

export const ORIGIN = "log.test.example/2026";
export const LOG_TYPE = 1;
export const WITNESS_TYPE = 4;
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** A key of our own: its text, and `line(text, time)`, a signature line by it. */
export function signer(name, type, seed) {
  const secret = createPrivateKey({
    key: Buffer.concat([PKCS8, Buffer.alloc(32, seed)]),
    format: "der",
    type: "pkcs8",
  });
  const key = createPublicKey(secret).export({ format: "der", type: "spki" }).subarray(-32);
  const bytes = joined([type], key);
  const id = createHash("sha256").update(joined(utf8(`${name}\n`), bytes)).digest().subarray(0, 4);
  const line = (text, time = 1_790_000_000n) => {
    const stamp = Buffer.alloc(8);
    stamp.writeBigUInt64BE(time);
    const made =
      type === LOG_TYPE
        ? sign(null, Buffer.from(text), secret)
        : Buffer.concat([stamp, sign(null, Buffer.from(`cosignature/v1\ntime ${time}\n${text}`), secret)]);
    return `\u2014 ${name} ${base64Of(joined(id, made))}\n`;
  };
  return { name, text: `${name}+${id.toString("hex")}+${base64Of(bytes)}`, line };
}

export const log = signer(ORIGIN, LOG_TYPE, 1);
export const witnesses = ["party-a", "party-b", "observers"].map((name, at) =>
  signer(`witness.${name}.example`, WITNESS_TYPE, 11 + at),
);

/** A note over a text by these keys. */
export const note = (text, ...keys) => `${text}\n${keys.map((key) => key.line(text)).join("")}`;

/** Root and paths of a tree, by recursion as RFC 6962 section 2.1 states it. */
export async function tree(entries) {
  const leaves = await Promise.all(entries.map(leafHash));
  const root = async (from, to) => {
    if (to - from === 1) return leaves[from];
    const middle = from + split(to - from);
    return nodeHash(await root(from, middle), await root(middle, to));
  };
  const path = async (index, from = 0, to = leaves.length) => {
    if (to - from === 1) return [];
    const middle = from + split(to - from);
    return index < middle
      ? [...(await path(index, from, middle)), await root(middle, to)]
      : [...(await path(index, middle, to)), await root(from, middle)];
  };
  return { root: await root(0, leaves.length), path };
}

const split = (width) => 2 ** Math.ceil(Math.log2(width) - 1);

/** A proof of one entry under a checkpoint that these keys have signed. */
export async function proof(entries, index, ...keys) {
  const { root, path } = await tree(entries);
  const body = `${ORIGIN}\n${entries.length}\n${base64Of(root)}\n`;
  const hashes = (await path(index)).map((hash) => `${base64Of(hash)}\n`).join("");
  const extra = `extra ${base64Of(entries[index])}\n`;
  return `c2sp.org/tlog-proof@v1\n${extra}index ${index}\n${hashes}\n${note(body, ...keys)}`;
}

export const numbered = (count) => Array.from({ length: count }, (_, at) => utf8(`entry-${at}`));

/** An entry of scrutineer's with these public fields. */
export const entry = (pub, com = []) =>
  utf8(JSON.stringify({
    at: "2026-11-24T10:00:00Z", com, id: "x", iss: "org", pub, ref: [], seq: {}, sig: [], sub: [],
    t: "results.table.imported/1", v: 1,
  }));

/** The code of a refusal. */
export async function codeOf(promise) {
  try {
    await promise;
    return "accepted";
  } catch (refused) {
    if (!refused.code) throw refused;
    return refused.code;
  }
}
