//! Other programs on the same inputs in the same run, where somebody has them: nothing of theirs is fetched or kept here.
//!
//! - SHANGRLA (AGPL, `pip install` from its repository into a virtual environment): `--shangrla` its Python.
//! - raire-rs (AGPL, `cargo build --release -p utilities` in its repository): `--raire-rs` its program `raire`.
//! - `consistent_sampler` (MIT, PyPI), which Arlo draws with: `--consistent-sampler` a Python that has it.

use crate::Fault;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Where the programs are.
#[derive(clap::Args, Default)]
pub(crate) struct Peers {
    /// A Python in which SHANGRLA can be imported.
    #[arg(long)]
    shangrla: Option<PathBuf>,
    /// The program `raire` of raire-rs.
    #[arg(long)]
    raire_rs: Option<PathBuf>,
    /// A Python that has `consistent_sampler`.
    #[arg(long)]
    consistent_sampler: Option<PathBuf>,
}

const ASSORTERS: &str = r#"
import json, sys, time
from shangrla.core.Audit import CVR, Assertion, Contest
from shangrla.core.NonnegMean import NonnegMean
cvrs, _, _ = CVR.from_raire_file(sys.argv[1])
contests = Contest.from_dict_of_dicts({"339": {
    "name": "339", "risk_limit": 0.05, "cards": len(cvrs), "n_winners": 1, "candidates": ["15", "16", "17", "18"],
    "winner": ["15"], "choice_function": Contest.SOCIAL_CHOICE_FUNCTION.IRV, "audit_type": "CARD_COMPARISON",
    "test": NonnegMean.alpha_mart, "estim": NonnegMean.optimal_comparison}})
contests["339"].assertion_json = json.load(open(sys.argv[2]))["audits"][0]["assertions"]
Assertion.make_all_assertions(contests)
begin = time.perf_counter()
means = [one.assorter.mean(cvrs, use_style=True) for one in contests["339"].assertions.values()]
took = time.perf_counter() - begin
assert len(means) == 11
print(took, 2 * min(means) - 1)
"#;

const SAMPLER: &str = r#"
import time, consistent_sampler
names = [(("J%02d" % (i // 50000), "T1", "B%03d" % (i // 500)), i % 500 + 1) for i in range(500000)]
begin = time.perf_counter()
drawn = list(consistent_sampler.sampler(names, seed="12345678901234567890", take=1000, with_replacement=True, output="tuple"))
took = time.perf_counter() - begin
assert len(drawn) == 1000
print(took, drawn[0][1][1])
"#;

impl Peers {
    /// The means of the 11 assorters by SHANGRLA, in seconds, with the smallest margin that it finds.
    pub(crate) fn assorters(&self, ballots: &str, assertions: &Path) -> Result<Option<(f64, f64)>, Fault> {
        let Some(python) = &self.shangrla else { return Ok(None) };
        let file = std::env::temp_dir().join(format!("scr-bench-{}.raire", std::process::id()));
        std::fs::write(&file, ballots)?;
        let figures = script(python, ASSORTERS, &[&file, assertions]);
        std::fs::remove_file(&file)?;
        figures.map(Some)
    }

    /// raire-rs on these inputs, one process after another, in seconds.
    pub(crate) fn assertions(&self, inputs: &[PathBuf]) -> Result<Option<f64>, Fault> {
        let Some(program) = &self.raire_rs else { return Ok(None) };
        let answer = std::env::temp_dir().join(format!("scr-bench-{}.json", std::process::id()));
        let begin = Instant::now();
        for input in inputs {
            let status = Command::new(program).arg(input).arg(&answer).stdout(Stdio::null()).status()?;
            if !status.success() {
                return Err(format!("{} failed on {}", program.display(), input.display()).into());
            }
        }
        let took = begin.elapsed().as_secs_f64();
        std::fs::remove_file(&answer)?;
        Ok(Some(took))
    }

    /// The draw of 1,000 from 500,000, in seconds, with the position of the first ballot.
    pub(crate) fn draw(&self) -> Result<Option<(f64, f64)>, Fault> {
        self.consistent_sampler.as_deref().map(|python| script(python, SAMPLER, &[])).transpose()
    }
}

/// Runs a script that prints two numbers.
fn script(python: &Path, text: &str, arguments: &[&Path]) -> Result<(f64, f64), Fault> {
    let output =
        Command::new(python).arg("-c").arg(text).args(arguments).stderr(Stdio::inherit()).output()?;
    let printed = String::from_utf8(output.stdout)?;
    let numbers: Vec<f64> = printed.split_whitespace().filter_map(|text| text.parse().ok()).collect();
    match numbers[..] {
        [first, second] if output.status.success() => Ok((first, second)),
        _ => Err(format!("{} printed {printed:?}", python.display()).into()),
    }
}

/// The target's words: what the peer took in this run, or what it took elsewhere.
pub(crate) fn beside(target: &str, peer: &str, took: Option<f64>) -> String {
    match took {
        Some(took) => format!("{target} ({peer} in this run: {took:.3} s)"),
        None => format!("{target} ({peer}: not given)"),
    }
}
