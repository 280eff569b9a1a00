//! Compares a name with a protected one where hashes say that it could look like it.

use super::edits;
use super::forms::{Form, Spelling};
use super::index::{MAX_TEXT, Powers};
use super::lexicon::{Class, Found, Lexicon};
use super::parts::Parts;
use super::protect::Protected;
use super::score::{self, Reason};
use crate::Name;
use unicode_security::MixedScript as _;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// The same letters.
    Same,
    /// The same shapes.
    Shape,
    /// A few edits apart.
    Near,
}

/// A place in a name, and the form that could stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) form: usize,
    /// Parts from..to.
    pub(super) from: usize,
    pub(super) to: usize,
    /// Characters start..end.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) how: How,
}

pub(super) struct Judge<'a> {
    pub(super) name: &'a Name,
    pub(super) parts: &'a Parts,
    pub(super) lexicon: &'a Lexicon,
    pub(super) powers: &'a Powers,
    pub(super) protected: &'a [Protected],
}

/// What is known of a candidate while points are given.
struct Place<'a> {
    candidate: &'a Candidate,
    form: &'a Form,
    domain: Option<&'a Name>,
    /// It is all of a registrable name, or of that and labels before it.
    whole: bool,
    /// … of whole parts.
    at_joints: bool,
    same_suffix: bool,
    /// The suffix is part of the form.
    with_suffix: bool,
    edits: usize,
}

