//! The filters of TAXII 2.1 (sections 3.4 and 5).

use super::answer::Fail;
use super::ask::Ask;
use crate::select::{Versions, Wanted};
use scr_canon::sha256;
use scr_stix::Timestamp;

/// Most objects on one page.
pub(super) const MAX_PAGE: usize = 1_000;
/// Most values of one filter.
const MAX_VALUES: usize = 1_000;

/// What a page is made with.
#[derive(Debug)]
pub(super) struct Filters {
    /// Which objects.
    pub(super) wanted: Wanted,
    /// How many on a page.
    pub(super) limit: usize,
    /// What the cursor of the next page is bound to.
    pub(super) digest: [u8; 8],
}

/// Which filters an endpoint knows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub(super) id: bool,
    pub(super) kind: bool,
    pub(super) version: bool,
}

fn list(ask: &Ask, name: &str) -> Result<Option<Vec<String>>, Fail> {
    let Some(text) = ask.parameter(name) else { return Ok(None) };
    let values: Vec<String> = text.split(',').map(str::to_owned).collect();
    if values.iter().any(String::is_empty) || values.len() > MAX_VALUES {
        return Err(Fail::wrong(format!(
            "{name} needs one value, or up to {MAX_VALUES} with commas between them"
        )));
    }
    Ok(Some(values))
}

fn instant(name: &str, text: &str) -> Result<i64, Fail> {
    let parsed = Timestamp::parse(text);
    parsed
        .map(|time| time.micros())
        .map_err(|_| Fail::wrong(format!("{name} needs a time such as 2026-11-24T10:00:00.000000Z")))
}

fn version(text: &str) -> Result<Option<Versions>, Fail> {
    Ok(match text {
        "all" => None,
        "first" => Some(Versions::First),
        "last" => Some(Versions::Last),
        moment => Some(Versions::At(instant("match[version]", moment)?)),
    })
}

/// The versions that are asked for: the last, unless somebody says otherwise.
pub(super) fn versions(ask: &Ask) -> Result<Option<Vec<Versions>>, Fail> {
    let Some(values) = list(ask, "match[version]")? else { return Ok(Some(vec![Versions::Last])) };
    let parsed: Vec<Option<Versions>> = values.iter().map(|text| version(text)).collect::<Result<_, _>>()?;
    let is_mixed = parsed.len() > 1 && parsed.contains(&None);
    let is_twice = (1..parsed.len()).any(|place| parsed[..place].contains(&parsed[place]));
    if is_mixed || is_twice {
        return Err(Fail::wrong("match[version] needs all alone, or others once each"));
    }
    Ok(parsed.into_iter().collect())
}

/// The versions of STIX that are asked for.
pub(super) fn specs(ask: &Ask) -> Result<Option<Vec<String>>, Fail> {
    list(ask, "match[spec_version]")
}

/// How many on a page: what is beyond the most is cut, not refused.
fn limit(ask: &Ask) -> Result<usize, Fail> {
    let Some(text) = ask.parameter("limit") else { return Ok(MAX_PAGE) };
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let number = if digits { text.parse().unwrap_or(usize::MAX) } else { 0 };
    if number == 0 {
        return Err(Fail::wrong("limit needs a whole number above 0"));
    }
    Ok(number.min(MAX_PAGE))
}

impl Filters {
    /// What a request asks for, of what this endpoint knows.
    pub(super) fn of(ask: &Ask, known: Known) -> Result<Self, Fail> {
        let after = ask.parameter("added_after").map(|text| instant("added_after", text)).transpose()?;
        let wanted = Wanted {
            since: after,
            after,
            ids: if known.id { list(ask, "match[id]")? } else { None },
            kinds: if known.kind { list(ask, "match[type]")? } else { None },
            versions: if known.version { versions(ask)? } else { None },
            specs: specs(ask)?,
            newest_spec: ask.parameter("match[spec_version]").is_none(),
        };
        let mut said: Vec<String> = ask
            .query
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "limit" | "next"))
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        said.sort();
        let digest = sha256(said.join("&").as_bytes()).0;
        let mut short = [0; 8];
        short.copy_from_slice(&digest[..8]);
        Ok(Self { wanted, limit: limit(ask)?, digest: short })
    }

    /// Begins after this moment.
    pub(super) fn begin_after(&mut self, micros: i64) {
        self.wanted.after = Some(self.wanted.after.map_or(micros, |after| after.max(micros)));
    }
}
