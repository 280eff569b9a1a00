//! A contest whose votes are spread evenly over batches: the planner knows totals of no batch.

use scr_audits::plan::{Batch, Method, Reported, Votes};

/// Votes in all batches together, at most: a runoff has a line for each choice.
const MAX_CELLS: u64 = 6_000;

/// The contest with its batches. `None` where the method does not fit the rule, there are more batches than ballots, or
/// choices times batches are too many.
///
/// With even batches the bound of each follows from the pair with the smallest margin alone, so that of a contest where
/// most votes win only the last winner and the first loser are in them.
pub(super) fn spread(reported: &Reported, ballots: u64, batches: u64) -> Option<(Reported, Method)> {
    if batches > ballots {
        return None;
    }
    let (contest, votes, apart) = match reported {
        Reported::Plurality { votes, winners, votes_allowed, .. } => {
            let votes = pair(votes, *winners)?;
            let contest = Reported::Plurality {
                votes: votes.clone(),
                winners: 1,
                votes_allowed: (*votes_allowed).min(2),
                won: Vec::new(),
            };
            (contest, votes, *votes_allowed == 1)
        }
        Reported::Approval { votes, winners } => {
            let votes = pair(votes, *winners)?;
            (Reported::Approval { votes: votes.clone(), winners: 1 }, votes, false)
        }
        Reported::Runoff { votes, .. } if votes.len() as u64 * batches <= MAX_CELLS => {
            (reported.clone(), votes.clone(), true)
        }
        _ => return None,
    };
    let batches = (0..batches).map(|at| batch(&votes, ballots, batches, at, apart)).collect();
    Some((contest, Method::Batch { batches, pending: 0, measured: None }))
}

/// The winner with fewest votes and the loser with most.
fn pair(votes: &Votes, winners: u32) -> Option<Votes> {
    let mut order: Vec<(&String, u64)> = votes.iter().map(|(name, votes)| (name, *votes)).collect();
    order.sort_by_key(|(_, votes)| std::cmp::Reverse(*votes));
    let last = usize::try_from(winners).ok()?.checked_sub(1)?;
    let (winner, loser) = (order.get(last)?, order.get(last + 1)?);
    Some([winner, loser].into_iter().map(|(name, votes)| ((*name).clone(), *votes)).collect())
}

/// One of `of` equal parts. `apart`: one ballot holds one vote at most, so what is left over by the choices goes to
/// different batches.
fn batch(votes: &Votes, ballots: u64, of: u64, at: u64, apart: bool) -> Batch {
    let mut before = 0;
    let part = |count: u64, first: u64| count / of + u64::from((at + of - first % of) % of < count % of);
    let votes = votes
        .iter()
        .map(|(name, count)| {
            let own = part(*count, before);
            if apart {
                before += count % of;
            }
            (name.clone(), own)
        })
        .collect();
    Batch { jurisdiction: String::new(), name: (at + 1).to_string(), ballots: part(ballots, 0), votes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_hold_everything_and_no_more_votes_than_ballots() {
        for (ann, ben, ballots, of) in
            [(1, 1, 2, 2), (20, 20, 41, 3), (101, 99, 200, 7), (5, 4, 9, 9), (0, 0, 3, 2)]
        {
            let votes = Votes::from([("Ann".to_owned(), ann), ("Ben".to_owned(), ben)]);
            let batches: Vec<Batch> = (0..of).map(|at| batch(&votes, ballots, of, at, true)).collect();
            let sum = |name: &str| batches.iter().map(|batch| batch.votes[name]).sum::<u64>();
            assert_eq!((sum("Ann"), sum("Ben")), (ann, ben));
            assert_eq!(batches.iter().map(|batch| batch.ballots).sum::<u64>(), ballots);
            for batch in &batches {
                assert!(batch.votes.values().sum::<u64>() <= batch.ballots, "{batch:?}");
            }
        }
    }

    #[test]
    fn only_the_pair_that_decides_is_spread() {
        let votes: Votes = [("a", 50), ("b", 40), ("c", 30), ("d", 1)].map(|(n, v)| (n.to_owned(), v)).into();
        let pair = pair(&votes, 2).unwrap();
        assert_eq!(pair.keys().collect::<Vec<_>>(), ["b", "c"]);
        let most = Reported::Plurality { votes, winners: 2, votes_allowed: 3, won: Vec::new() };
        assert!(spread(&most, 100, 10).is_some() && spread(&most, 100, 101).is_none());
        assert!(spread(&Reported::Margin { margin: 1 }, 100, 10).is_none());
    }
}
