//! Absence as people state it: away for some days, at home altogether, one row of the school put right.

use convenant::Facet;
use domain::Date;
use domain::body::{Afwezigheid, Body, RijCorrectie, Soort, ZitThuis};
use domain::dagbeeld::SchoolVerzuim;
use domain::period::{Period, day_number, from_day_number};
use domain::verzuim::{Duur, MAX_KWARTIEREN, Rij, VerzuimSoort};

use super::super::opzet::{
    GEWOON, Invoer, Keuzes, Lezing, Opzet, Stelling, Veld, Vraag, dagen, uren, van_tot, woorden,
};
use crate::web::formulier::lees_dag;
use crate::web::kind::Zicht;
use crate::weergave::woorden as zinnen;

/// Kinds of which a person states that they last for days.
const HELE_DAGEN: &[VerzuimSoort] = &[
    VerzuimSoort::Ziek,
    VerzuimSoort::Ongeoorloofd,
    VerzuimSoort::Luxe,
    VerzuimSoort::Verlof,
    VerzuimSoort::Geschorst,
    VerzuimSoort::ThuisOpVerzoekSchool,
    VerzuimSoort::AangepastRooster,
    VerzuimSoort::Vrijstelling,
    VerzuimSoort::Verwijderd,
    VerzuimSoort::OverigGeoorloofd,
];

fn soorten(these: &[VerzuimSoort]) -> Keuzes {
    these.iter().map(|soort| (soort.code().to_owned(), zinnen::verzuimsoort(*soort).to_owned())).collect()
}

/// The child is away for some days, as long as no file of the school says so.
pub const AFWEZIGHEID: Opzet = Opzet {
    blad: "afwezigheid",
    pad: "/leerling/{leerling}/afwezigheid",
    soort: Soort::Afwezigheid,
    titel: "Afwezigheid vastleggen",
    uitleg: "Dit geldt voor dagen die nog niet met het verzuim van de school zijn aangeleverd.",
    velden: |_, _| {
        let [van, tot] = van_tot("Vanaf welke dag?");
        vec![
            van,
            tot,
            Veld::new("soort", "Waarom is de leerling er niet?", Invoer::Rondjes(soorten(HELE_DAGEN))),
            woorden("toelichting", "Toelichting").uitleg("Bij ziekte blijft dit leeg: een reden leggen wij niet vast."),
        ]
    },
    begin: |zicht, _| vec![("van", zicht.bezoek.vandaag.to_string())],
    lees: afwezigheid,
    vul: |geldig, body| match body {
        Body::Afwezigheid(b) => {
            let words = [("soort", b.soort.code().to_owned()), ("toelichting", b.toelichting.zichtbaar().to_owned())];
            dagen(geldig).into_iter().chain(words).collect()
        }
        _ => Vec::new(),
    },
    ..GEWOON
};

fn afwezigheid(l: &mut Lezing<'_>) -> Option<Vec<Stelling>> {
    let (dagen, soort) = (l.dagen(), l.f.keuze("soort", VerzuimSoort::from_code));
    let toelichting = l.tekst("toelichting");
    if soort == Some(VerzuimSoort::Ziek) && !toelichting.is_empty() {
        l.f.zet_fout("toelichting", "Bij ziekte leggen wij geen reden vast. Maak dit veld leeg.");
    }
    Some(vec![(dagen?, Afwezigheid { soort: soort?, toelichting }.into())])
}

/// The child does not go to school at all. Opens the clock by itself.
pub const ZIT_THUIS: Opzet = Opzet {
    blad: "zit-thuis",
    pad: "/leerling/{leerling}/zit-thuis",
    soort: Soort::ZitThuis,
    titel: "Gaat niet naar school",
    uitleg: "Hiermee begint de klok van drie maanden, ook als het verzuim nog niet is aangeleverd.",
    velden: |_, _| {
        let [van, tot] = van_tot("Sinds welke dag?");
        vec![
            van,
            tot,
            woorden("woorden", "Wie zegt dit, en hoe?")
                .uitleg("Bijvoorbeeld: moeder belde, het lukt Noor niet meer om te gaan. Geen medische gegevens."),
        ]
    },
    begin: |zicht, _| vec![("van", zicht.bezoek.vandaag.to_string())],
    lees: |l| {
        let dagen = l.dagen();
        let woorden = l.woorden("woorden", "Schrijf op wie dit zegt, en in welke woorden.");
        Some(vec![(dagen?, ZitThuis { relatie: None, woorden }.into())])
    },
    vul: |geldig, body| match body {
        Body::ZitThuis(b) => dagen(geldig).into_iter().chain([("woorden", b.woorden.zichtbaar().to_owned())]).collect(),
        _ => Vec::new(),
    },
    vervolg: true,
    ..GEWOON
};

