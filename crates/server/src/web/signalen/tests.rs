//! Signals on screen: taken up, closed, contested, and gone when somebody had contact.

use domain::body::{Afhandeling, SignaalAfhandeling};
use domain::fact::Rol;
use domain::ids::LeerlingId;
use domain::signaal::{Opvolging, SignaalSoort};
use proefregio::Plant;

use super::regel::Naam;
use crate::logboek::proef::speel;
use crate::web::proefbrowser::{Blad, Proefbrowser, Regio, VANDAAG, regio};
use crate::web::vastleggen::tests::{adres, bij, staat};
use crate::weergave::herhaling::per_regel;

/// A child at a school with a new signal that is listed, and the form's name of it.
async fn met_signaal(regio: &Regio) -> (LeerlingId, String) {
    let find = |register: &register::Register| {
        register.kinderen().find_map(|leerling| {
            let made = register.samenvatting_op(leerling, VANDAAG)?;
            let enrolled = made.kaart.inschrijving.is_some();
            let mut all = per_regel(made.signalen.iter().zip(made.opvolging.iter().copied())).into_iter();
            let told = all.find(|told| {
                let rule = register.signaalregel(&told.signaal.regel, told.signaal.dag);
                let new = told.opvolging == Opvolging::Nieuw && told.eerdere.is_empty();
                new && rule.is_some_and(|rule| !rule.verzamelen)
            });
            let signaal = told.filter(|_| enrolled)?.signaal;
            Some((leerling, format!("{} {} {}", signaal.dag, signaal.stap, signaal.regel)))
        })
    };
    regio.staat.dienst.lees(find).await.unwrap().unwrap()
}

fn noemt(blad: &Blad, leerling: LeerlingId) -> bool {
    blad.html.contains(&format!("/leerling/{leerling}/signalen"))
}

#[test]
fn several_signals_are_taken_up_at_once_and_then_stand_with_what_was_taken_up() {
    speel(async {
        let regio = regio().await;
        let (leerling, naam) = met_signaal(&regio).await;
        let mut iemand = bij_school(&regio, leerling).await;
        let blad = iemand.get("/signalen").await;
        assert!(noemt(&blad, leerling), "{}", blad.tekst());
        let kies = format!("{leerling} {naam}");
        assert!(blad.html.contains(&format!("value=\"{}\"", kies.replace('&', "&#38;"))));
        let nothing = iemand.post("/signalen", &[("tab", "nieuw")]).await;
        assert_eq!((nothing.status, nothing.tekst().contains("Kies eerst een of meer signalen")), (422, true));
        let done = iemand.post("/signalen", &[("tab", "nieuw"), ("kies", &kies)]).await;
        assert_eq!(done.naar.as_deref(), Some("/signalen?gelukt=opgepakt"), "{}", done.tekst());
        let (fact, gedaan) = staat::<SignaalAfhandeling>(&regio, leerling).await.pop().unwrap();
        assert_eq!((gedaan.afhandeling, fact.valid.from), (Afhandeling::Opgepakt, VANDAAG));
        assert!(gedaan.stap.is_some(), "the step is kept: it tells a warning from the rule");
        assert!(noemt(&iemand.get("/signalen?tab=opgepakt").await, leerling));
        let garbage = iemand.post("/signalen", &[("kies", "geen signaal")]).await;
        assert_eq!(garbage.status, 400);
    });
}

/// Whoever coordinates absence at the child's school.
async fn bij_school(regio: &Regio, leerling: LeerlingId) -> Proefbrowser<'_> {
    let school = regio
        .staat
        .dienst
        .lees(move |register| {
            let made = register.samenvatting_op(leerling, VANDAAG).unwrap();
            let school = made.kaart.inschrijving.as_ref().unwrap().school;
            let po = register.rules().scholen.get(&school).unwrap().sector;
            (school, po)
        })
        .await
        .unwrap();
    let rol = match school.1 {
        Some(domain::body::Sector::Po | domain::body::Sector::Sbo | domain::body::Sector::So) => Rol::IbEr,
        _ => Rol::Verzuimcoordinator,
    };
    Proefbrowser::als(regio, rol, |_, keuze| keuze.organisatie == school.0).await
}

