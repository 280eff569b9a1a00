//! The form of a gateway.

use super::super::acts::Wanted;
use super::super::gateway::{Gateway, Kind, MailTls, Sealed, Settings};
use scr_core::{Refusal, RefusalKind};
use scr_web::FormState;

/// A gateway's form before anything is typed.
pub(super) fn blank(kind: Kind) -> FormState {
    let form = FormState::new().with("connections", if kind == Kind::Smtp { 4 } else { 16 }).with("rate", 0);
    match kind {
        Kind::Kannel => form.with("post", "no"),
        Kind::Json => form
            .with("template", "{\"to\": \"{to}\", \"text\": \"{text}\", \"reference\": \"{reference}\"}")
            .with("header", "Authorization")
            .with("repeats", "no"),
        Kind::Smtp => form.with("tls", "starttls").with("port", 587),
        Kind::Webhook => form,
    }
}

/// The form of a gateway that is there, without its secrets.
pub(super) fn filled(gateway: &Gateway, sealed: &Sealed) -> FormState {
    let form = FormState::new()
        .with("name", &gateway.name)
        .with("rate", gateway.rate)
        .with("connections", gateway.connections)
        .with("price", price_text(gateway.price))
        .with("currency", &gateway.currency);
    let yes = |is: bool| if is { "yes" } else { "no" };
    match &sealed.settings {
        Settings::Kannel { address, user, sender, post, callback, .. } => form
            .with("address", address)
            .with("user", user)
            .with("sender", sender)
            .with("post", yes(*post))
            .with("callback", callback),
        Settings::Json { address, header, template, id_at, ok_at, ok_is, repeats, callback, .. } => form
            .with("address", address)
            .with("header", header)
            .with("template", template)
            .with("id_at", id_at)
            .with("ok_at", ok_at)
            .with("ok_is", ok_is)
            .with("repeats", yes(*repeats))
            .with("callback", callback),
        Settings::Smtp { host, port, tls, user, from, .. } => {
            let tls = match tls {
                MailTls::Starttls => "starttls",
                MailTls::Tls => "tls",
                MailTls::Nothing => "nothing",
            };
            form.with("host", host).with("port", port).with("tls", tls).with("user", user).with("from", from)
        }
        Settings::Webhook { address, .. } => form.with("address", address),
    }
}

fn price_text(thousandths: u64) -> String {
    if thousandths == 0 {
        String::new()
    } else {
        format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000)
    }
}

/// A price such as `0.025`, in thousandths.
fn price(text: &str) -> Option<u64> {
    if text.is_empty() {
        return Some(0);
    }
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 4 || part.len() > 3 || !are_digits(whole) || !are_digits(part) {
        return None;
    }
    let part: u64 = format!("{part:0<3}").parse().ok()?;
    Some(whole.parse::<u64>().ok()? * 1_000 + part)
}

fn settings(kind: Kind, form: &FormState) -> Result<Settings, Refusal> {
    let text = |name: &str| form.value(name).to_owned();
    Ok(match kind {
        Kind::Kannel => Settings::Kannel {
            address: text("address"),
            user: text("user"),
            password: text("password"),
            sender: text("sender"),
            post: form.is("post", "yes"),
            callback: text("callback"),
        },
        Kind::Json => Settings::Json {
            address: text("address"),
            header: text("header"),
            secret: text("password"),
            template: text("template"),
            id_at: text("id_at"),
            ok_at: text("ok_at"),
            ok_is: text("ok_is"),
            repeats: form.is("repeats", "yes"),
            callback: text("callback"),
        },
        Kind::Smtp => Settings::Smtp {
            host: text("host"),
            port: form.value("port").parse().map_err(|_| invalid("SCR-ALR-261", "port"))?,
            tls: match form.value("tls") {
                "tls" => MailTls::Tls,
                "nothing" => MailTls::Nothing,
                _ => MailTls::Starttls,
            },
            user: text("user"),
            password: text("password"),
            from: text("from"),
        },
        Kind::Webhook => Settings::Webhook { address: text("address"), secret: text("key") },
    })
}

fn invalid(code: &str, field: &str) -> Refusal {
    Refusal::new(RefusalKind::Invalid, code).on(field)
}

/// Reads the form.
///
/// # Errors
/// `SCR-ALR-255`, `-261`.
pub(super) fn wanted(kind: Kind, form: &FormState) -> Result<Wanted, Refusal> {
    let number = |name: &str| {
        let value = form.value(name);
        let value = if value.is_empty() { "0" } else { value };
        value.parse::<u32>().map_err(|_| invalid("SCR-ALR-255", name))
    };
    Ok(Wanted {
        name: form.value("name").to_owned(),
        settings: settings(kind, form)?,
        rate: number("rate")?,
        connections: number("connections")?,
        price: price(form.value("price")).ok_or_else(|| invalid("SCR-ALR-255", "price"))?,
        currency: form.value("currency").to_ascii_uppercase(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_read_and_written_in_thousandths() {
        for (text, wanted) in [
            ("", Some(0)),
            ("0.025", Some(25)),
            ("0,07", Some(70)),
            ("3", Some(3_000)),
            ("1.5", Some(1_500)),
            (".5", None),
            ("0.0005", None),
            ("-1", None),
            ("1e3", None),
        ] {
            assert_eq!(price(text), wanted, "{text}");
        }
        assert_eq!(price_text(25), "0.025");
    }
}
