//! The outer bounds of law and pact: the most that anybody in a position may see, whatever a region agrees. One function
//! for both uses: a convenant whose rows go beyond it does not load, and every decision is cut to it.

use domain::fact::Rol;
use domain::kring::{Bijzonderheden, Bijzonderheid, Fase, Fasen, Relatie, Relaties};

use crate::facet::Facet as F;
use crate::{Facetten, Leeftijd, Partij};

/// From this age parents see that, how often and when; not what the youth itself told, and youth health care on the
/// youth's own consent only (Jeugdwet art. 7.3.4 and further, WGBO).
pub(crate) const ZESTIEN: i16 = 16;
/// Of age: the access of parents ends (BW 1:233).
pub(crate) const MEERDERJARIG: i16 = 18;
/// Before parents a child of unknown age is taken for a youth: they see the least that parents see.
pub(crate) const LEEFTIJD_ONBEKEND_OUDER: i16 = ZESTIEN;

/// On which side somebody stands: the bounds of the law are alike within one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kant {
    School,
    Swv,
    Leerplicht,
    Doorstroompunt,
    Jgz,
    Hulp,
    Doorzettingsmacht,
    Privacy,
    /// Keepers of the register and policy: no dossier.
    Geen,
    Ouder,
    Leerling,
}

impl Kant {
    /// All sides, in the order of documents.
    pub(crate) const ALL: [Kant; 11] = [
        Kant::School,
        Kant::Swv,
        Kant::Leerplicht,
        Kant::Doorstroompunt,
        Kant::Jgz,
        Kant::Hulp,
        Kant::Doorzettingsmacht,
        Kant::Ouder,
        Kant::Leerling,
        Kant::Privacy,
        Kant::Geen,
    ];

    /// The words for a side.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Kant::School => "De school",
            Kant::Swv => "Het samenwerkingsverband",
            Kant::Leerplicht => "Leerplicht",
            Kant::Doorstroompunt => "Doorstroompunt (RMC)",
            Kant::Jgz => "Jeugdgezondheidszorg",
            Kant::Hulp => "Hulp, begeleiding en steunpunt",
            Kant::Doorzettingsmacht => "Doorzettingsmacht",
            Kant::Privacy => "Privacyfunctionaris",
            Kant::Geen => "Beheer en beleid",
            Kant::Ouder => "Ouders, voogden en verzorgers",
            Kant::Leerling => "De leerling",
        }
    }

    /// The parties of a side.
    pub(crate) fn partijen(self) -> impl Iterator<Item = Partij> {
        Partij::all().filter(move |partij| Kant::van(*partij) == self)
    }

    /// The side of a party; whoever acts for a samenwerkingsverband is bound as it is, in whatever role.
    pub(crate) fn of(partij: Partij, relaties: Relaties) -> Self {
        let swv = Relaties::of(&[Relatie::SwvVanSchool, Relatie::SwvAdvies]);
        match Self::van(partij) {
            Kant::School
            | Kant::Leerplicht
            | Kant::Doorstroompunt
            | Kant::Jgz
            | Kant::Hulp
            | Kant::Doorzettingsmacht
                if !relaties.intersection(swv).is_empty() =>
            {
                Kant::Swv
            }
            kant => kant,
        }
    }

    fn van(partij: Partij) -> Self {
        match partij {
            Partij::Ouder => Kant::Ouder,
            Partij::Leerling => Kant::Leerling,
            Partij::Rol(rol) => match rol {
                Rol::Mentor
                | Rol::Verzuimcoordinator
                | Rol::Schoolleider
                | Rol::IbEr
                | Rol::Ondersteuningscoordinator => Kant::School,
                Rol::Consulent => Kant::Swv,
                Rol::Leerplichtambtenaar | Rol::AdministratieLeerplicht => Kant::Leerplicht,
                Rol::RmcMedewerker => Kant::Doorstroompunt,
                Rol::Jeugdarts | Rol::Jeugdverpleegkundige => Kant::Jgz,
                Rol::Doorzettingsmacht => Kant::Doorzettingsmacht,
                Rol::Privacy => Kant::Privacy,
                Rol::Beleid | Rol::Beheerder => Kant::Geen,
                Rol::JgCoach
                | Rol::Psycholoog
                | Rol::Zorgpartner
                | Rol::Steunpunt
                | Rol::Jeugdbeschermer
                | Rol::Cjg
                | Rol::Voorschool
                | Rol::Participatie
                | Rol::OzlConsulent => Kant::Hulp,
            },
        }
    }

    /// Whether the law lets this side see that absence was illness or suspension (Wet register onderwijsdeelnemers
    /// art. 11 lid 2; practice: never leerplicht by itself).
    fn ziet_ziekte(self) -> bool {
        matches!(self, Kant::School | Kant::Jgz | Kant::Ouder | Kant::Leerling)
    }
}

