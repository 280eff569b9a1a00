// A comparison of ballots through the pages, on a slice of San Francisco's export of November 2024: 74 cards of a
// Dominion system. A board reads blind, what it reads differs from the machines' records in every way that an audit
// knows, and the audit needs a second round for it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import {
  closeRound, deal, differences, office, openDisagreement, openRound, prepare, publicPage, publishCvrs, recordOf,
  soundEverywhere, throwDice, verifiedOffline,
} from "../lib/audit.mjs";
import { LAPTOP, mustBeSound, open, picture } from "../lib/browser.mjs";
import { published, skipWithout } from "../lib/data.mjs";
import { cards } from "../lib/dominion.mjs";
import { words } from "../lib/forms.mjs";
import { signIn } from "../lib/people.mjs";
import { kaplanMarkov } from "../lib/risk.mjs";
import { TABLET, readAll, seat, sign } from "../lib/tablet.mjs";

const SLICE = "audit/cvr-dominion-json/SF2024-export-slice";
// Dice that draw a card of each kind, and show one of the planted cards again after some sixty draws.
const SEED = "12532870465572101415";
const PLACE = "San Francisco";
const DOUBT = "Harris, or nothing?";
const WHY = "The mark is beside the box of Harris, and no other is marked";
const skip = skipWithout(`${SLICE}.zip`, `${SLICE}.expected.json`);

let of, slice, contests;

before(async () => {
  if (skip) return;
  slice = readFileSync(published(`${SLICE}.zip`));
  const { contests: expected } = JSON.parse(readFileSync(published(`${SLICE}.expected.json`), "utf8"));
  contests = ["1", "34"].map((id) => {
    const votes = Object.entries(expected[id].votes_by_rank[1]).sort(([, one], [, other]) => other - one);
    return { id, name: expected[id].name, choices: votes.map(([name]) => name), votes: votes.map(([, count]) => count) };
  });
  of = await office();
});

after(() => of?.close());

/** The contests as they are typed; the audit goes on for the first. */
const typed = () => contests.map(({ name, choices, votes }, at) => ({
  name, choices: choices.map((choice, place) => `${choice}: ${votes[place]}`).join("\n"),
  ballots: "74", winners: "1", votes_allowed: "1", risk_limit: "5%", targeted: at === 0 ? "yes" : "no",
}));

/** What stands on a card, for each contest: the places of the marked choices, or nothing where it is not on it. */
const machine = (card) => contests.map(({ id, choices }) => card.contests.get(id)?.map((name) => choices.indexOf(name)));

/** A reading as the tablet takes it; of a ballot that is gone there is none. */
function fields(reading) {
  if (!reading) return { gone: "yes" };
  const one = (marks, at) => {
    if (!marks) return [`c${at}-absent`];
    return marks.length === 0 ? [`c${at}-blank`] : marks.map((choice) => `c${at}-${choice}`);
  };
  return Object.fromEntries(reading.flatMap(one).map((field) => [field, "yes"]));
}

/**
 * What people read where it is not what the machines recorded: `card` is one of those that were drawn, `read` what is
 * read of it, and `says` what the page must say of each contest, and the report of its margin. Of leads over several
 * losers that one counts which shrinks most: Harris for Trump is two more over him, but one more over Oliver.
 */
function plants(drawn) {
  const taken = new Set();
  const [trump, harris] = ["DONALD J. TRUMP / JD VANCE", "KAMALA D. HARRIS / TIM WALZ"];
  const [H, T] = [harris, trump].map((name) => contests[0].choices.indexOf(name));
  const [YES, NO] = ["YES", "NO"].map((name) => contests[1].choices.indexOf(name));
  const take = (contest, choice) => {
    const card = drawn.find((card) => !taken.has(card) && machine(card)[contest]?.[0] === choice);
    assert.ok(card, `no card with ${contests[contest].choices[choice]} is left of ${drawn.map((card) => card.position)}`);
    taken.add(card);
    return card;
  };
  const [president, measure] = contests.map((contest) => contest.name);
  const gone = "not found; counted as the most that it could change";
  return [
    { kind: "one vote over", card: take(0, H), read: [[], undefined], says: [[president, `${harris}: +1`, 1]] },
    { kind: "two votes under", card: take(0, T), read: [[H], undefined], says: [[president, `${harris}: -1; ${trump}: +1`, -1]] },
    { kind: "two votes over", card: take(1, YES), read: [undefined, [NO]], says: [[measure, "YES: +1; NO: -1", 2]] },
    { kind: "contest not on the ballot", card: take(1, YES), read: [undefined, undefined], says: [[measure, "YES: +1", 1]] },
    { kind: "not found", card: take(0, H), read: null, says: [[president, gone, 2], [measure, gone, 2]] },
  ];
}

