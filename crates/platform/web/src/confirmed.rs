//! What the record shows under the checkpoint that most have confirmed.

use crate::app::App;
use scr_ledger::ReadError;
use scr_note::TlogProof;
use scr_witness::Published;
use std::sync::Arc;

impl App {
    /// The checkpoint that the witnesses were asked to cosign last, with what came; it lags by seconds.
    /// `None` without witnesses: the log's newest is served then.
    pub fn cosigned_checkpoint(&self) -> Option<Arc<Published>> {
        self.board()?.latest().filter(|kept| self.still_has(kept))
    }

    /// The `.tlog-proof` of an entry: under a checkpoint that meets the policy, or else the newest.
    pub fn proof(&self, index: u64) -> Result<TlogProof, ReadError> {
        let kept = self.board().map(|board| [board.met(), board.latest()]).into_iter().flatten().flatten();
        match kept.into_iter().find(|kept| index < kept.size && self.still_has(kept)) {
            Some(kept) => self.engine.log().proof_under(index, kept.note.clone()),
            None => self.engine.log().proof(index),
        }
    }

    /// Whether the record still has all that a checkpoint covers: after a restore it may not.
    fn still_has(&self, kept: &Published) -> bool {
        self.engine.log().checkpoint().ok().flatten().is_some_and(|signed| kept.size <= signed.size)
    }
}
