//! Other engines on the files of the benchmark, each in a process of its own: scripts in the folder `bench`, run by a Python
//! that has what `bench/eisen.txt` names (`cargo xtask bench-omgeving` makes one).

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use super::signalen::{Eigen, seconden};
use crate::fout::Fout;
use crate::uitvoer::zeg;

/// The engines there are scripts for.
pub(super) const NAMEN: [&str; 3] = ["polars", "duckdb", "numpy"];
/// Where the project's own tool puts a Python with these engines.
pub(super) const PYTHON: &str = "target/bench/bin/python";
/// Where the scripts are.
const SCRIPTS: &str = "bench";
/// Rounds of which the median counts.
const RONDES: &str = "3";

/// What an engine told.
#[derive(Debug, Default)]
struct Verteld(BTreeMap<String, String>);

impl Verteld {
    fn lees(tekst: &str) -> Self {
        let paren = tekst.lines().filter_map(|regel| regel.split_once(' '));
        Verteld(paren.map(|(naam, waarde)| (naam.to_owned(), waarde.to_owned())).collect())
    }

    fn getal(&self, naam: &str) -> f64 {
        self.0.get(naam).and_then(|waarde| waarde.parse().ok()).unwrap_or(f64::NAN)
    }

    /// Whether it found what we found.
    fn eens(&self, eigen: &Eigen) -> bool {
        let eens = |naam: &str, som: u64| self.0.get(naam).is_some_and(|waarde| *waarde == format!("{som:016x}"));
        eens("a_checksum", eigen.a.som) && eens("b_checksum", eigen.b.som)
    }
}

/// The name, when there is a script for it.
///
/// # Errors
/// When there is none.
pub(super) fn bekend(naam: &str) -> Result<String, Fout> {
    let mag = || Fout::gebruik(format!("Bij --naast is toegestaan: {}.", NAMEN.join(", ")));
    NAMEN.contains(&naam).then(|| naam.to_owned()).ok_or_else(mag)
}

/// Runs each engine on the files and prints how many times as fast ours is. An engine that is not there is skipped, and that
/// is said.
///
/// # Errors
/// When an engine finds other signals, or ours is not `minstens` times as fast from rows to signals, by the fastest round
/// of each.
pub(super) fn zet_ernaast(
    python: &Path,
    namen: &[String],
    map: &Path,
    eigen: &Eigen,
    minstens: f64,
) -> Result<(), Fout> {
    for naam in namen {
        let script = Path::new(SCRIPTS).join(format!("met_{naam}.py"));
        let mut command = Command::new(python);
        command.arg(&script).arg(map).arg(RONDES).env("PYTHONDONTWRITEBYTECODE", "1").stderr(Stdio::inherit());
        let gedaan = match command.output() {
            Ok(gedaan) if script.exists() => gedaan,
            _ => {
                zeg!("{naam}: overgeslagen, want {} of {} is er niet", python.display(), script.display());
                continue;
            }
        };
        if !gedaan.status.success() {
            return Err(Fout::kan_niet(format!("{naam} is gestopt met een fout; zie hierboven.")));
        }
        let verteld = Verteld::lees(&String::from_utf8_lossy(&gedaan.stdout));
        if !verteld.eens(eigen) {
            return Err(Fout::kan_niet(format!("{naam} vindt andere signalen dan wij.")));
        }
        vertel(naam, &verteld, eigen);
        let keer = verteld.getal("a_rijen_beste") / eigen.uit_rijen_beste;
        if keer.is_nan() || keer < minstens {
            return Err(Fout::kan_niet(format!("Gevraagd was {minstens} keer zo snel als {naam}; het is {keer:.1}.")));
        }
    }
    Ok(())
}

fn vertel(naam: &str, verteld: &Verteld, eigen: &Eigen) {
    let keer = |anders: f64, ons: f64| format!("{:.0}", anders / ons);
    let (lezen, uit_rijen, gereed) = (verteld.getal("laden"), verteld.getal("a_rijen"), verteld.getal("b_gereed"));
    zeg!(
        "{naam}, met dezelfde signalen: A uit rijen {} s ({} keer), B klaargezet {} s ({} keer), CSV tot signalen {} s \
         ({} keer), piek {:.0} MB ({} keer)",
        seconden(uit_rijen),
        keer(uit_rijen, eigen.uit_rijen),
        seconden(gereed),
        keer(gereed, eigen.gereed),
        seconden(lezen + uit_rijen),
        keer(lezen + uit_rijen, eigen.lezen + eigen.uit_rijen),
        verteld.getal("piek_mb"),
        keer(verteld.getal("piek_mb"), eigen.piek_mb),
    );
}

#[cfg(test)]
mod tests {
    use exchange::kaal::Checksum;

    use super::*;

    #[test]
    fn an_engine_that_finds_other_signals_is_not_of_one_mind_with_us() {
        let eigen =
            Eigen { a: Checksum { aantal: 2, som: 0xAB }, b: Checksum { aantal: 1, som: 1 }, ..Eigen::default() };
        let told = "laden 0.5\na_rijen 1.5\na_checksum 00000000000000ab\nb_checksum 0000000000000001\n";
        let verteld = Verteld::lees(told);
        assert!(verteld.eens(&eigen));
        assert_eq!(verteld.getal("laden"), 0.5);
        assert!(verteld.getal("piek_mb").is_nan(), "what was not told is no number");
        assert!(!Verteld::lees(&told.replace("ab", "ac")).eens(&eigen));
        assert!(!Verteld::lees("a_checksum 00000000000000ab").eens(&eigen));
        assert!(bekend("numpy").is_ok() && bekend("excel").is_err());
    }
}
