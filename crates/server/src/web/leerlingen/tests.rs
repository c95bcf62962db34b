//! The list of pupils: who is on it, finding somebody, keeping a selection, taking it along.

use std::collections::BTreeSet;

use domain::body::Persoonsgegevens;
use domain::fact::Rol;
use domain::ids::LeerlingId;
use proefregio::Plant;

use super::lijst::MAX_GEVONDEN;
use super::selectie::Selectie;
use crate::logboek::proef::speel;
use crate::web::proefbrowser::{Blad, Proefbrowser, Regio, VANDAAG, regio};
use crate::web::vastleggen::tests::{adres, bij};

/// The children on a page, in order.
fn kinderen(blad: &Blad) -> Vec<LeerlingId> {
    let links = blad.html.split("<th scope=\"row\"><a class=\"utrecht-link\" href=\"/leerling/").skip(1);
    links.map(|rest| rest.split('"').next().unwrap().parse().unwrap()).collect()
}

async fn alle(regio: &Regio) -> Vec<LeerlingId> {
    regio.staat.dienst.lees(|register| register.kinderen().collect()).await.unwrap()
}

/// The whole list of somebody, over all its pages.
async fn hele_lijst(iemand: &mut Proefbrowser<'_>, vraag: &str) -> Vec<LeerlingId> {
    let mut all = Vec::new();
    for bladzijde in 1..20 {
        let blad = iemand.get(&format!("/leerlingen?{vraag}&bladzijde={bladzijde}")).await;
        assert_eq!(blad.status, 200);
        let here = kinderen(&blad);
        if here.is_empty() || all.ends_with(&here) {
            break;
        }
        all.extend(here);
    }
    all
}

#[test]
fn list_and_dossier_agree_for_every_role_and_every_child() {
    speel(async {
        let regio = regio().await;
        let everybody = alle(&regio).await;
        for rol in [Rol::Mentor, Rol::Consulent, Rol::Leerplichtambtenaar, Rol::Jeugdarts] {
            let mut iemand = Proefbrowser::als(&regio, rol, |_, _| true).await;
            let listed: BTreeSet<LeerlingId> = hele_lijst(&mut iemand, "").await.into_iter().collect();
            for leerling in everybody.iter().step_by(if rol == Rol::Mentor { 3 } else { 7 }) {
                let opens = iemand.get(&format!("/leerling/{leerling}")).await.status == 200;
                assert_eq!(opens, listed.contains(leerling), "{rol:?} {leerling}");
            }
        }
    });
}

#[test]
fn a_pupil_is_found_by_what_one_types_and_only_among_ones_own() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let (born, number) = regio
            .staat
            .dienst
            .lees(|register| {
                let born = register.laatste::<Persoonsgegevens>(sam).unwrap().geboortedatum.unwrap();
                let enrolled = register.laatste::<domain::body::Inschrijving>(sam).unwrap();
                (born, enrolled.leerlingnummer.zichtbaar().to_owned())
            })
            .await
            .unwrap();
        let geboren = born;
        let born = format!("{}-{}-{}", born.day(), born.month(), born.year());
        let mut visser = bij(&regio, Rol::Verzuimcoordinator, sam).await;
        visser.get("/leerlingen").await;
        for tekst in ["Sam de Boer", "boer sam", "de boerr", "saam boer", &format!("boer {born}"), &number] {
            let blad = visser.post("/leerlingen/zoeken", &[("zoek", tekst)]).await;
            assert_eq!((blad.status, kinderen(&blad).first()), (200, Some(&sam)), "{tekst}");
            assert!(kinderen(&blad).len() <= MAX_GEVONDEN);
        }
        let day = domain::calendar::datum(geboren);
        for (tekst, why) in [
            ("boe sam", "<mark>Boe</mark>r, <mark>Sam</mark> de</a></th>".to_owned()),
            ("de boerr", "<mark>Boer</mark>, Sam de</a></th>".to_owned()),
            (&number[..2], format!("leerlingnummer <mark>{}</mark>{}", &number[..2], &number[2..])),
            (&format!("boer {born}"), format!("geboren <mark>{day}</mark>")),
        ] {
            let blad = visser.post("/leerlingen/zoeken", &[("zoek", tekst)]).await;
            assert!(blad.html.contains(&why), "{tekst}: {why} is not in {}", blad.html);
        }
        assert!(!visser.get("/leerlingen").await.html.contains("<mark>"), "a list that nobody searched");
        let too_short = visser.post("/leerlingen/zoeken", &[("zoek", "b")]).await;
        assert!(kinderen(&too_short).is_empty() && too_short.tekst().contains("twee letters"));
        let empty = visser.post("/leerlingen/zoeken", &[("zoek", " ")]).await;
        assert!(kinderen(&empty).len() > 1, "without words the whole list");

        // While one types only the list comes, and it is that of the page.
        for tekst in ["boe sam", " ", "b", "xqzv"] {
            let whole = visser.post("/leerlingen/zoeken", &[("zoek", tekst)]).await;
            let part = visser.typ("/leerlingen/zoeken", &[("zoek", tekst)]).await;
            assert!(part.html.starts_with("<div id=\"lijst\"") && part.html.trim_end().ends_with("</div>"), "{tekst}");
            assert_eq!(kinderen(&part), kinderen(&whole), "{tekst}");
            assert!(part.html.len() + 2_000 < whole.html.len(), "{tekst}");
        }

        // Somebody to whom Sam is nothing gets the answer that a child who does not exist gets.
        let mut elders = Proefbrowser::als(&regio, Rol::Verzuimcoordinator, |register, keuze| {
            register.laatste::<domain::body::Inschrijving>(sam).is_some_and(|i| i.school != keuze.organisatie)
        })
        .await;
        elders.get("/leerlingen").await;
        let other = elders.post("/leerlingen/zoeken", &[("zoek", &number)]).await;
        assert!(!kinderen(&other).contains(&sam));
        let (there, nobody) = (
            elders.post("/leerlingen/zoeken", &[("zoek", &format!("boer sam {born}"))]).await,
            elders.post("/leerlingen/zoeken", &[("zoek", "xqzv wkpj")]).await,
        );
        let answer = |blad: &Blad| blad.html.split_once("id=\"lijst\"").unwrap().1.to_owned();
        assert_eq!(answer(&there), answer(&nobody));
        assert!(!there.html.contains(&sam.to_string()));
    });
}

