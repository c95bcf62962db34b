//! Where a child stands on a day: found in the register, ready to be said.

use domain::Date;
use domain::aan_zet::aan_zet;
use domain::body::{Adres, Medewerker, Persoonsgegevens};
use domain::finding::{Finding, Gap};
use domain::ids::LeerlingId;
use domain::in_beeld::{InBeeld, in_beeld};
use domain::klok::{Klok, klokken};
use domain::period::{age, plus_days};
use domain::status::{Status, status};
use domain::termijnen::{Termijn, Wie, termijnen};
use domain::timeline::Timeline;
use register::Register;

use super::mag_zien::{MagZien, mag_zien};
use super::niet_bekend::{Leemte, niet_bekend};
use super::waarom::{Reden, waarom};
use super::{Zicht, woorden};

/// A term that was fulfilled stays in view for so many days.
const GEDAAN_DAGEN: i32 = 28;
/// Terms that are named; the rest is counted.
const MAX_TERMIJNEN: usize = 8;

/// Where a child stands on a day.
#[derive(Debug)]
pub struct Stand {
    /// Our name for the child.
    pub leerling: LeerlingId,
    /// The day.
    pub op: Date,
    /// Who it is.
    pub kind: Voorstelling,
    /// The status that heads the page, and how sure it is.
    pub status: Status,
    /// The clock that is open on the day.
    pub klok: Option<Klok>,
    /// The last spell, when none is open.
    pub vorige: Option<Klok>,
    /// Who owes the next step; only in an open dossier.
    pub aan_zet: Option<Beurt>,
    /// Days per party over the spell, as words and number; they add up to the days of the clock.
    pub beurten: Vec<(String, u32)>,
    /// Why this status.
    pub waarom: Vec<Reden>,
    /// Terms to be done and lately done, most urgent first.
    pub termijnen: Vec<Regel>,
    /// Terms that are not named.
    pub meer_termijnen: usize,
    /// Which parties have the child in view.
    pub in_beeld: [InBeeld; 4],
    /// What could not be established.
    pub niet_bekend: Vec<Leemte>,
    /// Who may see this child.
    pub mag_zien: MagZien,
}

/// Who the child is, as a reader meets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voorstelling {
    /// Full name; a fixed phrase when it is not known.
    pub naam: String,
    /// The name it is called by.
    pub roepnaam: String,
    /// Age in years, if the birth date is known.
    pub leeftijd: Option<i16>,
    /// Schools of enrolment, each as "klas 2b, Proefcollege De Meent (90AA00)"; none: without school.
    pub scholen: Vec<String>,
    /// Where it lives; `None` when that is not known here.
    pub woont: Option<String>,
}

/// Who owes the next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beurt {
    /// The party in words.
    pub partij: String,
    /// The person there as one reaches them, if one is known.
    pub persoon: Option<String>,
    /// What to do.
    pub stap: String,
    /// Last day (inclusive).
    pub uiterlijk: Date,
    /// What is wrong with it: nobody named.
    pub let_op: Vec<String>,
}

/// A term, with who must act in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regel {
    /// The term.
    pub termijn: Termijn,
    /// Who, in words.
    pub wie: String,
    /// How many terms there are that read the same.
    pub keer: u32,
}

impl Stand {
    /// Where the child stands; `None` when the register does not know it.
    pub fn van(register: &Register, leerling: LeerlingId, op: Date) -> Option<Self> {
        let t = register.timeline(leerling)?;
        Some(Self::uit(&Zicht { register, r: register.rules(), t: &t, leerling, op }))
    }

