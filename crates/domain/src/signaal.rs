//! A signal as the rest of the meaning sees it: a reason to talk, never a score; and what became of it.

use jiff::civil::Date;

use crate::Timestamp;
use crate::body::{Afhandeling, Body, Contact, Gesprek, Kind, Melding, MeldingSoort, Met, SignaalAfhandeling};
use crate::fact::{Actor, Fact, FactId, codes};
use crate::ids::{MedewerkerId, OrganisatieId};
use crate::period::days_between;
use crate::timeline::Timeline;

/// Continuous absence asks at most one melding in so many calendar days.
pub const DAGEN_PER_MELDING: i32 = 7;

codes! {
    /// What a rule of the protocol stands for, where terms or statuses depend on it.
    SignaalSoort {
        /// 16 hours unauthorised in four lesweken (rule 5).
        ZestienUur = "zestien_uur" "16 uur ongeoorloofd in 4 lesweken",
        /// On the way to 16 hours.
        NadertZestienUur = "nadert_zestien_uur" "nadert 16 uur",
        /// Holiday without leave (rule 8).
        Luxe = "luxe" "vakantie zonder verlof",
        /// Ill often (rule 37).
        ZiekVaak = "ziek_vaak" "vaak ziek",
        /// Ill long (rule 38).
        ZiekLang = "ziek_lang" "lang ziek",
        /// Late (rule 40).
        TeLaat = "te_laat" "te laat",
        /// Away whole days.
        Weg = "weg" "hele dagen weg",
        /// Any other rule of the region.
        Anders = "anders" "signaal",
    }
}

/// A rule of the protocol fired for this child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signaal {
    /// Name of the rule in the protocol.
    pub regel: String,
    /// What it stands for.
    pub soort: SignaalSoort,
    /// First day on which it fired; with the rule and the child its identity.
    pub dag: Date,
    /// The first day that counts towards the value: of the window, or of the run. With `dag` the days that it rests on.
    pub van: Date,
    /// The step of the rule that fired (times, days, hours in quarters); 0 for a rule without steps.
    pub stap: u16,
    /// The day under which somebody handled it before rows changed and moved it; it keeps that handling.
    pub was: Option<Date>,
    /// Value in the rule's unit (hours in quarters, times, days).
    pub waarde: u32,
    /// The first day on which it could be known: when the school delivered that day; `None`: not told.
    pub bekend: Option<Date>,
    /// Whether days in its window were *onbekend*.
    pub onvolledig: bool,
}

impl Signaal {
    /// The value in the rule's own unit: hours are held in quarters.
    pub fn in_eenheid(&self) -> f32 {
        let value = self.waarde as f32;
        match self.soort {
            SignaalSoort::ZestienUur | SignaalSoort::NadertZestienUur => value / 4.0,
            _ => value,
        }
    }

    /// Whether what somebody did was about this very signal.
    pub fn is(&self, gedaan: &SignaalAfhandeling) -> bool {
        gedaan.regel.zichtbaar() == self.regel
            && (gedaan.eerste_dag == self.dag || Some(gedaan.eerste_dag) == self.was)
            && gedaan.stap.is_none_or(|stap| stap == self.stap)
    }
}

/// What became of a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Opvolging {
    /// Nobody did anything yet.
    Nieuw,
    /// Somebody says that it is not right: *Klopt dit niet?* It waits for whoever keeps the absence.
    Betwist(FactId),
    /// Somebody took it up.
    Opgepakt(FactId),
    /// It went away: there was contact, a talk or a melding since, or somebody closed it with a reason.
    Afgehandeld(FactId),
}

impl Opvolging {
    /// Whether somebody still has to do something.
    pub fn is_open(self) -> bool {
        !matches!(self, Opvolging::Afgehandeld(_))
    }
}

