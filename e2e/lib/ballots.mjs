// A comparison of twenty ballots with their cast vote records, from the draft to the end: by whoever's hands.
import assert from "node:assert/strict";

const SEED = "34363 37019 03912 08563";
/** Machines recorded Ben on each fifth ballot, and Ann on the others. */
const isBens = (position) => position % 5 === 0;
const BATCHES = [701, 702];
const cards = BATCHES.flatMap((batch) => Array.from({ length: 10 }, (_, at) => ({ batch, position: at + 1 })));
const MEMBERS = { first: "Ines Ortega", second: "Omar Haddad" };

export const FILES = {
  "contests.csv": "Contest Name,Jurisdictions,Choice Names\nMayor,all,Ann;Ben\n",
  "places.csv": "Jurisdiction,Admin Email\nHill,hill@example.org\n",
  "wrong.csv": "Tabulator,Batch Name,Number of Ballots\n1,701,1O\n1,701,10\n",
  "manifest.csv": `Container,Tabulator,Batch Name,Number of Ballots\n${BATCHES.map((batch, at) => `Box ${at + 1},1,${batch},10\n`).join("")}`,
  "cvrs.csv": [
    "Test,1", ",,,,,,,,Mayor (Vote For=1),Mayor (Vote For=1)", ",,,,,,,,Ann,Ben",
    "CvrNumber,TabulatorNum,BatchId,RecordId,ImprintedId,CountingGroup,PrecinctPortion,BallotType,,",
    ...cards.map(({ batch, position }, at) =>
      `${at + 1},1,${batch},${position},1-${batch}-${position},Mail,P1,S1,${isBens(position) ? "0,1" : "1,0"}`),
    "",
  ].join("\n"),
};

const task = (href) => `main a[href="${href}"]`;

/** From the list of audits to the contest and the jurisdiction, both read from lists. The address of the audit. */
async function begin({ official }, title, files) {
  await official.follow('nav a[href="/desk/audits"]');
  await official.look("audits");
  await official.follow(task("/desk/audits/new"));
  await official.look("new");
  await official.write("title", title);
  await official.choose("method", "ballot-comparison");
  await official.unfold("main details summary");
  await official.write("seed_digits", "20");
  await official.send();
  const audit = official.path();
  await official.look("draft");
  await official.follow(task(`${audit}/contests`));
  await official.look("contests-none");
  await official.unfold("main details summary");
  await official.feed(files["contests.csv"]);
  await official.press('form[action$="/read/contests"] button');
  await official.look("contests-read");
  await official.follow('main table a[href*="/contests/new"]');
  await official.look("contest");
  await official.write("choices", "Ann: 16\nBen: 4");
  await official.write("ballots", "20");
  await official.write("risk_limit", "20%");
  await official.send();
  await dropOne(official, audit);
  await official.follow(task(audit));
  await official.follow(task(`${audit}/jurisdictions`));
  await official.look("jurisdictions-none");
  await official.unfold("main details summary");
  await official.feed(files["places.csv"]);
  await official.press('form[action$="/read/jurisdictions"] button');
  await official.look("jurisdictions-read");
  await official.send('form[action$="/jurisdictions"] button');
  await official.look("jurisdictions");
  return audit;
}

/** Another contest, which is left out again. */
async function dropOne(official, audit) {
  await official.follow(task(`${audit}/contests/new`));
  await official.write("name", "Sheriff");
  await official.write("choices", "Cem: 12\nDea: 8");
  await official.write("ballots", "20");
  await official.choose("targeted", "no");
  await official.send();
  await official.look("contests");
  await official.press('form:has([value="Sheriff"]) button');
  assert.ok(!(await official.text()).includes("Sheriff"));
}

/** The jurisdiction hands in a wrong file, the right ones, and signs them. */
export async function handIn({ supervisor }, audit, name, whats) {
  const place = `${audit}/jurisdictions/${name}`;
  await supervisor.follow('nav a[href="/desk/audits"]');
  await supervisor.look("tasks-supervisor");
  await supervisor.follow(task(place));
  await supervisor.look("place");
  for (const [what, file, wrong] of whats) {
    await supervisor.follow(task(`${place}/files/${what}`));
    await supervisor.look(`file-${what}`);
    if (wrong) {
      await supervisor.feed(wrong);
      await supervisor.send();
      assert.match(await supervisor.text(), /SCR-AUD-017/);
      await supervisor.look("file-wrong", 422);
    }
    await supervisor.feed(file);
    await supervisor.send();
    await supervisor.look(`check-${what}`);
    await supervisor.send();
  }
  await supervisor.follow(task(`${place}/sign`));
  await supervisor.look("sign");
  await supervisor.tick("#looked");
  await supervisor.send();
}

export async function commit({ official }, audit) {
  await official.follow('nav a[href="/desk/audits"]');
  await official.follow(`main table a[href="${audit}"]`);
  await official.look("overview-ready");
  await official.follow(`main .actions a[href="${audit}/commit"]`);
  await official.look("commit");
  await official.tick("#looked");
  await official.send();
  await official.look("committed");
}

