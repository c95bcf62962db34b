//! `import verzuim`: what a school states about absence becomes a delivery, of which only the differences are kept.

use std::collections::{BTreeMap, BTreeSet};

use domain::body::{LeveringSoort, VerzuimLevering};
use domain::fact::{Actor, Bron, Grondslag, NewFact, Source};
use domain::ids::{LeerlingId, OrganisatieId};
use domain::nummers::Vestigingscode;
use domain::period::{Period, from_day_number};
use domain::verzuim::Roosterdag;
use domain::{Date, Timestamp};
use exchange::invoer::{
    Ernst, Gebrek, Invoer, Verzuim, VerzuimIndeling, Voorvertoning, preview_verzuim, read_verzuim_as,
};
use exchange::regio::Regio;
use register::{Levering, Register};

use super::{Verslag, Wijze, gemeenten, kader, weigering};
use crate::fout::Fout;
use crate::logboek::Logboek;

/// Above this share of rows on days without lessons, the calendar of the school must be wrong (in percent).
const MAX_BUITEN_SCHOOLDAGEN: u64 = 20;

/// Per pupil: its rows, and the days of which a row was refused.
type PerLeerling = BTreeMap<LeerlingId, (Vec<u32>, Vec<u16>)>;

/// Pupils whom the file names and the register does not know at that school, and why.
type Onbekend = BTreeSet<(Vestigingscode, String)>;

/// Reads a file of absence rows, laid out as `indeling` says, and writes what differs from what stood.
///
/// # Errors
/// When the file as a whole cannot be read, or the log cannot be written.
pub async fn lees_in(
    logboek: &mut Logboek,
    regio: &Regio,
    bytes: &[u8],
    indeling: &VerzuimIndeling,
    bestand: [u8; 32],
    wijze: Wijze,
) -> Result<Verslag, Fout> {
    let codes = gemeenten(regio);
    let kader = kader(regio, &codes, &wijze);
    let read =
        read_verzuim_as(bytes, &kader, indeling, &|vestiging, dag| schooldag(&logboek.register(), vestiging, dag));
    let mut invoer = read.map_err(|w| weigering(&w))?;
    if let Some(vestiging) = onbekende_school(&logboek.register(), &invoer.inhoud) {
        let waar = if *indeling == VerzuimIndeling::Leerrecht { "van de regel #levering" } else { "van deze levering" };
        return Err(Fout::kan_niet(format!(
            "Het bestand is niet gelezen. De school {vestiging} {waar} staat niet in het register. Lees eerst de scholen in met `leerrecht import scholen`, of controleer de vestigingscode."
        )));
    }
    let neemt = |vestiging| logboek.register().school(vestiging).is_some_and(|school| wijze.neemt(school));
    if invoer.inhoud.levering.is_some_and(|levering| !neemt(levering.vestiging)) {
        return Err(Fout::kan_niet(
            "Het bestand is niet gelezen. Het gaat over een andere school dan de uwe. Kies het bestand van uw eigen school.",
        ));
    }
    let (leveringen, onbekend) = leveringen(&logboek.register(), &invoer.inhoud, &wijze);
    if !onbekend.is_empty() {
        let kijk =
            |vestiging, nummer: &str| onbekend.contains(&(vestiging, nummer.to_owned())).then(onbekende_leerling);
        invoer.weiger(bytes, &kader, indeling, kijk).map_err(|w| weigering(&w))?;
    }
    verkeerde_kalenders(&logboek.register(), &mut invoer);
    let geschreven = wijze.mag_schrijven(&invoer.telling);
    if geschreven && leveringen.len() > 1 {
        let pupils = leveringen.iter().map(|(_, levering)| levering);
        let pupils = pupils.flat_map(|levering| levering.leerlingen.iter().map(|(id, ..)| (levering.school, *id)));
        logboek.maak_sleutels(pupils).await?;
    }
    let (mut gedaan, nieuw) = lever(logboek, leveringen, &invoer, bestand, wijze.nu, geschreven).await?;
    if invoer.inhoud.onherleidbaar > 0 && invoer.inhoud.levering.is_some() {
        gedaan.push(
            "Van een of meer rijen is niet te zien over welke leerling ze gaan. Daarom telt deze levering niet als volledig: \
             herstel die rijen en lever het bestand opnieuw."
                .to_owned(),
        );
    }
    let afgewezen = if invoer.afgewezen.is_empty() { String::new() } else { invoer.afgewezen.to_csv() };
    let alleen_geheel = invoer.inhoud.levering.is_some();
    let Invoer { telling, bevindingen, .. } = invoer;
    Ok(Verslag { telling, bevindingen, afgewezen, nieuw, alleen_geheel, gedaan, geschreven })
}

