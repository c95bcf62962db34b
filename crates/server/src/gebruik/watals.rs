//! *Wat als*: what another protocol would have done with the absence that is there, beside what the one of now does. Pure,
//! and the same for a page and for the command line. It names no child, and keeps small counts back for everybody.

mod reeks;
mod scholen;

use std::collections::BTreeMap;

use domain::Date;
use domain::body::Sector;
use domain::calendar::datum;
use register::historie::{GEVOLG_SCHOOLDAGEN, Historie, Schooldeel, Telling, Weging};
use register::kleine_aantallen::{DREMPEL, Getoond, Rij as Tabelrij, Tabel};
use serde::{Serialize, Serializer};
use signals::protocol::Protocol;

pub use self::reeks::{MAX_WEKEN, Week};
pub use self::scholen::{MAX_NAAST, Volgorde};
use super::drukte::{self, Drukte, Omvang, komma};
use crate::weergave::getal;

/// What stands for a number that is not shown.
pub const NIET_GETOOND: &str = "niet getoond";

/// A protocol with what it would have done.
#[derive(Debug, Clone, Copy)]
pub struct Kant<'a> {
    /// The protocol.
    pub protocol: &'a Protocol,
    /// What it would have done.
    pub weging: &'a Weging,
}

/// A row of a table: now and then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Regel {
    /// The rule, school, sector or age.
    pub naam: String,
    /// Under the protocol of now.
    pub nu: String,
    /// Under the other.
    pub dan: String,
    /// Whether what it says is more than people can do.
    pub te_veel: bool,
    /// Of a school: by how much now and then differ, in tenths of a signal a week; none where that is not told.
    #[serde(skip)]
    pub verschil: Option<u32>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tafel {
    /// The word for it in an address and for machines.
    pub code: &'static str,
    /// What it is called.
    pub titel: &'static str,
    /// Head of the first column.
    pub eerste: &'static str,
    /// Its rows.
    pub regels: Vec<Regel>,
}

/// Two protocols beside each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Uitslag {
    /// First day of the absence.
    #[serde(serialize_with = "iso")]
    pub van: Date,
    /// Last day (inclusive).
    #[serde(serialize_with = "iso")]
    pub tot_en_met: Date,
    /// Number of pupils, in words.
    pub leerlingen: String,
    /// Number of rows, in words.
    pub rijen: String,
    /// Signals a week, and what people get.
    pub kern: Tafel,
    /// Per rule, sector and age: signals a week; and per rule what led nowhere.
    pub tafels: Vec<Tafel>,
    /// Per school: signals a week, by name.
    pub scholen: Tafel,
    /// Signals of each calendar week.
    pub weken: Vec<Week>,
    /// Which week was the busiest of mentors, in a sentence.
    pub drukste_week: Option<String>,
    /// Pupils who later stayed at home: would they have been seen earlier? None when nothing is known of clocks.
    pub eerder: Option<Tafel>,
    /// In a sentence, for how many days.
    pub dagen: Vec<String>,
    /// Whether something is kept back.
    pub heeft_tekens: bool,
    /// What deserves a second look.
    pub let_op: Vec<String>,
}

impl Uitslag {
    /// Puts two protocols beside each other. `naam` tells what a school is called, by its place.
    pub fn van(historie: &Historie, nu: Kant<'_>, dan: Kant<'_>, naam: impl Fn(usize) -> String) -> Self {
        let (van, tot_en_met) = historie.dagen();
        let weken = historie.weken();
        let druk = [nu, dan].map(|kant| drukte_van(historie, kant));
        let mut tafels = vec![per_regel(nu, dan, weken)];
        if historie.kent_gevolgen() {
            tafels.push(nergens(nu, dan));
        }
        let (sectoren, scholen) = per_school(historie, nu, dan, weken, naam);
        tafels.extend([sectoren, per_leeftijd(nu, dan, weken)].into_iter().filter(|t| !t.regels.is_empty()));
        let (eerder, dagen) = match historie.kent_gevolgen() {
            true => {
                let (tafel, dagen) = eerder(historie, nu.weging, dan.weging);
                (Some(tafel), dagen)
            }
            false => (None, Vec::new()),
        };
        let mut kern = kern(nu, dan, weken, &druk);
        let (reeks, drukste, drukste_week) = reeks::weken(historie, nu, dan);
        kern.regels.insert(DRUKSTE_WEEK, drukste);
        let hidden = |week: &Week| [&week.nu, &week.dan].into_iter().any(|tekst| tekst == NIET_GETOOND);
        let heeft_tekens =
            tafels.iter().chain(&eerder).chain([&scholen, &kern]).any(Tafel::heeft_tekens) || reeks.iter().any(hidden);
        Uitslag {
            van,
            tot_en_met,
            leerlingen: getal(historie.leerlingen() as u64),
            rijen: getal(historie.rijen() as u64),
            kern,
            tafels,
            scholen,
            weken: reeks,
            drukste_week,
            eerder,
            dagen,
            heeft_tekens,
            let_op: let_op(dan.protocol, &druk[1]),
        }
    }
}

