// Files as an attacker, a mail program or a tired hand leaves them: each is refused, by its code.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { base64Of, utf8 } from "../js/bytes.mjs";
import { parseSalt, verifyDocument } from "../js/document.mjs";
import { examine } from "../js/examine.mjs";
import { canonical, parseCanonical, parseJson } from "../js/json.mjs";
import { verifyNumber } from "../js/number.mjs";
import { comparePromise, verifyPromise } from "../js/promise.mjs";
import { verifyProof } from "../js/proof.mjs";
import { parseTrust } from "../js/trust.mjs";
import { LOG_TYPE, ORIGIN, WITNESS_TYPE, codeOf, entry, log, note, numbered, proof, signer, tree, witnesses } from "./support.mjs";

const ours = await parseTrust(log.text);
const entries = numbered(20);
const good = await proof(entries, 7, log, ...witnesses);

test("a proof that holds says where, of how many, and who has cosigned", async () => {
  const all = await parseTrust([log, ...witnesses].map((key) => key.text).join("\n"));
  const report = await verifyProof(good, null, all);
  assert.deepEqual([report.origin, report.index, report.size], [ORIGIN, 7n, 20n]);
  assert.deepEqual(report.witnesses.map((one) => [one.name, one.time]), witnesses.map((key) => [key.name, 1_790_000_000n]));
  assert.deepEqual([report.of, report.log.length, report.entry], [3, 1, null]);
  assert.equal((await verifyProof(good, null, ours)).witnesses.length, 0);
  for (const size of [1, 2, 3, 7, 8, 9, 33]) {
    for (const index of [0, size >> 1, size - 1]) {
      const report = await verifyProof(await proof(numbered(size), index, log), null, ours);
      assert.equal(report.index, BigInt(index));
    }
  }
});

const PROOF_FORMS = [
  ["another header", (text) => text.replace("@v1", "@v2"), "002"],
  ["lines of Windows", (text) => text.replaceAll("\n", "\r\n"), "002"],
  ["one carriage return in the head", (text) => text.replace("index 7\n", "index 7\r\n"), "002"],
  ["a carriage return in the checkpoint", (text) => text.replace("\n20\n", "\n20\r\n"), "004"],
  ["a leading zero of the index", (text) => text.replace("index 7", "index 07"), "002"],
  ["a sign of the index", (text) => text.replace("index 7", "index +7"), "002"],
  ["an index of no number", (text) => text.replace("index 7", "index seven"), "002"],
  ["an index beyond 63 bits", (text) => text.replace("index 7", "index 9223372036854775808"), "002"],
  ["another index", (text) => text.replace("index 7", "index 6"), "008"],
  ["an index beyond the tree", (text) => text.replace("index 7", "index 20"), "008"],
  ["no index", (text) => text.replace("index 7\n", ""), "002"],
  ["a path without padding", (text) => text.replace("=\n", "\n"), "002"],
  ["a path in another alphabet", (text) => text.replace(/\n[A-Za-z0-9+/]{43}=\n/, `\n${"-".repeat(43)}=\n`), "002"],
  ["a path with bits that are not used", (text) => text.replace(/\n([A-Za-z0-9+/]{42}).=\n/, "\n$1B=\n"), "002"],
  ["a hash too few", (text) => text.replace(/\n[A-Za-z0-9+/]{43}=\n/, "\n"), "008"],
  ["a hash twice", (text) => text.replace(/\n([A-Za-z0-9+/]{43}=)\n/, "\n$1\n$1\n"), "008"],
  ["64 hashes", (text) => text.replace("index 7\n", `index 7\n${`${base64Of(new Uint8Array(32))}\n`.repeat(64)}`), "002"],
  ["another entry", (text) => text.replace(base64Of(entries[7]), base64Of(entries[8])), "008"],
  ["an entry that is no base64", (text) => text.replace(base64Of(entries[7]), "entry-7!"), "002"],
  ["no entry", (text) => text.replace(/extra .*\n/, ""), "007"],
  ["another size", (text) => text.replace("\n20\n", "\n21\n"), "004"],
  ["a size with a leading zero", (text) => text.replace("\n20\n", "\n020\n"), "004"],
  ["another origin", (text) => text.replace(`\n${ORIGIN}\n`, "\nother.example\n"), "004"],
  ["a line more in the signed text", (text) => text.replace("\n20\n", "\n20\nmore\n"), "004"],
  ["no signature", (text) => text.replace(/\u2014 [^]*$/u, ""), "004"],
  ["no end of the last line", (text) => text.slice(0, -1), "004"],
  ["a hyphen for the dash", (text) => text.replaceAll("\u2014", "-"), "004"],
  ["a tab", (text) => text.replace("\u2014 ", "\u2014\t"), "004"],
  ["a byte order mark", (text) => `\ufeff${text}`, "002"],
  ["a hundred and one signatures", (text) => text + log.line("x").repeat(101), "004"],
  ["nothing", () => "", "002"],
  ["a megabyte and more", (text) => text + "x".repeat(1 << 20), "002"],
];

