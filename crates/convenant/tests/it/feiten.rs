//! What a single fact, a row, a signal or a step asks of its reader, and what somebody reads back.

use convenant::{Convenant, Facet as F, Facetten, Mag, Oordeel};
use domain::aan_zet::aan_zet;
use domain::body::{
    Aanbod, AanbodReactie, AanbodSoort, Adres, Afhandeling, Afwezigheid, Besluit, BesluitSoort, Bevestiging, Body,
    Consult, ConsultStap, Contact, Geinformeerd, JaNee, MeldingStand, MeldingStatus, Met, Onderwerp, Oordeel as Vindt,
    Persoonsgegevens, PerspectiefBehandelaar, Relatie, RijCorrectie, SignaalAfhandeling, Soort, Stem, Taak,
    TeBevestigen, Toestemming, ToestemmingVoor, Verantwoordelijke, Verlof, VerlofGrond, Wijze, ZitThuis,
};
use domain::fact::{Actor, Bron, Fact, FactId, Grondslag, Rol, Source};
use domain::ids::{MedewerkerId, OrganisatieId};
use domain::nummers::Bsn;
use domain::period::Period;
use domain::signaal::SignaalSoort;
use domain::termijnen::termijnen;
use domain::verzuim::{Duur, VerzuimSoort};
use testkit::{
    GEMEENTE, JGZ, Kind, LEERLING, MOEDER, SCHOOL, SCHOOL_TWEE, SWV, VADER, ZORG, dag, medewerker, mentor, moeder,
    regio, vader, zelf,
};

use crate::verhaal::{EERDER, OP, consulent, coordinator, gemeld, gevraagd, iemand, kring, lpa, sam, vader_is};

fn feit(by: Actor, body: impl Into<Body>) -> Fact {
    Fact {
        id: FactId(1),
        about: LEERLING.into(),
        valid: Period::day(EERDER),
        known: domain::Timestamp::UNIX_EPOCH,
        by,
        ground: Grondslag::Ondersteuningstaak,
        source: match by {
            Actor::Ouder { .. } => Source { bron: Bron::Ouders, organisatie: None },
            Actor::Leerling { .. } => Source { bron: Bron::Leerling, organisatie: None },
            _ => Source { bron: Bron::School, organisatie: by.organisatie() },
        },
        replaces: None,
        body: body.into(),
    }
}

fn contact() -> Contact {
    Contact { met: Met::Ouders, wijze: Wijze::Telefoon, bereikt: true, notitie: "".into() }
}

fn afwezig(soort: VerzuimSoort) -> Afwezigheid {
    Afwezigheid { soort, toelichting: "".into() }
}

fn named(organisatie: OrganisatieId) -> Verantwoordelijke {
    Verantwoordelijke { organisatie, medewerker: MedewerkerId::new(40), taak: Taak::Eigenaar }
}

fn status() -> MeldingStatus {
    MeldingStatus { melding: FactId(3), status: MeldingStand::InBehandeling, reden: "".into() }
}

fn besluit(soort: BesluitSoort) -> Besluit {
    Besluit { soort, inhoud: "".into() }
}

#[test]
fn every_kind_about_a_child_has_a_facet_and_a_fact_asks_at_least_those_of_its_kind() {
    for soort in Soort::ALL {
        let about_child = soort.categorie() != domain::body::Bewaarcategorie::Regio;
        assert_eq!(!F::van(*soort).is_empty(), about_child, "{}", soort.code());
    }
    let asked: Facetten = Soort::ALL.iter().flat_map(|soort| F::van(*soort).iter().copied()).collect();
    let derived = Facetten::of(&[
        F::PersoonAdresGeheim,
        F::VerzuimZiekte,
        F::Klok,
        F::Termijnen,
        F::Deelname,
        F::InschrijvingNagaan,
        F::AanbodZorg,
        F::BesluitVerbaal,
        F::WoordenOuder,
        F::WoordenLeerling,
        F::Leeslog,
    ]);
    assert_eq!(Facetten::ALLE.without(asked), derived, "each facet is that of a kind or named here");
}

fn plek(soort: AanbodSoort) -> Aanbod {
    Aanbod {
        soort,
        wat: "plek".into(),
        voorziening: None,
        organisatie: None,
        kwartieren_per_week: 4,
        opbouw: Vec::new(),
        schriftelijk_op: None,
    }
}

