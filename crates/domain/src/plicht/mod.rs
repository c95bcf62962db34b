//! Leerplicht and kwalificatieplicht of one child on one day: from the birthday, the school calendar and a few facts
//! about the school career, by the Leerplichtwet 1969.
//!
//! Every answer is a [`Finding`]: it cites its rules, gives its reasons in words, and names what was not known and what
//! that would change. Exemptions (art. 5, 5a, 15) and replacement (3a, 3b) do not end a duty; they are other facts.

mod redenen;

pub use redenen::Reden;

use jiff::civil::Date;

use crate::calendar::{Onbekend, Schooldag, Schoolkalender, datum};
use crate::finding::{Finding, Gap};
use crate::period::{age, birthday, next_day, plus_days, plus_months, schooljaar, schooljaar_period};
use crate::rules::{
    EIGEN_PLICHT_VANAF, KWALIFICATIEPLICHT_TOT, LEERPLICHT_LAATSTE_LEEFTIJD, LEERPLICHT_SCHOOLJAREN, LEERPLICHT_VANAF,
    LPW_1B, R1, R2, R3, R4, R24, URENVRIJSTELLING_HOOFD, URENVRIJSTELLING_MEDEDELING, URENVRIJSTELLING_TOT,
};

/// No run of days without school is longer than this, in calendar days: six weeks of summer and a week around it.
/// Leerplicht has certainly begun by then, also where the calendar knows nothing.
const LANGSTE_VAKANTIE: i32 = 49;

/// The birthday in whose school year twelve school years can at the earliest be full: from four years on, with two
/// classes of primary school skipped (it counts for eight years all the same, art. 3 lid 2).
const VROEGST_TWAALF_SCHOOLJAREN: i16 = 14;

/// Coming of age (BW 1:233), in years.
const MEERDERJARIG: i16 = 18;

/// Whether something holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Antwoord {
    /// It holds.
    Ja,
    /// It does not.
    Nee,
    /// What is known does not tell.
    Onbekend,
}

/// Whether a duty holds on a day, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plicht {
    /// Whether it holds.
    pub geldt: Antwoord,
    /// The steps to the answer, in order; each prints as a Dutch sentence.
    pub redenen: Vec<Reden>,
}

/// Hours a week that a pupil under six may stay away (art. 11a), and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Urenvrijstelling {
    /// By notice to the head, at most.
    pub na_mededeling: u8,
    /// Granted by the head on top.
    pub door_hoofd: u8,
    /// The steps to the answer.
    pub redenen: Vec<Reden>,
}

impl Urenvrijstelling {
    /// Hours a week in all.
    pub fn totaal(&self) -> u8 {
        self.na_mededeling.saturating_add(self.door_hoofd)
    }
}

/// Who bears the duties and has the rights that the law gives to parents and carers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verantwoordelijk {
    /// Whoever has authority, and whoever actually cares for the youth (art. 2 lid 1).
    OudersEnVerzorgers,
    /// The youth, having come of age (art. 1b).
    JongereZelf,
}

/// The day on which leerplicht begins, as exactly as the calendar allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Begin {
    /// Not before this day.
    pub vroegst: Date,
    /// On this day at the latest. Equal to `vroegst` when the day is known.
    pub laatst: Date,
}

/// The last day of leerplicht, a 31 July.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Einde {
    /// Leerplicht holds up to and including this day.
    pub laatste_dag: Date,
    /// Whether the twelve school years end it; otherwise the age does.
    pub door_schooljaren: bool,
}

/// What is known of the school career on the day that is asked about. `None` is not known, which differs from no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Schoolloopbaan {
    /// Full school years completed; a primary school done in less than eight years counts for eight (art. 3 lid 2).
    pub schooljaren: Option<u8>,
    /// A diploma of havo, vwo, or mbo level 2 or higher (art. 1 onder f).
    pub startkwalificatie: Option<bool>,
    /// A getuigschrift or diploma of praktijkonderwijs (art. 4a).
    pub pro_getuigschrift: Option<bool>,
    /// Left vso after the profile arbeidsmarkt or dagbesteding (art. 4a).
    pub vso_arbeid_of_dagbesteding: Option<bool>,
}

