// How long `/verify.html` takes for one file, from the press of the button to the answer on the screen, on a machine
// that is slowed down four times, as telephones are. Prints a table; nothing depends on its figures.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { launch, open } from "../lib/browser.mjs";
import { corpus } from "../lib/verifiers.mjs";

const SLOWER = 4;
const ROUNDS = 30;
/** So many pages are opened anew: the first answer of a page takes longest. */
const PAGES = 5;
const PAGE = new URL("../../crates/desks/record/assets/verify.html", import.meta.url);
const CASES = [
  ["proof, the log's signature", "proof of entry 7"],
  ["proof, the log's and two witnesses' signatures", "quorum by groups, signed by a party and the observers"],
  ["receipt of a number", "number: as published"],
  ["alert, the log's and three witnesses' signatures", "alert.bundle"],
];
const ALERTS = new URL("../../fixtures/alerts/", import.meta.url);

const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];

/** Presses the button and waits for the answer, inside the page: {times in ms}. */
const measure = (page, rounds) =>
  page.evaluate(async (rounds) => {
    const times = [];
    for (let round = 0; round < rounds; round += 1) {
      const outcomes = document.getElementById("outcomes");
      // An earlier answer is taken away before the next one is drawn.
      outcomes.replaceChildren();
      const drawn = new Promise((done) => {
        const look = (_, self) => outcomes.querySelector(".outcome") !== null && (self.disconnect(), done());
        new MutationObserver(look).observe(outcomes, { childList: true, subtree: true });
      });
      const begin = performance.now();
      document.getElementById("form").requestSubmit();
      await drawn;
      times.push(performance.now() - begin);
    }
    if (document.querySelector(".outcome.holds, .outcome.unclear .facts") === null) throw new Error("it does not hold");
    return times;
  }, rounds);

const folder = await mkdtemp(join(tmpdir(), "scrutineer-bench-"));
const browser = await launch();
const cases = await corpus(folder);
const alert = await readFile(new URL("alert.bundle", ALERTS));
await writeFile(join(folder, "alert.bundle"), alert);
cases.push({ name: "alert.bundle", file: "alert.bundle", trust: await readFile(new URL("station.card", ALERTS), "utf8") });
/** Opens the page anew and measures it: the times, in the order of the rounds. */
async function opened(own, one, name) {
  const { page, close } = await open(browser);
  // A browser without Ed25519.
  if (own) await page.addInitScript(() => (crypto.subtle.importKey = () => Promise.reject(new Error("none"))));
  await page.goto(pathToFileURL(PAGE.pathname).href);
  await page.setInputFiles("#files", { name, mimeType: "text/plain", buffer: await readFile(join(folder, one.file)) });
  await page.fill("#trust", one.trust);
  const debug = await page.context().newCDPSession(page);
  await debug.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  const times = await measure(page, ROUNDS);
  await close();
  return times;
}

console.log(`| verify.html, CPU ${SLOWER} times slower, ${PAGES} pages of ${ROUNDS} rounds | own arithmetic | first answer of a page, median ms | later ones, median ms | slowest of these ms |\n|---|---|---|---|---|`);
for (const own of [false, true]) {
  for (const [words, name] of CASES) {
    const one = cases.find((each) => each.name === name);
    const pages = [];
    for (let page = 0; page < PAGES; page += 1) pages.push(await opened(own, one, name));
    const [first, later] = [pages.map(([time]) => time), pages.flatMap(([, ...times]) => times)];
    const figures = [median(first), median(later), Math.max(...later)].map((time) => time.toFixed(1));
    console.log(`| ${words} | ${own ? "yes" : "no"} | ${figures.join(" | ")} |`);
  }
}
await browser.close();
await rm(folder, { recursive: true, force: true });
