//! The melding: the parents' words first, two messages in one go, then its number.

use super::*;
use crate::logboek::proef::speel;
use crate::web::proefbrowser::regio;
use domain::body::{Geinformeerd, Melding, MeldingSoort, MeldingStand, MeldingStatus, Ondersteuningsvraag, Onderwerp};

/// Everybody at home whom the form asks about, with the same answer.
fn thuis(shown: &Blad, door: &str, antwoord: &str) -> Vec<(String, String)> {
    shown.keuzes(door, "thuis").into_iter().map(|wie| (format!("verteld-{wie}"), antwoord.to_owned())).collect()
}

#[test]
fn a_melding_is_filled_in_and_sent_with_the_words_the_parents_read() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let mut visser = bij(&regio, Rol::Verzuimcoordinator, sam).await;
        let adres = adres(sam, "melding");
        let shown = visser.get(&adres).await;
        let text = shown.tekst();
        let (parents, leerplicht) = (text.find("1. Dit lezen de ouders"), text.find("2. Dit gaat naar leerplicht"));
        assert!(parents.unwrap() < leerplicht.unwrap(), "the parents' text comes first");
        assert!(text.contains("Daarom staat de soort op"), "{text}");
        let door = format!("{adres}/oudertekst");
        assert!(!shown.ingevuld(&door, "begin").is_empty() && !shown.ingevuld(&door, "actie_school").is_empty());

        // Other words than the parents read are not sent.
        let mut velden = shown.formulier(&door);
        velden.retain(|(naam, _)| naam != "reden");
        velden.push(("reden".to_owned(), "Ruzie in de klas".to_owned()));
        velden.extend(thuis(&shown, &door, "ja"));
        let back = visser.post_kaal(&adres, &velden).await;
        terug(&back, "De tekst voor de ouders is nu anders.");
        assert!(back.tekst().contains("Reden die wij vermoeden: Ruzie in de klas"));
        let before = staat::<Melding>(&regio, sam).await.len();
        let again = back.formulier(&door);
        let sent = visser.post_kaal(&adres, &again).await;
        gelukt(&sent, "gemeld");
        let meldingen = staat::<Melding>(&regio, sam).await;
        assert_eq!(meldingen.len(), before + 1);
        assert_eq!(meldingen.last().unwrap().1.reden.zichtbaar(), "Ruzie in de klas");
        let told = staat::<Geinformeerd>(&regio, sam).await;
        let told: Vec<_> = told.iter().filter(|(_, g)| g.over == Onderwerp::Melding).map(|(_, g)| g.ouder).collect();
        assert!(told.iter().flatten().count() > 0 && told.contains(&None), "parents, and Sam, who is 14: {told:?}");
        let after = visser.get(&format!("{adres}en")).await.tekst();
        assert!(!after.contains("Nog niet verteld"), "{after}");
        assert!(staat::<Ondersteuningsvraag>(&regio, sam).await.is_empty(), "nothing went to the samenwerkingsverband");
    });
}

#[test]
fn the_question_to_the_samenwerkingsverband_goes_with_it_and_rests_on_who_was_told() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let mut visser = bij(&regio, Rol::Verzuimcoordinator, sam).await;
        let (adres, meldingen) = (adres(sam, "melding"), adres(sam, "meldingen"));
        let door = format!("{adres}/oudertekst");
        let shown = visser.get(&adres).await;
        let filled = [("vraag_ook", "ja"), ("vraag", "Een kleine groep?"), ("visie_leerling", "Ik wil wel.")];
        let mut velden = shown.formulier(&door);
        velden.retain(|(naam, _)| !filled.iter().any(|(other, _)| other == naam));
        velden.extend(filled.map(|(a, b)| (a.to_owned(), b.to_owned())));
        let checked = visser.post_kaal(&format!("{adres}/nakijken"), &velden).await;
        assert_eq!(checked.status, 200);
        assert!(checked.tekst().contains("Onze vraag: Een kleine groep?"), "{}", checked.tekst());

        let mut later = checked.formulier(&door);
        terug(&visser.post_kaal(&adres, &later).await, "Kies bij ieder of u het hebt verteld.");
        later.extend(thuis(&checked, &door, "nee"));
        terug(&visser.post_kaal(&adres, &later).await, "De ouders zijn nog niet geïnformeerd");
        assert!(staat::<Melding>(&regio, sam).await.is_empty(), "all of it, or nothing");
        let mut told = checked.formulier(&door);
        let again = visser.get(&adres).await.formulier(&door);
        told.retain(|(naam, _)| naam != "poging");
        told.extend(again.into_iter().filter(|(naam, _)| naam == "poging"));
        told.extend(thuis(&checked, &door, "ja"));
        gelukt(&visser.post_kaal(&adres, &told).await, "gemeld");
        let vragen = staat::<Ondersteuningsvraag>(&regio, sam).await;
        assert_eq!(vragen.last().unwrap().1.leerling.zichtbaar(), "Ik wil wel.");
        let at_home = checked.keuzes(&door, "thuis").len();
        assert_eq!(staat::<Geinformeerd>(&regio, sam).await.len(), 2 * at_home, "each of both messages");

        // The text for DUO, in its order; then the number.
        let page = visser.get(&format!("{meldingen}?gelukt=gemeld")).await;
        let text = page.tekst();
        assert!(text.contains("De melding is vastgelegd."), "{text}");
        let order =
            ["persoonsgebonden nummer", "begindatum", "vermoedelijke soort", "alle lessen", "melder: naam: mw. Visser"];
        let places: Vec<usize> = order.iter().map(|veld| text.find(veld).unwrap_or_else(|| panic!("{veld}"))).collect();
        assert!(places.is_sorted(), "{places:?}");
        let (fact, melding) = staat::<Melding>(&regio, sam).await.pop().unwrap();
        let nummer = format!("/leerling/{sam}/feit/{}/nummer", fact.id);
        terug(&visser.verstuur(&nummer, &[]).await, "Plak hier het meldingsnummer");
        visser.get(&meldingen).await;
        gelukt(&visser.verstuur(&nummer, &[("meldingsnummer", "7654321")]).await, "vastgelegd");
        let (fact, numbered) = staat::<Melding>(&regio, sam).await.pop().unwrap();
        assert_eq!((numbered.meldingsnummer.zichtbaar(), numbered.begin), ("7654321", melding.begin));
        let (_, status) = staat::<MeldingStatus>(&regio, sam).await.pop().unwrap();
        assert_eq!((status.melding, status.status), (fact.id, MeldingStand::Geregistreerd));
        assert!(visser.get(&meldingen).await.tekst().contains("geregistreerd"));
    });
}

