//! People: the list with filters, and inviting somebody.

use crate::commands;
use crate::door::act_error;
use crate::office::{Office, crumbs, form_page, kept};
use crate::person::{link_page, wanted_grant};
use askama::Template;
use scr_access::{Grant, Invite, PeopleFilter, Person};
use scr_core::Role;
use scr_engine::ActError;
use scr_i18n::Lang;
use scr_web::components::{Choice, Crumb, FilterGroup, Pager, Search};
use scr_web::{FormState, Posted, Reply, Visit, page};

/// People on one page.
const PAGE: u16 = 50;

/// A person in the list.
struct PersonRow {
    person: Person,
    roles: Vec<String>,
}

#[derive(Template)]
#[template(path = "office/people.html")]
struct ListPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    groups: Vec<FilterGroup>,
    search: Option<Search>,
    people: Vec<PersonRow>,
    total: u64,
    pager: Pager,
}

#[derive(Template)]
#[template(path = "office/invite.html")]
struct InvitePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    organisations: Vec<(String, String)>,
    roles: Vec<(String, String)>,
    languages: Vec<(String, String)>,
}

pub(crate) async fn list(office: Office, visit: Visit) -> Reply {
    office.run(visit, people_page).await
}

fn people_page(office: &Office, visit: &Visit) -> Result<Reply, ActError> {
    let query = |name| visit.query.get(name).unwrap_or_default();
    let filter = PeopleFilter { org: query("org"), role: query("role"), words: query("q") };
    let after = visit.query.get("after").and_then(|after| after.split_once('\u{1f}'));
    let access = &office.access;
    let mut people = access.people(&filter, after, PAGE + 1).map_err(act_error)?;
    let more = people.len() > usize::from(PAGE);
    people.truncate(usize::from(PAGE));
    let total = access.people_count(&filter).map_err(act_error)?.try_into().unwrap_or_default();
    let last = people.last().filter(|_| more);
    let next = last.map(|last| {
        visit.query.with("/desk/people", "after", Some(&format!("{}\u{1f}{}", last.name, last.id)))
    });
    let pager = Pager {
        shown: people.len() as u64,
        total: Some(total),
        first: after.is_some().then(|| visit.query.with("/desk/people", "after", None)),
        next,
        csv: None,
    };
    let mut rows = Vec::with_capacity(people.len());
    for person in people {
        let grants = access.grants(&person.id).map_err(act_error)?;
        let roles = grants.iter().map(|grant| grant_text(visit, grant)).collect();
        rows.push(PersonRow { person, roles });
    }
    let search = Search {
        action: "/desk/people".to_owned(),
        label: visit.t("office-people-search"),
        value: filter.words.to_owned(),
        keep: visit.query.without(&["q", "after"]),
    };
    let template = ListPage {
        visit,
        crumbs: crumbs(visit, &[("/desk", "office-start")]),
        groups: filters(office, visit)?,
        search: Some(search),
        people: rows,
        total,
        pager,
    };
    Ok(page(&template).into())
}

fn filters(office: &Office, visit: &Visit) -> Result<Vec<FilterGroup>, ActError> {
    let group = |label: &str, name: &str, choices: Vec<(String, String)>| {
        let taken = visit.query.get(name);
        let all = Choice {
            href: visit.query.with("/desk/people", name, None),
            text: visit.t("office-all"),
            count: None,
            current: taken.is_none(),
        };
        let choices = choices.into_iter().map(|(value, text)| Choice {
            href: visit.query.with("/desk/people", name, Some(&value)),
            text,
            count: None,
            current: taken == Some(value.as_str()),
        });
        FilterGroup { label: visit.t(label), choices: std::iter::once(all).chain(choices).collect() }
    };
    Ok(vec![
        group("office-organisation", "org", organisations(office)?),
        group("office-role", "role", roles(visit)),
    ])
}

/// The organisations as choices.
pub(crate) fn organisations(office: &Office) -> Result<Vec<(String, String)>, ActError> {
    let all = office.access.organisations().map_err(act_error)?;
    Ok(all.into_iter().map(|one| (one.id.to_string(), one.name)).collect())
}

/// The roles as choices.
pub(crate) fn roles(visit: &Visit) -> Vec<(String, String)> {
    Role::ALL.iter().map(|role| (role.as_str().to_owned(), visit.role_name(role))).collect()
}

/// The languages as choices, in their own names.
pub(crate) fn languages() -> Vec<(String, String)> {
    Lang::ALL.iter().map(|lang| (lang.code().to_owned(), lang.own_name().to_owned())).collect()
}

/// A role in words: what, for whom, where.
pub(crate) fn grant_text(visit: &Visit, grant: &Grant) -> String {
    let role = visit.role_name(&grant.role);
    let org = grant.org.to_string();
    match &grant.place {
        Some(place) => visit.ta(
            "office-grant-at",
            &[("role", (&role).into()), ("org", (&org).into()), ("place", place.into())],
        ),
        None => visit.ta("office-grant", &[("role", (&role).into()), ("org", (&org).into())]),
    }
}

fn invite_page(office: &Office, visit: &Visit, form: &FormState) -> Result<Reply, ActError> {
    let template = InvitePage {
        visit,
        crumbs: crumbs(visit, &[("/desk", "office-start"), ("/desk/people", "office-people")]),
        form,
        organisations: organisations(office)?,
        roles: roles(visit),
        languages: languages(),
    };
    Ok(form_page(&template, form))
}

pub(crate) async fn invite_form(office: Office, visit: Visit) -> Reply {
    office
        .run(visit, |office, visit| {
            let form = FormState::new()
                .with("org", visit.query.get("org").unwrap_or_default())
                .with("role", Role::Clerk.as_str())
                .with("language", visit.lang_code());
            invite_page(office, visit, &form)
        })
        .await
}

pub(crate) async fn invite(office: Office, posted: Posted) -> Reply {
    let mut form = posted.form;
    office
        .run(posted.visit, move |office, visit| {
            let done = invite_one(office, &form);
            match kept(visit, &mut form, done)? {
                Some((invitation, receipts)) => match &invitation.link {
                    Some(link) => link_page(office, visit, &invitation.person, link, &receipts),
                    None => Ok(office.recorded(&format!("/desk/people/{}", invitation.person), &receipts)),
                },
                None => invite_page(office, visit, &form),
            }
        })
        .await
}

fn invite_one(
    office: &Office,
    form: &FormState,
) -> Result<(scr_access::Invitation, Vec<scr_engine::Receipt>), ActError> {
    let actor = office.login()?.actor;
    let language = Lang::parse(form.value("language")).unwrap_or(Lang::En);
    let invite = Invite {
        name: form.value("name").to_owned(),
        email: form.value("email").to_owned(),
        language: language.code().to_owned(),
        grants: vec![wanted_grant(form)?],
    };
    commands::invite(&office.app.engine, &office.access, &actor, &invite)
}
