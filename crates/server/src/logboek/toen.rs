//! Looking back: the region as it was known at a moment.

use std::sync::Arc;

use domain::Timestamp;
use domain::body::Body;
use domain::calendar::dag_in_nederland;
use domain::fact::Fact;
use domain::ids::{LeerlingId, Subject};
use exchange::wijziging;
use register::{Register, Wijziging};
use store::{Content, DeliveryId};

use super::boek::neem_protocol_over;
use super::{Boek, onleesbare_levering, subject_id};
use crate::fout::Fout;

impl Boek {
    /// The region as it was known at a moment (inclusive), with of all children only this one and those it was joined
    /// with: facts that were known by then, and absence rows put together again from what each delivery changed. Of what
    /// was destroyed since nothing comes back.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn zoals_bekend(&self, leerling: LeerlingId, at: Timestamp) -> Result<Register, Fout> {
        let (zelfde, facts) = {
            let register = self.register();
            let zelfde = register.zelfde(leerling);
            let facts: Vec<Arc<Fact>> = register.bekend(at, &zelfde).cloned().collect();
            (zelfde, facts)
        };
        let mut then = Register::new();
        for fact in facts {
            then.apply(0, Arc::clone(&fact));
            let (Body::VerzuimLevering(levering), Subject::Organisatie(school)) = (&fact.body, fact.about) else {
                continue;
            };
            for kind in &zelfde {
                if let Some(changed) = self.wijziging(levering.nummer, *kind).await? {
                    then.apply_wijziging(school, *kind, &changed);
                }
            }
        }
        then.settle();
        neem_protocol_over(&mut then, dag_in_nederland(at));
        Ok(then)
    }

    /// What one delivery changed for one pupil, if anything.
    async fn wijziging(&self, nummer: u128, leerling: LeerlingId) -> Result<Option<Wijziging>, Fout> {
        let blob = self.store().blob(DeliveryId(nummer.to_be_bytes()), subject_id(leerling.into())).await?;
        match blob.map(|blob| blob.content) {
            Some(Content::Readable(bytes)) => wijziging::lees(&bytes).map(Some).ok_or_else(onleesbare_levering),
            _ => Ok(None),
        }
    }
}
