//! What surrounds every page: title, navigation, who is at work.

use domain::fact::Rol;

use super::antwoord::Weigering;
use super::bezoek::{Aanmelding, Bezoek};
use super::{middelen, paden};

/// Roles that work with children by name.
pub const BIJ_KINDEREN: &[Rol] = &[
    Rol::Mentor,
    Rol::Verzuimcoordinator,
    Rol::Schoolleider,
    Rol::IbEr,
    Rol::Ondersteuningscoordinator,
    Rol::Consulent,
    Rol::Leerplichtambtenaar,
    Rol::AdministratieLeerplicht,
    Rol::Jeugdarts,
    Rol::Jeugdverpleegkundige,
    Rol::JgCoach,
    Rol::Psycholoog,
    Rol::RmcMedewerker,
    Rol::Zorgpartner,
    Rol::Steunpunt,
    Rol::Jeugdbeschermer,
    Rol::Cjg,
    Rol::Voorschool,
    Rol::Participatie,
    Rol::OzlConsulent,
    Rol::Doorzettingsmacht,
];
/// Roles of a school that follow absence.
pub const SCHOOL: &[Rol] =
    &[Rol::Mentor, Rol::Verzuimcoordinator, Rol::Schoolleider, Rol::IbEr, Rol::Ondersteuningscoordinator];
/// Roles that see signals.
pub const MET_SIGNALEN: &[Rol] = SCHOOL;
/// Roles that read files into the register.
pub const INVOERDERS: &[Rol] = &[Rol::Verzuimcoordinator, Rol::Schoolleider, Rol::IbEr, Rol::Beheerder];
/// Roles that see numbers of the region.
pub const MET_CIJFERS: &[Rol] = &[
    Rol::Beleid,
    Rol::Verzuimcoordinator,
    Rol::Schoolleider,
    Rol::IbEr,
    Rol::Ondersteuningscoordinator,
    Rol::Consulent,
    Rol::Leerplichtambtenaar,
    Rol::AdministratieLeerplicht,
    Rol::Doorzettingsmacht,
];
/// Roles that may look with a reason at children of their own municipality or its Doorstroompunt.
pub const WOONGEMEENTE: &[Rol] = &[Rol::Leerplichtambtenaar, Rol::AdministratieLeerplicht, Rol::RmcMedewerker];
/// Roles that talk about the protocol: whoever gets its signals, or decides on it.
pub const MET_PROTOCOL: &[Rol] = &[
    Rol::Mentor,
    Rol::Verzuimcoordinator,
    Rol::Schoolleider,
    Rol::IbEr,
    Rol::Ondersteuningscoordinator,
    Rol::Consulent,
    Rol::Leerplichtambtenaar,
    Rol::AdministratieLeerplicht,
    Rol::Doorzettingsmacht,
    Rol::Beleid,
    Rol::Beheerder,
];
/// All roles.
pub const ALLEN: &[Rol] = Rol::ALL;

/// One place in the navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ingang {
    /// Where it leads.
    pub adres: &'static str,
    /// Its words.
    pub tekst: &'static str,
    /// Whether the page belongs to it.
    pub hier: bool,
}

/// Who is at work, for the head of the page.
#[derive(Debug, Clone)]
pub struct Ik {
    /// Name.
    pub naam: String,
    /// Role and organisation.
    pub als: String,
    /// Whether there is another role to change to.
    pub andere: bool,
}

/// What surrounds a page.
#[derive(Debug, Clone)]
pub struct Kader {
    /// Title of the page, without the name of the product.
    pub titel: String,
    /// Address of the style.
    pub stijl: String,
    /// Address of the script.
    pub script: String,
    /// Who is at work; nobody before logging in.
    pub ik: Option<Ik>,
    /// Token for the form that logs out.
    pub token: String,
    /// The navigation.
    pub ingangen: Vec<Ingang>,
    /// Whether the region is made up.
    pub proef: bool,
    /// What was just done, in words.
    pub gelukt: Option<&'static str>,
    /// The page of the handbook that belongs to this page.
    pub hulp: &'static str,
}

