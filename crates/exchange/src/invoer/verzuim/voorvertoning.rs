//! What a file of absence would become, before anything is taken: its columns, its codes, its first rows. For whoever
//! delivers the file, who has all of it; nothing of it goes to a log.

use std::borrow::Cow;
use std::collections::HashMap;

use domain::nummers::Vestigingscode;
use domain::tekst::Tekst;
use domain::verzuim::Rij;

use super::indeling::{Betekenis, Plaats, Veld, VerzuimIndeling};
use super::levering::{self, Levering};
use super::rijlezer::{self, Rijlezer};
use super::{IsSchooldag, Kolommen, Uitkomst, vertaald};
use crate::invoer::bevinding::{Bevinding, Weigering};
use crate::invoer::lezing::{Lezing, Vorm};
use crate::invoer::regels::{self, Stuk};
use crate::invoer::{Kader, tekst};

/// The most codes that a preview lists; rows with another one are counted together.
pub const MAX_CODES: usize = 200;
/// The most rows that a preview shows.
pub const MAX_VOORBEELD: usize = 200;
/// Characters of a code that are shown.
const MAX_CODE: usize = 80;

/// What a file of absence would become.
#[derive(Debug, Clone)]
pub struct Voorvertoning {
    /// How the file was read.
    pub vorm: Vorm,
    /// For which school and period it states all absence; `None`: loose rows.
    pub levering: Option<Levering>,
    /// The columns that the layout asks for.
    pub kolommen: Vec<KolomStand>,
    /// Names of the columns that are not read; empty for a file without header.
    pub overig: Vec<String>,
    /// The codes of all rows, those that occur most first.
    pub codes: Vec<CodeStand>,
    /// Rows with a code beyond [`MAX_CODES`].
    pub andere_codes: u64,
    /// The first rows that could be cut into cells.
    pub rijen: Vec<VoorbeeldRij>,
    /// Why the file as a whole cannot be read, when it cannot; then there are no codes and no rows.
    pub weigering: Option<Weigering>,
}

/// A column that the layout asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KolomStand {
    /// What it is for ("leerlingnummer").
    pub veld: Cow<'static, str>,
    /// Its name in the file, or its number.
    pub kolom: String,
    /// Whether the file has it.
    pub gevonden: bool,
    /// Whether the file cannot be read without it.
    pub nodig: bool,
}

/// A code that occurs in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeStand {
    /// The code, as the layout would write it. A name, when a wrong column was chosen.
    pub code: Tekst,
    /// Rows that have it.
    pub aantal: u64,
    /// What it means; `None`: the layout does not say, and its rows are refused.
    pub betekenis: Option<Betekenis>,
}

/// One of the first rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoorbeeldRij {
    /// Line in the file.
    pub regel: u64,
    /// School site, when it can be read.
    pub vestiging: Option<Vestigingscode>,
    /// The school's own pupil number, as it stands there.
    pub leerlingnummer: Tekst,
    /// What it becomes: a row for each day; none when it is refused or left out.
    pub rijen: Vec<Rij>,
    /// Whether it is left out on purpose.
    pub weggelaten: bool,
    /// What was found about it.
    pub bevindingen: Vec<Bevinding>,
}

/// Shows what the file would become, with at most `aantal` of its first rows (and never more than [`MAX_VOORBEELD`]).
///
/// # Errors
/// When the file is no text, or has no first row. Anything else that is wrong with it is in the preview.
pub fn preview_verzuim(
    bytes: &[u8],
    kader: &Kader<'_>,
    indeling: &VerzuimIndeling,
    is_schooldag: &IsSchooldag<'_>,
    aantal: usize,
) -> Result<Voorvertoning, Weigering> {
    let mut found = columns(bytes, indeling)?;
    let read = rijlezer::with(bytes, kader, indeling, is_schooldag, |lezing, lezer| {
        rows(lezing, lezer, aantal.min(MAX_VOORBEELD), &mut found)
    });
    found.weigering = read.err();
    if found.weigering.is_some() {
        found.codes.clear();
        found.rijen.clear();
    }
    Ok(found)
}