#[test]
fn care_is_asked_for_where_a_fact_tells_of_it_by_what_it_is_or_by_who_says_it() {
    let zorg = iemand(ZORG, Rol::Zorgpartner);
    for (fact, asks) in [
        (feit(mentor(SCHOOL), plek(AanbodSoort::Onderwijs)), false),
        (feit(mentor(SCHOOL), plek(AanbodSoort::OnderwijsZorg)), true),
        (feit(mentor(SCHOOL), plek(AanbodSoort::ZiekeLeerlingen)), true),
        (feit(zorg, contact()), true),
        (feit(zorg, PerspectiefBehandelaar { woorden: "".into() }), false),
    ] {
        assert_eq!(F::van_feit(&fact).contains(F::AanbodZorg), asks, "{:?}", fact.body);
    }
    for (soort, ill) in [(AanbodSoort::OnderwijsZorg, false), (AanbodSoort::ZiekeLeerlingen, true)] {
        let all = F::van_feit(&feit(mentor(SCHOOL), plek(soort)));
        assert_eq!(all.contains(F::VerzuimZiekte), ill, "{soort:?}");
    }
}

#[test]
fn a_fact_asks_for_what_stands_in_it_and_for_who_said_it() {
    let adres = |geheim| Adres { postcode: None, huisnummer: "1".into(), gemeente: None, geheim };
    let verlof = |grond| Verlof { grond, toegekend: true, kwartieren_per_week: 0 };
    let correctie = |soort, wordt: Option<VerzuimSoort>| RijCorrectie {
        lesuur: 0,
        soort,
        wordt: wordt.map(|soort| (soort, Duur::Dag)),
        reden: "".into(),
    };
    let reactie = |ouder| AanbodReactie { aanbod: FactId(3), ouder, oordeel: Vindt::Passend, woorden: "".into() };
    let told = |over| Geinformeerd { ouder: Some(MOEDER), over };
    let gaf = |voor| Toestemming { ouder: Some(MOEDER), voor, aan: None, gegeven: true };
    let bevestigt = |wat| Bevestiging { wat, klopt: true, reden: "".into() };
    let school = mentor(SCHOOL);
    let cases: Vec<(Fact, Vec<F>)> = vec![
        (feit(school, adres(false)), vec![]),
        (feit(school, adres(true)), vec![F::PersoonAdresGeheim]),
        (feit(school, afwezig(VerzuimSoort::Ongeoorloofd)), vec![]),
        (feit(school, afwezig(VerzuimSoort::Ziek)), vec![F::VerzuimZiekte]),
        (feit(school, afwezig(VerzuimSoort::Geschorst)), vec![F::VerzuimZiekte]),
        (feit(school, correctie(VerzuimSoort::Ziek, None)), vec![F::VerzuimZiekte]),
        (feit(school, correctie(VerzuimSoort::Luxe, Some(VerzuimSoort::Ziek))), vec![F::VerzuimZiekte]),
        (feit(school, correctie(VerzuimSoort::Luxe, Some(VerzuimSoort::Verlof))), vec![]),
        (feit(school, verlof(VerlofGrond::C)), vec![F::VerzuimZiekte]),
        (feit(school, verlof(VerlofGrond::D)), vec![F::VerzuimZiekte]),
        (feit(school, verlof(VerlofGrond::G)), vec![]),
        (feit(school, ZitThuis { relatie: None, woorden: "".into() }), vec![]),
        (feit(school, ZitThuis { relatie: Some(Relatie::Moeder), woorden: "".into() }), vec![F::WoordenOuder]),
        (feit(school, reactie(Some(MOEDER))), vec![F::WoordenOuder]),
        (feit(school, reactie(None)), vec![F::WoordenLeerling]),
        (feit(school, told(Onderwerp::Melding)), vec![F::Melding]),
        (feit(school, told(Onderwerp::Ondersteuningsvraag)), vec![F::Ondersteuningsvraag]),
        (feit(school, told(Onderwerp::Consult)), vec![F::JgzConsult]),
        (feit(school, told(Onderwerp::Delen)), vec![]),
        (feit(school, gaf(ToestemmingVoor::JgzBetrokken)), vec![F::JgzConsult]),
        (feit(school, gaf(ToestemmingVoor::DeelnameAdvies)), vec![F::JgzConsult]),
        (feit(school, gaf(ToestemmingVoor::PerspectiefBehandelaar)), vec![F::VrijstellingPerspectief]),
        (feit(school, gaf(ToestemmingVoor::SwvAdvies)), vec![F::Vrijstelling]),
        (feit(school, gaf(ToestemmingVoor::Jeugdhulp)), vec![]),
        (feit(school, bevestigt(TeBevestigen::Thuiszittend)), vec![]),
        (feit(school, bevestigt(TeBevestigen::Absoluut)), vec![F::InschrijvingNagaan]),
        (feit(school, besluit(BesluitSoort::Anders)), vec![]),
        (feit(school, besluit(BesluitSoort::Verbaal)), vec![F::BesluitVerbaal]),
        (feit(moeder(), contact()), vec![F::WoordenOuder]),
        (feit(zelf(), contact()), vec![F::WoordenLeerling]),
        (feit(consulent(), contact()), vec![]),
        (feit(lpa(), contact()), vec![F::LeerplichtStap]),
        (feit(iemand(GEMEENTE, Rol::AdministratieLeerplicht), contact()), vec![F::LeerplichtStap]),
        (feit(lpa(), adres(false)), vec![]),
        (feit(lpa(), status()), vec![]),
        (feit(lpa(), bevestigt(TeBevestigen::Thuiszittend)), vec![F::LeerplichtStap]),
        (feit(iemand(JGZ, Rol::Jeugdarts), contact()), vec![F::JgzConsult]),
        (feit(iemand(JGZ, Rol::Jeugdverpleegkundige), contact()), vec![F::JgzConsult]),
    ];
    for (fact, more) in cases {
        let expected = Facetten::of(F::van(fact.body.soort())).union(Facetten::of(&more));
        assert_eq!(F::van_feit(&fact), expected, "{:?} by {:?}", fact.body.soort(), fact.by);
    }
}

