// Seats by D'Hondt with a threshold, through the pages: Namur, Belgian Chamber of Representatives, 9 June 2024. As many
// cards are compared as are published to be enough, 310 of 312,175. The cards are made here, from the official votes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import {
  board, closeRound, deal, each, office, openRound, prepare, publicPage, publishCvrs, recordOf, soundEverywhere, throwDice,
  verifiedOffline,
} from "../lib/audit.mjs";
import { published, skipWithout, unzip } from "../lib/data.mjs";
import { submit, words } from "../lib/forms.mjs";
import { betting, compared } from "../lib/risk.mjs";

const OFFICIAL = "audit/belgium2024/belgium2024-chamber-6.zip";
const FIGURES = "audit/belgium2024/expected.json";
const SEED = "16180339887498948482";
const NAME = "Chamber, constituency of Namur";
const PLACE = "Namur";
const IN_A_BATCH = 1000;
const skip = skipWithout(OFFICIAL, FIGURES);

let of, lists, ballots, figures;

before(async () => {
  if (skip) return;
  const files = unzip(readFileSync(published(OFFICIAL)));
  const file = [...files.keys()].find((name) => name.includes("Namur"));
  const result = JSON.parse(files.get(file).toString("utf8"));
  lists = result.ElectionLists.map((list) => ({ name: list.PartyLabel, votes: list.NrOfVotes, seats: list.NrOfSeats ?? 0 }));
  ballots = result.NrOfValidVotes;
  figures = JSON.parse(readFileSync(published(FIGURES), "utf8")).constituencies.Namur;
  of = await office();
});

after(() => of?.close());

/** The list that is marked on a card: the official votes, in an order that mixes them over the batches. */
function marked(card) {
  // A prime that does not divide their number leads to each ballot once.
  let left = (card * 104_729) % ballots;
  return lists.findIndex((list) => (left -= list.votes) < 0);
}

/** A card's number from its batch and its position in it, both from 1. */
const number = (batch, position) => (batch - 1) * IN_A_BATCH + position - 1;

/** All cards as a Dominion CSV. */
function cvrs() {
  const heads = lists.map(() => `"${NAME} (Vote For=1)"`).join(",");
  const marks = lists.map((_, list) => lists.map((_, at) => (at === list ? 1 : 0)).join(","));
  const rows = [
    `Namur 2024,5.10.11.24${",".repeat(5 + lists.length)}`, `,,,,,,,${heads}`, `,,,,,,,${lists.map((list) => list.name).join(",")}`,
    `CvrNumber,TabulatorNum,BatchId,RecordId,ImprintedId,PrecinctPortion,BallotType${",".repeat(lists.length)}`,
  ];
  for (let card = 0; card < ballots; card += 1) {
    const [batch, position] = [Math.floor(card / IN_A_BATCH) + 1, (card % IN_A_BATCH) + 1];
    rows.push(`${card + 1},1,${batch},${position},1-${batch}-${position},Namur,1,${marks[marked(card)]}`);
  }
  return Buffer.from(`${rows.join("\n")}\n`);
}

/** The manifest: twenty batches in a box. */
function manifest() {
  const rows = ["Container,Tabulator,Batch Name,Number of Ballots"];
  for (let batch = 1; (batch - 1) * IN_A_BATCH < ballots; batch += 1) {
    const count = Math.min(IN_A_BATCH, ballots - (batch - 1) * IN_A_BATCH);
    rows.push(`Box ${Math.ceil(batch / 20)},1,${batch},${count}`);
  }
  return Buffer.from(`${rows.join("\n")}\n`);
}

/** What is asserted of a result by D'Hondt with a threshold of 5 %: the mean of each assorter and its largest value. */
function asserted() {
  const valid = lists.reduce((sum, list) => sum + list.votes, 0);
  const before = ({ name, votes, seats }) => lists.filter((other) => other.name !== name && other.seats > 0).map((other) => {
    const upper = (1 + (seats + 1) / other.seats) / 2;
    return { name: `${other.name}/${name}`, upper, mean: (other.votes * upper + (valid - other.votes - votes) / 2) / valid };
  });
  const clean = ({ mean, upper }) => compared({ mean, upper, pairs: [[0, 0]] })[0];
  const hardest = (all) => all.reduce((least, one) => (clean(one) < clean(least) ? one : least));
  const of_each = lists.map((list) => {
    if (list.seats > 0) return hardest([...before(list), { name: list.name, upper: 10, mean: (list.votes * 10) / valid }]);
    // A list without a seat is below the threshold, or would have none if it were let in: the easier of both.
    const below = { name: `below ${list.name}`, upper: 1 / 1.9, mean: (valid - list.votes) / 1.9 / valid };
    const without = hardest(before(list));
    return clean(below) > clean(without) ? below : without;
  });
  const all = hardest(of_each);
  return { ...all, clean: clean(all) };
}

