//! Whom to call about a child, and how: parents with gezag first; the child itself once it is of age; and a colleague when
//! the next step is theirs.

use convenant::Facet;
use domain::Date;
use domain::aan_zet::AanZet;
use domain::body::{Contactgegevens, Gezag, JaNee, Kind as Soort, Medewerker, Persoonsgegevens, Relatie};
use domain::ids::PersoonId;
use domain::period::age;
use domain::timeline::Timeline;
use register::Register;

use super::{Dag, Kind};
use crate::weergave::woorden;

/// Age from which one calls the youth itself.
const MEERDERJARIG: i16 = 18;

/// Somebody to call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bellen {
    /// Whether it is a colleague, whose turn it is.
    pub collega: bool,
    /// Who, with what they are to the child: "Marieke Proefman (moeder)".
    pub wie: String,
    /// Number; empty when none is known.
    pub telefoon: String,
    /// What to know before one calls: how contact is safe, language, interpreter.
    pub let_op: Vec<String>,
}

impl Bellen {
    /// The number as a telephone dials it.
    pub fn nummer(&self) -> String {
        self.telefoon.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    }
}

/// Whom to call; `None` when nobody is known, or the reader may not see how to reach them.
pub fn bellen(kind: &Kind<'_>, dag: &Dag<'_>) -> Option<Bellen> {
    let step = kind.vandaag.aan_zet_voor(kind.facetten);
    let theirs = step.filter(|step| !dag.ik.is_aan_zet(dag.register, kind.vandaag, step, dag.vandaag));
    theirs.and_then(|step| collega(dag.register, step)).or_else(|| thuis(kind, dag))
}

fn collega(register: &Register, aan_zet: &AanZet) -> Option<Bellen> {
    let wie = register.laatste::<Medewerker>(aan_zet.medewerker?)?;
    let partij = woorden::partij(aan_zet.organisatie, register.rules());
    let functie = if wie.functie.is_empty() { partij } else { format!("{}, {partij}", wie.functie) };
    let dagen = woorden::werkdagen(wie.werkdagen);
    let dagen = if dagen.is_empty() { dagen } else { format!(", {dagen}") };
    Some(Bellen {
        collega: true,
        wie: format!("{} ({functie}{dagen})", wie.naam.zichtbaar()),
        telefoon: wie.telefoon.zichtbaar().to_owned(),
        let_op: Vec::new(),
    })
}

fn thuis(kind: &Kind<'_>, dag: &Dag<'_>) -> Option<Bellen> {
    if !kind.facetten.contains(Facet::PersoonContact) {
        return None;
    }
    let t = dag.register.timeline_zonder_signalen(kind.leerling)?;
    let of_age = kind.vandaag.kaart.geboren.is_some_and(|born| age(born, dag.vandaag) >= MEERDERJARIG);
    if of_age {
        let own = laatste::<Contactgegevens>(&t, dag.vandaag)?;
        return Some(met_gegevens(kind.vandaag.kaart.naam(), Some(own)));
    }
    let (persoon, relatie) = ouder(dag.register, &t, dag.vandaag)?;
    let naam = dag.register.laatste::<Persoonsgegevens>(persoon).map(woorden::naam).unwrap_or_default();
    let seen = kind.facetten.contains(Facet::PersoonGezag);
    let wie = match (naam.is_empty(), seen) {
        (false, true) => format!("{naam} ({})", relatie.label()),
        (false, false) => naam,
        (true, _) => "ouder of verzorger".to_owned(),
    };
    Some(met_gegevens(wie, dag.register.laatste::<Contactgegevens>(persoon)))
}

/// Of the parents and carers the one to call: with gezag before without, with the child at home before elsewhere, with a
/// number before without; else in the order in which they were told.
fn ouder(register: &Register, t: &Timeline, dag: Date) -> Option<(PersoonId, Relatie)> {
    let mut carers: Vec<&Gezag> = Vec::new();
    for (_, gezag) in t.on::<Gezag>(dag) {
        carers.retain(|known| known.persoon != gezag.persoon);
        carers.push(gezag);
    }
    let number =
        |persoon| register.laatste::<Contactgegevens>(persoon).is_some_and(|contact| !contact.telefoon.is_empty());
    let authority =
        |gezag: &Gezag| gezag.gezag == JaNee::Ja || matches!(gezag.relatie, Relatie::Voogd | Relatie::VoogdGi);
    let best = carers.into_iter().min_by_key(|gezag| {
        (!authority(gezag), !number(gezag.persoon), gezag.woont_bij_kind != JaNee::Ja, gezag.gezag == JaNee::Nee)
    });
    best.map(|gezag| (gezag.persoon, gezag.relatie))
}

fn met_gegevens(wie: String, contact: Option<&Contactgegevens>) -> Bellen {
    let mut let_op = Vec::new();
    if let Some(contact) = contact {
        if !contact.veilig_contact.is_empty() {
            let_op.push(contact.veilig_contact.zichtbaar().to_owned());
        }
        if !contact.taal.is_empty() {
            let_op.push(format!("spreekt {}", contact.taal.zichtbaar()));
        }
        if contact.tolk == JaNee::Ja {
            let_op.push("tolk nodig".to_owned());
        }
    }
    let telefoon = contact.map(|contact| contact.telefoon.zichtbaar().to_owned()).unwrap_or_default();
    Bellen { collega: false, wie, telefoon, let_op }
}

fn laatste<K: Soort>(t: &Timeline, dag: Date) -> Option<&K> {
    t.on::<K>(dag).next_back().map(|(_, body)| body)
}
