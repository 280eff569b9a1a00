// A browser, pages in the conditions that readers have, and what must hold on each page.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";

export const LANGUAGES = ["en", "fr", "es", "ar"];
export const PHONE = { width: 360, height: 740 };
// A machine that also compiles is slow; a page that never answers is a failure all the same.
const LIMIT_MS = 20_000;
export const LAPTOP = { width: 1440, height: 900 };

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];
const SWITCHES = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** The distribution's Chromium; CHROMIUM names another one. */
export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: SWITCHES });

/**
 * A page, and a list of everything that the browser complains about on it: violations of the
 * content security policy and errors on the console. A refused status is no complaint: `mustBeSound` asks for the page's own.
 */
export async function open(browser, options = {}) {
  const { lang = "en", viewport = LAPTOP, script = true, dark = false } = options;
  const context = await browser.newContext({
    locale: lang,
    viewport,
    javaScriptEnabled: script,
    colorScheme: dark ? "dark" : "light",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(LIMIT_MS);
  const complaints = [];
  page.on("console", (message) => {
    const isStatus = /Failed to load resource: the server responded with a status of [45]/.test(message.text());
    if (message.type() === "error" && !isStatus) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return { page, complaints, close: () => context.close() };
}

/** What axe-core finds at WCAG 2.2 AA, as readable lines. */
export async function accessibility(page) {
  // Evaluated by the debugger, so that the page's own policy stays as it is.
  await page.evaluate(AXE);
  const found = await page.evaluate(
    (tags) => globalThis.axe.run(document, { runOnly: { type: "tag", values: tags } }),
    TAGS,
  );
  return found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary?.split("\n")[1]?.trim()}`),
  );
}

/** How many pixels the page is wider than the window. */
export const overflow = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Texts of drawings that lie over each other. */
export const overlaid = (page) => page.evaluate(() => [...document.querySelectorAll("svg")].flatMap((svg) => {
  const texts = [...svg.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
  const over = (a, b) => a.left + 1 < b.right && b.left + 1 < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom;
  return texts.flatMap(([one, a], at) => texts.slice(at + 1).filter(([, b]) => over(a, b)).map(([other]) => `${one} / ${other}`));
}));

/**
 * The status that the document in the page was answered with, after redirections. A file of the disk counts as 200: the
 * browser does not go to one that is not there.
 */
export async function statusOf(page) {
  if (page.url().startsWith("file:")) return 200;
  return page.evaluate(() => performance.getEntriesByType("navigation")[0]?.responseStatus ?? 0);
}

/**
 * Asserts what must hold on every page, in this language and this window. A page that says that it is not there, or
 * refuses, can be sound as well: whoever means one names its `status`, and no other passes.
 */
export async function mustBeSound(page, complaints, lang, { status = 200 } = {}) {
  const where = `${page.url()} (${lang}, ${page.viewportSize().width} px)`;
  assert.equal(await statusOf(page), status, `status of ${where}`);
  assert.deepEqual(await accessibility(page), [], `axe on ${where}`);
  assert.equal(await page.getAttribute("html", "lang"), lang, `language of ${where}`);
  assert.equal(await page.getAttribute("html", "dir"), lang === "ar" ? "rtl" : "ltr", `direction of ${where}`);
  assert.equal(await page.locator("h1").count(), 1, `one heading on ${where}`);
  assert.deepEqual(complaints, [], `console of ${where}`);
  if (page.viewportSize().width === PHONE.width) {
    assert.ok((await overflow(page)) <= 0, `${where} scrolls sideways by ${await overflow(page)} px`);
  }
}

/** Keeps a picture under SCREENSHOTS, when that is set. */
export async function picture(page, name) {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** Addresses of the same server that this page links to, without their language and fragment. */
export async function links(page) {
  const hrefs = await page.locator("a[href]").evaluateAll((all) =>
    // A link within a drawing (SVG) holds its address in an object.
    all.map((a) => new URL(a.getAttribute("href"), document.baseURI).href),
  );
  const here = new URL(page.url()).origin;
  const ours = hrefs.map((href) => new URL(href)).filter((url) => url.origin === here);
  for (const url of ours) url.searchParams.delete("lang");
  return [...new Set(ours.map((url) => url.pathname + url.search))];
}

/** An address of the server in a language. */
export const inLanguage = (path, lang) => `${path}${path.includes("?") ? "&" : "?"}lang=${lang}`;

/** Moves the focus with the Tab key to what matches, as somebody without a mouse does. */
export async function tabTo(page, selector, limit = 200) {
  for (let presses = 0; presses < limit; presses += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  throw new Error(`${selector} is not reached in ${limit} presses of Tab on ${page.url()}`);
}

/** Fills a form's fields by keyboard alone, in the order given, and sends it with Enter. */
export async function fillByKeyboard(page, values) {
  for (const [name, value] of Object.entries(values)) {
    await tabTo(page, `[name="${name}"]`);
    await page.keyboard.type(value);
  }
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}
