//! The convenant as tables for people, in Dutch: who reads what and when, what no convenant can give, and who may state
//! what.

use std::collections::BTreeMap;
use std::fmt::Write;

use domain::body::Soort;
use domain::decide::wie_mag;
use domain::fact::Rol;
use domain::kring::{Bijzonderheden, Fasen, Relatie, Relaties};

use crate::grens::{self, Kant, MEERDERJARIG, Situatie, ZESTIEN};
use crate::regel::opsomming;
use crate::{Convenant, Facet, Facetten, Leeftijd, Mag, Partij};

const KOP: &str = "\
# Autorisatie: wie ziet wat, en wie legt wat vast

Deze pagina wordt gemaakt uit het convenant dat bij Leerrecht hoort (`crates/convenant/convenant.toml`), uit de grenzen
van de wet (`crates/convenant/src/grens.rs`) en uit de tabel van wie wat mag vastleggen (`crates/domain/src/decide/wie.rs`).
Verander haar nooit met de hand. Een test vergelijkt haar met het programma;
`LEERRECHT_GOUD=schrijf cargo test -p convenant` schrijft haar opnieuw. Een regio met een eigen convenant ziet dat met
`leerrecht check convenant BESTAND`.

Voor alles geldt: het gaat om wat iemand **vandaag** voor de leerling is, en om de leerling van vandaag, welke dag er ook
wordt bekeken. Wie de naam niet mag zien, ziet van deze leerling niets: ook niet in een lijst, een telling of bij zoeken.
Wie iets zelf heeft vastgelegd, of wiens organisatie dat in dezelfde taak deed, kan het teruglezen zolang de leerling te
zien is. Een school leest alleen het verzuim dat zij zelf vastlegde.
";

/// The document.
pub fn matrix(convenant: &Convenant) -> String {
    let mut text = KOP.to_owned();
    text.push_str(
        "\n## Lezen\n\n*ja*: altijd. Een letter: alleen onder die voorwaarde. *+*: mag ook mee in een bestand.\n",
    );
    for kant in Kant::ALL {
        lezen(&mut text, convenant, kant);
    }
    text.push_str("\n## Wat geen convenant kan geven\n\nDit zijn grenzen van de wet en het pact. Een convenant dat eroverheen gaat, wordt geweigerd.\n\n");
    for kant in Kant::ALL {
        nooit(&mut text, kant);
    }
    text.push_str(BIJZONDER);
    vastleggen(&mut text);
    text
}

const BIJZONDER: &str = "
Daarbij komt, wat er ook in een convenant staat:

- Leerplicht en Doorstroompunt zien een leerling pas na een melding, een vrijstelling, een verzoek of bij een ontbrekende
  inschrijving; eerder alleen met een reden, en dan hoogstens naam, geboortedatum, adres, school en klas.
- Het samenwerkingsverband ziet een leerling pas na een ondersteuningsvraag die aan dit samenwerkingsverband is gesteld, of
  met toestemming voor een advies over een vrijstelling. Dat geldt voor iedereen die ervoor werkt, in welke rol ook.
- De jeugdgezondheidszorg ziet een leerling pas als een consult is gevraagd en niemand bezwaar maakte, of met toestemming.
- Wat de jeugdarts doet, het perspectief van de behandelaar en het advies over een vrijstelling zijn er voor anderen alleen
  met toestemming; voor ouders is dat zo vanaf 16 jaar.
- Wordt een ontbrekende inschrijving nagegaan, dan zien alleen leerplicht, de ouders en de leerling zelf status, klok,
  termijnen, wie aan zet is, deelname en dossier.
- Rust de klok alleen op ziekte of schorsing, dan zien leerplicht en Doorstroompunt status, klok en deelname niet, en ziet
  wie ziekte niet mag zien de status niet.
- Een ouder bij wie de leerling niet woont, ziet geen adres, telefoon of e-mail. De woorden van de ene ouder zijn voor de
  andere niet te zien.
- Toestemming voor zorg en voor de jeugdarts geven tot 12 jaar de ouders met gezag, van 12 tot en met 15 jaar ouders en
  leerling samen, en vanaf 16 jaar de leerling alleen. Het laatste woord telt.
- Wat iemand van leerplicht of de jeugdgezondheidszorg vastlegde, of wat over hen gaat, vertelt dat zij betrokken zijn. Het
  is er daarom alleen voor wie ook *stappen van leerplicht* of *betrokkenheid van de jeugdarts* mag zien.
