//! What derived things ask of their reader: rows, signals, terms, and who is aan zet.

use domain::aan_zet::{AanZet, Waardoor};
use domain::body::OrganisatieSoort;
use domain::ids::OrganisatieId;
use domain::region::Rules;
use domain::signaal::SignaalSoort;
use domain::status::StatusSoort;
use domain::termijnen::{Aanleiding, Termijn, Wie};
use domain::timeline::Timeline;
use domain::verzuim::VerzuimSoort;

use crate::feit::is_ziekte;
use crate::{Facet, Facetten};

/// What a term or a next step would give away about the fact behind it. The rest of such a fact (words, dates) it does
/// not show.
const GEEFT_PRIJS: Facetten = Facetten::of(&[
    Facet::VerzuimZiekte,
    Facet::VerzuimVerlof,
    Facet::Melding,
    Facet::LeerplichtStap,
    Facet::Ondersteuningsvraag,
    Facet::JgzConsult,
    Facet::JgzAdvies,
    Facet::Vrijstelling,
    Facet::VrijstellingVerklaring,
    Facet::VrijstellingPerspectief,
    Facet::VrijstellingSwvAdvies,
    Facet::BesluitVerbaal,
]);

impl Facet {
    /// What one must be allowed to see a row of absence of this kind.
    pub fn van_verzuim(soort: VerzuimSoort) -> Facetten {
        let mut all = Facetten::of(&[Facet::VerzuimDagen, Facet::VerzuimSoort]);
        all.insert_if(Facet::VerzuimZiekte, is_ziekte(soort));
        all
    }

    /// What one must be allowed to see a status: some of their words tell of something else.
    pub fn van_status(soort: StatusSoort) -> Facetten {
        let mut all = Facetten::of(&[Facet::Status]);
        let told = match soort {
            // What is less and less may be so by illness: who may not see that is not told by the status.
            StatusSoort::ZiekInOverleg | StatusSoort::GaatSteedsMinder => Some(Facet::VerzuimZiekte),
            StatusSoort::Vrijgesteld | StatusSoort::VrijgesteldZonderLeeraanbod => Some(Facet::Vrijstelling),
            StatusSoort::InTraject | StatusSoort::ZorgLoopt => Some(Facet::Aanbod),
            StatusSoort::Absoluut => Some(Facet::InschrijvingNagaan),
            _ => None,
        };
        told.into_iter().for_each(|facet| all.insert_if(facet, true));
        all
    }

    /// What one must be allowed to see a signal: one that may rest on illness tells of illness.
    pub fn van_signaal(soort: SignaalSoort) -> Facetten {
        let mut all = Facetten::of(&[Facet::Signalen]);
        let ongeoorloofd = matches!(
            soort,
            SignaalSoort::ZestienUur | SignaalSoort::NadertZestienUur | SignaalSoort::Luxe | SignaalSoort::TeLaat
        );
        all.insert_if(Facet::VerzuimZiekte, !ongeoorloofd);
        all
    }

    /// What one must be allowed to be told that this organisation is aan zet, responsible or otherwise involved: where it
    /// is a municipality, that may be leerplicht; a care provider tells of care.
    pub fn van_organisatie(r: &Rules, organisatie: OrganisatieId) -> Facetten {
        match r.soort(organisatie) {
            Some(OrganisatieSoort::Jgz) => Facetten::of(&[Facet::JgzConsult]),
            Some(OrganisatieSoort::Zorg) => Facetten::of(&[Facet::AanbodZorg]),
            Some(OrganisatieSoort::Gemeente | OrganisatieSoort::Doorstroompunt) => {
                Facetten::of(&[Facet::LeerplichtStap])
            }
            _ => Facetten::GEEN,
        }
    }

    /// What one must be allowed to see a term: its trigger and whoever must act speak from it.
    pub fn van_termijn(t: &Timeline, r: &Rules, termijn: &Termijn) -> Facetten {
        let start = match &termijn.aanleiding {
            Aanleiding::Feit(id) => {
                t.fact(*id).map_or(Facetten::GEEN, |fact| Facet::van_feit(fact).intersection(GEEFT_PRIJS))
            }
            Aanleiding::Signaal { regel, .. } => {
                // A rule that is gone is taken for one that may rest on illness.
                let fired = t.signalen.iter().find(|signaal| signaal.regel == *regel);
                Facet::van_signaal(fired.map_or(SignaalSoort::Anders, |signaal| signaal.soort))
            }
            Aanleiding::Verzuim { .. } => Facetten::of(&[Facet::VerzuimDagen]),
            Aanleiding::Klok { .. } => Facetten::of(&[Facet::Klok]),
            Aanleiding::Geboortedatum => Facetten::of(&[Facet::PersoonGeboortedatum]),
        };
        let who = match &termijn.wie {
            Wie::Organisatie { organisatie, .. } => *organisatie,
            Wie::WachtOp { vrager, .. } => *vrager,
            Wie::Duo | Wie::Niemand => None,
        };
        let named = who.map_or(Facetten::GEEN, |id| Facet::van_organisatie(r, id));
        Facetten::of(&[Facet::Termijnen]).union(start).union(named)
    }

    /// What one must be allowed to be told who is aan zet, given the terms of the child that are open.
    pub fn van_aan_zet(t: &Timeline, r: &Rules, aan_zet: &AanZet, termijnen: &[Termijn]) -> Facetten {
        let step = match &aan_zet.waardoor {
            Waardoor::VolgendeStap(id) => {
                t.fact(*id).map_or(Facetten::GEEN, |fact| Facet::van_feit(fact).intersection(GEEFT_PRIJS))
            }
            Waardoor::Termijn(regel) => {
                let same = termijnen.iter().filter(|termijn| termijn.regel == *regel);
                let all = same.fold(Facetten::GEEN, |all, termijn| all.union(Facet::van_termijn(t, r, termijn)));
                all.without(Facetten::of(&[Facet::Termijnen]))
            }
            Waardoor::Verantwoordelijke(_) | Waardoor::Niemand => Facetten::GEEN,
        };
        Facetten::of(&[Facet::AanZet]).union(step).union(Facet::van_organisatie(r, aan_zet.organisatie))
    }
}
