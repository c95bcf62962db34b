//! Meldingen and what leerplicht does with them.

use domain::Date;
use domain::body::{
    Body, Melding, MeldingEinde, MeldingSoort, MeldingStand, MeldingStatus, Onderzoek, OnderzoekStap, Soort, Verhoor,
};
use domain::decide::MAX_KORT;
use domain::fact::FactId;

use super::super::mensen::thuis_keuzes;
use super::super::opzet::{
    GEWOON, Invoer, Keuzes, Lezing, Opzet, Stelling, Veld, Vraag, dag, ja_nee, ja_of_nee, keuzes, op_dag,
    persoon_tekst, vandaag, woorden,
};
use crate::web::kind::Zicht;
use crate::weergave::woorden as zinnen;

/// How a melding says that nothing is asked of the municipality; then follows why.
pub const GEEN_ACTIE: &str = "Geen actie gewenst: ";

/// The fields of a melding, in the order of DUO. It is made on a page of its own; here it is corrected.
pub const MELDING: Opzet = Opzet {
    blad: "melding",
    pad: "/leerling/{leerling}/melding",
    soort: Soort::Melding,
    titel: "Melding",
    velden: |_, _| {
        let kinds = MeldingSoort::ALL.iter().filter(|soort| soort.kan_nieuw());
        let kinds = kinds.map(|soort| (soort.code().to_owned(), format!("{} ({})", soort.label(), soort.code())));
        vec![
            dag("begin", "Eerste dag van het verzuim"),
            dag("einde", "Laatste dag").uitleg("Alleen als de leerling terug is of wordt uitgeschreven."),
            Veld::new("soort", "Vermoedelijke soort verzuim", Invoer::Rondjes(kinds.collect())),
            Veld::new("reden", "Vermoedelijke reden", Invoer::Tekst)
                .uitleg("Hoogstens 200 tekens. Geen ziekte, geen diagnose."),
            Veld::new("alle_lessen", "De leerling miste alle lessen", Invoer::Vinkje),
            woorden("actie_school", "Wat deed de school zelf?"),
            Veld::new("gewenst", "Vraagt u iets van de gemeente?", ja_of_nee("Ja", "Nee")),
            woorden("actie_gewenst", "Wat vraagt u, of waarom niets?"),
        ]
    },
    lees: melding,
    vul: |_, body| match body {
        Body::Melding(b) => vul_melding(b),
        _ => Vec::new(),
    },
    ..GEWOON
};

fn melding(l: &mut Lezing<'_>) -> Option<Vec<Stelling>> {
    let (begin, einde) = verzuimdagen(l);
    let soort = l.f.keuze("soort", MeldingSoort::from_code);
    let reden = match soort {
        Some(MeldingSoort::O) => l.regel("reden", "Bij overig verzuim hoort de reden die u vermoedt."),
        _ => l.kort("reden"),
    };
    let actie_school =
        l.woorden("actie_school", "Schrijf op wat de school zelf deed. DUO vraagt dit bij elke melding.");
    let gewenst = l.ja_nee("gewenst");
    let actie = l.woorden("actie_gewenst", "Schrijf op wat u van de gemeente vraagt, of waarom u niets vraagt.");
    let nummer = match l.eerder.map(|fact| &fact.body) {
        Some(Body::Melding(b)) => b.meldingsnummer.clone(),
        _ => Default::default(),
    };
    let geldig = l.nu();
    let actie_gewenst = if gewenst? { actie } else { format!("{GEEN_ACTIE}{}", actie.zichtbaar()).as_str().into() };
    let melding = Melding {
        soort: soort?,
        begin: begin?,
        einde,
        reden,
        alle_lessen: l.aan("alle_lessen"),
        actie_school,
        actie_gewenst,
        meldingsnummer: nummer,
    };
    Some(vec![(geldig, melding.into())])
}

/// First and last day of the absence. What is wrong with either is said at its field, and then left out of what is tried.
fn verzuimdagen(l: &mut Lezing<'_>) -> (Option<Date>, Option<Date>) {
    let (begin, einde) = (l.f.verplichte_dag("begin"), l.f.dag("einde"));
    let gemeld = l.nu().from;
    if begin.is_some_and(|begin| begin > gemeld) {
        l.f.zet_fout("begin", "Deze dag moet nog komen. Vul de eerste dag van het verzuim in.");
    }
    if einde.zip(begin).is_some_and(|(einde, begin)| einde < begin) {
        l.f.zet_fout("einde", "De laatste dag ligt voor de eerste dag. Controleer beide dagen.");
    } else if einde.is_some_and(|einde| einde > l.vandaag) {
        l.f.zet_fout(
            "einde",
            "Deze dag moet nog komen. Laat hem leeg tot de leerling terug is of wordt uitgeschreven.",
        );
    }
    (begin.map(|begin| begin.min(gemeld)), einde.filter(|_| l.f.fout("einde").is_none()))
}

