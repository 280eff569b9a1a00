// A comparison of three batches with their totals, which ends in a full hand count: by whoever's hands.
import assert from "node:assert/strict";
import { close, commit, deal, handIn, openRound, readAbout, seat, signBoard, throwDice } from "./ballots.mjs";

const VOTES = { East: [60, 30], North: [50, 20], West: [40, 15] };
export const FILES = {
  "batches.csv": `Container,Batch Name,Number of Ballots\n${Object.entries(VOTES).map(([name, [ann, ben]]) => `Box ${name},${name},${ann + ben + 5}\n`).join("")}`,
  "totals.csv": `Batch Name,Ann Lee,Ben Osei\n${Object.entries(VOTES).map(([name, votes]) => `${name},${votes}\n`).join("")}`,
};
const task = (href) => `main a[href="${href}"]`;

async function begin({ official }, title) {
  await official.follow('nav a[href="/desk/audits"]');
  await official.follow(task("/desk/audits/new"));
  await official.write("title", title);
  await official.choose("method", "batch-comparison");
  await official.send();
  const audit = official.path();
  await official.follow(task(`${audit}/contests`));
  await official.follow(task(`${audit}/contests/new`));
  await official.write("name", "School board");
  await official.write("choices", "Ann Lee: 150\nBen Osei: 65");
  await official.write("ballots", "230");
  await official.send();
  await official.follow(task(audit));
  await official.follow(task(`${audit}/jurisdictions`));
  await official.write("names", "Isle");
  await official.send('form[action$="/jurisdictions"] button');
  return audit;
}

/** Both members count one batch; the batch that lies mixed with it is counted as one with it. */
async function count(tablet) {
  await tablet.follow('main .actions a[href^="/board/units/"]');
  await tablet.look("board-batch");
  const unit = tablet.path();
  const heading = await tablet.page.innerText("h1");
  const own = Object.keys(VOTES).find((name) => heading.includes(name));
  assert.ok(own, `${heading} names none of the batches`);
  const other = Object.keys(VOTES).find((name) => name !== own);
  await tablet.follow(task(`${unit}/combine`));
  await tablet.look("board-combine");
  await tablet.write("with", other);
  await tablet.write("reason", "They lay in one box");
  await tablet.press('form[action$="/combine"] button');
  for (const member of [0, 1]) {
    await tablet.follow(task(`${unit}/members/${member}`));
    await tablet.look("board-count");
    const page = await tablet.page.content();
    assert.ok(member === 0 || !page.includes(`value="${VOTES[own][0] + VOTES[other][0]}"`), "neither sees the other's numbers");
    for (const choice of [0, 1]) await tablet.write(`c0-${choice}`, String(VOTES[own][choice] + VOTES[other][choice]));
    await tablet.hand("form.ballot button", `[data-page] .notice.${member === 0 ? "note" : "good"}`);
  }
  await tablet.look("board-agreed");
}

/** What the full hand count found. */
async function countAll({ official }, audit) {
  await official.follow('nav a[href="/desk/audits"]');
  await official.follow(`main table a[href="${audit}"]`);
  await official.follow(`main .actions a[href="${audit}/hand-count"]`);
  await official.look("hand-count");
  await official.write("votes-0-0", "150");
  await official.write("votes-0-1", "65");
  await official.tick("#f-won-0-0");
  await official.send();
}

/** The whole audit; `files`: where those of [`FILES`] lie. The address of the audit at the desk. */
export async function auditOfBatches(all, title, files) {
  const audit = await begin(all, title);
  await handIn(all, audit, "Isle", [["manifest", files["batches.csv"]], ["totals", files["totals.csv"]]]);
  await commit(all, audit);
  await throwDice(all, audit);
  await openRound(all, audit, 1);
  const words = await deal(all, audit, [1, "Isle"], ["retrieval", "placeholders", "labels", "tally-sheets"]);
  await seat(all.tablet, words);
  await count(all.tablet);
  await signBoard(all.tablet);
  await close(all, audit, 1, { follows: "full-hand-count", reason: "The law asks for one" });
  await countAll(all, audit);
  await readAbout(all.reader, audit);
  return audit;
}