/// One row as the school delivered it, put right.
pub const RIJ: Opzet = Opzet {
    blad: "rij",
    pad: "/leerling/{leerling}/rij",
    soort: Soort::RijCorrectie,
    titel: "Verzuim van een dag verbeteren",
    uitleg: "Wat de school aanleverde blijft te zien. Levert de school het opnieuw zo aan, dan blijft uw verbetering gelden.",
    velden: |zicht, vraag| {
        let anders: Keuzes = std::iter::once(("aanwezig".to_owned(), "De leerling was er wel".to_owned()))
            .chain(soorten(&VerzuimSoort::ALL))
            .collect();
        vec![
            Veld::new("rij", "Wat staat er nu?", Invoer::Lijst(rijen(zicht, vraag), "")),
            Veld::new("wordt", "Wat moet het zijn?", Invoer::Lijst(anders, "Kies")),
            Veld::new("uren", "Hoeveel lesuren?", Invoer::Tekst)
                .uitleg("Op een kwart nauwkeurig. Laat leeg voor de hele dag, of als de leerling er wel was."),
            Veld::new("reden", "Hoe weet u dat?", Invoer::Tekst),
        ]
    },
    lees: rij,
    vul: |geldig, body| match body {
        Body::RijCorrectie(b) => {
            let (wordt, duur) = match b.wordt {
                None => ("aanwezig".to_owned(), String::new()),
                Some((soort, Duur::Dag)) => (soort.code().to_owned(), String::new()),
                Some((soort, Duur::Kwartieren(kwartieren))) => (soort.code().to_owned(), uren(kwartieren.into())),
            };
            let reden = b.reden.zichtbaar().to_owned();
            let rij = rij_tekst(geldig.from, b.lesuur, b.soort);
            vec![("rij", rij), ("wordt", wordt), ("uren", duur), ("reden", reden)]
        }
        _ => Vec::new(),
    },
    ..GEWOON
};

/// Most rows of one child that are offered to be put right, the newest first.
const MAX_RIJEN: usize = 60;

/// The rows that the reader's own school delivered, newest first; of one day and lesson if these were asked for.
fn rijen(zicht: &Zicht<'_>, vraag: &Vraag) -> Keuzes {
    let corrected = vraag.get("rij").and_then(rij_lees).map(|(dag, lesuur, _)| (dag, Some(lesuur)));
    let lesuur = vraag.get("lesuur").and_then(|lesuur| lesuur.parse().ok());
    let asked = corrected.or_else(|| Some((vraag.get("dag").and_then(lees_dag)?, lesuur)));
    let own = |school: &&SchoolVerzuim| school.school == zicht.bezoek.organisatie;
    let packed = zicht.t.rijen.per_school.iter().filter(own).flat_map(|school| school.rijen.iter().rev());
    let rows = packed.filter_map(|packed| Rij::unpack(*packed));
    let asked = |rij: &Rij| {
        let here = asked.is_none_or(|(dag, lesuur)| {
            day_number(dag) == i32::from(rij.dag) && lesuur.is_none_or(|lesuur| lesuur == rij.lesuur)
        });
        here && zicht.facetten.contains_all(Facet::van_verzuim(rij.soort))
    };
    let known = |rij: Rij| {
        let dag = from_day_number(rij.dag.into());
        let les = if rij.lesuur == 0 { String::new() } else { format!(", lesuur {}", rij.lesuur) };
        let lang = match rij.duur {
            Duur::Dag => "hele dag".to_owned(),
            Duur::Kwartieren(kwartieren) => zinnen::uren(kwartieren.into()),
        };
        let op = zinnen::weekdag(dag, zicht.bezoek.vandaag);
        let words = format!("{op}{les}: {}, {lang}", zinnen::verzuimsoort(rij.soort));
        (rij_tekst(dag, rij.lesuur, rij.soort), words)
    };
    rows.filter(asked).map(known).take(MAX_RIJEN).collect()
}

fn rij_tekst(dag: Date, lesuur: u8, soort: VerzuimSoort) -> String {
    format!("{dag}/{lesuur}/{}", soort.code())
}

fn rij_lees(tekst: &str) -> Option<(Date, u8, VerzuimSoort)> {
    let mut delen = tekst.split('/');
    let (dag, lesuur, soort) = (delen.next()?, delen.next()?, delen.next()?);
    Some((dag.parse().ok()?, lesuur.parse().ok()?, VerzuimSoort::from_code(soort)?))
}

fn rij(l: &mut Lezing<'_>) -> Option<Vec<Stelling>> {
    let rij = l.f.keuze("rij", rij_lees);
    let wordt = l.f.keuze("wordt", |waarde| match waarde {
        "aanwezig" => Some(None),
        code => VerzuimSoort::from_code(code).map(Some),
    });
    let heel = l.f.waarde("uren").trim().is_empty();
    let duur = match wordt {
        Some(Some(_)) if !heel => l.f.kwartieren("uren").and_then(|kwartieren| {
            let fits = u8::try_from(kwartieren).ok().filter(|kwartieren| (1..=MAX_KWARTIEREN).contains(kwartieren));
            if fits.is_none() {
                l.f.zet_fout("uren", "Een dag heeft hoogstens 15,5 lesuren. Vul minder in, of laat dit leeg.");
            }
            fits.map(Duur::Kwartieren)
        }),
        _ => Some(Duur::Dag),
    };
    let reden = l.regel("reden", "Schrijf kort op hoe u dit weet.");
    let (dag, lesuur, soort) = rij?;
    let wordt = match wordt? {
        Some(wordt) => Some((wordt, duur?)),
        None => None,
    };
    Some(vec![(Period::day(dag), RijCorrectie { lesuur, soort, wordt, reden }.into())])
}
