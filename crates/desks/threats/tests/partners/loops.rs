//! Servers whose pages do not end, or end too early.

use super::site::{GREEN, Other, Site, envelope, indicator, moment};
use std::sync::atomic::{AtomicU32, Ordering};

fn page(numbers: std::ops::Range<u32>, more: &str) -> String {
    let objects: Vec<String> = numbers.map(|number| indicator(number, GREEN)).collect();
    format!("{{\"objects\":[{}]{more}}}", objects.join(","))
}

#[test]
fn the_same_cursor_twice_is_a_circle() {
    let other =
        Other::new(|_, stream| envelope(stream, Some(&moment(1)), &page(0..2, r#","more":true,"next":"x""#)));
    let site = Site::new();
    let id = site.source("taxii", &other.collection());
    assert_eq!(site.trouble(&id), "loop");
    assert_eq!(site.objects("beta").len(), 2, "what came is here");
    assert_eq!(other.asked().len(), 2, "and nobody asks for ever");
    assert_eq!(site.trouble(&id), "loop");
    assert_eq!(other.asked()[2].get("next"), None, "the next poll does not begin in the circle");
}

/// Some servers give the next page to whoever asks with a cursor again: what broke off is read from the last sure moment.
#[test]
fn a_cursor_is_used_once() {
    let count = AtomicU32::new(0);
    let other =
        Other::new(move |asked, stream| match (count.fetch_add(1, Ordering::SeqCst), asked.get("next")) {
            (1, _) => super::site::say(stream, 500, &[], ""),
            (_, None) => envelope(stream, Some(&moment(1)), &page(0..2, r#","more":true,"next":"session""#)),
            _ => envelope(stream, Some(&moment(3)), &page(2..4, "")),
        });
    let site = Site::new();
    let id = site.source("taxii", &other.collection());
    assert_eq!(site.trouble(&id), "status");
    assert_eq!(site.counts(&id), [2, 2, 0]);
    assert_eq!(other.asked()[2].get("next"), None);
}

/// What a poll leaves is taken up where it was left, where that was between two pages.
#[test]
fn a_poll_that_is_full_goes_on_with_the_next_page() {
    const ALL: u32 = 6_000;
    let other = Other::new(|asked, stream| {
        let at: u32 = asked.get("next").map_or(0, |next| next.parse().unwrap());
        let more =
            if at + 500 < ALL { format!(r#","more":true,"next":"{}""#, at + 500) } else { String::new() };
        envelope(stream, Some(&moment(at + 499)), &page(at..at + 500, &more));
    });
    let site = Site::new();
    let id = site.source("taxii", &other.collection());
    assert_eq!(site.counts(&id), [5_000, 0, 0]);
    assert_eq!(site.state(&id)["last"]["more"], true);
    assert_eq!(site.counts(&id), [1_000, 0, 0]);
    assert_eq!((site.objects("beta").len(), other.asked().len()), (6_000, 12));
}

/// So does medallion: its cursor is the name of a session.
#[test]
fn a_cursor_may_be_the_same_on_every_page() {
    let count = AtomicU32::new(0);
    let other = Other::new(move |_, stream| {
        let at = count.fetch_add(1, Ordering::SeqCst);
        let more = if at < 6 { r#","more":true,"next":"session""# } else { "" };
        envelope(stream, Some(&moment(at * 2 + 1)), &page(at * 2..at * 2 + 2, more));
    });
    let site = Site::new();
    let id = site.source("taxii", &other.collection());
    assert_eq!(site.counts(&id), [14, 0, 0]);
}

#[test]
fn pages_that_come_again_are_a_circle_however_large() {
    let other = Other::new(|asked, stream| {
        let at: u32 = asked.get("next").map_or(0, |next| next.parse().unwrap());
        let more = format!(r#","more":true,"next":"{}""#, (at + 1) % 3);
        envelope(stream, None, &page(at * 2..at * 2 + 2, &more));
    });
    let site = Site::new();
    let id = site.source("taxii", &other.collection());
    assert_eq!(site.trouble(&id), "loop");
    assert_eq!((site.objects("beta").len(), other.asked().len()), (6, 4));
}

#[test]
fn pages_without_objects_come_to_an_end() {
    let count = AtomicU32::new(0);
    let other = Other::new(move |_, stream| {
        let next = count.fetch_add(1, Ordering::SeqCst);
        envelope(stream, None, &format!(r#"{{"more":true,"next":"{next}"}}"#));
    });
    let site = Site::new();
    let id = site.source("taxii", &other.collection());
    assert_eq!(site.trouble(&id), "loop");
    assert!(other.asked().len() < 10, "{}", other.asked().len());
}

/// Such a server gives its last object again and again.
#[test]
fn an_added_after_that_includes_its_own_moment_does_no_harm() {
    let other = Other::new(|asked, stream| {
        let from = (0..5)
            .find(|number| asked.get("added_after").is_none_or(|after| after <= moment(*number).as_str()));
        let from = from.unwrap_or(5);
        envelope(stream, Some(&moment(4)), &page(from..5, ""));
    });
    let site = Site::new();
    let id = site.source("taxii", &other.collection());
    assert_eq!(site.counts(&id), [5, 0, 0]);
    assert_eq!(site.counts(&id), [0, 1, 0]);
    assert_eq!(other.asked()[1].get("added_after"), Some(moment(4).as_str()), "as the server wrote it");
}

#[test]
fn pages_by_the_moment_alone_are_followed_until_they_stand_still() {
    let other = Other::new(|asked, stream| {
        let from = (0..6)
            .find(|number| asked.get("added_after").is_none_or(|after| after < moment(*number).as_str()));
        let from = from.unwrap_or(5);
        let to = (from + 2).min(6);
        envelope(stream, Some(&moment(to - 1)), &page(from..to, r#","more":true"#));
    });
    let site = Site::new();
    let id = site.source("taxii", &other.collection());
    assert_eq!(site.trouble(&id), "stuck", "it always says that there is more");
    assert_eq!(site.objects("beta").len(), 6);
    assert_eq!(site.state(&id)["last"]["taken"], 6);
}

#[test]
fn a_server_that_says_no_moments_is_read_again_each_time() {
    let other = Other::new(|asked, stream| {
        assert_eq!(asked.get("added_after"), None);
        envelope(stream, None, &page(0..3, ""));
    });
    let site = Site::new();
    let id = site.source("taxii", &other.collection());
    assert_eq!(site.counts(&id), [3, 0, 0]);
    assert_eq!(site.counts(&id), [0, 3, 0]);
}

/// Believed, it would hide everything until then.
#[test]
fn a_moment_far_ahead_is_not_believed() {
    let other = Other::new(|asked, stream| {
        assert_eq!(asked.get("added_after"), None);
        envelope(stream, Some("2999-01-01T00:00:00.000000Z"), &page(0..3, ""));
    });
    let site = Site::new();
    let id = site.source("taxii", &other.collection());
    assert_eq!(site.counts(&id), [3, 0, 0]);
    assert_eq!(site.counts(&id), [0, 3, 0]);
}

/// The reference server's cursors end after half a minute.
#[test]
fn a_cursor_that_has_ended_leads_back_to_the_last_sure_moment() {
    let other = Other::new(|asked, stream| match asked.get("next") {
        None => envelope(stream, Some(&moment(1)), &page(0..2, r#","more":true,"next":"gone""#)),
        Some(_) => super::site::say(stream, 400, &[], "no such cursor"),
    });
    let site = Site::new();
    let id = site.source("taxii", &other.collection());
    assert_eq!(site.trouble(&id), "status", "it goes back once, and no second time");
    assert_eq!(site.objects("beta").len(), 2);
    assert!(other.asked().len() <= 4, "{}", other.asked().len());
}

#[test]
fn a_flood_comes_in_over_several_polls() {
    const ALL: u32 = 7_100;
    let other = Other::new(|_, stream| envelope(stream, Some(&moment(ALL)), &page(0..ALL, "")));
    let site = Site::new();
    let id = site.source("taxii", &other.collection());
    let first = site.poll(&id);
    assert_eq!((&first["last"]["taken"], &first["last"]["more"]), (&6_000.into(), &true.into()), "{first}");
    assert_eq!(site.counts(&id), [1_100, 6_000, 0]);
    assert_eq!(site.objects("beta").len(), 7_100);
}
