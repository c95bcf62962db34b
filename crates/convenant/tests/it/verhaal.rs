//! Children and people for the tests: told facts, and everybody who could look.

use convenant::{Convenant, Facetten, Mag};
use domain::Date;
use domain::body::{
    Aanbod, AanbodSoort, Body, Consult, ConsultStap, Gezag, JaNee, Melding, MeldingSoort, Ondersteuningsvraag, Relatie,
    SluitReden, Sluiting, Taak, Toestemming, ToestemmingVoor, UitschrijfReden, Verantwoordelijke, VraagVan,
};
use domain::fact::{Actor, Rol};
use domain::ids::{LeerlingId, MedewerkerId, OrganisatieId, PersoonId};
use domain::kring::Kring;
use domain::period::{Period, plus_days};
use proptest::prelude::*;
use testkit::{
    DOORSTROOMPUNT, GEMEENTE, JGZ, Kind, LEERLING, MOEDER, REGIO, SCHOOL, SCHOOL_TWEE, STEUNPUNT, SWV, SWV_ELDERS,
    VADER, ZORG, dag, kind, medewerker, mentor, moeder, regio, zelf,
};

/// The day of the stories.
pub const OP: Date = dag(2026, 3, 20);
/// The day on which somebody states something in them.
pub const EERDER: Date = dag(2026, 3, 9);

/// Fourteen years old, enrolled at the school and living in the municipality.
pub fn sam() -> Kind {
    van_leeftijd(14)
}

/// So old on the day.
pub fn van_leeftijd(jaren: i16) -> Kind {
    kind(dag(2026 - jaren, 1, 5)).woont_hier(dag(2025, 8, 1)).ingeschreven(SCHOOL, dag(2025, 8, 1))
}

pub fn kring(kind: &Kind) -> Kring {
    Kring::of(&kind.timeline(), OP, &regio())
}

/// What somebody reads of a child under the convenant that a region starts with.
pub fn leest(by: &Actor, kind: &Kind) -> Facetten {
    Convenant::standaard().facetten(by, Mag::Lees, &kring(kind))
}

/// Somebody of number 40, in a role.
pub fn iemand(organisatie: OrganisatieId, rol: Rol) -> Actor {
    medewerker(40, organisatie, rol)
}

pub fn lpa() -> Actor {
    iemand(GEMEENTE, Rol::Leerplichtambtenaar)
}

pub fn consulent() -> Actor {
    iemand(SWV, Rol::Consulent)
}

pub fn coordinator() -> Actor {
    iemand(SCHOOL, Rol::Verzuimcoordinator)
}

pub fn gemeld(kind: Kind) -> Kind {
    let leeg = || "".into();
    let melding = Melding {
        soort: MeldingSoort::V3,
        begin: dag(2026, 3, 2),
        einde: None,
        reden: leeg(),
        alle_lessen: false,
        actie_school: leeg(),
        actie_gewenst: leeg(),
        meldingsnummer: leeg(),
    };
    kind.gebeurtenis(EERDER, mentor(SCHOOL), melding)
}

pub fn gevraagd(kind: Kind) -> Kind {
    let leeg = || "".into();
    let vraag = Ondersteuningsvraag {
        van: VraagVan::School,
        vraag: "hulp".into(),
        geprobeerd: leeg(),
        deelname: leeg(),
        ouders: leeg(),
        leerling: leeg(),
    };
    kind.gebeurtenis(EERDER, mentor(SCHOOL), vraag)
}

pub fn consult(kind: Kind, stap: ConsultStap) -> Kind {
    kind.gebeurtenis(EERDER, mentor(SCHOOL), Consult { stap })
}

/// The mother and the child agree to share something.
pub fn toestemming(kind: Kind, voor: ToestemmingVoor, aan: Option<OrganisatieId>) -> Kind {
    let yes = |ouder| Toestemming { ouder, voor, aan, gegeven: true };
    kind.toestand(EERDER, moeder(), yes(Some(MOEDER))).toestand(EERDER, zelf(), yes(None))
}

pub fn verantwoordelijk(kind: Kind, organisatie: OrganisatieId) -> Kind {
    let named = Verantwoordelijke { organisatie, medewerker: MedewerkerId::new(40), taak: Taak::Eigenaar };
    kind.toestand(EERDER, mentor(SCHOOL), named)
}

pub fn aanbod(kind: Kind, organisatie: OrganisatieId) -> Kind {
    let plek = Aanbod {
        soort: AanbodSoort::Zorg,
        wat: "plek".into(),
        voorziening: None,
        organisatie: Some(organisatie),
        kwartieren_per_week: 20,
        opbouw: Vec::new(),
        schriftelijk_op: None,
    };
    kind.toestand(EERDER, mentor(SCHOOL), plek)
}

