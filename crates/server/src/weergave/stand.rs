//! Where a child stands on a day: found in the register, ready to be said.

use convenant::{Facet, Facetten};
use domain::Date;
use domain::aan_zet::{AanZet, aan_zet_van};
use domain::body::{Adres, Medewerker, Persoonsgegevens};
use domain::fact::FactId;
use domain::finding::{Citation, Finding, Gap};
use domain::ids::{LeerlingId, MedewerkerId, OrganisatieId};
use domain::in_beeld::{InBeeld, Partij, in_beeld};
use domain::klok::{Klok, Label};
use domain::period::{age, plus_days};
use domain::status::{Status, status_van};
use domain::termijnen::{Geval, Termijn, Wie, uitwerking_van};
use domain::timeline::Timeline;
use register::Register;

use super::mag_zien::{MagZien, mag_zien};
use super::niet_bekend::{Leemte, niet_bekend};
use super::waarom::{Reden, waarom};
use super::{Oog, Zicht, woorden};

/// Terms that a text names; the rest is counted.
pub const TERMIJNEN_IN_TEKST: usize = 8;
/// A term that was fulfilled stays in view for so many days.
const GEDAAN_DAGEN: i32 = 28;

/// Where a child stands on a day.
#[derive(Debug)]
pub struct Stand {
    /// Our name for the child.
    pub leerling: LeerlingId,
    /// The day.
    pub op: Date,
    /// Who it is.
    pub kind: Voorstelling,
    /// The status that heads the page, and how sure it is; `None`: not for this reader.
    pub status: Option<Status>,
    /// The same in words, with how sure it is.
    pub status_woorden: Option<String>,
    /// The clock that is open on the day.
    pub klok: Option<Klok>,
    /// The last spell, when none is open.
    pub vorige: Option<Klok>,
    /// Who owes the next step; only in an open dossier.
    pub aan_zet: Option<Beurt>,
    /// Days per party over the spell, as words and number; they add up to the days of the clock. None when the reader
    /// may not know of one of the parties.
    pub beurten: Vec<(String, u32)>,
    /// Why this status.
    pub waarom: Vec<Reden>,
    /// Facts that the status rests on and that the reader may read.
    pub rust_op: Vec<FactId>,
    /// Whether the status rests on more than the reader may read, where saying so tells nothing else.
    pub mede: bool,
    /// Rules under which the status was found.
    pub onder: Vec<Citation>,
    /// Terms to be done and lately done, most urgent first.
    pub termijnen: Vec<Regel>,
    /// Terms that lapsed, were done longer ago, or were left of an earlier school year.
    pub oude_termijnen: usize,
    /// Which parties have the child in view.
    pub in_beeld: Vec<InBeeld>,
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
    /// Birth date, if known.
    pub geboren: Option<Date>,
    /// Age in years, if the birth date is known.
    pub leeftijd: Option<i16>,
    /// Schools of enrolment, each as "klas 2b, Proefcollege De Meent (90AA00)"; none: without school. `None`: not for
    /// this reader.
    pub scholen: Option<Vec<String>>,
    /// Where it lives; `None` when that is not known here.
    pub woont: Option<String>,
}

/// Who owes the next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beurt {
    /// The party.
    pub organisatie: OrganisatieId,
    /// The person there, if one is known.
    pub medewerker: Option<MedewerkerId>,
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
    /// Where the child stands, all of it; `None` when the register does not know it.
    pub fn van(register: &Register, leerling: LeerlingId, op: Date) -> Option<Self> {
        let t = register.timeline(leerling)?;
        Some(Self::uit(&Zicht { register, r: register.rules(), t: &t, leerling, op, vandaag: op, oog: Oog::alles() }))
    }

    /// Where the child stands, as far as the reader may see it.
    pub fn uit(zicht: &Zicht<'_>) -> Self {
        let Zicht { t, r, op, leerling, oog, .. } = *zicht;
        let geval = Geval::new(t, op, r);
        let status = status_van(&geval);
        let mut spells = geval.klokken().value.clone();
        let last = spells.pop();
        let (klok, vorige) = match last {
            Some(klok) if !klok.stand.is_voorbij() => (Some(klok), None),
            ended => (None, ended),
        };
        let kind = voorstelling(zicht);
        let in_beeld = in_beeld(t, op, r);
        let words = status_woorden(&status.value, oog.facetten());
        let seen = words.is_some();
        let shown = |klok: Option<Klok>| klok.filter(|klok| oog.klok(klok)).map(|klok| zonder_labels(&oog, klok));
        let mag_zien = mag_zien(zicht);
        let all = uitwerking_van(&geval).termijnen;
        let aan_zet = beurt(zicht, &status, aan_zet_van(&geval), &all);
        let (termijnen, oude_termijnen) = regels(zicht, all);
        let (waarom, unsaid) = waarom(zicht, &status.value, klok.as_ref());
        let (rust_op, mede) = oog.rust_op(t, &status.because);
        Stand {
            leerling,
            op,
            aan_zet,
            beurten: klok.as_ref().map(|klok| beurten(zicht, klok)).unwrap_or_default(),
            // Reasons of what is not told would tell it.
            waarom: if seen || klok.as_ref().is_some_and(|klok| oog.klok(klok)) { waarom } else { Vec::new() },
            rust_op: if seen { rust_op.iter().map(|fact| fact.id).collect() } else { Vec::new() },
            mede: seen && (mede || unsaid),
            onder: if seen { status.under.clone() } else { Vec::new() },
            niet_bekend: niet_bekend(zicht, &status, klok.as_ref()),
            status: seen.then_some(status.value),
            status_woorden: words,
            kind,
            klok: shown(klok),
            vorige: shown(vorige),
            termijnen,
            oude_termijnen,
            in_beeld: in_beeld.into_iter().filter(|party| in_beeld_te_zien(&oog, party)).collect(),
            mag_zien,
        }
    }
}

