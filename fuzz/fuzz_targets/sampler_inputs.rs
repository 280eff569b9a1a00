//! Sampler inputs: whatever is read is drawn from without a panic, and what is written is read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_audits::sample::inputs::{Frame, SamplerInputs, draw, read};

/// Items and draws that cost a hash each: more would measure the machine.
const MOST: usize = 1 << 12;

fn items(frame: &Frame) -> usize {
    match frame {
        Frame::ConsistentBallots { batches, .. } => {
            batches.iter().map(|batch| batch.positions.count()).fold(0, usize::saturating_add)
        }
        Frame::ConsistentNames { names, .. } => names.len(),
        Frame::Ppeb { batches } => batches.len(),
        Frame::Colorado { .. } => 1,
        Frame::CardStyle { cards, .. } => cards.len(),
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(inputs) = read(bytes, "f") else { return };
    let written = serde_json::to_vec(&inputs).expect("texts and integers");
    let again: SamplerInputs = read(&written, "f").expect("its own writing");
    assert_eq!(again, inputs);
    let draws = inputs.rounds.iter().copied().fold(0, u64::saturating_add);
    if items(&inputs.frame) <= MOST && draws <= MOST as u64 {
        let _ = draw(&inputs, "f");
    }
});