#[test]
fn a_number_is_asked_for_only_where_there_is_one() {
    let persoon = |bsn| Persoonsgegevens {
        achternaam: "".into(),
        voorvoegsel: "".into(),
        voornamen: "".into(),
        roepnaam: "".into(),
        geboortedatum: None,
        geslacht: domain::body::Geslacht::Onbekend,
        bsn,
        onderwijsnummer: None,
    };
    let asks = |bsn| F::van_feit(&feit(mentor(SCHOOL), persoon(bsn))).contains(F::PersoonBsn);
    assert!(!asks(None));
    assert!(asks(Bsn::parse("999999990").ok()), "a number that passes the test of eleven");
}

#[test]
fn rows_and_signals_that_may_rest_on_illness_tell_of_illness() {
    let dagen = Facetten::of(&[F::VerzuimDagen, F::VerzuimSoort]);
    let ziekte = Facetten::of(&[F::VerzuimZiekte]);
    for soort in VerzuimSoort::ALL {
        let ill = matches!(soort, VerzuimSoort::Ziek | VerzuimSoort::Geschorst);
        let expected = if ill { dagen.union(ziekte) } else { dagen };
        assert_eq!(F::van_verzuim(soort), expected, "{}", soort.code());
    }
    for (soort, ill) in [
        (SignaalSoort::ZestienUur, false),
        (SignaalSoort::NadertZestienUur, false),
        (SignaalSoort::Luxe, false),
        (SignaalSoort::TeLaat, false),
        (SignaalSoort::ZiekVaak, true),
        (SignaalSoort::ZiekLang, true),
        (SignaalSoort::Weg, true),
        (SignaalSoort::Anders, true),
    ] {
        assert!(F::van_signaal(soort).contains(F::Signalen));
        assert_eq!(F::van_signaal(soort).contains(F::VerzuimZiekte), ill, "{}", soort.code());
    }
}

#[test]
fn naming_leerplicht_youth_health_care_or_a_care_provider_tells_that_they_are_involved() {
    let r = regio();
    for (organisatie, asks) in [
        (SCHOOL, vec![]),
        (SWV, vec![]),
        (ZORG, vec![F::AanbodZorg]),
        (GEMEENTE, vec![F::LeerplichtStap]),
        (testkit::DOORSTROOMPUNT, vec![F::LeerplichtStap]),
        (JGZ, vec![F::JgzConsult]),
        (OrganisatieId::new(999), vec![]),
    ] {
        assert_eq!(F::van_organisatie(&r, organisatie), Facetten::of(&asks), "{organisatie}");
    }
}

fn leest(by: &Actor, kind: &Kind, fact: &Fact) -> bool {
    Convenant::standaard().leest(by, &kring(kind), fact, &regio()).is_ja()
}