/** Back before the seed with a reason; what has changed is the limit. */
async function goBack({ official }, audit) {
  await official.follow(task(`${audit}/reopen`));
  await official.look("reopen");
  await official.write("reason", "The law asks for another limit");
  await official.send();
  await official.follow(task(`${audit}/contests`));
  await official.follow('main a[href*="/contests/new?of="]');
  await official.write("risk_limit", "10%");
  await official.send();
  await commit({ official }, audit);
}

/** Two people type the dice; the wall shows them when both have. */
export async function throwDice({ official, observer, reader }, audit) {
  const digits = SEED.replace(/\s/g, "");
  const wall = async () => (await reader.text()).replace(/\s/g, "");
  await official.follow(`main .actions a[href="${audit}/seed"]`);
  await official.look("seed");
  await official.write("seed", SEED);
  await official.send();
  await official.look("seed-typed");
  await reader.arrive(`${audit.replace("/desk", "")}/seed`);
  assert.ok(!(await wall()).includes(digits), "one person's typing is on the wall");
  await observer.follow('nav a[href="/desk/audits"]');
  await observer.look("audits-observer");
  await observer.follow(`main table a[href="${audit}"]`);
  await observer.follow(task(`${audit}/seed`));
  await observer.write("seed", SEED);
  await observer.send();
  await observer.look("seed-agreed");
  // The wall renews itself.
  await reader.page.locator(".wall-digits").waitFor();
  assert.ok((await wall()).includes(digits));
}

/** Opens a round, after looking at what was typed and changing it once. */
export async function openRound({ official }, audit, draws) {
  await official.follow('nav a[href="/desk/audits"]');
  await official.follow(`main table a[href="${audit}"]`);
  await official.follow(`main .actions a[href="${audit}/rounds/new"]`);
  await official.look("round-new");
  await official.write("draws", String(draws + 1));
  await official.send('form[action$="/rounds/check"] button');
  await official.look("round-check");
  await official.press('[name="change"]');
  await official.write("draws", String(draws));
  await official.send('form[action$="/rounds/check"] button');
  await official.send('form[action$="/rounds/new"] button');
  await official.look("round-open");
}

async function giveUp({ official }, audit) {
  await official.follow(task(`${audit}/rounds/1/abandon`));
  await official.look("abandon");
  await official.write("reason", "The hall was flooded");
  await official.send();
  await official.follow(task(`${audit}/rounds`));
  await official.look("rounds");
}

/** Deals to one board, looks at all paper, and gives a passphrase: the words. */
export async function deal({ supervisor }, audit, [round, name], papers) {
  const place = `${audit}/rounds/${round}/jurisdictions/${name}`;
  await supervisor.follow('nav a[href="/desk/audits"]');
  await supervisor.follow(task(`${audit}/rounds/${round}`));
  await supervisor.follow(task(place));
  await supervisor.look("deal");
  await supervisor.write("boards", "1");
  await supervisor.press('main form[method="get"] button');
  await supervisor.look("deal-preview");
  await supervisor.send('form[action$="/deal"] button');
  await supervisor.look("dealt");
  for (const paper of papers) {
    await supervisor.follow(task(`${place}/${paper}`));
    await supervisor.look(paper);
    await supervisor.follow(task(place));
  }
  await supervisor.press('[name="board"][value="all"]');
  await supervisor.look("passes");
  const words = (await supervisor.text()).match(/\b[a-z]{4,8}(-[a-z]{4,8}){3}\b/);
  assert.ok(words, await supervisor.text());
  await supervisor.follow(task(place));
  return words[0];
}

/** Two people come in at the tablet. */
export async function seat(tablet, words) {
  await tablet.arrive("/board");
  await tablet.look("board");
  await tablet.write("words", words);
  await tablet.press('main form:has([name="words"]) button');
  await tablet.look("board-names");
  await tablet.write("first", MEMBERS.first);
  await tablet.write("second", MEMBERS.second);
  await tablet.press("form:has([name=first]) button");
  await tablet.look("board-work");
}

export async function signBoard(tablet) {
  await tablet.arrive("/board/work");
  await tablet.follow(task("/board/sign"));
  await tablet.look("board-sign");
  await tablet.write("first", MEMBERS.first);
  await tablet.write("second", MEMBERS.second);
  await tablet.tick("#f-looked");
  await tablet.press("form:has([name=first]) button");
  await tablet.look("board-signed");
}

/** Reads every ballot as the machine did, but for one of Ben's, and disagrees about the first. */
async function read(tablet) {
  let [asked, otherwise] = [false, 0];
  await tablet.follow('main .actions a[href^="/board/units/"]');
  await tablet.look("board-ballot");
  for (let left = 30; left > 0; left -= 1) {
    const numbers = (await tablet.page.innerText("h1")).match(/\d+/g).map(Number);
    const position = numbers.find((one) => !BATCHES.includes(one));
    if (!asked) {
      await tablet.unfold(".others details summary");
      await tablet.write("c0-note", "Whether it is a cross");
      asked = true;
    } else {
      const wrong = isBens(position) && otherwise === 0;
      if (wrong) otherwise += 1;
      await tablet.tick(isBens(position) && !wrong ? "#f-c0-1" : "#f-c0-0");
    }
    await tablet.hand("form.ballot button", ".said");
    await tablet.look("board-done");
    const next = 'main .actions a[href^="/board/units/"]:not(.second)';
    if ((await tablet.page.locator(next).count()) === 0) break;
    await tablet.follow(next);
  }
  assert.equal(otherwise, 1, "one of Ben's ballots was drawn");
}

