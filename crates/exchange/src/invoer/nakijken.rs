//! A second look at the rows of a file, once the register has said which of them it cannot place.

use std::collections::BTreeSet;

use super::bevinding::{Ernst, Gebrek};
use super::lezing::Invoer;
use super::regels::Rij;

/// Refuses rows after all. Those that were refused when the file was read are passed over.
pub(super) struct Nakijken<'i, T> {
    invoer: &'i mut Invoer<T>,
    eerder: BTreeSet<u64>,
}

impl<T> Invoer<T> {
    /// Starts the second look; afterwards the findings are put in order with [`Invoer::sort`].
    pub(super) fn nakijken(&mut self) -> Nakijken<'_, T> {
        let eerder = self.afgewezen.regels().collect();
        Nakijken { invoer: self, eerder }
    }

    /// Puts findings and refused rows in the order of the file.
    pub(super) fn sort(&mut self) {
        self.bevindingen.sort();
        self.afgewezen.sort();
    }
}

impl<T> Nakijken<'_, T> {
    /// The row becomes a finding and goes to the file of refused rows.
    pub fn weiger(&mut self, rij: &Rij<'_>, veld: &'static str, gebrek: Gebrek) {
        if !self.eerder.insert(rij.regel) {
            return;
        }
        let Invoer { telling, bevindingen, afgewezen, .. } = &mut *self.invoer;
        afgewezen.add(rij.regel, rij.ruw, &format!("{} {}", gebrek.wat, gebrek.toegestaan));
        bevindingen.add(rij.regel, veld.into(), Ernst::Fout, gebrek);
        telling.afgewezen += 1;
        telling.overgenomen = telling.overgenomen.saturating_sub(1);
    }
}
