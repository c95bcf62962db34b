//! Why a child has this status: stretches that can be read aloud, what people stated, and the rule with its source.

use convenant::Facet;
use domain::Date;
use domain::body::{Aanbod, Body, ZitThuis};
use domain::calendar::{Schooldag, Vrij, dag_in_nederland};
use domain::dagbeeld::Dagbeeld;
use domain::deelname::{Meting, deelname};
use domain::fact::{Fact, FactId};
use domain::ids::OrganisatieId;
use domain::klok::{self, Klok, KlokStand, Opening, Stuk, ZonderInschrijving, zonder_inschrijving};
use domain::period::{Period, day_number, from_day_number, plus_days};
use domain::status::dreigend::dreigend;
use domain::status::traject::traject;
use domain::status::vrijstelling::vrijstelling;
use domain::status::{Status, StatusSoort};
use domain::verzuim::VerzuimSoort;

use super::{Zicht, feiten, woorden, zorg};

/// The pact that promises an offer within three months, as short as a reason can be.
const PACT: &str = "pact 2017";

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reden {
    /// Schooldagen without a holiday in between.
    Schooldagen {
        /// First schooldag.
        van: Date,
        /// Last schooldag.
        tot_en_met: Date,
        /// Number of schooldagen.
        schooldagen: u32,
        /// How many of them without participation.
        zonder_deelname: u32,
        /// Of how many of them nothing is known.
        onbekend: u32,
        /// Days on which something was missed, per kind, in the order in which the kinds first came.
        soorten: Vec<(VerzuimSoort, u32)>,
        /// Participation over these days in whole percent, if the hours are known.
        procent: Option<u32>,
        /// The day on which the school delivered them last.
        aangeleverd: Option<Date>,
    },
    /// A holiday; it counts.
    Vakantie {
        /// Its name ("voorjaarsvakantie"); "vakantie" when the calendar has none.
        naam: String,
        /// First day.
        van: Date,
        /// Last day.
        tot_en_met: Date,
    },
    /// Something that somebody stated, or that was measured.
    Zin(String),
    /// The rule, and where it stands.
    Regel(String),
}

/// The reasons for a status that the reader may see, the clock's first; and whether there are others, where saying so
/// tells nothing else.
pub fn waarom(zicht: &Zicht<'_>, status: &Status, klok: Option<&Klok>) -> (Vec<Reden>, bool) {
    let oog = &zicht.oog;
    let mut redenen = Vec::new();
    let stated: Vec<FactId> = [
        klok.map(|klok| thuis_gezegd(zicht, klok)).unwrap_or_default(),
        niet_ingeschreven(zicht).map(|span| span.feiten).unwrap_or_default(),
        vrijgesteld(zicht),
    ]
    .concat();
    let (_, unsaid) = oog.rust_op(zicht.t, &stated);
    let says = |ids: Vec<FactId>| oog.rust_op(zicht.t, &ids).0;
    if let Some(klok) = klok.filter(|klok| oog.klok(klok)) {
        redenen.extend(stukken(zicht, klok));
        redenen.extend(says(thuis_gezegd(zicht, klok)).into_iter().map(|fact| thuis(zicht, fact)));
    }
    if let Some(span) = niet_ingeschreven(zicht).filter(|_| oog.mag(Facet::InschrijvingNagaan)) {
        let since = woorden::dag(span.dagen.from, zicht.op);
        redenen.push(Reden::Zin(format!("sinds {since} is geen inschrijving op een school bekend")));
        let other = |fact: &&Fact| !matches!(fact.body, Body::Persoonsgegevens(_));
        redenen.extend(says(span.feiten).into_iter().filter(other).map(|fact| gezegd(zicht, fact)));
    }
    let exempt = says(vrijgesteld(zicht));
    if let (false, Some(rule)) = (exempt.is_empty(), vrijstelling(zicht.t, zicht.op, zicht.r).under.first()) {
        redenen.extend(exempt.into_iter().map(|fact| gezegd(zicht, fact)));
        redenen.push(Reden::Regel(format!("regel: {}", rule.bron)));
    }
    redenen.extend(aanbod(zicht, klok));
    if klok.is_none() && oog.mag(Facet::Deelname) && !oog.is_leerplicht() {
        redenen.extend(deelname_nu(zicht, status));
    }
    redenen.extend(klok.filter(|klok| oog.klok(klok)).map(|klok| Reden::Regel(regel(zicht, klok))));
    (redenen, unsaid)
}

