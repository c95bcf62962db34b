//! The commands: one file per verb. Results go to stdout, progress and mistakes to stderr.

mod account;
mod bench;
mod bewaring;
mod check;
mod demo;
pub(crate) mod drukte;
mod eigen_bestand;
mod generate;
mod importeren;
mod indeling;
mod init;
mod kaal;
mod leeslog;
#[cfg(test)]
mod maatstaf;
pub mod plaats;
mod plicht;
mod serve;
mod signalen;
mod signalen_register;
mod stand;
mod stopwatch;
mod vergelijk;
mod voortgang;
mod voorvertoning;

use std::ffi::OsString;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use lexopt::{Arg, Parser, ValueExt};

use crate::fout::{Afloop, Fout, Uitkomst};
use crate::uitvoer::zeg;
use crate::weergave::getal;
use plaats::Plaats;

const GEBRUIK: &str = "\
Gebruik: leerrecht [--data MAP] [--sleutel BESTAND] [--json] OPDRACHT …

Een register:
  demo [--pupils N] [--seed N] [--op DATUM] [--listen ADRES] [--alleen-maken]
                                        een verzonnen regio met een jaar leven erin, en de bladzijden ervan
  serve [--listen ADRES] [--proxy ADRES] de bladzijden voor wie er dagelijks mee werkt
  signalen --reden TEKST [--uit BESTAND] de signalen van alle leerlingen
  overzicht [--op DATUM]                hoe de regio ervoor staat, in aantallen
  stand LEERLING --reden TEKST [--op DATUM] [--bekend MOMENT]     waar een kind staat, en waarom
  explain LEERLING --reden TEKST [--op DATUM] [--bekend MOMENT]   alles waarop dat rust
  init --region BESTAND                 een nieuwe regio
  import scholen|leerlingen|verzuim BESTAND [--proef] [--alles-of-niets] [--afgewezen BESTAND]
         bij verzuim ook [--indeling leerrecht|las|somtoday|kaal|BESTAND.toml] [--vestiging CODE]
                         [--van DATUM --tot-en-met DATUM]
  account lijst                         wie zich kan aanmelden
  account uitnodigen|herstellen|blokkeren|vrijgeven|verwijderen E-MAIL [--alles]
  leeslog LEERLING --reden TEKST        wie heeft het dossier van deze leerling gezien
  compare protocol A B [--op DATUM]     wat protocol B had gedaan naast A, met het verzuim dat er is
  verify                                is alles nog zoals het is vastgelegd
  backup BESTAND / restore BESTAND      een reservekopie maken en terugzetten

Zonder register:
  plicht --geboren DATUM --op DATUM …   is een kind leerplichtig, en waarom
  signalen --indeling leerrecht|las|somtoday|BESTAND.toml --verzuim BESTAND [--vestiging CODE] [--vakantieregio Noord|Midden|Zuid] [--protocol BESTAND] [--uit BESTAND]
  signalen --indeling kaal --verzuim BESTAND --kalender BESTAND --scholen BESTAND --protocol BESTAND
           [--uit BESTAND] [--checksum] [--draden N]
  check region BESTAND
  check convenant BESTAND
  check protocol BESTAND [--verzuim BESTAND --kalender BESTAND --scholen BESTAND]
  compare protocol A B --indeling kaal --verzuim BESTAND --kalender BESTAND --scholen BESTAND
  bench [--pupils N]                    hoe snel deze computer is, als verhouding tot kale proeven
  bench paginas [--pupils N]            hoe snel de pagina's zijn, met vijftig mensen tegelijk aan het werk
  bench signalen [--grootte S|M|L|XL]   hoe snel signalen worden gevonden, naast andere programma's
  generate verzuim --size S|M|L [--seed N] --uit MAP";

/// Runs the command that the words of the command line name.
pub fn run(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    match opdracht(words) {
        Ok(afloop) => afloop.into(),
        Err(fout) => {
            eprintln!("{fout}");
            ExitCode::from(2)
        }
    }
}

