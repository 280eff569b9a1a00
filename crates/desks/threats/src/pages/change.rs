//! A change in words: what it is, and how things would stand after it beside how they stand now.

use super::names::Names;
use super::words::{members_text, sector_name};
use scr_stix::tlp::label;
use scr_threats::{Change, Collection, Community, Rules};
use scr_web::Visit;

/// One point of a change.
pub(super) struct Line {
    pub(super) label: String,
    pub(super) before: String,
    pub(super) after: String,
}

impl Line {
    /// Whether the point changes.
    pub(super) fn differs(&self) -> bool {
        self.before != self.after
    }
}

/// What a change is, as a title.
pub(super) fn title(visit: &Visit, names: &Names, community: &Community, change: &Change) -> String {
    let org = change.concerned().map(|org| names.say(org.as_str())).unwrap_or_default();
    match change {
        Change::Admit { .. } => visit.ta("threats-change-admit", &[("org", org.into())]),
        Change::Exclude { .. } => visit.ta("threats-change-exclude", &[("org", org.into())]),
        Change::Rules(_) => visit.t("threats-change-rules"),
        Change::Collection(collection) => {
            let is_there = community.collections.iter().any(|one| one.id == collection.id);
            let key = if is_there { "threats-change-collection" } else { "threats-change-collection-new" };
            visit.ta(key, &[("title", collection.title.as_str().into())])
        }
        Change::Custodians(_) => visit.t("threats-change-custodians"),
    }
}

/// What follows from a change, in a sentence.
pub(super) fn consequence(visit: &Visit, change: &Change) -> String {
    // i18n: threats-consequence-*
    visit.t(&format!("threats-consequence-{}", change.as_str()))
}

/// How things stand in a community, and how they would stand after a change.
pub(super) fn lines(visit: &Visit, names: &Names, community: &Community, change: &Change) -> Vec<Line> {
    match change {
        Change::Admit { org, sector } => {
            let mut lines = vec![Line {
                label: names.say(org.as_str()),
                before: visit.t("threats-no-member"),
                after: visit.ta("threats-member-as", &[("sector", sector_name(visit, *sector).into())]),
            }];
            lines.push(needed(visit, community, community.members.len() + 1));
            lines
        }
        Change::Exclude { org, reason } => {
            let sector = community.members.get(org).map(|member| sector_name(visit, member.sector));
            let before = sector.map_or_else(
                || visit.t("threats-no-member"),
                |sector| visit.ta("threats-member-as", &[("sector", sector.into())]),
            );
            vec![
                Line { label: names.say(org.as_str()), before, after: visit.t("threats-no-member") },
                needed(visit, community, community.members.len().saturating_sub(1)),
                Line { label: visit.t("threats-field-reason"), before: String::new(), after: reason.clone() },
            ]
        }
        Change::Rules(rules) => rules_lines(visit, &community.rules, rules),
        Change::Collection(collection) => {
            let now = community.collections.iter().find(|one| one.id == collection.id);
            collection_lines(visit, names, now, collection)
        }
        Change::Custodians(orgs) => vec![Line {
            label: visit.t("threats-custodians"),
            before: names.list(&community.custodians),
            after: names.list(orgs),
        }],
    }
}

fn needed(visit: &Visit, community: &Community, after: usize) -> Line {
    let say = |members: usize| {
        let args = [("needed", community.rules.needed(members).into()), ("members", members.into())];
        visit.ta("threats-needed", &args)
    };
    Line { label: visit.t("threats-needed-label"), before: say(community.members.len()), after: say(after) }
}

/// The texts of rules without the paragraphs with which both begin and end.
fn paragraphs(before: &str, after: &str) -> (String, String) {
    let split = |text: &str| -> Vec<String> {
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    let (mut before, mut after) = (split(before), split(after));
    while before.len() > 1 && after.len() > 1 && before.first() == after.first() {
        before.remove(0);
        after.remove(0);
    }
    while before.len() > 1 && after.len() > 1 && before.last() == after.last() {
        before.pop();
        after.pop();
    }
    (before.join("\n"), after.join("\n"))
}

fn rules_lines(visit: &Visit, before: &Rules, after: &Rules) -> Vec<Line> {
    let percent =
        |rules: &Rules| visit.ta("threats-more-than", &[("percent", rules.more_than_percent.into())]);
    let (text_before, text_after) = paragraphs(&before.text, &after.text);
    vec![
        Line { label: visit.t("threats-field-text"), before: text_before, after: text_after },
        Line {
            label: visit.t("threats-field-unmarked"),
            before: label(before.unmarked).to_owned(),
            after: label(after.unmarked).to_owned(),
        },
        Line { label: visit.t("threats-field-percent"), before: percent(before), after: percent(after) },
    ]
}

fn collection_lines(
    visit: &Visit,
    names: &Names,
    before: Option<&Collection>,
    after: &Collection,
) -> Vec<Line> {
    let yes = |is: bool| visit.t(if is { "threats-yes" } else { "threats-no" });
    let line = |key: &str, say: &dyn Fn(&Collection) -> String| Line {
        label: visit.t(key),
        before: before.map(say).unwrap_or_default(),
        after: say(after),
    };
    vec![
        line("threats-field-title", &|one| one.title.clone()),
        line("threats-field-description", &|one| one.description.clone()),
        line("threats-field-alias", &|one| one.alias.clone().unwrap_or_default()),
        line("threats-field-readers", &|one| members_text(visit, names, &one.readers)),
        line("threats-field-writers", &|one| members_text(visit, names, &one.writers)),
        line("threats-field-circle", &|one| names.list(&one.circle)),
        line("threats-field-public", &|one| yes(one.is_public)),
        line("threats-field-closed", &|one| yes(one.is_closed)),
    ]
}

#[cfg(test)]
mod tests {
    use super::paragraphs;

    #[test]
    fn of_a_long_text_only_what_differs_is_shown() {
        let (before, after) = paragraphs("One.\nTwo.\nThree.", "One.\n\nTwo and a half.\nThree.");
        assert_eq!((before.as_str(), after.as_str()), ("Two.", "Two and a half."));
        let (before, after) = paragraphs("One.\nTwo.", "One.\nTwo.\nThree.");
        assert_eq!((before.as_str(), after.as_str()), ("Two.", "Two.\nThree."));
        assert_eq!(paragraphs("One.", "One."), ("One.".to_owned(), "One.".to_owned()));
    }
}
