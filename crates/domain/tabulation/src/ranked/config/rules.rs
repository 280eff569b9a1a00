//! The rules in a configuration, and which of them contradict each other.

use super::{Fields, Map, Mode, Overvote, Problem, Rules, Severity, Tiebreak, Value, text};

const TIEBREAKS: [&str; 6] = [
    "random",
    "stopCountingAndAsk",
    "previousRoundCountsThenRandom",
    "previousRoundCountsThenAsk",
    "useCandidateOrder",
    "generatePermutation",
];
const OVERVOTES: [&str; 3] = ["alwaysSkipToNextRank", "exhaustImmediately", "exhaustIfMultipleContinuing"];
const MODES: [&str; 6] = [
    "singleWinnerMajority",
    "multiWinnerAllowOnlyOneWinnerPerRound",
    "multiWinnerAllowMultipleWinnersPerRound",
    "bottomsUp",
    "bottomsUpUsingPercentageThreshold",
    "multiPassIrv",
];
/// Bounds of a seed in `RCTab`: 48 bits.
const SEED: i64 = 1 << 47;

impl Fields<'_> {
    pub(super) fn rules(&mut self, rules: &Map<String, Value>) -> Rules {
        let before = self.problems.len();
        let tiebreak: Option<Tiebreak> = self.word(rules, "tiebreakMode", &TIEBREAKS);
        let overvote: Option<Overvote> = self.word(rules, "overvoteRule", &OVERVOTES);
        let mode: Option<Mode> = self.word(rules, "winnerElectionMode", &MODES);
        let random_seed = self.number(rules, "randomSeed", -SEED, SEED - 1);
        for name in ["numberOfWinners", "decimalPlacesForVoteArithmetic"] {
            self.needed(rules, name);
        }
        let minimum = self.number(rules, "minimumVoteThreshold", 0, 1_000_000_000_000).unwrap_or(0);
        let irv = Rules::irv();
        let found = Rules {
            tiebreak_mode: tiebreak.unwrap_or(irv.tiebreak_mode),
            random_seed: random_seed.unwrap_or(0),
            overvote_rule: overvote.unwrap_or(irv.overvote_rule),
            winner_election_mode: mode.unwrap_or(irv.winner_election_mode),
            number_of_winners: self.small(rules, "numberOfWinners", 0, 10_000).unwrap_or(1),
            percentage: (0, 0),
            decimal_places: self.small(rules, "decimalPlacesForVoteArithmetic", 1, 20).unwrap_or(4),
            minimum_vote_threshold: u64::try_from(minimum).unwrap_or(0),
            cutoff_elimination: self.flag(rules, "cutoffElimination"),
            max_skipped_ranks: self.or_word(rules, "maxSkippedRanksAllowed", "unlimited", 0),
            non_integer_threshold: self.flag(rules, "nonIntegerWinningThreshold"),
            hare_quota: self.flag(rules, "hareQuota"),
            first_round_determines_threshold: self.flag(rules, "doesFirstRoundDetermineThreshold"),
            batch_elimination: self.flag(rules, "batchElimination"),
            continue_until_two_remain: self.flag(rules, "continueUntilTwoCandidatesRemain"),
            stop_after_round: self.small(rules, "stopTabulationEarlyAfterRound", 1, i64::from(i32::MAX)),
            exhaust_on_duplicate: self.flag(rules, "exhaustOnDuplicateCandidate"),
        };
        let tiebreak_needs_seed = tiebreak.is_some_and(Tiebreak::needs_seed);
        if tiebreak_needs_seed && text(rules, "randomSeed").is_empty() {
            self.error("SCR-TAB-002", "randomSeed", "");
        }
        if mode.is_none() || self.problems[before..].iter().any(|problem| problem.severity == Severity::Error)
        {
            return found;
        }
        let percentage = self.percentage(rules, &found);
        let found = Rules { percentage, ..found };
        self.contradictions(&found);
        found
    }

    /// A percentage from 1 to 100 as its digits and how many of them are decimals.
    fn percentage(&mut self, rules: &Map<String, Value>, found: &Rules) -> (u32, u32) {
        if !found.by_percentage() {
            return (0, 0);
        }
        let name = "multiSeatBottomsUpPercentageThreshold";
        let text = text(rules, name);
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let digits = format!("{whole}{decimals}");
        let places = u32::try_from(decimals.len()).unwrap_or(u32::MAX);
        let parsed = digits.parse::<u32>().ok().filter(|digits| {
            let one = 10_u32.checked_pow(places.min(7)).unwrap_or(1);
            places <= 6 && *digits >= one && *digits <= 100 * one
        });
        if let Some(digits) = parsed {
            return (digits, places);
        }
        let problem = Problem::new("SCR-TAB-004", Severity::Error, self.file).in_column(name);
        self.add(problem.with_value(&text).with("least", 1).with("most", 100));
        (100, 0)
    }

    /// What `RCTab` does not take together.
    fn contradictions(&mut self, rules: &Rules) {
        let mode = rules.winner_election_mode;
        let seats = rules.number_of_winners;
        let transfers = matches!(
            mode,
            Mode::MultiWinnerAllowOnlyOneWinnerPerRound | Mode::MultiWinnerAllowMultipleWinnersPerRound
        );
        let several = seats > 1 && mode != Mode::MultiPassIrv;
        let checks = [
            ((seats == 0) != rules.by_percentage(), "numberOfWinners"),
            (seats == 1 && mode != Mode::SingleWinnerMajority, "winnerElectionMode"),
            (seats > 1 && mode == Mode::SingleWinnerMajority, "winnerElectionMode"),
            (several && rules.continue_until_two_remain, "continueUntilTwoCandidatesRemain"),
            ((several || rules.by_percentage()) && rules.batch_elimination, "batchElimination"),
            (seats > 1 && rules.first_round_determines_threshold, "doesFirstRoundDetermineThreshold"),
            (!transfers && rules.non_integer_threshold, "nonIntegerWinningThreshold"),
            (!transfers && rules.hare_quota, "hareQuota"),
            (rules.hare_quota && rules.non_integer_threshold, "hareQuota"),
        ];
        for (wrong, field) in checks {
            if wrong {
                self.error("SCR-TAB-006", field, "");
            }
        }
    }
}