/** The jurisdiction decides what the members of a board disagree about. */
async function settle(audit) {
  const { page, close } = await openDisagreement(of, `${audit}/rounds/1`, PLACE, DOUBT);
  await page.check("[name=kind-0][value=votes]");
  await page.getByLabel("KAMALA D. HARRIS / TIM WALZ").check();
  await page.fill("[name=reason]", WHY);
  await Promise.all([page.waitForURL(/recorded=/), page.locator("form:has([name=reason]) button").click()]);
  await close();
}

/** Explains each discrepancy on its page, where each ballot stands once, whatever differs on it. */
async function explain(audit, planted) {
  const { page, complaints, close } = await open(of.browser, { viewport: LAPTOP });
  await signIn(page, of.server.address, "supervisor@demo.example");
  await page.goto(`${of.server.address}${audit}/discrepancies`);
  await picture(page, "comparison-discrepancies");
  await mustBeSound(page, complaints, "en");
  for (const { kind, card } of planted) {
    const ballot = page.locator("section.panel", { has: page.getByRole("heading", { name: `${PLACE}: 5 - 1, ${card.position}`, exact: true }) });
    await ballot.locator("[name=reason]").fill(`We looked: ${kind}`);
    await Promise.all([page.waitForURL(/recorded=/), ballot.getByRole("button").click()]);
  }
  assert.match(await page.innerText("main"), /Every discrepancy has an explanation/);
  await mustBeSound(page, complaints, "en");
  await close();
}

/** The risk of a contest, from the cards as they are and what was read of them. */
function risk(contest, draws, planted) {
  const { votes } = contests[contest];
  const losers = votes.map((_, place) => place).slice(1);
  const lead = votes[0] - votes[1];
  const all = new Map(cards(slice).map((card) => [card.position, card]));
  const has = (marks, choice) => (marks?.includes(choice) ? 1 : 0);
  const errors = draws.map((position) => {
    const card = all.get(position);
    const plant = planted.find((one) => one.card.position === position);
    if (plant?.read === null) return 2;
    const [recorded, read] = [machine(card)[contest], (plant?.read ?? machine(card))[contest]];
    return Math.max(...losers.map((loser) => {
      const off = has(recorded, 0) - has(recorded, loser) - has(read, 0) + has(read, loser);
      return (off * lead) / (votes[0] - votes[loser]);
    }));
  });
  return kaplanMarkov({ lead, cards: 74, errors });
}

/** A round is dealt, read in a browser and signed. `torn`: the ballot that the members disagree about. */
async function read(audit, number, readings, torn) {
  const [passphrase] = await deal(of, audit, number, PLACE);
  const { page, complaints, close } = await open(of.browser, { viewport: TABLET });
  await seat(page, `${of.server.address}/board`, passphrase);
  await readAll(page, (_, position) => {
    assert.ok(readings.has(position), `ballot ${position} is not what the board was dealt`);
    return position === torn ? { "c0-note": DOUBT, "c1-absent": "yes" } : fields(readings.get(position));
  });
  await page.goto(`${of.server.address}/board/work`);
  await mustBeSound(page, complaints, "en");
  if (torn) {
    await page.getByText("You can sign when the jurisdiction has decided").waitFor();
    await settle(audit);
  }
  await sign(page, of.server.address);
  await close();
}

/** Draws a round: the positions in the order of the draws. */
async function draw(audit, number, draws) {
  await openRound(of, audit, { draws: String(draws) });
  return JSON.parse(await recordOf(of, audit)).rounds[number - 1].draws.map((draw) => draw.position);
}