for (const [words, change, code] of PROOF_FORMS) {
  test(`a proof with ${words} is refused`, async () => {
    const changed = change(good);
    assert.notEqual(changed, good);
    assert.equal(await codeOf(verifyProof(changed, null, ours)), `SCR-VERIFY-${code}`);
  });
}

test("no changed byte gives another statement", async () => {
  const before = await verifyProof(good, null, ours);
  for (let at = 0; at < good.length; at += 1) {
    const changed = `${good.slice(0, at)}${good[at] === "x" ? "y" : "x"}${good.slice(at + 1)}`;
    if ((await codeOf(verifyProof(changed, null, ours))) !== "accepted") continue;
    // A signature that nobody here trusts may change: nothing is said of it.
    const after = await verifyProof(changed, null, ours);
    assert.deepEqual([after.leaf, after.index, after.size, after.root], [before.leaf, before.index, before.size, before.root]);
    assert.ok(good.lastIndexOf("\u2014 witness", at) > 0 && at > good.indexOf("\u2014 witness"), `byte ${at}`);
  }
});

test("without a key, or with another's, nothing holds", async () => {
  assert.equal(await codeOf(verifyProof(good, null, null)), "SCR-VERIFY-001");
  const stranger = await parseTrust(signer("other.example", LOG_TYPE, 9).text);
  assert.equal(await codeOf(verifyProof(good, null, stranger)), "SCR-VERIFY-004");
  assert.equal(await codeOf(verifyProof(good, null, await parseTrust(witnesses[0].text))), "SCR-VERIFY-006");
  // The right name with another key: the id differs, so it is a stranger.
  const namesake = await parseTrust(signer(ORIGIN, LOG_TYPE, 9).text);
  assert.equal(await codeOf(verifyProof(good, null, namesake)), "SCR-VERIFY-004");
});

test("one key under two names is one witness, and one line twice is one", async () => {
  const twin = signer("second.example", WITNESS_TYPE, 11);
  const all = await parseTrust([log, witnesses[0], twin].map((key) => key.text).join("\n"));
  const both = await proof(entries, 7, log, witnesses[0], twin, witnesses[0]);
  assert.equal((await verifyProof(both, null, all)).witnesses.length, 1);
});

const policyOf = (...lines) => [
  `log ${log.text}`, ...witnesses.map((key, at) => `witness w${at} ${key.text}`), ...lines,
].join("\n");

test("a quorum by groups is counted as the policy says", async () => {
  const lines = ["group parties any w0 w1", "group all-sectors all parties w2", "quorum all-sectors"];
  const trust = await parseTrust(policyOf(...lines));
  const code = async (...keys) => codeOf(verifyProof(await proof(entries, 7, log, ...keys), null, trust));
  assert.equal(await code(witnesses[0], witnesses[2]), "accepted");
  assert.equal(await code(witnesses[1], witnesses[2]), "accepted");
  assert.equal(await code(witnesses[0], witnesses[1]), "SCR-VERIFY-003");
  assert.equal(await code(witnesses[2]), "SCR-VERIFY-003");
  const two = await parseTrust(policyOf("group g 2 w0 w1 w2", "quorum g"));
  const report = await verifyProof(await proof(entries, 7, log, witnesses[0], witnesses[2]), null, two);
  assert.deepEqual([report.witnesses.map((one) => one.name), report.of], [["w0", "w2"], 3]);
});

test("a cosignature that was changed refuses the whole note where its witness is trusted", async () => {
  const trust = await parseTrust(policyOf("quorum none"));
  const parts = good.split("\n");
  const at = parts.findIndex((line) => line.includes("observers"));
  parts[at] = parts[at].replace(/.(?=.{20}$)/u, (digit) => (digit === "A" ? "B" : "A"));
  assert.equal(await codeOf(verifyProof(parts.join("\n"), null, trust)), "SCR-VERIFY-003");
});