";

/// What a position reads of each facet: the conditions, and whether it may be taken along in a file.
type Cellen = BTreeMap<Facet, Vec<(Option<String>, bool)>>;

/// Parties that read the same in a relation, and what.
struct Kolom {
    partijen: Vec<Partij>,
    relatie: Relatie,
    cellen: Cellen,
}

fn lezen(text: &mut String, convenant: &Convenant, kant: Kant) {
    let _ = writeln!(text, "\n### {}\n", kant.label());
    let kolommen = kolommen(convenant, kant);
    if kolommen.is_empty() {
        let rollen: Vec<&str> = kant.partijen().map(Partij::label).collect();
        let _ = writeln!(text, "Niemand ziet hier iets van een leerling: {}.", opsomming(&rollen));
        return;
    }
    for (nummer, kolom) in (1..).zip(&kolommen) {
        let wie: Vec<&str> = kolom.partijen.iter().map(|partij| partij.label()).collect();
        let _ = writeln!(text, "{nummer}. {}, als {}", opsomming(&wie), kolom.relatie.label());
    }
    let mut voorwaarden: Vec<String> = Vec::new();
    let _ = writeln!(text, "\n| Gegeven |{}", (1..=kolommen.len()).map(|n| format!(" {n} |")).collect::<String>());
    let _ = writeln!(text, "|---|{}", ":-:|".repeat(kolommen.len()));
    for facet in Facet::ALL {
        let cellen: Vec<String> = kolommen.iter().map(|kolom| cel(kolom.cellen.get(facet), &mut voorwaarden)).collect();
        if cellen.iter().any(|cel| !cel.is_empty()) {
            let _ =
                writeln!(text, "| {} |{}", facet.label(), cellen.iter().map(|c| format!(" {c} |")).collect::<String>());
        }
    }
    for (letter, voorwaarde) in ('a'..='z').zip(&voorwaarden) {
        let _ = writeln!(text, "{}- **{letter}**: {voorwaarde}", if letter == 'a' { "\n" } else { "" });
    }
}

fn cel(gronden: Option<&Vec<(Option<String>, bool)>>, voorwaarden: &mut Vec<String>) -> String {
    let Some(gronden) = gronden else { return String::new() };
    let file = |so: bool| if so { "+" } else { "" };
    if let Some((_, bestand)) = gronden.iter().find(|(voorwaarde, _)| voorwaarde.is_none()) {
        return format!("ja{}", file(*bestand));
    }
    let letters = gronden.iter().map(|(voorwaarde, bestand)| {
        let words = voorwaarde.clone().unwrap_or_default();
        let place = voorwaarden.iter().position(|known| *known == words).unwrap_or_else(|| {
            voorwaarden.push(words);
            voorwaarden.len() - 1
        });
        format!("{}{}", ('a'..='z').nth(place).unwrap_or('?'), file(*bestand))
    });
    letters.collect::<Vec<_>>().join(" ")
}

fn kolommen(convenant: &Convenant, kant: Kant) -> Vec<Kolom> {
    let mut kolommen: Vec<Kolom> = Vec::new();
    for relatie in Relatie::ALL {
        for partij in kant.partijen() {
            let cellen = cellen(convenant, partij, *relatie);
            if cellen.is_empty() {
                continue;
            }
            match kolommen.iter_mut().find(|kolom| kolom.relatie == *relatie && kolom.cellen == cellen) {
                Some(kolom) => kolom.partijen.push(partij),
                None => kolommen.push(Kolom { partijen: vec![partij], relatie: *relatie, cellen }),
            }
        }
    }
    kolommen
}

fn cellen(convenant: &Convenant, partij: Partij, relatie: Relatie) -> Cellen {
    let mut cellen = Cellen::new();
    let rows = convenant.regels().iter();
    for regel in rows.filter(|regel| regel.partijen.contains(partij) && regel.relaties.contains(relatie)) {
        for facet in regel.facetten.iter() {
            cellen.entry(facet).or_default().push((regel.wanneer(), regel.mag.contains(Mag::Exporteer)));
        }
    }
    cellen
}

/// Positions that have the same bound.
struct Grens {
    partijen: Vec<Partij>,
    relaties: Vec<Relatie>,
    leeftijd: &'static str,
    most: Facetten,
}

