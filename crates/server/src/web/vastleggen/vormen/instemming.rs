//! The plan, agreement with it, and consent to share. Three different things: a refusal never lowers a service.

use domain::body::{Body, InstemmingPlan, OrganisatieSoort, Plan, Soort, Toestemming, ToestemmingVoor};

use super::super::mensen::{telefoons, thuis_keuzes};
use super::super::opzet::{
    GEWOON, Invoer, Keuzes, Lezing, Opzet, Stelling, Veld, dag, dagen, ja_nee, ja_of_nee, keuzes, op_dag,
    persoon_tekst, uren, van_tot, vandaag, woorden,
};
use crate::web::kind::Zicht;
use crate::weergave::woorden as zinnen;

/// What was agreed around the child.
pub const PLAN: Opzet = Opzet {
    blad: "plan",
    pad: "/leerling/{leerling}/plan",
    soort: Soort::Plan,
    titel: "Plan",
    uitleg: "Samen met ouders en leerling gemaakt. Zolang het plan geldt, opent minder meedoen volgens afspraak geen klok.",
    velden: |_, _| {
        let [van, tot] = van_tot("Vanaf welke dag geldt het?");
        vec![
            woorden("doel", "Wat is het doel?"),
            Veld::new("uren", "Hoeveel uur per week doet de leerling mee?", Invoer::Tekst)
                .uitleg("Laat leeg als het plan geen uren noemt."),
            van,
            tot,
        ]
    },
    begin: |zicht, _| vec![("van", zicht.bezoek.vandaag.to_string())],
    lees: |l| {
        let doel = l.woorden("doel", "Schrijf op wat het doel is.");
        let none = l.f.waarde("uren").trim().is_empty();
        let hours = if none { None } else { l.f.kwartieren("uren") };
        let dagen = l.dagen();
        Some(vec![(dagen?, Plan { doel, kwartieren_per_week: hours }.into())])
    },
    vul: |geldig, body| match body {
        Body::Plan(b) => {
            let hours = b.kwartieren_per_week.map(uren).unwrap_or_default();
            dagen(geldig).into_iter().chain([("doel", b.doel.zichtbaar().to_owned()), ("uren", hours)]).collect()
        }
        _ => Vec::new(),
    },
    vervolg: true,
    ..GEWOON
};

/// Somebody at home agrees with a plan, or not.
pub const INSTEMMING: Opzet = Opzet {
    blad: "instemming",
    pad: "/leerling/{leerling}/instemming",
    soort: Soort::InstemmingPlan,
    titel: "Instemming met het plan",
    uitleg: "Dit is geen toestemming om gegevens te delen. Niet akkoord mag, en heeft geen gevolgen voor de hulp.",
    velden: |zicht, _| {
        vec![
            Veld::new("plan", "Welk plan?", Invoer::Lijst(plannen(zicht), "")),
            Veld::new("wie", "Wie?", Invoer::Rondjes(thuis_keuzes(zicht))),
            Veld::new("akkoord", "Is die het ermee eens?", ja_of_nee("Ja, akkoord", "Nee, niet akkoord")),
            dag("dag", "Wanneer?"),
        ]
    },
    begin: |zicht, vraag| {
        let newest = || plannen(zicht).first().map(|(id, _)| id.clone());
        let plan = vraag.get("plan").map(str::to_owned).or_else(newest).unwrap_or_default();
        vec![vandaag(zicht), ("plan", plan)]
    },
    lees: |l| {
        let (plan, wie) = (l.feit("plan"), l.persoon("wie"));
        let (akkoord, dag) = (l.ja_nee("akkoord"), l.op_dag());
        Some(vec![(dag?, InstemmingPlan { plan: plan?, ouder: wie?, akkoord: akkoord? }.into())])
    },
    vul: |geldig, body| match body {
        Body::InstemmingPlan(b) => vec![
            op_dag(geldig),
            ("plan", b.plan.to_string()),
            ("wie", persoon_tekst(b.ouder)),
            ("akkoord", ja_nee(b.akkoord)),
        ],
        _ => Vec::new(),
    },
    ..GEWOON
};

fn plannen(zicht: &Zicht<'_>) -> Keuzes {
    let all = zicht.t.all::<Plan>().filter(|(fact, _)| zicht.mag_feit(fact));
    let mut all: Vec<_> = all.collect();
    all.sort_by_key(|(fact, _)| std::cmp::Reverse((fact.valid.from, fact.id)));
    let words = |(fact, _): (&domain::fact::Fact, _)| {
        let since = zinnen::dag(fact.valid.from, zicht.bezoek.vandaag);
        (fact.id.to_string(), format!("het plan vanaf {since}"))
    };
    all.into_iter().map(|(fact, plan)| words((fact, plan))).collect()
}

/// Consent to share, or its refusal.
pub const TOESTEMMING: Opzet = Opzet {
    blad: "toestemming",
    pad: "/leerling/{leerling}/toestemming",
    soort: Soort::Toestemming,
    titel: "Toestemming om te delen",
    uitleg: "Weigeren mag, en heeft geen gevolgen. Wie toestemming geeft, kan die altijd intrekken.",
    vooraf: telefoons,
    velden: |zicht, _| {
        let [van, tot] = van_tot("Vanaf welke dag?");
        vec![
            Veld::new("wie", "Wie?", Invoer::Rondjes(thuis_keuzes(zicht))),
            Veld::new("voor", "Waarvoor?", Invoer::Rondjes(keuzes!(ToestemmingVoor))),
            Veld::new("gegeven", "Is er toestemming?", ja_of_nee("Ja", "Nee, geweigerd")),
            Veld::new("aan", "Om te delen met", Invoer::Lijst(ontvangers(zicht), "Alle partijen om deze leerling")),
            van,
            tot,
        ]
    },
    begin: |zicht, _| vec![("van", zicht.bezoek.vandaag.to_string())],
    lees: toestemming,
    vul: |geldig, body| match body {
        Body::Toestemming(b) => {
            let words = [
                ("wie", persoon_tekst(b.ouder)),
                ("voor", b.voor.code().to_owned()),
                ("gegeven", ja_nee(b.gegeven)),
                ("aan", b.aan.map(|id| id.to_string()).unwrap_or_default()),
            ];
            dagen(geldig).into_iter().chain(words).collect()
        }
        _ => Vec::new(),
    },
    ..GEWOON
};

fn toestemming(l: &mut Lezing<'_>) -> Option<Vec<Stelling>> {
    let (wie, voor) = (l.persoon("wie"), l.f.keuze("voor", ToestemmingVoor::from_code));
    let (gegeven, dagen) = (l.ja_nee("gegeven"), l.dagen());
    let aan = match l.f.waarde("aan") {
        "" => Some(None),
        _ => l.f.keuze("aan", |id| id.parse().ok().map(Some)),
    };
    Some(vec![(dagen?, Toestemming { ouder: wie?, voor: voor?, aan: aan?, gegeven: gegeven? }.into())])
}

/// Organisations of the region with which can be shared.
fn ontvangers(zicht: &Zicht<'_>) -> Keuzes {
    let may = |soort| !matches!(soort, OrganisatieSoort::Regio | OrganisatieSoort::Bestuur);
    let all = zicht.r.organisaties.iter().filter(|(_, organisatie)| may(organisatie.soort));
    let mut all: Keuzes = all.map(|(id, organisatie)| (id.to_string(), organisatie.naam.clone())).collect();
    all.sort_by(|(_, a), (_, b)| a.cmp(b));
    all
}
