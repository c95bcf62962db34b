//! The morning, as somebody at work meets it.

use domain::body::{Contact, Met, VolgendeStap};
use domain::fact::Rol;
use domain::ids::LeerlingId;
use proefregio::Plant;

use super::ochtendlijst::MAX_LIJNEN;
use crate::logboek::proef::speel;
use crate::web::kader::BIJ_KINDEREN;
use crate::web::proefbrowser::{Blad, Proefbrowser, Regio, regio};
use crate::web::vastleggen::tests::{aantal, adres, bij, staat};

/// The addresses of the dossiers on a page, in order.
fn dossiers(blad: &Blad) -> Vec<String> {
    let links = blad.html.split("<h3><a class=\"utrecht-link\" href=\"").skip(1);
    let to = |rest: &str| rest.split('"').next().unwrap_or_default().to_owned();
    links.map(to).filter(|adres| adres.starts_with("/leerling/")).collect()
}

/// How often the read log says that a list showed this child.
async fn keren_getoond(regio: &Regio, leerling: LeerlingId, lijst: &str) -> usize {
    let inzagen = regio.staat.dienst.inzagen(leerling, 1_000).await.unwrap();
    inzagen.iter().filter(|inzage| inzage.wat == lijst).count()
}

#[test]
fn the_morning_of_whoever_works_with_children_is_at_most_twelve_lines_of_their_own_children() {
    speel(async {
        let regio = regio().await;
        let mut filled = 0;
        for rol in BIJ_KINDEREN {
            let held = regio.staat.dienst.lees(|register| heeft_iemand(register, *rol)).await.unwrap();
            if !held {
                continue;
            }
            let mut iemand = Proefbrowser::als(&regio, *rol, |_, _| true).await;
            let blad = iemand.get("/ochtendlijst").await;
            assert_eq!(blad.status, 200, "{rol:?}");
            let shown = dossiers(&blad);
            assert!(shown.len() <= MAX_LIJNEN, "{rol:?}: {}", shown.len());
            filled += shown.len();
            for dossier in &shown {
                assert_eq!(iemand.get(dossier).await.status, 200, "{rol:?} {dossier}");
            }
            let empty = shown.is_empty() && !blad.html.contains("te-laat-komen");
            assert_eq!(blad.tekst().contains("Er ligt vanochtend niets voor u."), empty, "{rol:?}");
        }
        assert!(filled >= 5, "even a small region has work: {filled}");
    });
}

#[test]
fn no_line_tells_a_rule_that_fired_again_twice() {
    speel(async {
        let regio = regio().await;
        let mut told = 0;
        for rol in [Rol::Mentor, Rol::Verzuimcoordinator, Rol::IbEr] {
            let mut iemand = Proefbrowser::als(&regio, rol, |_, _| true).await;
            for lijst in ["/ochtendlijst", "/werklijst"] {
                let blad = iemand.get(lijst).await;
                for line in blad.html.split("<ul class=\"lr-redenen\">").skip(1) {
                    let redenen = line.split("</ul>").next().unwrap().split("Nieuw signaal: ").skip(1);
                    let mut rules: Vec<&str> = redenen.filter_map(|reden| reden.split(" (").next()).collect();
                    told += rules.len();
                    let all = rules.len();
                    rules.sort_unstable();
                    rules.dedup();
                    assert_eq!(rules.len(), all, "{rol:?} {lijst}: {line}");
                }
            }
        }
        assert!(told > 0);
    });
}

fn heeft_iemand(register: &register::Register, rol: Rol) -> bool {
    register.medewerkers().any(|medewerker| {
        let held = register.alleen_over(medewerker);
        held.on::<domain::body::RolToekenning>(crate::web::proefbrowser::VANDAAG).any(|(_, held)| held.rol == rol)
    })
}

