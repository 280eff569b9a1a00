// Runs of playbooks in a browser: started, two steps done, signed by another person, seen on the board and on the wall; severity.
import assert from "node:assert/strict";
import { writeFile, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { LAPTOP, PHONE, inLanguage, launch, mustBeSound, open, overlaid, picture } from "../lib/browser.mjs";
import { PASSWORD, signIn } from "../lib/people.mjs";
import { demo, start } from "../lib/server.mjs";

let server, browser, board;

before(async () => {
  server = await start(demo);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const at = (path) => `${server.address}${path}`;
const RUNS = "/desk/response/runs";

/** Sends the form with this button, and waits for the page after it. */
const send = (page, button) => Promise.all([page.waitForNavigation(), page.click(button)]);

/** A signing act asks for the password once more where it was given too long ago. */
async function sign(page, button) {
  await send(page, button);
  if (await page.locator("main [name=fresh-password]").count()) {
    await page.fill("main [name=fresh-password]", PASSWORD);
    await send(page, "main form button");
  }
}

/** Puts a starter into force, by two people. */
async function adopt(starter) {
  const maker = await open(browser, { script: false });
  await signIn(maker.page, server.address, "official@demo.example");
  await maker.page.goto(at("/desk/response/playbooks/new"));
  await maker.page.check(`[name=starter][value=${starter}]`);
  await send(maker.page, "form[action$='/new/starter'] button");
  const code = new URL(maker.page.url()).pathname.split("/").pop();
  await maker.close();
  const second = await open(browser, { script: false });
  await signIn(second.page, server.address, "supervisor@demo.example");
  await second.page.goto(at(`/desk/response/playbooks/${code}/adopt`));
  await second.page.check("[name=looked]");
  await sign(second.page, "main form button");
  await second.close();
  return code;
}

test("a playbook is started, its first steps are done, and another person signs; without a script", async () => {
  const code = await adopt("insider");
  const folder = await mkdtemp(join(tmpdir(), "scrutineer-runs-"));
  const file = join(folder, "log.txt");
  await writeFile(file, "22:40 login from an account that is on holiday\n");

  const { page, complaints, close } = await open(browser, { script: false });
  await signIn(page, server.address, "official@demo.example");
  await page.goto(at(RUNS));
  await picture(page, "runs-none-en-1440");
  await send(page, ".page-head a.button");
  await picture(page, "runs-choose-en-1440");
  await page.goto(at(`${RUNS}/new?playbook=${code}`));
  await picture(page, "runs-start-en-1440");
  await page.fill("[name=occasion]", "A login at night from the account of a colleague who is on holiday.");
  await page.check("[name=is_public]");
  await send(page, "main form button");
  board = new URL(page.url()).pathname;
  assert.match(await page.locator("main").innerText(), /Write down what was noticed/);
  assert.ok((await page.locator("svg.graph-svg a").count()) >= 1);
  assert.deepEqual(await overlaid(page), [], "words of the picture lie over each other");
  await picture(page, "runs-board-begun-en-1440");

  await page.locator("tbody th a").first().click();
  await picture(page, "runs-step-en-1440");
  await send(page, "form[action$='/take'] button");
  await page.fill("[name=note]", "22:40, account of a colleague on holiday, from inside the office.");
  await picture(page, "runs-step-taken-en-1440");
  await send(page, "form[action$='/done'] button");

  await page.locator("tbody th a").first().click();
  await send(page, "form[action$='/take'] button");
  // Nothing is chosen yet: the refusal stands beside its field.
  await send(page, "form[action$='/done'] button");
  assert.match(await page.locator(".error-summary").innerText(), /__is_plausible__|needs a note/);
  await page.check("[value=true]");
  await page.fill("[name=note]", "It is.");
  await page.setInputFiles("[name=file]", file);
  await send(page, "form[action$='/done'] button");
  assert.match(await page.locator("main").innerText(), /Waits for the second signature/);
  await page.locator("tbody th a").first().click();
  assert.match(await page.locator("main").innerText(), /another person must sign/);
  assert.equal(await page.locator("form[action$='/sign']").count(), 0);
  assert.deepEqual(complaints, []);
  await close();

  const second = await open(browser, { script: false });
  await signIn(second.page, server.address, "supervisor@demo.example");
  await second.page.goto(at(RUNS));
  await picture(second.page, "runs-list-en-1440");
  await second.page.locator(".task-list a").first().click();
  await picture(second.page, "runs-sign-en-1440");
  await sign(second.page, "form[action$='/sign'] button");
  const text = await second.page.locator("main").innerText();
  for (const step of ["Secure the evidence", "Withdraw accounts and keys", "List what the person could have changed"]) {
    assert.match(text, new RegExp(step));
  }
  await second.close();

  const reader = await open(browser, { script: false, viewport: PHONE });
  await reader.page.goto(at(board.replace("/desk", "")));
  const told = await reader.page.locator("main").innerText();
  assert.match(told, /A plan is being carried out/);
  assert.doesNotMatch(told, /Secure the evidence|holiday|Sofía/);
  await picture(reader.page, "runs-public-en-360");
  await reader.close();
});

test("every page of a run is sound, in Arabic and on a phone", async () => {
  for (const [lang, viewport] of [["en", LAPTOP], ["ar", LAPTOP], ["en", PHONE], ["ar", PHONE]]) {
    const { page, complaints, close } = await open(browser, { lang, viewport });
    await signIn(page, server.address, "official@demo.example");
    await page.goto(at(inLanguage(`${board}?live=no`, lang)));
    const step = await page.locator("tbody th a").first().getAttribute("href");
    const pages = {
      list: RUNS,
      new: `${RUNS}/new`,
      begin: `${RUNS}/new?playbook=starter:voting-systems`,
      board: `${board}?live=no`,
      step,
      variables: `${board}/variables`,
      pause: `${board}/pause`,
      abort: `${board}/abort`,
      report: `${board}/report`,
      paper: `${board}/report/print`,
      targets: "/desk/response/targets",
      severity: "/desk/response/severity",
    };
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(at(inLanguage(path, lang)));
      await mustBeSound(page, complaints, lang);
      await picture(page, `runs-${name}-${lang}-${viewport.width}`);
    }
    await page.goto(at(inLanguage(`${board}/wall`, lang)));
    await picture(page, `runs-wall-${lang}-${viewport.width}`);
    await close();
  }
});

test("severity is worked out on the page, recorded, and checked by anybody", async () => {
  const { page, complaints, close } = await open(browser);
  await signIn(page, server.address, "official@demo.example");
  await page.goto(at("/desk/response/severity"));
  for (const [name, value] of Object.entries({
    functional_impact: "significant_critical", observed_activity: "presence",
    location_of_observed_activity: "L6_critical_systems", actor_characterization: "unknown", information_impact: "no_impact",
    recoverability: "supplemented", cross_sector_dependency: "government_facilities", potential_impact: "moderate",
  })) {
    await page.selectOption(`[name=${name}]`, value);
  }
  await page.check("[name=polls][value=opens]");
  await page.fill("[name=hours]", "24");
  await page.fill("[name=voters]", "1000");
  await send(page, "form[method=get] button");
  assert.match(await page.locator("main").innerText(), /2180\/41/);
  await mustBeSound(page, complaints, "en");
  await picture(page, "severity-en-1440");
  await page.fill("[name=title]", "Portal of results not reachable");
  await send(page, "form[method=post][action='/desk/response/severity'] button");
  const address = page.url();
  await close();
  for (const [lang, viewport] of [["en", LAPTOP], ["ar", PHONE]]) {
    const reader = await open(browser, { lang, viewport });
    await reader.page.goto(inLanguage(address, lang));
    assert.match(await reader.page.locator("main").innerText(), /2180\/41/);
    await mustBeSound(reader.page, reader.complaints, lang);
    await picture(reader.page, `severity-public-${lang}-${viewport.width}`);
    await reader.close();
  }
});