/** The jurisdiction decides what stands on the ballot that the members disagree about. */
async function settle({ supervisor }, audit, name) {
  await supervisor.follow(task(`${audit}/rounds/2`));
  await supervisor.follow(task(`${audit}/rounds/2/jurisdictions/${name}`));
  await supervisor.look("disagreed");
  await supervisor.follow('main table a[href*="/units/"]');
  await supervisor.look("settle");
  await supervisor.choose("kind-0", "votes");
  await supervisor.tick("#v-0-0");
  await supervisor.write("reason", "Both of us see a cross for Ann");
  await supervisor.send();
}

async function note({ observer }, audit) {
  await observer.follow('nav a[href="/desk/audits"]');
  await observer.follow(`main table a[href="${audit}"]`);
  await observer.look("overview-observer");
  await observer.follow(task(`${audit}/notes`));
  await observer.look("notes");
  await observer.follow('main table a[href*="/notes/"]');
  await observer.look("notes-board");
  await observer.follow("main .actions a.button");
  await observer.look("note");
  await observer.tick("#f-c0-0");
  await observer.press("form.ballot button");
}

/** The administrator gives the list back, and the board signs anew. */
async function signAgain({ official, tablet }, audit, name) {
  await official.follow(task(`${audit}/rounds/2`));
  await official.follow(task(`${audit}/rounds/2/jurisdictions/${name}`));
  await official.follow('main a[href$="/reopen"]');
  await official.look("list-back");
  await official.write("reason", "A ballot was put back into another box");
  await official.send();
  await signBoard(tablet);
}

export async function close({ official }, audit, round, decision) {
  await official.follow('nav a[href="/desk/audits"]');
  await official.follow(`main table a[href="${audit}"]`);
  await official.follow(`main .actions a[href="${audit}/rounds/${round}"]`);
  await official.follow(task(`${audit}/rounds/${round}/close`));
  await official.look("close");
  await official.send();
  await official.look("round-closed");
  await official.follow(`main .actions a[href="${audit}/rounds/${round}/decide"]`);
  await official.look("decide");
  await official.choose("decision", decision.follows);
  if (decision.reason) await official.write("reason", decision.reason);
  await official.send();
}

/** Why people and machines differ, and the cast vote records for everybody. */
async function explain({ official, supervisor }, audit, name) {
  await supervisor.follow('nav a[href="/desk/audits"]');
  await supervisor.follow(`main table a[href="${audit}"]`);
  await supervisor.follow(task(`${audit}/discrepancies`));
  await supervisor.look("discrepancies");
  await supervisor.write("reason", "The mark was faint");
  await supervisor.press('form:has([name="reason"]) button');
  await supervisor.look("explained");
  await official.follow('nav a[href="/desk/audits"]');
  await official.follow(`main table a[href="${audit}"]`);
  await official.look("overview-finished");
  await official.follow(task(`${audit}/jurisdictions`));
  await official.follow(task(`${audit}/jurisdictions/${name}`));
  await official.look("place-finished");
  await official.follow(task(`${audit}/jurisdictions/${name}/publish`));
  await official.look("publish");
  await official.choose("smallest", "0");
  await official.write("reason", "No style is rare");
  await official.send();
}

/** The public page and its events, from the list of audits. */
export async function readAbout(reader, audit) {
  const page = audit.replace("/desk", "");
  await reader.arrive("/audits");
  await reader.look("public-list");
  await reader.follow(task(page));
  await reader.look(`public-${page}`);
  await reader.follow(task(`${page}/events`));
  await reader.look("public-events");
}

/** The whole audit; `files`: where those of [`FILES`] lie. The address of the audit at the desk. */
export async function auditOfBallots(all, title, files) {
  const audit = await begin(all, title, files);
  await handIn(all, audit, "Hill", [["manifest", files["manifest.csv"], files["wrong.csv"]], ["cvrs", files["cvrs.csv"]]]);
  await commit(all, audit);
  await goBack(all, audit);
  await throwDice(all, audit);
  await openRound(all, audit, 3);
  await giveUp(all, audit);
  await openRound(all, audit, 12);
  const words = await deal(all, audit, [2, "Hill"], ["retrieval", "placeholders", "labels"]);
  await seat(all.tablet, words);
  await read(all.tablet);
  await settle(all, audit, "Hill");
  await note(all, audit);
  await signBoard(all.tablet);
  await all.official.follow(task(`${audit}/rounds`));
  await signAgain(all, audit, "Hill");
  await close(all, audit, 2, { follows: "stop" });
  await explain(all, audit, "Hill");
  await readAbout(all.reader, audit);
  return audit;
}
