//! The inverse matcher: which protected name does this new name look like?

use super::forms::{self, Form, edits_of};
use super::index::{Hashed, Index, Powers, hash};
use super::judge::{Candidate, How, Judge};
use super::lexicon::Lexicon;
use super::parts::Parts;
use super::protect::{Allow, Protected, Settings, is_below};
use super::reading;
use super::score::{Hit, Reason};
use crate::{Name, NameFault};
use std::collections::BTreeSet;

/// Most names that one matcher protects. With 10,000 of 15 characters it takes some 40 MB.
pub const MAX_PROTECTED: usize = 50_000;
/// Labels from the right that are taken together when dots stand elsewhere.
const TAILS: usize = 4;
/// Candidates of one name that are compared: far more than a name has that is not made to be slow.
const MAX_COMPARED: usize = 4_096;

/// Too much was to be protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} names are to be protected, the limit is {MAX_PROTECTED}")]
pub struct TooMany(pub usize);

/// Finds the protected names that a name looks like. Its cost for one name does not grow with their number.
#[derive(Debug, Clone)]
pub struct Matcher {
    protected: Vec<Protected>,
    allow: Allow,
    settings: Settings,
    own: BTreeSet<String>,
    forms: Vec<Form>,
    texts: Index,
    shapes: Index,
    near: Index,
    longest: usize,
    lexicon: Lexicon,
    powers: Powers,
}

impl Matcher {
    /// Prepares a matcher for these names.
    ///
    /// # Errors
    /// [`TooMany`] than [`MAX_PROTECTED`].
    pub fn build(protected: &[Protected], allow: &Allow, settings: &Settings) -> Result<Self, TooMany> {
        if protected.len() > MAX_PROTECTED {
            return Err(TooMany(protected.len()));
        }
        let (powers, lexicon) = (Powers::new(), Lexicon::new(&settings.words));
        let forms = forms::forms_of(protected, &lexicon, &powers);
        let [texts, shapes, near] = forms::indexes(&forms, &powers);
        let domains = protected.iter().filter_map(Protected::domain);
        let own = domains.map(|name| if settings.own_domains { name.registrable() } else { name.as_str() });
        Ok(Self {
            own: own.map(str::to_owned).collect(),
            protected: protected.to_vec(),
            allow: allow.clone(),
            settings: settings.clone(),
            longest: forms.iter().map(|form| form.text.len()).max().unwrap_or(0),
            forms,
            texts,
            shapes,
            near,
            lexicon,
            powers,
        })
    }

    /// What is protected, in the order given.
    pub fn protected(&self) -> &[Protected] {
        &self.protected
    }

    /// Keys under which protected names are found: a measure of the memory taken.
    pub fn keys(&self) -> usize {
        self.texts.len() + self.shapes.len() + self.near.len()
    }

    /// The best hit of a name as it is written.
    ///
    /// # Errors
    /// [`NameFault`]: what makes the text no name.
    pub fn check_text(&self, text: &str) -> Result<Option<Hit>, NameFault> {
        Name::parse(text).map(|name| self.check(&name))
    }

    /// The best hit: the highest score; of equals the first of the protected names.
    pub fn check(&self, name: &Name) -> Option<Hit> {
        self.hits(name).into_iter().next()
    }

    /// All hits, the best first, one for each protected name, at most [`Settings::max_hits`]. None for a name that is
    /// allowed, or that is a protected name or stands below one (or below its registrable domain).
    pub fn hits(&self, name: &Name) -> Vec<Hit> {
        let mut parts = Parts::default();
        parts.set(name);
        let mut candidates = Vec::new();
        self.gather(&parts, &mut candidates);
        candidates.truncate(MAX_COMPARED);
        if candidates.is_empty() || self.allow.holds(name) || is_below(&self.own, name) {
            return Vec::new();
        }
        let judge = Judge {
            name,
            parts: &parts,
            lexicon: &self.lexicon,
            powers: &self.powers,
            protected: &self.protected,
        };
        let mut hits: Vec<Hit> = Vec::new();
        for candidate in &candidates {
            let Some(form) = self.forms.get(candidate.form) else { continue };
            let Some((score, reasons)) = judge.judge(candidate, form) else { continue };
            let Ok(protected) = usize::try_from(form.protected) else { continue };
            if score < self.settings.min_score {
                continue;
            }
            match hits.iter_mut().find(|hit| hit.protected == protected) {
                Some(known) if known.score >= score => {}
                Some(known) => (known.score, known.reasons) = (score, reasons),
                None => hits.extend(self.hit(protected, score, reasons)),
            }
        }
        hits.sort_by_key(|hit| (u8::MAX - hit.score, hit.protected));
        hits.truncate(self.settings.max_hits);
        hits
    }