impl Stand {
    /// The most urgent terms, for a reader with little room, and how many others there are.
    pub fn eerste_termijnen(&self, hoogstens: usize) -> (&[Regel], usize) {
        let (named, rest) = self.termijnen.split_at(self.termijnen.len().min(hoogstens));
        (named, rest.iter().map(|line| line.keer as usize).sum::<usize>() + self.oude_termijnen)
    }
}

/// A status in words for whoever may see these facets; `None`: not for them. Whoever may see statuses sees it, unless its
/// word tells of something else that they may not see. What leerplicht said of it is for those who may know of leerplicht.
pub fn status_woorden(status: &Status, facetten: Facetten) -> Option<String> {
    let shown = facetten.contains_all(Facet::van_status(status.soort));
    let sure = facetten.contains(Facet::Melding) || facetten.contains(Facet::LeerplichtStap);
    if sure || status.zekerheid.is_none() {
        return shown.then(|| status.woorden());
    }
    let late = if status.drie_maanden_voorbij { ", drie maanden voorbij" } else { "" };
    shown.then(|| format!("{} (vermoedelijk){late}", status.soort.woord()))
}

/// A clock under the names that the reader may see.
fn zonder_labels(oog: &Oog<'_>, mut klok: Klok) -> Klok {
    klok.labels.retain(|label| match label {
        Label::ZiekOnderwijsInOverleg => oog.mag(Facet::VerzuimZiekte),
        Label::VrijgesteldZonderLeeraanbod => oog.mag(Facet::Vrijstelling),
    });
    klok
}

fn in_beeld_te_zien(oog: &Oog<'_>, party: &InBeeld) -> bool {
    oog.mag(match party.partij {
        Partij::School => Facet::SchoolInschrijving,
        Partij::Samenwerkingsverband => Facet::Ondersteuningsvraag,
        Partij::Leerplicht => Facet::LeerplichtStap,
        Partij::Jeugdarts => Facet::JgzConsult,
    })
}

/// Birth date, if known and shown.
pub fn geboren(zicht: &Zicht<'_>) -> Option<Date> {
    let persoon = persoonsgegevens(zicht.t, zicht.op).filter(|_| zicht.oog.mag(Facet::PersoonGeboortedatum));
    persoon.and_then(|persoon| persoon.geboortedatum)
}

