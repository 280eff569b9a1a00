// The planner of audits: typed without a script, linked, wrong and right, in every language and window.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES, LAPTOP, PHONE, fillByKeyboard, launch, mustBeSound, open, picture, tabTo } from "../lib/browser.mjs";
import { demo, start } from "../lib/server.mjs";

const PLANS = {
  empty: "",
  answer: "votes1=Ann%3A+20400%0D%0ABen%3A+18900&ballots1=40000&batches=200",
  several:
    "name1=Mayor&votes1=Ann%3A+6000%0D%0ABen%3A+4000&ballots1=10000&name2=Judge&votes2=Cem%3A+5300%0D%0ADea%3A+4700&ballots2=10000",
  tie: "rule1=margin&votes1=0&ballots1=1000",
  wrong: "votes1=Ann+5%0D%0ABen%3A+-3&ballots1=0&limit=0&errors=x&winners1=2&rule1=dhondt",
};

let server, browser;

before(async () => {
  server = await start(demo);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

for (const lang of LANGUAGES) {
  for (const viewport of [PHONE, LAPTOP]) {
    test(`plans in ${lang} at ${viewport.width} px`, async () => {
      for (const [name, query] of Object.entries(PLANS)) {
        const dark = viewport === LAPTOP;
        const { page, complaints, close } = await open(browser, { lang, viewport, dark });
        await page.goto(`${server.address}/audits/plan?${query}&lang=${lang}`);
        // The table beside the drawing, and the fields that only some rules have.
        await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
        await picture(page, `plan-${name}-${lang}-${viewport.width}`);
        await mustBeSound(page, complaints, lang, { status: name === "wrong" ? 422 : 200 });
        await close();
      }
    });
  }
}

test("a plan is typed by keyboard and without a script, and its address can be handed on", async () => {
  const { page, close } = await open(browser, { script: false });
  await page.goto(`${server.address}/audits/plan`);
  await tabTo(page, "[name=votes1]");
  await page.keyboard.type("Ann: 52,500\nBen 47,500");
  await fillByKeyboard(page, { ballots1: "100000" });
  await page.getByRole("alert").waitFor();
  await page.getByRole("alert").getByRole("link").first().click();
  const votes = page.locator("[name=votes1]");
  assert.equal(await votes.inputValue(), "Ann: 52,500\nBen 47,500");
  await votes.fill("Ann: 52,500\nBen: 47,500");
  await page.locator("[name=errors]").fill("0");
  await page.getByRole("button", { name: "Plan" }).click();
  const answer = "A comparison of single ballots would look at about 124 of 100,000 ballots.";
  await page.getByText(answer).waitFor();
  const reader = await open(browser);
  await reader.page.goto(page.url());
  await reader.page.getByText(answer).waitFor();
  const href = await reader.page.getByRole("link", { name: "as CSV" }).getAttribute("href");
  const csv = await reader.page.request.get(`${server.address}${href}`);
  assert.match(await csv.text(), /kaplan-markov,expected,124,124,/);
  await reader.close();
  await close();
});
