// Gateways in a browser: one is set up, tried, refuses, comes back, reports; and the pages of drills.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { LAPTOP, PHONE, inLanguage, launch, mustBeSound, open, picture } from "../lib/browser.mjs";
import { start, target } from "../lib/server.mjs";

const example = (name, args = []) => () => [join(target, `debug/examples/${name}`), args];
let server, drills, browser, gateway;

/** Kannel's sendsms: it keeps what it was asked, and answers as `answers` says. */
async function fakeGateway() {
  const asked = [];
  const one = { asked, answers: () => [202, "0: Accepted for delivery"] };
  const http = createServer((request, response) => {
    const url = new URL(request.url, "http://gateway");
    const message = Object.fromEntries(url.searchParams);
    asked.push(message);
    const [status, body] = one.answers(message);
    response.writeHead(status).end(body);
  });
  await new Promise((done) => http.listen(0, "127.0.0.1", done));
  one.address = `http://127.0.0.1:${http.address().port}/cgi-bin/sendsms`;
  one.stop = () => new Promise((done) => {
    http.close(done);
    http.closeAllConnections();
  });
  return one;
}

before(async () => {
  [server, drills, gateway, browser] = await Promise.all([
    start(example("send_site")), start(example("alert_desk", ["alerts"])), fakeGateway(), launch(),
  ]);
});

after(async () => {
  await browser?.close();
  await gateway?.stop();
  await server?.stop();
  await drills?.stop();
});

/** A page of somebody who is signed in: the servers of this test believe the cookie. */
async function as(of, who, options = {}) {
  const opened = await open(browser, options);
  await opened.page.context().addCookies([{ name: "scr_login", value: who, url: of.address }]);
  return opened;
}

const HOME = "/desk/alerts/sending";
const at = (path) => `${server.address}${path}`;
const send = (page, button) => Promise.all([page.waitForNavigation(), page.click(button)]);
const says = async (page, text) => assert.match(await page.textContent("main"), text);

/** Looks again until the page says it. */
async function comes(page, path, text) {
  for (let tries = 0; tries < 60; tries += 1) {
    await page.goto(at(path));
    if (text.test(await page.textContent("main"))) return;
    await new Promise((done) => setTimeout(done, 500));
  }
  throw new Error(`${path} never says ${text}: ${(await page.textContent("main")).slice(0, 2000)}`);
}

async function release(what = "") {
  const answer = await fetch(at("/released"), { method: "POST", body: what });
  return answer.text();
}

/** The number in the column of a table's row that begins so. */
const cell = (page, row, column) => page.locator(`tr:has(th:text-is("${row}")) td[data-label="${column}"]`).textContent();

test("a gateway is set up, tried, and hands an alert over; its reports come, and what it refused goes again", async () => {
  const { page, complaints, close } = await as(server, "manager");
  await page.goto(at(HOME));
  await says(page, /No gateway yet/);
  await mustBeSound(page, complaints, "en");
  await send(page, "a.button");
  await send(page, "a[href*='kind=sms-kannel']");
  await page.fill("#f-address", "https://user:pass@gateway.example/sendsms");
  await page.fill("#f-user", "scrutineer");
  await page.fill("#f-password", "geheim");
  await send(page, "main form button.button");
  assert.ok(await page.locator("#f-address[aria-invalid]").count(), "the field says what is wrong");
  assert.equal(await page.inputValue("#f-user"), "scrutineer", "what was typed is still there");
  await page.fill("#f-address", gateway.address);
  await page.fill("#f-password", "geheim");
  await page.fill("#f-rate", "50");
  await page.fill("#f-connections", "4");
  await page.fill("#f-price", "0.035");
  await page.fill("#f-currency", "EUR");
  await page.fill("#f-callback", server.address);
  await page.fill("#f-name", "Our gateway");
  await send(page, "main form button.button");
  await mustBeSound(page, complaints, "en");
  await picture(page, "sending-door-en-1440");
  await send(page, "p.actions a.button");
  assert.ok(!(await page.content()).includes("geheim"), "the password is not shown again");

  await page.fill("#f-to", "+45 12 34 56 78");
  await send(page, "form[action$='/test'] button");
  await says(page, /has taken the test message/);
  assert.match(gateway.asked.at(-1).text, /^TEST/);
  gateway.answers = () => [403, "Authorization failed"];
  await page.fill("#f-to", "+45 12 34 56 78");
  await send(page, "form[action$='/test'] button");
  await says(page, /The test message did not go[\s\S]*Change user and password/);
  await mustBeSound(page, complaints, "en");

  // One number is refused for good, the others are asked to wait, and go by themselves when the gateway comes back.
  gateway.answers = (message) => (message.to.endsWith("002") ? [400, "wrong number"] : [500, "out of order"]);
  const sending = await release();
  await comes(page, sending, /will not take this message/);
  await says(page, /…002/);
  assert.equal((await cell(page, "SMS", "Handed over")).trim(), "0");
  await mustBeSound(page, complaints, "en");
  gateway.answers = () => [202, "0: Accepted for delivery"];
  await comes(page, sending, /3 of \d+ messages/);
  assert.equal((await cell(page, "SMS", "Handed over")).trim(), "3");
  const handed = gateway.asked.filter((one) => one.text?.startsWith("Alert 1"));
  const report = handed.at(-1)["dlr-url"];
  assert.ok(report.startsWith(`${server.address}/sms/`), report);
  assert.equal((await fetch(report.replace("%d", "1"))).status, 200);
  await page.goto(at(sending));
  assert.equal((await cell(page, "SMS", "Arrived")).trim(), "1");
  // Whoever does not know the secret reports nothing.
  assert.equal((await fetch(report.replace(/\/sms\/([^/]+)\/\w+/, "/sms/$1/guessed"))).status, 404);
  await close();
});

