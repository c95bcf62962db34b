//! A story per form: what is filled in well is stated, each wrong field is named with what to do.

use super::*;
use crate::logboek::proef::speel;
use crate::web::proefbrowser::regio;
use domain::body::Soort;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// One form in the hands of somebody. `@n` in a field is the n-th choice that the page offers.
struct Geval {
    rol: Rol,
    plant: Plant,
    blad: &'static str,
    soort: Soort,
    goed: &'static [(&'static str, &'static str)],
    /// Fields that are wrong, each with words that say so.
    fout: &'static [(&'static [(&'static str, &'static str)], &'static str)],
}

const GEVALLEN: &[Geval] = &[
    Geval {
        rol: Rol::IbEr,
        plant: Plant::WachtenOpPlek,
        blad: "gesprek",
        soort: Soort::Gesprek,
        goed: &[("soort", "ondersteuningsteam"), ("erbij", "ouders"), ("afspraken", "Wij bellen elke vrijdag.")],
        fout: &[
            (&[("soort", "")], "Maak een keuze."),
            (&[("soort", "mdo"), ("dag", "31-2-2026")], "Dit is geen datum."),
            (&[("soort", "mdo"), ("dag", "2026-05-01")], "te ver in de toekomst"),
            (&[("soort", "mdo"), ("stap", "Bellen")], "Vul een datum in"),
        ],
    },
    Geval {
        rol: Rol::Verzuimcoordinator,
        plant: Plant::Sam,
        blad: "verteld",
        soort: Soort::Geinformeerd,
        goed: &[("wie", "@0"), ("over", "delen")],
        fout: &[(&[("over", "delen")], "Maak een keuze."), (&[("wie", "@0")], "Maak een keuze.")],
    },
    Geval {
        rol: Rol::Verzuimcoordinator,
        plant: Plant::Sam,
        blad: "afwezigheid",
        soort: Soort::Afwezigheid,
        goed: &[("van", "2026-03-20"), ("tot", "2026-03-20"), ("soort", "ziek")],
        fout: &[
            (&[("soort", "ziek"), ("toelichting", "griep")], "Bij ziekte leggen wij geen reden vast."),
            (&[("soort", "verlof"), ("tot", "2026-03-19")], "De laatste dag ligt voor de eerste dag."),
            (&[("soort", "verlof"), ("van", "2026-04-20")], "te ver in de toekomst"),
        ],
    },
    Geval {
        rol: Rol::Verzuimcoordinator,
        plant: Plant::HalveDagen,
        blad: "zit-thuis",
        soort: Soort::ZitThuis,
        goed: &[("van", "2026-03-16"), ("woorden", "Vader belde: hij komt niet meer uit bed.")],
        fout: &[(&[("van", "2026-03-16")], "Schrijf op wie dit zegt")],
    },
    Geval {
        rol: Rol::Verzuimcoordinator,
        plant: Plant::Sam,
        blad: "rij",
        soort: Soort::RijCorrectie,
        goed: &[("wordt", "te_laat"), ("uren", "0,5"), ("reden", "Gezien door de conciërge.")],
        fout: &[
            (&[("wordt", "te_laat"), ("uren", "20"), ("reden", "x")], "hoogstens 15,5 lesuren"),
            (&[("wordt", "aanwezig")], "Schrijf kort op hoe u dit weet."),
        ],
    },
    Geval {
        rol: Rol::Leerplichtambtenaar,
        plant: Plant::WachtenOpPlek,
        blad: "meldingstatus",
        soort: Soort::MeldingStatus,
        goed: &[("status", "G"), ("afsluiting", "terug naar school, opleiding hervat"), ("reden", "Nagebeld.")],
        fout: &[
            (&[("status", "G")], "Kies de reden van afsluiten."),
            (&[("status", "B")], "kan niet naar B"),
            (&[("melding", "F-00000000000000000000000000000001"), ("status", "K")], "Deze melding staat niet"),
        ],
    },
    Geval {
        rol: Rol::Leerplichtambtenaar,
        plant: Plant::WachtenOpPlek,
        blad: "onderzoek",
        soort: Soort::Onderzoek,
        goed: &[("stap", "gestart")],
        fout: &[(&[("stap", "afgerond")], "nog niet gestart"), (&[], "Maak een keuze.")],
    },
    Geval {
        rol: Rol::Leerplichtambtenaar,
        plant: Plant::WachtenOpPlek,
        blad: "verhoor",
        soort: Soort::Verhoor,
        goed: &[("wie", "@0")],
        fout: &[(&[], "Maak een keuze.")],
    },
    Geval {
        rol: Rol::IbEr,
        plant: Plant::WachtenOpPlek,
        blad: "einddatum",
        soort: Soort::MeldingEinde,
        goed: &[("einde", "2026-03-19")],
        fout: &[
            (&[], "Vul een datum in"),
            (&[("einde", "2026-03-30")], "ligt in de toekomst"),
            (&[("einde", "2020-01-01")], "ligt voor de begindatum"),
        ],
    },
    Geval {
        rol: Rol::Verzuimcoordinator,
        plant: Plant::Sam,
        blad: "verantwoordelijke",
        soort: Soort::Verantwoordelijke,
        goed: &[("taak", "casusregisseur")],
        fout: &[
            (&[("wie", "O-0000-0000-0001/M-0000-0000-0001")], "alleen iemand van uw eigen organisatie"),
            (&[("van", "")], "Vul een datum in"),
        ],
    },
    Geval {
        rol: Rol::Verzuimcoordinator,
        plant: Plant::Sam,
        blad: "volgende-stap",
        soort: Soort::VolgendeStap,
        goed: &[("stap", "Huisbezoek"), ("uiterlijk", "2026-03-27")],
        fout: &[
            (&[("stap", "Huisbezoek"), ("uiterlijk", "2026-03-01")], "ligt voor vandaag"),
            (&[("uiterlijk", "2026-03-27")], "Schrijf op wat de volgende stap is."),
            (&[("stap", "Bel"), ("uiterlijk", "2026-03-27"), ("aan_zet", "O-0000-0000-0001")], "nog niet in beeld"),
        ],
    },
    Geval {
        rol: Rol::Verzuimcoordinator,
        plant: Plant::Sam,
        blad: "ondersteuningsvraag",
        soort: Soort::Ondersteuningsvraag,
        goed: &[("vraag", "Hoe krijgen wij Sam weer in de klas?"), ("verteld", "@0")],
        fout: &[
            (&[("verteld", "@0")], "Schrijf uw vraag op."),
            (&[("vraag", "Hoe?")], "De ouders zijn nog niet geïnformeerd"),
        ],
    },
    Geval {
        rol: Rol::Consulent,
        plant: Plant::Schoolangst,
        blad: "aanbod",
        soort: Soort::Aanbod,
        goed: &[
            ("soort", "onderwijs"),
            ("wat", "Kleine groep in Alkmaar"),
            ("uren", "4,5"),
            ("van", "2026-03-30"),
            ("schriftelijk", "2026-03-20"),
            ("stap1_vanaf", "2026-04-13"),
            ("stap1_uren", "8"),
        ],
        fout: &[
            (&[("soort", "onderwijs"), ("wat", "x"), ("uren", "4,1"), ("van", "2026-03-30")], "op een kwartier"),
            (
                &[
                    ("soort", "onderwijs"),
                    ("wat", "x"),
                    ("uren", "4"),
                    ("van", "2026-03-30"),
                    ("stap1_vanaf", "2026-04-14"),
                    ("stap1_uren", "8"),
                ],
                "14 april 2026 is geen maandag.",
            ),
            (
                &[("soort", "onderwijs"), ("wat", "x"), ("uren", "0"), ("van", "2026-03-30")],
                "Er staan geen uren bij het aanbod.",
            ),
        ],
    },
    Geval {
        rol: Rol::Consulent,
        plant: Plant::WachtenOpPlek,
        blad: "reactie",
        soort: Soort::AanbodReactie,
        goed: &[("wie", "@0"), ("oordeel", "proberen"), ("woorden", "Wij willen het proberen.")],
        fout: &[(&[("wie", "@0"), ("oordeel", "proberen")], "Schrijf op wat er gezegd is")],
    },
    Geval {
        rol: Rol::Consulent,
        plant: Plant::AlleenZorg,
        blad: "realisatie",
        soort: Soort::Realisatie,
        goed: &[("week1_uren", "3,5"), ("week2_uren", "0")],
        fout: &[(&[], "Vul van minstens één week de uren in."), (&[("week1_uren", "veel")], "Vul uren per week in")],
    },
    Geval {
        rol: Rol::Verzuimcoordinator,
        plant: Plant::HalveDagen,
        blad: "plan",
        soort: Soort::Plan,
        goed: &[("doel", "Elke week een uur erbij"), ("uren", "")],
        fout: &[(&[("uren", "4")], "Schrijf op wat het doel is."), (&[("doel", "x"), ("uren", "x")], "Vul uren")],
    },
    Geval {
        rol: Rol::Verzuimcoordinator,
        plant: Plant::HalveDagenMetPlan,
        blad: "instemming",
        soort: Soort::InstemmingPlan,
        goed: &[("wie", "@0"), ("akkoord", "nee")],
        fout: &[(&[("wie", "@0")], "Maak een keuze.")],
    },
    Geval {
        rol: Rol::Verzuimcoordinator,
        plant: Plant::Sam,
        blad: "toestemming",
        soort: Soort::Toestemming,
        goed: &[("wie", "@0"), ("voor", "jgz_betrokken"), ("gegeven", "nee")],
        fout: &[(&[("voor", "jgz_betrokken"), ("gegeven", "ja")], "Maak een keuze.")],
    },
    Geval {
        rol: Rol::Jeugdarts,
        plant: Plant::EindelozeZiekte,
        blad: "consult",
        soort: Soort::Consult,
        goed: &[("stap", "gepland")],
        fout: &[(&[], "Maak een keuze.")],
    },
    Geval {
        rol: Rol::Jeugdarts,
        plant: Plant::EindelozeZiekte,
        blad: "contact",
        soort: Soort::Contact,
        goed: &[("bereikt", "nee")],
        fout: &[(&[], "Maak een keuze.")],
    },
    Geval {
        rol: Rol::Leerplichtambtenaar,
        plant: Plant::WachtenOpPlek,
        blad: "bevestiging",
        soort: Soort::Bevestiging,
        goed: &[("wat", "thuiszittend"), ("klopt", "ja")],
        fout: &[(&[("wat", "thuiszittend"), ("klopt", "nee")], "Schrijf op waarom het niet klopt.")],
    },
    Geval {
        rol: Rol::Consulent,
        plant: Plant::WachtenOpPlek,
        blad: "besluit",
        soort: Soort::Besluit,
        goed: &[("soort", "anders"), ("inhoud", "Wij betalen het vervoer.")],
        fout: &[
            (&[("soort", "anders")], "Schrijf op wat is besloten"),
            (&[("soort", "doorzettingsmacht"), ("inhoud", "x")], "alleen wie de doorzettingsmacht heeft"),
        ],
    },
    Geval {
        rol: Rol::Verzuimcoordinator,
        plant: Plant::Sam,
        blad: "afwijking",
        soort: Soort::Afwijking,
        goed: &[("regel", "Verzuimgesprek binnen 5 schooldagen"), ("waarom", "Moeder is ziek.")],
        fout: &[(&[("regel", "x")], "Schrijf op waarom."), (&[("waarom", "x")], "van welke regel")],
    },
    Geval {
        rol: Rol::Schoolleider,
        plant: Plant::Sam,
        blad: "verlof",
        soort: Soort::Verlof,
        goed: &[("grond", "11-g"), ("toegekend", "ja"), ("van", "2026-03-30"), ("tot", "2026-03-31")],
        fout: &[
            (&[("grond", "11-g"), ("toegekend", "ja"), ("van", "2026-03-30")], "geen einddatum"),
            (
                &[("grond", "11-g"), ("toegekend", "ja"), ("van", "2026-03-02"), ("tot", "2026-03-31")],
                "beslist de leerplichtambtenaar",
            ),
            (&[("grond", "11-f"), ("toegekend", "ja"), ("tot", "2026-03-31"), ("uren", "4")], "alleen bij artikel 11a"),
        ],
    },
    Geval {
        rol: Rol::Leerplichtambtenaar,
        plant: Plant::VrijstellingGeldig,
        blad: "kennisgeving",
        soort: Soort::Kennisgeving,
        goed: &[("grond", "5-b"), ("van", "2026-04-01"), ("tot", "2026-07-31"), ("ontvangen", "2026-03-19")],
        fout: &[
            (&[("van", "2026-04-01")], "Maak een keuze."),
            (&[("grond", "5-b"), ("van", "2026-04-01"), ("ontvangen", "2026-03-21")], "in de toekomst"),
        ],
    },
    Geval {
        rol: Rol::Leerplichtambtenaar,
        plant: Plant::VrijstellingGeldig,
        blad: "verklaring",
        soort: Soort::Verklaring,
        goed: &[("wie", "arts"), ("aangewezen", "ja"), ("behandelend", "nee"), ("geldig_tot", "2026-12-31")],
        fout: &[
            (&[("wie", "arts"), ("aangewezen", "ja")], "Maak een keuze."),
            (
                &[("wie", "arts"), ("aangewezen", "ja"), ("behandelend", "nee"), ("geldig_tot", "2026-03-01")],
                "ligt voor haar begin",
            ),
        ],
    },
    Geval {
        rol: Rol::Leerplichtambtenaar,
        plant: Plant::VrijstellingGeldig,
        blad: "toets",
        soort: Soort::KennisgevingToets,
        goed: &[("kennisgeving", "@0"), ("uitkomst", "voldoet_niet"), ("reden", "De verklaring is te oud.")],
        fout: &[(&[("kennisgeving", "@0"), ("uitkomst", "voldoet_niet")], "aan welke voorwaarde")],
    },
    Geval {
        rol: Rol::Leerplichtambtenaar,
        plant: Plant::VrijstellingGeldig,
        blad: "vrijstelling",
        soort: Soort::VrijstellingBesluit,
        goed: &[("grond", "15"), ("toegekend", "nee"), ("van", "2026-04-01"), ("tot", "2026-07-31")],
        fout: &[
            (&[("toegekend", "ja"), ("tot", "2026-07-31")], "Maak een keuze."),
            (&[("grond", "15"), ("toegekend", "ja")], "geen einddatum"),
        ],
    },
    Geval {
        rol: Rol::Consulent,
        plant: Plant::WachtenOpPlek,
        blad: "swv-advies",
        soort: Soort::SwvAdvies,
        goed: &[],
        fout: &[(&[("advies", "")], "Schrijf het advies op."), (&[("advies", "x")], "oestemming")],
    },
    Geval {
        rol: Rol::Consulent,
        plant: Plant::WachtenOpPlek,
        blad: "sluiting",
        soort: Soort::Sluiting,
        goed: &[],
        fout: &[
            (&[("reden", "anders")], "Schrijf op waarom het dossier sluit."),
            (&[("reden", "terug")], "De klok loopt nog"),
        ],
    },
];