/** A board enters the list that is marked on each of its ballots. */
async function read(tablet, units) {
  for (const [href, label] of units) {
    const [, position, batch] = label.match(/^Ballot (\d+) in batch (\d+)$/);
    await submit(tablet, href, { [`c0-${marked(number(Number(batch), Number(position)))}`]: "yes" });
  }
}

/** The seats on their page, in the order in which D'Hondt gives them to the lists above the threshold. */
async function isCounted(page) {
  const text = words(await (await of.people.observer.get(`${page}/count`)).text());
  const won = new Map(lists.filter((list) => list.seats > 0).map((list) => [list.name, 0]));
  const seats = lists.reduce((sum, list) => sum + list.seats, 0);
  const in_words = (value) => value.toLocaleString("en", { maximumFractionDigits: 0 });
  for (let seat = 1; seat <= seats; seat += 1) {
    const quotient = ({ name, votes }) => votes / (won.get(name) + 1);
    const next = lists.filter((list) => won.has(list.name)).reduce((best, list) => (quotient(list) > quotient(best) ? list : best));
    won.set(next.name, won.get(next.name) + 1);
    const row = `${seat} ${next.name} ${in_words(next.votes)} / ${won.get(next.name)} =`;
    assert.ok(text.includes(row), `${row}: ${text.slice(-900)}`);
  }
  assert.deepEqual([...won], lists.filter((list) => list.seats > 0).map((list) => [list.name, list.seats]));
  await soundEverywhere(of, `${page}/count`, "seats-count");
}

/** What everybody sees at the end, and finds without the server. */
async function isPublic(audit, draws) {
  const page = publicPage(audit);
  const text = words(await (await of.people.observer.get(page)).text());
  assert.match(text, /The audit supports the reported outcome\./);
  assert.match(text, new RegExp(`0 of ${draws} ballots differ`));
  for (const { name, seats } of lists) {
    const said = seats === 1 ? "one seat reported" : `${seats} seats reported`;
    assert.equal(text.includes(`${name} ${said}`), seats > 0, `${name}: ${said}`);
  }
  await publishCvrs(of, audit, PLACE);
  const { report } = await verifiedOffline(of, audit);
  const [{ claim, p_value }] = report.rounds[0].assertions[0];
  assert.equal(claim, "the last seat of PTB comes before the next of PS: 31463/1 against 52913/2 votes");
  assert.equal(p_value, report.rounds[0].p_values[0]);
  assert.ok(text.includes(claim), "the page names it");
  await soundEverywhere(of, page, "seats");
  await isCounted(page);
}

test("the seats of Namur are confirmed by as many ballots as are published to be enough", { skip, timeout: 900_000 }, async () => {
  const [name, without_error, mean, upper, draws] = figures;
  const hardest = asserted();
  assert.equal(hardest.name, name);
  assert.deepEqual([hardest.clean, hardest.mean, hardest.upper].map((figure) => Number(figure.toFixed(6))), [without_error, mean, upper]);

  const audit = await prepare(of, {
    settings: { title: "Namur, 9 June 2024", method: "assertion-comparison" },
    contests: [{
      name: NAME, choices: lists.map((list) => `${list.name}: ${list.votes}`).join("\n"), ballots: String(ballots),
      winners: String(lists.reduce((sum, list) => sum + list.seats, 0)), votes_allowed: "1", risk_limit: "5%",
      law: "dhondt", share: "1/20",
    }],
    places: new Map([[PLACE, [["manifest", "manifest.csv", manifest()], ["cvrs", "export.csv", cvrs()]]]]),
  });
  await throwDice(of, audit, SEED);
  await openRound(of, audit, { draws: String(draws) });
  await each(await deal(of, audit, 1, PLACE, 4), (passphrase) => board(of, passphrase, read));
  await closeRound(of, audit, 1, "stop");

  const { contests: [contest], rounds: [round] } = JSON.parse(await recordOf(of, audit));
  assert.deepEqual(contest.rule.seats, lists.map((list) => list.seats), "the official seats");
  const risk = (cards) => betting(Array(cards).fill(hardest.clean), ballots);
  assert.ok(Math.abs(Number(round.measured[0].p_value) - risk(draws)) < 1e-9, `${round.measured[0].p_value} is ${risk(draws)}`);
  assert.ok(risk(draws) <= 0.05 && risk(draws - 1) > 0.05, "one ballot less would not have been enough");
  await isPublic(audit, draws);
});
