//! Lines like `Ann: 5200` and `Ann > Ben: 120`.

use super::numbers::whole;
use scr_audits::plan::Ranking;

/// Between a name and its number; the last one counts, so that names may hold them.
const MARKS: [char; 4] = [':', '=', '\t', '\u{ff1a}'];

/// One line.
pub(super) struct Line {
    /// Its place, from 1.
    pub(super) place: usize,
    pub(super) name: String,
    pub(super) count: u64,
}

/// Every line that has a name and a number, and the places of all others. Empty lines are neither.
pub(super) fn read(text: &str, longest: usize, most: u64) -> (Vec<Line>, Vec<usize>) {
    let (mut lines, mut wrong) = (Vec::new(), Vec::new());
    for (place, text) in (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
        match one(text, longest, most) {
            Some((name, count)) => lines.push(Line { place, name, count }),
            None => wrong.push(place),
        }
    }
    (lines, wrong)
}

fn one(text: &str, longest: usize, most: u64) -> Option<(String, u64)> {
    let (name, count) = text.rsplit_once(MARKS)?;
    let name = name.trim();
    let is_name = !name.is_empty() && name.chars().count() <= longest && !name.chars().any(char::is_control);
    let count = whole(count).filter(|count| *count <= most)?;
    is_name.then(|| (name.to_owned(), count))
}

/// Candidates in the order of their names, with the rankings of the lines. The place of a line that names nobody, or
/// somebody twice.
pub(super) fn rankings(lines: &[Line]) -> Result<(Vec<String>, Vec<Ranking>), usize> {
    let (mut candidates, mut rankings) = (Vec::new(), Vec::with_capacity(lines.len()));
    for line in lines {
        let prefer: Vec<String> = line.name.split('>').map(|name| name.trim().to_owned()).collect();
        let again = (1..prefer.len()).any(|at| prefer[..at].contains(&prefer[at]));
        if again || prefer.iter().any(String::is_empty) {
            return Err(line.place);
        }
        candidates.extend(prefer.iter().cloned());
        rankings.push(Ranking { ballots: line.count, prefer });
    }
    candidates.sort_unstable();
    candidates.dedup();
    Ok((candidates, rankings))
}
