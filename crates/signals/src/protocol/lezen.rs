//! Reading a protocol from its TOML file.

use std::ops::RangeInclusive;

use domain::verzuim::{Soorten, VerzuimSoort};
use tafel::{Fout, Fouten, Keuze, Tafel};

use super::{Daarna, Eenheid, Ontvanger, Protocol, Regel, TeltUren, Termijn, Venster, Vorm};

/// The longest protocol file that is read, in bytes.
pub const MAX_PROTOCOL_BYTES: usize = 1 << 20;
/// The largest number of rules in a protocol.
pub const MAX_REGELS: usize = 64;

/// The longest name of a rule, in characters.
const MAX_NAAM: usize = 60;
/// The longest sentence or source, in characters.
const MAX_ZIN: usize = 400;
/// The largest number of steps of one rule.
pub const MAX_STAPPEN: usize = 12;
/// Bounds of a sum, a count or a number of days.
pub const AANTAL: RangeInclusive<u16> = 1..=400;
/// Bounds of a number of schooldagen.
pub const SCHOOLDAGEN: RangeInclusive<u16> = 1..=300;
/// Bounds of a window in lesweken.
pub const LESWEKEN: RangeInclusive<u16> = 1..=60;
/// Bounds of a number of calendar months.
pub const MAANDEN: RangeInclusive<u16> = 1..=24;
/// Bounds of how many times the window before.
pub const FACTOR: RangeInclusive<u16> = 1..=20;
/// Tables of the same file that others read.
const VAN_ANDEREN: [&str; 3] = ["klok", "termijnen", "definities"];

/// Reads a protocol; on failure all mistakes, in the order of the file.
///
/// # Errors
/// Whatever is missing, unknown, out of bounds or contradictory: each with line, field and what is allowed.
pub fn lees(tekst: &str) -> Result<Protocol, Vec<Fout>> {
    tafel::lees(tekst, MAX_PROTOCOL_BYTES, document)
}

fn document(mut tafel: Tafel<'_, '_>, fouten: &mut Fouten<'_>) -> Option<Protocol> {
    let titel = tafel.tekst("titel", MAX_ZIN, fouten);
    let regio = tafel.tekst("regio", MAX_ZIN, fouten);
    let geldig_vanaf = tafel.datum("geldig_vanaf", fouten);
    let telt_uren = telt_uren(&mut tafel, fouten);
    let regels = regels(&mut tafel, fouten);
    for naam in VAN_ANDEREN {
        tafel.neem(naam);
    }
    tafel.rest(fouten);
    Some(Protocol { titel: titel?, regio: regio?, geldig_vanaf: geldig_vanaf?, telt_uren, regels })
}

fn telt_uren(tafel: &mut Tafel<'_, '_>, fouten: &mut Fouten<'_>) -> TeltUren {
    let Some(waarde) = tafel.neem("telt_uren") else { return TeltUren::default() };
    let plek = waarde.span().start;
    let Some(inhoud) = waarde.get_ref().as_table() else {
        fouten.meld(plek, "telt_uren", "toegestaan is { te_laat = 0, uitgestuurd = 0 } in kwartieren per keer");
        return TeltUren::default();
    };
    let mut tafel = Tafel::new("telt_uren", plek, inhoud);
    let kwartieren = |getal: u16| u8::try_from(getal).unwrap_or(u8::MAX);
    let te_laat = kwartieren(tafel.getal_of("te_laat", 0..=32, 0, fouten));
    let uitgestuurd = kwartieren(tafel.getal_of("uitgestuurd", 0..=32, 0, fouten));
    let bron = tafel.neem("bron").is_some().then(|| tafel.tekst("bron", MAX_ZIN, fouten)).flatten();
    if (te_laat > 0 || uitgestuurd > 0) && bron.is_none() {
        fouten.meld(plek, "telt_uren, bron", "wie te laat of uitgestuurd in uren telt, noemt waar dat is afgesproken");
    }
    tafel.rest(fouten);
    TeltUren { te_laat, uitgestuurd, bron }
}

fn regels(tafel: &mut Tafel<'_, '_>, fouten: &mut Fouten<'_>) -> Vec<Regel> {
    let mut gelezen: Vec<Regel> = Vec::new();
    for (plek, regel) in tafel.regels("het protocol", MAX_REGELS, MAX_NAAM, fouten, een_regel) {
        if regel.code.is_some() && gelezen.iter().any(|eerder| eerder.code == regel.code) {
            let veld = format!("regel \"{}\", code", regel.naam);
            fouten.meld(plek, veld, "een andere regel heeft deze code ook; elke regel heeft een eigen code");
        }
        gelezen.push(regel);
    }
    gelezen
}

