// Copies without some of an object, pseudonyms, and days of publication in a browser, without script.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LAPTOP, PHONE, inLanguage, launch, mustBeSound, open, picture } from "../lib/browser.mjs";
import { signIn } from "../lib/people.mjs";
import { demo, start } from "../lib/server.mjs";

const HOME = "/desk/threats/lindenland";
const RED = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1";
const GREEN = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
const KINDS = [["en", LAPTOP], ["ar", LAPTOP], ["en", PHONE], ["ar", PHONE], ["fr", PHONE], ["es", PHONE]];
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
const main = (page) => page.innerText("main");
const indicator = (number) => `indicator--c4af0000-0000-4000-8000-${String(number).padStart(12, "0")}`;

/** GREEN, but for its description, which is RED. */
const narrow = (number, name) => ({
  type: "indicator", spec_version: "2.1", id: indicator(number), created: "2026-11-01T08:00:00.000Z",
  modified: "2026-11-01T08:00:00.000Z", name, description: "Told by Anna Kovacs of the northern office.",
  pattern: `[domain-name:value = '${name}']`, pattern_type: "stix", valid_from: "2026-11-01T08:00:00Z",
  external_references: [{ source_name: "own notes", url: "https://notes.example/7" }, { source_name: "press", description: "Two lines in the evening" }],
  object_marking_refs: [GREEN], granular_markings: [{ marking_ref: RED, selectors: ["description"] }],
});

/** A page of somebody who has signed in. */
async function as(email, options) {
  const opened = await open(browser, options);
  await signIn(opened.page, server.address, email);
  return opened;
}

/** Waits until the batch is closed in which an object goes out. */
async function outBy(page, path) {
  for (let tries = 0; tries < 50; tries += 1) {
    const answer = await page.goto(at(path));
    if (answer.status() === 200) return;
    await new Promise((done) => setTimeout(done, 2_000));
  }
  throw new Error(`${path} did not come with any batch`);
}

/** Looks at a page in every language and on a phone. */
async function everywhere(email, pages) {
  for (const [lang, viewport] of KINDS) {
    const { page, complaints, close } = await as(email, { lang, viewport });
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(at(inLanguage(path, lang)));
      await mustBeSound(page, complaints, lang);
      await picture(page, `craft-${name}-${lang}-${viewport.width}`);
    }
    await close();
  }
}

