//! Somebody reads the protocol, tries another one out and takes the draft along.

use std::time::Duration;

use domain::fact::Rol;

use crate::logboek::proef::speel;
use crate::web::proefbrowser::{Blad, Proefbrowser, regio};

/// Asks until the absence was made ready.
async fn uitkomst(iemand: &mut Proefbrowser<'_>, adres: &str) -> Blad {
    for _ in 0..60 {
        let blad = iemand.get(adres).await;
        assert_eq!(blad.status, 200, "{adres}");
        if !blad.html.contains("wordt klaargezet") {
            return blad;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    panic!("the absence is never ready");
}

/// The address that the form of the page that was seen last asks for, with one field changed.
fn adres(blad: &Blad, naar: &str, veld: &str, waarde: &str) -> String {
    let fields = blad.formulier("/protocol/wat-als").into_iter();
    let fields = fields.map(|(naam, was)| if naam == veld { (naam, waarde.to_owned()) } else { (naam, was) });
    let query: Vec<String> = fields.map(|(naam, waarde)| format!("{naam}={waarde}")).collect();
    format!("{naar}?{}", query.join("&"))
}

#[test]
fn a_threshold_is_moved_read_and_taken_along() {
    speel(async {
        let regio = regio().await;
        let mut iemand = Proefbrowser::als(&regio, Rol::Verzuimcoordinator, |_, _| true).await;
        let blad = iemand.get("/protocol").await;
        for woorden in
            ["ziek, vaak", "Leerplichtwet 1969, art. 21 en 21a", "binnen 5 werkdagen", "staat uit", "geldt nu"]
        {
            assert!(blad.html.contains(woorden), "{woorden}");
        }
        let nu = uitkomst(&mut iemand, "/protocol/wat-als").await;
        let summary = |blad: &Blad| {
            let (_, rest) = blad.html.split_once("role=\"status\">Signalen per week: nu ").unwrap();
            let (nu, dan) = rest.split_once(".<").unwrap().0.split_once(", dan ").unwrap();
            (nu.to_owned(), dan.to_owned())
        };
        let (before, after) = summary(&nu);
        assert_eq!(before, after, "nothing was moved");
        assert!(!nu.html.contains("name=\"d0\""), "what the law says has no slider");
        let weg = nu.html.find("<legend class=\"utrecht-form-label\">weg</legend>").unwrap();
        let (_, veld) = nu.html[weg..].split_once("data-schuif=\"veld-").unwrap();
        let veld = veld.split('"').next().unwrap().to_owned();
        let dan = iemand.get(&adres(&nu, "/protocol/wat-als", &veld, "2")).await;
        let (still, other) = summary(&dan);
        assert_eq!(still, before);
        let number = |tekst: &str| tekst.replace(',', ".").parse::<f64>().unwrap();
        assert!(number(&other) > number(&before), "{other} {before}");
        let file = iemand.get(&adres(&nu, "/protocol/wat-als/bestand", &veld, "2")).await;
        assert!(file.koppen.contains("protocol.toml"));
        assert!(file.html.contains("stappen = [2, 4]"));
        assert!(signals::protocol::lees(&file.html).is_ok());
    });
}

#[test]
fn a_number_out_of_bounds_is_told_with_what_is_allowed_and_an_old_version_begins_anew() {
    speel(async {
        let regio = regio().await;
        let mut iemand = Proefbrowser::als(&regio, Rol::Beleid, |_, _| true).await;
        let nu = uitkomst(&mut iemand, "/protocol/wat-als").await;
        for waarde in ["0", "9999", "veel", ""] {
            let blad = iemand.get(&adres(&nu, "/protocol/wat-als", "d2", waarde)).await;
            assert!(blad.html.contains("Kies een heel getal van 1 tot en met 12."), "{waarde}");
        }
        let blad = iemand.get(&adres(&nu, "/protocol/wat-als", "versie", "99")).await;
        assert!(blad.html.contains("Intussen geldt een andere versie."));
        assert_eq!(iemand.get("/protocol?versie=99").await.status, 404);
    });
}

#[test]
fn everybody_at_work_reads_and_compares_and_only_some_try_out() {
    speel(async {
        let regio = regio().await;
        for (rol, status) in
            [(Rol::Jeugdarts, 403), (Rol::Privacy, 403), (Rol::Mentor, 200), (Rol::Leerplichtambtenaar, 200)]
        {
            let mut iemand = Proefbrowser::als(&regio, rol, |_, _| true).await;
            assert_eq!(iemand.get("/protocol").await.status, 200, "{rol:?}");
            assert_eq!(iemand.get("/protocol/vergelijk").await.status, 200, "{rol:?}");
            assert_eq!(iemand.get("/protocol/wat-als").await.status, status, "{rol:?}");
        }
    });
}