const BAD_POLICIES = [
  ["no quorum", `log ${log.text}`],
  ["two quorums", policyOf("quorum none", "quorum none")],
  ["no log", `witness w ${witnesses[0].text}\nquorum w`],
  ["a name before its line", policyOf("group g any w9", "quorum g")],
  ["a member of two groups", policyOf("group g any w0 w1", "group h any w1 w2", "quorum g")],
  ["a threshold of nought", policyOf("group g 0 w0 w1", "quorum g")],
  ["a threshold above its members", policyOf("group g 3 w0 w1", "quorum g")],
  ["a threshold with a leading zero", policyOf("group g 01 w0 w1", "quorum g")],
  ["lines of Windows", policyOf("quorum none").replaceAll("\n", "\r\n")],
  ["one key twice", policyOf(`witness w9 ${signer("again.example", WITNESS_TYPE, 11).text}`, "quorum none")],
  ["a log's key as a witness", policyOf(`witness w9 ${signer("l.example", LOG_TYPE, 30).text}`, "quorum none")],
  ["a word of its own", policyOf("constructor x", "quorum none")],
];

for (const [words, policy] of BAD_POLICIES) {
  test(`a policy with ${words} is refused`, async () => {
    assert.equal(await codeOf(parseTrust(policy)), "SCR-CLI-005");
  });
}

test("keys of a wrong form are refused, a private one with a warning", async () => {
  const [name, id, coded] = log.text.split("+");
  const wrong = [`${name}+${id}`, `${name}+00000000+${coded}`, `${name} x+${id}+${coded}`, `+${id}+${coded}`, `${log.text}=`, "nonsense",
    `${name}+${id.toUpperCase()}x+${coded}`, `${name}+${id}+${base64Of(new Uint8Array([1, 2, 3]))}`];
  for (const text of wrong) assert.equal(await codeOf(parseTrust(text)), "SCR-CLI-006", text);
  await assert.rejects(parseTrust(`PRIVATE+KEY+${log.text}`), { code: "SCR-CLI-006", reason: "private-key" });
  assert.equal(await parseTrust(" \n"), null);
});

async function numberReceipt(change = {}) {
  const rows = Array.from({ length: 11 }, (_, at) => `{"unit":"${String(at).padStart(3, "0")}","votes":{"a":${100 + at}}}`);
  const { root, path } = await tree(rows.map(utf8));
  const event = entry({ rows: rows.length, rows_root: base64Of(root) });
  const receipt = {
    type: "scrutineer/number-receipt/1", row: rows[6], row_index: 6, path: (await path(6)).map(base64Of),
    proof: await proof([utf8("first"), event, entry({})], 1, log), ...change,
  };
  return JSON.stringify(receipt);
}

test("a number leads to the checkpoint, and a forged one does not", async () => {
  const text = await numberReceipt();
  const report = await verifyNumber(text, ours);
  assert.deepEqual([report.row.votes.a, report.rows, report.event.index], [106, 11, 1n]);
  const { row } = JSON.parse(text);
  const code = async (change) => codeOf(verifyNumber(await numberReceipt(change), ours));
  assert.equal(await code({ row: row.replace("106", "107") }), "SCR-VERIFY-033");
  assert.equal(await code({ row_index: 5 }), "SCR-VERIFY-033");
  assert.equal(await code({ row_index: 11 }), "SCR-VERIFY-033");
  assert.equal(await code({ row: row.replace(",", ", ") }), "SCR-VERIFY-031");
  assert.equal(await code({ type: "x" }), "SCR-VERIFY-030");
  assert.equal(await code({ more: 1 }), "SCR-VERIFY-030");
  assert.equal(await code({ row_index: 6.5 }), "SCR-VERIFY-030");
  assert.equal(await code({ row_index: "6" }), "SCR-VERIFY-030");
  assert.equal(await code({ path: ["x"] }), "SCR-VERIFY-030");
  assert.equal(await code({ proof: await proof([utf8("first"), entry({})], 1, log) }), "SCR-VERIFY-032");
  assert.equal(await codeOf(verifyNumber(text.replace("{", '{"row_index":6,'), ours)), "SCR-VERIFY-030");
  assert.equal(await codeOf(verifyNumber(text, null)), "SCR-VERIFY-001");
});

const promised = (index, of, origin = ORIGIN) =>
  tree([of]).then(({ root }) =>
    note(`scrutineer/promise/v1\norigin ${origin}\nindex ${index}\nleaf ${base64Of(root)}\nat 2026-11-24T10:00:00Z\n`, log));

