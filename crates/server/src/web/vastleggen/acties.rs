//! What somebody can do about a child now: what is due first, then the rest; only what they may.

use convenant::Facet;
use domain::body::{Aanbod, Melding, Plan, Soort, ZelfdeKind};
use domain::decide::{View, mag_vastleggen_alle};
use domain::status::StatusSoort;
use domain::termijnen::{Aanleiding, Termijn, Wie};

use super::melding::MELDINGEN;
use super::{verkeerd, vormen};
use crate::web::kind::Zicht;
use crate::web::paden;

/// Something that can be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actie {
    /// Its words.
    pub label: &'static str,
    /// Its address.
    pub adres: String,
    /// Whether something is due that it answers.
    pub belangrijk: bool,
}

/// One thing that can be done: address, words, and what it states.
struct Kan(&'static str, &'static str, Soort);

/// All of them, what is done most first.
const ALLE: &[Kan] = &[
    Kan("contact", "Contact vastleggen", Soort::Contact),
    Kan("gesprek", "Gesprek vastleggen", Soort::Gesprek),
    Kan("volgende-stap", "Volgende stap of overdracht", Soort::VolgendeStap),
    Kan("verantwoordelijke", "Verantwoordelijke aanwijzen", Soort::Verantwoordelijke),
    Kan("melding", "Melden bij leerplicht", Soort::Melding),
    Kan("meldingstatus", "Stand van de melding", Soort::MeldingStatus),
    Kan("einddatum", "Einddatum van de melding", Soort::MeldingEinde),
    Kan("onderzoek", "Onderzoek", Soort::Onderzoek),
    Kan("verhoor", "Ouders of leerling gehoord", Soort::Verhoor),
    Kan("consult", "Consult van de jeugdarts", Soort::Consult),
    Kan("deelname-advies", "Advies over deelname", Soort::DeelnameAdvies),
    Kan("ondersteuningsvraag", "Hulp vragen aan het samenwerkingsverband", Soort::Ondersteuningsvraag),
    Kan("aanbod", "Aanbod doen", Soort::Aanbod),
    Kan("reactie", "Antwoord op het aanbod", Soort::AanbodReactie),
    Kan("realisatie", "Gevolgde uren", Soort::Realisatie),
    Kan("plan", "Plan maken", Soort::Plan),
    Kan("instemming", "Instemming met het plan", Soort::InstemmingPlan),
    Kan("toestemming", "Toestemming", Soort::Toestemming),
    Kan("verteld", "Vastleggen dat iets is verteld", Soort::Geinformeerd),
    Kan("zit-thuis", "Gaat niet naar school", Soort::ZitThuis),
    Kan("afwezigheid", "Afwezigheid", Soort::Afwezigheid),
    Kan("rij", "Verzuim van een dag verbeteren", Soort::RijCorrectie),
    Kan("bevestiging", "Klopt de status?", Soort::Bevestiging),
    Kan("besluit", "Besluit", Soort::Besluit),
    Kan("afwijking", "Afwijken van een afspraak", Soort::Afwijking),
    Kan("verlof", "Verlof", Soort::Verlof),
    Kan("kennisgeving", "Beroep op vrijstelling", Soort::Kennisgeving),
    Kan("verklaring", "Verklaring bij een beroep op vrijstelling", Soort::Verklaring),
    Kan("toets", "Toets van een beroep op vrijstelling", Soort::KennisgevingToets),
    Kan("vrijstelling", "Besluit over vrijstelling", Soort::VrijstellingBesluit),
    Kan("swv-advies", "Advies van het samenwerkingsverband", Soort::SwvAdvies),
    Kan("sluiting", "Dossier sluiten", Soort::Sluiting),
    Kan("samenvoegen", "Zelfde kind, twee keer in het register", Soort::ZelfdeKind),
    Kan("losmaken", "Samengevoegde leerlingen losmaken", Soort::ZelfdeKind),
];