/// When leerplicht begins: the first schoolday of the month after the month of the fifth birthday (art. 3 lid 1). When
/// that month has no schoolday at all, the first one after it. A gap says when the day is not certain.
pub fn begin_leerplicht(geboren: Date, kalender: &Schoolkalender) -> Finding<Begin> {
    let verjaardag = birthday(geboren, LEERPLICHT_VANAF.op(geboren));
    let maand = plus_months(verjaardag.first_of_month(), 1);
    let last_possible = plus_days(maand, LANGSTE_VAKANTIE);
    let (mut vroegst, mut unknown) = (None, None::<(Onbekend, Date)>);
    let mut day = maand;
    while day < last_possible {
        match kalender.is_schooldag(day) {
            Schooldag::Ja => break,
            Schooldag::Onbekend(waarom) => {
                vroegst = vroegst.or(Some(day));
                unknown = unknown.or(Some((waarom, day)));
            }
            Schooldag::Nee(_) => {}
        }
        day = next_day(day);
    }
    let begin = Begin { vroegst: vroegst.unwrap_or(day), laatst: day };
    Finding::new(begin).under(R1.citation).with_gaps(unknown.map(|(waarom, day)| waarom.gat(day)))
}

/// The last day of leerplicht (art. 3 lid 1 onder a and b), as it looks on `op`: the end of the school year in which
/// the youth becomes sixteen, or of the twelfth full school year when that comes first. With unknown school years the
/// age decides; [`leerplicht`] says when that matters. A number of years that nobody of that age can have is not
/// believed, and named as a gap.
pub fn einde_leerplicht(geboren: Date, op: Date, schooljaren: Option<u8>) -> Finding<Einde> {
    let zestien = birthday(geboren, LEERPLICHT_LAATSTE_LEEFTIJD.op(op));
    let door_leeftijd = end_of_schooljaar(schooljaar(zestien));
    let door_jaren = schooljaren.map(|gevolgd| {
        // Full years lie before this school year; the years still needed follow on from it.
        let nodig = i16::from(LEERPLICHT_SCHOOLJAREN.op(op).saturating_sub(gevolgd));
        end_of_schooljaar(schooljaar(op).saturating_sub(1).saturating_add(nodig))
    });
    let te_vroeg = door_jaren.is_some_and(|laatste_dag| laatste_dag < vroegst_twaalf_schooljaren(geboren));
    let einde = match door_jaren {
        Some(laatste_dag) if laatste_dag < door_leeftijd && !te_vroeg => Einde { laatste_dag, door_schooljaren: true },
        _ => Einde { laatste_dag: door_leeftijd, door_schooljaren: false },
    };
    let gap = te_vroeg.then(|| {
        Gap::Ontbreekt(format!(
            "Het aantal van {} volledige schooljaren past niet bij de leeftijd; daarom is met de leeftijd gerekend. Controleer het aantal.",
            schooljaren.unwrap_or_default()
        ))
    });
    Finding::new(einde).under(R2.citation).with_gaps(gap)
}

/// Whether parents must see to enrolment and attendance at a school on a day (art. 2 lid 1, art. 3).
pub fn leerplicht(geboren: Date, op: Date, kalender: &Schoolkalender, loopbaan: &Schoolloopbaan) -> Finding<Plicht> {
    let begin = begin_leerplicht(geboren, kalender);
    let Begin { vroegst, laatst } = begin.value;
    let verjaardag = birthday(geboren, LEERPLICHT_VANAF.op(geboren));
    if op < vroegst {
        return plicht(Antwoord::Nee, vec![Reden::LeerplichtBegintNog { verjaardag, vroegst, laatst }])
            .under(R1.citation);
    }
    if op < laatst {
        let reden = Reden::BeginOnzeker { verjaardag, vroegst, laatst };
        return plicht(Antwoord::Onbekend, vec![reden]).resting_on(&begin);
    }
    let mut redenen = vec![Reden::LeerplichtBegon { verjaardag, vroegst, laatst }];
    let einde = einde_leerplicht(geboren, op, loopbaan.schooljaren);
    let Einde { laatste_dag, door_schooljaren } = einde.value;
    let geldt = if op <= laatste_dag { Antwoord::Ja } else { Antwoord::Nee };
    redenen.push(Reden::LeerplichtTot { laatste_dag, door_schooljaren, voorbij: geldt == Antwoord::Nee });
    let gap = gap_in_schooljaren(geboren, op, loopbaan, laatste_dag);
    plicht(geldt, redenen).under(R1.citation).resting_on(&einde).with_gaps(gap)
}

