//! A file of absence, opened in its layout: the rows of either kind of layout are read in one way.

use std::borrow::Cow;

use domain::nummers::Vestigingscode;
use domain::verzuim::VerzuimSoort;

use super::indeling::{Betekenis, VerzuimIndeling};
use super::leerlingen::Leerlingen;
use super::levering::{self, Levering};
use super::rij::Gelezen;
use super::{IsSchooldag, Kolommen, MAX_RIJEN, MAX_RIJEN_VERTAALD, Uitkomst, rij, vertaald};
use crate::invoer::bevinding::Weigering;
use crate::invoer::kop::Kop;
use crate::invoer::lezing::{Controle, Lezing};
use crate::invoer::regels::{Rij, Stuk};
use crate::invoer::{Kader, tekst};

/// Opens the file in its layout and gives its rows to `read`.
///
/// # Errors
/// When the file as a whole cannot be read, or its period cannot be, or `read` says so.
pub(super) fn with<T>(
    bytes: &[u8],
    kader: &Kader<'_>,
    indeling: &VerzuimIndeling,
    is_schooldag: &IsSchooldag<'_>,
    read: impl FnOnce(Lezing<'_>, Rijlezer<'_>) -> Result<T, Weigering>,
) -> Result<T, Weigering> {
    let (codering, text) = tekst::decode(bytes)?;
    let VerzuimIndeling::Vertaald(vertaling) = indeling else {
        let (levering, stuk) = levering::split(&text, kader)?;
        let (lezing, kolommen) = Lezing::open(codering, stuk, MAX_RIJEN, Kolommen::find)?;
        return read(lezing, Rijlezer::Eigen(rij::Lezer::new(&kolommen, kader, levering)));
    };
    let levering = vertaald::levering(vertaling, kader)?;
    let stuk = Stuk { bytes: &text, regel: 1 };
    let (lezing, kolommen) = if vertaling.kop {
        let find = |kop: &mut Kop| vertaald::Kolommen::find(vertaling, Some(kop));
        Lezing::open(codering, stuk, MAX_RIJEN_VERTAALD, find)?
    } else {
        let lezing = Lezing::open_headless(codering, stuk, MAX_RIJEN_VERTAALD, vertaling.breedte())?;
        (lezing, vertaald::Kolommen::find(vertaling, None))
    };
    read(lezing, Rijlezer::Vertaald(vertaald::Lezer::new(vertaling, &kolommen, kader, levering, is_schooldag)))
}

/// Reads rows, and remembers the pupils and whose days became *onbekend*.
pub(super) enum Rijlezer<'k> {
    Eigen(rij::Lezer<'k>),
    Vertaald(vertaald::Lezer<'k>),
}

/// Whom the rows were about.
pub(super) struct Gezien {
    /// The pupils of the rows.
    pub leerlingen: Leerlingen,
    /// Pupil and day of refused rows.
    pub afgewezen: Vec<(u32, Option<u16>)>,
    /// Refused rows of which the pupil could not be read.
    pub onherleidbaar: u64,
}

impl Rijlezer<'_> {
    /// Reads a row into rows of ours.
    pub fn read(&mut self, c: &mut Controle<'_, '_>, rijen: &mut Vec<Gelezen>) -> Uitkomst {
        match self {
            Rijlezer::Eigen(lezer) => lezer.read(c, rijen),
            Rijlezer::Vertaald(lezer) => lezer.read(c, rijen),
        }
    }

    /// The delivery that the file is, if it is one.
    pub fn levering(&self) -> Option<Levering> {
        match self {
            Rijlezer::Eigen(lezer) => lezer.levering,
            Rijlezer::Vertaald(lezer) => lezer.levering,
        }
    }

    /// The school site and pupil number of a row; `None` when they cannot be read, or the row is no absence.
    pub fn leerling<'r>(&self, rij: &'r Rij<'_>) -> Option<(Vestigingscode, &'r str)> {
        match self {
            Rijlezer::Eigen(lezer) => {
                let kolommen = lezer.kolommen;
                Some((Vestigingscode::parse(kolommen.vestiging.text(rij)).ok()?, kolommen.leerlingnummer.text(rij)))
            }
            Rijlezer::Vertaald(lezer) => lezer.wie(rij),
        }
    }

    /// The code of a row, and what it means.
    pub fn code<'r>(&self, rij: &'r Rij<'_>) -> (Cow<'r, str>, Option<Betekenis>) {
        match self {
            Rijlezer::Eigen(lezer) => {
                let code = lezer.kolommen.soort.text(rij);
                (code.into(), VerzuimSoort::from_code(code).map(Betekenis::Soort))
            }
            Rijlezer::Vertaald(lezer) => lezer.code(rij),
        }
    }

    /// Holds the rows that came of spans to a bound.
    ///
    /// # Errors
    /// When there are too many.
    pub fn check_bound(&self, rijen: usize) -> Result<(), Weigering> {
        let Rijlezer::Vertaald(lezer) = self else { return Ok(()) };
        if rijen as u64 <= MAX_RIJEN && lezer.afgewezen.len() as u64 <= MAX_RIJEN {
            return Ok(());
        }
        Err(Weigering::new(
            format!("De rijen van het bestand beslaan samen meer dan {MAX_RIJEN} dagen."),
            "Lever het in delen, bijvoorbeeld per maand.",
        ))
    }

    /// How many rows came of each line.
    pub fn per_regel(&self, rijen: &[Gelezen]) -> PerRegel {
        let Rijlezer::Vertaald(_) = self else { return PerRegel::Een };
        let lines = rijen.chunk_by(|a, b| a.regel == b.regel);
        PerRegel::Meer(lines.filter_map(|line| Some((line.first()?.regel, line.len()))).collect())
    }

    /// Whom the rows were about.
    pub fn into_seen(self) -> Gezien {
        match self {
            Rijlezer::Eigen(rij::Lezer { leerlingen, afgewezen, onherleidbaar, .. })
            | Rijlezer::Vertaald(vertaald::Lezer { leerlingen, afgewezen, onherleidbaar, .. }) => {
                Gezien { leerlingen, afgewezen, onherleidbaar }
            }
        }
    }
}

/// How many rows came of each line.
pub(super) enum PerRegel {
    /// One, of every line.
    Een,
    /// So many, by line.
    Meer(Vec<(u32, usize)>),
}

impl PerRegel {
    /// Lines that say nothing new, given the line of every row that another one repeats.
    pub fn dubbel(&self, mut regels: Vec<u32>) -> u64 {
        let PerRegel::Meer(per_regel) = self else { return regels.len() as u64 };
        regels.sort_unstable();
        let rows_of = |regel: u32| {
            let place = per_regel.binary_search_by_key(&regel, |(regel, _)| *regel).ok()?;
            per_regel.get(place).map(|(_, rows)| *rows)
        };
        let lines = regels.chunk_by(|a, b| a == b);
        lines.filter(|line| line.first().and_then(|regel| rows_of(*regel)) == Some(line.len())).count() as u64
    }
}
