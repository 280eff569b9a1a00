// The tablet of an audit board: sound in every language, useful without a script, and nothing that was typed is lost
// when the network drops in the middle of a ballot.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES, PHONE, inLanguage, launch, mustBeSound, open, picture } from "../lib/browser.mjs";
import { auditBoards, start } from "../lib/server.mjs";
import { TABLET, seat as sit } from "../lib/tablet.mjs";

let browser, ballots, batches;

before(async () => {
  [ballots, batches] = await Promise.all([start(auditBoards("ballots")), start(auditBoards("batches"))]);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await ballots?.stop();
  await batches?.stop();
});

const words = (server) => server.output.find((line) => /^[a-z]+(-[a-z]+){3}$/.test(line));
const text = (page) => page.innerText("main");
const press = (page, name) => page.getByRole("button", { name }).click();

/** Comes in by the passphrase and says who is there. */
const seat = (page, server, lang = "en") => sit(page, `${server.address}${inLanguage("/board", lang)}`, words(server));

/** One mark for mayor, nothing for sheriff. */
async function mark(page) {
  await page.getByLabel("Ada <Lovelace>").check();
  await page.locator("[name=c1-blank]").check();
}

const unsent = (page) => page.locator("[data-say=unsent]");

test("every page of a board is sound, on a tablet and on a telephone", async () => {
  for (const lang of LANGUAGES) {
    for (const viewport of lang === "en" ? [TABLET] : lang === "ar" ? [TABLET, PHONE] : [PHONE]) {
      const { page, complaints, close } = await open(browser, { lang, viewport });
      const sound = async (path, name, server = ballots) => {
        await page.goto(`${server.address}${inLanguage(path, lang)}`);
        await picture(page, `board-${lang}-${viewport.width}-${name}`);
        await mustBeSound(page, complaints, lang);
      };
      await sound("/board", "door");
      await seat(page, ballots, lang);
      for (const [path, name] of [["/board/names", "names"], ["/board/work", "work"], ["/board/units/1", "ballot"]]) {
        await sound(path, name);
      }
      await page.locator("main form.ballot button").click();
      await page.locator(".error-summary").waitFor();
      await picture(page, `board-${lang}-${viewport.width}-wrong`);
      await mustBeSound(page, complaints, lang);
      await page.context().clearCookies();
      await seat(page, batches, lang);
      for (const [path, name] of [["/board/units/1", "batch"], ["/board/units/1/members/0", "count"], ["/board/units/1/combine", "combine"]]) {
        await sound(path, name, batches);
      }
      await close();
    }
  }
});

test("an observer's notes are sound", async () => {
  for (const [lang, viewport] of [["en", TABLET], ["ar", PHONE]]) {
    const { page, complaints, close } = await open(browser, { lang, viewport });
    // Behind these tablets a login is the name of its role.
    await page.context().addCookies([{ name: "scr_login", value: "observer", url: ballots.address }]);
    const notes = "/desk/audits/mayor-of-zilina/notes";
    for (const [path, name] of [[notes, "notes"], [`${notes}/1/1/1`, "notes-board"], [`${notes}/1/1/1/1`, "note"]]) {
      await page.goto(`${ballots.address}${inLanguage(path, lang)}`);
      await picture(page, `board-${lang}-${viewport.width}-${name}`);
      await mustBeSound(page, complaints, lang);
    }
    await mark(page);
    await Promise.all([page.waitForURL(/\/1\/1\/1$/), page.click("form.ballot button")]);
    assert.ok((await page.locator(".tag.good").count()) >= 1, "the ballot is noted");
    await close();
  }
});

