//! What stands above each public page when it is not the page of a log that goes on: whose record a mirror
//! shows and how far it was checked, that a log has ended, that nothing is recorded at present. It stands outside
//! of what mirrors compare.

use crate::markup::Markup;
use crate::seal::undigested;
use crate::visit::Visit;
use scr_ledger::StopReason;

/// What readers are told on each page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Notice {
    /// This is a mirror, perhaps of a log that has ended: then the name of the one that goes on.
    Mirror(MirrorNotice, Option<String>),
    /// The log has ended.
    Ended {
        /// Name of the log that goes on.
        successor: String,
    },
    /// The log accepts and signs nothing.
    Stopped,
}

/// What a mirror says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MirrorNotice {
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
    /// Why a log of one's own stands still.
    pub(crate) fn of(reason: &StopReason) -> Self {
        match reason {
            StopReason::Retired { successor } => Self::Ended { successor: successor.clone() },
            _ => Self::Stopped,
        }
    }

    pub(crate) fn html(&self, visit: &Visit) -> Markup {
        match self {
            Self::Mirror(mirror, successor) => mirror.html(visit, successor.as_deref()),
            Self::Ended { successor } => {
                bar("", &ended(visit, successor), "/log/retired", &visit.th("shell-ended-more"))
            }
            Self::Stopped => {
                bar(" alarm", &visit.th("shell-stopped"), "/verify", &visit.th("shell-foot-verify"))
            }
        }
    }
}

impl MirrorNotice {
    fn html(&self, visit: &Visit, successor: Option<&str>) -> Markup {
        let origin = (&self.origin).into();
        let words = match self.checked_at {
            Some(at) => {
                let at = visit.texts().moment(at, &visit.zone);
                let args = [("origin", origin), ("size", self.size.into()), ("at", (&at).into())];
                visit.tha("shell-mirror", &args)
            }
            None => visit.tha("shell-mirror-begins", &[("origin", origin), ("size", self.size.into())]),
        };
        let mut words = words.to_string();
        if let Some(successor) = successor {
            words = format!("<strong>{}</strong> {words}", ended(visit, successor));
        }
        if self.alarms > 0 {
            let alarm = visit.tha("shell-mirror-alarms", &[("count", self.alarms.into())]);
            words = format!("<strong>{alarm}</strong> {words}");
        }
        let class = if self.alarms > 0 { " alarm" } else { "" };
        bar(class, &words, self.href, &visit.th("shell-mirror-more"))
    }
}

fn ended(visit: &Visit, successor: &str) -> String {
    visit.tha("shell-ended", &[("successor", successor.into())]).to_string()
}

fn bar(class: &str, words: &impl std::fmt::Display, href: &str, more: &impl std::fmt::Display) -> Markup {
    undigested(&format!("<p class=\"notice-bar{class}\">{words} <a href=\"{href}\">{more}</a></p>"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::digested_body;

    #[test]
    fn the_notice_says_whose_record_it_is_and_stays_out_of_the_digest() {
        let visit = Visit::for_tests(scr_i18n::Lang::En);
        let mut notice = MirrorNotice {
            origin: "log.emb.example/2026<".to_owned(),
            size: 1_204,
            checked_at: Some(1_795_514_400),
            alarms: 0,
            href: "/watch",
        };
        let html = notice.html(&visit, None).as_str().to_owned();
        assert!(html.contains("log.emb.example/2026&lt;") && html.contains("1,204"), "{html}");
        assert_eq!(digested_body(&format!("a{html}b")), "ab");
        notice.alarms = 2;
        assert!(notice.html(&visit, None).as_str().contains("notice-bar alarm"));
        let ended = Notice::Mirror(notice, Some("log.emb.example/2027".to_owned()));
        let html = ended.html(&visit).as_str().to_owned();
        assert!(html.contains("log.emb.example/2027") && html.contains("\"/watch\""), "{html}");
    }

    #[test]
    fn readers_are_told_that_a_log_has_ended_or_stands_still() {
        let visit = Visit::for_tests(scr_i18n::Lang::En);
        let ended = Notice::of(&StopReason::Retired { successor: "log.emb.example/2027".to_owned() });
        let html = ended.html(&visit).as_str().to_owned();
        assert!(html.contains("log.emb.example/2027") && html.contains("\"/log/retired\""), "{html}");
        let stopped = Notice::of(&StopReason::StoreFailed("the disk is full".to_owned()));
        let html = stopped.html(&visit).as_str().to_owned();
        assert!(html.contains("notice-bar alarm") && !html.contains("disk"), "{html}");
        assert_eq!(digested_body(&format!("a{html}b")), "ab");
    }
}
