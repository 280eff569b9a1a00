// `/verify.html`: as the program judges, so does the page; opened from a disk, without a network.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { LANGUAGES, LAPTOP, PHONE, launch, mustBeSound, open, picture, tabTo } from "../lib/browser.mjs";
import { demo, start } from "../lib/server.mjs";
import { corpus, pageSays, programSays } from "../lib/verifiers.mjs";

let folder, server, browser, saved, key, proof, receipt;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "scrutineer-verify-"));
  server = await start(demo);
  browser = await launch();
  const { page, close } = await open(browser);
  const get = async (path) => (await page.request.get(`${server.address}${path}`)).body();
  const file = join(folder, "verify.html");
  await writeFile(file, await get("/verify.html"));
  saved = pathToFileURL(file).href;
  key = (await get("/log/vkey")).toString().split("\n")[0];
  proof = await get("/log/proof/1");
  receipt = await firstReceipt(page, get);
  await close();
});

after(async () => {
  await browser?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The receipt of the first polling station that the pages of the demonstration lead to. */
async function firstReceipt(page, get) {
  const hrefs = async (path, wanted) => {
    await page.goto(`${server.address}${path}`);
    const all = await page.locator("a[href]").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    return all.find((href) => wanted.test(href));
  };
  const election = await hrefs("/", /^\/elections\/[^/]+$/);
  const contest = await hrefs(election, /^\/elections\/[^/]+\/contests\/[^/?]+$/);
  const unit = (await hrefs(contest, /\/unit\?/)) ?? (await hrefs(await hrefs(contest, /\/(units|stations)/), /\/unit\?/));
  return get(await hrefs(unit, /\/receipt\?/));
}

test("page and program judge every file of the corpus alike", async (context) => {
  const cases = await corpus(folder);
  assert.ok(cases.length > 60, `${cases.length} cases`);
  for (const [number, one] of cases.entries()) {
    await context.test(one.name, async () => {
      const trustFile = join(folder, `${number}.trust`);
      await writeFile(trustFile, one.trust);
      const expected = { status: one.status, code: one.code };
      assert.deepEqual(await pageSays(folder, one), expected, "the page");
      assert.deepEqual(await programSays(folder, { ...one, trustFile }), expected, "the program");
    });
  }
});

/** The saved page, from the disk; any request to a network ends the test. */
async function offline(options) {
  const opened = await open(browser, options);
  const requests = [];
  await opened.page.context().setOffline(true);
  opened.page.on("request", (request) => {
    if (request.url() !== saved) requests.push(request.url());
  });
  await opened.page.goto(saved);
  return { ...opened, requests };
}

const file = (name, buffer) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(buffer) });

async function check(page, files, trust) {
  await page.setInputFiles("#files", files);
  await page.fill("#trust", trust);
  await page.click("button[type=submit]");
  await page.waitForSelector("#outcomes > *");
}

for (const [lang, viewport, words] of [
  ["en", LAPTOP, { holds: "It holds", fails: "It does not hold" }],
  ["ar", PHONE, { holds: "صحيح", fails: "غير صحيح" }],
]) {
  test(`from the disk in ${lang}: a receipt of the demonstration holds, a forged one does not`, async () => {
    const { page, complaints, requests, close } = await offline({ lang, viewport });
    await mustBeSound(page, complaints, lang);
    const row = JSON.parse(JSON.parse(receipt).row);
    const votes = Object.values(row.votes)[0];
    const forged = JSON.parse(receipt);
    forged.row = forged.row.replace(`:${votes}`, `:${votes + 1}`);
    await check(page, [file("entry-1.tlog-proof", proof), file("receipt.json", receipt), file("forged.json", JSON.stringify(forged))], key);
    const verdicts = await page.locator(".verdict").allInnerTexts();
    assert.deepEqual(verdicts.map((text) => text.replace(/^\S+\s/, "")), [words.holds, words.holds, words.fails]);
    assert.match(await page.innerText("#outcomes"), new RegExp(`\\b${votes}\\b`));
    assert.match(await page.innerText("#outcomes"), /SCR-VERIFY-033/);
    assert.equal(await page.evaluate(() => document.activeElement.id), "h-result", "the reader is led to the answer");
    await picture(page, `verify-html-${lang}`);
    await mustBeSound(page, complaints, lang);
    assert.deepEqual(requests, []);
    await close();
  });
}

test("every language can be chosen, and the outcome is said in it", async () => {
  const { page, complaints, close } = await offline({ viewport: PHONE });
  await check(page, [file("entry-1.tlog-proof", proof)], key);
  for (const lang of LANGUAGES) {
    await page.click(`#languages [lang="${lang}"]`);
    await mustBeSound(page, complaints, lang);
    assert.equal(await page.locator(".outcome.holds").count(), 1);
  }
  await close();
});

test("nothing, no key, a private key and a stranger's key are answered in words", async () => {
  const { page, complaints, close } = await offline();
  await page.click("button[type=submit]");
  await page.getByText("Choose a receipt first").waitFor();
  await check(page, [file("p", proof)], "");
  assert.match(await page.innerText("#outcomes"), /cannot vouch for itself/);
  await check(page, [file("p", proof)], `PRIVATE+KEY+${key}`);
  assert.match(await page.innerText("#outcomes"), /give it to nobody/);
  await check(page, [file("p", proof)], "x.example+00000000+AAAA");
  assert.match(await page.innerText("#outcomes"), /cannot be read/);
  await check(page, [file("<img src=x>.tlog-proof", proof)], key);
  assert.match(await page.innerText("#outcomes"), /<img src=x>/, "a file's name is text");
  await page.click("button[type=reset]");
  await page.waitForSelector("#result", { state: "hidden" });
  assert.deepEqual(complaints, []);
  await close();
});

test("the whole task by keyboard, with pasted text", async () => {
  const { page, close } = await offline();
  await tabTo(page, "summary");
  await page.keyboard.press("Enter");
  await tabTo(page, "#pasted");
  await page.keyboard.insertText(proof.toString().trimEnd());
  await tabTo(page, "#trust");
  await page.keyboard.insertText(key);
  await tabTo(page, "button[type=submit]");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".outcome.holds");
  await close();
});

test("a document is found by its hash in the proof of its entry", async () => {
  const cases = await corpus(folder);
  const one = cases.find((each) => each.name === "document by its salt");
  const { page, close } = await offline();
  await page.click("#h-document + details > summary");
  await page.setInputFiles("#document", join(folder, one.document));
  await page.fill("#salt", one.salt);
  await check(page, [file("p", await readFile(join(folder, one.file)))], one.trust);
  assert.match(await page.innerText(".outcome.holds"), /private content that the entry commits to/);
  await page.fill("#salt", "");
  await page.setInputFiles("#document", join(folder, "other"));
  await page.click("button[type=submit]");
  await page.waitForSelector(".outcome.fails");
  await close();
});
