//! Leerplicht looks with a reason, the privacy officer judges it, and nobody else learns of it.

use convenant::{Facet, Mag, Oordeel};
use domain::body::{Persoonsgegevens, RolToekenning};
use domain::fact::{Actor, Rol};
use domain::ids::{LeerlingId, OrganisatieId};
use register::Register;

use crate::logboek::proef::speel;
use crate::toegang::sessie::Keuze;
use crate::web::proefbrowser::{Proefbrowser, Regio, VANDAAG, regio};

/// A child that this professional may see with a reason only.
fn met_reden(register: &Register, wie: Keuze) -> Option<LeerlingId> {
    let Keuze { medewerker, organisatie, rol } = wie;
    let actor = Actor::Medewerker { id: medewerker, organisatie, rol };
    register.kinderen().find(|kind| {
        let Some(samenvatting) = register.samenvatting_op(*kind, VANDAAG) else { return false };
        let oordeel = register.convenant(VANDAAG).decide(&actor, Mag::Lees, &samenvatting.kring, Facet::PersoonNaam);
        matches!(oordeel, Oordeel::MetReden { .. })
    })
}

/// The leerplichtambtenaar of a municipality that has a privacy officer, and a child to look at.
async fn ambtenaar(regio: &Regio) -> (Proefbrowser<'_>, Keuze, LeerlingId) {
    let privacy = |register: &Register, organisatie: OrganisatieId| {
        register.medewerkers().any(|wie| {
            let roles = register.alleen_over(wie);
            roles
                .on::<RolToekenning>(VANDAAG)
                .any(|(_, held)| held.rol == Rol::Privacy && held.organisatie == organisatie)
        })
    };
    let found = std::cell::Cell::new(None);
    let browser = Proefbrowser::als(regio, Rol::Leerplichtambtenaar, |register, keuze| {
        let kind = met_reden(register, keuze).filter(|_| privacy(register, keuze.organisatie));
        found.set(kind.map(|kind| (keuze, kind)));
        kind.is_some()
    });
    let browser = browser.await;
    let (keuze, kind) = found.get().unwrap();
    (browser, keuze, kind)
}

async fn velden(regio: &Regio, kind: LeerlingId) -> [String; 3] {
    let read = |register: &Register| {
        let persoon = register.laatste::<Persoonsgegevens>(kind).unwrap();
        let achternaam = format!("{} {}", persoon.voorvoegsel.zichtbaar(), persoon.achternaam.zichtbaar());
        let geboren = persoon.geboortedatum.unwrap().to_string();
        [persoon.roepnaam.zichtbaar().to_owned(), achternaam.trim().to_owned(), geboren]
    };
    regio.staat.dienst.lees(read).await.unwrap()
}