    pub(super) fn uit(zicht: &Zicht<'_>) -> Self {
        let Zicht { t, r, op, leerling, .. } = *zicht;
        let status = status(t, op, r);
        let mut spells = klokken(t, op, r).value;
        let last = spells.pop();
        let (klok, vorige) = match last {
            Some(klok) if !klok.stand.is_voorbij() => (Some(klok), None),
            ended => (None, ended),
        };
        let kind = voorstelling(zicht);
        let in_beeld = in_beeld(t, op, r);
        let mag_zien = mag_zien(zicht, &kind, &in_beeld);
        let (termijnen, meer_termijnen) = regels(zicht);
        Stand {
            leerling,
            op,
            aan_zet: beurt(zicht, &status),
            beurten: klok.as_ref().map(|klok| beurten(zicht, klok)).unwrap_or_default(),
            waarom: waarom(zicht, &status.value, klok.as_ref()),
            niet_bekend: niet_bekend(zicht, &status, klok.as_ref()),
            status: status.value,
            kind,
            klok,
            vorige,
            termijnen,
            meer_termijnen,
            in_beeld,
            mag_zien,
        }
    }
}

fn voorstelling(zicht: &Zicht<'_>) -> Voorstelling {
    let Zicht { t, r, op, .. } = *zicht;
    let persoon = persoonsgegevens(t, op);
    let naam = persoon.map(woorden::naam).filter(|naam| !naam.is_empty());
    let roepnaam = persoon.map(|p| if p.roepnaam.is_empty() { &p.voornamen } else { &p.roepnaam });
    let school = |inschrijving: &domain::body::Inschrijving| {
        let code = r.organisaties.get(&inschrijving.school).and_then(|organisatie| organisatie.vestiging);
        let code = code.map(|code| format!(" ({code})")).unwrap_or_default();
        let klas = woorden::klas(inschrijving).map(|klas| format!("{klas}, ")).unwrap_or_default();
        format!("{klas}{}{code}", r.naam(inschrijving.school))
    };
    Voorstelling {
        naam: naam.unwrap_or_else(|| "Naam niet bekend".to_owned()),
        roepnaam: roepnaam
            .filter(|naam| !naam.is_empty())
            .map_or_else(|| "de leerling".to_owned(), |naam| naam.zichtbaar().to_owned()),
        leeftijd: persoon.and_then(|p| p.geboortedatum).filter(|born| *born <= op).map(|born| age(born, op)),
        scholen: t.inschrijvingen_op(op).map(|(_, inschrijving)| school(inschrijving)).collect(),
        woont: t.at::<Adres>(op, "adres").value.and_then(|adres| woont(zicht, adres)),
    }
}

/// The person as stated for the day, else as it was stated last.
fn persoonsgegevens(t: &Timeline, op: Date) -> Option<&Persoonsgegevens> {
    let last = || t.all::<Persoonsgegevens>().next_back().map(|(_, persoon)| persoon);
    t.at::<Persoonsgegevens>(op, "naam of geboortedatum").value.or_else(last)
}

/// The municipality of residence; a secret address says nothing at all.
fn woont(zicht: &Zicht<'_>, adres: &Adres) -> Option<String> {
    if adres.geheim {
        return Some("adres geheim".to_owned());
    }
    let gemeente = adres.gemeente?;
    let Some(id) = zicht.r.gemeente(gemeente) else { return Some("woont buiten de regio".to_owned()) };
    Some(format!("woont in {}", gemeentenaam(zicht.r.naam(id))))
}

/// "Gemeente Alkmaar" is the organisation; one lives in Alkmaar.
pub(super) fn gemeentenaam(naam: &str) -> &str {
    naam.strip_prefix("Gemeente ").or_else(|| naam.strip_prefix("gemeente ")).unwrap_or(naam)
}

