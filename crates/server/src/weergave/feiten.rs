//! What somebody stated, in words: what it is, by whom, about which days.

use domain::Date;
use domain::body::{Body, Soort, Stem};
use domain::fact::{Actor, Fact};
use domain::period::Period;
use domain::region::Rules;

use super::woorden;

/// A statement as a reason: what, since or on which day, by whom.
pub fn zin(fact: &Fact, r: &Rules, op: Date) -> String {
    format!("{}; {}; opgegeven door {}", wat(&fact.body, r, op), dagen(fact, op), door(fact, r))
}

/// Who stated it: never the name of a professional, always the function and the organisation.
pub fn door(fact: &Fact, r: &Rules) -> String {
    match fact.by {
        Actor::Medewerker { organisatie, rol, .. } => format!("{} ({})", r.naam(organisatie), rol.label()),
        Actor::Systeem { organisatie } => format!("{} (aanlevering)", r.naam(organisatie)),
        Actor::Ouder { .. } => "een ouder of verzorger".to_owned(),
        Actor::Leerling { .. } => "de leerling zelf".to_owned(),
    }
}

/// Whose word it is, when it is that of somebody at home.
pub fn stem(stem: Stem) -> Option<&'static str> {
    match stem {
        Stem::Eigen => None,
        Stem::Ouder(_) => Some("een ouder of verzorger"),
        Stem::Leerling => Some("de leerling zelf"),
        Stem::Thuis => Some("iemand anders thuis"),
    }
}

/// The days that it is about.
pub fn dagen(fact: &Fact, op: Date) -> String {
    let Period { from, .. } = fact.valid;
    match fact.valid.last() {
        Some(last) if last <= from => format!("op {}", woorden::dag(from, op)),
        Some(last) => woorden::van_tot(from, last, op),
        None => format!("sinds {}", woorden::dag(from, op)),
    }
}

/// What is stated, with as much of it as a reason needs. Words that people wrote freely, what a child told and anything
/// medical stay out.
pub fn wat(body: &Body, r: &Rules, op: Date) -> String {
    let more = school(body, r)
        .or_else(|| leerplicht(body, op))
        .or_else(|| vrijstelling(body, op))
        .or_else(|| aanbod(body, r))
        .or_else(|| verloop(body, r, op));
    let name = soort(body.soort());
    match more {
        Some(more) => format!("{name}: {more}"),
        None => name.to_owned(),
    }
}

fn school(body: &Body, r: &Rules) -> Option<String> {
    Some(match body {
        Body::Gezag(b) => format!("{}, gezag: {}", b.relatie.label(), b.gezag.label()),
        Body::Inschrijving(b) => {
            let klas = woorden::klas(b).map(|klas| format!(", {klas}")).unwrap_or_default();
            format!("{}{klas}", r.naam(b.school))
        }
        Body::Uitschrijving(b) => format!("{}, reden: {}", r.naam(b.school), b.reden.label()),
        Body::Afwezigheid(b) => woorden::verzuimsoort(b.soort).to_owned(),
        Body::RijCorrectie(b) => {
            let becomes = b.wordt.map_or("aanwezig", |(soort, _)| woorden::verzuimsoort(soort));
            format!("{} wordt {becomes}", woorden::verzuimsoort(b.soort))
        }
        Body::SignaalAfhandeling(b) => {
            let by = stem(b.stem).map(|by| format!(", volgens {by}")).unwrap_or_default();
            format!("{}{by}", b.afhandeling.label())
        }
        Body::VerzuimLevering(b) => b.levering.label().to_owned(),
        _ => return None,
    })
}

fn leerplicht(body: &Body, op: Date) -> Option<String> {
    Some(match body {
        Body::Melding(b) => format!("{}, verzuim vanaf {}", b.soort.label(), woorden::dag(b.begin, op)),
        Body::MeldingStatus(b) => b.status.label().to_owned(),
        Body::MeldingEinde(b) => format!("laatste dag {}", woorden::dag(b.einde, op)),
        Body::Onderzoek(b) => b.stap.label().to_owned(),
        Body::Verhoor(b) => if b.ouder.is_some() { "een ouder" } else { "de jongere" }.to_owned(),
        Body::Ondersteuningsvraag(b) => format!("van {}", b.van.label()),
        Body::Consult(b) => b.stap.label().to_owned(),
        Body::DeelnameAdvies(b) => format!("{} per week", woorden::uren(b.kwartieren_per_week.into())),
        Body::Bevestiging(b) => format!("{}: {}", b.wat.label(), if b.klopt { "klopt" } else { "klopt niet" }),
        _ => return None,
    })
}

fn vrijstelling(body: &Body, op: Date) -> Option<String> {
    Some(match body {
        Body::Kennisgeving(b) => format!("{}, ontvangen op {}", b.grond.label(), woorden::dag(b.ontvangen, op)),
        Body::Verklaring(b) => {
            let designated = if b.aangewezen { "aangewezen" } else { "niet aangewezen" };
            format!("{}, {designated} door de gemeente", b.hoedanigheid.label())
        }
        Body::KennisgevingToets(b) => b.uitkomst.label().to_owned(),
        Body::VrijstellingBesluit(b) => {
            format!("{}, {}", b.grond.label(), if b.toegekend { "toegekend" } else { "niet toegekend" })
        }
        Body::Verlof(b) => format!("{}, {}", b.grond.label(), if b.toegekend { "gegeven" } else { "niet gegeven" }),
        _ => return None,
    })
}

