//! The dossier, who is aan zet, and who has the child in view.

use domain::Date;
use domain::aan_zet::{Waardoor, aan_zet};
use domain::body::{
    Afhandeling, Consult, ConsultStap, Melding, MeldingSoort, SignaalAfhandeling, SluitReden, Sluiting, Stem, Taak,
    Toestemming, ToestemmingVoor, UitschrijfReden, Verantwoordelijke, VolgendeStap, VraagVan,
};
use domain::dossier::{Dossier, Einde, Opening, dossier};
use domain::fact::{Actor, Rol};
use domain::finding::Gap;
use domain::ids::{MedewerkerId, OrganisatieId};
use domain::in_beeld::{Beeld, Partij, in_beeld};
use domain::period::Period;
use proptest::prelude::*;
use testkit::{GEMEENTE, JGZ, Kind, MOEDER, SCHOOL, SWV, dag, kind, mentor, moeder, regio};

fn sam() -> Kind {
    kind(dag(2012, 3, 10)).ingeschreven(SCHOOL, dag(2025, 8, 1)).woont_hier(dag(2025, 8, 2))
}

fn weg() -> Kind {
    sam().dagen(SCHOOL, dag(2026, 2, 9), &"ooooo".repeat(6))
}

fn melding() -> Melding {
    let leeg = || "".into();
    Melding {
        soort: MeldingSoort::V3,
        begin: dag(2026, 3, 2),
        einde: None,
        reden: leeg(),
        alle_lessen: false,
        actie_school: leeg(),
        actie_gewenst: leeg(),
        meldingsnummer: leeg(),
    }
}

fn eigenaar(organisatie: OrganisatieId) -> Verantwoordelijke {
    Verantwoordelijke { organisatie, medewerker: MedewerkerId::new(9), taak: Taak::Eigenaar }
}

fn sluiting() -> Sluiting {
    Sluiting { reden: SluitReden::Terug, toelichting: "".into() }
}

fn staat(kind: &Kind, on: Date) -> Dossier {
    dossier(&kind.timeline(), on, &regio()).value
}

#[test]
fn een_dossier_opent_door_wat_er_gebeurt_en_niet_door_een_signaal_alleen() {
    let on = dag(2026, 3, 20);
    assert_eq!(staat(&sam(), on), Dossier::Geen);
    let gemeld = sam().gebeurtenis(dag(2026, 3, 5), mentor(SCHOOL), melding());
    assert_eq!(staat(&gemeld, on), Dossier::Open { sinds: dag(2026, 3, 5), door: Opening::Melding(gemeld.laatste()) });
    assert_eq!(staat(&gemeld, dag(2026, 3, 4)), Dossier::Geen);
    let handelt = |afhandeling| SignaalAfhandeling {
        regel: "weg".into(),
        eerste_dag: dag(2026, 3, 2),
        stap: None,
        afhandeling,
        reden: "x".into(),
        stem: Stem::Eigen,
    };
    let opgepakt = sam().gebeurtenis(dag(2026, 3, 5), mentor(SCHOOL), handelt(Afhandeling::Opgepakt));
    assert!(staat(&opgepakt, on).open_sinds().is_some());
    let gesloten = sam().gebeurtenis(dag(2026, 3, 5), mentor(SCHOOL), handelt(Afhandeling::Gesloten));
    assert_eq!(staat(&gesloten, on), Dossier::Geen);
    let benoemd = sam().toestand(dag(2026, 3, 6), mentor(SCHOOL), eigenaar(SCHOOL));
    assert_eq!(staat(&benoemd, on).open_sinds(), Some(dag(2026, 3, 6)));
    assert_eq!(staat(&weg(), on), Dossier::Open { sinds: dag(2026, 2, 9), door: Opening::Klok });
}

#[test]
fn een_dossier_sluit_door_een_mens_of_aan_het_einde_van_de_plicht_en_kan_weer_open() {
    let dicht = sam().gebeurtenis(dag(2026, 3, 5), mentor(SCHOOL), melding()).gebeurtenis(
        dag(2026, 3, 12),
        mentor(SCHOOL),
        sluiting(),
    );
    let op = dag(2026, 3, 12);
    assert_eq!(staat(&dicht, dag(2026, 3, 20)), Dossier::Gesloten { op, door: Einde::Sluiting(dicht.laatste()) });
    let weer = dicht.gebeurtenis(dag(2026, 4, 2), mentor(SCHOOL), melding());
    assert_eq!(staat(&weer, dag(2026, 4, 2)).open_sinds(), Some(dag(2026, 4, 2)));
    let bijna = kind(dag(2008, 4, 1)).ingeschreven(SCHOOL, dag(2025, 8, 1)).gebeurtenis(
        dag(2026, 3, 5),
        mentor(SCHOOL),
        melding(),
    );
    assert!(staat(&bijna, dag(2026, 3, 31)).open_sinds().is_some());
    assert_eq!(staat(&bijna, dag(2026, 4, 1)), Dossier::Gesloten { op: dag(2026, 4, 1), door: Einde::EindePlicht });
}