impl Kader {
    /// Of a page for somebody at work. `hier` is the place in the navigation to which it belongs.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn van(
        bezoek: &Bezoek,
        titel: impl Into<String>,
        hier: &'static str,
        hulp: &'static str,
    ) -> Result<Self, Weigering> {
        Ok(Kader {
            ik: Some(Ik {
                naam: bezoek.naam.to_string(),
                als: format!("{}, {}", bezoek.rol.label(), bezoek.organisatienaam),
                andere: bezoek.aanmelding.0.andere,
            }),
            token: bezoek.aanmelding.0.formuliertoken()?,
            ingangen: ingangen(bezoek.rol, hier),
            proef: bezoek.proef,
            hulp,
            ..Self::buiten(titel)
        })
    }

    /// Of a page for somebody who has not chosen a role yet.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn aangemeld(aanmelding: &Aanmelding, titel: impl Into<String>) -> Result<Self, Weigering> {
        Ok(Kader { token: aanmelding.0.formuliertoken()?, ..Self::buiten(titel) })
    }

    /// Of a page for everybody.
    pub fn buiten(titel: impl Into<String>) -> Self {
        Kader {
            titel: titel.into(),
            stijl: middelen::adres("leerrecht.css"),
            script: middelen::adres("leerrecht.js"),
            ik: None,
            token: String::new(),
            ingangen: Vec::new(),
            proef: false,
            gelukt: None,
            hulp: "beginnen",
        }
    }

    /// The same page, saying what was just done: the word that a form left in the address.
    #[must_use]
    pub fn met_gelukt(mut self, gelukt: Option<&str>) -> Self {
        self.gelukt = gelukt.and_then(|woord| GELUKT.iter().find(|(code, _)| *code == woord)).map(|(_, zin)| *zin);
        self
    }
}

/// What a form leaves in the address of the next page (`?gelukt=…`), and what that page then says.
const GELUKT: &[(&str, &str)] = &[
    ("vastgelegd", "Vastgelegd."),
    ("gecorrigeerd", "De correctie is vastgelegd. Wat er eerst stond, blijft te zien bij de gegevens."),
    ("ingetrokken", "Het gegeven is ingetrokken. Het telt niet meer mee en blijft te zien bij de gegevens."),
    ("gemeld", "De melding is vastgelegd."),
    ("overgedragen", "De volgende stap ligt nu bij de ander."),
    ("samengevoegd", "De twee leerlingen zijn samengevoegd. Losmaken kan altijd nog."),
    ("betwist", "Uw vraag is verstuurd. U hoort ervan op de bladzijde van deze leerling."),
    ("opgepakt", "Opgepakt. U vindt deze signalen bij Opgepakt, en de leerlingen op uw werklijst."),
    ("ingelezen", "Het bestand is ingelezen."),
    ("bewaard", "Bewaard."),
    ("uitgelogd", "U bent afgemeld."),
];

fn ingangen(rol: Rol, hier: &'static str) -> Vec<Ingang> {
    const ALLE: &[(&str, &str, &[Rol])] = &[
        (paden::OCHTENDLIJST, "Ochtendlijst", BIJ_KINDEREN),
        (paden::LEERLINGEN, "Leerlingen", BIJ_KINDEREN),
        (paden::SIGNALEN, "Signalen", MET_SIGNALEN),
        (paden::INVOER, "Invoer", INVOERDERS),
        (paden::MONITOR, "Monitor", MET_CIJFERS),
        (paden::INZAGE, "Inzage", WOONGEMEENTE),
        (paden::BEHEER, "Beheer", &[Rol::Beheerder]),
        (paden::LEESLOG, "Leeslog", &[Rol::Privacy]),
        (paden::PROTOCOL, "Protocol", ALLEN),
    ];
    let voor = ALLE.iter().filter(|(.., rollen)| rollen.contains(&rol));
    voor.map(|(adres, tekst, _)| Ingang { adres, tekst, hier: *adres == hier }).collect()
}

/// Where somebody in this role begins.
pub fn begin(rol: Rol) -> &'static str {
    ingangen(rol, "").first().map_or(paden::HULP, |ingang| ingang.adres)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_a_place_to_begin_and_only_professionals_around_children_see_lists() {
        for rol in Rol::ALL {
            let names: Vec<&str> = ingangen(*rol, "").iter().map(|ingang| ingang.adres).collect();
            assert_eq!(begin(*rol), names[0], "{rol:?}");
            let at_children = names.contains(&paden::LEERLINGEN);
            assert_eq!(at_children, !matches!(rol, Rol::Beleid | Rol::Beheerder | Rol::Privacy), "{rol:?}");
        }
    }
}
