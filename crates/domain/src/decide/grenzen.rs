//! Bounds that hold for every statement: its days and the length of its words.

use jiff::civil::Date;

use super::{Refusal, Zaak};
use crate::body::{Aard, Body, Soort};
use crate::calendar::datum;
use crate::period::{Period, next_day, plus_months};
use crate::tekst::Tekst;

/// Longest reason, name or other short text, in characters (vermoedelijke reden in DUO's exchange: 200).
pub const MAX_KORT: usize = 200;
/// Longest note, in characters.
pub const MAX_LANG: usize = 4_000;
/// How far ahead something that is so may begin, in months; further is a slip of the pen.
pub const MAX_VOORUIT: i32 = 24;

/// Checks the days of a statement against its kind, today and the birth date.
pub(super) fn dagen(zaak: &Zaak<'_>, geldig: Period, body: &Body) -> Result<(), Refusal> {
    let geboren = match body {
        Body::Persoonsgegevens(gegevens) => gegevens.geboortedatum,
        _ => zaak.geboren,
    };
    dagen_van(body.soort(), geldig, zaak.vandaag, geboren)
}

/// The same, whatever the statement says.
pub(super) fn dagen_van(soort: Soort, geldig: Period, vandaag: Date, geboren: Option<Date>) -> Result<(), Refusal> {
    if geldig.is_empty() {
        return Err(Refusal::new(
            "De einddatum ligt voor de begindatum.",
            "Geef een einddatum op of na de begindatum.",
        ));
    }
    if soort.aard() == Aard::Gebeurtenis && geldig.until != Some(next_day(geldig.from)) {
        return Err(Refusal::new("Dit gaat over één dag, en er staan er meer.", "Geef één dag op."));
    }
    let uiterlijk = if gebeurd(soort) { vandaag } else { plus_months(vandaag, MAX_VOORUIT) };
    if geldig.from > uiterlijk {
        return Err(Refusal::new(
            format!("De datum {} ligt te ver in de toekomst.", datum(geldig.from)),
            format!("Geef een datum tot en met {} op.", datum(uiterlijk)),
        ));
    }
    na_geboorte(geldig.from, geboren)
}

/// Refuses a day before the birth date.
pub(super) fn na_geboorte(dag: Date, geboren: Option<Date>) -> Result<(), Refusal> {
    match geboren {
        Some(geboren) if dag < geboren => Err(Refusal::new(
            format!("De datum {} ligt voor de geboortedatum, {}.", datum(dag), datum(geboren)),
            "Controleer de datum, en of dit de goede leerling is.",
        )),
        _ => Ok(()),
    }
}

/// Whether facts of the kind say what happened, so that none can lie ahead. A deregistration is announced.
fn gebeurd(soort: Soort) -> bool {
    match soort {
        Soort::Uitschrijving => false,
        Soort::Afwezigheid | Soort::ZitThuis | Soort::Toestemming => true,
        _ => soort.aard() == Aard::Gebeurtenis,
    }
}

/// Checks the length of all words in a statement.
pub(super) fn teksten(body: &Body) -> Result<(), Refusal> {
    for (veld, tekst, max) in velden(body) {
        let lengte = tekst.zichtbaar().chars().count();
        if lengte > max {
            return Err(Refusal::new(
                format!("De tekst bij \"{veld}\" heeft {lengte} tekens; {max} is het maximum."),
                format!("Maak de tekst bij \"{veld}\" korter."),
            ));
        }
    }
    Ok(())
}

