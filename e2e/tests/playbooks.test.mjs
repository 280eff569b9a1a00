// Playbooks in a browser: a starter, its picture, a changed step, adopted by a second person; the crisis plan.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LAPTOP, PHONE, inLanguage, launch, mustBeSound, open, overlaid, picture } from "../lib/browser.mjs";
import { responseSite, start } from "../lib/server.mjs";

let server, browser, code;

before(async () => {
  server = await start(responseSite);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const at = (path) => `${server.address}${path}`;
const DESK = "/desk/response/playbooks";

/** Sends the form with this button, and waits for the page after it. */
const send = (page, button) => Promise.all([page.waitForNavigation(), page.click(button)]);

/** Comes in as somebody in a role. */
const signIn = (page, address, who) =>
  page.context().addCookies([{ name: "scr_login", value: who, url: address, httpOnly: true, sameSite: "Lax" }]);

test("a starter is imported, seen as a picture, changed, and adopted by somebody else", async () => {
  const maker = await open(browser, { script: false });
  const { page } = maker;
  await signIn(page, server.address, "manager");
  await page.goto(at(`${DESK}/new`));
  await picture(page, "playbooks-import-en-1440");
  await page.check("[name=starter][value=results-reporting]");
  await send(page, "form[action$='/new/starter'] button");
  code = new URL(page.url()).pathname.split("/").pop();
  assert.ok(await page.locator("svg.graph-svg a").count() > 12);
  assert.deepEqual(await overlaid(page), [], "words of the picture lie over each other");
  assert.match(await page.locator("main").innerText(), /You made this version/);
  await picture(page, "playbooks-draft-en-1440");
  // A box of the picture leads to its row.
  await page.locator("svg.graph-svg a").nth(2).click();
  assert.match(page.url(), /#s\d+$/);
  // The first step that people do.
  await page.locator("tbody a[href*='/edit/step?step=action']").first().click();
  await picture(page, "playbooks-step-en-1440");
  await page.fill("[name=name]", "Ask the second person to look");
  await page.fill("[name=deadline]", "45");
  await page.selectOption("[name=deadline_unit]", "minutes");
  await send(page, "main form button");
  assert.match(await page.locator("main").innerText(), /Ask the second person to look/);
  await picture(page, "playbooks-check-en-1440");
  await page.fill("[name=reason]", "our own words");
  await send(page, "main form button");
  assert.match(await page.locator("main").innerText(), /Version 2/);
  await maker.close();

  const second = await open(browser, { script: false });
  await signIn(second.page, server.address, "supervisor");
  await second.page.goto(at(DESK));
  await picture(second.page, "playbooks-list-en-1440");
  await second.page.locator(".task-list a").first().click();
  await second.page.check("[name=looked]");
  await send(second.page, "main form button");
  assert.match(await second.page.locator(".page-head").innerText(), /In force/);
  await second.close();

  const reader = await open(browser, { script: false });
  await reader.page.goto(at(`/response/playbooks/${code}`));
  assert.match(await reader.page.locator("main").innerText(), /Ask the second person to look/);
  await reader.close();
});

test("the crisis plan is written and adopted by somebody else", async () => {
  const maker = await open(browser, { script: false });
  const { page } = maker;
  await signIn(page, server.address, "manager");
  await page.goto(at("/desk/response/plan/edit"));
  const fields = {
    "lead-0-role": "National election authority", "lead-1-role": "Regional election authority",
    "lead-2-role": "Head of the election office", "lead-3-role": "Liaison with allies",
    "trigger-0-when": "Published results differ from the signed sheets", "trigger-0-role": "Head of results",
    "contact-0-role": "Legal adviser", "contact-0-purpose": "Is what we do lawful?",
    "statement-0-subject": "That results are looked at again", "statement-0-role": "Head of the election office",
    "statement-0-how": "Within an hour. Never a guess about who did it.",
  };
  for (const [name, value] of Object.entries(fields)) await page.fill(`[name="${name}"]`, value);
  await page.selectOption("[name=trigger-0-playbook]", code);
  const year = new Date().getFullYear() + 1;
  await page.fill("[name=review]", `${year}-06-01`);
  await picture(page, "plan-form-en-1440");
  await send(page, "main form p.actions button");
  await picture(page, "plan-check-en-1440");
  await send(page, "main form p.actions button");
  assert.match(await page.locator("main").innerText(), /You made this version/);
  await maker.close();
  const second = await open(browser, { script: false });
  await signIn(second.page, server.address, "supervisor");
  await second.page.goto(at("/desk/response/plan/adopt"));
  await second.page.check("[name=looked]");
  await send(second.page, "main form button");
  assert.match(await second.page.locator(".page-head").innerText(), /In force/);
  await second.close();
});

test("every page is sound, in English and Arabic, on a laptop and a telephone", async () => {
  for (const [lang, viewport] of [["en", LAPTOP], ["ar", LAPTOP], ["en", PHONE], ["ar", PHONE]]) {
    const { page, complaints, close } = await open(browser, { lang, viewport, script: true });
    await signIn(page, server.address, "manager");
    const pages = {
      list: DESK,
      import: `${DESK}/new`,
      keys: `${DESK}/keys`,
      one: `${DESK}/${code}`,
      changes: `${DESK}/${code}/changes?from=1&to=2`,
      add: `${DESK}/${code}/edit/add`,
      withdraw: `${DESK}/${code}/withdraw`,
      plan: "/desk/response/plan",
      "plan-edit": "/desk/response/plan/edit",
      "plan-print": "/desk/response/plan/print",
      public: "/response/playbooks",
      "public-one": `/response/playbooks/${code}`,
      "public-plan": "/response/plans/electoral-commission",
    };
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(at(inLanguage(path, lang)));
      await mustBeSound(page, complaints, lang);
      await picture(page, `response-${name}-${lang}-${viewport.width}`);
    }
    await close();
  }
});
