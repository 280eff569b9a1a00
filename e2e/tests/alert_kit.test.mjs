// From lists of polling stations to printed cards and sealed sheets; zbarimg (Debian zbar-tools) reads the card
// from what is printed.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { LANGUAGES, LAPTOP, PHONE, launch, mustBeSound, open } from "../lib/browser.mjs";
import { signIn } from "../lib/people.mjs";
import { demo, start } from "../lib/server.mjs";

const AREAS = "code,name,parent,stations,voters\nX,Country,,3,30\nX-N,North,X,2,20\nX-S,South,X,1,10\n";
const STATIONS = "number,area,voters,unit,name\n900001,X-N,10,K1,School\n900002,X-N,10,K2,Library\n900003,X-S,10,K3,Harbour\n";
const CONTACTS = (day) =>
  `station,function,level,language,authority,sms,valid_until\n900001,Head of the polling station,official,fr,local,+4512345601,${day}\n`;
const csv = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
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

test("a manager imports stations and contacts, and prints a card that a scanner reads and sheets that are shown once", async (t) => {
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
  await scanned(t, page, card);

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

/** What zbarimg reads of the printed page is the card, byte for byte. */
async function scanned(t, page, card) {
  const folder = mkdtempSync(join(tmpdir(), "card-"));
  await page.emulateMedia({ media: "print" });
  const file = join(folder, "card.png");
  await page.screenshot({ path: file, fullPage: true });
  await page.emulateMedia({ media: "screen" });
  let read;
  try {
    read = execFileSync("zbarimg", ["--quiet", "--raw", file], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    return t.diagnostic("zbarimg is missing: install Debian's zbar-tools");
  }
  assert.equal(read.trim(), card);
}

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
