// Histories: whole, or refused for what is left out or put in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { base64Of, utf8 } from "../js/bytes.mjs";
import { examine } from "../js/examine.mjs";
import { leafHash } from "../js/hash.mjs";
import { verifyHistory } from "../js/history.mjs";
import { parseTrust } from "../js/trust.mjs";
import { codeOf, log, proof, tree } from "./support.mjs";

const ours = await parseTrust(log.text);
const entryOf = (kind, seq, pub) =>
  utf8(JSON.stringify({ at: "2026-11-24T10:00:00Z", com: [], id: "x", iss: "org", pub, ref: [], seq, sig: [], sub: Object.keys(seq), t: kind, v: 1 }));
const note = (seq) => entryOf("case.note.added/1", seq, {});

const before = [note({ "case:b": 1 }), note({ "case:b": 2, "case:d": 1 }), note({ "case:f": 1 }), note({ "case:b": 3 })];
const row = async (subject, count, index) =>
  `{"count":${count},"index":${index},"last":"${base64Of(await leafHash(before[index]))}","subject":"${subject}"}`;
const rows = [await row("case:b", 3, 3), await row("case:d", 1, 1), await row("case:f", 1, 2)];
const rowsTree = await tree(rows.map(utf8));
const index = entryOf("record.index.published/1", { "record:index": 1 }, {
  object: base64Of(rowsTree.root), root: base64Of((await tree(before)).root), size: 4, subjects: 3, subjects_root: base64Of(rowsTree.root),
});
const entries = [...before, index];
const whole = await tree(entries);

async function history(subject, places, about) {
  const shown = async (place) => ({ row: rows[place], row_index: place, path: (await rowsTree.path(place)).map(base64Of) });
  const one = async (at) => ({ entry: base64Of(entries[at]), index: at, path: (await whole.path(at)).map(base64Of) });
  return {
    type: "scrutineer/history/1", subject, rows: await Promise.all(places.map(shown)), proof: await proof(entries, 4, log),
    // From 4 to 5: the old root is a complete subtree, so the fifth leaf alone is shown.
    consistency: [base64Of(await leafHash(index))], entries: await Promise.all(about.map(one)),
  };
}

const code = (value) => codeOf(verifyHistory(JSON.stringify(value), ours));

test("a whole history holds, and so does one without entries", async () => {
  const report = await verifyHistory(JSON.stringify(await history("case:b", [0], [0, 1, 3])), ours);
  assert.deepEqual([report.size, report.entries.map((one) => one.index)], [4, [0, 1, 3]]);
  for (const [subject, places] of [["case:a", [0]], ["case:c", [0, 1]], ["case:e", [1, 2]], ["case:g", [2]]]) {
    assert.equal(await code(await history(subject, places, [])), "accepted", subject);
  }
  const file = utf8(JSON.stringify(await history("case:d", [1], [1])));
  assert.equal((await examine(file, null, ours)).kind, "history");
});

test("what is left out or put in is refused", async () => {
  const good = await history("case:b", [0], [0, 1, 3]);
  const changed = async (change) => {
    const copy = structuredClone(good);
    change(copy);
    return code(copy);
  };
  assert.equal(await changed((one) => (one.more = 1)), "SCR-VERIFY-070");
  assert.equal(await changed((one) => (one.entries[0].index = -1)), "SCR-VERIFY-070");
  assert.equal(await changed((one) => (one.consistency = [])), "SCR-VERIFY-072");
  assert.equal(await changed((one) => (one.rows[0].row = one.rows[0].row.replace(":3,", ":2,"))), "SCR-VERIFY-073");
  assert.equal(await changed((one) => (one.rows = [])), "SCR-VERIFY-073");
  assert.equal(await changed((one) => one.entries.pop()), "SCR-VERIFY-075");
  assert.equal(await changed((one) => one.entries.reverse()), "SCR-VERIFY-074");
  assert.equal(await changed((one) => (one.entries[1].index = 2)), "SCR-VERIFY-074");
  assert.equal(await code(await history("case:b", [0], [0, 1, 2])), "SCR-VERIFY-074");
  assert.equal(await code(await history("case:c", [0, 2], [])), "SCR-VERIFY-073");
  assert.equal(await code(await history("case:c", [0], [])), "SCR-VERIFY-073");
  const noIndex = { ...good, proof: await proof(entries, 3, log) };
  assert.equal(await code(noIndex), "SCR-VERIFY-071");
  assert.equal(await codeOf(verifyHistory(JSON.stringify(good), null)), "SCR-VERIFY-001");
});