/// Writes what is new in these deliveries, if that may be. In words what is done, and how much is new.
async fn lever(
    logboek: &mut Logboek,
    leveringen: Vec<(Vestigingscode, Levering)>,
    invoer: &Invoer<Verzuim>,
    bestand: [u8; 32],
    nu: Timestamp,
    geschreven: bool,
) -> Result<(Vec<String>, u64), Fout> {
    let mut gedaan = Vec::new();
    let mut nieuw = 0;
    for (vestiging, levering) in leveringen {
        let (changes, covers_more, gezien) = {
            let register = logboek.register();
            // Nothing differs, and yet it is news: the school was not heard about these days, or these pupils, before.
            let covers_more = levering.soort == LeveringSoort::Volledig
                && !register.is_aangeleverd(levering.school, levering.periode);
            (register.wijzigingen(&levering), covers_more, register.head())
        };
        gedaan.push(in_woorden(vestiging, &levering, changes.leerlingen.len(), changes.binnen_volledige));
        if changes.leerlingen.is_empty() && !covers_more {
            continue;
        }
        nieuw += 1 + changes.leerlingen.len() as u64;
        if geschreven {
            logboek.lever(nu, feit(&levering, invoer, bestand), changes.leerlingen, gezien).await?;
        }
    }
    Ok((gedaan, nieuw))
}

/// Shows what a file of absence rows would become, with the first `aantal` of its rows. Nothing is written or logged.
///
/// # Errors
/// When the file is no text, or is empty.
pub fn bekijk(
    logboek: &Logboek,
    regio: &Regio,
    bytes: &[u8],
    indeling: &VerzuimIndeling,
    aantal: usize,
    wijze: &Wijze,
) -> Result<Voorvertoning, Fout> {
    let codes = gemeenten(regio);
    let register = logboek.register();
    let is_schooldag = |vestiging, dag| schooldag(&register, vestiging, dag);
    preview_verzuim(bytes, &kader(regio, &codes, wijze), indeling, &is_schooldag, aantal).map_err(|w| weigering(&w))
}

/// Whether a school teaches on a day; `None` when the register does not know the school, or its calendar ends before.
fn schooldag(register: &Register, vestiging: Vestigingscode, dag: Date) -> Option<bool> {
    register.rules().scholen.get(&register.school(vestiging)?)?.schooldag(dag)
}

/// The school that a file declares to be complete about, when the register does not know it.
fn onbekende_school(register: &Register, verzuim: &Verzuim) -> Option<Vestigingscode> {
    verzuim.levering.map(|levering| levering.vestiging).filter(|vestiging| register.school(*vestiging).is_none())
}

/// The deliveries in a file: one for a declared period, or one of loose rows per school. A file in which a row cannot be
/// traced to a pupil is not complete, whatever it declares: it must never make a child look fine.
fn leveringen(register: &Register, verzuim: &Verzuim, wijze: &Wijze) -> (Vec<(Vestigingscode, Levering)>, Onbekend) {
    let mut onbekend = Onbekend::new();
    let mut per_school: BTreeMap<Vestigingscode, PerLeerling> = BTreeMap::new();
    let declared = verzuim.levering;
    if let Some(levering) = declared {
        per_school.entry(levering.vestiging).or_default();
    }
    let mut zoek = |vestiging: Vestigingscode, nummer: &str| {
        let school = register.school(vestiging).filter(|school| wijze.neemt(*school));
        let found = school.and_then(|school| register.leerling(school, nummer));
        if found.is_none() {
            onbekend.insert((vestiging, nummer.to_owned()));
        }
        found
    };
    for leerling in &verzuim.leerlingen {
        let Some(id) = zoek(leerling.vestiging, leerling.leerlingnummer.zichtbaar()) else { continue };
        let rijen = &mut per_school.entry(leerling.vestiging).or_default().entry(id).or_default().0;
        rijen.extend_from_slice(&leerling.rijen);
        rijen.extend(
            leerling.rooster.iter().map(|(dag, kwartieren)| Roosterdag { dag: *dag, kwartieren: *kwartieren }.pack()),
        );
        rijen.sort_unstable();
        rijen.dedup();
    }
    for afgewezen in &verzuim.afgewezen_dagen {
        let Some(id) = zoek(afgewezen.vestiging, afgewezen.leerlingnummer.zichtbaar()) else { continue };
        let dagen = &mut per_school.entry(afgewezen.vestiging).or_default().entry(id).or_default().1;
        match afgewezen.dag {
            Some(dag) => dagen.push(dag),
            None => dagen.extend(declared.iter().flat_map(|levering| day_numbers(levering.periode))),
        }
        dagen.sort_unstable();
        dagen.dedup();
    }
    let complete = declared.is_some() && verzuim.onherleidbaar == 0;
    let found = per_school.into_iter().filter_map(|(vestiging, leerlingen)| {
        let school = register.school(vestiging)?;
        let periode = declared.map(|levering| levering.periode).or_else(|| span(&leerlingen))?;
        let soort = if complete { LeveringSoort::Volledig } else { LeveringSoort::Aanvulling };
        let leerlingen = leerlingen.into_iter().map(|(id, (rijen, dagen))| (id, rijen, dagen)).collect();
        Some((vestiging, Levering { school, soort, periode, leerlingen }))
    });
    (found.collect(), onbekend)
}

