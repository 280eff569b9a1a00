// Private content in a browser: a hold, a request, two approvals, the tombstone; without a script.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LAPTOP, PHONE, inLanguage, launch, mustBeSound, open, picture } from "../lib/browser.mjs";
import { signIn } from "../lib/people.mjs";
import { demo, start } from "../lib/server.mjs";

const SHAPES = [["en", LAPTOP], ["ar", PHONE], ["fr", PHONE]];
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

async function signedIn(email, options) {
  const visit = await open(browser, { script: false, ...options });
  await signIn(visit.page, server.address, email);
  return visit;
}

/** One page in every shape, with a script, because axe needs one. */
async function look(email, name, path) {
  for (const [lang, viewport] of SHAPES) {
    const visit = await signedIn(email, { lang, viewport, script: true });
    await visit.page.goto(at(inLanguage(path, lang)));
    await mustBeSound(visit.page, visit.complaints, lang);
    await picture(visit.page, `privacy-${name}-${lang}-${viewport.width}`);
    await visit.close();
  }
}

async function approve(page, request) {
  await page.goto(at(request));
  await page.check("[name=position][value=signs]");
  await page.click("main form button");
}

test("somebody's content is held, released, and erased by two who did not ask", async () => {
  const admin = await signedIn("admin@demo.example");
  const find = "/desk/privacy/find?q=clerk1@demo.example";
  await admin.page.goto(at(find));
  const entry = await admin.page.locator("tbody th a").first().getAttribute("href");
  await look("admin@demo.example", "found", find);
  await admin.page.selectOption("#hold-basis", "recount");
  await admin.page.fill("#hold-reason", "Petition 7/2026 asks for a recount of station 0714.");
  await admin.page.click("form[action='/desk/privacy/holds'] button");
  await look("admin@demo.example", "overview-held", "/desk/privacy");
  await look("admin@demo.example", "held", find);
  await admin.page.goto(at("/desk/privacy"));
  await admin.page.click("a[href$='/release']");
  await look("admin@demo.example", "release", new URL(admin.page.url()).pathname);
  await admin.page.fill("[name=reason]", "The recount is done.");
  await admin.page.click("main form button");

  await admin.page.goto(at(find));
  await admin.page.selectOption("#f-basis", "consent-withdrawn");
  await admin.page.fill("#f-reason", "Letter of 3 November 2026, file 12: asks to be forgotten after the election.");
  await admin.page.click("form[action='/desk/privacy/requests'] button");
  const request = new URL(admin.page.url()).pathname;
  await look("official@demo.example", "request", request);
  const official = await signedIn("official@demo.example");
  await approve(official.page, request);
  await look("supervisor@demo.example", "request-half", request);
  const supervisor = await signedIn("supervisor@demo.example");
  await approve(supervisor.page, request);
  assert.match(supervisor.page.url(), /\/desk\/privacy\?recorded=\d+$/);
  await look("admin@demo.example", "overview", "/desk/privacy");
  await look("admin@demo.example", "request-done", request);
  await look("admin@demo.example", "receipt", entry);
  await admin.page.goto(at(entry));
  assert.match(await admin.page.locator("main").innerText(), /Erased\. The key to it is destroyed/);
  for (const visit of [admin, official, supervisor]) await visit.close();
});