fn beurt(zicht: &Zicht<'_>, status: &Finding<Status>) -> Option<Beurt> {
    let found = aan_zet(zicht.t, zicht.op, zicht.r);
    let wie = found.value?;
    let step = wie.stap.zichtbaar();
    // What is missing may end in what to do about it, which is the step itself.
    let wrong = found.gaps.iter().filter(|gap| !status.gaps.contains(gap)).filter_map(|gap| match gap {
        Gap::Ontbreekt(zin) => Some(zin.strip_suffix(step).unwrap_or(zin).trim().to_owned()),
        _ => None,
    });
    let persoon = wie.medewerker.and_then(|id| zicht.register.laatste::<Medewerker>(id));
    Some(Beurt {
        partij: woorden::partij(wie.organisatie, zicht.r),
        persoon: persoon.map(woorden::medewerker),
        stap: step.to_owned(),
        uiterlijk: wie.uiterlijk,
        let_op: wrong.collect(),
    })
}

/// Days per party; two of a kind are told apart by their names.
fn beurten(zicht: &Zicht<'_>, klok: &Klok) -> Vec<(String, u32)> {
    let kind_of = |id| woorden::partij(id, zicht.r);
    let name = |id| {
        let alike =
            klok.beurten.iter().filter_map(|beurt| beurt.organisatie).filter(|other| kind_of(*other) == kind_of(id));
        if alike.count() > 1 { zicht.r.naam(id).to_owned() } else { kind_of(id) }
    };
    let words = |organisatie: Option<_>| organisatie.map_or_else(|| "niemand".to_owned(), name);
    klok.beurten.iter().map(|beurt| (words(beurt.organisatie), beurt.dagen)).collect()
}

/// What is to be done and what was done lately, and how many more there are. Terms that read the same are one line.
fn regels(zicht: &Zicht<'_>) -> (Vec<Regel>, usize) {
    let since = plus_days(zicht.op, -GEDAAN_DAGEN);
    let (in_view, others): (Vec<Termijn>, Vec<Termijn>) = termijnen(zicht.t, zicht.op, zicht.r)
        .into_iter()
        .filter(|termijn| !matches!(termijn.wie, Wie::Duo | Wie::Niemand))
        .partition(|termijn| termijn.is_open() || termijn.vervuld_op.is_some_and(|done| done >= since));
    let mut lines: Vec<Regel> = Vec::new();
    for termijn in in_view {
        match lines.iter_mut().find(|line| leest_als(&line.termijn, &termijn)) {
            Some(line) => line.keer += 1,
            None => lines.push(Regel { wie: wie(zicht, &termijn.wie), termijn, keer: 1 }),
        }
    }
    let more = lines.iter().skip(MAX_TERMIJNEN).map(|line| line.keer as usize).sum::<usize>() + others.len();
    lines.truncate(MAX_TERMIJNEN);
    (lines, more)
}

/// Whether a reader sees no difference between two terms.
fn leest_als(a: &Termijn, b: &Termijn) -> bool {
    let seen = |t: &Termijn| (t.uiterlijk, t.kon_weten, t.norm, t.stand, t.vervuld_op);
    (&a.wat, &a.wie) == (&b.wat, &b.wie) && seen(a) == seen(b)
}

/// Who must act, in words.
pub(super) fn wie(zicht: &Zicht<'_>, wie: &Wie) -> String {
    match wie {
        Wie::Organisatie { organisatie, rol, medewerker } => {
            let party = organisatie.map_or_else(|| "nog niet bekend wie".to_owned(), |id| woorden::partij(id, zicht.r));
            let person = medewerker.and_then(|id| zicht.register.laatste::<Medewerker>(id));
            let name = person.map(|person| person.naam.zichtbaar().to_owned());
            match name.or_else(|| rol.map(|rol| rol.label().to_owned())) {
                Some(who) if who != party => format!("{party}, {who}"),
                _ => party,
            }
        }
        // What is waited for stands in the term itself; parents are never the ones who must act.
        Wie::WachtOp { vrager, rol, .. } => match vrager {
            Some(id) => format!("{}, {}", woorden::partij(*id, zicht.r), rol.label()),
            None => rol.label().to_owned(),
        },
        Wie::Duo => "DUO".to_owned(),
        Wie::Niemand => "niemand hoeft iets te doen".to_owned(),
    }
}
