//! Dates and times in a named time zone.
//!
//! Month names and orders are those of CLDR 48 (long dates of `en-GB`, `fr`, `es`, `ar` with Latin
//! digits). Four fixed patterns do not justify the data of a date formatting library.

use crate::lang::Lang;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// A time zone with its IANA name, for instance `Europe/Warsaw`. Every time on a page names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    name: String,
    rules: TimeZone,
}

/// The IANA database has no zone of this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no time zone {0:?} in the IANA database")]
pub struct ZoneError(pub String);

impl Zone {
    /// The zone of this IANA name.
    pub fn named(name: &str) -> Result<Self, ZoneError> {
        let rules = TimeZone::get(name).map_err(|_| ZoneError(name.chars().take(64).collect()))?;
        Ok(Self { name: name.to_owned(), rules })
    }

    /// Coordinated universal time.
    pub fn utc() -> Self {
        Self { name: "UTC".to_owned(), rules: TimeZone::UTC }
    }

    /// Its IANA name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// When the day written `2026-11-24` begins here, in seconds since 1970; `None` where it is no day.
    pub fn begin_of(&self, day: &str) -> Option<i64> {
        let date = day.parse::<Date>().ok().filter(|_| day.len() == 10)?;
        date.to_zoned_datetime(self.rules.clone()).ok().map(|zoned| zoned.timestamp().as_second())
    }

    /// The moment that a field of date and time states here, written `2026-11-24T14:32`, in seconds since 1970; `None` where
    /// it is none. In the hour that a change of the clocks skips it is as much later; of two of that name it is the first.
    pub fn moment_of(&self, text: &str) -> Option<i64> {
        let at = text.parse::<DateTime>().ok().filter(|_| (16..=19).contains(&text.len()))?;
        at.to_zoned_datetime(self.rules.clone()).ok().map(|zoned| zoned.timestamp().as_second())
    }

    /// A moment as a field of date and time has it, `2026-11-24T14:32`.
    pub fn field_of(&self, at: i64) -> Option<String> {
        local(at, self).map(|(date, clock)| format!("{date}T{clock}"))
    }

    /// The day of a moment, written `2026-11-24`.
    pub fn day_of(&self, at: i64) -> Option<String> {
        local(at, self).map(|(date, _)| date.to_string())
    }
}

/// `2026-11-24T14:32:05Z`: for the `datetime` attribute and for machines.
pub(crate) fn machine(at: i64) -> String {
    Timestamp::from_second(at).map_or_else(|_| at.to_string(), |moment| moment.to_string())
}

/// `24 November 2026`, in the zone.
pub(crate) fn date(lang: Lang, at: i64, zone: &Zone) -> String {
    local(at, zone).map_or_else(|| at.to_string(), |(date, _)| civil(lang, date))
}

/// `14:32`, in the zone.
pub(crate) fn time(at: i64, zone: &Zone) -> String {
    local(at, zone).map_or_else(|| at.to_string(), |(_, clock)| clock)
}

/// `24 November 2026, 14:32 (Europe/Warsaw)`.
pub(crate) fn moment(lang: Lang, at: i64, zone: &Zone) -> String {
    let Some((date, clock)) = local(at, zone) else { return at.to_string() };
    let day = civil(lang, date);
    let comma = if lang == Lang::Ar { '،' } else { ',' };
    match lang {
        Lang::Fr => format!("{day} à {clock} ({})", zone.name()),
        _ => format!("{day}{comma} {clock} ({})", zone.name()),
    }
}

/// A calendar day written `2026-11-24`; gives the text back when it is not one.
pub(crate) fn day(lang: Lang, iso: &str) -> String {
    iso.parse::<Date>().map_or_else(|_| iso.to_owned(), |date| civil(lang, date))
}

fn local(at: i64, zone: &Zone) -> Option<(Date, String)> {
    let zoned = Timestamp::from_second(at).ok()?.to_zoned_datetime(zone.rules.clone());
    Some((zoned.date(), format!("{:02}:{:02}", zoned.hour(), zoned.minute())))
}

