//! Words of illness in a melding: nothing medical reaches leerplicht. Who writes is asked once, before it is sent; they
//! know what their words mean, the register does not.

use std::collections::BTreeSet;

use register::vouw;

use crate::web::formulier::Formulier;

/// The field of the answer.
pub const VELD: &str = "medisch";
/// The field with the words about which was asked: the answer is about these and no others.
pub const OVER: &str = "medisch_over";
/// The answer that all may stay: nothing medical stands there.
pub const NIET: &str = "niet";
/// The answer that it will be taken out.
pub const WEG: &str = "weg";

/// Texts that leave the school with a melding, with their names on the form.
const TEKSTEN: &[(&str, &str)] = &[
    ("reden", "Vermoedelijke reden"),
    ("actie_school", "Wat deed de school zelf?"),
    ("actie_gewenst", "Wat vraagt u, of waarom niets?"),
];
/// The same with the question to the samenwerkingsverband, when that is asked.
const VRAGEN: &[(&str, &str)] = &[
    ("vraag", "Wat is uw vraag?"),
    ("geprobeerd", "Wat is al geprobeerd?"),
    ("deelname", "Hoeveel doet de leerling nu mee?"),
    ("visie_ouders", "Wat vinden de ouders?"),
    ("visie_leerling", "Wat vindt de leerling?"),
];

/// With these begin words that are about illness, treatment or a diagnosis, without capitals and marks. It helps to look
/// once more; it never decides.
const BEGINT: &[&str] = &[
    "adhd",
    "allergi",
    "anorexi",
    "antidepress",
    "arts",
    "astma",
    "autis",
    "behandelaar",
    "bloed",
    "boulimi",
    "braken",
    "braakt",
    "buikgriep",
    "burn",
    "chronisch",
    "corona",
    "covid",
    "depress",
    "diabet",
    "diagnos",
    "dokter",
    "dyslexi",
    "epileps",
    "ggz",
    "griep",
    "hernia",
    "hersenschudding",
    "huisarts",
    "kanker",
    "koorts",
    "medic",
    "medisch",
    "migraine",
    "misselijk",
    "ongesteld",
    "operatie",
    "overspannen",
    "paniekaanval",
    "pfeiffer",
    "pijn",
    "psych",
    "ptss",
    "revalid",
    "suicid",
    "therap",
    "trauma",
    "verslav",
    "ziek",
    "zwanger",
];
/// And so some end.
const EINDIGT: &[&str] = &["arts", "stoornis", "medicijn", "medicijnen", "pijn"];
/// And so some are, whole.
const HEEL: &[&str] = &["add", "ass", "nah", "odd", "ocd", "pdd"];

/// The words of illness in a text, as they stand there.
fn woorden(tekst: &str) -> impl Iterator<Item = &str> {
    let words = tekst.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| {
        let plain = vouw(word);
        BEGINT.iter().any(|begin| plain.starts_with(begin))
            || EINDIGT.iter().any(|end| plain.ends_with(end))
            || HEEL.contains(&plain.as_str())
    })
}

/// The texts that are sent, with their names on the form.
fn teksten(f: &Formulier) -> impl Iterator<Item = (&'static str, &str)> {
    let asked = if f.is("vraag_ook", "ja") { VRAGEN } else { &[] };
    TEKSTEN.iter().chain(asked).map(|(veld, naam)| (*naam, f.waarde(veld)))
}

/// All words of illness that stand in them, for [`OVER`].
pub fn over(f: &Formulier) -> String {
    let words: BTreeSet<String> = teksten(f).flat_map(|(_, tekst)| woorden(tekst).map(vouw)).collect();
    words.into_iter().collect::<Vec<_>>().join(" ")
}

/// Where such words stand, in a sentence for who wrote them; nothing when there are none.
pub fn gezien(f: &Formulier) -> Option<String> {
    let found = teksten(f).filter_map(|(naam, tekst)| Some((naam, woorden(tekst).next()?)));
    let places: Vec<String> = found.map(|(naam, word)| format!("Bij \"{naam}\" staat: {word}.")).collect();
    (!places.is_empty()).then(|| places.join(" "))
}

/// Asks whether something medical stands there, when it may; an answer that nothing does is taken, about the words about
/// which was asked.
pub fn vraag(f: &mut Formulier) {
    if gezien(f).is_none() || f.is(VELD, NIET) && f.waarde(OVER) == over(f) {
        return;
    }
    let what = if f.is(VELD, WEG) { "Haal weg wat medisch is, en verstuur de melding dan." } else { "Maak een keuze." };
    f.zet_fout(VELD, format!("Staat er iets medisch in de melding? {what}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(reden: &str) -> Formulier {
        Formulier::open().met("reden", reden).met("actie_school", "9 februari: gebeld, geen gehoor.")
    }

    #[test]
    fn words_of_illness_are_seen_wherever_they_stand_and_plain_words_are_not() {
        for ill in
            ["Griep", "moeder zegt: ziek", "een eetstoornis", "ADHD?", "Naar de kinderarts", "vaak hoofdpijn", "ASS"]
        {
            assert!(gezien(&form(ill)).is_some(), "{ill}");
        }
        for plain in
            ["", "ruzie in de klas", "contact opgenomen met vader", "verhuisd naar Zaandam", "bang voor toetsen"]
        {
            assert_eq!(gezien(&form(plain)), None, "{plain}");
        }
        assert_eq!(gezien(&form("Zij is zíék")).unwrap(), "Bij \"Vermoedelijke reden\" staat: zíék.");
        let asked = form("").met("visie_ouders", "Hij is depressief.");
        assert_eq!(gezien(&asked), None, "what is not asked is not sent");
        assert!(gezien(&asked.met("vraag_ook", "ja")).is_some());
    }

    #[test]
    fn it_is_asked_once_and_both_answers_lead_on() {
        let goed = |mut f: Formulier| {
            vraag(&mut f);
            f.is_goed()
        };
        assert!(!goed(form("griep")), "asked");
        let project = || form("griep op school, een project").met(VELD, NIET);
        assert!(goed(project().met(OVER, "griep")), "nothing medical: on it goes");
        assert!(!goed(project().met(OVER, "griep").met("actie_school", "hij is depressief")), "asked of other words");
        assert!(!goed(project()), "nothing was asked yet");
        assert!(!goed(form("griep").met(VELD, WEG)), "it still stands there");
        assert!(goed(form("").met(VELD, WEG)), "taken out: on it goes");
    }
}
