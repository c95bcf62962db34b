//! The numbered rules: what is due, by whom, by when, and what fulfils it.

mod klok;
mod melden;
mod school;
mod vrijstelling;

use domain::Date;
use domain::body::{
    Afhandeling, Afwezigheid, Besluit, BesluitSoort, Consult, ConsultStap, Contact, Gesprek, GesprekSoort,
    Hoedanigheid, Kennisgeving, Melding, MeldingEinde, MeldingSoort, MeldingStand, MeldingStatus, Met,
    Ondersteuningsvraag, Onderzoek, OnderzoekStap, Oordeel, Schoolloopbaan, SignaalAfhandeling, Stem, Taak,
    UitschrijfReden, Verantwoordelijke, Verhoor, Verklaring, VraagVan, VrijstellingBesluit, VrijstellingSoort, Wijze,
};
use domain::calendar::begin_van_dag;
use domain::fact::{FactId, Rol};
use domain::ids::{MedewerkerId, OrganisatieId, PersoonId};
use domain::period::{Period, plus_days};
use domain::signaal::{Signaal, SignaalSoort};
use domain::termijnen::{Stand, Termijn, Uitwerking, Wie, termijnen, uitwerking};
use domain::verzuim::VerzuimSoort;
use proptest::prelude::*;
use testkit::{
    BESTUUR, GEMEENTE, Kind, MOEDER, SCHOOL, SCHOOL_TWEE, SWV, VADER, consulent, dag, kind, leerplicht, mentor, moeder,
    regio, zelf,
};

const GEBOREN: Date = dag(2012, 3, 10);

/// A pupil of fourteen at the school of the stories, who lives in the municipality.
fn sam() -> Kind {
    kind(GEBOREN).ingeschreven(SCHOOL, dag(2025, 8, 1)).woont_hier(dag(2025, 8, 2))
}

fn signaal(soort: SignaalSoort, dag: Date, waarde: u32) -> Signaal {
    Signaal {
        regel: soort.code().to_owned(),
        soort,
        dag,
        van: dag,
        stap: 0,
        was: None,
        waarde,
        bekend: None,
        onvolledig: false,
    }
}

fn melding(soort: MeldingSoort, begin: Date) -> Melding {
    let leeg = || "".into();
    Melding {
        soort,
        begin,
        einde: None,
        reden: leeg(),
        alle_lessen: true,
        actie_school: leeg(),
        actie_gewenst: leeg(),
        meldingsnummer: leeg(),
    }
}

fn contact(bereikt: bool) -> Contact {
    Contact { met: Met::Ouders, wijze: Wijze::Telefoon, bereikt, notitie: "".into() }
}

fn gesprek(soort: GesprekSoort) -> Gesprek {
    Gesprek { soort, ouders: true, leerling: true, afspraken: "".into() }
}

fn met_signalen(kind: &Kind, signalen: &[Signaal], on: Date) -> Uitwerking {
    uitwerking(&kind.timeline().with_signalen(signalen.to_vec()), on, &regio())
}

fn van<'a>(alles: &'a [Termijn], regel: &str) -> Vec<&'a Termijn> {
    let mut found: Vec<&Termijn> = alles.iter().filter(|t| t.regel.regel == regel).collect();
    found.sort_by_key(|t| (t.dag_zelf, t.wat.clone()));
    found
}

/// The terms of one rule on a day: how each stands, its last day, and the fact that fulfilled it.
fn check(
    kind: &Kind,
    signalen: &[Signaal],
    on: Date,
    regel: &str,
    expected: &[(Stand, Option<Date>, Option<FactId>)],
) -> Vec<Termijn> {
    let all = met_signalen(kind, signalen, on).termijnen;
    let found = van(&all, regel);
    let got: Vec<_> = found.iter().map(|t| (t.stand, t.uiterlijk, t.vervuld_door)).collect();
    assert_eq!(got, expected, "regel {regel} op {on}: {found:#?}");
    found.into_iter().cloned().collect()
}

fn wie(termijn: &Termijn) -> (Option<OrganisatieId>, Option<Rol>) {
    match &termijn.wie {
        Wie::Organisatie { organisatie, rol, .. } => (*organisatie, *rol),
        Wie::WachtOp { vrager, rol, .. } => (*vrager, Some(*rol)),
        Wie::Duo | Wie::Niemand => (None, None),
    }
}

