//! OpenSSH's agent, for tests of keys that an agent holds.

use crate::{skipped, within};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// OpenSSH's agent, ended when dropped.
pub struct SshAgent {
    process: Child,
    /// Where it is asked.
    pub socket: PathBuf,
}

impl SshAgent {
    /// `None`, said, where there is no ssh-agent.
    pub fn start(folder: &Path) -> Option<Self> {
        let socket = folder.join("socket");
        // One that was killed leaves its socket.
        drop(std::fs::remove_file(&socket));
        let started =
            Command::new("ssh-agent").arg("-D").arg("-a").arg(&socket).stdout(Stdio::null()).spawn();
        let Ok(process) = started else {
            skipped("there is no ssh-agent");
            return None;
        };
        let agent = Self { process, socket };
        let begun = within(Duration::from_secs(60), || UnixStream::connect(&agent.socket).is_ok());
        assert!(begun, "ssh-agent does not begin");
        Some(agent)
    }

    /// Runs `ssh-add` with these arguments, and gives what it prints.
    pub fn add(&self, args: &[&str]) -> String {
        let output = Command::new("ssh-add").args(args).env("SSH_AUTH_SOCK", &self.socket).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

impl Drop for SshAgent {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
