//! A statement that is put into its form and read back is the same statement: nothing is lost by correcting it.

use domain::Date;
use domain::body::*;
use domain::fact::{Actor, Fact, FactId, Grondslag, Rol};
use domain::ids::{LeerlingId, MedewerkerId, OrganisatieId, PersoonId, VoorzieningId};
use domain::period::Period;
use domain::verzuim::{Duur, VerzuimSoort};

use super::super::opzet::Lezing;
use super::super::vormen;
use crate::web::formulier::Formulier;

const MAANDAG: Date = Date::constant(2026, 3, 16);
const O: OrganisatieId = OrganisatieId::new(3);
const M: MedewerkerId = MedewerkerId::new(4);
const P: PersoonId = PersoonId::new(5);
const F: FactId = FactId(77);

/// At least one of each kind.
fn monsters() -> Vec<Body> {
    [eerste_monsters(), van_leerplicht(), van_hulp(), van_vrijstelling()].concat()
}

fn eerste_monsters() -> Vec<Body> {
    let t = |text: &str| domain::tekst::Tekst::new(text);
    let opbouw =
        (0..8).map(|n| OpbouwStap { vanaf: domain::period::plus_days(MAANDAG, 7 * n), kwartieren_per_week: 18 });
    let aanbod = |organisatie, schriftelijk_op| Aanbod {
        soort: AanbodSoort::OnderwijsZorg,
        wat: t("Een plek, in Alkmaar"),
        voorziening: Some(VoorzieningId::new(6)),
        organisatie,
        kwartieren_per_week: 17,
        opbouw: opbouw.clone().collect(),
        schriftelijk_op,
    };
    let melding = |wish: &str, einde| Melding {
        soort: MeldingSoort::Lrv,
        begin: MAANDAG,
        einde,
        reden: t("ruzie"),
        alle_lessen: einde.is_none(),
        actie_school: t("gebeld\nen geschreven"),
        actie_gewenst: t(wish),
        meldingsnummer: t("12345"),
    };
    let rij = |wordt| RijCorrectie { lesuur: 3, soort: VerzuimSoort::Ongeoorloofd, wordt, reden: t("gezien") };
    vec![
        Contact { met: Met::Leerling, wijze: Wijze::Huisbezoek, bereikt: false, notitie: t("niemand thuis") }.into(),
        Gesprek { soort: GesprekSoort::Mdo, ouders: true, leerling: false, afspraken: t("bellen") }.into(),
        Geinformeerd { ouder: Some(P), over: Onderwerp::Delen }.into(),
        Afwezigheid { soort: VerzuimSoort::Ziek, toelichting: t("") }.into(),
        Afwezigheid { soort: VerzuimSoort::Verlof, toelichting: t("bruiloft") }.into(),
        ZitThuis { relatie: None, woorden: t("moeder belde") }.into(),
        rij(None).into(),
        rij(Some((VerzuimSoort::Ziek, Duur::Dag))).into(),
        rij(Some((VerzuimSoort::TeLaat, Duur::Kwartieren(3)))).into(),
        melding("een gesprek", None).into(),
        melding("Geen actie gewenst: wij lossen het op", Some(MAANDAG)).into(),
        Verantwoordelijke { organisatie: O, medewerker: M, taak: Taak::Casusregisseur }.into(),
        VolgendeStap { organisatie: O, medewerker: None, stap: t("bellen"), uiterlijk: MAANDAG }.into(),
        VolgendeStap { organisatie: O, medewerker: Some(M), stap: t("bellen"), uiterlijk: MAANDAG }.into(),
        Ondersteuningsvraag {
            van: VraagVan::School,
            vraag: t("a"),
            geprobeerd: t("b"),
            deelname: t("c"),
            ouders: t("d"),
            leerling: t("e"),
        }
        .into(),
        aanbod(Some(O), Some(MAANDAG)).into(),
        aanbod(None, None).into(),
    ]
}

fn van_leerplicht() -> Vec<Body> {
    let t = |text: &str| domain::tekst::Tekst::new(text);
    vec![
        MeldingStatus { melding: F, status: MeldingStand::InBehandeling, reden: t("") }.into(),
        MeldingStatus { melding: F, status: MeldingStand::Ingetrokken, reden: t("V") }.into(),
        MeldingStatus {
            melding: F,
            status: MeldingStand::Afgesloten,
            reden: t("geen verzuim, langdurig ziek. Gebeld."),
        }
        .into(),
        MeldingEinde { melding: F, einde: MAANDAG }.into(),
        Onderzoek { melding: None, stap: OnderzoekStap::Gestart }.into(),
        Onderzoek { melding: Some(F), stap: OnderzoekStap::Afgerond }.into(),
        Verhoor { melding: Some(F), ouder: None }.into(),
    ]
}

