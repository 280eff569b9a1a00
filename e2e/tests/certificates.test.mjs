// Certificate logs in a browser: an administrator names one without script, and its pages are sound.
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { after, before, test } from "node:test";
import { LAPTOP, PHONE, inLanguage, launch, mustBeSound, open, picture } from "../lib/browser.mjs";
import { signIn } from "../lib/people.mjs";
import { demo, start } from "../lib/server.mjs";

const HOME = "/desk/threats/certificates";
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
const key = () =>
  generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ type: "spki", format: "der" }).toString("base64");

/** Names a log that is not there, and comes to its page. */
async function follow(page) {
  await page.goto(at(`${HOME}/new`));
  await page.fill("[name=name]", "Aspen 2026h2");
  await page.check("[name=kind][value=static]");
  await page.fill("[name=url]", "https://aspen.ct.invalid/2026h2");
  await page.fill("[name=key]", key());
  await Promise.all([page.waitForURL(/certificates\/[0-9a-f]{64}$/), page.click("main form button")]);
  return new URL(page.url()).pathname;
}

test("an administrator names a log without script, and turns it off", async () => {
  const { page, complaints, close } = await open(browser, { script: false });
  await signIn(page, server.address, "admin@demo.example");
  await page.goto(at(`${HOME}/new`));
  await page.fill("[name=name]", "Aspen");
  await page.fill("[name=url]", "http://aspen.ct.invalid");
  await page.click("main form button");
  assert.match(await page.textContent("main"), /begins with https:/);
  assert.equal(await page.inputValue("[name=name]"), "Aspen", "what was typed is still there");
  await follow(page);
  await page.click("text=Stop following");
  assert.match(await page.textContent("main"), /Follow again/);
  assert.deepEqual(complaints, []);
  await close();
});

test("every page of certificate logs is sound, in Arabic and on a phone", async () => {
  let log;
  for (const [lang, viewport] of [["en", LAPTOP], ["ar", LAPTOP], ["en", PHONE], ["ar", PHONE], ["fr", PHONE], ["es", PHONE]]) {
    const { page, complaints, close } = await open(browser, { lang, viewport });
    await signIn(page, server.address, "admin@demo.example");
    log ??= await follow(page);
    for (const [name, path] of Object.entries({ list: HOME, new: `${HOME}/new`, log, names: "/desk/threats/names" })) {
      await page.goto(at(inLanguage(path, lang)));
      await mustBeSound(page, complaints, lang);
      await picture(page, `certificates-${name}-${lang}-${viewport.width}`);
    }
    await close();
  }
});
