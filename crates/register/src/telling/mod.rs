//! Counting children: each child in one column, so that columns add up and nobody is counted twice.
//!
//! [`Telrij`] is one child on one day as far as a count needs it; [`Kant`] says what of it may be counted for whom, for
//! also a number can tell: leerplicht counts nobody who is only ill, a samenwerkingsverband counts no illness and no
//! exemptions.

mod definities;
mod dekking;
mod tafel;

use domain::body::IndelingSoort;
use domain::codes;
use domain::ids::{LeerlingId, OrganisatieId};
use domain::in_beeld::{Partij, in_beeld};
use domain::klok::{Gehaald, Klok, KlokStand, klok};
use domain::region::School;
use domain::status::passend::passend;
use domain::status::{Status, StatusSoort, status};
use domain::timeline::Timeline;
use jiff::civil::Date;

use crate::Register;

pub use definities::Cijfer;
pub use dekking::{Dekking, SCHOOLDAGEN, VOLLEDIG_PROCENT};
pub use tafel::{Groep, Indeling, Tafel};

codes! {
    /// How a child stands, for counting: the status that heads its page, split where the pact looks closer.
    Stand {
        /// Participation falls.
        GaatSteedsMinder = "gaat-steeds-minder" "gaat steeds minder naar school",
        /// At home, the clock runs for less than six weeks.
        ThuisTotZesWeken = "thuis-tot-6-weken" "thuiszittend, korter dan 6 weken",
        /// At home, the clock runs for six weeks or more and the three months are not over.
        ThuisTotDrieMaanden = "thuis-tot-3-maanden" "thuiszittend, 6 weken tot drie maanden",
        /// Ill, and education is arranged; the three months are not over.
        ZiekInOverleg = "ziek-in-overleg" "ziek, onderwijs in overleg",
        /// Not enrolled while it must be; the three months are not over.
        Absoluut = "absoluut" "absoluut verzuim, korter dan drie maanden",
        /// At home, ill or not enrolled, and the three months are over.
        DrieMaandenVoorbij = "drie-maanden-voorbij" "drie maanden voorbij",
        /// Care runs, learning does not.
        ZorgLoopt = "zorg-loopt" "zorg loopt, leren nog niet",
        /// In an offer that parents or child do not call *passend* (yet).
        Traject = "traject" "in een traject, nog niet passend genoemd",
        /// In an offer that parents and child call *passend*.
        TrajectPassend = "traject-passend" "in een traject, passend volgens ouders en kind",
        /// Exempt, and without an offer to learn, however long.
        VrijgesteldZonderLeeraanbod = "vrijgesteld-zonder-leeraanbod" "vrijgesteld, zonder leeraanbod",
        /// Exempt otherwise.
        Vrijgesteld = "vrijgesteld" "vrijgesteld",
        /// Too little is known to say.
        NietBekend = "niet-bekend" "niet bekend of deze leerling naar school gaat",
    }
}

codes! {
    /// How long a clock runs, with the days of earlier spells that add up. The bounds are the same in every version of a protocol, so that years can be compared.
    Looptijd {
        /// Less than 4 weeks.
        TotVierWeken = "tot-4-weken" "korter dan 4 weken",
        /// From 4 to 6 weeks.
        TotZesWeken = "tot-6-weken" "4 tot 6 weken",
        /// From 6 to 9 weeks.
        TotNegenWeken = "tot-9-weken" "6 tot 9 weken",
        /// From 9 to 11 weeks.
        TotElfWeken = "tot-11-weken" "9 tot 11 weken",
        /// From 11 weeks to the day on which the three months are over.
        TotDrieMaanden = "tot-3-maanden" "11 weken tot drie maanden",
        /// The three months are over.
        Voorbij = "voorbij" "drie maanden voorbij",
        /// It stands still: an offer runs.
        StaatStil = "staat-stil" "staat stil: er loopt een aanbod",
    }
}