test("nothing is lost when the network drops in the middle of a ballot", async () => {
  const { page, complaints, close } = await open(browser, { viewport: TABLET });
  await seat(page, ballots);
  const all = Number((await page.innerText("h1")).match(/of (\d+)/)[1]);
  await page.getByRole("link", { name: /^Next:/ }).click();
  await mark(page);
  await press(page, "Enter this ballot");
  await page.getByRole("heading", { name: "This is what you entered" }).waitFor();
  assert.match(await text(page), /Ada <Lovelace>[\s\S]*Nothing is marked/);
  await mustBeSound(page, complaints, "en");

  // Half a ballot stands there when the page is loaded again.
  await page.getByRole("link", { name: /^Next:/ }).click();
  await page.getByRole("button", { name: "Enter this ballot" }).waitFor();
  const second = page.url();
  await page.getByLabel("Ada <Lovelace>").check();
  await page.reload();
  assert.ok(await page.getByLabel("Ada <Lovelace>").isChecked(), "what was typed is back");
  assert.ok(await page.locator("[data-say=restored]").isVisible());

  // The rest of it without a network, and another ballot in the same open page.
  await page.context().setOffline(true);
  await page.locator("[name=c1-blank]").check();
  await press(page, "Enter this ballot");
  await page.getByRole("heading", { name: "Kept on this tablet" }).waitFor();
  assert.match(await text(page), /Ada <Lovelace>[\s\S]*Nothing is marked/, "what was entered is repeated");
  assert.match(await unsent(page).innerText(), /not sent yet: 1/);
  await picture(page, "board-en-768-kept");
  await mustBeSound(page, complaints.filter((line) => !/ERR_INTERNET_DISCONNECTED/.test(line)), "en");
  await page.getByRole("link", { name: /^Next:/ }).click();
  await page.getByRole("button", { name: "Enter this ballot" }).waitFor();
  assert.notEqual(page.url(), second);
  assert.ok(!(await page.getByLabel("Ada <Lovelace>").isChecked()), "the next ballot begins empty");
  await page.locator("[name=gone]").check();
  await press(page, "Enter this ballot");
  await page.getByRole("heading", { name: "Kept on this tablet" }).waitFor();
  assert.match(await unsent(page).innerText(), /not sent yet: 2/);

  await page.context().setOffline(false);
  await unsent(page).waitFor({ state: "hidden" });
  await page.goto(`${ballots.address}/board/work`);
  assert.match(await page.innerText("h1"), new RegExp(`^3 of ${all} `));
  assert.match(await text(page), /not found/);
  await close();
});

test("what is not sent when the session ends is sent when the board has come in again", async () => {
  const { page, close } = await open(browser, { viewport: TABLET });
  await seat(page, ballots);
  const done = Number((await page.innerText("h1")).match(/^(\d+) of/)[1]);
  await page.getByRole("link", { name: /^Next:/ }).click();
  await mark(page);
  await page.context().clearCookies();
  await press(page, "Enter this ballot");
  await page.locator("[data-say=over]").waitFor();
  await page.locator("[data-door]").click();
  await page.fill("[name=words]", words(ballots));
  await Promise.all([page.waitForURL("**/board/work**"), page.click("main form:has([name=words]) button")]);
  await unsent(page).waitFor({ state: "hidden" });
  await page.reload();
  assert.match(await page.innerText("h1"), new RegExp(`^${done + 1} of `));
  await close();
});

test("two members count a batch without a script, and neither sees the other's numbers", async () => {
  const { page, close } = await open(browser, { viewport: TABLET, script: false });
  await seat(page, batches);
  const count = async (member, numbers) => {
    await page.goto(`${batches.address}/board/units/1/members/${member}`);
    assert.ok(!/737|736/.test(await page.content()), "no number of the other member");
    const fields = ["c0-0", "c0-1", "c1-0", "c1-1", "c1-2"];
    for (const [at, field] of fields.entries()) await page.fill(`[name=${field}]`, numbers[at]);
    await Promise.all([page.waitForURL(/\/board\/units\/1\?/), page.click("form.ballot button")]);
  };
  const right = ["737", "251", "988", "0", "0"];
  await count(0, right);
  assert.match(await text(page), /Hand the tablet to Omar Haddad/);
  await count(1, ["736", "252", "988", "0", "0"]);
  assert.match(await text(page), /Your two counts differ/);
  await count(0, right);
  await count(1, right);
  assert.match(await text(page), /Both counts are the same/);
  assert.match(await text(page), /737/);
  await close();
});
