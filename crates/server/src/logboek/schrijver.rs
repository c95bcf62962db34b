//! The writer: decisions of many at once in one transaction, each made with the earlier ones on top of the region.

use std::collections::VecDeque;

use domain::Timestamp;
use domain::decide::{self, Refusal, View};
use domain::fact::{Actor, FactId, NewFact};
use domain::ids::{LeerlingId, Subject};
use register::Overlay;
use store::{ActorId, Attempt, AttemptId, Command, Digest, Outcome};

use super::boek::{Geschreven, place};
use super::{Logboek, entries, moment, subject_id};
use crate::fout::Fout;

/// What a decision comes to.
#[derive(Debug)]
pub struct Besluit {
    /// What is stated by it.
    pub feiten: Vec<NewFact>,
    /// Whom and what it rests on: when one of these changed in between, it is decided again.
    pub gelezen: Vec<Subject>,
    /// What is answered, now and when the same attempt comes again; names, not contents.
    pub antwoord: Vec<u8>,
}

/// One attempt of somebody to get something done: a form that was sent, perhaps twice.
#[derive(Debug, Clone)]
pub struct Poging {
    /// Who.
    pub wie: Actor,
    /// The attempt's name, the same when the form is sent again.
    pub naam: [u8; 16],
    /// Digest of what is asked.
    pub inhoud: Digest,
}

type Beslis<'a> = Box<dyn FnMut(&Overlay<'_>, Timestamp) -> Result<Besluit, Refusal> + Send + 'a>;

/// Something to be decided. It is decided on what the register says at that moment, and again when that changed before it
/// was written.
pub struct Beslissing<'a> {
    poging: Option<Poging>,
    beslis: Beslis<'a>,
}

impl<'a> Beslissing<'a> {
    /// A decision that is not repeated by itself.
    pub fn new(beslis: impl FnMut(&Overlay<'_>, Timestamp) -> Result<Besluit, Refusal> + Send + 'a) -> Self {
        Beslissing { poging: None, beslis: Box::new(beslis) }
    }
}

#[cfg_attr(not(test), expect(dead_code, reason = "forms are what people send and send twice; until then tests are"))]
impl Beslissing<'_> {
    /// The same decision as an attempt with a name: done once, however often it comes.
    #[must_use]
    pub fn als_poging(self, poging: Poging) -> Self {
        Beslissing { poging: Some(poging), ..self }
    }

    /// What somebody does about a child, decided by the rules of the domain. `antwoord` is the answer when it is done.
    pub fn over_leerling(leerling: LeerlingId, command: decide::Command, by: Actor, antwoord: Vec<u8>) -> Self {
        Self::new(move |overlay, nu| {
            let timeline = overlay.timeline(leerling).ok_or_else(|| Refusal {
                waarom: "Deze leerling staat niet in het register.".to_owned(),
                wat_te_doen: "Zoek de leerling opnieuw op.".to_owned(),
            })?;
            let view = View::new(leerling, &timeline, overlay.rules());
            let feiten = decide::decide(&view, command.clone(), &by, nu)?;
            let zelfde = overlay.register().zelfde(leerling).into_iter().map(Subject::from);
            let gelezen = view.gelezen().into_iter().chain(zelfde).collect();
            Ok(Besluit { feiten, gelezen, antwoord: antwoord.clone() })
        })
    }
}

/// What was answered to a decision.
pub type Antwoord = Result<Vec<u8>, Refusal>;

/// A decision while it is being made.
struct Gevraagd<'a> {
    beslissing: Beslissing<'a>,
    /// Whether it was made a second time.
    herzien: bool,
    antwoord: Option<Antwoord>,
}

/// The decisions of one transaction, in order, each with its place among all that were asked; and the commands of those
/// that came to something.
#[derive(Default)]
struct Beurt {
    besloten: Vec<(usize, Result<Klaar, Refusal>)>,
    commands: Vec<Command>,
    entries: usize,
}

/// Facts that wait for the log, and the answer that waits with them.
struct Klaar {
    feiten: Vec<(FactId, NewFact)>,
    antwoord: Vec<u8>,
}

