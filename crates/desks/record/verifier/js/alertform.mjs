// Alerts as bytes and as text (docs/reference/alert-formats.md). Nothing is checked here but the form.
import { base64Of, hexOf, joined, sameBytes, textOf, unbase64, utf8 } from "./bytes.mjs";
import { sha256 } from "./hash.mjs";
import { Refused } from "./refused.mjs";

const MAX_TEXT_BYTES = 350;
const MAX_SPREAD_BYTES = 16 << 10;
const MAX_ENTRY_BYTES = 16 << 10;
const STATUS = new Map([[0x0f, "actual"], [0x33, "exercise"], [0x55, "test"]]);
const KINDS = new Map([[0x41, "alert"], [0x55, "update"], [0x43, "cancel"]]);
const FRONT = { actual: "ALERT 1 ACTUAL", exercise: "EXERCISE EXERCISE 1 NOT AN ALERT", test: "TEST TEST 1 NOT AN ALERT" };
const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** What stands in every entry; number n is the byte 0x40 + n. */
export const PHRASES = [
  '{"at":"', '","com":[],"id":"', '","iss":"', '","pub":{"alert":"', '"},"ref":[],"seq":{"', '"},"ref":[{"', '"}],"seq":{"',
  '},"sig":[{"k":"', '","s":"', '"}],"sub":["', '"],"t":"alerts.alert.issued/1","v":1}', '","', '":', ',"', '"', "alert:",
  "alerts:", "election:", "station:", "place:", "organisation:", '","com":[{"h":"', '","k":"blob","n":"', '"}],"id":"',
  '"},{"h":"', '"log":"', '"index":', '"leaf":"', '"cap":"', '","pub":{"',
];
/** The phrases by their first byte, the longest first: every byte of an entry asks. */
const BY_FIRST = new Map();
for (const [number, phrase] of PHRASES.entries()) {
  const bytes = utf8(phrase);
  BY_FIRST.set(bytes[0], [...(BY_FIRST.get(bytes[0]) ?? []), { number, bytes }].sort((one, other) => other.bytes.length - one.bytes.length));
}

const badForm = () => new Refused("SCR-ALR-011");

class ByteReader {
  constructor(bytes) {
    Object.assign(this, { bytes, at: 0 });
  }

  take(length) {
    if (this.at + length > this.bytes.length) throw badForm();
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  number(length) {
    return this.take(length).reduce((number, byte) => number * 256 + byte, 0);
  }

  count(least, most) {
    const count = this.number(1);
    if (count < least || count > most) throw badForm();
    return count;
  }

  end() {
    if (this.at !== this.bytes.length) throw badForm();
  }
}

/** A time as entries have it; null beyond the year 9999. */
export const utcText = (seconds) => (seconds > 253402300799 ? null : new Date(seconds * 1000).toISOString().replace(".000Z", "Z"));

/** Seconds of such a time; null for any other text. */
export function utcSeconds(text) {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) || text.length !== 20) return null;
  const seconds = Date.parse(text) / 1000;
  return Number.isInteger(seconds) && utcText(seconds) === text ? seconds : null;
}

const ascii = (bytes) => String.fromCharCode(...bytes);
const bytesOfNumber = (number, length) => Uint8Array.from({ length }, (_, at) => Math.floor(number / 256 ** (length - 1 - at)) % 256);

/** The token that stands at a place: [bytes, how many it stands for]; null for a byte of a literal. */
function tokenAt(entry, at) {
  const phrase = BY_FIRST.get(entry[at])?.find(({ bytes }) => bytes.every((byte, next) => entry[at + next] === byte));
  if (phrase) return [[0x40 + phrase.number], phrase.bytes.length];
  const time = entry[at + 19] === 0x5a ? utcSeconds(ascii(entry.subarray(at, at + 20))) : null;
  if (time !== null && time >= 0) return [[0x82, ...bytesOfNumber(time, 5)], 20];
  const uuid = entry[at + 8] === 0x2d ? ascii(entry.subarray(at, at + 36)) : "";
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid)) {
    return [[0x81, ...uuid.replaceAll("-", "").match(/../g).map((pair) => parseInt(pair, 16))], 36];
  }
  const end = entry[at - 1] === 0x22 ? entry.indexOf(0x22, at) : -1;
  const plain = end - at >= 24 ? unbase64(textOf(entry.subarray(at, end)) ?? "-") : null;
  return plain ? [joined([0x80], bytesOfNumber(plain.length, 2), plain), end - at] : null;
}

