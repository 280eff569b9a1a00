//! A store of objects under test: in a folder, or in a bucket of an S3 that the environment names.

use scr_canon::Hash32;
use scr_core::FixedClock;
use scr_objects::{Bucket, Credentials, Objects, Place, PutIf, S3Place};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

/// A secret that must show up nowhere.
pub(crate) const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

/// Where a bucket of tests is.
pub(crate) fn place(endpoint: &str, bucket: &str, clock: &Arc<FixedClock>) -> S3Place {
    S3Place {
        endpoint: endpoint.to_owned(),
        bucket: bucket.to_owned(),
        prefix: "objects/".to_owned(),
        region: "us-east-1".to_owned(),
        path_style: true,
        credentials: Credentials {
            id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
            secret: SECRET.to_owned().into(),
            token: None,
        },
        authorities: None,
        timeout: Duration::from_secs(10),
        clock: Arc::clone(clock) as Arc<_>,
    }
}

/// Seconds since 1970, by the machine: the store writes its own times.
#[expect(clippy::disallowed_methods, reason = "the store under test has the machine's clock")]
pub(crate) fn machine_now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

pub(crate) fn s3() -> Option<String> {
    scr_testing::s3("scr-objects in S3")
}

/// A store, and how its objects grow old and are altered behind its back.
pub(crate) struct UnderTest {
    pub(crate) objects: Objects,
    pub(crate) folder: tempfile::TempDir,
    bucket: Option<(Arc<S3Place>, Arc<FixedClock>)>,
}

impl UnderTest {
    pub(crate) fn folder() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let objects = Objects::open(&folder.path().join("objects")).unwrap();
        Self { objects, folder, bucket: None }
    }

    pub(crate) fn s3() -> Option<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let endpoint = s3()?;
        let name = format!("test-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::SeqCst));
        let clock = Arc::new(FixedClock::at(machine_now()));
        // A bucket is made by writing to its own address.
        let whole = S3Place { prefix: String::new(), ..place(&endpoint, &name, &clock) };
        Bucket::open(&Arc::new(whole)).unwrap().put("", b"", "application/xml", PutIf::Always).unwrap();
        let place = Arc::new(place(&endpoint, &name, &clock));
        let folder = tempfile::tempdir().unwrap();
        let objects = Objects::open_at(&Place::S3(Arc::clone(&place)), folder.path()).unwrap();
        Some(Self { objects, folder, bucket: Some((place, clock)) })
    }

    /// Another node with the same store.
    pub(crate) fn beside(&self) -> Objects {
        match &self.bucket {
            None => Objects::open(&self.folder.path().join("objects")).unwrap(),
            Some((place, _)) => Objects::open_at(&Place::S3(Arc::clone(place)), self.folder.path()).unwrap(),
        }
    }

    pub(crate) fn bucket(&self) -> Option<Bucket> {
        self.bucket.as_ref().map(|(place, _)| Bucket::open(place).unwrap())
    }

    /// Puts so many objects at once.
    pub(crate) fn put_many(&self, count: u32) -> Vec<Hash32> {
        let Some(bucket) = self.bucket() else {
            return (0..count).map(|number| self.objects.put(&number.to_be_bytes()).unwrap()).collect();
        };
        let put = |number: u32| {
            let (bytes, hash) = (number.to_be_bytes(), scr_canon::sha256(&number.to_be_bytes()));
            let name = hash.to_hex();
            let name = format!("{}/{name}", &name[..2]);
            bucket.put(&name, &bytes, "application/octet-stream", PutIf::Absent).unwrap();
            hash
        };
        (0..count).map(put).collect()
    }

    /// Lets ten days go by; gives a time between then and now.
    pub(crate) fn grow_old(&self, hash: &Hash32) -> i64 {
        match &self.bucket {
            None => {
                let file = std::fs::File::options().write(true).open(self.path(hash)).unwrap();
                let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000);
                file.set_modified(old).unwrap();
                2_000
            }
            Some((_, clock)) => {
                clock.advance(10 * 86_400);
                machine_now() + 86_400
            }
        }
    }

    pub(crate) fn alter(&self, hash: &Hash32, bytes: &[u8]) {
        match self.bucket() {
            None => std::fs::write(self.path(hash), bytes).unwrap(),
            Some(bucket) => {
                let name = hash.to_hex();
                let name = format!("{}/{name}", &name[..2]);
                assert!(bucket.put(&name, bytes, "application/octet-stream", PutIf::Always).unwrap());
            }
        }
    }

    fn path(&self, hash: &Hash32) -> PathBuf {
        let name = hash.to_hex();
        self.folder.path().join("objects").join(&name[..2]).join(name)
    }
}
