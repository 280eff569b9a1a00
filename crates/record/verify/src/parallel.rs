//! Work on all cores, for what each part takes by itself.

use std::thread;

use crate::AuthorCheck;

/// Threads at most.
const MAX_THREADS: usize = 64;

fn threads() -> usize {
    thread::available_parallelism().map_or(1, |cores| cores.get().min(MAX_THREADS))
}

/// What `work` makes of each item, in order. `None` where it panicked: such a part has confirmed nothing.
pub(crate) fn map<'a, T: Sync, R: Send>(items: &'a [T], work: impl Fn(&'a T) -> R + Sync) -> Vec<Option<R>> {
    if threads() == 1 || items.len() < 2 {
        return items.iter().map(|item| Some(work(item))).collect();
    }
    let share = items.len().div_ceil(threads()).max(1);
    let work = &work;
    thread::scope(|scope| {
        let parts: Vec<_> = items
            .chunks(share)
            .map(|part| (part.len(), scope.spawn(move || part.iter().map(work).collect::<Vec<R>>())))
            .collect();
        parts
            .into_iter()
            .flat_map(|(length, part)| match part.join() {
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
