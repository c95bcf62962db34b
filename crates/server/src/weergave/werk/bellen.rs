//! Whom to call about a child, and how: parents with gezag first; the child itself once it is of age; and a colleague when
//! the next step is theirs.

use convenant::Facet;
use domain::aan_zet::AanZet;
use domain::body::Medewerker;
use domain::period::age;
use domain::timeline::Timeline;

use super::{Dag, Kind};
use crate::weergave::mensen::{self, Thuis};
use crate::weergave::{Oog, Zicht, woorden};

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

/// Whom to call about a child of which this is stated; `None` when nobody is known, or the reader may not see how to reach
/// them.
pub fn bellen(kind: &Kind<'_>, dag: &Dag<'_>, t: &Timeline) -> Option<Bellen> {
    let r = dag.register.rules();
    let convenant = dag.register.convenant(dag.vandaag);
    let oog = Oog::van(dag.ik.actor(), &kind.vandaag.kring, convenant, kind.facetten, r);
    let zicht =
        Zicht { register: dag.register, r, t, leerling: kind.leerling, op: dag.vandaag, vandaag: dag.vandaag, oog };
    let step = kind.vandaag.aan_zet_voor(kind.facetten);
    let theirs = step.filter(|step| !dag.ik.is_aan_zet(dag.register, kind.vandaag, step, dag.vandaag));
    theirs.and_then(|step| collega(&zicht, step)).or_else(|| thuis(kind, &zicht))
}

fn collega(zicht: &Zicht<'_>, aan_zet: &AanZet) -> Option<Bellen> {
    let id = aan_zet.medewerker?;
    let wie = zicht.register.laatste::<Medewerker>(id)?;
    let partij = woorden::partij(aan_zet.organisatie, zicht.r);
    let functie = if wie.functie.is_empty() { partij } else { format!("{}, {partij}", wie.functie) };
    let dagen = woorden::werkdagen(wie.werkdagen);
    let dagen = if dagen.is_empty() { dagen } else { format!(", {dagen}") };
    let away = mensen::werkt(wie, zicht.op) == Some(false);
    let instead = away.then(|| mensen::collega(zicht, id, aan_zet.organisatie).waarneming).flatten();
    let let_op = match instead {
        Some((naam, telefoon)) => vec![format!("werkt vandaag niet; waarneming: {naam}, {telefoon}")],
        None if away => vec!["werkt vandaag niet".to_owned()],
        None => Vec::new(),
    };
    Some(Bellen {
        collega: true,
        wie: format!("{} ({functie}{dagen})", wie.naam.zichtbaar()),
        telefoon: wie.telefoon.zichtbaar().to_owned(),
        let_op,
    })
}

fn thuis(kind: &Kind<'_>, zicht: &Zicht<'_>) -> Option<Bellen> {
    let of_age = kind.vandaag.kaart.geboren.is_some_and(|born| age(born, zicht.op) >= MEERDERJARIG);
    let parents = if of_age || !zicht.oog.mag(Facet::PersoonContact) { Vec::new() } else { mensen::thuis(zicht) };
    // Those with gezag come first; among these one who can be reached, and with whom the child lives.
    let best = parents.into_iter().min_by_key(|who| (!who.met_gezag, who.telefoon.is_empty(), who.woont != WOONT_BIJ));
    best.map(ouder).or_else(|| {
        let (telefoon, _) = mensen::eigen_contact(zicht)?;
        Some(Bellen { collega: false, wie: kind.vandaag.kaart.naam(), telefoon, let_op: Vec::new() })
    })
}

/// How [`Thuis`] says that the child lives with somebody.
const WOONT_BIJ: &str = "woont bij het kind";

fn ouder(who: Thuis) -> Bellen {
    let mut let_op = Vec::new();
    if !who.veilig.is_empty() {
        let_op.push(who.veilig);
    }
    if !who.taal.is_empty() {
        let_op.push(format!("spreekt {}", who.taal));
    }
    if who.tolk {
        let_op.push("tolk nodig".to_owned());
    }
    Bellen { collega: false, wie: format!("{} ({})", who.naam, who.relatie), telefoon: who.telefoon, let_op }
}