#[test]
fn a_signal_is_closed_or_contested_with_a_reason_and_goes_away_by_contact() {
    speel(async {
        let regio = regio().await;
        let (leerling, naam) = met_signaal(&regio).await;
        let mut iemand = bij_school(&regio, leerling).await;
        let form = adres(leerling, "signalen");
        iemand.get(&form).await;
        for (wat, fout) in [
            ("gesloten", "waarom dit signaal geen gesprek vraagt"),
            ("betwist", "wat er niet klopt"),
            ("", "Maak een keuze"),
        ] {
            let blad = iemand.post(&form, &[("signaal", &naam), ("wat", wat), ("reden", "")]).await;
            assert_eq!((blad.status, blad.tekst().contains(fout)), (422, true), "{wat}: {}", blad.tekst());
        }
        iemand.get(&form).await;
        let contested = [
            ("signaal", naam.as_str()),
            ("wat", "betwist"),
            ("stem", "school"),
            ("reden", "Deze dagen was er een toets."),
        ];
        assert_eq!(iemand.post(&form, &contested).await.status, 303);
        let blad = iemand.get(&form).await;
        assert!(blad.tekst().contains("iemand zei op 20 maart dat dit niet klopt"), "{}", blad.tekst());
        assert!(noemt(&iemand.get("/signalen").await, leerling), "somebody has to look at it");

        // A call is no answer to that; saying so under the signal is.
        iemand.get(&adres(leerling, "belnotitie")).await;
        let call = [("bereikt", "ja"), ("met", "ouders"), ("notitie", "")];
        assert_eq!(iemand.post(&adres(leerling, "belnotitie"), &call).await.status, 303);
        assert!(noemt(&iemand.get("/signalen").await, leerling), "the call did not look at the absence");
        iemand.get(&form).await;
        let answered = [("signaal", naam.as_str()), ("wat", "gesloten"), ("reden", "Nagekeken: er was geen toets.")];
        assert_eq!(iemand.post(&form, &answered).await.status, 303);
        let gone = iemand.get("/signalen?tab=afgehandeld").await;
        assert!(noemt(&gone, leerling), "{}", gone.tekst());
        let answered = iemand.get(&form).await.tekst();
        for words in ["Deze dagen was er een toets.", "Antwoord", "Nagekeken: er was geen toets."] {
            assert!(answered.contains(words), "{words}: {answered}");
        }
        iemand.get(&form).await;
        let refused = [("signaal", "2001-01-01 0 bestaat niet"), ("wat", "opgepakt"), ("reden", "")];
        let blad = iemand.post(&form, &refused).await;
        assert!(blad.status == 422 && blad.tekst().contains("Dit signaal is er niet"), "{}", blad.tekst());
    });
}

#[test]
fn a_form_that_comes_back_asks_what_it_asked_before() {
    speel(async {
        let regio = regio().await;
        let (leerling, naam) = met_signaal(&regio).await;
        let (mut een, mut ander) = (bij_school(&regio, leerling).await, bij(&regio, Rol::Schoolleider, leerling).await);
        let form = adres(leerling, "signalen");
        een.get(&form).await;
        ander.get(&form).await;
        let closes = |reden| [("signaal", naam.as_str()), ("wat", "gesloten"), ("reden", reden)];
        assert_eq!(ander.post(&form, &closes("Is al besproken.")).await.status, 303);
        let back = een.post(&form, &closes("Een gesprek is niet nodig.")).await;
        assert!(back.status == 422 && back.tekst().contains("Anderen legden intussen iets vast"), "{}", back.tekst());
        assert!(back.html.contains("value=\"gesloten\" checked"), "it is not turned into another question");
        assert!(back.html.contains("value=\"Een gesprek is niet nodig.\""));
    });
}

/// What a choice of the form asks for, by the words it is offered with.
fn keuze(blad: &Blad, woorden: &str) -> String {
    let line = blad.html.split("<option value=\"").find(|option| option.contains(woorden)).unwrap();
    line.split('"').next().unwrap().to_owned()
}

