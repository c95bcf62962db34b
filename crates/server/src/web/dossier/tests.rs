//! Stories of the dossier through its pages: who sees what of the planted children, looking back, corrections.

use domain::Date;
use domain::body::{Contact, Met, RijCorrectie, RolToekenning, Wijze};
use domain::decide::{Command, View, decide};
use domain::fact::{Actor, Rol};
use domain::ids::{LeerlingId, OrganisatieId};
use domain::period::{Period, plus_days};
use domain::verzuim::VerzuimSoort;
use proefregio::Plant;
use register::{Overlay, Register};

use crate::logboek::proef::speel;
use crate::logboek::{Beslissing, Besluit};
use crate::toegang::sessie::Keuze;
use crate::web::proefbrowser::{Proefbrowser, Regio, VANDAAG, regio};

/// Pages of a child behind its first one.
const BLADEN: [&str; 7] = ["", "/tijdlijn", "/verzuim", "/gesprekken", "/gegevens", "/mdo", "/belkaart"];

fn adres(leerling: LeerlingId, blad: &str) -> String {
    format!("/leerling/{leerling}{blad}")
}

fn school_van(register: &Register, leerling: LeerlingId) -> Option<OrganisatieId> {
    let t = register.timeline_zonder_signalen(leerling)?;
    t.inschrijvingen_op(VANDAAG).next().map(|(_, inschrijving)| inschrijving.school)
}

#[test]
fn every_correction_that_is_offered_has_its_form() {
    speel(async {
        let regio = regio().await;
        for (rol, plant) in
            [(Rol::Leerplichtambtenaar, Plant::VrijstellingGeldig), (Rol::Verzuimcoordinator, Plant::Sam)]
        {
            let kind = regio.kind(plant);
            let mut wie = crate::web::vastleggen::tests::bij(&regio, rol, kind).await;
            let page = wie.get(&adres(kind, "/gegevens")).await.html;
            let links: Vec<&str> =
                page.split("href=\"").filter_map(|rest| rest.split_once('"')).map(|(to, _)| to).collect();
            let (correct, withdraw): (Vec<&str>, Vec<&str>) =
                links.into_iter().filter(|to| to.contains("/feit/")).partition(|to| to.ends_with("/corrigeren"));
            assert!(!correct.is_empty(), "{rol:?}");
            let from_files = withdraw.len() - correct.len();
            assert_eq!(from_files > 0, rol == Rol::Verzuimcoordinator, "who the pupil is, is mended at its source");
            for link in correct {
                assert_eq!(wie.get(link).await.status, 200, "{rol:?} {link}");
            }
        }
    });
}

#[test]
fn who_may_see_a_child_is_told_by_today_whatever_day_is_looked_at() {
    speel(async {
        let regio = regio().await;
        let kind = regio.kind(Plant::WachtenOpPlek);
        let mut school = crate::web::vastleggen::tests::school(&regio, kind).await;
        let told = |html: &str| {
            let (_, rest) = html.split_once("id=\"kop-zien\"").unwrap();
            let (kop, rest) = rest.split_once("</h2>").unwrap();
            let (_, list) = rest.split_once("<ul").unwrap();
            (kop.to_owned(), list.split_once("</section>").unwrap().0.to_owned())
        };
        let (kop, today) = told(&school.get(&adres(kind, "")).await.html);
        assert!(today.contains("leerplichtambtenaar") && !kop.contains("vandaag"), "{kop} {today}");
        // Before the melding leerplicht did not see it; now it sees that time too.
        let (kop, then) = told(&school.get(&adres(kind, "?op=2025-09-15")).await.html);
        assert!(then == today && kop.contains("vandaag"), "{kop} {then}");
    });
}

/// Windows of professionals, one for each: whoever is logged in stays so.
struct Vensters<'a> {
    regio: &'a Regio,
    open: Vec<(Keuze, Proefbrowser<'a>)>,
}

impl<'a> Vensters<'a> {
    fn op(regio: &'a Regio) -> Self {
        Vensters { regio, open: Vec::new() }
    }

