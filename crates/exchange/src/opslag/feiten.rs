//! The fields of every kind of fact. A kind or a field that is missing here does not compile.

use domain::body::*;

use super::fout::Fout;
use super::json::Schrijver;
use super::lezer::Lezer;
use super::veld::{Veld, velden};

macro_rules! feiten {
    ($($kind:ident { $($velden:tt)+ })+) => {
        velden! { $($kind { $($velden)+ })+ }

        /// Writes what a fact states.
        pub(super) fn schrijf(body: &Body, json: &mut Schrijver) {
            match body {
                $(Body::$kind(body) => body.schrijf(json),)+
            }
        }

        /// Reads what a fact of this kind states.
        pub(super) fn lees(soort: Soort, json: &mut Lezer<'_>) -> Result<Body, Fout> {
            match soort {
                $(Soort::$kind => $kind::lees(json).map(Body::$kind),)+
            }
        }
    };
}

feiten! {
    Persoonsgegevens {
        achternaam, voorvoegsel, voornamen, roepnaam, geboortedatum, geslacht, bsn, onderwijsnummer,
    }
    Adres { postcode, huisnummer, gemeente, geheim }
    Contactgegevens { telefoon, email, taal, tolk, veilig_contact }
    Gezag { persoon, relatie, gezag, woont_bij_kind }
    Inschrijving { school, leerlingnummer, jaargroep, klas, mentor }
    Uitschrijving { school, reden }
    Schoolloopbaan { schooljaren, startkwalificatie, pro_getuigschrift, vso_uitstroom }
    Rooster { kwartieren }
    VerzuimLevering { levering, nummer, rijen, afgewezen, gewijzigde_leerlingen, inhoud, bestand }
    Afwezigheid { soort, toelichting }
    RijCorrectie { lesuur, soort, wordt, reden }
    ZitThuis { relatie, woorden }
    SignaalAfhandeling { regel, eerste_dag, stap, afhandeling, reden, stem }
    Melding { soort, begin, einde, reden, alle_lessen, actie_school, actie_gewenst, meldingsnummer }
    MeldingStatus { melding, status, reden }
    MeldingEinde { melding, einde }
    Onderzoek { melding, stap }
    Verhoor { melding, ouder }
    Ondersteuningsvraag { van, vraag, geprobeerd, deelname, ouders, leerling }
    Consult { stap }
    DeelnameAdvies { kwartieren_per_week, opbouw }
    Kennisgeving { grond, ontvangen, eerder, geen_jaarlijkse_verklaring }
    Verklaring { hoedanigheid, aangewezen, behandelend, tot, blijvend }
    PerspectiefBehandelaar { woorden }
    SwvAdvies { advies }
    KennisgevingToets { kennisgeving, uitkomst, reden }
    VrijstellingBesluit { grond, toegekend }
    Verlof { grond, toegekend, kwartieren_per_week }
    Aanbod { soort, wat, voorziening, organisatie, kwartieren_per_week, opbouw, schriftelijk_op }
    AanbodReactie { aanbod, ouder, oordeel, woorden }
    Realisatie { aanbod, kwartieren }
    Plan { doel, kwartieren_per_week }
    Contact { met, wijze, bereikt, notitie }
    Gesprek { soort, ouders, leerling, afspraken }
    Verantwoordelijke { organisatie, medewerker, taak }
    VolgendeStap { organisatie, medewerker, stap, uiterlijk }
    Geinformeerd { ouder, over }
    InstemmingPlan { plan, ouder, akkoord }
    Toestemming { ouder, voor, aan, gegeven }
    Afwijking { regel, waarom }
    Besluit { soort, inhoud }
    Bevestiging { wat, klopt, reden }
    Sluiting { reden, toelichting }
    Intrekking { reden }
    ZelfdeKind { ander, reden }
    Organisatie { naam, soort, sector, vestiging, gemeente, swv, postcode, plaats }
    Indeling { soort, bij }
    SchoolUren { jaargroep, kwartieren }
    SchoolDagen { dag }
    Vakanties { regio }
    Medewerker { naam, functie, telefoon, email, werkdagen }
    RolToekenning { rol, organisatie }
    Regiodocument { soort, versie, tekst }
    Vernietigd { sleutel, reden }
}