#[test]
fn whoever_may_see_the_child_reads_what_all_facets_allow() {
    let child = gevraagd(gemeld(sam()));
    let say = |by, body: Body| feit(by, body);
    for (fact, reads) in [
        // The swv learns what the question says, not what the school noted of its calls.
        (say(mentor(SCHOOL), contact().into()), [true, false, false]),
        (say(consulent(), contact().into()), [true, true, false]),
        (say(lpa(), contact().into()), [true, false, true]),
        // Leerplicht learns on consent only who gives care.
        (say(mentor(SCHOOL), named(ZORG).into()), [true, true, false]),
        (say(mentor(SCHOOL), named(GEMEENTE).into()), [true, false, true]),
        (say(mentor(SCHOOL), named(JGZ).into()), [true, false, false]),
        (say(mentor(SCHOOL), afwezig(VerzuimSoort::Ziek).into()), [true, false, false]),
        (say(mentor(SCHOOL), afwezig(VerzuimSoort::Ongeoorloofd).into()), [true, false, true]),
        (say(lpa(), besluit(BesluitSoort::Verbaal).into()), [false, false, true]),
        (say(moeder(), contact().into()), [true, false, false]),
    ] {
        let found = [coordinator(), consulent(), lpa()].map(|by| leest(&by, &child, &fact));
        assert_eq!(found, reads, "{:?} by {:?}", fact.body.soort(), fact.by);
    }
    let plek = Aanbod { organisatie: Some(JGZ), ..plek(AanbodSoort::Zorg) };
    assert!(!leest(&consulent(), &child, &feit(mentor(SCHOOL), plek.clone())));
    assert!(leest(&consulent(), &child, &feit(mentor(SCHOOL), Aanbod { organisatie: Some(ZORG), ..plek })));
}

#[test]
fn what_one_stated_oneself_or_for_one_s_organisation_is_read_back_as_long_as_the_child_may_be_seen() {
    let child = gevraagd(gemeld(sam()));
    let asked = feit(iemand(SCHOOL, Rol::Ondersteuningscoordinator), Consult { stap: ConsultStap::Gevraagd });
    assert!(leest(&coordinator(), &child, &asked), "the school that asked knows that it asked");
    assert!(!leest(&consulent(), &child, &asked) && !leest(&lpa(), &child, &asked));
    let talk = feit(medewerker(77, GEMEENTE, Rol::Leerplichtambtenaar), contact());
    assert!(leest(&lpa(), &child, &talk));
    // In a role that may not state it, a colleague's word is not one's own.
    let secret = feit(medewerker(77, SCHOOL, Rol::Schoolleider), besluit(BesluitSoort::Verbaal));
    assert!(!leest(&coordinator(), &child, &secret));
    assert!(leest(&iemand(SCHOOL, Rol::Schoolleider), &child, &secret));
    // Who may not see the child, does not read one's own word about it any more.
    let own = feit(iemand(SCHOOL_TWEE, Rol::Schoolleider), contact());
    assert!(!leest(&iemand(SCHOOL_TWEE, Rol::Schoolleider), &child, &own));
    let oordeel = Convenant::standaard().leest(&iemand(GEMEENTE, Rol::Beheerder), &kring(&child), &talk, &regio());
    assert!(matches!(oordeel, Oordeel::Nee { .. }));
}

fn betwist(stem: Stem) -> SignaalAfhandeling {
    SignaalAfhandeling {
        regel: "ziek_vaak".into(),
        eerste_dag: OP,
        stap: None,
        afhandeling: Afhandeling::Betwist,
        reden: "".into(),
        stem,
    }
}

#[test]
fn what_the_school_put_down_as_the_word_of_one_at_home_is_not_read_by_the_others() {
    let child = vader_is(sam(), Relatie::Vader, JaNee::Ja, JaNee::Ja);
    let own = Facetten::of(&[F::Signalen, F::VerzuimReden]);
    for (stem, more) in [
        (Stem::Eigen, Facetten::GEEN),
        (Stem::Ouder(MOEDER), Facetten::of(&[F::WoordenOuder])),
        (Stem::Thuis, Facetten::of(&[F::WoordenOuder])),
        (Stem::Leerling, Facetten::of(&[F::WoordenLeerling])),
    ] {
        assert_eq!(F::van_feit(&feit(mentor(SCHOOL), betwist(stem))), own.union(more), "{stem:?}");
    }
    let reads = |by: Actor, stem| leest(&by, &child, &feit(mentor(SCHOOL), betwist(stem)));
    for stem in [Stem::Ouder(MOEDER), Stem::Thuis] {
        assert!(reads(coordinator(), stem), "{stem:?}: who keeps the absence looks at it");
        assert!(!reads(vader(), stem) && !reads(zelf(), stem), "{stem:?}");
    }
    assert!(reads(moeder(), Stem::Eigen) && reads(vader(), Stem::Eigen), "what the school says itself");
    assert!(reads(coordinator(), Stem::Leerling));
}

