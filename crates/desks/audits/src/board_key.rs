//! A board's key in the record: the fields that say it, and the subjects that follow from it.

use crate::data::Kept;
use crate::view::short;
use scr_core::BoardKey;
use scr_engine::Event;

/// What the record makes of a board's key.
pub(crate) trait InRecord {
    /// The board that an entry is about; 0 where it is about none.
    fn of(event: &Event) -> Self;
    /// The first board of a jurisdiction in the last round.
    fn first(kept: &Kept, jurisdiction: &str) -> Self;
    /// In the order of the columns of the view.
    fn params(&self) -> (&str, u32, u32, &str, u32);
    /// Its subject in the record, which owns what it reads.
    fn subject(&self) -> String;
    /// The subject of all boards of its jurisdiction in the round.
    fn jurisdiction_subject(&self) -> String;
}

impl InRecord for BoardKey {
    fn of(event: &Event) -> Self {
        let small = |field: &str| u32::try_from(event.count(field)).unwrap_or(u32::MAX);
        Self {
            audit: event.text("audit").to_owned(),
            version: small("version"),
            round: small("round"),
            jurisdiction: event.text("jurisdiction").to_owned(),
            board: small("board"),
        }
    }

    fn first(kept: &Kept, jurisdiction: &str) -> Self {
        let round = u32::try_from(kept.audit.rounds().len()).unwrap_or(u32::MAX);
        let (audit, version) = (kept.id.clone(), kept.audit.version());
        Self { audit, version, round, jurisdiction: jurisdiction.to_owned(), board: 1 }
    }

    fn params(&self) -> (&str, u32, u32, &str, u32) {
        (&self.audit, self.version, self.round, &self.jurisdiction, self.board)
    }

    fn subject(&self) -> String {
        let name = short(&self.jurisdiction);
        format!("audit-board:{}/{}/{}/{name}/{}", self.audit, self.version, self.round, self.board)
    }

    fn jurisdiction_subject(&self) -> String {
        let name = short(&self.jurisdiction);
        format!("audit-boards:{}/{}/{}/{name}", self.audit, self.version, self.round)
    }
}
