//! One child asked for by somebody at work: the one gate to it. What is not for them is not there; what they look at is in
//! the read log before they see it; what they do is decided on what they saw.

use convenant::{Facet, Facetten, Mag};
use domain::Date;
use domain::Timestamp;
use domain::body::Soort;
use domain::decide::{Command, Refusal, View};
use domain::fact::{Actor, Fact};
use domain::ids::{LeerlingId, Subject};
use domain::kring::Kring;
use domain::region::Rules;
use domain::timeline::Timeline;
use register::{Overlay, Register, Samenvatting};

use super::Staat;
use super::antwoord::Weigering;
use super::bezoek::Bezoek;
use super::formulier::Formulier;
use crate::dienst::lezer;
use crate::logboek::{Beslissing, Besluit};
use crate::weergave::{self, Oog};

/// One child, as far as somebody may see it.
pub struct Zicht<'a> {
    /// The region.
    pub register: &'a Register,
    /// The rules of the region.
    pub r: &'a Rules,
    /// All that is known about the child; show of it what [`Zicht::mag`] and [`Zicht::mag_feit`] allow.
    pub t: &'a Timeline,
    /// Our name for the child.
    pub leerling: LeerlingId,
    /// How it stands today.
    pub vandaag: &'a Samenvatting,
    /// Everybody around it today, limited by what limits others today and on the day about which is asked.
    pub kring: &'a Kring,
    /// The day about which is asked.
    pub op: Date,
    /// Who asks.
    pub bezoek: &'a Bezoek,
    /// What they may read.
    pub facetten: Facetten,
}

impl Zicht<'_> {
    /// Whether the reader may see it.
    pub fn mag(&self, facet: Facet) -> bool {
        self.facetten.contains(facet)
    }

    /// Whether the reader may read a fact.
    pub fn mag_feit(&self, fact: &Fact) -> bool {
        let convenant = self.register.convenant(self.bezoek.vandaag);
        convenant.leest(&self.bezoek.actor(), self.kring, fact, self.r).is_ja()
    }

    /// The child as it is put into words, for this reader.
    pub fn weergave(&self) -> weergave::Zicht<'_> {
        let Zicht { register, r, t, leerling, op, kring, facetten, .. } = *self;
        let oog = Oog::van(self.bezoek.actor(), kring, register.convenant(self.bezoek.vandaag), facetten, r);
        weergave::Zicht { register, r, t, leerling, op, oog }
    }

    /// Whether the reader may state facts of a kind about this child today.
    pub fn mag_vastleggen(&self, soort: Soort) -> bool {
        let view = View::new(self.leerling, self.t, self.r);
        domain::decide::mag_vastleggen(&view, soort, &self.bezoek.actor(), self.bezoek.nu)
    }
}

