//! The forms that need nothing but fields, by what they are about.

mod aanbod;
mod besluit;
mod contact;
mod instemming;
mod jgz;
mod leerplicht;
mod stap;
mod verzuim;
mod vrijstelling;

use domain::body::Soort;

use super::opzet::Opzet;

pub use leerplicht::{GEEN_ACTIE, MELDING, vul_melding};
pub use stap::{deelname_nu, nu_aan_zet, stap, stap_velden, vraag, vraag_velden};
pub use vrijstelling::heeft_kennisgeving;

/// All forms that have an address of their own.
pub const ALLE: &[&Opzet] = &[
    &contact::CONTACT,
    &contact::GESPREK,
    &contact::VERTELD,
    &verzuim::AFWEZIGHEID,
    &verzuim::ZIT_THUIS,
    &verzuim::RIJ,
    &leerplicht::STATUS,
    &leerplicht::EINDE,
    &leerplicht::ONDERZOEK,
    &leerplicht::VERHOOR,
    &stap::VERANTWOORDELIJKE,
    &stap::VOLGENDE_STAP,
    &stap::VRAAG,
    &aanbod::AANBOD,
    &aanbod::REACTIE,
    &aanbod::REALISATIE,
    &instemming::PLAN,
    &instemming::INSTEMMING,
    &instemming::TOESTEMMING,
    &jgz::CONSULT,
    &jgz::ADVIES,
    &besluit::BESLUIT,
    &besluit::AFWIJKING,
    &besluit::BEVESTIGING,
    &besluit::SLUITING,
    &vrijstelling::VERLOF,
    &vrijstelling::KENNISGEVING,
    &vrijstelling::VERKLARING,
    &vrijstelling::TOETS,
    &vrijstelling::BESLUIT,
    &vrijstelling::SWV_ADVIES,
];

/// The form with which a statement of this kind is corrected. What has none comes from files: it is mended where the
/// file comes from.
pub fn om_te_corrigeren(soort: Soort) -> Option<&'static Opzet> {
    if soort == Soort::Melding {
        return Some(&MELDING);
    }
    ALLE.iter().copied().find(|opzet| opzet.soort == soort)
}
