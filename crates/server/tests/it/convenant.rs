//! The convenant as a document: checked before anybody signs it.

use crate::plek::Plek;

const STANDAARD: &str = include_str!("../../../convenant/convenant.toml");

#[test]
fn a_sound_convenant_is_shown_in_words_and_one_beyond_the_law_is_refused_by_line() {
    let plek = Plek::leeg();
    plek.schrijf("goed.toml", STANDAARD);
    let goed = plek.draai(&["check", "convenant", "goed.toml"]);
    assert_eq!(goed.status, 0, "{goed:?}");
    for words in [
        "Convenant gegevensdeling thuiszitterspact (standaard), geldig vanaf 1 augustus 2026",
        "De leerling zelf, vanaf 12 jaar",
        "Alleen als: de leerling is 12 jaar of ouder. Mag lezen en exporteren: naam,",
        "Grondslag: taak van leerplicht (Leerplichtwet art. 16, 19 en 22).",
        "Geen bevindingen.",
    ] {
        assert!(goed.uit.contains(words), "{words}\n{}", goed.uit);
    }
    let from = "relatie = [\"woongemeente\"]\nfase = [\"gemeld\"]\n";
    assert!(STANDAARD.contains(from));
    plek.schrijf("te-ruim.toml", STANDAARD.replacen(from, "relatie = [\"woongemeente\"]\n", 1));
    let te_ruim = plek.draai(&["check", "convenant", "te-ruim.toml"]);
    assert_eq!(te_ruim.status, 1, "{te_ruim:?}");
    let found = te_ruim.uit.lines().find(|line| line.contains("regelnummer")).expect("a finding");
    assert!(
        found.contains("Leerplicht: inwoners die in beeld zijn") && found.contains("fase = [\"gemeld\"]"),
        "{found}"
    );
    plek.schrijf("latijn.toml", b"titel = \"\xe9\"");
    for (words, says) in [
        (&["check", "convenant"][..], "Na check convenant hoort het bestand"),
        (&["check", "convenant", "weg.toml"], "weg.toml kan niet worden gelezen"),
        (&["check", "convenant", "goed.toml", "te-ruim.toml"], "te-ruim.toml"),
        (&["check", "convenant", "latijn.toml"], "is geen UTF-8"),
        (&["check"], "convenant BESTAND"),
    ] {
        let refused = plek.draai(words);
        assert_eq!(refused.status, 2, "{words:?} {refused:?}");
        assert!(refused.alles().contains(says), "{words:?} {refused:?}");
    }
}
