// The steps that every audit has, from the draft to the check offline, sent through the pages by whoever does them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { request } from "playwright-core";
import { LANGUAGES, LAPTOP, PHONE, inLanguage, launch, mustBeSound, open, overlaid, picture } from "./browser.mjs";
import { forms, post, submit, words } from "./forms.mjs";
import { PASSWORD, signIn } from "./people.mjs";
import { demo, program, start } from "./server.mjs";

/** A server with a browser, a folder for downloads, and the people of an audit, who are signed in. */
export async function office() {
  const [server, browser] = await Promise.all([start(demo), launch()]);
  const folder = await mkdtemp(join(tmpdir(), "scrutineer-e2e-audit-"));
  const people = {};
  for (const name of ["official", "supervisor", "observer"]) {
    people[name] = await request.newContext({ baseURL: server.address });
    await submit(people[name], "/desk/sign-in", { email: `${name}@demo.example`, password: PASSWORD });
  }
  const close = async () => {
    await browser.close();
    await server.stop();
    for (const one of Object.values(people)) await one.dispose();
    await rm(folder, { recursive: true, force: true });
  };
  return { server, browser, folder, people, close };
}

/** Acts of many that do not wait for each other, a few at a time. */
export async function each(all, work, at_once = 6) {
  const left = [...all];
  await Promise.all(Array.from({ length: at_once }, async () => {
    while (left.length > 0) await work(left.shift());
  }));
}

/** The public page of an audit whose desk page this is. */
export const publicPage = (audit) => audit.replace("/desk", "");

const placePath = (audit, name) => `${audit}/jurisdictions/${encodeURIComponent(name)}`;

/**
 * Name, contests, jurisdictions, their files, their signatures, and the commitment: the address of the audit.
 * `places`: for each jurisdiction [what, file name, bytes] of each file, the manifest first.
 */
export async function prepare({ people: { official, supervisor } }, { settings, contests, places }) {
  const made = await submit(official, "/desk/audits/new", settings);
  const audit = new URL(made.url).pathname;
  for (const contest of contests) await submit(official, `${audit}/contests/new`, contest);
  await submit(official, `${audit}/jurisdictions`, { names: [...places.keys()].join("\n") });
  await each(places, async ([place, files]) => {
    for (const [what, name, bytes] of files) {
      const check = await submit(supervisor, `${placePath(audit, place)}/files/${what}`, {}, { file: { name, bytes } });
      assert.match(check.url, /\/check/, `${place}: ${words(check.html).slice(0, 500)}`);
      await submit(supervisor, new URL(check.url).pathname, {});
    }
    await submit(supervisor, `${placePath(audit, place)}/sign`, { looked: "yes" });
  });
  await submit(official, `${audit}/commit`, { looked: "yes" });
  return audit;
}

/** Two people type the dice; the wall shows nothing before both agree. */
export async function throwDice({ people }, audit, seed) {
  const wall = async () => words(await (await people.observer.get(`${publicPage(audit)}/seed`)).text());
  await submit(people.official, `${audit}/seed`, { seed });
  assert.ok(!(await wall()).replace(/\s/g, "").includes(seed), "one person's typing is on the wall");
  await submit(people.observer, `${audit}/seed`, { seed });
  assert.ok((await wall()).replace(/\s/g, "").includes(seed));
}

/** Opens the next round: what is asked for, a look at the answers, and the draw. */
export async function openRound({ people: { official } }, audit, fields) {
  const check = await submit(official, `${audit}/rounds/new`, fields);
  const form = forms(check.html).find((one) => one.action.endsWith("/rounds/new") && !one.names.includes("change"));
  assert.ok(form, words(check.html).slice(0, 1200));
  const opened = await post(official, form.action, form.fields);
  assert.equal(opened.status(), 200, words(await opened.text()).slice(0, 600));
}

/** Deals what a jurisdiction fetches in a round to its boards: the passphrases of those that have something to read. */
export async function deal({ people: { supervisor } }, audit, round, name, boards = 1) {
  const place = `${audit}/rounds/${round}/jurisdictions/${encodeURIComponent(name)}`;
  await submit(supervisor, `${place}?boards=${boards}`, { boards: String(boards) });
  const cards = await submit(supervisor, place, { board: "all" });
  const found = words(cards.html).match(/\b[a-z]{4,8}(-[a-z]{4,8}){3}\b/g) ?? [];
  assert.ok(found.length > 0, `${name}: no passphrase on ${words(cards.html).slice(0, 500)}`);
  return found;
}

const [first, second] = ["Ines Ortega", "Omar Haddad"];

