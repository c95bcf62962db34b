//! Looks with a reason: leerplicht looks for a day at a child of its own municipality that it has no case of, and the own
//! privacy officer says afterwards whether that was right. The look itself stands in the read log, which nobody changes;
//! here stands what is still open, so that it lies sealed beside the accounts and not in the dossier, where it would tell
//! others that leerplicht looked.

use domain::Timestamp;
use domain::fact::Rol;
use domain::ids::{LeerlingId, MedewerkerId, OrganisatieId};
use serde::{Deserialize, Serialize};
use store::{Record, RecordName};

use super::Toegang;
use super::opslag::{self, INZAGE, moment};
use super::voorval::BEWAARD;
use super::weigering::Weigering;
use crate::hex::{hex, unhex};
use crate::klok;

/// How long one may look, in microseconds: a day.
pub const DUUR: i64 = 24 * 60 * 60 * 1_000_000;
/// Most looks of one organisation that are listed: the newest.
pub const MAX_INZAGEN: usize = 1_000;

/// What the privacy officer found of a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beoordeling {
    /// Who.
    pub door: MedewerkerId,
    /// When.
    pub op: Timestamp,
    /// Whether the reason was good.
    pub akkoord: bool,
    /// In words.
    pub woorden: String,
}

/// A look with a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedenInzage {
    /// Its own name, for addresses: 32 bytes as text.
    pub nummer: String,
    /// At whom.
    pub leerling: LeerlingId,
    /// Who looked.
    pub medewerker: MedewerkerId,
    /// For whom.
    pub organisatie: OrganisatieId,
    /// In which role.
    pub rol: Rol,
    /// Why.
    pub reden: String,
    /// When it began.
    pub sinds: Timestamp,
    /// What the privacy officer found; `None` until they looked.
    pub oordeel: Option<Beoordeling>,
}

impl RedenInzage {
    /// Until when one may look.
    pub fn tot(&self) -> Timestamp {
        moment(self.sinds.as_microsecond().saturating_add(DUUR))
    }
}

#[derive(Serialize, Deserialize)]
struct Vorm {
    versie: u32,
    leerling: u64,
    medewerker: u64,
    organisatie: u64,
    rol: String,
    reden: String,
    sinds: i64,
    oordeel: Option<VormOordeel>,
}

#[derive(Serialize, Deserialize)]
struct VormOordeel {
    door: u64,
    op: i64,
    akkoord: bool,
    woorden: String,
}

/// Who looks, at whom and why.
#[derive(Debug, Clone)]
pub struct NieuweInzage {
    /// At whom.
    pub leerling: LeerlingId,
    /// Who looks.
    pub medewerker: MedewerkerId,
    /// For whom.
    pub organisatie: OrganisatieId,
    /// In which role.
    pub rol: Rol,
    /// Why.
    pub reden: String,
}

impl Toegang {
    /// Begins a look with a reason; its name.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn begin_inzage(&self, nieuw: NieuweInzage, nu: Timestamp) -> Result<String, Weigering> {
        let mut name: [u8; 32] = klok::toevalsbytes()?;
        // Names sort by moment.
        name[..8].copy_from_slice(&nu.as_microsecond().max(0).to_be_bytes());
        let NieuweInzage { leerling, medewerker, organisatie, rol, reden } = nieuw;
        let vorm = Vorm {
            versie: 1,
            leerling: leerling.0.get(),
            medewerker: medewerker.0.get(),
            organisatie: organisatie.0.get(),
            rol: rol.code().to_owned(),
            reden,
            sinds: nu.as_microsecond(),
            oordeel: None,
        };
        let until = nu.as_microsecond().saturating_add(BEWAARD);
        let owner = self.eigenaar(organisatie)?;
        let record = Record { kind: INZAGE, name: RecordName(name), owner, until, content: opslag::schrijf(&vorm)? };
        let mut change = self.records.begin().await?;
        change.put(&record).await?;
        change.commit().await?;
        Ok(hex(&name))
    }

    /// One look with a reason, whoever made it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn inzage(&self, nummer: &str) -> Result<Option<RedenInzage>, Weigering> {
        let Some(name) = naam(nummer) else { return Ok(None) };
        self.records.get(INZAGE, &name).await?.as_ref().map(lees).transpose()
    }

    /// The looks of an organisation, newest first, at most [`MAX_INZAGEN`].
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn inzagen_van(&self, organisatie: OrganisatieId) -> Result<Vec<RedenInzage>, Weigering> {
        let records = self.records.of_owner(INZAGE, &self.eigenaar(organisatie)?, MAX_INZAGEN).await?;
        let mut inzagen = records.iter().map(lees).collect::<Result<Vec<_>, _>>()?;
        inzagen.sort_by_key(|inzage| std::cmp::Reverse(inzage.sinds));
        Ok(inzagen)
    }

    /// Writes down what the privacy officer of the organisation found; `false` when there is no such look of that
    /// organisation, or it was judged already: a judgement is not changed afterwards.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn beoordeel_inzage(
        &self,
        nummer: &str,
        organisatie: OrganisatieId,
        oordeel: Beoordeling,
    ) -> Result<bool, Weigering> {
        let Some(name) = naam(nummer) else { return Ok(false) };
        let mut change = self.records.begin().await?;
        let Some(record) = change.get(INZAGE, &name).await? else { return Ok(false) };
        let mut vorm: Vorm = opslag::lees(&record)?;
        if vorm.organisatie != organisatie.0.get() || vorm.oordeel.is_some() {
            return Ok(false);
        }
        let Beoordeling { door, op, akkoord, woorden } = oordeel;
        vorm.oordeel = Some(VormOordeel { door: door.0.get(), op: op.as_microsecond(), akkoord, woorden });
        change.put(&Record { content: opslag::schrijf(&vorm)?, ..record }).await?;
        change.commit().await?;
        Ok(true)
    }

    fn eigenaar(&self, organisatie: OrganisatieId) -> Result<RecordName, Weigering> {
        Ok(self.records.name("inzagen van organisatie", &organisatie.0.get().to_be_bytes())?)
    }
}

fn lees(record: &Record) -> Result<RedenInzage, Weigering> {
    let vorm: Vorm = opslag::lees(record)?;
    let rol = Rol::ALL.iter().copied().find(|rol| rol.code() == vorm.rol).ok_or_else(opslag::onleesbaar)?;
    let oordeel = vorm.oordeel.map(|oordeel| Beoordeling {
        door: MedewerkerId::new(oordeel.door),
        op: moment(oordeel.op),
        akkoord: oordeel.akkoord,
        woorden: oordeel.woorden,
    });
    Ok(RedenInzage {
        nummer: hex(&record.name.0),
        leerling: LeerlingId::new(vorm.leerling),
        medewerker: MedewerkerId::new(vorm.medewerker),
        organisatie: OrganisatieId::new(vorm.organisatie),
        rol,
        reden: vorm.reden,
        sinds: moment(vorm.sinds),
        oordeel,
    })
}

fn naam(nummer: &str) -> Option<RecordName> {
    unhex(nummer).map(RecordName)
}
