//! Somebody gets another telephone: the whole road, from the invitation on.

use domain::Timestamp;
use domain::body::Medewerker;
use jiff::SignedDuration;
use register::Register;

use crate::logboek::proef::speel;
use crate::toegang::voorval::Door;
use crate::web::proefbrowser::{Blad, Proefbrowser, Regio, regio};

const WACHTWOORD: &str = "vier woorden op een rij";
const EMAIL: &str = "anders@voorbeeld.example";

/// The secret on the page, as a person types it into an app.
fn sleutel(blad: &Blad) -> String {
    let (_, rest) = blad.html.split_once("<p><strong>").unwrap();
    rest.split_once("</strong>").unwrap().0.to_owned()
}

/// The code that an app with that secret shows (RFC 4648, RFC 6238).
fn code(sleutel: &str, nu: Timestamp) -> String {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bits: String = sleutel.chars().map(|c| format!("{:05b}", letters.find(c).unwrap())).collect();
    let bytes: Vec<u8> =
        bits.as_bytes().chunks_exact(8).map(|b| u8::from_str_radix(str::from_utf8(b).unwrap(), 2).unwrap()).collect();
    let secret: [u8; 20] = bytes.try_into().unwrap();
    let app = totp_rs::Builder::new().with_secret(secret).with_digits(6).with_step_duration(30).build().unwrap();
    app.generate(u64::try_from(nu.as_second()).unwrap()).to_string()
}

/// The codes on paper on the page.
fn papier(blad: &Blad) -> Vec<String> {
    let (_, list) = blad.html.split_once("<ul class=\"utrecht-unordered-list\">").unwrap();
    let list = list.split_once("</ul>").unwrap().0;
    list.split("<li>").skip(1).map(|item| item.split_once("</li>").unwrap().0.to_owned()).collect()
}

/// Somebody with a second factor who just followed the invitation: in the browser, the secret of the app, codes on paper.
async fn uitgenodigd(regio: &Regio) -> (Proefbrowser<'_>, String, Vec<String>) {
    let nu = regio.staat.dienst.tijd().nu();
    let link = regio.staat.toegang.nodig_uit(EMAIL, false, Door::Opdracht, nu).await.unwrap();
    let mut iemand = Proefbrowser::niemand(regio);
    let secret = sleutel(&iemand.get(&link.pad()).await);
    let code = code(&secret, nu);
    let velden = [("wachtwoord", WACHTWOORD), ("herhaling", WACHTWOORD), ("code", &code)];
    let done = iemand.post(&link.pad(), &velden).await;
    assert_eq!(done.status, 200, "{}", done.tekst());
    (iemand, secret, papier(&done))
}

async fn meld<'a>(regio: &'a Regio, code: &str) -> (Proefbrowser<'a>, Blad) {
    let mut iemand = Proefbrowser::niemand(regio);
    let done = iemand.post("/inloggen", &[("email", EMAIL), ("wachtwoord", WACHTWOORD), ("code", code)]).await;
    (iemand, done)
}