fn van_hulp() -> Vec<Body> {
    let t = |text: &str| domain::tekst::Tekst::new(text);
    vec![
        AanbodReactie { aanbod: F, ouder: Some(P), oordeel: Oordeel::NietPassend, woorden: t("te ver") }.into(),
        Realisatie { aanbod: F, kwartieren: 0 }.into(),
        Plan { doel: t("terug"), kwartieren_per_week: None }.into(),
        Plan { doel: t("terug"), kwartieren_per_week: Some(30) }.into(),
        InstemmingPlan { plan: F, ouder: None, akkoord: false }.into(),
        Toestemming { ouder: Some(P), voor: ToestemmingVoor::Jeugdhulp, aan: Some(O), gegeven: false }.into(),
        Toestemming { ouder: None, voor: ToestemmingVoor::SwvAdvies, aan: None, gegeven: true }.into(),
        Consult { stap: ConsultStap::Bezwaar }.into(),
        DeelnameAdvies { kwartieren_per_week: 8, opbouw: t("elke week een uur") }.into(),
        Besluit { soort: BesluitSoort::Anders, inhoud: t("zo") }.into(),
        Afwijking { regel: t("10 schooldagen"), waarom: t("past beter") }.into(),
        Bevestiging { wat: TeBevestigen::Absoluut, klopt: false, reden: t("wel ingeschreven") }.into(),
        Sluiting { reden: SluitReden::Anders, toelichting: t("verhuisd naar zee") }.into(),
    ]
}

fn van_vrijstelling() -> Vec<Body> {
    let t = |text: &str| domain::tekst::Tekst::new(text);
    let verklaring = |tot, blijvend: bool| Verklaring {
        hoedanigheid: Hoedanigheid::Pedagoog,
        aangewezen: !blijvend,
        behandelend: blijvend,
        tot,
        blijvend,
    };
    let verlof = |grond, kwartieren_per_week| Verlof { grond, toegekend: kwartieren_per_week > 0, kwartieren_per_week };
    let kennisgeving = |eerder| Kennisgeving {
        grond: VrijstellingSoort::A5c,
        ontvangen: MAANDAG,
        eerder,
        geen_jaarlijkse_verklaring: !eerder,
    };
    vec![
        verlof(VerlofGrond::G, 0).into(),
        verlof(VerlofGrond::Jong, 18).into(),
        kennisgeving(true).into(),
        kennisgeving(false).into(),
        verklaring(Some(MAANDAG), false).into(),
        verklaring(None, true).into(),
        KennisgevingToets { kennisgeving: F, uitkomst: ToetsUitkomst::VoldoetNiet, reden: t("te oud") }.into(),
        KennisgevingToets { kennisgeving: F, uitkomst: ToetsUitkomst::Voldoet, reden: t("") }.into(),
        VrijstellingBesluit { grond: VrijstellingSoort::A15, toegekend: false }.into(),
        SwvAdvies { advies: t("vier uur op een kleine plek") }.into(),
    ]
}

fn lezing<'a>(f: &'a mut Formulier, eerder: Option<&'a Fact>) -> Lezing<'a> {
    Lezing { f, vandaag: Date::constant(2026, 3, 20), rol: Rol::Verzuimcoordinator, eerder, gelezen: None }
}

#[test]
fn correcting_a_statement_without_changing_anything_changes_nothing() {
    for body in monsters() {
        let soort = body.soort();
        let opzet = vormen::om_te_corrigeren(soort).unwrap_or_else(|| panic!("no form for {soort:?}"));
        let spans = match soort.aard() {
            Aard::Gebeurtenis => vec![Period::day(MAANDAG)],
            Aard::Toestand => vec![Period::since(MAANDAG), Period::through(MAANDAG, Date::constant(2026, 4, 3))],
        };
        for valid in spans {
            let fact = Fact {
                id: FactId(1),
                about: LeerlingId::new(1).into(),
                valid,
                known: domain::Timestamp::UNIX_EPOCH,
                by: Actor::Medewerker { id: M, organisatie: O, rol: Rol::Verzuimcoordinator },
                ground: Grondslag::Ondersteuningstaak,
                source: domain::fact::Source::of(domain::fact::Bron::School, O),
                replaces: None,
                body: body.clone(),
            };
            let filled = (opzet.vul)(valid, &body);
            let mut f = filled.into_iter().fold(Formulier::open(), |f, (naam, waarde)| f.ook(naam, waarde));
            let read = (opzet.lees)(&mut lezing(&mut f, Some(&fact)));
            assert!(f.is_goed(), "{soort:?}: {:?}", f.fouten());
            assert!(read == Some(vec![(valid, body.clone())]), "{soort:?} over {valid:?} reads back as {read:?}");
        }
    }
}

#[test]
fn every_form_without_a_single_answer_says_what_is_missing_and_states_nothing() {
    for opzet in vormen::ALLE {
        let mut f = Formulier::open();
        let read = (opzet.lees)(&mut lezing(&mut f, None));
        assert!(!f.is_goed(), "{} takes nothing for an answer: {read:?}", opzet.blad);
        assert!(f.fouten().iter().all(|(_, words)| words.ends_with('.')), "{}: {:?}", opzet.blad, f.fouten());
    }
}

#[test]
fn every_form_has_one_address_and_its_own_words() {
    let mut seen = std::collections::BTreeSet::new();
    for opzet in vormen::ALLE {
        assert_eq!(opzet.pad, format!("/leerling/{{leerling}}/{}", opzet.blad));
        assert!(seen.insert(opzet.blad) && !opzet.titel.is_empty(), "{}", opzet.blad);
    }
    for soort in monsters().iter().map(Body::soort) {
        assert!(vormen::om_te_corrigeren(soort).is_some(), "{soort:?}");
    }
}