#[test]
fn regels_1_tot_en_met_4_geven_data_om_te_weten_en_niemand_is_iets_schuldig() {
    let on = dag(2016, 1, 1);
    let rows = [("1", dag(2017, 4, 3)), ("2", dag(2028, 7, 31)), ("3", dag(2030, 3, 10)), ("4", dag(2024, 3, 10))];
    for (regel, dag) in rows {
        let found = check(&sam(), &[], on, regel, &[(Stand::Open, Some(dag), None)]);
        assert_eq!(found[0].wie, Wie::Niemand, "regel {regel}");
    }
    check(&sam(), &[], dag(2024, 3, 10), "4", &[(Stand::Vandaag, Some(dag(2024, 3, 10)), None)]);
    check(&sam(), &[], dag(2024, 3, 11), "4", &[(Stand::Vervallen, Some(dag(2024, 3, 10)), None)]);
    let diploma = Schoolloopbaan { startkwalificatie: true, ..Schoolloopbaan::default() };
    let met = sam().toestand(dag(2029, 7, 1), mentor(SCHOOL), diploma);
    check(&met, &[], dag(2029, 7, 2), "3", &[(Stand::Vervallen, Some(dag(2029, 7, 1)), None)]);
}

fn kind_van(geboren: Date) -> Kind {
    kind(geboren).ingeschreven(SCHOOL, dag(2025, 8, 1)).woont_hier(dag(2025, 8, 2))
}

fn kennisgeving(ontvangen: Date, eerder: bool, blijvend: bool) -> Kennisgeving {
    Kennisgeving { grond: VrijstellingSoort::A5a, ontvangen, eerder, geen_jaarlijkse_verklaring: blijvend }
}

fn van_een<'a>(all: &'a [Termijn], regel: &str) -> &'a Termijn {
    van(all, regel).first().copied().unwrap()
}

/// Away since Monday 9 February 2026; ten schooldagen later it is a case.
fn weg(tekens: &str) -> Kind {
    sam().dagen(SCHOOL, dag(2026, 2, 9), tekens)
}

fn is_leerplicht(termijn: &Termijn) -> bool {
    let rol = match termijn.wie {
        Wie::Organisatie { rol, .. } => rol,
        Wie::WachtOp { rol, .. } => Some(rol),
        Wie::Duo | Wie::Niemand => None,
    };
    matches!(rol, Some(Rol::Leerplichtambtenaar | Rol::AdministratieLeerplicht))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn ziekte_en_schorsing_geven_leerplicht_nooit_een_termijn(tekens in "[zgi.?]{5,70}", ziek in prop::collection::vec(0..60i32, 0..4), na in 0..120i32, zelf_gemeld in any::<bool>()) {
        let mut kind = sam().dagen(SCHOOL, dag(2026, 1, 5), &tekens);
        if zelf_gemeld {
            kind = kind.zit_thuis(dag(2026, 1, 12)).gebeurtenis(dag(2026, 1, 13), mentor(SCHOOL), gesprek(GesprekSoort::Verzuimgesprek));
        }
        let signalen: Vec<Signaal> = ziek.iter().flat_map(|d| {
            [SignaalSoort::ZiekVaak, SignaalSoort::ZiekLang, SignaalSoort::Weg].map(|soort| signaal(soort, plus_days(dag(2026, 1, 5), *d), 7))
        }).collect();
        let all = met_signalen(&kind, &signalen, plus_days(dag(2026, 1, 5), na)).termijnen;
        prop_assert!(!all.iter().any(is_leerplicht), "{:#?}", all.iter().filter(|t| is_leerplicht(t)).collect::<Vec<_>>());
    }

    #[test]
    fn wat_vandaag_moet_is_niet_te_laat_en_wie_thuis_iets_schuldig_is_nooit(tekens in "[zgo.]{20,70}", on in 0..200i32) {
        let on = plus_days(dag(2026, 1, 5), on);
        let kind = sam().dagen(SCHOOL, dag(2026, 1, 5), &tekens).toestand(dag(2026, 2, 1), moeder(), kennisgeving(dag(2026, 2, 1), false, false));
        for termijn in termijnen(&kind.timeline(), on, &regio()) {
            prop_assert_eq!(termijn.stand == Stand::TeLaat, termijn.is_open() && termijn.uiterlijk.is_some_and(|d| d < on) && matches!(termijn.wie, Wie::Organisatie { .. }));
        }
    }
}

#[test]
fn de_verklaringen_van_leerling_en_ouders_openen_geen_termijn_voor_hen() {
    let kind = weg(&"ooooo".repeat(8)).gebeurtenis(dag(2026, 3, 3), zelf(), contact(true));
    for termijn in termijnen(&kind.timeline(), dag(2026, 4, 1), &regio()) {
        assert!(!termijn.wat.to_lowercase().contains("niet meewerk"));
        assert!(matches!(termijn.wie, Wie::Organisatie { .. } | Wie::Niemand | Wie::Duo), "{termijn:?}");
    }
}
