//! The table of one axis: what is known of each schooldag, by its number.

use domain::period::{day_number, from_day_number, schooljaar, schooljaar_period};

use super::weekdag;

/// A day as its rows need it: the number of its schooldag (of the next one, where it is none) in the upper half, and its
/// weekday in the four bits below. A row has its own day and lesson in these places, and its kind in the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dagplek(pub u32);

impl Dagplek {
    /// In the place of a kind, where rows count nowhere: on what is no schooldag, and on a schooldag that is onbekend. No kind
    /// has this number, nor has one together with the bits of this.
    pub(crate) const TELT_NIET: u32 = 15;
    /// Where the number of the schooldag and the weekday are.
    pub(crate) const PLEK: u32 = 0xFFFF_F000;

    fn new(sd: u16, dag: u16, telt: bool) -> Self {
        let soort = if telt { 0 } else { Self::TELT_NIET };
        Dagplek(u32::from(sd) << 16 | u32::from(weekdag(dag)) << 12 | soort)
    }
}

/// The axes of one school or one pupil. Everything but the first column is by number of the schooldag, from 0.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tafel {
    /// The first schooldag.
    basis: u16,
    /// Each day from `basis` up to the last schooldag.
    op_dag: Vec<Dagplek>,
    dag_op_sd: Vec<u16>,
    /// Position in lesweken: 7 × number of the week + weekday.
    lw_op_sd: Vec<u16>,
    /// Number of known schooldagen before each schooldag; one longer than the schooldagen.
    bekend_voor_sd: Vec<u16>,
    /// Number of the school of enrolment within the spoor.
    school_op_sd: Vec<u16>,
    /// One more than the highest of these.
    scholen: u16,
    /// The first schooldag of each school year.
    schooljaren: Vec<u16>,
    /// The first schooldag after the school year; the number of schooldagen in the last one.
    eind_van_jaar_op_sd: Vec<u16>,
    /// For 1 to 12 times [`KORTSTE_MAAND`] days: the fewest schooldagen from a first day up to and including the first one
    /// so many days later. Zero where that was not counted.
    minste_in_maanden: [u16; MAANDEN],
}

/// The fewest days that a calendar month has.
pub(crate) const KORTSTE_MAAND: u32 = 28;
/// Months for which is counted how few schooldagen they hold.
const MAANDEN: usize = 12;

impl Tafel {
    /// Fills the table from schooldagen in ascending order: (day, school within the spoor, known).
    pub(crate) fn vul(&mut self, dagen: impl Iterator<Item = (u16, u16, bool)>) {
        self.leeg();
        let (mut week, mut vorige_week, mut bekend_tot, mut nieuw_jaar) = (0u32, None, 0u16, i32::MIN);
        for (dag, school, bekend) in dagen {
            if self.dag_op_sd.is_empty() {
                self.basis = dag;
            }
            let sd = self.dag_op_sd.len() as u16;
            let kalenderweek = (u32::from(dag) + 3) / 7;
            if vorige_week.is_some_and(|vorige| vorige != kalenderweek) {
                week += 1;
            }
            vorige_week = Some(kalenderweek);
            if i32::from(dag) >= nieuw_jaar {
                let periode = schooljaar_period(schooljaar(from_day_number(i32::from(dag))));
                nieuw_jaar = periode.until.map_or(i32::MAX, day_number);
                self.schooljaren.push(sd);
                // Of the year that ends here.
                self.eind_van_jaar_op_sd.resize(usize::from(sd), sd);
            }
            self.op_dag.resize(usize::from(dag - self.basis), Dagplek::new(sd, 0, false));
            self.op_dag.push(Dagplek::new(sd, dag, bekend));
            self.dag_op_sd.push(dag);
            self.lw_op_sd.push((7 * week) as u16 + weekdag(dag));
            self.bekend_voor_sd.push(bekend_tot);
            self.school_op_sd.push(school);
            self.scholen = self.scholen.max(school + 1);
            bekend_tot += u16::from(bekend);
        }
        self.bekend_voor_sd.push(bekend_tot);
        let aantal = self.dag_op_sd.len();
        self.eind_van_jaar_op_sd.resize(aantal, aantal as u16);
    }

    /// Counts how few schooldagen so many months can hold: worth the work for a table that many pupils share.
    pub(super) fn tel_maanden(&mut self) {
        for (maanden, minste) in (1u32..).zip(&mut self.minste_in_maanden) {
            let mut eind = 0;
            let aantallen = self.dag_op_sd.iter().enumerate().filter_map(|(begin, eerste)| {
                let tot = u32::from(*eerste) + maanden * KORTSTE_MAAND;
                eind += self.dag_op_sd.get(eind..)?.iter().position(|dag| u32::from(*dag) >= tot)?;
                Some(eind - begin + 1)
            });
            *minste = aantallen.min().and_then(|minste| u16::try_from(minste).ok()).unwrap_or_default();
        }
    }

    /// So many schooldagen at least has a run that lasts so many calendar months.
    pub(crate) fn minste_in(&self, maanden: u8) -> u16 {
        let plek = usize::from(maanden).min(MAANDEN).saturating_sub(1);
        self.minste_in_maanden.get(plek).copied().unwrap_or_default()
    }

    fn leeg(&mut self) {
        self.minste_in_maanden = [0; MAANDEN];
        self.op_dag.clear();
        self.dag_op_sd.clear();
        self.lw_op_sd.clear();
        self.bekend_voor_sd.clear();
        self.school_op_sd.clear();
        self.scholen = 0;
        self.schooljaren.clear();
        self.eind_van_jaar_op_sd.clear();
    }

    /// The day of the first schooldag, and each day from there up to the last.
    pub(crate) fn op_dag(&self) -> (u16, &[Dagplek]) {
        (self.basis, &self.op_dag)
    }

