//! What was seen in a file, in words: columns, codes, first rows, findings, and what would be or was done.

use exchange::invoer::{Betekenis, Ernst, VoorbeeldRij, Voorvertoning};

use crate::gebruik::Verslag;
use crate::weergave::{getal, verzuimrij, verzuimsoort};

/// Findings that are shown; the rest is counted.
const MAX_BEVINDINGEN: usize = 100;
/// Codes that are shown.
const MAX_CODES: usize = 60;
/// Days that are shown of one row.
const MAX_DAGEN: usize = 3;

/// A column that the layout asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kolom {
    /// Its name in the file.
    pub kolom: String,
    /// What it is for.
    pub veld: String,
    /// How it stands with it, in words.
    pub stand: &'static str,
    /// Whether the file cannot be read like this.
    pub mis: bool,
}

/// A code that occurs in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// As it stands in the file.
    pub code: String,
    /// How often.
    pub aantal: String,
    /// What it means here.
    pub betekenis: String,
    /// Whether nobody said what it means.
    pub onbekend: bool,
}

/// What was seen in a file, or what came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beeld {
    /// Whether it was written.
    pub geschreven: bool,
    /// Why it cannot be read at all.
    pub geweigerd: Option<String>,
    /// Rows, counted: name and number.
    pub telling: Vec<(&'static str, String)>,
    /// What would be done, or was.
    pub gedaan: Vec<String>,
    /// Statements that would be, or were, added.
    pub nieuw: String,
    /// Whether there is something to add.
    pub heeft_nieuws: bool,
    /// Columns, for absence.
    pub kolommen: Vec<Kolom>,
    /// Codes, for absence.
    pub codes: Vec<Code>,
    /// The first rows as they are read, for absence.
    pub rijen: Vec<String>,
    /// Findings.
    pub bevindingen: Vec<String>,
    /// Findings that are not shown.
    pub meer_bevindingen: u64,
    /// Whether rows were refused.
    pub heeft_afgewezen: bool,
    /// Refused rows count only when the whole file is delivered again.
    pub alleen_geheel: bool,
}

impl Beeld {
    /// Of a file that cannot be read at all.
    pub fn geweigerd(waarom: String) -> Self {
        Beeld { geweigerd: Some(waarom), ..Beeld::default() }
    }

    /// Of what an import did, or would do.
    pub fn van(verslag: &Verslag) -> Self {
        let telling = &verslag.telling;
        let all = verslag.bevindingen.count(Ernst::Fout) + verslag.bevindingen.count(Ernst::Waarschuwing);
        let shown: Vec<String> =
            verslag.bevindingen.kept().iter().take(MAX_BEVINDINGEN).map(ToString::to_string).collect();
        Beeld {
            geschreven: verslag.geschreven,
            telling: vec![
                ("Rijen gelezen", getal(telling.rijen)),
                ("Goed", getal(telling.overgenomen)),
                ("Dubbel", getal(telling.dubbel)),
                ("Telt bewust niet mee", getal(telling.weggelaten)),
                ("Afgewezen", getal(telling.afgewezen)),
            ],
            gedaan: verslag.gedaan.clone(),
            nieuw: getal(verslag.nieuw),
            heeft_nieuws: verslag.nieuw > 0,
            meer_bevindingen: all.saturating_sub(shown.len() as u64),
            bevindingen: shown,
            heeft_afgewezen: !verslag.afgewezen.is_empty(),
            alleen_geheel: verslag.alleen_geheel,
            ..Beeld::default()
        }
    }

    /// The same with the columns, codes and first rows of a file of absence.
    #[must_use]
    pub fn met_voorbeeld(mut self, voorbeeld: &Voorvertoning) -> Self {
        self.kolommen = voorbeeld
            .kolommen
            .iter()
            .filter(|kolom| kolom.gevonden || kolom.nodig)
            .map(|kolom| Kolom {
                kolom: kolom.kolom.clone(),
                veld: kolom.veld.to_string(),
                stand: if kolom.gevonden { "gevonden" } else { "niet gevonden" },
                mis: !kolom.gevonden,
            })
            .collect();
        self.codes = voorbeeld
            .codes
            .iter()
            .take(MAX_CODES)
            .map(|stand| Code {
                code: stand.code.zichtbaar().to_owned(),
                aantal: getal(stand.aantal),
                betekenis: match stand.betekenis {
                    Some(Betekenis::Soort(soort)) => verzuimsoort(soort).to_owned(),
                    Some(Betekenis::Weglaten) => "telt bewust niet mee".to_owned(),
                    None => "niet bekend: zet deze code in de indeling".to_owned(),
                },
                onbekend: stand.betekenis.is_none(),
            })
            .collect();
        self.rijen = voorbeeld.rijen.iter().filter_map(rij).collect();
        self
    }
}

/// One row as it is read; none when nothing is taken from it.
fn rij(voorbeeld: &VoorbeeldRij) -> Option<String> {
    let wie = voorbeeld.leerlingnummer.zichtbaar();
    let dagen: Vec<String> = voorbeeld.rijen.iter().take(MAX_DAGEN).map(verzuimrij).collect();
    let meer = voorbeeld.rijen.len().saturating_sub(MAX_DAGEN);
    let rest = if meer > 0 { format!("; en nog {meer}") } else { String::new() };
    (!dagen.is_empty()).then(|| format!("Rij {}, leerling {wie}: {}{rest}", voorbeeld.regel, dagen.join("; ")))
}
