//! Where protocols are weighed: the absence of the region, kept ready in this process so that a moved slider is answered
//! at once. Made when somebody first asks, made anew when rows change or a day begins, and dropped when nobody asks.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::Date;
use domain::body::{DocumentSoort, Regiodocument};
use domain::fact::Fact;
use domain::ids::LeerlingId;
use register::historie::{Historie, Opbouw, Weging};
use register::{Register, Seq};
use signals::protocol::Protocol;
use tokio::sync::{Notify, Semaphore};

use crate::dienst::Dienst;
use crate::fout::Fout;

/// Threads that weigh.
pub const DRADEN: usize = 2;
/// Children that are worked out between two turns of others.
const DEEL: usize = 64;
/// How long a page waits before it says that the absence is being made ready.
const WACHT: Duration = Duration::from_secs(4);
/// What nobody asked for in a whole such stretch is dropped at its end, so within twice as long.
const ONGEBRUIKT: Duration = Duration::from_secs(15 * 60);
/// Weighings at the same moment; others wait their turn.
const TEGELIJK: usize = 2;
/// How often it is tried to make it while no school delivers.
const POGINGEN: usize = 3;

/// The version of the protocol that holds on a day, with its number, counted from 1. Of those that began the one with the
/// latest first day; adopted on one day, the last of them.
pub fn geldend(register: &Register, vandaag: Date) -> Option<(usize, &Regiodocument)> {
    let versies: Vec<(&Fact, &Regiodocument)> = register.versies(DocumentSoort::Protocol);
    let begun = versies.into_iter().enumerate().filter(|(_, (fact, _))| fact.valid.from <= vandaag);
    let holds = begun.max_by_key(|(plek, (fact, _))| (fact.valid.from, *plek));
    holds.map(|(plek, (_, document))| (plek + 1, document))
}

/// What is kept ready.
#[derive(Debug)]
pub struct Klaar {
    /// The absence.
    pub historie: Historie,
    /// The version that holds.
    pub protocol: Protocol,
    /// What it does.
    pub nu: Weging,
    stand: Seq,
    dag: Date,
}

/// Keeps the absence of one region ready.
#[derive(Debug)]
pub struct Weegkamer {
    stand: Mutex<Stand>,
    gemaakt: Notify,
    beurten: Semaphore,
}

#[derive(Debug, Default)]
struct Stand {
    klaar: Option<Arc<Klaar>>,
    bezig: bool,
    gebruikt: bool,
    opruimer: bool,
}

impl Default for Weegkamer {
    fn default() -> Self {
        Weegkamer { stand: Mutex::default(), gemaakt: Notify::new(), beurten: Semaphore::new(TEGELIJK) }
    }
}