function packed(entry) {
  const parts = [];
  let literal = [];
  const flush = () => {
    if (literal.length > 0) parts.push([literal.length], literal);
    literal = [];
  };
  for (let at = 0; at < entry.length;) {
    const token = tokenAt(entry, at);
    if (token) flush();
    else literal.push(entry[at]);
    if (token) parts.push(token[0]);
    else if (literal.length === 63) flush();
    at += token ? token[1] : 1;
  }
  flush();
  return joined(...parts);
}

/** The entry of its packed form; only of the one that the packer writes. */
export function unpackEntry(bytes) {
  const reader = new ByteReader(bytes);
  const parts = [];
  let length = 0;
  while (reader.at < bytes.length) {
    parts.push(unpackToken(reader));
    length += parts.at(-1).length;
    if (length > MAX_ENTRY_BYTES) throw badForm();
  }
  const entry = joined(...parts);
  if (!sameBytes(packed(entry), bytes)) throw badForm();
  return entry;
}

function unpackToken(reader) {
  const token = reader.number(1);
  if (token >= 1 && token < 0x40) return reader.take(token);
  if (token >= 0x40 && token < 0x40 + PHRASES.length) return utf8(PHRASES[token - 0x40]);
  if (token === 0x80) return utf8(base64Of(reader.take(reader.number(2))));
  if (token === 0x81) return utf8(hexOf(reader.take(16)).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"));
  const time = token === 0x82 ? utcText(reader.number(5)) : null;
  if (time === null) throw badForm();
  return utf8(time);
}

/** What an alert says. */
export function parseAlert(bytes) {
  if (bytes.length > MAX_TEXT_BYTES) throw badForm();
  const reader = new ByteReader(bytes);
  const version = reader.number(1);
  const alert = { status: STATUS.get(reader.number(1)), kind: KINDS.get(reader.number(1)) };
  Object.assign(alert, { severity: reader.count(0, 4), audience: reader.count(1, 3), number: reader.number(2), sent: reader.number(5) });
  const [effective, expires] = [reader.number(4), reader.number(4)];
  Object.assign(alert, { effective: alert.sent + effective, expires: alert.sent + expires });
  if (version !== 1 || !alert.status || !alert.kind || alert.number === 0) throw badForm();
  if (expires <= effective || expires > 90 * 86400) throw badForm();
  const [least, most] = alert.kind === "alert" ? [0, 0] : [1, 4];
  alert.references = Array.from({ length: reader.count(least, most) }, () => ({ index: BigInt(reader.number(6)), leaf: hexOf(reader.take(8)) }));
  if (alert.references.some((one, at) => at > 0 && one.index <= alert.references[at - 1].index)) throw badForm();
  alert.areas = parseAreas(reader);
  alert.wordings = parseWordings(reader);
  reader.end();
  return alert;
}

function parseAreas(reader) {
  const areas = [];
  for (let left = reader.count(1, 40); left > 0; left -= 1) {
    const before = areas.at(-1) ?? "";
    const shared = reader.number(1);
    const area = before.slice(0, shared) + ascii(reader.take(reader.number(1)));
    if (shared > before.length || !/^[A-Za-z0-9._/-]{1,24}$/.test(area) || area.endsWith("\n")) throw badForm();
    if (areas.length > 0 && before >= area) throw badForm();
    if (shared < Math.min(before.length, area.length) && area[shared] === before[shared]) throw badForm();
    areas.push(area);
  }
  return areas;
}

function parseWordings(reader) {
  const wordings = [];
  for (let left = reader.count(1, 4); left > 0; left -= 1) {
    const language = ascii(reader.take(2));
    if (!/^[a-z]{2}$/.test(language) || wordings.some((one) => one.language === language)) throw badForm();
    const headline = plainWords(reader.take(reader.count(1, 160)));
    wordings.push({ language, headline, instruction: plainWords(reader.take(reader.number(1))) });
  }
  return wordings;
}

/** No control characters, nothing invisible, nothing that turns the direction, no space at the ends. */
function plainWords(bytes) {
  const text = textOf(bytes);
  const hidden = /[\p{Cc}\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|^\p{White_Space}|\p{White_Space}$/u;
  if (text === null || hidden.test(text)) throw badForm();
  return text;
}

/** The bytes of a bundle or short form without its checksum. */
async function unsealed(bytes, most) {
  if (bytes.length > most || bytes.length < 8) throw badForm();
  const body = bytes.subarray(0, -4);
  if (!sameBytes((await sha256(body)).subarray(0, 4), bytes.subarray(-4))) throw new Refused("SCR-ALR-010");
  return new ByteReader(body.subarray(4));
}

async function parseBundle(bytes) {
  const reader = await unsealed(bytes, 2953);
  const bundle = { entry: unpackEntry(reader.take(reader.number(2))), index: BigInt(reader.number(6)), size: BigInt(reader.number(6)), root: reader.take(32) };
  bundle.path = Array.from({ length: reader.count(0, 48) }, () => reader.take(32));
  Object.assign(bundle, { log: hexOf(reader.take(4)), signature: reader.take(64) });
  bundle.cosignatures = Array.from({ length: reader.count(0, 16) }, () => ({ id: hexOf(reader.take(4)), time: reader.number(5), signature: reader.take(64) }));
  if (bundle.cosignatures.some((one, at) => at > 0 && one.id <= bundle.cosignatures[at - 1].id)) throw badForm();
  reader.end();
  return bundle;
}

async function parseShort(bytes) {
  const reader = await unsealed(bytes, 1400);
  const short = { entry: unpackEntry(reader.take(reader.number(2))), index: BigInt(reader.number(6)), at: reader.number(5), log: hexOf(reader.take(4)), signature: reader.take(64) };
  reader.end();
  return short;
}

const beginsWith = (bytes, front) => ascii(bytes.subarray(0, 4)) === front;

/** Whether bytes begin as an alert does. */
export const isAlert = (bytes) =>
  beginsWith(bytes, "SCB\u0001") || beginsWith(bytes, "SCS\u0001") || /^\s*scrutineer\s/i.test(ascii(bytes.subarray(0, 64)));

/** {bundle} or {short}, and {outside}: the status in the words of a text form. */
export async function readAlert(given) {
  let bytes = given;
  let said = null;
  if (!beginsWith(bytes, "SCB\u0001") && !beginsWith(bytes, "SCS\u0001")) {
    said = unspread(textOf(given) ?? "");
    bytes = said.bytes;
  }
  const isShort = beginsWith(bytes, "SCS\u0001");
  if (!isShort && !beginsWith(bytes, "SCB\u0001")) throw badForm();
  if (said && said.isShort !== isShort) throw badForm();
  const outside = said?.status ?? null;
  return isShort ? { short: await parseShort(bytes), outside } : { bundle: await parseBundle(bytes), outside };
}

/** The bytes of a text form, and what its words say. */
function unspread(text) {
  const colon = text.indexOf(":");
  const words = text.slice(0, Math.max(colon, 0)).trim().split(/\s+/).join(" ").toUpperCase();
  const all = Object.entries(FRONT).flatMap(([status, front]) => [false, true].map((isShort) => ({ status, isShort, front })));
  const found = all.find(({ isShort, front }) => words === `SCRUTINEER ${front} ${isShort ? "WITHOUT" : "WITH"} PROOF OF INCLUSION`);
  if (!found || text.length > MAX_SPREAD_BYTES) throw badForm();
  const values = text.slice(colon + 1).replace(/[\s-]/g, "").toUpperCase().replaceAll("O", "0").replace(/[IL]/g, "1");
  const symbols = Array.from(values, (one) => SYMBOLS.indexOf(one));
  if (symbols.includes(-1)) throw badForm();
  const data = [];
  for (let group = 0; group * 42 < symbols.length; group += 1) {
    const part = symbols.slice(group * 42, group * 42 + 42);
    const [own, sum] = [part.slice(0, -2), part.slice(-2)];
    const check = own.reduce((so, symbol) => (so * 33 + symbol) % 1021, group % 1021);
    if (own.length === 0 || sum[0] !== Math.floor(check / 32) || sum[1] !== check % 32) throw new Refused("SCR-ALR-011", "alert-group", { group: group + 1 });
    data.push(...own);
  }
  return { ...found, bytes: bytesOfSymbols(data) };
}

function bytesOfSymbols(symbols) {
  const bytes = new Uint8Array(Math.floor((symbols.length * 5) / 8));
  let [held, bits, at] = [0, 0, 0];
  for (const symbol of symbols) {
    held = ((held << 5) | symbol) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at] = (held >> bits) & 255;
      at += 1;
    }
  }
  if (bits >= 5 || (held & ((1 << bits) - 1)) !== 0) throw badForm();
  return bytes;
}
