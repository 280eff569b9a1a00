// Georgia, November 2025: the whole audit through the pages, from the draft to the end, with 159 jurisdictions and the
// official seed and hand counts. What comes out has the official figures, and the program checks it offline.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  board, closeRound, deal, each, office, openRound, prepare, publicPage, recordOf, soundEverywhere, throwDice, verifiedOffline,
} from "../lib/audit.mjs";
import { skipWithout } from "../lib/data.mjs";
import { submit, words } from "../lib/forms.mjs";
import { georgia } from "../lib/georgia.mjs";
import { TAMPERED, fitting, verified } from "../lib/tampered.mjs";

const SEED = "34363370190391208563";
const skip = skipWithout("audit/ga2025-psc2/final_audit_report.csv");
const same = (a, b) => a.trim().replace(/\s+/g, " ").toLowerCase() === b.trim().replace(/\s+/g, " ").toLowerCase();

let of;

before(async () => {
  if (!skip) of = await office();
});

after(() => of?.close());

/** One contest, 159 jurisdictions with their files. */
const draft = (data) => ({
  settings: { title: "November 4, 2025 Municipal General/Special Election", method: "batch-comparison" },
  contests: [{
    name: "PSC - District 2",
    choices: "Tim Echols (I) (Rep): 582403\nAlicia M. Johnson (Dem): 980470",
    ballots: "1581543", winners: "1", votes_allowed: "1", risk_limit: "5%",
  }],
  places: new Map([...data.manifests].map(([name, manifest]) => [
    name, [["manifest", "manifest.csv", manifest], ["totals", "totals.csv", data.totals.get(name)]],
  ])),
});

/** What Georgia's counties counted beside the draws, as the form of a round takes it. */
const extra = (data) => data.counted.filter((one) => one.extra).map((one) => {
  const wanted = one.together[0] ?? one.batch;
  // The office's report has spaces of its own in some names.
  const lines = data.totals.get(one.jurisdiction).toString("utf8").split(/\r?\n/);
  return `${one.jurisdiction} / ${lines.map((line) => line.split(",")[0]).find((cell) => same(cell, wanted)) ?? wanted}`;
}).join("\n");

/** A board of one jurisdiction counts everything twice. */
async function count(tablet, units, name, data) {
  const own = data.counted.filter((one) => one.jurisdiction === name);
  assert.equal(units.length, own.length, `${name}: ${units}`);
  for (const [href, label] of units) {
    const batch = label.replace(/^Batch /, "");
    const one = own.find((row) => [row.batch, ...row.together].some((name) => same(batch, name)));
    assert.ok(one, `${name}: nobody counted ${label} of ${own.map((row) => row.batch)}`);
    if (one.together.length > 0) {
      const others = one.together.filter((other) => !same(batch, other)).join("\n");
      await submit(tablet, `${href}/combine`, { with: others, reason: "They lay in one box" });
    }
    for (const member of [0, 1]) {
      const [left, right] = one.votes;
      const page = await (await tablet.get(`${href}/members/${member}`)).text();
      const names = [...page.matchAll(/<input\b[^>]*name="(c0[^"]*)"/g)].map(([, field]) => field);
      assert.equal(names.length, 2, `${name}, ${label}: ${words(page).slice(0, 400)}`);
      await submit(tablet, `${href}/members/${member}`, { [names[0]]: String(left), [names[1]]: String(right) });
    }
  }
}

/** Each changed copy of the record is found out, and what was changed first in the order of an audit is named first. */
async function isFoundOut(whole) {
  const { parts, root } = whole.commitment;
  const made = fitting(whole);
  assert.deepEqual([made.parts, made.root], [parts, root], "commitments are made as the program makes them");
  assert.equal(TAMPERED.length, 20);
  const cases = TAMPERED.map((one, at) => [`copy-${at}`, ...one]);
  await each(cases, async ([name, what, code, change]) => {
    const copy = structuredClone(whole);
    change(copy);
    assert.notDeepEqual(copy, whole, what);
    const { status, codes, problem } = await verified(of.folder, name, copy);
    assert.equal(status, 1, `${what}: ${problem}`);
    assert.equal(codes[0], code, `${what}: ${codes.slice(0, 5)}`);
  }, 2);
}

test("the whole audit of Georgia through the pages, with the official figures at the end", { skip, timeout: 1_800_000 }, async () => {
  const data = georgia();
  const audit = await prepare(of, draft(data));
  const page = publicPage(audit);
  await throwDice(of, audit, SEED);
  await openRound(of, audit, { draws: "15", extra: extra(data) });
  await each(data.manifests.keys(), async (name) => {
    const [passphrase] = await deal(of, audit, 1, name);
    await board(of, passphrase, (tablet, units) => count(tablet, units, name, data));
  });
  await closeRound(of, audit, 1, "stop");

  const made = JSON.parse(await recordOf(of, audit));
  assert.equal(made.batches.length, 3725, "batches, by the office");
  assert.equal(made.rounds[0].draws.length, 15);
  assert.equal(made.rounds[0].measured[0].p_value, "0.0344762864", "the report prints 0.034476286");
  await verifiedOffline(of, audit);
  await isFoundOut(made);
  const report = await (await of.people.observer.get(`${page}/report.csv`)).text();
  assert.match(report, /Tim Echols \(I\) \(Rep\): 49674; Alicia M. Johnson \(Dem\): 49767/, "the official line of totals");

  await soundEverywhere(of, page, "georgia");
  const html = await (await of.people.observer.get(page)).text();
  assert.ok(html.length < 100_000, `${html.length} bytes`);
  assert.match(words(html), /4 of 355 batches differ/);
});