fn gezegd(zicht: &Zicht<'_>, fact: &Fact) -> Reden {
    Reden::Zin(feiten::zin(fact, zicht.r, zicht.op))
}

/// The stretches of the clock, up to the day on which it stood still. The kinds of absence are for whoever may see all of
/// them: some would tell the others.
fn stukken(zicht: &Zicht<'_>, klok: &Klok) -> Vec<Reden> {
    let oog = &zicht.oog;
    if !oog.mag(Facet::VerzuimDagen) && !oog.mag(Facet::Deelname) {
        return Vec::new();
    }
    let last = match klok.stand {
        KlokStand::Gestopt { vanaf, .. } | KlokStand::ZorgLoopt { vanaf, .. } => plus_days(vanaf, -1),
        _ => zicht.op,
    };
    let beeld = Dagbeeld::of(zicht.t, last, zicht.r);
    let reden = |stuk| match stuk {
        Stuk::Schooldagen { van, tot_en_met, schooldagen, zonder_deelname, onbekend, soorten } => {
            let dagen = Period::through(van, tot_en_met);
            let first = |soort: VerzuimSoort| beeld.gemist_vanaf(van).iter().find(|gemist| gemist.soort == soort);
            let mut soorten: Vec<(VerzuimSoort, u32)> = soorten.into_iter().filter(|_| oog.alle_verzuim()).collect();
            soorten.sort_by_key(|(soort, _)| first(*soort).map(|gemist| gemist.dag));
            let procent = Meting::van(beeld.binnen(dagen)).procent().filter(|_| oog.mag(Facet::Deelname));
            let aangeleverd = aangeleverd(zicht, dagen);
            Reden::Schooldagen {
                van,
                tot_en_met,
                schooldagen,
                zonder_deelname,
                onbekend,
                soorten,
                procent,
                aangeleverd,
            }
        }
        Stuk::Vakantie { van, tot_en_met } => vakantie(zicht, van, tot_en_met),
    };
    klok::waarom(zicht.t, klok, last, zicht.r).into_iter().map(reden).collect()
}

/// The last day on which a school of the child delivered something about these days.
fn aangeleverd(zicht: &Zicht<'_>, dagen: Period) -> Option<Date> {
    let schools = zicht.t.inschrijvingen().into_iter().map(|(_, _, inschrijving)| inschrijving.school);
    let about = schools
        .flat_map(|school| zicht.register.over(school))
        .filter(|fact| matches!(fact.body, Body::VerzuimLevering(_)) && fact.valid.overlaps(&dagen));
    about.map(|fact| dag_in_nederland(fact.known)).max()
}

/// A holiday with the name that the school's calendar gives to its working days; the weekends beside it are part of it.
fn vakantie(zicht: &Zicht<'_>, van: Date, tot_en_met: Date) -> Reden {
    let school = school_op(zicht, van).and_then(|school| zicht.r.scholen.get(&school));
    let name = |dag| match school?.kalender.is_schooldag(dag) {
        Schooldag::Nee(Vrij::Vakantie(vakantie, _) | Vrij::EigenVakantie(vakantie)) => {
            Some(vakantie.naam().to_lowercase())
        }
        _ => None,
    };
    let naam = (day_number(van)..=day_number(tot_en_met)).map(from_day_number).find_map(name);
    Reden::Vakantie { naam: naam.unwrap_or_else(|| "vakantie".to_owned()), van, tot_en_met }
}

fn school_op(zicht: &Zicht<'_>, dag: Date) -> Option<OrganisatieId> {
    zicht.t.inschrijvingen_op(dag).next().map(|(_, inschrijving)| inschrijving.school)
}

/// Parents or school said that the child is at home.
fn thuis_gezegd(zicht: &Zicht<'_>, klok: &Klok) -> Vec<FactId> {
    let said = zicht.t.all::<ZitThuis>().filter(|(fact, _)| fact.valid.from <= zicht.op);
    let recent = said.filter(|(fact, _)| fact.valid.until.is_none_or(|until| until > klok.begin));
    recent.map(|(fact, _)| fact.id).collect()
}

fn thuis(zicht: &Zicht<'_>, fact: &Fact) -> Reden {
    let since = woorden::dag(fact.valid.from, zicht.op);
    Reden::Zin(format!("{}: zit sinds {since} thuis", feiten::door(fact, zicht.r)))
}

