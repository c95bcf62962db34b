//! `leerrecht plicht`: leerplicht, kwalificatieplicht, own duty and hours off of one child on one day, as JSON. Needs
//! no register: everything it knows is on the command line.

use std::ffi::OsString;
use std::fmt;

use domain::Date;
use domain::calendar::{Schoolkalender, Vakantieregio, datum};
use domain::finding::{Finding, Gap};
use domain::period::age;
use domain::plicht::{
    Antwoord, Plicht, Schoolloopbaan, Urenvrijstelling, Verantwoordelijk, eigen_plicht, kwalificatieplicht, leerplicht,
    urenvrijstelling, verantwoordelijk,
};
use lexopt::prelude::{Long, Short, Value, ValueExt};
use serde::Serialize;

use crate::fout::{Afloop, Fout, Uitkomst as Uitgevoerd};
use crate::uitvoer::zeg;

/// The most words on the command line; there is no use for more.
const MAX_WOORDEN: usize = 64;
/// The most school years anybody follows.
const MAX_SCHOOLJAREN: u8 = 20;
/// The oldest age for which the question makes sense, in years.
const MAX_LEEFTIJD: i16 = 120;
/// Hours that `--uitbreiding-11a` stands for: what the head may grant at most.
const UITBREIDING_UREN: u8 = 5;

/// How the command is used.
pub const GEBRUIK: &str = "Gebruik: leerrecht plicht --geboren DATUM --op DATUM [--vakantieregio Noord|Midden|Zuid] \
[--schooljaren N] [--startkwalificatie] [--pro-getuigschrift] [--vso-arbeid-of-dagbesteding] [--uitbreiding-11a]";

/// A command that was not understood; the text tells the user what is wrong and what is allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gebruiksfout(String);

impl fmt::Display for Gebruiksfout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{GEBRUIK}", self.0)
    }
}

impl std::error::Error for Gebruiksfout {}

/// Prints the answer.
pub(super) fn run(woorden: &mut lexopt::Parser) -> Uitgevoerd {
    let woorden: Vec<OsString> = woorden.raw_args()?.collect();
    zeg!("{}", plicht(woorden).map_err(|fout| Fout::gebruik(fout.to_string()))?);
    Ok(Afloop::Goed)
}

/// Answers `leerrecht plicht`; `woorden` are the words after the verb. Returns the JSON to print.
///
/// # Errors
/// When the words are not understood, or the dates cannot be.
pub fn plicht(woorden: impl IntoIterator<Item = OsString>) -> Result<String, Gebruiksfout> {
    let vraag = Vraag::lees(woorden)?;
    serde_json::to_string_pretty(&vraag.beantwoord())
        .map_err(|fout| Gebruiksfout(format!("Het antwoord is niet op te schrijven: {fout}.")))
}

/// What is asked.
struct Vraag {
    geboren: Date,
    op: Date,
    kalender: Schoolkalender,
    loopbaan: Schoolloopbaan,
    uren_door_hoofd: u8,
}

impl Vraag {
    fn lees(woorden: impl IntoIterator<Item = OsString>) -> Result<Self, Gebruiksfout> {
        let (mut geboren, mut op, mut regio, mut schooljaren) = (None, None, None, None);
        let (mut startkwalificatie, mut pro_getuigschrift, mut vso, mut uitbreiding) = (false, false, false, false);
        let mut parser = lexopt::Parser::from_args(woorden.into_iter().take(MAX_WOORDEN));
        while let Some(woord) = parser.next().map_err(|fout| verkeerd_woord(&fout))? {
            match woord {
                Long("geboren") => geboren = Some(lees_datum("--geboren", &tekst(&mut parser, "--geboren")?)?),
                Long("op") => op = Some(lees_datum("--op", &tekst(&mut parser, "--op")?)?),
                Long("vakantieregio") => regio = Some(lees_regio(&tekst(&mut parser, "--vakantieregio")?)?),
                Long("schooljaren") => schooljaren = Some(lees_schooljaren(&tekst(&mut parser, "--schooljaren")?)?),
                Long("startkwalificatie") => startkwalificatie = true,
                Long("pro-getuigschrift") => pro_getuigschrift = true,
                Long("vso-arbeid-of-dagbesteding") => vso = true,
                Long("uitbreiding-11a") => uitbreiding = true,
                Long(vlag) => return Err(Gebruiksfout(format!("De optie --{vlag} bestaat niet."))),
                Short(vlag) => return Err(Gebruiksfout(format!("De optie -{vlag} bestaat niet."))),
                Value(woord) => {
                    return Err(Gebruiksfout(format!(
                        "Het woord \"{}\" hoort bij geen optie.",
                        woord.to_string_lossy()
                    )));
                }
            }
        }
        let geboren = geboren.ok_or_else(|| ontbreekt("--geboren", "de geboortedatum"))?;
        let op = op.ok_or_else(|| ontbreekt("--op", "de dag waarover u het wilt weten"))?;
        check_leeftijd(geboren, op)?;
        Ok(Vraag {
            geboren,
            op,
            kalender: regio.map_or_else(Schoolkalender::zonder_regio, Schoolkalender::van_regio),
            loopbaan: Schoolloopbaan {
                schooljaren,
                startkwalificatie: Some(startkwalificatie),
                pro_getuigschrift: Some(pro_getuigschrift),
                vso_arbeid_of_dagbesteding: Some(vso),
            },
            uren_door_hoofd: if uitbreiding { UITBREIDING_UREN } else { 0 },
        })
    }

