// Georgia, November 2025: the whole audit through the pages, from the draft to the end, with 159 jurisdictions and the
// official seed and hand counts. What comes out has the official figures, and the program checks it offline.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { request } from "playwright-core";
import { LANGUAGES, LAPTOP, PHONE, inLanguage, launch, mustBeSound, open, picture } from "../lib/browser.mjs";
import { post, submit, words } from "../lib/forms.mjs";
import { georgia, isHere, missing } from "../lib/georgia.mjs";
import { PASSWORD } from "../lib/people.mjs";
import { demo, program, start } from "../lib/server.mjs";
import { TAMPERED, fitting, verified } from "../lib/tampered.mjs";

const SEED = "34363370190391208563";
const skip = isHere() ? false : missing;
if (skip && process.env.SCRUTINEER_SKIPS) appendFileSync(process.env.SCRUTINEER_SKIPS, `skipped: ${skip}\n`);
const same = (a, b) => a.trim().replace(/\s+/g, " ").toLowerCase() === b.trim().replace(/\s+/g, " ").toLowerCase();

let server, browser, folder;
const people = {};

before(async () => {
  if (skip) return;
  server = await start(demo);
  browser = await launch();
  folder = await mkdtemp(join(tmpdir(), "scrutineer-e2e-georgia-"));
  for (const name of ["official", "supervisor", "observer"]) {
    people[name] = await request.newContext({ baseURL: server.address });
    await submit(people[name], "/desk/sign-in", { email: `${name}@demo.example`, password: PASSWORD });
  }
});