impl Judge<'_> {
    /// Score and reasons; `None` where it is not the same after all, or too little.
    pub(super) fn judge(&self, candidate: &Candidate, form: &Form) -> Option<(u8, Vec<Reason>)> {
        let protected = self.protected.get(usize::try_from(form.protected).ok()?)?;
        let (first, last) =
            (self.parts.parts.get(candidate.from)?, self.parts.parts.get(candidate.to.checked_sub(1)?)?);
        let at_joints = candidate.start == first.start && candidate.end == last.end;
        let domain = protected.domain();
        let mut place = Place {
            candidate,
            form,
            domain,
            whole: at_joints
                && candidate.to == self.parts.parts.len()
                && self.parts.begins_label(candidate.from),
            at_joints,
            same_suffix: domain.is_some_and(|own| own.suffix() == self.name.suffix()),
            with_suffix: matches!(form.spelling, Spelling::Full | Spelling::Reversed),
            edits: 0,
        };
        let mut reasons = Vec::new();
        let mut points = self.how(&mut place, &mut reasons)?;
        let (elsewhere, unknown) = self.beside(&place, &mut points, &mut reasons);
        points += self.place(&place, elsewhere, unknown, &mut reasons)?;
        points += which(&place, &mut reasons);
        self.oddities(&place, &mut reasons);
        Some((score::clamped(points), reasons))
    }

    fn window(&self, place: &Place<'_>) -> &[char] {
        self.parts.text.get(place.candidate.start..place.candidate.end).unwrap_or_default()
    }

    fn how(&self, place: &mut Place<'_>, reasons: &mut Vec<Reason>) -> Option<i32> {
        let (window, form) = (self.window(place), place.form);
        let found = || window.iter().collect::<String>();
        if window == form.text {
            return (place.candidate.how == How::Same).then(|| self.same(place, reasons));
        }
        match place.candidate.how {
            How::Same => None,
            How::Shape => {
                // Short words are alike by chance; with digits in them they are not.
                let meant = place.same_suffix || place.with_suffix || form.text.len() > 4;
                (meant || window.iter().any(char::is_ascii_digit)).then_some(())?;
                let places = edits::distance(&form.text, window, MAX_TEXT)?;
                reasons.push(Reason::Shapes { found: found(), places });
                Some(score::shapes(places))
            }
            How::Near => {
                place.edits = edits::distance(&form.text, window, allowed(place))?;
                let kind = edits::kind(&form.text, window, place.edits);
                reasons.push(Reason::Edits { kind, edits: place.edits, found: found() });
                Some(score::edited(place.edits, form.text.len()))
            }
        }
    }

    /// The same letters: perhaps in other characters, perhaps with other dots and hyphens.
    fn same(&self, place: &Place<'_>, reasons: &mut Vec<Reason>) -> i32 {
        let list = self.parts.parts.get(place.candidate.from..place.candidate.to).unwrap_or_default();
        let mut labels: Vec<usize> = list.iter().map(|part| part.label).collect();
        labels.dedup();
        if self.parts.is_foreign(place.candidate.start, place.candidate.end)
            && let Some(label) = labels.iter().find(|label| self.name.is_unicode(**label))
        {
            let shown = self.name.label(*label).to_owned();
            let skeleton = |text: &str| unicode_security::skeleton(text).collect::<String>();
            let own = place.domain.and_then(|own| own.core().checked_sub(1).map(|at| own.label(at)));
            // The protected name can itself have such letters.
            if own != Some(shown.as_str()) {
                let same = own.is_some_and(|own| skeleton(own) == skeleton(&shown));
                reasons.push(if same { Reason::Skeleton { shown } } else { Reason::Letters { shown } });
                return score::READS;
            }
        }
        let moved = place.whole
            && place.form.spelling == Spelling::Core
            && place.domain.is_some_and(|own| {
                let name = (0..own.core()).map(|at| own.label(at));
                !name.eq(labels.iter().map(|at| self.name.label(*at)))
            });
        if moved {
            reasons.push(Reason::Joints { found: self.written(&labels) });
            return score::JOINTS;
        }
        score::SAME
    }

    fn written(&self, labels: &[usize]) -> String {
        labels.iter().map(|at| self.name.label(*at)).collect::<Vec<_>>().join(".")
    }

    /// Points for where it stands.
    fn place(
        &self,
        place: &Place<'_>,
        elsewhere: bool,
        unknown: bool,
        reasons: &mut Vec<Reason>,
    ) -> Option<i32> {
        let found = || self.window(place).iter().collect::<String>();
        if place.with_suffix {
            return self.with_suffix(place, unknown, reasons);
        }
        if place.whole {
            return Some(self.whole(place, reasons));
        }
        let mut points = if place.at_joints {
            reasons.push(Reason::Part { found: found() });
            score::PART
        } else {
            reasons.push(Reason::Within { found: found() });
            score::WITHIN
        };
        if unknown && !place.at_joints {
            // Letters on both sides can be anything.
            (place.form.text.len() >= 8).then_some(())?;
            points += score::AMONG_LETTERS;
        }
        if elsewhere {
            reasons.push(Reason::SuffixWritten { suffix: suffix_of(place) });
            points += score::SUFFIX_ELSEWHERE;
        } else if place.same_suffix {
            points += score::PART_SAME_SUFFIX;
        }
        Some(points)
    }

    fn with_suffix(&self, place: &Place<'_>, unknown: bool, reasons: &mut Vec<Reason>) -> Option<i32> {
        let suffix = suffix_of(place);
        let within = if place.at_joints { 0 } else { score::WITHIN };
        let (mut points, length) = (within, place.form.text.len());
        if unknown && place.at_joints && !place.whole {
            points += score::UNKNOWN_BESIDE;
        } else if unknown && !place.at_joints {
            (length >= 8 && place.form.spelling == Spelling::Full).then_some(())?;
            points += score::AMONG_LETTERS;
        }
        if place.form.spelling == Spelling::Reversed {
            reasons.push(Reason::Reversed { suffix });
            return Some(
                points
                    + score::SUFFIX_BEFORE
                    + if self.is_joined(place) { score::run_together(length) } else { 0 },
            );
        }
        if self.keeps_dots(place) {
            reasons.push(Reason::InFront { of: self.name.registrable().to_owned() });
            return Some(score::IN_FRONT);
        }
        reasons.push(Reason::SuffixWritten { suffix });
        if !place.at_joints {
            reasons.push(Reason::Within { found: self.window(place).iter().collect() });
        }
        Some(
            points
                + score::SUFFIX_ALONG
                + if self.is_joined(place) { score::run_together(length) } else { 0 },
        )
    }

    /// Whether it stands there with all its dots, and nothing else in its labels.
    fn keeps_dots(&self, place: &Place<'_>) -> bool {
        let Candidate { from, to, start, .. } = *place.candidate;
        let list = self.parts.parts.get(from..to).unwrap_or_default();
        let ends = (from..to).zip(list).filter(|(at, _)| self.parts.ends_label(*at));
        let mut dots: Vec<usize> = ends.map(|(_, part)| part.end - start).collect();
        let closed = dots.pop() == Some(place.candidate.end - start);
        place.at_joints && closed && self.parts.begins_label(from) && dots == place.form.dots
    }

    /// Whether the suffix is joined to the rest without a dot or a hyphen.
    fn is_joined(&self, place: &Place<'_>) -> bool {
        place.candidate.to == place.candidate.from + 1
    }

    fn whole(&self, place: &Place<'_>, reasons: &mut Vec<Reason>) -> i32 {
        if place.same_suffix {
            return score::SAME_SUFFIX;
        }
        let Some(own) = place.domain else {
            reasons.push(Reason::WholeWord { found: self.window(place).iter().collect() });
            return if place.edits > 0 { score::OTHER_SUFFIX_EDITED } else { score::OTHER_SUFFIX };
        };
        let (ours, theirs) = (own.suffix(), self.name.suffix());
        reasons.push(Reason::OtherSuffix { suffix: theirs.to_owned(), protected: ours.to_owned() });
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        let begins = theirs.strip_prefix(ours).is_some_and(|rest| rest.starts_with('.'));
        if place.edits > 0 {
            score::OTHER_SUFFIX_EDITED
        } else if begins || (ours.len() > 2 && edits::distance(&chars(ours), &chars(theirs), 1).is_some()) {
            score::NEAR_SUFFIX
        } else {
            score::OTHER_SUFFIX
        }
    }

    /// Adds points for the words beside it; says whether its suffix is among them, and whether there are unknown ones.
    fn beside(&self, place: &Place<'_>, points: &mut i32, reasons: &mut Vec<Reason>) -> (bool, bool) {
        let suffixes = place.domain.map(suffix_readings).unwrap_or_default();
        let (mut found, mut elsewhere, mut unknown) = (Vec::new(), false, false);
        for text in self.around(place) {
            let is_suffix = suffixes.iter().any(|suffix| text == &suffix[..]);
            if is_suffix {
                elsewhere = true;
            } else if let Some(words) = self.words(place, text) {
                found.extend(words);
            } else {
                unknown = true;
            }
        }
        elsewhere &= !place.whole;
        let of = |class| found.iter().filter(move |word: &&Found| word.class == class);
        let mut words: Vec<String> = of(Class::Election).map(|word| word.text.clone()).collect();
        words.dedup();
        let mut languages: Vec<String> =
            of(Class::Election).flat_map(|word| &word.languages).map(|code| (*code).to_owned()).collect();
        languages.sort_unstable();
        languages.dedup();
        *points += match words.len() {
            0 => 0,
            1 => score::ONE_WORD,
            _ => score::MORE_WORDS,
        };
        if !words.is_empty() {
            reasons.push(Reason::ElectionWords { words, languages });
        }
        let official: Vec<String> = of(Class::Official).map(|word| word.text.clone()).collect();
        if !official.is_empty() {
            *points += score::OFFICIAL_WORD;
            reasons.push(Reason::OfficialWords { words: official });
        }
        if let Some(year) = of(Class::Year).next() {
            *points += score::YEAR;
            reasons.push(Reason::Year { year: year.text.clone() });
        }
        if unknown && !place.whole && !place.with_suffix {
            *points += score::UNKNOWN_BESIDE;
        }
        (elsewhere, unknown)
    }

    /// The words of a text beside it. Two letters run together with a short word are no words of their own (de-vote).
    fn words(&self, place: &Place<'_>, text: &[char]) -> Option<Vec<Found>> {
        let stub = !place.at_joints && place.form.text.len() <= 5 && text.len() < 3;
        if stub && !text.iter().all(char::is_ascii_digit) {
            return None;
        }
        self.lexicon.divide(self.powers, text)
    }

    /// The texts before and after it: whole parts, and what is left of its own.
    fn around<'a>(&'a self, place: &Place<'_>) -> impl Iterator<Item = &'a [char]> {
        let Candidate { from, to, start, end, .. } = *place.candidate;
        let list = &self.parts.parts;
        let text = &self.parts.text;
        let own_start = list.get(from).map_or(start, |part| part.start);
        let own_end = to.checked_sub(1).and_then(|last| list.get(last)).map_or(end, |part| part.end);
        let rest = [(own_start, start), (end, own_end)].into_iter();
        let others = list.iter().enumerate().filter(move |(at, _)| !(from..to).contains(at));
        let others = others.map(|(_, part)| (part.start, part.end));
        rest.chain(others).filter(|(start, end)| start < end).filter_map(|(start, end)| text.get(start..end))
    }

    fn oddities(&self, place: &Place<'_>, reasons: &mut Vec<Reason>) {
        let list = self.parts.parts.get(place.candidate.from..place.candidate.to).unwrap_or_default();
        let mut labels: Vec<usize> = list.iter().map(|part| part.label).collect();
        labels.dedup();
        for label in labels {
            let shown = self.name.label(label);
            if self.name.is_unicode(label) && !shown.is_single_script() {
                reasons.push(Reason::MixedScripts { label: shown.to_owned() });
            }
        }
        for (label, oddity) in self.name.oddities() {
            let label = self.name.tail(*label).split('.').next().unwrap_or_default().to_owned();
            reasons.push(Reason::Odd { oddity: *oddity, label });
        }
    }
}

