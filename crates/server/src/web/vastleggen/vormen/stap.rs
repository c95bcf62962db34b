//! Who is responsible, who is aan zet, and the question to the samenwerkingsverband.

use domain::body::{
    Body, Ondersteuningsvraag, Onderwerp, OrganisatieSoort, Soort, Taak, Verantwoordelijke, VolgendeStap, VraagVan,
};
use domain::deelname::deelname;
use domain::ids::MedewerkerId;
use domain::tekst::Tekst;

use super::super::mensen::{collegas, wie, wie_keuzes, wie_tekst};
use super::super::opzet::{
    GEWOON, Invoer, Keuzes, Lezing, Opzet, Stelling, Veld, dag, dagen, keuzes, van_tot, woorden,
};
use crate::web::kind::Zicht;
use crate::weergave::woorden as zinnen;

/// Somebody of one's own organisation keeps hold of the child's case; with consent somebody at youth support.
pub const VERANTWOORDELIJKE: Opzet = Opzet {
    blad: "verantwoordelijke",
    pad: "/leerling/{leerling}/verantwoordelijke",
    soort: Soort::Verantwoordelijke,
    titel: "Verantwoordelijke aanwijzen",
    uitleg: "Deze persoon houdt de leerling vast, ook als een ander aan zet is.",
    velden: |zicht, _| {
        let [van, tot] = van_tot("Vanaf welke dag?");
        vec![
            Veld::new("wie", "Wie?", Invoer::Lijst(verantwoordelijken(zicht), "")),
            Veld::new("taak", "Als wat?", Invoer::Rondjes(keuzes!(Taak))),
            van,
            tot,
        ]
    },
    begin: |zicht, _| {
        let own = wie_tekst(zicht.bezoek.organisatie, Some(zicht.bezoek.medewerker));
        let taak = ("taak", Taak::Eigenaar.code().to_owned());
        vec![("wie", own), taak, ("van", zicht.bezoek.vandaag.to_string())]
    },
    lees: |l| {
        let iemand = |waarde: &str| wie(waarde).and_then(|(organisatie, wie)| Some((organisatie, wie?)));
        let (wie, taak) = (l.f.keuze("wie", iemand), l.f.keuze("taak", Taak::from_code));
        let dagen = l.dagen();
        let (organisatie, medewerker) = wie?;
        Some(vec![(dagen?, Verantwoordelijke { organisatie, medewerker, taak: taak? }.into())])
    },
    vul: |geldig, body| match body {
        Body::Verantwoordelijke(b) => {
            let who = ("wie", wie_tekst(b.organisatie, Some(b.medewerker)));
            dagen(geldig).into_iter().chain([who, ("taak", b.taak.code().to_owned())]).collect()
        }
        _ => Vec::new(),
    },
    ..GEWOON
};

/// Colleagues, and people at organisations of youth support that are around the child.
fn verantwoordelijken(zicht: &Zicht<'_>) -> Keuzes {
    let own = zicht.bezoek.organisatie;
    let care = super::super::mensen::partijen(zicht);
    let care = care.into_iter().filter(|id| zicht.r.soort(*id) == Some(OrganisatieSoort::Zorg) && *id != own);
    let named = |(organisatie, name): (_, Option<&str>)| {
        let one = |(id, _, words): (MedewerkerId, _, String)| {
            let words = name.map_or(words.clone(), |name| format!("{name}: {words}"));
            (wie_tekst(organisatie, Some(id)), words)
        };
        collegas(zicht, organisatie).into_iter().map(one).collect::<Keuzes>()
    };
    std::iter::once((own, None)).chain(care.map(|id| (id, Some(zicht.r.naam(id))))).flat_map(named).collect()
}

/// The next step: what, by whom, by when. It may be another organisation's: then the case is handed on.
pub const VOLGENDE_STAP: Opzet = Opzet {
    blad: "volgende-stap",
    pad: "/leerling/{leerling}/volgende-stap",
    soort: Soort::VolgendeStap,
    titel: "Wie is aan zet?",
    uitleg: "Wie u hier kiest, is aan zet tot er een andere stap is afgesproken. De dagen tellen voor die organisatie.",
    vooraf: |zicht| nu_aan_zet(zicht).into_iter().collect(),
    velden: |zicht, _| stap_velden(zicht),
    begin: |zicht, _| vec![("aan_zet", wie_tekst(zicht.bezoek.organisatie, Some(zicht.bezoek.medewerker)))],
    lees: |l| {
        let stap = stap(l);
        Some(vec![(l.nu(), stap?.into())])
    },
    vul: |_, body| match body {
        Body::VolgendeStap(b) => vec![
            ("aan_zet", wie_tekst(b.organisatie, b.medewerker)),
            ("stap", b.stap.zichtbaar().to_owned()),
            ("uiterlijk", b.uiterlijk.to_string()),
        ],
        _ => Vec::new(),
    },
    ..GEWOON
};