#[test]
fn sam_is_on_the_list_of_his_school_with_why_whom_to_call_and_what_to_do() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let mut visser = bij(&regio, Rol::Verzuimcoordinator, sam).await;
        let blad = visser.get("/ochtendlijst").await;
        let own = format!("/leerling/{sam}");
        assert!(dossiers(&blad).contains(&own), "{}", blad.tekst());
        let line = blad.html.split("<li class=").find(|line| line.contains(&own)).unwrap();
        let line = Blad { html: line.to_owned(), ..blad.clone() }.tekst();
        for part in
            ["Sam de Boer", "klas 2b", "thuiszittende leerling (vermoedelijk) sinds 9 februari", "Bellen:", "06-555"]
        {
            assert!(line.contains(part), "{part} in {line}");
        }
        let steps = blad.html.matches("utrecht-button-link--secondary-action").count();
        assert_eq!(steps, dossiers(&blad).len(), "one step a line");

        // His mentor sees him too, though others are aan zet.
        let mut mentor = Proefbrowser::als(&regio, Rol::Mentor, |register, keuze| {
            let made = register.samenvatting_op(sam, crate::web::proefbrowser::VANDAAG).unwrap();
            let by = domain::fact::Actor::Medewerker {
                id: keuze.medewerker,
                organisatie: keuze.organisatie,
                rol: Rol::Mentor,
            };
            register.convenant(crate::web::proefbrowser::VANDAAG).ziet(&by, &made.kring)
        })
        .await;
        let blad = mentor.get("/ochtendlijst").await;
        assert!(dossiers(&blad).contains(&own), "{}", blad.tekst());

        // The child of another school is on nobody else's list.
        let mut elders = Proefbrowser::als(&regio, Rol::Verzuimcoordinator, |register, keuze| {
            register.laatste::<domain::body::Inschrijving>(sam).is_some_and(|i| i.school != keuze.organisatie)
        })
        .await;
        for lijst in ["/ochtendlijst", "/werklijst"] {
            assert!(!elders.get(lijst).await.html.contains(&sam.to_string()));
        }
    });
}

#[test]
fn a_call_is_noted_from_the_list_in_one_go_and_an_attempt_is_no_contact() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let mut visser = bij(&regio, Rol::Verzuimcoordinator, sam).await;
        let before = visser.get("/ochtendlijst").await;
        let regel = |blad: &Blad| {
            let from = blad.html.split("<h3>").find(|part| part.contains(&format!("/leerling/{sam}\""))).unwrap();
            Blad { html: from.split("</li>\n<li").next().unwrap().to_owned(), ..blad.clone() }.tekst()
        };
        let knop = |blad: &Blad| {
            let from = blad.html.split("<h3>").find(|part| part.contains(&format!("/leerling/{sam}\""))).unwrap();
            from.split("lr-niet-af\" href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
        };
        assert!(!regel(&before).contains("geen gehoor"));
        let form = adres(sam, "belnotitie");
        let geen_gehoor = [("bereikt", "nee"), ("met", "ouders"), ("terug", "/ochtendlijst")];
        let blad = visser.post(&form, &geen_gehoor).await;
        assert_eq!((blad.status, blad.naar.as_deref()), (303, Some("/ochtendlijst?gelukt=vastgelegd")));
        let (_, contact) = staat::<Contact>(&regio, sam).await.pop().unwrap();
        assert!(!contact.bereikt && contact.met == Met::Ouders);
        let after = visser.get("/ochtendlijst").await;
        assert!(regel(&after).contains("Gebeld, geen gehoor, vandaag 9."), "{}", regel(&after));
        assert_eq!(knop(&after), knop(&before), "the next step stays");

        visser.get("/werklijst").await;
        visser.get(&format!("{form}?terug=/werklijst")).await;
        let before = aantal(&regio, sam).await;
        let met_stap = [
            ("bereikt", "ja"),
            ("met", "ouders_en_leerling"),
            ("notitie", "Sam wil het maandag proberen."),
            ("stap", "Maandag aan de deur"),
            ("uiterlijk", "2026-03-23"),
            ("terug", "/werklijst"),
        ];
        let blad = visser.post(&form, &met_stap).await;
        assert_eq!(blad.naar.as_deref(), Some("/werklijst?gelukt=vastgelegd"), "{}", blad.tekst());
        assert_eq!(aantal(&regio, sam).await, before + 2, "both in one decision");
        let (_, stap) = staat::<VolgendeStap>(&regio, sam).await.pop().unwrap();
        assert_eq!(
            (stap.stap.zichtbaar(), stap.uiterlijk),
            ("Maandag aan de deur", domain::Date::constant(2026, 3, 23))
        );
        assert!(stap.medewerker.is_some(), "for whoever called");
    });
}

