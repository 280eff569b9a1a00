//! Kannel's `sendsms` (Kannel User's Guide 1.5, chapter 6, "SMS-related PPG and HTTP interfaces").

use super::http::{Agent, status};
use super::{Outcome, Ready, Reason, address};
use crate::send::gateway::Settings;
use crate::send::gsm;
use scr_web::in_address;
use ureq::http::{HeaderValue, Request, header};

/// Reports that we want: delivered (1), not delivered (2), taken on by the network (8), refused by it (16).
const REPORTS: &str = "27";

pub(super) fn hand(agent: &Agent, settings: &Settings, message: &Ready<'_>) -> Outcome {
    let Some(request) = request(settings, message) else { return Outcome::Refused(Reason::Address) };
    let answer = match agent.send(request) {
        Ok(answer) => answer,
        Err(outcome) => return outcome,
    };
    if !answer.status.is_success() {
        return status(answer.status);
    }
    // 0: accepted for delivery; 3: queued for later delivery; "Sent." where it answers at once. All else is said with the same status by some versions.
    let word = answer.body.trim_start();
    if ["0:", "3:", "Sent."].iter().any(|begin| word.starts_with(begin)) {
        Outcome::Handed(None)
    } else {
        Outcome::Later(Reason::Answer)
    }
}

fn request(settings: &Settings, message: &Ready<'_>) -> Option<Request<String>> {
    let Settings::Kannel { address, user, password, sender, post, .. } = settings else { return None };
    let coding = gsm::parts(message.text).0.kannel();
    if *post {
        return post_request(settings, message, coding);
    }
    let mut url = String::with_capacity(600);
    url.push_str(address);
    let mut separator = if address.contains('?') { '&' } else { '?' };
    let all = [
        ("username", user.as_str()),
        ("password", password),
        ("from", sender),
        ("to", message.to),
        ("charset", "UTF-8"),
        ("coding", coding),
        ("dlr-mask", if message.report_to.is_empty() { "" } else { REPORTS }),
        ("dlr-url", message.report_to),
        ("text", message.text),
    ];
    for (name, value) in all.into_iter().filter(|(_, value)| !value.is_empty()) {
        url.push(separator);
        url.push_str(name);
        url.push('=');
        url.push_str(&in_address(value));
        separator = '&';
    }
    Request::get(url).body(String::new()).ok()
}

fn post_request(settings: &Settings, message: &Ready<'_>, coding: &str) -> Option<Request<String>> {
    let Settings::Kannel { address, user, password, sender, .. } = settings else { return None };
    let mut request =
        Request::post(address::read(address)?).header(header::CONTENT_TYPE, "text/plain; charset=UTF-8");
    let all = [
        ("X-Kannel-Username", user.as_str()),
        ("X-Kannel-Password", password),
        ("X-Kannel-From", sender),
        ("X-Kannel-To", message.to),
        ("X-Kannel-Coding", coding),
        ("X-Kannel-DLR-Mask", if message.report_to.is_empty() { "" } else { REPORTS }),
        ("X-Kannel-DLR-Url", message.report_to),
    ];
    for (name, value) in all.into_iter().filter(|(_, value)| !value.is_empty()) {
        let mut value = HeaderValue::from_str(value).ok()?;
        value.set_sensitive(true);
        request = request.header(name, value);
    }
    request.body(message.text.to_owned()).ok()
}
