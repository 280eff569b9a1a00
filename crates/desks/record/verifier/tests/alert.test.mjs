// Alerts that scr-alerts' example `alert_files` has written (fixtures/alerts): the same verdicts as the program's.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { test } from "node:test";
import { judgeAlert, verifyAlert } from "../js/alert.mjs";
import { isAlert } from "../js/alertform.mjs";
import { joined, utf8 } from "../js/bytes.mjs";
import { examine } from "../js/examine.mjs";
import { parseTrust } from "../js/trust.mjs";
import { bytesAt, codeOf, read } from "./support.mjs";

const FOLDER = join(import.meta.dirname, "../../../../../fixtures/alerts");
const SENT = 1795773600;
const file = (name) => bytesAt(FOLDER, name);
const card = () => parseTrust(read(FOLDER, "station.card"));
const mended = (bytes) => joined(bytes.subarray(0, -4), createHash("sha256").update(bytes.subarray(0, -4)).digest().subarray(0, 4));
const flipped = (bytes, bit) => {
  const bad = Uint8Array.from(bytes);
  bad[bit >> 3] ^= 1 << (bit & 7);
  return bad;
};

test("each alert has its word, as bytes and as text", async () => {
  const trust = await card();
  const expected = {
    alert: "valid-now", "alert-short": "valid-now", exercise: "exercise", "exercise-short": "exercise", test: "test",
    "test-short": "test", cancel: "valid-now", fullest: "valid-now",
  };
  for (const [name, word] of Object.entries(expected)) {
    for (const ending of ["bundle", "txt"]) {
      const bytes = file(`${name}.${ending}`);
      assert.ok(isAlert(bytes));
      const found = await verifyAlert(bytes, trust);
      assert.equal(judgeAlert(found, [], SENT + 3600), word, name);
      assert.equal(found.isProven, !name.endsWith("-short"));
      assert.deepEqual([found.alert.number, found.alert.areas], [7, ["EX-0417-003", "EX-0417-004", "EX-05"]]);
    }
  }
  const found = await verifyAlert(file("alert.bundle"), trust);
  for (const [now, word] of [[SENT + 300, "not-yet"], [SENT + 600, "valid-now"], [SENT + 7200, "expired"], [0, "clock-doubtful"]]) {
    assert.equal(judgeAlert(found, [], now), word);
  }
  assert.equal(found.witnesses.length, 3);
  assert.equal(found.newest, SENT + 11);
  assert.equal(await codeOf(verifyAlert(file("cancel-before.bundle"), trust)), "SCR-ALR-018");
});

