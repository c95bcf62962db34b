//! Who may see this child, in words. The region's convenant is asked, on behalf of each party around the child; the words
//! say why: leerplicht only after a melding, an exemption, a request or absence of enrolment, and never illness or
//! suspension; the samenwerkingsverband only after a question; the youth doctor on consent.

use convenant::{Convenant, Facet, Facetten, Mag};
use domain::body::{Body, Gezag, JaNee, Kennisgeving};
use domain::fact::{Actor, Rol};
use domain::ids::{MedewerkerId, OrganisatieId};
use domain::in_beeld::{Beeld, InBeeld, Partij, in_beeld};
use domain::kring::{Bijzonderheid, Kring, Relatie, Relaties};

use super::stand::{Voorstelling, gemeentenaam, voorstelling};
use super::{Zicht, woorden};

/// From this age on, what a child says itself is its own to tell.
const EIGEN_WOORDEN: i16 = 12;
/// From this age on parents see that, how often and when a child is away.
const ZESTIEN: i16 = 16;
/// Of age: the access of parents ends.
const MEERDERJARIG: i16 = 18;

/// The school of enrolment.
const SCHOOL: &str = "school";
/// Where a child is enrolled at more than one.
const SCHOLEN: &str = "scholen (elk de eigen gegevens)";

/// Who may see a child, and who may not yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MagZien {
    /// Parties, each with the bound of what it sees.
    pub wel: Vec<String>,
    /// Sentences about who may not, and why.
    pub niet: Vec<String>,
}

/// The convenant before one child.
struct Vraag<'a> {
    zicht: &'a Zicht<'a>,
    convenant: &'a Convenant,
    kring: Kring,
}

/// Who may see the child today, whatever day is asked about: only today's table holds. Whoever reads it is always named.
pub(super) fn mag_zien(zicht: &Zicht<'_>) -> MagZien {
    let mut mag = rondom(zicht);
    mag.wel.extend(lezer(zicht, &mag.wel));
    mag
}

/// The reader in words, unless the parties that are named already tell of them.
fn lezer(zicht: &Zicht<'_>, wel: &[String]) -> Option<String> {
    let by = zicht.oog.wie()?;
    let named = |party: &str| wel.iter().any(|line| line.starts_with(party));
    let (rol, organisatie) = match by {
        Actor::Medewerker { rol, organisatie, .. } => (*rol, *organisatie),
        Actor::Leerling { .. } => return Some("u zelf".to_owned()),
        Actor::Ouder { .. } => return (!named("ouders") && !named("voogd")).then(|| "u zelf".to_owned()),
        Actor::Systeem { .. } => return None,
    };
    let enrolled = || zicht.t.inschrijvingen_op(zicht.vandaag).any(|(_, found)| found.school == organisatie);
    let told = match rol {
        Rol::Mentor | Rol::Verzuimcoordinator | Rol::Schoolleider | Rol::IbEr | Rol::Ondersteuningscoordinator => {
            (named(SCHOOL) || named(SCHOLEN)) && enrolled()
        }
        Rol::Consulent => named("samenwerkingsverband"),
        Rol::Leerplichtambtenaar => named("leerplichtambtenaar"),
        Rol::Jeugdarts => named("jeugdarts"),
        Rol::Doorzettingsmacht => named("doorzettingsmacht"),
        _ => false,
    };
    (!told).then(|| format!("u, als {} van {}", rol.label(), zicht.r.naam(organisatie)))
}

