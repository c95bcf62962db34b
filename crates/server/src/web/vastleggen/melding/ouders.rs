//! The words that parents read (or, from 18, the youth) before a melding is sent: the very words of the form, so that
//! they know what leerplicht will read.

use domain::body::MeldingSoort;
use domain::calendar::datum;
use sha2::{Digest, Sha256};

use crate::hex::hex;
use crate::web::formulier::{Formulier, lees_dag};
use crate::weergave::woorden::zin;

/// The text, as paragraphs; and by what it is known again, to tell whether it was shown before it was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Oudertekst {
    /// Paragraphs.
    pub alineas: Vec<String>,
    /// What the school writes, word for word.
    pub woordelijk: Vec<String>,
    /// What the samenwerkingsverband is asked, word for word; empty when it is not asked.
    pub vraag: Vec<String>,
    /// The last paragraphs.
    pub slot: Vec<String>,
}

impl Oudertekst {
    /// Short text that differs when any word differs.
    pub fn kenmerk(&self) -> String {
        let mut digest = Sha256::new();
        for part in [&self.alineas, &self.woordelijk, &self.vraag, &self.slot].into_iter().flatten() {
            digest.update(part.len().to_be_bytes());
            digest.update(part);
        }
        hex(digest.finalize().get(..8).unwrap_or_default())
    }
}

/// The text for a form as it is filled in. It rests on the form alone.
pub fn oudertekst(f: &Formulier, school: &str) -> Oudertekst {
    let soort = MeldingSoort::from_code(f.waarde("soort"));
    let adult = matches!(soort, Some(MeldingSoort::V4 | MeldingSoort::Rmc));
    let (wie, van_wie) = if adult { ("U", "uw verzuim") } else { ("Uw kind", "het verzuim van uw kind") };
    let words = |naam: &str| f.waarde(naam).trim().to_owned();
    let day = |naam: &str| lees_dag(f.waarde(naam)).map(datum);

    let why = match soort {
        Some(MeldingSoort::Lrv | MeldingSoort::Rmc) => {
            format!("{wie} mist al langer dan vier weken lessen, zonder geldige reden.")
        }
        Some(MeldingSoort::L) => format!("{wie} was met vakantie buiten de schoolvakanties, zonder verlof."),
        Some(MeldingSoort::V3 | MeldingSoort::V4) => {
            format!("{wie} miste in vier lesweken 16 uur of meer, zonder geldige reden.")
        }
        _ => format!("Wij maken ons zorgen over {van_wie}."),
    };
    let until = day("einde").map(|last| format!(" tot en met {last}")).unwrap_or_default();
    let since = day("begin").unwrap_or_else(|| "…".to_owned());
    let alineas = vec![
        format!("{why} Wij melden dit aan de leerplichtambtenaar van uw gemeente. De melding gaat via DUO."),
        format!("Het gaat om {van_wie} vanaf {since}{until}. Wij schrijven daarbij:"),
    ];
    let lessons =
        if f.is("alle_lessen", "ja") { "alle lessen zijn gemist" } else { "een deel van de lessen is gemist" };
    let reden = if words("reden").is_empty() { "niet bekend".to_owned() } else { words("reden") };
    let asked =
        if f.is("gewenst", "nee") { "Wij vragen de gemeente niets, omdat" } else { "Wat wij de gemeente vragen" };
    let woordelijk = vec![
        format!("Reden die wij vermoeden: {reden}"),
        format!("Lessen: {lessons}"),
        format!("Wat wij zelf deden: {}", words("actie_school")),
        format!("{asked}: {}", words("actie_gewenst")),
    ];
    let invite = if adult {
        "De leerplichtambtenaar kan u uitnodigen voor een gesprek en hoort dan ook wat u ervan vindt."
    } else {
        "De leerplichtambtenaar kan u uitnodigen voor een gesprek. Die hoort dan wat u ervan vindt, en vanaf 12 jaar ook wat uw kind ervan vindt."
    };
    let slot = vec![invite.to_owned(), format!("Klopt hier iets niet? Zeg het ons. {}", zin(school))];
    Oudertekst { alineas, woordelijk, vraag: if f.is("vraag_ook", "ja") { vraag(f) } else { Vec::new() }, slot }
}

/// What is asked of the samenwerkingsverband, in the words of the form.
fn vraag(f: &Formulier) -> Vec<String> {
    let asked = [
        ("Onze vraag", "vraag"),
        ("Wat is geprobeerd", "geprobeerd"),
        ("Hoeveel uw kind nu meedoet", "deelname"),
        ("Wat u ervan vindt", "visie_ouders"),
        ("Wat uw kind ervan vindt", "visie_leerling"),
    ];
    let filled = asked.into_iter().map(|(label, naam)| (label, f.waarde(naam).trim()));
    filled.filter(|(_, words)| !words.is_empty()).map(|(label, words)| format!("{label}: {words}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(soort: &str) -> Formulier {
        Formulier::open()
            .met("soort", soort)
            .met("begin", "2026-02-09")
            .met("reden", "ruzie in de klas")
            .met("gewenst", "ja")
            .met("actie_gewenst", "een gesprek")
            .met("actie_school", "gebeld")
    }

    fn all(tekst: &Oudertekst) -> String {
        [&tekst.alineas, &tekst.woordelijk, &tekst.vraag, &tekst.slot].into_iter().flatten().cloned().collect()
    }

    #[test]
    fn parents_read_the_words_of_the_form_and_none_that_hurt() {
        for soort in MeldingSoort::ALL {
            let text = all(&oudertekst(&form(soort.code()), "Proefcollege De Meent")).to_lowercase();
            for words in ["ruzie in de klas", "een gesprek", "gebeld", "9 februari 2026", "proefcollege de meent"] {
                assert!(text.contains(words), "{soort:?}: {words}");
            }
            for word in ["luxe", "thuiszitter", "verbaal", "langdurig relatief"] {
                assert!(!text.contains(word), "{soort:?}: {word}");
            }
        }
    }

    #[test]
    fn any_other_word_makes_another_text_and_who_was_told_does_not() {
        let first = oudertekst(&form("V3"), "De Meent").kenmerk();
        assert_eq!(oudertekst(&form("V3").met("verteld", "leerling"), "De Meent").kenmerk(), first);
        for (naam, waarde) in [("reden", "x"), ("einde", "2026-03-01"), ("gewenst", "nee"), ("alle_lessen", "ja")] {
            assert_ne!(oudertekst(&form("V3").met(naam, waarde), "De Meent").kenmerk(), first, "{naam}");
        }
        let asked = form("V3").met("vraag_ook", "ja").met("vraag", "een plek");
        let text = oudertekst(&asked, "De Meent");
        assert!(text.vraag.contains(&"Onze vraag: een plek".to_owned()) && text.kenmerk() != first);
    }
}
