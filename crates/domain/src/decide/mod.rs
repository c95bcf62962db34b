//! Who may state what about a child, and in which state: the one way from what somebody does to facts in the log.
//!
//! [`decide`] is pure. It reads the child's timeline and the region's rules through a [`View`], which remembers whom and
//! what it read, so that the log can refuse the outcome when any of it changed meanwhile. The ground of a fact follows
//! from the line of the table ([`wie_mag`]) that allowed it; nobody types it.

mod command;
mod grenzen;
mod staat;
mod wie;
mod zaak;

pub use command::Command;
pub use grenzen::{MAX_KORT, MAX_LANG, MAX_VOORUIT};
pub use wie::{Als, Mag, wie_mag};
pub use zaak::View;

use std::fmt;

use self::command::Doel;
use self::zaak::Zaak;
use crate::Timestamp;
use crate::body::{Bewaarcategorie, Body, Intrekking, Organisatie, OrganisatieSoort, Soort};
use crate::calendar::dag_in_nederland;
use crate::fact::{Actor, Bron, Fact, FactId, Grondslag, NewFact, Source};
use crate::period::Period;
use crate::tekst::Tekst;

/// Why something was not done, and what to do now; both in Dutch, for the person who asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong or not allowed.
    pub waarom: String,
    /// The next step.
    pub wat_te_doen: String,
}

impl Refusal {
    pub(crate) fn new(waarom: impl Into<String>, wat_te_doen: impl Into<String>) -> Self {
        Refusal { waarom: waarom.into(), wat_te_doen: wat_te_doen.into() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.waarom, self.wat_te_doen)
    }
}

impl std::error::Error for Refusal {}

/// Decides whether the actor may do this now, and which facts it yields.
///
/// # Errors
/// A refusal that says who may, or what is missing, and what to do next.
pub fn decide(v: &View<'_>, command: Command, by: &Actor, now: Timestamp) -> Result<Vec<NewFact>, Refusal> {
    let zaak = Zaak::new(v, by, dag_in_nederland(now));
    let fact = match command.doel() {
        Doel::Stel(geldig, body) => stel(&zaak, geldig, body)?,
        Doel::Corrigeer { feit, geldig, wordt } => corrigeer(&zaak, feit, geldig, wordt)?,
        Doel::TrekIn { feit, reden } => trek_in(&zaak, feit, reden)?,
    };
    Ok(vec![fact])
}

/// Whether the actor may state facts of this kind about the child now: whether a screen offers the form for it. What the
/// facts say is looked at when it is sent.
pub fn mag_vastleggen(v: &View<'_>, soort: Soort, by: &Actor, now: Timestamp) -> bool {
    let zaak = Zaak::new(v, by, dag_in_nederland(now));
    wie_mag(soort).iter().any(|line| zaak.is(line))
}

/// All kinds of which the actor may state facts about the child now.
pub fn mag_vastleggen_alle(v: &View<'_>, by: &Actor, now: Timestamp) -> Vec<Soort> {
    let zaak = Zaak::new(v, by, dag_in_nederland(now));
    // What somebody is to the child is asked once for each relation and role, however many kinds rest on it.
    let mut known: Vec<(Mag, bool)> = Vec::new();
    let mut is = |line: &Mag| {
        let same = |(other, _): &&(Mag, bool)| (other.als, other.rollen) == (line.als, line.rollen);
        if let Some((_, answer)) = known.iter().find(same) {
            return *answer;
        }
        let answer = zaak.is(line);
        known.push((*line, answer));
        answer
    };
    Soort::ALL.iter().copied().filter(|soort| wie_mag(*soort).iter().any(&mut is)).collect()
}

/// Whether a statement of this kind may be about these days, whatever it says: for a form of which the rest is not filled
/// in well yet, so that what is wrong with its days is told with all else.
///
/// # Errors
/// A refusal that says what is wrong with the days, and which are possible.
pub fn mag_op_dagen(v: &View<'_>, soort: Soort, geldig: Period, by: &Actor, now: Timestamp) -> Result<(), Refusal> {
    let zaak = Zaak::new(v, by, dag_in_nederland(now));
    grenzen::dagen_van(soort, geldig, zaak.vandaag, zaak.geboren)
}

/// Whether the actor may correct or withdraw this fact now: it is theirs, or their organisation's.
pub fn mag_corrigeren(v: &View<'_>, fact: &Fact, by: &Actor, now: Timestamp) -> bool {
    let zaak = Zaak::new(v, by, dag_in_nederland(now));
    staand(&zaak, fact.id).and_then(|fact| van_wie(&zaak, fact)).is_ok()
}

fn stel(zaak: &Zaak<'_>, geldig: Period, body: Body) -> Result<NewFact, Refusal> {
    let grond = grond(zaak, body.soort())?;
    controleer(zaak, geldig, &body)?;
    Ok(nieuw(zaak, geldig, grond, body))
}

/// Another statement of the same kind, by the organisation (or person) that made the first, under the same checks, as if
/// the first had not been made.
fn corrigeer(zaak: &Zaak<'_>, feit: FactId, geldig: Period, wordt: Body) -> Result<NewFact, Refusal> {
    let fact = staand(zaak, feit)?;
    if fact.body.soort() == Soort::Intrekking {
        return Err(Refusal::new(
            "Een intrekking kan niet worden gecorrigeerd.",
            "Trek de intrekking zelf in; dan geldt het eerdere gegeven weer.",
        ));
    }
    if fact.body.soort() != wordt.soort() {
        return Err(Refusal::new(
            "Een correctie gaat over hetzelfde soort gegeven.",
            "Trek het eerste gegeven in en leg het nieuwe apart vast.",
        ));
    }
    van_wie(zaak, fact)?;
    let zonder = zaak.zonder(feit);
    controleer(&zonder, geldig, &wordt)?;
    Ok(vervanging(zaak, geldig, fact, wordt))
}

