//! How fast objects are read and checked: `stix_speed BUNDLE`, with ATT&CK's bundle for instance. Prints figures and judges nothing.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a program that measures, run by hand")]

use scr_stix::vocabulary::attack;
use scr_stix::{Limits, Object, check, read_envelope};
use std::ops::ControlFlow;
use std::time::Instant;

const ROUNDS: u32 = 20;

fn measure(what: &str, bytes: usize, objects: u64, mut run: impl FnMut()) {
    run();
    let begun = Instant::now();
    for _ in 0..ROUNDS {
        run();
    }
    let seconds = begun.elapsed().as_secs_f64() / f64::from(ROUNDS);
    let bytes = u32::try_from(bytes).map_or(f64::NAN, f64::from);
    let objects = u32::try_from(objects).map_or(f64::NAN, f64::from);
    println!(
        "{what}: {:.1} ms, {:.0} MB/s, {:.0} objects/s",
        seconds * 1e3,
        bytes / seconds / 1e6,
        objects / seconds
    );
}

fn main() {
    let path = std::env::args().nth(1).unwrap();
    let bytes = std::fs::read(path).unwrap();
    let limits = Limits::default();
    let mut objects: Vec<Object> = Vec::new();
    let read = read_envelope(&bytes[..], &limits, &mut |_, object| {
        objects.extend(object.ok());
        ControlFlow::Continue(())
    })
    .unwrap();
    println!("{} objects, {} of them taken, {} bytes", read.count, objects.len(), read.bytes);
    measure("envelope", bytes.len(), read.count, || {
        read_envelope(&bytes[..], &limits, &mut |_, object| {
            std::hint::black_box(object.is_ok());
            ControlFlow::Continue(())
        })
        .unwrap();
    });
    let raw = objects.iter().map(|object| object.raw().len()).sum();
    measure("objects", raw, read.count, || {
        for object in &objects {
            std::hint::black_box(Object::read(object.raw().as_bytes(), &limits).is_ok());
        }
    });
    let found: usize = objects.iter().map(|object| check(object).len()).sum();
    println!("{found} findings");
    measure("check", raw, read.count, || {
        for object in &objects {
            std::hint::black_box(check(object).len());
        }
    });
    measure("read and check", bytes.len(), read.count, || {
        read_envelope(&bytes[..], &limits, &mut |_, object| {
            std::hint::black_box(object.map(|object| check(&object).len()).is_ok());
            ControlFlow::Continue(())
        })
        .unwrap();
    });
    if let Ok(vocabulary) = attack(&bytes[..], &limits) {
        println!("a vocabulary of {} entries", vocabulary.len());
        measure("vocabulary", bytes.len(), read.count, || {
            std::hint::black_box(attack(&bytes[..], &limits).is_ok());
        });
    }
    let small = br#"{"type":"indicator","spec_version":"2.1","id":"indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f","created_by_ref":"identity--f431f809-377b-45e0-aa1c-6a4751cae5ff","created":"2016-04-06T20:03:48.000Z","modified":"2016-04-06T20:03:48.000Z","indicator_types":["malicious-activity"],"name":"A name","pattern":"[url:value = 'https://vote-gov.example/']","pattern_type":"stix","valid_from":"2016-01-01T00:00:00Z"}"#;
    measure("small objects", small.len() * 10_000, 10_000, || {
        for _ in 0..10_000 {
            std::hint::black_box(Object::read(small, &limits).is_ok());
        }
    });
}