test("a promise is kept, broken, or about something else", async () => {
  const report = await verifyProof(good, null, ours);
  const state = async (text) => comparePromise(await verifyPromise(text, null, ours), report);
  assert.equal(await state(await promised(7, entries[7])), "kept");
  assert.equal(await state(await promised(7, entries[6])), "broken");
  assert.equal(await state(await promised(6, entries[6])), null);
  const text = await promised(7, entries[7]);
  assert.equal(await codeOf(verifyPromise(text.replace("index 7", "index 8"), null, ours)), "SCR-VERIFY-020");
  assert.equal(await codeOf(verifyPromise(await promised("07", entries[7]), null, ours)), "SCR-VERIFY-020");
  assert.equal(await codeOf(verifyPromise(text, entries[8], ours)), "SCR-VERIFY-021");
  assert.equal(await codeOf(verifyPromise(await promised(7, entries[7], "another.example"), null, ours)), "SCR-VERIFY-022");
  assert.equal(await codeOf(verifyPromise(text, null, null)), "SCR-VERIFY-001");
});

test("a document is the one that an entry names, by hash or by salted commitment", async () => {
  const content = utf8("minutes of the count\n");
  const salt = new Uint8Array(32).fill(5);
  // By node's own hashes: sha256("scrutineer/commit/v1\n" || salt || sha256(content)).
  const sha = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
  const own = sha("scrutineer/commit/v1\n", salt, sha(content)).toString("base64");
  const stated = entry({ object: sha(content).toString("base64") }, [{ h: own, k: "blob", n: "work" }]);
  const named = (await verifyProof(await proof([stated], 0, log), null, ours)).entry;
  assert.deepEqual(await verifyDocument(named, content, null), { how: "hash", field: "object" });
  assert.deepEqual(await verifyDocument(named, content, salt), { how: "commitment", field: "work" });
  assert.equal(await codeOf(verifyDocument(named, utf8("other"), null)), "SCR-VERIFY-050");
  assert.equal(await codeOf(verifyDocument(named, content, new Uint8Array(32))), "SCR-VERIFY-050");
  assert.equal(await codeOf(verifyDocument(null, content, null)), "SCR-VERIFY-050");
  assert.deepEqual(parseSalt("05".repeat(32)), salt);
  assert.deepEqual(parseSalt(base64Of(salt)), salt);
  assert.equal(parseSalt("  "), null);
  for (const wrong of ["05", "0".repeat(63), "BQUF"]) assert.throws(() => parseSalt(wrong), { code: "SCR-VERIFY-051" });
});

test("JSON in a second form is refused", () => {
  const wrong = ['{"a":1,"a":1}', '{"a": 1}', '{"b":1,"a":1}', '{"a":1.0}', '{"a":1e0}', '{"a":-0}', '{"a":01}', '{"a":9007199254740992}',
    '{"a":"\\u0041"}', '{"a":"\\ud800"}', '{"a":"x', "{", "", '{"a":1}\n', '{"a":1,}', "[1,]", '{"a":"\u0001"}', "tru", "'a'"];
  for (const text of wrong) assert.throws(() => parseCanonical(text), SyntaxError, text);
  assert.throws(() => parseJson(`${"[".repeat(40)}${"]".repeat(40)}`), SyntaxError);
  // RFC 8785 section 3.2.3: the order of keys, here by the first letters of their values.
  const sorted = canonical(parseJson('{"\\u20ac":"Euro","\\r":"Carriage","\\ufb33":"Hebrew","1":"One","\\ud83d\\ude00":"Emoji","\\u0080":"Control","\\u00f6":"Latin"}'));
  const order = ["Carriage", "One", "Control", "Latin", "Euro", "Emoji", "Hebrew"].map((word) => sorted.indexOf(word));
  assert.deepEqual(order, [...order].sort((a, b) => a - b));
  assert.equal(parseCanonical('{"__proto__":{"a":1}}').__proto__.a, 1);
});

test("bytes that are no text, or too many, are refused", async () => {
  const code = async (bytes) => (await examine(bytes, null, ours)).refused.code;
  assert.equal(await code(new Uint8Array([0xff, 0xfe])), "SCR-CLI-002");
  assert.equal(await code(new Uint8Array((16 << 20) + 1)), "SCR-CLI-003");
  assert.equal((await examine(utf8(good), null, ours)).kind, "proof");
  assert.equal((await examine(utf8(await numberReceipt()), null, ours)).kind, "number");
  assert.equal((await examine(utf8(await promised(7, entries[7])), null, ours)).kind, "promise");
});
