//! Stories of the monitor: who sees which numbers.

use convenant::{Facet, Mag};
use domain::Date;
use domain::body::Persoonsgegevens;
use domain::fact::{Actor, Rol};
use domain::kring::Relatie;
use domain::status::StatusSoort;
use proefregio::Plant;
use register::telling::{Kant, Stand};

use crate::logboek::proef::speel;
use crate::web::proefbrowser::{Blad, Proefbrowser, Regio, VANDAAG, regio};

/// The first day of the month of [`VANDAAG`].
const PEILDAG: Date = Date::constant(2026, 3, 1);

/// A page of the monitor, once past days are counted.
async fn geteld(browser: &mut Proefbrowser<'_>, pad: &str) -> Blad {
    for _ in 0..60 {
        let blad = browser.get(pad).await;
        assert_eq!(blad.status, 200, "{}", blad.tekst());
        if blad.html.contains("id=\"verloop\"") {
            return blad;
        }
    }
    unreachable!("past days are not counted after minutes")
}

/// The texts between these marks, without markup.
fn tussen(html: &str, begin: &str, eind: &str) -> Vec<String> {
    let found = html.split(begin).skip(1).filter_map(|rest| rest.split_once(eind).map(|(inside, _)| inside));
    found.map(|inside| Blad { html: format!("<{inside}"), ..leeg() }.tekst()).collect()
}

fn leeg() -> Blad {
    Blad { status: 200, naar: None, html: String::new(), koppen: String::new() }
}

/// The part of a page that counts children without names.
fn zonder_namen(blad: &Blad) -> &str {
    let (_, part) = blad.html.split_once("op 1 maart 2026</h2>").unwrap();
    part.split_once("id=\"verloop\"").unwrap().0
}

fn getal(tekst: &str) -> Option<u32> {
    tekst.replace('.', "").parse().ok()
}

/// Whether a text is a count that nobody without names may see.
fn is_klein(tekst: &str) -> bool {
    getal(tekst).is_some_and(|n| (1..10).contains(&n))
}

async fn namen(regio: &Regio) -> Vec<String> {
    let read = |register: &register::Register| {
        let all = register.kinderen().filter_map(|kind| register.laatste::<Persoonsgegevens>(kind));
        all.map(|persoon| format!("{} {}", persoon.roepnaam.zichtbaar(), persoon.achternaam.zichtbaar())).collect()
    };
    regio.staat.dienst.lees(read).await.unwrap()
}

#[test]
fn policy_sees_no_name_no_list_and_no_small_number() {
    speel(async {
        let regio = regio().await;
        let names = namen(&regio).await;
        let mut beleid = Proefbrowser::als(&regio, Rol::Beleid, |_, _| true).await;
        for pad in [
            "/monitor",
            "/monitor?per=sector&cijfer=gaat-steeds-minder",
            "/monitor?per=school&sector=vo",
            "/monitor?per=school&sector=po",
            "/monitor?per=onzin&sector=onzin&cijfer=onzin&gemeente=onzin&bladzijde=9999",
        ] {
            let blad = geteld(&mut beleid, pad).await;
            assert!(!blad.html.contains("/leerling"), "{pad} leads to children");
            assert!(names.iter().all(|naam| !blad.html.contains(naam.as_str())), "{pad}");
            let cells = tussen(&blad.html, "<td class=\"lr-rechts", "</td>");
            assert!(cells.len() > 4, "{pad}: {cells:?}");
            for cel in &cells {
                let told = cel == "1 t/m 9" || cel == "&ndash; niet getoond" || getal(cel).is_some();
                assert!(told && !is_klein(cel), "{pad}: {cel}");
            }
            let drawn = tussen(&blad.html, "text-anchor=\"middle\" font-size=\"11\"", "</text>");
            assert!(!drawn.is_empty() && !drawn.iter().any(|number| is_klein(number)), "{pad} draws {drawn:?}");
            // "1 maart 2026: 1 t/m 9 (0 met passend aanbod)"
            for day in tussen(&blad.html, "<desc id=\"beeld-woorden\"", "</desc>").concat().split("; ") {
                let (_, numbers) = day.split_once(": ").unwrap();
                let numbers = numbers.replace(" met passend aanbod)", "");
                assert!(!numbers.split(" (").any(is_klein), "{pad} says {day}");
            }
        }
    });
}

