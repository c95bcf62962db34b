//! Reading a convenant from its TOML file, and holding it to the bounds of the law.

use domain::fact::Grondslag;
use domain::kring::{Bijzonderheden, Fase, Fasen, Relatie, Relaties};
use tafel::{Fout, Fouten, Tafel};

use crate::grens::{self, Kant, MEERDERJARIG, Situatie};
use crate::{Convenant, Facet, Facetten, Leeftijd, Machtiging, Mag, Partij, Regel, Tot};

/// The longest convenant that is read, in bytes.
pub const MAX_CONVENANT_BYTES: usize = 1 << 20;
/// The largest number of rows in a convenant.
pub const MAX_REGELS: usize = 200;

/// The longest name of a row, in characters.
const MAX_NAAM: usize = 120;
/// The longest title, in characters.
const MAX_TITEL: usize = 400;
/// The oldest age that a row can name.
const MAX_LEEFTIJD: u16 = 130;

pub(crate) fn lees(tekst: &str) -> Result<Convenant, Vec<Fout>> {
    tafel::lees(tekst, MAX_CONVENANT_BYTES, document)
}

fn document(mut tafel: Tafel<'_, '_>, fouten: &mut Fouten<'_>) -> Option<Convenant> {
    let titel = tafel.tekst("titel", MAX_TITEL, fouten);
    let regio = tafel.tekst("regio", MAX_TITEL, fouten);
    let geldig_vanaf = tafel.datum("geldig_vanaf", fouten);
    let regels = tafel.regels("het convenant", MAX_REGELS, MAX_NAAM, fouten, een_regel);
    let numbered = |(plek, regel)| Regel { regelnummer: fouten.regelnummer(plek), ..regel };
    let regels = regels.into_iter().map(numbered).collect();
    tafel.rest(fouten);
    Some(Convenant::new(titel?, regio?, geldig_vanaf?, regels))
}

fn een_regel(naam: Option<String>, mut tafel: Tafel<'_, '_>, fouten: &mut Fouten<'_>) -> Option<Regel> {
    let partijen: Vec<(&str, Partij)> = Partij::all().map(|partij| (partij.code(), partij)).collect();
    let partijen = tafel.woorden("partij", &partijen, fouten);
    let relaties = tafel.woorden("relatie", &woorden(Relatie::ALL, Relatie::code), fouten);
    let fasen = match tafel.neem("fase") {
        Some(_) => tafel.woorden("fase", &woorden(Fase::ALL, Fase::code), fouten).map(Fasen::from_iter),
        None => Some(Fasen::ALLE),
    };
    let leeftijd = leeftijd(&mut tafel, fouten);
    let facetten = tafel.woorden("soort", &woorden(Facet::ALL, Facet::code), fouten);
    let mag = tafel.woorden("mag", &woorden(Mag::ALL, Mag::code), fouten);
    let toestemming = tafel.woord("toestemming", &[("geen", false), ("vereist", true)], fouten);
    let tot = tafel.woord("tot", &woorden(Tot::ALL, Tot::code), fouten);
    let reden = tafel.ja_nee("reden", fouten);
    let grond = tafel.woord("grond", &woorden(Grondslag::ALL, Grondslag::code), fouten);
    let regel = Regel {
        naam: naam?,
        regelnummer: 0,
        partijen: partijen?.into_iter().collect(),
        relaties: Relaties::from_iter(relaties?),
        fasen: fasen?,
        leeftijd: leeftijd?,
        facetten: Facetten::from_iter(facetten?),
        mag: Machtiging::from_iter(mag?),
        toestemming: toestemming?,
        tot: tot?,
        reden: reden?,
        grond: grond?,
    };
    past(&regel, &tafel, fouten);
    binnen_de_wet(&regel, &tafel, fouten);
    tafel.rest(fouten);
    Some(regel)
}

fn woorden<T: Copy>(values: &[T], code: fn(T) -> &'static str) -> Vec<(&'static str, T)> {
    values.iter().map(|value| (code(*value), *value)).collect()
}

fn leeftijd(tafel: &mut Tafel<'_, '_>, fouten: &mut Fouten<'_>) -> Option<Leeftijd> {
    let Some(waarde) = tafel.neem("leeftijd") else { return Some(Leeftijd::ELKE) };
    let (plek, veld) = (waarde.span().start, tafel.veld("leeftijd"));
    let mag = "toegestaan is { van = 12, tot_en_met = 15 }; een van beide mag weg";
    let Some(inhoud) = waarde.get_ref().as_table() else {
        fouten.meld(plek, veld, mag);
        return None;
    };
    let mut inner = Tafel::new(veld.clone(), plek, inhoud);
    let jaren = |getal: u16| i16::try_from(getal).unwrap_or(i16::MAX);
    let van = jaren(inner.getal_of("van", 0..=MAX_LEEFTIJD, 0, fouten));
    let tot_en_met = jaren(inner.getal_of("tot_en_met", 0..=MAX_LEEFTIJD, u16::MAX, fouten));
    inner.rest(fouten);
    if van > tot_en_met {
        fouten.meld(plek, veld, "tot_en_met mag niet lager zijn dan van");
        return None;
    }
    Some(Leeftijd { van, tot_en_met })
}

