//! `RCTab`'s test sets, from configuration to ballots.

use scr_core::Problem;
use scr_tabulation::ranked::config::{self, Config, Provider, Source};
use scr_tabulation::ranked::{self, Ballots, Count, Gather, workbook};
use scr_tabulation::read::{Limits, cdf, clear_ballot, dominion_json, hart, rctab_csv};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

pub(crate) mod table;

pub(crate) struct Sets(BTreeMap<String, Vec<u8>>);

fn words(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

impl Sets {
    pub(crate) fn open() -> Option<Self> {
        let path = scr_testing::data("audit/rctab/rctab-sets.zip")?;
        let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
        let mut files = BTreeMap::new();
        for at in 0..archive.len() {
            let mut member = archive.by_index(at).unwrap();
            let name = member.name().unwrap().into_owned();
            let mut bytes = Vec::new();
            member.read_to_end(&mut bytes).unwrap();
            files.insert(name, bytes);
        }
        Some(Self(files))
    }

    /// Names of sets with their configurations.
    pub(crate) fn configs(&self) -> Vec<(String, String)> {
        let configs = self.0.keys().filter(|name| name.ends_with("config.json"));
        configs.map(|file| (file.split('/').next().unwrap().to_owned(), file.clone())).collect()
    }

    /// Expected JSON reports by name, those of precincts and batches too.
    pub(crate) fn reports(&self, set: &str) -> Vec<(String, Value)> {
        let inside = self.0.iter().filter(|(name, _)| name.starts_with(&format!("{set}/")));
        let reports = inside.filter(|(name, _)| name.ends_with("detailed_report.json"));
        reports.map(|(name, bytes)| (name.clone(), serde_json::from_slice(bytes).unwrap())).collect()
    }

    /// The report as CSV beside one as JSON.
    pub(crate) fn table(&self, json: &str) -> Option<&[u8]> {
        self.0.get(&json.replace(".json", ".csv")).map(Vec::as_slice)
    }

    pub(crate) fn gather(&self, file: &str) -> Result<(Config, Ballots), Vec<String>> {
        let (config, _) = config::read(&self.0[file], file).map_err(|problems| words(&problems))?;
        let folder = file.rsplit_once('/').unwrap().0;
        let mut gather = Gather::new(&config).unwrap();
        for source in &config.sources {
            gather.source(source);
            self.source(&config, source, folder, &mut gather)?;
        }
        let ballots = gather.finish().map_err(|problems| words(&problems))?;
        Ok((config, ballots))
    }

    pub(crate) fn count(&self, file: &str) -> Result<(Config, Vec<Count>), Vec<String>> {
        let (config, ballots) = self.gather(file)?;
        let counts = ranked::passes(&ballots, &config.rules, &[]).map_err(|error| vec![error.to_string()])?;
        Ok((config, counts))
    }

    fn source(
        &self,
        config: &Config,
        source: &Source,
        folder: &str,
        gather: &mut Gather<'_>,
    ) -> Result<(), Vec<String>> {
        let path = match source.path.strip_prefix("../") {
            Some(path) => path.to_owned(),
            None => format!("{folder}/{}", source.path),
        };
        let whole = || match self.0.get(&path) {
            Some(bytes) => Ok(Cursor::new(bytes.clone())),
            None => Err(vec![format!("no file {path}")]),
        };
        let limits = Limits::default();
        let name = source.path.as_str();
        let read = match source.provider {
            Provider::Ess => workbook::read(whole()?, config, source, gather),
            Provider::Cdf => cdf::read(whole()?, name, &limits, gather),
            Provider::ClearBallot => clear_ballot::read(whole()?, name, &limits, gather),
            Provider::Dominion => {
                let options = dominion_json::Options {
                    limits,
                    marks: dominion_json::WhichMarks::NotAmbiguous,
                    without_outstack: vec![7],
                };
                dominion_json::read(self.zipped(&path), name, &options, gather)
            }
            Provider::Hart => hart::read(self.zipped(&path), None, name, &limits, gather),
            Provider::GenericCsv => {
                let layout = rctab_csv::Layout {
                    contest: config.contest_name.clone(),
                    first_vote_column: source.first_vote_column.unwrap_or(1),
                    first_vote_row: source.first_vote_row.unwrap_or(2),
                    id_column: source.id_column,
                    batch_column: source.batch_column,
                    precinct_column: source.precinct_column,
                    undeclared_write_in: source.undeclared_label.clone(),
                };
                rctab_csv::read(whole()?, name, &layout, &limits, gather)
            }
        };
        read.map(|_| ()).map_err(|problems| words(&problems))
    }

    /// A folder as the zip that a vendor's system writes.
    fn zipped(&self, folder: &str) -> Cursor<Vec<u8>> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let folder = format!("{folder}/");
        for (name, bytes) in &self.0 {
            if let Some(name) = name.strip_prefix(&folder).filter(|name| !name.is_empty()) {
                zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
                zip.write_all(bytes).unwrap();
            }
        }
        zip.finish().unwrap()
    }
}
