//! Who may state what, in which state: refusals per rule and role, and what always holds.

mod corrigeren;
mod iedereen;
mod melding;
mod toestand;

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

fn kind_van(geboren: Date) -> Kind {
    kind(geboren).ingeschreven(SCHOOL, dag(2025, 8, 1)).woont_hier(dag(2025, 8, 2))
}

/// The story with a fact that was decided upon.
fn met(kind: &Kind, fact: NewFact, id: u128) -> Timeline {
    let recorded: Arc<Fact> = Arc::new(fact.recorded(FactId(id), nu()));
    Timeline::new(kind.feiten().iter().cloned().chain([recorded]), kind.rijen()).with_signalen(signalen())
}

fn signalen() -> Vec<Signaal> {
    vec![Signaal {
        regel: "weg".to_owned(),
        soort: SignaalSoort::Weg,
        dag: GISTEREN,
        van: GISTEREN,
        stap: 10,
        was: None,
        waarde: 10,
        bekend: None,
        onvolledig: false,
    }]
}
