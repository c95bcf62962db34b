//! The days of a school year: months to draw, and every row with its corrections.

use std::collections::{BTreeMap, BTreeSet};

use domain::Date;
use domain::body::{Afwezigheid, RijCorrectie, Soort};
use domain::calendar::{Schooldag, Vrij, dag_in_nederland, datum, datum_met_dag};
use domain::dagbeeld::{Dagbeeld, SchoolVerzuim, gecorrigeerd};
use domain::fact::Fact;
use domain::ids::OrganisatieId;
use domain::period::{Period, day_number, from_day_number, plus_days, schooljaar_period};
use domain::verzuim::{Duur, Rij, VerzuimSoort};

use crate::web::beeld::kalender::{Dag, Dagsoort, Maand, maanden, uiterlijk};
use crate::web::beeld::staal;
use crate::web::paden;
use crate::weergave::feiten;
use crate::weergave::woorden::{self, aantal, hoofdletter, opsomming, uren, verzuimsoort, wanneer};

use super::Blik;

/// Days with absence that are named; a school year has about two hundred schooldagen.
const MAX_DAGEN: usize = 260;
/// Rows of one day that are named.
const MAX_RIJEN: usize = 16;

/// A month: its name, and the drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Maandblok {
    /// "maart 2026".
    pub naam: String,
    /// The drawing.
    pub svg: String,
}

/// A sign of the calendar and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Teken {
    /// How it looks.
    pub staal: String,
    /// What it means.
    pub tekst: String,
}

/// One row of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Les {
    /// "les 3", "hele dag".
    pub wanneer: String,
    /// Kind, in words.
    pub soort: &'static str,
    /// Where it is corrected, if this reader may.
    pub corrigeren: Option<String>,
}

/// A day with absence, or of which a row was corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dagregel {
    /// The day, in words.
    pub dag: String,
    /// Its rows.
    pub lessen: Vec<Les>,
    /// What people said about it: what stood first, by whom it was corrected.
    pub opmerkingen: Vec<String>,
}

/// What a school year looks like.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Jaarbeeld {
    /// Months.
    pub maanden: Vec<Maandblok>,
    /// Signs that occur.
    pub tekens: Vec<Teken>,
    /// Days with absence, newest first.
    pub dagen: Vec<Dagregel>,
    /// Totals: kind, days, hours.
    pub totalen: Vec<(String, u32, String)>,
}

/// Whether anything was delivered about that school year by a school that the reader sees.
pub fn heeft_gegevens(blik: &Blik<'_>, jaar: i16) -> bool {
    let year = schooljaar_period(jaar);
    let delivered = |school: &SchoolVerzuim| {
        school.aangeleverd.iter().any(|period| period.overlaps(&year))
            || school.rijen.iter().any(|packed| year.contains(dag_van(*packed)))
    };
    let enrolled = blik.w.t.inschrijvingen().iter().any(|(period, ..)| period.overlaps(&year));
    enrolled && blik.w.t.rijen.per_school.iter().any(|school| blik.w.oog.school(school.school) && delivered(school))
}

fn dag_van(packed: u32) -> Date {
    from_day_number(i32::try_from(packed >> 16).unwrap_or(0))
}

/// A row that stands, and at which school.
type Staand = (OrganisatieId, Rij);

/// All that is needed to say what a day was.
struct Lezer<'a> {
    blik: &'a Blik<'a>,
    year: Period,
    scholen: Vec<SchoolVerzuim>,
    inschrijvingen: Vec<(Period, OrganisatieId)>,
    beeld: Dagbeeld,
    /// Rows that the reader may see, by day.
    rijen: BTreeMap<Date, Vec<Staand>>,
}