/// Whether the youth must follow education until a startkwalificatie on a day (art. 4a and 4b): right after leerplicht,
/// until the eighteenth birthday. What is unknown of the career is taken as no, and named as a gap.
pub fn kwalificatieplicht(
    geboren: Date,
    op: Date,
    kalender: &Schoolkalender,
    loopbaan: &Schoolloopbaan,
) -> Finding<Plicht> {
    let voor = leerplicht(geboren, op, kalender, loopbaan);
    let nee = |reden| plicht(Antwoord::Nee, vec![reden]).under(R3.citation);
    let achttien = birthday(geboren, KWALIFICATIEPLICHT_TOT.op(op));
    if op >= achttien {
        return nee(Reden::Achttien { achttien });
    }
    let laatste_dag = einde_leerplicht(geboren, op, loopbaan.schooljaren).value.laatste_dag;
    if op <= laatste_dag {
        let gaps = if voor.value.geldt == Antwoord::Ja { voor.gaps } else { Vec::new() };
        return nee(Reden::NogNietNaLeerplicht { laatste_dag }).under(R2.citation).with_gaps(gaps);
    }
    let uitzonderingen = [
        (loopbaan.startkwalificatie, Reden::Startkwalificatie),
        (loopbaan.pro_getuigschrift, Reden::ProGetuigschrift),
        (loopbaan.vso_arbeid_of_dagbesteding, Reden::VsoArbeidOfDagbesteding),
    ];
    if let Some((_, reden)) = uitzonderingen.iter().find(|(known, _)| *known == Some(true)) {
        return nee(*reden);
    }
    let gaps = uitzonderingen.iter().filter(|(known, _)| known.is_none()).filter_map(|(_, reden)| reden.onbekend());
    plicht(Antwoord::Ja, vec![Reden::NaLeerplicht { laatste_dag, achttien }, Reden::GeenUitzondering])
        .under(R2.citation)
        .under(R3.citation)
        .with_gaps(gaps)
}

/// Whether the youth has a duty of their own to attend the school of enrolment on a day: from the twelfth birthday, as
/// long as leerplicht or kwalificatieplicht holds (art. 2 lid 3, art. 4c).
pub fn eigen_plicht(geboren: Date, op: Date, kalender: &Schoolkalender, loopbaan: &Schoolloopbaan) -> Finding<Plicht> {
    let twaalf = birthday(geboren, EIGEN_PLICHT_VANAF.op(op));
    if op < twaalf {
        return plicht(Antwoord::Nee, vec![Reden::NogGeenTwaalf { twaalf }]).under(R4.citation);
    }
    let leerplichtig = leerplicht(geboren, op, kalender, loopbaan);
    let duty = if leerplichtig.value.geldt == Antwoord::Ja {
        // Whichever of the two duties holds, attendance is due: an unknown number of school years changes nothing.
        Finding { gaps: gaps_for_eigen_plicht(loopbaan, &leerplichtig), ..leerplichtig }
    } else {
        kwalificatieplicht(geboren, op, kalender, loopbaan)
    };
    let reden = match duty.value.geldt {
        Antwoord::Ja => Reden::EigenPlicht { twaalf },
        Antwoord::Nee | Antwoord::Onbekend => Reden::GeenPlichtMeer,
    };
    let redenen = [vec![reden], duty.value.redenen.clone()].concat();
    plicht(duty.value.geldt, redenen).under(R4.citation).resting_on(&duty)
}