/// A position from which somebody looks at a child.
pub(crate) struct Situatie {
    pub(crate) partij: Partij,
    pub(crate) kant: Kant,
    pub(crate) relatie: Relatie,
    /// Phases that were reached for certain.
    pub(crate) fasen: Fasen,
    /// Ages that the child can have.
    pub(crate) leeftijd: Leeftijd,
    /// Facets for which consent stands.
    pub(crate) toestemming: Facetten,
    pub(crate) bijzonder: Bijzonderheden,
    /// Whether the child lives with the parent who looks.
    pub(crate) woont_bij: bool,
    /// Whether a reason is given, to be looked at afterwards.
    pub(crate) reden: bool,
}

/// What is shared on consent only, with whoever does not state it (Wpg art. 5, WGBO, practice of the pact).
pub(crate) const OP_TOESTEMMING: Facetten =
    Facetten::of(&[F::JgzConsult, F::JgzAdvies, F::VrijstellingPerspectief, F::VrijstellingSwvAdvies]);
/// What leerplicht and the Doorstroompunt learn of care on consent only: that there is an offer, from when and for how many
/// hours of education they see, not which care and who gives it (practice; Wet register onderwijsdeelnemers).
pub(crate) const ZORG: Facetten = Facetten::of(&[F::AanbodZorg]);
/// What a samenwerkingsverband sees of a child on whose exemption it may advise.
pub(crate) const SWV_ADVIES: Facetten =
    Facetten::of(&[F::PersoonNaam, F::PersoonGeboortedatum, F::Klok, F::VrijstellingSwvAdvies]);
/// For leerplicht alone, or for those whose log it is.
const BINNENSKAMERS: Facetten =
    Facetten::of(&[F::BesluitVerbaal, F::InschrijvingNagaan, F::Leeslog, F::PersoonAdresGeheim]);
/// What leerplicht does, and why a child was away: not for those who support (Leerplichtwet art. 22; practice).
const VAN_LEERPLICHT: Facetten = Facetten::of(&[
    F::Melding,
    F::LeerplichtStap,
    F::Vrijstelling,
    F::VrijstellingVerklaring,
    F::VerzuimSoort,
    F::VerzuimZiekte,
    F::VerzuimReden,
    F::VerzuimVerlof,
]);
/// What tells of absence in other weeks than those of the school that asks.
const VAN_ANDERE_SCHOOL: Facetten = Facetten::of(&[
    F::VerzuimDagen,
    F::VerzuimSoort,
    F::VerzuimZiekte,
    F::VerzuimReden,
    F::VerzuimVerlof,
    F::Signalen,
    F::Deelname,
    F::WoordenOuder,
    F::WoordenLeerling,
]);
/// What whoever looks with a reason sees at most.
pub(crate) const MET_REDEN: Facetten =
    Facetten::of(&[F::PersoonNaam, F::PersoonGeboortedatum, F::PersoonAdres, F::SchoolInschrijving]);
/// What a carer without gezag who has the child every day sees at most.
const DAGELIJKS: Facetten = Facetten::of(&[
    F::PersoonNaam,
    F::PersoonGeboortedatum,
    F::SchoolInschrijving,
    F::SchoolRooster,
    F::VerzuimDagen,
    F::VerzuimSoort,
    F::VerzuimZiekte,
    F::VerzuimVerlof,
    F::Status,
    F::Klok,
    F::Termijnen,
    F::AanZet,
    F::Deelname,
    F::Aanbod,
    F::AanbodZorg,
    F::Verantwoordelijke,
]);
/// What would tell that an enrolment is missing.
const VERRAADT_NAGAAN: Facetten =
    Facetten::of(&[F::Status, F::Klok, F::Termijnen, F::AanZet, F::Deelname, F::Dossier, F::InschrijvingNagaan]);
/// What would tell leerplicht of a child that is only ill or suspended.
const VERRAADT_ZIEKTE: Facetten = Facetten::of(&[F::Status, F::Klok, F::Deelname]);

/// The most that law and pact allow in a position.
pub(crate) fn hoogstens(s: &Situatie) -> Facetten {
    if s.reden {
        let own = matches!(
            (s.kant, s.relatie),
            (Kant::Leerplicht, Relatie::Woongemeente) | (Kant::Doorstroompunt, Relatie::Doorstroompunt)
        );
        return if own { MET_REDEN } else { Facetten::GEEN };
    }
    let side = match s.kant {
        Kant::School => school(s.relatie),
        Kant::Swv => swv(s),
        Kant::Leerplicht => leerplicht(s),
        Kant::Doorstroompunt => doorstroompunt(s),
        Kant::Jgz if s.relatie == Relatie::Jgz => Facetten::ALLE.without(BINNENSKAMERS),
        Kant::Hulp if matches!(s.relatie, Relatie::Betrokken | Relatie::Steunpunt) => hulp(),
        Kant::Doorzettingsmacht if s.relatie == Relatie::Regio => hulp(),
        Kant::Privacy if !is_persoon(s.relatie) => return Facetten::of(&[F::Leeslog]),
        Kant::Ouder => ouder(s),
        Kant::Leerling if s.relatie == Relatie::Zelf => {
            Facetten::ALLE.without(Facetten::of(&[F::BesluitVerbaal, F::WoordenOuder]))
        }
        _ => Facetten::GEEN,
    };
    bijzonder(s, toestemming(s, side))
}