fn civil(lang: Lang, date: Date) -> String {
    let index = usize::try_from(date.month() - 1).unwrap_or(0);
    let (day, year) = (date.day(), date.year());
    match lang {
        Lang::En => format!("{day} {} {year}", ENGLISH[index]),
        Lang::Fr if day == 1 => format!("1er {} {year}", FRENCH[index]),
        Lang::Fr => format!("{day} {} {year}", FRENCH[index]),
        Lang::Es => format!("{day} de {} de {year}", SPANISH[index]),
        Lang::Ar => format!("{day} {} {year}", ARABIC[index]),
    }
}

const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const FRENCH: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const SPANISH: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];
const ARABIC: [&str; 12] = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// 2025-06-01T19:00:00Z: polls of the second round in Poland closed at 21:00 local time.
    const CLOSING: i64 = 1_748_804_400;

    #[test]
    fn a_moment_is_told_in_its_zone_and_names_it() {
        let warsaw = Zone::named("Europe/Warsaw").unwrap();
        assert_eq!(moment(Lang::En, CLOSING, &warsaw), "1 June 2025, 21:00 (Europe/Warsaw)");
        assert_eq!(moment(Lang::Fr, CLOSING, &warsaw), "1er juin 2025 à 21:00 (Europe/Warsaw)");
        assert_eq!(moment(Lang::Es, CLOSING, &warsaw), "1 de junio de 2025, 21:00 (Europe/Warsaw)");
        assert_eq!(moment(Lang::Ar, CLOSING, &warsaw), "1 يونيو 2025، 21:00 (Europe/Warsaw)");
        assert_eq!(moment(Lang::En, CLOSING, &Zone::utc()), "1 June 2025, 19:00 (UTC)");
        assert_eq!(machine(CLOSING), "2025-06-01T19:00:00Z");
    }

    #[test]
    fn the_date_is_that_of_the_zone() {
        let tokyo = Zone::named("Asia/Tokyo").unwrap();
        assert_eq!(date(Lang::En, CLOSING, &tokyo), "2 June 2025");
        assert_eq!(time(CLOSING, &tokyo), "04:00");
    }

    #[test]
    fn a_field_of_date_and_time_is_read_in_the_zone() {
        let warsaw = Zone::named("Europe/Warsaw").unwrap();
        assert_eq!(warsaw.moment_of("2025-06-01T21:00"), Some(CLOSING));
        assert_eq!(warsaw.field_of(CLOSING).as_deref(), Some("2025-06-01T21:00"));
        // The night in which clocks go forward and the one in which they go back (IANA: 2026-03-29, 2026-10-25).
        assert_eq!(warsaw.moment_of("2026-03-29T02:30"), Zone::utc().moment_of("2026-03-29T01:30"));
        assert_eq!(warsaw.moment_of("2026-10-25T02:30"), Zone::utc().moment_of("2026-10-25T00:30"));
        for wrong in ["", "2026-10-25", "2026-13-01T00:00", "tomorrow at noon", "2026-10-25T02:30:00.000001"]
        {
            assert_eq!(warsaw.moment_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_no_date_is_shown_as_it_is() {
        assert_eq!(day(Lang::Es, "2026-02-30"), "2026-02-30");
        assert_eq!(day(Lang::Es, "2026-02-28"), "28 de febrero de 2026");
        assert_eq!(date(Lang::En, i64::MAX, &Zone::utc()), i64::MAX.to_string());
        assert!(Zone::named("Mars/Olympus").is_err());
    }

    #[test]
    fn a_day_begins_when_it_begins_there() {
        let warsaw = Zone::named("Europe/Warsaw").unwrap();
        // 2026-03-29 is the day on which clocks go forward: it begins an hour before UTC, and the next one two.
        assert_eq!(Zone::utc().begin_of("2026-03-29"), Some(1_774_742_400));
        assert_eq!(warsaw.begin_of("2026-03-29"), Some(1_774_742_400 - 3_600));
        assert_eq!(warsaw.begin_of("2026-03-30"), Some(1_774_742_400 + 86_400 - 7_200));
        assert_eq!(warsaw.day_of(1_774_742_400 - 3_600).as_deref(), Some("2026-03-29"));
        assert_eq!(warsaw.day_of(1_774_742_400 - 3_601).as_deref(), Some("2026-03-28"));
        for wrong in ["", "2026-02-30", "2026-3-1", "2026-03-29T00", "soon"] {
            assert_eq!(warsaw.begin_of(wrong), None, "{wrong}");
        }
    }
}
