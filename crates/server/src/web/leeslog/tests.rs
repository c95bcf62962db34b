//! The privacy officer reads the log of the own organisation, and of no other.

use domain::fact::{Actor, Rol};
use domain::ids::LeerlingId;
use proefregio::Plant;

use crate::dienst::lezer;
use crate::logboek::proef::speel;
use crate::toegang::sessie::Keuze;
use crate::web::proefbrowser::{Blad, Proefbrowser, Regio, VANDAAG, regio};

/// Somebody of an organisation looked.
async fn kijk(regio: &Regio, keuze: Keuze, over: &[LeerlingId], wat: &str) {
    let Keuze { medewerker, organisatie, rol } = keuze;
    let actor = Actor::Medewerker { id: medewerker, organisatie, rol };
    regio.staat.dienst.gelezen(&lezer(&actor), over, wat, "begeleiding").await.unwrap();
}

/// The function in which somebody works.
async fn als(regio: &Regio, rol: Rol) -> (Proefbrowser<'_>, Keuze) {
    let found = std::cell::Cell::new(None);
    let browser = Proefbrowser::als(regio, rol, |_, keuze| {
        found.set(Some(keuze));
        true
    });
    (browser.await, found.get().unwrap())
}

#[test]
fn one_sees_who_of_the_own_organisation_looked_and_is_seen_too() {
    speel(async {
        let regio = regio().await;
        let (mut privacy, eigen) = als(&regio, Rol::Privacy).await;
        let sam = regio.kind(Plant::Sam);
        let kinderen: Vec<LeerlingId> =
            regio.staat.dienst.lees(|register| register.kinderen().take(40).collect()).await.unwrap();
        let anders = domain::ids::OrganisatieId::new(eigen.organisatie.0.get() ^ 1);
        kijk(&regio, eigen, &[sam], "tijdlijn van een leerling").await;
        kijk(&regio, eigen, &kinderen, "lijst van veertig").await;
        kijk(&regio, Keuze { organisatie: anders, ..eigen }, &[sam], "blik van een ander").await;

        let blad = privacy.get("/leeslog").await;
        let text = blad.tekst();
        assert!(text.contains("tijdlijn van een leerling") && text.contains(&sam.to_string()), "{text}");
        assert!(text.contains("lijst van veertig") && text.contains("en 37 andere"), "{text}");
        assert!(!text.contains("blik van een ander"), "another organisation's looks are not shown");
        let again = privacy.get("/leeslog").await.tekst();
        assert!(again.contains("toezicht op het leeslog"), "whoever reads the log is in it: {again}");

        let zoek = |leerling: &str| {
            [
                ("van".to_owned(), "2026-03-10".to_owned()),
                ("tot".to_owned(), "2026-03-20".to_owned()),
                ("leerling".to_owned(), leerling.to_owned()),
            ]
        };
        let ask = async |privacy: &mut Proefbrowser<'_>, leerling: String| {
            let fields = zoek(&leerling);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            privacy.post("/leeslog", &fields).await
        };
        let over_sam = ask(&mut privacy, sam.to_string()).await;
        assert_eq!(over_sam.status, 200);
        assert!(over_sam.tekst().contains("tijdlijn van een leerling"));
        assert!(!over_sam.tekst().contains("lijst van veertig") || kinderen.contains(&sam));
        let niemand = ask(&mut privacy, LeerlingId::new(77).to_string()).await;
        assert!(niemand.tekst().contains("Niemand van"), "{}", niemand.tekst());
        let onzin = ask(&mut privacy, "Xqzv Wkpj".to_owned()).await;
        assert!(onzin.tekst().contains("Niemand van"), "{}", onzin.tekst());
    });
}

#[test]
fn a_period_is_bounded_and_goes_forward() {
    speel(async {
        let regio = regio().await;
        let (mut privacy, _) = als(&regio, Rol::Privacy).await;
        privacy.get("/leeslog").await;
        for (van, tot, status, woord) in [
            ("2026-02-18", "2026-03-20", 200, "Bekeken van 18 februari 2026"),
            ("2026-02-17", "2026-03-20", 422, "hoogstens 31 dagen"),
            ("2026-03-20", "2026-03-19", 422, "ligt voor de eerste"),
        ] {
            let blad = privacy.post("/leeslog", &[("van", van), ("tot", tot)]).await;
            assert_eq!(blad.status, status, "{van} {tot}");
            assert!(blad.tekst().contains(woord), "{woord}: {}", blad.tekst());
        }
    });
}