/**
 * A board sits down, does its work and signs. `work(tablet, units)` has the tablet as a context of requests, and the
 * address and name of each unit of the list.
 */
export async function board({ server }, passphrase, work) {
  const tablet = await request.newContext({ baseURL: server.address });
  await submit(tablet, "/board", { words: passphrase });
  await submit(tablet, "/board/names", { first, second });
  const list = await (await tablet.get("/board/work")).text();
  const units = new Map([...list.matchAll(/<a href="(\/board\/units\/\d+)">([\s\S]*?)<\/a>/g)]
    // The next unit is linked above the list as well.
    .map(([, href, label]) => [href, words(label).trim()]));
  await work(tablet, [...units]);
  await submit(tablet, "/board/sign", { first, second, looked: "yes" });
  await tablet.dispose();
}

/** Closes a round and decides what follows. */
export async function closeRound({ people: { official } }, audit, round, decision, reason = "") {
  await submit(official, `${audit}/rounds/${round}/close`, {});
  await submit(official, `${audit}/rounds/${round}/decide`, { decision, reason });
}

/** The record of an audit as anybody downloads it, as bytes. */
export const recordOf = async ({ people: { observer } }, audit) =>
  (await observer.get(`${publicPage(audit)}/record.json`)).body();

/** Publishes the cast vote records of a jurisdiction, as it handed them in, when the audit is over. */
export const publishCvrs = ({ people: { official } }, audit, name) =>
  submit(official, `${placePath(audit, name)}/publish`, { smallest: "0", reason: "Anybody may check the record" });

/** What somebody without the server finds who downloads everything that the public page offers: the program's report. */
export async function verifiedOffline(of, audit) {
  const { folder, people: { observer } } = of;
  const record = join(folder, "record.json");
  await writeFile(record, await recordOf(of, audit));
  const page = await (await observer.get(publicPage(audit))).text();
  const cvrs = [];
  for (const [, hash] of page.matchAll(/href="\/objects\/([0-9a-f]{64})"/g)) {
    const file = join(folder, hash);
    await writeFile(file, await (await observer.get(`/objects/${hash}`)).body());
    cvrs.push("--cvrs", file);
  }
  // Of the server nothing is believed but the log's key, which somebody trusted has handed over.
  const key = join(folder, "log.vkey");
  await writeFile(key, await (await observer.get("/log/vkey")).body());
  const told = execFileSync(program, ["audit", "verify", record, ...cvrs, "--vkey", key], { encoding: "utf8" });
  assert.match(told, /Everything that can be computed from the record agrees with it/, told);
  assert.match(told, /the log proves that the commitment was published before each seed/, told);
  return JSON.parse(execFileSync(program, ["audit", "verify", record, ...cvrs, "--json"], { encoding: "utf8" }));
}

/** What the public page says of discrepancies, row by row: the place, what differs, and the explanation. */
export async function differences({ browser, server }, audit) {
  const { page, close } = await open(browser);
  await page.goto(`${server.address}${publicPage(audit)}`);
  const rows = await page.getByRole("region", { name: "Where people and machines differ" }).locator("tbody tr").all();
  const cells = await Promise.all(rows.map((row) => row.locator("th, td").allInnerTexts()));
  await close();
  return cells.map((row) => row.map((cell) => cell.replace(/\s+/g, " ").trim()));
}

/** The jurisdiction's page of a round, where what a board disagrees about waits: opens the ballot with this remark. */
export async function openDisagreement({ browser, server }, round, name, remark) {
  const visit = await open(browser);
  const { page, complaints } = visit;
  await signIn(page, server.address, "supervisor@demo.example");
  await page.goto(`${server.address}${round}/jurisdictions/${encodeURIComponent(name)}`);
  await mustBeSound(page, complaints, "en");
  await page.getByRole("row").filter({ hasText: remark }).getByRole("link").click();
  await page.getByText(remark).waitFor();
  await mustBeSound(page, complaints, "en");
  return visit;
}

/** A page in every language, on a laptop and on a telephone. */
export async function soundEverywhere({ browser, server }, path, name) {
  for (const lang of LANGUAGES) {
    for (const viewport of [LAPTOP, PHONE]) {
      const { page, complaints, close } = await open(browser, { lang, viewport });
      await page.goto(`${server.address}${inLanguage(path, lang)}`);
      await picture(page, `${name}-${lang}-${viewport.width}`);
      await mustBeSound(page, complaints, lang);
      assert.deepEqual(await overlaid(page), [], `drawings of ${path} (${lang}, ${viewport.width} px)`);
      await close();
    }
  }
}
