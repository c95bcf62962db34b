//! One child asked for by somebody at work: the one gate to it. What is not for them is not there; what they look at is in
//! the read log before they see it; what they do is decided on what they saw.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use convenant::{Facet, Facetten, Mag};
use domain::Date;
use domain::Timestamp;
use domain::body::{SignaalAfhandeling, Soort};
use domain::decide::{Command, Refusal, View};
use domain::fact::{Actor, Fact, FactId, NewFact};
use domain::ids::{LeerlingId, Subject};
use domain::kring::Kring;
use domain::region::Rules;
use domain::signaal::betwistingen;
use domain::timeline::Timeline;
use jiff::SignedDuration;
use register::{Overlay, Register, Samenvatting};

use super::Staat;
use super::antwoord::Weigering;
use super::bewaard::Blad;
use super::bezoek::Bezoek;
use super::formulier::Formulier;
use super::inpakken::Stuk;
use super::intussen::{self, Intussen};
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
        weergave::Zicht { register, r, t, leerling, op, vandaag: self.bezoek.vandaag, oog }
    }

    /// Whether the reader may state facts of a kind about this child today.
    pub fn mag_vastleggen(&self, soort: Soort) -> bool {
        let view = View::new(self.leerling, self.t, self.r);
        domain::decide::mag_vastleggen(&view, soort, &self.bezoek.actor(), self.bezoek.nu)
    }

    /// Whether the reader may correct or withdraw a fact today.
    pub fn mag_corrigeren(&self, fact: &Fact) -> bool {
        let view = View::new(self.leerling, self.t, self.r);
        self.mag_feit(fact) && domain::decide::mag_corrigeren(&view, fact, &self.bezoek.actor(), self.bezoek.nu)
    }

    /// What somebody says not to be right of the absence behind the signals, and nobody answered yet, as far as the reader may
    /// read it. What one household or the child says is for nobody else at home.
    pub fn betwist(&self) -> Vec<(&Fact, &SignaalAfhandeling)> {
        let signalen = self.vandaag.signalen_voor(self.facetten);
        let open = signalen.flat_map(|signaal| betwistingen(self.t, signaal, self.bezoek.vandaag));
        open.filter(|(fact, _)| self.mag_feit(fact)).collect()
    }

    /// What others stated since a form was shown, as far as the reader may know of it.
    pub fn intussen(&self, gezien: Timestamp) -> Intussen {
        intussen::sinds(&self.weergave().oog, &self.bezoek.actor(), self.t, self.r, gezien, self.bezoek.vandaag)
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
    let (model, waarvoor) = staat.dienst.lees(|register| met_zicht(register, bezoek, leerling, op, model)).await??;
    bekeken(staat, bezoek, leerling, wat, &waarvoor).await?;
    Ok((leerling, model))
}