    fn hit(&self, protected: usize, score: u8, reasons: Vec<Reason>) -> Option<Hit> {
        let own = self.protected.get(protected)?;
        let (looks_like, owner) = (own.text().to_owned(), own.owner().to_owned());
        Some(Hit { protected, looks_like, owner, score, reasons })
    }

    /// Everything that could be a protected name, by hashes alone.
    fn gather(&self, parts: &Parts, out: &mut Vec<Candidate>) {
        let mut hashed = Hashed::default();
        hashed.set(&parts.text);
        let last = parts.parts.len();
        for (count, from) in parts.tails().take(TAILS).enumerate() {
            self.gather_text(parts, &hashed, from, last, out);
            self.gather_shape(parts, from, last, out);
            self.gather_near(parts, &hashed, from, last, count > 0, out);
        }
        self.gather_runs(parts, &hashed, out);
        if last > 1 {
            for from in 0..last {
                self.gather_shape(parts, from, from + 1, out);
                self.gather_near(parts, &hashed, from, from + 1, true, out);
                self.gather_shape(parts, from, from + 2, out);
            }
        }
        self.gather_within(parts, &hashed, out);
    }

    fn gather_text(&self, parts: &Parts, hashed: &Hashed, from: usize, to: usize, out: &mut Vec<Candidate>) {
        let Some((start, end)) = bounds(parts, from, to, self.longest) else { return };
        self.find(
            &self.texts,
            hashed.window(&self.powers, start, end),
            (from, to, start, end),
            How::Same,
            out,
        );
    }

    /// Runs of whole parts.
    fn gather_runs(&self, parts: &Parts, hashed: &Hashed, out: &mut Vec<Candidate>) {
        for (from, first) in parts.parts.iter().enumerate() {
            for (to, last) in parts.parts.iter().enumerate().skip(from) {
                if last.end - first.start > self.longest {
                    break;
                }
                self.gather_text(parts, hashed, from, to + 1, out);
            }
        }
    }

    /// Whatever stands within a part.
    fn gather_within(&self, parts: &Parts, hashed: &Hashed, out: &mut Vec<Candidate>) {
        for (from, part) in parts.parts.iter().enumerate() {
            for start in part.start..part.end {
                let longest = part.end.min(start + self.longest);
                for end in (start + 3)..=longest {
                    let hash = hashed.window(&self.powers, start, end);
                    if self.texts.may_hold(hash) && (start, end) != (part.start, part.end) {
                        self.find(&self.texts, hash, (from, from + 1, start, end), How::Same, out);
                    }
                }
            }
        }
    }

    fn gather_shape(&self, parts: &Parts, from: usize, to: usize, out: &mut Vec<Candidate>) {
        let Some((start, end)) = bounds(parts, from, to, self.longest * 2) else { return };
        let mut shape = Vec::with_capacity(end - start);
        reading::shape(&parts.text[start..end], &mut shape);
        self.find(&self.shapes, hash(&shape), (from, to, start, end), How::Shape, out);
    }

    fn gather_near(
        &self,
        parts: &Parts,
        hashed: &Hashed,
        from: usize,
        to: usize,
        one_edit: bool,
        out: &mut Vec<Candidate>,
    ) {
        let Some((start, end)) = bounds(parts, from, to, self.longest + 2) else { return };
        // A name of 6 characters can be one of 8 without two.
        let most = if one_edit { 1 } else { edits_of(end - start + 2) };
        let mut seen: Vec<u32> = Vec::new();
        hashed.shortened(&self.powers, start, end, most, &mut |hash| {
            seen.extend(self.near.get(hash).iter().take(self.settings.max_candidates));
        });
        seen.sort_unstable();
        seen.dedup();
        let place = (from, to, start, end);
        seen.truncate(self.settings.max_candidates);
        out.extend(seen.into_iter().filter_map(|form| candidate(form, place, How::Near)));
    }

    fn find(
        &self,
        index: &Index,
        hash: u64,
        place: (usize, usize, usize, usize),
        how: How,
        out: &mut Vec<Candidate>,
    ) {
        let forms = index.get(hash).iter().take(self.settings.max_candidates);
        out.extend(forms.filter_map(|form| candidate(*form, place, how)));
    }
}

fn candidate(form: u32, place: (usize, usize, usize, usize), how: How) -> Option<Candidate> {
    let (from, to, start, end) = place;
    Some(Candidate { form: usize::try_from(form).ok()?, from, to, start, end, how })
}

fn bounds(parts: &Parts, from: usize, to: usize, longest: usize) -> Option<(usize, usize)> {
    let start = parts.parts.get(from)?.start;
    let end = parts.parts.get(to.checked_sub(1)?)?.end;
    (end - start <= longest).then_some((start, end))
}