fn trek_in(zaak: &Zaak<'_>, feit: FactId, reden: Tekst) -> Result<NewFact, Refusal> {
    let fact = staand(zaak, feit)?;
    van_wie(zaak, fact)?;
    if reden.is_empty() {
        return Err(Refusal::new("Er staat geen reden bij.", "Schrijf kort op waarom u dit intrekt."));
    }
    let body = Body::from(Intrekking { reden });
    grenzen::teksten(&body)?;
    Ok(vervanging(zaak, Period::day(zaak.vandaag), fact, body))
}

/// A statement that nobody replaced. An `Intrekking` counts as one here, so that it can be taken back.
fn staand<'a>(zaak: &Zaak<'a>, feit: FactId) -> Result<&'a Fact, Refusal> {
    let known = zaak.t().fact(feit).filter(|fact| fact.body.soort().categorie() != Bewaarcategorie::Regio);
    let fact = known.ok_or_else(|| {
        Refusal::new("Dit gegeven staat niet bij deze leerling.", "Kies een gegeven uit het dossier van deze leerling.")
    })?;
    match zaak.t().replaced_by(feit) {
        Some(_) => Err(Refusal::new(
            "Dit gegeven is al gecorrigeerd of ingetrokken.",
            "Ververs het scherm en pas het gegeven aan dat nu geldt.",
        )),
        None => Ok(fact),
    }
}

/// Only the organisation that stated it, or the person, corrects or withdraws.
fn van_wie(zaak: &Zaak<'_>, fact: &Fact) -> Result<(), Refusal> {
    let same = match (fact.by.organisatie(), zaak.by.organisatie()) {
        (Some(first), Some(now)) => first == now && zaak.in_dienst(fact.body.soort()),
        (None, None) => fact.by == *zaak.by,
        _ => false,
    };
    if same {
        return Ok(());
    }
    let wie = match fact.by.organisatie() {
        Some(organisatie) => zaak.naam(organisatie),
        None => "de ouder of leerling die dit vastlegde".to_owned(),
    };
    Err(Refusal::new(
        format!("Alleen {wie} kan dit corrigeren of intrekken."),
        format!("Vraag {wie} om de correctie, of kies \"Klopt dit niet?\"."),
    ))
}

fn controleer(zaak: &Zaak<'_>, geldig: Period, body: &Body) -> Result<(), Refusal> {
    grenzen::teksten(body)?;
    grenzen::dagen(zaak, geldig, body)?;
    staat::controleer(zaak, geldig, body)
}

/// The ground of the line that allows the actor to state this kind.
fn grond(zaak: &Zaak<'_>, soort: Soort) -> Result<Grondslag, Refusal> {
    let lines = wie_mag(soort);
    if let Some(line) = lines.iter().find(|line| zaak.is(line)) {
        return Ok(line.grond);
    }
    let mut who: Vec<String> = lines.iter().map(|line| line.in_woorden()).collect();
    who.dedup();
    let Some(first) = who.first() else {
        return Err(Refusal::new(
            "Dit komt alleen binnen met een levering.",
            "Lever het bestand aan bij uw beheerder.",
        ));
    };
    let next = if matches!(zaak.by, Actor::Systeem { .. }) {
        "Laat een medewerker dit doen, of gebruik de import.".to_owned()
    } else {
        format!("Vraag {first} om dit vast te leggen.")
    };
    Err(Refusal::new(format!("U mag dit niet vastleggen. Dat mag: {}.", who.join("; ")), next))
}

fn nieuw(zaak: &Zaak<'_>, valid: Period, ground: Grondslag, body: Body) -> NewFact {
    let about = zaak.leerling().into();
    NewFact { about, valid, by: *zaak.by, ground, source: bron(zaak), replaces: None, body }
}

/// A statement in the place of another: about the same child, also when a person joined that with the one that was asked
/// for. Should they part again, it goes where the first went.
fn vervanging(zaak: &Zaak<'_>, valid: Period, fact: &Fact, body: Body) -> NewFact {
    NewFact { about: fact.about, replaces: Some(fact.id), ..nieuw(zaak, valid, fact.ground, body) }
}

/// The source that an actor speaks for.
fn bron(zaak: &Zaak<'_>) -> Source {
    let of = |organisatie: &Organisatie| match organisatie.soort {
        OrganisatieSoort::School | OrganisatieSoort::Bestuur => Bron::School,
        OrganisatieSoort::Samenwerkingsverband => Bron::Samenwerkingsverband,
        OrganisatieSoort::Gemeente => Bron::Gemeente,
        OrganisatieSoort::Jgz => Bron::Jgz,
        _ => Bron::Overig,
    };
    let organisatie = zaak.by.organisatie();
    let bron = match zaak.by {
        Actor::Ouder { .. } => Bron::Ouders,
        Actor::Leerling { .. } => Bron::Leerling,
        Actor::Medewerker { .. } | Actor::Systeem { .. } => {
            organisatie.and_then(|id| zaak.r().organisaties.get(&id)).map_or(Bron::Overig, |o| of(o))
        }
    };
    Source { bron, organisatie }
}

impl Mag {
    fn in_woorden(&self) -> String {
        if self.rollen.is_empty() {
            return self.als.in_woorden();
        }
        let rollen: Vec<&str> = self.rollen.iter().map(|rol| rol.label()).collect();
        format!("{} ({})", self.als.in_woorden(), rollen.join(", "))
    }
}