impl Uitslag {
    /// The first day in words.
    pub fn van_woorden(&self) -> String {
        datum(self.van)
    }

    /// The last day in words.
    pub fn tot_woorden(&self) -> String {
        datum(self.tot_en_met)
    }

    /// Signals a week, all schools together, now.
    pub fn per_week_nu(&self) -> &str {
        self.kern.regels.first().map_or("", |regel| regel.nu.as_str())
    }

    /// The same under the other protocol.
    pub fn per_week_dan(&self) -> &str {
        self.kern.regels.first().map_or("", |regel| regel.dan.as_str())
    }

    /// The last weeks, as many as people are shown.
    pub fn laatste_weken(&self) -> &[Week] {
        self.weken.get(self.weken.len().saturating_sub(MAX_WEKEN)..).unwrap_or_default()
    }

    /// The few figures that matter most: how many signals, what a mentor gets, and what came of nothing.
    pub fn hoofdzaken(&self) -> Vec<Regel> {
        let named = |naam: &str, regel: &Regel| Regel { naam: naam.to_owned(), ..regel.clone() };
        let all = self.kern.regels.first().map(|regel| named("Signalen per week", regel));
        let mentor = self.kern.regels.get(1).map(|regel| named("Per mentor per week", regel));
        let nergens = self.tafels.iter().find(|tafel| tafel.code == NERGENS).and_then(|tafel| tafel.regels.first());
        let nergens = nergens.map(|regel| named("Waarop niets volgde", regel));
        all.into_iter().chain(mentor).chain(nergens).collect()
    }

    /// How many of those who later stayed at home would have had a signal earlier, and for how many days; none when
    /// nothing is known of who did.
    pub fn eerder_gezien(&self) -> Option<&Regel> {
        self.eerder.as_ref()?.regels.first()
    }
}

/// Where the busiest week stands among the figures: behind what a mentor gets on average and at the busiest school.
const DRUKSTE_WEEK: usize = 3;
/// The table of what led nowhere.
const NERGENS: &str = "nergens";

impl Tafel {
    /// Whether something in it is kept back.
    pub fn heeft_tekens(&self) -> bool {
        self.regels.iter().any(|regel| [&regel.nu, &regel.dan].into_iter().any(|tekst| tekst == NIET_GETOOND))
    }
}

/// Counts beside each other of which the small ones, and what would give these away, are kept back; each row may be part
/// of one before it.
fn getoond(aantallen: &[u32], onder: &[Option<usize>]) -> Vec<Getoond> {
    if aantallen.iter().all(|aantal| *aantal == 0 || *aantal >= DREMPEL) {
        return aantallen.iter().map(|aantal| Getoond::Getal(*aantal)).collect();
    }
    let told = Tabel::van_aantallen(onder, aantallen).verberg();
    (0..aantallen.len()).map(|rij| told.cel(Tabelrij::Van { indeling: 0, rij }, Some(0))).collect()
}

/// Signals a week in words, where the number of their pupils may be told.
fn per_week(tellingen: &[Telling], onder: &[Option<usize>], weken: f64) -> Vec<String> {
    let counts: Vec<u32> = tellingen.iter().map(|telling| telling.leerlingen).collect();
    let told = getoond(&counts, onder);
    tellingen.iter().zip(told).map(|(telling, getoond)| week(telling, getoond, weken)).collect()
}

fn week(telling: &Telling, getoond: Getoond, weken: f64) -> String {
    match getoond {
        Getoond::Getal(_) => komma(f64::from(telling.signalen) / weken.max(1.0)),
        _ => NIET_GETOOND.to_owned(),
    }
}

