//! Who may state what, in which state: refusals per rule and role, and what always holds.

use domain::body::*;
use domain::calendar::begin_van_dag;
use domain::decide::{Command, Refusal, View, decide, mag_corrigeren, mag_vastleggen, mag_vastleggen_alle, wie_mag};
use domain::fact::{Actor, Bron, Fact, FactId, Grondslag, NewFact, Rol};
use domain::ids::{LeerlingId, MedewerkerId, OrganisatieId, PersoonId, Subject};
use domain::period::{Period, plus_days};
use domain::region::Rules;
use domain::signaal::{Signaal, SignaalSoort};
use domain::tekst::Tekst;
use domain::timeline::Timeline;
use domain::verzuim::{Duur, VerzuimSoort};
use domain::{Date, Timestamp};
use std::sync::Arc;
use testkit::{
    GEMEENTE, JGZ, Kind, LEERLING, MOEDER, SCHOOL, SCHOOL_TWEE, SWV, VADER, ZORG, dag, kind, mentor, moeder, regio,
    vader, zelf,
};

const VANDAAG: Date = dag(2026, 3, 20);
const GISTEREN: Date = dag(2026, 3, 19);

fn als(organisatie: OrganisatieId, rol: Rol) -> Actor {
    Actor::Medewerker { id: MedewerkerId::new(20), organisatie, rol }
}

fn hoofd() -> Actor {
    als(SCHOOL, Rol::Schoolleider)
}

fn coordinator() -> Actor {
    als(SCHOOL, Rol::Verzuimcoordinator)
}

fn lpa() -> Actor {
    als(GEMEENTE, Rol::Leerplichtambtenaar)
}

fn consulent() -> Actor {
    als(SWV, Rol::Consulent)
}

fn arts() -> Actor {
    als(JGZ, Rol::Jeugdarts)
}

/// Fourteen years old, at the school of the stories, living in the municipality.
fn sam() -> Kind {
    kind(dag(2012, 3, 10)).ingeschreven(SCHOOL, dag(2025, 8, 1)).woont_hier(dag(2025, 8, 2))
}

fn nu() -> Timestamp {
    begin_van_dag(VANDAAG)
}

fn doet(kind: &Kind, by: Actor, command: Command) -> Result<NewFact, Refusal> {
    op(&kind.timeline(), by, command, nu())
}

fn op(t: &Timeline, by: Actor, command: Command, now: Timestamp) -> Result<NewFact, Refusal> {
    let rules = regio();
    let view = View::new(LEERLING, t, &rules);
    let offered = aangeboden(&view, t, &command, &by, now);
    let outcome = decide(&view, command, &by, now);
    let may = !outcome.as_ref().is_err_and(|refusal| {
        ["U mag dit niet", "Dit komt alleen", "Alleen "].iter().any(|begin| refusal.waarom.starts_with(begin))
    });
    assert!(offered || outcome.is_err(), "what is not offered is refused");
    assert!(!offered || may, "what is offered is not refused because of who asks: {:?}", outcome.err());
    let mut facts = outcome?;
    assert_eq!(facts.len(), 1);
    assert!(view.gelezen().contains(&LEERLING.into()));
    Ok(facts.remove(0))
}

/// Whether a page offers to do this.
fn aangeboden(view: &View<'_>, t: &Timeline, command: &Command, by: &Actor, now: Timestamp) -> bool {
    match command {
        Command::Corrigeer { feit, .. } | Command::TrekIn { feit, .. } => {
            t.fact(*feit).is_some_and(|fact| mag_corrigeren(view, fact, by, now))
        }
        other => Command::WEGEN.iter().any(|(name, soort)| {
            format!("{other:?}").starts_with(&format!("{name}(")) && mag_vastleggen(view, *soort, by, now)
        }),
    }
}

fn stel(dag: Date, body: impl Into<Body>) -> Command {
    let body = body.into();
    let valid = match body.soort().aard() {
        Aard::Gebeurtenis => Period::day(dag),
        Aard::Toestand => Period::since(dag),
    };
    Command::stel(valid, body).unwrap()
}

/// It may be stated, on that ground.
fn mag(kind: &Kind, by: Actor, body: impl Into<Body>, grond: Grondslag) -> NewFact {
    let body = body.into();
    let soort = body.soort();
    match doet(kind, by, stel(VANDAAG, body)) {
        Ok(fact) => {
            assert_eq!(fact.ground, grond, "{soort:?}");
            fact
        }
        Err(refusal) => panic!("{soort:?} by {by:?}: {refusal}"),
    }
}

/// It is refused, for a reason that holds these words, with a next step.
fn mag_niet(kind: &Kind, by: Actor, body: impl Into<Body>, woorden: &str) {
    weigert(doet(kind, by, stel(VANDAAG, body)), woorden);
}

fn weigert(outcome: Result<NewFact, Refusal>, woorden: &str) {
    let Err(refusal) = outcome else { panic!("not refused: {woorden}") };
    assert!(refusal.waarom.contains(woorden), "'{woorden}' is not in: {refusal}");
    assert!(refusal.waarom.ends_with('.') && refusal.wat_te_doen.ends_with('.'), "{refusal}");
    assert!(!refusal.wat_te_doen.is_empty());
}

fn leeg() -> Tekst {
    Tekst::default()
}

fn melding(soort: MeldingSoort) -> Melding {
    Melding {
        soort,
        begin: dag(2026, 3, 9),
        einde: None,
        reden: leeg(),
        alle_lessen: false,
        actie_school: leeg(),
        actie_gewenst: leeg(),
        meldingsnummer: leeg(),
    }
}