#[test]
fn a_name_leads_to_numbers_of_children_that_colleagues_looked_at_and_to_no_name() {
    speel(async {
        let regio = regio().await;
        let (mut privacy, eigen) = als(&regio, Rol::Privacy).await;
        let known = regio.staat.dienst.lees(|register| {
            let all: Vec<_> = register
                .kinderen()
                .map(|leerling| {
                    let made = register.samenvatting_op(leerling, VANDAAG).unwrap();
                    let actor =
                        Actor::Medewerker { id: eigen.medewerker, organisatie: eigen.organisatie, rol: eigen.rol };
                    let convenant = register.convenant(VANDAAG);
                    let own =
                        convenant.decide(&actor, convenant::Mag::Lees, &made.kring, convenant::Facet::Leeslog).is_ja();
                    (leerling, own, made.kaart.naam(), made.kaart.geboren.unwrap())
                })
                .collect();
            let one = |own: bool| all.iter().find(|kind| kind.1 == own).unwrap().clone();
            let begin = |naam: &str| naam.rsplit(' ').next().unwrap().chars().take(2).collect::<String>();
            let begins: Vec<String> = all.iter().filter(|kind| kind.1).map(|kind| begin(&kind.2)).collect();
            let shared = |begin: &&String| begins.iter().filter(|other| other == begin).count();
            let several = begins.iter().max_by_key(shared).unwrap().clone();
            assert!(shared(&&several) > 1, "a beginning that names of several children have");
            let own: Vec<LeerlingId> = all.iter().filter(|kind| kind.1).map(|kind| kind.0).collect();
            (one(true), one(false), several, own)
        });
        let ((kind, _, naam, born), (vreemd, _, ander, ander_born), several, own) = known.await.unwrap();
        let who = |naam: &str, born: domain::Date| format!("{naam} {}-{}-{}", born.day(), born.month(), born.year());
        privacy.get("/leeslog").await;
        let days = [("van", "2026-03-10"), ("tot", "2026-03-20")];
        let answer = |blad: &Blad| blad.tekst().split("Zoeken").last().unwrap().to_owned();
        let ask = async |privacy: &mut Proefbrowser<'_>, woord: &str| {
            privacy.post("/leeslog", &[days[0], days[1], ("leerling", woord)]).await
        };
        let niemand = answer(&ask(&mut privacy, "Xqzv Wkpj 1-1-2012").await);

        // Nobody of the organisation looked at it yet: by name and by number the answer is that of a child that is not
        // there, and asking leaves nothing behind by which the next asking tells more.
        for woord in [&who(&naam, born), &kind.to_string(), &who(&naam, born)] {
            assert_eq!(answer(&ask(&mut privacy, woord).await), niemand, "{woord}");
        }
        kijk(&regio, eigen, &[kind], "tijdlijn van deze leerling").await;
        for woord in [&who(&naam, born), &kind.to_string()] {
            let one = ask(&mut privacy, woord).await;
            assert!(one.tekst().contains("tijdlijn van deze leerling"), "{woord}: {}", one.tekst());
        }

        // Of some that fit one picks by number; no name that the officer did not type stands there.
        kijk(&regio, eigen, &own, "lijst van alle leerlingen").await;
        let some = privacy.post("/leeslog", &[days[0], days[1], ("leerling", &several)]).await;
        assert!(some.tekst().contains("Welke leerling bedoelt u?"), "{}", some.tekst());
        assert!(!some.tekst().contains(&naam), "no name");
        let picked = some.keuzes("/leeslog", "leerling");
        assert!(!picked.is_empty());

        // A child that is nothing to the organisation is not there, as one that does not exist.
        let elders = ask(&mut privacy, &who(&ander, ander_born)).await;
        assert_eq!(answer(&elders), niemand);
        assert!(!elders.html.contains(&vreemd.to_string()));
        let logged = regio.staat.dienst.inzagen(kind, 50).await.unwrap();
        assert!(logged.iter().any(|look| look.wat == "leeslog"), "whoever looks for a child is in its log");
    });
}