fn columns(bytes: &[u8], indeling: &VerzuimIndeling) -> Result<Voorvertoning, Weigering> {
    let (codering, text) = tekst::decode(bytes)?;
    let stuk = match indeling {
        VerzuimIndeling::Leerrecht => levering::after(&text).1,
        VerzuimIndeling::Vertaald(_) => Stuk { bytes: &text, regel: 1 },
    };
    let named = !matches!(indeling, VerzuimIndeling::Vertaald(vertaling) if !vertaling.kop);
    let (vorm, mut kop) =
        if named { Lezing::header(codering, stuk)? } else { Lezing::first_of_headless(codering, stuk) };
    let kolommen = match indeling {
        VerzuimIndeling::Leerrecht => {
            Kolommen::find(&mut kop);
            let stand = |(kolom, nodig): &(crate::invoer::kop::Kolom, bool)| KolomStand {
                veld: kolom.naam.clone(),
                kolom: kolom.naam.to_string(),
                gevonden: kolom.plaats.is_some(),
                nodig: *nodig,
            };
            kop.looked_up().iter().map(stand).collect()
        }
        VerzuimIndeling::Vertaald(vertaling) => {
            vertaald::Kolommen::find(vertaling, Some(&mut kop));
            let stand = |veld: Veld, plaats: &Plaats| {
                let (kolom, gevonden) = match plaats {
                    Plaats::Naam(naam) => (naam.clone(), kop.has(&naam.to_lowercase())),
                    Plaats::Nummer(nummer) => (nummer.to_string(), *nummer <= kop.namen().len()),
                };
                KolomStand { veld: veld.naam().into(), kolom, gevonden, nodig: true }
            };
            let all = vertaling.kolommen.iter();
            all.flat_map(|(veld, plaatsen)| plaatsen.iter().map(|plaats| stand(*veld, plaats))).collect()
        }
    };
    let overig = if named { kop.others().collect() } else { Vec::new() };
    Ok(Voorvertoning {
        vorm,
        levering: None,
        kolommen,
        overig,
        codes: Vec::new(),
        andere_codes: 0,
        rijen: Vec::new(),
        weigering: None,
    })
}

fn rows(
    mut lezing: Lezing<'_>,
    mut lezer: Rijlezer<'_>,
    aantal: usize,
    found: &mut Voorvertoning,
) -> Result<(), Weigering> {
    found.levering = lezer.levering();
    let mut codes: HashMap<String, (u64, Option<Betekenis>)> = HashMap::new();
    let mut rij = regels::Rij::default();
    let mut rijen = Vec::new();
    while lezing.next(&mut rij)? {
        let (code, betekenis) = lezer.code(&rij);
        let code: String = code.chars().take(MAX_CODE).collect();
        if let Some((count, _)) = codes.get_mut(&code) {
            *count += 1;
        } else if codes.len() < MAX_CODES {
            codes.insert(code, (1, betekenis));
        } else {
            found.andere_codes += 1;
        }
        if found.rijen.len() >= aantal {
            continue;
        }
        let leerling = lezer.leerling(&rij);
        rijen.clear();
        let uitkomst = lezer.read(&mut lezing.controle(&rij), &mut rijen);
        let of_row = lezing.bevindingen.kept().iter().filter(|bevinding| bevinding.rij == rij.regel);
        found.rijen.push(VoorbeeldRij {
            regel: rij.regel,
            vestiging: leerling.map(|(vestiging, _)| vestiging),
            leerlingnummer: Tekst::new(leerling.map_or("", |(_, nummer)| nummer)),
            rijen: rijen.iter().filter_map(|gelezen| Rij::unpack(gelezen.rij)).collect(),
            weggelaten: uitkomst == Uitkomst::Weggelaten,
            bevindingen: of_row.cloned().collect(),
        });
    }
    found.codes = codes
        .into_iter()
        .map(|(code, (aantal, betekenis))| CodeStand { code: Tekst::new(&code), aantal, betekenis })
        .collect();
    found.codes.sort_by(|a, b| (b.aantal, &a.code).cmp(&(a.aantal, &b.code)));
    Ok(())
}
