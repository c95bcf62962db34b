//! The register in use by many at once: one process that serves pages while others, and it itself, write.
//!
//! Whoever asks sees what was in the log at that moment, also what another process just wrote.

mod samenvatter;

use std::sync::Arc;

use domain::calendar::{begin_van_dag, dag_in_nederland};
use domain::fact::Actor;
use domain::ids::{LeerlingId, MedewerkerId, OrganisatieId};
use domain::{Date, Timestamp};
use jiff::SignedDuration;
use register::Register;
use store::queue::{Queue, Turn};
use tokio::runtime::Handle;
use tokio::sync::{Mutex, oneshot};

use crate::fout::Fout;
use crate::klok;
use crate::logboek::{Antwoord, Beslissing, Boek, Inzage, Kijken, Lezer, Logboek};
use samenvatter::Samenvatter;

/// With more children than this to sum up a list would be slow: then it is better to wait a moment.
const TE_VEEL: usize = 64;

/// What time it is for the service: the clock of the computer, or that clock moved, for a made-up region that plays on
/// another day.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tijd {
    verschuiving: SignedDuration,
}

impl Tijd {
    /// A clock that starts now at that moment and goes on from there.
    pub fn vanaf(moment: Timestamp) -> Self {
        Tijd { verschuiving: moment.duration_since(klok::nu()) }
    }

    /// A clock that starts now at nine in the morning of a day.
    pub fn vanaf_negen_uur(dag: Date) -> Self {
        let nine = begin_van_dag(dag).checked_add(SignedDuration::from_hours(9));
        nine.map_or_else(|_| Tijd::default(), Tijd::vanaf)
    }

    /// This moment.
    pub fn nu(&self) -> Timestamp {
        klok::nu().checked_add(self.verschuiving).unwrap_or(Timestamp::MAX)
    }

    /// Today in Europe/Amsterdam.
    pub fn vandaag(&self) -> Date {
        dag_in_nederland(self.nu())
    }
}

/// A decision that waits for the writer, and for whom.
struct Wachtend {
    beslissing: Beslissing<'static>,
    antwoord: oneshot::Sender<Result<Antwoord, Fout>>,
}

fn geen_antwoord() -> Fout {
    Fout::kan_niet("Er kwam geen antwoord. Kijk wat er staat en probeer het opnieuw.")
}

/// One register, its log and its clock.
pub struct Dienst {
    boek: Arc<Boek>,
    /// Who writes; nobody who only reads waits for it.
    logboek: Mutex<Logboek>,
    wachtend: Arc<Queue<Wachtend>>,
    samenvatter: Samenvatter,
    tijd: Tijd,
    begonnen: Timestamp,
}

impl Dienst {
    /// Takes a register into service. All children are summed up meanwhile.
    pub fn new(logboek: Logboek, tijd: Tijd) -> Self {
        let boek = Arc::clone(logboek.boek());
        let samenvatter = Samenvatter::start(Arc::clone(&boek), tijd);
        Dienst { boek, logboek: Mutex::new(logboek), wachtend: Arc::default(), samenvatter, begonnen: tijd.nu(), tijd }
    }

    /// The clock of the service.
    pub fn tijd(&self) -> Tijd {
        self.tijd
    }

    /// When the register was taken into service.
    pub fn begonnen(&self) -> Timestamp {
        self.begonnen
    }

