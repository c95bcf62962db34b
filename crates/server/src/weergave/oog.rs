//! What a reader may see of one child: all of it for whoever keeps the register, and else what the region's convenant
//! allows. Whatever shows a child asks here, line by line; what is not for the reader is never made.

use convenant::{Convenant, Facet, Facetten};
use domain::body::Body;
use domain::fact::{Actor, Fact, FactId, Rol};
use domain::ids::OrganisatieId;
use domain::klok::Klok;
use domain::kring::Kring;
use domain::region::Rules;
use domain::timeline::Timeline;
use domain::verzuim::VerzuimSoort;

/// A reader before one child.
#[derive(Clone, Copy, Default)]
pub struct Oog<'a> {
    lezer: Option<Lezer<'a>>,
}

#[derive(Clone, Copy)]
struct Lezer<'a> {
    wie: Actor,
    kring: &'a Kring,
    convenant: &'a Convenant,
    r: &'a Rules,
    facetten: Facetten,
    /// The school for which is read: of absence it sees its own.
    school: Option<OrganisatieId>,
}

/// Facets of which it would tell too much that there is something one may not see.
const VERZWEGEN: Facetten = Facetten::of(&[
    Facet::VerzuimZiekte,
    Facet::VerzuimSoort,
    Facet::Signalen,
    Facet::Melding,
    Facet::LeerplichtStap,
    Facet::BesluitVerbaal,
    Facet::InschrijvingNagaan,
    Facet::PersoonAdresGeheim,
    Facet::JgzConsult,
    Facet::JgzAdvies,
    Facet::Vrijstelling,
    Facet::VrijstellingVerklaring,
    Facet::VrijstellingPerspectief,
    Facet::VrijstellingSwvAdvies,
]);

impl<'a> Oog<'a> {
    /// Sees everything: for whoever runs a command on the computer of the register.
    pub fn alles() -> Self {
        Self::default()
    }

    /// Sees what the convenant lets this reader see, as far as `facetten`.
    pub fn van(wie: Actor, kring: &'a Kring, convenant: &'a Convenant, facetten: Facetten, r: &'a Rules) -> Self {
        let school = wie.organisatie().filter(|id| r.scholen.contains_key(id));
        Oog { lezer: Some(Lezer { wie, kring, convenant, r, facetten, school }) }
    }

    /// Who reads; `None`: nobody in particular, for whom nothing is left out.
    pub fn wie(&self) -> Option<&Actor> {
        self.lezer.as_ref().map(|lezer| &lezer.wie)
    }

    /// All that the reader may see.
    pub fn facetten(&self) -> Facetten {
        self.lezer.map_or(Facetten::ALLE, |lezer| lezer.facetten)
    }

    /// Whether the reader may see a facet.
    pub fn mag(&self, facet: Facet) -> bool {
        self.mag_alle(Facetten::of(&[facet]))
    }

    /// Whether the reader may see all of these.
    pub fn mag_alle(&self, facetten: Facetten) -> bool {
        self.facetten().contains_all(facetten)
    }

    /// Whether the reader may read a fact. Of name, birth date and number each is shown apart.
    pub fn leest(&self, fact: &Fact) -> bool {
        if matches!(fact.body, Body::Persoonsgegevens(_)) {
            return self.mag(Facet::PersoonNaam);
        }
        self.lezer.is_none_or(|lezer| lezer.convenant.leest(&lezer.wie, lezer.kring, fact, lezer.r).is_ja())
    }

    /// Whether the reader may know that this organisation is involved with the child.
    pub fn organisatie(&self, id: OrganisatieId) -> bool {
        self.lezer.is_none_or(|lezer| {
            lezer.wie.organisatie() == Some(id) || lezer.facetten.contains_all(Facet::van_organisatie(lezer.r, id))
        })
    }

    /// Whether the reader may see this clock: leerplicht sees none that rests on illness or suspension only.
    pub fn klok(&self, klok: &Klok) -> bool {
        self.mag(Facet::Klok) && !(klok.alleen_ziek_of_geschorst && self.is_leerplicht())
    }

    /// Whether the reader acts for leerplicht or the Doorstroompunt: they see that a child takes no part only where a
    /// clock that they may see tells so, for elsewhere it could be illness.
    pub fn is_leerplicht(&self) -> bool {
        let rol = self.lezer.and_then(|lezer| lezer.wie.rol());
        matches!(rol, Some(Rol::Leerplichtambtenaar | Rol::AdministratieLeerplicht | Rol::RmcMedewerker))
    }

    /// Whether the reader may see a row of this kind at this school.
    pub fn verzuim(&self, soort: VerzuimSoort, school: OrganisatieId) -> bool {
        self.mag_alle(Facet::van_verzuim(soort)) && self.school(school)
    }

    /// Whether the reader sees absence as this school delivered it: another school sees its own only.
    pub fn school(&self, school: OrganisatieId) -> bool {
        self.lezer.and_then(|lezer| lezer.school).is_none_or(|own| own == school)
    }

    /// Whether the reader sees every kind of absence, so that a day without a row is a day at school.
    pub fn alle_verzuim(&self) -> bool {
        self.mag_alle(Facetten::of(&[Facet::VerzuimDagen, Facet::VerzuimSoort, Facet::VerzuimZiekte]))
    }

    /// Of the facts that a conclusion rests on: those that the reader may read, and whether to say that there are
    /// others. Not where that would itself tell what they are.
    pub fn rust_op<'t>(&self, t: &'t Timeline, feiten: &[FactId]) -> (Vec<&'t Fact>, bool) {
        let known: Vec<&Fact> = feiten.iter().filter_map(|id| t.fact(*id)).collect();
        let (seen, hidden): (Vec<&Fact>, Vec<&Fact>) = known.into_iter().partition(|fact| self.leest(fact));
        let others = !hidden.is_empty() && !hidden.iter().any(|fact| self.verzwijgt(fact));
        (seen, others)
    }

    /// Whether it would tell too much to say that there is this fact, which the reader may not read.
    pub fn verzwijgt(&self, fact: &Fact) -> bool {
        !self.mist(fact).intersection(VERZWEGEN).is_empty()
    }

    /// The facets that the reader lacks to read a fact.
    fn mist(&self, fact: &Fact) -> Facetten {
        self.lezer.map_or(Facetten::GEEN, |lezer| {
            let by = fact.by.organisatie().map_or(Facetten::GEEN, |id| Facet::van_organisatie(lezer.r, id));
            Facet::van_feit(fact).union(by).without(lezer.facetten)
        })
    }
}
