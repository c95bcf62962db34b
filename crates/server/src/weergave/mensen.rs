//! The people around one child: *Wie is wie* at each organisation, and who is there at home.

use std::collections::{BTreeMap, BTreeSet};

use convenant::Facet;
use domain::Date;
use domain::body::{
    Aanbod, Contactgegevens, Gezag, Inschrijving, JaNee, Medewerker, OrganisatieSoort, Persoonsgegevens, RolToekenning,
    Taak, Verantwoordelijke,
};
use domain::fact::{Fact, Rol};
use domain::ids::{MedewerkerId, OrganisatieId, PersoonId};
use domain::in_beeld::{Partij, in_beeld};

use super::{Zicht, woorden};

/// Colleagues of one role at one organisation that are named; the rest is counted.
const MAX_PER_ROL: usize = 2;
/// Organisations beside the usual ones.
const MAX_BETROKKEN: usize = 6;

/// A colleague as one reaches them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Collega {
    /// Name; empty when only the role is known.
    pub naam: String,
    /// In which role, in words.
    pub rol: String,
    /// What they are for this child ("verantwoordelijke", "casusregisseur"); empty for nothing in particular.
    pub taak: String,
    /// Telephone.
    pub telefoon: String,
    /// E-mail.
    pub email: String,
    /// Working days ("ma-do").
    pub werkdagen: String,
    /// Whether they work on the day; `None` when that is not known.
    pub werkt: Option<bool>,
    /// Who stands in for them on a day on which they do not work: name and telephone.
    pub waarneming: Option<(String, String)>,
}

/// One organisation with its people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    /// What it is to the child ("School").
    pub soort: String,
    /// Its name.
    pub naam: String,
    /// Its people.
    pub mensen: Vec<Collega>,
    /// How many others there are in these roles.
    pub meer: usize,
}

/// Somebody at home.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Thuis {
    /// Name.
    pub naam: String,
    /// What they are to the child ("moeder").
    pub relatie: String,
    /// About authority, in words.
    pub gezag: String,
    /// Whether they have it.
    pub met_gezag: bool,
    /// Whether the child lives with them, in words; empty when not known.
    pub woont: String,
    /// Telephone.
    pub telefoon: String,
    /// E-mail.
    pub email: String,
    /// Language to talk in; empty for Dutch.
    pub taal: String,
    /// Whether an interpreter is needed.
    pub tolk: bool,
    /// How contact is safe.
    pub veilig: String,
}

/// Who is there at a school, in the order in which one calls.
const SCHOOL: &[Rol] = &[Rol::Verzuimcoordinator, Rol::IbEr, Rol::Ondersteuningscoordinator, Rol::Schoolleider];
const SWV: &[Rol] = &[Rol::Consulent];
const GEMEENTE: &[Rol] = &[Rol::Leerplichtambtenaar, Rol::JgCoach];
const JGZ: &[Rol] = &[Rol::Jeugdarts, Rol::Jeugdverpleegkundige];
const STEUNPUNT: &[Rol] = &[Rol::Steunpunt];
const HULP: &[Rol] = &[Rol::Zorgpartner, Rol::Psycholoog, Rol::OzlConsulent, Rol::Jeugdbeschermer, Rol::Cjg];

/// The organisations around the child on its day, each with its people.
pub fn wie_is_wie(zicht: &Zicht<'_>) -> Vec<Partner> {
    let plekken = plekken(zicht);
    let wanted: Vec<OrganisatieId> = plekken.iter().map(|plek| plek.id).collect();
    let kring = Kringlezer::new(zicht, &wanted);
    plekken.iter().map(|plek| kring.partner(plek)).collect()
}

/// One colleague, as one reaches them on the day.
pub fn collega(zicht: &Zicht<'_>, id: MedewerkerId, organisatie: OrganisatieId) -> Collega {
    let kring = Kringlezer::new(zicht, &[organisatie]);
    kring.collega(id, organisatie, kring.rol(id, organisatie))
}

/// An organisation around the child, and in which roles one looks there.
struct Plek<'a> {
    soort: &'static str,
    id: OrganisatieId,
    rollen: &'static [Rol],
    inschrijving: Option<&'a Inschrijving>,
}

