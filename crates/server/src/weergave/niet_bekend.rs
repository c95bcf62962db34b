//! What could not be established, and whether it could change the status. Of days that were not delivered that is tried
//! out: the status is derived again as if the child had been there, and as if it had not.

use std::sync::Arc;

use convenant::Facet;
use domain::Date;
use domain::body::{Adres, Persoonsgegevens};
use domain::dagbeeld::{SchoolVerzuim, Verzuimrijen};
use domain::deelname::deelname;
use domain::finding::{Finding, Gap};
use domain::ids::OrganisatieId;
use domain::klok::{Klok, Opening};
use domain::period::{Period, day_number, from_day_number};
use domain::status::vrijstelling::vrijstelling;
use domain::status::{Status, status};
use domain::timeline::Timeline;
use domain::verzuim::{Duur, Rij, VerzuimSoort};

use super::{Zicht, woorden};

/// Most days that are filled in to try: two school years.
const MAX_DAGEN: usize = 730;

/// What a gap can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gevolg {
    /// The status could be another one.
    Misschien,
    /// The status stays, the count of hours does not.
    AlleenUren,
    /// It bears on something else than the status.
    Geen,
}

impl Gevolg {
    /// As a sentence.
    pub fn zin(self) -> &'static str {
        match self {
            Gevolg::Misschien => "Dat kan de status veranderen.",
            Gevolg::AlleenUren => "Dat verandert de status niet, wel het aantal gemiste uren.",
            Gevolg::Geen => "Dat verandert de status niet.",
        }
    }
}

/// Something that could not be established.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leemte {
    /// What, in words.
    pub wat: String,
    /// What it can do.
    pub gevolg: Gevolg,
}

/// The gaps that the reader may see, those that could change the status first. A gap is for whoever may see what it
/// bears on.
pub fn niet_bekend(zicht: &Zicht<'_>, found: &Finding<Status>, klok: Option<&Klok>) -> Vec<Leemte> {
    let Zicht { t, r, op, oog, .. } = *zicht;
    let lesweken = usize::try_from(r.klok.lesweken).unwrap_or(usize::MAX);
    let hours = deelname(t, op, lesweken, r).gaps;
    let persons =
        [t.at::<Persoonsgegevens>(op, "naam of geboortedatum").gaps, t.at::<Adres>(op, "het adres").gaps].concat();
    // A clock that whole days or a statement opened does not ask for the hours of a day.
    let hours_matter = klok.is_none_or(|klok| klok.opening == Opening::LageDeelname);
    let mut leemten: Vec<Leemte> = Vec::new();
    let mut add = |gap: &Gap, gevolg| {
        if !te_zien(zicht, gap) {
            return;
        }
        let leemte = Leemte { wat: in_woorden(zicht, gap), gevolg };
        if !leemten.iter().any(|known| known.wat == leemte.wat) {
            leemten.push(leemte);
        }
    };
    let days = Onbekend::onder(found.gaps.iter().chain(&hours));
    let unknown = if days.verandert(zicht, &found.value) { Gevolg::Misschien } else { Gevolg::AlleenUren };
    let for_status: &[Gap] = if oog.mag(Facet::Status) { &found.gaps } else { &[] };
    let for_hours: &[Gap] = if oog.mag(Facet::Deelname) { &hours } else { &[] };
    for gap in for_status.iter().chain(for_hours) {
        match gap {
            // Different questions look back over different weeks: the widest stretch says it all.
            Gap::Onbekend { .. } if for_status.iter().chain(for_hours).any(|other| omvat(other, gap)) => {}
            Gap::Onbekend { .. } => add(gap, unknown),
            Gap::Ontbreekt(_) if hours.contains(gap) && !hours_matter => add(gap, Gevolg::AlleenUren),
            _ if found.gaps.contains(gap) => add(gap, Gevolg::Misschien),
            _ => add(gap, Gevolg::AlleenUren),
        }
    }
    if oog.mag(Facet::Vrijstelling) {
        vrijstelling(t, op, r).gaps.iter().for_each(|gap| add(gap, Gevolg::Misschien));
    }
    persons.iter().for_each(|gap| add(gap, Gevolg::Geen));
    leemten.sort_by_key(|leemte| leemte.gevolg);
    leemten
}

/// A difference is for whoever may read both statements; unknown days for whoever sees days.
fn te_zien(zicht: &Zicht<'_>, gap: &Gap) -> bool {
    let Zicht { t, oog, .. } = zicht;
    match gap {
        Gap::Tegenspraak { gebruikt, ander, .. } => {
            [gebruikt, ander].into_iter().all(|id| t.fact(*id).is_some_and(|fact| oog.leest(fact)))
        }
        Gap::Onbekend { .. } => oog.mag(Facet::VerzuimDagen) || oog.mag(Facet::Deelname),
        Gap::Ontbreekt(_) | Gap::BuitenBereik(_) => true,
    }
}