#[test]
fn parents_read_back_their_own_words_and_not_each_other_s_nor_the_child_s() {
    let child = vader_is(sam(), Relatie::Vader, JaNee::Ja, JaNee::Ja);
    let words = |by| feit(by, ZitThuis { relatie: None, woorden: "".into() });
    for (reader, reads) in
        [(moeder(), [true, false, false]), (vader(), [false, true, false]), (zelf(), [false, false, true])]
    {
        assert_eq!([moeder(), vader(), zelf()].map(|by| leest(&reader, &child, &words(by))), reads, "{reader:?}");
    }
    assert!(leest(&coordinator(), &child, &words(zelf())), "to the school both are said");
    assert_ne!(MOEDER, VADER);
}

#[test]
fn a_school_reads_its_own_absence_only() {
    let both = sam().ingeschreven(SCHOOL_TWEE, dag(2026, 1, 5));
    let here = feit(mentor(SCHOOL), afwezig(VerzuimSoort::Luxe));
    let there = feit(mentor(SCHOOL_TWEE), afwezig(VerzuimSoort::Luxe));
    let reads = |by: Actor| [leest(&by, &both, &here), leest(&by, &both, &there)];
    assert_eq!(reads(coordinator()), [true, false]);
    assert_eq!(reads(iemand(SCHOOL_TWEE, Rol::Schoolleider)), [false, true]);
    assert_eq!(reads(moeder()), [true, true]);
    let talk = feit(mentor(SCHOOL_TWEE), contact());
    assert!(leest(&coordinator(), &both, &talk), "absence only: a talk is for both schools");
    let by_parents = Fact { source: Source { bron: Bron::Ouders, organisatie: None }, ..here };
    assert!(leest(&iemand(SCHOOL_TWEE, Rol::Schoolleider), &both, &by_parents));
}

#[test]
fn a_term_asks_for_what_started_it_and_for_who_must_act() {
    let child = gevraagd(gemeld(sam().dagen(SCHOOL, dag(2026, 1, 5), &"o".repeat(50))));
    let (t, r) = (child.timeline(), regio());
    let found = termijnen(&t, OP, &r);
    let asks: Vec<(Facetten, String)> =
        found.iter().map(|termijn| (F::van_termijn(&t, &r, termijn), termijn.wat.clone())).collect();
    assert!(asks.iter().all(|(facetten, _)| facetten.contains(F::Termijnen)));
    let sees = |by: &Actor| {
        let own = Convenant::standaard().facetten(by, Mag::Lees, &kring(&child));
        asks.iter().filter(|(facetten, _)| own.contains_all(*facetten)).count()
    };
    let (school, swv, leerplicht) = (sees(&coordinator()), sees(&consulent()), sees(&lpa()));
    assert!(school > 0 && swv > 0 && leerplicht > 0, "{asks:?}");
    let of_melding = asks.iter().filter(|(facetten, _)| facetten.contains(F::Melding)).count();
    assert!(of_melding > 0, "{asks:?}");
    assert!(swv <= asks.len() - of_melding, "no term that tells of the melding");
}

#[test]
fn who_is_aan_zet_is_told_to_whoever_may_know_that_party() {
    let asks = |child: &Kind| {
        let (t, r) = (child.timeline(), regio());
        let found = aan_zet(&t, OP, &r).value.expect("an open dossier");
        F::van_aan_zet(&t, &r, &found, &termijnen(&t, OP, &r))
    };
    let open = || crate::verhaal::verantwoordelijk(gemeld(sam()), SCHOOL);
    assert_eq!(asks(&open().stap(dag(2026, 3, 16), SCHOOL)), Facetten::of(&[F::AanZet]));
    assert_eq!(asks(&open().stap(dag(2026, 3, 16), GEMEENTE)), Facetten::of(&[F::AanZet, F::LeerplichtStap]));
    assert_eq!(asks(&open().stap(dag(2026, 3, 16), JGZ)), Facetten::of(&[F::AanZet, F::JgzConsult]));
    // By a term that follows from a melding, without a step that was stated.
    let by_term = asks(&gemeld(sam()));
    assert!(by_term.contains(F::AanZet) && by_term.contains(F::Melding), "{by_term:?}");
    assert!(!by_term.contains(F::Termijnen));
}