/// Who is aan zet now, for the reader.
pub fn nu_aan_zet(zicht: &Zicht<'_>) -> Option<String> {
    let now = zicht.vandaag.aan_zet.as_ref()?;
    let asked = convenant::Facet::van_aan_zet(zicht.t, zicht.r, now, &zicht.vandaag.termijnen);
    zicht.facetten.contains_all(asked).then(|| {
        let (stap, dag) = (zinnen::zonder_punt(now.stap.zichtbaar()), zinnen::dag(now.uiterlijk, zicht.bezoek.vandaag));
        format!("Nu aan zet: {}. {stap}, uiterlijk {dag}.", zicht.r.naam(now.organisatie))
    })
}

/// The fields of the next step; they stand on other forms too.
pub fn stap_velden(zicht: &Zicht<'_>) -> Vec<Veld> {
    vec![
        Veld::new("stap", "Wat is de volgende stap?", Invoer::Tekst),
        Veld::new("aan_zet", "Wie is aan zet?", Invoer::Lijst(wie_keuzes(zicht), "")),
        dag("uiterlijk", "Tot wanneer wachten wij?")
            .uitleg("Is het dan niet gebeurd, dan komt dit op de ochtendlijst."),
    ]
}

/// Reads them.
pub fn stap(l: &mut Lezing<'_>) -> Option<VolgendeStap> {
    let stap = l.regel("stap", "Schrijf op wat de volgende stap is.");
    let (wie, uiterlijk) = (l.f.keuze("aan_zet", wie), l.f.verplichte_dag("uiterlijk"));
    let (organisatie, medewerker) = wie?;
    Some(VolgendeStap { organisatie, medewerker, stap, uiterlijk: uiterlijk? })
}

/// The written question to the samenwerkingsverband: the only way by which it learns a name.
pub const VRAAG: Opzet = Opzet {
    blad: "ondersteuningsvraag",
    pad: "/leerling/{leerling}/ondersteuningsvraag",
    soort: Soort::Ondersteuningsvraag,
    titel: "Hulp vragen aan het samenwerkingsverband",
    uitleg: "Het samenwerkingsverband ziet de naam, de geboortedatum, de school en wat u hieronder schrijft. Het ziet geen verzuim, geen ziekte en niets van leerplicht. Ouders lezen vooraf dezelfde woorden.",
    velden: |_, _| vraag_velden(),
    begin: |zicht, _| vec![("deelname", deelname_nu(zicht))],
    lees: vraag,
    vul: |_, body| match body {
        Body::Ondersteuningsvraag(b) => {
            let words = |tekst: &Tekst| tekst.zichtbaar().to_owned();
            vec![
                ("vraag", words(&b.vraag)),
                ("geprobeerd", words(&b.geprobeerd)),
                ("deelname", words(&b.deelname)),
                ("visie_ouders", words(&b.ouders)),
                ("visie_leerling", words(&b.leerling)),
            ]
        }
        _ => Vec::new(),
    },
    vertel: Some(Onderwerp::Ondersteuningsvraag),
    ..GEWOON
};

/// The fields of a question to the samenwerkingsverband.
pub fn vraag_velden() -> Vec<Veld> {
    vec![
        woorden("vraag", "Wat is uw vraag?"),
        woorden("geprobeerd", "Wat is al geprobeerd?"),
        woorden("deelname", "Hoeveel doet de leerling nu mee?"),
        woorden("visie_ouders", "Wat vinden de ouders?"),
        woorden("visie_leerling", "Wat vindt de leerling?"),
    ]
}

/// Reads them: on behalf of the school, or, at the steunpunt, of the parents.
pub fn vraag(l: &mut Lezing<'_>) -> Option<Vec<Stelling>> {
    let vraag = l.woorden("vraag", "Schrijf uw vraag op.");
    let [geprobeerd, deelname, ouders, leerling] =
        ["geprobeerd", "deelname", "visie_ouders", "visie_leerling"].map(|naam| l.tekst(naam));
    let school = crate::web::kader::SCHOOL.contains(&l.rol);
    let van = if school { VraagVan::School } else { VraagVan::Ouders };
    let asked = Ondersteuningsvraag { van, vraag, geprobeerd, deelname, ouders, leerling };
    Some(vec![(l.nu(), asked.into())])
}

/// Lesweken over which participation is told.
const LESWEKEN: usize = 4;

/// How much the child takes part, in a sentence to start from; empty when that is not known.
pub fn deelname_nu(zicht: &Zicht<'_>) -> String {
    if !zicht.mag(convenant::Facet::Deelname) {
        return String::new();
    }
    let mut all = domain::deelname::Meting::default();
    deelname(zicht.t, zicht.bezoek.vandaag, LESWEKEN, zicht.r).value.iter().for_each(|week| all.tel_op(&week.meting));
    match all.procent() {
        Some(0) => "Doet de laatste vier lesweken niet mee aan lessen.".to_owned(),
        Some(procent) => format!("Deed de laatste vier lesweken mee aan {procent} procent van de lessen."),
        None => String::new(),
    }
}