fn opdracht(words: impl IntoIterator<Item = OsString>) -> Uitkomst {
    let (plaats, words) = Plaats::neem(words)?;
    let mut woorden = Parser::from_args(words);
    match volgend_woord(&mut woorden)?.as_deref() {
        Some("plicht") => plicht::run(&mut woorden),
        Some("signalen") => signalen::run(&plaats, &mut woorden),
        Some("bench") => bench::run(&mut woorden),
        Some("demo") => demo::demo(&plaats, &mut woorden),
        Some("overzicht") => demo::overzicht(&plaats, &mut woorden),
        Some("serve") => serve::run(&plaats, &mut woorden),
        Some("stand") => stand::stand(&plaats, &mut woorden),
        Some("explain") => stand::explain(&plaats, &mut woorden),
        Some("init") => init::init(&plaats, &mut woorden),
        Some("import") => {
            let wat = volgend_woord(&mut woorden)?;
            importeren::run(&plaats, wat.as_deref(), &mut woorden)
        }
        Some("account") => account::run(&plaats, &mut woorden),
        Some("leeslog") => leeslog::run(&plaats, &mut woorden),
        Some("verify") => bewaring::verify(&plaats, &mut woorden),
        Some("backup") => bewaring::backup(&plaats, &mut woorden),
        Some("restore") => bewaring::restore(&plaats, &mut woorden),
        Some("check") => match volgend_woord(&mut woorden)?.as_deref() {
            Some("protocol") => check::protocol(&mut woorden),
            Some("convenant") => check::convenant(&mut woorden),
            Some("region") => init::check(&mut woorden),
            _ => Err(Fout::gebruik("Na check hoort: protocol BESTAND, convenant BESTAND of region BESTAND.")),
        },
        Some("compare") => match volgend_woord(&mut woorden)?.as_deref() {
            Some("protocol") => vergelijk::protocol(&plaats, &mut woorden),
            _ => Err(Fout::gebruik("Na compare hoort: protocol A B.")),
        },
        Some("generate") => match volgend_woord(&mut woorden)?.as_deref() {
            Some("verzuim") => generate::verzuim(&mut woorden),
            _ => Err(Fout::gebruik("Na generate hoort: verzuim.")),
        },
        Some("help") => {
            zeg!("{GEBRUIK}");
            Ok(Afloop::Goed)
        }
        Some(woord) => Err(Fout::gebruik(format!("De opdracht {woord} bestaat niet.\n\n{GEBRUIK}"))),
        None => Err(Fout::gebruik(GEBRUIK)),
    }
}

/// Runs what waits for the disk to its end.
fn wacht<T>(werk: impl Future<Output = Result<T, Fout>>) -> Result<T, Fout> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime
        .map_err(|_| Fout::kan_niet("Het systeem geeft geen ruimte om te werken. Probeer het opnieuw."))?
        .block_on(werk)
}

/// A whole file of at most so many bytes.
fn lees_bestand(pad: &Path, hoogstens: u64) -> Result<Vec<u8>, Fout> {
    let mis = |fout| Fout::bestand(pad, "gelezen", &fout);
    let mut bytes = Vec::new();
    File::open(pad).map_err(mis)?.take(hoogstens + 1).read_to_end(&mut bytes).map_err(mis)?;
    if bytes.len() as u64 > hoogstens {
        let grens = getal(hoogstens);
        return Err(Fout::kan_niet(format!(
            "{} is te groot: toegestaan zijn {grens} bytes. Lever het in delen.",
            pad.display()
        )));
    }
    Ok(bytes)
}

/// The next word, which is no flag; `None` at the end.
fn volgend_woord(woorden: &mut Parser) -> Result<Option<String>, Fout> {
    match woorden.next()? {
        Some(Arg::Value(woord)) => Ok(Some(woord.string()?)),
        Some(Arg::Long("help") | Arg::Short('h')) => Ok(Some("help".to_owned())),
        Some(vlag) => Err(vlag.unexpected().into()),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_use_is_refused_with_the_next_step() {
        let gevallen: [(&[&str], &str); 12] = [
            (&[], "Gebruik:"),
            (&["signaal"], "De opdracht signaal bestaat niet."),
            (&["signalen"], "--reden"),
            (&["signalen", "--indeling", "anders"], "Kies leerrecht, las, somtoday of kaal"),
            (&["signalen", "--indeling", "kaal"], "--protocol BESTAND"),
            (&["signalen", "--indeling", "kaal", "--draden", "0"], "1 tot en met 64"),
            (&["signalen", "--kleur"], "--kleur hoort niet bij deze opdracht."),
            (
                &["check", "protocol", "bestaat-niet.toml"],
                "bestaat-niet.toml kan niet worden gelezen: het bestaat niet.",
            ),
            (&["compare", "protocol", "een.toml"], "twee bestanden"),
            (&["compare", "protocol", "a", "b", "--indeling", "las"], "alleen --indeling kaal"),
            (&["generate", "verzuim", "--size", "XL"], "S, M of L"),
            (&["generate", "verzuim", "--size", "S"], "--uit MAP"),
        ];
        for (woorden, melding) in gevallen {
            let weigering = opdracht(woorden.iter().map(OsString::from)).expect_err("wrong use").to_string();
            assert!(weigering.contains(melding), "{woorden:?}: {weigering}");
        }
    }
}
