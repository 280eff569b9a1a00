//! Removing objects that nobody will name any more: uploads of imports that were never finished.

use crate::engine::Engine;
use crate::error::Fault;
use scr_canon::Hash32;

impl Engine {
    /// Removes objects that were last put before `before` (seconds since 1970), that no entry names, and
    /// that `is_litter` finds to be such; gives how many. Whoever records an act puts its objects first,
    /// so what an act is about to name is young. Nothing is removed while the views are behind.
    pub fn remove_objects(
        &self,
        before: i64,
        is_litter: &mut dyn FnMut(&Hash32) -> Result<bool, Fault>,
    ) -> Result<u64, Fault> {
        self.objects().remove_unfinished(before)?;
        let mut removed = 0;
        for (hash, put_at) in self.objects().all()? {
            if put_at >= before || !is_litter(&hash)? {
                continue;
            }
            let (recorded, projected) = self.progress();
            if projected < recorded || self.is_public_object(&hash)? {
                continue;
            }
            removed += u64::from(self.objects().remove(&hash, before)?);
        }
        Ok(removed)
    }
}