/// What became of a signal by a day. Any contact with home since the signal makes it go away, whether or not it was put
/// down under the signal itself; so does a melding for what is reported. The melding that the school made in the 7 days
/// before speaks for 16 hours that fire again, if what they count had begun by then. An attempt is no contact.
///
/// What is contested waits, also when the signal had gone: until somebody says of this signal that it was dealt with, and
/// not by a talk about something else. Otherwise the last word counts of who took it up or contested it.
pub fn opvolging(t: &Timeline, signaal: &Signaal, op: Date) -> Opvolging {
    let stated = gezegd(t, signaal, op);
    let contested = stated.iter().rposition(|(_, gedaan)| gedaan.afhandeling == Afhandeling::Betwist);
    let since = stated.get(contested.unwrap_or(0)..).unwrap_or_default();
    let mut closed = since.iter().filter(|(_, gedaan)| is_klaar(gedaan)).map(|(fact, _)| *fact);
    let ended = match contested {
        Some(_) => closed.next(),
        None => {
            let all = closed.chain(contacten(t, signaal, op)).chain(net_gemeld(t, signaal, op));
            all.min_by_key(|fact| moment(fact))
        }
    };
    if let Some(fact) = ended {
        return Opvolging::Afgehandeld(fact.id);
    }
    match stated.iter().rfind(|(_, gedaan)| !is_klaar(gedaan)) {
        Some((fact, gedaan)) if gedaan.afhandeling == Afhandeling::Betwist => Opvolging::Betwist(fact.id),
        Some((fact, _)) => Opvolging::Opgepakt(fact.id),
        None => Opvolging::Nieuw,
    }
}

/// What was stated about this very signal by a day, in order.
pub fn gezegd<'a>(t: &'a Timeline, signaal: &Signaal, op: Date) -> Vec<(&'a Fact, &'a SignaalAfhandeling)> {
    let all = t.all::<SignaalAfhandeling>();
    let mut stated: Vec<_> = all.filter(|(fact, gedaan)| fact.valid.from <= op && signaal.is(gedaan)).collect();
    stated.sort_by_key(|(fact, _)| moment(fact));
    stated
}

/// Who said by a day that a signal is not right and was not answered yet, the first first.
pub fn betwistingen<'a>(t: &'a Timeline, signaal: &Signaal, op: Date) -> Vec<(&'a Fact, &'a SignaalAfhandeling)> {
    let stated = gezegd(t, signaal, op);
    let answered = stated.iter().rposition(|(_, gedaan)| is_klaar(gedaan)).map_or(0, |at| at + 1);
    let open = stated.into_iter().skip(answered);
    open.filter(|(_, gedaan)| gedaan.afhandeling == Afhandeling::Betwist).collect()
}

/// In which order things were done: by day, and of one day as they became known.
fn moment(fact: &Fact) -> (Date, Timestamp, FactId) {
    (fact.valid.from, fact.known, fact.id)
}

/// Whether it says of the signal that it was dealt with.
pub fn is_klaar(gedaan: &SignaalAfhandeling) -> bool {
    matches!(gedaan.afhandeling, Afhandeling::Contact | Afhandeling::Gesloten)
}

/// Contact with home, talks with parents or child, and meldingen, from the signal's first day on.
fn contacten<'a>(t: &'a Timeline, signaal: &Signaal, op: Date) -> impl Iterator<Item = &'a Fact> {
    let gemeld =
        matches!(signaal.soort, SignaalSoort::ZestienUur | SignaalSoort::NadertZestienUur | SignaalSoort::Luxe);
    let is_contact = move |fact: &&Fact| {
        Contact::of(&fact.body).is_some_and(|contact| contact.bereikt && contact.met != Met::Partner)
            || Gesprek::of(&fact.body).is_some_and(|gesprek| gesprek.ouders || gesprek.leerling)
            || gemeld && Melding::of(&fact.body).is_some()
    };
    let from = signaal.dag;
    t.standing().filter(move |fact| fact.valid.from >= from && fact.valid.from <= op).filter(is_contact)
}

