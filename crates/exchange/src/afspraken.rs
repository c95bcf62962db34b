//! The tables `[klok]` and `[termijnen]` of the protocol: values that no law fixes and that the region decides.

use std::fmt;

use domain::region::{KlokAfspraken, TermijnAfspraken};
use toml::{Table, Value};

/// A value that cannot be, with the field and what is allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AfspraakFout {
    /// Table and field, as `klok.maanden`.
    pub veld: String,
    /// What is wrong and what is allowed, whole Dutch sentences.
    pub uitleg: String,
}

impl fmt::Display for AfspraakFout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.veld, self.uitleg)
    }
}

/// Reads the two tables from the text of a protocol; what is absent keeps its default.
///
/// # Errors
/// Every field that is unknown or out of bounds. A text that is no TOML gives one error.
pub fn lees(tekst: &str) -> Result<(KlokAfspraken, TermijnAfspraken), Vec<AfspraakFout>> {
    let Ok(document) = tekst.parse::<Table>() else {
        let uitleg = "Dit is geen leesbaar protocol. Controleer het met `leerrecht check protocol`.".to_owned();
        return Err(vec![AfspraakFout { veld: "protocol".to_owned(), uitleg }]);
    };
    let mut lezer = Lezer { fouten: Vec::new() };
    let klok = lezer.klok(&document);
    let termijnen = lezer.termijnen(&document);
    if lezer.fouten.is_empty() { Ok((klok, termijnen)) } else { Err(lezer.fouten) }
}

struct Lezer {
    fouten: Vec<AfspraakFout>,
}

impl Lezer {
    fn klok(&mut self, document: &Table) -> KlokAfspraken {
        let mut klok = KlokAfspraken::default();
        for (veld, value) in self.tabel(document, "klok") {
            match veld.as_str() {
                "schooldagen_zonder_deelname" => {
                    self.getal(&veld, &value, 1..=60, &mut klok.schooldagen_zonder_deelname)
                }
                "deelname_procent" => self.getal(&veld, &value, 1..=99, &mut klok.deelname_procent),
                "lesweken" => self.getal(&veld, &value, 1..=12, &mut klok.lesweken),
                "maanden" => self.signed(&veld, &value, 1..=12, &mut klok.maanden),
                "waarschuwingen" => self.dagen(&veld, &value, &mut klok.waarschuwingen),
                "doorzettingsmacht" => self.signed(&veld, &value, 1..=366, &mut klok.doorzettingsmacht),
                "aanbod_weken" => self.getal(&veld, &value, 1..=12, &mut klok.aanbod_weken),
                "aanbod_procent" => self.getal(&veld, &value, 1..=100, &mut klok.aanbod_procent),
                "terug_schooldagen" => self.getal(&veld, &value, 1..=100, &mut klok.terug_schooldagen),
                "terug_procent" => self.getal(&veld, &value, 1..=100, &mut klok.terug_procent),
                "optel_maanden" => self.signed(&veld, &value, 0..=36, &mut klok.optel_maanden),
                "zorg_weken" => self.signed(&veld, &value, 1..=26, &mut klok.zorg_weken),
                "casustafel_schooldagen" => self.getal(&veld, &value, 1..=60, &mut klok.casustafel_schooldagen),
                _ => self.onbekend("klok", &veld),
            }
        }
        klok
    }

    fn termijnen(&mut self, document: &Table) -> TermijnAfspraken {
        let mut termijnen = TermijnAfspraken::default();
        for (veld, value) in self.tabel(document, "termijnen") {
            let plek = match veld.as_str() {
                "melding_werkdagen" => &mut termijnen.melding_werkdagen,
                "reactie_werkdagen" => &mut termijnen.reactie_werkdagen,
                "eigenaar_schooldagen" => &mut termijnen.eigenaar_schooldagen,
                "gesprek_schooldagen" => &mut termijnen.gesprek_schooldagen,
                "te_laat_schooldagen" => &mut termijnen.te_laat_schooldagen,
                _ => {
                    self.onbekend("termijnen", &veld);
                    continue;
                }
            };
            self.getal(&veld, &value, 1..=60, plek);
        }
        termijnen
    }

