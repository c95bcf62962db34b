//! Exemptions and leave. An exemption under art. 5 arises by law: it is invoked, and tested; under art. 3a, 3b and 15 it
//! is decided on. What a doctor wrote has no field.

use convenant::Facet;
use domain::body::{
    Body, Hoedanigheid, Kennisgeving, KennisgevingToets, Soort, SwvAdvies, ToetsUitkomst, Verklaring, Verlof,
    VerlofGrond, VrijstellingBesluit, VrijstellingSoort,
};
use domain::period::{next_day, plus_days};

use super::super::opzet::{
    GEWOON, Invoer, Keuzes, Lezing, Opzet, Stelling, Veld, dag, dagen, ja_nee, ja_of_nee, keuzes, op_dag, uren,
    van_tot, vandaag, woorden,
};
use crate::web::kind::Zicht;
use crate::weergave::woorden as zinnen;

/// Leave for some days, or fewer hours for the very young.
pub const VERLOF: Opzet = Opzet {
    blad: "verlof",
    pad: "/leerling/{leerling}/verlof",
    soort: Soort::Verlof,
    titel: "Verlof",
    uitleg: "Over meer dan tien schooldagen voor gewichtige omstandigheden beslist de leerplichtambtenaar. Geen medische gegevens.",
    velden: |_, _| {
        let [van, _] = van_tot("Vanaf welke dag?");
        vec![
            Veld::new("grond", "Op welke grond?", Invoer::Lijst(keuzes!(VerlofGrond), "Kies")),
            Veld::new("toegekend", "Wat is de uitkomst?", ja_of_nee("Verlof, of melden was genoeg", "Geen verlof")),
            van,
            dag("tot", "Tot en met"),
            Veld::new("uren", "Hoeveel uur per week minder?", Invoer::Tekst)
                .uitleg("Alleen bij artikel 11a. Laat het anders leeg."),
        ]
    },
    begin: |zicht, _| vec![("van", zicht.bezoek.vandaag.to_string())],
    lees: verlof,
    vul: |geldig, body| match body {
        Body::Verlof(b) => {
            let hours = if b.kwartieren_per_week == 0 { String::new() } else { uren(b.kwartieren_per_week) };
            let rest = [("grond", b.grond.code().to_owned()), ("toegekend", ja_nee(b.toegekend)), ("uren", hours)];
            dagen(geldig).into_iter().chain(rest).collect()
        }
        _ => Vec::new(),
    },
    ..GEWOON
};

fn verlof(l: &mut Lezing<'_>) -> Option<Vec<Stelling>> {
    let (grond, toegekend, dagen) = (l.f.keuze("grond", VerlofGrond::from_code), l.ja_nee("toegekend"), l.dagen());
    let none = l.f.waarde("uren").trim().is_empty();
    let kwartieren = if none { Some(0) } else { l.f.kwartieren("uren") };
    let verlof = Verlof { grond: grond?, toegekend: toegekend?, kwartieren_per_week: kwartieren? };
    Some(vec![(dagen?, verlof.into())])
}

/// Grounds that arise by law, or those that are decided on.
fn gronden(van_rechtswege: bool) -> Keuzes {
    let these = VrijstellingSoort::ALL.iter().filter(|grond| grond.van_rechtswege() == van_rechtswege);
    these.map(|grond| (grond.code().to_owned(), grond.label().to_owned())).collect()
}