/// Who the child is, as far as the reader may know.
pub fn voorstelling(zicht: &Zicht<'_>) -> Voorstelling {
    let Zicht { t, r, op, oog, .. } = *zicht;
    let persoon = persoonsgegevens(t, op).filter(|_| oog.mag(Facet::PersoonNaam));
    let naam = persoon.map(woorden::naam).filter(|naam| !naam.is_empty());
    let roepnaam = persoon.map(|p| if p.roepnaam.is_empty() { &p.voornamen } else { &p.roepnaam });
    let school = |inschrijving: &domain::body::Inschrijving| {
        let code = r.organisaties.get(&inschrijving.school).and_then(|organisatie| organisatie.vestiging);
        let code = code.map(|code| format!(" ({code})")).unwrap_or_default();
        let klas = woorden::klas(inschrijving).map(|klas| format!("{klas}, ")).unwrap_or_default();
        format!("{klas}{}{code}", r.naam(inschrijving.school))
    };
    let born = geboren(zicht).filter(|born| *born <= op);
    let enrolled = || t.inschrijvingen_op(op).map(|(_, inschrijving)| school(inschrijving)).collect();
    Voorstelling {
        naam: naam.unwrap_or_else(|| "Naam niet bekend".to_owned()),
        roepnaam: roepnaam
            .filter(|naam| !naam.is_empty())
            .map_or_else(|| "de leerling".to_owned(), |naam| naam.zichtbaar().to_owned()),
        geboren: born,
        leeftijd: born.map(|born| age(born, op)),
        scholen: oog.mag(Facet::SchoolInschrijving).then(enrolled),
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
    if !zicht.oog.mag(if adres.geheim { Facet::PersoonAdresGeheim } else { Facet::PersoonAdres }) {
        return None;
    }
    if adres.geheim {
        return Some("adres geheim".to_owned());
    }
    let gemeente = adres.gemeente?;
    let Some(id) = zicht.r.gemeente(gemeente) else { return Some("woont buiten de regio".to_owned()) };
    Some(format!("woont in {}", gemeentenaam(zicht.r.naam(id))))
}

/// "Gemeente Alkmaar" is the organisation; one lives in Alkmaar.
pub fn gemeentenaam(naam: &str) -> &str {
    naam.strip_prefix("Gemeente ").or_else(|| naam.strip_prefix("gemeente ")).unwrap_or(naam)
}

fn beurt(
    zicht: &Zicht<'_>,
    status: &Finding<Status>,
    found: Finding<Option<AanZet>>,
    all: &[Termijn],
) -> Option<Beurt> {
    let Zicht { t, r, oog, .. } = *zicht;
    let open: Vec<Termijn> = all.iter().filter(|termijn| termijn.is_open()).cloned().collect();
    let wie = found.value.filter(|wie| oog.mag_alle(Facet::van_aan_zet(t, r, wie, &open)))?;
    let step = wie.stap.zichtbaar();
    // What is missing may end in what to do about it, which is the step itself.
    let wrong = found.gaps.iter().filter(|gap| !status.gaps.contains(gap)).filter_map(|gap| match gap {
        Gap::Ontbreekt(zin) => Some(zin.strip_suffix(step).unwrap_or(zin).trim().to_owned()),
        _ => None,
    });
    let persoon = wie.medewerker.and_then(|id| zicht.register.laatste::<Medewerker>(id));
    Some(Beurt {
        organisatie: wie.organisatie,
        medewerker: wie.medewerker,
        partij: woorden::partij(wie.organisatie, r),
        persoon: persoon.map(woorden::medewerker),
        stap: step.to_owned(),
        uiterlijk: wie.uiterlijk,
        let_op: wrong.collect(),
    })
}

/// Days per party; two of a kind are told apart by their names.
fn beurten(zicht: &Zicht<'_>, klok: &Klok) -> Vec<(String, u32)> {
    let parties: Vec<OrganisatieId> = klok.beurten.iter().filter_map(|beurt| beurt.organisatie).collect();
    if !zicht.oog.klok(klok) || !parties.iter().all(|id| zicht.oog.organisatie(*id)) {
        return Vec::new();
    }
    let words = |organisatie: Option<_>| partij_onder(zicht, organisatie, &parties);
    klok.beurten.iter().map(|beurt| (words(beurt.organisatie), beurt.dagen)).collect()
}

/// What a party is called among others: by its kind, or by its name when there are two of that kind.
pub fn partij_onder(zicht: &Zicht<'_>, organisatie: Option<OrganisatieId>, onder: &[OrganisatieId]) -> String {
    let Some(id) = organisatie else { return "niemand".to_owned() };
    let kind = woorden::partij(id, zicht.r);
    let alike = onder.iter().filter(|other| woorden::partij(**other, zicht.r) == kind).count();
    if alike > 1 { zicht.r.naam(id).to_owned() } else { kind }
}

/// What is to be done and what was done lately, and how many more there are. Terms that read the same are one line.
fn regels(zicht: &Zicht<'_>, all: Vec<Termijn>) -> (Vec<Regel>, usize) {
    let since = plus_days(zicht.op, -GEDAAN_DAGEN);
    let shown = |termijn: &Termijn| zicht.oog.mag_alle(Facet::van_termijn(zicht.t, zicht.r, termijn));
    let now = |termijn: &Termijn| termijn.is_open() && !termijn.is_van_eerder_schooljaar(zicht.op, zicht.r);
    let (in_view, others): (Vec<Termijn>, Vec<Termijn>) = all
        .into_iter()
        .filter(|termijn| !matches!(termijn.wie, Wie::Duo | Wie::Niemand) && shown(termijn))
        .partition(|termijn| now(termijn) || termijn.vervuld_op.is_some_and(|done| done >= since));
    let mut lines: Vec<Regel> = Vec::new();
    for termijn in in_view {
        match lines.iter_mut().find(|line| leest_als(&line.termijn, &termijn)) {
            Some(line) => line.keer += 1,
            None => lines.push(Regel { wie: wie(zicht, &termijn.wie), termijn, keer: 1 }),
        }
    }
    (lines, others.len())
}

/// Whether a reader sees no difference between two terms.
fn leest_als(a: &Termijn, b: &Termijn) -> bool {
    let seen = |t: &Termijn| (t.uiterlijk, t.kon_weten, t.norm, t.stand, t.vervuld_op);
    (&a.wat, &a.wie) == (&b.wat, &b.wie) && seen(a) == seen(b)
}

/// Who must act, in words.
pub fn wie(zicht: &Zicht<'_>, wie: &Wie) -> String {
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