impl Logboek {
    /// Decides in order, each with what was decided before on top of the register, and writes in as few transactions as
    /// can be. An answer is given only when it is durable. Whoever decided on what changed meanwhile decides again, once.
    ///
    /// # Errors
    /// When the log cannot be read or written. Earlier transactions stand then; attempts with a name can be repeated and
    /// get their first answer.
    pub async fn beslis_samen(
        &mut self,
        nu: Timestamp,
        beslissingen: Vec<Beslissing<'_>>,
    ) -> Result<Vec<Antwoord>, Fout> {
        let asked = |beslissing| Gevraagd { beslissing, herzien: false, antwoord: None };
        let mut gevraagd: Vec<Gevraagd<'_>> = beslissingen.into_iter().map(asked).collect();
        let mut wachtend: VecDeque<usize> = (0..gevraagd.len()).collect();
        while !wachtend.is_empty() {
            let last_known = self.bijlezen().await?;
            let beurt = self.beslis_beurt(nu, last_known, &mut gevraagd, &mut wachtend)?;
            let opnieuw = self.schrijf_beurt(nu, beurt, &mut gevraagd).await?;
            opnieuw.into_iter().rev().for_each(|plek| wachtend.push_front(plek));
        }
        Ok(gevraagd.into_iter().map(|vraag| vraag.antwoord.unwrap_or_else(|| Err(veranderd()))).collect())
    }