    /// The window of the first professional in one of these roles for whom that holds.
    async fn van(&mut self, rollen: &[Rol], is: impl Fn(&Register, Keuze) -> bool) -> Option<&mut Proefbrowser<'a>> {
        let found = self.regio.staat.dienst.lees(|register| {
            let all = register.medewerkers().flat_map(|medewerker| {
                let held = register.alleen_over(medewerker);
                let roles = held.on::<RolToekenning>(VANDAAG);
                let roles = roles.map(|(_, held)| Keuze { medewerker, organisatie: held.organisatie, rol: held.rol });
                roles.collect::<Vec<Keuze>>()
            });
            let mut fits = all.filter(|keuze| rollen.contains(&keuze.rol) && is(register, *keuze));
            fits.next()
        });
        let keuze = found.await.unwrap()?;
        if !self.open.iter().any(|(known, _)| *known == keuze) {
            let same = move |_: &Register, other: Keuze| other == keuze;
            self.open.push((keuze, Proefbrowser::als(self.regio, keuze.rol, same).await));
        }
        self.open.iter_mut().find(|(known, _)| *known == keuze).map(|(_, browser)| browser)
    }

    /// Of who follows absence at the child's school; none when it has no school.
    async fn school(&mut self, leerling: LeerlingId) -> Option<&mut Proefbrowser<'a>> {
        let here = move |register: &Register, keuze: Keuze| school_van(register, leerling) == Some(keuze.organisatie);
        self.van(&[Rol::Verzuimcoordinator, Rol::IbEr], here).await
    }

    /// Of somebody in that role who may see the child; none when nobody may.
    async fn ziet(&mut self, rol: Rol, leerling: LeerlingId) -> Option<&mut Proefbrowser<'a>> {
        let sees = move |register: &Register, keuze: Keuze| {
            let by = Actor::Medewerker { id: keuze.medewerker, organisatie: keuze.organisatie, rol: keuze.rol };
            let sum = register.samenvatting_op(leerling, VANDAAG);
            sum.is_some_and(|sum| register.convenant(VANDAAG).ziet(&by, &sum.kring))
        };
        self.van(&[rol], sees).await
    }
}

/// States something as that professional does, decided as a form does.
async fn stel(regio: &Regio, leerling: LeerlingId, rol: Rol, command: Command) {
    let by = regio.staat.dienst.lees(|register| {
        let school = school_van(register, leerling);
        register.medewerkers().find_map(|id| {
            let held = register.alleen_over(id);
            let here = held.on::<RolToekenning>(VANDAAG).map(|(_, held)| held);
            let here = here.into_iter().find(|held| held.rol == rol && Some(held.organisatie) == school)?;
            Some(Actor::Medewerker { id, organisatie: here.organisatie, rol })
        })
    });
    let by = by.await.unwrap().unwrap();
    let decided = move |overlay: &Overlay<'_>, nu| {
        let timeline = overlay.timeline(leerling).unwrap();
        let view = View::new(leerling, &timeline, overlay.rules());
        let feiten = decide(&view, command.clone(), &by, nu)?;
        Ok(Besluit { feiten, gelezen: view.gelezen(), antwoord: Vec::new() })
    };
    regio.staat.dienst.beslis(Beslissing::new(decided)).await.unwrap().unwrap();
}

/// Whether a text holds a word, whole.
fn holds(text: &str, word: &str) -> bool {
    text.to_lowercase().split(|c: char| !c.is_alphabetic()).any(|found| found == word)
}