#[test]
fn all_that_is_wrong_with_a_melding_is_told_in_one_round() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let mut visser = bij(&regio, Rol::Verzuimcoordinator, sam).await;
        let adres = adres(sam, "melding");
        let door = format!("{adres}/oudertekst");
        let shown = visser.get(&adres).await;
        let wrong = [
            ("begin", "2026-05-01"),
            ("einde", "2026-06-01"),
            ("actie_school", ""),
            ("reden", "Volgens moeder is hij depressief."),
            ("soort", "V4"),
            ("vraag_ook", "ja"),
        ];
        let mut velden = shown.formulier(&door);
        velden.retain(|(naam, _)| !wrong.iter().any(|(other, _)| other == naam));
        velden.extend(wrong.map(|(a, b)| (a.to_owned(), b.to_owned())));
        let nobody = thuis(&shown, &door, "nee");
        velden.extend(nobody.iter().skip(1).cloned());
        let back = visser.post_kaal(&adres, &velden).await;
        for woorden in [
            "Kies bij ieder of u het hebt verteld.",
            "Staat er iets medisch in? Dan hoort het niet in deze melding.",
            "staat: depressief.",
            "Vul de eerste dag van het verzuim in.",
            "Laat hem leeg tot de leerling terug is",
            "Schrijf op wat de school zelf deed.",
            "Schrijf uw vraag op.",
            "De soort V4 is voor 18 jaar en ouder",
            "De ouders zijn nog niet geïnformeerd",
            "De tekst voor de ouders is nu anders.",
        ] {
            terug(&back, woorden);
        }
        for leeg in ["Het veld", "ligt na de dag van de melding", "ligt in de toekomst"] {
            assert!(!back.tekst().contains(leeg), "told twice: {leeg}");
        }
        // Mended at once, with the words left as they are: nothing medical stands there, says who wrote them.
        let begin = shown.ingevuld(&door, "begin");
        let right = [
            ("begin", begin.as_str()),
            ("einde", ""),
            ("actie_school", "Gebeld."),
            ("soort", "V3"),
            ("vraag", "Een kleine groep?"),
            ("medisch", "niet"),
        ];
        let mut velden = back.formulier(&door);
        velden.retain(|(naam, _)| !right.iter().any(|(other, _)| other == naam) && !naam.starts_with("verteld-"));
        velden.extend(right.map(|(a, b)| (a.to_owned(), b.to_owned())));
        velden.extend(thuis(&back, &door, "ja"));
        let again = visser.post_kaal(&format!("{adres}/nakijken"), &velden).await;
        gelukt(&visser.post_kaal(&adres, &again.formulier(&door)).await, "gemeld");
    });
}

