//! A made-up region with one child in it, and one child of every kind.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::Date;
use domain::body::{
    AanbodSoort, Body, Gezag, JaNee, Kennisgeving, KennisgevingToets, LeveringSoort, Medewerker, Melding, MeldingSoort,
    Oordeel, Organisatie, Relatie, SluitReden, Sluiting, TeBevestigen, ToetsUitkomst, UitschrijfReden, VerzuimLevering,
    VolgendeStap, VrijstellingSoort,
};
use domain::calendar::begin_van_dag;
use domain::dagbeeld::SchoolVerzuim;
use domain::fact::{Actor, Bron, Fact, FactId, Grondslag, Source};
use domain::ids::{MedewerkerId, Subject};
use domain::levering::Wijziging;
use domain::nummers::Vestigingscode;
use domain::period::{Period, day_number, plus_days};
use register::Register;
use testkit::{Kind, LEERLING, SCHOOL, SCHOOL_TWEE, SWV, dag, kind, leerplicht, mentor, moeder, regio};

/// The day on which the children are looked at.
pub const OP: Date = dag(2026, 3, 20);
/// The first day of the absence of most of them.
const MAANDAG: Date = dag(2026, 2, 9);
const VISSER: MedewerkerId = MedewerkerId::new(9);

/// The region of the stories with one child in it. Deliveries are known on the day after their last.
pub fn register(child: &Kind) -> Register {
    let mut register = Register::new();
    let mut seq = 0;
    let mut apply = |register: &mut Register, fact: Fact| {
        seq += 1;
        register.apply(seq, fact);
    };
    child.feiten().iter().for_each(|fact| apply(&mut register, Fact::clone(fact)));
    let visser = Medewerker {
        naam: "mw. Visser".into(),
        functie: "verzuimcoördinator".to_owned(),
        telefoon: "072-555 01 23".into(),
        email: "".into(),
        werkdagen: [true, true, true, true, false, false, false],
    };
    apply(&mut register, about(VISSER.into(), Period::since(dag(2025, 8, 1)), dag(2025, 8, 1), visser));
    for verzuim in child.rijen().per_school {
        let delivered = delivered(&verzuim);
        let SchoolVerzuim { school, rijen, afgewezen, .. } = verzuim;
        let erbij = Wijziging { erbij: rijen.to_vec(), afgewezen: afgewezen.to_vec(), ..Wijziging::default() };
        register.apply_wijziging(school, LEERLING, &erbij);
        for period in delivered {
            let known = period.until.unwrap_or(period.from).min(OP);
            apply(&mut register, about(school.into(), period, known, levering()));
        }
    }
    register.adopt(|rules| {
        *rules = regio();
        for (id, code) in [(SCHOOL, "90AA00"), (SCHOOL_TWEE, "90AB00")] {
            let with_code = |o: &Arc<Organisatie>| Organisatie {
                vestiging: Vestigingscode::parse(code).ok(),
                ..Organisatie::clone(o)
            };
            rules.organisaties.entry(id).and_modify(|organisatie| *organisatie = Arc::new(with_code(organisatie)));
        }
    });
    register
}

/// Periods of the school with a weekend between them are one delivery.
fn delivered(verzuim: &SchoolVerzuim) -> Vec<Period> {
    let mut joined: Vec<Period> = Vec::new();
    for period in verzuim.aangeleverd.iter() {
        match joined.last_mut() {
            Some(last) if last.until.is_some_and(|until| plus_days(until, 2) == period.from) => {
                last.until = period.until
            }
            _ => joined.push(*period),
        }
    }
    joined
}

fn levering() -> VerzuimLevering {
    VerzuimLevering {
        levering: LeveringSoort::Volledig,
        nummer: 1,
        rijen: 0,
        afgewezen: 0,
        gewijzigde_leerlingen: 1,
        inhoud: [0; 32],
        bestand: [0; 32],
    }
}

fn about(about: Subject, valid: Period, known: Date, body: impl Into<Body>) -> Fact {
    Fact {
        id: FactId(u128::from_be_bytes([7; 16]) + u128::try_from(day_number(known)).unwrap()),
        about,
        valid,
        known: begin_van_dag(known),
        by: Actor::Systeem { organisatie: SCHOOL },
        ground: Grondslag::Regiobeheer,
        source: Source::of(Bron::School, SCHOOL),
        replaces: None,
        body: body.into(),
    }
}

pub fn sam() -> Kind {
    kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1)).woont_hier(dag(2025, 9, 1)).dagen(
        SCHOOL,
        dag(2026, 1, 5),
        &".".repeat(25),
    )
}

/// The worked example: day 40, a next step since day 8.
pub fn sam_op_dag_veertig() -> Kind {
    let step = |stap: &str, uiterlijk| VolgendeStap {
        organisatie: SCHOOL,
        medewerker: Some(VISSER),
        stap: stap.into(),
        uiterlijk,
    };
    sam()
        .dagen(SCHOOL, MAANDAG, &format!("zzzz{}", "o".repeat(21)))
        .gebeurtenis(dag(2026, 2, 16), mentor(SCHOOL), step("Ouders bellen.", dag(2026, 2, 20)))
        .gebeurtenis(dag(2026, 3, 18), mentor(SCHOOL), step("Gesprek met Sam en ouders", dag(2026, 3, 24)))
}