/// Whether the parts of a row belong together.
fn past(regel: &Regel, tafel: &Tafel<'_, '_>, fouten: &mut Fouten<'_>) {
    if !regel.mag.contains(Mag::Lees) {
        let melding = "wie mag exporteren, mag ook lezen; toegestaan is [\"lees\"] of [\"lees\", \"exporteer\"]";
        fouten.meld(tafel.plek_van("mag"), tafel.veld("mag"), melding);
    }
    if regel.reden && regel.mag.contains(Mag::Exporteer) {
        let melding = "wat alleen met een reden te zien is, mag niet in een bestand; toegestaan is [\"lees\"]";
        fouten.meld(tafel.plek_van("mag"), tafel.veld("mag"), melding);
    }
}

/// Whether the row stays within what law and pact allow, for every party and relation that it names.
fn binnen_de_wet(regel: &Regel, tafel: &Tafel<'_, '_>, fouten: &mut Fouten<'_>) {
    for partij in regel.partijen.iter() {
        for relatie in regel.relaties.iter() {
            let most = hoogstens(regel, partij, relatie);
            let too_much = regel.facetten.without(most);
            if !too_much.is_empty() {
                let melding = over_de_grens(regel, partij, relatie, too_much, most);
                fouten.meld(tafel.plek_van("soort"), tafel.veld("soort"), melding);
            }
            let sees = regel.facetten.contains(Facet::PersoonNaam) && !regel.reden;
            if sees && most.contains(Facet::Klok) && !regel.facetten.contains(Facet::Klok) {
                let melding = "wie de naam ziet, ziet ook de klok (pact); zet \"klok\" erbij";
                fouten.meld(tafel.plek_van("soort"), tafel.veld("soort"), melding);
                return;
            }
        }
    }
}

fn hoogstens(regel: &Regel, partij: Partij, relatie: Relatie) -> Facetten {
    // A row holds as soon as one of its phases does, so only a row with one phase is certain of it.
    let certain = regel.fasen.iter().count() == 1;
    grens::hoogstens(&Situatie {
        partij,
        kant: Kant::of(partij, Relaties::of(&[relatie])),
        relatie,
        fasen: if certain { regel.fasen } else { Fasen::GEEN },
        leeftijd: regel.leeftijd,
        toestemming: if regel.toestemming { Facetten::ALLE } else { Facetten::GEEN },
        bijzonder: Bijzonderheden::GEEN,
        woont_bij: true,
        reden: regel.reden,
    })
}

fn over_de_grens(regel: &Regel, partij: Partij, relatie: Relatie, te_veel: Facetten, most: Facetten) -> String {
    let lijst = |facetten: Facetten| facetten.iter().map(Facet::code).collect::<Vec<_>>().join(", ");
    let (wie, wat) = (partij.label(), relatie.code());
    if !most.is_empty() {
        let herstel =
            if most.union(grens::OP_TOESTEMMING).union(grens::ZORG).contains_all(te_veel) && !regel.toestemming {
                "; dit kan alleen met toestemming = \"vereist\""
            } else {
                "; haal dit weg"
            };
        return format!("wet en pact staan dit voor {wie} bij {wat} niet toe: {}{herstel}", lijst(te_veel));
    }
    let kant = Kant::of(partij, Relaties::of(&[relatie]));
    let herstel = match kant {
        _ if regel.reden => {
            "met een reden kijken leerplicht en Doorstroompunt alleen naar inwoners van de eigen gemeente"
        }
        Kant::Swv => {
            "een samenwerkingsverband ziet een leerling pas na een vraag; zet fase = [\"ondersteuning-gevraagd\"]"
        }
        Kant::Leerplicht | Kant::Doorstroompunt => {
            "leerplicht en Doorstroompunt zien een leerling van de eigen gemeente pas na een melding, vrijstelling, \
             verzoek of ontbrekende inschrijving; zet fase = [\"gemeld\"]"
        }
        Kant::Ouder if regel.leeftijd.tot_en_met >= MEERDERJARIG => {
            "de inzage van ouders stopt als de leerling 18 wordt; zet leeftijd = { tot_en_met = 17 }"
        }
        Kant::Ouder => "een ouder zonder gezag heeft geen toegang; de school beantwoordt een concrete vraag",
        Kant::Geen => "deze rol leest geen dossiers",
        _ => "bij deze rol hoort deze relatie niet",
    };
    format!("wet en pact staan dit voor {wie} bij {wat} niet toe: {herstel}")
}
