// An official's whole task, from signing in to a published result that a stranger verifies: without a
// script and by keyboard, then in Arabic on a telephone, where every page on the way must be sound.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { LAPTOP, PHONE, fillByKeyboard, inLanguage, launch, links, mustBeSound, open, picture, tabTo } from "../lib/browser.mjs";
import { PASSWORD } from "../lib/people.mjs";
import { demo, program, start } from "../lib/server.mjs";

// Windows-1252, semicolons, a row of totals: as offices send them.
const FILE = [
  "Code;Polling station;Registered;Ballots;Valid;Ann Archer;Zoë Müller",
  "0101;Town hall;700;411;409;250;159",
  "0102;École du Parc;650;388;386;180;206",
  "0103;Fire station;540;301;300;151;149",
  "Total;;1890;1100;1095;581;514",
].join("\r\n");

let server, browser, folder, file;

before(async () => {
  server = await start(demo);
  browser = await launch();
  folder = await mkdtemp(join(tmpdir(), "scrutineer-e2e-files-"));
  file = join(folder, "results.csv");
  await writeFile(file, Buffer.from(FILE, "latin1"));
});

after(async () => {
  await browser?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

const at = (path, lang) => `${server.address}${inLanguage(path, lang)}`;

/** Signs in by keyboard and stays on the page that follows. */
async function signIn(page, email, lang) {
  await page.goto(at("/desk/sign-in", lang));
  await fillByKeyboard(page, { email, password: PASSWORD });
  assert.match(page.url(), /\/desk/, "signed in");
}

/** Presses the button that sends the form of the page, reached with the Tab key. */
async function press(page, selector) {
  await tabTo(page, selector);
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  await confirmIdentity(page);
}

/** A signing act may ask for the password again; what was typed must survive that. */
async function confirmIdentity(page) {
  if (!/\/desk\/confirm/.test(page.url())) return;
  await fillByKeyboard(page, { password: PASSWORD });
}

/** The whole task. `id` keeps the elections of several runs apart. */
async function publishAnElection({ page, complaints }, lang, id, script = true) {
  const sound = async (name, status = 200) => {
    await picture(page, `desk-${lang}-${page.viewportSize().width}-${name}`);
    // axe is a script itself: it looks at the same pages in the other runs.
    if (script) await mustBeSound(page, complaints, lang, { status });
  };
  await signIn(page, "official@demo.example", lang);
  await sound("start");

  await page.goto(at("/desk/elections/new", lang));
  await sound("election-new");
  await fillByKeyboard(page, { title: "Council election", id, day: "", zone: "Europe/Paris" });
  assert.match(page.url(), /elections\/new/, "a day is missing");
  assert.ok((await page.locator(".field-error").count()) > 0, "the error stands beside its field");
  assert.equal(await page.inputValue("[name=title]"), "Council election", "what was typed is still there");
  await sound("election-new-refused", 422);
  await page.fill("[name=day]", "2026-11-22");
  await press(page, "main form button");
  assert.match(page.url(), new RegExp(`/desk/elections/${id}`));
  await sound("election");

  await page.goto(at(`/desk/elections/${id}/contests/new`, lang));
  await sound("contest-new");
  await page.fill("[name=contestants]", "ann; Ann Archer\nzoe; Zoë Müller");
  await fillByKeyboard(page, { title: "Council", id: "council", votes: "" });
  if (/contests\/new/.test(page.url())) {
    await page.fill("[name=votes]", "1");
    await press(page, "main form button");
  }
  assert.match(page.url(), new RegExp(`/desk/elections/${id}(\\?|$)`), await page.innerText("main"));

  await page.goto(at(`/desk/elections/${id}/import`, lang));
  await page.setInputFiles("[name=file]", file);
  await sound("upload");
  await press(page, "main form button");
  assert.match(page.url(), /\/desk\/imports\//);
  await sound("mapping");
  await page.fill("[name=source_name]", "Count from the tally sheets");
  await page.fill("[name=source]", "final");
  await press(page, "#check-file");
  assert.match(page.url(), /preview/, await page.innerText("main"));
  await sound("preview");
  await press(page, "form[action$='/confirm'] button");
  assert.match(page.url(), /recorded=\d+/, "the page says that it is recorded");
  await sound("imported");

  await page.goto(at(`/desk/elections/${id}/contests/council/publish`, lang));
  await sound("publish");
  await page.check("[name=version]");
  await page.check("[name=status][value='unofficial-complete']");
  await press(page, "main form button");
  await sound("publish-confirm");
  await press(page, "main form button");
  assert.match(page.url(), /recorded=\d+/, await page.innerText("main"));

  await page.goto(at(`/elections/${id}/contests/council`, lang));
  assert.match(await page.innerText("main"), /581|٥٨١/);
  assert.match(await page.innerText("main"), /Ann Archer/);
  await sound("public");
}

test("an official publishes an election by keyboard, without a script, and a stranger verifies it", async () => {
  const visit = await open(browser, { script: false, viewport: LAPTOP });
  await publishAnElection(visit, "en", "council-keyboard", false);
  const { page } = visit;
  const receipt = (await links(page)).find((path) => path.startsWith("/receipts/"));
  const index = receipt.match(/\d+/)[0];
  let proof;
  for (let turn = 0; turn < 50 && !proof?.ok(); turn += 1) {
    proof = await page.request.get(`${server.address}/log/proof/${index}`);
    if (!proof.ok()) await page.waitForTimeout(100);
  }
  const path = join(folder, `entry-${index}.tlog-proof`);
  await writeFile(path, await proof.body());
  const key = (await (await page.request.get(`${server.address}/log/vkey`)).text()).split("\n")[0];
  const said = execFileSync(program, ["verify", path, "--vkey", key], { encoding: "utf8" });
  assert.match(said, /results\.table\.published/, said);
  await visit.close();
});

test("the same in Arabic on a telephone", async () => {
  const visit = await open(browser, { lang: "ar", viewport: PHONE });
  await publishAnElection(visit, "ar", "council-telephone");
  await visit.close();
});

// Every working page that a role can reach by links, looked at as its people do.
for (const [email, lang, viewport] of [
  ["official@demo.example", "en", LAPTOP],
  ["official@demo.example", "ar", PHONE],
  ["observer@demo.example", "fr", PHONE],
  ["viewer@demo.example", "es", LAPTOP],
]) {
  test(`every page that ${email} reaches, in ${lang} at ${viewport.width} px`, async () => {
    const { page, complaints, close } = await open(browser, { lang, viewport });
    await signIn(page, email, lang);
    const queue = ["/desk"];
    const seen = new Set(queue);
    const kinds = new Map();
    let looked = 0;
    while (queue.length > 0 && looked < 60) {
      const path = queue.shift();
      const kind = path.split("?")[0].replace(/\/elections\/[^/]+/, "/elections/*").replace(/\d+|[0-9a-f]{16,}/g, "*");
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      if (kinds.get(kind) > 1) continue;
      const answer = await page.request.get(at(path, lang));
      assert.ok(answer.ok(), `${path}: ${answer.status()}`);
      if (!(answer.headers()["content-type"] ?? "").startsWith("text/html")) continue;
      await page.goto(at(path, lang));
      await picture(page, `reach-${email.split("@")[0]}-${lang}-${path.replaceAll(/[^\w-]/g, "_").slice(0, 80)}`);
      await mustBeSound(page, complaints, lang);
      looked += 1;
      for (const link of (await links(page)).filter((link) => link.startsWith("/desk"))) {
        if (!seen.has(link)) {
          seen.add(link);
          queue.push(link);
        }
      }
    }
    assert.ok(looked > 1, "pages are reached by links");
    await close();
  });
}
