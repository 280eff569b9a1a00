// Vocabularies and warning lists in a browser: imported, browsed, tagged with, and a warning that is confirmed.
import assert from "node:assert/strict";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { LAPTOP, PHONE, inLanguage, launch, mustBeSound, open, picture } from "../lib/browser.mjs";
import { published, skipWithout } from "../lib/data.mjs";
import { signIn } from "../lib/people.mjs";
import { demo, start } from "../lib/server.mjs";

const HOME = "/desk/threats/lindenland";
const PATH = "/desk/threats/vocabularies";
const MOBILE = "threats/attack/mobile-attack-17.1.json";
const DISARM = "threats/disarm/DISARM.json";
let server, browser, list;

before(async () => {
  const folder = await mkdtemp(join(tmpdir(), "scrutineer-e2e-lists-"));
  list = join(folder, "list.json");
  await writeFile(list, JSON.stringify({
    name: "List of known Cloudflare IP ranges", description: "Made for tests.", version: 20261101, type: "cidr",
    matching_attributes: ["ip-src", "ip-dst"], list: ["198.18.0.0/15", "not a network"],
  }));
  server = await start(demo);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const at = (path) => `${server.address}${path}`;

async function imported(page, file) {
  await page.goto(at(PATH));
  await page.setInputFiles("#f-file", file);
  await page.click("main form[enctype] button");
  await page.waitForURL(/recorded=/);
}

test("a warning list is imported without script, and its warning confirmed", async () => {
  const { page, complaints, close } = await open(browser, { script: false });
  await signIn(page, server.address, "official@demo.example");
  await page.goto(at(PATH));
  await picture(page, "vocabulary-none-en-1440");
  await imported(page, list);
  assert.match(await page.innerText("main"), /One entry[\s\S]*One thing is odd[\s\S]*not a network/);
  await picture(page, "vocabulary-list-en-1440");
  await page.goto(at(`${HOME}/share`));
  await page.check("#f-sort-address");
  await page.fill("#f-value", "198.18.4.4");
  await page.fill("#f-description", "It scans our sites.");
  await page.click(`form[action="${HOME}/share/form"] > p.actions button`);
  await page.check("#f-label-amber");
  await page.click("main form button");
  assert.match(await page.innerText("main"), /blocking it would block all of them/);
  await picture(page, "vocabulary-warning-en-1440");
  await page.click("main form button");
  assert.match(await page.innerText("main"), /Confirm that you have looked at the warnings/);
  await picture(page, "vocabulary-unconfirmed-en-1440");
  await page.check("#f-despite-yes");
  await page.click("main form button");
  assert.match(page.url(), /\/status\//);
  assert.deepEqual(complaints, []);
  await close();
});

test("frameworks are browsed, and signs tagged with them", { skip: skipWithout(MOBILE, DISARM) }, async () => {
  const { page, complaints, close } = await open(browser, { script: false });
  await signIn(page, server.address, "official@demo.example");
  await imported(page, published(MOBILE));
  await picture(page, "vocabulary-imported-en-1440");
  await imported(page, published(DISARM));
  await page.goto(at(`${HOME}/share`));
  await page.fill("#f-value", "wahl-lindenau.eu");
  await page.fill("#f-description", "A page that says that the vote is off.");
  await page.fill("#f-technique-search", "state propaganda");
  await page.click("#f-techniques button");
  await page.check('input[value="disarm/T0002"]');
  await page.fill("#f-technique-search", "phishing");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.ok(await page.isChecked('input[value="disarm/T0002"]'), "what was chosen stays");
  await picture(page, "vocabulary-share-en-1440");
  await page.click(`form[action="${HOME}/share/form"] > p.actions button`);
  await page.check("#f-label-green");
  await page.click("main form button");
  assert.match(await page.innerText("main"), /holds until/);
  await picture(page, "vocabulary-check-en-1440");
  await page.click("main form button");
  assert.match(page.url(), /\/status\//);
  await page.goto(at(`${PATH}/disarm/T0002`));
  assert.match(await page.innerText("main"), /wahl-lindenau\.eu/);
  await page.click("main tbody th a");
  assert.match(await page.innerText("main"), /Facilitate State Propaganda/);
  await picture(page, "vocabulary-object-en-1440");
  assert.deepEqual(complaints, []);
  await close();
});

test("every page of vocabularies is sound, in Arabic and on a phone", { skip: skipWithout(MOBILE, DISARM) }, async () => {
  for (const [lang, viewport] of [["en", LAPTOP], ["ar", LAPTOP], ["en", PHONE], ["ar", PHONE], ["fr", PHONE], ["es", PHONE]]) {
    const { page, complaints, close } = await open(browser, { lang, viewport });
    await signIn(page, server.address, "official@demo.example");
    const pages = {
      library: PATH,
      browse: `${PATH}/attack-mobile`,
      disarm: `${PATH}/disarm`,
      found: `${PATH}/disarm?q=propaganda`,
      term: `${PATH}/disarm/T0002`,
      phase: `${PATH}/attack-mobile/TA0027`,
      list: `${PATH}/list-list-of-known-cloudflare-ip-ranges`,
      share: `${HOME}/share`,
    };
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(at(inLanguage(path, lang)));
      await mustBeSound(page, complaints, lang);
      const first = page.locator("main details").first();
      if (name === "browse") await first.evaluate((one) => { one.open = true; });
      await picture(page, `vocabulary-${name}-${lang}-${viewport.width}`);
    }
    await close();
  }
});
