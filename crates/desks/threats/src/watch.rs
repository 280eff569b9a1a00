//! What an organisation wants to be told of: its names, addresses and files.

use crate::exchange::Exchange;
use crate::share::{self, WRITERS};
use scr_core::{Actor, Refusal, RefusalKind};
use scr_engine::ActError;
use scr_patterns::assets::{Asset, AssetError};
use scr_threats::{AssetList, Batch, codes};

/// Most lines of a list.
pub(crate) const MAX_LINES: usize = 500;

/// A line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Line {
    /// Something to be told of.
    Watched(Asset),
    /// A name that looks like one's own and is in order: `allow:partner.example`.
    Allowed(String),
}

/// Before a name that is in order.
const ALLOW: &str = "allow:";

/// Reads a line.
pub(crate) fn read(line: &str) -> Result<Line, AssetError> {
    match line.get(..ALLOW.len()).filter(|begin| begin.eq_ignore_ascii_case(ALLOW)) {
        Some(begin) => {
            let name = line[begin.len()..].trim();
            scr_names::Allow::new().add(name).map_err(|_| AssetError::Domain)?;
            Ok(Line::Allowed(name.to_owned()))
        }
        None => Asset::parse(line).map(Line::Watched),
    }
}

/// A line that cannot be read: its number, from 1, its text, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WrongLine {
    pub(crate) number: usize,
    pub(crate) text: String,
    pub(crate) why: AssetError,
}

/// The lines of a list, without empty ones.
pub(crate) fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Lines that cannot be read.
pub(crate) fn wrong(assets: &[String]) -> Vec<WrongLine> {
    let read = |(at, text): (usize, &String)| {
        read(text).err().map(|why| WrongLine { number: at + 1, text: text.chars().take(80).collect(), why })
    };
    assets.iter().enumerate().filter_map(read).collect()
}

/// Records what an organisation watches, with the next batch; the list takes the place of the one before.
///
/// # Errors
/// `SCR-THR-010` where the role may not, `SCR-THR-041` where a line cannot be read or there are too many.
pub(crate) fn watch(exchange: &Exchange<'_>, actor: &Actor, assets: &[String]) -> Result<(), ActError> {
    if !WRITERS.contains(&actor.role) || actor.place.is_some() {
        return Err(Refusal::new(RefusalKind::Forbidden, codes::NOT_YOURS).into());
    }
    let refuse = |number: usize, text: &str| {
        let refusal = Refusal::new(RefusalKind::Invalid, codes::WRONG_ASSET).on("assets");
        ActError::from(refusal.with("line", number).with("text", text))
    };
    if let Some(beyond) = assets.get(MAX_LINES) {
        return Err(refuse(MAX_LINES + 1, beyond));
    }
    if let Some(wrong) = wrong(assets).first() {
        return Err(refuse(wrong.number, &wrong.text));
    }
    let list = AssetList { owner: actor.org.clone(), assets: assets.to_vec() };
    share::hide(exchange, actor, &Batch { assets: vec![list], ..Batch::new(0) })
}
