//! The archive and its manifests.

use crate::cvr::{Choice, ChoiceKind, Contest, ContestNo, Contests};
use crate::read::{Limits, Problems};
use scr_core::Problem;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::io::{Read, Seek};
use zip::ZipArchive;

/// Bytes of a manifest, at most.
const MAX_MANIFEST: u64 = 256 << 20;
/// How many times larger than packed an archive may be, when it is larger than [`SMALL`] at all: text of this kind
/// packs to about a fiftieth.
const MAX_RATIO: u64 = 400;
const SMALL: u64 = 64 << 20;

/// An export whose contests are known and whose ballots have not been read.
#[derive(Debug)]
pub struct Export {
    file: String,
    contests: Contests,
    members: Vec<Member>,
    pub(super) names: Names,
    /// Candidates by contest and Dominion's number, where the contest has not many.
    pub(super) contest_by_id: HashMap<u64, ContestNo>,
    pub(super) choices: Vec<HashMap<u64, u16>>,
}

/// A file of ballots in the archive.
#[derive(Debug, Clone)]
pub struct Member {
    /// Its place in the archive.
    pub(super) at: usize,
    /// Its name.
    pub(super) name: String,
    /// Its bytes when unpacked, as the archive states them.
    pub size: u64,
}

/// Names by Dominion's numbers.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) groups: HashMap<u64, String>,
    pub(super) portions: HashMap<u64, String>,
    pub(super) styles: HashMap<u64, String>,
}

