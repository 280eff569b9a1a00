// Two small audits from the draft to the end, by everybody who has a part in them: by keyboard alone, and with a
// pointer in Arabic on a telephone whose browser runs no script. Every page of audits is opened in both ways.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { FILES as OF_BALLOTS, auditOfBallots } from "../lib/ballots.mjs";
import { FILES as OF_BATCHES, auditOfBatches } from "../lib/batches.mjs";
import { launch } from "../lib/browser.mjs";
import { Keyboard, NoScript } from "../lib/hands.mjs";
import { demo, start } from "../lib/server.mjs";
import { verified } from "../lib/tampered.mjs";

const PLACE = "/desk/audits/*/rounds/*/jurisdictions/*";
/** Every page of audits that is opened in the course of one. */
const PAGES = [
  "/desk/audits", "/desk/audits/new", "/desk/audits/*", "/desk/audits/*/contests", "/desk/audits/*/contests/new",
  "/desk/audits/*/read/contests", "/desk/audits/*/read/jurisdictions", "/desk/audits/*/jurisdictions",
  "/desk/audits/*/jurisdictions/*", "/desk/audits/*/jurisdictions/*/files/*", "/desk/audits/*/jurisdictions/*/files/*/check",
  "/desk/audits/*/jurisdictions/*/sign", "/desk/audits/*/jurisdictions/*/publish", "/desk/audits/*/commit",
  "/desk/audits/*/reopen", "/desk/audits/*/seed", "/desk/audits/*/rounds", "/desk/audits/*/rounds/new",
  "/desk/audits/*/rounds/check", "/desk/audits/*/rounds/*", "/desk/audits/*/rounds/*/abandon",
  "/desk/audits/*/rounds/*/close", "/desk/audits/*/rounds/*/decide", "/desk/audits/*/hand-count",
  "/desk/audits/*/discrepancies", "/desk/audits/*/notes", "/desk/audits/*/notes/*/*/*", "/desk/audits/*/notes/*/*/*/*",
  PLACE, `${PLACE}/passes`, `${PLACE}/boards/*/units/*`, `${PLACE}/boards/*/reopen`, `${PLACE}/retrieval`,
  `${PLACE}/labels`, `${PLACE}/placeholders`, `${PLACE}/tally-sheets`, "/board", "/board/names", "/board/work",
  "/board/units/*", "/board/units/*/members/*", "/board/units/*/combine", "/board/sign", "/audits", "/audits/*",
  "/audits/*/events", "/audits/*/seed",
];
const isSeen = (seen, page) => {
  const address = new RegExp(`^${page.replaceAll("*", "[^/]+")}$`);
  return [...seen].some((path) => address.test(path));
};

let server, browser, folder;
const files = {};

before(async () => {
  server = await start(demo);
  browser = await launch();
  folder = await mkdtemp(join(tmpdir(), "scrutineer-e2e-journeys-"));
  for (const [name, text] of Object.entries({ ...OF_BALLOTS, ...OF_BATCHES })) {
    files[name] = join(folder, name);
    await writeFile(files[name], text);
  }
});

after(async () => {
  await browser?.close();
  await server?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** The record of an audit agrees with itself, as anybody can find out. */
async function mustAgree(page, audit) {
  const at = `${server.address}${audit.replace("/desk", "")}/record.json`;
  const record = await (await page.request.get(at)).json();
  const cvrs = [];
  for (const { sha256 } of record.cvr_files ?? []) {
    const hash = Buffer.from(sha256, "base64").toString("hex");
    cvrs.push(join(folder, `${hash}.cvrs`));
    await writeFile(cvrs.at(-1), await (await page.request.get(`${server.address}/objects/${hash}`)).body());
  }
  const { status, codes, problem } = await verified(folder, "record", record, cvrs);
  assert.deepEqual({ status, codes }, { status: 0, codes: [] }, `${audit}: ${problem}`);
}

for (const [Hands, lang, how] of [
  [Keyboard, "en", "by keyboard alone"],
  [NoScript, "ar", "without a script, in Arabic on a telephone"],
]) {
  test(`whole audits ${how}`, { timeout: 900_000 }, async (t) => {
    const more = { address: server.address, lang, seen: new Set() };
    const all = {};
    for (const name of ["official", "supervisor", "observer", "tablet", "reader"]) all[name] = await Hands.at(browser, more);
    for (const name of ["official", "supervisor", "observer"]) await all[name].signIn(`${name}@demo.example`);
    const inOrder = [["of ballots", auditOfBallots], ["of batches", auditOfBatches]];
    for (const [name, run] of inOrder) {
      await t.test(name, async () => mustAgree(all.reader.page, await run(all, `An audit ${name} ${how}`, files)));
    }
    await t.test("every page was opened", () => {
      assert.deepEqual(PAGES.filter((page) => !isSeen(more.seen, page)), []);
    });
    for (const hands of Object.values(all)) await hands.close();
  });
}

test("the audits of the demonstration can go on: their records agree", async () => {
  const { page, close } = await Keyboard.at(browser, { address: server.address, lang: "en", seen: new Set() });
  const { audits } = await (await page.request.get(`${server.address}/api/v1/audits`)).json();
  const own = audits.filter((one) => /lindenau/.test(one.audit));
  assert.equal(own.length, 2);
  for (const { audit } of own) await mustAgree(page, `/desk/audits/${audit}`);
  await close();
});