/// The parties around the child, as far as the reader may know of them.
fn rondom(zicht: &Zicht<'_>) -> MagZien {
    let zicht = &Zicht { op: zicht.vandaag, ..*zicht };
    let vraag =
        Vraag { zicht, convenant: zicht.register.convenant(zicht.op), kring: Kring::of(zicht.t, zicht.op, zicht.r) };
    let mut mag = MagZien::default();
    let oog = &zicht.oog;
    // Looking into a missing enrolment happens inside the municipality: no school and no swv sees it.
    let inside = vraag.kring.bijzonder().contains(Bijzonderheid::InschrijvingNagaan);
    if inside && !oog.mag(Facet::InschrijvingNagaan) {
        return mag;
    }
    if inside {
        mag.niet.push(
            "Scholen en het samenwerkingsverband niet: inschrijving nagaan gebeurt binnen de gemeente.".to_owned(),
        );
    } else {
        match vraag.scholen() {
            0 => {}
            1 => mag.wel.push(SCHOOL.to_owned()),
            _ => mag.wel.push(SCHOLEN.to_owned()),
        }
    }
    if oog.mag(Facet::PersoonGezag) {
        vraag.ouders(&voorstelling(zicht), &mut mag);
    }
    for party in &in_beeld(zicht.t, zicht.op, zicht.r) {
        let sees = |rol| party.organisatie.is_some_and(|id| vraag.facetten(id, rol).contains(Facet::PersoonNaam));
        match (party.partij, party.beeld) {
            (Partij::Leerplicht, beeld) if oog.mag(Facet::Melding) || oog.mag(Facet::LeerplichtStap) => {
                vraag.leerplicht(party, beeld, &mut mag);
            }
            (Partij::Samenwerkingsverband, Beeld::Sinds { dag, .. })
                if !inside && oog.mag(Facet::Ondersteuningsvraag) && sees(Rol::Consulent) =>
            {
                mag.wel.push(format!(
                    "samenwerkingsverband (sinds de vraag van {}; niet de reden, ziekte of wat leerplicht doet)",
                    woorden::dag(dag, zicht.op)
                ));
            }
            (Partij::Jeugdarts, Beeld::Sinds { .. }) if oog.mag(Facet::JgzConsult) && sees(Rol::Jeugdarts) => {
                mag.wel.push("jeugdarts (met toestemming)".to_owned());
            }
            _ => {}
        }
    }
    // Whoever sees the clock may know who cuts the knot when it has run too long.
    if oog.mag(Facet::Klok) && vraag.knoop() {
        mag.wel.push("doorzettingsmacht (omdat drie maanden bijna om zijn, of er is besloten)".to_owned());
    }
    mag
}

