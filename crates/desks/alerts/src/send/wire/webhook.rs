//! A signed POST to somebody else's program. Form: docs/reference/alert-gateways.md.

use super::http::{Agent, status};
use super::{Outcome, Ready, Reason, address};
use crate::send::gateway::{Settings, hex};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use ureq::http::{Request, header};

/// The header `scrutineer-signature`: `t=SECONDS,v1=HEX`, where HEX is HMAC-SHA256 under the shared key over the seconds, a
/// full stop, and the body.
fn signature(key: &str, at: i64, body: &str) -> String {
    // HMAC takes keys of any length: the branch without a key does not exist.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else { return String::new() };
    mac.update(at.to_string().as_bytes());
    mac.update(b".");
    mac.update(body.as_bytes());
    format!("t={at},v1={}", hex(&mac.finalize().into_bytes()))
}

pub(super) fn hand(agent: &Agent, settings: &Settings, message: &Ready<'_>) -> Outcome {
    let Settings::Webhook { secret, .. } = settings else { return Outcome::Down(Reason::Sealed) };
    let request = address::read(message.to).and_then(|uri| {
        Request::post(uri)
            .header(header::CONTENT_TYPE, "application/json")
            .header("idempotency-key", message.reference)
            .header("scrutineer-signature", signature(secret, message.now, message.text))
            .body(message.text.to_owned())
            .ok()
    });
    let Some(request) = request else { return Outcome::Refused(Reason::Address) };
    match agent.send(request) {
        Ok(answer) if answer.status.is_success() => Outcome::Handed(None),
        Ok(answer) => again(status(answer.status)),
        Err(outcome) => again(outcome),
    }
}

/// Each program is another server: none of them says anything about the others. One that is being mended answers all sorts of
/// things, so it is asked again until the alert ends.
fn again(outcome: Outcome) -> Outcome {
    match outcome {
        Outcome::Refused(reason) | Outcome::Down(reason) => Outcome::Later(reason),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed with Python 3.11: `hmac.new(b"key", b"1700000000.{\"a\":1}", "sha256").hexdigest()`.
    #[test]
    fn signatures_are_what_others_compute() {
        assert_eq!(
            signature("key", 1_700_000_000, "{\"a\":1}"),
            "t=1700000000,v1=a438e398bfafc57e4396bb7fc2304422f0f768e965d073ca313cb52e22e6ad03"
        );
    }
}
