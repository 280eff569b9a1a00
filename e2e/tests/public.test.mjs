// Every public page of the demonstration, as its readers meet it: found by following links.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES, LAPTOP, PHONE, inLanguage, launch, links, mustBeSound, open, picture } from "../lib/browser.mjs";
import { demo, start } from "../lib/server.mjs";

// Pages of one kind differ only in numbers: two of each are looked at.
const OF_ONE_KIND = 2;
const MOST_PAGES = 60;
// Linked to by the shell, and built by desks that come next: may be absent, must be sound when there.
const NOT_YET = ["/desk"];
// Where a reader begins. Every other page must be found from here.
const ENTRANCES = ["/", "/style", "/record", "/verify"];

let server, browser, pages;

before(async () => {
  server = await start(demo);
  browser = await launch();
  pages = await crawl();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Paths of HTML pages, and what any address answered that is not right. */
async function crawl() {
  const { page, close } = await open(browser);
  const found = [];
  const broken = [];
  const queue = [...ENTRANCES];
  const seen = new Set(queue);
  const kinds = new Map();
  while (queue.length > 0 && found.length < MOST_PAGES) {
    const path = queue.shift();
    const kind = path.split("?")[0].replace(/\d+/g, "*").replace(/[0-9a-f]{16,}/g, "*");
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    if (kinds.get(kind) > OF_ONE_KIND) continue;
    const answer = await page.request.get(`${server.address}${inLanguage(path, "en")}`, { maxRedirects: 0 });
    if (answer.status() >= 300 && answer.status() < 400) continue;
    if (answer.status() === 404 && NOT_YET.includes(path)) continue;
    if (!answer.ok()) broken.push(`${path}: ${answer.status()}`);
    if (!(answer.headers()["content-type"] ?? "").startsWith("text/html")) continue;
    await page.goto(`${server.address}${inLanguage(path, "en")}`);
    found.push(path);
    // The style guide links to examples.
    for (const link of path === "/style" ? [] : await links(page)) {
      if (!seen.has(link)) {
        seen.add(link);
        queue.push(link);
      }
    }
  }
  await close();
  return { found, broken };
}

test("no link of a public page is dead", () => {
  assert.deepEqual(pages.broken, []);
  assert.ok(pages.found.length > ENTRANCES.length, `pages are found by links: ${pages.found.join(" ")}`);
});

for (const lang of LANGUAGES) {
  test(`every public page in ${lang}, on a telephone`, async (context) => {
    for (const path of pages.found) {
      await context.test(path, async () => {
        const { page, complaints, close } = await open(browser, { lang, viewport: PHONE });
        await page.goto(`${server.address}${inLanguage(path, lang)}`);
        await picture(page, `public-${lang}-${path.replaceAll(/[^\w-]/g, "_")}`);
        await mustBeSound(page, complaints, lang);
        await close();
      });
    }
  });
}

test("every public page on a wide screen in the dark, in English and Arabic", async (context) => {
  for (const path of pages.found) {
    for (const lang of ["en", "ar"]) {
      await context.test(`${path} ${lang}`, async () => {
        const { page, complaints, close } = await open(browser, { lang, viewport: LAPTOP, dark: true });
        await page.goto(`${server.address}${inLanguage(path, lang)}`);
        await mustBeSound(page, complaints, lang);
        await close();
      });
    }
  }
});

test("public pages say the same without a script", async () => {
  for (const path of pages.found.filter((path) => !path.startsWith("/verify"))) {
    const texts = [];
    for (const script of [true, false]) {
      const { page, close } = await open(browser, { script });
      await page.goto(`${server.address}${inLanguage(path, "en")}`);
      texts.push(await page.innerText("main"));
      await close();
    }
    assert.equal(texts[1], texts[0], path);
  }
});

test("a page for the public stays under 100 kB", async () => {
  const { page, close } = await open(browser);
  for (const path of pages.found.filter((path) => path !== "/style")) {
    const body = await (await page.request.get(`${server.address}${path}`)).body();
    // The verifier holds its script and four languages, to be saved once.
    const limit = path.startsWith("/verify.html") ? 200_000 : 100_000;
    assert.ok(body.length < limit, `${path} has ${body.length} bytes`);
  }
  await close();
});
