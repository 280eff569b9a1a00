//! A server as a process of its own.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

/// A server that is killed (`kill -9`) when it is dropped.
pub(crate) struct Server {
    pub(crate) process: Child,
    /// `http://127.0.0.1:` and its port; `https://localhost:` with a certificate.
    pub(crate) address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

impl Server {
    /// Starts the program with these arguments, and waits for the line that says where it listens.
    pub(crate) fn start(args: &[&str], says: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_scrutineer"));
        command.args(args).args(["--listen", "127.0.0.1:0"]);
        Self::of(command, says)
    }

    /// The same for a command that says itself where to listen.
    pub(crate) fn of(mut command: Command, says: &str) -> Self {
        let mut process = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let line = lines.find(|line| line.as_ref().is_ok_and(|line| line.contains(says))).unwrap().unwrap();
        // Whoever writes to a closed pipe would end.
        std::thread::spawn(move || lines.for_each(drop));
        let address = line.split_whitespace().rfind(|word| word.starts_with("http")).unwrap();
        let address = address.trim_end_matches("/watch").trim_end_matches(';');
        let address = match address.strip_prefix("https://") {
            // By the name in the certificate.
            Some(host) => format!("https://{}", host.replace("127.0.0.1", "localhost")),
            None => address.replace("localhost", "127.0.0.1"),
        };
        Self { process, address }
    }
}