/// A melding as its form shows it.
pub fn vul_melding(b: &Melding) -> Vec<(&'static str, String)> {
    let wish = b.actie_gewenst.zichtbaar();
    let none = wish.strip_prefix(GEEN_ACTIE);
    vec![
        ("begin", b.begin.to_string()),
        ("einde", b.einde.map(|dag| dag.to_string()).unwrap_or_default()),
        ("soort", b.soort.code().to_owned()),
        ("reden", b.reden.zichtbaar().to_owned()),
        ("alle_lessen", ja_nee(b.alle_lessen)),
        ("actie_school", b.actie_school.zichtbaar().to_owned()),
        ("gewenst", ja_nee(none.is_none())),
        ("actie_gewenst", none.unwrap_or(wish).to_owned()),
    ]
}

/// The meldingen that the reader may see, the newest first.
fn meldingen(zicht: &Zicht<'_>) -> Vec<(FactId, Melding)> {
    let all = zicht.t.all::<Melding>().filter(|(fact, _)| zicht.mag_feit(fact));
    let mut all: Vec<_> = all.map(|(fact, melding)| (fact.valid.from, fact.id, melding.clone())).collect();
    all.sort_by_key(|(dag, id, _)| std::cmp::Reverse((*dag, *id)));
    all.into_iter().map(|(_, id, melding)| (id, melding)).collect()
}

fn melding_keuzes(zicht: &Zicht<'_>) -> Keuzes {
    let line = |(id, b): (FactId, Melding)| {
        let begin = zinnen::dag(b.begin, zicht.bezoek.vandaag);
        (id.to_string(), format!("{}, verzuim vanaf {begin}", b.soort.label()))
    };
    meldingen(zicht).into_iter().map(line).collect()
}

/// The melding that the address names, else the newest.
fn welke(zicht: &Zicht<'_>, vraag: &Vraag) -> (&'static str, String) {
    let newest = || meldingen(zicht).first().map(|(id, _)| id.to_string());
    ("melding", vraag.get("melding").map(str::to_owned).or_else(newest).unwrap_or_default())
}

/// Why DUO knows a melding to be closed (Besluit register onderwijsdeelnemers).
const AFGESLOTEN: [&str; 7] = [
    "terug naar school, opleiding hervat",
    "inschrijving beëindigd, andere opleiding",
    "inschrijving beëindigd, werk",
    "inschrijving beëindigd, overige redenen",
    "inschrijving beëindigd, leerling overleden",
    "geen verzuim, langdurig ziek",
    "geen verzuim, legitiem afwezig",
];

/// The status of a melding: by leerplicht, and by the school as far as it is the school's.
pub const STATUS: Opzet = Opzet {
    blad: "meldingstatus",
    pad: "/leerling/{leerling}/meldingstatus",
    soort: Soort::MeldingStatus,
    titel: "Stand van de melding",
    velden: |zicht, _| {
        use MeldingStand::{Afgesloten, Geregistreerd, InBehandeling, Ingetrokken, TerKennisgeving};
        let school = zicht.r.scholen.contains_key(&zicht.bezoek.organisatie);
        let these =
            if school { vec![Geregistreerd, Ingetrokken] } else { vec![InBehandeling, TerKennisgeving, Afgesloten] };
        let these = these.into_iter().map(|status| (status.code().to_owned(), status.label().to_owned())).collect();
        let mut all = vec![
            Veld::new("melding", "Welke melding?", Invoer::Lijst(melding_keuzes(zicht), "")),
            Veld::new("status", "Wat is de stand?", Invoer::Rondjes(these)),
            dag("dag", "Sinds welke dag?"),
        ];
        if !school {
            let closed = AFGESLOTEN.map(|reden| (reden.to_owned(), reden.to_owned())).to_vec();
            all.push(Veld::new("afsluiting", "Reden van afsluiten", Invoer::Lijst(closed, "Niet afgesloten")));
        }
        let label = if school { "Waarom trekt u de melding in?" } else { "Opmerking" };
        all.push(Veld::new("reden", label, Invoer::Tekst));
        all
    },
    begin: |zicht, vraag| vec![vandaag(zicht), welke(zicht, vraag)],
    lees: status,
    vul: |geldig, body| match body {
        Body::MeldingStatus(b) => {
            let reden = b.reden.zichtbaar();
            let closed = AFGESLOTEN.into_iter().find(|known| reden.starts_with(known)).unwrap_or_default();
            let rest = reden.get(closed.len()..).unwrap_or_default().trim_start_matches(". ");
            vec![
                op_dag(geldig),
                ("melding", b.melding.to_string()),
                ("status", b.status.code().to_owned()),
                ("afsluiting", closed.to_owned()),
                ("reden", rest.to_owned()),
            ]
        }
        _ => Vec::new(),
    },
    ..GEWOON
};

fn status(l: &mut Lezing<'_>) -> Option<Vec<Stelling>> {
    let (melding, status, dag) = (l.feit("melding"), l.f.keuze("status", MeldingStand::from_code), l.op_dag());
    let closed = l.f.waarde("afsluiting").to_owned();
    let more = l.f.tekst("reden", MAX_KORT - AFGESLOTEN.iter().map(|reden| reden.len()).max().unwrap_or_default());
    let parts = [closed.as_str(), more.zichtbaar()];
    let reden = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ");
    match status {
        Some(MeldingStand::Afgesloten) if closed.is_empty() => {
            l.f.zet_fout("afsluiting", "Kies de reden van afsluiten.")
        }
        Some(MeldingStand::Ingetrokken) if reden.is_empty() => {
            l.f.zet_fout("reden", "Schrijf kort op waarom de melding wordt ingetrokken.");
        }
        _ => {}
    }
    Some(vec![(dag?, MeldingStatus { melding: melding?, status: status?, reden: reden.as_str().into() }.into())])
}