/// A gap in words.
pub fn in_woorden(zicht: &Zicht<'_>, gap: &Gap) -> String {
    let says = |id| zicht.t.fact(id).map_or("een andere bron", |fact| fact.source.bron.label());
    match gap {
        Gap::Ontbreekt(zin) | Gap::BuitenBereik(zin) => zin.clone(),
        Gap::Tegenspraak { over, gebruikt, ander } => format!(
            "verschil in registratie over {over}: {} en {} zeggen iets anders; gebruikt is wat {} zegt",
            says(*gebruikt),
            says(*ander),
            says(*gebruikt)
        ),
        Gap::Onbekend { van, tot_en_met, schooldagen } => format!(
            "de deelname op {} ({}, niet aangeleverd of niet leesbaar)",
            woorden::van_tot(*van, *tot_en_met, zicht.op),
            woorden::aantal(*schooldagen, "schooldag", "schooldagen")
        ),
    }
}

/// Whether one stretch of unknown days holds another one and more.
fn omvat(wide: &Gap, narrow: &Gap) -> bool {
    match (wide, narrow) {
        (Gap::Onbekend { van, tot_en_met, .. }, Gap::Onbekend { van: from, tot_en_met: last, .. }) => {
            van <= from && last <= tot_en_met && (van, tot_en_met) != (from, last)
        }
        _ => false,
    }
}

/// The days of which nothing is known.
struct Onbekend(Vec<Date>);

impl Onbekend {
    fn onder<'g>(gaps: impl Iterator<Item = &'g Gap>) -> Self {
        let spans = gaps.filter_map(|gap| match gap {
            Gap::Onbekend { van, tot_en_met, .. } => Some((day_number(*van), day_number(*tot_en_met))),
            _ => None,
        });
        let mut days: Vec<Date> =
            spans.flat_map(|(van, tot)| (van..=tot).take(MAX_DAGEN)).map(from_day_number).collect();
        days.sort();
        days.dedup();
        days.truncate(MAX_DAGEN);
        Onbekend(days)
    }

    /// Whether the status would be another one, or would have begun on another day, if the child was there on all these
    /// days, or ill, or away without a reason.
    fn verandert(&self, zicht: &Zicht<'_>, now: &Status) -> bool {
        let kinds = [None, Some(VerzuimSoort::Ziek), Some(VerzuimSoort::Ongeoorloofd)];
        !self.0.is_empty()
            && kinds.into_iter().any(|soort| {
                let other = status(&self.ingevuld(zicht, soort), zicht.op, zicht.r).value;
                (other.soort, other.sinds, other.drie_maanden_voorbij)
                    != (now.soort, now.sinds, now.drie_maanden_voorbij)
            })
    }

    /// The child's timeline as if its schools had delivered these days: without absence, or with nothing else.
    fn ingevuld(&self, zicht: &Zicht<'_>, soort: Option<VerzuimSoort>) -> Timeline {
        let mut schools: Vec<OrganisatieId> =
            zicht.t.inschrijvingen().into_iter().map(|(_, _, inschrijving)| inschrijving.school).collect();
        schools.sort();
        schools.dedup();
        let known = &zicht.t.rijen.per_school;
        let others = known.iter().filter(|school| !schools.contains(&school.school)).cloned();
        let filled = schools.iter().map(|school| {
            let before = known.iter().find(|known| known.school == *school);
            self.van_school(zicht, *school, before, soort)
        });
        let per_school = filled.chain(others).collect();
        let mut timeline = zicht.t.clone();
        timeline.rijen = Verzuimrijen { per_school };
        timeline
    }

    fn van_school(
        &self,
        zicht: &Zicht<'_>,
        school: OrganisatieId,
        before: Option<&SchoolVerzuim>,
        soort: Option<VerzuimSoort>,
    ) -> SchoolVerzuim {
        let number = |dag: &Date| u16::try_from(day_number(*dag)).ok();
        let days: Vec<u16> = self.0.iter().filter_map(number).collect();
        let filled = |dag: u32| days.iter().any(|day| u32::from(*day) == dag);
        let lessons =
            |dag: &&Date| zicht.r.scholen.get(&school).and_then(|school| school.schooldag(**dag)) == Some(true);
        let row = |dag| soort.map(|soort| Rij { dag, lesuur: 0, duur: Duur::Dag, soort }.pack());
        let kept = before.iter().flat_map(|before| before.rijen.iter()).copied().filter(|packed| !filled(packed >> 16));
        let mut rijen: Vec<u32> =
            kept.chain(self.0.iter().filter(lessons).filter_map(number).filter_map(row)).collect();
        rijen.sort_unstable();
        let refused = before.iter().flat_map(|before| before.afgewezen.iter()).copied();
        let delivered = before.iter().flat_map(|before| before.aangeleverd.iter()).copied();
        SchoolVerzuim {
            school,
            rijen: rijen.into(),
            aangeleverd: samen(delivered.chain(self.0.iter().map(|dag| Period::day(*dag))).collect()),
            afgewezen: refused.filter(|day| !filled(u32::from(*day))).collect(),
        }
    }
}

/// Sorted, and those that touch joined.
fn samen(mut periods: Vec<Period>) -> Arc<[Period]> {
    periods.sort_by_key(|period| period.from);
    let mut joined: Vec<Period> = Vec::with_capacity(periods.len());
    for period in periods {
        match joined.last_mut() {
            Some(last) if last.until.is_none_or(|until| until >= period.from) => {
                last.until = last.until.zip(period.until).map(|(a, b)| a.max(b));
            }
            _ => joined.push(period),
        }
    }
    joined.into()
}
