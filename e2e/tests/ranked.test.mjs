// An audit of a ranked contest through the pages: the mayor of Uralla, New South Wales, 2021, by the assertions of RAIRE.
// Its ballots are © State of New South Wales through the NSW Electoral Commission (CC BY 4.0).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { gunzipSync } from "node:zlib";
import {
  closeRound, deal, differences, office, openDisagreement, openRound, prepare, publicPage, publishCvrs, recordOf,
  soundEverywhere, throwDice, verifiedOffline,
} from "../lib/audit.mjs";
import { mustBeSound, open } from "../lib/browser.mjs";
import { published, skipWithout } from "../lib/data.mjs";
import { plain, words } from "../lib/forms.mjs";
import { eliminations, rankedCards, worth } from "../lib/irv.mjs";
import { betting, compared } from "../lib/risk.mjs";
import { TABLET, readAll, seat, sign } from "../lib/tablet.mjs";

const CVRS = "audit/cvr-dominion-csv/Uralla_Mayoral_IRV.csv.gz";
const ASSERTIONS = "audit/irv-nsw2021/Uralla Mayoral_out.json";
const SEED = "57721566490153286060";
const PLACE = "Uralla";
const DOUBT = "Is this a 1 or a 7?";
const skip = skipWithout(CVRS, ASSERTIONS);

let of, export_, choices, cards, assertions;

before(async () => {
  if (skip) return;
  export_ = gunzipSync(readFileSync(published(CVRS)));
  ({ choices, cards } = rankedCards(export_));
  assertions = JSON.parse(readFileSync(published(ASSERTIONS), "utf8")).solution.Ok.assertions;
  of = await office();
});

after(() => of?.close());

const key = (batch, position) => `${batch}/${position}`;
const say = (ranking) => ranking.map((choice) => choices[choice]).join(" > ");

/** The audit as it is typed: first preferences, who won, a batch for each of the file. */
function draft() {
  const first = choices.map((_, choice) => cards.filter((card) => card.ranking[0] === choice).length);
  const batches = new Map(cards.map((card) => [card.batch, card.position]));
  const rows = [...batches].map(([batch, last]) => `1,${batch},${last}`);
  return {
    settings: { title: "Mayor of Uralla, 2021", method: "assertion-comparison" },
    contests: [{
      name: "Uralla Mayoral", choices: choices.map((choice, at) => `${choice}: ${first[at]}`).join("\n"),
      ballots: String(cards.length), winners: "1", votes_allowed: "1", risk_limit: "1%", law: "ranked", winner: "BELL Robert",
    }],
    places: new Map([[PLACE, [
      ["manifest", "manifest.csv", Buffer.from(["Tabulator,Batch Name,Number of Ballots", ...rows, ""].join("\n"))],
      ["cvrs", "export.csv", export_],
    ]]]),
  };
}

/** What people read otherwise than the machine: below the first preference, once with a consequence and once without. */
function plants(drawn) {
  const like = (...ranking) => drawn.find((card) => card.ranking.join() === ranking.join());
  const [winner, ...others] = [0, 1, 2];
  const worse = others.map((choice) => like(choice, winner, 3 - choice)).find((card) => card);
  const same = like(winner, 2, 1);
  assert.ok(worse && same, "no ballot of this kind was drawn");
  return new Map([
    [worse, [worse.ranking[0], worse.ranking[2], winner]],
    [same, same.ranking.slice(0, 2)],
  ]);
}

/** The board reads everything in a browser; what its members disagree about is decided, and it signs. */
async function read(audit, readings, torn) {
  const [passphrase] = await deal(of, audit, 1, PLACE);
  const { page, complaints, close } = await open(of.browser, { viewport: TABLET });
  await seat(page, `${of.server.address}/board`, passphrase);
  await readAll(page, (batch, position) => {
    const ranking = readings.get(key(batch, position));
    assert.ok(ranking, `ballot ${position} of batch ${batch} is not what the board was dealt`);
    if (key(batch, position) === torn) return { "c0-note": DOUBT };
    return Object.fromEntries(ranking.map((choice, at) => [`c0-${choice}`, String(at + 1)]));
  });
  await settle(audit, readings.get(torn));
  await page.goto(`${of.server.address}/board/work`);
  await mustBeSound(page, complaints, "en");
  await sign(page, of.server.address);
  await close();
}

/** The jurisdiction decides on an order of ranks; two equal ones are none. */
async function settle(audit, ranking) {
  const { page, complaints, close } = await openDisagreement(of, `${audit}/rounds/1`, PLACE, DOUBT);
  const send = page.locator("form:has([name=reason]) button");
  await page.check("[name=kind-0][value=votes]");
  for (const choice of ranking) await page.fill(`[name=vote-0-${choice}]`, "1");
  await page.fill("[name=reason]", "It is a 1: the others have a bar");
  await send.click();
  await page.getByText("no two choices have the same").first().waitFor();
  await mustBeSound(page, complaints, "en", { status: 422 });
  for (const [at, choice] of ranking.entries()) await page.fill(`[name=vote-0-${choice}]`, String(at + 1));
  await Promise.all([page.waitForURL(/recorded=/), send.click()]);
  await close();
}