/// The organisations that the reader may know of, each once.
fn plekken<'a>(zicht: &Zicht<'a>) -> Vec<Plek<'a>> {
    let Zicht { t, r, op, oog, .. } = *zicht;
    let mut plekken: Vec<Plek<'a>> = Vec::new();
    let mut add = |soort, id: Option<OrganisatieId>, rollen, inschrijving| {
        if let Some(id) = id.filter(|id| !plekken.iter().any(|known: &Plek<'_>| known.id == *id)) {
            plekken.push(Plek { soort, id, rollen, inschrijving });
        }
    };
    let parties = in_beeld(t, op, r);
    let party = |partij| parties.iter().find(|found| found.partij == partij).and_then(|found| found.organisatie);
    if oog.mag(Facet::SchoolInschrijving) {
        for (_, inschrijving) in t.inschrijvingen_op(op) {
            add("School", Some(inschrijving.school), SCHOOL, Some(inschrijving));
        }
        add("Samenwerkingsverband", party(Partij::Samenwerkingsverband), SWV, None);
        add("Jeugdgezondheidszorg", party(Partij::Jeugdarts), JGZ, None);
    }
    // Which municipality it is tells where the child lives.
    if oog.mag(Facet::PersoonAdres) {
        add("Gemeente", party(Partij::Leerplicht), GEMEENTE, None);
    }
    let steunpunten = r.organisaties.iter().filter(|(_, o)| o.soort == OrganisatieSoort::Steunpunt).map(|(id, _)| *id);
    for id in steunpunten.take(MAX_BETROKKEN) {
        add("Ouder- en jeugdsteunpunt", Some(id), STEUNPUNT, None);
    }
    let offered = t.on::<Aanbod>(op).filter(|(fact, _)| oog.leest(fact)).filter_map(|(_, aanbod)| aanbod.organisatie);
    let named = t.on::<Verantwoordelijke>(op).filter(|(fact, _)| oog.leest(fact)).map(|(_, v)| v.organisatie);
    for id in offered.chain(named).filter(|id| oog.organisatie(*id)).take(MAX_BETROKKEN) {
        add("Betrokken", Some(id), HULP, None);
    }
    plekken
}

/// Reads who has which role where, once for all organisations of a page.
struct Kringlezer<'a> {
    zicht: Zicht<'a>,
    /// Who has a role where, on the day.
    rollen: Vec<(OrganisatieId, Rol, MedewerkerId)>,
}

impl<'a> Kringlezer<'a> {
    fn new(zicht: &Zicht<'a>, bij: &[OrganisatieId]) -> Self {
        let register = zicht.register;
        let mut rollen: Vec<(OrganisatieId, Rol, MedewerkerId)> = Vec::new();
        let ooit: BTreeSet<MedewerkerId> = bij.iter().flat_map(|organisatie| register.ooit_bij(*organisatie)).collect();
        for id in ooit {
            let held = register.alleen_over(id);
            rollen.extend(held.on::<RolToekenning>(zicht.op).map(|(_, rol)| (rol.organisatie, rol.rol, id)));
        }
        rollen.sort_unstable();
        rollen.dedup();
        Kringlezer { zicht: *zicht, rollen }
    }

    fn bij(&self, organisatie: OrganisatieId, rol: Rol) -> impl Iterator<Item = MedewerkerId> {
        self.rollen.iter().filter(move |(at, held, _)| (*at, *held) == (organisatie, rol)).map(|(.., id)| *id)
    }

    fn rol(&self, id: MedewerkerId, organisatie: OrganisatieId) -> Option<Rol> {
        self.rollen.iter().find(|(at, _, who)| (*at, *who) == (organisatie, id)).map(|(_, rol, _)| *rol)
    }

    /// The pupil's mentor: the colleague whom the school means, else the name as the school writes it.
    fn mentor(&self, inschrijving: &Inschrijving) -> Option<Collega> {
        let name = inschrijving.mentor.zichtbaar();
        let known = self.zicht.r.mentoren.wie(inschrijving.school, name, self.zicht.op);
        let named = || Collega { naam: name.to_owned(), rol: "mentor".to_owned(), ..Collega::default() };
        match known {
            Some(id) => Some(self.collega(id, inschrijving.school, Some(Rol::Mentor))),
            None => (!name.is_empty()).then(named),
        }
    }

    fn partner(&self, plek: &Plek<'_>) -> Partner {
        let id = plek.id;
        let named = self.verantwoordelijken(id);
        let mut mensen: Vec<Collega> =
            plek.inschrijving.and_then(|inschrijving| self.mentor(inschrijving)).into_iter().collect();
        for (who, taak) in &named {
            let rol = self.rol(*who, id);
            mensen.push(Collega { taak: taak.label().to_owned(), ..self.collega(*who, id, rol) });
        }
        let mut meer = 0;
        for rol in plek.rollen {
            let others = self.bij(id, *rol).filter(|who| !named.iter().any(|(known, _)| known == who));
            let others: Vec<MedewerkerId> = others.collect();
            // Whoever was named in this role is the one to call: the others only when there is nobody.
            let room = if named.iter().any(|(who, _)| self.rol(*who, id) == Some(*rol)) { 0 } else { MAX_PER_ROL };
            mensen.extend(others.iter().take(room).map(|who| self.collega(*who, id, Some(*rol))));
            meer += others.len().saturating_sub(room);
        }
        // The same colleague twice (mentor and named responsible) is one.
        let mut seen: BTreeSet<String> = BTreeSet::new();
        mensen.sort_by_key(|collega| collega.taak.is_empty());
        mensen.retain(|collega| !collega.naam.is_empty() && seen.insert(collega.naam.clone()));
        Partner { soort: plek.soort.to_owned(), naam: self.zicht.r.naam(id).to_owned(), mensen, meer }
    }

