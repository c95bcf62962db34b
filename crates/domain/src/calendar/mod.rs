//! Which days are school days, working days and public holidays, and how terms are counted over them.
//!
//! Three kinds of day, never mixed: a *kalenderdag* is any day; a *werkdag* is a day on which terms of law may end
//! ([`Werkdagen`]); a *schooldag* is a day on which one school teaches ([`Schoolkalender`]). What the holiday data do
//! not fix is *onbekend*: the calendar says so and does not guess.

mod amsterdam;
mod datum;
mod feestdagen;
mod school;
mod schooldagen;
mod termijn;
mod vakanties;
mod werkdagen;

pub use amsterdam::{begin_van_dag, dag_in_nederland, uur_in_nederland};
pub use datum::{MAANDEN, datum, datum_met_dag};
pub use feestdagen::{Bevrijdingsdag, Feestdag, feestdag, pasen};
pub use school::{
    Afwijking, AfwijkingSoort, KalenderFout, MAX_AFWIJKINGEN, Onbekend, Schooldag, Schoolkalender, Telling, Vrij,
};
pub use schooldagen::{MAX_DAGEN, Schooldagen};
pub use termijn::{Eenheid, Kalenders, Stelsel, Termijn};
pub use vakanties::{Schoolvakantie, Status, Vakantie, Vakantieregio, schoolvakanties};
pub use werkdagen::Werkdagen;

#[cfg(test)]
mod tests;
