//! The clock of three months as a bar: weeks, warnings, the target, and who was aan zet on which days.

use super::{NAAST, Patroon, Tekening, Vlak, breed_en_smal, deel};

/// Weeks that a bar shows at most; a clock that runs longer is cut off there, and says so.
const MAX_WEKEN: u32 = 60;

/// Room at the end, for the number of the last week and the flag.
const RAND: i32 = 14;
/// Room that a week's number takes.
const CIJFER: i32 = 24;
/// Room that a mark takes in words.
const MERK: i32 = 60;
/// Room that a day in words takes.
const DAG: i32 = 170;

/// A stretch of days with one party aan zet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stuk {
    /// Place of the party in the table beside it; `None`: nobody.
    pub partij: Option<usize>,
    /// Days before it.
    pub na: u32,
    /// Its days.
    pub dagen: u32,
    /// In words: "school, 16 februari t/m 20 maart".
    pub uitleg: String,
}

/// Something on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merk {
    /// Days before it.
    pub na: u32,
    /// Above the bar ("week 4").
    pub tekst: String,
    /// In words, with the day.
    pub uitleg: String,
}

/// A clock, ready to be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Klokbalk {
    /// Days that count.
    pub dagen: u32,
    /// Days from the start to the target.
    pub doel: u32,
    /// Who was aan zet.
    pub stukken: Vec<Stuk>,
    /// Warnings.
    pub merken: Vec<Merk>,
    /// First day, in words.
    pub van: String,
    /// Target day, in words.
    pub tot: String,
    /// All of it in one sentence.
    pub beschrijving: String,
}

/// How a party looks, by its place; more than there are begin again.
pub fn partij(plaats: Option<usize>) -> (&'static str, Patroon) {
    const ALLE: [(&str, Patroon); 6] = [
        ("is-partij-a", Patroon::Effen),
        ("is-partij-b", Patroon::Schuin),
        ("is-partij-c", Patroon::Stip),
        ("is-partij-d", Patroon::Ruit),
        ("is-partij-e", Patroon::Staand),
        ("is-partij-f", Patroon::Liggend),
    ];
    plaats.and_then(|plaats| ALLE.get(plaats % ALLE.len())).copied().unwrap_or(("is-niemand", Patroon::Onbekend))
}

impl Klokbalk {
    /// The drawing.
    pub fn svg(&self) -> String {
        breed_en_smal(NAAST, |breed, klasse| self.teken(breed, klasse))
    }

    /// Weeks on the axis: those of the target, or of the days when they go beyond it.
    fn weken(&self) -> u32 {
        (self.doel.max(self.dagen) / 7 + 1).clamp(1, MAX_WEKEN)
    }

    fn teken(&self, breed: i32, klasse: &str) -> String {
        const BALK: Vlak = Vlak { x: 4, y: 30, breed: 0, hoog: 34 };
        let balk = Vlak { breed: breed - BALK.x - RAND, ..BALK };
        let naam = format!("klok-{klasse}");
        let mut t = Tekening::new(breed, 122, &naam, "De klok van drie maanden", &self.beschrijving);
        let days = i32::try_from(self.weken() * 7).unwrap_or(1);
        let x = |na: u32| balk.x + deel(balk.breed, i32::try_from(na).unwrap_or(days).min(days), days);
        t.vlak(balk, "is-baan", Patroon::Effen);
        let (start, target) = (x(0), x(self.doel));
        if self.dagen > self.doel {
            t.vlak(Vlak { x: target, breed: balk.x + balk.breed - target, ..balk }, "is-voorbij", Patroon::Effen);
        }
        for stuk in &self.stukken {
            let (kleur, patroon) = partij(stuk.partij);
            let (from, to) = (x(stuk.na), x(stuk.na.saturating_add(stuk.dagen)));
            t.met_uitleg(&stuk.uitleg, |t| t.vlak(Vlak { x: from, breed: to - from, ..balk }, kleur, patroon));
        }
        if self.stukken.is_empty() {
            t.vlak(Vlak { breed: x(self.dagen) - start, ..balk }, "is-gelopen", Patroon::Effen);
        }
        self.weeknummers(&mut t, balk, x);
        // The words fit above the bar of a wide screen; a narrow one has the number of the week alone.
        let crowded = self.weken() > 26;
        let wide = breed > 2 * MERK * i32::try_from(self.merken.len()).unwrap_or(1);
        for merk in &self.merken {
            t.met_uitleg(&merk.uitleg, |t| {
                t.lijn((x(merk.na), 20), (x(merk.na), 64), "is-merk");
                if !crowded {
                    let number = merk.tekst.rsplit(' ').next().unwrap_or_default();
                    t.tekst(x(merk.na), 15, "is-midden", if wide { &merk.tekst } else { number });
                }
            });
        }
        t.met_uitleg(&format!("Drie maanden zijn om op {}", self.tot), |t| {
            t.lijn((target, 20), (target, 70), "is-doel");
            t.vorm(&format!("M{target} 20l12 5-12 5z"), "is-vlag");
        });
        t.tekst(start, 100, "is-begin", &self.van);
        // Beside the first day where there is room, and under it where there is none.
        let row = if target > DAG + DAG / 2 { 100 } else { 118 };
        t.tekst(target.max(DAG), row, "is-eind", &format!("3 maanden: {}", self.tot));
        t.klaar(klasse)
    }

    fn weeknummers(&self, t: &mut Tekening, balk: Vlak, x: impl Fn(u32) -> i32) {
        // On a narrow or long bar not every number fits.
        let per_week = (balk.breed / i32::try_from(self.weken()).unwrap_or(1)).max(1);
        let step = u32::try_from(1 + (CIJFER - 1) / per_week).unwrap_or(1);
        for week in 1..=self.weken() {
            t.lijn((x(week * 7), 64), (x(week * 7), 69), "is-streep");
            if week % step == 0 {
                t.tekst(x(week * 7), 81, "is-midden is-klein", &week.to_string());
            }
        }
    }
}