#[test]
fn what_home_says_not_to_be_right_waits_again_and_is_read_by_whoever_may_read_their_words() {
    speel(async {
        let regio = regio().await;
        let (leerling, naam) = met_signaal(&regio).await;
        let mut iemand = bij_school(&regio, leerling).await;
        let form = adres(leerling, "signalen");
        iemand.get(&adres(leerling, "belnotitie")).await;
        let call = [("bereikt", "ja"), ("met", "ouders"), ("notitie", "")];
        assert_eq!(iemand.post(&adres(leerling, "belnotitie"), &call).await.status, 303);
        let blad = iemand.get(&form).await;
        assert!(
            blad.tekst().contains("afgehandeld op") && !blad.html.contains("value=\"opgepakt\""),
            "{}",
            blad.tekst()
        );
        let moeder = keuze(&blad, "(moeder)");
        let said = |stem| {
            [("signaal", naam.as_str()), ("wat", "betwist"), ("stem", stem), ("reden", "Zij was bij de tandarts.")]
        };
        for odd in ["", "buurman"] {
            let back = iemand.post(&form, &said(odd)).await;
            let told = back.tekst().contains("Kies wie zegt dat het niet klopt.");
            assert!(back.status == 422 && told && back.html.contains("id=\"veld-stem\""), "{odd}: {}", back.tekst());
            iemand.get(&form).await;
        }
        assert_eq!(iemand.post(&form, &said(&moeder)).await.status, 303);
        let blad = iemand.get(&form).await;
        for words in
            ["iemand zei op 20 maart dat dit niet klopt", "(moeder), vastgelegd door", "Zij was bij de tandarts."]
        {
            assert!(blad.tekst().contains(words), "{words}: {}", blad.tekst());
        }
        assert!(noemt(&iemand.get("/signalen").await, leerling), "somebody has to look at it");
        let melding = iemand.get(&adres(leerling, "melding")).await.tekst();
        assert!(melding.contains("Kijk dat eerst na.") && melding.contains("bij de tandarts"), "{melding}");
        let card = iemand.get(&adres(leerling, "belkaart")).await.tekst();
        assert!(card.contains("bij de tandarts") && card.contains("(moeder), vastgelegd door"), "{card}");
        let sheet = iemand.get(&adres(leerling, "mdo")).await.tekst();
        assert!(sheet.contains("Van verzuim is gezegd dat het niet klopt (1 keer)."), "{sheet}");
        assert!(!sheet.contains("tandarts"), "what home said is not for a table");
        // Whoever takes it up to look at the absence still reads what is not right.
        iemand.get(&form).await;
        let taken = [("signaal", naam.as_str()), ("wat", "opgepakt"), ("reden", "")];
        assert_eq!(iemand.post(&form, &taken).await.status, 303);
        let blad = iemand.get(&form).await;
        assert!(blad.tekst().contains("opgepakt op") && blad.tekst().contains("bij de tandarts"), "{}", blad.tekst());
        let facts = iemand.get(&adres(leerling, "gegevens")).await;
        assert!(facts.tekst().contains("Volgens"), "{}", facts.tekst());
    });
}

/// A child with more than one new signal of one rule that is listed, and how many of that rule are new.
async fn met_herhaling(regio: &Regio) -> (LeerlingId, String, usize) {
    let find = |register: &register::Register| {
        register.kinderen().find_map(|leerling| {
            let made = register.samenvatting_op(leerling, VANDAAG)?;
            made.kaart.inschrijving.as_ref()?;
            let all = per_regel(made.signalen.iter().zip(made.opvolging.iter().copied()));
            let told = all.into_iter().find(|told| {
                let rule = register.signaalregel(&told.signaal.regel, told.signaal.dag);
                let stands = |opvolging: &Opvolging| *opvolging == Opvolging::Nieuw;
                let also = told.eerdere.iter().filter(|(_, opvolging)| stands(opvolging)).count();
                stands(&told.opvolging) && also > 0 && rule.is_some_and(|rule| !rule.verzamelen)
            })?;
            let new = told.eerdere.iter().filter(|(_, opvolging)| *opvolging == Opvolging::Nieuw).count();
            Some((leerling, Naam::van(told.signaal).tekst(), new + 1))
        })
    };
    regio.staat.dienst.lees(find).await.unwrap().unwrap()
}

