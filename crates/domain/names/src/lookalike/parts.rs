//! A name taken apart: labels and the parts of labels between hyphens, in one run of letters.

use super::reading;
use crate::Name;

/// A part of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Of which label, from the left.
    pub(super) label: usize,
}

/// What stands before the public suffix: what it reads as, without dots and hyphens, and where those were.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts {
    pub(super) text: Vec<char>,
    pub(super) parts: Vec<Part>,
    /// Places in the text that are not written as they read.
    pub(super) foreign: Vec<usize>,
}

impl Parts {
    /// Takes another name apart.
    pub(super) fn set(&mut self, name: &Name) {
        self.text.clear();
        self.parts.clear();
        self.foreign.clear();
        for label in 0..name.core() {
            self.add(name.label(label), label);
        }
    }

    fn add(&mut self, label: &str, number: usize) {
        for part in label.split(reading::is_joint) {
            let start = self.text.len();
            self.read(part);
            if self.text.len() > start {
                self.parts.push(Part { start, end: self.text.len(), label: number });
            }
        }
    }

    fn read(&mut self, part: &str) {
        if part.is_ascii() {
            return reading::read(part, &mut self.text);
        }
        let among_latin = part.bytes().any(|byte| byte.is_ascii_lowercase());
        for c in part.chars() {
            let start = self.text.len();
            reading::read_one(c, among_latin, &mut self.text);
            if self.text.get(start..) != Some(&[c]) {
                self.foreign.extend(start..self.text.len());
            }
        }
    }

    /// Whether characters `start..end` are written in others than they read as.
    pub(super) fn is_foreign(&self, start: usize, end: usize) -> bool {
        self.foreign.iter().any(|at| (start..end).contains(at))
    }

    /// Whether a label begins with this part.
    pub(super) fn begins_label(&self, part: usize) -> bool {
        let before = part.checked_sub(1).and_then(|before| self.parts.get(before));
        self.parts.get(part).is_some_and(|own| before.is_none_or(|before| before.label != own.label))
    }

    /// Whether a label ends with this part.
    pub(super) fn ends_label(&self, part: usize) -> bool {
        let after = self.parts.get(part + 1);
        self.parts.get(part).is_some_and(|own| after.is_none_or(|after| after.label != own.label))
    }

    /// The first parts of the last labels, from the registrable one to the left.
    pub(super) fn tails(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.parts.len()).rev().filter(|part| self.begins_label(*part))
    }
}
