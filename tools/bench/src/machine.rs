//! The machine: what it is, how long its disk takes, how much processor time a process had. Linux.

use crate::Fault;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

/// Durations in order.
pub(crate) struct Durations(Vec<Duration>);

impl Durations {
    pub(crate) fn new(mut durations: Vec<Duration>) -> Self {
        durations.sort_unstable();
        Self(durations)
    }

    /// The duration that this many of a hundred do not exceed (nearest rank).
    pub(crate) fn percentile(&self, percent: usize) -> Duration {
        let rank = (self.0.len() * percent).div_ceil(100);
        self.0.get(rank.saturating_sub(1)).copied().unwrap_or_default()
    }
}

/// How long it takes to append 4 KiB to a file in this folder and to sync it.
pub(crate) fn fsync_durations(dir: &Path, samples: usize) -> Result<Vec<Duration>, Fault> {
    let path = dir.join("fsync");
    let mut file = File::create(&path)?;
    let mut durations = Vec::with_capacity(samples);
    for _ in 0..samples {
        let start = Instant::now();
        file.write_all(&[1; 4096])?;
        file.sync_all()?;
        durations.push(start.elapsed());
    }
    std::fs::remove_file(path)?;
    Ok(durations)
}

/// Processor, memory, kernel, file system, and how busy it is.
pub(crate) fn describe(dir: &Path) -> Result<String, Fault> {
    let cpu = std::fs::read_to_string("/proc/cpuinfo")?;
    let field = |text: &str, name: &str| -> String {
        let line = text.lines().find(|line| line.starts_with(name));
        line.and_then(|line| line.split_once(':')).map_or("unknown", |(_, value)| value.trim()).to_owned()
    };
    let memory = std::fs::read_to_string("/proc/meminfo")?;
    let kernel = std::fs::read_to_string("/proc/version")?;
    Ok(format!(
        "machine: {} cores of {}; memory {}; {}; {}\nload at the start: {}",
        std::thread::available_parallelism()?,
        field(&cpu, "model name"),
        field(&memory, "MemTotal"),
        kernel.split(" (").next().unwrap_or_default(),
        file_system(dir)?,
        load_average()?,
    ))
}

/// Runnable processes on average over 1, 5 and 15 minutes.
pub(crate) fn load_average() -> Result<String, Fault> {
    let text = std::fs::read_to_string("/proc/loadavg")?;
    Ok(text.split(' ').take(3).collect::<Vec<_>>().join(" "))
}

fn file_system(dir: &Path) -> Result<String, Fault> {
    let mounts = std::fs::read_to_string("/proc/mounts")?;
    let mount = mounts
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ');
            let (device, point, sort) = (words.next()?, words.next()?, words.next()?);
            dir.starts_with(point).then(|| (point.len(), format!("{sort} on {device}")))
        })
        .max();
    Ok(mount.map_or_else(|| "unknown file system".to_owned(), |(_, text)| text))
}

/// Seconds of processor time that a process has had. Linux counts them in hundredths.
pub(crate) fn cpu_time(process: u32) -> Result<f64, Fault> {
    let text = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The second field is the program's name in brackets, which may hold anything.
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks =
        |at: usize| -> Result<f64, Fault> { Ok(fields.get(at).ok_or("/proc/…/stat is short")?.parse()?) };
    Ok((ticks(11)? + ticks(12)?) / 100.0)
}

/// Most memory that a process has had resident, in KiB.
pub(crate) fn peak_memory_kib(process: u32) -> Result<u64, Fault> {
    let text = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_nearest_ranks() {
        let hundred = Durations::new((1..=100).rev().map(Duration::from_millis).collect());
        assert_eq!(hundred.percentile(50), Duration::from_millis(50));
        assert_eq!(hundred.percentile(99), Duration::from_millis(99));
        assert_eq!(Durations::new(vec![Duration::from_secs(1)]).percentile(50), Duration::from_secs(1));
        assert_eq!(Durations::new(Vec::new()).percentile(99), Duration::ZERO);
    }

    #[test]
    fn this_process_has_had_time_and_memory() {
        assert!(cpu_time(std::process::id()).unwrap() >= 0.0);
        assert!(peak_memory_kib(std::process::id()).unwrap() > 100);
        let folder = tempfile::tempdir().unwrap();
        assert!(describe(folder.path()).unwrap().contains("cores of"));
        assert_eq!(fsync_durations(folder.path(), 3).unwrap().len(), 3);
    }
}
