//! Decisions, rules set aside, confirmation of a derived status, and the end of a dossier.

use domain::body::{Afwijking, Besluit, BesluitSoort, Bevestiging, Body, SluitReden, Sluiting, Soort, TeBevestigen};
use domain::fact::Rol;

use crate::weergave::stand::status_woorden;

use super::super::opzet::{
    GEWOON, Invoer, Lezing, Opzet, Stelling, Veld, dag, ja_nee, ja_of_nee, keuzes, op_dag, vandaag, woorden,
};

/// A decision.
pub const BESLUIT: Opzet = Opzet {
    blad: "besluit",
    pad: "/leerling/{leerling}/besluit",
    soort: Soort::Besluit,
    titel: "Besluit vastleggen",
    velden: |zicht, _| {
        let may = |soort: &BesluitSoort| match soort {
            BesluitSoort::Doorzettingsmacht => zicht.bezoek.rol == Rol::Doorzettingsmacht,
            BesluitSoort::Verbaal => zicht.bezoek.rol == Rol::Leerplichtambtenaar,
            BesluitSoort::Anders => true,
        };
        let these = BesluitSoort::ALL.iter().filter(|soort| may(soort));
        let these = these.map(|soort| (soort.code().to_owned(), soort.label().to_owned())).collect();
        vec![
            Veld::new("soort", "Wat voor besluit?", Invoer::Rondjes(these)),
            woorden("inhoud", "Wat is besloten, en waarom?"),
            dag("dag", "Wanneer?"),
        ]
    },
    begin: |zicht, _| vec![vandaag(zicht)],
    lees: |l| {
        let (soort, dag) = (l.f.keuze("soort", BesluitSoort::from_code), l.op_dag());
        let inhoud = l.woorden("inhoud", "Schrijf op wat is besloten, en waarom.");
        Some(vec![(dag?, Besluit { soort: soort?, inhoud }.into())])
    },
    vul: |geldig, body| match body {
        Body::Besluit(b) => {
            vec![op_dag(geldig), ("soort", b.soort.code().to_owned()), ("inhoud", b.inhoud.zichtbaar().to_owned())]
        }
        _ => Vec::new(),
    },
    vervolg: true,
    ..GEWOON
};

/// A rule that was set aside for this child.
pub const AFWIJKING: Opzet = Opzet {
    blad: "afwijking",
    pad: "/leerling/{leerling}/afwijking",
    soort: Soort::Afwijking,
    titel: "Afwijken van een afspraak",
    uitleg: "Past een regel of afspraak niet bij deze leerling, wijk er dan van af en zeg waarom.",
    velden: |_, _| {
        vec![
            Veld::new("regel", "Van welke regel of afspraak wijkt u af?", Invoer::Tekst),
            woorden("waarom", "Waarom?"),
            dag("dag", "Wanneer is dit afgesproken?"),
        ]
    },
    begin: |zicht, _| vec![vandaag(zicht)],
    lees: |l| {
        let regel = l.regel("regel", "Schrijf op van welke regel u afwijkt.");
        let (waarom, dag) = (l.woorden("waarom", "Schrijf op waarom."), l.op_dag());
        Some(vec![(dag?, Afwijking { regel, waarom }.into())])
    },
    vul: |geldig, body| match body {
        Body::Afwijking(b) => {
            vec![op_dag(geldig), ("regel", b.regel.zichtbaar().to_owned()), ("waarom", b.waarom.zichtbaar().to_owned())]
        }
        _ => Vec::new(),
    },
    ..GEWOON
};

/// The competent person says that a derived status is right, or is not.
pub const BEVESTIGING: Opzet = Opzet {
    blad: "bevestiging",
    pad: "/leerling/{leerling}/bevestiging",
    soort: Soort::Bevestiging,
    titel: "Klopt de status?",
    uitleg: "Tot u dit bevestigt, staat er vermoedelijk. Wat u hier zegt, kan een ander weer betwisten.",
    vooraf: |zicht| {
        let now = status_woorden(&zicht.vandaag.status, zicht.facetten);
        now.map(|now| format!("Nu staat er: {now}.")).into_iter().collect()
    },
    velden: |zicht, _| {
        let leerplicht = zicht.bezoek.rol == Rol::Leerplichtambtenaar;
        let these = TeBevestigen::ALL.iter().filter(|wat| leerplicht || **wat == TeBevestigen::Ongeoorloofd);
        let these = these.map(|wat| (wat.code().to_owned(), wat.label().to_owned())).collect();
        vec![
            Veld::new("wat", "Welke status?", Invoer::Rondjes(these)),
            Veld::new("klopt", "Klopt het?", ja_of_nee("Ja, dit klopt", "Nee, dit klopt niet")),
            Veld::new("reden", "Waar blijkt dat uit?", Invoer::Tekst).uitleg("Nodig als het niet klopt."),
        ]
    },
    begin: |zicht, _| {
        use domain::status::StatusSoort as S;
        let leerplicht = zicht.bezoek.rol == Rol::Leerplichtambtenaar;
        let wat = match zicht.vandaag.status.soort {
            S::Thuiszittend if leerplicht => TeBevestigen::Thuiszittend.code(),
            S::Absoluut if leerplicht => TeBevestigen::Absoluut.code(),
            _ if leerplicht => "",
            _ => TeBevestigen::Ongeoorloofd.code(),
        };
        vec![("wat", wat.to_owned())]
    },
    lees: bevestiging,
    vul: |_, body| match body {
        Body::Bevestiging(b) => vec![
            ("wat", b.wat.code().to_owned()),
            ("klopt", ja_nee(b.klopt)),
            ("reden", b.reden.zichtbaar().to_owned()),
        ],
        _ => Vec::new(),
    },
    ..GEWOON
};

fn bevestiging(l: &mut Lezing<'_>) -> Option<Vec<Stelling>> {
    let (wat, klopt) = (l.f.keuze("wat", TeBevestigen::from_code), l.ja_nee("klopt"));
    let reden = match klopt {
        Some(false) => l.regel("reden", "Schrijf op waarom het niet klopt."),
        _ => l.kort("reden"),
    };
    Some(vec![(l.nu(), Bevestiging { wat: wat?, klopt: klopt?, reden }.into())])
}

/// The dossier is closed.
pub const SLUITING: Opzet = Opzet {
    blad: "sluiting",
    pad: "/leerling/{leerling}/sluiting",
    soort: Soort::Sluiting,
    titel: "Dossier sluiten",
    uitleg: "Het kan alleen als er geen klok meer loopt. Gaat het later weer mis, dan opent het dossier vanzelf opnieuw.",
    velden: |_, _| {
        vec![Veld::new("reden", "Waarom?", Invoer::Rondjes(keuzes!(SluitReden))), woorden("toelichting", "Toelichting")]
    },
    lees: |l| {
        let reden = l.f.keuze("reden", SluitReden::from_code);
        let toelichting = l.tekst("toelichting");
        if reden == Some(SluitReden::Anders) && toelichting.is_empty() {
            l.f.zet_fout("toelichting", "Schrijf op waarom het dossier sluit.");
        }
        Some(vec![(l.nu(), Sluiting { reden: reden?, toelichting }.into())])
    },
    vul: |_, body| match body {
        Body::Sluiting(b) => {
            vec![("reden", b.reden.code().to_owned()), ("toelichting", b.toelichting.zichtbaar().to_owned())]
        }
        _ => Vec::new(),
    },
    ..GEWOON
};
