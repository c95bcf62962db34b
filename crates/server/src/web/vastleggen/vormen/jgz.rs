//! Youth health care: its consult, of which only the steps are kept here, and on consent an advice on participation.

use domain::body::{Body, Consult, ConsultStap, DeelnameAdvies, Onderwerp, Soort};

use super::super::mensen::telefoons;
use super::super::opzet::{GEWOON, Invoer, Opzet, Veld, dag, dagen, op_dag, uren, van_tot, vandaag, woorden};
use crate::web::kader::SCHOOL;

/// Asked, planned, held, or not wanted.
pub const CONSULT: Opzet = Opzet {
    blad: "consult",
    pad: "/leerling/{leerling}/consult",
    soort: Soort::Consult,
    titel: "Consult van de jeugdarts",
    uitleg: "Alleen dát er een consult is. Wat er besproken wordt, blijft bij de jeugdarts. Ouders en leerling weten het vooraf en mogen nee zeggen.",
    vooraf: telefoons,
    velden: |zicht, _| {
        use ConsultStap::{Bezwaar, Gehouden, Gepland, Gevraagd};
        let school = SCHOOL.contains(&zicht.bezoek.rol);
        let these = if school { vec![Gevraagd, Bezwaar] } else { vec![Gevraagd, Gepland, Gehouden, Bezwaar] };
        let these = these.into_iter().map(|stap| (stap.code().to_owned(), stap.label().to_owned())).collect();
        vec![Veld::new("stap", "Welke stap?", Invoer::Rondjes(these)), dag("dag", "Wanneer?")]
    },
    begin: |zicht, _| vec![vandaag(zicht)],
    lees: |l| {
        let (stap, dag) = (l.f.keuze("stap", ConsultStap::from_code), l.op_dag());
        Some(vec![(dag?, Consult { stap: stap? }.into())])
    },
    vul: |geldig, body| match body {
        Body::Consult(b) => vec![op_dag(geldig), ("stap", b.stap.code().to_owned())],
        _ => Vec::new(),
    },
    vertel: Some(Onderwerp::Consult),
    ..GEWOON
};

/// How much the child can take part, on consent; never why.
pub const ADVIES: Opzet = Opzet {
    blad: "deelname-advies",
    pad: "/leerling/{leerling}/deelname-advies",
    soort: Soort::DeelnameAdvies,
    titel: "Advies over deelname",
    uitleg: "Hoeveel uur de leerling kan meedoen en hoe dat opbouwt. Geen diagnose, geen klachten. Alleen met toestemming.",
    velden: |_, _| {
        let [van, tot] = van_tot("Vanaf welke dag?");
        vec![
            Veld::new("uren", "Hoeveel uur per week kan de leerling meedoen?", Invoer::Tekst).uitleg("Zoals 4 of 4,5."),
            woorden("opbouw", "Hoe bouwt dat op?"),
            van,
            tot,
        ]
    },
    begin: |zicht, _| vec![("van", zicht.bezoek.vandaag.to_string())],
    lees: |l| {
        let (kwartieren, opbouw, dagen) = (l.f.kwartieren("uren"), l.tekst("opbouw"), l.dagen());
        Some(vec![(dagen?, DeelnameAdvies { kwartieren_per_week: kwartieren?, opbouw }.into())])
    },
    vul: |geldig, body| match body {
        Body::DeelnameAdvies(b) => {
            let words = [("uren", uren(b.kwartieren_per_week)), ("opbouw", b.opbouw.zichtbaar().to_owned())];
            dagen(geldig).into_iter().chain(words).collect()
        }
        _ => Vec::new(),
    },
    ..GEWOON
};