test("a copy without what is RED goes to those who may not have the rest", { timeout: 400_000 }, async () => {
  const { page, complaints, close } = await as("cert@demo.example", { script: false });
  await page.goto(at(`${HOME}/share`));
  await page.fill("#f-text", JSON.stringify({ type: "bundle", id: "bundle--7d3a0000-0000-4000-8000-000000000001", objects: [narrow(1, "kopie.example")] }));
  await page.click(`form[action="${HOME}/share/text"] button`);
  assert.match(await main(page), /One object has a part for fewer readers/);
  await picture(page, "craft-whom-en-1440");
  await page.uncheck("#copies");
  await page.click("main form button");
  assert.match(await main(page), /Others will not see it/);
  // Names below .example lead nowhere, which a warning list says.
  await page.check("#f-despite-yes");
  await page.click("main form button");
  const path = `${HOME}/objects/${indicator(1)}`;
  await outBy(page, path);
  assert.match(await main(page), /A part of it keeps it from others/);
  await page.click(`a[href^="${path}/copy"] >> nth=0`);
  assert.equal(await page.isChecked('[name="drop-description"]'), true);
  await page.check('[name="drop-external_references.[0]"]');
  await page.click("main form button");
  assert.match(await main(page), /Who gets the copy: all members/);
  assert.doesNotMatch(await main(page), /Kovacs|notes\.example/);
  await picture(page, "craft-copy-check-en-1440");
  await page.click("main form button");
  assert.match(page.url(), /\/status\//);
  assert.deepEqual(complaints, []);
  await close();
  const party = await as("party@demo.example");
  await party.page.goto(at(`${HOME}?q=kopie`));
  await party.page.click("tbody th a");
  assert.doesNotMatch(await party.page.content(), /Kovacs/);
  assert.equal((await party.page.goto(at(path))).status(), 404);
  await party.close();
  await everywhere("cert@demo.example", { object: path, copy: `${path}/copy` });
});

test("a newsroom shares under a pseudonym, and two custodians open it", { timeout: 400_000 }, async () => {
  const media = await as("media@demo.example", { script: false });
  await media.page.goto(at(`${HOME}/share`));
  await media.page.fill("#f-value", "quelle[.]example");
  await media.page.fill("#f-description", "Somebody offers forged lists there.");
  await media.page.click(`form[action="${HOME}/share/form"] > p.actions button`);
  await media.page.check("#f-as-pseudonym");
  await media.page.fill("#f-pseudonym", "Grey Owl");
  await media.page.click("main form button");
  assert.match(await main(media.page), /It goes out as “\u2068?Grey Owl/);
  await picture(media.page, "craft-pseudonym-check-en-1440");
  await media.page.check("#f-despite-yes");
  await media.page.click("main form button");
  await media.close();
  const cert = await as("cert@demo.example");
  for (let tries = 0; tries < 50; tries += 1) {
    await cert.page.goto(at(`${HOME}?q=quelle`));
    if (/quelle\.example/.test(await main(cert.page))) break;
    await new Promise((done) => setTimeout(done, 2_000));
  }
  await cert.page.click("tbody th a");
  assert.match(await main(cert.page), /Grey Owl/);
  assert.doesNotMatch(await main(cert.page), /Daily Herald/);
  const object = new URL(cert.page.url()).pathname;
  await cert.page.click('a[href*="/pseudonyms/ask"]');
  assert.equal(await cert.page.inputValue("#f-pseudonym"), "Grey Owl");
  await cert.page.fill("#f-reason", "Order 7 Cs 12/26 of the court of Linden.");
  await cert.page.check("#looked");
  await cert.page.click("main form button");
  assert.match(await main(cert.page), /waits for a second custodian/);
  await cert.close();
  await everywhere("ngo@demo.example", {
    "hidden-object": object, "requests": `${HOME}/pseudonyms`, "request": `${HOME}/pseudonyms/1`, "ask": `${HOME}/pseudonyms/ask`,
  });
  const ngo = await as("ngo@demo.example", { script: false });
  await ngo.page.goto(at(`${HOME}/pseudonyms/1`));
  await ngo.page.check("#f-answer-agree");
  await ngo.page.check("#looked");
  await ngo.page.click("main form button");
  assert.match(await main(ngo.page), /Who stands behind it/);
  await picture(ngo.page, "craft-opened-en-1440");
  await ngo.close();
  const party = await as("party@demo.example");
  await party.page.goto(at(`${HOME}/pseudonyms/1`));
  assert.match(await main(party.page), /Order 7 Cs 12\/26/);
  assert.doesNotMatch(await main(party.page), /Grey Owl|Who stands behind it/);
  await party.close();
});

test("a day of publication is set, changed and lifted", { timeout: 400_000 }, async () => {
  const { page, complaints, close } = await as("cert@demo.example", { script: false });
  await page.goto(at(`${HOME}/share`));
  await page.fill("#f-value", "spaeter[.]example");
  await page.fill("#f-description", "It imitates the register of voters.");
  await page.click(`form[action="${HOME}/share/form"] > p.actions button`);
  await page.click("main form button");
  await page.check("#f-despite-yes");
  await page.click("main form button");
  await page.goto(at(`${HOME}?q=spaeter`));
  await page.click("tbody th a");
  const path = new URL(page.url()).pathname;
  await page.click(`a[href^="${path}/day"]`);
  const day = new Date(Date.now() + 20 * 24 * 3600 * 1000).toISOString().slice(0, 10);
  await page.fill("#f-day", day);
  await page.check("#looked");
  await page.click('button[value="set"]');
  assert.match(await main(page), /It waits for the next batch/);
  await page.goto(at(`${HOME}/days`));
  assert.match(await main(page), /spaeter\.example/);
  assert.deepEqual(complaints, []);
  await close();
  await everywhere("cert@demo.example", { day: `${path}/day`, days: `${HOME}/days` });
  const again = await as("cert@demo.example", { script: false });
  await again.page.goto(at(`${path}/day`));
  await again.page.click('button[value="lift"]');
  assert.match(await main(again.page), /No day is set/);
  await again.close();
  for (const [lang, viewport] of [["en", LAPTOP], ["ar", PHONE]]) {
    const everybody = await open(browser, { lang, viewport });
    await everybody.page.goto(at(inLanguage("/threats/lindenland", lang)));
    await mustBeSound(everybody.page, everybody.complaints, lang);
    await picture(everybody.page, `craft-public-${lang}-${viewport.width}`);
    await everybody.page.goto(at(inLanguage("/threats/lindenland?only=released", lang)));
    await mustBeSound(everybody.page, everybody.complaints, lang);
    await everybody.close();
  }
});
