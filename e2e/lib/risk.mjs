// Measured risks by the formulas of the papers, in the few lines that they take: what the program says is held against
// these, and nothing here comes from it.

const GAMMA = 1.03905;

/**
 * Ballot comparison by Kaplan and Markov (Stark 2010; understatements are ignored, as Arlo does). `lead`: the smallest
 * reported difference in votes; `cards`: all that can be drawn; `errors`: for each draw, repeated ones included, the
 * card's worst overstatement in votes times `lead` over the difference of the pair that it was seen in.
 */
export function kaplanMarkov({ lead, cards, errors }) {
  const each = Math.log1p(-lead / cards / (2 * GAMMA));
  const ln = errors.reduce((sum, error) => sum + each - Math.log1p(-Math.max(0, error) / (2 * GAMMA)), 0);
  return Math.min(1, Math.exp(ln));
}

/**
 * A betting martingale on values in the order of their draws, without replacement from `cards`: is their mean above 1/2
 * (Waudby-Smith and Ramdas)? Bets 1.8, and never more than 0.9 of the stake. The smallest p-value so far.
 */
export function betting(values, cards) {
  let [stake, sum, least] = [1, 0, 1];
  values.forEach((value, drawn) => {
    const mean = (cards / 2 - sum) / (cards - drawn);
    stake *= 1 + Math.min(1.8, 0.9 / mean) * (value - mean);
    sum += value;
    least = Math.min(least, 1 / stake);
  });
  return least;
}

/**
 * What a comparison of cards tells about an assertion (SHANGRLA, section 3.2). `mean`: the assorter's over all cards;
 * `upper`: its largest value; `pairs`: its value by machine and by hand for each draw, 0 where a card was not found.
 */
export function compared({ mean, upper, pairs }) {
  const clean = 1 / (2 - (2 * mean - 1) / upper);
  return pairs.map(([machine, hand]) => (1 - (machine - hand) / upper) * clean);
}