#[test]
fn whoever_at_home_was_not_told_stays_in_view_and_is_not_asked_about_twice() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let mut visser = bij(&regio, Rol::Verzuimcoordinator, sam).await;
        let (adres, meldingen) = (adres(sam, "melding"), adres(sam, "meldingen"));
        let door = format!("{adres}/oudertekst");
        let shown = visser.get(&adres).await;
        let at_home = thuis(&shown, &door, "nee");
        let parents = at_home.iter().filter(|(naam, _)| !naam.ends_with("leerling")).count();
        assert_eq!(parents, 2, "both parents with gezag are named: {at_home:?}");
        let mut velden = shown.formulier(&door);
        velden.extend(at_home.iter().skip(1).cloned());
        velden.push((at_home[0].0.clone(), "ja".to_owned()));
        gelukt(&visser.post_kaal(&adres, &velden).await, "gemeld");
        let text = visser.get(&meldingen).await.tekst();
        assert!(text.contains("Nog niet verteld aan") && text.contains(" en Sam"), "{text}");
        let next = visser.get(&adres).await;
        assert_eq!(thuis(&next, &door, "ja").len(), at_home.len() - 1, "who was told is not asked about again");
        assert!(next.tekst().contains("al verteld op"), "{}", next.tekst());
    });
}

#[test]
fn while_one_types_only_the_words_of_the_form_come_back() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let mut visser = bij(&regio, Rol::Verzuimcoordinator, sam).await;
        let adres = adres(sam, "melding");
        let door = format!("{adres}/oudertekst");
        let shown = visser.get(&adres).await;
        let read = regio.staat.dienst.inzagen(sam, 50).await.unwrap().len();
        let velden: Vec<_> = shown.formulier(&door).into_iter().filter(|(naam, _)| naam != "reden").collect();
        let velden: Vec<_> = velden.into_iter().chain([("reden".to_owned(), "verhuisd".to_owned())]).collect();
        let part = visser.post_kaal(&door, &velden).await;
        assert!(part.status == 200 && part.html.contains("id=\"oudertekst\"") && part.tekst().contains("verhuisd"));
        assert!(!part.html.contains("Sam"), "of the child nothing is shown");
        assert_eq!(regio.staat.dienst.inzagen(sam, 50).await.unwrap().len(), read, "so no look is written");
    });
}

#[test]
fn illness_reaches_leerplicht_only_as_other_absence_with_the_reason_of_the_school() {
    speel(async {
        let regio = regio().await;
        let kind = regio.kind(Plant::EindelozeZiekte);
        let mut school = school(&regio, kind).await;
        let adres = adres(kind, "melding");
        let door = format!("{adres}/oudertekst");
        let shown = school.get(&adres).await;
        assert_eq!(shown.ingevuld(&door, "soort"), MeldingSoort::O.code());
        assert!(shown.tekst().contains("Ziekte en schorsing worden niet vanzelf gemeld."));
        let mut velden = shown.formulier(&door);
        velden.retain(|(naam, _)| !["soort", "actie_school"].contains(&naam.as_str()));
        velden.push(("soort".to_owned(), "LRV".to_owned()));
        velden.push(("actie_school".to_owned(), "Gebeld.".to_owned()));
        velden.extend(thuis(&shown, &door, "nee"));
        let checked = school.post_kaal(&format!("{adres}/nakijken"), &velden).await;
        let velden: Vec<_> = checked.formulier(&door);
        terug(&school.post_kaal(&adres, &velden).await, "Ziekte en schorsing worden niet gemeld.");
    });
}

#[test]
fn the_dossier_leads_whoever_may_read_a_melding_to_the_meldingen() {
    speel(async {
        let regio = regio().await;
        let (kind, sam) = (regio.kind(Plant::WachtenOpPlek), regio.kind(Plant::Sam));
        let link = |leerling| format!("href=\"{}\"", adres(leerling, "meldingen"));
        let dossier = |leerling| format!("/leerling/{leerling}");
        for rol in [Rol::Leerplichtambtenaar, Rol::IbEr] {
            let mut reader = bij(&regio, rol, kind).await;
            assert!(reader.get(&dossier(kind)).await.html.contains(&link(kind)), "{rol:?}");
            assert_eq!(reader.get(&adres(kind, "meldingen")).await.status, 200);
        }
        let mut consulent = bij(&regio, Rol::Consulent, kind).await;
        assert!(!consulent.get(&dossier(kind)).await.html.contains(&link(kind)), "the swv sees no melding");
        let mut visser = bij(&regio, Rol::Verzuimcoordinator, sam).await;
        assert!(staat::<Melding>(&regio, sam).await.is_empty());
        assert!(!visser.get(&dossier(sam)).await.html.contains(&link(sam)), "there is none yet");
    });
}

#[test]
fn leerplicht_sees_the_melding_and_not_the_text_of_the_school() {
    speel(async {
        let regio = regio().await;
        let kind = regio.kind(Plant::WachtenOpPlek);
        let mut lpa = bij(&regio, Rol::Leerplichtambtenaar, kind).await;
        let page = lpa.get(&adres(kind, "meldingen")).await;
        assert_eq!(page.status, 200);
        assert!(page.tekst().contains("in behandeling") && !page.html.contains("persoonsgebonden nummer"));
        assert_eq!(lpa.get(&adres(kind, "melding")).await.status, 403);
        let mut consulent = bij(&regio, Rol::Consulent, kind).await;
        assert_eq!(consulent.get(&adres(kind, "meldingen")).await.status, 403, "the swv sees no melding");
    });
}