/// The enrolment that is missing.
fn niet_ingeschreven(zicht: &Zicht<'_>) -> Option<ZonderInschrijving> {
    let spans = zonder_inschrijving(zicht.t, zicht.op, zicht.r).value;
    spans.into_iter().find(|span| span.dagen.contains(zicht.op))
}

/// The exemption that covers the day, or the notice that does not (yet) carry one.
fn vrijgesteld(zicht: &Zicht<'_>) -> Vec<FactId> {
    let exempts = |id: &FactId| {
        let counts = |body: &Body| {
            matches!(body, Body::Kennisgeving(_) | Body::KennisgevingToets(_) | Body::VrijstellingBesluit(_))
        };
        zicht.t.fact(*id).is_some_and(|fact| counts(&fact.body))
    };
    vrijstelling(zicht.t, zicht.op, zicht.r).because.into_iter().filter(exempts).collect()
}

/// The offer that is delivered, or that stopped the clock.
fn aanbod(zicht: &Zicht<'_>, klok: Option<&Klok>) -> Option<Reden> {
    let stopped = klok.and_then(|klok| match klok.stand {
        KlokStand::Gestopt { aanbod, .. } | KlokStand::ZorgLoopt { aanbod, .. } => Some(aanbod),
        _ => klok.oneens.as_ref().map(|oneens| oneens.aanbod),
    });
    let id = stopped.or_else(|| traject(zicht.t, zicht.op, zicht.r).value.map(|traject| traject.aanbod))?;
    let (fact, gedaan) = zicht.t.all::<Aanbod>().find(|(fact, _)| fact.id == id)?;
    if !zicht.oog.leest(fact) {
        return zorg::zonder_zorg(zicht, fact, gedaan).map(Reden::Zin);
    }
    let by = gedaan.organisatie.map(|id| format!(" van {}", zicht.r.naam(id))).unwrap_or_default();
    Some(Reden::Zin(format!(
        "aanbod{by}: {}, {}, {} per week, vanaf {}",
        gedaan.soort.label(),
        gedaan.wat.zichtbaar(),
        woorden::uren(gedaan.afgesproken(zicht.op).into()),
        woorden::dag(fact.valid.from, zicht.op)
    )))
}

/// How much the child takes part, where no clock tells it.
fn deelname_nu(zicht: &Zicht<'_>, status: &Status) -> Vec<Reden> {
    if !matches!(status.soort, StatusSoort::GaatNaarSchool | StatusSoort::GaatSteedsMinder | StatusSoort::NietBekend) {
        return Vec::new();
    }
    let weeks = usize::try_from(zicht.r.klok.lesweken).unwrap_or(4);
    if let Some(falls) = dreigend(zicht.t, zicht.op, zicht.r).value {
        return vec![Reden::Zin(format!(
            "deelname in de laatste {weeks} lesweken: {} procent; in de {weeks} ervoor: {} procent",
            falls.nu, falls.eerder
        ))];
    }
    let mut meting = Meting::default();
    let found = deelname(zicht.t, zicht.op, weeks, zicht.r).value;
    found.iter().for_each(|week| meting.tel_op(&week.meting));
    let percent = meting.procent().map(|procent| {
        Reden::Zin(format!(
            "deelname in de laatste {}: {procent} procent",
            woorden::aantal(u32::try_from(found.len()).unwrap_or(0), "lesweek", "lesweken")
        ))
    });
    percent.into_iter().collect()
}

/// The rule that opened the clock, and the promise.
fn regel(zicht: &Zicht<'_>, klok: &Klok) -> String {
    let k = &zicht.r.klok;
    let opening = match klok.opening {
        Opening::GeenDeelname => format!("opening na {} schooldagen", k.schooldagen_zonder_deelname),
        Opening::LageDeelname => format!(
            "opening bij minder dan {} procent deelname over {} lesweken zonder afgesproken plan",
            k.deelname_procent, k.lesweken
        ),
        Opening::NietIngeschreven => "opening zodra een leerplichtige niet is ingeschreven".to_owned(),
        Opening::Verklaard => "opening als ouders of school zeggen dat de leerling thuis zit".to_owned(),
    };
    let protocol = if zicht.r.protocol.is_empty() { String::new() } else { format!(", protocol {}", zicht.r.protocol) };
    let maanden = if k.maanden == 3 { "drie maanden".to_owned() } else { format!("{} maanden", k.maanden) };
    format!("regel: {opening}{protocol}; {maanden}: {PACT}")
}
