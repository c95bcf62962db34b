//! Who looks at whom, written before anything is shown (Logboek Dataverwerkingen; NEN 7513 for youth health care).

use domain::Timestamp;
use domain::body::{Organisatie, OrganisatieSoort};
use domain::ids::{LeerlingId, MedewerkerId, OrganisatieId, Subject};
use register::Register;
use store::{ActorId, NewRead, OwnerId, Read};

use super::{Boek, moment, subject_id};
use crate::fout::Fout;

/// Function of whoever runs a command on the computer of the register. The name in the operating system is not kept:
/// who may run commands there is for the keeper of that computer to know.
const BEHEER: &str = "beheer van het register";

/// Who looks, as the read log remembers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lezer {
    /// The professional, parent or child; an organisation when it was no person in particular.
    pub wie: Subject,
    /// On behalf of which organisation; none for parents and children.
    pub organisatie: Option<OrganisatieId>,
    /// In which function, in words.
    pub functie: String,
}

impl Lezer {
    /// Whoever keeps the register, on behalf of the region. `None` as long as the register has no region.
    pub fn beheer(register: &Register) -> Option<Self> {
        let is_region = |organisatie: &Organisatie| organisatie.soort == OrganisatieSoort::Regio;
        let (regio, _) = register.rules().organisaties.iter().find(|(_, organisatie)| is_region(organisatie))?;
        Some(Lezer { wie: (*regio).into(), organisatie: Some(*regio), functie: BEHEER.to_owned() })
    }
}

/// One look at a child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inzage {
    /// When.
    pub moment: Timestamp,
    /// In which function, in words.
    pub functie: String,
    /// On behalf of which organisation; none for parents and children.
    pub organisatie: Option<OrganisatieId>,
    /// What was shown.
    pub wat: String,
    /// Why, in the reader's words.
    pub reden: String,
}

/// One look by somebody of an organisation, at one child or at a list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kijk {
    /// When.
    pub moment: Timestamp,
    /// Who: a professional, or the organisation when it was no person in particular.
    pub wie: Subject,
    /// In which function, in words.
    pub functie: String,
    /// What was shown.
    pub wat: String,
    /// Why.
    pub reden: String,
    /// At whom.
    pub leerlingen: Vec<LeerlingId>,
}

/// The looks of an organisation in a period, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kijken {
    /// The looks.
    pub kijken: Vec<Kijk>,
    /// Whether the period has too many lines, so that the oldest were not looked through.
    pub meer: bool,
}

/// Looks at a child that are looked through for one of somebody.
const MAX_TERUG: usize = 500;

impl Boek {
    /// Who of one organisation looked at whom, from a moment until another; at most [`store::MAX_PERIOD`] lines of the
    /// period are looked through.
    ///
    /// # Errors
    /// When the read log cannot be read.
    pub async fn kijken(&self, van: OrganisatieId, vanaf: Timestamp, tot: Timestamp) -> Result<Kijken, Fout> {
        let owner = OwnerId::new(&Subject::from(van).to_bytes()).unwrap_or_default();
        let (from, until) = (vanaf.as_microsecond(), tot.as_microsecond());
        let found = self.store().reads_for(owner, from, until, store::MAX_PERIOD).await?;
        let mut kijken: Vec<Kijk> = Vec::new();
        let mut known = None;
        for read in found.reads.into_iter().rev() {
            let leerling = match Subject::from_bytes(read.subject.as_bytes()) {
                Some(Subject::Leerling(leerling)) => leerling,
                _ => continue,
            };
            // Lines of one look bear one moment, and no other look does.
            match kijken.last_mut().filter(|_| known == Some(read.known)) {
                Some(kijk) => kijk.leerlingen.push(leerling),
                None => kijken.push(kijk(&read, leerling)?),
            }
            known = Some(read.known);
        }
        Ok(Kijken { kijken, meer: found.more })
    }

    /// Writes down that somebody looks at these children: one line each, all or none. Call it before anything is shown,
    /// and show nothing when it fails. `wat` names what is shown, as the command or page is called.
    ///
    /// # Errors
    /// When no reason is given, or the read log cannot be written.
    pub async fn gelezen(
        &self,
        nu: Timestamp,
        wie: &Lezer,
        over: &[LeerlingId],
        wat: &str,
        reden: &str,
    ) -> Result<(), Fout> {
        if reden.trim().is_empty() {
            return Err(Fout::gebruik("Schrijf kort op waarom u dit wilt zien; de reden komt in het leeslog."));
        }
        // Who sees a child sees what was stated about each that a person found to be the same; should that turn out to be
        // wrong, each must be able to tell.
        let subjects = {
            let register = self.register();
            let each = over.iter().flat_map(|leerling| register.zelfde(*leerling));
            each.map(|leerling| subject_id(leerling.into())).collect()
        };
        let organisation = wie.organisatie.map(|id| Subject::from(id).to_bytes());
        let read = NewRead {
            reader: ActorId::new(&wie.wie.to_bytes()).unwrap_or_default(),
            organisation: organisation.and_then(|bytes| OwnerId::new(&bytes)).unwrap_or_default(),
            function: wie.functie.clone(),
            shown: wat.to_owned(),
            purpose: reden.trim().to_owned(),
            subjects,
        };
        match self.store().append_read(nu.as_microsecond(), read).await {
            Ok(_) => Ok(()),
            Err(fout) => Err(Fout::kan_niet(format!("Zonder regel in het leeslog wordt niets getoond. {fout}"))),
        }
    }