#[test]
fn another_app_takes_over_with_its_first_code_and_everywhere_else_one_is_out() {
    speel(async {
        let regio = regio().await;
        let nu = regio.staat.dienst.tijd().nu();
        let later = nu.checked_add(SignedDuration::from_secs(30)).unwrap();
        let (mut hier, oud, papier_oud) = uitgenodigd(&regio).await;
        let (mut trein, in_) = meld(&regio, &papier_oud[0]).await;
        assert_eq!(in_.status, 303);
        let account = hier.get("/account").await;
        assert!(account.tekst().contains("u hebt er nog 7"), "{}", account.tekst());
        assert!(account.html.contains("href=\"/account/app\""));
        assert_eq!(hier.get("/account/app/koppelen").await.naar.as_deref(), Some("/account/app"), "nothing is begun");

        hier.get("/account/app").await;
        for (wachtwoord, code) in [("een ander wachtwoord", code(&oud, later)), (WACHTWOORD, "000000".to_owned())] {
            let back = hier.post("/account/app", &[("wachtwoord", wachtwoord), ("code", &code)]).await;
            assert!(back.status == 422 && back.tekst().contains("klopt niet"), "{}", back.tekst());
            assert!(!back.html.contains(wachtwoord), "a secret is never shown back");
        }
        assert_eq!(hier.get("/account/app/koppelen").await.status, 303, "still nothing");
        hier.get("/account/app").await;
        let begun = hier.post("/account/app", &[("wachtwoord", WACHTWOORD), ("code", &code(&oud, later))]).await;
        assert_eq!(begun.naar.as_deref(), Some("/account/app/koppelen"), "{}", begun.tekst());

        let page = hier.get("/account/app/koppelen").await;
        let nieuw = sleutel(&page);
        assert!(nieuw != oud && page.html.contains("<svg") && page.html.contains("otpauth://totp/Leerrecht:"));
        let back = hier.post("/account/app/koppelen", &[("code", &code(&oud, later))]).await;
        assert!(back.status == 422 && sleutel(&back) == nieuw, "the old app proves nothing about the new one");
        assert_eq!(trein.get("/account").await.status, 200, "until then nothing changed");

        let done = hier.post("/account/app/koppelen", &[("code", &code(&nieuw, nu))]).await;
        assert_eq!(done.status, 200, "{}", done.tekst());
        let papier_nieuw = papier(&done);
        assert_eq!(papier_nieuw.len(), 8);
        assert_eq!(trein.get("/account").await.status, 303, "elsewhere one is out");
        assert!(hier.get("/account").await.tekst().contains("u hebt er nog 8"), "here one goes on");
        for old in [code(&oud, later), papier_oud[1].clone()] {
            assert_eq!(meld(&regio, &old).await.1.status, 422);
        }
        for new in [code(&nieuw, later), papier_nieuw[0].clone()] {
            assert_eq!(meld(&regio, &new).await.1.status, 303);
        }
    });
}

#[test]
fn new_codes_on_paper_are_shown_once_and_the_old_are_worth_nothing() {
    speel(async {
        let regio = regio().await;
        let (mut hier, _, oud) = uitgenodigd(&regio).await;
        hier.get("/account/herstelcodes").await;
        let open = hier.post("/account/herstelcodes", &[("wachtwoord", WACHTWOORD), ("code", "")]).await;
        assert_eq!(open.status, 422, "an open session is not enough");
        let done = hier.post("/account/herstelcodes", &[("wachtwoord", WACHTWOORD), ("code", &oud[0])]).await;
        assert_eq!(done.status, 200, "{}", done.tekst());
        let nieuw = papier(&done);
        let page = hier.get("/account/herstelcodes").await;
        assert!(!nieuw.iter().any(|code| page.html.contains(code.as_str())), "shown this once");
        assert_eq!(meld(&regio, &oud[1]).await.1.status, 422);
        assert_eq!(meld(&regio, &nieuw[0]).await.1.status, 303);
    });
}

#[test]
fn in_a_made_up_region_there_is_no_second_factor_to_change() {
    speel(async {
        let regio = regio().await;
        let mut iemand = Proefbrowser::als(&regio, domain::fact::Rol::Verzuimcoordinator, |_, _| true).await;
        let account = iemand.get("/account").await;
        let named = regio.staat.dienst.lees(|register: &Register| {
            let mut all = register.medewerkers().filter_map(|id| register.laatste::<Medewerker>(id));
            all.any(|medewerker| account.tekst().contains(&format!("als {}.", medewerker.email.zichtbaar())))
        });
        assert!(named.await.unwrap() && !account.html.contains("/account/app"), "{}", account.tekst());
        for adres in ["/account/app", "/account/herstelcodes"] {
            assert!(iemand.get(adres).await.tekst().contains("zonder app met codes"));
            iemand.get("/account").await;
            let back = iemand.post(adres, &[("wachtwoord", WACHTWOORD), ("code", "")]).await;
            assert!(back.status == 422 && !back.html.contains("<svg"), "{}", back.tekst());
        }
    });
}