#[derive(Deserialize)]
struct Manifest<T> {
    #[serde(rename = "List")]
    list: Vec<T>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ContestRow {
    id: u64,
    description: String,
    vote_for: u16,
    #[serde(default)]
    num_of_ranks: u16,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct CandidateRow {
    id: u64,
    description: String,
    contest_id: u64,
    #[serde(default, rename = "Type")]
    kind: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct NamedRow {
    id: u64,
    description: String,
}

impl Export {
    /// Looks into the archive and reads the manifests.
    ///
    /// # Errors
    /// SCR-CVR-030 to -034.
    pub fn open<R: Read + Seek>(
        input: R,
        file: &str,
        limits: &Limits,
    ) -> Result<(ZipArchive<R>, Self), Vec<Problem>> {
        let mut problems = Problems::of(file);
        let mut archive = match ZipArchive::new(input) {
            Ok(archive) => archive,
            Err(error) => {
                let problem = problems.error("SCR-CVR-030").with("what", error);
                problems.add(problem);
                return Err(problems.finish().err().unwrap_or_default());
            }
        };
        let found = list(&mut archive, limits, &mut problems);
        let mut export = Self {
            file: file.to_owned(),
            contests: Contests::default(),
            members: found.ballots,
            names: Names::default(),
            contest_by_id: HashMap::new(),
            choices: Vec::new(),
        };
        if export.members.is_empty() && !problems.has_errors() {
            let problem = problems.error("SCR-CVR-032").with("member", "CvrExport.json or CvrExport_0.json");
            problems.add(problem);
        }
        let mut read =
            Manifests { archive: &mut archive, found: &found.manifests, file, problems: &mut problems };
        let contests: Vec<ContestRow> = read.needed("ContestManifest.json");
        let candidates: Vec<CandidateRow> = read.needed("CandidateManifest.json");
        let mut named = |name: &str| -> HashMap<u64, String> {
            read.list::<NamedRow>(name).into_iter().map(|row| (row.id, row.description)).collect()
        };
        export.names.groups = named("CountingGroupManifest.json");
        export.names.portions = named("PrecinctPortionManifest.json");
        export.names.styles = named("BallotTypeManifest.json");
        export.take(contests, candidates, &mut problems);
        if problems.has_errors() {
            return Err(problems.finish().err().unwrap_or_default());
        }
        Ok((archive, export))
    }

    /// The contests, all of them before a ballot is read.
    pub fn contests(&self) -> &Contests {
        &self.contests
    }

    /// The files of ballots, in the order of their numbers.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The members in so many runs of about as many bytes, to be read at the same time: each run into a sink of its
    /// own, by [`Export::read_members`], and then joined in this order.
    pub fn shares(&self, parts: usize) -> Vec<Vec<usize>> {
        let total: u64 = self.members.iter().map(|member| member.size).sum();
        let parts = parts.clamp(1, self.members.len().max(1));
        let mut shares = vec![Vec::new(); parts];
        let (mut part, mut done) = (0, 0_u64);
        for (at, member) in self.members.iter().enumerate() {
            let full = u128::from(done) * parts as u128 >= u128::from(total) * (part as u128 + 1);
            // As many members as parts are left: one for each.
            let last = self.members.len() - at < parts - part;
            if part + 1 < parts && (full || last) && !shares[part].is_empty() {
                part += 1;
            }
            shares[part].push(at);
            done += member.size;
        }
        shares.retain(|share| !share.is_empty());
        shares
    }

    pub(super) fn file(&self) -> &str {
        &self.file
    }

    pub(super) fn into_contests(self) -> Contests {
        self.contests
    }

    fn take(&mut self, contests: Vec<ContestRow>, candidates: Vec<CandidateRow>, problems: &mut Problems) {
        for row in contests {
            let id = row.id.to_string();
            let make = || Contest {
                id: String::new(),
                name: row.description.trim().to_owned(),
                votes_allowed: if row.num_of_ranks > 0 { 1 } else { row.vote_for },
                ranks: row.num_of_ranks,
                choices: Vec::new(),
            };
            match self.contests.contest(&id, make) {
                Ok(number) => {
                    self.contest_by_id.insert(row.id, number);
                }
                Err(error) => {
                    let problem =
                        problems.error("SCR-CVR-023").with("limit", error.limit).with("columns", error.what);
                    problems.add(problem);
                    return;
                }
            }
        }
        self.choices = vec![HashMap::new(); self.contests.list().len()];
        for row in candidates {
            let Some(contest) = self.contest_by_id.get(&row.contest_id) else { continue };
            let kind = match row.kind.as_str() {
                "WriteIn" => ChoiceKind::UndeclaredWriteIn,
                "QualifiedWriteIn" => ChoiceKind::WriteIn,
                _ => ChoiceKind::Regular,
            };
            let make = || Choice {
                id: String::new(),
                name: row.description.trim().to_owned(),
                party: String::new(),
                kind,
            };
            match self.contests.choice(*contest, &row.id.to_string(), make) {
                Ok(choice) => {
                    self.choices[usize::from(*contest)].insert(row.id, choice);
                }
                Err(error) => {
                    let problem =
                        problems.error("SCR-CVR-023").with("limit", error.limit).with("columns", error.what);
                    problems.add(problem);
                    return;
                }
            }
        }
    }
}

struct Found {
    ballots: Vec<Member>,
    /// Manifests by the last part of their names.
    manifests: Vec<(String, Member)>,
}

/// Sorts what is in the archive; everything that is neither is passed over (folders, `.DS_Store`, reports).
fn list<R: Read + Seek>(archive: &mut ZipArchive<R>, limits: &Limits, problems: &mut Problems) -> Found {
    let mut found = Found { ballots: Vec::new(), manifests: Vec::new() };
    if archive.len() > limits.members {
        let problem =
            problems.error("SCR-CVR-031").with("members", archive.len()).with("limit", limits.members);
        problems.add(problem);
        return found;
    }
    let (mut packed, mut unpacked) = (0_u64, 0_u64);
    for at in 0..archive.len() {
        let Ok(member) = archive.by_index_raw(at) else { continue };
        // Some archives come with backslashes, and with names in an encoding that is not stated: only ASCII counts here.
        let name = member.name().map(|name| name.replace('\\', "/")).unwrap_or_default();
        let last = name.rsplit('/').next().unwrap_or_default().to_owned();
        packed = packed.saturating_add(member.compressed_size());
        unpacked = unpacked.saturating_add(member.size());
        let size = member.size();
        if member.is_dir() || last.starts_with('.') || name.split('/').any(|part| part == "__MACOSX") {
            continue;
        }
        if last.starts_with("CvrExport") && last.ends_with(".json") {
            found.ballots.push(Member { at, name: last, size });
        } else if last.ends_with("Manifest.json") {
            found.manifests.push((last.clone(), Member { at, name: last, size }));
        }
    }
    if unpacked > limits.unpacked || (unpacked > SMALL && unpacked / packed.max(1) > MAX_RATIO) {
        let problem = problems.error("SCR-CVR-033").with("unpacked", unpacked).with("packed", packed);
        problems.add(problem);
    }
    found.ballots.sort_by_key(|member| (number_in(&member.name), member.name.clone()));
    found
}

/// `CvrExport_12.json` is the 12th; `CvrExport.json` comes first.
fn number_in(name: &str) -> Option<u64> {
    name.trim_end_matches(".json").rsplit('_').next().and_then(|number| number.parse().ok())
}

struct Manifests<'a, R> {
    archive: &'a mut ZipArchive<R>,
    found: &'a [(String, Member)],
    file: &'a str,
    problems: &'a mut Problems,
}

impl<R: Read + Seek> Manifests<'_, R> {
    fn needed<T: DeserializeOwned>(&mut self, name: &str) -> Vec<T> {
        if !self.found.iter().any(|(known, _)| known == name) {
            let problem = self.problems.error("SCR-CVR-032").with("member", name);
            self.problems.add(problem);
        }
        self.list(name)
    }

    /// The list of a manifest; none where it is missing.
    fn list<T: DeserializeOwned>(&mut self, name: &str) -> Vec<T> {
        let Some((_, member)) = self.found.iter().find(|(known, _)| known == name) else { return Vec::new() };
        let parsed = self.archive.by_index(member.at).map_err(|error| error.to_string()).and_then(|file| {
            let mut bytes = Vec::new();
            file.take(MAX_MANIFEST).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
            serde_json::from_slice::<Manifest<T>>(bytes).map_err(|error| error.to_string())
        });
        match parsed {
            Ok(manifest) => manifest.list,
            Err(error) => {
                self.problems.now_in(&format!("{}#{name}", self.file));
                let problem = self.problems.error("SCR-CVR-034").with("what", error);
                self.problems.add(problem);
                self.problems.now_in(self.file);
                Vec::new()
            }
        }
    }
}