/// Parents invoke an exemption (LPW art. 6).
pub const KENNISGEVING: Opzet = Opzet {
    blad: "kennisgeving",
    pad: "/leerling/{leerling}/kennisgeving",
    soort: Soort::Kennisgeving,
    titel: "Beroep op vrijstelling",
    uitleg: "Een vrijstelling op grond van artikel 5 of 5a ontstaat door de wet. Hier staat dat de ouders zich erop beroepen.",
    velden: |_, _| {
        let [van, tot] = van_tot("Vanaf welke dag?");
        vec![
            Veld::new("grond", "Op welke grond?", Invoer::Lijst(gronden(true), "Kies")),
            van,
            tot,
            dag("ontvangen", "Wanneer kwam het beroep binnen?"),
            Veld::new("eerder", "De ouders deden dit beroep al eerder", Invoer::Vinkje),
            Veld::new("blijvend", "Er is geen jaarlijkse verklaring nodig", Invoer::Vinkje)
                .uitleg("Alleen als dat in de verklaring staat."),
        ]
    },
    begin: |zicht, _| vec![("ontvangen", zicht.bezoek.vandaag.to_string())],
    lees: |l| {
        let (grond, dagen) = (l.f.keuze("grond", VrijstellingSoort::from_code), l.dagen());
        let ontvangen = l.f.verplichte_dag("ontvangen");
        let (eerder, geen_jaarlijkse_verklaring) = (l.aan("eerder"), l.aan("blijvend"));
        let body = Kennisgeving { grond: grond?, ontvangen: ontvangen?, eerder, geen_jaarlijkse_verklaring };
        Some(vec![(dagen?, body.into())])
    },
    vul: |geldig, body| match body {
        Body::Kennisgeving(b) => {
            let rest = [
                ("grond", b.grond.code().to_owned()),
                ("ontvangen", b.ontvangen.to_string()),
                ("eerder", ja_nee(b.eerder)),
                ("blijvend", ja_nee(b.geen_jaarlijkse_verklaring)),
            ];
            dagen(geldig).into_iter().chain(rest).collect()
        }
        _ => Vec::new(),
    },
    ..GEWOON
};

/// The statement with it (LPW art. 7): who signed and until when; never what it says.
pub const VERKLARING: Opzet = Opzet {
    blad: "verklaring",
    pad: "/leerling/{leerling}/verklaring",
    soort: Soort::Verklaring,
    titel: "Verklaring bij een beroep op vrijstelling",
    uitleg: "Alleen wie tekende, wanneer en tot wanneer het geldt. De verklaring zelf komt niet in dit register.",
    velden: |_, _| {
        vec![
            Veld::new("wie", "Wie tekende?", Invoer::Rondjes(keuzes!(Hoedanigheid))),
            Veld::new("aangewezen", "Is die door de gemeente aangewezen?", ja_of_nee("Ja", "Nee")),
            Veld::new("behandelend", "Behandelt die de leerling?", ja_of_nee("Ja", "Nee")),
            dag("dag", "Datum van de verklaring"),
            dag("geldig_tot", "Geldig tot en met").uitleg("Laat leeg als dat er niet in staat."),
            Veld::new("blijvend", "De verklaring is blijvend", Invoer::Vinkje),
        ]
    },
    begin: |zicht, _| vec![vandaag(zicht)],
    lees: |l| {
        let (wie, dag) = (l.f.keuze("wie", Hoedanigheid::from_code), l.op_dag());
        let (aangewezen, behandelend) = (l.ja_nee("aangewezen"), l.ja_nee("behandelend"));
        let (tot, blijvend) = (l.f.dag("geldig_tot").map(next_day), l.aan("blijvend"));
        let (aangewezen, behandelend) = (aangewezen?, behandelend?);
        Some(vec![(dag?, Verklaring { hoedanigheid: wie?, aangewezen, behandelend, tot, blijvend }.into())])
    },
    vul: |geldig, body| match body {
        Body::Verklaring(b) => vec![
            op_dag(geldig),
            ("wie", b.hoedanigheid.code().to_owned()),
            ("aangewezen", ja_nee(b.aangewezen)),
            ("behandelend", ja_nee(b.behandelend)),
            ("geldig_tot", b.tot.map(|tot| plus_days(tot, -1).to_string()).unwrap_or_default()),
            ("blijvend", ja_nee(b.blijvend)),
        ],
        _ => Vec::new(),
    },
    ..GEWOON
};

/// Notices of the child, newest first.
fn kennisgevingen(zicht: &Zicht<'_>) -> Keuzes {
    let known = zicht.t.all::<Kennisgeving>().rev().filter(|(fact, _)| zicht.mag_feit(fact));
    let op = zicht.bezoek.vandaag;
    known
        .map(|(fact, b)| {
            (fact.id.to_string(), format!("{}, vanaf {}", b.grond.label(), zinnen::dag(fact.valid.from, op)))
        })
        .collect()
}