    fn beantwoord(&self) -> Uitkomst {
        let Vraag { geboren, op, ref kalender, ref loopbaan, uren_door_hoofd } = *self;
        Uitkomst {
            geboren: geboren.to_string(),
            op: op.to_string(),
            leerplichtig: Oordeel::van_plicht(leerplicht(geboren, op, kalender, loopbaan)),
            kwalificatieplichtig: Oordeel::van_plicht(kwalificatieplicht(geboren, op, kalender, loopbaan)),
            eigen_plicht: Oordeel::van_plicht(eigen_plicht(geboren, op, kalender, loopbaan)),
            vrijstelling_uren_per_week: Oordeel::van_uren(urenvrijstelling(geboren, op, kalender, uren_door_hoofd)),
            verantwoordelijk: Oordeel::van_verantwoordelijke(verantwoordelijk(geboren, op)),
        }
    }
}

/// What is printed.
#[derive(Serialize)]
struct Uitkomst {
    geboren: String,
    op: String,
    leerplichtig: Oordeel<Option<bool>>,
    kwalificatieplichtig: Oordeel<Option<bool>>,
    eigen_plicht: Oordeel<Option<bool>>,
    vrijstelling_uren_per_week: Oordeel<u8>,
    verantwoordelijk: Oordeel<&'static str>,
}

/// One answer; a `waarde` of null is onbekend.
#[derive(Serialize)]
struct Oordeel<T> {
    waarde: T,
    omdat: Vec<String>,
    grond: Vec<Grond>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    onbekend: Vec<String>,
}

/// A rule, as cited.
#[derive(Serialize)]
struct Grond {
    regel: &'static str,
    bron: &'static str,
    versie: &'static str,
}

impl<T> Oordeel<T> {
    fn new<U>(finding: Finding<U>, in_woorden: impl FnOnce(U) -> (T, Vec<String>)) -> Self {
        let grond = finding.under.iter().map(|rule| Grond { regel: rule.regel, bron: rule.bron, versie: rule.versie });
        let (grond, onbekend) = (grond.collect(), finding.gaps.iter().map(gat_in_woorden).collect());
        let (waarde, omdat) = in_woorden(finding.value);
        Oordeel { waarde, omdat, grond, onbekend }
    }
}

impl Oordeel<Option<bool>> {
    fn van_plicht(finding: Finding<Plicht>) -> Self {
        Oordeel::new(finding, |plicht| {
            let waarde = match plicht.geldt {
                Antwoord::Ja => Some(true),
                Antwoord::Nee => Some(false),
                Antwoord::Onbekend => None,
            };
            (waarde, plicht.redenen.iter().map(ToString::to_string).collect())
        })
    }
}

impl Oordeel<u8> {
    fn van_uren(finding: Finding<Urenvrijstelling>) -> Self {
        Oordeel::new(finding, |uren| (uren.totaal(), uren.redenen.iter().map(ToString::to_string).collect()))
    }
}

impl Oordeel<&'static str> {
    fn van_verantwoordelijke(finding: Finding<Verantwoordelijk>) -> Self {
        Oordeel::new(finding, |wie| match wie {
            Verantwoordelijk::OudersEnVerzorgers => {
                ("ouders", vec!["Wie het gezag heeft en wie de jongere verzorgt, zijn verantwoordelijk.".to_owned()])
            }
            Verantwoordelijk::JongereZelf => {
                ("jongere", vec!["De jongere is achttien of ouder en is zelf verantwoordelijk.".to_owned()])
            }
        })
    }
}

fn gat_in_woorden(gat: &Gap) -> String {
    match gat {
        Gap::Ontbreekt(wat) | Gap::BuitenBereik(wat) => wat.clone(),
        Gap::Tegenspraak { over, .. } => format!("Bronnen zeggen iets anders over {over}."),
        Gap::Onbekend { van, tot_en_met, schooldagen } => {
            format!("Van {} t/m {} zijn {schooldagen} schooldagen onbekend.", datum(*van), datum(*tot_en_met))
        }
    }
}

