//! Two people at one child, and one form sent twice.

use super::*;
use crate::logboek::proef::speel;
use crate::web::proefbrowser::regio;
use domain::body::{Consult, Contact, Gesprek};

#[test]
fn whoever_comes_second_sees_what_the_first_stated_and_decides_again() {
    speel(async {
        let regio = regio().await;
        let kind = regio.kind(Plant::WachtenOpPlek);
        let mut consulent = bij(&regio, Rol::Consulent, kind).await;
        let mut school = school(&regio, kind).await;
        let (contact, gesprek) = (adres(kind, "contact"), adres(kind, "gesprek"));
        consulent.get(&contact).await;
        school.get(&gesprek).await;
        gelukt(
            &school.verstuur(&gesprek, &[("soort", "mdo"), ("erbij", "ouders"), ("afspraken", "x")]).await,
            "vastgelegd",
        );
        let before = aantal(&regio, kind).await;
        let velden = [("bereikt", "ja"), ("notitie", "Wij hebben een plek.")];
        let back = consulent.verstuur(&contact, &velden).await;
        terug(&back, "Anderen legden intussen iets vast.");
        let text = back.tekst();
        assert!(text.contains("Gesprek: multidisciplinair overleg. Door") && text.contains("20 maart 2026"), "{text}");
        assert!(text.contains("Wij hebben een plek."), "what was typed is still there");
        assert_eq!(aantal(&regio, kind).await, before);
        gelukt(&consulent.verstuur(&contact, &[]).await, "vastgelegd");
        assert_eq!(staat::<Contact>(&regio, kind).await.last().unwrap().1.notitie.zichtbaar(), "Wij hebben een plek.");
    });
}

#[test]
fn what_one_may_not_even_know_of_stops_no_form() {
    speel(async {
        let regio = regio().await;
        let kind = regio.kind(Plant::EindelozeZiekte);
        let mut arts = bij(&regio, Rol::Jeugdarts, kind).await;
        let mut school = school(&regio, kind).await;
        // The consent to show that youth health care is involved is taken back: from then on the school sees nothing of it.
        let gezin = school.get(&adres(kind, "toestemming")).await.keuzes(&adres(kind, "toestemming"), "wie");
        for wie in &gezin {
            school.get(&adres(kind, "toestemming")).await;
            let nee = [("wie", wie.as_str()), ("voor", "jgz_betrokken"), ("gegeven", "nee")];
            gelukt(&school.verstuur(&adres(kind, "toestemming"), &nee).await, "vastgelegd");
        }
        let contact = adres(kind, "contact");
        school.get(&contact).await;
        arts.get(&adres(kind, "consult")).await;
        gelukt(&arts.verstuur(&adres(kind, "consult"), &[("stap", "gehouden")]).await, "vastgelegd");
        assert!(staat::<Consult>(&regio, kind).await.len() > 3);
        gelukt(&school.verstuur(&contact, &[("bereikt", "nee")]).await, "vastgelegd");
    });
}

#[test]
fn a_form_that_is_sent_twice_is_done_once_and_answered_the_same() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let mut visser = bij(&regio, Rol::Verzuimcoordinator, sam).await;
        let adres = adres(sam, "contact");
        let shown = visser.get(&adres).await;
        let mut velden = shown.formulier(&adres);
        velden.push(("bereikt".to_owned(), "nee".to_owned()));
        let before = aantal(&regio, sam).await;
        let first = visser.post_kaal(&adres, &velden).await;
        let second = visser.post_kaal(&adres, &velden).await;
        gelukt(&first, "vastgelegd");
        assert_eq!((second.status, &second.naar), (first.status, &first.naar));
        assert_eq!(aantal(&regio, sam).await, before + 1);

        velden.push(("notitie".to_owned(), "iets anders".to_owned()));
        velden.retain(|(naam, waarde)| naam != "notitie" || !waarde.is_empty());
        let other = visser.post_kaal(&adres, &velden).await;
        terug(&other, "Dit formulier is al verstuurd, met een andere inhoud.");
        assert_eq!(aantal(&regio, sam).await, before + 1);
        gelukt(&visser.verstuur(&adres, &[]).await, "vastgelegd");
        assert_eq!(aantal(&regio, sam).await, before + 2, "shown again, it is a new attempt");
    });
}

#[test]
fn two_windows_of_one_person_do_not_stand_in_each_others_way() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let mut een = bij(&regio, Rol::Verzuimcoordinator, sam).await;
        let (contact, gesprek) = (adres(sam, "contact"), adres(sam, "gesprek"));
        let mut first = een.get(&contact).await.formulier(&contact);
        let mut second = een.get(&gesprek).await.formulier(&gesprek);
        first.push(("bereikt".to_owned(), "nee".to_owned()));
        second.push(("soort".to_owned(), "anders".to_owned()));
        gelukt(&een.post_kaal(&contact, &first).await, "vastgelegd");
        gelukt(&een.post_kaal(&gesprek, &second).await, "vastgelegd");
        assert!(!staat::<Gesprek>(&regio, sam).await.is_empty());
    });
}

#[test]
fn who_has_nothing_to_do_with_the_child_finds_no_form_and_can_send_none() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        for rol in [Rol::Leerplichtambtenaar, Rol::Consulent, Rol::Jeugdarts, Rol::IbEr] {
            let mut ander = Proefbrowser::als(&regio, rol, |register, keuze| !ziet(register, keuze, sam)).await;
            let bewijs = ander.get("/kiezen").await.veld("bewijs").unwrap();
            for blad in ["contact", "melding", "meldingen", "samenvoegen", "verkeerd-kind", "klopt-niet"] {
                assert_eq!(ander.get(&adres(sam, blad)).await.status, 404, "{rol:?} {blad}");
            }
            let velden = [("bewijs", bewijs.as_str()), ("bereikt", "nee"), ("met", "ouders"), ("wijze", "telefoon")];
            let velden = velden.map(|(a, b)| (a.to_owned(), b.to_owned()));
            let velden: Vec<_> = velden.into_iter().chain([("dag".to_owned(), "2026-03-20".to_owned())]).collect();
            assert_eq!(ander.post_kaal(&adres(sam, "contact"), &velden).await.status, 404, "{rol:?}");
        }
    });
}