impl Jaarbeeld {
    /// Of a child in a school year, up to the day that is looked at.
    pub(super) fn van(blik: &Blik<'_>, jaar: i16) -> Self {
        let lezer = Lezer::new(blik, schooljaar_period(jaar));
        let last = plus_days(lezer.year.until.unwrap_or(lezer.year.from), -1);
        let drawn: Vec<Maand> = maanden(lezer.year.from, last).map(|first| lezer.maand(first)).collect();
        let seen: BTreeSet<Dagsoort> = drawn.iter().flat_map(|maand| &maand.dagen).map(|dag| heel(dag.soort)).collect();
        // August to July: months without any schoolday at the ends are left out.
        let shown = drawn.into_iter().filter(|maand| maand.dagen.iter().any(|dag| dag.soort != Dagsoort::Later));
        Jaarbeeld {
            maanden: shown.map(|maand| Maandblok { naam: maand.naam(), svg: maand.svg() }).collect(),
            tekens: seen.into_iter().filter_map(|soort| teken(soort, blik.w.oog.alle_verzuim())).collect(),
            dagen: lezer.dagregels(),
            totalen: lezer.totalen(),
        }
    }
}

/// In a legend part of a day looks as the whole of it.
fn heel(soort: Dagsoort) -> Dagsoort {
    match soort {
        Dagsoort::Verzuim(soort, _) => Dagsoort::Verzuim(soort, true),
        other => other,
    }
}

fn teken(soort: Dagsoort, alles: bool) -> Option<Teken> {
    let tekst = match soort {
        Dagsoort::Verzuim(soort, _) => verzuimsoort(soort),
        Dagsoort::Niets if alles => "op school",
        Dagsoort::Niets => "niets te zien voor u",
        Dagsoort::Onbekend => "niet bekend: niet aangeleverd of niet leesbaar",
        Dagsoort::Vakantie => "vakantie",
        Dagsoort::Vrij => "feestdag of vrije dag",
        Dagsoort::Studiedag => "studiedag",
        Dagsoort::Buiten => "niet ingeschreven",
        Dagsoort::Later => return None,
    };
    let (kleur, patroon, letter) = uiterlijk(soort);
    Some(Teken { staal: staal(kleur, patroon, letter), tekst: tekst.to_owned() })
}

/// Of several kinds on one day this one is drawn: lower goes first.
fn gewicht(soort: VerzuimSoort) -> u8 {
    use VerzuimSoort as S;
    match soort {
        S::ThuisOpVerzoekSchool => 0,
        S::Ongeoorloofd => 1,
        S::Luxe => 2,
        S::Verwijderd => 3,
        S::Geschorst => 4,
        S::Ziek => 5,
        S::Verlof => 6,
        S::Vrijstelling => 7,
        S::AangepastRooster => 8,
        S::OverigGeoorloofd => 9,
        S::TeLaat => 10,
        S::Uitgestuurd => 11,
        S::VrijgesteldLes => 12,
        S::Lesuitval => 13,
    }
}

impl<'a> Lezer<'a> {
    fn new(blik: &'a Blik<'a>, year: Period) -> Self {
        let (w, op) = (&blik.w, blik.op());
        let mut scholen = gecorrigeerd(w.t, op);
        scholen.retain(|school| w.oog.school(school.school));
        let stays = w.t.inschrijvingen().into_iter().map(|(period, _, body)| (period, body.school));
        let mut rijen: BTreeMap<Date, Vec<Staand>> = BTreeMap::new();
        for school in &scholen {
            for rij in school.rijen.iter().filter_map(|packed| Rij::unpack(*packed)) {
                let dag = from_day_number(i32::from(rij.dag));
                if year.contains(dag) && dag <= op && w.oog.verzuim(rij.soort, school.school) {
                    rijen.entry(dag).or_default().push((school.school, rij));
                }
            }
        }
        Lezer {
            blik,
            year,
            inschrijvingen: stays.filter(|(_, school)| w.oog.school(*school)).collect(),
            scholen,
            beeld: Dagbeeld::of(w.t, op, w.r),
            rijen,
        }
    }

    fn maand(&self, eerste: Date) -> Maand {
        let last = eerste.last_of_month();
        let days = (day_number(eerste)..=day_number(last)).map(from_day_number).filter_map(|dag| self.dag(dag));
        let dagen: Vec<Dag> = days.collect();
        Maand { eerste, beschrijving: beschrijving(&dagen), dagen }
    }