    /// When somebody last saw something of this child, or of one that a person found to be the same; among the last
    /// [`MAX_TERUG`] looks at each.
    ///
    /// # Errors
    /// When the read log cannot be read.
    pub async fn laatst_gezien(
        &self,
        leerling: LeerlingId,
        wie: MedewerkerId,
        wat: &str,
    ) -> Result<Option<Timestamp>, Fout> {
        let reader = Subject::from(wie).to_bytes();
        let alle = self.register().zelfde(leerling);
        let mut last = None;
        for zelfde in alle {
            let reads = self.store().reads_of(subject_id(zelfde.into()), MAX_TERUG).await?;
            let own = reads.iter().filter(|read| read.reader.as_bytes() == reader.as_slice() && read.shown == wat);
            last = own.map(|read| read.known).max().max(last);
        }
        last.map(moment).transpose()
    }

    /// Who looked at this child, or at one that a person found to be the same: newest first, at most `hoogstens`.
    ///
    /// # Errors
    /// When the read log cannot be read.
    pub async fn inzagen(&self, leerling: LeerlingId, hoogstens: usize) -> Result<Vec<Inzage>, Fout> {
        let mut reads: Vec<Read> = Vec::new();
        let alle = self.register().zelfde(leerling);
        for zelfde in alle {
            reads.extend(self.store().reads_of(subject_id(zelfde.into()), hoogstens).await?);
        }
        reads.sort_unstable_by_key(|read| std::cmp::Reverse(read.seq));
        // One look at children that are one wrote a line for each, at one moment.
        reads.dedup_by_key(|read| read.known);
        reads.into_iter().take(hoogstens).map(inzage).collect()
    }
}

fn kijk(read: &Read, leerling: LeerlingId) -> Result<Kijk, Fout> {
    let Read { function, shown, purpose, .. } = read;
    Ok(Kijk {
        moment: moment(read.known)?,
        wie: Subject::from_bytes(read.reader.as_bytes()).unwrap_or(leerling.into()),
        functie: function.clone(),
        wat: shown.clone(),
        reden: purpose.clone(),
        leerlingen: vec![leerling],
    })
}

fn inzage(read: Read) -> Result<Inzage, Fout> {
    let organisatie = match Subject::from_bytes(read.organisation.as_bytes()) {
        Some(Subject::Organisatie(id)) => Some(id),
        _ => None,
    };
    let Read { function: functie, shown: wat, purpose: reden, .. } = read;
    Ok(Inzage { moment: moment(read.known)?, functie, organisatie, wat, reden })
}

#[cfg(test)]
mod tests {
    use domain::body::ZelfdeKind;

    use super::*;
    use crate::logboek::proef::*;

    fn mentor() -> Lezer {
        let wie = domain::ids::MedewerkerId::new(5).into();
        Lezer { wie, organisatie: Some(OrganisatieId::new(1)), functie: "mentor".into() }
    }

    fn redenen(inzagen: Vec<Inzage>) -> Vec<String> {
        inzagen.into_iter().map(|inzage| inzage.reden).collect()
    }

    #[test]
    fn who_looked_is_told_newest_first_also_of_a_child_that_was_joined() {
        speel(async {
            let (plek, mut logboek) = Plek::new().await;
            assert_eq!(Lezer::beheer(&logboek.register()), None);
            stel(&mut logboek, vec![regio(), thuis(SAM, "thuis"), thuis(NOOR, "thuis")]).await;
            let beheer = Lezer::beheer(&logboek.register()).unwrap();
            logboek.gelezen(nu(), &mentor(), &[SAM, NOOR], "lijst", "ochtendlijst").await.unwrap();
            logboek.gelezen(nu(), &beheer, &[NOOR], "stand", " vraag van ouders\n").await.unwrap();

            let noor = plek.open().await.inzagen(NOOR, 9).await.unwrap();
            let Inzage { functie, organisatie, wat, reden, .. } = &noor[0];
            let found = (functie.as_str(), *organisatie, wat.as_str(), reden.as_str());
            assert_eq!(found, ("beheer van het register", Some(REGIO), "stand", "vraag van ouders"));
            assert_eq!((noor.len(), noor[1].moment, noor[1].functie.as_str()), (2, nu(), "mentor"));
            assert_eq!(redenen(logboek.inzagen(SAM, 9).await.unwrap()), ["ochtendlijst"]);

            stel(&mut logboek, vec![feit(SAM, ZelfdeKind { ander: NOOR, reden: "dubbel".into() })]).await;
            let beide = redenen(logboek.inzagen(SAM, 9).await.unwrap());
            assert_eq!(beide, ["vraag van ouders", "ochtendlijst"]);
            assert_eq!(redenen(logboek.inzagen(NOOR, 1).await.unwrap()), ["vraag van ouders"]);
        });
    }

    #[test]
    fn nothing_is_shown_without_a_reason_or_without_a_line() {
        speel(async {
            let (_plek, logboek) = Plek::new().await;
            for reden in ["", "  \n"] {
                let fout = logboek.gelezen(nu(), &mentor(), &[SAM], "stand", reden).await.unwrap_err();
                assert!(matches!(fout, Fout::Gebruik(_)), "{fout}");
            }
            let alle = vec![SAM; store::MAX_SUBJECTS + 1];
            let fout = logboek.gelezen(nu(), &mentor(), &alle, "lijst", "alles").await.unwrap_err().to_string();
            assert!(fout.starts_with("Zonder regel in het leeslog wordt niets getoond. Te veel"), "{fout}");
            assert_eq!(logboek.inzagen(SAM, 9).await.unwrap(), []);
        });
    }
}
