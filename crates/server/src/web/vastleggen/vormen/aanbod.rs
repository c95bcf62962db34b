//! The offer, what parents and child say of it, and the hours that were given.

use domain::Date;
use domain::body::{
    Aanbod, AanbodReactie, AanbodSoort, Body, Oordeel, OpbouwStap, OrganisatieSoort, Realisatie, Soort,
};
use domain::fact::FactId;
use domain::ids::OrganisatieId;
use domain::period::{Period, monday, plus_days};

use super::super::mensen::thuis_keuzes;
use super::super::opzet::{
    GEWOON, Invoer, Keuzes, Lezing, Opzet, Stelling, Veld, Vraag, dag, dagen, keuzes, op_dag, persoon_tekst, uren,
    van_tot, vandaag, woorden,
};
use crate::web::kind::Zicht;
use crate::weergave::woorden as zinnen;

/// Later steps of an offer for which a form has room.
const STAPPEN: [(&str, &str); 6] = [
    ("stap1_vanaf", "stap1_uren"),
    ("stap2_vanaf", "stap2_uren"),
    ("stap3_vanaf", "stap3_uren"),
    ("stap4_vanaf", "stap4_uren"),
    ("stap5_vanaf", "stap5_uren"),
    ("stap6_vanaf", "stap6_uren"),
];
/// Weeks for which hours are filled in at once.
const WEKEN: [(&str, &str); 8] = [
    ("week1", "week1_uren"),
    ("week2", "week2_uren"),
    ("week3", "week3_uren"),
    ("week4", "week4_uren"),
    ("week5", "week5_uren"),
    ("week6", "week6_uren"),
    ("week7", "week7_uren"),
    ("week8", "week8_uren"),
];
/// Kinds of organisations that deliver an offer.
const GEVERS: &[OrganisatieSoort] =
    &[OrganisatieSoort::School, OrganisatieSoort::Samenwerkingsverband, OrganisatieSoort::Zorg];

/// What is offered, where, how many hours, from when; written down.
pub const AANBOD: Opzet = Opzet {
    blad: "aanbod",
    pad: "/leerling/{leerling}/aanbod",
    soort: Soort::Aanbod,
    titel: "Aanbod",
    uitleg: "Op papier, met ouders en leerling besproken. De klok stopt pas als zij het passend vinden of willen proberen, en het twee weken is gegeven.",
    velden: |zicht, _| {
        let [van, tot] = van_tot("Wanneer begint het?");
        let mut all = vec![
            Veld::new("soort", "Wat voor aanbod is het?", Invoer::Rondjes(keuzes!(AanbodSoort))),
            woorden("wat", "Wat is het, en waar?"),
            Veld::new("organisatie", "Wie geeft het?", Invoer::Lijst(gevers(zicht), "Niet bekend")),
            Veld::new("uren", "Hoeveel uur per week, in het begin?", Invoer::Tekst).uitleg("Zoals 4 of 4,5."),
            van,
            tot,
            dag("schriftelijk", "Op welke dag is het aan ouders en leerling gestuurd?")
                .uitleg("Laat leeg als het nog niet op papier staat."),
        ];
        let steps = STAPPEN
            .iter()
            .enumerate()
            .map(|(n, (vanaf, uren))| Veld::new(vanaf, format!("Opbouwrooster, stap {}", n + 1), Invoer::Stap(uren)));
        all.extend(steps);
        all
    },
    begin: |zicht, _| vec![("organisatie", zicht.bezoek.organisatie.to_string())],
    lees: aanbod,
    vul: |geldig, body| match body {
        Body::Aanbod(b) => vul_aanbod(geldig, b),
        _ => Vec::new(),
    },
    ..GEWOON
};

/// Organisations that may deliver it: one's own first, then the others by name.
fn gevers(zicht: &Zicht<'_>) -> Keuzes {
    let own = zicht.bezoek.organisatie;
    let others = zicht.r.organisaties.iter().filter(|(id, o)| **id != own && GEVERS.contains(&o.soort));
    let mut others: Vec<(OrganisatieId, &str)> = others.map(|(id, o)| (*id, o.naam.as_str())).collect();
    others.sort_by_key(|(_, naam)| *naam);
    let all = std::iter::once((own, zicht.r.naam(own))).chain(others);
    all.map(|(id, naam)| (id.to_string(), naam.to_owned())).collect()
}