/// As [`toon`], of a page as of today whose text is kept for as long as nothing is said about the child. The text may rest
/// on the child, the reader and the day only: not on the session, nor on what was asked beside.
///
/// # Errors
/// As [`toon`].
pub async fn toon_bewaard(
    staat: &Staat,
    bezoek: &Bezoek,
    leerling: &str,
    wat: &'static str,
    tekst: impl FnOnce(&Zicht<'_>) -> Result<String, Weigering>,
) -> Result<Arc<Stuk>, Weigering> {
    let leerling: LeerlingId = leerling.parse().map_err(|_| Weigering::NietGevonden)?;
    let (wie, vandaag) = (bezoek.actor(), bezoek.vandaag);
    let kept = staat.dienst.lees(|register| staat.bewaard.van(register, wie, leerling, vandaag)).await?;
    let blad = if let Some(kept) = kept {
        kept
    } else {
        let made = staat.dienst.lees(|register| {
            let (tekst, waarvoor) = met_zicht(register, bezoek, leerling, None, tekst)?;
            Ok::<_, Weigering>((tekst, waarvoor, register.stand()))
        });
        let (tekst, waarvoor, stand) = made.await??;
        let blad = Blad::new(&tekst, &waarvoor, stand, vandaag);
        staat.bewaard.bewaar(wie, leerling, blad.clone());
        blad
    };
    bekeken(staat, bezoek, leerling, wat, &blad.waarvoor).await?;
    Ok(blad.stuk)
}

/// Brakes who looks at too many, and writes down that one looks.
async fn bekeken(
    staat: &Staat,
    bezoek: &Bezoek,
    leerling: LeerlingId,
    wat: &'static str,
    waarvoor: &str,
) -> Result<(), Weigering> {
    if !staat.rem.mag(bezoek.medewerker, leerling, bezoek.nu) {
        return Err(Weigering::TeVaak);
    }
    staat.dienst.gelezen(&lezer(&bezoek.actor()), &[leerling], wat, waarvoor).await?;
    Ok(())
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
    /// The rules refuse it: the form is shown again with these words.
    Nee(Refusal),
    /// Others stated something that the sender did not see yet: the form is shown again with that.
    Intussen,
}

/// A form as it came back, for a decision about one child.
struct Gevraagd {
    leerling: LeerlingId,
    commands: Vec<Command>,
    wie: Actor,
    vandaag: Date,
    gezien: Timestamp,
    /// Whether others were first, as of the last time it was decided.
    intussen: Arc<AtomicBool>,
}

/// Does what a form about a child asks: decided on what stands now, one after the other; refused when somebody else
/// stated something that the sender did not see yet; written together, and once however often the form is sent.
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
    let (wie, vandaag, gezien) = (bezoek.actor(), bezoek.vandaag, formulier.gezien());
    if !staat.dienst.lees(|register| ziet(register, &wie, leerling, vandaag)).await? {
        return Err(Weigering::NietGevonden);
    }
    let intussen = Arc::new(AtomicBool::new(false));
    let gevraagd = Gevraagd { leerling, commands, wie, vandaag, gezien, intussen: Arc::clone(&intussen) };
    let beslissing = Beslissing::new(move |overlay: &Overlay<'_>, nu: Timestamp| gevraagd.besluit(overlay, nu));
    let antwoord = staat.dienst.beslis(beslissing.als_poging(formulier.poging(wie))).await?;
    Ok(match antwoord {
        Ok(_) => Gedaan::Ja,
        Err(_) if intussen.load(Ordering::Relaxed) => Gedaan::Intussen,
        Err(refusal) => Gedaan::Nee(refusal),
    })
}

/// Whether the child is there at all for somebody.
pub fn ziet(register: &Register, wie: &Actor, leerling: LeerlingId, vandaag: Date) -> bool {
    let samenvatting = register.samenvatting_op(leerling, vandaag);
    samenvatting.is_some_and(|samenvatting| register.convenant(vandaag).ziet(wie, &samenvatting.kring))
}

impl Gevraagd {
    fn besluit(&self, overlay: &Overlay<'_>, nu: Timestamp) -> Result<Besluit, Refusal> {
        let register = overlay.register();
        let gone = || Refusal {
            waarom: "Deze leerling staat niet in het register.".to_owned(),
            wat_te_doen: "Zoek de leerling opnieuw op.".to_owned(),
        };
        let mut timeline = overlay.timeline(self.leerling).ok_or_else(gone)?;
        let samenvatting = register.samenvatting_op(self.leerling, self.vandaag).ok_or_else(gone)?;
        let (kring, convenant) = (&samenvatting.kring, register.convenant(self.vandaag));
        let facetten = convenant.facetten(&self.wie, Mag::Lees, kring);
        let oog = Oog::van(self.wie, kring, convenant, facetten, register.rules());
        let later = intussen::iets_sinds(&oog, &self.wie, &timeline, self.gezien);
        self.intussen.store(later, Ordering::Relaxed);
        if later {
            return Err(Refusal {
                waarom: "Anderen legden intussen iets vast over deze leerling.".to_owned(),
                wat_te_doen: "Bekijk het, en verstuur het formulier dan opnieuw.".to_owned(),
            });
        }
        let mut gelezen: Vec<Subject> = register.zelfde(self.leerling).into_iter().map(Subject::from).collect();
        let mut feiten = Vec::with_capacity(self.commands.len());
        for command in &self.commands {
            let view = View::new(self.leerling, &timeline, overlay.rules());
            let decided = domain::decide::decide(&view, command.clone(), &self.wie, nu)?;
            gelezen.extend(view.gelezen());
            timeline = met(timeline, &decided, nu, feiten.len());
            feiten.extend(decided);
        }
        gelezen.sort_unstable();
        gelezen.dedup();
        Ok(Besluit { feiten, gelezen, antwoord: Vec::new() })
    }
}

/// The child as it is when this is written too, for what is decided after it: with names and moments that only hold
/// until then.
pub fn met(timeline: Timeline, decided: &[NewFact], nu: Timestamp, eerder: usize) -> Timeline {
    let last = timeline.facts().next_back().map_or(nu, |fact| fact.known.max(nu));
    let more: Vec<Arc<Fact>> = (1u32..)
        .zip(decided)
        .map(|(n, fact)| {
            let known = last.checked_add(SignedDuration::from_micros(n.into())).unwrap_or(last);
            let id = FactId(u128::MAX - eerder as u128 - u128::from(n));
            Arc::new(fact.clone().recorded(id, known))
        })
        .collect();
    timeline.with_facts(more)
}
