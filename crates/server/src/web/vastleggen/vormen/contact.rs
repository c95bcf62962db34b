//! Contact, talks, and being told.

use domain::body::{Body, Contact, Geinformeerd, Gesprek, GesprekSoort, Met, Onderwerp, Soort, Wijze};
use domain::period::Period;

use super::super::mensen::{telefoons, thuis_keuzes};
use super::super::opzet::{
    GEWOON, Invoer, Lezing, Opzet, Stelling, Veld, dag, ja_nee, ja_of_nee, keuzes, op_dag, persoon_tekst, vandaag,
    woorden,
};

/// A call, a message, a home visit; also one that nobody answered.
pub const CONTACT: Opzet = Opzet {
    blad: "contact",
    pad: "/leerling/{leerling}/contact",
    soort: Soort::Contact,
    titel: "Contact vastleggen",
    vooraf: telefoons,
    velden: |_, _| {
        vec![
            Veld::new("bereikt", "Hebt u iemand gesproken?", ja_of_nee("Ja", "Nee, geen gehoor")),
            Veld::new("met", "Met wie, of wie belde u?", Invoer::Rondjes(keuzes!(Met))),
            Veld::new("wijze", "Hoe?", Invoer::Rondjes(keuzes!(Wijze))),
            dag("dag", "Wanneer?"),
            woorden("notitie", "Wat is besproken?")
                .uitleg("Kort, en zonder medische gegevens. Ouders mogen dit lezen."),
        ]
    },
    begin: |zicht, _| {
        vec![vandaag(zicht), ("met", Met::Ouders.code().to_owned()), ("wijze", Wijze::Telefoon.code().to_owned())]
    },
    lees: contact,
    vul: |geldig, body| match body {
        Body::Contact(b) => vec![
            op_dag(geldig),
            ("bereikt", ja_nee(b.bereikt)),
            ("met", b.met.code().to_owned()),
            ("wijze", b.wijze.code().to_owned()),
            ("notitie", b.notitie.zichtbaar().to_owned()),
        ],
        _ => Vec::new(),
    },
    vervolg: true,
    ..GEWOON
};

fn contact(l: &mut Lezing<'_>) -> Option<Vec<Stelling>> {
    let (bereikt, dag) = (l.ja_nee("bereikt"), l.op_dag());
    let (met, wijze) = (l.f.keuze("met", Met::from_code), l.f.keuze("wijze", Wijze::from_code));
    let notitie = l.tekst("notitie");
    Some(vec![(dag?, Contact { met: met?, wijze: wijze?, bereikt: bereikt?, notitie }.into())])
}

/// A talk that was held.
pub const GESPREK: Opzet = Opzet {
    blad: "gesprek",
    pad: "/leerling/{leerling}/gesprek",
    soort: Soort::Gesprek,
    titel: "Gesprek vastleggen",
    velden: |_, _| {
        let erbij = [("ouders", "Ouders"), ("leerling", "De leerling")];
        let erbij = erbij.map(|(waarde, woorden)| (waarde.to_owned(), woorden.to_owned())).to_vec();
        vec![
            Veld::new("soort", "Wat voor gesprek was het?", Invoer::Rondjes(keuzes!(GesprekSoort))),
            dag("dag", "Wanneer?"),
            Veld::new("erbij", "Wie waren erbij?", Invoer::Vinkjes(erbij)),
            woorden("afspraken", "Wat is afgesproken?")
                .uitleg("Schrijf op wie wat doet, en zonder medische gegevens. Ouders mogen dit lezen."),
        ]
    },
    begin: |zicht, _| vec![vandaag(zicht)],
    lees: gesprek,
    vul: |geldig, body| match body {
        Body::Gesprek(b) => {
            let there = [(b.ouders, "ouders"), (b.leerling, "leerling")];
            let there = there.into_iter().filter(|(there, _)| *there).map(|(_, wie)| ("erbij", wie.to_owned()));
            let soort = ("soort", b.soort.code().to_owned());
            [op_dag(geldig), soort, ("afspraken", b.afspraken.zichtbaar().to_owned())]
                .into_iter()
                .chain(there)
                .collect()
        }
        _ => Vec::new(),
    },
    vervolg: true,
    ..GEWOON
};

fn gesprek(l: &mut Lezing<'_>) -> Option<Vec<Stelling>> {
    let (soort, dag) = (l.f.keuze("soort", GesprekSoort::from_code), l.op_dag());
    let (ouders, leerling) = (l.f.is("erbij", "ouders"), l.f.is("erbij", "leerling"));
    let afspraken = l.tekst("afspraken");
    Some(vec![(dag?, Gesprek { soort: soort?, ouders, leerling, afspraken }.into())])
}

/// Parents or child were told something. It says nothing about agreement.
pub const VERTELD: Opzet = Opzet {
    blad: "verteld",
    pad: "/leerling/{leerling}/verteld",
    soort: Soort::Geinformeerd,
    titel: "Vastleggen dat iets is verteld",
    uitleg: "Dat iemand het weet, betekent niet dat die het ermee eens is.",
    velden: |zicht, _| {
        vec![
            Veld::new("wie", "Aan wie?", Invoer::Rondjes(thuis_keuzes(zicht))),
            Veld::new("over", "Waarover?", Invoer::Rondjes(keuzes!(Onderwerp))),
            dag("dag", "Wanneer?"),
        ]
    },
    begin: |zicht, _| vec![vandaag(zicht)],
    lees: |l| {
        let (wie, over, dag) = (l.persoon("wie"), l.f.keuze("over", Onderwerp::from_code), l.op_dag());
        Some(vec![(dag?, Geinformeerd { ouder: wie?, over: over? }.into())])
    },
    vul: |geldig: Period, body| match body {
        Body::Geinformeerd(b) => {
            vec![op_dag(geldig), ("wie", persoon_tekst(b.ouder)), ("over", b.over.code().to_owned())]
        }
        _ => Vec::new(),
    },
    ..GEWOON
};