fn een_regel(naam: Option<String>, mut tafel: Tafel<'_, '_>, fouten: &mut Fouten<'_>) -> Option<Regel> {
    let heeft_code = tafel.neem("code").is_some();
    let code = heeft_code.then(|| tafel.getal("code", 1..=255, fouten)).flatten();
    let zin = tafel.tekst("zin", MAX_ZIN, fouten);
    let bron = tafel.tekst("bron", MAX_ZIN, fouten);
    let woorden = VerzuimSoort::ALL.map(|soort| (soort.code(), soort));
    let soorten = tafel.woorden("soorten", &woorden, fouten);
    let aan = tafel.ja_nee("aan", fouten);
    let wie = tafel.woorden("wie", &Ontvanger::ALL.map(|wie| (wie.code(), wie)), fouten);
    let binnen = termijn(&mut tafel, fouten);
    let verzamelen = tafel.ja_of_niets("verzamelen", fouten);
    let vorm = vorm(&mut tafel, fouten);
    let daarna = daarna(&mut tafel, fouten);
    let mut regel = Regel {
        naam: naam?,
        code: code.and_then(|code| u8::try_from(code).ok()),
        zin: zin?,
        bron: bron?,
        soorten: Soorten::of(&soorten?),
        vorm: vorm?,
        daarna: daarna?,
        nadert: Vec::new(),
        per_school: false,
        aan: aan?,
        wie: wie?,
        binnen,
        verzamelen,
    };
    extra(&mut regel, &mut tafel, fouten);
    past(&regel, &tafel, fouten);
    tafel.rest(fouten);
    Some(regel)
}

/// Fields that only some forms know: elsewhere they are left to be reported as unknown.
fn extra(regel: &mut Regel, tafel: &mut Tafel<'_, '_>, fouten: &mut Fouten<'_>) {
    if matches!(regel.vorm, Vorm::SomInVenster { .. } | Vorm::KerenPerSchooljaar { .. }) {
        regel.per_school = tafel.ja_of_niets("per_school", fouten);
    }
    if let Vorm::SomInVenster { drempel, .. } = regel.vorm {
        if tafel.neem("nadert").is_some() && drempel > 1 {
            regel.nadert = tafel.stappen("nadert", 1..=drempel - 1, MAX_STAPPEN, fouten).unwrap_or_default();
        } else if drempel <= 1 && tafel.neem("nadert").is_some() {
            fouten.meld(tafel.plek_van("nadert"), tafel.veld("nadert"), "onder een drempel van 1 past geen stap");
        }
    }
}

fn termijn(tafel: &mut Tafel<'_, '_>, fouten: &mut Fouten<'_>) -> Option<Termijn> {
    tafel.neem("binnen")?;
    let keuzes: [Keuze<bool>; 2] = [("werkdagen", 1..=60, true), ("schooldagen", 1..=60, false)];
    let (werkdagen, aantal) = tafel.keuze("binnen", &keuzes, fouten)?;
    let aantal = u8::try_from(aantal).ok()?;
    Some(if werkdagen { Termijn::Werkdagen(aantal) } else { Termijn::Schooldagen(aantal) })
}

fn venster(tafel: &mut Tafel<'_, '_>, fouten: &mut Fouten<'_>) -> Option<Venster> {
    let keuzes: [Keuze<bool>; 2] = [("lesweken", LESWEKEN, true), ("schooldagen", SCHOOLDAGEN, false)];
    match tafel.keuze("venster", &keuzes, fouten)? {
        (true, aantal) => u8::try_from(aantal).ok().map(Venster::Lesweken),
        (false, aantal) => Some(Venster::Schooldagen(aantal)),
    }
}

fn eenheid(tafel: &mut Tafel<'_, '_>, fouten: &mut Fouten<'_>) -> Option<Eenheid> {
    let woorden = [("uren", Eenheid::Uren), ("keren", Eenheid::Keren), ("dagen", Eenheid::Dagen)];
    tafel.woord("eenheid", &woorden, fouten)
}

