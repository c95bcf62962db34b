//! Until when each school delivered its absence. What was not delivered makes every conclusion about its children
//! uncertain, so who is behind stands on top.

use askama::Template;
use axum::extract::{Query, State};
use domain::Date;
use domain::body::VerzuimLevering;
use domain::calendar::datum;
use domain::ids::OrganisatieId;
use domain::period::{Period, next_day};
use domain::region::School;
use register::Register;
use serde::Deserialize;

use super::{bladeren, kader};
use crate::web::Staat;
use crate::web::antwoord::{self, Uitslag};
use crate::web::bezoek::Bezoek;
use crate::web::kader::Kader;
use crate::weergave::moment;

/// Schooldagen without a delivery after which a school is behind: a week of lessons.
pub const LAAT: u32 = 5;

/// What may stand behind the address.
#[derive(Deserialize)]
pub struct Vraag {
    #[serde(default)]
    blad: usize,
}

/// How far a school is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// The school.
    pub id: OrganisatieId,
    /// Its name and number.
    pub naam: String,
    /// The last day that was delivered in full; `None` when nothing was.
    pub tot_en_met: Option<Date>,
    /// Schooldagen from then on, up to and including yesterday.
    pub zonder: u32,
    /// Deliveries.
    pub leveringen: usize,
    /// Rows of all of them.
    pub rijen: u64,
    /// Rows refused.
    pub afgewezen: u64,
    /// When the last one came in, in words.
    pub laatste: String,
}

impl Stand {
    /// Whether the school is behind.
    pub fn is_laat(&self) -> bool {
        self.tot_en_met.is_none() || self.zonder > LAAT
    }

    /// The first day that is missing, in words.
    fn sinds(&self) -> String {
        self.tot_en_met.map(|dag| datum(next_day(dag))).unwrap_or_default()
    }

    fn tot(&self) -> String {
        self.tot_en_met.map(datum).unwrap_or_default()
    }
}

#[derive(Template)]
#[template(path = "beheer/leveringen.html")]
struct Leveringen {
    kader: Kader,
    scholen: usize,
    achter: usize,
    nooit: usize,
    rijen: u64,
    afgewezen: u64,
    laat: u32,
    standen: Vec<Stand>,
    blad: usize,
    bladen: usize,
}

/// The page.
pub async fn blad(State(staat): State<Staat>, Query(vraag): Query<Vraag>, bezoek: Bezoek) -> Uitslag {
    let standen = staat.dienst.lees(|register| achterstanden(register, bezoek.vandaag)).await?;
    let (rijen, blad, bladen) = bladeren(standen.len(), vraag.blad);
    antwoord::pagina(&Leveringen {
        kader: kader(&bezoek, "Leveringen")?,
        scholen: standen.len(),
        achter: standen.iter().filter(|stand| stand.is_laat()).count(),
        nooit: standen.iter().filter(|stand| stand.tot_en_met.is_none()).count(),
        rijen: standen.iter().map(|stand| stand.rijen).sum(),
        afgewezen: standen.iter().map(|stand| stand.afgewezen).sum(),
        laat: LAAT,
        standen: standen.get(rijen).unwrap_or_default().to_vec(),
        blad,
        bladen,
    })
}

/// All schools, those longest without a delivery first; those that never delivered before all others.
pub fn achterstanden(register: &Register, vandaag: Date) -> Vec<Stand> {
    let mut standen: Vec<Stand> =
        register.rules().scholen.iter().map(|(id, school)| stand(register, *id, school, vandaag)).collect();
    standen.sort_by(|a, b| {
        let order = |stand: &Stand| (stand.tot_en_met.is_some(), std::cmp::Reverse(stand.zonder));
        order(a).cmp(&order(b)).then_with(|| a.naam.cmp(&b.naam))
    });
    standen
}

fn stand(register: &Register, id: OrganisatieId, school: &School, vandaag: Date) -> Stand {
    let known = register.rules().organisaties.get(&id);
    let vestiging = known.and_then(|known| known.vestiging).map(|vestiging| format!(" ({vestiging})"));
    let timeline = register.alleen_over(id);
    let delivered: Vec<_> = timeline.all::<VerzuimLevering>().collect();
    let tot_en_met = register.aangeleverd(id).iter().filter_map(Period::last).max();
    let count = |of: fn(&VerzuimLevering) -> u32| delivered.iter().map(|(_, levering)| u64::from(of(levering))).sum();
    Stand {
        id,
        naam: format!("{}{}", register.rules().naam(id), vestiging.unwrap_or_default()),
        tot_en_met,
        zonder: tot_en_met.map_or(0, |dag| schooldagen_na(school, dag, vandaag)),
        leveringen: delivered.len(),
        rijen: count(|levering| levering.rijen),
        afgewezen: count(|levering| levering.afgewezen),
        laatste: delivered.iter().map(|(fact, _)| fact.known).max().map(moment).unwrap_or_default(),
    }
}

/// Schooldagen after a day and before today.
fn schooldagen_na(school: &School, dag: Date, vandaag: Date) -> u32 {
    let dagen = &school.schooldagen;
    dagen.aantal_voor(vandaag).saturating_sub(dagen.aantal_voor(next_day(dag)))
}
