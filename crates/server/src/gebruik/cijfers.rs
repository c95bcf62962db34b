//! Counts of past days: how every child stood on the first day of each month of the last year, as it is known now. Made
//! once a day in the background, and kept until the next day's are there: whoever may see no names sees numbers of those
//! days only, so that nothing can be read from how they change between two mornings.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::Date;
use domain::ids::{LeerlingId, OrganisatieId};
use domain::period::plus_months;
use domain::region::Rules;
use register::Register;
use register::telling::{Dekking, Groep, Kant, Tafel, Telrij};
use tokio::sync::Notify;

use crate::dienst::Dienst;
use crate::fout::Fout;

/// Months that are kept: the one that runs and twelve before it.
const MAANDEN: i32 = 13;
/// Months between the days that policy compares.
const KWARTAAL: i8 = 3;
/// Children that are worked out between two turns of others.
const DEEL: usize = 64;
/// How long a page waits for the first numbers before it says that they are being made.
const WACHT: Duration = Duration::from_secs(4);

/// The first days of the months that are counted, oldest first.
fn peildagen(vandaag: Date) -> Vec<Date> {
    let first = vandaag.first_of_month();
    (0..MAANDEN).rev().map(|back| plus_months(first, -back)).collect()
}

/// How children stood on the days that are counted.
#[derive(Debug)]
pub struct Maanden {
    gemaakt: Date,
    per_dag: BTreeMap<Date, Vec<Telrij>>,
    dekking: BTreeMap<Date, BTreeMap<OrganisatieId, Dekking>>,
    /// What policy is shown of the days that it compares.
    regio: BTreeMap<Date, Tafel>,
}

impl Maanden {
    fn new(vandaag: Date) -> Self {
        let per_dag = peildagen(vandaag).into_iter().map(|dag| (dag, Vec::new())).collect();
        Maanden { gemaakt: vandaag, per_dag, dekking: BTreeMap::new(), regio: BTreeMap::new() }
    }

    /// The day on which they were made.
    pub fn gemaakt(&self) -> Date {
        self.gemaakt
    }

    /// The first days of all months, oldest first.
    pub fn dagen(&self) -> impl DoubleEndedIterator<Item = Date> {
        self.per_dag.keys().copied()
    }

    /// The first days of quarters, and of the month that runs.
    pub fn kwartalen(&self) -> impl DoubleEndedIterator<Item = Date> {
        let last = self.laatste();
        self.dagen().filter(move |dag| *dag == last || (dag.month() - 1) % KWARTAAL == 0)
    }

    /// The first day of the month that runs.
    pub fn laatste(&self) -> Date {
        self.per_dag.keys().next_back().copied().unwrap_or(self.gemaakt)
    }

    /// The children of a day of whom there is something to count.
    pub fn rijen(&self, dag: Date) -> &[Telrij] {
        self.per_dag.get(&dag).map(Vec::as_slice).unwrap_or_default()
    }

    /// Schools whose deliveries were complete, and all schools.
    pub fn volledig(&self, dag: Date, telt: impl Fn(OrganisatieId) -> bool) -> (usize, usize) {
        let all = self.dekking.get(&dag).into_iter().flatten().filter(|(school, _)| telt(**school));
        all.fold((0, 0), |(complete, all), (_, dekking)| (complete + usize::from(dekking.is_volledig()), all + 1))
    }

    /// What policy is shown of a day that it compares.
    pub fn regio(&self, dag: Date) -> Option<&Tafel> {
        self.regio.get(&dag)
    }

    fn voeg_toe(&mut self, register: &Register, leerlingen: &[LeerlingId]) {
        let dagen: Vec<Date> = self.dagen().collect();
        for leerling in leerlingen {
            for (dag, rij) in register.telrijen(*leerling, &dagen) {
                self.per_dag.entry(dag).or_default().push(rij);
            }
        }
    }

    fn sluit_af(&mut self, register: &Register) {
        let scholen: Vec<OrganisatieId> = register.rules().scholen.keys().copied().collect();
        for dag in self.dagen().collect::<Vec<_>>() {
            let all = scholen.iter().map(|school| (*school, register.dekking(*school, dag)));
            self.dekking.insert(dag, all.filter(|(_, dekking)| dekking.schooldagen > 0).collect());
        }
    }

    fn tel_regio(&mut self, groepen: &[(Date, Vec<Groep>)], r: &Rules) {
        for (dag, groepen) in groepen {
            let tafel = Tafel::van(Kant::Regio, self.rijen(*dag), groepen, r);
            self.regio.insert(*dag, tafel);
        }
    }
}

/// Keeps the counts of past days.
#[derive(Debug, Default)]
pub struct Cijfers {
    stand: Mutex<Stand>,
    klaar: Notify,
}

#[derive(Debug, Default)]
struct Stand {
    maanden: Option<Arc<Maanden>>,
    bezig: bool,
}

impl Cijfers {
    /// The counts as they were made last; makes those of today when they are not there yet. `None` when the first ones
    /// take longer than a page can wait.
    pub async fn maanden(self: &Arc<Self>, dienst: &Arc<Dienst>) -> Option<Arc<Maanden>> {
        let ready = self.klaar.notified();
        tokio::pin!(ready);
        ready.as_mut().enable();
        if let Some(made) = self.begin(dienst) {
            return Some(made);
        }
        let _ = tokio::time::timeout(WACHT, ready).await;
        self.stand.lock().unwrap_or_else(PoisonError::into_inner).maanden.clone()
    }

    /// What is there; starts on those of today when that is older and nobody works on them.
    pub fn begin(self: &Arc<Self>, dienst: &Arc<Dienst>) -> Option<Arc<Maanden>> {
        let vandaag = dienst.tijd().vandaag();
        let mut stand = self.stand.lock().unwrap_or_else(PoisonError::into_inner);
        let old = stand.maanden.as_ref().is_none_or(|made| made.gemaakt != vandaag);
        if old && !stand.bezig {
            stand.bezig = true;
            let (cijfers, dienst) = (Arc::clone(self), Arc::clone(dienst));
            tokio::spawn(async move {
                let made = maak(&dienst, vandaag).await;
                let mut stand = cijfers.stand.lock().unwrap_or_else(PoisonError::into_inner);
                stand.bezig = false;
                match made {
                    Ok(made) => stand.maanden = Some(Arc::new(made)),
                    Err(fout) => eprintln!("storing: de cijfers zijn niet gemaakt: {fout}"),
                }
                drop(stand);
                cijfers.klaar.notify_waiters();
            });
        }
        stand.maanden.clone()
    }
}

/// Works out all children, some at a time: who wants to write meanwhile waits for a few of them only.
async fn maak(dienst: &Dienst, vandaag: Date) -> Result<Maanden, Fout> {
    let mut maanden = Maanden::new(vandaag);
    let kinderen: Vec<LeerlingId> = dienst.lees(|register| register.kinderen().collect()).await?;
    for deel in kinderen.chunks(DEEL) {
        dienst.lees(|register| maanden.voeg_toe(register, deel)).await?;
        tokio::task::yield_now().await;
    }
    let (groepen, r) = dienst
        .lees(|register| {
            maanden.sluit_af(register);
            let rows = maanden.kwartalen().map(|dag| (dag, register.telgroepen(Kant::Regio, dag)));
            (rows.collect::<Vec<_>>(), register.rules().clone())
        })
        .await?;
    let counted = tokio::task::spawn_blocking(move || {
        maanden.tel_regio(&groepen, &r);
        maanden
    });
    counted.await.map_err(|_| Fout::kan_niet("Het tellen werd afgebroken."))
}
