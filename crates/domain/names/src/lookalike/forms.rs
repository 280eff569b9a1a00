//! The ways in which a protected name is looked for.

use super::index::{Hashed, Index, Powers, hash};
use super::lexicon::Lexicon;
use super::protect::{Kind, Protected};
use super::reading;
use crate::Name;

/// How a form spells the protected name; `gov` stands for its public suffix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spelling {
    /// What stands before the suffix: `sosca` of sos.ca.gov; a word.
    Core,
    /// With the suffix: `soscagov`.
    Full,
    /// With the suffix in front: `govsosca`.
    Reversed,
    /// Of a deeper name the registrable label alone: `vote` of results.vote.example.
    Registrable,
}

/// Shortest registrable label of a deeper name that is looked for by itself.
const MIN_REGISTRABLE: usize = 4;

#[derive(Debug, Clone)]
pub(super) struct Form {
    pub(super) protected: u32,
    pub(super) spelling: Spelling,
    /// Without dots and hyphens, as it reads.
    pub(super) text: Vec<char>,
    pub(super) shape: Vec<char>,
    /// Where labels end within the text, the last end left out.
    pub(super) dots: Vec<usize>,
    /// All of it (of `Full` and `Reversed`: all before the suffix) is words of elections and the like.
    pub(super) generic: bool,
}

/// How many edits are looked for in a text of so many characters.
pub(super) fn edits_of(length: usize) -> u8 {
    match length {
        0..=2 => 0,
        3..=7 => 1,
        8..=32 => 2,
        _ => 1,
    }
}

/// The forms of all protected names.
pub(super) fn forms_of(protected: &[Protected], lexicon: &Lexicon, powers: &Powers) -> Vec<Form> {
    let mut forms = Vec::new();
    for (number, one) in (0u32..).zip(protected) {
        let mut add = |spelling, labels: &[Vec<char>], generic| {
            let text = labels.concat();
            let (mut shape, mut dots) = (Vec::new(), Vec::new());
            reading::shape(&text, &mut shape);
            let mut end = 0;
            for label in labels.iter().take(labels.len().saturating_sub(1)) {
                end += label.len();
                dots.push(end);
            }
            forms.push(Form { protected: number, spelling, text, shape, dots, generic });
        };
        let is_generic = |text: &[char]| lexicon.is_generic(powers, text);
        match &one.kind {
            Kind::Word(read) => add(Spelling::Core, std::slice::from_ref(read), is_generic(read)),
            Kind::Domain(name) => of_domain(name, &is_generic, &mut add),
        }
    }
    forms
}

fn of_domain(
    name: &Name,
    is_generic: &impl Fn(&[char]) -> bool,
    add: &mut impl FnMut(Spelling, &[Vec<char>], bool),
) {
    let labels: Vec<Vec<char>> = (0..name.len())
        .map(|at| {
            let mut read = Vec::new();
            reading::read(name.label(at), &mut read);
            read
        })
        .collect();
    let (core, suffix) = labels.split_at(name.core());
    let generic = is_generic(&core.concat());
    add(Spelling::Core, core, generic);
    // gov.uk is looked for as govuk and as gov.
    for suffix in [Some(suffix), suffix.get(..1).filter(|_| suffix.len() > 1)].into_iter().flatten() {
        add(Spelling::Full, &[core, suffix].concat(), generic);
        add(Spelling::Reversed, &[suffix, core].concat(), generic);
    }
    if let [_, .., last] = core
        && last.len() >= MIN_REGISTRABLE
    {
        add(Spelling::Registrable, std::slice::from_ref(last), is_generic(last));
    }
}

/// The forms by their text, by their shape, and by their text with characters left out.
pub(super) fn indexes(forms: &[Form], powers: &Powers) -> [Index; 3] {
    let (mut texts, mut shapes, mut near) = (Vec::new(), Vec::new(), Vec::new());
    let mut hashed = Hashed::default();
    for (number, form) in (0u32..).zip(forms) {
        texts.push((hash(&form.text), number));
        if form.spelling == Spelling::Reversed {
            continue;
        }
        shapes.push((hash(&form.shape), number));
        let most = if form.spelling == Spelling::Core { edits_of(form.text.len()) } else { 1 };
        if form.text.len() > 2 {
            hashed.set(&form.text);
            hashed.shortened(powers, 0, form.text.len(), most, &mut |hash| near.push((hash, number)));
        }
    }
    [Index::new(texts), Index::new(shapes), Index::new(near)]
}
