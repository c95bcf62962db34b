//! Everything by everybody: what always holds, whoever states what.

use super::*;

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
            stem: Stem::Eigen,
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
