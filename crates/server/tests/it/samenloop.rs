//! Commands that are killed, and commands at the same time.

use std::time::{Duration, Instant};

use crate::plek::{LEERLING_KOP, Plek, VERZUIM_KOP};

/// Pupils in the file that is killed: some ten thousand facts, in more than one transaction.
const LEERLINGEN: u32 = 1_700;
/// Pupils in the files that are read beside something else.
const MINDER: u32 = 500;
/// Kills per import.
const KILLS: u32 = 3;

/// Half of the pupils have no number but that of the school, so that nothing else can find them back.
fn leerlingen(aantal: u32) -> String {
    let mut text = format!("{LEERLING_KOP}\n");
    let numbers = (0u32..).map(|n| format!("{:08}", 99_990_000 + n)).filter_map(|eight| met_controlecijfer(&eight));
    for (n, bsn) in (0..aantal).zip(numbers) {
        let school = if n % 2 == 0 { "90AA00" } else { "90AB00" };
        let bsn = if n % 4 < 2 { "" } else { &bsn };
        let (month, day) = (n % 12 + 1, n % 28 + 1);
        text.push_str(&format!("{school};{n};Naam{n};2011-{month:02}-{day:02};{bsn};2023-08-01;;Ouder{n};moeder\n"));
    }
    text
}

fn met_controlecijfer(eight: &str) -> Option<String> {
    let sum: u32 = eight.bytes().zip((2..=9).rev()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    (sum % 11 < 10).then(|| format!("{eight}{}", sum % 11))
}

fn verzuim() -> String {
    let mut text = "#levering vestigingscode=90AA00;van=2025-03-01;tot_en_met=2025-03-31\n".to_owned();
    text.push_str(VERZUIM_KOP);
    for n in (0..LEERLINGEN).step_by(2) {
        for day in [3, 10, 17] {
            text.push_str(&format!("\n90AA00;{n};2025-03-{day:02};;dag;ziek"));
        }
    }
    text
}

#[expect(clippy::disallowed_methods, reason = "how long an import takes, to kill it somewhere in the middle")]
fn now() -> Instant {
    Instant::now()
}

/// What `verify` counts, but for the keys: those of a transaction that never came stay behind, and seal nothing.
fn gegevens(plek: &Plek) -> String {
    let telling = plek.telling();
    let keys = |part: &&str| !part.contains("sleutels");
    telling.split(", ").filter(keys).collect::<Vec<_>>().join(", ")
}

/// Kills an import at several moments of its run; each time what is there is whole, and the same file makes it complete.
/// Gives the register of an import that was left alone.
fn kill(begin: &Plek, wat: &str) -> Plek {
    let reference = begin.kopie();
    reference.schrijf("bestand.csv", begin.lees("bestand.csv"));
    let start = now();
    reference.goed(&["import", wat, "bestand.csv"]);
    let took = start.elapsed();
    let expected = gegevens(&reference);
    // Another moment in every run of the tests.
    let shift = std::process::id() % 97;
    let mut stopped = 0;
    for nr in 0..KILLS {
        let plek = begin.kopie();
        plek.schrijf("bestand.csv", begin.lees("bestand.csv"));
        let moment = took * (nr * 97 + shift) / (KILLS * 97);
        let mut child = plek.start(&["import", wat, "bestand.csv"]);
        std::thread::sleep(moment);
        stopped += u32::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        plek.telling();
        plek.goed(&["import", wat, "bestand.csv"]);
        assert_eq!(gegevens(&plek), expected, "{wat}, killed after {moment:?} of {took:?}");
    }
    assert!(stopped > 0, "no import was still at work when it was killed");
    reference
}

#[test]
fn an_import_that_is_killed_is_completed_by_the_same_file() {
    let plek = Plek::scholen();
    plek.schrijf("bestand.csv", leerlingen(LEERLINGEN));
    let plek = kill(&plek, "leerlingen");
    plek.schrijf("bestand.csv", verzuim());
    kill(&plek, "verzuim");
}

#[test]
fn two_imports_at_once_are_one_after_the_other() {
    let plek = Plek::scholen();
    plek.schrijf("bestand.csv", leerlingen(MINDER));
    let words = ["import", "leerlingen", "bestand.csv"];
    let alone = plek.kopie();
    alone.schrijf("bestand.csv", leerlingen(MINDER));
    alone.goed(&words);
    let both = [plek.start(&words), plek.start(&words)];
    let ends = both.map(|child| plek.einde(child));
    let refused = |word: &str| ends.iter().filter(|afloop| afloop.alles().contains(word)).count();
    let done = refused("nieuwe gegevens vastgelegd.");
    assert_eq!(done, 1, "{ends:?}");
    assert_eq!(refused("Er wordt al een bestand ingelezen") + refused("Alles stond al zo"), 1, "{ends:?}");
    assert_eq!(plek.telling(), alone.telling());
}

#[test]
fn a_check_beside_an_import_disturbs_nothing() {
    let plek = Plek::scholen();
    plek.schrijf("bestand.csv", leerlingen(MINDER));
    let mut import = plek.start(&["import", "leerlingen", "bestand.csv"]);
    let mut checks = 0;
    while import.try_wait().unwrap().is_none() && checks < 50 {
        plek.telling();
        checks += 1;
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(plek.einde(import).status, 0);
    plek.telling();
}