    /// What a day was; `None` for a weekend without anything.
    fn dag(&self, dag: Date) -> Option<Dag> {
        let rows = self.rijen.get(&dag).map(Vec::as_slice).unwrap_or_default();
        let weekend = dag.weekday().to_monday_zero_offset() > 4;
        if weekend && rows.is_empty() {
            return None;
        }
        let soort = match rows.iter().min_by_key(|(_, rij)| (rij.duur != Duur::Dag, gewicht(rij.soort))) {
            Some((school, rij)) => Dagsoort::Verzuim(rij.soort, self.hele_dag(dag, *school, rij)),
            None => self.zonder_rijen(dag),
        };
        let kinds: BTreeSet<VerzuimSoort> = rows.iter().map(|(_, rij)| rij.soort).collect();
        Some(Dag {
            dag,
            soort,
            meer: kinds.len() > 1,
            uitleg: uitleg(dag, soort, rows, self.blik.w.oog.alle_verzuim()),
        })
    }

    /// Whether the whole day was missed: as the school says, or by the hours where the reader sees all of them.
    fn hele_dag(&self, dag: Date, school: OrganisatieId, rij: &Rij) -> bool {
        let by_hours = || {
            let missed = self.beeld.gemist_op(dag).iter();
            self.blik.w.oog.alle_verzuim()
                && missed.filter(|gemist| gemist.school == school).any(|gemist| gemist.hele_dag)
        };
        rij.duur == Duur::Dag || by_hours()
    }

    fn zonder_rijen(&self, dag: Date) -> Dagsoort {
        if dag > self.blik.op() {
            return Dagsoort::Later;
        }
        let here = self.inschrijvingen.iter().find(|(period, _)| period.contains(dag));
        let Some((_, school)) = here else { return Dagsoort::Buiten };
        let calendar = self.blik.w.r.scholen.get(school).map(|school| school.kalender.is_schooldag(dag));
        match calendar {
            Some(Schooldag::Nee(Vrij::Vakantie(..) | Vrij::EigenVakantie(_))) => Dagsoort::Vakantie,
            Some(Schooldag::Nee(Vrij::Studiedag)) => Dagsoort::Studiedag,
            Some(Schooldag::Nee(_)) => Dagsoort::Vrij,
            _ if self.aangeleverd(*school, dag) => Dagsoort::Niets,
            _ => Dagsoort::Onbekend,
        }
    }

    fn aangeleverd(&self, school: OrganisatieId, dag: Date) -> bool {
        let number = u16::try_from(day_number(dag)).unwrap_or(0);
        self.scholen.iter().filter(|found| found.school == school).any(|found| {
            let refused = found.afgewezen.binary_search(&number).is_ok();
            !refused && found.aangeleverd.iter().any(|period| period.contains(dag))
        })
    }

    /// Days with a row, or with something that people said of a row, newest first.
    fn dagregels(&self) -> Vec<Dagregel> {
        let mut remarks: BTreeMap<Date, Vec<String>> = BTreeMap::new();
        let (w, op) = (&self.blik.w, self.blik.op());
        let inside = |dag: Date| self.year.contains(dag) && dag <= op;
        let stated = w.t.all::<RijCorrectie>().filter(|(fact, _)| inside(fact.valid.from) && w.oog.leest(fact));
        for (fact, correctie) in stated {
            remarks.entry(fact.valid.from).or_default().push(self.gecorrigeerd(fact, correctie));
        }
        for (fact, afwezig) in w.t.all::<Afwezigheid>().filter(|(fact, _)| w.oog.leest(fact)) {
            let day = fact.valid.from;
            if inside(day) && w.oog.mag_alle(convenant::Facet::van_verzuim(afwezig.soort)) {
                let by = feiten::door(fact, w.r);
                let words = format!("Afwezig gemeld door {by}: {}.", verzuimsoort(afwezig.soort));
                remarks.entry(day).or_default().push(words);
            }
        }
        let days: BTreeSet<Date> = self.rijen.keys().chain(remarks.keys()).copied().collect();
        let line = |dag: Date| Dagregel {
            dag: datum_met_dag(dag),
            lessen: self.lessen(dag),
            opmerkingen: remarks.get(&dag).cloned().unwrap_or_default(),
        };
        days.into_iter().rev().take(MAX_DAGEN).map(line).collect()
    }

    fn lessen(&self, dag: Date) -> Vec<Les> {
        let may = !self.blik.terug() && self.blik.zicht.mag_vastleggen(Soort::RijCorrectie);
        let rows = self.rijen.get(&dag).into_iter().flatten().take(MAX_RIJEN);
        rows.map(|(_, rij)| Les {
            wanneer: wanneer(rij),
            soort: verzuimsoort(rij.soort),
            corrigeren: may.then(|| paden::rij(self.blik.w.leerling, dag, rij.lesuur)),
        })
        .collect()
    }

