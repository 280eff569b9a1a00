//! Stores on a bad day, and hostile ones: what is tried again, what is given up, and what is said.

use crate::common::{SECRET, place};
use scr_canon::sha256;
use scr_core::FixedClock;
use scr_objects::testing::{Fake, Fault};
use scr_objects::{Objects, Place, S3Place, Trouble};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

const NOW: i64 = 1_795_514_400;
const DAY: i64 = 86_400;

struct Site {
    fake: Fake,
    folder: tempfile::TempDir,
    clock: Arc<FixedClock>,
}

impl Site {
    fn new(behaviour: impl Fn(&str, &str, usize) -> Option<Fault> + Send + Sync + 'static) -> Self {
        let fake = Fake::start(NOW, Arc::new(behaviour)).unwrap();
        let (folder, clock) = (tempfile::tempdir().unwrap(), Arc::new(FixedClock::at(NOW)));
        Self { fake, folder, clock }
    }

    fn objects(&self) -> Objects {
        let place = place(&self.fake.endpoint, "bucket", &self.clock);
        let place = S3Place { timeout: Duration::from_millis(700), ..place };
        Objects::open_at(&Place::S3(Arc::new(place)), self.folder.path()).unwrap()
    }

    fn days_go_by(&self, days: i64) {
        self.clock.advance(days * DAY);
        self.fake.state().now += days * DAY;
    }
}

#[test]
fn what_passes_is_tried_again() {
    for fault in [|| Fault::Status(500, ""), || Fault::Status(503, "<Error><Code>SlowDown</Code></Error>")] {
        let site = Site::new(move |_, _, count| (count <= 2).then(fault));
        let objects = site.objects();
        let hash = objects.put(b"results").unwrap();
        assert_eq!(site.fake.count("PUT"), 3);
        assert_eq!(objects.get(&hash, 9).unwrap().as_deref(), Some(&b"results"[..]));
        assert_eq!(objects.away(), None);
    }
    // A connection that ends after the store has taken the object: the second attempt finds it there.
    let site = Site::new(|_, _, count| (count == 1).then_some(Fault::HangUp));
    site.fake.state().objects.insert(named(b"results"), (b"results".to_vec(), NOW));
    assert_eq!(site.objects().put(b"results").unwrap(), sha256(b"results"));
}

fn named(bytes: &[u8]) -> String {
    let name = sha256(bytes).to_hex();
    format!("objects/{}/{name}", &name[..2])
}

/// SCR-OBJ-001
#[test]
fn a_store_that_stays_away_is_given_up_soon_and_left_alone_for_a_while() {
    let is_well = Arc::new(AtomicBool::new(false));
    let well = Arc::clone(&is_well);
    let site = Site::new(move |_, _, _| (!well.load(Ordering::SeqCst)).then_some(Fault::Status(500, "")));
    let objects = site.objects();
    let error = objects.put(b"results").unwrap_err();
    assert_eq!((error.trouble, error.trouble.code()), (Trouble::Away, "SCR-OBJ-001"));
    assert!(error.what.contains("500"), "{error}");
    assert_eq!((site.fake.count("PUT"), error.is_away()), (4, true));
    let outages = objects.outages();
    let begun = Instant::now();
    assert_eq!(objects.get(&sha256(b"results"), 9).unwrap_err().trouble, Trouble::Away);
    assert!(begun.elapsed() < Duration::from_millis(100) && site.fake.count("GET") == 0);
    assert!(objects.outages() > outages && objects.away().is_some());
    // Whoever asks on purpose finds that it is back, and so does everybody.
    is_well.store(true, Ordering::SeqCst);
    objects.look().unwrap();
    assert_eq!(objects.away(), None);
    objects.put(b"results").unwrap();
}

#[test]
fn nobody_waits_for_ever() {
    let site = Site::new(|_, _, _| Some(Fault::Late(Duration::from_secs(5))));
    let begun = Instant::now();
    assert_eq!(site.objects().get(&sha256(b"results"), 9).unwrap_err().trouble, Trouble::Away);
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
}

#[test]
fn half_an_object_is_no_object() {
    let site = Site::new(|method, _, _| (method == "GET").then_some(Fault::Truncated));
    let objects = site.objects();
    let hash = objects.put(b"results").unwrap();
    assert_eq!(objects.get(&hash, 9).unwrap_err().trouble, Trouble::Away);
    assert_eq!(site.fake.count("GET"), 3);
}

