//! How many signals people get here, beside what they can do: alarms people can live with.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::Date;
use domain::fact::Rol;
use domain::ids::OrganisatieId;
use domain::period::{schooljaar, schooljaar_period};
use register::Register;
use signals::protocol::Ontvanger;

use crate::gebruik::drukte::{MAX_PER_COORDINATOR_PER_DAG, MAX_PER_MENTOR_PER_WEEK, SCHOOLDAGEN_PER_WEEK, komma};
use crate::web::blik::Beeld;

/// The load of this school year so far, in words; of organisations, never of one employee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drukte {
    /// "Een mentor kreeg dit schooljaar gemiddeld 0,4 signalen per week."
    pub zinnen: Vec<String>,
    /// Whether it is more than people can do.
    pub te_veel: bool,
}

/// Of the children of a school that the reader has in view. Signals that are gathered into one message a day do not count.
pub fn drukte(
    register: &Register,
    school: OrganisatieId,
    rol: Rol,
    kinderen: &[Arc<Beeld>],
    vandaag: Date,
) -> Option<Drukte> {
    let dagen = &register.rules().scholen.get(&school)?.schooldagen;
    let begin = schooljaar_period(schooljaar(vandaag)).from;
    let so_far = dagen.aantal_voor(domain::period::next_day(vandaag)).saturating_sub(dagen.aantal_voor(begin));
    if so_far == 0 {
        return None;
    }
    let so_far = f64::from(so_far);
    let (mut mentor, mut coordinator) = (0.0, 0.0);
    let mut mentoren: BTreeSet<String> = BTreeSet::new();
    for beeld in kinderen {
        let enrolled = beeld.vandaag.kaart.inschrijving.as_ref().filter(|enrolled| enrolled.school == school);
        let Some(enrolled) = enrolled else { continue };
        mentoren.insert(enrolled.mentor.zichtbaar().to_lowercase());
        for signaal in beeld.vandaag.signalen_voor(beeld.facetten) {
            let rule = register.signaalregel(&signaal.regel, signaal.dag).filter(|rule| !rule.verzamelen);
            let Some(rule) = rule else { continue };
            let to = |wie: &[Ontvanger]| f64::from(wie.iter().any(|wie| rule.wie.contains(wie)));
            mentor += to(&[Ontvanger::Mentor]);
            coordinator += to(&[Ontvanger::Verzuimcoordinator, Ontvanger::IbEr]);
        }
    }
    let alleen_eigen = rol == Rol::Mentor;
    let mentors = if alleen_eigen { 1.0 } else { mentoren.len().max(1) as f64 };
    let per_mentor = mentor / mentors / (so_far / SCHOOLDAGEN_PER_WEEK).max(1.0);
    let per_dag = coordinator / so_far;
    let who = if alleen_eigen { "Als mentor kreeg u" } else { "Een mentor kreeg" };
    let mut zinnen = vec![format!("{who} dit schooljaar gemiddeld {} signalen per week.", komma(per_mentor))];
    if !alleen_eigen {
        zinnen.push(format!("Wie het verzuim coördineert, kreeg er {} per schooldag.", komma(per_dag)));
    }
    let te_veel = per_mentor > MAX_PER_MENTOR_PER_WEEK || (!alleen_eigen && per_dag > MAX_PER_COORDINATOR_PER_DAG);
    Some(Drukte { zinnen, te_veel })
}
