// The exchange in a browser: what members see, sharing without script, and what everybody sees.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LAPTOP, PHONE, inLanguage, launch, mustBeSound, open, picture } from "../lib/browser.mjs";
import { signIn } from "../lib/people.mjs";
import { demo, start } from "../lib/server.mjs";

const HOME = "/desk/threats/lindenland";
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

test("every page of the exchange is sound, in Arabic and on a phone", async () => {
  for (const [lang, viewport] of [["en", LAPTOP], ["ar", LAPTOP], ["en", PHONE], ["ar", PHONE], ["fr", PHONE], ["es", PHONE]]) {
    const { page, complaints, close } = await open(browser, { lang, viewport });
    const pages = {
      "public": "/threats",
      "public-community": "/threats/lindenland",
    };
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(at(inLanguage(path, lang)));
      await mustBeSound(page, complaints, lang);
      await picture(page, `threats-${name}-${lang}-${viewport.width}`);
    }
    await page.goto(at(await page.locator('a[href*="/objects/indicator"]').first().getAttribute("href")));
    await mustBeSound(page, complaints, lang);
    await picture(page, `threats-public-object-${lang}-${viewport.width}`);
    await signIn(page, server.address, "ngo@demo.example");
    await page.goto(at(`${HOME}?what=signs`));
    const sign = await page.locator("tbody th a").first().getAttribute("href");
    await page.goto(at(`${HOME}?what=campaigns`));
    const campaign = await page.locator("tbody th a").first().getAttribute("href");
    const desk = {
      "home": "/desk/threats",
      "found": "/desk/threats/new",
      "community": HOME,
      "nothing": `${HOME}?q=nothing-has-this-name`,
      "rules": `${HOME}/rules`,
      "proposal": `${HOME}/proposals/2`,
      "decided": `${HOME}/proposals/1`,
      "propose-rules": `${HOME}/propose/rules`,
      "propose-collection": `${HOME}/propose/collection`,
      "propose-admit": `${HOME}/propose/admit`,
      "leave": `${HOME}/leave`,
      "share": `${HOME}/share`,
      sign,
      campaign,
    };
    for (const [name, path] of Object.entries(desk)) {
      await page.goto(at(inLanguage(path, lang)));
      await mustBeSound(page, complaints, lang);
      await picture(page, `threats-${name}-${lang}-${viewport.width}`);
    }
    await close();
  }
});

test("an observer shares with two members, without script, and only these find it", async () => {
  const { page, complaints, close } = await open(browser, { script: false });
  await signIn(page, server.address, "ngo@demo.example");
  await page.goto(at(`${HOME}/share`));
  await page.fill("#f-value", "stimmzettel[.]example");
  await page.fill("#f-description", "A page that asks voters for their number.");
  await page.click(`form[action="${HOME}/share/form"] > p.actions button`);
  assert.match(page.url(), /share\/whom$/);
  await picture(page, "threats-whom-en-1440");
  await page.check("#f-label-amber");
  await page.check("#to-national-cert");
  await page.click("main form button");
  await picture(page, "threats-last-look-en-1440");
  assert.match(await page.innerText("main"), /stimmzettel\.example[\s\S]*TLP:AMBER/);
  // A name of the demonstration leads nowhere: that is said, and confirmed.
  await page.check("#f-despite-yes");
  await page.click("main form button");
  assert.match(page.url(), /\/status\//);
  await picture(page, "threats-status-en-1440");
  assert.deepEqual(complaints, []);
  await close();
  const other = await open(browser);
  await signIn(other.page, server.address, "party@demo.example");
  await other.page.goto(at(`${HOME}?q=stimmzettel`));
  assert.doesNotMatch(await other.page.innerText("main"), /stimmzettel\.example/);
  await other.close();
});
