//! `leerrecht leeslog LEERLING`: who looked at this child, when, for whom and why. Looking here is a look too.

use domain::Timestamp;
use domain::calendar::{dag_in_nederland, datum, uur_in_nederland};
use domain::region::Rules;
use lexopt::{Arg, Parser, ValueExt as _};

use super::{getal, plaats::Plaats, wacht};
use crate::fout::{Afloop, Fout, Uitkomst};
use crate::gebruik::inzage;
use crate::klok;
use crate::logboek::{Inzage, Lezer};
use crate::uitvoer::zeg;

/// Most lines shown: the newest.
const HOOGSTENS: usize = 1_000;
/// Heads of the columns.
const KOPPEN: [&str; 5] = ["Moment", "Functie", "Organisatie", "Getoond", "Reden"];

/// Shows the read log of one child, newest first.
pub(super) fn run(plaats: &Plaats, woorden: &mut Parser) -> Uitkomst {
    let (mut wie, mut reden) = (None, None);
    while let Some(woord) = woorden.next()? {
        match woord {
            Arg::Value(woord) if wie.is_none() => wie = Some(woord.string()?),
            Arg::Long("reden") => reden = Some(woorden.value()?.string()?),
            _ => return Err(woord.unexpected().into()),
        }
    }
    let wie = wie.ok_or_else(|| Fout::gebruik("Noem de leerling: een nummer als L-0000-0000-0000, of 90AA00:1234."))?;
    let reden = reden.ok_or_else(|| Fout::gebruik("Noem met --reden TEKST waarom u dit wilt zien."))?;
    wacht(async {
        let logboek = plaats.open().await?;
        let leerling = inzage::leerling(&logboek.register(), &wie)?;
        let lezer = Lezer::beheer(&logboek.register()).ok_or_else(|| {
            Fout::kan_niet("Dit register heeft nog geen regio. Maak het opnieuw met `leerrecht init`.")
        })?;
        logboek.gelezen(klok::nu(), &lezer, &[leerling], "leeslog", &reden).await?;
        let inzagen = logboek.inzagen(leerling, HOOGSTENS + 1).await?;
        let register = logboek.register();
        let rules = register.rules();
        if plaats.json {
            zeg!("{}", als_json(&inzagen, rules));
        } else {
            tabel(&inzagen, rules).iter().for_each(|regel| zeg!("{regel}"));
        }
        Ok(Afloop::Goed)
    })
}

/// "3 maart 2026, 12.05 uur", as clocks in the Netherlands showed.
fn moment(moment: Timestamp) -> String {
    let (uur, minuut) = uur_in_nederland(moment);
    format!("{}, {uur}.{minuut:02} uur", datum(dag_in_nederland(moment)))
}

fn organisatie<'a>(inzage: &Inzage, rules: &'a Rules) -> &'a str {
    inzage.organisatie.map_or("–", |id| rules.naam(id))
}

/// The lines of a table in columns as wide as their widest word.
fn tabel(inzagen: &[Inzage], rules: &Rules) -> Vec<String> {
    let getoond = inzagen.iter().take(HOOGSTENS);
    let rij = |inzage: &Inzage| {
        let Inzage { functie, wat, reden, .. } = inzage;
        [moment(inzage.moment), functie.clone(), organisatie(inzage, rules).to_owned(), wat.clone(), reden.clone()]
    };
    let rijen: Vec<[String; 5]> = std::iter::once(KOPPEN.map(str::to_owned)).chain(getoond.map(rij)).collect();
    let mut breed = [0; 5];
    for rij in &rijen {
        for (breedte, cel) in breed.iter_mut().zip(rij) {
            *breedte = cel.chars().count().max(*breedte);
        }
    }
    let regel = |rij: &[String; 5]| {
        let cellen: Vec<String> = rij.iter().zip(breed).map(|(cel, breedte)| format!("{cel:breedte$}")).collect();
        cellen.join("  ").trim_end().to_owned()
    };
    let mut regels: Vec<String> = rijen.iter().map(regel).collect();
    if inzagen.len() > HOOGSTENS {
        regels.push(format!("Dit zijn de {} nieuwste; er zijn er meer.", getal(HOOGSTENS as u64)));
    }
    regels
}