fn tekst(parser: &mut lexopt::Parser, vlag: &str) -> Result<String, Gebruiksfout> {
    let value = parser.value().map_err(|_| Gebruiksfout(format!("Achter {vlag} ontbreekt een waarde.")))?;
    value.string().map_err(|_| Gebruiksfout(format!("De waarde achter {vlag} is geen leesbare tekst.")))
}

/// Reads an ISO date or dd-mm-jjjj.
pub(super) fn lees_datum(vlag: &str, tekst: &str) -> Result<Date, Gebruiksfout> {
    let dutch = || {
        let [dag, maand, jaar] = <[&str; 3]>::try_from(tekst.split('-').collect::<Vec<_>>()).ok()?;
        let whole = (dag.len(), maand.len(), jaar.len()) == (2, 2, 4);
        Date::new(jaar.parse().ok()?, maand.parse().ok()?, dag.parse().ok()?).ok().filter(|_| whole)
    };
    let iso = || (tekst.len() == 10).then(|| tekst.parse().ok()).flatten();
    iso().or_else(dutch).ok_or_else(|| {
        Gebruiksfout(format!(
            "De datum \"{tekst}\" achter {vlag} bestaat niet. Schrijf jjjj-mm-dd of dd-mm-jjjj, zoals 2026-03-03."
        ))
    })
}

fn lees_regio(tekst: &str) -> Result<Vakantieregio, Gebruiksfout> {
    Vakantieregio::from_naam(tekst).ok_or_else(|| {
        Gebruiksfout(format!(
            "De vakantieregio \"{tekst}\" bestaat niet. Kies Noord, Midden of Zuid, of laat --vakantieregio weg."
        ))
    })
}

fn lees_schooljaren(tekst: &str) -> Result<u8, Gebruiksfout> {
    tekst.parse().ok().filter(|jaren| *jaren <= MAX_SCHOOLJAREN).ok_or_else(|| {
        Gebruiksfout(format!(
            "Het aantal schooljaren \"{tekst}\" klopt niet. Geef het aantal volledige schooljaren, 0 t/m {MAX_SCHOOLJAREN}."
        ))
    })
}

fn check_leeftijd(geboren: Date, op: Date) -> Result<(), Gebruiksfout> {
    if op < geboren {
        return Err(Gebruiksfout(format!(
            "De geboortedatum {} ligt na {}, de dag achter --op. Controleer beide datums.",
            datum(geboren),
            datum(op)
        )));
    }
    if age(geboren, op) > MAX_LEEFTIJD {
        return Err(Gebruiksfout(format!(
            "Wie op {} is geboren, is ouder dan {MAX_LEEFTIJD} jaar op {}. Controleer beide datums.",
            datum(geboren),
            datum(op)
        )));
    }
    Ok(())
}

fn ontbreekt(vlag: &str, wat: &str) -> Gebruiksfout {
    Gebruiksfout(format!("De optie {vlag} ontbreekt: {wat}, zoals {vlag} 2026-03-03."))
}