impl Weegkamer {
    /// The absence as it is now; `None` when making it ready takes longer than a page can wait.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub async fn klaar(self: &Arc<Self>, dienst: &Arc<Dienst>) -> Result<Option<Arc<Klaar>>, Fout> {
        let stand = dienst.lees(Register::rijen_stand).await?;
        let made = self.gemaakt.notified();
        tokio::pin!(made);
        made.as_mut().enable();
        let vandaag = dienst.tijd().vandaag();
        if let Some(klaar) = self.begin(dienst, stand, vandaag) {
            return Ok(Some(klaar));
        }
        let _ = tokio::time::timeout(WACHT, made).await;
        let stand = self.stand.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(stand.klaar.clone().filter(|klaar| klaar.dag == vandaag))
    }

    /// What is there, if it is of these rows and this day; begins to make it otherwise.
    fn begin(self: &Arc<Self>, dienst: &Arc<Dienst>, rijen: Seq, dag: Date) -> Option<Arc<Klaar>> {
        let mut stand = self.stand.lock().unwrap_or_else(PoisonError::into_inner);
        stand.gebruikt = true;
        if stand.klaar.as_ref().is_some_and(|klaar| klaar.stand != rijen || klaar.dag != dag) {
            stand.klaar = None;
        }
        if stand.klaar.is_none() && !stand.bezig {
            stand.bezig = true;
            let (kamer, dienst) = (Arc::clone(self), Arc::clone(dienst));
            tokio::spawn(async move {
                let made = maak(&dienst, dag).await;
                kamer.neem(made);
            });
        }
        stand.klaar.clone()
    }

    fn neem(self: &Arc<Self>, made: Result<Option<Klaar>, Fout>) {
        let mut stand = self.stand.lock().unwrap_or_else(PoisonError::into_inner);
        stand.bezig = false;
        match made {
            Ok(klaar) => stand.klaar = klaar.map(Arc::new),
            Err(fout) => eprintln!("storing: het verzuim is niet klaargezet om een protocol te wegen: {fout}"),
        }
        if stand.klaar.is_some() && !stand.opruimer {
            stand.opruimer = true;
            tokio::spawn(ruim_op(Arc::clone(self)));
        }
        drop(stand);
        self.gemaakt.notify_waiters();
    }

    /// Weighs a protocol against what is kept ready, on a thread of its own.
    ///
    /// # Errors
    /// When the work was broken off.
    pub async fn weeg(&self, klaar: &Arc<Klaar>, protocol: &Protocol) -> Result<Weging, Fout> {
        let broken = || Fout::kan_niet("Het rekenen werd afgebroken. Probeer het opnieuw.");
        let _beurt = self.beurten.acquire().await.map_err(|_| broken())?;
        let (klaar, protocol) = (Arc::clone(klaar), protocol.clone());
        let work = tokio::task::spawn_blocking(move || klaar.historie.weeg(&protocol, DRADEN));
        work.await.map_err(|_| broken())
    }

    /// Whether nobody asked since the last time this was asked; if so, nothing is kept any more.
    fn laat_los(&self) -> bool {
        let mut stand = self.stand.lock().unwrap_or_else(PoisonError::into_inner);
        let unused = !std::mem::take(&mut stand.gebruikt);
        if unused {
            stand.klaar = None;
            stand.opruimer = false;
        }
        unused
    }
}

async fn ruim_op(kamer: Arc<Weegkamer>) {
    loop {
        tokio::time::sleep(ONGEBRUIKT).await;
        if kamer.laat_los() {
            return;
        }
    }
}

/// Works out all children, some at a time. `None` without a protocol that can be read.
async fn maak(dienst: &Dienst, dag: Date) -> Result<Option<Klaar>, Fout> {
    let mut gemaakt = None;
    for _ in 0..POGINGEN {
        let start = dienst.lees(|register| (register.rijen_stand(), register.kinderen().collect::<Vec<LeerlingId>>()));
        let (stand, kinderen) = start.await?;
        let mut opbouw = Opbouw::new(dag);
        for deel in kinderen.chunks(DEEL) {
            dienst.lees(|register| opbouw.voeg_toe(register, deel)).await?;
            tokio::task::yield_now().await;
        }
        gemaakt = dienst.lees(|register| rond_af(register, opbouw, stand, dag)).await?;
        if dienst.lees(Register::rijen_stand).await? == stand {
            break;
        }
    }
    let Some(mut klaar) = gemaakt else { return Ok(None) };
    let weighed = tokio::task::spawn_blocking(move || {
        klaar.nu = klaar.historie.weeg(&klaar.protocol, DRADEN);
        klaar
    });
    weighed.await.map(Some).map_err(|_| Fout::kan_niet("Het klaarzetten werd afgebroken."))
}

fn rond_af(register: &Register, opbouw: Opbouw, stand: Seq, dag: Date) -> Option<Klaar> {
    let (_, document) = geldend(register, dag)?;
    let protocol = signals::protocol::lees(document.tekst.zichtbaar()).ok()?;
    let historie = opbouw.klaar(register, &protocol, DRADEN);
    Some(Klaar { historie, protocol, nu: Weging::default(), stand, dag })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_asks_for_is_dropped() {
        let kamer = Weegkamer::default();
        kamer.stand.lock().unwrap().gebruikt = true;
        assert!(!kamer.laat_los(), "somebody asked");
        assert!(kamer.laat_los(), "nobody did since");
        assert!(kamer.stand.lock().unwrap().klaar.is_none());
    }
}