/// All words in a statement, each with its name on the screen and its bound.
fn velden(body: &Body) -> Vec<(&'static str, &Tekst, usize)> {
    match body {
        Body::Persoonsgegevens(b) => vec![
            ("achternaam", &b.achternaam, MAX_KORT),
            ("voorvoegsel", &b.voorvoegsel, MAX_KORT),
            ("voornamen", &b.voornamen, MAX_KORT),
            ("roepnaam", &b.roepnaam, MAX_KORT),
        ],
        Body::Adres(b) => vec![("huisnummer", &b.huisnummer, MAX_KORT)],
        Body::Contactgegevens(b) => vec![
            ("telefoon", &b.telefoon, MAX_KORT),
            ("e-mail", &b.email, MAX_KORT),
            ("taal", &b.taal, MAX_KORT),
            ("veilig contact", &b.veilig_contact, MAX_LANG),
        ],
        Body::Inschrijving(b) => vec![
            ("leerlingnummer", &b.leerlingnummer, MAX_KORT),
            ("jaargroep", &b.jaargroep, MAX_KORT),
            ("klas", &b.klas, MAX_KORT),
            ("mentor", &b.mentor, MAX_KORT),
        ],
        Body::Afwezigheid(b) => vec![("toelichting", &b.toelichting, MAX_LANG)],
        Body::RijCorrectie(b) => vec![("reden", &b.reden, MAX_KORT)],
        Body::ZitThuis(b) => vec![("woorden", &b.woorden, MAX_LANG)],
        Body::SignaalAfhandeling(b) => vec![("regel", &b.regel, MAX_KORT), ("reden", &b.reden, MAX_KORT)],
        Body::Melding(b) => vec![
            ("reden", &b.reden, MAX_KORT),
            ("actie van de school", &b.actie_school, MAX_LANG),
            ("gewenste actie", &b.actie_gewenst, MAX_LANG),
            ("meldingsnummer", &b.meldingsnummer, MAX_KORT),
        ],
        Body::MeldingStatus(b) => vec![("reden", &b.reden, MAX_KORT)],
        Body::Ondersteuningsvraag(b) => vec![
            ("vraag", &b.vraag, MAX_LANG),
            ("geprobeerd", &b.geprobeerd, MAX_LANG),
            ("deelname", &b.deelname, MAX_LANG),
            ("ouders", &b.ouders, MAX_LANG),
            ("leerling", &b.leerling, MAX_LANG),
        ],
        _ => velden_ondersteuning(body),
    }
}

fn velden_ondersteuning(body: &Body) -> Vec<(&'static str, &Tekst, usize)> {
    match body {
        Body::DeelnameAdvies(b) => vec![("opbouw", &b.opbouw, MAX_LANG)],
        Body::PerspectiefBehandelaar(b) => vec![("woorden", &b.woorden, MAX_LANG)],
        Body::SwvAdvies(b) => vec![("advies", &b.advies, MAX_LANG)],
        Body::KennisgevingToets(b) => vec![("reden", &b.reden, MAX_KORT)],
        Body::Aanbod(b) => vec![("wat", &b.wat, MAX_LANG)],
        Body::AanbodReactie(b) => vec![("woorden", &b.woorden, MAX_LANG)],
        Body::Plan(b) => vec![("doel", &b.doel, MAX_LANG)],
        Body::Contact(b) => vec![("notitie", &b.notitie, MAX_LANG)],
        Body::Gesprek(b) => vec![("afspraken", &b.afspraken, MAX_LANG)],
        Body::VolgendeStap(b) => vec![("stap", &b.stap, MAX_KORT)],
        Body::Afwijking(b) => vec![("regel", &b.regel, MAX_KORT), ("waarom", &b.waarom, MAX_LANG)],
        Body::Besluit(b) => vec![("inhoud", &b.inhoud, MAX_LANG)],
        Body::Bevestiging(b) => vec![("reden", &b.reden, MAX_KORT)],
        Body::Sluiting(b) => vec![("toelichting", &b.toelichting, MAX_LANG)],
        Body::Intrekking(b) => vec![("reden", &b.reden, MAX_KORT)],
        Body::ZelfdeKind(b) => vec![("reden", &b.reden, MAX_KORT)],
        _ => Vec::new(),
    }
}
