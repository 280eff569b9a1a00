//! The table.

use std::fmt;
use std::time::Duration;

/// Events a second.
#[expect(clippy::cast_precision_loss, reason = "figures for people")]
pub(crate) fn rate(events: u64, took: Duration) -> f64 {
    events as f64 / took.as_secs_f64().max(1e-9)
}

/// What was measured, beside what was promised.
#[derive(Default)]
pub(crate) struct Report {
    rows: Vec<[String; 4]>,
}

impl Report {
    /// Adds a line. `met` says whether the target was met, where there is one.
    pub(crate) fn row(&mut self, what: &str, figure: String, target: &str, met: Option<bool>) {
        let verdict = match met {
            None => "",
            Some(true) => "met",
            Some(false) => "MISSED",
        };
        eprintln!("{what}: {figure} {verdict}");
        self.rows.push([what.trim().to_owned(), figure, target.to_owned(), verdict.to_owned()]);
    }
}

impl fmt::Display for Report {
    /// A Markdown table.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = ["what", "figure", "target", ""].map(str::to_owned);
        let widths: Vec<usize> = (0..4)
            .map(|column| {
                std::iter::once(&head)
                    .chain(&self.rows)
                    .map(|row| row[column].chars().count())
                    .max()
                    .unwrap_or(0)
            })
            .collect();
        let line = |f: &mut fmt::Formatter<'_>, row: &[String; 4]| {
            row.iter().zip(&widths).try_for_each(|(cell, width)| write!(f, "| {cell:<width$} "))?;
            writeln!(f, "|")
        };
        line(f, &head)?;
        line(f, &["---", "---", "---", "---"].map(str::to_owned))?;
        self.rows.iter().try_for_each(|row| line(f, row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missed_target_is_said() {
        let mut report = Report::default();
        report.row("appends", "9/s".to_owned(), ">= 10/s", Some(false));
        report.row("proof", "1 ms".to_owned(), "< 5 ms", Some(true));
        let text = report.to_string();
        assert_eq!(text.lines().count(), 4);
        assert!(text.contains("| appends | 9/s    | >= 10/s | MISSED |"), "{text}");
    }
}
