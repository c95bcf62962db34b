//! What was stated is corrected and withdrawn by whoever stated it, and what came of it goes along or does not.

use super::*;

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
fn een_dag_later_kan_de_correctie_nog_steeds() {
    let (kind, id) = gemeld();
    let later = begin_van_dag(plus_days(VANDAAG, 200));
    let wordt = Box::new(Body::from(Melding { begin: dag(2026, 3, 10), ..melding(MeldingSoort::V3) }));
    let corrigeer = Command::Corrigeer { feit: id, geldig: Period::day(dag(2026, 3, 12)), wordt };
    assert!(op(&kind.timeline(), coordinator(), corrigeer, later).is_ok());
}
