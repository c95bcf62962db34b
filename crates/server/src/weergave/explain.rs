//! The whole derivation for one child on one day: the statements it rests on, the rules, what is missing or contradicts,
//! participation week by week, and every term with what started and what fulfilled it.

use std::collections::BTreeSet;

use domain::Date;
use domain::aan_zet::aan_zet;
use domain::body::Intrekking;
use domain::body::Kind;
use domain::calendar::dag_in_nederland;
use domain::deelname::{Lesweek, deelname};
use domain::dossier::{Dossier, dossier};
use domain::fact::{Fact, FactId};
use domain::finding::{Citation, Finding};
use domain::ids::LeerlingId;
use domain::in_beeld::Beeld;
use domain::klok::{Klok, KlokStand, klokken, plichtig};
use domain::plicht::Antwoord;
use domain::status::definities::{Beschrijving, DEFINITIES};
use domain::status::status;
use domain::status::thuiszittend::{Thuiszittend, thuiszittend};
use domain::termijnen::{Aanleiding, Termijn, uitwerking};
use domain::timeline::Timeline;
use register::Register;

use super::stand::{Regel, Stand, wie};
use super::woorden::dag;
use super::{Oog, Zicht, feiten, niet_bekend};

/// Lesweken in the table: half a school year.
const LESWEKEN: usize = 20;
/// Statements in one list; the rest is counted. A child with more has been written about for years.
const MAX_GEGEVENS: usize = 500;

/// The derivation for one child on one day.
#[derive(Debug)]
pub struct Uitleg {
    /// What it leads to.
    pub stand: Stand,
    /// Statements that were used, in the order in which they became known.
    pub gebruikt: Vec<Gegeven>,
    /// Statements that were replaced or withdrawn.
    pub vervallen: Vec<Gegeven>,
    /// How many other statements there are; they change nothing here.
    pub overig: usize,
    /// Rules that were applied, with what each says.
    pub regels: Vec<Citation>,
    /// Whether leerplicht or kwalificatieplicht holds.
    pub plichtig: Antwoord,
    /// Whether there is a dossier.
    pub dossier: Dossier,
    /// All spells, oldest first.
    pub klokken: Vec<Klok>,
    /// Under which definitions the child counts.
    pub definities: Vec<(&'static Beschrijving, Option<Thuiszittend>)>,
    /// Participation in the last lesweken, oldest first.
    pub deelname: Vec<Lesweek>,
    /// Every term.
    pub termijnen: Vec<UitgelegdeTermijn>,
    /// Statements for which nothing was due, in words.
    pub zonder_aanleiding: Vec<String>,
}

/// A statement, as a reader of the derivation meets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gegeven {
    /// Its number among all statements about the child, in the order in which they became known.
    pub nummer: usize,
    /// What was stated.
    pub wat: String,
    /// The days that it is about.
    pub dagen: String,
    /// The day on which the register was told.
    pub gezegd_op: Date,
    /// By whom.
    pub door: String,
    /// Kind of source.
    pub bron: &'static str,
    /// On which ground it is in the register.
    pub grond: &'static str,
    /// What took its place: the number of that statement, and why it was withdrawn when it was.
    pub vervangen: Option<(usize, Option<String>)>,
}

/// A term with all that bears on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UitgelegdeTermijn {
    /// The term, and who must act.
    pub regel: Regel,
    /// What started it, in words.
    pub aanleiding: String,
    /// The statement that fulfilled it.
    pub vervuld_door: Option<usize>,
    /// What could not be established.
    pub gaten: Vec<String>,
}

impl Uitleg {
    /// The derivation; `None` when the register does not know the child.
    pub fn van(register: &Register, leerling: LeerlingId, op: Date) -> Option<Self> {
        let t = register.timeline(leerling)?;
        let zicht = Zicht { register, r: register.rules(), t: &t, leerling, op, vandaag: op, oog: Oog::alles() };
        Some(Self::uit(&zicht))
    }

    fn uit(zicht: &Zicht<'_>) -> Self {
        let Zicht { t, r, op, .. } = *zicht;
        let (klokken, dossier) = (klokken(t, op, r), dossier(t, op, r));
        let stand = Stand::uit(zicht);
        let found = uitwerking(t, op, r);
        let mut grond = Grond::default();
        grond.rust_op(&status(t, op, r));
        grond.rust_op(&aan_zet(t, op, r));
        grond.rust_op(&dossier);
        grond.rust_op(&klokken);
        grond.rust_op(&plichtig(t, op, r));
        for klok in &klokken.value {
            grond.klok(klok);
        }
        grond.termijnen(&found.termijnen);
        grond.feiten.extend(stand.in_beeld.iter().filter_map(|party| match party.beeld {
            Beeld::Sinds { door, .. } => Some(door),
            _ => None,
        }));
        let nummers = Nummers(t);
        let explained = |termijn: &Termijn| uitgelegd(zicht, &nummers, termijn);
        let (gebruikt, vervallen, overig) = gegevens(zicht, &grond.feiten);
        Uitleg {
            gebruikt,
            vervallen,
            overig,
            regels: grond.regels,
            plichtig: plichtig(t, op, r).value,
            dossier: dossier.value,
            klokken: klokken.value,
            definities: DEFINITIES.iter().map(|d| (d, thuiszittend(t, op, r, d.definitie).value)).collect(),
            deelname: deelname(t, op, LESWEKEN, r).value,
            termijnen: found.termijnen.iter().map(explained).collect(),
            zonder_aanleiding: found
                .zonder_aanleiding
                .iter()
                .map(|zonder| format!("{} (gegeven {})", zonder.wat.trim_end_matches('.'), nummers.van(zonder.feit)))
                .collect(),
            stand,
        }
    }
}