after(async () => {
  await browser?.close();
  await server?.stop();
  for (const one of Object.values(people)) await one.dispose();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** Acts of many that do not wait for each other, a few at a time. */
async function each(all, work, at_once = 6) {
  const left = [...all];
  await Promise.all(Array.from({ length: at_once }, async () => {
    while (left.length > 0) await work(left.shift());
  }));
}

/** Name, contest, jurisdictions, their files, their signatures, and the commitment: the address of the audit. */
async function prepare(data) {
  const { official, supervisor } = people;
  const made = await submit(official, "/desk/audits/new", {
    title: "November 4, 2025 Municipal General/Special Election", method: "batch-comparison",
  });
  const audit = new URL(made.url).pathname;
  await submit(official, `${audit}/contests/new`, {
    name: "PSC - District 2",
    choices: "Tim Echols (I) (Rep): 582403\nAlicia M. Johnson (Dem): 980470",
    ballots: "1581543", winners: "1", votes_allowed: "1", risk_limit: "5%",
  });
  await submit(official, `${audit}/jurisdictions`, { names: [...data.manifests.keys()].join("\n") });
  await each(data.manifests.keys(), async (name) => {
    const place = `${audit}/jurisdictions/${encodeURIComponent(name)}`;
    for (const [what, bytes] of [["manifest", data.manifests.get(name)], ["totals", data.totals.get(name)]]) {
      const file = { name: `${what}.csv`, bytes };
      const check = await submit(supervisor, `${place}/files/${what}`, {}, { file });
      assert.match(check.url, /\/check/, `${name}: ${words(check.html).slice(0, 500)}`);
      await submit(supervisor, new URL(check.url).pathname, {});
    }
    await submit(supervisor, `${place}/sign`, { looked: "yes" });
  });
  await submit(official, `${audit}/commit`, { looked: "yes" });
  return audit;
}

/** Two people type the dice; the wall shows nothing before both agree. */
async function seed(audit) {
  const wall = async () => words(await (await people.observer.get(audit.replace("/desk", "") + "/seed")).text());
  await submit(people.official, `${audit}/seed`, { seed: SEED });
  assert.ok(!(await wall()).replace(/\s/g, "").includes(SEED), "one person's typing is on the wall");
  await submit(people.observer, `${audit}/seed`, { seed: SEED });
  assert.ok((await wall()).replace(/\s/g, "").includes(SEED));
}

/** The round: 15 draws, and what Georgia's counties counted beside them. */
async function openRound(audit, data) {
  const extra = data.counted.filter((one) => one.extra).map((one) => {
    const wanted = one.together[0] ?? one.batch;
    // The office's report has spaces of its own in some names.
    const lines = data.totals.get(one.jurisdiction).toString("utf8").split(/\r?\n/);
    return `${one.jurisdiction} / ${lines.map((line) => line.split(",")[0]).find((cell) => same(cell, wanted)) ?? wanted}`;
  });
  const check = await submit(people.official, `${audit}/rounds/new`, { draws: "15", extra: extra.join("\n") });
  const text = words(check.html);
  assert.match(text, /15/, text.slice(0, 800));
  const hidden = [...check.html.matchAll(/<form\b[^>]*action="([^"]*\/rounds\/new)"[\s\S]*?<\/form>/g)][0];
  assert.ok(hidden, text.slice(0, 1200));
  const fields = Object.fromEntries([...hidden[0].matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)]
    .map(([, name, value]) => [name, value.replaceAll("&#38;", "&").replaceAll("&#39;", "'").replaceAll("&#10;", "\n")]));
  const opened = await post(people.official, hidden[1], fields);
  assert.equal(opened.status(), 200, words(await opened.text()).slice(0, 600));
}

/** A board of one jurisdiction: comes in, counts everything twice, signs. */
async function board(audit, name, data) {
  const place = `${audit}/rounds/1/jurisdictions/${encodeURIComponent(name)}`;
  await submit(people.supervisor, `${place}?boards=1`, { boards: "1" });
  const cards = await submit(people.supervisor, place, { board: "all" });
  const pass = words(cards.html).match(/\b[a-z]{4,8}(-[a-z]{4,8}){3}\b/)?.[0];
  assert.ok(pass, `${name}: no passphrase on ${words(cards.html).slice(0, 500)}`);
  const tablet = await request.newContext({ baseURL: server.address });
  await submit(tablet, "/board", { words: pass });
  const [first, second] = ["Ines Ortega", "Omar Haddad"];
  await submit(tablet, "/board/names", { first, second });
  const own = data.counted.filter((one) => one.jurisdiction === name);
  const list = await (await tablet.get("/board/work")).text();
  const units = [...list.matchAll(/<a href="(\/board\/units\/\d+)">([\s\S]*?)<\/a>/g)].map(([, href, label]) => [href, words(label)]);
  assert.equal(new Set(units.map(([href]) => href)).size, own.length, `${name}: ${units}`);
  for (const [href, label] of new Map(units)) {
    const batch = label.trim().replace(/^Batch /, "");
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
  await submit(tablet, "/board/sign", { first, second, looked: "yes" });
  await tablet.dispose();
}

/** Each changed copy of the record is found out, and what was changed first in the order of an audit is named first. */
async function isFoundOut(whole) {
  assert.deepEqual(fitting(whole), whole.commitment, "commitments are made as the program makes them");
  assert.equal(TAMPERED.length, 20);
  const cases = TAMPERED.map((one, at) => [`copy-${at}`, ...one]);
  await each(cases, async ([name, what, code, change]) => {
    const copy = structuredClone(whole);
    change(copy);
    assert.notDeepEqual(copy, whole, what);
    const { status, codes, problem } = await verified(folder, name, copy);
    assert.equal(status, 1, `${what}: ${problem}`);
    assert.equal(codes[0], code, `${what}: ${codes.slice(0, 5)}`);
  }, 2);
}

test("the whole audit of Georgia through the pages, with the official figures at the end", { skip, timeout: 1_800_000 }, async () => {
  const data = georgia();
  const audit = await prepare(data);
  const page = audit.replace("/desk", "");
  await seed(audit);
  await openRound(audit, data);
  await each(data.manifests.keys(), (name) => board(audit, name, data));
  await submit(people.official, `${audit}/rounds/1/close`, {});
  await submit(people.official, `${audit}/rounds/1/decide`, { decision: "stop" });

  const record = await (await people.observer.get(`${page}/record.json`)).body();
  const made = JSON.parse(record.toString("utf8"));
  assert.equal(made.batches.length, 3725, "batches, by the office");
  assert.equal(made.rounds[0].draws.length, 15);
  assert.equal(made.rounds[0].measured[0].p_value, "0.0344762864", "the report prints 0.034476286");
  const file = join(folder, "record.json");
  await writeFile(file, record);
  const said = execFileSync(program, ["audit", "verify", file], { encoding: "utf8" });
  assert.match(said, /Everything that can be computed from the record agrees/, said);
  await isFoundOut(made);
  const report = await (await people.observer.get(`${page}/report.csv`)).text();
  assert.match(report, /Tim Echols \(I\) \(Rep\): 49674; Alicia M. Johnson \(Dem\): 49767/, "the official line of totals");

  for (const lang of LANGUAGES) {
    for (const viewport of [LAPTOP, PHONE]) {
      const { page: tab, complaints, close } = await open(browser, { lang, viewport });
      await tab.goto(`${server.address}${inLanguage(page, lang)}`);
      await picture(tab, `georgia-${lang}-${viewport.width}`);
      await mustBeSound(tab, complaints, lang);
      await close();
    }
  }
  const html = await (await people.observer.get(page)).text();
  assert.ok(html.length < 100_000, `${html.length} bytes`);
  assert.match(words(html), /4 of 355 batches differ/);
});