#[test]
fn every_planted_child_reads_from_front_to_back_at_its_school() {
    speel(async {
        let regio = regio().await;
        let mut vensters = Vensters::op(&regio);
        for (leerling, soort) in &regio.geplant {
            let Some(browser) = vensters.school(*leerling).await else { continue };
            for blad in BLADEN {
                let seen = browser.get(&adres(*leerling, blad)).await;
                assert_eq!(seen.status, 200, "{soort} {blad}");
                assert_eq!(seen.html.matches("<h1").count(), 1, "{soort} {blad}");
                let text = seen.tekst();
                assert!(
                    !text.contains("Some(") && !holds(&text, "thuiszitter") && !holds(&text, "luxe"),
                    "{soort} {blad}"
                );
                assert!(!seen.html.contains(" style="), "{soort} {blad}");
            }
            let log = regio.staat.dienst.inzagen(*leerling, 20).await.unwrap();
            assert_eq!(log.len(), BLADEN.len(), "{soort}: every look is written down");
        }
    });
}

#[test]
fn leerplicht_never_reads_of_illness_or_suspension_on_any_page() {
    speel(async {
        let regio = regio().await;
        let mut looked = 0;
        let mut vensters = Vensters::op(&regio);
        for (leerling, soort) in &regio.geplant {
            let Some(browser) = vensters.ziet(Rol::Leerplichtambtenaar, *leerling).await else { continue };
            for blad in BLADEN {
                let seen = browser.get(&adres(*leerling, blad)).await;
                for word in ["ziek", "geschorst", "zieken"] {
                    assert!(!holds(&seen.tekst(), word), "{soort} {blad}: {word}\n{}", seen.tekst());
                }
                looked += 1;
            }
        }
        assert!(looked >= 3 * BLADEN.len(), "leerplicht sees several of the planted children");
    });
}

#[test]
fn the_samenwerkingsverband_reads_no_reason_and_nothing_of_leerplicht() {
    speel(async {
        let regio = regio().await;
        let mut looked = 0;
        let mut vensters = Vensters::op(&regio);
        for (leerling, soort) in &regio.geplant {
            let Some(browser) = vensters.ziet(Rol::Consulent, *leerling).await else { continue };
            for blad in BLADEN {
                let text = browser.get(&adres(*leerling, blad)).await.tekst();
                let text = text.replace("niet de reden, ziekte of wat leerplicht doet", "");
                for word in ["ziek", "ongeoorloofd", "geschorst", "melding", "leerplicht", "burgerservicenummer"] {
                    assert!(!holds(&text, word), "{soort} {blad}: {word}\n{text}");
                }
                looked += 1;
            }
        }
        assert!(looked >= 3 * BLADEN.len());
    });
}

#[test]
fn a_stranger_gets_the_same_answer_as_for_a_child_that_is_not_there() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let mut ander = Proefbrowser::als(&regio, Rol::Verzuimcoordinator, |register, keuze| {
            school_van(register, sam) != Some(keuze.organisatie)
        })
        .await;
        for blad in BLADEN {
            let seen = ander.get(&adres(sam, blad)).await;
            let nobody = ander.get(&adres(LeerlingId::new(12), blad)).await;
            assert_eq!((seen.status, &seen.html), (404, &nobody.html), "{blad}");
        }
        assert!(regio.staat.dienst.inzagen(sam, 5).await.unwrap().is_empty(), "nothing was seen");
    });
}

#[test]
fn sam_reads_as_it_is_and_as_it_was() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let mut vensters = Vensters::op(&regio);
        let browser = vensters.school(sam).await.unwrap();
        let now = browser.get(&adres(sam, "")).await;
        let text = now.tekst();
        for part in
            ["dag 40 van 90", "Gesprek met Sam en ouders", "4 ziek, 6 ongeoorloofd", "Wie is wie", "heeft gezag"]
        {
            assert!(text.contains(part), "{part}\n{text}");
        }
        assert!(now.html.contains("href=\"tel:072-555 01 23\"") && now.html.contains("role=\"img\""));
        assert!(now.html.contains(&adres(sam, "/contact")), "what one does most is offered");
        let then = browser.get(&adres(sam, "?op=2026-02-10")).await;
        let text = then.tekst();
        assert!(text.contains("U kijkt naar een andere dag: dinsdag 10 februari 2026"), "{text}");
        assert!(
            !text.contains("dag 40") && !then.html.contains(&adres(sam, "/contact")),
            "one does nothing in the past"
        );
        assert!(then.html.contains(&adres(sam, "/tijdlijn?op=2026-02-10")), "other pages are of the same day");
        for (op, why) in
            [("1850-01-01", "Deze dag kan niet"), ("2030-01-01", "Deze dag kan niet"), ("gisteren", "geen datum")]
        {
            let seen = browser.get(&adres(sam, &format!("?op={op}"))).await;
            assert_eq!(seen.status, 200);
            assert!(seen.tekst().contains(why) && seen.tekst().contains("dag 40"), "{op}");
        }
    });
}