/// Leerplicht looks whether a notice meets the conditions.
pub const TOETS: Opzet = Opzet {
    blad: "toets",
    pad: "/leerling/{leerling}/toets",
    soort: Soort::KennisgevingToets,
    titel: "Toets van een beroep op vrijstelling",
    uitleg: "U legt vast of het beroep aan de voorwaarden van de wet voldoet.",
    velden: |zicht, _| {
        vec![
            Veld::new("kennisgeving", "Welk beroep?", Invoer::Lijst(kennisgevingen(zicht), "")),
            Veld::new("uitkomst", "Wat is de uitkomst?", Invoer::Rondjes(keuzes!(ToetsUitkomst))),
            Veld::new("reden", "Waarom?", Invoer::Tekst).uitleg("Nodig als het niet voldoet. Geen medische gegevens."),
            dag("dag", "Wanneer?"),
        ]
    },
    begin: |zicht, _| vec![vandaag(zicht)],
    lees: |l| {
        let (kennisgeving, dag) = (l.feit("kennisgeving"), l.op_dag());
        let (uitkomst, reden) = (l.f.keuze("uitkomst", ToetsUitkomst::from_code), l.kort("reden"));
        if uitkomst == Some(ToetsUitkomst::VoldoetNiet) && reden.is_empty() {
            l.f.zet_fout("reden", "Schrijf kort op aan welke voorwaarde het beroep niet voldoet.");
        }
        Some(vec![(dag?, KennisgevingToets { kennisgeving: kennisgeving?, uitkomst: uitkomst?, reden }.into())])
    },
    vul: |geldig, body| match body {
        Body::KennisgevingToets(b) => vec![
            op_dag(geldig),
            ("kennisgeving", b.kennisgeving.to_string()),
            ("uitkomst", b.uitkomst.code().to_owned()),
            ("reden", b.reden.zichtbaar().to_owned()),
        ],
        _ => Vec::new(),
    },
    ..GEWOON
};

/// A decision under art. 3a, 3b or 15.
pub const BESLUIT: Opzet = Opzet {
    blad: "vrijstelling",
    pad: "/leerling/{leerling}/vrijstelling",
    soort: Soort::VrijstellingBesluit,
    titel: "Besluit over vrijstelling",
    uitleg: "Alleen voor artikel 3a, 3b en 15: daarover neemt de gemeente een besluit.",
    velden: |_, _| {
        let [van, _] = van_tot("Vanaf welke dag?");
        vec![
            Veld::new("grond", "Op welke grond?", Invoer::Lijst(gronden(false), "Kies")),
            Veld::new("toegekend", "Wat is besloten?", ja_of_nee("Toegekend", "Niet toegekend")),
            van,
            dag("tot", "Tot en met"),
        ]
    },
    begin: |zicht, _| vec![("van", zicht.bezoek.vandaag.to_string())],
    lees: |l| {
        let (grond, toegekend) = (l.f.keuze("grond", VrijstellingSoort::from_code), l.ja_nee("toegekend"));
        let dagen = l.dagen();
        Some(vec![(dagen?, VrijstellingBesluit { grond: grond?, toegekend: toegekend? }.into())])
    },
    vul: |geldig, body| match body {
        Body::VrijstellingBesluit(b) => {
            let rest = [("grond", b.grond.code().to_owned()), ("toegekend", ja_nee(b.toegekend))];
            dagen(geldig).into_iter().chain(rest).collect()
        }
        _ => Vec::new(),
    },
    ..GEWOON
};

/// Advice of the samenwerkingsverband, on consent.
pub const SWV_ADVIES: Opzet = Opzet {
    blad: "swv-advies",
    pad: "/leerling/{leerling}/swv-advies",
    soort: Soort::SwvAdvies,
    titel: "Advies van het samenwerkingsverband",
    uitleg: "Over wat de leerling kan leren en waar. Alleen met toestemming. Het advies beslist niet over een vrijstelling.",
    velden: |_, _| vec![woorden("advies", "Wat is het advies?"), dag("dag", "Wanneer?")],
    begin: |zicht, _| vec![vandaag(zicht)],
    lees: |l| {
        let (advies, dag) = (l.woorden("advies", "Schrijf het advies op."), l.op_dag());
        Some(vec![(dag?, SwvAdvies { advies }.into())])
    },
    vul: |geldig, body| match body {
        Body::SwvAdvies(b) => vec![op_dag(geldig), ("advies", b.advies.zichtbaar().to_owned())],
        _ => Vec::new(),
    },
    ..GEWOON
};

/// Whether the reader knows of a notice that a statement or a test could be about.
pub fn heeft_kennisgeving(zicht: &Zicht<'_>) -> bool {
    zicht.mag(Facet::Vrijstelling) && !kennisgevingen(zicht).is_empty()
}
