// An alert: genuine or not, and what holds now. The rules are those of crates/domain/alerts/src/verify.rs.
import { parseAlert, readAlert, utcSeconds, utcText } from "./alertform.mjs";
import { base64Of, joined, unbase64 } from "./bytes.mjs";
import { parseEntry } from "./entry.mjs";
import { leafHash } from "./hash.mjs";
import { COSIGNATURE, LOG } from "./keys.mjs";
import { verifyPromise } from "./promise.mjs";
import { verifyProof } from "./proof.mjs";
import { Refused } from "./refused.mjs";
import { logKeys } from "./trust.mjs";

const ISSUED = "alerts.alert.issued/1";
const AHEAD = 300;
const DAY = 86400;

const idBytes = (id) => Uint8Array.from(id.match(/../g), (pair) => parseInt(pair, 16));
const noteLine = (key, signature) => `\u2014 ${key.name} ${base64Of(joined(idBytes(key.id), signature))}\n`;

function logKey(trust, id) {
  const key = logKeys(trust).find((one) => one.id === id && one.type === LOG);
  if (!key) throw new Refused("SCR-ALR-013", "alert-log", { key: id });
  return key;
}

/** What the check of a proof or promise refuses, under the code of alerts. */
async function underCode(code, check) {
  try {
    return await check;
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    throw new Refused(code, refused.reason, refused.given);
  }
}

/** The proof of a bundle, put together again, and checked as any other. */
async function included(bundle, trust) {
  const log = logKey(trust, bundle.log);
  const keys = trust.policy ? trust.policy.witnesses.map((witness) => witness.key) : trust.keys;
  const text = `${log.name}\n${bundle.size}\n${base64Of(bundle.root)}\n`;
  let lines = noteLine(log, bundle.signature);
  for (const { id, time, signature } of bundle.cosignatures) {
    const key = keys.find((one) => one.id === id && one.type === COSIGNATURE);
    const stamp = new Uint8Array(8);
    new DataView(stamp.buffer).setBigUint64(0, BigInt(time));
    if (key) lines += noteLine(key, joined(stamp, signature));
  }
  const path = bundle.path.map((hash) => `${base64Of(hash)}\n`).join("");
  const file = `c2sp.org/tlog-proof@v1\nindex ${bundle.index}\n${path}\n${text}\n${lines}`;
  const report = await underCode("SCR-ALR-014", verifyProof(file, bundle.entry, trust));
  const times = report.witnesses.map((one) => one.time).filter((time) => time > 0n).map(Number).sort((one, other) => one - other);
  // The lower median: one false clock moves nothing.
  return { ...report, seen: times[Math.max(0, Math.floor((times.length - 1) / 2))] ?? null, isProven: true };
}

async function promised(short, trust) {
  const log = logKey(trust, short.log);
  const leaf = await leafHash(short.entry);
  const text = `scrutineer/promise/v1\norigin ${log.name}\nindex ${short.index}\nleaf ${base64Of(leaf)}\nat ${utcText(short.at) ?? "-"}\n`;
  const note = `${text}\n${noteLine(log, short.signature)}`;
  const report = await underCode("SCR-ALR-015", verifyPromise(note, short.entry, trust));
  return { ...report, bytes: short.entry, entry: parseEntry(short.entry), witnesses: [], log: [log], seen: null, isProven: false };
}

/** Checks an alert under the person's trust: {alert, index, origin, leaf, recorded, newest, isProven, …}. */
export async function verifyAlert(bytes, trust) {
  const read = await readAlert(bytes);
  if (!trust) throw new Refused("SCR-ALR-012");
  const { bundle, short, outside } = read;
  const report = await (bundle ? included(bundle, trust) : promised(short, trust));
  const coded = report.entry?.public.alert;
  const inside = typeof coded === "string" ? unbase64(coded) : null;
  if (report.entry?.kind !== ISSUED || !inside) throw new Refused("SCR-ALR-016");
  const alert = parseAlert(inside);
  if (outside !== null && outside !== alert.status) throw new Refused("SCR-ALR-019");
  const recorded = utcSeconds(report.entry.at);
  if (recorded === null) throw new Refused("SCR-ALR-016");
  if (recorded - alert.sent > DAY || alert.sent - recorded > AHEAD) throw new Refused("SCR-ALR-017");
  const newest = report.seen ?? recorded;
  if (recorded > newest + AHEAD) throw new Refused("SCR-ALR-020");
  const later = alert.references.find((named) => named.index >= report.index);
  if (later) throw new Refused("SCR-ALR-018", "alert-older", { index: later.index });
  const election = trust.election;
  if (election && !Object.hasOwn(report.entry.counters, `election:${election}`)) {
    throw new Refused("SCR-ALR-021", "alert-election", { election });
  }
  return { ...report, alert, recorded, newest };
}

/**
 * The one word for an alert at `now` (seconds): "exercise", "test", "cancelled", "superseded", "clock-doubtful", "not-yet",
 * "expired" or "valid-now"; `others` are genuine alerts that are known here.
 */
export function judgeAlert(found, others, now) {
  const { alert } = found;
  const known = Math.max(found.newest, ...others.map((other) => other.newest));
  const behind = now + AHEAD < known;
  const at = Math.max(now, known - AHEAD);
  if (alert.status !== "actual") return alert.status;
  const own = base64Of(found.leaf.subarray(0, 8));
  const names = (other) =>
    other.index > found.index && other.alert.status === alert.status && other.alert.sent >= alert.sent &&
    (other.isProven || !found.isProven) &&
    other.alert.references.some((named) => named.index === found.index && base64Of(idBytes(named.leaf)) === own);
  const later = others.filter(names);
  if (later.some((other) => other.alert.kind === "cancel")) return "cancelled";
  if (later.length > 0) return "superseded";
  if (at >= alert.expires) return "expired";
  if (behind) return "clock-doubtful";
  return at < alert.effective ? "not-yet" : "valid-now";
}