fn gemeld() -> (Kind, FactId) {
    let kind = sam().gebeurtenis(dag(2026, 3, 12), coordinator(), melding(MeldingSoort::V3));
    let id = kind.laatste();
    (kind, id)
}

fn geinformeerd(ouder: Option<PersoonId>, over: Onderwerp) -> Geinformeerd {
    Geinformeerd { ouder, over }
}

fn vraag(van: VraagVan) -> Ondersteuningsvraag {
    Ondersteuningsvraag {
        van,
        vraag: "plek".into(),
        geprobeerd: leeg(),
        deelname: leeg(),
        ouders: leeg(),
        leerling: leeg(),
    }
}

fn toestemming(ouder: Option<PersoonId>, voor: ToestemmingVoor, gegeven: bool) -> Toestemming {
    Toestemming { ouder, voor, aan: None, gegeven }
}

fn contact() -> Contact {
    Contact { met: Met::Ouders, wijze: Wijze::Telefoon, bereikt: true, notitie: leeg() }
}

fn aanbod(schriftelijk_op: Option<Date>) -> Aanbod {
    Aanbod {
        soort: AanbodSoort::Onderwijs,
        wat: "maatwerk".into(),
        voorziening: None,
        organisatie: Some(ZORG),
        kwartieren_per_week: 40,
        opbouw: Vec::new(),
        schriftelijk_op,
    }
}

#[test]
fn elke_soort_over_een_kind_heeft_precies_een_weg_naar_binnen() {
    for soort in Soort::ALL {
        let ways = Command::WEGEN.iter().filter(|(_, way)| way == soort).count();
        let own = matches!(soort, Soort::Intrekking | Soort::VerzuimLevering);
        let expected = usize::from(soort.categorie() != Bewaarcategorie::Regio && !own);
        assert_eq!(ways, expected, "{soort:?}");
        assert_eq!(!wie_mag(*soort).is_empty(), expected == 1, "{soort:?} has lines in the table");
    }
}

#[test]
fn wie_mag_volgt_uit_rol_en_relatie_en_de_grond_volgt_uit_de_regel() {
    let kind = sam();
    mag(&kind, coordinator(), melding(MeldingSoort::V3), Grondslag::Verzuimadministratie);
    mag(&kind, mentor(SCHOOL), contact(), Grondslag::Ondersteuningstaak);
    for (by, body) in [
        (mentor(SCHOOL), Body::from(melding(MeldingSoort::V3))),
        (als(SCHOOL_TWEE, Rol::Schoolleider), melding(MeldingSoort::V3).into()),
        (lpa(), melding(MeldingSoort::V3).into()),
        (moeder(), melding(MeldingSoort::V3).into()),
        (consulent(), contact().into()),
        (lpa(), contact().into()),
        (als(SCHOOL, Rol::Beleid), contact().into()),
        (als(SCHOOL, Rol::Beheerder), contact().into()),
        (Actor::Systeem { organisatie: SCHOOL }, contact().into()),
        (Actor::Leerling { leerling: LeerlingId::new(99) }, ZitThuis { relatie: None, woorden: leeg() }.into()),
    ] {
        mag_niet(&kind, by, body, "U mag dit niet vastleggen");
    }
    // After a question the samenwerkingsverband knows the name; after a melding leerplicht does.
    let gevraagd = kind.gebeurtenis(GISTEREN, moeder(), vraag(VraagVan::Ouders));
    let fact = mag(&gevraagd, consulent(), contact(), Grondslag::Ondersteuningstaak);
    assert_eq!((fact.source.bron, fact.source.organisatie), (Bron::Samenwerkingsverband, Some(SWV)));
    mag(&gemeld().0, lpa(), contact(), Grondslag::Leerplichttaak);
}

#[test]
fn ouders_met_gezag_tot_achttien_en_de_leerling_vanaf_zijn_leeftijd() {
    let thuis = || ZitThuis { relatie: None, woorden: "hij wil niet meer".into() };
    mag(&sam(), moeder(), thuis(), Grondslag::EigenInbreng);
    mag(&sam(), zelf(), thuis(), Grondslag::EigenInbreng);
    mag_niet(&sam(), vader(), thuis(), "U mag dit niet");
    let jong = kind(dag(2015, 1, 1)).ingeschreven(SCHOOL, dag(2025, 8, 1));
    mag_niet(&jong, zelf(), thuis(), "U mag dit niet");
    let groot = kind(dag(2008, 3, 20)).ingeschreven(SCHOOL, dag(2025, 8, 1));
    mag_niet(&groot, moeder(), thuis(), "U mag dit niet");
    mag(&groot, zelf(), thuis(), Grondslag::EigenInbreng);
}

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

