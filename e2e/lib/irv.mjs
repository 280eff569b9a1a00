// Ranked ballots without the program: a Dominion CSV with ranks, and what SHANGRLA makes of a ranking.

/** Cells of a line; commas can stand within quotation marks. */
const cells = (line) => line.match(/("[^"]*"|[^,]*)(,|$)/g).map((cell) => cell.replace(/,$/, "").replace(/^"|"$/g, ""));

/** The choices of the contest of a file, and its cards in their order: `{tabulator, batch, position, ranking}`. */
export function rankedCards(csv) {
  const [, , heads, , ...lines] = csv.toString("utf8").split(/\r?\n/).filter((line) => line !== "");
  const columns = cells(heads).slice(7).filter((head) => head !== "").map((head) => head.match(/^(.*)\((\d+)\)$/).slice(1));
  const choices = [...new Set(columns.map(([name]) => name))];
  const so_far = new Map();
  const cards = lines.map((line) => {
    const [, tabulator, batch, , , , , ...marks] = cells(line);
    const position = (so_far.get(batch) ?? 0) + 1;
    so_far.set(batch, position);
    const ranked = columns.map(([name, rank], at) => [Number(rank), choices.indexOf(name), marks[at]]);
    const ranking = ranked.filter(([, , mark]) => mark === "1").sort(([one], [other]) => one - other).map(([, choice]) => choice);
    return { tabulator, batch, position, ranking };
  });
  return { choices, cards };
}

/** What a ranking is worth for an assertion as RAIRE writes it: 1 for the winner, 0 for the loser, else 1/2. */
export function worth({ type, winner, loser, continuing }, ranking) {
  const first = type === "NEB"
    ? (ranking[0] === winner ? winner : ranking.find((choice) => choice === winner || choice === loser))
    : ranking.find((choice) => continuing.includes(choice));
  if (first === loser) return 0;
  return first === winner && (type === "NEN" || ranking[0] === winner) ? 1 : 0.5;
}

/** An instant runoff down to the last two: for each round the ballots of everybody who is left, and who is out after it. */
export function eliminations(rankings, choices) {
  const rounds = [];
  for (let left = choices.map((_, choice) => choice); left.length >= 2;) {
    const votes = new Map(left.map((choice) => [choice, 0]));
    for (const ranking of rankings) {
      const first = ranking.find((choice) => votes.has(choice));
      if (first !== undefined) votes.set(first, votes.get(first) + 1);
    }
    const [out] = [...votes].reduce((least, one) => (one[1] < least[1] ? one : least));
    rounds.push({ votes, out });
    left = left.filter((choice) => choice !== out);
  }
  return rounds;
}
