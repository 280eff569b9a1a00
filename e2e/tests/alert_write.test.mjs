// An alert from the draft to everybody: written in two languages by one, approved by another, released by two, without a script.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { LAPTOP, PHONE, inLanguage, launch, mustBeSound, open, picture } from "../lib/browser.mjs";
import { skipWithoutPrograms } from "../lib/data.mjs";
import { SCANNER, codesOnPaper } from "../lib/paper.mjs";
import { start, target } from "../lib/server.mjs";

const desk = () => [join(target, "debug/examples/alert_desk"), []];
let server, browser;

before(async () => {
  server = await start(desk);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const at = (path) => `${server.address}${path}`;

/** A page of somebody who is signed in: the server of this test believes the cookie. */
async function as(who, options = {}) {
  const opened = await open(browser, options);
  if (who) await opened.page.context().addCookies([{ name: "scr_login", value: who, url: server.address }]);
  return opened;
}

const ANA = "ana.clerk.emb";
const BEN = "ben.manager.emb";
const CEM = "cem.supervisor.emb";

async function write(page, language, headline) {
  await page.fill("#f-headline", headline);
  await page.fill("#f-instruction", language === "ar" ? "أبلغوا الناخبين." : "Tell voters.");
  await page.fill("#f-headline-public", headline);
  await page.fill("#f-description-public", language === "ar" ? "تنتشر مواعيد كاذبة." : "False times go round.");
  await page.fill("#f-instruction-public", language === "ar" ? "التزموا بالمواعيد." : "Keep to the official times.");
}

async function release(who, draft) {
  const { page, complaints, close } = await as(who);
  await page.goto(at(`${draft}/release`));
  await mustBeSound(page, complaints, "en");
  await picture(page, `alert-release-${who.split(".")[0]}-en-1440`);
  await page.check("#confirm");
  await page.click("main form button.grave");
  const to = page.url();
  await close();
  return to;
}

test("one writes, another approves, two release, everybody reads", async () => {
  const { page, close } = await as(ANA, { script: false });
  await page.goto(at("/desk/alerts"));
  await page.click("a.button");
  await page.check("#f-status-actual");
  await page.click("main form button.button");
  assert.match(page.url(), /\/what$/);
  const draft = new URL(page.url()).pathname.replace(/\/what$/, "");
  await page.check("#f-severity-severe");
  await page.click("main form button.button");
  assert.match(page.url(), /\/where$/);
  await page.fill("#f-q", "south");
  await page.click("button[value=search]");
  assert.match(page.url(), /q=south/);
  await page.check("#area-S");
  await page.click("button[value=next]");
  assert.match(page.url(), /\/words\/en$/);
  // Sentences to begin with, and then words of one's own.
  await page.click('a[href$="?begin=1"]');
  assert.equal(await page.inputValue("#f-headline"), "False voting times are spread");
  await write(page, "en", "Stay open until 20:00");
  await page.click("button[value=stay]");
  assert.match(await page.innerText("main"), /bytes of 350 are left/);
  await page.goto(at(`${draft}/words/ar`));
  await write(page, "ar", "ابقوا مفتوحين حتى 20:00");
  await page.click("button[value=next]");
  assert.match(await page.innerText("main"), /1 thing is missing/);
  await close();

  const second = await as(CEM);
  for (const language of ["en", "ar"]) {
    await second.page.goto(at(`${draft}/approve/${language}`));
    await mustBeSound(second.page, second.complaints, "en");
    await picture(second.page, `alert-approve-${language}-en-1440`);
    await second.page.check("#reads");
    await second.page.click("main form button.button");
  }
  assert.match(await second.page.innerText("main"), /Nothing is missing/);
  await second.close();

  for (const [lang, viewport] of [["en", LAPTOP], ["ar", LAPTOP], ["en", PHONE], ["ar", PHONE], ["fr", PHONE], ["es", PHONE]]) {
    const reader = await as(BEN, { lang, viewport });
    const pages = {
      "home": "/desk/alerts",
      "begin": "/desk/alerts/drafts/new",
      "overview": draft,
      "what": `${draft}/what`,
      "where": `${draft}/where`,
      "words": `${draft}/words/en`,
      "preview": `${draft}/preview`,
      "release": `${draft}/release`,
    };
    for (const [name, path] of Object.entries(pages)) {
      await reader.page.goto(at(inLanguage(path, lang)));
      await mustBeSound(reader.page, reader.complaints, lang);
      await picture(reader.page, `alert-${name}-${lang}-${viewport.width}`);
    }
    await reader.close();
  }

  assert.match(await release(BEN, draft), new RegExp(`${draft}\\?recorded=`));
  const released = await release(CEM, draft);
  assert.match(released, /\/desk\/alerts\/released\//);
  const id = new URL(released).pathname.split("/").at(-1);

  for (const [lang, viewport] of [["en", LAPTOP], ["ar", LAPTOP], ["en", PHONE], ["ar", PHONE], ["fr", PHONE], ["es", PHONE]]) {
    const reader = await as(null, { lang, viewport });
    for (const [name, path] of Object.entries({ "list": "/alerts", "one": `/alerts/${id}`, "print": `/alerts/${id}/print` })) {
      await reader.page.goto(at(inLanguage(path, lang)));
      await mustBeSound(reader.page, reader.complaints, lang);
      await picture(reader.page, `alert-public-${name}-${lang}-${viewport.width}`);
    }
    await reader.close();
  }
  const reader = await as(null, { script: false });
  await reader.page.goto(at(`/alerts/${id}`));
  assert.equal(await reader.page.innerText("h1"), "Stay open until 20:00");
  await reader.page.click('.filters a[href*="words=ar"]');
  assert.equal(await reader.page.innerText("h1"), "ابقوا مفتوحين حتى 20:00");
  const cap = await (await fetch(at(`/alerts/${id}.cap`))).text();
  assert.match(cap, /<headline>Stay open until 20:00<\/headline>/);
  assert.match(cap, /<ds:SignatureValue>/);
  const feed = await (await fetch(at("/alerts/feed.atom"))).text();
  assert.match(feed, new RegExp(`urn:uuid:${id}`));
  await reader.close();

  const desks = await as(BEN);
  await desks.page.goto(released);
  await mustBeSound(desks.page, desks.complaints, "en");
  await picture(desks.page, "alert-released-en-1440");
  await desks.close();
});

test("the codes on the printed page are the bundle, byte for byte, and its text", { skip: skipWithoutPrograms(...SCANNER) }, async () => {
  const list = await (await fetch(at("/api/v1/alerts"))).json();
  const id = list.alerts[0].id;
  const { page, close } = await open(browser);
  await page.goto(at(`/alerts/${id}/print`));
  const { bytes } = await codesOnPaper(page);
  const served = Buffer.from(await (await fetch(at(`/alerts/${id}.bundle`))).arrayBuffer());
  assert.ok(bytes.includes(served), `${bytes.length} bytes were read, ${served.length} are served`);
  const text = await (await fetch(at(`/alerts/${id}.txt`))).text();
  assert.ok(bytes.includes(text.trim().split("\n").join(" ")), "the text code is there, too");
  await close();
});