#[test]
fn a_rule_that_fires_again_is_one_line_and_is_taken_up_with_the_earlier_ones() {
    speel(async {
        let regio = regio().await;
        let (leerling, naam, new) = met_herhaling(&regio).await;
        let mut iemand = bij_school(&regio, leerling).await;
        let blad = iemand.get("/signalen").await;
        let (_, regel) = naam.split_once(' ').unwrap();
        let (_, regel) = regel.split_once(' ').unwrap();
        let of_rule = |blad: &Blad| {
            let keuzes = blad.html.split("name=\"kies\" value=\"").skip(1).filter_map(|rest| rest.split('"').next());
            let of = keuzes.filter(|keuze| keuze.starts_with(&leerling.to_string()) && keuze.ends_with(regel));
            of.count()
        };
        assert_eq!(of_rule(&blad), 1, "{}", blad.tekst());
        let eigen = iemand.get(&adres(leerling, "signalen")).await;
        assert!(eigen.tekst().contains("En "), "the earlier ones are behind it: {}", eigen.tekst());
        let ids = eigen.html.split(" id=\"reden-").skip(1).filter_map(|rest| rest.split('"').next());
        let mut ids: Vec<&str> = ids.collect();
        let fields = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((ids.len(), fields >= new), (fields, true), "every form has fields of its own");
        assert!(iemand.get(&format!("/leerling/{leerling}")).await.tekst().contains("eerder"));

        iemand.get("/signalen").await;
        let done = iemand.post("/signalen", &[("tab", "nieuw"), ("kies", &format!("{leerling} {naam}"))]).await;
        assert_eq!(done.status, 303, "{}", done.tekst());
        assert_eq!(staat::<SignaalAfhandeling>(&regio, leerling).await.len(), new);
        assert_eq!(of_rule(&iemand.get("/signalen").await), 0, "nothing comes up from behind it");
    });
}

#[test]
fn a_mentor_sees_signals_of_own_pupils_only_and_nobody_outside_school_sees_the_page() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let mut mentor = Proefbrowser::als(&regio, Rol::Mentor, |_, _| true).await;
        let blad = mentor.get("/signalen").await;
        assert_eq!(blad.status, 200);
        assert!(blad.tekst().contains("Als mentor kreeg u dit schooljaar gemiddeld"));
        let own = regio.staat.dienst.lees(|register| register.kinderen().collect::<Vec<_>>()).await.unwrap();
        for leerling in own {
            if noemt(&blad, leerling) {
                assert_eq!(mentor.get(&format!("/leerling/{leerling}")).await.status, 200);
            }
        }
        let mut consulent = Proefbrowser::als(&regio, Rol::Consulent, |_, _| true).await;
        assert_eq!(consulent.get("/signalen").await.status, 403);
        assert_eq!(consulent.get(&adres(sam, "signalen")).await.status, 403);
    });
}

#[test]
fn a_signal_shows_the_lessons_that_it_rests_on_and_the_version_that_says_so() {
    speel(async {
        let regio = regio().await;
        let find = |register: &register::Register| {
            register.kinderen().find_map(|leerling| {
                let made = register.samenvatting_op(leerling, VANDAAG)?;
                made.kaart.inschrijving.as_ref()?;
                let sixteen = made.signalen.iter().find(|signaal| signaal.soort == SignaalSoort::ZestienUur)?;
                Some((leerling, sixteen.clone()))
            })
        };
        let (leerling, signaal) = regio.staat.dienst.lees(find).await.unwrap().unwrap();
        let mut iemand = bij_school(&regio, leerling).await;
        let blad = iemand.get(&adres(leerling, "signalen")).await;
        let told = blad.tekst();
        let last = domain::calendar::datum_met_dag(signaal.dag);
        // The window after the summary, up to what one does about the signal.
        let section = told.split("Waarom? De lessen van").skip(1).find(|part| part.contains(&last)).unwrap();
        assert!(section.contains("hele dag") || section.contains("les "), "what counted is named: {section}");
        assert!(told.contains("De regel staat in:") && told.contains("geldt sinds"), "{told}");
        // Every square that is filled in is a lesson that is named beside it.
        let mut drawings = blad.html.split("is-lessen").skip(1).filter_map(|rest| rest.split("</svg>").next());
        let of_hours = drawings.any(|drawing| drawing.contains("<title>") && drawing.contains("is-zonder-reden"));
        assert!(of_hours, "the child may have other signals too: {}", blad.html);
    });
}