fn is_persoon(relatie: Relatie) -> bool {
    relatie >= Relatie::OuderMetGezag
}

fn school(relatie: Relatie) -> Facetten {
    let geheim = Facetten::of(&[F::PersoonAdresGeheim]);
    let all = Facetten::ALLE.without(BINNENSKAMERS);
    match relatie {
        Relatie::SchoolVanInschrijving => all.union(geheim),
        Relatie::EigenLeerling => all,
        Relatie::NieuweSchool | Relatie::WasSchool => all.without(VAN_ANDERE_SCHOOL),
        Relatie::Betrokken => hulp(),
        _ => Facetten::GEEN,
    }
}

fn swv(s: &Situatie) -> Facetten {
    match s.relatie {
        Relatie::SwvVanSchool if s.fasen.contains(Fase::OndersteuningGevraagd) => hulp().without(VAN_LEERPLICHT),
        Relatie::SwvAdvies => SWV_ADVIES,
        _ => Facetten::GEEN,
    }
}

fn leerplicht(s: &Situatie) -> Facetten {
    if s.relatie != Relatie::Woongemeente || !s.fasen.contains(Fase::Gemeld) {
        return Facetten::GEEN;
    }
    let all = Facetten::ALLE.without(Facetten::of(&[F::VerzuimZiekte, F::Leeslog])).without(zorg(s));
    match s.partij {
        Partij::Rol(Rol::AdministratieLeerplicht) => all.without(Facetten::of(&[F::BesluitVerbaal])),
        _ => all.without(Facetten::of(&[F::PersoonAdresGeheim])),
    }
}

fn doorstroompunt(s: &Situatie) -> Facetten {
    let ours = s.relatie == Relatie::Doorstroompunt && s.fasen.contains(Fase::Gemeld);
    let all = Facetten::ALLE.without(BINNENSKAMERS).without(Facetten::of(&[F::VerzuimZiekte])).without(zorg(s));
    if ours { all } else { Facetten::GEEN }
}

/// What stays away of care without consent.
fn zorg(s: &Situatie) -> Facetten {
    ZORG.without(s.toestemming)
}

/// Those who support without a duty to know of absence.
fn hulp() -> Facetten {
    Facetten::ALLE.without(BINNENSKAMERS).without(Facetten::of(&[F::VerzuimZiekte, F::VerzuimReden]))
}

fn ouder(s: &Situatie) -> Facetten {
    // The words of one parent are not shown to the other, nor is the address of the other household.
    let never = Facetten::of(&[F::BesluitVerbaal, F::WoordenOuder, F::PersoonAdresGeheim]);
    let elsewhere = Facetten::of(&[F::PersoonAdres, F::PersoonContact]);
    let all = Facetten::ALLE.without(never).without(if s.woont_bij { Facetten::GEEN } else { elsewhere });
    let all = if s.leeftijd.tot_en_met >= ZESTIEN { all.without(Facetten::of(&[F::WoordenLeerling])) } else { all };
    match s.relatie {
        _ if s.leeftijd.tot_en_met >= MEERDERJARIG => Facetten::GEEN,
        Relatie::OuderMetGezag | Relatie::Voogd | Relatie::Gezinsvoogd => all,
        Relatie::Pleegouder => all.intersection(DAGELIJKS),
        _ => Facetten::GEEN,
    }
}

/// What is shared on consent only stays away without it.
fn toestemming(s: &Situatie, facetten: Facetten) -> Facetten {
    let own = match s.kant {
        Kant::Jgz => Facetten::of(&[F::JgzConsult, F::JgzAdvies]),
        Kant::Leerling => OP_TOESTEMMING,
        Kant::Ouder if s.leeftijd.tot_en_met < ZESTIEN => OP_TOESTEMMING,
        _ => Facetten::GEEN,
    };
    facetten.without(OP_TOESTEMMING.without(own).without(s.toestemming))
}

/// What the child's case itself keeps from others.
fn bijzonder(s: &Situatie, facetten: Facetten) -> Facetten {
    let mut left = facetten;
    if s.bijzonder.contains(Bijzonderheid::InschrijvingNagaan)
        && !matches!(s.kant, Kant::Leerplicht | Kant::Ouder | Kant::Leerling)
    {
        left = left.without(VERRAADT_NAGAAN);
    }
    if s.bijzonder.contains(Bijzonderheid::AlleenZiekOfGeschorst) {
        left = match s.kant {
            Kant::Leerplicht | Kant::Doorstroompunt => left.without(VERRAADT_ZIEKTE),
            kant if kant.ziet_ziekte() => left,
            _ => left.without(Facetten::of(&[F::Status])),
        };
    }
    left
}