/// Hours a week a pupil may stay away on a day without other ground (art. 11a): under six years of age, while leerplicht
/// holds. `door_hoofd` are the extra hours the head granted; more than the law allows count as what it allows.
pub fn urenvrijstelling(
    geboren: Date,
    op: Date,
    kalender: &Schoolkalender,
    door_hoofd: u8,
) -> Finding<Urenvrijstelling> {
    let none = |reden| Urenvrijstelling { na_mededeling: 0, door_hoofd: 0, redenen: vec![reden] };
    let zes = birthday(geboren, URENVRIJSTELLING_TOT.op(op));
    if op >= zes {
        return Finding::new(none(Reden::ZesGeworden { zes })).under(R24.citation);
    }
    let leerplichtig = leerplicht(geboren, op, kalender, &Schoolloopbaan::default());
    if leerplichtig.value.geldt == Antwoord::Nee {
        let redenen = [vec![Reden::GeenVrijstellingNodig], leerplichtig.value.redenen.clone()].concat();
        let uren = Urenvrijstelling { redenen, ..none(Reden::GeenVrijstellingNodig) };
        return Finding::new(uren).under(R24.citation).resting_on(&leerplichtig);
    }
    let na_mededeling = URENVRIJSTELLING_MEDEDELING.op(op);
    let door_hoofd = door_hoofd.min(URENVRIJSTELLING_HOOFD.op(op));
    let redenen = vec![Reden::UrenTotZes { na_mededeling, door_hoofd, zes }];
    Finding::new(Urenvrijstelling { na_mededeling, door_hoofd, redenen }).under(R24.citation).resting_on(&leerplichtig)
}

/// Who bears the duties that the law gives to parents, on a day: the youth alone from the eighteenth birthday.
pub fn verantwoordelijk(geboren: Date, op: Date) -> Finding<Verantwoordelijk> {
    let who = if age(geboren, op) >= MEERDERJARIG {
        Verantwoordelijk::JongereZelf
    } else {
        Verantwoordelijk::OudersEnVerzorgers
    };
    Finding::new(who).under(LPW_1B)
}

fn plicht(geldt: Antwoord, redenen: Vec<Reden>) -> Finding<Plicht> {
    Finding::new(Plicht { geldt, redenen })
}

/// The gap that unknown school years leave, on the days where knowing them could change the answer.
fn gap_in_schooljaren(geboren: Date, op: Date, loopbaan: &Schoolloopbaan, laatste_dag: Date) -> Option<Gap> {
    let possible = vroegst_twaalf_schooljaren(geboren) < op && op <= laatste_dag;
    let matters = loopbaan.schooljaren.is_none() && possible;
    matters.then(|| {
        Gap::Ontbreekt(format!(
            "Hoeveel volledige schooljaren de jongere heeft gevolgd, is onbekend. Zijn het er twaalf of meer, dan was de leerplicht op {} al voorbij en gold de kwalificatieplicht. De school of DUO weet dit.",
            datum(op)
        ))
    })
}

/// For the own duty: unknown school years matter only if something might exempt from kwalificatieplicht.
fn gaps_for_eigen_plicht(loopbaan: &Schoolloopbaan, leerplichtig: &Finding<Plicht>) -> Vec<Gap> {
    let exceptions = [loopbaan.startkwalificatie, loopbaan.pro_getuigschrift, loopbaan.vso_arbeid_of_dagbesteding];
    if exceptions.iter().all(|known| *known == Some(false)) { Vec::new() } else { leerplichtig.gaps.clone() }
}

/// The first day on which twelve school years can be full.
fn vroegst_twaalf_schooljaren(geboren: Date) -> Date {
    end_of_schooljaar(schooljaar(birthday(geboren, VROEGST_TWAALF_SCHOOLJAREN)))
}

/// 31 July, the last day of the school year that starts in `jaar`.
fn end_of_schooljaar(jaar: i16) -> Date {
    schooljaar_period(jaar).last().unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests;