#[test]
fn sorting_and_filtering_stay_within_the_list_and_say_so() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let mut visser = bij(&regio, Rol::Verzuimcoordinator, sam).await;
        let all = hele_lijst(&mut visser, "").await;
        assert!(all.contains(&sam) && all.len() > 3);
        let clocks = hele_lijst(&mut visser, "klok=loopt").await;
        assert!(clocks.contains(&sam) && clocks.len() < all.len());
        assert!(clocks.iter().all(|leerling| all.contains(leerling)));
        let by_clock = hele_lijst(&mut visser, "sorteer=klok").await;
        assert_eq!(by_clock.iter().collect::<BTreeSet<_>>(), all.iter().collect());
        assert!(by_clock.iter().position(|l| *l == sam).unwrap() < clocks.len(), "clocks come first");
        let blad = visser.get("/leerlingen?sorteer=klok").await;
        assert!(blad.html.contains("aria-sort=\"ascending\""));
        assert!(visser.get("/leerlingen?sorteer=klok&richting=af").await.html.contains("aria-sort=\"descending\""));
        let none = visser.get("/leerlingen?school=O-0000-0000-0001").await;
        assert!(none.tekst().contains("Geen leerling past bij deze selectie."));
        let outside = hele_lijst(&mut visser, "gemeente=buiten").await;
        assert!(outside.len() < all.len() && outside.iter().all(|leerling| all.contains(leerling)));
        let choices = visser.get("/leerlingen").await.html.matches(">buiten de regio</option>").count();
        assert_eq!(choices, usize::from(!outside.is_empty()), "one choice, however many municipalities that are");
        let own_class = hele_lijst(&mut visser, "klas=klas+2b").await;
        assert!(own_class.contains(&sam) && own_class.len() < all.len());
        let blad = visser.get("/leerlingen?klas=klas+2b").await;
        let rows: Vec<&str> = blad.html.split("<tr>").skip(2).collect();
        assert!(!rows.is_empty() && rows.iter().all(|row| row.contains("<td>klas\u{a0}2b</td>")), "{rows:?}");
        let mut elsewhere = Proefbrowser::als(&regio, Rol::Consulent, |_, _| true).await;
        assert!(!elsewhere.get("/leerlingen").await.html.contains("name=\"klas\""), "of many schools no classes");
        // What cannot be read is not asked.
        let odd =
            visser.get("/leerlingen?school=%22%3E%3Cscript%3E&klas=%3Cscript%3E&klok=99&wijk=-1&sorteer=bsn").await;
        assert_eq!((odd.status, odd.html.contains("<script>")), (200, false));
    });
}

#[test]
fn a_selection_is_kept_under_a_name_for_its_owner_alone() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let mut visser = bij(&regio, Rol::Verzuimcoordinator, sam).await;
        visser.get("/leerlingen?klok=loopt").await;
        let velden = [("selectie", "klok=loopt&sorteer=klok"), ("naam", "Mijn klokken")];
        let blad = visser.post("/leerlingen/selecties", &velden).await;
        assert_eq!(blad.naar.as_deref(), Some("/leerlingen?klok=loopt&sorteer=klok&gelukt=bewaard"));
        let blad = visser.get("/leerlingen").await;
        assert!(blad.html.contains("Mijn klokken") && blad.html.contains("/leerlingen?klok=loopt&#38;sorteer=klok"));
        let mut ander = Proefbrowser::als(&regio, Rol::Consulent, |_, _| true).await;
        assert!(!ander.get("/leerlingen").await.html.contains("Mijn klokken"));
        visser.get("/leerlingen").await;
        visser.post("/leerlingen/selecties/weg", &[("naam", "Mijn klokken")]).await;
        assert!(!visser.get("/leerlingen").await.html.contains("Mijn klokken"));

        for nummer in 0..crate::toegang::selecties::MAX_SELECTIES {
            let naam = format!("Selectie {nummer}");
            let velden = [("selectie", "klok=loopt"), ("naam", naam.as_str())];
            visser.get("/leerlingen").await;
            assert_eq!(visser.post("/leerlingen/selecties", &velden).await.status, 303);
        }
        visser.get("/leerlingen").await;
        let vol = visser.post("/leerlingen/selecties", &[("selectie", ""), ("naam", "een te veel")]).await;
        assert_eq!((vol.status, vol.tekst().contains("Haal er eerst een weg")), (400, true));
    });
}

