//! The files of absence, one per school and month, with what goes wrong in reality: a school that is late, a file with
//! wrong rows, a month that is delivered again.

use std::fmt::Write;
use std::ops::Range;

use domain::Timestamp;
use domain::nummers::Vestigingscode;
use domain::verzuim::Duur;

use crate::Levering;
use crate::dagen::{Dagen, Maand};
use crate::ruimte::Regel;
use crate::scholen::School;

/// Seconds after which a corrected month comes: nine days.
const NA_CORRECTIE: i64 = 9 * 24 * 3600;

/// The schools whose deliveries are not as they should be, by their place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Afwijkend {
    /// Its last delivery is missing.
    pub te_laat: usize,
    /// One of its files has wrong rows.
    pub foute_rijen: usize,
    /// Delivered one month twice, with corrections.
    pub opnieuw: usize,
}

impl Afwijkend {
    /// Three schools of po in the middle of the list: most schools are, and nobody is planted there.
    pub(crate) fn van(scholen: &[School]) -> Self {
        let mut po = scholen.iter().enumerate().filter(|(_, school)| school.onderwijstype == "basisschool").skip(2);
        let mut next = || po.next().map_or(usize::MAX, |(place, _)| place);
        Afwijkend { te_laat: next(), foute_rijen: next(), opnieuw: next() }
    }

    pub(crate) fn noemt(&self, school: usize) -> bool {
        [self.te_laat, self.foute_rijen, self.opnieuw].contains(&school)
    }
}

/// The places of the days that a school delivers about.
pub(crate) fn geleverd(dagen: &Dagen, vandaag_ook: bool) -> Range<usize> {
    0..if vandaag_ook { dagen.dagen.len() } else { dagen.voor_vandaag() }
}

/// The deliveries of one school while its pupils are being written.
pub(crate) struct Schrijver<'a> {
    dagen: &'a Dagen,
    begin: String,
    vestiging: Vestigingscode,
    plaats: usize,
    geleverd: Range<usize>,
    /// Days in the file's form, shared by all schools.
    datums: &'a [String],
    maanden: Vec<String>,
}

impl<'a> Schrijver<'a> {
    pub(crate) fn new(
        dagen: &'a Dagen,
        datums: &'a [String],
        school: &School,
        plaats: usize,
        vandaag_ook: bool,
    ) -> Self {
        let begin = format!("{};{}", school.code.brin(), school.code);
        let maanden = dagen.maanden.iter().map(|_| String::new()).collect();
        Schrijver {
            dagen,
            begin,
            vestiging: school.code,
            plaats,
            geleverd: geleverd(dagen, vandaag_ook),
            datums,
            maanden,
        }
    }

    /// Writes the rows of one pupil, in order of day. `rooster` gives the hours beside a row in quarters, where the
    /// school states them.
    pub(crate) fn leerling(&mut self, nummer: &str, regels: &[Regel], rooster: impl Fn(usize) -> Option<u8>) {
        let mut place = 0;
        for regel in regels.iter().filter(|regel| self.geleverd.contains(&regel.dag)) {
            while self.dagen.maanden.get(place).is_some_and(|maand| maand.dagen.end <= regel.dag) {
                place += 1;
            }
            let (Some(csv), Some(datum)) = (self.maanden.get_mut(place), self.datums.get(regel.dag)) else { continue };
            csv.push_str(&self.begin);
            csv.push(';');
            csv.push_str(nummer);
            csv.push(';');
            csv.push_str(datum);
            csv.push(';');
            if regel.lesuur > 0 {
                let _ = write!(csv, "{}", regel.lesuur);
            }
            csv.push(';');
            match regel.duur {
                Duur::Dag => csv.push_str("dag"),
                Duur::Kwartieren(quarters) => uren(csv, quarters),
            }
            csv.push(';');
            if let Some(quarters) = rooster(regel.dag) {
                uren(csv, quarters);
            }
            csv.push(';');
            csv.push_str(regel.soort.code());
            csv.push('\n');
        }
    }