fn vorm(tafel: &mut Tafel<'_, '_>, fouten: &mut Fouten<'_>) -> Option<Vorm> {
    const VORMEN: [(&str, u8); 7] = [
        ("som_in_venster", 0),
        ("keren_per_schooljaar", 1),
        ("reeksen_in_venster", 2),
        ("aaneengesloten", 3),
        ("kalendermaanden", 4),
        ("stijging", 5),
        ("weekdag", 6),
    ];
    let soort = tafel.woord("vorm", &VORMEN, fouten)?;
    match soort {
        0 => {
            let (eenheid, venster) = (eenheid(tafel, fouten), venster(tafel, fouten));
            let drempel = tafel.getal("drempel", AANTAL, fouten);
            Some(Vorm::SomInVenster { eenheid: eenheid?, venster: venster?, drempel: drempel? })
        }
        1 => Some(Vorm::KerenPerSchooljaar { stappen: tafel.stappen("stappen", AANTAL, MAX_STAPPEN, fouten)? }),
        2 => {
            let (venster, drempel) = (venster(tafel, fouten), tafel.getal("drempel", AANTAL, fouten));
            Some(Vorm::ReeksenInVenster { venster: venster?, drempel: drempel? })
        }
        3 => {
            let stappen = tafel.stappen("stappen", SCHOOLDAGEN, MAX_STAPPEN, fouten);
            let hele_dag = tafel.ja_nee("hele_dag", fouten);
            Some(Vorm::Aaneengesloten { stappen: stappen?, hele_dag: hele_dag? })
        }
        4 => {
            let maanden = tafel.getal("maanden", MAANDEN, fouten);
            let hele_dag = tafel.ja_nee("hele_dag", fouten);
            Some(Vorm::Kalendermaanden { maanden: u8::try_from(maanden?).ok()?, hele_dag: hele_dag? })
        }
        5 => {
            let (eenheid, venster) = (eenheid(tafel, fouten), venster(tafel, fouten));
            let factor = tafel.getal("factor", FACTOR, fouten);
            let minimum = tafel.getal("minimum", AANTAL, fouten);
            Some(Vorm::Stijging { eenheid: eenheid?, venster: venster?, factor: factor?, minimum: minimum? })
        }
        _ => {
            let (venster, drempel) = (venster(tafel, fouten), tafel.getal("drempel", AANTAL, fouten));
            Some(Vorm::Weekdag { venster: venster?, drempel: drempel? })
        }
    }
}

fn daarna(tafel: &mut Tafel<'_, '_>, fouten: &mut Fouten<'_>) -> Option<Daarna> {
    let mag = "precies één van \"herstart\", \"geen\", { hysterese_onder = 1 tot en met 400 } \
               of { stilte_schooldagen = 1 tot en met 300 }";
    let Some(waarde) = tafel.neem("daarna") else {
        let melding = format!("dit veld ontbreekt; er is geen standaard; toegestaan is {mag}");
        fouten.meld(tafel.plek(), tafel.veld("daarna"), melding);
        return None;
    };
    if waarde.get_ref().is_table() {
        let keuzes: [Keuze<bool>; 2] = [("hysterese_onder", AANTAL, true), ("stilte_schooldagen", SCHOOLDAGEN, false)];
        return match tafel.keuze("daarna", &keuzes, fouten)? {
            (true, onder) => Some(Daarna::Hysterese { onder }),
            (false, schooldagen) => Some(Daarna::Stilte { schooldagen }),
        };
    }
    match waarde.get_ref().as_str() {
        Some("herstart") => Some(Daarna::Herstart),
        Some("geen") => Some(Daarna::Geen),
        _ => {
            fouten.meld(waarde.span().start, tafel.veld("daarna"), format!("toegestaan is {mag}"));
            None
        }
    }
}

/// Whether the parts of a rule belong together: the pairs of form and `daarna`, and the level of the re-arming.
fn past(regel: &Regel, tafel: &Tafel<'_, '_>, fouten: &mut Fouten<'_>) {
    let (mag, goed) = match (&regel.vorm, regel.daarna) {
        (Vorm::SomInVenster { .. }, daarna) => {
            ("herstart, hysterese_onder of stilte_schooldagen", daarna != Daarna::Geen)
        }
        (Vorm::ReeksenInVenster { .. }, daarna) => ("hysterese_onder", matches!(daarna, Daarna::Hysterese { .. })),
        (Vorm::Stijging { .. } | Vorm::Weekdag { .. }, daarna) => {
            ("stilte_schooldagen", matches!(daarna, Daarna::Stilte { .. }))
        }
        (_, daarna) => ("\"geen\"", daarna == Daarna::Geen),
    };
    let plek = tafel.plek_van("daarna");
    if !goed {
        let melding = format!("bij de vorm {} hoort {mag}", regel.vorm.code());
        fouten.meld(plek, tafel.veld("daarna"), melding);
    }
    if let (Daarna::Hysterese { onder }, Some(drempel)) = (regel.daarna, regel.drempel())
        && onder > drempel
    {
        let melding = format!("toegestaan is hysterese_onder van 1 tot en met de drempel ({drempel})");
        fouten.meld(plek, tafel.veld("daarna"), melding);
    }
}