/// Makes the model of a page about a child, and writes down that it is looked at; `wat` names the page. The page may be
/// shown when this succeeds.
///
/// # Errors
/// [`Weigering::NietGevonden`] when there is no such child, or not for this reader; [`Weigering::TeVaak`]; and as the
/// model.
pub async fn toon<T>(
    staat: &Staat,
    bezoek: &Bezoek,
    leerling: &str,
    op: Option<Date>,
    wat: &'static str,
    model: impl FnOnce(&Zicht<'_>) -> Result<T, Weigering>,
) -> Result<(LeerlingId, T), Weigering> {
    let leerling: LeerlingId = leerling.parse().map_err(|_| Weigering::NietGevonden)?;
    let made = staat.dienst.lees(|register| met_zicht(register, bezoek, leerling, op, model)).await??;
    if !staat.rem.mag(bezoek.medewerker, leerling, bezoek.nu) {
        return Err(Weigering::TeVaak);
    }
    let (model, waarvoor) = made;
    staat.dienst.gelezen(&lezer(&bezoek.actor()), &[leerling], wat, &waarvoor).await?;
    Ok((leerling, model))
}

fn met_zicht<T>(
    register: &Register,
    bezoek: &Bezoek,
    leerling: LeerlingId,
    op: Option<Date>,
    model: impl FnOnce(&Zicht<'_>) -> Result<T, Weigering>,
) -> Result<(T, String), Weigering> {
    let t = register.timeline(leerling).ok_or(Weigering::NietGevonden)?;
    let vandaag = register.samenvatting_op(leerling, bezoek.vandaag).ok_or(Weigering::NietGevonden)?;
    let (r, op) = (register.rules(), op.unwrap_or(bezoek.vandaag));
    let kring = match op == bezoek.vandaag {
        true => vandaag.kring.clone(),
        false => vandaag.kring.ook(Kring::of(&t, op, r).bijzonder()),
    };
    let facetten = register.convenant(bezoek.vandaag).facetten(&bezoek.actor(), Mag::Lees, &kring);
    if !facetten.contains(Facet::PersoonNaam) {
        return Err(Weigering::NietGevonden);
    }
    let waarvoor = waarvoor(register, bezoek, &vandaag.kring);
    let zicht = Zicht { register, r, t: &t, leerling, vandaag: &vandaag, kring: &kring, op, bezoek, facetten };
    Ok((model(&zicht)?, waarvoor))
}

/// The purpose that the read log keeps: the ground of the row of the convenant by which the child is seen.
pub fn waarvoor(register: &Register, bezoek: &Bezoek, kring: &Kring) -> String {
    match register.convenant(bezoek.vandaag).decide(&bezoek.actor(), Mag::Lees, kring, Facet::PersoonNaam) {
        convenant::Oordeel::Ja { regel } | convenant::Oordeel::MetReden { regel } => regel.grond.label().to_owned(),
        convenant::Oordeel::Nee { .. } => String::new(),
    }
}

/// What became of a form.
#[derive(Debug)]
pub enum Gedaan {
    /// It is written.
    Ja,
    /// The rules refuse it, or somebody else was first: the form is shown again with these words.
    Nee(Refusal),
}

/// Does what a form about a child asks: decided on what stands now, refused when somebody else stated something that the
/// sender did not see yet, written once however often it is sent.
///
/// # Errors
/// [`Weigering::NietGevonden`] when the child is not there for the sender; when the log cannot be written.
pub async fn beslis(
    staat: &Staat,
    bezoek: &Bezoek,
    leerling: LeerlingId,
    formulier: &Formulier,
    commands: Vec<Command>,
) -> Result<Gedaan, Weigering> {
    let (actor, vandaag, gezien) = (bezoek.actor(), bezoek.vandaag, formulier.gezien());
    let there = staat.dienst.lees(|register| ziet(register, &actor, leerling, vandaag)).await?;
    if !there {
        return Err(Weigering::NietGevonden);
    }
    let besluit = move |overlay: &Overlay<'_>, nu: Timestamp| besluit(overlay, leerling, &commands, &actor, gezien, nu);
    let antwoord = staat.dienst.beslis(Beslissing::new(besluit).als_poging(formulier.poging(actor))).await?;
    Ok(antwoord.map_or_else(Gedaan::Nee, |_| Gedaan::Ja))
}

fn ziet(register: &Register, actor: &Actor, leerling: LeerlingId, vandaag: Date) -> bool {
    let samenvatting = register.samenvatting_op(leerling, vandaag);
    samenvatting.is_some_and(|samenvatting| register.convenant(vandaag).ziet(actor, &samenvatting.kring))
}

fn besluit(
    overlay: &Overlay<'_>,
    leerling: LeerlingId,
    commands: &[Command],
    actor: &Actor,
    gezien: Timestamp,
    nu: Timestamp,
) -> Result<Besluit, Refusal> {
    let timeline = overlay.timeline(leerling).ok_or_else(|| Refusal {
        waarom: "Deze leerling staat niet in het register.".to_owned(),
        wat_te_doen: "Zoek de leerling opnieuw op.".to_owned(),
    })?;
    intussen(&timeline, actor, gezien)?;
    let view = View::new(leerling, &timeline, overlay.rules());
    let mut feiten = Vec::with_capacity(commands.len());
    for command in commands {
        feiten.extend(domain::decide::decide(&view, command.clone(), actor, nu)?);
    }
    let zelfde = overlay.register().zelfde(leerling).into_iter().map(Subject::from);
    let gelezen = view.gelezen().into_iter().chain(zelfde).collect();
    Ok(Besluit { feiten, gelezen, antwoord: Vec::new() })
}

/// Somebody else stated something after the form was shown: the sender sees it first, and decides again.
fn intussen(timeline: &Timeline, actor: &Actor, gezien: Timestamp) -> Result<(), Refusal> {
    let by_others = timeline.facts().filter(|fact| fact.known > gezien && fact.by != *actor).count();
    if by_others == 0 {
        return Ok(());
    }
    let wat = match by_others {
        1 => "Intussen legde iemand anders iets vast over deze leerling.".to_owned(),
        n => format!("Intussen legden anderen {n} gegevens vast over deze leerling."),
    };
    Err(Refusal {
        waarom: wat,
        wat_te_doen: "Bekijk het dossier. Klopt wat u hebt ingevuld nog, verstuur het dan opnieuw.".to_owned(),
    })
}