/// The end date of a melding.
pub const EINDE: Opzet = Opzet {
    blad: "einddatum",
    pad: "/leerling/{leerling}/einddatum",
    soort: Soort::MeldingEinde,
    titel: "Einddatum van de melding",
    uitleg: "Verplicht als de leerling terug is of wordt uitgeschreven. Vul de datum ook in uw leerlingsysteem of bij DUO in.",
    velden: |zicht, _| {
        vec![
            Veld::new("melding", "Welke melding?", Invoer::Lijst(melding_keuzes(zicht), "")),
            dag("einde", "Laatste dag van het verzuim"),
        ]
    },
    begin: |zicht, vraag| vec![welke(zicht, vraag)],
    lees: |l| {
        let (melding, einde) = (l.feit("melding"), l.f.verplichte_dag("einde"));
        Some(vec![(l.nu(), MeldingEinde { melding: melding?, einde: einde? }.into())])
    },
    vul: |_, body| match body {
        Body::MeldingEinde(b) => vec![("melding", b.melding.to_string()), ("einde", b.einde.to_string())],
        _ => Vec::new(),
    },
    ..GEWOON
};

/// The word for no melding: the child is not enrolled.
const ZONDER: &str = "geen";

fn melding_of_geen(l: &mut Lezing<'_>) -> Option<Option<FactId>> {
    l.f.keuze("melding", |waarde| match waarde {
        ZONDER => Some(None),
        id => id.parse().ok().map(Some),
    })
}

fn melding_of_geen_veld(zicht: &Zicht<'_>) -> Veld {
    let mut all = melding_keuzes(zicht);
    all.push((ZONDER.to_owned(), "Geen melding: de leerling is niet ingeschreven".to_owned()));
    Veld::new("melding", "Bij welke melding?", Invoer::Lijst(all, ""))
}

fn melding_of_geen_tekst(melding: Option<FactId>) -> (&'static str, String) {
    ("melding", melding.map_or_else(|| ZONDER.to_owned(), |id| id.to_string()))
}

/// Steps of an examination (LPW art. 22).
pub const ONDERZOEK: Opzet = Opzet {
    blad: "onderzoek",
    pad: "/leerling/{leerling}/onderzoek",
    soort: Soort::Onderzoek,
    titel: "Onderzoek van leerplicht",
    uitleg: "Alleen de stap en de dag. Wat u verder noteert, blijft in uw eigen systeem.",
    velden: |zicht, _| {
        vec![
            Veld::new("stap", "Welke stap?", Invoer::Rondjes(keuzes!(OnderzoekStap))),
            melding_of_geen_veld(zicht),
            dag("dag", "Wanneer?"),
        ]
    },
    begin: |zicht, vraag| {
        let (naam, welke) = welke(zicht, vraag);
        vec![vandaag(zicht), (naam, if welke.is_empty() { ZONDER.to_owned() } else { welke })]
    },
    lees: |l| {
        let (stap, dag) = (l.f.keuze("stap", OnderzoekStap::from_code), l.op_dag());
        let melding = melding_of_geen(l);
        Some(vec![(dag?, Onderzoek { melding: melding?, stap: stap? }.into())])
    },
    vul: |geldig, body| match body {
        Body::Onderzoek(b) => {
            vec![op_dag(geldig), melding_of_geen_tekst(b.melding), ("stap", b.stap.code().to_owned())]
        }
        _ => Vec::new(),
    },
    ..GEWOON
};

/// A parent or the youth was heard (LPW art. 22).
pub const VERHOOR: Opzet = Opzet {
    blad: "verhoor",
    pad: "/leerling/{leerling}/verhoor",
    soort: Soort::Verhoor,
    titel: "Gehoord door leerplicht",
    uitleg: "Alleen wie u hoorde en wanneer. Wat er gezegd is, staat hier niet.",
    velden: |zicht, _| {
        vec![
            Veld::new("wie", "Wie hebt u gehoord?", Invoer::Rondjes(thuis_keuzes(zicht))),
            melding_of_geen_veld(zicht),
            dag("dag", "Wanneer?"),
        ]
    },
    begin: ONDERZOEK.begin,
    lees: |l| {
        let (wie, dag) = (l.persoon("wie"), l.op_dag());
        let melding = melding_of_geen(l);
        Some(vec![(dag?, Verhoor { melding: melding?, ouder: wie? }.into())])
    },
    vul: |geldig, body| match body {
        Body::Verhoor(b) => {
            vec![op_dag(geldig), melding_of_geen_tekst(b.melding), ("wie", persoon_tekst(b.ouder))]
        }
        _ => Vec::new(),
    },
    ..GEWOON
};
