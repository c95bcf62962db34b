//! How sure a status is that can accuse: *vermoedelijk* until the competent person confirmed.

use jiff::civil::Date;

use crate::body::{Bevestiging, TeBevestigen};
use crate::fact::{Actor, Fact, FactId};
use crate::klok::inschrijving::is_leerplicht;
use crate::timeline::Timeline;

/// How sure a status is that can accuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Zekerheid {
    /// Derived, and not confirmed by anybody.
    Vermoedelijk,
    /// Leerplicht confirmed it.
    Bevestigd,
    /// Leerplicht confirmed it; parents or child say that it is not so.
    Betwist,
    /// Leerplicht says that it is not so.
    Weersproken,
}

impl Zekerheid {
    /// The words on a screen.
    pub fn woord(self) -> &'static str {
        match self {
            Self::Vermoedelijk => "vermoedelijk; nog niet bevestigd door de leerplichtambtenaar",
            Self::Bevestigd => "bevestigd door de leerplichtambtenaar",
            Self::Betwist => "bevestigd door de leerplichtambtenaar; ouders of leerling zeggen dat het niet klopt",
            Self::Weersproken => "klopt niet volgens de leerplichtambtenaar",
        }
    }
}

/// How sure a status is that holds since a day, and the statements that make it so: the last word of leerplicht about
/// it, and the last word of parents or child after that.
pub(crate) fn zekerheid(t: &Timeline, wat: TeBevestigen, sinds: Date, on: Date) -> (Zekerheid, Vec<FactId>) {
    let mut words: Vec<(&Fact, &Bevestiging)> = t
        .all::<Bevestiging>()
        .filter(|(fact, word)| word.wat == wat && sinds <= fact.valid.from && fact.valid.from <= on)
        .collect();
    words.sort_by_key(|(fact, _)| fact.valid.from);
    let Some(place) = words.iter().rposition(|(fact, _)| is_leerplicht(&fact.by)) else {
        return (Zekerheid::Vermoedelijk, Vec::new());
    };
    let (said, after) = words.split_at(place + 1);
    let Some((confirmed, word)) = said.last() else { return (Zekerheid::Vermoedelijk, Vec::new()) };
    if !word.klopt {
        return (Zekerheid::Weersproken, vec![confirmed.id]);
    }
    let home = |by: &Actor| matches!(by, Actor::Ouder { .. } | Actor::Leerling { .. });
    match after.iter().rev().find(|(fact, _)| home(&fact.by)) {
        Some((contested, word)) if !word.klopt => (Zekerheid::Betwist, vec![confirmed.id, contested.id]),
        _ => (Zekerheid::Bevestigd, vec![confirmed.id]),
    }
}