/// The melding of 16 hours or more that the school made less than 7 days before the same fired again, of absence that had
/// begun by then. One that was withdrawn by the day speaks for nothing.
fn net_gemeld<'a>(t: &'a Timeline, signaal: &Signaal, op: Date) -> Option<&'a Fact> {
    if signaal.soort != SignaalSoort::ZestienUur {
        return None;
    }
    let school = |dag| t.inschrijvingen_op(dag).next().map(|(_, inschrijving)| inschrijving.school);
    let of_kind = t.all::<Melding>().filter(|(_, m)| matches!(m.soort, MeldingSoort::V3 | MeldingSoort::Lrv));
    let before = of_kind.map(|(fact, _)| fact).filter(|fact| {
        let days = days_between(fact.valid.from, signaal.dag);
        let same = signaal.van <= fact.valid.from && !t.is_ingetrokken(fact.id, op);
        same && 0 < days && days < DAGEN_PER_MELDING && school(fact.valid.from) == school(signaal.dag)
    });
    before.max_by_key(|fact| moment(fact))
}

/// What was done with signals that are no longer there, because rows, calendar, enrolment or protocol changed: each
/// handled one says so itself, and is never silently gone.
pub fn vervallen(t: &Timeline) -> impl Iterator<Item = (&Fact, &SignaalAfhandeling)> {
    t.all::<SignaalAfhandeling>().filter(|(_, gedaan)| !t.signalen.iter().any(|signaal| signaal.is(gedaan)))
}

/// What somebody did about a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Daad {
    /// Took it up.
    Opgepakt,
    /// Said that it was not right.
    Betwist,
    /// Closed it: a talk was not needed.
    Gesloten,
    /// Had contact.
    Contact,
    /// Talked with parents or child.
    Gesprek,
    /// Reported it to leerplicht.
    Melding,
}

/// Who did what about a signal, and on which day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gedaan {
    /// Who.
    pub wie: MedewerkerId,
    /// For which organisation.
    pub organisatie: OrganisatieId,
    /// What.
    pub daad: Daad,
    /// On which day.
    pub dag: Date,
}

/// A signal that was there, and went when absence was put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VervallenSignaal {
    /// The signal as it was.
    pub signaal: Signaal,
    /// When it became known that the absence was other.
    pub sinds: Timestamp,
    /// What professionals had done about it by then.
    pub gedaan: Vec<Gedaan>,
}

/// What professionals did about a signal before a moment: about the signal itself, or with home or leerplicht since its
/// first day. A melding that was withdrawn since is left out.
pub fn gedaan(t: &Timeline, signaal: &Signaal, voor: Timestamp) -> Vec<Gedaan> {
    let stated = t.all::<SignaalAfhandeling>().filter(|(_, gedaan)| signaal.is(gedaan)).map(|(fact, _)| fact);
    let before = stated.chain(contacten(t, signaal, Date::MAX)).filter(|fact| fact.known < voor);
    let stands = before.filter(|fact| Melding::of(&fact.body).is_none() || !t.is_ingetrokken(fact.id, Date::MAX));
    let mut all: Vec<Gedaan> = stands.filter_map(gedaan_door).collect();
    all.sort_by_key(|gedaan| gedaan.dag);
    all
}

fn gedaan_door(fact: &Fact) -> Option<Gedaan> {
    let Actor::Medewerker { id, organisatie, .. } = fact.by else { return None };
    let daad = match &fact.body {
        Body::SignaalAfhandeling(gedaan) => match gedaan.afhandeling {
            Afhandeling::Opgepakt => Daad::Opgepakt,
            Afhandeling::Betwist => Daad::Betwist,
            Afhandeling::Gesloten => Daad::Gesloten,
            Afhandeling::Contact => Daad::Contact,
        },
        Body::Contact(_) => Daad::Contact,
        Body::Gesprek(_) => Daad::Gesprek,
        Body::Melding(_) => Daad::Melding,
        _ => return None,
    };
    Some(Gedaan { wie: id, organisatie, daad, dag: fact.valid.from })
}