/** The risk of each published assertion. */
const risks = (drawn, readings) => assertions.map(({ assertion, margin }) => {
  const pairs = drawn.map((card) => [worth(assertion, card.ranking), worth(assertion, readings.get(key(card.batch, card.position)))]);
  return betting(compared({ mean: 0.5 + margin / cards.length / 2, upper: 1, pairs }), cards.length);
});

/** The count on its page, round by round, as the test counts it. */
async function isCounted(page) {
  const html = await (await of.people.observer.get(`${page}/count`)).text();
  const rounds = eliminations(cards.map((card) => card.ranking), choices);
  assert.ok(rounds.length >= 2, "a count of one round shows nothing");
  const tables = html.split("<figure").slice(1);
  assert.equal(tables.length, rounds.length);
  for (const [at, { votes, out }] of rounds.entries()) {
    const rows = [...tables[at].matchAll(/<th scope="row"><bdi>([^<]*)<\/bdi>.*?<\/th><td[^>]*><bdi>([^<]*)<\/bdi>/g)];
    const told = rows.map(([, name, count]) => [plain(name), Number(count.replaceAll(",", ""))]);
    assert.deepEqual(told, [...votes].map(([choice, count]) => [choices[choice], count]), `round ${at + 1}`);
    const is_last = at + 1 === rounds.length;
    const said = is_last ? "BELL Robert is elected" : `${choices[out]} is out`;
    assert.ok(words(tables[at]).includes(`Round ${at + 1}: ${said}`), `round ${at + 1}: ${said}`);
  }
  await soundEverywhere(of, `${page}/count`, "ranked-count");
}

/** What the page, the report and the program without the server say at the end. */
async function isPublic(audit, planted, expected) {
  const page = publicPage(audit);
  const text = words(await (await of.people.observer.get(page)).text());
  assert.match(text, /The audit supports the reported outcome\./);
  assert.match(text, /BELL Robert reported as elected/);
  assert.match(text, /2 of 24 ballots differ/);
  const wanted = [...planted].map(([card, read]) => [
    `${PLACE}: 1 - ${card.batch}, ${card.position}`, `machine: ${say(card.ranking)}; people: ${say(read)}`, "no explanation yet",
  ]);
  assert.deepEqual((await differences(of, audit)).toSorted(), wanted.toSorted());
  const report = await (await of.people.observer.get(`${page}/report.csv`)).text();
  assert.ok(!report.includes("OVERVOTE"), "a ranking is no overvote");
  await publishCvrs(of, audit, PLACE);
  const { report: found } = await verifiedOffline(of, audit);
  const told = found.rounds[0].assertions[0].map(({ claim, p_value }) => [Number(claim.match(/\(by (\d+)\)$/)[1]), p_value]);
  // Those of the page are the same.
  for (const { claim } of found.rounds[0].assertions[0]) assert.ok(text.includes(claim), claim);
  const published = new Map(assertions.map(({ margin }, at) => [margin, expected[at]]));
  for (const [margin, p] of told) assert.ok(Math.abs(published.get(margin) - Number(p)) < 1e-9, `by ${margin}: ${p} of ${told}`);
  assert.deepEqual(told.map(([margin]) => margin).toSorted(), [...published.keys()].toSorted(), "the assertions of raire-rs");
  await soundEverywhere(of, page, "ranked");
  await isCounted(page);
}

test("the mayor of Uralla is confirmed by the published assertions, with rankings read otherwise", { skip, timeout: 600_000 }, async () => {
  const audit = await prepare(of, draft());
  await throwDice(of, audit, SEED);
  await openRound(of, audit, { draws: "24" });
  const { batches, rounds } = JSON.parse(await recordOf(of, audit));
  const at = new Map(cards.map((card) => [key(card.batch, card.position), card]));
  const drawn = rounds[0].draws.map(({ batch, position }) => at.get(key(batches[batch].batch, position)));
  const planted = plants(drawn);
  const torn = drawn.find((card) => card.ranking.length === 3 && !planted.has(card));
  const readings = new Map(drawn.map((card) => [key(card.batch, card.position), planted.get(card) ?? card.ranking]));
  await read(audit, readings, key(torn.batch, torn.position));
  await closeRound(of, audit, 1, "stop");

  const [measured] = JSON.parse(await recordOf(of, audit)).rounds[0].measured;
  const expected = risks(drawn, readings);
  const [clean] = risks(drawn, new Map(drawn.map((card) => [key(card.batch, card.position), card.ranking])));
  assert.ok(Math.max(...expected) > clean, "what was read otherwise raises the risk");
  assert.ok(Math.abs(Number(measured.p_value) - Math.max(...expected)) < 1e-9, `${measured.p_value} is ${expected}`);
  await isPublic(audit, planted, expected);
});