#[test]
fn a_file_holds_the_numbers_of_the_page_and_nothing_more() {
    speel(async {
        let regio = regio().await;
        let mut beleid = Proefbrowser::als(&regio, Rol::Beleid, |_, _| true).await;
        let blad = geteld(&mut beleid, "/monitor?per=gemeente").await;
        let shown: Vec<String> = tussen(zonder_namen(&blad), "<td class=\"lr-rechts", "</td>");
        let file = beleid.get("/monitor/tabel.csv?tabel=gemeente&per=gemeente").await;
        assert!(file.koppen.contains("monitor-gemeente.csv") && file.koppen.contains("text/csv"));
        let lines: Vec<Vec<&str>> = file.html.lines().skip(1).map(|line| line.split(';').collect()).collect();
        let told: Vec<String> = lines
            .iter()
            .flat_map(|line| &line[1..line.len() - 1])
            .map(|cell| match cell.trim_matches('"') {
                "niet getoond" => "&ndash; niet getoond".to_owned(),
                cell => cell.to_owned(),
            })
            .collect();
        assert_eq!(shown, told);
        assert_eq!(
            beleid.get("/monitor/tabel.csv?tabel=status").await.status,
            404,
            "counts by name are not for policy"
        );
        assert_eq!(beleid.get("/monitor/tabel.csv").await.status, 404);
    });
}

#[test]
fn a_school_sees_the_numbers_of_its_own_pupils_each_with_its_list() {
    speel(async {
        let regio = regio().await;
        let sam = regio.kind(Plant::Sam);
        let of_sam = move |register: &register::Register, organisatie| {
            let made = register.samenvatting_op(sam, VANDAAG).unwrap();
            made.kring.van_organisatie(organisatie).contains(Relatie::SchoolVanInschrijving)
        };
        let mut school =
            Proefbrowser::als(&regio, Rol::Verzuimcoordinator, |r, keuze| of_sam(r, keuze.organisatie)).await;
        let blad = geteld(&mut school, "/monitor").await;
        let expected = regio.staat.dienst.lees(move |register| {
            let own = register.kinderen().filter_map(|kind| register.samenvatting_op(kind, VANDAAG));
            let here = register.samenvatting_op(sam, VANDAAG).unwrap().kring.organisaties().collect::<Vec<_>>();
            let school = here.into_iter().find(|id| of_sam(register, *id)).unwrap();
            let own = own.filter(|made| made.kring.van_organisatie(school).contains(Relatie::SchoolVanInschrijving));
            own.filter(|made| made.status.soort == StatusSoort::Thuiszittend).count()
        });
        let expected = expected.await.unwrap();
        assert!(expected > 0);
        let link = format!("href=\"/leerlingen?status=thuiszittend\">{expected}<");
        assert!(blad.html.contains(&link), "{link} in {}", blad.tekst());
        assert!(!blad.html.contains("niet getoond</span>") && !blad.html.contains("op 1 maart 2026</h2>"));
        assert!(!blad.html.contains("absoluut verzuim</a></th>"), "a school is told of no missing enrolment");
        let months = school.get("/monitor/tabel.csv?tabel=verloop&cijfer=thuis-tot-6-weken").await;
        let first: Vec<&str> = months.html.lines().filter(|line| line.contains("1 maart 2026")).collect();
        assert_eq!(first.len(), 1, "{}", months.html);
    });
}