/// The first day of Sam's absence on which the school says that it was without reason.
const DAG: Date = Date::constant(2026, 3, 3);

#[test]
fn a_corrected_row_and_a_corrected_contact_show_what_stood_first() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let wrong =
            RijCorrectie { lesuur: 0, soort: VerzuimSoort::Ongeoorloofd, wordt: None, reden: "was er wel".into() };
        stel(&regio, sam, Rol::Verzuimcoordinator, Command::CorrigeerRij(Period::day(DAG), wrong)).await;
        let mut vensters = Vensters::op(&regio);
        let browser = vensters.school(sam).await.unwrap();
        let text = browser.get(&adres(sam, "/verzuim")).await.tekst();
        assert!(text.contains("eerst stond er ‘ongeoorloofd’, nu ‘aanwezig’; gecorrigeerd op 20 maart 2026"), "{text}");
        assert!(text.contains("Ongeoorloofd 20 "), "one day less than the school delivered\n{text}");
        let contact = |notitie: &str| Contact {
            met: Met::Ouders,
            wijze: Wijze::Telefoon,
            bereikt: true,
            notitie: notitie.into(),
        };
        let yesterday = Period::day(plus_days(VANDAAG, -1));
        stel(&regio, sam, Rol::Verzuimcoordinator, Command::NeemContact(yesterday, contact("moeder belde"))).await;
        let first =
            regio.staat.dienst.lees(|register| register.over(sam).next_back().map(|fact| fact.id)).await.unwrap();
        let wordt = Box::new(contact("vader belde").into());
        let better = Command::Corrigeer { feit: first.unwrap(), geldig: yesterday, wordt };
        stel(&regio, sam, Rol::Verzuimcoordinator, better).await;
        let facts = browser.get(&adres(sam, "/gegevens")).await;
        let text = facts.tekst();
        let (now, before) = (text.find("vader belde").unwrap(), text.find("moeder belde").unwrap());
        assert!(now < before && text.contains("Eerst stond er iets anders (1)"), "{text}");
        let talks = browser.get(&adres(sam, "/gesprekken")).await.tekst();
        assert!(talks.contains("vader belde") && !talks.contains("moeder belde"), "only what stands is read as a talk");
        let last =
            regio.staat.dienst.lees(|register| register.over(sam).next_back().map(|fact| fact.id)).await.unwrap();
        let gone = Command::TrekIn { feit: last.unwrap(), reden: "verkeerde leerling".into() };
        stel(&regio, sam, Rol::Verzuimcoordinator, gone).await;
        let text = browser.get(&adres(sam, "/gegevens")).await.tekst();
        assert!(
            text.contains("moeder belde") && text.contains("verkeerde leerling") || text.contains("ingetrokken"),
            "{text}"
        );
    });
}

#[test]
fn a_mentor_sees_own_pupils_without_number_and_place() {
    speel(async {
        let regio = regio().await;
        let mut vensters = Vensters::op(&regio);
        let mut looked = 0;
        for (leerling, soort) in &regio.geplant {
            let Some(mentor) = vensters.ziet(Rol::Mentor, *leerling).await else { continue };
            for blad in BLADEN {
                let text = mentor.get(&adres(*leerling, blad)).await.tekst();
                for word in ["burgerservicenummer", "postcode", "huisnummer"] {
                    assert!(!holds(&text, word), "{soort} {blad}: {word}\n{text}");
                }
                looked += 1;
            }
        }
        assert!(looked >= BLADEN.len());
    });
}