test("a page that follows what happens is stopped by its link", async () => {
  gateway.answers = () => [500, "out of order"];
  const sending = await release();
  const { page, complaints, close } = await as(server, "supervisor");
  const [first] = await Promise.all([page.waitForResponse((one) => one.url() === at(sending)), page.goto(at(sending))]);
  assert.equal(first.headers().refresh, "5");
  const stop = page.locator("main a[href*='live=no']");
  const [stopped] = await Promise.all([page.waitForNavigation(), stop.click()]);
  assert.equal(stopped.headers().refresh, undefined);
  await mustBeSound(page, complaints, "en");
  await Promise.all([page.waitForNavigation(), page.locator("main p.small a").first().click()]);
  assert.ok(!page.url().includes("live=no"), page.url());
  await close();
});

test("the pages of gateways are sound on a telephone and a laptop, from the right and from the left", async () => {
  gateway.answers = () => [202, "0: Accepted for delivery"];
  const exercise = await release("exercise");
  for (const lang of ["en", "ar"]) {
    for (const viewport of [LAPTOP, PHONE]) {
      const { page, complaints, close } = await as(server, "manager", { lang, viewport });
      await page.goto(at(HOME));
      const one = await page.locator("main th a[href^='/desk/alerts/sending/']").first().getAttribute("href");
      const pages = {
        home: HOME, kinds: `${HOME}/new`, kannel: `${HOME}/new?kind=sms-kannel`, json: `${HOME}/new?kind=sms-json`,
        smtp: `${HOME}/new?kind=smtp`, webhook: `${HOME}/new?kind=webhook`, one, change: `${one}/change`,
        remove: `${one}/remove`, alert: exercise,
      };
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(at(inLanguage(path, lang)));
        await mustBeSound(page, complaints, lang);
        await picture(page, `sending-${name}-${lang}-${viewport.width}`);
      }
      assert.match(await page.textContent(".exercise-bar"), lang === "ar" ? /تمرين/ : /EXERCISE/);
      await close();
    }
  }
});

test("the pages of drills are sound, and say that nothing of it is meant", async () => {
  const to = (path) => `${drills.address}${path}`;
  for (const lang of ["en", "ar"]) {
    for (const viewport of [LAPTOP, PHONE]) {
      const { page, complaints, close } = await as(drills, "ben.manager.emb", { lang, viewport });
      const pages = {
        list: "", new: "/new", one: "/autumn", report: "/autumn/report", print: "/autumn/report/print", end: "/autumn/end",
      };
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(to(inLanguage(`/desk/alerts/drills${path}`, lang)));
        await mustBeSound(page, complaints, lang);
        await picture(page, `drills-${name}-${lang}-${viewport.width}`);
        if (!["list", "new"].includes(name)) {
          assert.match(await page.textContent("body"), lang === "ar" ? /تمرين/ : /EXERCISE/, name);
        }
      }
      await close();
    }
  }
});

test("a drill is begun, noted and ended", async () => {
  const { page, complaints, close } = await as(drills, "ben.manager.emb");
  const to = (path) => `${drills.address}${path}`;
  await page.goto(to("/desk/alerts/drills/new"));
  await page.fill("#f-title", "Evening of the day");
  await page.fill("#f-code", "evening");
  await page.fill("#f-day", "2026-11-29");
  await page.fill("#f-time", "18:00");
  await page.fill("#f-rate", "60");
  await send(page, "main form button.button");
  await mustBeSound(page, complaints, "en");
  assert.match(page.url(), /drills\/evening/);
  await page.fill("#f-note", "The south answered late.");
  await send(page, "form[action$='/note'] button");
  await says(page, /The south answered late/);
  await page.goto(to("/desk/alerts/drills/evening/end"));
  await send(page, "main form button.button");
  assert.match(page.url(), /drills\/evening\/report/);
  await says(page, /The south answered late/);
  await mustBeSound(page, complaints, "en");
  await close();
});