#[test]
fn a_child_is_seen_for_a_day_with_a_reason_that_is_judged() {
    speel(async {
        let regio = regio().await;
        let (mut lpa, keuze, kind) = ambtenaar(&regio).await;
        let [voornaam, achternaam, geboren] = velden(&regio, kind).await;
        let reden = "Buren bellen over dit kind, wij kennen het niet.";
        let form = |reden| {
            [
                ("voornaam", voornaam.as_str()),
                ("achternaam", achternaam.as_str()),
                ("geboren", geboren.as_str()),
                ("reden", reden),
            ]
        };
        lpa.get("/inzage").await;
        let zonder = lpa.post("/inzage", &form("")).await;
        assert_eq!(zonder.status, 422);
        assert!(zonder.tekst().contains("Schrijf in een zin waarom"));
        let begun = lpa.post("/inzage", &form(reden)).await;
        let pad = begun.naar.unwrap();
        assert!(pad.starts_with("/inzage/") && !pad.contains(&achternaam), "{pad}");
        let blad = lpa.get(&pad).await;
        let text = blad.tekst();
        assert!(text.contains(&voornaam) && text.contains("School") && text.contains(reden), "{text}");
        for nooit in ["Klok", "Melding", "Verzuim"] {
            assert!(!text.contains(nooit), "{nooit}: {text}");
        }
        let logged = regio.staat.dienst.inzagen(kind, 9).await.unwrap();
        assert_eq!((logged[0].wat.as_str(), logged[0].reden.as_str()), ("inzage met reden", reden));
        assert_eq!(lpa.get(&format!("/leerling/{kind}")).await.status, 404, "the dossier stays shut");

        // A colleague with the address sees nothing, nor does the privacy officer of another organisation.
        let mut ander =
            Proefbrowser::als(&regio, Rol::Leerplichtambtenaar, |_, other| other.medewerker != keuze.medewerker).await;
        assert_eq!(ander.get(&pad).await.status, 404);
        let elders = |_: &Register, other: Keuze| other.organisatie != keuze.organisatie;
        let mut vreemd = Proefbrowser::als(&regio, Rol::Privacy, elders).await;
        assert!(!vreemd.get("/leeslog/inzagen").await.tekst().contains(reden));
        let nummer = pad.rsplit('/').next().unwrap();
        let oordeel = format!("/leeslog/inzagen/{nummer}");
        assert_eq!(vreemd.post(&oordeel, &[("oordeel", "akkoord")]).await.status, 404);

        let eigen = |_: &Register, other: Keuze| other.organisatie == keuze.organisatie;
        let mut privacy = Proefbrowser::als(&regio, Rol::Privacy, eigen).await;
        assert!(privacy.get("/leeslog").await.tekst().contains("1 te beoordelen"));
        let lijst = privacy.get("/leeslog/inzagen").await;
        assert!(lijst.tekst().contains(reden) && !lijst.tekst().contains(&achternaam), "{}", lijst.tekst());
        assert!(!lijst.tekst().contains("te laat"));
        let kaal = privacy.post(&oordeel, &[("oordeel", "niet-akkoord")]).await;
        assert_eq!(kaal.status, 422, "no without words is no judgement");
        let words = "Dit hoort via Veilig Thuis te gaan.";
        assert_eq!(privacy.post(&oordeel, &[("oordeel", "niet-akkoord"), ("woorden", words)]).await.status, 303);
        let na = privacy.get("/leeslog/inzagen").await.tekst();
        assert!(na.contains(words) && na.contains("Er is niets te beoordelen"), "{na}");
        assert_eq!(privacy.post(&oordeel, &[("oordeel", "akkoord")]).await.status, 404, "judged once");
    });
}

#[test]
fn every_miss_gets_the_same_answer() {
    speel(async {
        let regio = regio().await;
        let (mut lpa, keuze, kind) = ambtenaar(&regio).await;
        let [voornaam, achternaam, geboren] = velden(&regio, kind).await;
        let hidden = |register: &Register| {
            let actor = Actor::Medewerker { id: keuze.medewerker, organisatie: keuze.organisatie, rol: keuze.rol };
            register.kinderen().find(|kind| {
                let samenvatting = register.samenvatting_op(*kind, VANDAAG).unwrap();
                let convenant = register.convenant(VANDAAG);
                matches!(
                    convenant.decide(&actor, Mag::Lees, &samenvatting.kring, Facet::PersoonNaam),
                    Oordeel::Nee { .. }
                )
            })
        };
        let elders = regio.staat.dienst.lees(hidden).await.unwrap().unwrap();
        let elders = velden(&regio, elders).await;
        let mut answers = Vec::new();
        for [voornaam, achternaam, geboren] in [
            [voornaam.clone(), achternaam.clone(), "2010-01-01".to_owned()],
            [voornaam, "Bestaatniet".to_owned(), geboren],
            elders,
        ] {
            lpa.get("/inzage").await;
            let velden = [
                ("voornaam", voornaam.as_str()),
                ("achternaam", achternaam.as_str()),
                ("geboren", geboren.as_str()),
                ("reden", "Een vraag van de buren."),
            ];
            let blad = lpa.post("/inzage", &velden).await;
            assert_eq!(blad.status, 422);
            answers.push(blad.tekst());
        }
        assert!(answers[0].contains("geen leerling die u mag inzien"), "{}", answers[0]);
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    });
}