fn kind_van(geboren: Date) -> Kind {
    kind(geboren).ingeschreven(SCHOOL, dag(2025, 8, 1)).woont_hier(dag(2025, 8, 2))
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

#[test]
fn een_vraag_aan_het_swv_pas_nadat_ouders_zijn_verteld_of_door_hen_zelf() {
    mag_niet(&sam(), coordinator(), vraag(VraagVan::School), "niet geïnformeerd");
    let verteld =
        sam().gebeurtenis(GISTEREN, mentor(SCHOOL), geinformeerd(Some(MOEDER), Onderwerp::Ondersteuningsvraag));
    mag(&verteld, coordinator(), vraag(VraagVan::School), Grondslag::Ondersteuningstaak);
    mag(&sam(), moeder(), vraag(VraagVan::Ouders), Grondslag::EigenInbreng);
    mag_niet(&verteld, coordinator(), vraag(VraagVan::Ouders), "zelf");
    mag_niet(&sam(), moeder(), vraag(VraagVan::School), "op naam van de school");
}

#[test]
fn een_consult_pas_nadat_ouders_en_leerling_vanaf_twaalf_zijn_verteld_en_niet_bij_bezwaar() {
    let consult = |stap| Consult { stap };
    let kind = sam();
    mag_niet(&kind, coordinator(), consult(ConsultStap::Gevraagd), "De ouders zijn nog niet");
    let kind = kind.gebeurtenis(GISTEREN, mentor(SCHOOL), geinformeerd(Some(MOEDER), Onderwerp::Consult));
    mag_niet(&kind, coordinator(), consult(ConsultStap::Gevraagd), "De leerling is nog niet");
    let kind = kind.gebeurtenis(GISTEREN, mentor(SCHOOL), geinformeerd(None, Onderwerp::Consult));
    mag(&kind, coordinator(), consult(ConsultStap::Gevraagd), Grondslag::Ondersteuningstaak);
    mag_niet(&kind, arts(), consult(ConsultStap::Gehouden), "geen consult gevraagd");
    let gevraagd = kind.gebeurtenis(GISTEREN, coordinator(), consult(ConsultStap::Gevraagd));
    mag(&gevraagd, arts(), consult(ConsultStap::Gehouden), Grondslag::Jeugdgezondheidszorg);
    mag_niet(&gevraagd, coordinator(), consult(ConsultStap::Gehouden), "De jeugdarts plant");
    let bezwaar = gevraagd.gebeurtenis(GISTEREN, zelf(), consult(ConsultStap::Bezwaar));
    mag_niet(&bezwaar, arts(), consult(ConsultStap::Gehouden), "bezwaar");
}

#[test]
fn toestemming_van_ouders_tot_zestien_van_beiden_vanaf_twaalf_en_dan_alleen_de_leerling() {
    let advies = || DeelnameAdvies { kwartieren_per_week: 20, opbouw: leeg() };
    let voor = ToestemmingVoor::DeelnameAdvies;
    let rows = [
        (dag(2015, 1, 1), true, false, true),
        (dag(2012, 1, 1), true, false, false),
        (dag(2012, 1, 1), true, true, true),
        (dag(2009, 6, 1), false, true, true),
    ];
    for (geboren, ouder, jongere, genoeg) in rows {
        let mut kind = kind_van(geboren);
        if ouder {
            kind = kind.toestand(GISTEREN, moeder(), toestemming(Some(MOEDER), voor, true));
        }
        if jongere {
            kind = kind.toestand(GISTEREN, zelf(), toestemming(None, voor, true));
        }
        match genoeg {
            true => drop(mag(&kind, arts(), advies(), Grondslag::Toestemming)),
            false => mag_niet(&kind, arts(), advies(), "geen toestemming"),
        }
        let nee = kind.toestand(VANDAAG, zelf(), toestemming(None, voor, false)).toestand(
            VANDAAG,
            moeder(),
            toestemming(Some(MOEDER), voor, false),
        );
        mag_niet(&nee, arts(), advies(), "geen toestemming");
    }
    mag_niet(&kind_van(dag(2009, 6, 1)), moeder(), toestemming(Some(MOEDER), voor, true), "Vanaf 16 jaar");
    mag_niet(
        &sam().met_gezag(VADER, dag(2012, 3, 10)),
        moeder(),
        toestemming(Some(VADER), voor, true),
        "alleen voor uzelf",
    );
}

#[test]
fn geen_reactie_op_een_aanbod_dat_niet_op_papier_staat() {
    let zegt = |aanbod, ouder| AanbodReactie { aanbod, ouder, oordeel: Oordeel::Proberen, woorden: leeg() };
    let plan = sam().toestand(dag(2026, 3, 30), hoofd(), aanbod(None));
    mag_niet(&plan, moeder(), zegt(plan.laatste(), Some(MOEDER)), "niet op papier");
    let papier = sam().toestand(dag(2026, 3, 30), hoofd(), aanbod(Some(GISTEREN)));
    mag(&papier, moeder(), zegt(papier.laatste(), Some(MOEDER)), Grondslag::EigenInbreng);
    mag(&papier, zelf(), zegt(papier.laatste(), None), Grondslag::EigenInbreng);
    mag_niet(&papier, moeder(), zegt(papier.laatste(), None), "alleen voor uzelf");
    mag_niet(&papier, coordinator(), zegt(papier.laatste(), Some(MOEDER)), "woorden");
    let uren = |kwartieren| Realisatie { aanbod: papier.laatste(), kwartieren };
    mag_niet(&papier, hoofd(), uren(40), "geen maandag");
}

#[test]
fn in_en_uitschrijven_doet_de_eigen_school_en_niet_dubbel() {
    let schrijf = |school, klas: &str| Inschrijving {
        school,
        leerlingnummer: "1".into(),
        jaargroep: "12".into(),
        klas: klas.into(),
        mentor: leeg(),
    };
    let nieuw = kind(dag(2012, 3, 10));
    mag(&nieuw, hoofd(), schrijf(SCHOOL, "2b"), Grondslag::Schooladministratie);
    mag_niet(&nieuw, hoofd(), schrijf(SCHOOL_TWEE, "2b"), "eigen school");
    mag_niet(&sam(), hoofd(), schrijf(SCHOOL, "2b"), "al ingeschreven");
    mag(&sam(), hoofd(), schrijf(SCHOOL, "2c"), Grondslag::Schooladministratie);
    mag(&sam(), als(SCHOOL_TWEE, Rol::Schoolleider), schrijf(SCHOOL_TWEE, "1a"), Grondslag::Schooladministratie);
    let uit = |school| Uitschrijving { school, reden: UitschrijfReden::AndereSchool };
    mag(&sam(), hoofd(), uit(SCHOOL), Grondslag::Schooladministratie);
    mag_niet(&sam(), als(SCHOOL_TWEE, Rol::Schoolleider), uit(SCHOOL), "U mag dit niet");
    // Of a child nobody knows yet a municipality states who it is; afterwards only its own.
    let adres = || Adres { postcode: None, huisnummer: "1".into(), gemeente: None, geheim: false };
    mag(&nieuw, lpa(), adres(), Grondslag::Leerplichttaak);
    let elders = nieuw.toestand(GISTEREN, lpa(), adres());
    mag_niet(&elders, lpa(), adres(), "U mag dit niet");
    let weg = sam().uitgeschreven(SCHOOL, VANDAAG, UitschrijfReden::AndereSchool);
    mag_niet(&weg, hoofd(), uit(SCHOOL), "al uitgeschreven");
}

#[test]
fn dagen_en_woorden_hebben_grenzen() {
    let kind = sam();
    weigert(doet(&kind, mentor(SCHOOL), stel(dag(2026, 3, 21), contact())), "te ver in de toekomst");
    weigert(doet(&kind, mentor(SCHOOL), stel(dag(2012, 3, 9), contact())), "geboortedatum");
    let twee = Command::NeemContact(Period::through(GISTEREN, VANDAAG), contact());
    weigert(doet(&kind, mentor(SCHOOL), twee), "één dag");
    let achterstevoren = Command::MaakPlan(
        Period { from: VANDAAG, until: Some(GISTEREN) },
        Plan { doel: leeg(), kwartieren_per_week: None },
    );
    weigert(doet(&kind, hoofd(), achterstevoren), "voor de begindatum");
    let lang = |n: usize| Contact { notitie: "é".repeat(n).as_str().into(), ..contact() };
    mag(&kind, mentor(SCHOOL), lang(4_000), Grondslag::Ondersteuningstaak);
    mag_niet(&kind, mentor(SCHOOL), lang(4_001), "4000 is het maximum");
    let ziek = Afwezigheid { soort: VerzuimSoort::Ziek, toelichting: "griep".into() };
    mag_niet(&kind, moeder(), ziek, "geen reden");
    let verlof = Afwezigheid { soort: VerzuimSoort::Verlof, toelichting: leeg() };
    mag_niet(&kind, moeder(), verlof, "Van thuis");
}

#[test]
fn verlof_boven_tien_dagen_is_van_leerplicht() {
    let g = || Verlof { grond: VerlofGrond::G, toegekend: true, kwartieren_per_week: 0 };
    let geef = |last| Command::GeefVerlof(Period::through(dag(2026, 3, 9), last), g());
    assert!(doet(&sam(), hoofd(), geef(dag(2026, 3, 20))).is_ok());
    weigert(doet(&sam(), hoofd(), geef(dag(2026, 3, 23))), "11 schooldagen");
    assert_eq!(doet(&sam(), lpa(), geef(dag(2026, 3, 23))).unwrap().ground, Grondslag::Leerplichttaak);
    weigert(doet(&sam(), lpa(), geef(dag(2026, 3, 20))), "de schoolleider");
}

#[test]
fn vrijstellingen_ontstaan_door_de_wet_of_door_een_besluit() {
    let kennis = |grond| Kennisgeving { grond, ontvangen: GISTEREN, eerder: false, geen_jaarlijkse_verklaring: false };
    mag(&sam(), moeder(), kennis(VrijstellingSoort::A5a), Grondslag::EigenInbreng);
    mag_niet(&sam(), moeder(), kennis(VrijstellingSoort::A15), "besluit nodig");
    let kind = sam().toestand(GISTEREN, moeder(), kennis(VrijstellingSoort::A5a));
    let besluit = |grond| VrijstellingBesluit { grond, toegekend: true };
    mag_niet(&kind, lpa(), besluit(VrijstellingSoort::A5a), "ontstaat door de wet");
    mag_niet(&kind, lpa(), besluit(VrijstellingSoort::A3a), "geen einddatum");
    let toets = |uitkomst| KennisgevingToets { kennisgeving: kind.laatste(), uitkomst, reden: leeg() };
    mag(&kind, lpa(), toets(ToetsUitkomst::Voldoet), Grondslag::Vrijstellingen);
    mag_niet(&kind, lpa(), toets(ToetsUitkomst::VoldoetNiet), "reden");
    mag_niet(&kind, als(GEMEENTE, Rol::AdministratieLeerplicht), toets(ToetsUitkomst::Voldoet), "U mag dit niet");
}

#[test]
fn bevestigen_doet_alleen_leerplicht_van_de_woongemeente_die_het_kind_in_beeld_heeft() {
    let zegt = |wat| Bevestiging { wat, klopt: true, reden: leeg() };
    for wat in [TeBevestigen::Absoluut, TeBevestigen::Thuiszittend] {
        mag_niet(&sam(), lpa(), zegt(wat), "U mag dit niet");
        mag_niet(&sam(), hoofd(), zegt(wat), "leerplichtambtenaar");
        mag(&gemeld().0, lpa(), zegt(wat), Grondslag::Leerplichttaak);
    }
    mag(&sam(), hoofd(), zegt(TeBevestigen::Ongeoorloofd), Grondslag::Verzuimadministratie);
}

#[test]
fn sluiten_kan_niet_zolang_de_klok_loopt() {
    let sluit = || Sluiting { reden: SluitReden::Terug, toelichting: leeg() };
    let weg = sam().dagen(SCHOOL, dag(2026, 2, 9), &"o".repeat(25));
    mag_niet(&weg, coordinator(), sluit(), "klok loopt nog");
    mag(&gemeld().0, coordinator(), sluit(), Grondslag::Ondersteuningstaak);
    mag_niet(&sam(), coordinator(), sluit(), "geen open dossier");
}

#[test]
fn een_stap_of_een_naam_vertelt_het_kind_niet_aan_een_nieuwe_partij() {
    let stap = |organisatie| VolgendeStap {
        organisatie,
        medewerker: None,
        stap: "gesprek".into(),
        uiterlijk: dag(2026, 3, 27),
    };
    mag_niet(&sam(), coordinator(), stap(SCHOOL), "geen open dossier");
    let (kind, _) = gemeld();
    mag(&kind, coordinator(), stap(SCHOOL), Grondslag::Ondersteuningstaak);
    mag(&kind, coordinator(), stap(GEMEENTE), Grondslag::Ondersteuningstaak);
    mag_niet(&kind, coordinator(), stap(SWV), "niet in beeld");
    mag_niet(&kind, coordinator(), stap(JGZ), "niet in beeld");
    let te_laat = VolgendeStap { uiterlijk: GISTEREN, ..stap(SCHOOL) };
    mag_niet(&kind, coordinator(), te_laat, "voor vandaag");
    let wijs = |organisatie| Verantwoordelijke { organisatie, medewerker: MedewerkerId::new(9), taak: Taak::Eigenaar };
    mag(&kind, coordinator(), wijs(SCHOOL), Grondslag::Ondersteuningstaak);
    mag_niet(&kind, coordinator(), wijs(GEMEENTE), "eigen organisatie");
    mag_niet(&kind, coordinator(), wijs(ZORG), "geen toestemming");
}

#[test]
fn corrigeren_en_intrekken_doet_alleen_wie_het_vastlegde() {
    let (kind, id) = gemeld();
    let wordt = || Box::new(Body::from(Melding { begin: dag(2026, 3, 10), ..melding(MeldingSoort::V3) }));
    let corrigeer = |feit| Command::Corrigeer { feit, geldig: Period::day(dag(2026, 3, 12)), wordt: wordt() };
    let trek_in = |feit, reden: &str| Command::TrekIn { feit, reden: reden.into() };
    let fact = doet(&kind, hoofd(), corrigeer(id)).unwrap();
    assert_eq!((fact.replaces, fact.ground), (Some(id), Grondslag::Ondersteuningstaak), "the ground of the first");
    weigert(doet(&kind, lpa(), corrigeer(id)), "Alleen Proefcollege De Meent");
    weigert(doet(&kind, moeder(), trek_in(id, "klopt niet")), "Alleen Proefcollege De Meent");
    weigert(doet(&kind, hoofd(), trek_in(id, " ")), "geen reden");
    weigert(doet(&kind, hoofd(), trek_in(FactId(999), "x")), "staat niet bij deze leerling");
    let ander = Command::Corrigeer { feit: id, geldig: Period::day(GISTEREN), wordt: Box::new(contact().into()) };
    weigert(doet(&kind, hoofd(), ander), "hetzelfde soort");
    let thuis = sam().zit_thuis(GISTEREN);
    assert!(doet(&thuis, moeder(), trek_in(thuis.laatste(), "toch gegaan")).is_ok());
    weigert(doet(&thuis, vader(), trek_in(thuis.laatste(), "x")), "de ouder of leerling");
    // Once withdrawn it is gone, until the withdrawal itself is taken back.
    let weg = bij(&kind, hoofd(), trek_in(id, "verkeerd kind"));
    weigert(op(&weg, hoofd(), corrigeer(id), nu()), "al gecorrigeerd of ingetrokken");
    let intrekking = weg.facts().next_back().unwrap().id;
    weigert(
        op(&weg, hoofd(), Command::Corrigeer { feit: intrekking, geldig: Period::day(VANDAAG), wordt: wordt() }, nu()),
        "intrekking",
    );
    assert!(op(&weg, hoofd(), trek_in(intrekking, "toch goed"), nu()).is_ok());
}

fn bij(kind: &Kind, by: Actor, command: Command) -> Timeline {
    let fact = doet(kind, by, command).unwrap();
    met(kind, fact, 900)
}

/// The story with a fact that was decided upon.
fn met(kind: &Kind, fact: NewFact, id: u128) -> Timeline {
    let recorded: Arc<Fact> = Arc::new(fact.recorded(FactId(id), nu()));
    Timeline::new(kind.feiten().iter().cloned().chain([recorded]), kind.rijen()).with_signalen(signalen())
}

#[test]
fn wat_er_met_een_melding_gebeurde_blijft_bij_haar_als_zij_wordt_gecorrigeerd() {
    let (kind, id) = gemeld();
    let kind = kind.gebeurtenis(
        dag(2026, 3, 16),
        lpa(),
        MeldingStatus { melding: id, status: MeldingStand::InBehandeling, reden: leeg() },
    );
    let genummerd = Melding { meldingsnummer: "12345".into(), ..melding(MeldingSoort::V3) };
    let corrigeer =
        Command::Corrigeer { feit: id, geldig: Period::day(dag(2026, 3, 12)), wordt: Box::new(genummerd.into()) };
    let t = bij(&kind, hoofd(), corrigeer);
    let (fact, _) = t.all::<Melding>().next().unwrap();
    assert_eq!(fact.id, FactId(900));
    let status = |t: &Timeline| t.all::<MeldingStatus>().next().unwrap().1.melding;
    assert_eq!(status(&t), FactId(900));
    let weer = MeldingStatus { melding: FactId(900), status: MeldingStand::InBehandeling, reden: leeg() };
    weigert(op(&t, lpa(), stel(VANDAAG, weer), nu()), "kan niet naar B");
    // Once the correction is taken back, it is about the first again.
    let terug = op(&t, hoofd(), Command::TrekIn { feit: FactId(900), reden: "toch niet".into() }, nu()).unwrap();
    let terug = t.with_facts([Arc::new(terug.recorded(FactId(901), nu()))]);
    assert_eq!((terug.all::<Melding>().next().unwrap().0.id, status(&terug)), (id, id));
}

#[test]
fn een_antwoord_hoort_bij_de_woorden_van_het_aanbod_en_gevolgde_uren_bij_het_aanbod_zelf() {
    let kind = sam().toestand(dag(2026, 3, 2), consulent(), aanbod(Some(dag(2026, 3, 1))));
    let id = kind.laatste();
    let antwoord = AanbodReactie { aanbod: id, ouder: Some(MOEDER), oordeel: Oordeel::Passend, woorden: "goed".into() };
    let uren = Realisatie { aanbod: id, kwartieren: 8 };
    let kind = kind.gebeurtenis(GISTEREN, moeder(), antwoord).gebeurtenis(dag(2026, 3, 9), consulent(), uren);
    let ander = Aanbod { wat: "een ander aanbod".into(), ..aanbod(Some(dag(2026, 3, 1))) };
    let corrigeer =
        Command::Corrigeer { feit: id, geldig: Period::since(dag(2026, 3, 2)), wordt: Box::new(ander.into()) };
    let t = bij(&kind, consulent(), corrigeer);
    assert_eq!(t.all::<Realisatie>().next().unwrap().1.aanbod, FactId(900));
    assert_eq!(t.all::<AanbodReactie>().next().unwrap().1.aanbod, id, "the parents never saw the other words");
}

#[test]
fn een_instemming_hoort_bij_de_woorden_van_het_plan() {
    let plan = |doel: &str| Plan { doel: doel.into(), kwartieren_per_week: Some(20) };
    let kind = sam().toestand(dag(2026, 3, 2), hoofd(), plan("een uur erbij"));
    let id = kind.laatste();
    let kind = kind.gebeurtenis(GISTEREN, moeder(), InstemmingPlan { plan: id, ouder: Some(MOEDER), akkoord: true });
    let wordt = Box::new(plan("twee uur erbij").into());
    let t = bij(&kind, hoofd(), Command::Corrigeer { feit: id, geldig: Period::since(dag(2026, 3, 2)), wordt });
    assert_eq!(t.all::<Plan>().next().unwrap().0.id, FactId(900));
    assert_eq!(t.all::<InstemmingPlan>().next().unwrap().1.plan, id, "nobody agreed to the other words");
}

#[test]
fn een_correctie_gaat_over_het_kind_van_het_eerste_gegeven_ook_als_dat_is_samengevoegd() {
    let ander = LeerlingId::new(2);
    let (kind, id) = gemeld();
    let feiten = kind.feiten().iter().map(|fact| {
        let about = if fact.id == id { ander.into() } else { fact.about };
        Arc::new(Fact { about, ..Fact::clone(fact) })
    });
    let samen = Timeline::new(feiten, kind.rijen());
    let corrigeer = Command::Corrigeer {
        feit: id,
        geldig: Period::day(dag(2026, 3, 12)),
        wordt: Box::new(melding(MeldingSoort::V3).into()),
    };
    for command in [corrigeer, Command::TrekIn { feit: id, reden: "verkeerd kind".into() }] {
        assert_eq!(op(&samen, hoofd(), command, nu()).unwrap().about, Subject::from(ander));
    }
}

#[test]
fn samenvoegen_doet_een_mens_met_een_reden() {
    let ander = LeerlingId::new(2);
    let zelfde = |ander, reden: &str| ZelfdeKind { ander, reden: reden.into() };
    let rules = regio();
    let kind = sam().timeline();
    let view = View::new(LEERLING, &kind, &rules);
    assert!(decide(&view, stel(VANDAAG, zelfde(ander, "zelfde BSN")), &coordinator(), nu()).is_ok());
    assert!(view.gelezen().contains(&Subject::from(ander)), "the other child is guarded too");
    assert!(view.gelezen().contains(&Subject::from(MedewerkerId::new(20))));
    mag_niet(&sam(), coordinator(), zelfde(ander, ""), "reden");
    mag_niet(&sam(), coordinator(), zelfde(LEERLING, "x"), "dezelfde leerling");
    mag_niet(&sam(), Actor::Systeem { organisatie: SCHOOL }, zelfde(ander, "x"), "U mag dit niet");
}

#[test]
fn een_signaal_wordt_afgehandeld_door_de_school_en_betwist_van_thuis() {
    let doet_met = |afhandeling, dag| SignaalAfhandeling {
        regel: "weg".into(),
        eerste_dag: dag,
        stap: None,
        afhandeling,
        reden: "x".into(),
    };
    let t = sam().timeline().with_signalen(signalen());
    let probeer = |by, a, d| op(&t, by, stel(VANDAAG, doet_met(a, d)), nu());
    assert!(probeer(mentor(SCHOOL), Afhandeling::Opgepakt, GISTEREN).is_ok());
    assert!(probeer(moeder(), Afhandeling::Betwist, GISTEREN).is_ok());
    weigert(probeer(moeder(), Afhandeling::Gesloten, GISTEREN), "De school handelt");
    weigert(probeer(mentor(SCHOOL), Afhandeling::Opgepakt, VANDAAG), "er niet (meer)");
}

fn signalen() -> Vec<Signaal> {
    vec![Signaal {
        regel: "weg".to_owned(),
        soort: SignaalSoort::Weg,
        dag: GISTEREN,
        stap: 10,
        was: None,
        waarde: 10,
        bekend: None,
        onvolledig: false,
    }]
}

/// A rich dossier, with the facts that others refer to.
struct Rijk {
    kind: Kind,
    melding: FactId,
    aanbod: FactId,
    plan: FactId,
    kennisgeving: FactId,
}

fn woorden() -> Tekst {
    Tekst::new("woorden")
}

fn a5a() -> Kennisgeving {
    let grond = VrijstellingSoort::A5a;
    Kennisgeving { grond, ontvangen: GISTEREN, eerder: false, geen_jaarlijkse_verklaring: false }
}

fn rijk() -> Rijk {
    let mut kind = sam()
        .gebeurtenis(dag(2026, 3, 10), mentor(SCHOOL), geinformeerd(Some(MOEDER), Onderwerp::Ondersteuningsvraag))
        .gebeurtenis(dag(2026, 3, 10), mentor(SCHOOL), geinformeerd(Some(MOEDER), Onderwerp::Consult))
        .gebeurtenis(dag(2026, 3, 10), mentor(SCHOOL), geinformeerd(None, Onderwerp::Consult))
        .gebeurtenis(dag(2026, 3, 11), moeder(), vraag(VraagVan::Ouders))
        .gebeurtenis(dag(2026, 3, 12), coordinator(), melding(MeldingSoort::V3));
    let melding_id = kind.laatste();
    for voor in ToestemmingVoor::ALL {
        kind = kind.toestand(dag(2026, 3, 12), moeder(), toestemming(Some(MOEDER), *voor, true));
        kind = kind.toestand(dag(2026, 3, 12), zelf(), toestemming(None, *voor, true));
    }
    kind = kind.toestand(dag(2026, 3, 16), hoofd(), aanbod(Some(dag(2026, 3, 12))));
    let aanbod_id = kind.laatste();
    kind = kind.toestand(dag(2026, 3, 16), hoofd(), Plan { doel: "terug".into(), kwartieren_per_week: None });
    let plan = kind.laatste();
    kind = kind.toestand(dag(2026, 8, 1), moeder(), a5a());
    let kennisgeving = kind.laatste();
    Rijk { kind, melding: melding_id, aanbod: aanbod_id, plan, kennisgeving }
}

/// For each kind about who the child is and when it is away, a statement somebody might make.
fn school_zegt() -> Vec<Body> {
    vec![
        Body::from(Contactgegevens {
            telefoon: "06".into(),
            email: leeg(),
            taal: leeg(),
            tolk: JaNee::Nee,
            veilig_contact: leeg(),
        }),
        Adres { postcode: None, huisnummer: "2".into(), gemeente: None, geheim: false }.into(),
        Gezag { persoon: VADER, relatie: Relatie::Vader, gezag: JaNee::Onbekend, woont_bij_kind: JaNee::Nee }.into(),
        Inschrijving {
            school: SCHOOL,
            leerlingnummer: leeg(),
            jaargroep: "12".into(),
            klas: "2d".into(),
            mentor: leeg(),
        }
        .into(),
        Inschrijving {
            school: SCHOOL_TWEE,
            leerlingnummer: leeg(),
            jaargroep: "12".into(),
            klas: "2d".into(),
            mentor: leeg(),
        }
        .into(),
        Uitschrijving { school: SCHOOL, reden: UitschrijfReden::AndereSchool }.into(),
        Schoolloopbaan::default().into(),
        Rooster { kwartieren: [20, 20, 20, 20, 20, 0, 0] }.into(),
        Afwezigheid { soort: VerzuimSoort::Ziek, toelichting: leeg() }.into(),
        RijCorrectie {
            lesuur: 1,
            soort: VerzuimSoort::Ongeoorloofd,
            wordt: Some((VerzuimSoort::Verlof, Duur::Dag)),
            reden: woorden(),
        }
        .into(),
        ZitThuis { relatie: None, woorden: woorden() }.into(),
        SignaalAfhandeling {
            regel: "weg".into(),
            eerste_dag: GISTEREN,
            stap: None,
            afhandeling: Afhandeling::Betwist,
            reden: woorden(),
        }
        .into(),
    ]
}

/// For each kind about leerplicht and exemptions.
fn leerplicht_zegt(rijk: &Rijk) -> Vec<Body> {
    let (melding_id, kennisgeving) = (rijk.melding, rijk.kennisgeving);
    vec![
        melding(MeldingSoort::L).into(),
        MeldingStatus { melding: melding_id, status: MeldingStand::InBehandeling, reden: leeg() }.into(),
        MeldingStatus { melding: melding_id, status: MeldingStand::Ingetrokken, reden: woorden() }.into(),
        MeldingEinde { melding: melding_id, einde: GISTEREN }.into(),
        Onderzoek { melding: Some(melding_id), stap: OnderzoekStap::Gestart }.into(),
        vraag(VraagVan::School).into(),
        vraag(VraagVan::Ouders).into(),
        Consult { stap: ConsultStap::Gevraagd }.into(),
        Consult { stap: ConsultStap::Bezwaar }.into(),
        DeelnameAdvies { kwartieren_per_week: 10, opbouw: leeg() }.into(),
        a5a().into(),
        Verklaring {
            hoedanigheid: Hoedanigheid::Arts,
            aangewezen: true,
            behandelend: false,
            tot: None,
            blijvend: false,
        }
        .into(),
        PerspectiefBehandelaar { woorden: woorden() }.into(),
        SwvAdvies { advies: woorden() }.into(),
        KennisgevingToets { kennisgeving, uitkomst: ToetsUitkomst::Voldoet, reden: leeg() }.into(),
    ]
}

/// For each kind about support, talks and decisions.
fn hulp_zegt(rijk: &Rijk) -> Vec<Body> {
    let (aanbod_id, plan) = (rijk.aanbod, rijk.plan);
    vec![
        aanbod(None).into(),
        AanbodReactie { aanbod: aanbod_id, ouder: Some(MOEDER), oordeel: Oordeel::Passend, woorden: woorden() }.into(),
        AanbodReactie { aanbod: aanbod_id, ouder: None, oordeel: Oordeel::Passend, woorden: woorden() }.into(),
        Plan { doel: woorden(), kwartieren_per_week: Some(20) }.into(),
        contact().into(),
        Gesprek { soort: GesprekSoort::Mdo, ouders: true, leerling: true, afspraken: woorden() }.into(),
        Verantwoordelijke { organisatie: SCHOOL, medewerker: MedewerkerId::new(9), taak: Taak::Eigenaar }.into(),
        VolgendeStap { organisatie: SCHOOL, medewerker: None, stap: woorden(), uiterlijk: VANDAAG }.into(),
        geinformeerd(Some(MOEDER), Onderwerp::Delen).into(),
        InstemmingPlan { plan, ouder: Some(MOEDER), akkoord: false }.into(),
        InstemmingPlan { plan, ouder: None, akkoord: true }.into(),
        toestemming(Some(MOEDER), ToestemmingVoor::Jeugdhulp, false).into(),
        toestemming(None, ToestemmingVoor::Jeugdhulp, true).into(),
        Afwijking { regel: woorden(), waarom: woorden() }.into(),
        Besluit { soort: BesluitSoort::Doorzettingsmacht, inhoud: woorden() }.into(),
        Besluit { soort: BesluitSoort::Anders, inhoud: woorden() }.into(),
        Bevestiging { wat: TeBevestigen::Thuiszittend, klopt: false, reden: woorden() }.into(),
        Sluiting { reden: SluitReden::Terug, toelichting: leeg() }.into(),
        ZelfdeKind { ander: LeerlingId::new(2), reden: woorden() }.into(),
    ]
}

fn iedereen() -> Vec<Actor> {
    let organisaties = [SCHOOL, SCHOOL_TWEE, SWV, GEMEENTE, JGZ, ZORG];
    let professionals = organisaties.into_iter().flat_map(|o| Rol::ALL.iter().map(move |rol| als(o, *rol)));
    professionals.chain([moeder(), vader(), zelf(), Actor::Systeem { organisatie: SCHOOL }]).collect()
}

#[test]
fn wat_iemand_vastlegt_kan_die_zelf_corrigeren_en_intrekken_en_elke_weigering_zegt_wat_nu() {
    let rijk = rijk();
    let bodies = [school_zegt(), leerplicht_zegt(&rijk), hulp_zegt(&rijk)].concat();
    let kind = rijk.kind;
    let rules: Rules = regio();
    let t = kind.timeline().with_signalen(signalen());
    let mut stated = std::collections::BTreeSet::new();
    for body in bodies {
        for by in iedereen() {
            let soort = body.soort();
            let view = View::new(LEERLING, &t, &rules);
            let fact = match decide(&view, stel(VANDAAG, body.clone()), &by, nu()) {
                Ok(mut facts) => facts.remove(0),
                Err(refusal) => {
                    weigert(Err(refusal), "");
                    continue;
                }
            };
            stated.insert(soort);
            assert_eq!((fact.by, fact.about), (by, LEERLING.into()));
            let geldig = fact.valid;
            let after = met(&kind, fact, 900);
            let again = Command::Corrigeer { feit: FactId(900), geldig, wordt: Box::new(body.clone()) };
            op(&after, by, again, nu()).unwrap_or_else(|refusal| panic!("{soort:?} by {by:?}: {refusal}"));
            let back = Command::TrekIn { feit: FactId(900), reden: "vergissing".into() };
            op(&after, by, back, nu()).unwrap_or_else(|refusal| panic!("{soort:?} by {by:?}: {refusal}"));
        }
    }
    let every = 34;
    assert!(stated.len() >= every, "only {} kinds could be stated at all: {stated:?}", stated.len());
}

#[test]
fn wat_een_scherm_in_een_keer_aanbiedt_is_wat_per_soort_gevraagd_mag() {
    let rules: Rules = regio();
    let weg = sam().uitgeschreven(SCHOOL, dag(2026, 3, 16), UitschrijfReden::AndereSchool);
    let (mut some, mut none) = (0, 0);
    for kind in [sam(), weg, gemeld().0, rijk().kind, kind(dag(2008, 3, 20)), kind_van(dag(2007, 9, 1))] {
        let t = kind.timeline();
        let view = View::new(LEERLING, &t, &rules);
        for by in iedereen() {
            for now in [nu(), begin_van_dag(plus_days(VANDAAG, 400))] {
                let each: Vec<Soort> =
                    Soort::ALL.iter().copied().filter(|soort| mag_vastleggen(&view, *soort, &by, now)).collect();
                assert_eq!(mag_vastleggen_alle(&view, &by, now), each, "{by:?}");
                *if each.is_empty() { &mut none } else { &mut some } += 1;
            }
        }
    }
    assert!(some > 50 && none > 50, "both are tried: {some} {none}");
}

#[test]
fn een_dag_later_kan_de_correctie_nog_steeds() {
    let (kind, id) = gemeld();
    let later = begin_van_dag(plus_days(VANDAAG, 200));
    let wordt = Box::new(Body::from(Melding { begin: dag(2026, 3, 10), ..melding(MeldingSoort::V3) }));
    let corrigeer = Command::Corrigeer { feit: id, geldig: Period::day(dag(2026, 3, 12)), wordt };
    assert!(op(&kind.timeline(), coordinator(), corrigeer, later).is_ok());
}
