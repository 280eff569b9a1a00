// Objects from other servers in a browser: a manager adds one without script, and sees how it goes.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { LAPTOP, PHONE, inLanguage, launch, mustBeSound, open, picture } from "../lib/browser.mjs";
import { signIn } from "../lib/people.mjs";
import { demo, start } from "../lib/server.mjs";

const HOME = "/desk/threats/sources";
const MEDIA = "application/taxii+json;version=2.1";
const ID = "365fed99-08fa-fdcd-a1b3-fb247eb41d01";
let server, browser, partner, address;

const indicator = (number) => ({
  type: "indicator", spec_version: "2.1", id: `indicator--9b1f0000-0000-4000-8000-${String(number).padStart(12, "0")}`,
  created: "2026-11-01T08:00:00.000Z", modified: "2026-11-01T08:00:00.000Z", name: `ballot-${number}.example`,
  pattern: `[domain-name:value = 'ballot-${number}.example']`, pattern_type: "stix", valid_from: "2026-11-01T08:00:00Z",
});

// A partner: one collection that we may read, one that we may not, and an object that nobody can read.
const answers = {
  "/taxii2/": { title: "National CERT", api_roots: ["/exchange/", "https://elsewhere.example/root/"] },
  "/exchange/": { title: "Exchange", versions: [MEDIA], max_content_length: 1000 },
  "/exchange/collections/": {
    collections: [
      { id: ID, title: "Phishing against voters", description: "Checked by two people", can_read: true, can_write: false },
      { id: "closed", title: "Internal", can_read: false, can_write: true },
    ],
  },
  [`/exchange/collections/${ID}/`]: { id: ID, title: "Phishing against voters", can_read: true, can_write: false },
  [`/exchange/collections/${ID}/objects/`]: { objects: [...Array(12).keys()].map(indicator).concat({ type: "indicator" }) },
};

before(async () => {
  partner = createServer((request, response) => {
    const found = answers[new URL(request.url, "http://partner").pathname];
    if (request.headers.authorization !== `Basic ${btoa("analyst:open sesame")}`) return response.writeHead(401).end();
    if (!found) return response.writeHead(404).end();
    const last = { "Content-Type": MEDIA, "X-TAXII-Date-Added-Last": "2026-11-01T09:00:00.000000Z" };
    response.writeHead(200, last).end(JSON.stringify(found));
  });
  await new Promise((done) => partner.listen(0, "127.0.0.1", done));
  address = `http://127.0.0.1:${partner.address().port}/`;
  server = await start(demo);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.stop();
  partner?.close();
});

const at = (path) => `${server.address}${path}`;

test("a manager adds a source without script and without knowing an id, and it brings objects in", async () => {
  const { page, complaints, close } = await open(browser, { script: false });
  await signIn(page, server.address, "official@demo.example");
  await page.goto(at(HOME));
  await picture(page, "partners-none-en-1440");
  await page.click("main a.button");
  await page.fill("#f-address", address);
  await page.fill("#f-name", "National CERT");
  await page.check("#f-login-password");
  await page.fill("#f-user", "analyst");
  await page.fill("#f-secret", "wrong");
  await page.click("main form .button");
  assert.match(await page.innerText("main"), /does not accept our login \(401\)/);
  await picture(page, "partners-refused-en-1440");
  await page.click('main a[href$="/login"]');
  await page.fill("#f-user", "analyst");
  await page.fill("#f-secret", "open sesame");
  await page.click("main form .button");
  const found = await page.innerText("main");
  assert.match(found, /Phishing against voters/);
  assert.match(found, /One part of it is on another server/);
  assert.doesNotMatch(await page.content(), /open sesame/);
  await picture(page, "partners-setup-en-1440");
  await page.check("#f-at_least-green");
  await page.click("main form .button");
  assert.match(page.url(), /sources\/[0-9a-f-]+\?asked=yes$/);
  const one = page.url().split("?")[0];
  for (let wait = 0; wait < 40 && !/12 objects have come/.test(await page.innerText("main")); wait += 1) {
    await new Promise((done) => setTimeout(done, 1000));
    await page.goto(one);
  }
  const text = await page.innerText("main");
  assert.match(text, /It works: 12 objects have come\./);
  assert.match(text, /What was not taken/);
  await picture(page, "partners-one-en-1440");
  assert.deepEqual(complaints, []);
  await close();
});

test("the pages are sound, in Arabic and on a phone", async () => {
  for (const [lang, viewport] of [["en", LAPTOP], ["ar", LAPTOP], ["en", PHONE], ["ar", PHONE], ["fr", PHONE], ["es", PHONE]]) {
    const { page, complaints, close } = await open(browser, { lang, viewport });
    await signIn(page, server.address, "official@demo.example");
    await page.goto(at(inLanguage(HOME, lang)));
    const one = await page.locator("tbody th a").first().getAttribute("href");
    const pages = { list: HOME, new: `${HOME}/new`, one, setup: `${one}/setup`, login: `${one}/login`, remove: `${one}/remove` };
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(at(inLanguage(path, lang)));
      await mustBeSound(page, complaints, lang);
      await picture(page, `partners-${name}-${lang}-${viewport.width}`);
    }
    await close();
  }
});