/// Statements and rules that something rests on.
#[derive(Default)]
struct Grond {
    feiten: BTreeSet<FactId>,
    regels: Vec<Citation>,
}

impl Grond {
    fn rust_op<T>(&mut self, finding: &Finding<T>) {
        self.feiten.extend(finding.because.iter().copied());
        finding.under.iter().for_each(|citation| self.regel(*citation));
    }

    fn regel(&mut self, citation: Citation) {
        if !self.regels.contains(&citation) {
            self.regels.push(citation);
        }
    }

    fn klok(&mut self, klok: &Klok) {
        self.feiten.extend(klok.beurten.iter().filter_map(|beurt| beurt.feit));
        if let KlokStand::Gestopt { aanbod, .. } | KlokStand::ZorgLoopt { aanbod, .. } = klok.stand {
            self.feiten.insert(aanbod);
        }
        let disputed = klok.oneens.iter().flat_map(|oneens| oneens.reacties.iter().chain([&oneens.aanbod]));
        self.feiten.extend(disputed.copied());
    }

    fn termijnen(&mut self, termijnen: &[Termijn]) {
        for termijn in termijnen {
            self.regel(termijn.regel);
            self.feiten.extend(termijn.vervuld_door);
            if let Aanleiding::Feit(fact) = termijn.aanleiding {
                self.feiten.insert(fact);
            }
        }
    }
}

/// Numbers of the statements about a child: their place in the order in which they became known, from 1.
struct Nummers<'a>(&'a Timeline);

impl Nummers<'_> {
    /// The number of a statement; 0 for one that is not about this child.
    fn van(&self, id: FactId) -> usize {
        self.0.facts().position(|fact| fact.id == id).map_or(0, |place| place + 1)
    }
}

/// Used statements, those that no longer stand, and the number of others.
fn gegevens(zicht: &Zicht<'_>, used: &BTreeSet<FactId>) -> (Vec<Gegeven>, Vec<Gegeven>, usize) {
    let nummers = Nummers(zicht.t);
    let (mut gebruikt, mut vervallen, mut overig) = (Vec::new(), Vec::new(), 0);
    for fact in zicht.t.facts() {
        let replaced = zicht.t.replaced_by(fact.id);
        let list = match replaced {
            Some(_) => &mut vervallen,
            None if used.contains(&fact.id) => &mut gebruikt,
            None => {
                overig += usize::from(Intrekking::of(&fact.body).is_none());
                continue;
            }
        };
        if list.len() < MAX_GEGEVENS {
            list.push(gegeven(zicht, &nummers, fact, replaced));
        } else {
            overig += 1;
        }
    }
    (gebruikt, vervallen, overig)
}

fn gegeven(zicht: &Zicht<'_>, nummers: &Nummers<'_>, fact: &Fact, replaced: Option<&Fact>) -> Gegeven {
    let why = |by: &Fact| Intrekking::of(&by.body).map(|intrekking| intrekking.reden.zichtbaar().to_owned());
    Gegeven {
        nummer: nummers.van(fact.id),
        wat: feiten::wat(&fact.body, zicht.r, zicht.op),
        dagen: feiten::dagen(fact, zicht.op),
        gezegd_op: dag_in_nederland(fact.known),
        door: feiten::door(fact, zicht.r),
        bron: fact.source.bron.label(),
        grond: fact.ground.label(),
        vervangen: replaced.map(|by| (nummers.van(by.id), why(by))),
    }
}

fn uitgelegd(zicht: &Zicht<'_>, nummers: &Nummers<'_>, termijn: &Termijn) -> UitgelegdeTermijn {
    let (what, since) = aanleiding(zicht, nummers, &termijn.aanleiding);
    let other_day = since.is_some_and(|since| since != termijn.dag_zelf);
    let itself = if other_day { format!("; telt vanaf {}", dag(termijn.dag_zelf, zicht.op)) } else { String::new() };
    let aanleiding = format!("{what}{itself}");
    UitgelegdeTermijn {
        regel: Regel { wie: wie(zicht, &termijn.wie), termijn: termijn.clone(), keer: 1 },
        aanleiding,
        vervuld_door: termijn.vervuld_door.map(|fact| nummers.van(fact)),
        gaten: termijn.gaten.iter().map(|gap| niet_bekend::in_woorden(zicht, gap)).collect(),
    }
}

/// What started a term, in words, and its day.
fn aanleiding(zicht: &Zicht<'_>, nummers: &Nummers<'_>, by: &Aanleiding) -> (String, Option<Date>) {
    let on = |day: &Date| dag(*day, zicht.op);
    match by {
        Aanleiding::Feit(id) => {
            (format!("gegeven {}", nummers.van(*id)), zicht.t.fact(*id).map(|fact| fact.valid.from))
        }
        Aanleiding::Signaal { regel, dag } => (format!("het signaal ‘{regel}’ van {}", on(dag)), Some(*dag)),
        Aanleiding::Verzuim { begin } => (format!("het verzuim vanaf {}", on(begin)), Some(*begin)),
        Aanleiding::Klok { begin } => (format!("de klok die begon op {}", on(begin)), Some(*begin)),
        Aanleiding::Geboortedatum => ("de geboortedatum".to_owned(), None),
    }
}