#[test]
fn wie_een_dossier_sluit_met_een_dag_van_voor_het_einde_van_de_klok_sluit_het() {
    use domain::termijnen::termijnen;
    // Away for two weeks and then back: on the day of the closing the clock was over, counted from Monday 23 February.
    let terug = sam().dagen(SCHOOL, dag(2026, 1, 26), &format!("{}{}", "ooooo".repeat(3), ".....".repeat(6)));
    let (op, stated) = (dag(2026, 2, 13), dag(2026, 3, 27));
    let sluit = |bekend: Date| {
        let known = domain::calendar::begin_van_dag(bekend);
        terug.clone().feit_bekend(Period::day(op), known, mentor(SCHOOL), sluiting())
    };
    let dicht = sluit(stated);
    let door = Einde::Sluiting(dicht.laatste());
    assert_eq!(staat(&dicht, stated), Dossier::Gesloten { op, door });
    assert_eq!(aan_zet(&dicht.timeline(), stated, &regio()).value, None);
    assert!(termijnen(&dicht.timeline(), stated, &regio()).iter().all(|t| !t.wat.contains("verantwoordelijke")));
    // Stated on that day itself nobody could know that the child was coming back: the clock keeps it open.
    assert!(staat(&sluit(op), dag(2026, 2, 20)).open_sinds().is_some());
}

/// Organisation, person, last day, from what.
fn zet(kind: &Kind, on: Date) -> Option<(OrganisatieId, Option<MedewerkerId>, Date, &'static str)> {
    let found = aan_zet(&kind.timeline(), on, &regio()).value?;
    let waardoor = match found.waardoor {
        Waardoor::VolgendeStap(_) => "stap",
        Waardoor::Termijn(citation) => citation.regel,
        Waardoor::Verantwoordelijke(_) => "verantwoordelijke",
        Waardoor::Niemand => "niemand",
    };
    Some((found.organisatie, found.medewerker, found.uiterlijk, waardoor))
}

#[test]
fn aan_zet_eerst_de_afgesproken_stap_dan_de_eerste_termijn_dan_de_verantwoordelijke() {
    let on = dag(2026, 3, 10);
    assert_eq!(zet(&sam(), on), None, "no dossier, nobody owes anything");
    let gemeld = sam().gebeurtenis(dag(2026, 3, 5), mentor(SCHOOL), melding());
    assert_eq!(zet(&gemeld, on), Some((GEMEENTE, None, dag(2026, 3, 12), "14")));
    let stap =
        VolgendeStap { organisatie: SCHOOL, medewerker: None, stap: "bellen".into(), uiterlijk: dag(2026, 3, 9) };
    let afgesproken = gemeld.gebeurtenis(dag(2026, 3, 6), mentor(SCHOOL), stap);
    assert_eq!(zet(&afgesproken, on), Some((SCHOOL, None, dag(2026, 3, 9), "stap")), "overdue, and still theirs");
    let benoemd = sam().toestand(dag(2026, 3, 6), mentor(SCHOOL), eigenaar(SCHOOL));
    let verwacht = Some((SCHOOL, Some(MedewerkerId::new(9)), dag(2026, 3, 9), "verantwoordelijke"));
    assert_eq!(zet(&benoemd, on), verwacht);
}

#[test]
fn niemand_aangewezen_is_een_bevinding_en_de_school_is_aan_zet() {
    let handelt = SignaalAfhandeling {
        regel: "weg".into(),
        eerste_dag: dag(2026, 3, 2),
        stap: None,
        afhandeling: Afhandeling::Opgepakt,
        reden: "".into(),
        stem: Stem::Eigen,
    };
    let opgepakt = sam().gebeurtenis(dag(2026, 3, 5), mentor(SCHOOL), handelt);
    assert_eq!(zet(&opgepakt, dag(2026, 3, 10)), Some((SCHOOL, None, dag(2026, 3, 6), "niemand")));
    let finding = aan_zet(&opgepakt.timeline(), dag(2026, 3, 10), &regio());
    assert!(
        finding.gaps.iter().any(|gap| matches!(gap, Gap::Ontbreekt(tekst) if tekst.contains("niemand aangewezen")))
    );
    let weg = opgepakt.uitgeschreven(SCHOOL, dag(2026, 3, 9), UitschrijfReden::Onbekend);
    assert_eq!(zet(&weg, dag(2026, 3, 20)).map(|zet| zet.0), Some(GEMEENTE));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn in_een_open_dossier_is_altijd_een_organisatie_aan_zet(tekens in "[zgo.?]{10,60}", on in 0..160i32, benoemd in any::<bool>()) {
        let on = domain::period::plus_days(dag(2026, 1, 5), on);
        let mut kind = sam().dagen(SCHOOL, dag(2026, 1, 5), &tekens);
        if benoemd {
            kind = kind.toestand(dag(2026, 2, 2), mentor(SCHOOL), eigenaar(SCHOOL));
        }
        let open = staat(&kind, on).open_sinds().is_some();
        prop_assert_eq!(zet(&kind, on).is_some(), open);
    }
}