fn rij(naam: String, nu: String, dan: String) -> Regel {
    Regel { naam, nu, dan, te_veel: false, verschil: None }
}

/// The counts of both protocols per rule, by name: first in the order of the second, then what only the first has.
fn regels(nu: Kant<'_>, dan: Kant<'_>) -> Vec<(String, Telling, Telling)> {
    let of = |kant: Kant<'_>, naam: &str| {
        let plek = kant.protocol.regels.iter().position(|regel| regel.naam == naam);
        plek.and_then(|plek| kant.weging.regels.get(plek)).copied().unwrap_or_default()
    };
    let known = |naam: &str| dan.protocol.regels.iter().any(|regel| regel.naam == naam);
    let gone = nu.protocol.regels.iter().filter(|regel| !known(&regel.naam));
    let all = dan.protocol.regels.iter().chain(gone);
    all.map(|regel| (regel.naam.clone(), of(nu, &regel.naam), of(dan, &regel.naam))).collect()
}

fn per_regel(nu: Kant<'_>, dan: Kant<'_>, weken: f64) -> Tafel {
    let all = regels(nu, dan);
    let onder = vec![None; all.len()];
    let [now, then] = [
        per_week(&all.iter().map(|(_, nu, _)| *nu).collect::<Vec<_>>(), &onder, weken),
        per_week(&all.iter().map(|(.., dan)| *dan).collect::<Vec<_>>(), &onder, weken),
    ];
    let regels = all.into_iter().zip(now).zip(then).map(|(((naam, ..), nu), dan)| rij(naam, nu, dan));
    Tafel { code: "regels", titel: "Signalen per week, per regel", eerste: "regel", regels: regels.collect() }
}

/// Signals that led nowhere, in percent of those of which it can be said.
fn nergens(nu: Kant<'_>, dan: Kant<'_>) -> Tafel {
    let all = regels(nu, dan);
    let onder = vec![None; all.len()];
    let percent = |tellingen: Vec<Telling>| -> Vec<String> {
        let counts: Vec<u32> = tellingen.iter().map(|telling| telling.leerlingen).collect();
        let told = getoond(&counts, &onder);
        tellingen.iter().zip(told).map(|(telling, getoond)| procent(telling, getoond)).collect()
    };
    let now = percent(all.iter().map(|(_, nu, _)| *nu).collect());
    let then = percent(all.iter().map(|(.., dan)| *dan).collect());
    let mut regels: Vec<Regel> =
        all.into_iter().zip(now).zip(then).map(|(((naam, ..), nu), dan)| rij(naam, nu, dan)).collect();
    let whole = |telling: &Telling| procent(telling, Getoond::Getal(telling.leerlingen));
    regels.insert(0, rij("alle regels".to_owned(), whole(&nu.weging.samen), whole(&dan.weging.samen)));
    Tafel { code: NERGENS, titel: "Signalen waarop niets volgde", eerste: "regel", regels }
}

fn procent(telling: &Telling, getoond: Getoond) -> String {
    match getoond {
        Getoond::Getal(0) => "geen signalen".to_owned(),
        Getoond::Getal(_) if telling.beoordeeld == 0 => "nog niet te zeggen".to_owned(),
        Getoond::Getal(_) if telling.beoordeeld < DREMPEL => NIET_GETOOND.to_owned(),
        Getoond::Getal(_) => {
            let share = f64::from(telling.nergens) / f64::from(telling.beoordeeld) * 100.0;
            format!("{share:.0} %")
        }
        _ => NIET_GETOOND.to_owned(),
    }
}