    /// Number of schooldagen before a day, and the first position in lesweken from there on.
    pub(super) fn begin_op(&self, dag: u16) -> (u16, u16) {
        let plek = self.op_dag.get(usize::from(dag.saturating_sub(self.basis)));
        let sd = plek.map_or(self.dag_op_sd.len() as u16, |plek| (plek.0 >> 16) as u16);
        (sd, self.lw_op_sd(usize::from(sd)).unwrap_or_default())
    }

    /// The places that this axis takes, in schooldagen or in lesweken, whichever takes more.
    pub(super) fn plaatsen(&self) -> u32 {
        let lesweken = self.lw_op_sd.last().map_or(0, |laatste| u32::from(*laatste) + 1);
        lesweken.max(self.dag_op_sd.len() as u32)
    }

    /// Number of schooldagen before a day.
    pub(crate) fn schooldagen_voor(&self, dag: u16) -> usize {
        self.dag_op_sd.partition_point(|schooldag| *schooldag < dag)
    }

    /// Number of the last schooldag on or before a day; -1 when there is none.
    pub(crate) fn sd_op_of_voor(&self, dag: u16) -> i32 {
        self.dag_op_sd.partition_point(|schooldag| *schooldag <= dag) as i32 - 1
    }

    /// The day of a schooldag.
    pub(crate) fn dag_op_sd(&self, sd: usize) -> Option<u16> {
        self.dag_op_sd.get(sd).copied()
    }

    /// Position in lesweken of a schooldag.
    pub(crate) fn lw_op_sd(&self, sd: usize) -> Option<u16> {
        self.lw_op_sd.get(sd).copied()
    }

    /// The day of a schooldag of this table.
    pub(crate) fn dag(&self, sd: u16) -> u16 {
        self.dag_op_sd.get(usize::from(sd)).copied().unwrap_or_default()
    }

    /// Number of a schooldag of this table among those that are known: two days are in one run when these follow each other.
    pub(crate) fn nr(&self, sd: u16) -> u16 {
        self.bekend_voor_sd.get(usize::from(sd)).copied().unwrap_or_default()
    }

    /// Number within the spoor of the school of enrolment on a schooldag of this table.
    pub(crate) fn school(&self, sd: u16) -> u16 {
        self.school_op_sd.get(usize::from(sd)).copied().unwrap_or_default()
    }

    /// One more than the highest number of a school of enrolment.
    pub(crate) fn scholen(&self) -> u16 {
        self.scholen
    }

    /// The first schooldag of the school year of a schooldag of this table.
    pub(crate) fn begin_van_jaar(&self, sd: u16) -> usize {
        let jaar = self.schooljaren.partition_point(|eerste| *eerste <= sd).saturating_sub(1);
        self.schooljaren.get(jaar).copied().map(usize::from).unwrap_or_default()
    }

    /// The first schooldag after the school year of a schooldag of this table.
    pub(crate) fn eind_van_jaar(&self, sd: u16) -> u16 {
        self.eind_van_jaar_op_sd.get(usize::from(sd)).copied().unwrap_or(u16::MAX)
    }

    /// Number of the first schooldag with a position in lesweken above `lw`.
    pub(crate) fn eerste_sd_na_lw(&self, lw: i32) -> usize {
        self.lw_op_sd.partition_point(|positie| i32::from(*positie) <= lw)
    }

    /// Whether some schooldag is onbekend.
    pub(crate) fn heeft_onbekend(&self) -> bool {
        self.bekend_voor_sd.last().is_some_and(|bekend| usize::from(*bekend) != self.dag_op_sd.len())
    }

    /// Whether some schooldag from number `van` up to and including `tot` is onbekend.
    pub(crate) fn onbekend_tussen(&self, van: usize, tot: usize) -> bool {
        match (self.bekend_voor_sd.get(van), self.bekend_voor_sd.get(tot + 1)) {
            (Some(voor), Some(na)) => usize::from(na - voor) < tot + 1 - van,
            _ => false,
        }
    }

    /// The schooldagen in a span of days: (day, known).
    pub(super) fn dagen(&self, van: u16, tot: u32) -> impl Iterator<Item = (u16, bool)> {
        let eerste = self.schooldagen_voor(van);
        let dagen = self.dag_op_sd.iter().enumerate().skip(eerste).take_while(move |(_, dag)| u32::from(**dag) < tot);
        dagen.map(|(sd, dag)| (*dag, !self.onbekend_tussen(sd, sd)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_span_of_months_holds_fewer_schooldagen_than_counted() {
        let zomer = |dag: u16| (200..242).contains(&(dag % 365));
        let dagen: Vec<u16> = (17_000..18_500).filter(|dag| weekdag(*dag) < 5 && !zomer(*dag)).collect();
        let mut tafel = Tafel::default();
        tafel.vul(dagen.iter().map(|dag| (*dag, 0, true)));
        assert_eq!(tafel.minste_in(3), 0, "not counted yet");
        tafel.tel_maanden();
        for maanden in 1..=12 {
            let tot = |van: u16| u32::from(van) + u32::from(maanden) * KORTSTE_MAAND;
            let spannen = dagen.iter().enumerate().filter_map(|(begin, van)| {
                let eind = dagen.iter().position(|dag| u32::from(*dag) >= tot(*van))?;
                Some(eind + 1 - begin)
            });
            assert_eq!(Some(usize::from(tafel.minste_in(maanden))), spannen.min(), "{maanden}");
        }
        assert_eq!(tafel.minste_in(1), 2, "a holiday of six weeks lies in between");
        assert_eq!(tafel.minste_in(200), tafel.minste_in(12));
    }
}