/// How many edits count at this place.
fn allowed(place: &Place<'_>) -> usize {
    let length = place.form.text.len();
    match (place.whole, place.with_suffix) {
        (true, false) if place.same_suffix => usize::from(length >= 3) + usize::from(length >= 8),
        (true, false) => usize::from(length >= 7) + usize::from(length >= 10),
        _ => usize::from(length >= 7),
    }
}

fn which(place: &Place<'_>, reasons: &mut Vec<Reason>) -> i32 {
    let length = place.form.text.len();
    let mut points = 0;
    if place.form.spelling == Spelling::Registrable {
        reasons.push(Reason::RegistrableOnly { label: place.form.text.iter().collect() });
        points += score::REGISTRABLE_ONLY;
    }
    if place.with_suffix {
        return points;
    }
    if place.whole && place.same_suffix {
        return points + if place.edits > 0 { score::short_edited(length) } else { 0 };
    }
    points += score::short(length);
    if place.form.generic {
        points += score::GENERIC;
    } else if length >= 8 && !place.whole {
        points += score::DISTINCTIVE;
    }
    points
}

fn suffix_of(place: &Place<'_>) -> String {
    place.domain.map(|own| own.suffix().to_owned()).unwrap_or_default()
}

/// What the suffix reads as: gov.uk as govuk, gov.
fn suffix_readings(own: &Name) -> Vec<Vec<char>> {
    let mut readings = Vec::new();
    let (mut all, mut first) = (Vec::new(), Vec::new());
    for at in own.core()..own.len() {
        super::reading::read(own.label(at), &mut all);
        if at == own.core() {
            first = all.clone();
        }
    }
    readings.push(all);
    readings.push(first);
    readings
}