impl Vraag<'_> {
    /// What anybody in a role at an organisation may read.
    fn facetten(&self, organisatie: OrganisatieId, rol: Rol) -> Facetten {
        let iemand = Actor::Medewerker { id: MedewerkerId::new(0), organisatie, rol };
        self.convenant.facetten(&iemand, Mag::Lees, &self.kring)
    }

    /// Schools of enrolment where whoever leads them may see the child.
    fn scholen(&self) -> usize {
        let here = |id: &OrganisatieId| self.kring.van_organisatie(*id).contains(Relatie::SchoolVanInschrijving);
        let sees = |id: &OrganisatieId| self.facetten(*id, Rol::Schoolleider).contains(Facet::PersoonNaam);
        self.kring.organisaties().filter(|id| here(id) && sees(id)).count()
    }

    /// Whether somebody with doorzettingsmacht may see the child.
    fn knoop(&self) -> bool {
        let near = |id: &OrganisatieId| self.kring.van_organisatie(*id).contains(Relatie::Regio);
        let sees = |id: &OrganisatieId| self.facetten(*id, Rol::Doorzettingsmacht).contains(Facet::PersoonNaam);
        self.kring.organisaties().any(|id| near(&id) && sees(&id))
    }

    fn ouders(&self, kind: &Voorstelling, mag: &mut MagZien) {
        let naam = &kind.roepnaam;
        if kind.leeftijd.is_some_and(|jaren| jaren >= MEERDERJARIG) {
            mag.wel.push(format!("{naam} zelf"));
            mag.niet.push(format!("De ouders niet: {naam} is 18 jaar of ouder."));
            return;
        }
        let actors = self.kring.personen().map(|persoon| Actor::Ouder { persoon });
        let with: Vec<(Relaties, Facetten)> = actors
            .map(|by| (self.kring.relaties(&by), self.convenant.facetten(&by, Mag::Lees, &self.kring)))
            .filter(|(_, facetten)| facetten.contains(Facet::PersoonNaam))
            .collect();
        if with.is_empty() {
            mag.niet.push(format!("De ouders nog niet: {}.", self.waarom_geen_ouders()));
            return;
        }
        let voogd = with.iter().all(|(relaties, _)| relaties.contains(Relatie::Voogd));
        let wie = if voogd { "voogd" } else { "ouders" };
        let told = with.iter().any(|(_, facetten)| facetten.contains(Facet::WoordenLeerling));
        mag.wel.push(match kind.leeftijd {
            Some(jaren) if jaren >= ZESTIEN => {
                format!("{wie} (dat, hoe vaak en wanneer; zonder wat {naam} zelf vertelde)")
            }
            Some(jaren) if jaren < EIGEN_WOORDEN || told => wie.to_owned(),
            _ => format!("{wie} (zonder wat {naam} zelf vertelde)"),
        });
    }

    fn waarom_geen_ouders(&self) -> &'static str {
        let mut stated = self.zicht.t.on::<Gezag>(self.zicht.op).map(|(_, gezag)| gezag.gezag).peekable();
        let none = stated.peek().is_none();
        let known: Vec<JaNee> = stated.collect();
        match () {
            () if none || known.contains(&JaNee::Onbekend) => "wie het gezag heeft, is niet bekend",
            () if known.contains(&JaNee::Ja) => "het convenant van de regio geeft daarop geen recht",
            () => "geen van hen heeft het gezag",
        }
    }

    fn leerplicht(&self, party: &InBeeld, beeld: Beeld, mag: &mut MagZien) {
        let Beeld::Sinds { dag, door } = beeld else {
            mag.niet.push("De leerplichtambtenaar nog niet: er is geen melding.".to_owned());
            return;
        };
        let Some(facetten) = party.organisatie.map(|id| self.facetten(id, Rol::Leerplichtambtenaar)) else { return };
        if !facetten.contains(Facet::PersoonNaam) {
            let niet = "De leerplichtambtenaar niet: het convenant van de regio geeft daarop geen recht.";
            mag.niet.push(niet.to_owned());
            return;
        }
        let zicht = self.zicht;
        let of = party.organisatie.map(|id| format!(" van {}", gemeentenaam(zicht.r.naam(id)))).unwrap_or_default();
        let way = match zicht.t.fact(door).map(|fact| &fact.body) {
            Some(Body::Melding(_)) => "de melding",
            Some(Body::Kennisgeving(_)) => "het beroep op vrijstelling",
            Some(Body::VrijstellingBesluit(_)) => "het besluit over vrijstelling",
            Some(Body::Onderzoek(_)) => "het onderzoek",
            Some(Body::Verlof(_)) => "de vraag om verlof",
            // Not enrolled because of an exemption that parents invoked: that is what leerplicht knows the child by.
            _ if zicht.t.on::<Kennisgeving>(zicht.op).next().is_some() => "het beroep op vrijstelling",
            _ => "het ontbreken van een inschrijving",
        };
        let since = woorden::dag(dag, zicht.op);
        mag.wel.push(format!("leerplichtambtenaar{of} (sinds {way} van {since}; niet ziekte en schorsing)"));
        let ill = self.kring.bijzonder().contains(Bijzonderheid::AlleenZiekOfGeschorst);
        if zicht.oog.mag(Facet::VerzuimZiekte) && ill && !facetten.contains(Facet::Klok) {
            mag.niet
                .push("De leerplichtambtenaar ziet deze klok niet: zij rust alleen op ziekte of schorsing.".to_owned());
        }
    }
}
