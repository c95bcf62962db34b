//! Which child somebody asks about who gives a name: the privacy officer reads no dossier and so sees no name here, only
//! our number, and whether what was typed fits exactly. Of a child at which nobody of the organisation looked nothing is
//! told, not even that it is there: a samenwerkingsverband knows by name only whom it was asked about.

use std::collections::BTreeSet;

use convenant::{Facet, Mag};
use domain::ids::LeerlingId;
use register::{Register, Zoekindex, Zoekvraag};

use crate::gebruik;
use crate::web::bezoek::Bezoek;

/// Children among whom one picks; who is looked for is among them, or more is typed.
const MAX_KANDIDATEN: usize = 20;
/// From so many letters on a name is looked for.
const MIN_LETTERS: usize = 2;

/// A child that the words fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kandidaat {
    /// Our number.
    pub leerling: LeerlingId,
    /// Whether every word that was typed is one of the child's; else it is alike.
    pub precies: bool,
}

/// The children that the words fit, those that fit best first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gezocht {
    /// As many as are shown.
    pub kandidaten: Vec<Kandidaat>,
    /// How many there are.
    pub aantal: usize,
}

impl Gezocht {
    /// The one child that is meant, when there is only one.
    pub fn een(&self) -> Option<LeerlingId> {
        match self.kandidaten.as_slice() {
            [een] => Some(een.leerling),
            _ => None,
        }
    }
}

/// Of the children that somebody of the organisation looked at: the one with this number, ours or the school's, else the
/// organisation's own with such a name, number or birth date.
pub fn zoek(register: &Register, bezoek: &Bezoek, woord: &str, bekeken: &BTreeSet<LeerlingId>) -> Gezocht {
    let was_seen = |leerling: LeerlingId| register.zelfde(leerling).iter().any(|one| bekeken.contains(one));
    if let Ok(leerling) = gebruik::inzage::leerling(register, woord) {
        let kandidaten: Vec<_> =
            was_seen(leerling).then_some(Kandidaat { leerling, precies: true }).into_iter().collect();
        return Gezocht { aantal: kandidaten.len(), kandidaten };
    }
    let vraag = Zoekvraag::lees(woord);
    if woord.chars().filter(|c| c.is_alphanumeric()).count() < MIN_LETTERS {
        return Gezocht::default();
    }
    let (dag, wie) = (bezoek.vandaag, bezoek.actor());
    let convenant = register.convenant(dag);
    let seen = register.kinderen_van(bezoek.organisatie).filter(|leerling| was_seen(*leerling));
    let own = seen.filter_map(|leerling| {
        let made = register.samenvatting_op(leerling, dag)?;
        convenant.decide(&wie, Mag::Lees, &made.kring, Facet::Leeslog).is_ja().then_some((leerling, made))
    });
    let mut own: Vec<_> = own.collect();
    own.sort_by_cached_key(|(leerling, made)| (made.kaart.sleutel(), *leerling));
    let found = Zoekindex::van(own.iter().map(|(_, made)| made.as_ref())).zoek(&vraag, |_| true, MAX_KANDIDATEN);
    let kandidaat = |plek: u32| {
        let (leerling, made) = own.get(plek as usize)?;
        Some(Kandidaat { leerling: *leerling, precies: made.is_precies(&vraag) })
    };
    Gezocht { kandidaten: found.plekken.into_iter().filter_map(kandidaat).collect(), aantal: found.aantal }
}