    /// What stood first, and who said what it should be.
    fn gecorrigeerd(&self, fact: &Fact, correctie: &RijCorrectie) -> String {
        let becomes = correctie.wordt.map_or("aanwezig", |(soort, _)| verzuimsoort(soort));
        let lesson = if correctie.lesuur == 0 { String::new() } else { format!("Les {}: ", correctie.lesuur) };
        let first = verzuimsoort(correctie.soort);
        format!(
            "{lesson}eerst stond er ‘{first}’, nu ‘{becomes}’; gecorrigeerd op {} door {}.",
            datum(dag_in_nederland(fact.known)),
            feiten::door(fact, self.blik.w.r)
        )
    }

    /// Days and hours per kind.
    fn totalen(&self) -> Vec<(String, u32, String)> {
        let mut per_kind: BTreeMap<(u8, VerzuimSoort), (BTreeSet<Date>, u32, bool)> = BTreeMap::new();
        for (dag, rows) in &self.rijen {
            for (school, rij) in rows {
                let total = per_kind.entry((gewicht(rij.soort), rij.soort)).or_default();
                let first = total.0.insert(*dag);
                match rij.duur {
                    Duur::Kwartieren(quarters) => total.1 += u32::from(quarters),
                    Duur::Dag if first => match self.kwartieren(*dag, *school, rij.soort) {
                        Some(quarters) => total.1 += u32::from(quarters),
                        None => total.2 = true,
                    },
                    Duur::Dag => {}
                }
            }
        }
        let line = |((_, soort), (days, quarters, unknown)): ((u8, VerzuimSoort), (BTreeSet<Date>, u32, bool))| {
            let hours = if unknown { "niet bekend".to_owned() } else { uren(quarters) };
            let days = u32::try_from(days.len()).unwrap_or(0);
            (hoofdletter(verzuimsoort(soort)), days, hours)
        };
        per_kind.into_iter().map(line).collect()
    }

    /// The hours of a whole day, if they are known.
    fn kwartieren(&self, dag: Date, school: OrganisatieId, soort: VerzuimSoort) -> Option<u16> {
        let missed = self.beeld.gemist_op(dag).iter();
        missed.filter(|gemist| (gemist.school, gemist.soort) == (school, soort)).find_map(|gemist| gemist.kwartieren)
    }
}

/// A day in words.
fn uitleg(dag: Date, soort: Dagsoort, rows: &[Staand], alles: bool) -> String {
    let what = match soort {
        Dagsoort::Verzuim(..) => {
            let each =
                rows.iter().take(MAX_RIJEN).map(|(_, rij)| format!("{} {}", wanneer(rij), verzuimsoort(rij.soort)));
            each.collect::<Vec<_>>().join(", ")
        }
        Dagsoort::Later => "nog niet geweest".to_owned(),
        other => teken(other, alles).map(|teken| teken.tekst).unwrap_or_default(),
    };
    format!("{}: {what}", datum_met_dag(dag))
}

/// A month in one sentence: per kind on which days.
fn beschrijving(dagen: &[Dag]) -> String {
    let mut per_kind: BTreeMap<(u8, &'static str), Vec<i8>> = BTreeMap::new();
    for dag in dagen {
        let key = match dag.soort {
            Dagsoort::Verzuim(soort, _) => (gewicht(soort), verzuimsoort(soort)),
            Dagsoort::Onbekend => (100, "niet bekend"),
            _ => continue,
        };
        per_kind.entry(key).or_default().push(dag.dag.day());
    }
    if per_kind.is_empty() {
        return "Geen afwezigheid te zien.".to_owned();
    }
    let parts: Vec<String> = per_kind
        .into_iter()
        .map(|((_, kind), days)| {
            let count = u32::try_from(days.len()).unwrap_or(0);
            let numbers: Vec<String> = days.iter().map(i8::to_string).collect();
            format!("{kind}: {} ({})", aantal(count, "dag", "dagen"), opsomming(&numbers))
        })
        .collect();
    woorden::zin(&parts.join("; "))
}