/// What the reader can do, in order of what is due.
pub fn acties(zicht: &Zicht<'_>) -> Vec<Actie> {
    let view = View::new(zicht.leerling, zicht.t, zicht.r);
    let may = mag_vastleggen_alle(&view, &zicht.bezoek.actor(), zicht.bezoek.nu);
    let due: Vec<(&'static str, String)> =
        zicht.vandaag.termijnen.iter().filter(|termijn| van_ons(zicht, termijn)).filter_map(doe).collect();
    let able = ALLE.iter().filter(|Kan(blad, _, soort)| may.contains(soort) && heeft_zin(zicht, blad));
    let mut all: Vec<(usize, Actie)> = able
        .map(|Kan(blad, label, _)| {
            let place = due.iter().position(|(asked, _)| asked == blad);
            let adres = place.and_then(|place| due.get(place)).map_or_else(String::new, |(_, about)| about.clone());
            let adres = format!("{}{adres}", paden::bij_leerling(zicht.leerling, blad));
            (place.unwrap_or(due.len()), Actie { label, adres, belangrijk: place.is_some() })
        })
        .collect();
    if zicht.mag(Facet::Melding) && zicht.t.all::<Melding>().any(|(fact, _)| zicht.mag_feit(fact)) {
        let adres = paden::bij_leerling(zicht.leerling, MELDINGEN);
        // The text is for whoever makes them.
        let label = if may.contains(&Soort::Melding) { "Meldingen: tekst en nummer voor DUO" } else { "Meldingen" };
        all.push((due.len(), Actie { label, adres, belangrijk: false }));
    }
    if verkeerd::kan(zicht) {
        let adres = paden::bij_leerling(zicht.leerling, "verkeerd-kind");
        all.push((due.len(), Actie { label: "Bij het verkeerde kind vastgelegd", adres, belangrijk: false }));
    }
    all.sort_by_key(|(place, _)| *place);
    all.into_iter().map(|(_, actie)| actie).collect()
}

/// Whether the reader's organisation owes it, and the reader may know of it.
fn van_ons(zicht: &Zicht<'_>, termijn: &Termijn) -> bool {
    let own = Some(zicht.bezoek.organisatie);
    let ours = match termijn.wie {
        Wie::Organisatie { organisatie, .. } => organisatie == own,
        Wie::WachtOp { vrager, .. } => vrager == own,
        Wie::Duo | Wie::Niemand => false,
    };
    ours && zicht.facetten.contains_all(convenant::Facet::van_termijn(zicht.t, zicht.r, termijn))
}

/// The page that answers a term, and what its address says about it.
fn doe(termijn: &Termijn) -> Option<(&'static str, String)> {
    let about = |naam: &str| match termijn.aanleiding {
        Aanleiding::Feit(feit) => format!("?{naam}={feit}"),
        _ => String::new(),
    };
    Some(match termijn.regel.regel {
        "5" | "6" | "7" | "8" | "10" => ("melding", String::new()),
        "11" => ("einddatum", about("melding")),
        "14" => ("meldingstatus", about("melding")),
        "15" => ("verhoor", String::new()),
        "19" | "40" => ("contact", String::new()),
        "37" | "38" => ("gesprek", String::new()),
        "39" => ("consult", String::new()),
        "58" | "59" => ("verantwoordelijke", String::new()),
        "60" => ("aanbod", String::new()),
        "61" => ("besluit", String::new()),
        _ => return None,
    })
}

/// Whether there is anything to do it with.
fn heeft_zin(zicht: &Zicht<'_>, blad: &str) -> bool {
    let t = zicht.t;
    let open = zicht.vandaag.dossier.open_sinds().is_some();
    match blad {
        "volgende-stap" => open,
        "sluiting" => open && zicht.vandaag.klok.is_none(),
        "meldingstatus" | "einddatum" => t.all::<Melding>().next().is_some(),
        "reactie" | "realisatie" => t.all::<Aanbod>().next().is_some(),
        "instemming" => t.all::<Plan>().next().is_some(),
        "verklaring" | "toets" => vormen::heeft_kennisgeving(zicht),
        "losmaken" => t.all::<ZelfdeKind>().any(|(fact, _)| zicht.mag_corrigeren(fact)),
        "rij" => t.rijen.per_school.iter().any(|s| s.school == zicht.bezoek.organisatie && !s.rijen.is_empty()),
        "bevestiging" => matches!(zicht.vandaag.status.soort, StatusSoort::Thuiszittend | StatusSoort::Absoluut),
        _ => true,
    }
}
