//! A convenant that crosses a bound of law or pact does not load, and says why; just within the bound it does.

use convenant::Convenant;

/// A row of a convenant, by what differs from a plain one.
struct Rij {
    partij: &'static str,
    relatie: &'static str,
    soort: &'static str,
    /// Lines of fase and leeftijd.
    als: &'static str,
    toestemming: &'static str,
    reden: bool,
}

const SCHOOL: Rij = Rij {
    partij: "schoolleider",
    relatie: "school-van-inschrijving",
    soort: "\"persoon.naam\", \"klok\"",
    als: "",
    toestemming: "geen",
    reden: false,
};

fn lees(rij: &Rij) -> Result<Convenant, String> {
    let Rij { partij, relatie, soort, als, toestemming, reden } = rij;
    let tekst = format!(
        "titel = \"t\"\nregio = \"r\"\ngeldig_vanaf = 2026-08-01\n\n[[regel]]\nnaam = \"n\"\npartij = [\"{partij}\"]\n\
         relatie = [\"{relatie}\"]\n{als}\nsoort = [{soort}]\nmag = [\"lees\"]\ntoestemming = \"{toestemming}\"\n\
         tot = \"heden\"\nreden = {reden}\ngrond = \"ondersteuningstaak\"\n"
    );
    Convenant::lees(&tekst).map_err(|fouten| fouten.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

/// The first row is refused with these words on its line; the second, just within the bound, is taken.
#[track_caller]
fn check(over: &Rij, zegt: &str, binnen: &Rij) {
    let melding = lees(over).expect_err("beyond the bound");
    assert!(melding.contains(zegt), "{melding}\n  should say: {zegt}");
    assert!(melding.contains("regelnummer 10, regel \"n\", soort"), "{melding}");
    if let Err(melding) = lees(binnen) {
        panic!("within the bound, and refused: {melding}");
    }
}

#[test]
fn illness_and_suspension_stay_away_from_leerplicht_and_doorstroompunt() {
    for (partij, relatie) in [
        ("leerplichtambtenaar", "woongemeente"),
        ("administratie_leerplicht", "woongemeente"),
        ("rmc_medewerker", "doorstroompunt"),
    ] {
        let rij = Rij { partij, relatie, als: "fase = [\"gemeld\"]", ..SCHOOL };
        let over = Rij { soort: "\"persoon.naam\", \"klok\", \"verzuim.ziekte\"", ..rij };
        let binnen = Rij { soort: "\"persoon.naam\", \"klok\", \"verzuim.dagen\"", ..rij };
        check(&over, "niet toe: verzuim.ziekte; haal dit weg", &binnen);
    }
}

#[test]
fn leerplicht_comes_in_by_a_phase_or_with_a_reason_and_for_residents_only() {
    let lpa = Rij { partij: "leerplichtambtenaar", relatie: "woongemeente", ..SCHOOL };
    let gemeld = Rij { als: "fase = [\"gemeld\"]", ..lpa };
    check(&lpa, "zet fase = [\"gemeld\"]", &gemeld);
    check(&Rij { als: "fase = [\"gemeld\", \"thuiszittend\"]", ..lpa }, "zet fase = [\"gemeld\"]", &gemeld);
    check(&Rij { relatie: "betrokken", ..gemeld }, "wet en pact staan dit voor", &gemeld);
    let rmc = Rij { partij: "rmc_medewerker", relatie: "doorstroompunt", ..SCHOOL };
    check(&rmc, "zet fase = [\"gemeld\"]", &Rij { als: "fase = [\"gemeld\"]", ..rmc });
    let reden = Rij { reden: true, soort: "\"persoon.naam\", \"school.inschrijving\"", ..lpa };
    check(&Rij { soort: "\"persoon.naam\", \"klok\"", ..reden }, "niet toe: klok", &reden);
    check(&Rij { partij: "schoolleider", ..reden }, "alleen naar inwoners van de eigen gemeente", &reden);
    check(&Rij { relatie: "school-van-inschrijving", ..reden }, "alleen naar inwoners", &reden);
    let rmc_reden = Rij { partij: "rmc_medewerker", relatie: "doorstroompunt", ..reden };
    check(&Rij { relatie: "woongemeente", ..rmc_reden }, "alleen naar inwoners", &rmc_reden);
}

#[test]
fn the_samenwerkingsverband_comes_in_by_a_question_and_never_sees_reason_illness_or_leerplicht() {
    let asked =
        Rij { partij: "consulent", relatie: "swv-van-school", als: "fase = [\"ondersteuning-gevraagd\"]", ..SCHOOL };
    check(&Rij { als: "", ..asked }, "zet fase = [\"ondersteuning-gevraagd\"]", &asked);
    let geen = Rij { als: "fase = [\"geen\", \"ondersteuning-gevraagd\"]", ..asked };
    check(&geen, "zet fase = [\"ondersteuning-gevraagd\"]", &asked);
    for soort in [
        "\"verzuim.reden\"",
        "\"verzuim.ziekte\"",
        "\"verzuim.soort\"",
        "\"melding\"",
        "\"leerplicht.stap\"",
        "\"vrijstelling\"",
        "\"besluit.verbaal\"",
    ] {
        check(&Rij { soort, ..asked }, "haal dit weg", &Rij { soort: "\"ondersteuningsvraag\"", ..asked });
    }
    // In another role for the samenwerkingsverband one is bound alike.
    check(&Rij { partij: "psycholoog", als: "", ..asked }, "pas na een vraag", &Rij { partij: "psycholoog", ..asked });
    let advies = Rij { relatie: "swv-advies", als: "", toestemming: "vereist", ..asked };
    let soort = "\"persoon.naam\", \"klok\", \"vrijstelling.swv-advies\"";
    check(&Rij { soort: "\"persoon.naam\", \"klok\", \"plan\"", ..advies }, "niet toe: plan", &Rij { soort, ..advies });
}

#[test]
fn what_is_shared_on_consent_needs_it_in_the_row() {
    for soort in ["\"jgz.consult\"", "\"jgz.advies\"", "\"vrijstelling.perspectief\"", "\"vrijstelling.swv-advies\""] {
        let school = Rij { soort, ..SCHOOL };
        check(&school, "alleen met toestemming = \"vereist\"", &Rij { toestemming: "vereist", ..school });
        let youth = Rij {
            partij: "ouder",
            relatie: "ouder-met-gezag",
            als: "leeftijd = { van = 16, tot_en_met = 17 }",
            ..school
        };
        check(&youth, "alleen met toestemming = \"vereist\"", &Rij { toestemming: "vereist", ..youth });
        let sixteen = Rij { als: "leeftijd = { tot_en_met = 16 }", ..youth };
        check(&sixteen, "alleen met toestemming", &Rij { als: "leeftijd = { tot_en_met = 15 }", ..youth });
    }
    let jgz = Rij { partij: "jeugdarts", relatie: "jgz", soort: "\"jgz.consult\", \"jgz.advies\"", ..SCHOOL };
    check(&Rij { soort: "\"vrijstelling.perspectief\"", ..jgz }, "alleen met toestemming", &jgz);
    check(&Rij { relatie: "school-van-inschrijving", ..jgz }, "bij deze rol hoort deze relatie niet", &jgz);
}

#[test]
fn justice_is_for_the_leerplichtambtenaar_alone() {
    let lpa = Rij {
        partij: "leerplichtambtenaar",
        relatie: "woongemeente",
        als: "fase = [\"gemeld\"]",
        soort: "\"besluit.verbaal\"",
        ..SCHOOL
    };
    let others = [
        Rij { partij: "administratie_leerplicht", ..lpa },
        Rij { soort: "\"besluit.verbaal\"", ..SCHOOL },
        Rij { partij: "ouder", relatie: "ouder-met-gezag", als: "leeftijd = { tot_en_met = 15 }", ..lpa },
        Rij { partij: "leerling", relatie: "zelf", als: "", ..lpa },
        Rij { partij: "jeugdarts", relatie: "jgz", als: "", ..lpa },
        Rij { partij: "zorgpartner", relatie: "betrokken", als: "", ..lpa },
        Rij { partij: "rmc_medewerker", relatie: "doorstroompunt", ..lpa },
        Rij { partij: "doorzettingsmacht", relatie: "regio", als: "", ..lpa },
    ];
    for other in others {
        check(&other, "niet toe: besluit.verbaal", &lpa);
    }
}

#[test]
fn keepers_policy_and_privacy_read_no_dossier() {
    let log = Rij { partij: "privacy", soort: "\"leeslog\"", ..SCHOOL };
    for partij in ["beheerder", "beleid"] {
        check(&Rij { partij, ..SCHOOL }, "deze rol leest geen dossiers", &SCHOOL);
        check(&Rij { partij, ..log }, "deze rol leest geen dossiers", &log);
    }
    check(&Rij { partij: "privacy", ..SCHOOL }, "niet toe: persoon.naam, klok; haal dit weg", &log);
    check(&Rij { relatie: "ouder-met-gezag", ..log }, "bij deze rol hoort deze relatie niet", &log);
    check(&Rij { soort: "\"leeslog\"", ..SCHOOL }, "niet toe: leeslog", &SCHOOL);
}

#[test]
fn parents_need_gezag_lose_access_at_eighteen_and_do_not_read_the_words_of_a_youth() {
    let ouder = Rij { partij: "ouder", relatie: "ouder-met-gezag", als: "leeftijd = { tot_en_met = 17 }", ..SCHOOL };
    check(&Rij { relatie: "ouder-zonder-gezag", ..ouder }, "een ouder zonder gezag heeft geen toegang", &ouder);
    check(&Rij { relatie: "zelf", ..ouder }, "een ouder zonder gezag heeft geen toegang", &ouder);
    check(&Rij { als: "", ..ouder }, "stopt als de leerling 18 wordt", &ouder);
    check(&Rij { als: "leeftijd = { tot_en_met = 18 }", ..ouder }, "stopt als de leerling 18 wordt", &ouder);
    let jong = Rij { als: "leeftijd = { tot_en_met = 15 }", soort: "\"woorden.leerling\"", ..ouder };
    check(&Rij { als: "leeftijd = { tot_en_met = 16 }", ..jong }, "niet toe: woorden.leerling", &jong);
    check(&Rij { soort: "\"woorden.ouder\"", ..jong }, "niet toe: woorden.ouder", &jong);
    check(&Rij { soort: "\"persoon.adres-geheim\"", ..jong }, "niet toe: persoon.adres-geheim", &jong);
    let pleeg = Rij { relatie: "pleegouder", soort: "\"verzuim.dagen\", \"school.rooster\"", ..ouder };
    check(&Rij { soort: "\"melding\"", ..pleeg }, "niet toe: melding", &pleeg);
    let zelf = Rij { partij: "leerling", relatie: "zelf", soort: "\"woorden.leerling\"", als: "", ..ouder };
    check(&Rij { soort: "\"woorden.ouder\"", ..zelf }, "niet toe: woorden.ouder", &zelf);
    check(&Rij { relatie: "ouder-met-gezag", ..zelf }, "bij deze rol hoort deze relatie niet", &zelf);
}

#[test]
fn schools_see_no_enrolment_being_looked_into_and_no_absence_at_another_school() {
    let lpa = Rij {
        partij: "leerplichtambtenaar",
        relatie: "woongemeente",
        als: "fase = [\"gemeld\"]",
        soort: "\"inschrijving.nagaan\"",
        ..SCHOOL
    };
    check(&Rij { soort: "\"inschrijving.nagaan\"", ..SCHOOL }, "niet toe: inschrijving.nagaan", &lpa);
    let swv = Rij { partij: "consulent", relatie: "swv-van-school", als: "fase = [\"ondersteuning-gevraagd\"]", ..lpa };
    check(&swv, "niet toe: inschrijving.nagaan", &lpa);
    for relatie in ["was-school", "nieuwe-school"] {
        let rij = Rij { relatie, soort: "\"melding\"", ..SCHOOL };
        check(&Rij { soort: "\"verzuim.dagen\"", ..rij }, "niet toe: verzuim.dagen", &rij);
        check(&Rij { soort: "\"woorden.leerling\"", ..rij }, "niet toe: woorden.leerling", &rij);
    }
    let geheim = Rij { soort: "\"persoon.adres-geheim\"", ..SCHOOL };
    check(&Rij { partij: "mentor", relatie: "eigen-leerling", ..geheim }, "niet toe: persoon.adres-geheim", &geheim);
    check(&Rij { relatie: "woongemeente", ..SCHOOL }, "bij deze rol hoort deze relatie niet", &SCHOOL);
    let elders = Rij { relatie: "betrokken", ..SCHOOL };
    check(&Rij { soort: "\"verzuim.ziekte\"", ..elders }, "niet toe: verzuim.ziekte", &elders);
}

#[test]
fn those_who_help_do_not_learn_of_illness_or_reasons() {
    for (partij, relatie) in [("zorgpartner", "betrokken"), ("steunpunt", "steunpunt"), ("doorzettingsmacht", "regio")]
    {
        let rij = Rij { partij, relatie, ..SCHOOL };
        check(&Rij { soort: "\"verzuim.ziekte\"", ..rij }, "niet toe: verzuim.ziekte", &rij);
        check(&Rij { soort: "\"verzuim.reden\"", ..rij }, "niet toe: verzuim.reden", &rij);
        check(&Rij { relatie: "school-van-inschrijving", ..rij }, "bij deze rol hoort deze relatie niet", &rij);
    }
}

#[test]
fn whoever_sees_the_name_sees_the_clock() {
    check(&Rij { soort: "\"persoon.naam\"", ..SCHOOL }, "wie de naam ziet, ziet ook de klok", &SCHOOL);
    let reden = Rij {
        partij: "leerplichtambtenaar",
        relatie: "woongemeente",
        reden: true,
        soort: "\"persoon.naam\"",
        ..SCHOOL
    };
    assert!(lees(&reden).is_ok(), "with a reason one sees the name alone");
}
