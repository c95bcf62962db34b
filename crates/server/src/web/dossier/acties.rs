//! What a reader can do about a child, by who may state what ([`domain::decide::wie_mag`]).

use domain::body::Soort;

use super::Blik;
use crate::web::paden;

/// What one states, the words of the button, and the page of the form; what is done most comes first.
const ACTIES: &[(Soort, &str, &str)] = &[
    (Soort::Contact, "Contact vastleggen", "contact"),
    (Soort::Gesprek, "Gesprek vastleggen", "gesprek"),
    (Soort::VolgendeStap, "Volgende stap afspreken", "stap"),
    (Soort::Melding, "Melden aan leerplicht", "melding"),
    (Soort::Ondersteuningsvraag, "Vraag aan het samenwerkingsverband", "vraag"),
    (Soort::Consult, "Consult van de jeugdarts", "consult"),
    (Soort::Onderzoek, "Onderzoek door leerplicht", "onderzoek"),
    (Soort::Aanbod, "Aanbod vastleggen", "aanbod"),
    (Soort::Plan, "Plan vastleggen", "plan"),
    (Soort::Verantwoordelijke, "Verantwoordelijke aanwijzen", "verantwoordelijke"),
    (Soort::Afwezigheid, "Afwezig melden", "afwezig"),
    (Soort::Geinformeerd, "Vastleggen wie is verteld", "verteld"),
    (Soort::Toestemming, "Toestemming vastleggen", "toestemming"),
    (Soort::Bevestiging, "Status bevestigen of tegenspreken", "bevestiging"),
    (Soort::Kennisgeving, "Beroep op vrijstelling", "vrijstelling"),
    (Soort::Verlof, "Verlof", "verlof"),
    (Soort::Besluit, "Besluit vastleggen", "besluit"),
    (Soort::Sluiting, "Dossier sluiten", "sluiten"),
];

/// What the reader may do today: words and address.
pub(super) fn acties(blik: &Blik<'_>) -> Vec<(&'static str, String)> {
    let may = ACTIES.iter().filter(|(soort, ..)| blik.zicht.mag_vastleggen(*soort));
    may.map(|(_, tekst, blad)| (*tekst, paden::bij_leerling(blik.w.leerling, blad))).collect()
}
