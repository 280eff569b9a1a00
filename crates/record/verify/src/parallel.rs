//! Work on all cores, for what each part takes by itself.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;
use std::thread;

use crate::AuthorCheck;

/// Threads at most.
const MAX_THREADS: usize = 64;

/// As many as there are cores for this process. Asking the system means reading its files: that happens once.
pub(crate) fn threads() -> usize {
    static THREADS: LazyLock<usize> =
        LazyLock::new(|| thread::available_parallelism().map_or(1, |cores| cores.get().min(MAX_THREADS)));
    *THREADS
}

/// What `work` makes of each item, in order. `None` where it panicked: such a part has confirmed nothing.
pub(crate) fn map<'a, T: Sync, R: Send>(items: &'a [T], work: impl Fn(&'a T) -> R + Sync) -> Vec<Option<R>> {
    if threads() == 1 || items.len() < 2 {
        return items.iter().map(|item| Some(work(item))).collect();
    }
    let share = items.len().div_ceil(threads()).max(1);
    let work = &work;
    let all = |part: &'a [T]| part.iter().map(work).collect::<Vec<R>>();
    thread::scope(|scope| {
        // This thread takes the last share, which was read last.
        let (others, own) = items.split_at(items.len().saturating_sub(1) / share * share);
        let others: Vec<_> =
            others.chunks(share).map(|part| (part.len(), scope.spawn(move || all(part)))).collect();
        let own = (own.len(), catch_unwind(AssertUnwindSafe(|| all(own))));
        others
            .into_iter()
            .map(|(length, part)| (length, part.join()))
            .chain([own])
            .flat_map(|(length, part)| match part {
                Ok(done) => done.into_iter().map(Some).collect::<Vec<_>>(),
                Err(_) => (0..length).map(|_| None).collect(),
            })
            .collect()
    })
}

/// The first entry whose author's signature does not hold.
pub fn first_unsigned(signatures: &[(u64, AuthorCheck)]) -> Option<u64> {
    let held = map(signatures, |(_, check)| check.holds());
    held.iter().zip(signatures).find(|(held, _)| **held != Some(true)).map(|(_, (index, _))| *index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_worked_on_once_and_a_panic_confirms_nothing() {
        for count in [0, 1, 2, 3, 31, 32, 33, 200] {
            let items: Vec<usize> = (0..count).collect();
            let twice: Vec<_> = items.iter().map(|item| Some(item * 2)).collect();
            assert_eq!(map(&items, |item| item * 2), twice);
            if threads() > 1 && count > 1 {
                for broken in [0, count - 1] {
                    let done = map(&items, |item| (*item != broken).then_some(*item).unwrap());
                    assert!(done.iter().enumerate().all(|(at, one)| one.is_none_or(|one| one == at)));
                    assert_eq!((done.len(), done[broken]), (count, None));
                }
            }
        }
    }
}