fn nooit(text: &mut String, kant: Kant) {
    let grenzen = grenzen(kant);
    if grenzen.is_empty() {
        let wie: Vec<&str> = kant.partijen().map(Partij::label).collect();
        let _ = writeln!(text, "- **{}**: leest geen dossier.", opsomming(&wie));
    }
    for Grens { partijen, relaties, leeftijd, most } in grenzen {
        let wie: Vec<&str> = partijen.iter().map(|partij| partij.label()).collect();
        let als: Vec<&str> = relaties.iter().map(|relatie| relatie.label()).collect();
        let never = Facetten::ALLE.without(most);
        // Whichever is the shorter to say.
        let (woord, wat) =
            if never.iter().count() <= most.iter().count() { ("nooit", never) } else { ("hoogstens", most) };
        let wat: Vec<&str> = wat.iter().map(Facet::label).collect();
        let _ = writeln!(
            text,
            "- **{}**, als {}{leeftijd}: {woord} {}.",
            opsomming(&wie),
            als.join("; of "),
            opsomming(&wat)
        );
    }
}

fn grenzen(kant: Kant) -> Vec<Grens> {
    let mut grenzen: Vec<Grens> = Vec::new();
    for relatie in Relatie::ALL {
        for (ages, leeftijd) in leeftijden(kant) {
            let own = |partij: &Partij| Kant::of(*partij, Relaties::of(&[*relatie])) == kant;
            let mut per_most: Vec<(Facetten, Vec<Partij>)> = Vec::new();
            for partij in kant.partijen().filter(own) {
                let most = op_zijn_ruimst(partij, *relatie, ages);
                match per_most.iter_mut().find(|(known, _)| *known == most) {
                    Some((_, partijen)) => partijen.push(partij),
                    None => per_most.push((most, vec![partij])),
                }
            }
            for (most, partijen) in per_most.into_iter().filter(|(most, _)| !most.is_empty()) {
                let same = |g: &&mut Grens| g.most == most && g.partijen == partijen && g.leeftijd == leeftijd;
                match grenzen.iter_mut().find(same) {
                    Some(grens) => grens.relaties.push(*relatie),
                    None => grenzen.push(Grens { partijen, relaties: vec![*relatie], leeftijd, most }),
                }
            }
        }
    }
    grenzen
}

fn leeftijden(kant: Kant) -> Vec<(Leeftijd, &'static str)> {
    let tot = |jaren: i16| Leeftijd { van: 0, tot_en_met: jaren - 1 };
    match kant {
        Kant::Ouder => vec![(tot(ZESTIEN), " (tot en met 15 jaar)"), (tot(MEERDERJARIG), " (16 en 17 jaar)")],
        _ => vec![(Leeftijd::ELKE, "")],
    }
}

/// The most that any convenant can give in a position, with every phase reached and every consent given.
fn op_zijn_ruimst(partij: Partij, relatie: Relatie, leeftijd: Leeftijd) -> Facetten {
    grens::hoogstens(&Situatie {
        partij,
        kant: Kant::of(partij, Relaties::of(&[relatie])),
        relatie,
        fasen: Fasen::ALLE,
        leeftijd,
        toestemming: Facetten::ALLE,
        bijzonder: Bijzonderheden::GEEN,
        woont_bij: true,
        reden: false,
    })
}

fn vastleggen(text: &mut String) {
    text.push_str("\n## Vastleggen\n\nWie wat mag vastleggen, volgt uit de wet en het pact en staat in het programma, niet in het convenant. De grondslag van\neen gegeven volgt uit de regel die het toeliet.\n\n| Gegeven | Wie | Als | Grondslag |\n|---|---|---|---|\n");
    for soort in Soort::ALL {
        for line in wie_mag(*soort) {
            let rollen: Vec<&str> = line.rollen.iter().map(|rol: &Rol| rol.label()).collect();
            let wie = if rollen.is_empty() { "–".to_owned() } else { opsomming(&rollen) };
            let naam = soort.code().replace('_', " ");
            let _ = writeln!(text, "| {naam} | {wie} | {} | {} |", line.als.in_woorden(), line.grond.label());
        }
    }
    let alone = |soort: &&Soort| wie_mag(**soort).is_empty() && !Facet::van(**soort).is_empty();
    let alleen: Vec<String> = Soort::ALL.iter().filter(alone).map(|soort| soort.code().replace('_', " ")).collect();
    let alleen: Vec<&str> = alleen.iter().map(String::as_str).collect();
    let _ = writeln!(text, "\nAlleen door een import of een eigen opdracht: {}.", opsomming(&alleen));
}
