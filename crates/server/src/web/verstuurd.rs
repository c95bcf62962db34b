//! A form about a child that came back: what it asks is done, or the form is shown again with everything that is wrong with
//! it. What can be known is told at once: also what the rules refuse of the part that could be read, while another field
//! is wrong.

use domain::body::Soort;
use domain::decide::{Command, Refusal, View, decide, mag_op_dagen};
use domain::ids::LeerlingId;
use domain::period::Period;

use super::Staat;
use super::antwoord::Weigering;
use super::bezoek::Bezoek;
use super::formulier::Formulier;
use super::kind::{self, Gedaan, Zicht};

/// What a form asks, as far as it could be read.
#[derive(Debug, Default)]
pub struct Inzending {
    /// All that it asks to be done, in order. Of a form with a wrong field it is tried and never done.
    pub commands: Vec<Command>,
    /// Of a statement of this kind no more than its days could be read.
    pub dagen: Option<(Soort, Period)>,
    /// What speaks against it beside its fields.
    pub bezwaren: Vec<Refusal>,
}

impl Inzending {
    /// A form that asks this.
    pub fn van(commands: Vec<Command>) -> Self {
        Inzending { commands, ..Inzending::default() }
    }
}

/// What became of a form.
pub enum Verstuurd<M> {
    /// It is written.
    Vastgelegd(LeerlingId),
    /// It is shown again: the model of its page, and all that the rules refuse.
    Terug(LeerlingId, M, Vec<Refusal>),
}

/// Does what a form asks when nothing is wrong with it, else makes the model of its page anew; `wat` names that page for
/// the read log.
///
/// # Errors
/// As [`kind::beslis`] and [`kind::toon`].
pub async fn verstuur<M>(
    staat: &Staat,
    bezoek: &Bezoek,
    leerling: &str,
    wat: &'static str,
    f: Formulier,
    inzending: Inzending,
    model: impl FnOnce(&Zicht<'_>, Formulier) -> Result<M, Weigering>,
) -> Result<Verstuurd<M>, Weigering> {
    let id: LeerlingId = leerling.parse().map_err(|_| Weigering::NietGevonden)?;
    let mut geweigerd = None;
    if f.is_goed() && inzending.bezwaren.is_empty() && !inzending.commands.is_empty() {
        match kind::beslis(staat, bezoek, id, &f, inzending.commands.clone()).await? {
            Gedaan::Ja => return Ok(Verstuurd::Vastgelegd(id)),
            Gedaan::Nee(refusal) => geweigerd = Some(refusal),
            Gedaan::Intussen => {}
        }
    }
    let again = |zicht: &Zicht<'_>| {
        let mut all = inzending.bezwaren;
        let tried = geprobeerd(zicht, &inzending.commands, inzending.dagen);
        for refusal in geweigerd.into_iter().chain(tried) {
            if !all.contains(&refusal) {
                all.push(refusal);
            }
        }
        Ok((model(zicht, f)?, all))
    };
    let (id, (model, weigeringen)) = kind::toon(staat, bezoek, leerling, None, wat, again).await?;
    Ok(Verstuurd::Terug(id, model, weigeringen))
}

/// What the rules refuse of what is asked, each decided after those before it; nothing is written.
fn geprobeerd(zicht: &Zicht<'_>, commands: &[Command], dagen: Option<(Soort, Period)>) -> Vec<Refusal> {
    let (by, nu) = (zicht.bezoek.actor(), zicht.bezoek.nu);
    let view = View::new(zicht.leerling, zicht.t, zicht.r);
    let days = dagen.and_then(|(soort, geldig)| mag_op_dagen(&view, soort, geldig, &by, nu).err());
    let mut refused: Vec<Refusal> = days.into_iter().collect();
    let (mut timeline, mut eerder) = (zicht.t.clone(), 0);
    for command in commands {
        match decide(&View::new(zicht.leerling, &timeline, zicht.r), command.clone(), &by, nu) {
            Ok(decided) => {
                timeline = kind::met(timeline, &decided, nu, eerder);
                eerder += decided.len();
            }
            Err(refusal) => refused.push(refusal),
        }
    }
    refused
}
