//! The region's standing in numbers: no name, no child, so it may be shown to whoever keeps the register.

use std::collections::BTreeMap;

use domain::Date;
use domain::finding::Citation;
use domain::klok::{Gehaald, Klok};
use domain::status::StatusSoort;
use domain::termijnen::Stand;
use register::{Register, Samenvatting};

/// Weeks at which the clock warns; the buckets in which clocks are counted lie between them.
const WEKEN: [u32; 4] = [4, 6, 9, 11];

/// Numbers of one day.
#[derive(Debug, Default)]
pub struct Overzicht {
    /// Children in the register, each once.
    pub kinderen: u64,
    /// Children per status that is not "goes to school".
    pub per_status: BTreeMap<StatusSoort, u64>,
    /// Running clocks per number of whole weeks at which it last warned; 0: not yet.
    pub per_week: BTreeMap<u32, u64>,
    /// Clocks of which the three months passed.
    pub voorbij: u64,
    /// Open dossiers in which nobody was named.
    pub niemand: u64,
    /// Open terms per rule, and how many of them are late.
    pub termijnen: BTreeMap<Citation, (u64, u64)>,
    /// Signals of this school year, per rule.
    pub signalen: BTreeMap<String, u64>,
    /// Schools, and those that did not deliver up to the last weeks.
    pub scholen: (u64, u64),
}

/// A school that delivered nothing about the last so many days is behind.
const ACHTER: i32 = 45;

impl Overzicht {
    /// Counts a day.
    pub fn op(register: &mut Register, on: Date, threads: usize) -> Self {
        let mut overzicht = Overzicht::default();
        for samenvatting in register.samenvattingen(on, threads).values() {
            overzicht.tel(samenvatting);
        }
        for school in register.rules().scholen.keys() {
            let covered = register.aangeleverd(*school);
            let fresh = covered
                .iter()
                .any(|period| period.until.is_none_or(|until| until > domain::period::plus_days(on, -ACHTER)));
            overzicht.scholen.0 += 1;
            overzicht.scholen.1 += u64::from(!fresh);
        }
        overzicht
    }

    fn tel(&mut self, child: &Samenvatting) {
        self.kinderen += 1;
        if child.status.soort != StatusSoort::GaatNaarSchool {
            *self.per_status.entry(child.status.soort).or_default() += 1;
        }
        if let Some(klok) = &child.klok {
            self.tel_klok(klok);
        }
        if let Some(aan_zet) = &child.aan_zet {
            self.niemand += u64::from(aan_zet.waardoor == domain::aan_zet::Waardoor::Niemand);
        }
        for termijn in &child.termijnen {
            let (open, late) = self.termijnen.entry(termijn.regel).or_default();
            *open += 1;
            *late += u64::from(termijn.stand == Stand::TeLaat);
        }
        for signaal in &child.signalen {
            *self.signalen.entry(signaal.regel.clone()).or_default() += 1;
        }
    }

    fn tel_klok(&mut self, klok: &Klok) {
        if klok.gehaald == Gehaald::Nee {
            self.voorbij += 1;
            return;
        }
        let weeks = klok.dag.saturating_sub(1) / 7;
        let bucket = WEKEN.into_iter().rev().find(|week| weeks >= *week).unwrap_or(0);
        *self.per_week.entry(bucket).or_default() += 1;
    }
}