impl Looptijd {
    /// Of an open clock.
    pub fn van(klok: &Klok) -> Self {
        if matches!(klok.stand, KlokStand::Gestopt { .. } | KlokStand::ZorgLoopt { .. }) {
            return Looptijd::StaatStil;
        }
        if klok.gehaald == Gehaald::Nee {
            return Looptijd::Voorbij;
        }
        match klok.dag.saturating_add(klok.eerder).saturating_sub(1) / 7 {
            0..4 => Looptijd::TotVierWeken,
            4..6 => Looptijd::TotZesWeken,
            6..9 => Looptijd::TotNegenWeken,
            9..11 => Looptijd::TotElfWeken,
            _ => Looptijd::TotDrieMaanden,
        }
    }
}

impl Stand {
    /// The words above a narrow column.
    pub fn kort(self) -> &'static str {
        match self {
            Stand::GaatSteedsMinder => "gaat steeds minder",
            Stand::ThuisTotZesWeken => "thuis, tot 6 weken",
            Stand::ThuisTotDrieMaanden => "thuis, tot 3 maanden",
            Stand::ZiekInOverleg => "ziek, in overleg",
            Stand::Absoluut => "absoluut verzuim",
            Stand::DrieMaandenVoorbij => "3 maanden voorbij",
            Stand::ZorgLoopt => "zorg loopt",
            Stand::Traject => "traject, nog niet passend",
            Stand::TrajectPassend => "traject, passend",
            Stand::VrijgesteldZonderLeeraanbod => "vrijgesteld, geen aanbod",
            Stand::Vrijgesteld => "vrijgesteld",
            Stand::NietBekend => "niet bekend",
        }
    }

    /// The column of a child; none for whom goes to school, or owes none.
    pub fn van(status: &Status, klok: Option<&Klok>, passend: bool) -> Option<Self> {
        let home = |otherwise| if status.drie_maanden_voorbij { Stand::DrieMaandenVoorbij } else { otherwise };
        match status.soort {
            StatusSoort::GaatNaarSchool | StatusSoort::NietIngeschreven => None,
            StatusSoort::NietBekend => Some(Stand::NietBekend),
            StatusSoort::GaatSteedsMinder => Some(Stand::GaatSteedsMinder),
            StatusSoort::InTraject if passend => Some(Stand::TrajectPassend),
            StatusSoort::InTraject => Some(Stand::Traject),
            StatusSoort::ZorgLoopt => Some(Stand::ZorgLoopt),
            StatusSoort::VrijgesteldZonderLeeraanbod => Some(Stand::VrijgesteldZonderLeeraanbod),
            StatusSoort::Vrijgesteld => Some(Stand::Vrijgesteld),
            StatusSoort::Absoluut => Some(home(Stand::Absoluut)),
            StatusSoort::ZiekInOverleg => Some(home(Stand::ZiekInOverleg)),
            StatusSoort::Thuiszittend => Some(home(Stand::thuis(klok.map(Looptijd::van)))),
        }
    }

    /// At home, by how long the clock runs.
    fn thuis(looptijd: Option<Looptijd>) -> Self {
        match looptijd {
            Some(Looptijd::Voorbij) => Stand::DrieMaandenVoorbij,
            None | Some(Looptijd::TotVierWeken | Looptijd::TotZesWeken) => Stand::ThuisTotZesWeken,
            Some(_) => Stand::ThuisTotDrieMaanden,
        }
    }
}

/// One child on one day, as far as counts need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Telrij {
    /// The child.
    pub leerling: LeerlingId,
    /// Its column.
    pub stand: Stand,
    /// Of an open clock.
    pub looptijd: Option<Looptijd>,
    /// Whether it rests on illness or suspension, or says that the child is ill.
    pub ziek: bool,
    /// Whether parents and child call an offer *passend*.
    pub passend: bool,
    /// The school of enrolment.
    pub school: Option<OrganisatieId>,
    /// The samenwerkingsverband of that school.
    pub swv: Option<OrganisatieId>,
    /// The municipality of residence.
    pub gemeente: Option<OrganisatieId>,
}

/// For whom children are counted that are not seen by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kant {
    /// Policy, and whoever cuts the knot: the whole region.
    Regio,
    /// A samenwerkingsverband: the pupils of its schools, without illness and exemptions (it is told of neither).
    Samenwerkingsverband(OrganisatieId),
    /// Leerplicht of a municipality: its residents whose clock runs, or that have an offer that they call *passend*; never
    /// who is ill or suspended.
    Leerplicht(OrganisatieId),
}

