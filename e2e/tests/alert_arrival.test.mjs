// Whether an alert arrives, in a browser: a station's link without script, the telephone desk, strips, countdown and wall.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES, LAPTOP, PHONE, launch, mustBeSound, open, overflow } from "../lib/browser.mjs";
import { arrivalSite, start } from "../lib/server.mjs";

let server, browser, about;

before(async () => {
  server = await start(arrivalSite);
  about = JSON.parse(server.output.find((line) => line.startsWith("{")) ?? (await line(server.output)));
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** The second line may come after the first was read. */
async function line(output) {
  for (let waited = 0; waited < 100; waited += 1) {
    const found = output.find((one) => one.startsWith("{"));
    if (found) return found;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("no second line");
}

const at = (path) => `${server.address}${path}`;
const desk = (of, rest) => at(`/desk/alerts/${of.id}${rest}`);

/** A page of somebody in this role. */
async function as(role, options) {
  const opened = await open(browser, options);
  await opened.page.context().addCookies([{ name: "scr_login", value: role, url: server.address }]);
  return opened;
}

const send = (page, button) => Promise.all([page.waitForNavigation(), page.click(button)]);

test("a polling station reads, understands and acts by its link, on a telephone and without script", async () => {
  const { page, complaints, close } = await open(browser, { viewport: PHONE, script: false });
  await page.goto(at(about.alert.link));
  assert.match(await page.textContent("main"), /What to do first/);
  await send(page, "main form button");
  // A wrong sentence is not taken.
  const sentences = await page.locator("fieldset label").allTextContents();
  const right = sentences.findIndex((text) => text.trim() === about.instruction);
  assert.ok(right >= 0 && sentences.length === 3, sentences.join(" / "));
  await page.check(`#f-choice-${(right + 1) % 3}`);
  await send(page, "main form button");
  assert.match(await page.textContent("main"), /That is not what this alert asks for/);
  await page.check(`#f-choice-${right}`);
  await send(page, "main form button");
  await send(page, "main form button");
  assert.match(await page.textContent("main"), /There is nothing more to say here/);
  assert.deepEqual(complaints, []);
  assert.ok((await overflow(page)) <= 0);
  await close();
});

test("the pages are sound in every language, on a telephone and on a laptop", async () => {
  const paths = ["/arrival", "/arrival?area=EX-00", "/arrival/silent?area=EX-00", "/stations/24", "/calls"];
  for (const lang of LANGUAGES) {
    for (const viewport of lang === "en" || lang === "ar" ? [LAPTOP, PHONE] : [PHONE]) {
      const { page, complaints, close } = await as("clerk", { lang, viewport });
      for (const path of [...paths.map((path) => desk(about.alert, path)), at("/desk/alerts/arrival"), at("/desk/alerts/strips")]) {
        await page.goto(path);
        await mustBeSound(page, complaints, lang);
      }
      await close();
    }
  }
});

test("an operator takes a station, compares words, types the code; strips are taken all or not at all", async () => {
  const { page, complaints, close } = await as("supervisor", {});
  await page.goto(desk(about.alert, "/calls"));
  await send(page, "form[action$='/calls/next'] button");
  await mustBeSound(page, complaints, "en");
  const station = (await page.locator("dl.facts dd").first().innerText()).trim();
  assert.ok(Number(station) > 0 && Number(station) !== 24, station);
  const [mine, theirs] = (await page.locator("ol.flow .answer").allInnerTexts()).map((words) => words.trim());
  assert.notEqual(mine, theirs);
  const say = async (words, code) => {
    await page.fill("#f-words", words);
    await page.fill("#f-code", code);
    await send(page, "form[action$='/calls/taken'] button");
    return page.innerText("main");
  };
  const sheet = about.sheets[Number(station)];
  assert.match(await say("nowordofanylist and another", sheet), /A word is not in the list/);
  assert.match(await say(mine, sheet), /These are not the words of this station/, "the operator's own words, said back");
  assert.match(await say(theirs, about.alert.strip), /This code is of another polling station \(\D?000024\D?\)/, "SCR-ALR-298: the code of station 24");
  await mustBeSound(page, complaints, "en", { status: 422 });
  assert.match(await say(theirs, sheet), /Noted\. The call is recorded\./);
  await mustBeSound(page, complaints, "en");
  await page.goto(at("/desk/alerts/strips"));
  await page.fill("#f-codes", `${about.alert.strip}\n1234`);
  await send(page, "main form button");
  assert.match(await page.textContent("main"), /Line 2[\s\S]*SCR-ALR-030/);
  assert.equal(await page.inputValue("#f-codes"), `${about.alert.strip}\n1234`);
  await page.fill("#f-codes", about.alert.strip);
  await send(page, "main form button");
  assert.match(await page.textContent("main"), /One code was taken/);
  await close();
});

test("the wall is filled and does not scroll, and an exercise is marked on every page", async () => {
  const { page, close } = await as("viewer", { viewport: { width: 1920, height: 1080 } });
  await page.goto(desk(about.alert, "/wall"));
  const size = await page.evaluate(() => parseFloat(getComputedStyle(document.querySelector(".wall-big")).fontSize));
  assert.ok(size > 80, `the first figure has ${size} px`);
  assert.ok((await page.evaluate(() => document.documentElement.scrollHeight)) <= 1080);
  for (const rest of ["/wall", "/arrival", "/arrival/silent"]) {
    await page.goto(desk(about.exercise, rest));
    assert.match(await page.textContent(".exercise-bar"), /EXERCISE/);
  }
  await page.goto(at(about.exercise.link));
  assert.match(await page.textContent("main"), /This is an exercise/);
  await close();
});