#[test]
fn what_stands_behind_an_address_is_read_and_written_alike() {
    for adres in [
        "",
        "status=thuiszittend",
        "school=O-0000-0000-0001&klok=11",
        "klas=klas+2b%26c",
        "gemeente=buiten",
        "gemeente=0361&wijk=1823&sector=vo&eigenaar=niemand&sorteer=datum&richting=af",
        // The word of old in addresses and kept selections; on screen it reads verantwoordelijke.
        "eigenaar=M-0000-0000-0001",
    ] {
        assert_eq!(Selectie::uit_adres(adres).adres(), adres);
    }
    assert_eq!(Selectie::uit_adres("naam=Sam&klok=\"><b>&sorteer=bsn").adres(), "", "words of ours only");
}

#[test]
fn a_list_is_taken_along_with_a_reason_that_every_child_in_it_can_read() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let mut visser = bij(&regio, Rol::Verzuimcoordinator, sam).await;
        let listed = hele_lijst(&mut visser, "klok=loopt").await;
        let form = visser.get("/leerlingen/uitvoer?klok=loopt").await;
        assert_eq!(form.status, 200);
        let without = visser.post("/leerlingen/uitvoer", &[("selectie", "klok=loopt"), ("reden", " ")]).await;
        assert_eq!((without.status, without.tekst().contains("waarvoor u het bestand nodig hebt")), (422, true));
        let reden = [("selectie", "klok=loopt"), ("reden", "overleg met het bestuur op maandag")];
        let file = visser.post("/leerlingen/uitvoer", &reden).await;
        assert_eq!(file.status, 200);
        assert!(file.koppen.contains("attachment") && file.koppen.contains(&format!("leerlingen-{VANDAAG}.csv")));
        let lines: Vec<&str> = file.html.split("\r\n").filter(|line| !line.is_empty()).collect();
        assert!(lines[0].starts_with("\u{feff}Naam;Klas;"), "{}", lines[0]);
        assert_eq!(lines.len(), 1 + listed.len());
        assert!(lines.iter().any(|line| line.starts_with("Boer, Sam de;klas 2b;")), "{lines:?}");
        let inzagen = regio.staat.dienst.inzagen(sam, 1).await.unwrap();
        let told = (inzagen[0].wat.as_str(), inzagen[0].reden.as_str());
        assert_eq!(told, ("uitvoer leerlingenlijst", "overleg met het bestuur op maandag"));

        // The convenant lets a mentor look, and take nothing along.
        let mut mentor = Proefbrowser::als(&regio, Rol::Mentor, |_, _| true).await;
        assert!(!mentor.get("/leerlingen").await.html.contains("/leerlingen/uitvoer"));
        assert!(mentor.get("/leerlingen/uitvoer").await.tekst().contains("mag u niets meenemen"));
        let refused = mentor.post("/leerlingen/uitvoer", &reden).await;
        assert_eq!((refused.status, refused.html.contains("Sam")), (404, false));
    });
}

#[test]
fn whoever_holds_a_case_is_called_by_one_word_on_every_screen() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let mut visser = bij(&regio, Rol::Verzuimcoordinator, sam).await;
        let dossier = format!("/leerling/{sam}");
        let form = adres(sam, "verantwoordelijke");
        for blad in ["/leerlingen", "/leerlingen?eigenaar=niemand", "/hulp/leerlingen", &dossier, &form] {
            let text = visser.get(blad).await.tekst().to_lowercase();
            assert!(text.contains("verantwoordelijke"), "{blad}: {text}");
            assert!(!text.contains("eigenaar"), "{blad}: {text}");
        }
    });
}

#[test]
fn a_list_follows_what_is_stated_at_once() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let mut visser = bij(&regio, Rol::Verzuimcoordinator, sam).await;
        let own = |blad: &Blad| {
            let row = blad.html.split("<tr>").find(|row| row.contains(&sam.to_string())).unwrap().to_owned();
            Blad { html: row, ..blad.clone() }.tekst()
        };
        let before = own(&visser.get("/leerlingen?klok=loopt").await);
        visser.get(&adres(sam, "belnotitie")).await;
        let velden = [("bereikt", "ja"), ("met", "ouders"), ("stap", "Op bezoek"), ("uiterlijk", "2026-03-27")];
        assert_eq!(visser.post(&adres(sam, "belnotitie"), &velden).await.status, 303);
        let after = own(&visser.get("/leerlingen?klok=loopt").await);
        assert_ne!(before, after);
        assert!(after.contains(" u "), "aan zet: {after}");
    });
}
