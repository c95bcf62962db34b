//! Putting right: a correction, a withdrawal, a row; two children who are one; the wrong child; *Klopt dit niet?*

use super::*;
use crate::logboek::proef::speel;
use crate::web::proefbrowser::regio;
use domain::body::{
    Aanbod, AanbodReactie, Afhandeling, Bevestiging, Contact, InstemmingPlan, SignaalAfhandeling, VolgendeStap,
    ZelfdeKind,
};
use domain::fact::FactId;

fn feit(leerling: LeerlingId, id: FactId, blad: &str) -> String {
    format!("/leerling/{leerling}/feit/{id}/{blad}")
}

/// A note of the verzuimcoördinator, to be put right.
async fn notitie(regio: &Regio, wie: &mut Proefbrowser<'_>, leerling: LeerlingId) -> FactId {
    let adres = adres(leerling, "contact");
    wie.get(&adres).await;
    gelukt(&wie.verstuur(&adres, &[("bereikt", "ja"), ("notitie", "Eerste woorden")]).await, "vastgelegd");
    staat::<Contact>(regio, leerling).await.pop().unwrap().0.id
}

#[test]
fn a_statement_is_corrected_in_its_own_form_and_withdrawn_with_a_reason() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let mut visser = bij(&regio, Rol::Verzuimcoordinator, sam).await;
        let id = notitie(&regio, &mut visser, sam).await;
        let adres = feit(sam, id, "corrigeren");
        let shown = visser.get(&adres).await;
        assert_eq!(shown.ingevuld(&adres, "notitie"), "Eerste woorden");
        terug(&visser.verstuur(&adres, &[("dag", "2027-01-01")]).await, "te ver in de toekomst");
        let again = visser.blad.clone().unwrap();
        let mut velden = again.formulier(&adres);
        velden.retain(|(naam, _)| !["dag", "notitie"].contains(&naam.as_str()));
        velden.push(("dag".to_owned(), "2026-03-19".to_owned()));
        velden.push(("notitie".to_owned(), "Betere woorden".to_owned()));
        gelukt(&visser.post_kaal(&adres, &velden).await, "gecorrigeerd");
        gelukt(&visser.post_kaal(&adres, &velden).await, "gecorrigeerd");
        let (now, contact) = staat::<Contact>(&regio, sam).await.pop().unwrap();
        assert_eq!((contact.notitie.zichtbaar(), now.replaces), ("Betere woorden", Some(id)));
        assert_eq!(visser.get(&adres).await.status, 404, "what was replaced is corrected no more");

        let adres = feit(sam, now.id, "intrekken");
        visser.get(&adres).await;
        terug(&visser.verstuur(&adres, &[]).await, "Schrijf kort op waarom u dit intrekt.");
        gelukt(&visser.verstuur(&adres, &[("reden", "Dit was een ander gesprek")]).await, "ingetrokken");
        assert!(staat::<Contact>(&regio, sam).await.iter().all(|(fact, _)| fact.id != now.id));
    });
}

#[test]
fn who_corrects_an_offer_or_a_plan_is_told_that_the_answers_are_asked_again() {
    speel(async {
        let regio = regio().await;
        let kind = regio.kind(Plant::Schoolangst);
        let mut consulent = bij(&regio, Rol::Consulent, kind).await;
        let form = adres(kind, "aanbod");
        consulent.get(&form).await;
        let new = [
            ("soort", "onderwijs"),
            ("wat", "Kleine groep"),
            ("uren", "4"),
            ("van", "2026-03-30"),
            ("schriftelijk", "2026-03-20"),
        ];
        gelukt(&consulent.verstuur(&form, &new).await, "vastgelegd");
        let id = staat::<Aanbod>(&regio, kind).await.pop().unwrap().0.id;
        let correct = feit(kind, id, "corrigeren");
        let told = "dan vraagt u hun antwoord opnieuw";
        assert!(!consulent.get(&correct).await.tekst().contains(told), "nobody answered yet");
        let answer = format!("{}?aanbod={id}", adres(kind, "reactie"));
        let who = consulent.get(&answer).await.keuzes(&answer, "wie")[0].clone();
        let said = [("wie", who.as_str()), ("oordeel", "passend"), ("woorden", "Goed.")];
        gelukt(&consulent.verstuur(&answer, &said).await, "vastgelegd");
        assert!(consulent.get(&correct).await.tekst().contains(told));
        gelukt(&consulent.verstuur(&correct, &[("wat", "Grote groep")]).await, "gecorrigeerd");
        let (now, _) = staat::<Aanbod>(&regio, kind).await.pop().unwrap();
        let (_, answer) = staat::<AanbodReactie>(&regio, kind).await.pop().unwrap();
        assert_eq!((now.replaces, answer.aanbod), (Some(id), id), "it is no answer to the offer as it reads now");

        let kind = regio.kind(Plant::HalveDagenMetPlan);
        let mut school = school(&regio, kind).await;
        let agreed = staat::<InstemmingPlan>(&regio, kind).await.pop().unwrap().1.plan;
        assert!(school.get(&feit(kind, agreed, "corrigeren")).await.tekst().contains(told));
    });
}

