//! In which layout a file of absence is: `--indeling`, with what belongs to it.

use std::path::Path;

use domain::Date;
use domain::nummers::Vestigingscode;
use exchange::invoer::{MAX_INDELING, Vertaling, VerzuimIndeling};

use super::lees_bestand;
use crate::fout::Fout;

/// The layout of the benchmark, which is put into our own words first.
pub(super) const KAAL: &str = "kaal";

/// What was chosen on the command line.
#[derive(Debug, Default)]
pub(super) struct Indelingskeuze {
    naam: Option<String>,
    vestiging: Option<Vestigingscode>,
    van: Option<Date>,
    tot_en_met: Option<Date>,
}

impl Indelingskeuze {
    /// The name given with `--indeling`.
    pub fn naam(&self) -> Option<&str> {
        self.naam.as_deref()
    }

    /// Takes a flag that is about the layout; `false` when it is about something else.
    pub fn neem(&mut self, vlag: &str, waarde: impl FnOnce() -> Result<String, Fout>) -> Result<bool, Fout> {
        match vlag {
            "indeling" => self.naam = Some(waarde()?),
            "vestiging" => {
                let code = Vestigingscode::parse(&waarde()?);
                let wrong = |fout: domain::nummers::NummerFout| {
                    Fout::gebruik(format!("De vestiging klopt niet. {}", fout.uitleg))
                };
                self.vestiging = Some(code.map_err(wrong)?);
            }
            "van" => self.van = Some(dag("--van", &waarde()?)?),
            "tot-en-met" => self.tot_en_met = Some(dag("--tot-en-met", &waarde()?)?),
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// The school site of a file in the bare layout; `None` for other layouts.
    pub fn kaal(&self) -> Result<Option<Vestigingscode>, Fout> {
        match (self.naam.as_deref(), self.vestiging) {
            (Some(KAAL), None) => Err(Fout::gebruik("Noem bij --indeling kaal de school: --vestiging VESTIGINGSCODE.")),
            (Some(KAAL), vestiging) => Ok(vestiging),
            _ => Ok(None),
        }
    }

    /// The layout, for an import of `wat`.
    ///
    /// # Errors
    /// When the layout does not exist or cannot be used, or a flag does not belong to it.
    pub fn lees(&self, wat: &str) -> Result<VerzuimIndeling, Fout> {
        let given = self.naam.is_some() || self.vestiging.is_some() || self.van.is_some() || self.tot_en_met.is_some();
        if wat != "verzuim" && given {
            return Err(Fout::gebruik("--indeling, --vestiging, --van en --tot-en-met horen bij import verzuim."));
        }
        let mut indeling = match self.naam.as_deref() {
            None | Some(KAAL) => VerzuimIndeling::Leerrecht,
            Some(naam) => genoemd(naam)?,
        };
        match &mut indeling {
            VerzuimIndeling::Vertaald(vertaling) => self.vul_aan(vertaling)?,
            VerzuimIndeling::Leerrecht if self.van.is_some() || self.tot_en_met.is_some() => {
                return Err(Fout::gebruik(
                    "--van en --tot-en-met horen bij de uitvoer van een pakket. In de eigen indeling staat de periode op de eerste regel: #levering.",
                ));
            }
            VerzuimIndeling::Leerrecht if self.vestiging.is_some() && self.naam.as_deref() != Some(KAAL) => {
                return Err(Fout::gebruik("--vestiging hoort bij --indeling kaal en bij de uitvoer van een pakket."));
            }
            VerzuimIndeling::Leerrecht => {}
        }
        Ok(indeling)
    }

    fn vul_aan(&self, vertaling: &mut Vertaling) -> Result<(), Fout> {
        if let Some(vestiging) = self.vestiging {
            vertaling.met_vestiging(vestiging);
        }
        match (self.van, self.tot_en_met) {
            (Some(van), Some(tot_en_met)) => vertaling.met_levering(van, tot_en_met),
            (None, None) => {}
            _ => return Err(Fout::gebruik("--van en --tot-en-met horen bij elkaar: noem allebei de dagen.")),
        }
        Ok(())
    }
}

/// A layout by its name, or by the file that describes it.
fn genoemd(naam: &str) -> Result<VerzuimIndeling, Fout> {
    if let Some(found) = VerzuimIndeling::genoemd(naam) {
        return found.map_err(|_| Fout::kan_niet(format!("De indeling {naam} is niet te gebruiken.")));
    }
    if !naam.contains('/') && !naam.ends_with(".toml") {
        let namen = VerzuimIndeling::NAMEN.join(", ");
        return Err(Fout::gebruik(format!(
            "De indeling {naam} bestaat niet. Kies {namen} of kaal, of noem het bestand met uw eigen indeling (.toml)."
        )));
    }
    let bytes = lees_bestand(Path::new(naam), MAX_INDELING as u64)?;
    let tekst = String::from_utf8(bytes)
        .map_err(|_| Fout::gebruik(format!("{naam} is geen tekst in UTF-8. Sla het bestand zo op.")))?;
    VerzuimIndeling::lees(&tekst).map_err(|fouten| {
        let lines: Vec<String> = fouten.iter().map(ToString::to_string).collect();
        Fout::gebruik(format!("De indeling {naam} is niet te gebruiken.\n{}", lines.join("\n")))
    })
}

fn dag(vlag: &str, tekst: &str) -> Result<Date, Fout> {
    tekst.parse().map_err(|_| Fout::gebruik(format!("Bij {vlag} hoort een datum als 2026-02-28.")))
}