    fn tabel(&mut self, document: &Table, naam: &str) -> Table {
        match document.get(naam) {
            None => Table::new(),
            Some(Value::Table(tabel)) => tabel.clone(),
            Some(_) => {
                self.fout(naam, format!("Dit is geen tabel. Schrijf [{naam}] met daaronder de velden."));
                Table::new()
            }
        }
    }

    fn getal(&mut self, veld: &str, value: &Value, mag: std::ops::RangeInclusive<u32>, plek: &mut u32) {
        let read = value.as_integer().and_then(|n| u32::try_from(n).ok()).filter(|n| mag.contains(n));
        match read {
            Some(n) => *plek = n,
            None => {
                self.fout(veld, format!("Toegestaan is een geheel getal van {} tot en met {}.", mag.start(), mag.end()))
            }
        }
    }

    fn signed(&mut self, veld: &str, value: &Value, mag: std::ops::RangeInclusive<u32>, plek: &mut i32) {
        let mut read = u32::try_from(*plek).unwrap_or_default();
        self.getal(veld, value, mag, &mut read);
        *plek = i32::try_from(read).unwrap_or(*plek);
    }

    fn dagen(&mut self, veld: &str, value: &Value, plek: &mut Vec<i32>) {
        let list = value.as_array().map(|list| {
            list.iter().map(|n| n.as_integer().and_then(|n| i32::try_from(n).ok()).filter(|n| (1..=366).contains(n)))
        });
        let read: Option<Vec<i32>> = list.and_then(Iterator::collect);
        match read.filter(|days| !days.is_empty() && days.is_sorted()) {
            Some(days) => *plek = days,
            None => self
                .fout(veld, "Toegestaan is een oplopende lijst van dagen na het begin, bijvoorbeeld [28, 42, 63, 77]."),
        }
    }

    fn onbekend(&mut self, tabel: &str, veld: &str) {
        self.fout(&format!("{tabel}.{veld}"), "Dit veld is niet bekend. Controleer de spelling of laat het weg.");
    }

    fn fout(&mut self, veld: &str, uitleg: impl Into<String>) {
        self.fouten.push(AfspraakFout { veld: veld.to_owned(), uitleg: uitleg.into() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_protocol_leaves_out_keeps_its_default() {
        assert_eq!(lees("titel = \"x\""), Ok((KlokAfspraken::default(), TermijnAfspraken::default())));
        let (klok, termijnen) =
            lees("[klok]\nmaanden = 2\nwaarschuwingen = [14, 28]\n[termijnen]\nreactie_werkdagen = 3").unwrap();
        assert_eq!((klok.maanden, klok.waarschuwingen), (2, vec![14, 28]));
        assert_eq!((termijnen.reactie_werkdagen, termijnen.melding_werkdagen), (3, 5));
    }

    #[test]
    fn a_value_that_cannot_be_is_named_with_what_is_allowed() {
        for (tekst, veld, mag) in [
            ("[klok]\nmaanden = 0", "maanden", "1 tot en met 12"),
            ("[klok]\ndeelname_procent = \"half\"", "deelname_procent", "1 tot en met 99"),
            ("[klok]\nwaarschuwingen = [42, 28]", "waarschuwingen", "oplopende lijst"),
            ("[klok]\nmaand = 3", "klok.maand", "niet bekend"),
            ("klok = 3", "klok", "geen tabel"),
            ("[termijnen]\nreactie = 3", "termijnen.reactie", "niet bekend"),
            ("[klok", "protocol", "check protocol"),
        ] {
            let fouten = lees(tekst).unwrap_err();
            assert_eq!(fouten.len(), 1, "{tekst}");
            assert_eq!(fouten[0].veld, veld);
            assert!(fouten[0].uitleg.contains(mag), "{}", fouten[0]);
        }
    }
}
