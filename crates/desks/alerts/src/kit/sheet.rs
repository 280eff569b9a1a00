//! What stands on the sealed sheet of a station.

use scr_alerts::acks::Step;
use scr_alerts::spoken::{Side, code};
use scr_alerts::strips::strip_code;
use scr_alerts::words::Tongue;
use scr_alerts::{StationSecret, Status};
use zeroize::Zeroizing;

/// Lines of words for what is meant: each call uses one.
pub(super) const LINES: u32 = 16;
/// Lines of words for exercises.
pub(super) const EXERCISE_LINES: u32 = 6;
/// Alerts that have codes to tear off.
pub(super) const ALERTS: u16 = 6;
/// Exercises that have codes to tear off.
pub(super) const EXERCISES: u16 = 2;

/// One line: its number, what the caller says, what the station answers.
pub(super) struct SpokenLine {
    pub(super) number: u32,
    pub(super) caller: String,
    pub(super) station: String,
}

/// Codes to tear off for one alert: its number, and a code for each step.
pub(super) struct Strips {
    pub(super) number: u16,
    pub(super) codes: [String; 4],
}

/// All that is secret on a sheet.
pub(super) struct Sheet {
    pub(super) lines: Vec<SpokenLine>,
    pub(super) exercise_lines: Vec<SpokenLine>,
    pub(super) strips: Vec<Strips>,
    pub(super) exercise_strips: Vec<Strips>,
    /// The station's secret for a device, as text.
    pub(super) secret: Zeroizing<String>,
}

/// Words of one language, looked up once for a whole run.
pub(super) struct Spoken {
    words: Vec<&'static str>,
}

impl Spoken {
    pub(super) fn of(tongue: Tongue) -> Self {
        Self { words: tongue.words() }
    }

    fn line(&self, secret: &StationSecret, status: Status, number: u32) -> SpokenLine {
        let say = |side| {
            let numbers = code(secret, status, side, number, None);
            let words: Vec<&str> =
                numbers.iter().filter_map(|one| self.words.get(usize::from(*one)).copied()).collect();
            words.join(" ")
        };
        SpokenLine { number, caller: say(Side::Caller), station: say(Side::Station) }
    }

    /// The sheet of a station.
    pub(super) fn sheet(&self, secret: &StationSecret) -> Sheet {
        let lines = |status, most| (1..=most).map(|number| self.line(secret, status, number)).collect();
        let strips = |status, most| (1..=most).map(|number| strips(secret, status, number)).collect();
        Sheet {
            lines: lines(Status::Actual, LINES),
            exercise_lines: lines(Status::Exercise, EXERCISE_LINES),
            strips: strips(Status::Actual, ALERTS),
            exercise_strips: strips(Status::Exercise, EXERCISES),
            secret: secret.to_text(),
        }
    }
}

fn strips(secret: &StationSecret, status: Status, number: u16) -> Strips {
    let steps = [Step::Delivered, Step::Read, Step::Understood, Step::Acted];
    Strips { number, codes: steps.map(|step| strip_code(secret, status, number, step)) }
}
