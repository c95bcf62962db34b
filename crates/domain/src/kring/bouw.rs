//! The kring, derived from what was stated about the child.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Bijzonderheden, Bijzonderheid, Fase, Fasen, Kring, Relatie, Relaties, heeft_gezag, toestemming};
use crate::body::{
    Aanbod, Besluit, BesluitSoort, Consult, ConsultStap, Gezag, IndelingSoort, Ondersteuningsvraag, OrganisatieSoort,
    Sluiting, ToestemmingVoor, Verantwoordelijke,
};
use crate::dossier::{Dossier, dossier_van, einde_plicht};
use crate::fact::{Actor, Rol};
use crate::ids::{LeerlingId, MedewerkerId, OrganisatieId, PersoonId, Subject};
use crate::in_beeld::{self, Partij};
use crate::klok::{Klok, KlokStand};
use crate::period::schooljaar;
use crate::region::Rules;
use crate::status::{absoluut::absoluut, traject::traject};
use crate::termijnen::Geval;
use crate::timeline::Timeline;
use crate::{Timestamp, body};

/// Age at which parents no longer speak for the child (BW 1:233).
const MEERDERJARIG: i16 = 18;

impl Kring {
    /// Everybody around the child on a day.
    pub fn of(t: &Timeline, on: Date, r: &Rules) -> Kring {
        Self::van(&Geval::new(t, on, r))
    }

    /// The same of a case of which more is asked.
    pub fn van(geval: &Geval<'_>) -> Kring {
        let (t, on) = (geval.t, geval.on);
        let toestemmingen = toestemming::staat(t, on);
        let dossier = dossier_van(geval).value;
        let mut bouw = Bouw { geval, organisaties: BTreeMap::new(), medewerkers: BTreeMap::new() };
        let (fasen, ooit) = bouw.fasen(dossier);
        bouw.scholen();
        bouw.partijen(&toestemmingen);
        bouw.betrokken();
        bouw.regio();
        Kring {
            leerlingen: leerlingen(t),
            organisaties: bouw.organisaties.into_iter().collect(),
            medewerkers: bouw.medewerkers.into_iter().map(|((who, at), relaties)| (who, at, relaties)).collect(),
            personen: personen(geval),
            toestemmingen: toestemmingen.into(),
            leeftijd: geval.leeftijd(on),
            fasen,
            ooit,
            bijzonder: bijzonder(geval),
        }
    }
}

fn leerlingen(t: &Timeline) -> Box<[LeerlingId]> {
    let about = t.facts().filter_map(|fact| match fact.about {
        Subject::Leerling(leerling) => Some(leerling),
        _ => None,
    });
    about.collect::<BTreeSet<LeerlingId>>().into_iter().collect()
}

/// The clock of illness or suspension only, and a missing enrolment that is being looked into.
fn bijzonder(geval: &Geval<'_>) -> Bijzonderheden {
    let mut found = Bijzonderheden::GEEN;
    let ill = geval.klok().is_some_and(|klok| klok.alleen_ziek_of_geschorst);
    found.insert_if(Bijzonderheid::AlleenZiekOfGeschorst, ill);
    let missing = geval.school_op(geval.on).is_none() && absoluut(geval.t, geval.on, geval.r).value.is_some();
    found.insert_if(Bijzonderheid::InschrijvingNagaan, missing);
    found
}

/// Parents, carers and guardians by the last word on each; nobody once the child is of age.
fn personen(geval: &Geval<'_>) -> Box<[(PersoonId, Relaties, bool)]> {
    if geval.leeftijd(geval.on).is_some_and(|jaren| jaren >= MEERDERJARIG) {
        return Box::default();
    }
    let last: BTreeMap<PersoonId, &Gezag> =
        geval.t.on::<Gezag>(geval.on).map(|(_, gezag)| (gezag.persoon, gezag)).collect();
    let all = last.into_iter().map(|(persoon, gezag)| {
        let relatie = match gezag.relatie {
            body::Relatie::Voogd | body::Relatie::VoogdGi => Relatie::Voogd,
            body::Relatie::Gezinsvoogd => Relatie::Gezinsvoogd,
            _ if heeft_gezag(geval.t, persoon, geval.on) => Relatie::OuderMetGezag,
            body::Relatie::Pleegouder => Relatie::Pleegouder,
            _ => Relatie::OuderZonderGezag,
        };
        (persoon, Relaties::of(&[relatie]), gezag.woont_bij_kind == body::JaNee::Ja)
    });
    all.collect()
}

