//! TAXII envelopes and STIX bundles: the same whether their bytes come at once or a few at a time; their objects are
//! compared, drawn and taken for vocabularies without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_stix::graph::{graph, timeline};
use scr_stix::vocabulary::{Columns, attack, disarm};
use scr_stix::{Envelope, EnvelopeError, Limits, Object, Rejected, check_together, read_envelope};
use std::io::Read;
use std::ops::ControlFlow;

struct Trickle<'a>(&'a [u8]);

impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = 7.min(self.0.len()).min(buffer.len());
        let (now, later) = self.0.split_at(count);
        buffer[..count].copy_from_slice(now);
        self.0 = later;
        Ok(count)
    }
}

type Seen = Vec<Result<Object, Box<Rejected>>>;

fn read(source: impl Read, limits: &Limits) -> (Seen, Result<Envelope, EnvelopeError>) {
    let mut seen = Vec::new();
    let read = read_envelope(source, limits, &mut |at, object| {
        assert_eq!(usize::try_from(at), Ok(seen.len()));
        seen.push(object);
        ControlFlow::Continue(())
    });
    (seen, read)
}

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { object_bytes: 2_000, objects: 100, references: 100, total_bytes: 1 << 16, depth: 20 };
    let (seen, whole) = read(bytes, &limits);
    let (slowly, in_pieces) = read(Trickle(bytes), &limits);
    assert_eq!(whole, in_pieces);
    assert_eq!(seen.len(), slowly.len());
    for (one, other) in seen.iter().zip(&slowly) {
        match (one, other) {
            (Ok(one), Ok(other)) => assert_eq!((one.raw(), one.head()), (other.raw(), other.head())),
            (Err(one), Err(other)) => assert_eq!(one, other),
            _ => panic!("taken only once"),
        }
    }
    if whole.is_ok() && seen.iter().all(Result::is_ok) {
        assert!(serde_json::from_slice::<serde_json::Value>(bytes).is_ok());
    }
    let objects: Vec<Object> = seen.into_iter().filter_map(Result::ok).collect();
    check_together(&objects);
    assert!(timeline(&objects).iter().map(|event| &event.at).is_sorted());
    let drawn = graph(&objects, true);
    for id in drawn.nodes.keys().take(3) {
        assert!(drawn.around(id, 3, 10).is_some_and(|near| near.graph.nodes.len() <= 10));
    }
    if let Ok(vocabulary) = attack(bytes, &limits) {
        assert!(vocabulary.search("t", 5).len() <= 5);
    }
    let _ = disarm(bytes, None, &limits);
    let _ = Columns::read(bytes);
});
