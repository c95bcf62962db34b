//! The derivation as plain text: first where the child stands, then part by part what that rests on.

use domain::calendar::{datum, datum_met_dag};
use domain::dossier::{Dossier, Einde, Opening};
use domain::finding::Citation;
use domain::klok::{Klok, KlokStand};
use domain::plicht::Antwoord;
use domain::rules::regel;
use domain::{Date, deelname::Lesweek};

use super::explain::{Gegeven, UitgelegdeTermijn, Uitleg};
use super::woorden::{Blad, dag, uren, zonder_punt};
use super::{Peil, tekst as woorden_van};

/// The whole text of `explain`.
pub(super) fn tekst(uitleg: &Uitleg, peil: &Peil) -> String {
    let stand = &uitleg.stand;
    let mut blad = Blad::default();
    blad.kop(&format!("Uitleg bij {} op {}", stand.leerling, datum_met_dag(stand.op)));
    blad.wit();
    woorden_van::schrijf(&mut blad, stand, peil);
    plicht_en_dossier(&mut blad, uitleg);
    klokken(&mut blad, uitleg);
    definities(&mut blad, uitleg);
    deel(
        &mut blad,
        "Gegevens waarop dit rust",
        uitleg.gebruikt.iter().map(|gegeven| gegeven_woorden(gegeven, stand.op)),
    );
    deel(
        &mut blad,
        "Vervangen en ingetrokken gegevens",
        uitleg.vervallen.iter().map(|gegeven| gegeven_woorden(gegeven, stand.op)),
    );
    if uitleg.overig > 0 {
        blad.wit();
        blad.alinea(&match uitleg.overig {
            1 => "Er is nog 1 ander gegeven; dat doet aan deze stand niets toe of af.".to_owned(),
            n => format!("Er zijn nog {n} andere gegevens; die doen aan deze stand niets toe of af."),
        });
    }
    deel(&mut blad, "Regels", uitleg.regels.iter().map(|citation| regel_woorden(citation, stand.op)));
    deelname(&mut blad, &uitleg.deelname);
    termijnen(&mut blad, &uitleg.termijnen, stand.op);
    deel(&mut blad, "Zonder aanleiding", uitleg.zonder_aanleiding.iter().map(|zonder| format!("{zonder}.")));
    blad.tekst()
}

/// A part with a list; left out when the list is empty.
fn deel(blad: &mut Blad, kop: &str, punten: impl Iterator<Item = String>) {
    let mut punten = punten.peekable();
    if punten.peek().is_some() {
        blad.wit();
        blad.kop(kop);
        punten.for_each(|punt| blad.punt(&punt));
    }
}

fn plicht_en_dossier(blad: &mut Blad, uitleg: &Uitleg) {
    let duty = plichtig(uitleg.plichtig);
    let file = dossier_woorden(uitleg.dossier, uitleg.stand.op);
    deel(
        blad,
        "Plicht en dossier",
        [format!("Leerplichtig of kwalificatieplichtig: {duty}."), format!("Dossier: {file}.")].into_iter(),
    );
}

/// Whether a duty holds, in words.
pub(super) fn plichtig(antwoord: Antwoord) -> &'static str {
    match antwoord {
        Antwoord::Ja => "ja",
        Antwoord::Nee => "nee",
        Antwoord::Onbekend => "niet bekend",
    }
}

/// Whether there is a dossier, and through what.
pub(super) fn dossier_woorden(dossier: Dossier, op: Date) -> String {
    match dossier {
        Dossier::Geen => "geen".to_owned(),
        Dossier::Open { sinds, door } => {
            let by = match door {
                Opening::Melding(_) => "een melding",
                Opening::Verantwoordelijke(_) => "het aanwijzen van een verantwoordelijke",
                Opening::Signaal(_) => "een opgepakt signaal",
                Opening::Klok => "de klok",
            };
            format!("open sinds {}, door {by}", dag(sinds, op))
        }
        Dossier::Gesloten { op: closed, door } => {
            let by = match door {
                Einde::Sluiting(_) => "door een medewerker",
                Einde::EindePlicht => "door het einde van de plicht",
            };
            format!("gesloten op {}, {by}", dag(closed, op))
        }
    }
}

fn klokken(blad: &mut Blad, uitleg: &Uitleg) {
    let op = uitleg.stand.op;
    deel(blad, "Klokken", uitleg.klokken.iter().map(|klok| klok_woorden(klok, op)));
}

fn klok_woorden(klok: &Klok, op: Date) -> String {
    let stand = stand_van_klok(klok.stand, op);
    let begin = dag(klok.begin, op);
    let warnings: Vec<String> =
        klok.waarschuwingen.iter().map(|warning| format!("week {} op {}", warning.week, dag(warning.op, op))).collect();
    let warned = if warnings.is_empty() { String::new() } else { format!(" Waarschuwingen: {}.", warnings.join(", ")) };
    format!(
        "Vanaf {begin}; te weten sinds {}; {stand}; dag {}; drie maanden om op {}; doorzettingsmacht uiterlijk {}.{warned}",
        dag(klok.gebleken, op),
        klok.dag,
        dag(klok.doel, op),
        dag(klok.doorzettingsmacht_uiterlijk, op)
    )
}