fn per_school(
    historie: &Historie,
    nu: Kant<'_>,
    dan: Kant<'_>,
    weken: f64,
    naam: impl Fn(usize) -> String,
) -> (Tafel, Tafel) {
    let of = |kant: Kant<'_>, plek: usize| kant.weging.scholen.get(plek).copied().unwrap_or_default();
    let mut groepen: BTreeMap<Option<Sector>, Vec<usize>> = BTreeMap::new();
    for (plek, school) in historie.scholen().iter().enumerate() {
        groepen.entry(school.sector).or_default().push(plek);
    }
    // A sector, its schools, the next sector: sectors and schools are told together.
    let (mut onder, mut plekken) = (Vec::new(), Vec::new());
    for (sector, scholen) in &groepen {
        let boven = onder.len();
        onder.push(None);
        plekken.push((*sector, None));
        onder.extend(scholen.iter().map(|_| Some(boven)));
        plekken.extend(scholen.iter().map(|school| (*sector, Some(*school))));
    }
    let side = |kant: Kant<'_>| {
        let rows = plekken.iter().map(|(sector, school)| match school {
            Some(school) => of(kant, *school),
            None => groepen.get(sector).into_iter().flatten().fold(Telling::default(), |sum, school| {
                let of = of(kant, *school);
                Telling { signalen: sum.signalen + of.signalen, leerlingen: sum.leerlingen + of.leerlingen, ..sum }
            }),
        });
        per_week(&rows.collect::<Vec<_>>(), &onder, weken)
    };
    let (now, then) = (side(nu), side(dan));
    let (mut sectoren, mut rows) = (Vec::new(), Vec::new());
    for (((sector, school), nu), dan) in plekken.iter().zip(now).zip(then) {
        match school {
            Some(school) => {
                let verschil = scholen::verschil(&nu, &dan);
                rows.push(Regel { verschil, ..rij(naam(*school), nu, dan) });
            }
            None => {
                let words = sector.map_or("soort onderwijs niet bekend", |sector| sector.label());
                sectoren.push(rij(words.to_owned(), nu, dan));
            }
        }
    }
    rows.sort_by_cached_key(|regel| register::vouw(&regel.naam));
    if groepen.keys().all(Option::is_none) {
        sectoren.clear();
    }
    let sectoren = Tafel {
        code: "sectoren",
        titel: "Signalen per week, per soort onderwijs",
        eerste: "soort onderwijs",
        regels: sectoren,
    };
    (sectoren, Tafel { code: "scholen", titel: "Signalen per week, per school", eerste: "school", regels: rows })
}

fn per_leeftijd(nu: Kant<'_>, dan: Kant<'_>, weken: f64) -> Tafel {
    let ages: std::collections::BTreeSet<u8> =
        nu.weging.leeftijden.keys().chain(dan.weging.leeftijden.keys()).copied().collect();
    let onder = vec![None; ages.len()];
    let side = |kant: Kant<'_>| {
        let of = |age: &u8| kant.weging.leeftijden.get(age).copied().unwrap_or_default();
        per_week(&ages.iter().map(of).collect::<Vec<_>>(), &onder, weken)
    };
    let regels = ages.iter().zip(side(nu)).zip(side(dan)).map(|((age, nu), dan)| rij(format!("{age} jaar"), nu, dan));
    Tafel { code: "leeftijden", titel: "Signalen per week, per leeftijd", eerste: "leeftijd", regels: regels.collect() }
}

fn drukte_van(historie: &Historie, kant: Kant<'_>) -> [Drukte; 2] {
    let size = |school: &Schooldeel| Omvang { leerlingen: school.leerlingen, dagen: school.schooldagen.len() as f64 };
    let omvang: Vec<Omvang> = historie.scholen().iter().map(size).collect();
    drukte::bereken(kant.protocol, &omvang, kant.weging.per_regel_en_school())
}

fn kern(nu: Kant<'_>, dan: Kant<'_>, weken: f64, druk: &[[Drukte; 2]; 2]) -> Tafel {
    let week = |kant: Kant<'_>| komma(f64::from(kant.weging.samen.signalen) / weken.max(1.0));
    let mut regels = vec![rij("Signalen per week, alle scholen samen".to_owned(), week(nu), week(dan))];
    for (now, then) in druk[0].iter().zip(&druk[1]) {
        let Drukte { wie, per, hoogstens, .. } = then;
        regels.push(rij(format!("Per {wie} per {per}, gemiddeld"), komma(now.gemiddeld()), komma(then.gemiddeld())));
        let most = |drukte: &Drukte| drukte.meeste().map_or(0.0, |(_, meeste)| meeste);
        regels.push(Regel {
            te_veel: most(then) > *hoogstens,
            ..rij(format!("Per {wie} per {per}, drukste school"), komma(most(now)), komma(most(then)))
        });
    }
    Tafel { code: "samen", titel: "Hoeveel signalen", eerste: "wat", regels }
}