/// Columns that a samenwerkingsverband counts.
const VAN_SWV: &[Stand] = &[
    Stand::GaatSteedsMinder,
    Stand::ThuisTotZesWeken,
    Stand::ThuisTotDrieMaanden,
    Stand::DrieMaandenVoorbij,
    Stand::ZorgLoopt,
    Stand::Traject,
    Stand::TrajectPassend,
];
/// Columns that leerplicht counts.
const VAN_LEERPLICHT: &[Stand] =
    &[Stand::ThuisTotZesWeken, Stand::ThuisTotDrieMaanden, Stand::DrieMaandenVoorbij, Stand::TrajectPassend];

impl Kant {
    /// The columns of its tables. Who is not known to go to school is told by how complete deliveries are.
    pub fn kolommen(self) -> &'static [Stand] {
        match self {
            Kant::Regio => Stand::ALL.split_last().map_or(&[], |(_, all)| all),
            Kant::Samenwerkingsverband(_) => VAN_SWV,
            Kant::Leerplicht(_) => VAN_LEERPLICHT,
        }
    }

    /// Whether it counts pupils of a school on a day.
    pub fn telt_school(self, school: &School, op: Date) -> bool {
        let Kant::Samenwerkingsverband(swv) = self else { return true };
        [IndelingSoort::SwvPo, IndelingSoort::SwvVo].into_iter().any(|soort| school.bij(soort, op) == Some(swv))
    }

    /// The column in which it counts a child; none when it does not.
    pub fn kolom(self, rij: &Telrij) -> Option<Stand> {
        let stand = match self {
            Kant::Regio => Some(rij.stand),
            Kant::Samenwerkingsverband(swv) if rij.swv == Some(swv) => match rij.stand {
                Stand::ZiekInOverleg | Stand::VrijgesteldZonderLeeraanbod => {
                    rij.looptijd.map(|l| Stand::thuis(Some(l)))
                }
                other => Some(other),
            },
            Kant::Leerplicht(gemeente) if rij.gemeente == Some(gemeente) && !rij.ziek => Some(rij.stand),
            _ => None,
        };
        stand.filter(|stand| self.kolommen().contains(stand))
    }
}

impl Telrij {
    fn van(
        leerling: LeerlingId,
        status: &Status,
        klok: Option<&Klok>,
        passend: bool,
        [school, swv, gemeente]: [Option<OrganisatieId>; 3],
    ) -> Option<Self> {
        let ill = status.soort == StatusSoort::ZiekInOverleg || klok.is_some_and(|klok| klok.alleen_ziek_of_geschorst);
        Some(Telrij {
            leerling,
            stand: Stand::van(status, klok, passend)?,
            looptijd: klok.map(Looptijd::van),
            ziek: ill,
            passend,
            school,
            swv,
            gemeente,
        })
    }
}

impl Register {
    /// How a child stood on these days, as is known now; a day on which there is nothing to count is left out.
    pub fn telrijen(&self, leerling: LeerlingId, dagen: &[Date]) -> Vec<(Date, Telrij)> {
        let Some(timeline) = self.timeline_zonder_signalen(leerling) else { return Vec::new() };
        dagen.iter().filter_map(|dag| Some((*dag, self.telrij(leerling, &timeline, *dag)?))).collect()
    }

    fn telrij(&self, leerling: LeerlingId, timeline: &Timeline, on: Date) -> Option<Telrij> {
        let status = status(timeline, on, self.rules()).value;
        if matches!(status.soort, StatusSoort::GaatNaarSchool | StatusSoort::NietIngeschreven) {
            return None;
        }
        let klok = klok(timeline, on, self.rules()).value;
        let parties = in_beeld(timeline, on, self.rules());
        let party = |partij| parties.iter().find(|party| party.partij == partij).and_then(|party| party.organisatie);
        let plaats = [Partij::School, Partij::Samenwerkingsverband, Partij::Leerplicht].map(party);
        Telrij::van(leerling, &status, klok.as_ref(), passend(timeline, on).value, plaats)
    }
}

#[cfg(test)]
mod tests;