pub fn vader_is(kind: Kind, relatie: Relatie, gezag: JaNee, woont_bij_kind: JaNee) -> Kind {
    kind.toestand(EERDER, mentor(SCHOOL), Gezag { persoon: VADER, relatie, gezag, woont_bij_kind })
}

/// Everybody who could look: every role at every organisation, the parents, a stranger, the child and another child.
pub fn iedereen() -> Vec<Actor> {
    let organisaties = [
        SCHOOL,
        SCHOOL_TWEE,
        SWV,
        SWV_ELDERS,
        GEMEENTE,
        JGZ,
        ZORG,
        DOORSTROOMPUNT,
        STEUNPUNT,
        REGIO,
        OrganisatieId::new(999),
    ];
    let professionals = organisaties.into_iter().flat_map(|organisatie| {
        Rol::ALL.iter().flat_map(move |rol| [40, 41].map(|nr| medewerker(nr, organisatie, *rol)))
    });
    let at_home = [MOEDER, VADER, PersoonId::new(99)].map(|persoon| Actor::Ouder { persoon });
    let children = [LEERLING, LeerlingId::new(99)].map(|leerling| Actor::Leerling { leerling });
    let imports = [Actor::Systeem { organisatie: SCHOOL }];
    professionals.chain(at_home).chain(children).chain(imports).collect()
}

/// A child of any age, of whom people stated any of many things.
pub fn verhaal() -> impl Strategy<Value = Kind> {
    let told = prop::collection::vec((0u8..17, 0i32..60), 0..9);
    (3i16..21, told).prop_map(|(jaren, told)| {
        told.into_iter().fold(van_leeftijd(jaren), |kind, (what, days)| vertel(kind, what, plus_days(EERDER, -days)))
    })
}

const VOOR: [ToestemmingVoor; 5] = [
    ToestemmingVoor::JgzBetrokken,
    ToestemmingVoor::DeelnameAdvies,
    ToestemmingVoor::PerspectiefBehandelaar,
    ToestemmingVoor::SwvAdvies,
    ToestemmingVoor::Jeugdhulp,
];

fn vertel(kind: Kind, what: u8, day: Date) -> Kind {
    let pick = usize::try_from(day.day()).unwrap_or_default();
    let organisaties = [SCHOOL, SCHOOL_TWEE, SWV, SWV_ELDERS, GEMEENTE, JGZ, ZORG, DOORSTROOMPUNT, STEUNPUNT];
    let at = organisaties[pick % organisaties.len()];
    let ja = [JaNee::Ja, JaNee::Nee, JaNee::Onbekend];
    let sluiting = Sluiting { reden: SluitReden::Anders, toelichting: "".into() };
    match what {
        0 => gemeld(kind),
        1 => gevraagd(kind),
        2 => kind.uitgeschreven(SCHOOL, day, UitschrijfReden::Onbekend),
        3 => kind.ingeschreven(SCHOOL_TWEE, day),
        4 => kind.ingeschreven(SCHOOL_TWEE, plus_days(OP, 3)),
        5 => verantwoordelijk(kind, at),
        6 => aanbod(kind, at),
        7 => consult(kind, if pick % 3 == 0 { ConsultStap::Bezwaar } else { ConsultStap::Gevraagd }),
        8 => toestemming(kind, VOOR[pick % VOOR.len()], (pick % 2 == 0).then_some(at)),
        9 => vader_is(kind, Relatie::ALL[pick % Relatie::ALL.len()], ja[pick % 3], ja[pick % 2]),
        10 => kind.dagen(SCHOOL, dag(2026, 2, 2), &"z".repeat(30)),
        11 => kind.dagen(SCHOOL, dag(2026, 1, 5), &"o".repeat(50)),
        12 => kind.gebeurtenis(day, mentor(SCHOOL), sluiting),
        13 => kind.gebeurtenis(day, iemand(STEUNPUNT, Rol::Steunpunt), vraag_van_steunpunt()),
        14 => kind.feit(Period::since(day), mentor(SCHOOL), nee(ToestemmingVoor::JgzBetrokken)),
        15 => kind.zit_thuis(day),
        _ => kind.toestand(day, mentor(SCHOOL), nee(ToestemmingVoor::Jeugdhulp)),
    }
}

fn nee(voor: ToestemmingVoor) -> Toestemming {
    Toestemming { ouder: Some(MOEDER), voor, aan: None, gegeven: false }
}

fn vraag_van_steunpunt() -> Body {
    let leeg = || "".into();
    let vraag = Ondersteuningsvraag {
        van: VraagVan::Ouders,
        vraag: "hulp".into(),
        geprobeerd: leeg(),
        deelname: leeg(),
        ouders: leeg(),
        leerling: leeg(),
    };
    vraag.into()
}