fn aanbod(l: &mut Lezing<'_>) -> Option<Vec<Stelling>> {
    let soort = l.f.keuze("soort", AanbodSoort::from_code);
    let wat = l.woorden("wat", "Schrijf op wat het aanbod is, en waar.");
    let organisatie = match l.f.waarde("organisatie") {
        "" => Some(None),
        _ => l.f.keuze("organisatie", |id| id.parse().ok().map(Some)),
    };
    let (uren, dagen, schriftelijk_op) = (l.f.kwartieren("uren"), l.dagen(), l.f.dag("schriftelijk"));
    let opbouw: Vec<OpbouwStap> = STAPPEN.iter().filter_map(|(vanaf, uren)| opbouw(l, vanaf, uren)).collect();
    let earlier = match l.eerder.map(|fact| &fact.body) {
        Some(Body::Aanbod(b)) => Some(b),
        _ => None,
    };
    // Steps beyond those that the form has room for stay as they were.
    let more = earlier.map(|b| b.opbouw.get(STAPPEN.len()..).unwrap_or_default().to_vec()).unwrap_or_default();
    let aanbod = Aanbod {
        soort: soort?,
        wat,
        voorziening: earlier.and_then(|b| b.voorziening),
        organisatie: organisatie?,
        kwartieren_per_week: uren?,
        opbouw: opbouw.into_iter().chain(more).collect(),
        schriftelijk_op,
    };
    Some(vec![(dagen?, aanbod.into())])
}

/// One step of a build-up; nothing when the line is empty.
fn opbouw(l: &mut Lezing<'_>, vanaf: &'static str, uren: &'static str) -> Option<OpbouwStap> {
    let (no_day, no_hours) = (l.f.waarde(vanaf).trim().is_empty(), l.f.waarde(uren).trim().is_empty());
    if no_day && no_hours {
        return None;
    }
    let dag = l.f.verplichte_dag(vanaf);
    let kwartieren_per_week = l.f.kwartieren(uren);
    if let Some(dag) = dag.filter(|dag| monday(*dag) != *dag) {
        l.f.zet_fout(
            vanaf,
            format!("{} is geen maandag. Een stap gaat op een maandag in.", domain::calendar::datum(dag)),
        );
    }
    Some(OpbouwStap { vanaf: dag?, kwartieren_per_week: kwartieren_per_week? })
}

fn vul_aanbod(geldig: Period, b: &Aanbod) -> Vec<(&'static str, String)> {
    let steps = STAPPEN
        .iter()
        .zip(&b.opbouw)
        .flat_map(|((vanaf, veld), stap)| [(*vanaf, stap.vanaf.to_string()), (*veld, uren(stap.kwartieren_per_week))]);
    let words = [
        ("soort", b.soort.code().to_owned()),
        ("wat", b.wat.zichtbaar().to_owned()),
        ("organisatie", b.organisatie.map(|id| id.to_string()).unwrap_or_default()),
        ("uren", uren(b.kwartieren_per_week)),
        ("schriftelijk", b.schriftelijk_op.map(|dag| dag.to_string()).unwrap_or_default()),
    ];
    dagen(geldig).into_iter().chain(words).chain(steps).collect()
}

/// Offers that the reader may see, the newest first.
fn aanbiedingen(zicht: &Zicht<'_>) -> Keuzes {
    let all = zicht.t.all::<Aanbod>().filter(|(fact, _)| zicht.mag_feit(fact));
    let mut all: Vec<_> = all.collect();
    all.sort_by_key(|(fact, _)| std::cmp::Reverse((fact.valid.from, fact.id)));
    let line = |(fact, b): (&domain::fact::Fact, &Aanbod)| {
        let by = b.organisatie.map(|id| format!(" van {}", zicht.r.naam(id))).unwrap_or_default();
        let van = zinnen::dag(fact.valid.from, zicht.bezoek.vandaag);
        (fact.id.to_string(), format!("{}{by}, vanaf {van}", b.soort.label()))
    };
    all.into_iter().map(line).collect()
}

fn welk_aanbod(zicht: &Zicht<'_>, vraag: &Vraag) -> (&'static str, String) {
    let newest = || aanbiedingen(zicht).first().map(|(id, _)| id.clone());
    ("aanbod", vraag.get("aanbod").map(str::to_owned).or_else(newest).unwrap_or_default())
}