/// A child with a new signal that is listed, its name, and from which day on it counts: the one with the least absence
/// since then.
async fn met_weinig_verzuim(regio: &Regio) -> (LeerlingId, String, String) {
    let find = |register: &register::Register| {
        let all = register.kinderen().filter_map(|leerling| {
            let made = register.samenvatting_op(leerling, VANDAAG)?;
            let school = made.kaart.inschrijving.as_ref()?.school;
            let new = made.signalen.iter().zip(&made.opvolging).find(|(signaal, opvolging)| {
                let rule = register.signaalregel(&signaal.regel, signaal.dag);
                **opvolging == Opvolging::Nieuw && rule.is_some_and(|rule| !rule.verzamelen)
            });
            let (signaal, _) = new?;
            let t = register.timeline_zonder_signalen(leerling)?;
            let own = t.rijen.per_school.iter().find(|verzuim| verzuim.school == school)?;
            let since = u32::try_from(domain::period::day_number(signaal.van)).ok()?;
            let rows = own.rijen.iter().filter(|packed| **packed >> 16 >= since).count();
            let naam = format!("{} {} {}", signaal.dag, signaal.stap, signaal.regel);
            Some((rows, naam, leerling, signaal.van.to_string()))
        });
        all.min().map(|(_, naam, leerling, van)| (leerling, naam, van))
    };
    regio.staat.dienst.lees(find).await.unwrap().unwrap()
}

#[test]
fn who_acted_on_a_signal_is_told_that_it_went_until_they_look_at_its_page() {
    speel(async {
        let regio = regio().await;
        let (leerling, naam, van) = met_weinig_verzuim(&regio).await;
        let mut iemand = bij_school(&regio, leerling).await;
        let (eigen, rij) = (adres(leerling, "signalen"), adres(leerling, "rij"));
        iemand.get(&eigen).await;
        let opgepakt = [("signaal", naam.as_str()), ("wat", "opgepakt"), ("reden", "")];
        assert_eq!(iemand.post(&eigen, &opgepakt).await.status, 303);
        let mut ander = bij(&regio, Rol::Schoolleider, leerling).await;
        ander.get(&eigen).await;
        let contested =
            [("signaal", naam.as_str()), ("wat", "betwist"), ("stem", "school"), ("reden", "Er was een excursie")];
        assert_eq!(ander.post(&eigen, &contested).await.status, 303);
        let gone = "Signaal vervallen: ";
        assert!(!iemand.get("/werklijst").await.tekst().contains(gone), "it is still there");

        let rijen = iemand.get(&rij).await.keuzes(&rij, "rij");
        // What came after it too: of that a signal could be made that moved.
        let since = |rij: &String| rij.split('/').next().is_some_and(|day| van.as_str() <= day);
        let rijen: Vec<String> = rijen.into_iter().filter(since).collect();
        assert!(!rijen.is_empty());
        for waarde in &rijen {
            iemand.get(&rij).await;
            let right = [("rij", waarde.as_str()), ("wordt", "aanwezig"), ("uren", ""), ("reden", "was er wel")];
            let sent = iemand.post(&rij, &right).await;
            assert_eq!(sent.status, 303, "{}", sent.tekst());
        }
        for lijst in ["/werklijst", "/signalen", "/werklijst"] {
            let blad = iemand.get(lijst).await;
            let told = blad.tekst().contains(gone) && blad.tekst().contains("U pakte het op 20 maart op.");
            assert_eq!(told, lijst != "/signalen", "{lijst}: a list is no look at its page: {}", blad.tekst());
        }
        let blad = iemand.get(&eigen).await;
        let told = blad.tekst();
        assert!(told.contains("(opgepakt): vervallen, want het verzuim is daarna veranderd."), "{told}");
        assert_eq!(told.matches("Er was een excursie.").count(), 1, "with what was said of it: {told}");
        for lijst in ["/werklijst", "/ochtendlijst"] {
            assert!(!iemand.get(lijst).await.tekst().contains(gone), "{lijst}: it was seen");
        }
    });
}