fn let_op(protocol: &Protocol, druk: &[Drukte; 2]) -> Vec<String> {
    let mut all = protocol.bevindingen();
    for Drukte { wie, per, hoogstens, per_school } in druk {
        let above = per_school.iter().filter(|drukte| **drukte > *hoogstens).count();
        let schools = if above == 1 { "1 school".to_owned() } else { format!("{above} scholen") };
        if above > 0 {
            all.push(format!(
                "Bij {schools} krijgt een {wie} meer dan {hoogstens} signalen per {per}. Dat is niet te doen. Verhoog \
                 een drempel, kies verzamelen, of zet een regel uit."
            ));
        }
    }
    all
}

fn eerder(historie: &Historie, nu: &Weging, dan: &Weging) -> (Tafel, Vec<String>) {
    let found = historie.voorsprong(nu, dan);
    let count = |aantal: usize| u32::try_from(aantal).unwrap_or(u32::MAX);
    let rows = [
        ("eerder een signaal", count(found.eerder.len())),
        ("later een signaal", count(found.later.len())),
        ("op dezelfde dag een signaal", found.gelijk),
        ("alleen nu een signaal", found.alleen_nu),
        ("alleen dan een signaal", found.alleen_dan),
        ("nu en dan geen signaal", found.geen),
    ];
    let told = getoond(&rows.map(|(_, aantal)| aantal), &[None; 6]);
    let shown = |getoond: Getoond| match getoond {
        Getoond::Getal(aantal) => getal(aantal.into()),
        _ => NIET_GETOOND.to_owned(),
    };
    let regels =
        rows.iter().zip(told).map(|((naam, _), getoond)| rij((*naam).to_owned(), String::new(), shown(getoond)));
    let middle = |wat: &str, dagen: &[u16]| {
        let median = dagen.get(dagen.len() / 2).filter(|_| count(dagen.len()) >= DREMPEL)?;
        let days = if *median == 1 { "1 dag".to_owned() } else { format!("{median} dagen") };
        Some(format!("Wie {wat} een signaal had, had dat in het midden {days} {wat}."))
    };
    let dagen = [middle("eerder", &found.eerder), middle("later", &found.later)];
    let titel = "Leerlingen die later thuis kwamen te zitten: het eerste signaal";
    let tafel = Tafel { code: "eerder", titel, eerste: "leerlingen", regels: regels.collect() };
    (tafel, dagen.into_iter().flatten().collect())
}

/// What "led nowhere" means, in a sentence.
pub fn uitleg_nergens() -> String {
    format!(
        "Op een signaal volgde niets als er binnen {GEVOLG_SCHOOLDAGEN} schooldagen geen contact, gesprek of melding was, \
         en ook geen klok begon. Van signalen waarvan die dagen nog niet om zijn, is het nog niet te zeggen."
    )
}

/// A day for machines.
fn iso<S: Serializer>(dag: &Date, naar: S) -> Result<S::Ok, S::Error> {
    naar.collect_str(dag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_count_is_kept_back_with_a_neighbour_and_a_sector_is_told_with_its_schools() {
        let hidden = |aantallen: &[u32], onder: &[Option<usize>]| -> Vec<bool> {
            getoond(aantallen, onder).into_iter().map(|getoond| !matches!(getoond, Getoond::Getal(_))).collect()
        };
        assert_eq!(hidden(&[50, 60, 70], &[None; 3]), [false, false, false]);
        let one = hidden(&[3, 50, 60], &[None; 3]);
        assert!(one[0] && one.iter().filter(|hidden| **hidden).count() == 2, "{one:?}");
        assert_eq!(hidden(&[0, 50], &[None; 2]), [false, false], "nobody is told as nobody");
        let nested = hidden(&[53, 3, 50, 80], &[None, Some(0), Some(0), None]);
        assert_eq!(nested, [false, true, true, false], "the sector is told, its two schools are not");
    }

    #[test]
    fn what_led_nowhere_is_told_of_enough_signals_only() {
        let telling = |beoordeeld, nergens| Telling { signalen: 40, leerlingen: 30, beoordeeld, nergens };
        for (telling, getoond, tekst) in [
            (telling(40, 13), Getoond::Getal(30), "32 %"),
            (telling(0, 0), Getoond::Getal(30), "nog niet te zeggen"),
            (telling(9, 9), Getoond::Getal(30), NIET_GETOOND),
            (telling(40, 13), Getoond::Klein, NIET_GETOOND),
            (Telling::default(), Getoond::Getal(0), "geen signalen"),
        ] {
            assert_eq!(procent(&telling, getoond), tekst, "{telling:?}");
        }
    }
}
