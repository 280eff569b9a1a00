// From lists of polling stations to printed cards and sealed sheets; a scanner reads card and lesson from paper.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { LANGUAGES, LAPTOP, PHONE, launch, mustBeSound, open } from "../lib/browser.mjs";
import { skipWithoutPrograms } from "../lib/data.mjs";
import { SCANNER, codesOnPaper } from "../lib/paper.mjs";
import { signIn } from "../lib/people.mjs";
import { demo, start } from "../lib/server.mjs";

const AREAS = "code,name,parent,stations,voters\nX,Country,,3,30\nX-N,North,X,2,20\nX-S,South,X,1,10\n";
const STATIONS = "number,area,voters,unit,name\n900001,X-N,10,K1,School\n900002,X-N,10,K2,Library\n900003,X-S,10,K3,Harbour\n";
const CONTACTS = (day) =>
  `station,function,level,language,authority,sms,valid_until\n900001,Head of the polling station,official,fr,local,+4512345601,${day}\n`;
const csv = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
const scanner = { skip: skipWithoutPrograms(...SCANNER) };
let server, browser;

before(async () => {
  server = await start(demo);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const at = (path) => `${server.address}${path}`;

test("a manager imports stations and contacts, and prints a card that a scanner reads and sheets that are shown once", scanner, async () => {
  const { page, complaints, close } = await open(browser);
  await signIn(page, server.address, "official@demo.example");
  await page.goto(at("/desk/alerts/network"));
  await mustBeSound(page, complaints, "en");
  await page.locator("tbody th a").first().click();
  const base = new URL(page.url()).pathname;
  await page.goto(at(`${base}/import`));
  await page.locator("#areas-file").setInputFiles(csv("areas.csv", AREAS));
  await page.getByRole("button", { name: "Read the areas" }).click();
  await page.locator("#f-file").setInputFiles(csv("stations.csv", STATIONS));
  await page.getByRole("button", { name: "Read the polling stations" }).click();
  await mustBeSound(page, complaints, "en");
  if (await page.locator("#f-reason").count()) await page.locator("#f-reason").fill("For a test.");
  await page.getByRole("button", { name: "Record", exact: true }).click();
  await page.waitForURL(/recorded=/);

  const day = new Date(Date.now() + 100 * 86_400_000).toISOString().slice(0, 10);
  await page.goto(at(`${base}/contacts/import`));
  await page.locator("#f-file").setInputFiles(csv("contacts.csv", CONTACTS(day)));
  await page.getByRole("button", { name: "Check the file" }).click();
  await page.getByRole("button", { name: "Record", exact: true }).click();
  await page.waitForURL(/contacts\?recorded=/);
  assert.match(await page.locator("main").innerText(), /\+4512345601/);
  await mustBeSound(page, complaints, "en");

  const kit = base.replace("/network/", "/kit/");
  for (const viewport of [LAPTOP, PHONE]) {
    await page.setViewportSize(viewport);
    await page.goto(at(kit));
    await mustBeSound(page, complaints, "en");
  }
  await page.setViewportSize(LAPTOP);
  await page.goto(at(`${kit}/card`));
  const card = (await page.locator("pre").innerText()).trim();
  assert.equal((await codesOnPaper(page)).bytes.toString().trim(), card, "what is read from the printed card");

  await page.goto(at(kit));
  await page.locator("#f-area").selectOption("X-N");
  await page.getByRole("button", { name: "Print these stations" }).click();
  const sheets = await page.locator("main").innerText();
  assert.match(sheets, /SCELLÉ/, "the station whose contact speaks French");
  assert.match(sheets, /SEALED, keep closed until needed/);
  assert.match(sheets, /9000 02\d\d/, "codes to tear off begin with the station's number");
  await page.goto(at(kit));
  assert.match(await page.locator("main").innerText(), /900001–900002/);
  await close();
});

test("the lesson is sound in four languages, on a phone and on paper", async () => {
  for (const lang of LANGUAGES) {
    const { page, complaints, close } = await open(browser, { lang, viewport: PHONE });
    for (const path of ["/alerts/lesson", "/alerts/lesson/paper"]) {
      await page.goto(at(`${path}?lang=${lang}`));
      await mustBeSound(page, complaints, lang);
    }
    await close();
  }
});

test("the two codes to practise on are read from the printed lesson in four languages", scanner, async () => {
  const one = await readFile(new URL("../../fixtures/alerts/exercise.txt", import.meta.url), "utf8");
  const inOneLine = (text) => text.trim().split(/\s*\n\s*/).join(" ");
  for (const lang of LANGUAGES) {
    const { page, close } = await open(browser, { lang });
    await page.goto(at(`/alerts/lesson/paper?lang=${lang}`));
    const { texts } = await codesOnPaper(page);
    const [genuine, forged] = [inOneLine(one), inOneLine(one).replace("EXERCISE EXERCISE 1 NOT AN ALERT", "ALERT 1 ACTUAL")];
    // Both are on the sheet for practice, and none beside the answers.
    assert.deepEqual(texts.filter((all) => all.length > 0).map((all) => all.sort()), [[genuine, forged].sort()], lang);
    await close();
  }
});