    /// The deliveries, one a month.
    pub(crate) fn klaar(self, afwijkend: &Afwijkend, uit: &mut Vec<Levering>) {
        let last = self.dagen.maanden.iter().rposition(|maand| maand.dagen.start < self.geleverd.end);
        for (place, (maand, rijen)) in self.dagen.maanden.iter().zip(&self.maanden).enumerate() {
            let in_time = Some(place) < last || (Some(place) == last && self.plaats != afwijkend.te_laat);
            if !in_time {
                continue;
            }
            let maand = &self.binnen(maand);
            let moment = self.moment(maand);
            let before_last = last.is_some_and(|last| place + 2 == last);
            if before_last && self.plaats == afwijkend.opnieuw {
                let corrected = moment.as_second() + NA_CORRECTIE;
                uit.push(self.levering(maand, moment, &fouter(rijen)));
                let moment = Timestamp::from_second(corrected).unwrap_or(moment);
                uit.push(self.levering(maand, moment, rijen));
            } else if before_last && self.plaats == afwijkend.foute_rijen {
                uit.push(self.levering(maand, moment, &met_foute_rijen(rijen)));
            } else {
                uit.push(self.levering(maand, moment, rijen));
            }
        }
    }

    /// The month as far as this school delivers it.
    fn binnen(&self, maand: &Maand) -> Maand {
        let end = maand.dagen.end.min(self.geleverd.end);
        let last = end.checked_sub(1).and_then(|last| self.dagen.dagen.get(last)).copied();
        Maand { van: maand.van, tot_en_met: last.unwrap_or(maand.tot_en_met), dagen: maand.dagen.start..end }
    }

    /// In the night after the last schooldag; a delivery that reaches today is of this morning.
    fn moment(&self, maand: &Maand) -> Timestamp {
        if maand.tot_en_met < self.dagen.vandaag {
            return maand.moment(self.plaats);
        }
        let yesterday = Maand { tot_en_met: domain::period::plus_days(self.dagen.vandaag, -1), ..maand.clone() };
        yesterday.moment(self.plaats)
    }

    fn levering(&self, maand: &Maand, moment: Timestamp, rijen: &str) -> Levering {
        let Maand { van, tot_en_met, .. } = maand;
        let (brin, vestiging) = (self.vestiging.brin(), self.vestiging);
        let bestand = format!(
            "#levering brin={brin};vestigingscode={vestiging};van={van};tot_en_met={tot_en_met}\n\
             brin;vestigingscode;leerlingnummer;datum;lesuur;lesuren;rooster_uren;soort\n{rijen}"
        );
        Levering { moment, vestiging, bestand: bestand.into_bytes() }
    }
}

/// Hours from quarters, with a comma.
fn uren(csv: &mut String, quarters: u8) {
    let fraction = match quarters % 4 {
        1 => ",25",
        2 => ",5",
        3 => ",75",
        _ => "",
    };
    let _ = write!(csv, "{}{fraction}", quarters / 4);
}

/// What the school delivered at first: some illness booked as unauthorised, some not booked at all.
fn fouter(rijen: &str) -> String {
    let mut first = String::with_capacity(rijen.len());
    for (n, rij) in rijen.lines().enumerate() {
        match rij.strip_suffix(";ziek") {
            Some(_) if n % 11 == 3 => continue,
            Some(rest) if n % 7 == 2 => first.push_str(&format!("{rest};ongeoorloofd")),
            _ => first.push_str(rij),
        }
        first.push('\n');
    }
    first
}

/// Copies of some rows, each with another mistake.
fn met_foute_rijen(rijen: &str) -> String {
    let mut wrong = rijen.to_owned();
    let copies = rijen.lines().step_by(9).filter(|rij| rij.ends_with(";ziek")).take(FOUTEN.len());
    for (rij, fout) in copies.zip(FOUTEN) {
        let mut velden: Vec<&str> = rij.split(';').collect();
        if let Some(veld) = velden.get_mut(fout.0) {
            *veld = fout.1;
        }
        wrong.push_str(&velden.join(";"));
        wrong.push('\n');
    }
    wrong
}

/// Column and wrong value: a kind that does not exist, a day that does not, hours that are none, a lesson after the last.
pub(crate) const FOUTEN: [(usize, &str); 4] = [(7, "griep"), (3, "2026-02-30"), (5, "veel"), (4, "13")];
