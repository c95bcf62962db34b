//! Who may sign in, from the console: the first beheerder, invitations, closing, copies.

use crate::plek::{Plek, REGIO};

const BEHEERDER: &str = "
[[medewerker]]
code = \"beheer-1\"
naam = \"mw. Kanariebeheer\"
functie = \"beheerder van het register\"
organisatie = \"regio\"
email = \"Vink@Kanarie.example\"
werkdagen = [\"ma\"]
rollen = [\"beheerder\"]

[[medewerker]]
code = \"leerplicht-alkmaar-1\"
naam = \"mw. Achternaam\"
functie = \"leerplichtambtenaar\"
organisatie = \"alkmaar\"
email = \"lpa@alkmaar.example\"
werkdagen = [\"ma\", \"di\"]
rollen = [\"leerplichtambtenaar\"]
";

/// A region with a beheerder, and what `init` said.
fn met_beheerder() -> (Plek, String) {
    let plek = Plek::leeg();
    plek.schrijf("regio.toml", format!("{REGIO}\n{BEHEERDER}"));
    let afloop = plek.goed(&["init", "--region", "regio.toml"]);
    (plek, afloop.uit)
}

/// The link that was printed.
fn link(printed: &str) -> &str {
    let line = printed.lines().find(|line| line.trim().starts_with("/welkom/")).expect("a link was printed");
    let link = line.trim();
    assert_eq!(link.len(), "/welkom/".len() + 64, "{link}");
    link
}

#[test]
fn a_new_region_gives_its_first_beheerder_a_link() {
    let (plek, printed) = met_beheerder();
    link(&printed);
    assert!(printed.contains("vink@kanarie.example is de eerste beheerder."), "{printed}");
    assert!(printed.contains("De link werkt één keer, tot "), "{printed}");
    let lijst = plek.goed(&["account", "lijst"]).uit;
    assert!(lijst.contains("vink@kanarie.example  wacht op link  zonder app  nog nooit aangemeld"), "{lijst}");
    assert!(plek.telling().ends_with("3 over accounts."), "{}", plek.telling());
    assert!(Plek::regio().goed(&["account", "lijst"]).uit.contains("Er zijn nog geen accounts."));
}

#[test]
fn a_region_without_beheerder_says_so() {
    let plek = Plek::leeg();
    plek.schrijf("regio.toml", REGIO);
    let afloop = plek.goed(&["init", "--region", "regio.toml"]);
    assert!(afloop.uit.contains("niemand kan zich aanmelden"), "{afloop:?}");
}

#[test]
fn accounts_are_invited_closed_opened_and_recovered() {
    let (plek, _) = met_beheerder();
    let first = plek.goed(&["account", "uitnodigen", "LPA@alkmaar.example"]).uit;
    let second = plek.goed(&["account", "uitnodigen", "lpa@alkmaar.example"]).uit;
    assert_ne!(link(&first), link(&second), "the second replaces the first");
    for (words, melding) in [
        (vec!["account", "uitnodigen", "iemand@elders.example"], "hoort bij geen medewerker"),
        (vec!["account", "uitnodigen", "geen adres"], "Dit is geen e-mailadres."),
        (vec!["account", "blokkeren", "iemand@elders.example"], "hoort geen account"),
        (vec!["account", "herstellen", "iemand@elders.example"], "hoort geen account"),
        (vec!["account"], "Na account hoort"),
        (vec!["account", "blokkeren"], "Na account hoort"),
        (vec!["account", "lijst", "lpa@alkmaar.example"], "Na account hoort"),
        (vec!["account", "lijst", "--alles"], "--alles hoort niet bij deze opdracht"),
    ] {
        let afloop = plek.draai(&words);
        assert_eq!(afloop.status, 2, "{words:?}");
        assert!(afloop.fout.contains(melding), "{words:?}: {afloop:?}");
        assert!(!afloop.fout.contains("elders.example"), "an address was printed where nobody asked: {afloop:?}");
    }
    plek.goed(&["account", "blokkeren", "lpa@alkmaar.example"]);
    let refused = plek.draai(&["account", "herstellen", "lpa@alkmaar.example"]);
    assert!(refused.fout.contains("Geef het eerst vrij."), "{refused:?}");
    let lijst = plek.goed(&["--json", "account", "lijst"]).uit;
    assert!(lijst.contains("\"stand\":\"geblokkeerd\""), "{lijst}");
    plek.goed(&["account", "vrijgeven", "lpa@alkmaar.example"]);
    link(&plek.goed(&["account", "herstellen", "lpa@alkmaar.example", "--alles"]).uit);
}

#[test]
fn a_copy_brings_accounts_back_and_a_register_can_do_without() {
    let (plek, _) = met_beheerder();
    let copied = plek.goed(&["backup", "kopie.db"]).uit;
    assert!(copied.contains("De accounts staan in kopie.db.toegang."), "{copied}");
    let back = |plek: &Plek| {
        std::fs::remove_dir_all(plek.data()).unwrap();
        plek.goed(&["restore", "kopie.db"]).uit
    };
    let restored = back(&plek);
    assert!(restored.contains("Iedereen moet zich opnieuw aanmelden."), "{restored}");
    assert!(plek.goed(&["account", "lijst"]).uit.contains("vink@kanarie.example"));

    std::fs::remove_file(plek.pad("kopie.db.toegang")).unwrap();
    let restored = back(&plek);
    assert!(restored.contains("Er zijn geen accounts bij."), "{restored}");
    assert!(plek.telling().ends_with("0 over accounts."));
    link(&plek.goed(&["account", "uitnodigen", "vink@kanarie.example"]).uit);
}

#[test]
fn nothing_about_people_lies_readable_in_the_folder() {
    let (plek, _) = met_beheerder();
    plek.goed(&["account", "uitnodigen", "lpa@alkmaar.example"]);
    plek.goed(&["backup", "kopie.db"]);
    let mut files: Vec<_> = std::fs::read_dir(plek.data()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.push(plek.pad("kopie.db.toegang"));
    assert!(files.iter().any(|file| file.ends_with("toegang.db")));
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        for text in ["vink@kanarie", "Vink@Kanarie", "Kanariebeheer", "lpa@alkmaar"] {
            assert!(!bytes.windows(text.len()).any(|window| window == text.as_bytes()), "{text} in {}", file.display());
        }
    }
}
