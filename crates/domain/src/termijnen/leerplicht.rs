//! Rules 14 and 15: leerplicht reacts to a melding, and hears parents and youth. Both start from a melding or from an
//! examination; never from illness or suspension.

use crate::body::{Gezag, JaNee, Melding, MeldingStand, MeldingStatus, Onderzoek, OnderzoekStap, Verhoor};
use crate::calendar::{Eenheid, Termijn as Lengte};
use crate::fact::{Fact, Rol};
use crate::ids::PersoonId;
use crate::rules::{EIGEN_PLICHT_VANAF, R14, R15};
use crate::termijnen::geval::{dag, op_dag};
use crate::termijnen::koppel::{Open, koppel};
use crate::termijnen::melding::aantal;
use crate::termijnen::{Aanleiding, Bouw, Geval, Norm, Uitwerking, Wie, ZonderAanleiding};

/// Rule 14: a melding gets a reaction within the region's working days (the law names none).
pub(super) fn regel_14(geval: &Geval<'_>) -> Uitwerking {
    let statuses = geval.feiten::<MeldingStatus>();
    let onderzoeken = geval.feiten::<Onderzoek>();
    let termijnen = geval.feiten::<Melding>().into_iter().map(|(fact, _)| {
        let reactions = statuses
            .iter()
            .filter(|(_, s)| {
                let reacts = [MeldingStand::InBehandeling, MeldingStand::Afgesloten, MeldingStand::TerKennisgeving];
                s.melding == fact.id && reacts.contains(&s.status)
            })
            .map(|(fact, _)| *fact)
            .chain(onderzoeken.iter().filter(|(_, o)| o.melding == Some(fact.id)).map(|(fact, _)| *fact));
        let first = reactions.min_by_key(|reaction| (reaction.valid.from, reaction.id));
        let gemeente = geval.gemeente_op(fact.valid.from);
        Bouw::new(
            R14,
            Wie::organisatie(gemeente, Rol::Leerplichtambtenaar),
            "Reageer op de melding en zet de nieuwe status.",
            Aanleiding::Feit(fact.id),
            fact.valid.from,
        )
        .kon_weten(dag(fact))
        .binnen(Lengte::afgesproken(aantal(geval.r.termijnen.reactie_werkdagen), Eenheid::Werkdagen), geval, None)
        .vervuld(first.map(op_dag))
        .vervallen(geval.t.is_ingetrokken(fact.id, geval.on))
        .op(geval.on)
    });
    termijnen.collect::<Vec<_>>().into()
}

/// Rule 15: an examination hears every parent with gezag, and the youth from twelve years, before it ends.
pub(super) fn regel_15(geval: &Geval<'_>) -> Uitwerking {
    let onderzoeken = geval.feiten::<Onderzoek>();
    let started: Vec<_> = onderzoeken.iter().filter(|(_, o)| o.stap == OnderzoekStap::Gestart).copied().collect();
    let mut termijnen = Vec::new();
    let mut used = Vec::new();
    for wie in te_horen(geval, &started) {
        let triggers: Vec<(&Fact, &Onderzoek)> =
            started.iter().filter(|(fact, _)| wie.geldt_op(geval, fact)).copied().collect();
        let open: Vec<Open> =
            triggers.iter().map(|(fact, _)| Open { vanaf: fact.valid.from, vervallen_op: None }).collect();
        let heard = geval.feiten::<Verhoor>().into_iter().filter(|(_, verhoor)| wie.is(verhoor.ouder));
        let (given, _) = koppel(&open, heard.map(|(fact, _)| op_dag(fact)));
        used.extend(given.iter().flatten().map(|(id, _)| *id));
        termijnen.extend(triggers.iter().zip(given).map(|((fact, onderzoek), door)| {
            let ended = onderzoeken.iter().find(|(later, o)| {
                o.stap == OnderzoekStap::Afgerond
                    && o.melding == onderzoek.melding
                    && later.valid.from >= fact.valid.from
            });
            horen(geval, wie, fact, ended.map(|(fact, _)| *fact)).vervuld(door).op(geval.on)
        }));
    }
    let zonder_aanleiding = geval
        .feiten::<Verhoor>()
        .into_iter()
        .filter(|(fact, _)| !used.contains(&fact.id) && !started.iter().any(|(o, _)| o.valid.from <= fact.valid.from))
        .map(|(fact, _)| ZonderAanleiding {
            regel: R15.citation,
            feit: fact.id,
            wat: "Voor dit gesprek met leerplicht zien wij geen onderzoek.",
            onbekend: false,
        })
        .collect();
    Uitwerking { termijnen, zonder_aanleiding }
}

/// Who has to be heard.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TeHoren {
    /// This parent, who has gezag.
    Ouder(PersoonId),
    /// A parent, when nobody with gezag is known.
    EenOuder,
    /// The youth.
    Jongere,
}

impl TeHoren {
    fn is(self, ouder: Option<PersoonId>) -> bool {
        match self {
            TeHoren::Ouder(persoon) => ouder == Some(persoon),
            TeHoren::EenOuder => ouder.is_some(),
            TeHoren::Jongere => ouder.is_none(),
        }
    }

    fn geldt_op(self, geval: &Geval<'_>, onderzoek: &Fact) -> bool {
        let day = onderzoek.valid.from;
        match self {
            TeHoren::Jongere => geval.leeftijd(day).is_some_and(|jaren| jaren >= EIGEN_PLICHT_VANAF.op(day)),
            TeHoren::Ouder(_) | TeHoren::EenOuder => !geval.meerderjarig(day),
        }
    }
}

fn te_horen(geval: &Geval<'_>, started: &[(&Fact, &Onderzoek)]) -> Vec<TeHoren> {
    if started.is_empty() {
        return Vec::new();
    }
    let mut parents: Vec<TeHoren> = geval
        .t
        .on::<Gezag>(geval.on)
        .filter(|(_, gezag)| gezag.gezag == JaNee::Ja)
        .map(|(_, gezag)| TeHoren::Ouder(gezag.persoon))
        .collect();
    parents.dedup();
    if parents.is_empty() {
        parents.push(TeHoren::EenOuder);
    }
    parents.push(TeHoren::Jongere);
    parents
}

fn horen(geval: &Geval<'_>, wie: TeHoren, onderzoek: &Fact, ended: Option<&Fact>) -> Bouw {
    let wat = match wie {
        TeHoren::Ouder(_) | TeHoren::EenOuder => "Hoor de ouder.",
        TeHoren::Jongere => "Hoor de leerling.",
    };
    let gemeente = geval.gemeente_op(onderzoek.valid.from);
    let actor = Wie::organisatie(gemeente, Rol::Leerplichtambtenaar);
    let bouw = Bouw::new(R15, actor, wat, Aanleiding::Feit(onderzoek.id), onderzoek.valid.from)
        .norm(Norm::Bij("voordat het onderzoek wordt afgerond"));
    match ended {
        Some(ended) => bouw.uiterlijk(ended.valid.from),
        None => bouw,
    }
}
