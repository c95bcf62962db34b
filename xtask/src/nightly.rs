//! `cargo xtask nightly`: the same tests for longer, and a look at the tests themselves.

use crate::{gate, mutants, shell};

/// What the tests read to know that they may take their time.
const LONG: [(&str, &str); 4] = [
    // Times that a writing process is killed; every acknowledged write must still be there.
    ("LEERRECHT_KILLS", "200"),
    // Generated cases for each comparison of the signal engine with its oracle.
    ("LEERRECHT_GEVALLEN", "5000"),
    // Pupil-years of generated regions for the same comparison, from scratch and row by row.
    ("LEERRECHT_LEERLINGJAREN", "1000000"),
    // Whole-size runs that a developer does not wait for.
    ("LEERRECHT_NACHT", "1"),
];

/// Runs the long tests, then the sample of mutants (or that only), and prints the figures.
pub fn run(only_mutants: bool) -> crate::Outcome {
    if only_mutants {
        return mutants::run();
    }
    let watch = shell::watch();
    let tests = gate::run_tests(&["--workspace".to_owned()], &LONG)?;
    println!("long tests: {tests} passed in {} s", watch.elapsed().as_secs());
    mutants::run()?;
    println!("nightly: {} s", watch.elapsed().as_secs());
    Ok(())
}