fn aanbod(body: &Body, r: &Rules) -> Option<String> {
    Some(match body {
        Body::Aanbod(b) => {
            let by = b.organisatie.map(|id| format!(" van {}", r.naam(id))).unwrap_or_default();
            format!("{}{by}, {} per week", b.soort.label(), woorden::uren(b.kwartieren_per_week.into()))
        }
        Body::AanbodReactie(b) => {
            format!("{}: {}", if b.ouder.is_some() { "een ouder" } else { "de leerling" }, b.oordeel.label())
        }
        Body::Realisatie(b) => format!("{} in de week", woorden::uren(b.kwartieren.into())),
        Body::InstemmingPlan(b) => if b.akkoord { "akkoord" } else { "niet akkoord" }.to_owned(),
        Body::Toestemming(b) => format!("{}, {}", b.voor.label(), if b.gegeven { "gegeven" } else { "niet gegeven" }),
        _ => return None,
    })
}

fn verloop(body: &Body, r: &Rules, op: Date) -> Option<String> {
    Some(match body {
        Body::Contact(b) => {
            let reached = if b.bereikt { "" } else { ", geen gehoor" };
            format!("{} met {}{reached}", b.wijze.label(), b.met.label())
        }
        Body::Gesprek(b) => b.soort.label().to_owned(),
        Body::Verantwoordelijke(b) => format!("{}, {}", b.taak.label(), r.naam(b.organisatie)),
        Body::VolgendeStap(b) => format!(
            "{} ({}), uiterlijk {}",
            woorden::zonder_punt(b.stap.zichtbaar()),
            woorden::partij(b.organisatie, r),
            woorden::dag(b.uiterlijk, op)
        ),
        Body::Geinformeerd(b) => format!("over {}", b.over.label()),
        Body::Besluit(b) => b.soort.label().to_owned(),
        Body::Sluiting(b) => b.reden.label().to_owned(),
        _ => return None,
    })
}

/// What a kind of statement is called.
pub fn soort(soort: Soort) -> &'static str {
    SOORTEN.iter().find(|(kind, _)| *kind == soort).map_or("gegeven", |(_, naam)| naam)
}

/// Names of all kinds of statements.
const SOORTEN: &[(Soort, &str)] = &[
    (Soort::Persoonsgegevens, "naam en geboortedatum"),
    (Soort::Adres, "woonplaats"),
    (Soort::Contactgegevens, "hoe iemand te bereiken is"),
    (Soort::Gezag, "gezag"),
    (Soort::Inschrijving, "inschrijving"),
    (Soort::Uitschrijving, "uitschrijving"),
    (Soort::Schoolloopbaan, "schoolloopbaan"),
    (Soort::Rooster, "rooster van de leerling"),
    (Soort::VerzuimLevering, "aangeleverd verzuim"),
    (Soort::Afwezigheid, "afwezigheid"),
    (Soort::RijCorrectie, "correctie van verzuim"),
    (Soort::ZitThuis, "zit thuis"),
    (Soort::SignaalAfhandeling, "signaal"),
    (Soort::Melding, "melding aan leerplicht"),
    (Soort::MeldingStatus, "stand van de melding"),
    (Soort::MeldingEinde, "einde van de melding"),
    (Soort::Onderzoek, "onderzoek door leerplicht"),
    (Soort::Verhoor, "gesprek van leerplicht met"),
    (Soort::Ondersteuningsvraag, "vraag aan het samenwerkingsverband"),
    (Soort::Consult, "consult van de jeugdarts"),
    (Soort::DeelnameAdvies, "advies over deelname"),
    (Soort::Kennisgeving, "beroep op vrijstelling"),
    (Soort::Verklaring, "verklaring bij het beroep op vrijstelling"),
    (Soort::PerspectiefBehandelaar, "perspectief van de behandelaar"),
    (Soort::SwvAdvies, "advies van het samenwerkingsverband"),
    (Soort::KennisgevingToets, "toets van het beroep op vrijstelling"),
    (Soort::VrijstellingBesluit, "besluit over vrijstelling"),
    (Soort::Verlof, "verlof"),
    (Soort::Aanbod, "aanbod"),
    (Soort::AanbodReactie, "antwoord op het aanbod"),
    (Soort::Realisatie, "gevolgde uren"),
    (Soort::Plan, "plan"),
    (Soort::Contact, "contact"),
    (Soort::Gesprek, "gesprek"),
    (Soort::Verantwoordelijke, "verantwoordelijke"),
    (Soort::VolgendeStap, "volgende stap"),
    (Soort::Geinformeerd, "verteld"),
    (Soort::InstemmingPlan, "instemming met het plan"),
    (Soort::Toestemming, "toestemming"),
    (Soort::Afwijking, "afwijking van een afspraak"),
    (Soort::Besluit, "besluit"),
    (Soort::Bevestiging, "bevestiging"),
    (Soort::Sluiting, "dossier gesloten"),
    (Soort::Intrekking, "intrekking"),
    (Soort::ZelfdeKind, "samengevoegd met een andere inschrijving van hetzelfde kind"),
    (Soort::Organisatie, "organisatie"),
    (Soort::Indeling, "indeling van een organisatie"),
    (Soort::SchoolUren, "lesuren van de school"),
    (Soort::SchoolDagen, "eigen dagen van de school"),
    (Soort::Vakanties, "vakanties"),
    (Soort::Medewerker, "medewerker"),
    (Soort::RolToekenning, "rol"),
    (Soort::Regiodocument, "document van de regio"),
    (Soort::Vernietigd, "vernietigd"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_statement_has_a_name() {
        for kind in Soort::ALL {
            assert!(SOORTEN.iter().any(|(named, _)| named == kind), "{}", kind.code());
        }
        assert_eq!(SOORTEN.len(), Soort::ALL.len());
    }
}
