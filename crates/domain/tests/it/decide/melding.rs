//! The melding: which kinds, of whom, after what; its status, its end, the hearing.

use super::*;

#[test]
fn de_melding_naar_soort_leeftijd_en_dagen() {
    let kind = sam();
    for soort in [MeldingSoort::V1, MeldingSoort::V2] {
        mag_niet(&kind, coordinator(), melding(soort), "vervallen");
    }
    for soort in [MeldingSoort::V4, MeldingSoort::Rmc] {
        mag_niet(&kind, coordinator(), melding(soort), "18 jaar en ouder");
    }
    let groot = kind_van(dag(2007, 9, 1));
    mag(&groot, coordinator(), melding(MeldingSoort::V4), Grondslag::Verzuimadministratie);
    mag_niet(&groot, coordinator(), melding(MeldingSoort::V3), "jonger dan 18");
    let einde = Melding { einde: Some(dag(2026, 3, 8)), ..melding(MeldingSoort::V3) };
    mag_niet(&kind, coordinator(), einde, "voor de begindatum");
    let straks = Melding { begin: dag(2026, 3, 21), ..melding(MeldingSoort::V3) };
    mag_niet(&kind, coordinator(), straks, "na de dag van de melding");
    let lang = Melding { reden: "x".repeat(201).as_str().into(), ..melding(MeldingSoort::V3) };
    mag_niet(&kind, coordinator(), lang, "200 is het maximum");
    mag_niet(&gemeld().0, coordinator(), melding(MeldingSoort::V3), "al gedaan");
    mag_niet(&kind, coordinator(), melding(MeldingSoort::O), "reden");
}

#[test]
fn ziekte_en_schorsing_gaan_alleen_als_overig_na_contact_met_de_reden_van_de_school() {
    let reden = || Melding { reden: "afspraken mislukt".into(), ..melding(MeldingSoort::O) };
    for teken in ["z", "g"] {
        let kind = sam().dagen(SCHOOL, dag(2026, 3, 9), &teken.repeat(9));
        for soort in [MeldingSoort::V3, MeldingSoort::Lrv, MeldingSoort::L] {
            mag_niet(&kind, coordinator(), melding(soort), "Ziekte en schorsing worden niet gemeld");
        }
        mag_niet(&kind, coordinator(), melding(MeldingSoort::O), "reden");
        mag_niet(&kind, coordinator(), reden(), "geen contact met de ouders");
        let gebeld = kind.gebeurtenis(dag(2026, 3, 12), mentor(SCHOOL), contact());
        if teken == "z" {
            mag_niet(&gebeld, coordinator(), reden(), "jeugdarts");
        }
        let gevraagd = gebeld.gebeurtenis(dag(2026, 3, 13), coordinator(), Consult { stap: ConsultStap::Gevraagd });
        mag(&gevraagd, coordinator(), reden(), Grondslag::Verzuimadministratie);
    }
}

#[test]
fn de_status_van_een_melding_gaat_vooruit_en_d_bestaat_niet_meer() {
    let (kind, melding) = gemeld();
    let zet = |status| MeldingStatus { melding, status, reden: "klaar".into() };
    use MeldingStand::{Afgesloten, Geregistreerd, InBehandeling, Ingetrokken, Overgedragen};
    mag_niet(&kind, lpa(), zet(Overgedragen), "vervallen");
    mag_niet(&kind, lpa(), zet(Geregistreerd), "de school");
    mag_niet(&kind, coordinator(), zet(InBehandeling), "de leerplichtambtenaar");
    mag(&kind, coordinator(), zet(Ingetrokken), Grondslag::Verzuimadministratie);
    let dicht = kind.gebeurtenis(GISTEREN, lpa(), zet(Afgesloten));
    mag_niet(&dicht, lpa(), zet(InBehandeling), "kan niet naar");
    let zonder = MeldingStatus { melding, status: Afgesloten, reden: leeg() };
    mag_niet(&gemeld().0, lpa(), zonder, "reden");
    let vreemd = MeldingStatus { melding: FactId(999), status: InBehandeling, reden: leeg() };
    mag_niet(&gemeld().0, lpa(), vreemd, "staat niet");
}

#[test]
fn de_einddatum_niet_voor_het_begin_en_ook_door_de_vorige_school() {
    let (kind, melding) = gemeld();
    let einde = |einde| MeldingEinde { melding, einde };
    mag_niet(&kind, coordinator(), einde(dag(2026, 3, 8)), "voor de begindatum");
    mag_niet(&kind, coordinator(), einde(dag(2026, 3, 21)), "toekomst");
    mag(&kind, coordinator(), einde(dag(2026, 3, 9)), Grondslag::Verzuimadministratie);
    let weg = kind.uitgeschreven(SCHOOL, dag(2026, 3, 16), UitschrijfReden::AndereSchool);
    mag(&weg, coordinator(), einde(dag(2026, 3, 16)), Grondslag::Verzuimadministratie);
}

#[test]
fn leerplicht_hoort_na_de_start_van_een_onderzoek() {
    let (kind, melding) = gemeld();
    let hoor = |ouder| Verhoor { melding: Some(melding), ouder };
    mag_niet(&kind, lpa(), hoor(Some(MOEDER)), "geen onderzoek");
    mag_niet(&kind, lpa(), Onderzoek { melding: None, stap: OnderzoekStap::Gestart }, "geen melding gekozen");
    let start = Onderzoek { melding: Some(melding), stap: OnderzoekStap::Gestart };
    let kind = kind.gebeurtenis(GISTEREN, lpa(), start);
    mag(&kind, lpa(), hoor(Some(MOEDER)), Grondslag::Leerplichttaak);
    mag(&kind, lpa(), hoor(None), Grondslag::Leerplichttaak);
    mag_niet(&kind, lpa(), hoor(Some(VADER)), "gezag");
    let verbaal = Besluit { soort: BesluitSoort::Verbaal, inhoud: "geen vervolg".into() };
    mag(&kind, lpa(), verbaal.clone(), Grondslag::Leerplichttaak);
    mag_niet(&kind, hoofd(), verbaal, "alleen de leerplichtambtenaar");
}
