// The style guide shows every component in every state: what is wrong here is wrong everywhere.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES, LAPTOP, PHONE, accessibility, launch, mustBeSound, open, picture, tabTo } from "../lib/browser.mjs";
import { start, styleGuide } from "../lib/server.mjs";

let server, browser;

before(async () => {
  server = await start(styleGuide);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

for (const lang of LANGUAGES) {
  for (const viewport of [PHONE, LAPTOP]) {
    test(`the style guide in ${lang} at ${viewport.width} px`, async () => {
      for (const dark of [false, true]) {
        const { page, complaints, close } = await open(browser, { lang, viewport, dark });
        await page.goto(`${server.address}/style?lang=${lang}`);
        await picture(page, `style-${lang}-${viewport.width}${dark ? "-dark" : ""}`);
        await mustBeSound(page, complaints, lang);
        await close();
      }
    });
  }
}

test("an address that does not exist gets a page that helps, in every language", async () => {
  for (const lang of LANGUAGES) {
    const { page, complaints, close } = await open(browser, { lang, viewport: PHONE });
    await page.goto(`${server.address}/no/such/page?lang=${lang}`);
    assert.match(await page.textContent("body"), /SCR-WEB-007/);
    await mustBeSound(page, complaints, lang, { status: 404 });
    // Whoever expects a page is not satisfied with this one.
    await assert.rejects(mustBeSound(page, complaints, lang), /status of .*404/s);
    await close();
  }
});

test("the style guide is complete without a script", async () => {
  const withScript = await open(browser);
  const without = await open(browser, { script: false });
  await withScript.page.goto(`${server.address}/style?lang=en`);
  await without.page.goto(`${server.address}/style?lang=en`);
  assert.equal(await without.page.innerText("main"), await withScript.page.innerText("main"));
  await withScript.close();
  await without.close();
});

test("the first press of Tab offers to skip to the content", async () => {
  const { page, close } = await open(browser);
  await page.goto(`${server.address}/style?lang=en`);
  await tabTo(page, "a[href^='#']", 1);
  await page.keyboard.press("Enter");
  // The address changes a moment after the key.
  await page.waitForURL(/#./);
  await close();
});

test("the policy forbids every script", async () => {
  const { page, complaints, close } = await open(browser);
  const response = await page.goto(`${server.address}/style`);
  const policy = response.headers()["content-security-policy"];
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe|script-src/);
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'ran'";
    document.head.append(script);
    return document.title === "ran";
  });
  assert.equal(ran, false);
  assert.equal(complaints.length, 1, "the browser reports the script that it did not run");
  await close();
});

test("axe sees what it should: a page made wrong is not sound", async () => {
  const { page, close } = await open(browser);
  await page.goto(`${server.address}/style?lang=en`);
  await page.evaluate(() => document.querySelector("main").append(document.createElement("input")));
  assert.ok((await accessibility(page)).some((line) => line.startsWith("label")), "an input without a label");
  await close();
});
