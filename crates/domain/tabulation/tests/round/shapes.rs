//! What each format can hold of an election: the rest is taken away before it is written.

use super::round::{self, Election, boxes, plain, trimmed};
use scr_tabulation::cvr::{Card, ChoiceKind, Contest, Mark};

fn is_write_in(name: &str) -> bool {
    let letters: String = name.chars().filter(|letter| letter.is_alphabetic()).collect();
    letters.eq_ignore_ascii_case("writein")
}

/// White space as XML has it, where names are kept, and only characters that can stand there.
pub(crate) fn collapsed(text: &str) -> String {
    let text: String = text.chars().filter(|letter| !matches!(letter, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Dominion's CSV: boxes of each choice and rank; no parties of which only blanks are left, no sheets; write-ins are
/// known by their names.
pub(crate) fn for_dominion_csv(election: Election) -> Election {
    let card = |_: usize, card: &mut Card| {
        card.sheet = 0;
        for text in [&mut card.id, &mut card.tabulator, &mut card.batch, &mut card.imprinted] {
            *text = plain(text);
        }
    };
    election.named(trimmed).with_kinds(is_write_in).with_cards(card, |_, marks| Some(boxes(marks)))
}

/// Clear Ballot's CSV: boxes; contests without the words that end their names in the columns' titles; no groups.
pub(crate) fn for_clear_ballot(election: Election) -> Election {
    let card = |_: usize, card: &mut Card| {
        card.sheet = 0;
        card.group.clear();
    };
    let named = |text: &str| trimmed(&trimmed(text).replace(':', "."));
    let written = |name: &str| name.get(..8).is_some_and(|name| name.eq_ignore_ascii_case("write-in"));
    election.named(named).with_kinds(written).with_cards(card, |_, marks| Some(boxes(marks)))
}

/// ES&S: a choice or `overvote` for each vote or rank; choices are known once somebody has one; no parties, sheets.
pub(crate) fn for_ess(election: Election) -> Election {
    let card = |at: usize, card: &mut Card| {
        card.id = (at + 7).to_string();
        card.sheet = 0;
        card.position %= 1_000_000;
        card.imprinted = format!("0007{:06}", card.position);
        if card.tabulator.is_empty() {
            "0007".clone_into(&mut card.tabulator);
        }
    };
    let marks = |contest: &Contest, mut marks: Vec<Mark>| {
        if contest.ranks > 0 {
            marks.dedup_by_key(|mark| mark.rank);
        }
        marks.truncate(usize::from(if contest.ranks > 0 { contest.ranks } else { contest.votes_allowed }));
        Some(marks)
    };
    let mut election =
        election.named(trimmed).without_parties().with_kinds(is_write_in).with_cards(card, marks);
    election.name.clear();
    election.by_mention(true)
}

/// Hart: ids of contests and choices; one mark says that there are too many in a contest that is not ranked; a single
/// rank is none; no parties, groups, styles or sheets.
pub(crate) fn for_hart(election: Election) -> Election {
    let card = |at: usize, card: &mut Card| {
        card.id = collapsed(&format!("{} {at}", plain(&card.id)));
        card.sheet = 0;
        card.group.clear();
        card.style.clear();
        card.batch = collapsed(&card.batch);
        card.precinct = collapsed(&card.precinct);
        card.imprinted = plain(&trimmed(&card.imprinted));
        card.tabulator = plain(&trimmed(&card.tabulator));
    };
    let marks = |contest: &Contest, marks: Vec<Mark>| {
        let over = marks.iter().any(|mark| mark.choice == Mark::OVERVOTE);
        let mut found = boxes(marks);
        if contest.ranks == 0 && (over || found.len() > usize::from(contest.votes_allowed)) {
            found.push(Mark::vote(Mark::OVERVOTE));
        }
        Some(found)
    };
    let mut election = election.named(collapsed).without_parties().with_ids();
    election.name.clear();
    for contest in &mut election.contests {
        if contest.ranks == 1 {
            contest.ranks = 2;
        }
        for choice in &mut contest.choices {
            if choice.kind == ChoiceKind::WriteIn {
                choice.kind = ChoiceKind::Regular;
            }
            // The usual name is what an option without a name has.
            if choice.name == "Write-in" {
                choice.kind = ChoiceKind::UndeclaredWriteIn;
            }
        }
    }
    election.with_cards(card, marks).by_mention(false)
}

/// What Hart's cards tell of the votes allowed: nothing where all are overvoted.
pub(crate) fn votes_told(election: &mut Election) {
    for (number, contest) in (0..).zip(&mut election.contests) {
        let on = election.cards.iter().filter_map(|card| card.marks(number));
        let tells = on.into_iter().any(|marks| marks.iter().all(|mark| mark.choice != Mark::OVERVOTE));
        if contest.ranks == 0 && !tells {
            contest.votes_allowed = 0;
        }
    }
}

/// RCTab's CSV: one ranked contest, a rank for each candidate; ids, batches and precincts.
pub(crate) fn for_rctab(election: Election) -> Election {
    let card = |at: usize, card: &mut Card| {
        let texts = [&card.id, &card.batch, &card.precinct].map(|text| text.clone());
        *card = Card::default();
        [card.id, card.batch, card.precinct] = texts;
        if card.id.is_empty() {
            card.id = at.to_string();
        }
    };
    let marks = |contest: &Contest, mut marks: Vec<Mark>| {
        (contest.ranks > 0).then(|| {
            marks.retain(|mark| mark.choice != Mark::OVERVOTE);
            marks.sort_by_key(|mark| mark.choice);
            marks.dedup_by_key(|mark| mark.choice);
            marks
        })
    };
    let mut election = election.named(trimmed).without_parties().with_kinds(|_| false).with_names_as_ids();
    election.name.clear();
    election.contests.truncate(1);
    let contest = &mut election.contests[0];
    contest.ranks = u16::try_from(contest.choices.len()).unwrap();
    contest.votes_allowed = 1;
    for card in &mut election.cards {
        let ranked =
            card.marks(0).unwrap_or_default().iter().map(|mark| Mark::ranked(mark.choice, mark.rank.max(1)));
        let ranked: Vec<Mark> = ranked.collect();
        let mut other = round::without_contests(card);
        other.add(0, &ranked);
        *card = other;
    }
    election.with_cards(card, marks)
}

/// Dominion's JSON: tabulators and batches by number, no ids but those; an overvote that no mark tells is one mark,
/// and only where the contest is not ranked; no parties.
pub(crate) fn for_dominion_json(election: Election, is_old: bool) -> Election {
    let mut number = 0;
    let card = |at: usize, card: &mut Card| {
        // Two sheets at a time, but the old form has none.
        card.sheet = if is_old || card.sheet == 0 { 0 } else { 1 };
        number = u32::try_from(at).unwrap();
        card.position = number;
        card.tabulator = (number % 3).to_string();
        card.batch = (number % 2).to_string();
        card.id = format!("{}-{}-{}", card.tabulator, card.batch, card.position);
        card.imprinted.clear();
        for text in [&mut card.group, &mut card.precinct, &mut card.style] {
            *text = trimmed(text);
        }
    };
    let marks = |contest: &Contest, marks: Vec<Mark>| {
        let votes: Vec<Mark> = marks.iter().copied().filter(|mark| mark.choice != Mark::OVERVOTE).collect();
        let over = contest.ranks == 0 && votes.is_empty() && !marks.is_empty();
        Some(if over { vec![Mark::vote(Mark::OVERVOTE)] } else { votes })
    };
    let mut election = election.named(trimmed).without_parties().with_ids().with_cards(card, marks);
    // A card on its own has no sheet; one that another follows is followed by its second.
    let cards = std::mem::take(&mut election.cards);
    for mut card in cards {
        if card.sheet == 1 {
            card.id.push_str("-1");
            let mut second = card.clone();
            second.sheet = 2;
            second.id = card.id.trim_end_matches('1').to_owned() + "2";
            election.cards.extend([card, second]);
        } else {
            election.cards.push(card);
        }
    }
    election
}

/// The Common Data Format: no groups, and a card has an id.
pub(crate) fn for_cdf(election: Election, change: impl Fn(&str) -> String + Copy) -> Election {
    let card = move |at: usize, card: &mut Card| {
        card.group.clear();
        let texts = [
            &mut card.id,
            &mut card.tabulator,
            &mut card.batch,
            &mut card.imprinted,
            &mut card.precinct,
            &mut card.style,
        ];
        texts.into_iter().for_each(|text| *text = change(text));
        if card.id.is_empty() {
            card.id = format!("card {at}");
        }
    };
    let mut election = election.named(change).with_ids().with_cards(card, |_, marks| Some(marks));
    for choice in election.contests.iter_mut().flat_map(|contest| &mut contest.choices) {
        // Nobody has a party who has no name on the ballot; and a candidate by that name is nobody.
        if choice.kind == ChoiceKind::UndeclaredWriteIn {
            choice.party.clear();
        } else if choice.kind == ChoiceKind::WriteIn {
            let letters: String = choice.name.chars().filter(|letter| letter.is_alphabetic()).collect();
            if ["writein", "undeclaredwriteins"].contains(&letters.to_lowercase().as_str()) {
                choice.name.push_str(" Lee");
            }
        }
    }
    election
}

/// `.raire`: ranked contests, each as many ranks as choices; a ranking without overvotes; ids alone.
pub(crate) fn for_raire(election: Election) -> Election {
    let card = |at: usize, card: &mut Card| {
        let id = format!("{}{at}", trimmed(&card.id));
        *card = Card::default();
        card.id = id;
    };
    let marks = |_: &Contest, marks: Vec<Mark>| {
        let mut ranked: Vec<Mark> = Vec::new();
        for same in marks.chunk_by(|one, other| one.rank == other.rank) {
            match same {
                [mark] if mark.choice != Mark::OVERVOTE => {
                    ranked.push(Mark::ranked(mark.choice, mark.rank.max(1)))
                }
                _ => break,
            }
        }
        Some(ranked)
    };
    let mut election =
        election.named(|text| text.to_owned()).without_parties().with_kinds(|_| false).with_names_as_ids();
    election.name.clear();
    for contest in &mut election.contests {
        contest.ranks = u16::try_from(contest.choices.len()).unwrap();
        contest.votes_allowed = 1;
    }
    let mut election = election.with_cards(card, marks);
    // A card that has no contest is in no line.
    election.cards.retain(|card| card.contests().next().is_some());
    election
}