fn als_json(inzagen: &[Inzage], rules: &Rules) -> serde_json::Value {
    let inzage = |inzage: &Inzage| {
        serde_json::json!({
            "moment": inzage.moment.to_string(),
            "functie": inzage.functie,
            "organisatie": inzage.organisatie.map(|id| rules.naam(id)),
            "getoond": inzage.wat,
            "reden": inzage.reden,
        })
    };
    serde_json::json!({
        "inzagen": inzagen.iter().take(HOOGSTENS).map(inzage).collect::<Vec<_>>(),
        "er_zijn_er_meer": inzagen.len() > HOOGSTENS,
    })
}

#[cfg(test)]
mod tests {
    use domain::ids::LeerlingId;

    use super::*;
    use crate::logboek::proef::*;

    fn inzage(moment: &str, functie: &str, reden: &str) -> Inzage {
        let moment = moment.parse().unwrap();
        Inzage { moment, functie: functie.into(), organisatie: None, wat: "stand".into(), reden: reden.into() }
    }

    #[test]
    fn columns_are_as_wide_as_their_widest_word() {
        let inzagen = [
            inzage("2026-03-03T11:05:00Z", "leerplichtambtenaar", "melding"),
            inzage("2026-07-03T11:05:00Z", "mentor", "gesprek"),
        ];
        assert_eq!(
            tabel(&inzagen, &Rules::default()),
            [
                "Moment                   Functie              Organisatie  Getoond  Reden",
                "3 maart 2026, 12.05 uur  leerplichtambtenaar  –            stand    melding",
                "3 juli 2026, 13.05 uur   mentor               –            stand    gesprek",
            ]
        );
    }

    #[test]
    fn more_lines_than_are_shown_are_mentioned() {
        let inzagen = vec![inzage("2026-03-03T11:05:00Z", "mentor", "gesprek"); HOOGSTENS + 1];
        let regels = tabel(&inzagen, &Rules::default());
        assert_eq!(regels.len(), HOOGSTENS + 2);
        assert_eq!(regels.last().map(String::as_str), Some("Dit zijn de 1.000 nieuwste; er zijn er meer."));
    }

    #[test]
    fn looking_in_the_read_log_is_a_look_too() {
        let (mut plek, mut sam) = (None, String::new());
        speel(async {
            let (nieuw, mut logboek) = Plek::new().await;
            stel(&mut logboek, vec![regio(), thuis(SAM, "thuis")]).await;
            (plek, sam) = (Some(nieuw), SAM.to_string());
        });
        let plek = plek.unwrap();
        let plaats = Plaats { data: plek.data(), sleutel: plek.sleutel(), json: false };
        let vraag = |words: &[&str]| run(&plaats, &mut Parser::from_args(words));
        let niemand = LeerlingId::new(99).to_string();
        let gevallen: [(&[&str], &str); 5] = [
            (&["--reden", "klacht"], "Noem de leerling"),
            (&[&sam], "--reden TEKST"),
            (&[&sam, "--reden", " "], "Schrijf kort op waarom"),
            (&[&niemand, "--reden", "klacht"], "staat niet in dit register"),
            (&["90AA00:12", "--reden", "klacht"], "staat niet in dit register"),
        ];
        for (words, melding) in gevallen {
            let fout = vraag(words).expect_err("refused").to_string();
            assert!(fout.contains(melding), "{words:?}: {fout}");
        }
        assert_eq!(vraag(&[&sam, "--reden", "klacht van ouders"]).unwrap(), Afloop::Goed);
        speel(async {
            let logboek = plek.open().await;
            let inzagen = logboek.inzagen(SAM, 9).await.unwrap();
            let json = als_json(&inzagen, logboek.register().rules());
            assert_eq!(inzagen.len(), 1, "a refused question is no look");
            assert_eq!(json["inzagen"][0]["reden"], "klacht van ouders");
            assert_eq!(json["inzagen"][0]["organisatie"], "Proefregio");
            assert_eq!(json["er_zijn_er_meer"], false);
        });
    }
}