#[test]
fn other_bytes_are_named_when_read_and_when_put_again() {
    let site = Site::new(|method, _, _| (method == "GET").then_some(Fault::WrongBytes));
    let objects = site.objects();
    let hash = objects.put(b"results").unwrap();
    for error in [objects.get(&hash, 9).unwrap_err(), objects.put(b"results").unwrap_err()] {
        assert_eq!(error.trouble, Trouble::Altered);
        assert!(error.what.contains(&hash.to_hex()), "{error}");
    }
    // Of another length: named without reading all of it.
    site.fake.state().objects.insert(named(b"results"), (vec![7; 100], NOW));
    assert_eq!(objects.put(b"results").unwrap_err().trouble, Trouble::Altered);
}

/// SCR-OBJ-002
#[test]
fn a_refusal_is_not_repeated_and_shows_no_secret() {
    let answers = [
        (403, "<Error><Code>SignatureDoesNotMatch</Code><StringToSign>AWS4</StringToSign></Error>"),
        (404, "<Error><Code>NoSuchBucket</Code></Error>"),
        (301, "<Error><Code>PermanentRedirect</Code></Error>"),
        (501, "<Error><Code>NotImplemented</Code></Error>"),
    ];
    for (status, body) in answers {
        let site = Site::new(move |_, _, _| Some(Fault::Status(status, body)));
        let objects = site.objects();
        let error = objects.put(b"results").unwrap_err();
        assert_eq!((error.trouble, error.trouble.code()), (Trouble::Refused, "SCR-OBJ-002"), "{error}");
        assert_eq!(site.fake.count("PUT"), 1);
        let said = format!("{error} {error:?} {objects:?} {}", objects.away().unwrap());
        assert!(!said.contains(SECRET) && !said.contains("AWS4"), "{said}");
        let requests = format!("{:?}", site.fake.state().requests);
        assert!(requests.contains("AKIAIOSFODNN7EXAMPLE") && !requests.contains(SECRET));
    }
}

/// SCR-OBJ-004
#[test]
fn answers_that_make_no_sense_are_failures_and_not_objects() {
    let site = Site::new(|_, _, _| Some(Fault::Status(200, "<html>")));
    assert_eq!(site.objects().all().unwrap_err().trouble.code(), "SCR-OBJ-004");
    let site = Site::new(|_, _, _| Some(Fault::Status(507, "")));
    assert_eq!(site.objects().put(b"x").unwrap_err().trouble, Trouble::Full);
    let site = Site::new(|_, _, _| Some(Fault::Status(418, "")));
    assert_eq!(site.objects().put(b"x").unwrap_err().trouble, Trouble::Other);
}

#[test]
fn what_is_put_again_after_days_is_young_again() {
    let site = Site::new(|_, _, _| None);
    let objects = site.objects();
    let hash = objects.put(b"upload").unwrap();
    site.days_go_by(10);
    objects.put(b"upload").unwrap();
    assert_eq!(objects.all().unwrap(), [(hash, NOW + 10 * DAY)]);
    assert!(!objects.remove(&hash, i64::MAX).unwrap(), "it is younger than two days, whatever is asked");
    site.days_go_by(3);
    assert!(objects.remove(&hash, i64::MAX).unwrap());
}

/// A node removes an old object, another one puts it: at each step of the one that removes.
#[test]
fn nobody_is_told_that_an_object_is_there_which_is_just_being_removed() {
    // The requests of the one that removes: look at its age, mark, look again, remove, remove the mark.
    for step in 1..=5 {
        let (stop, stopped) = mpsc::channel();
        let (go_on, gate) = mpsc::channel::<()>();
        let gate = std::sync::Mutex::new(gate);
        let (is_on, count) = (Arc::new(AtomicBool::new(false)), AtomicUsize::new(0));
        let on = Arc::clone(&is_on);
        let site = Site::new(move |_, _, _| {
            // Only the one that removes is counted: the other begins when it stands still.
            if on.load(Ordering::SeqCst) && count.fetch_add(1, Ordering::SeqCst) + 1 == step {
                on.store(false, Ordering::SeqCst);
                stop.send(()).unwrap();
                let _ = gate.lock().unwrap().recv_timeout(Duration::from_millis(500));
            }
            None
        });
        let hash = site.objects().put(b"upload").unwrap();
        site.days_go_by(10);
        let (remover, putter) = (site.objects(), site.objects());
        is_on.store(true, Ordering::SeqCst);
        std::thread::scope(|scope| {
            scope.spawn(move || remover.remove(&hash, i64::MAX).unwrap());
            stopped.recv().unwrap();
            let put = scope.spawn(move || putter.put(b"upload").unwrap());
            // Where the one that puts must wait for the other, the gate opens by itself.
            std::thread::sleep(Duration::from_millis(100));
            if put.is_finished() {
                let _ = go_on.send(());
            }
            put.join().unwrap();
        });
        assert_eq!(site.objects().size(&hash).unwrap(), Some(6), "step {step}");
        assert!(site.fake.state().objects.keys().all(|name| !name.contains("removing")));
    }
}
