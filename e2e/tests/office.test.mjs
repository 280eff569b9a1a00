// The office desk in a browser: people, invitations, one's own account, a passkey.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LAPTOP, PHONE, inLanguage, launch, mustBeSound, open, picture } from "../lib/browser.mjs";
import { signIn } from "../lib/people.mjs";
import { demo, start } from "../lib/server.mjs";

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

test("every page of the administrator is sound, in Arabic and on a phone", async () => {
  for (const [lang, viewport] of [["en", LAPTOP], ["ar", LAPTOP], ["en", PHONE], ["ar", PHONE], ["fr", PHONE], ["es", PHONE]]) {
    const { page, complaints, close } = await open(browser, { lang, viewport, script: true });
    await page.goto(at(inLanguage("/desk/sign-in", lang)));
    await mustBeSound(page, complaints, lang);
    await picture(page, `office-sign-in-${lang}-${viewport.width}`);
    await signIn(page, server.address, "admin@demo.example");
    await page.goto(at("/desk/people?q=clerk1"));
    const person = await page.locator("tbody th a").first().getAttribute("href");
    const withdraw = `${person}/withdraw?org=electoral-commission&role=clerk`;
    const pages = {
      organisations: "/desk/organisations",
      "organisation-new": "/desk/organisations/new",
      people: "/desk/people",
      doctor: "/desk/doctor",
      drills: "/desk/doctor/drills",
      invite: "/desk/people/invite",
      person,
      withdraw,
      account: "/desk/account",
      password: "/desk/account/password",
    };
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(at(inLanguage(path, lang)));
      await mustBeSound(page, complaints, lang);
      await picture(page, `office-${name}-${lang}-${viewport.width}`);
    }
    await close();
  }
});

test("somebody is invited, without a script, and comes in", async () => {
  const admin = await open(browser, { script: false });
  await signIn(admin.page, server.address, "admin@demo.example");
  await admin.page.goto(at("/desk/people/invite"));
  await admin.page.fill("[name=name]", "Ghada Guest");
  await admin.page.fill("[name=email]", "ghada@demo.example");
  await admin.page.check("[name=role][value=observer]");
  await admin.page.selectOption("[name=org]", "civic-watch");
  await admin.page.click("main form button");
  const link = await admin.page.locator(".shown-once code").innerText();
  assert.match(link, /^http:\/\/localhost:\d+\/desk\/join\/[\w-]{43}$/);
  await picture(admin.page, "office-link-en-1440");
  const guest = await open(browser, { script: false, viewport: PHONE });
  await guest.page.goto(link);
  await picture(guest.page, "office-join-en-360");
  await guest.page.fill("[name=password]", "seven lamps on the quay");
  await guest.page.fill("[name=again]", "seven lamps on the quay");
  await Promise.all([guest.page.waitForURL(/\/desk$/), guest.page.click("main form button")]);
  assert.match(await guest.page.locator(".who").innerText(), /Ghada Guest/);
  await admin.close();
  await guest.close();
});

test("a passkey is added, signs in, and is removed", async () => {
  const { page, complaints, close } = await open(browser);
  const client = await page.context().newCDPSession(page);
  await client.send("WebAuthn.enable");
  await client.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true,
      isUserVerified: true, automaticPresenceSimulation: true,
    },
  });
  await signIn(page, server.address, "supervisor@demo.example");
  await page.goto(at("/desk/account"));
  await page.click("form[action='/desk/account/passkeys/new'] button");
  await page.fill("[name=label]", "virtual key");
  await picture(page, "office-passkey-en-1440");
  await Promise.all([page.waitForURL(/done=passkey$/), page.click("form[data-passkey] button")]);
  assert.match(await page.locator("main").innerText(), /virtual key/);
  await Promise.all([page.waitForURL(at("/")), page.click(".who button")]);
  await page.goto(at("/desk/sign-in"));
  await page.click("form[action='/desk/sign-in/passkey'] button");
  await Promise.all([page.waitForURL(/\/desk$/), page.click("form[data-passkey] button")]);
  assert.match(await page.locator(".who").innerText(), /Supervisor/);
  await page.goto(at("/desk/account"));
  await Promise.all([
    page.waitForURL(/done=passkey-removed$/),
    page.click("form[action='/desk/account/passkeys/remove'] button"),
  ]);
  assert.deepEqual(complaints, []);
  await close();
});