pub fn melding(begin: Date) -> Melding {
    Melding {
        soort: MeldingSoort::V3,
        begin,
        einde: None,
        reden: "".into(),
        alle_lessen: true,
        actie_school: "".into(),
        actie_gewenst: "".into(),
        meldingsnummer: "".into(),
    }
}

pub fn kennisgeving() -> Kennisgeving {
    Kennisgeving {
        grond: VrijstellingSoort::A5a,
        ontvangen: dag(2025, 12, 1),
        eerder: false,
        geen_jaarlijkse_verklaring: false,
    }
}

fn vrijgesteld(uitkomst: ToetsUitkomst) -> Kind {
    let asked = sam().uitgeschreven(SCHOOL, dag(2026, 1, 16), UitschrijfReden::Vrijstelling).feit(
        Period::through(dag(2025, 12, 1), dag(2026, 7, 31)),
        leerplicht(),
        kennisgeving(),
    );
    let kennisgeving = asked.laatste();
    asked.gebeurtenis(dag(2025, 12, 10), leerplicht(), KennisgevingToets { kennisgeving, uitkomst, reden: "".into() })
}

pub fn in_traject() -> Kind {
    sam_op_dag_veertig().aanbod(SWV, dag(2026, 3, 2), 40).allen_zeggen(Oordeel::Passend).realisatie(&[
        Some(40),
        Some(40),
        Some(40),
    ])
}

/// One child of every kind, by name.
pub fn kinderen() -> BTreeMap<&'static str, Kind> {
    [op_school(), weg(), met_aanbod(), zonder_school()].into_iter().flatten().collect()
}

fn op_school() -> Vec<(&'static str, Kind)> {
    let niet_geleverd = kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1));
    vec![
        ("niets aan de hand", sam().dagen(SCHOOL, MAANDAG, &".".repeat(25))),
        ("niets aangeleverd", niet_geleverd),
        ("minder en minder", sam().dagen(SCHOOL, MAANDAG, &"w".repeat(25))),
        ("zonder gezag", sam().toestand(dag(2025, 8, 1), mentor(SCHOOL), gezag(JaNee::Onbekend))),
        ("terug", sam().dagen(SCHOOL, MAANDAG, &format!("{}{}", "o".repeat(10), ".".repeat(24)))),
    ]
}

fn weg() -> Vec<(&'static str, Kind)> {
    let weg = |days: &str| sam().dagen(SCHOOL, MAANDAG, days);
    let gemeld = sam_op_dag_veertig()
        .gebeurtenis(dag(2026, 2, 23), mentor(SCHOOL), melding(dag(2026, 2, 13)))
        .bevestigt(dag(2026, 3, 10), leerplicht(), TeBevestigen::Thuiszittend, true)
        .bevestigt(dag(2026, 3, 12), moeder(), TeBevestigen::Thuiszittend, false);
    let gesloten = Sluiting { reden: SluitReden::Terug, toelichting: "".into() };
    let achttien = kind(dag(2008, 1, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1));
    let twee = sam_op_dag_veertig().ingeschreven(SCHOOL_TWEE, dag(2026, 1, 5));
    vec![
        ("sam", sam_op_dag_veertig()),
        ("ziek", weg(&"z".repeat(25))),
        ("geschorst", weg(&"g".repeat(25))),
        ("deels bekend", weg("ooooo oo??? ooo!o ????? oooo.")),
        ("halve dagen", weg(&"hhhzh".repeat(5))),
        ("zit thuis", sam().zit_thuis(dag(2026, 3, 2))),
        ("gemeld en bevestigd", gemeld),
        ("gesloten", sam_op_dag_veertig().gebeurtenis(dag(2026, 3, 16), mentor(SCHOOL), gesloten)),
        ("meerderjarig", achttien.dagen(SCHOOL, MAANDAG, &"o".repeat(25))),
        ("twee scholen", twee.stap(dag(2026, 3, 2), SCHOOL_TWEE)),
    ]
}

fn met_aanbod() -> Vec<(&'static str, Kind)> {
    let oneens = sam_op_dag_veertig().aanbod(SWV, dag(2026, 3, 9), 40).allen_zeggen(Oordeel::NietPassend);
    let zorg = sam_op_dag_veertig().aanbod_van(AanbodSoort::Zorg, SWV, dag(2026, 3, 2), 8);
    let zorg = zorg.allen_zeggen(Oordeel::Passend).realisatie(&[Some(8), Some(8), Some(8)]);
    vec![("in traject", in_traject()), ("niet eens", oneens), ("zorg", zorg)]
}

fn zonder_school() -> Vec<(&'static str, Kind)> {
    vec![
        ("nooit ingeschreven", kind(dag(2016, 9, 3)).woont_hier(dag(2025, 6, 1))),
        ("uitgeschreven", sam().uitgeschreven(SCHOOL, dag(2026, 1, 30), UitschrijfReden::AndereSchool)),
        ("vrijgesteld", vrijgesteld(ToetsUitkomst::Voldoet)),
        ("voldoet niet", vrijgesteld(ToetsUitkomst::VoldoetNiet)),
    ]
}

/// The father, with or without authority.
pub fn gezag(gezag: JaNee) -> Gezag {
    Gezag { persoon: testkit::VADER, relatie: Relatie::Vader, gezag, woont_bij_kind: JaNee::Ja }
}
