//! How a file of absence is laid out: our own layout, or that of a package as a school uses it.
//!
//! Packages differ, and so do the codes of schools that use the same one. What a column or a code means is therefore
//! said by a small file per school, never assumed: a code that the file does not name is a finding.

mod lezen;

use std::collections::BTreeMap;

use domain::Date;
use domain::nummers::Vestigingscode;
use domain::verzuim::VerzuimSoort;

use super::lesdag::Lesdag;
use super::moment::Datumvorm;
use crate::regio::RegioFout;

/// The largest file of layout that is read, in bytes. It bounds every list in it.
pub const MAX_INDELING: usize = 256 << 10;
/// Between the cells of a code that stands in more than one column.
pub(super) const TUSSEN_CODES: &str = " / ";
/// In a layout: whatever stands in the last column of the code.
const ALLES: &str = "*";

/// Layouts that come with the program, as text that a school can copy and complete.
const MEEGELEVERD: [(&str, &str); 2] = [
    ("las", include_str!("../../../voorbeelden/verzuim-las.toml")),
    ("somtoday", include_str!("../../../voorbeelden/verzuim-somtoday.toml")),
];

/// How a file of absence is laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VerzuimIndeling {
    /// The register's own layout (`leerrecht`), in which a line `#levering` declares the period.
    Leerrecht,
    /// The export of a package, as a file of layout describes it.
    Vertaald(Box<Vertaling>),
}

impl VerzuimIndeling {
    /// Names of the layouts that come with the program.
    pub const NAMEN: [&'static str; 3] = ["leerrecht", "las", "somtoday"];

    /// The layout of that name; `None` when there is none.
    ///
    /// # Errors
    /// Never for the layouts that come with the program, which a test reads.
    pub fn genoemd(naam: &str) -> Option<Result<Self, Vec<RegioFout>>> {
        if naam == "leerrecht" {
            return Some(Ok(VerzuimIndeling::Leerrecht));
        }
        MEEGELEVERD.iter().find(|(known, _)| *known == naam).map(|(_, tekst)| Self::lees(tekst))
    }

    /// Reads a file of layout (TOML). `crates/exchange/voorbeelden/verzuim-las.toml` is a documented sample.
    ///
    /// # Errors
    /// Everything that is wrong in it, with line and field.
    pub fn lees(tekst: &str) -> Result<Self, Vec<RegioFout>> {
        lezen::lees(tekst).map(|vertaling| VerzuimIndeling::Vertaald(Box::new(vertaling)))
    }
}

/// What the columns and codes of a package's export mean at one school.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Vertaling {
    /// What the layout calls itself.
    pub(super) naam: String,
    pub(super) vestiging: Option<Vestigingscode>,
    /// First and last day for which the file states all absence.
    pub(super) levering: Option<(Date, Date)>,
    /// Whether the first row holds the names of the columns.
    pub(super) kop: bool,
    pub(super) datum: Option<Datumvorm>,
    /// An absence without last day goes on until today, or until the end of the delivery; otherwise it is refused.
    pub(super) loopt_door: bool,
    pub(super) kolommen: Kolomkeuzes,
    pub(super) lesdag: Lesdag,
    pub(super) te_laat: TeLaat,
    pub(super) codes: BTreeMap<String, Betekenis>,
}

impl Vertaling {
    /// What the layout calls itself; empty when it does not.
    pub fn naam(&self) -> &str {
        &self.naam
    }

    /// The school site that all rows are about, instead of the one that the layout names.
    pub fn met_vestiging(&mut self, vestiging: Vestigingscode) {
        self.vestiging = Some(vestiging);
    }

    /// The file states all absence from `van` through `tot_en_met`. Whether these days can be is checked when it is read.
    pub fn met_levering(&mut self, van: Date, tot_en_met: Date) {
        self.levering = Some((van, tot_en_met));
    }

    /// The most cells that are read of a row, by the numbers of the columns.
    pub(super) fn breedte(&self) -> usize {
        let numbers = self.kolommen.values().flatten().map(|plaats| match plaats {
            Plaats::Nummer(nummer) => *nummer,
            Plaats::Naam(_) => 0,
        });
        numbers.max().unwrap_or_default()
    }

    /// What a code means; the code itself first, then any other code with the same first columns.
    pub(super) fn betekenis(&self, code: &str) -> Option<Betekenis> {
        let wider = || {
            let (before, _) = code.rsplit_once(TUSSEN_CODES)?;
            self.codes.get(&format!("{before}{TUSSEN_CODES}{ALLES}"))
        };
        self.codes.get(code).or_else(wider).copied()
    }
}

/// What a school means by a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Betekenis {
    /// This kind of absence.
    Soort(VerzuimSoort),
    /// No absence: rows with this code are left out on purpose.
    Weglaten,
}

/// Where a column stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Plaats {
    /// By its name in the header.
    Naam(String),
    /// By its number, from 1.
    Nummer(usize),
}

/// Fields that a layout can find a column for, with their names in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Veld {
    Vestigingscode,
    Leerlingnummer,
    Begindatum,
    Begintijd,
    Einddatum,
    Eindtijd,
    BeginLesuur,
    EindLesuur,
    Minuten,
    Geoorloofd,
    Code,
}

impl Veld {
    pub(super) const ALL: [(&'static str, Veld); 11] = [
        ("vestigingscode", Veld::Vestigingscode),
        ("leerlingnummer", Veld::Leerlingnummer),
        ("begindatum", Veld::Begindatum),
        ("begintijd", Veld::Begintijd),
        ("einddatum", Veld::Einddatum),
        ("eindtijd", Veld::Eindtijd),
        ("begin_lesuur", Veld::BeginLesuur),
        ("eind_lesuur", Veld::EindLesuur),
        ("minuten", Veld::Minuten),
        ("geoorloofd", Veld::Geoorloofd),
        ("code", Veld::Code),
    ];
    /// Without these no layout can be read.
    pub(super) const NODIG: [Veld; 3] = [Veld::Leerlingnummer, Veld::Begindatum, Veld::Code];

    pub(super) fn naam(self) -> &'static str {
        Self::ALL.iter().find(|(_, veld)| *veld == self).map_or("", |(naam, _)| naam)
    }
}

/// The columns of each field; a code may stand in several.
pub(super) type Kolomkeuzes = BTreeMap<Veld, Vec<Plaats>>;

/// How much of a lesson a pupil missed who came late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct TeLaat {
    /// The time between begin and end of the row is the time missed.
    pub tijden: bool,
    /// Minutes that the school counts where the row does not tell.
    pub minuten: Option<u16>,
}