fn beeld(kind: &Kind, on: Date, partij: Partij) -> (Option<OrganisatieId>, Beeld) {
    let all = in_beeld(&kind.timeline(), on, &regio());
    let found = all.iter().find(|beeld| beeld.partij == partij).unwrap();
    (found.organisatie, found.beeld)
}

#[test]
fn in_beeld_per_partij_alleen_langs_de_eigen_weg() {
    let on = dag(2026, 3, 30);
    let ziek = sam().dagen(SCHOOL, dag(2026, 2, 2), &"zzzzz".repeat(6));
    assert!(
        matches!(beeld(&ziek, on, Partij::School), (Some(SCHOOL), Beeld::Sinds { dag: d, .. }) if d == dag(2025, 8, 1))
    );
    assert_eq!(beeld(&ziek, on, Partij::Samenwerkingsverband), (Some(SWV), Beeld::NogNietGevraagd));
    assert_eq!(beeld(&ziek, on, Partij::Leerplicht), (Some(GEMEENTE), Beeld::Niet), "illness brings nobody in view");
    assert_eq!(beeld(&ziek, on, Partij::Jeugdarts), (Some(JGZ), Beeld::AlleenMetToestemming));
    let gemeld = ziek.gebeurtenis(dag(2026, 3, 5), mentor(SCHOOL), melding());
    let sinds = Beeld::Sinds { dag: dag(2026, 3, 5), door: gemeld.laatste() };
    assert_eq!(beeld(&gemeld, on, Partij::Leerplicht).1, sinds);
    let leeg = || "".into();
    let vraag = domain::body::Ondersteuningsvraag {
        van: VraagVan::Ouders,
        vraag: "help".into(),
        geprobeerd: leeg(),
        deelname: leeg(),
        ouders: leeg(),
        leerling: leeg(),
    };
    let gevraagd = gemeld.gebeurtenis(dag(2026, 3, 9), moeder(), vraag);
    let sinds = Beeld::Sinds { dag: dag(2026, 3, 9), door: gevraagd.laatste() };
    assert_eq!(beeld(&gevraagd, on, Partij::Samenwerkingsverband).1, sinds);
    let weg = sam().uitgeschreven(SCHOOL, dag(2026, 3, 9), UitschrijfReden::Onbekend);
    assert!(matches!(beeld(&weg, on, Partij::Leerplicht).1, Beeld::Sinds { dag: d, .. } if d == dag(2026, 3, 10)));
}

#[test]
fn de_jeugdarts_is_alleen_met_toestemming_te_zien_en_zonder_blijkt_niets() {
    let on = dag(2026, 3, 30);
    let arts = Actor::Medewerker { id: MedewerkerId::new(8), organisatie: JGZ, rol: Rol::Jeugdarts };
    let zegt = |gegeven| Toestemming { ouder: Some(MOEDER), voor: ToestemmingVoor::JgzBetrokken, aan: None, gegeven };
    let consult = |kind: Kind| kind.gebeurtenis(dag(2026, 3, 10), arts, Consult { stap: ConsultStap::Gehouden });
    let zonder = beeld(&sam(), on, Partij::Jeugdarts);
    assert_eq!(zonder, beeld(&consult(sam()), on, Partij::Jeugdarts), "nothing shows whether there was a consult");
    // From twelve years on the child says yes too.
    let alleen_moeder = consult(sam().toestand(dag(2026, 3, 1), moeder(), zegt(true)));
    assert_eq!(beeld(&alleen_moeder, on, Partij::Jeugdarts), zonder);
    let sam_zelf = Toestemming { ouder: None, ..zegt(true) };
    let met = alleen_moeder.toestand(dag(2026, 3, 2), testkit::zelf(), sam_zelf.clone());
    assert!(matches!(beeld(&met, on, Partij::Jeugdarts).1, Beeld::Sinds { .. }));
    let terug = met.toestand(dag(2026, 3, 20), moeder(), zegt(false));
    assert_eq!(beeld(&terug, on, Partij::Jeugdarts), zonder);
    let kort = sam().toestand(dag(2026, 3, 2), testkit::zelf(), sam_zelf).feit(
        Period::through(dag(2026, 3, 1), dag(2026, 3, 12)),
        moeder(),
        zegt(true),
    );
    assert_eq!(beeld(&consult(kort), on, Partij::Jeugdarts), zonder);
}
