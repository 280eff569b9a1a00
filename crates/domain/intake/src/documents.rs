//! Proposals for documents that have a format of their own: NIST and EML_NL, alone or in an archive.

use crate::intake::Input;
use crate::limits::Limits;
use crate::mapping::{Format, Mapping};
use crate::problems::Problems;
use crate::propose::{Proposal, document_format};
use crate::raw::archive::{Archive, is_zip};
use crate::{eml, nist};

/// Contests that a proposal lists.
pub(crate) const CONTESTS: usize = 2_000;

impl Proposal {
    /// Whether the input is such a document, or an archive with one.
    pub(crate) fn documents(&mut self, input: Input<'_>, limits: &Limits, problems: &mut Problems) -> bool {
        if !is_zip(input.bytes) {
            let Some(format) = document_format(input.bytes) else { return false };
            self.document(format);
            self.contests_of(input, limits, problems);
            return true;
        }
        let mut silent = Problems::new(input.name, limits);
        let Some(mut archive) = Archive::open(input.bytes, limits, &mut silent) else { return false };
        let names = archive.names.clone();
        if names.iter().any(|name| name == "xl/workbook.xml") {
            return false;
        }
        let mut found = Vec::new();
        for name in names.iter().filter(|name| is_document(name)) {
            let Some(bytes) = archive.member(name, limits, &mut silent) else { continue };
            if let Some(format) = document_format(&bytes) {
                let kind = if format == Format::EmlNl { eml::kind_of_text(&bytes) } else { String::new() };
                found.push((name.clone(), format, kind));
            }
        }
        let wanted = self.mapping.file.member.clone();
        let first = (found.iter().find(|(name, ..)| wanted.as_ref() == Some(name)))
            .or_else(|| found.iter().find(|(_, _, kind)| kind.starts_with("510")))
            .or_else(|| found.first());
        let Some((name, format, kind)) = first else { return false };
        self.choices = names;
        self.document(*format);
        self.mapping.file.member = Some(name.clone());
        self.find("member", name, None, 80, "document-root");
        if kind.starts_with("510")
            && let Some((lists, ..)) = found.iter().find(|(_, _, kind)| kind.starts_with("230"))
        {
            self.mapping.eml.candidates = Some(lists.clone());
            self.find("member", lists, Some("candidates"), 80, "document-root");
        }
        self.contests_of(input, limits, problems);
        true
    }

    fn document(&mut self, format: Format) {
        self.mapping = Mapping::new(format);
        let value = if format == Format::Nist { "nist-1500-100" } else { "eml-nl" };
        self.find("format", value, None, 95, "document-root");
    }

    /// Reads the whole document: what is wrong with it stands beside the proposal at once.
    fn contests_of(&mut self, input: Input<'_>, limits: &Limits, problems: &mut Problems) {
        let member = self.mapping.file.member.clone();
        let is_eml = self.mapping.format == Format::EmlNl;
        let root = if is_eml {
            eml::document(input, member.as_deref(), limits, problems)
        } else {
            nist::document(input, member.as_deref(), limits, problems)
        };
        let Some(root) = root else { return };
        self.contests = if is_eml { eml::contests(&root) } else { nist::contests(&root) };
        self.contests.truncate(CONTESTS);
    }
}

fn is_document(name: &str) -> bool {
    let lower = name.to_lowercase();
    [".xml", ".json", ".eml"].iter().any(|end| lower.ends_with(end))
}
