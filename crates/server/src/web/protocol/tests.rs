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
    let query: Vec<String> = fields.map(|(naam, waarde)| format!("{naam}={}", waarde.replace(' ', "%20"))).collect();
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
        let veld = veld(&nu, "weg", 'd');
        let dan = iemand.get(&adres(&nu, "/protocol/wat-als", &veld, "2, 4")).await;
        let (still, other) = summary(&dan);
        assert_eq!(still, before);
        let number = |tekst: &str| tekst.replace(',', ".").parse::<f64>().unwrap();
        assert!(number(&other) > number(&before), "{other} {before}");
        let file = iemand.get(&adres(&nu, "/protocol/wat-als/bestand", &veld, "2,4")).await;
        assert!(file.koppen.contains("protocol.toml"));
        assert!(file.html.contains("stappen = [2, 4]"));
        assert!(signals::protocol::lees(&file.html).is_ok());
    });
}

/// The field of a rule with this letter.
fn veld(blad: &Blad, regel: &str, letter: char) -> String {
    let rule = blad.html.find(&format!("<legend class=\"utrecht-form-label\">{regel}</legend>")).unwrap();
    let rest = &blad.html[rule..];
    let (_, name) = rest[..rest.find("</fieldset>").unwrap()].split_once(&format!("id=\"veld-{letter}")).unwrap();
    format!("{letter}{}", name.split('"').next().unwrap())
}

#[test]
fn a_number_out_of_bounds_is_told_with_what_is_allowed_and_an_old_version_begins_anew() {
    speel(async {
        let regio = regio().await;
        let mut iemand = Proefbrowser::als(&regio, Rol::Beleid, |_, _| true).await;
        let nu = uitkomst(&mut iemand, "/protocol/wat-als").await;
        let (drempel, venster, onder) =
            (veld(&nu, "ziek, vaak", 'd'), veld(&nu, "ziek, vaak", 'v'), veld(&nu, "ziek, vaak", 'o'));
        for (field, waarde, told) in [
            (&drempel, "0", "Kies een heel getal van 1 tot en met 400."),
            (&drempel, "9999", "Kies een heel getal van 1 tot en met 400."),
            (&drempel, "veel", "Kies een heel getal van 1 tot en met 400."),
            (&drempel, "", "Kies een heel getal van 1 tot en met 400."),
            (&venster, "61", "Kies een heel getal van 1 tot en met 60."),
            // A pair that cannot be is told at the field that does not fit.
            (&drempel, "2", "Kies hoogstens de drempel: van 1 tot en met 2."),
            (&onder, "5", "Kies hoogstens de drempel: van 1 tot en met 4."),
        ] {
            let asked = adres(&nu, "/protocol/wat-als", field, waarde);
            let blad = iemand.get(&asked).await;
            // At the field, and beside the outcome.
            assert_eq!(blad.html.matches(told).count(), 2, "{field} {waarde}");
            assert!(blad.html.contains("telt hier mee met de getallen van nu"), "{field} {waarde}");
            let file = iemand.get(&asked.replace("wat-als?", "wat-als/bestand?")).await;
            assert_eq!(file.status, 422, "{field} {waarde}");
            assert!(file.html.contains(told), "{field} {waarde}");
        }
        let blad = iemand.get(&adres(&nu, "/protocol/wat-als", "versie", "99")).await;
        assert!(blad.html.contains("Intussen geldt een andere versie."));
        assert_eq!(iemand.get("/protocol?versie=99").await.status, 404);
    });
}

#[test]
fn weeks_stand_beside_each_other_and_all_schools_on_a_page_of_their_own() {
    speel(async {
        let regio = regio().await;
        let mut iemand = Proefbrowser::als(&regio, Rol::Verzuimcoordinator, |_, _| true).await;
        let nu = uitkomst(&mut iemand, "/protocol/wat-als").await;
        assert!(nu.html.contains("class=\"is-lijn-nu\"") && nu.html.contains("class=\"is-lijn-dan\""));
        for woorden in ["Per mentor in de drukste week", "week van", "geen les"] {
            assert!(nu.tekst().contains(woorden), "{woorden}");
        }
        let asked = adres(&nu, "/protocol/wat-als/scholen", &veld(&nu, "weg", 'd'), "2,4");
        let all = iemand.get(&asked).await;
        let schools = |blad: &Blad| -> Vec<String> {
            let rows = blad.html.split("<tr><th scope=\"row\">").skip(1);
            rows.map(|row| row.split('<').next().unwrap().to_owned()).collect()
        };
        let by_change = schools(&all);
        assert!(by_change.len() > 3, "{by_change:?}");
        let by_name = schools(&iemand.get(&format!("{asked}&volgorde=naam")).await);
        assert!(by_name.is_sorted() && by_name != by_change, "{by_name:?}");
        let found = iemand.verstuur("/protocol/wat-als/scholen", &[("zoek", &by_name[0])]).await;
        assert_eq!(schools(&found), by_name[..1]);
        // What was searched for stands in no address; the draft does.
        assert!(found.html.contains("=2,4") && !found.html.contains("?zoek"));
        let none = iemand.verstuur("/protocol/wat-als/scholen", &[("zoek", "qqqq")]).await;
        assert!(none.tekst().contains("Geen school gevonden."));
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
