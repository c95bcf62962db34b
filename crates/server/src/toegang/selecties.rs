//! Selections of pupils that a professional kept under a name. They say which children somebody works on, and the names
//! are their own words: so they lie here, sealed, under a pseudonym.

use domain::ids::{MedewerkerId, Subject};
use serde::{Deserialize, Serialize};
use store::{Record, RecordName};

use super::Toegang;
use super::opslag::{self, SELECTIES};
use crate::fout::Fout;

/// Most selections of one professional.
pub const MAX_SELECTIES: usize = 20;
/// Characters of a name, at most.
pub const MAX_NAAM: usize = 40;
/// Bytes of a selection, at most.
const MAX_SELECTIE: usize = 400;

/// A selection that was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bewaard {
    /// What its owner calls it.
    pub naam: String,
    /// The selection, as it stands behind an address.
    pub selectie: String,
}

impl Toegang {
    /// The selections of a professional, by name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn selecties(&self, van: MedewerkerId) -> Result<Vec<Bewaard>, Fout> {
        let record = self.records.get_kept(SELECTIES, &self.selecties_van(van)?).await?;
        record.as_ref().map_or(Ok(Vec::new()), opslag::lees)
    }

    /// Keeps a selection, in the place of one with that name. `false` when there is no room for it, or it is too long.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn bewaar_selectie(&self, van: MedewerkerId, nieuw: Bewaard) -> Result<bool, Fout> {
        if nieuw.naam.chars().count() > MAX_NAAM || nieuw.selectie.len() > MAX_SELECTIE {
            return Ok(false);
        }
        self.wijzig_selecties(van, |all| {
            all.retain(|known| known.naam != nieuw.naam);
            let room = all.len() < MAX_SELECTIES;
            if room {
                all.push(nieuw);
                all.sort_by_key(|known| known.naam.to_lowercase());
            }
            room
        })
        .await
    }

    /// Takes the selection with that name away, if there is one.
    ///
    /// # Errors
    /// As [`Self::bewaar_selectie`].
    pub async fn haal_selectie_weg(&self, van: MedewerkerId, naam: &str) -> Result<(), Fout> {
        let gone = |all: &mut Vec<Bewaard>| {
            let before = all.len();
            all.retain(|known| known.naam != naam);
            all.len() < before
        };
        self.wijzig_selecties(van, gone).await.map(|_| ())
    }

    async fn wijzig_selecties(
        &self,
        van: MedewerkerId,
        wijzig: impl FnOnce(&mut Vec<Bewaard>) -> bool,
    ) -> Result<bool, Fout> {
        let name = self.selecties_van(van)?;
        let mut change = self.records.begin().await?;
        let record = change.get(SELECTIES, &name).await?;
        let mut all: Vec<Bewaard> = record.as_ref().map_or(Ok(Vec::new()), opslag::lees)?;
        if !wijzig(&mut all) {
            return Ok(false);
        }
        let content = opslag::schrijf(&all)?;
        let record = Record { kind: SELECTIES, name, owner: RecordName::NOBODY, until: store::FOR_EVER, content };
        change.put(&record).await?;
        change.commit().await?;
        Ok(true)
    }

    fn selecties_van(&self, van: MedewerkerId) -> Result<RecordName, Fout> {
        Ok(self.records.name("selecties", &Subject::from(van).to_bytes())?)
    }
}