fn verkeerd_woord(fout: &lexopt::Error) -> Gebruiksfout {
    match fout {
        lexopt::Error::UnexpectedValue { option, .. } => {
            Gebruiksfout(format!("Bij de optie {option} hoort geen waarde."))
        }
        _ => Gebruiksfout("Een van de woorden is niet te lezen.".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn antwoord(woorden: &str) -> Value {
        let json = plicht(woorden.split(' ').map(OsString::from)).unwrap();
        serde_json::from_str(&json).unwrap()
    }

    fn fout(woorden: &str) -> String {
        plicht(woorden.split(' ').filter(|woord| !woord.is_empty()).map(OsString::from)).unwrap_err().to_string()
    }

    #[test]
    fn every_answer_has_its_value_reasons_and_grounds() {
        for (woorden, leerplichtig, kwalificatieplichtig, eigen_plicht, uren) in [
            ("--geboren 2021-03-10 --op 2026-03-31 --vakantieregio Noord", false, false, false, 0),
            ("--geboren 2021-03-10 --op 2026-04-01 --vakantieregio Noord", true, false, false, 5),
            ("--geboren 2021-03-10 --op 01-04-2026 --vakantieregio noord --uitbreiding-11a", true, false, false, 10),
            ("--geboren=2014-03-03 --op=2026-03-03 --vakantieregio=Noord", true, false, true, 0),
            ("--geboren 2010-03-03 --op 2026-08-01 --vakantieregio Zuid", false, true, true, 0),
            ("--geboren 2010-09-15 --op 2026-08-01 --schooljaren 12", false, true, true, 0),
            ("--geboren 2010-03-03 --op 2026-08-01 --startkwalificatie", false, false, false, 0),
            ("--geboren 2010-03-03 --op 2026-08-01 --pro-getuigschrift", false, false, false, 0),
            ("--geboren 2010-03-03 --op 2026-08-01 --vso-arbeid-of-dagbesteding", false, false, false, 0),
            ("--geboren 2008-03-03 --op 2026-03-03", false, false, false, 0),
        ] {
            let answer = antwoord(woorden);
            for (veld, expected) in [
                ("leerplichtig", json!(leerplichtig)),
                ("kwalificatieplichtig", json!(kwalificatieplichtig)),
                ("eigen_plicht", json!(eigen_plicht)),
                ("vrijstelling_uren_per_week", json!(uren)),
            ] {
                let oordeel = &answer[veld];
                assert_eq!(oordeel["waarde"], expected, "{veld} of {woorden}");
                assert!(!oordeel["omdat"].as_array().unwrap().is_empty(), "{veld} of {woorden}");
                assert!(!oordeel["grond"].as_array().unwrap().is_empty(), "{veld} of {woorden}");
                assert_eq!(oordeel.get("onbekend"), None, "{veld} of {woorden}");
            }
        }
    }

    #[test]
    fn reasons_are_sentences_and_grounds_name_the_article_and_the_version_read() {
        let leerplichtig = &antwoord("--geboren 2021-07-05 --op 2026-08-17 --vakantieregio Noord")["leerplichtig"];
        assert_eq!(
            leerplichtig["omdat"][0],
            "De leerplicht begon op 17 augustus 2026: de eerste schooldag van de maand na de vijfde verjaardag op 5 juli 2026."
        );
        assert_eq!(
            leerplichtig["grond"][0],
            json!({"regel": "1", "bron": "Leerplichtwet 1969, art. 3 lid 1", "versie": "2018-07-28"})
        );
    }

    #[test]
    fn what_is_not_known_is_said_with_what_it_would_change() {
        let zonder_regio = antwoord("--geboren 2021-07-05 --op 2026-08-20");
        assert_eq!(zonder_regio["leerplichtig"]["waarde"], Value::Null);
        assert!(zonder_regio["leerplichtig"]["onbekend"][0].as_str().unwrap().contains("vakantieregio"));

        let zonder_jaren = antwoord("--geboren 2010-09-15 --op 2026-03-03 --vakantieregio Noord");
        assert_eq!(zonder_jaren["leerplichtig"]["waarde"], json!(true));
        assert!(zonder_jaren["leerplichtig"]["onbekend"][0].as_str().unwrap().contains("twaalf of meer"));
        assert_eq!(zonder_jaren["eigen_plicht"].get("onbekend"), None);
    }

    #[test]
    fn of_age_means_responsible_oneself() {
        assert_eq!(antwoord("--geboren 2008-03-03 --op 2026-03-03")["verantwoordelijk"]["waarde"], "jongere");
        assert_eq!(antwoord("--geboren 2008-03-04 --op 2026-03-03")["verantwoordelijk"]["waarde"], "ouders");
    }

    #[test]
    fn wrong_use_is_explained_in_dutch_with_what_is_allowed() {
        for (woorden, expected) in [
            ("", "De optie --geboren ontbreekt"),
            ("--geboren 2012-03-10", "De optie --op ontbreekt"),
            ("--geboren", "Achter --geboren ontbreekt een waarde."),
            ("--geboren 2012-02-30 --op 2026-03-03", "De datum \"2012-02-30\" achter --geboren bestaat niet."),
            ("--geboren 10-3-2012 --op 2026-03-03", "De datum \"10-3-2012\" achter --geboren bestaat niet."),
            ("--geboren 2027-01-01 --op 2026-03-03", "De geboortedatum 1 januari 2027 ligt na 3 maart 2026"),
            ("--geboren 1800-01-01 --op 2026-03-03", "Wie op 1 januari 1800 is geboren, is ouder dan 120 jaar"),
            ("--geboren 2012-03-10 --op 2026-03-03 --vakantieregio Oost", "De vakantieregio \"Oost\" bestaat niet."),
            ("--geboren 2012-03-10 --op 2026-03-03 --schooljaren 21", "Het aantal schooljaren \"21\" klopt niet."),
            ("--geboren 2012-03-10 --op 2026-03-03 --schooljaren -1", "Het aantal schooljaren \"-1\" klopt niet."),
            ("--geboren 2012-03-10 --op 2026-03-03 --naam Sam", "De optie --naam bestaat niet."),
            ("--geboren 2012-03-10 --op 2026-03-03 -x", "De optie -x bestaat niet."),
            ("--geboren 2012-03-10 --op 2026-03-03 Sam", "Het woord \"Sam\" hoort bij geen optie."),
            (
                "--geboren 2012-03-10 --op 2026-03-03 --startkwalificatie=ja",
                "Bij de optie --startkwalificatie hoort geen waarde.",
            ),
        ] {
            let text = fout(woorden);
            assert!(text.starts_with(expected), "{woorden}: {text}");
            assert!(text.ends_with(GEBRUIK));
        }
    }
}
