//! What a mirror says on each of its pages: whose record this is, and how far it was checked. It stands
//! outside of what mirrors compare.

use crate::markup::Markup;
use crate::seal::undigested;
use crate::visit::Visit;

/// A mirror's notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Name of the log that is mirrored.
    pub origin: String,
    /// Entries that were checked.
    pub size: u64,
    /// When everything was checked for the last time, in seconds since 1970, UTC; `None` while the
    /// first check is under way.
    pub checked_at: Option<i64>,
    /// Alarms that are not over.
    pub alarms: u64,
    /// The page that says more.
    pub href: &'static str,
}

impl Notice {
    pub(crate) fn html(&self, visit: &Visit) -> Markup {
        let origin = (&self.origin).into();
        let words = match self.checked_at {
            Some(at) => {
                let at = visit.texts().moment(at, &visit.zone);
                let args = [("origin", origin), ("size", self.size.into()), ("at", (&at).into())];
                visit.tha("shell-mirror", &args)
            }
            None => visit.tha("shell-mirror-begins", &[("origin", origin), ("size", self.size.into())]),
        };
        let (class, alarm) = if self.alarms > 0 {
            let alarm = visit.tha("shell-mirror-alarms", &[("count", self.alarms.into())]);
            ("mirror-bar alarm", format!("<strong>{alarm}</strong> "))
        } else {
            ("mirror-bar", String::new())
        };
        let more = visit.th("shell-mirror-more");
        let href = self.href;
        undigested(&format!("<p class=\"{class}\">{alarm}{words} <a href=\"{href}\">{more}</a></p>"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::digested_body;

    #[test]
    fn the_notice_says_whose_record_it_is_and_stays_out_of_the_digest() {
        let visit = Visit::for_tests(scr_i18n::Lang::En);
        let mut notice = Notice {
            origin: "log.emb.example/2026<".to_owned(),
            size: 1_204,
            checked_at: Some(1_795_514_400),
            alarms: 0,
            href: "/watch",
        };
        let html = notice.html(&visit).as_str().to_owned();
        assert!(html.contains("log.emb.example/2026&lt;") && html.contains("1,204"), "{html}");
        assert_eq!(digested_body(&format!("a{html}b")), "ab");
        notice.alarms = 2;
        assert!(notice.html(&visit).as_str().contains("mirror-bar alarm"));
    }
}