/// The fields with each `@n` replaced by what the page offers.
fn velden(blad: &Blad, adres: &str, velden: &[(&'static str, &'static str)]) -> Vec<(&'static str, String)> {
    let choose = |naam: &str, waarde: &str| match waarde.strip_prefix('@') {
        Some(n) => blad.keuzes(adres, naam)[n.parse::<usize>().unwrap()].clone(),
        None => waarde.to_owned(),
    };
    velden.iter().map(|(naam, waarde)| (*naam, choose(naam, waarde))).collect()
}

#[test]
fn what_is_filled_in_well_is_stated_and_each_wrong_field_is_named() {
    speel(async {
        let regio = regio().await;
        let mut bekend: BTreeMap<Keuze, Proefbrowser<'_>> = BTreeMap::new();
        for Geval { rol, plant, blad, soort, goed, fout } in GEVALLEN {
            let leerling = regio.kind(*plant);
            let keuze = match rol {
                Rol::Verzuimcoordinator | Rol::IbEr => van_school(&regio, leerling).await,
                _ => iemand(&regio, *rol, leerling).await.unwrap(),
            };
            if let Entry::Vacant(nieuw) = bekend.entry(keuze) {
                nieuw.insert(als(&regio, keuze).await);
            }
            let wie = bekend.get_mut(&keuze).unwrap();
            let adres = adres(leerling, blad);
            let before = aantal(&regio, leerling).await;
            for (wrong, woorden) in *fout {
                let shown = wie.get(&adres).await;
                let wrong = velden(&shown, &adres, wrong);
                let wrong: Vec<(&str, &str)> = wrong.iter().map(|(a, b)| (*a, b.as_str())).collect();
                let back = wie.verstuur(&adres, &wrong).await;
                terug(&back, woorden);
                for (naam, typed) in &wrong {
                    // A choice that is not offered cannot be shown.
                    let offered = !typed.starts_with("F-") && !typed.starts_with("O-0");
                    let kept = typed.is_empty() || !offered || back.html.contains(&typed.replace('\'', "&#39;"));
                    assert!(kept, "{adres}: {naam} is not shown as it was typed");
                }
            }
            assert_eq!(aantal(&regio, leerling).await, before, "{adres}: nothing was written");
            if goed.is_empty() {
                continue;
            }
            let shown = wie.get(&adres).await;
            let good = velden(&shown, &adres, goed);
            let good: Vec<(&str, &str)> = good.iter().map(|(a, b)| (*a, b.as_str())).collect();
            gelukt(&wie.verstuur(&adres, &good).await, "vastgelegd");
            let last = regio.staat.dienst.lees(move |register| {
                let t = register.timeline(leerling).unwrap();
                let moment = t.facts().next_back().unwrap().known;
                let soorten = t.facts().filter(|fact| fact.known == moment).map(|fact| fact.body.soort());
                soorten.collect::<Vec<_>>()
            });
            assert!(last.await.unwrap().contains(soort), "{adres}");
        }
    });
}