    /// Decides as many as fit in one transaction. On the overlay each is later than what was known before it, as it will
    /// be in the log: a correction must not come before what it corrects.
    fn beslis_beurt(
        &mut self,
        nu: Timestamp,
        mut last_known: i64,
        gevraagd: &mut [Gevraagd<'_>],
        wachtend: &mut VecDeque<usize>,
    ) -> Result<Beurt, Fout> {
        let Logboek { boek, toeval } = self;
        let register = boek.register();
        let seen = place(register.head());
        let mut overlay = Overlay::new(&register);
        let mut beurt = Beurt::default();
        while beurt.commands.len() < store::MAX_COMMANDS
            && let Some(plek) = wachtend.pop_front()
        {
            let Some(Gevraagd { beslissing, .. }) = gevraagd.get_mut(plek) else { continue };
            let besluit = match (beslissing.beslis)(&overlay, nu).and_then(past) {
                Ok(besluit) => besluit,
                Err(refusal) => {
                    beurt.besloten.push((plek, Err(refusal)));
                    continue;
                }
            };
            if beurt.entries + besluit.feiten.len() > store::MAX_BATCH_ENTRIES {
                wachtend.push_front(plek);
                break;
            }
            let Besluit { feiten, gelezen, antwoord } = besluit;
            let feiten = feiten.into_iter().map(|feit| Ok((toeval.fact_id()?, feit)));
            let feiten = feiten.collect::<Result<Vec<_>, Fout>>()?;
            beurt.entries += feiten.len();
            beurt.commands.push(Command {
                seen,
                read: gelezen.into_iter().map(subject_id).collect(),
                entries: entries(&feiten),
                attempt: beslissing.poging.as_ref().map(|poging| attempt(poging, antwoord.clone())),
                reveals: None,
            });
            let carries = feiten.iter().all(|(_, feit)| Overlay::carries(feit));
            last_known = nu.as_microsecond().max(last_known.saturating_add(1));
            let known = moment(last_known)?;
            feiten.iter().for_each(|(id, feit)| overlay.add(feit.clone().recorded(*id, known)));
            beurt.besloten.push((plek, Ok(Klaar { feiten, antwoord })));
            if !carries {
                break;
            }
        }
        Ok(beurt)
    }

    /// Writes one transaction, applies it in order and fills in the answers. Returns who must decide again.
    async fn schrijf_beurt(
        &mut self,
        nu: Timestamp,
        beurt: Beurt,
        gevraagd: &mut [Gevraagd<'_>],
    ) -> Result<Vec<usize>, Fout> {
        let mut outcomes = self.store().append_batch(nu.as_microsecond(), &beurt.commands).await?.into_iter();
        // Whether something that lay on the overlay was not written after all: what was decided after it rests on air.
        let mut op_lucht = false;
        let mut opnieuw = Vec::new();
        for (plek, uitkomst) in beurt.besloten {
            let Some(vraag) = gevraagd.get_mut(plek) else { continue };
            let antwoord = match uitkomst {
                Ok(klaar) => {
                    let outcome = outcomes.next().unwrap_or(Outcome::Conflict { subject: None });
                    op_lucht |= !matches!(outcome, Outcome::Appended(_));
                    self.verwerk(outcome, klaar).await?
                }
                Err(refusal) => match self.eerder(vraag.beslissing.poging.clone()).await? {
                    None if op_lucht => None,
                    eerder => eerder.or(Some(Err(refusal))),
                },
            };
            if antwoord.is_none() && !vraag.herzien {
                vraag.herzien = true;
                opnieuw.push(plek);
            } else {
                vraag.antwoord = antwoord;
            }
        }
        Ok(opnieuw)
    }

    /// Applies what was written, and answers; nothing when it must be decided again.
    async fn verwerk(&mut self, outcome: Outcome, klaar: Klaar) -> Result<Option<Antwoord>, Fout> {
        Ok(match outcome {
            Outcome::Appended(appended) => {
                self.toegepast(Geschreven { appended, feiten: klaar.feiten, levering: None }).await?;
                Some(Ok(klaar.antwoord))
            }
            Outcome::Conflict { .. } | Outcome::NoSuchDelivery => None,
            Outcome::AlreadyDone { .. } | Outcome::OtherContent => Some(herhaald(outcome)),
        })
    }

    /// The answer that this attempt got before. Who sends a form twice is refused the second time, because it was done.
    async fn eerder(&self, poging: Option<Poging>) -> Result<Option<Antwoord>, Fout> {
        let Some(poging) = poging else { return Ok(None) };
        Ok(self.store().earlier(&attempt(&poging, Vec::new())).await?.map(herhaald))
    }
}

/// What is answered to an attempt that was made before.
fn herhaald(outcome: Outcome) -> Antwoord {
    match outcome {
        Outcome::AlreadyDone { answer, .. } => Ok(answer),
        _ => Err(Refusal {
            waarom: "Dit formulier is al verstuurd, met een andere inhoud.".to_owned(),
            wat_te_doen: "Open het formulier opnieuw en vul het opnieuw in.".to_owned(),
        }),
    }
}

fn veranderd() -> Refusal {
    Refusal {
        waarom: "Iemand anders legde net iets vast over hetzelfde onderwerp.".to_owned(),
        wat_te_doen: "Bekijk het opnieuw en beslis dan.".to_owned(),
    }
}

/// Refuses by itself what the log would refuse together with all others of the transaction.
fn past(besluit: Besluit) -> Result<Besluit, Refusal> {
    let Besluit { feiten, gelezen, antwoord } = &besluit;
    let fits = feiten.len() <= store::MAX_ENTRIES
        && gelezen.len() <= store::MAX_READ_SUBJECTS
        && antwoord.len() <= store::MAX_ANSWER;
    fits.then_some(besluit).ok_or_else(|| Refusal {
        waarom: "Dit is te veel in één keer.".to_owned(),
        wat_te_doen: format!("Leg het vast in delen van ten hoogste {} gegevens.", store::MAX_ENTRIES),
    })
}

fn attempt(poging: &Poging, answer: Vec<u8>) -> Attempt {
    let wie: Subject = match poging.wie {
        Actor::Medewerker { id, .. } => id.into(),
        Actor::Ouder { persoon } => persoon.into(),
        Actor::Leerling { leerling } => leerling.into(),
        Actor::Systeem { organisatie } => organisatie.into(),
    };
    Attempt {
        actor: ActorId::new(&wie.to_bytes()).unwrap_or_default(),
        id: AttemptId(poging.naam),
        content: poging.inhoud,
        answer,
    }
}

#[cfg(test)]
mod tests;