    /// Who was named responsible at an organisation, as far as the reader may know.
    fn verantwoordelijken(&self, id: OrganisatieId) -> Vec<(MedewerkerId, Taak)> {
        let Zicht { t, op, oog, .. } = self.zicht;
        let here = t.on::<Verantwoordelijke>(op).filter(|(fact, v)| v.organisatie == id && oog.leest(fact));
        let mut named: Vec<(MedewerkerId, Taak)> = here.map(|(_, v)| (v.medewerker, v.taak)).collect();
        named.reverse();
        named.dedup_by_key(|(who, _)| *who);
        named.truncate(MAX_PER_ROL);
        named
    }

    fn collega(&self, id: MedewerkerId, organisatie: OrganisatieId, rol: Option<Rol>) -> Collega {
        let Some(wie) = self.zicht.register.laatste::<Medewerker>(id) else { return Collega::default() };
        let werkt_nu = werkt(wie, self.zicht.op);
        let instead = || {
            let colleagues = rol.into_iter().flat_map(|rol| self.bij(organisatie, rol)).filter(|other| *other != id);
            let mut known = colleagues.filter_map(|other| self.zicht.register.laatste::<Medewerker>(other));
            known
                .find(|other| werkt(other, self.zicht.op) == Some(true))
                .map(|other| (other.naam.zichtbaar().to_owned(), other.telefoon.zichtbaar().to_owned()))
        };
        Collega {
            naam: wie.naam.zichtbaar().to_owned(),
            rol: rol.map_or_else(|| wie.functie.clone(), |rol| rol.label().to_owned()),
            taak: String::new(),
            telefoon: wie.telefoon.zichtbaar().to_owned(),
            email: wie.email.zichtbaar().to_owned(),
            werkdagen: woorden::werkdagen(wie.werkdagen),
            werkt: werkt_nu,
            waarneming: if werkt_nu == Some(false) { instead() } else { None },
        }
    }
}

/// Whether somebody works on a day; of whom no day is known nothing is said.
pub fn werkt(wie: &Medewerker, dag: Date) -> Option<bool> {
    if !wie.werkdagen.contains(&true) {
        return None;
    }
    usize::try_from(dag.weekday().to_monday_zero_offset()).ok().and_then(|place| wie.werkdagen.get(place)).copied()
}

/// Parents and carers on the day, those with authority first.
pub fn thuis(zicht: &Zicht<'_>) -> Vec<Thuis> {
    let Zicht { t, op, oog, .. } = *zicht;
    if !oog.mag(Facet::PersoonGezag) {
        return Vec::new();
    }
    let last: BTreeMap<PersoonId, (&Fact, &Gezag)> =
        t.on::<Gezag>(op).map(|(fact, gezag)| (gezag.persoon, (fact, gezag))).collect();
    let readable = last.into_values().filter(|(fact, _)| oog.leest(fact));
    let mut home: Vec<Thuis> = readable.map(|(_, gezag)| een(zicht, gezag)).collect();
    home.sort_by_key(|who| !who.met_gezag);
    home
}

fn een(zicht: &Zicht<'_>, gezag: &Gezag) -> Thuis {
    let about = zicht.register.alleen_over(gezag.persoon);
    let persoon = about.at::<Persoonsgegevens>(zicht.op, "naam").value;
    let reach = about.at::<Contactgegevens>(zicht.op, "contact").value.filter(|_| zicht.oog.mag(Facet::PersoonContact));
    let text = |of: fn(&Contactgegevens) -> &domain::tekst::Tekst| reach.map(|c| of(c).zichtbaar().to_owned());
    Thuis {
        naam: persoon
            .map(woorden::naam)
            .filter(|naam| !naam.is_empty())
            .unwrap_or_else(|| "naam niet bekend".to_owned()),
        relatie: gezag.relatie.label().to_owned(),
        gezag: match gezag.gezag {
            JaNee::Ja => "heeft gezag",
            JaNee::Nee => "heeft geen gezag",
            JaNee::Onbekend => "gezag niet bekend",
        }
        .to_owned(),
        met_gezag: gezag.gezag == JaNee::Ja,
        woont: match gezag.woont_bij_kind {
            JaNee::Ja => "woont bij het kind",
            JaNee::Nee => "woont niet bij het kind",
            JaNee::Onbekend => "",
        }
        .to_owned(),
        telefoon: text(|c| &c.telefoon).unwrap_or_default(),
        email: text(|c| &c.email).unwrap_or_default(),
        taal: text(|c| &c.taal).unwrap_or_default(),
        tolk: reach.is_some_and(|c| c.tolk == JaNee::Ja),
        veilig: text(|c| &c.veilig_contact).unwrap_or_default(),
    }
}

/// Telephone and e-mail of the child itself, as far as known and shown.
pub fn eigen_contact(zicht: &Zicht<'_>) -> Option<(String, String)> {
    let Zicht { t, op, oog, .. } = *zicht;
    let found = t.at::<Contactgegevens>(op, "contact").value.filter(|_| oog.mag(Facet::PersoonContact))?;
    let (telefoon, email) = (found.telefoon.zichtbaar().to_owned(), found.email.zichtbaar().to_owned());
    (!telefoon.is_empty() || !email.is_empty()).then_some((telefoon, email))
}