#[test]
fn nobody_corrects_what_another_organisation_stated() {
    speel(async {
        let regio = regio().await;
        let kind = regio.kind(Plant::WachtenOpPlek);
        let aanbod = staat::<domain::body::Aanbod>(&regio, kind).await.pop().unwrap().0.id;
        let mut school = school(&regio, kind).await;
        for blad in ["corrigeren", "intrekken"] {
            assert_eq!(school.get(&feit(kind, aanbod, blad)).await.status, 404, "{blad}");
        }
        let bewijs = school.get("/kiezen").await.veld("bewijs").unwrap();
        let velden = [("bewijs".to_owned(), bewijs), ("reden".to_owned(), "weg ermee".to_owned())];
        assert_eq!(school.post_kaal(&feit(kind, aanbod, "intrekken"), &velden).await.status, 404);
        assert!(!staat::<domain::body::Aanbod>(&regio, kind).await.is_empty());
    });
}

#[test]
fn a_row_of_the_calendar_is_put_right() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let mut visser = bij(&regio, Rol::Verzuimcoordinator, sam).await;
        let adres = format!("{}?dag=2026-02-10&lesuur=0", adres(sam, "rij"));
        let shown = visser.get(&adres).await;
        assert_eq!(shown.status, 200);
        let rows = shown.keuzes(&adres, "rij");
        assert!(rows.len() == 1 && rows[0].starts_with("2026-02-10/0/"), "{rows:?}");
        let back = visser.verstuur(&adres, &[("wordt", "aanwezig")]).await;
        terug(&back, "Schrijf kort op hoe u dit weet.");
        assert_eq!(back.keuzes(&adres, "rij"), rows, "it is still about that day");
        gelukt(&visser.verstuur(&adres, &[("reden", "Zat bij mij in de les")]).await, "vastgelegd");
        let (fact, rij) = staat::<domain::body::RijCorrectie>(&regio, sam).await.pop().unwrap();
        assert_eq!((fact.valid.from.to_string(), rij.wordt), ("2026-02-10".to_owned(), None));
    });
}

