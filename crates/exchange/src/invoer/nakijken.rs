//! A second look at the rows of a file, once the register has said which of them it cannot place.

use std::collections::BTreeSet;

use super::bevinding::{Ernst, Gebrek, Weigering};
use super::kop::Kop;
use super::lezing::{Invoer, Lezing};
use super::regels::{Rij, Stuk};
use super::{MAX_RIJEN, tekst, verzuim};

impl<T> Invoer<T> {
    /// Refuses rows of the same file that `kijk` does not accept, given the line and the cells of the columns `velden`:
    /// they become findings and go to the file of refused rows. Rows that were refused before are passed over.
    ///
    /// # Errors
    /// When the file cannot be read, which it could before.
    pub fn weiger(
        &mut self,
        bytes: &[u8],
        velden: &[&'static str],
        mut kijk: impl FnMut(u64, &[&str]) -> Option<(&'static str, Gebrek)>,
    ) -> Result<(), Weigering> {
        let (codering, text) = tekst::decode(bytes)?;
        let (_, stuk): (bool, Stuk<'_>) = verzuim::after_levering(&text);
        let find = |kop: &mut Kop| velden.iter().map(|naam| kop.optional(*naam)).collect::<Vec<_>>();
        let (mut lezing, kolommen) = Lezing::open(codering, stuk, MAX_RIJEN, find)?;
        let before: BTreeSet<u64> = self.afgewezen.regels().collect();
        let mut rij = Rij::default();
        while lezing.next(&mut rij)? {
            let cells: Vec<&str> = kolommen.iter().map(|kolom| kolom.text(&rij)).collect();
            let Some((veld, gebrek)) = kijk(rij.regel, &cells).filter(|_| !before.contains(&rij.regel)) else {
                continue;
            };
            self.afgewezen.add(rij.regel, rij.ruw, &format!("{} {}", gebrek.wat, gebrek.toegestaan));
            self.bevindingen.add(rij.regel, veld.into(), Ernst::Fout, gebrek);
            self.telling.afgewezen += 1;
            self.telling.overgenomen = self.telling.overgenomen.saturating_sub(1);
        }
        self.bevindingen.sort();
        self.afgewezen.sort();
        Ok(())
    }
}
