//! Summing up children where nobody waits for it: when the service starts, when something is said about a child, and when
//! the day turns.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use super::Tijd;
use crate::logboek::Boek;

/// Children summed up at a time: readers go on meanwhile, and who has something to apply waits a few milliseconds.
const PER_BEURT: usize = 64;
/// Threads on which they are summed up.
const DRADEN: usize = 2;
/// How often is looked whether the day turned.
const RUST: Duration = Duration::from_secs(20);
/// So long a list waits for summaries at most; then what is not there is worked out as it is asked.
const GEDULD: Duration = Duration::from_secs(10);

/// A thread of its own, at work for as long as this lives.
pub(super) struct Samenvatter(Arc<Stand>);

#[derive(Default)]
struct Stand {
    wens: Mutex<Wens>,
    wekker: Condvar,
    /// Rings for whoever waits, whenever some children were summed up.
    gedaan: Notify,
    /// Whether the last round failed: then nobody waits for the next.
    mislukt: AtomicBool,
}

#[derive(Default)]
struct Wens {
    gewekt: bool,
    stop: bool,
}

impl Samenvatter {
    /// Begins with all children, today.
    pub(super) fn start(boek: Arc<Boek>, tijd: Tijd) -> Self {
        let stand = Arc::new(Stand::default());
        let own = Arc::clone(&stand);
        let work = move || {
            while own.wacht() {
                let round = || {
                    boek.begin_dag(tijd.vandaag());
                    while !own.is_gestopt() && boek.vat_samen(PER_BEURT, DRADEN) {
                        own.gedaan.notify_waiters();
                    }
                };
                // What fails of one child must not keep all others from being summed up tomorrow.
                own.meld(catch_unwind(AssertUnwindSafe(round)).is_ok());
            }
        };
        // Without this thread pages are slower and none is wrong: what was not summed up is worked out when it is asked.
        if std::thread::Builder::new().name("samenvatter".to_owned()).spawn(work).is_err() {
            stand.meld(false);
        }
        let samenvatter = Samenvatter(stand);
        samenvatter.wek();
        samenvatter
    }

    /// Something was said.
    pub(super) fn wek(&self) {
        self.0.wens().gewekt = true;
        self.0.wekker.notify_one();
    }

    /// Waits until all children were summed up but for at most so many that changed since.
    pub(super) async fn hoogstens(&self, boek: &Boek, most: usize) {
        loop {
            let done = self.0.gedaan.notified();
            let mut done = std::pin::pin!(done);
            done.as_mut().enable();
            if self.0.mislukt.load(Ordering::Relaxed) || boek.register().is_bijna_samengevat(most) {
                return;
            }
            self.wek();
            if tokio::time::timeout(GEDULD, done).await.is_err() {
                return;
            }
        }
    }
}

impl Drop for Samenvatter {
    fn drop(&mut self) {
        self.0.wens().stop = true;
        self.0.wekker.notify_one();
    }
}

impl Stand {
    /// Waits until there may be something to do; no when it is over.
    fn wacht(&self) -> bool {
        let wens = self.wens();
        let idle = |wens: &mut Wens| !wens.gewekt && !wens.stop;
        let (mut wens, _) = self.wekker.wait_timeout_while(wens, RUST, idle).unwrap_or_else(PoisonError::into_inner);
        wens.gewekt = false;
        !wens.stop
    }

    /// A round is over.
    fn meld(&self, goed: bool) {
        if !goed && !self.mislukt.load(Ordering::Relaxed) {
            eprintln!("storing: niet alle leerlingen zijn samengevat; de lijsten zijn trager");
        }
        self.mislukt.store(!goed, Ordering::Relaxed);
        self.gedaan.notify_waiters();
    }

    fn is_gestopt(&self) -> bool {
        self.wens().stop
    }

    fn wens(&self) -> std::sync::MutexGuard<'_, Wens> {
        self.wens.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