/** What was measured after a round is what the formula gives, contest by contest. */
async function isMeasured(audit, number, draws, planted, met) {
  const { measured } = JSON.parse(await recordOf(of, audit)).rounds[number - 1];
  for (const [at, one] of measured.entries()) {
    const expected = risk(at, draws, planted);
    assert.ok(Math.abs(Number(one.p_value) - expected) < 1e-9, `round ${number}, ${contests[at].name}: ${one.p_value} is ${expected}`);
  }
  assert.deepEqual(measured.map((one) => one.met), met, JSON.stringify(measured));
}

/** What stands at the end for everybody: the page, the report, and a record that agrees without the server. */
async function isPublic(audit, planted, draws) {
  const { people: { observer } } = of;
  const page = publicPage(audit);
  const text = words(await (await observer.get(page)).text());
  assert.match(text, /The audit supports the reported outcome\./);
  assert.match(text, /5 of \d+ ballots differ/);
  const events = words(await (await observer.get(`${page}/events`)).text());
  assert.ok(events.includes(`the jurisdiction decided what its members disagreed about, ${WHY}`), events);
  // The sizes of overstatements stand in the report, as it is known from Arlo.
  const report = await (await observer.get(`${page}/report.csv`)).text();
  for (const { kind, card, says } of planted) {
    const row = report.split(/\r?\n/).find((line) => line.startsWith(`${PLACE},5,1,${card.position},`));
    assert.ok(row, `${kind}: ${card.position} is not in the report`);
    for (const [, , margin] of says) assert.match(row, new RegExp(`,${margin}(,|$)`), `${kind}: ${row}`);
  }
  await publishCvrs(of, audit, PLACE);
  const { report: found } = await verifiedOffline(of, audit);
  assert.equal(found.rounds.reduce((sum, round) => sum + round.draws, 0), draws);
  await soundEverywhere(of, page, "comparison");
}

test("a comparison of San Francisco's ballots finds each planted discrepancy and ends in a second round", { skip, timeout: 600_000 }, async () => {
  const all = cards(slice);
  const manifest = Buffer.from(`Tabulator,Batch Name,Number of Ballot Cards\n5,1,${all.length}\n`);
  const audit = await prepare(of, {
    settings: { title: "San Francisco, 5 November 2024", method: "ballot-comparison" },
    contests: typed(),
    places: new Map([[PLACE, [["manifest", "manifest.csv", manifest], ["cvrs", "export.zip", slice]]]]),
  });
  await throwDice(of, audit, SEED);

  const first = await draw(audit, 1, 55);
  const fetched = all.filter((card) => first.includes(card.position));
  const planted = plants(fetched);
  const torn = fetched.find((card) => machine(card)[0]?.[0] === 0 && !planted.some((one) => one.card === card)).position;
  const readings = new Map(fetched.map((card) => [card.position, machine(card)]));
  for (const { card, read } of planted) readings.set(card.position, read);
  await read(audit, 1, readings, torn);
  await closeRound(of, audit, 1, "next-round");
  await isMeasured(audit, 1, first, planted, [false, false]);

  const second = await draw(audit, 2, 30);
  const fresh = all.filter((card) => second.includes(card.position) && !first.includes(card.position));
  await read(audit, 2, new Map(fresh.map((card) => [card.position, machine(card)])));
  await closeRound(of, audit, 2, "stop");
  await isMeasured(audit, 2, [...first, ...second], planted, [true, false]);

  const rows = await differences(of, audit);
  const wanted = planted.flatMap(({ card, says }) => says.map(([contest, change]) => [
    `${PLACE}: 5 - 1, ${card.position}`, `${change} ${contest}`, "no explanation yet",
  ]));
  assert.deepEqual(rows.toSorted(), wanted.toSorted(), "each planted discrepancy, and no other");
  await explain(audit, planted);
  const why = (await differences(of, audit)).map(([place, , why]) => [place, why]);
  for (const { kind, card, says } of planted) {
    const own = why.filter(([place]) => place === `${PLACE}: 5 - 1, ${card.position}`);
    assert.deepEqual(own.map(([, why]) => why.startsWith(`We looked: ${kind}`)), says.map(() => true), `${own}`);
  }
  await isPublic(audit, planted, first.length + second.length);
});