/// How a clock stands, in words.
pub(super) fn stand_van_klok(stand: KlokStand, op: Date) -> String {
    match stand {
        KlokStand::Loopt => "loopt".to_owned(),
        KlokStand::AanbodNietEens => "aanbod gedaan, niet eens".to_owned(),
        KlokStand::AanbodInBeproeving => "loopt; aanbod in de eerste weken".to_owned(),
        KlokStand::Gestopt { vanaf, .. } => format!("staat stil sinds {}: aanbod gestart", dag(vanaf, op)),
        KlokStand::ZorgLoopt { vanaf, .. } => format!("zorg loopt sinds {}, leren nog niet", dag(vanaf, op)),
        KlokStand::Gesloten { op: closed } => format!("gesloten op {}", dag(closed, op)),
        KlokStand::Terug { op: back } => format!("terug op school sinds {}", dag(back, op)),
    }
}

fn definities(blad: &mut Blad, uitleg: &Uitleg) {
    let op = uitleg.stand.op;
    let words = uitleg.definities.iter().map(|(definitie, found)| {
        let counts = match found {
            Some(found) => format!("telt mee sinds {} ({})", dag(found.sinds, op), found.zekerheid.woord()),
            None => "telt niet mee".to_owned(),
        };
        format!("{} ({}): {counts}.", zonder_punt(definitie.inhoud), definitie.bron.bron)
    });
    deel(blad, "Onder welke omschrijving dit telt", words);
}

fn gegeven_woorden(gegeven: &Gegeven, op: Date) -> String {
    let Gegeven { nummer, wat, dagen, gezegd_op, door, bron, grond, vervangen } = gegeven;
    let replaced = match vervangen {
        Some((by, Some(reden))) => format!(" Ingetrokken door gegeven {by}: {}.", zonder_punt(reden)),
        Some((by, None)) => format!(" Vervangen door gegeven {by}."),
        None => String::new(),
    };
    let told = dag(*gezegd_op, op);
    format!(
        "Gegeven {nummer}: {wat}; {dagen}. Opgegeven op {told} door {door}. Bron: {bron}. Grond: {grond}.{replaced}"
    )
}

fn regel_woorden(citation: &Citation, op: Date) -> String {
    let says = regel(citation.regel, op).map(|regel| format!(" {}", regel.inhoud)).unwrap_or_default();
    let version = versie(citation.versie).map(|versie| format!(" (gelezen tekst: {versie})")).unwrap_or_default();
    let numbered = citation.regel.bytes().all(|byte| byte.is_ascii_digit());
    let number = if numbered { format!("Regel {}. ", citation.regel) } else { String::new() };
    format!("{number}{}{version}.{says}", citation.bron)
}

/// The version of a text in words; `None` when it has none.
fn versie(versie: &str) -> Option<String> {
    if versie.is_empty() {
        return None;
    }
    let first_of_month = format!("{versie}-01");
    let in_words = versie.parse::<Date>().map(datum);
    // Of some texts only the month is known.
    let month = || first_of_month.parse::<Date>().map(|day| datum(day).trim_start_matches("1 ").to_owned());
    Some(in_words.or_else(|_| month()).unwrap_or_else(|_| versie.to_owned()))
}

fn deelname(blad: &mut Blad, weken: &[Lesweek]) {
    if weken.is_empty() {
        return;
    }
    blad.wit();
    blad.kop("Deelname per lesweek");
    blad.rij(rij(["week van", "schooldagen", "niet bekend", "rooster", "gevolgd", "deelname"].map(str::to_owned)));
    for week in weken {
        let meting = &week.meting;
        let percent = meting.procent().map_or_else(|| "niet bekend".to_owned(), |procent| format!("{procent}%"));
        blad.rij(rij([
            datum(week.maandag),
            meting.schooldagen.to_string(),
            meting.onbekend.to_string(),
            uren(meting.rooster),
            uren(meting.gerealiseerd),
            percent,
        ]));
    }
}

/// A row of the table: the first column to the left, numbers to the right.
fn rij([week, dagen, onbekend, rooster, gevolgd, procent]: [String; 6]) -> String {
    format!("  {week:<18}{dagen:>12}{onbekend:>13}{rooster:>12}{gevolgd:>12}{procent:>13}")
}

fn termijnen(blad: &mut Blad, termijnen: &[UitgelegdeTermijn], op: Date) {
    if termijnen.is_empty() {
        return;
    }
    blad.wit();
    blad.kop("Alle termijnen");
    for uitgelegd in termijnen {
        let termijn = &uitgelegd.regel.termijn;
        blad.punt(&format!("{} ({})", zonder_punt(&termijn.wat), uitgelegd.regel.wie));
        blad.daaronder(&format!("{}.", woorden_van::termijn_woorden(termijn, op)));
        blad.daaronder(&format!(
            "Aanleiding: {}. Termijn: {}. Regel {}, {}.",
            uitgelegd.aanleiding,
            termijn.norm.in_woorden(),
            termijn.regel.regel,
            termijn.regel.bron
        ));
        if let Some(by) = uitgelegd.vervuld_door {
            blad.daaronder(&format!("Gedaan met gegeven {by}{}.", op_tijd(termijn.op_tijd())));
        }
        uitgelegd.gaten.iter().for_each(|gat| blad.daaronder(&format!("Niet bekend: {}.", zonder_punt(gat))));
    }
}

fn op_tijd(in_time: Option<bool>) -> &'static str {
    match in_time {
        Some(true) => ", op tijd",
        Some(false) => ", na de laatste dag",
        None => "",
    }
}