test("an alert about another election of the same log is nothing under this card", async () => {
  const text = read(FOLDER, "station.card");
  for (const name of ["alert.bundle", "alert-short.txt", "cancel.bundle"]) {
    const other = await parseTrust(text.replace("# election ex-2026", "# election party-2026"));
    assert.equal(await codeOf(verifyAlert(file(name), other)), "SCR-ALR-021", name);
    // Keys without a card say nothing of elections.
    await verifyAlert(file(name), await parseTrust(text.replace(/^#.*\n/gm, "")));
  }
});

test("updates and cancellations come in any order, and again", async () => {
  const trust = await card();
  const found = await verifyAlert(file("alert.bundle"), trust);
  const cancel = await verifyAlert(file("cancel.bundle"), trust);
  const update = { ...cancel, index: cancel.index - 1n, alert: { ...cancel.alert, kind: "update" } };
  const drill = { ...cancel, alert: { ...cancel.alert, status: "exercise" } };
  const all = [cancel, update, drill, found, cancel];
  const orders = (rest) => (rest.length === 0 ? [[]] : rest.flatMap((one, at) => orders(rest.toSpliced(at, 1)).map((more) => [one, ...more])));
  for (const order of orders(all)) assert.equal(judgeAlert(found, order, SENT + 3600), "cancelled");
  for (const order of orders([update, drill, found])) assert.equal(judgeAlert(found, order, SENT + 3600), "superseded");
});

test("a cancellation takes back what it names, and nothing else", async () => {
  const trust = await card();
  const found = await verifyAlert(file("alert.bundle"), trust);
  const cancel = await verifyAlert(file("cancel.bundle"), trust);
  assert.deepEqual([found.index, cancel.index], [654321n, 654421n]);
  assert.equal(judgeAlert(found, [cancel], SENT + 3600), "cancelled");
  assert.equal(judgeAlert(await verifyAlert(file("fullest.bundle"), trust), [cancel], SENT + 3600), "valid-now");
  const naming = (change) => ({ ...cancel, ...change, alert: { ...cancel.alert, ...change.alert } });
  assert.equal(judgeAlert(found, [naming({ alert: { kind: "update" } })], SENT + 3600), "superseded");
  for (const change of [{ index: 1n }, { isProven: false }, { alert: { status: "exercise" } }, { alert: { sent: SENT - 1 } }]) {
    assert.equal(judgeAlert(found, [naming(change)], SENT + 3600), "valid-now");
  }
});

test("every flipped bit is refused, and with a mended checksum nothing else is believed", async () => {
  const trust = await card();
  for (const name of ["alert.bundle", "alert-short.bundle"]) {
    const bytes = file(name);
    const genuine = await verifyAlert(bytes, trust);
    for (let bit = 0; bit < bytes.length * 8; bit += name === "alert.bundle" ? 13 : 3) {
      assert.notEqual(await codeOf(verifyAlert(flipped(bytes, bit), trust)), "accepted", `bit ${bit}`);
      if (bit >= (bytes.length - 4) * 8) continue;
      const bad = mended(flipped(bytes, bit));
      if ((await codeOf(verifyAlert(bad, trust))) === "accepted") {
        const other = await verifyAlert(bad, trust);
        assert.deepEqual([other.alert, other.index, other.witnesses.length], [genuine.alert, genuine.index, 2]);
      }
    }
  }
});

test("what is cut off, goes on, or is mistyped is refused", async () => {
  const trust = await card();
  const bytes = file("alert.bundle");
  for (let length = 0; length < bytes.length; length += 7) assert.notEqual(await codeOf(verifyAlert(bytes.subarray(0, length), trust)), "accepted");
  assert.notEqual(await codeOf(verifyAlert(joined(bytes, bytes), trust)), "accepted");
  const text = read(FOLDER, "alert-short.txt");
  const at = text.indexOf(":") + 50;
  const wrong = text.slice(0, at) + (text[at] === "Z" ? "Y" : "Z") + text.slice(at + 1);
  const outcome = await examine(utf8(wrong), null, trust);
  assert.deepEqual([outcome.kind, outcome.refused.code, outcome.refused.status, outcome.refused.given.group], ["alert", "SCR-ALR-011", 2, 2]);
  const typed = text.toLowerCase().replaceAll("0", "o").replace(/(.{40})/g, "$1\n");
  assert.equal(await codeOf(verifyAlert(utf8(typed), trust)), "accepted");
  const disguised = text.replace("ALERT 1 ACTUAL", "EXERCISE EXERCISE 1 NOT AN ALERT");
  assert.equal(await codeOf(verifyAlert(utf8(disguised), trust)), "SCR-ALR-019");
  assert.equal(await codeOf(verifyAlert(bytes, null)), "SCR-ALR-012");
  const witness = read(FOLDER, "station.card").match(/^witness \S+ (\S+)$/m)[1];
  const other = await parseTrust(witness);
  assert.equal(await codeOf(verifyAlert(bytes, other)), "SCR-ALR-013");
});

test("one verification is quick", async (context) => {
  const trust = await card();
  const bytes = file("alert.bundle");
  await verifyAlert(bytes, trust);
  const begin = performance.now();
  for (let run = 0; run < 50; run += 1) await verifyAlert(bytes, trust);
  context.diagnostic(`${((performance.now() - begin) / 50).toFixed(2)} ms each`);
});