#[test]
fn two_children_are_seen_side_by_side_joined_by_a_person_and_parted_again() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let mut visser = bij(&regio, Rol::Verzuimcoordinator, sam).await;
        let actor = visser_actor(&regio, sam).await;
        let (ander, vreemd) = buren(&regio, actor, sam).await;
        let adres = adres(sam, "samenvoegen");
        assert_eq!(visser.get(&adres).await.status, 200);
        let strange = visser.get(&format!("{adres}?met={vreemd}")).await;
        terug(&strange, "Dit nummer kennen wij niet, of u mag deze leerling niet zien.");
        assert!(!strange.html.contains(&format!("<p class=\"lr-stil\">{vreemd}")));
        let before = regio.staat.dienst.inzagen(ander, 9).await.unwrap().len();
        let both = visser.get(&format!("{adres}?met={ander}")).await;
        assert!(both.html.contains(&sam.to_string()) && both.html.contains(&ander.to_string()));
        assert_eq!(regio.staat.dienst.inzagen(ander, 9).await.unwrap().len(), before + 1, "both looks are written");
        terug(&visser.verstuur(&adres, &[]).await, "Schrijf op waaruit blijkt dat het één kind is.");
        let mut elders = visser.blad.as_ref().unwrap().formulier(&adres);
        elders.retain(|(naam, _)| !["met", "reden"].contains(&naam.as_str()));
        elders.push(("met".to_owned(), vreemd.to_string()));
        elders.push(("reden".to_owned(), "lijkt erop".to_owned()));
        terug(&visser.post_kaal(&adres, &elders).await, "Dit nummer kennen wij niet");
        visser.get(&format!("{adres}?met={ander}")).await;
        gelukt(&visser.verstuur(&adres, &[("reden", "Moeder bevestigde het")]).await, "samengevoegd");
        let one = regio.staat.dienst.lees(move |register| register.zelfde(sam)).await.unwrap();
        assert!(one.contains(&ander));

        let page = visser.get(&format!("/leerling/{ander}/losmaken")).await;
        assert!(page.tekst().contains("Moeder bevestigde het"), "{}", page.tekst());
        let joined = staat::<ZelfdeKind>(&regio, sam).await.pop().unwrap().0.id;
        let undo = feit(ander, joined, "intrekken");
        gelukt(&visser.verstuur(&undo, &[("reden", "Toch twee kinderen")]).await, "ingetrokken");
        let one = regio.staat.dienst.lees(move |register| register.zelfde(sam)).await.unwrap();
        assert_eq!(one, [sam], "parted, also from the page of the other");
    });
}

async fn visser_actor(regio: &Regio, leerling: LeerlingId) -> domain::fact::Actor {
    let keuze = iemand(regio, Rol::Verzuimcoordinator, leerling).await.unwrap();
    domain::fact::Actor::Medewerker { id: keuze.medewerker, organisatie: keuze.organisatie, rol: keuze.rol }
}

/// Another child that is there for somebody, and one that is not.
async fn buren(regio: &Regio, actor: domain::fact::Actor, leerling: LeerlingId) -> (LeerlingId, LeerlingId) {
    let found = regio.staat.dienst.lees(move |register| {
        let sees = |other: &LeerlingId| crate::web::kind::ziet(register, &actor, *other, VANDAAG);
        let there = register.kinderen().find(|other| *other != leerling && sees(other)).unwrap();
        (there, register.kinderen().find(|other| !sees(other)).unwrap())
    });
    found.await.unwrap()
}

#[test]
fn what_was_put_down_at_the_wrong_child_is_withdrawn_and_who_saw_it_is_told() {
    speel(async {
        let regio = regio().await;
        let kind = regio.kind(Plant::WachtenOpPlek);
        let mut school = school(&regio, kind).await;
        let id = notitie(&regio, &mut school, kind).await;
        let mut consulent = bij(&regio, Rol::Consulent, kind).await;
        consulent.get(&adres(kind, "gesprek")).await;
        let adres = adres(kind, "verkeerd-kind");
        assert_eq!(school.get(&format!("{adres}/gezien")).await.status, 404, "nothing was withdrawn yet");
        let shown = school.get(&adres).await;
        assert!(shown.keuzes(&adres, "feit").contains(&id.to_string()));
        terug(&school.verstuur(&adres, &[("reden", "x")]).await, "Vink aan wat niet bij dit kind hoort.");
        let chosen = id.to_string();
        let sent = school.verstuur(&adres, &[("feit", &chosen), ("reden", "Verkeerd tabblad")]).await;
        assert_eq!((sent.status, sent.naar.clone()), (303, Some(format!("{adres}/gezien"))), "{}", sent.tekst());
        assert!(staat::<Contact>(&regio, kind).await.iter().all(|(fact, _)| fact.id != id));
        let page = school.get(&format!("{adres}/gezien")).await.tekst();
        for words in
            ["consulent passend onderwijs", "Autoriteit Persoonsgegevens", "23 maart 2026", "privacyfunctionaris"]
        {
            assert!(page.contains(words), "{words}: {page}");
        }
        let looks = page.split("Wie keek").nth(1).unwrap().split("Bericht voor").next().unwrap();
        assert!(!looks.contains("dhr.") && !looks.contains("mw."), "functions, no names: {looks}");
    });
}