/// What parents or child say of an offer.
pub const REACTIE: Opzet = Opzet {
    blad: "reactie",
    pad: "/leerling/{leerling}/reactie",
    soort: Soort::AanbodReactie,
    titel: "Antwoord op het aanbod",
    uitleg: "Ieders antwoord staat apart. Niet passend mag; dan bespreken alle partijen het samen.",
    velden: |zicht, _| {
        vec![
            Veld::new("aanbod", "Welk aanbod?", Invoer::Lijst(aanbiedingen(zicht), "")),
            Veld::new("wie", "Wie antwoordt?", Invoer::Rondjes(thuis_keuzes(zicht))),
            Veld::new("oordeel", "Wat vindt die ervan?", Invoer::Rondjes(keuzes!(Oordeel))),
            woorden("woorden", "In eigen woorden"),
            dag("dag", "Wanneer is dit gezegd?"),
        ]
    },
    begin: |zicht, vraag| vec![vandaag(zicht), welk_aanbod(zicht, vraag)],
    lees: |l| {
        let (aanbod, wie) = (l.feit("aanbod"), l.persoon("wie"));
        let (oordeel, dag) = (l.f.keuze("oordeel", Oordeel::from_code), l.op_dag());
        let woorden = l.woorden("woorden", "Schrijf op wat er gezegd is, in hun eigen woorden.");
        let reactie = AanbodReactie { aanbod: aanbod?, ouder: wie?, oordeel: oordeel?, woorden };
        Some(vec![(dag?, reactie.into())])
    },
    vul: |geldig, body| match body {
        Body::AanbodReactie(b) => vec![
            op_dag(geldig),
            ("aanbod", b.aanbod.to_string()),
            ("wie", persoon_tekst(b.ouder)),
            ("oordeel", b.oordeel.code().to_owned()),
            ("woorden", b.woorden.zichtbaar().to_owned()),
        ],
        _ => Vec::new(),
    },
    ..GEWOON
};

/// The hours that were given, a few weeks at once.
pub const REALISATIE: Opzet = Opzet {
    blad: "realisatie",
    pad: "/leerling/{leerling}/realisatie",
    soort: Soort::Realisatie,
    titel: "Gevolgde uren",
    uitleg: "Vul per week in hoeveel uur de leerling echt volgde. Laat een week leeg als u het nog niet weet; 0 betekent niets gevolgd.",
    velden: |zicht, vraag| {
        let mut all = vec![Veld::new("aanbod", "Welk aanbod?", Invoer::Lijst(aanbiedingen(zicht), ""))];
        let weeks = weken(zicht, vraag);
        let week = |((veld, uren), maandag): (&(&'static str, &'static str), Date)| {
            let label = format!("Week van {}", zinnen::dag(maandag, zicht.bezoek.vandaag));
            Veld::new(veld, label, Invoer::Week(uren))
        };
        all.extend(WEKEN.iter().zip(weeks).map(week));
        all
    },
    begin: |zicht, vraag| {
        let weeks = WEKEN.iter().zip(weken(zicht, vraag)).map(|((veld, _), maandag)| (*veld, maandag.to_string()));
        std::iter::once(welk_aanbod(zicht, vraag)).chain(weeks).collect()
    },
    lees: |l| {
        let aanbod = l.feit("aanbod");
        let mut all = Vec::new();
        for (veld, uren) in WEKEN {
            if l.f.waarde(uren).trim().is_empty() {
                continue;
            }
            if let (Some(maandag), Some(kwartieren)) = (l.f.verplichte_dag(veld), l.f.kwartieren(uren)) {
                all.push((Period::day(maandag), Realisatie { aanbod: aanbod?, kwartieren }.into()));
            }
        }
        if all.is_empty() {
            l.f.zet_fout(WEKEN[0].1, "Vul van minstens één week de uren in.");
        }
        Some(all)
    },
    vul: |geldig, body| match body {
        Body::Realisatie(b) => {
            let (week, hours) = WEKEN[0];
            vec![("aanbod", b.aanbod.to_string()), (week, geldig.from.to_string()), (hours, uren(b.kwartieren))]
        }
        _ => Vec::new(),
    },
    ..GEWOON
};

/// The weeks of an offer of which the hours are not there yet, the oldest first; for a correction the one week.
fn weken(zicht: &Zicht<'_>, vraag: &Vraag) -> Vec<Date> {
    if let Some(maandag) = vraag.get(WEKEN[0].0).and_then(|dag| dag.parse().ok()) {
        return vec![maandag];
    }
    let Ok(aanbod) = welk_aanbod(zicht, vraag).1.parse::<FactId>() else { return Vec::new() };
    let Some((fact, _)) = zicht.t.all::<Aanbod>().find(|(fact, _)| fact.id == aanbod) else { return Vec::new() };
    let (first, today) = (monday(fact.valid.from), zicht.bezoek.vandaag);
    let last = fact.valid.last().map_or(today, |last| last.min(today));
    let filled: Vec<Date> =
        zicht.t.all::<Realisatie>().filter(|(_, r)| r.aanbod == aanbod).map(|(fact, _)| fact.valid.from).collect();
    let weeks = std::iter::successors(Some(first), |maandag| Some(plus_days(*maandag, 7)))
        .take(MAX_WEKEN)
        .take_while(|maandag| *maandag <= last);
    weeks.filter(|maandag| !filled.contains(maandag)).take(WEKEN.len()).collect()
}

/// Weeks of an offer that are looked at: ten years.
const MAX_WEKEN: usize = 530;
