//! Alerts from a seed: every element of CAP, texts with everything that has to be escaped, in sizes that stay readable.

pub(crate) mod dice;

use dice::Dice;
use scr_cap::{
    Alert, Area, Category, Certainty, Circle, Fixed, Info, MsgType, Named, Point, Polygon, Reference,
    Resource, ResponseType, Scope, Severity, Status, Time, Urgency,
};

trait Draws {
    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T>;
    fn some<T>(&mut self, least: usize, make: impl Fn(&mut Self) -> T) -> Vec<T>;
}

impl Draws for Dice {
    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.below(2) == 0).then(|| make(self))
    }

    fn some<T>(&mut self, least: usize, make: impl Fn(&mut Self) -> T) -> Vec<T> {
        let count = least + self.below(3);
        (0..count).map(|_| make(self)).collect()
    }
}

const WORDS: [&str; 14] = [
    "vote",
    "Wahl",
    "تمرين",
    "𐍈",
    "a<b",
    "c>d",
    "e&f",
    "\"g\"",
    "'h'",
    "]]>",
    "line\nbreak",
    "tab\tstop",
    "\r",
    "é",
];

pub(crate) fn text(dice: &mut Dice) -> String {
    let words = dice.some(1, |dice| dice.one(&WORDS));
    words.join(" ").replacen('\r', "x\ry", 1)
}

fn plain(dice: &mut Dice) -> String {
    format!("{}-{}", dice.one(&["emb", "büro", "a>b", "x;y"]), dice.below(1_000))
}

fn time(dice: &mut Dice) -> Time {
    let zone = dice.one(&["-00:00", "+02:00", "-05:30", "+14:00", "-14:00"]);
    let (day, hour, minute) = (1 + dice.below(28), dice.below(24), dice.below(60));
    Time::parse(&format!("2026-11-{day:02}T{hour:02}:{minute:02}:07{zone}")).unwrap()
}

fn point(dice: &mut Dice) -> Point {
    let mut number = |most: i64| {
        let span = usize::try_from(2 * most * 1_000_000_000).unwrap();
        Fixed::from_nanos(
            i64::try_from(dice.below(1 << 31) * dice.below(1 << 31) % span).unwrap() - most * 1_000_000_000,
        )
    };
    Point { latitude: number(90), longitude: number(180) }
}

fn triangle(dice: &mut Dice) -> Polygon {
    let first = point(dice);
    Polygon(vec![first, point(dice), point(dice), first])
}

fn named(dice: &mut Dice) -> Named {
    Named { name: text(dice), value: text(dice) }
}

fn item(dice: &mut Dice) -> String {
    dice.one(&["clerk@example.org", "two words", "ü", "a<b"]).to_owned()
}

fn resource(dice: &mut Dice) -> Resource {
    Resource {
        description: text(dice),
        mime_type: dice.one(&["image/png", "text/plain"]).to_owned(),
        size: dice.maybe(|dice| u64::try_from(dice.below(1 << 30)).unwrap()),
        uri: dice.maybe(|dice| format!("https://example.org/{}?a=%20&b=1#c", dice.below(9))),
        deref_uri: dice.maybe(|_| "QUJD".to_owned()),
        digest: dice.maybe(|_| "a9993e364706816aba3e25717850c26c9cd0d89d".to_owned()),
    }
}

fn area(dice: &mut Dice) -> Area {
    Area {
        description: text(dice),
        polygons: dice.some(0, triangle),
        circles: dice.some(0, |dice| Circle { center: point(dice), radius: Fixed::whole(3) }),
        geocodes: dice.some(0, named),
        altitude: dice.maybe(|_| Fixed::parse("100.25").unwrap()),
        ceiling: dice.maybe(|_| Fixed::parse("2000").unwrap()),
    }
}

fn info(dice: &mut Dice) -> Info {
    Info {
        language: dice.maybe(|dice| dice.one(&["en", "fr-CA", "ar", "zh-Hant-TW"]).to_owned()),
        categories: dice.some(1, |dice| dice.one(Category::ALL)),
        event: text(dice),
        response_types: dice.some(0, |dice| dice.one(ResponseType::ALL)),
        urgency: dice.one(Urgency::ALL),
        severity: dice.one(Severity::ALL),
        certainty: dice.one(Certainty::ALL),
        audience: dice.maybe(text),
        event_codes: dice.some(0, named),
        effective: dice.maybe(time),
        onset: dice.maybe(time),
        expires: dice.maybe(time),
        sender_name: dice.maybe(text),
        headline: dice.maybe(text),
        description: dice.maybe(text),
        instruction: dice.maybe(text),
        web: dice.maybe(|_| "https://example.org/ü?x=[".replace('[', "%5B")),
        contact: dice.maybe(text),
        parameters: dice.some(0, named),
        resources: dice.some(0, resource),
        areas: dice.some(0, area),
    }
}

/// An alert that can be written.
pub(crate) fn alert(seed: u64) -> Alert {
    let dice = &mut Dice::new(seed);
    Alert {
        identifier: plain(dice),
        sender: plain(dice),
        sent: time(dice),
        status: dice.one(Status::ALL),
        msg_type: dice.one(MsgType::ALL),
        source: dice.maybe(text),
        scope: dice.one(Scope::ALL),
        restriction: dice.maybe(text),
        addresses: dice.some(0, item),
        codes: dice.some(0, text),
        note: dice.maybe(text),
        references: dice.some(0, |dice| Reference {
            sender: plain(dice),
            identifier: plain(dice),
            sent: time(dice),
        }),
        incidents: dice.some(0, item),
        infos: dice.some(0, info),
    }
}
