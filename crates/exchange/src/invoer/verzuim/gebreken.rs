//! What can be wrong with a row of a package's export, and what to do about it.

use crate::invoer::bevinding::Gebrek;
use crate::invoer::veld;

/// No code at all.
pub(super) fn no_code() -> Gebrek {
    Gebrek::new("veld leeg", "Het veld is leeg.", "Vul in uw pakket de reden in en maak de uitvoer opnieuw.")
}

/// A code that the layout does not name.
pub(super) fn unknown_code(code: &str) -> Gebrek {
    Gebrek::new(
        "code onbekend",
        format!("De code{} staat niet in de indeling.", veld::shown(code)),
        "Voeg haar in de indeling toe bij [codes], met de soort verzuim die uw school ermee bedoelt.",
    )
}

/// A row about another site than the delivery.
pub(super) fn other_school() -> Gebrek {
    Gebrek::new(
        "andere school",
        "De rij is van een andere vestiging dan de levering.",
        "Lever per vestiging een eigen bestand.",
    )
}

/// An end before the begin, or a span that cannot be meant.
pub(super) fn no_span() -> Gebrek {
    Gebrek::new(
        "begin en einde",
        "Het einde ligt voor het begin, of meer dan een schooljaar later.",
        "Verbeter de datums in uw pakket en maak de uitvoer opnieuw.",
    )
}

/// No last day, and the layout does not let such rows go on.
pub(super) fn no_end() -> Gebrek {
    Gebrek::new(
        "geen einddatum",
        "De rij heeft geen einddatum.",
        "Vul haar in uw pakket in, of schrijf in de indeling bij [bestand] open_einde = \"loopt_door\".",
    )
}

/// A row that lies wholly outside the days of the delivery.
pub(super) fn outside_delivery() -> Gebrek {
    Gebrek::new(
        "buiten de levering",
        "De rij ligt buiten de periode van de levering.",
        "Pas de periode aan, of lever deze rij in een ander bestand.",
    )
}

/// A row of which some days lie outside the delivery.
pub(super) fn partly_outside() -> Gebrek {
    Gebrek::new(
        "deels buiten de levering",
        "Een deel van deze rij ligt buiten de periode van de levering.",
        "Alleen de dagen binnen de periode zijn gelezen; u hoeft niets te doen.",
    )
}

/// A span without a school day.
pub(super) fn no_schooldag() -> Gebrek {
    Gebrek::new(
        "geen schooldag",
        "In deze periode is er volgens de kalender geen schooldag.",
        "De rij telt niet mee; klopt dat niet, controleer dan de vakanties van de school in de regio.",
    )
}

/// Coming late that lasts for days.
pub(super) fn late_for_days() -> Gebrek {
    Gebrek::new(
        "te laat over meer dagen",
        "De rij is te laat komen en duurt meer dan een dag.",
        "Verbeter de reden of de einddatum in uw pakket en maak de uitvoer opnieuw.",
    )
}

/// Coming late without minutes.
pub(super) fn no_minutes() -> Gebrek {
    Gebrek::new(
        "minuten onbekend",
        "De rij is te laat komen en zegt niet hoeveel minuten.",
        "Lever begintijd en eindtijd, of vul in de indeling bij [te_laat] in hoeveel minuten uw school telt.",
    )
}

/// Minutes of a lesson of unknown length.
pub(super) fn no_length() -> Gebrek {
    Gebrek::new(
        "lestijden onbekend",
        "De rij telt minuten, en de indeling zegt niet hoe lang een lesuur duurt.",
        "Vul in de indeling bij [lesdag] de lestijden of lesuur_minuten in.",
    )
}

/// Coming late for a whole lesson or more.
pub(super) fn late_for_a_lesson() -> Gebrek {
    Gebrek::new(
        "te laat heel lesuur",
        "De rij is te laat komen en duurt een heel lesuur of langer.",
        "De rij blijft staan; kijk of de eindtijd het moment is waarop de leerling binnenkwam.",
    )
}

/// The row calls authorised what the layout calls unauthorised, or the other way round.
pub(super) fn other_view() -> Gebrek {
    Gebrek::new(
        "geoorloofd verschilt",
        "De rij zegt iets anders over geoorloofd dan de soort die in de indeling bij deze code staat.",
        "De rij blijft staan zoals de indeling zegt; controleer de code in de indeling.",
    )
}