#[test]
fn the_privacy_officer_is_aan_zet_when_nobody_elses_turn_is_taken() {
    speel(async {
        let regio = regio().await;
        let kind = regio.kind(Plant::WachtenOpPlek);
        let mut consulent = bij(&regio, Rol::Consulent, kind).await;
        let stap = adres(kind, "volgende-stap");
        consulent.get(&stap).await;
        gelukt(&consulent.verstuur(&stap, &[("stap", "Bellen"), ("uiterlijk", "2026-03-25")]).await, "vastgelegd");
        let id = notitie(&regio, &mut consulent, kind).await;
        let adres = adres(kind, "verkeerd-kind");
        consulent.get(&adres).await;
        let chosen = id.to_string();
        let sent = consulent.verstuur(&adres, &[("feit", &chosen), ("reden", "Verkeerd kind open")]).await;
        assert_eq!(sent.status, 303, "{}", sent.tekst());
        let (_, step) = staat::<VolgendeStap>(&regio, kind).await.pop().unwrap();
        assert!(step.stap.zichtbaar().contains("datalek") && step.uiterlijk.to_string() == "2026-03-23");
        assert!(step.medewerker.is_some());
    });
}

#[test]
fn a_signal_and_a_status_are_contested_and_go_to_whom_they_concern() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let mut visser = bij(&regio, Rol::Verzuimcoordinator, sam).await;
        let signalen = adres(sam, "signalen");
        let page = visser.get(&signalen).await;
        assert!(page.tekst().contains("Wat niet klopt, blijft staan"), "{}", page.tekst());
        assert!(page.html.contains(&adres(sam, "rij")), "who keeps the absence puts it right at once");
        terug(&visser.verstuur(&signalen, &[("wat", "betwist")]).await, "Schrijf kort op wat er niet klopt.");
        gelukt(&visser.verstuur(&signalen, &[("reden", "Hij was op stage"), ("stem", "school")]).await, "vastgelegd");
        let (_, said) = staat::<SignaalAfhandeling>(&regio, sam).await.pop().unwrap();
        assert_eq!(said.afhandeling, Afhandeling::Betwist);

        let adres = adres(sam, "klopt-niet");
        let page = visser.get(&adres).await.tekst();
        assert!(page.contains("De status") && page.contains("Uw vraag komt daarvoor in de plaats."), "{page}");
        terug(&visser.verstuur(&adres, &[]).await, "Schrijf kort op wat er niet klopt.");
        gelukt(&visser.verstuur(&adres, &[("reden", "Gaat sinds maandag weer")]).await, "betwist");
        let (_, step) = staat::<VolgendeStap>(&regio, sam).await.pop().unwrap();
        assert_eq!(step.stap.zichtbaar(), "Kijk na of de status klopt: Gaat sinds maandag weer");
    });
}

#[test]
fn leerplicht_itself_says_that_a_status_is_not_right() {
    speel(async {
        let regio = regio().await;
        let kind = regio.kind(Plant::WachtenOpPlek);
        let mut lpa = bij(&regio, Rol::Leerplichtambtenaar, kind).await;
        let page = lpa.get(&adres(kind, "klopt-niet")).await;
        assert!(page.html.contains(&adres(kind, "bevestiging")) && !page.html.contains("name=\"reden\""));
        let adres = adres(kind, "bevestiging");
        let shown = lpa.get(&adres).await;
        assert_eq!(shown.ingevuld(&adres, "wat"), "thuiszittend");
        gelukt(&lpa.verstuur(&adres, &[("klopt", "nee"), ("reden", "Is terug")]).await, "vastgelegd");
        assert!(!staat::<Bevestiging>(&regio, kind).await.pop().unwrap().1.klopt);
    });
}

#[test]
fn what_is_due_stands_first_among_what_one_can_do() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let mut visser = bij(&regio, Rol::Verzuimcoordinator, sam).await;
        let page = visser.get(&format!("/leerling/{sam}")).await;
        let links: Vec<&str> = page.html.split("<a ").filter(|link| link.contains(&format!("{sam}/"))).collect();
        let place = |blad: &str| links.iter().position(|link| link.contains(&format!("{sam}/{blad}")));
        assert!(place("contact").is_some() && place("verkeerd-kind").is_some());
        assert!(place("melding") < place("contact"), "a melding is due: {:?}", place("melding"));
        assert!(place("onderzoek").is_none(), "that is leerplicht's");
    });
}