#[test]
fn a_note_with_half_a_step_is_shown_again_with_what_was_typed_and_writes_nothing() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let mut visser = bij(&regio, Rol::Verzuimcoordinator, sam).await;
        let form = adres(sam, "belnotitie");
        let untouched = visser.get(&form).await.formulier(&form);
        assert!(untouched.iter().all(|(naam, _)| naam != "bereikt"), "nobody was called until somebody says so");
        let before = aantal(&regio, sam).await;
        for (velden, fout) in [
            (vec![("bereikt", "ja"), ("met", "ouders"), ("stap", "Bellen")], "Kies uiterlijk wanneer"),
            (
                vec![("bereikt", "ja"), ("met", "ouders"), ("uiterlijk", "2026-03-24")],
                "Schrijf op wat de volgende stap",
            ),
            (vec![("met", "ouders"), ("notitie", "Ik bel terug")], "Maak een keuze."),
            (vec![("bereikt", "ja"), ("met", "ouders"), ("stap", "Bellen"), ("uiterlijk", "2020-01-01")], "vastgelegd"),
        ] {
            let blad = visser.post(&form, &velden).await;
            assert_eq!(blad.status, 422, "{velden:?}");
            assert!(blad.tekst().contains(fout), "{fout}: {}", blad.tekst());
            if let Some((_, typed)) = velden.iter().find(|(naam, _)| ["stap", "notitie"].contains(naam)) {
                assert!(blad.html.contains(typed), "{typed} is kept");
            }
        }
        assert_eq!(aantal(&regio, sam).await, before);
    });
}

#[test]
fn a_list_that_is_loaded_again_is_not_logged_again_within_the_quarter() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let mut visser = bij(&regio, Rol::Verzuimcoordinator, sam).await;
        visser.get("/ochtendlijst").await;
        assert_eq!(keren_getoond(&regio, sam, "ochtendlijst").await, 1);
        visser.get("/ochtendlijst").await;
        assert_eq!(keren_getoond(&regio, sam, "ochtendlijst").await, 1);
        visser.get("/werklijst").await;
        assert_eq!(keren_getoond(&regio, sam, "werklijst").await, 1, "another list is another look");
        let inzage = regio.staat.dienst.inzagen(sam, 1).await.unwrap().pop().unwrap();
        assert!(inzage.reden.contains("Leerplichtwet") || inzage.reden.contains("WVO"), "{}", inzage.reden);
    });
}

#[test]
fn an_empty_list_says_what_that_means_and_where_work_is() {
    speel(async {
        let regio = regio().await;
        for (rol, signalen) in [(Rol::Mentor, true), (Rol::Jeugdverpleegkundige, false)] {
            let mut tried = std::collections::BTreeSet::new();
            let mut found = None;
            for _ in 0..12 {
                let keuze = std::cell::Cell::new(None);
                let iemand = Proefbrowser::als(&regio, rol, |_, other| {
                    let new = !tried.contains(&other);
                    keuze.set(Some(other));
                    new
                });
                let blad = iemand.await.get("/ochtendlijst").await;
                tried.insert(keuze.get().unwrap());
                if blad.tekst().contains("Er ligt vanochtend niets voor u.") && blad.tekst().contains(" in beeld. ") {
                    found = Some(blad);
                    break;
                }
            }
            let blad = found.unwrap_or_else(|| panic!("{rol:?}: nobody has an empty list"));
            let text = blad.tekst();
            assert!(
                text.contains("verzuim aan tot en met") || text.contains("nog geen verzuim aan"),
                "{rol:?}: {text}"
            );
            assert!(blad.html.contains("href=\"/werklijst\"") && blad.html.contains("href=\"/leerlingen\""));
            assert_eq!(blad.html.contains("<a class=\"utrecht-link\" href=\"/signalen\">"), signalen, "{rol:?}");
        }
    });
}