fn day_numbers(period: Period) -> impl Iterator<Item = u16> {
    let first = domain::period::day_number(period.from);
    let last = period.last().map_or(first, domain::period::day_number);
    (first..=last).filter_map(|day| u16::try_from(day).ok())
}

/// From the first to the last day of loose rows.
fn span(leerlingen: &PerLeerling) -> Option<Period> {
    let of_rows = leerlingen.values().flat_map(|(rijen, _)| rijen.iter().map(|packed| packed >> 16));
    let of_days = leerlingen.values().flat_map(|(_, dagen)| dagen.iter().map(|dag| u32::from(*dag)));
    let (mut first, mut last) = (u32::MAX, 0);
    for day in of_rows.chain(of_days) {
        (first, last) = (first.min(day), last.max(day));
    }
    let date = |day: u32| i32::try_from(day).ok().map(from_day_number);
    (first <= last).then(|| Some(Period::through(date(first)?, date(last)?))).flatten()
}

fn feit(levering: &Levering, invoer: &Invoer<Verzuim>, bestand: [u8; 32]) -> NewFact {
    let count = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    NewFact {
        about: levering.school.into(),
        valid: levering.periode,
        by: Actor::Systeem { organisatie: levering.school },
        ground: Grondslag::Verzuimadministratie,
        source: Source::of(Bron::School, levering.school),
        replaces: None,
        body: VerzuimLevering {
            levering: levering.soort,
            nummer: 0,
            rijen: count(invoer.telling.rijen),
            afgewezen: count(invoer.telling.afgewezen),
            gewijzigde_leerlingen: 0,
            inhoud: [0; 32],
            bestand,
        }
        .into(),
    }
}

fn in_woorden(vestiging: Vestigingscode, levering: &Levering, changed: usize, binnen_volledige: u32) -> String {
    let van = domain::calendar::datum(levering.periode.from);
    let tot = levering.periode.last().map(domain::calendar::datum).unwrap_or_default();
    let soort = match levering.soort {
        LeveringSoort::Volledig => "alle verzuim",
        LeveringSoort::Aanvulling => "losse rijen",
    };
    let mut woorden = format!("{vestiging}: {soort} van {van} t/m {tot}; bij {changed} leerlingen verandert er iets");
    if binnen_volledige > 0 {
        woorden.push_str(&format!(
            "; {binnen_volledige} losse rijen vallen in een periode die al volledig is aangeleverd en tellen niet: lever die periode opnieuw"
        ));
    }
    woorden
}

fn onbekende_leerling() -> Gebrek {
    Gebrek::new(
        "onbekende leerling",
        "Deze leerling staat niet in het register bij deze school.",
        "Lees eerst de leerlingen van deze school in, of controleer het leerlingnummer.",
    )
}

/// A school with many rows on days without lessons has another calendar than the register thinks.
fn verkeerde_kalenders(register: &Register, invoer: &mut Invoer<Verzuim>) {
    let mut per_school: BTreeMap<OrganisatieId, (u64, u64)> = BTreeMap::new();
    for dag in &invoer.inhoud.per_dag {
        let Some(id) = register.school(dag.vestiging) else { continue };
        let Some(school) = register.rules().scholen.get(&id) else { continue };
        let (all, outside) = per_school.entry(id).or_default();
        *all += u64::from(dag.rijen);
        if school.schooldag(from_day_number(i32::from(dag.dag))) == Some(false) {
            *outside += u64::from(dag.rijen);
        }
    }
    for (id, _) in per_school.into_iter().filter(|(_, (all, outside))| outside * 100 > all * MAX_BUITEN_SCHOOLDAGEN) {
        let gebrek = Gebrek::new(
            "kalender",
            format!(
                "De kalender van {} klopt niet: veel rijen staan op een dag zonder les.",
                register.rules().naam(id)
            ),
            "Controleer de vakanties en studiedagen van deze school in de regio.",
        );
        invoer.bevindingen.add(1, "datum".into(), Ernst::Waarschuwing, gebrek);
    }
}