#[test]
fn behind_every_number_lies_a_list_of_as_many_children() {
    speel(async {
        let regio = regio().await;
        for rol in [Rol::Schoolleider, Rol::Consulent, Rol::Leerplichtambtenaar, Rol::Doorzettingsmacht] {
            let mut iemand = Proefbrowser::als(&regio, rol, |_, _| true).await;
            let blad = iemand.get("/monitor").await;
            let links = blad.html.split("href=\"/leerlingen?").skip(1).filter_map(|rest| {
                let (vraag, rest) = rest.split_once("\">")?;
                Some((
                    vraag.replace("&amp;", "&").replace("&#38;", "&"),
                    rest.split_once('<')?.0.parse::<usize>().ok()?,
                ))
            });
            for (vraag, aantal) in links.collect::<Vec<_>>() {
                let lijst = iemand.get(&format!("/leerlingen?{vraag}")).await;
                let shown: std::collections::BTreeSet<&str> =
                    lijst.html.split("href=\"/leerling/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
                assert_eq!(shown.len(), aantal, "{rol:?} {vraag}: {}", lijst.tekst());
            }
        }
    });
}

#[test]
fn whoever_sees_some_by_name_sees_the_others_as_rough_numbers() {
    speel(async {
        let regio = regio().await;
        let names = namen(&regio).await;
        for rol in [Rol::Consulent, Rol::Leerplichtambtenaar] {
            let mut iemand = Proefbrowser::als(&regio, rol, |_, _| true).await;
            let blad = geteld(&mut iemand, "/monitor").await;
            let part = zonder_namen(&blad);
            assert!(blad.html.contains("Leerlingen die u bij naam ziet, vandaag"));
            assert!(!part.contains("/leerling"), "{rol:?}");
            for cel in tussen(part, "<td class=\"lr-rechts", "</td>") {
                assert!(!is_klein(&cel), "{rol:?}: {cel}");
            }
            assert!(names.iter().all(|naam| !blad.html.contains(naam.as_str())), "numbers only");
            let ill = part.contains("ziek, in overleg") || part.contains("vrijgesteld");
            assert!(!ill, "{rol:?} is told of no illness");
        }
    });
}

#[test]
fn a_child_that_is_only_ill_is_counted_for_policy_and_not_for_leerplicht() {
    speel(async {
        let regio = regio().await;
        let ziek = regio.kind(Plant::EindelozeZiekte);
        let rijen =
            regio.staat.dienst.lees(move |register| register.telrijen(ziek, &[PEILDAG, VANDAAG])).await.unwrap();
        assert!(!rijen.is_empty(), "the clock of the child runs");
        for (_, rij) in rijen {
            assert!(rij.ziek && rij.gemeente.is_some() && rij.swv.is_some());
            assert_eq!(Kant::Leerplicht(rij.gemeente.unwrap()).kolom(&rij), None);
            assert!(Kant::Regio.kolom(&rij).is_some());
            let swv = Kant::Samenwerkingsverband(rij.swv.unwrap()).kolom(&rij);
            assert!(swv.is_some_and(|stand| stand != Stand::ZiekInOverleg), "counted by its clock: {swv:?}");
        }
    });
}

#[test]
fn numbers_by_name_are_those_of_children_that_one_may_see() {
    speel(async {
        let regio = regio().await;
        let wie = std::cell::Cell::new(None);
        let first = |_: &register::Register, keuze| wie.replace(Some(keuze)).is_none();
        let mut lpa = Proefbrowser::als(&regio, Rol::Leerplichtambtenaar, first).await;
        let wie = wie.get().unwrap();
        let actor = Actor::Medewerker { id: wie.medewerker, organisatie: wie.organisatie, rol: wie.rol };
        let seen = regio.staat.dienst.lees(move |register| {
            let all = register.kinderen().filter_map(|kind| register.samenvatting_op(kind, VANDAAG));
            let may = all.filter(|made| {
                let facetten = register.convenant(VANDAAG).facetten(&actor, Mag::Lees, &made.kring);
                facetten.contains(Facet::PersoonNaam) && facetten.contains_all(Facet::van_status(made.status.soort))
            });
            may.filter(|made| made.status.soort == StatusSoort::Absoluut).count()
        });
        let seen = seen.await.unwrap();
        let file = lpa.get("/monitor/tabel.csv?tabel=status").await;
        let line = file.html.lines().find(|line| line.starts_with("absoluut verzuim;")).unwrap().to_owned();
        assert!(line.starts_with(&format!("absoluut verzuim;{seen};")), "{line}");
    });
}

#[test]
fn every_figure_leads_to_what_it_means_for_every_role() {
    speel(async {
        let regio = regio().await;
        let mut beheer = Proefbrowser::als(&regio, Rol::Beheerder, |_, _| true).await;
        let lijst = beheer.get("/monitor/definitie").await;
        assert!(lijst.tekst().contains("Langdurig relatief verzuim (meer dan vier weken) en absoluut verzuim samen."));
        let blad = beheer.get("/monitor/definitie/drie-maanden-voorbij").await;
        for words in ["drie maanden voorbij", "Regionaal thuiszitterspact", "Protocol", "geldig vanaf"] {
            assert!(blad.tekst().contains(words), "{words}: {}", blad.tekst());
        }
        assert_eq!(beheer.get("/monitor/definitie/onzin").await.status, 404);
        let mut beleid = Proefbrowser::als(&regio, Rol::Beleid, |_, _| true).await;
        let blad = geteld(&mut beleid, "/monitor").await;
        let links: Vec<&str> = blad.html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let figures = links.into_iter().filter(|adres| adres.starts_with("/monitor/definitie/"));
        let figures: Vec<String> = figures.map(str::to_owned).collect();
        assert!(figures.len() > 10);
        for adres in figures {
            assert_eq!(beleid.get(&adres).await.status, 200, "{adres}");
        }
    });
}

#[test]
fn a_school_that_did_not_deliver_is_named_and_marked() {
    speel(async {
        let regio = regio().await;
        let mut beleid = Proefbrowser::als(&regio, Rol::Beleid, |_, _| true).await;
        let blad = beleid.get("/monitor/volledigheid").await;
        let missing = regio.staat.dienst.lees(|register| {
            let scholen = register.rules().scholen.keys();
            scholen.filter(|school| !register.dekking(**school, VANDAAG).is_volledig()).count()
        });
        let missing = missing.await.unwrap();
        assert_eq!(blad.html.matches("is-let-op\">onvolledig").count(), missing);
        assert!(blad.html.contains("schooldagen"));
    });
}