struct Bouw<'a> {
    geval: &'a Geval<'a>,
    organisaties: BTreeMap<OrganisatieId, Relaties>,
    medewerkers: BTreeMap<(MedewerkerId, OrganisatieId), Relaties>,
}

impl Bouw<'_> {
    fn is(&mut self, organisatie: Option<OrganisatieId>, relatie: Relatie) {
        if let Some(organisatie) = organisatie {
            self.organisaties.entry(organisatie).or_default().insert_if(relatie, true);
        }
    }

    fn wie(&mut self, wie: MedewerkerId, bij: OrganisatieId, relatie: Relatie) {
        self.medewerkers.entry((wie, bij)).or_default().insert_if(relatie, true);
    }

    /// Schools of now, of soon, and of this and the previous school year; and the mentors of the pupil.
    fn scholen(&mut self) {
        let (t, on, r) = (self.geval.t, self.geval.on, self.geval.r);
        let since = schooljaar(on).saturating_sub(1);
        for (period, _, body) in t.inschrijvingen() {
            let relatie = match period.until {
                Some(until) if until <= on && schooljaar(until) < since => continue,
                Some(until) if until <= on => Relatie::WasSchool,
                _ if period.from > on => Relatie::NieuweSchool,
                _ => Relatie::SchoolVanInschrijving,
            };
            self.is(Some(body.school), relatie);
            let mentor = r.mentoren.wie(body.school, body.mentor.zichtbaar(), on);
            if let Some(mentor) = mentor.filter(|_| relatie == Relatie::SchoolVanInschrijving) {
                self.wie(mentor, body.school, Relatie::EigenLeerling);
            }
        }
        // A new class at the same school is no school that the child left.
        let left = Relaties::of(&[Relatie::WasSchool]);
        let here = Relaties::of(&[Relatie::SchoolVanInschrijving]);
        for relaties in self.organisaties.values_mut().filter(|relaties| relaties.contains_all(here)) {
            *relaties = relaties.without(left);
        }
    }

    /// The other parties by the partitions of the region.
    fn partijen(&mut self, toestemmingen: &[(ToestemmingVoor, Option<OrganisatieId>, bool)]) {
        let (geval, r) = (self.geval, self.geval.r);
        self.is(in_beeld::organisatie(geval, Partij::Samenwerkingsverband), Relatie::SwvVanSchool);
        let advice = toestemmingen.iter().filter(|(voor, _, yes)| *voor == ToestemmingVoor::SwvAdvies && *yes);
        for (_, aan, _) in advice {
            let swv = aan.filter(|aan| r.soort(*aan) == Some(OrganisatieSoort::Samenwerkingsverband));
            self.is(swv, Relatie::SwvAdvies);
        }
        let gemeente = in_beeld::organisatie(geval, Partij::Leerplicht);
        self.is(gemeente, Relatie::Woongemeente);
        let rmc = gemeente.and_then(|gemeente| r.bij(gemeente, IndelingSoort::Doorstroompunt, geval.on));
        self.is(rmc, Relatie::Doorstroompunt);
        if self.jgz_gevraagd() || toestemmingen.contains(&(ToestemmingVoor::JgzBetrokken, None, true)) {
            self.is(in_beeld::organisatie(geval, Partij::Jeugdarts), Relatie::Jgz);
        }
    }

    /// Whether a consult was asked and nobody objected since.
    fn jgz_gevraagd(&self) -> bool {
        let last = self.geval.feiten::<Consult>().into_iter().next_back();
        last.is_some_and(|(_, consult)| consult.stap != ConsultStap::Bezwaar)
    }

    /// Who delivers an offer and who was named responsible. A samenwerkingsverband comes in by a question only; of a
    /// school or a municipality the person who was named, for colleagues there have other work.
    fn betrokken(&mut self) {
        let (t, on, r) = (self.geval.t, self.geval.on, self.geval.r);
        let swv = |id| r.soort(id) == Some(OrganisatieSoort::Samenwerkingsverband);
        for (fact, aanbod) in t.all::<Aanbod>() {
            let lasts = fact.valid.until.is_none_or(|until| until > on);
            self.is(aanbod.organisatie.filter(|id| lasts && !swv(*id)), Relatie::Betrokken);
        }
        for (_, named) in t.on::<Verantwoordelijke>(on) {
            match r.soort(named.organisatie) {
                Some(OrganisatieSoort::Samenwerkingsverband) => {}
                Some(OrganisatieSoort::School | OrganisatieSoort::Gemeente) => {
                    let school = self.organisaties.get(&named.organisatie).copied().unwrap_or_default();
                    let own = school.contains(Relatie::SchoolVanInschrijving);
                    let relatie = if own { Relatie::EigenLeerling } else { Relatie::Betrokken };
                    self.wie(named.medewerker, named.organisatie, relatie);
                }
                _ => self.is(Some(named.organisatie), Relatie::Betrokken),
            }
        }
        let asked = t.all::<Ondersteuningsvraag>().filter_map(|(fact, _)| match fact.by {
            Actor::Medewerker { organisatie, rol: Rol::Steunpunt, .. } => Some(organisatie),
            _ => None,
        });
        for organisatie in asked {
            self.is(Some(organisatie), Relatie::Steunpunt);
        }
    }

    /// The region, and every party that may hold doorzettingsmacht for this child, from the last warning before it is due.
    fn regio(&mut self) {
        // Looking into a missing enrolment happens inside the municipality.
        let inside = bijzonder(self.geval).contains(Bijzonderheid::InschrijvingNagaan);
        let near = !inside && self.geval.klok().is_some_and(|klok| self.geval.on >= komt_in_beeld(klok));
        let decided =
            self.geval.t.all::<Besluit>().any(|(_, besluit)| besluit.soort == BesluitSoort::Doorzettingsmacht);
        if near || decided {
            let regios = self.geval.r.organisaties.iter().filter(|(_, o)| o.soort == OrganisatieSoort::Regio);
            let parties: Vec<OrganisatieId> =
                regios.map(|(id, _)| *id).chain(self.organisaties.keys().copied()).collect();
            parties.into_iter().for_each(|id| self.is(Some(id), Relatie::Regio));
        }
    }

    /// The phases of the day, and those that were ever reached.
    fn fasen(&self, dossier: Dossier) -> (Fasen, Fasen) {
        let (geval, on) = (self.geval, self.geval.on);
        let closings = geval.feiten::<Sluiting>().into_iter().map(|(fact, _)| (fact.valid.from, fact.known));
        let ended = einde_plicht(geval.t, on).filter(|end| end.dag <= on).map(|end| (end.dag, Timestamp::MIN));
        let closed = closings.chain(ended).max();
        let since = |moment: &(Date, Timestamp)| closed.is_none_or(|closed| *moment > closed);
        let swv = in_beeld::organisatie(geval, Partij::Samenwerkingsverband);
        let asked: Vec<(Date, Timestamp)> = in_beeld::vragen_aan(geval, swv)
            .into_iter()
            .filter(|_| swv.is_some())
            .map(|(fact, _)| (fact.valid.from, fact.known))
            .collect();
        let (told, holds) = in_beeld::momenten_leerplicht(geval);
        let (runs, held) = klok(geval.klok());
        let traject = held || traject(geval.t, on, geval.r).value.is_some();
        let past = &geval.klokken().value;
        let mut now = Fasen::GEEN;
        now.insert_if(Fase::OndersteuningGevraagd, asked.iter().any(since));
        now.insert_if(Fase::Gemeld, holds || told.iter().any(since));
        now.insert_if(Fase::Thuiszittend, runs);
        now.insert_if(Fase::Traject, traject);
        now.insert_if(Fase::Gesloten, matches!(dossier, Dossier::Gesloten { .. }));
        now.insert_if(Fase::Geen, now.is_empty());
        let mut ever = now;
        ever.insert_if(Fase::OndersteuningGevraagd, !asked.is_empty());
        ever.insert_if(Fase::Gemeld, !told.is_empty());
        ever.insert_if(Fase::Thuiszittend, !past.is_empty());
        ever.insert_if(Fase::Traject, past.iter().any(|klok| matches!(klok.stand, KlokStand::Gesloten { .. })));
        (now, ever)
    }
}

/// Whether a clock runs, and whether it stands still by an offer.
fn klok(open: Option<&Klok>) -> (bool, bool) {
    let held = |klok: &Klok| matches!(klok.stand, KlokStand::Gestopt { .. } | KlokStand::ZorgLoopt { .. });
    (open.is_some_and(|klok| !held(klok)), open.is_some_and(held))
}

/// The day from which doorzettingsmacht sees a clock: the last warning before it is due.
fn komt_in_beeld(klok: &Klok) -> Date {
    let due = klok.doorzettingsmacht_uiterlijk;
    klok.waarschuwingen.iter().map(|warning| warning.dag_zelf).filter(|day| *day < due).max().unwrap_or(due)
}