    /// Answers a question from the register as it is now; it never waits for more than reading what was added. The
    /// question may take as long as a page, and must not ask another.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn lees<T>(&self, vraag: impl FnOnce(&Register) -> T) -> Result<T, Fout> {
        self.kijk_bij().await?;
        Ok(vraag(&self.boek.register()))
    }

    /// The same for a question about many children, which is quick when almost all are summed up. Waits a few seconds when
    /// the service just began, or when what all children rest on has changed.
    ///
    /// # Errors
    /// As [`Self::lees`].
    pub async fn lees_lijst<T>(&self, vraag: impl FnOnce(&Register) -> T) -> Result<T, Fout> {
        self.kijk_bij().await?;
        self.samenvatter.hoogstens(&self.boek, TE_VEEL).await;
        Ok(vraag(&self.boek.register()))
    }

    /// Reads what was added to the log since the last look, by this process or another.
    async fn kijk_bij(&self) -> Result<(), Fout> {
        if self.boek.is_bij().await? {
            return Ok(());
        }
        self.boek.bijlezen().await?;
        self.samenvatter.wek();
        Ok(())
    }

    /// Decides and writes; the answer comes when it is durable. What others ask while something is written is decided and
    /// written together. Whoever stops waiting may find it done all the same.
    ///
    /// # Errors
    /// When the log cannot be read or written.
    pub async fn beslis(self: &Arc<Self>, beslissing: Beslissing<'static>) -> Result<Antwoord, Fout> {
        let (antwoord, beantwoord) = oneshot::channel();
        if let Some(beurt) = self.wachtend.push(Wachtend { beslissing, antwoord }) {
            tokio::spawn(Arc::clone(self).beslis_wachtenden(beurt));
        }
        beantwoord.await.unwrap_or_else(|_| Err(geen_antwoord()))
    }

    async fn beslis_wachtenden(self: Arc<Self>, mut beurt: Turn<Wachtend>) {
        loop {
            let (beslissingen, wie): (Vec<_>, Vec<_>) =
                beurt.take().into_iter().map(|wachtend| (wachtend.beslissing, wachtend.antwoord)).unzip();
            if wie.is_empty() {
                return;
            }
            let antwoorden = self.logboek.lock().await.beslis_samen(self.tijd.nu(), beslissingen).await;
            self.samenvatter.wek();
            let antwoorden: Vec<_> = match antwoorden {
                Ok(antwoorden) => antwoorden.into_iter().map(Ok).collect(),
                Err(fout) => vec![Err(fout); wie.len()],
            };
            // Nobody who went away needs an answer.
            wie.into_iter().zip(antwoorden).for_each(|(wie, antwoord)| drop(wie.send(antwoord)));
        }
    }

    /// Does work that writes in its own way and takes long, as an import, on a thread of its own. Others read on
    /// meanwhile; who writes waits.
    ///
    /// # Errors
    /// As the work.
    pub async fn schrijf<T: Send + 'static>(
        self: &Arc<Self>,
        werk: impl AsyncFnOnce(&mut Logboek) -> Result<T, Fout> + Send + 'static,
    ) -> Result<T, Fout> {
        let (dienst, runtime) = (Arc::clone(self), Handle::current());
        let done = tokio::task::spawn_blocking(move || {
            runtime.block_on(async move {
                let mut logboek = dienst.logboek.lock().await;
                logboek.bijlezen().await?;
                let uitkomst = werk(&mut logboek).await;
                dienst.samenvatter.wek();
                uitkomst
            })
        });
        done.await.map_err(|_| Fout::kan_niet("Het werk werd afgebroken. Kijk wat er staat en probeer het opnieuw."))?
    }

    /// Writes down that somebody looks at these children; show nothing when it fails.
    ///
    /// # Errors
    /// When the read log cannot be written.
    pub async fn gelezen(&self, wie: &Lezer, over: &[LeerlingId], wat: &str, reden: &str) -> Result<(), Fout> {
        self.boek.gelezen(self.tijd.nu(), wie, over, wat, reden).await
    }

    /// When somebody last saw something of this child.
    ///
    /// # Errors
    /// When the read log cannot be read.
    pub async fn laatst_gezien(
        &self,
        leerling: LeerlingId,
        wie: MedewerkerId,
        wat: &str,
    ) -> Result<Option<Timestamp>, Fout> {
        self.boek.laatst_gezien(leerling, wie, wat).await
    }

    /// Who looked at this child, newest first.
    ///
    /// # Errors
    /// When the read log cannot be read.
    pub async fn inzagen(&self, leerling: LeerlingId, hoogstens: usize) -> Result<Vec<Inzage>, Fout> {
        self.boek.inzagen(leerling, hoogstens).await
    }
}

impl Dienst {
    /// Who of one organisation looked at whom, from a moment until another.
    ///
    /// # Errors
    /// When the read log cannot be read.
    pub async fn kijken(&self, van: OrganisatieId, vanaf: Timestamp, tot: Timestamp) -> Result<Kijken, Fout> {
        self.boek.kijken(van, vanaf, tot).await
    }
}

/// The organisation and function in which a professional looks.
pub fn lezer(wie: &Actor) -> Lezer {
    let (subject, organisatie) = match *wie {
        Actor::Medewerker { id, organisatie, .. } => (id.into(), Some(organisatie)),
        Actor::Ouder { persoon } => (persoon.into(), None),
        Actor::Leerling { leerling } => (leerling.into(), None),
        Actor::Systeem { organisatie } => (organisatie.into(), Some(organisatie)),
    };
    let functie = wie.rol().map_or("ouder of leerling", |rol| rol.label()).to_owned();
    Lezer { wie: subject, organisatie, functie }
}
