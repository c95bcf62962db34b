//! Decisions of many at once: what each sees, who decides again, what is done once.

use domain::body::{Geslacht, Persoonsgegevens};
use domain::period::Period;

use super::*;
use crate::logboek::proef::*;

/// How many said that the child sits at home, on the register and what lies on top.
fn gezegd(overlay: &Overlay<'_>, leerling: LeerlingId) -> usize {
    overlay.timeline(leerling).map_or(0, |timeline| timeline.all::<domain::body::ZitThuis>().count())
}

fn nee(waarom: &str) -> Refusal {
    Refusal { waarom: waarom.to_owned(), wat_te_doen: "Doe niets.".to_owned() }
}

/// Another process says it now, between a decision and its writing.
fn iemand_anders(plek: &Plek, leerling: LeerlingId) {
    let ander = async { stel(&mut plek.open().await, vec![thuis(leerling, "iemand anders")]).await };
    std::thread::scope(|scope| scope.spawn(|| speel(ander)).join()).unwrap();
}

fn poging(naam: u8, inhoud: &str) -> Poging {
    let wie = Actor::Leerling { leerling: SAM };
    Poging { wie, naam: [naam; 16], inhoud: store::digest(inhoud.as_bytes()) }
}

/// Says it once: refused when anybody said it before.
fn zeg_eenmaal<'a>(woorden: &'a str) -> Beslissing<'a> {
    Beslissing::new(move |overlay, _| match gezegd(overlay, SAM) {
        0 => Ok(Besluit { antwoord: woorden.into(), ..besluit(vec![thuis(SAM, woorden)]) }),
        _ => Err(nee("Dat is al gezegd.")),
    })
}

#[test]
fn a_decision_sees_those_before_it_in_the_same_transaction() {
    speel(async {
        let (plek, mut logboek) = Plek::new().await;
        let reader = plek.open().await;
        let eerst = Beslissing::new(|_, _| Ok(besluit(vec![thuis(SAM, "eerst")])));
        let daarna = Beslissing::new(|overlay, _| {
            assert_eq!(overlay.register().head(), 0, "the first is not in the log yet");
            assert_eq!(gezegd(overlay, SAM), 1, "and yet it counts");
            Ok(besluit(vec![thuis(SAM, "daarna"), thuis(NOOR, "ook")]))
        });
        let antwoorden = logboek.beslis_samen(nu(), vec![eerst, daarna]).await.unwrap();
        assert_eq!(antwoorden, [Ok(b"1".to_vec()), Ok(b"2".to_vec())]);
        assert_eq!((logboek.register().head(), woorden(&logboek, SAM)), (3, vec!["eerst".into(), "daarna".into()]));
        assert_eq!(reader.register().head(), 0);
        reader.bijlezen().await.unwrap();
        assert_eq!(woorden(&reader, SAM), ["eerst", "daarna"], "the log tells the same to everyone");
    });
}

#[test]
fn who_decided_on_what_changed_decides_again_and_so_does_who_followed() {
    speel(async {
        let (plek, mut logboek) = Plek::new().await;
        let (mut first, mut second) = (Vec::new(), Vec::new());
        let eerst = Beslissing::new(|overlay, _| {
            first.push(gezegd(overlay, SAM));
            if first.len() == 1 {
                iemand_anders(&plek, SAM);
            }
            Ok(besluit(vec![thuis(SAM, "eerst")]))
        });
        let daarna = Beslissing::new(|overlay, _| {
            second.push(gezegd(overlay, SAM));
            Ok(besluit(vec![thuis(SAM, "daarna")]))
        });
        let los = Beslissing::new(|_, _| Ok(besluit(vec![thuis(NOOR, "los hiervan")])));
        let antwoorden = logboek.beslis_samen(nu(), vec![eerst, daarna, los]).await.unwrap();
        assert!(antwoorden.iter().all(Result::is_ok), "{antwoorden:?}");
        assert_eq!((first, second), (vec![0, 1], vec![1, 2]), "each decided twice, on what stood then");
        assert_eq!(woorden(&logboek, SAM), ["iemand anders", "eerst", "daarna"]);
    });
}

#[test]
fn a_refusal_that_rests_on_what_was_not_written_is_decided_again() {
    speel(async {
        let (plek, mut logboek) = Plek::new().await;
        let mut beurten = 0;
        let eerst = Beslissing::new(|_, _| {
            beurten += 1;
            if beurten > 1 {
                return Err(nee("Nu niet meer."));
            }
            iemand_anders(&plek, NOOR);
            Ok(besluit(vec![thuis(SAM, "eerst"), thuis(NOOR, "eerst")]))
        });
        let antwoorden = logboek.beslis_samen(nu(), vec![eerst, zeg_eenmaal("alleen ik")]).await.unwrap();
        assert_eq!(antwoorden, [Err(nee("Nu niet meer.")), Ok(b"alleen ik".to_vec())]);
        assert_eq!(woorden(&logboek, SAM), ["alleen ik"]);
    });
}

#[test]
fn who_is_overtaken_twice_is_told() {
    speel(async {
        let (plek, mut logboek) = Plek::new().await;
        let mut beurten = 0;
        let eerst = Beslissing::new(|_, _| {
            beurten += 1;
            iemand_anders(&plek, SAM);
            Ok(besluit(vec![thuis(SAM, "eerst")]))
        });
        let antwoorden = logboek.beslis_samen(nu(), vec![eerst]).await.unwrap();
        assert_eq!((antwoorden, beurten), (vec![Err(veranderd())], 2));
        logboek.bijlezen().await.unwrap();
        assert_eq!(woorden(&logboek, SAM), ["iemand anders"; 2]);
    });
}

#[test]
fn an_attempt_is_done_once_and_answered_alike() {
    speel(async {
        let (plek, mut logboek) = Plek::new().await;
        let eenmaal = || zeg_eenmaal("thuis").als_poging(poging(1, "thuis"));
        let altijd = || Beslissing::new(|_, _| Ok(besluit(vec![thuis(NOOR, "thuis")]))).als_poging(poging(2, "noor"));

        let samen = logboek.beslis_samen(nu(), vec![eenmaal(), eenmaal(), altijd(), altijd()]).await.unwrap();
        let (sam, noor) = (Ok(b"thuis".to_vec()), Ok(b"1".to_vec()));
        assert_eq!(samen, [sam.clone(), sam.clone(), noor.clone(), noor.clone()], "in one transaction");
        let later = logboek.beslis_samen(nu(), vec![eenmaal(), altijd()]).await.unwrap();
        assert_eq!(later, [sam.clone(), noor.clone()], "later");
        let elders = plek.open().await.beslis_samen(nu(), vec![altijd(), eenmaal()]).await.unwrap();
        assert_eq!(elders, [noor, sam], "in another process");
        assert_eq!((woorden(&logboek, SAM).len(), woorden(&logboek, NOOR).len()), (1, 1));

        let zonder_naam = logboek.beslis_samen(nu(), vec![zeg_eenmaal("thuis")]).await.unwrap();
        assert_eq!(zonder_naam, [Err(nee("Dat is al gezegd."))]);
    });
}

#[test]
fn the_same_attempt_with_other_content_is_refused() {
    speel(async {
        let (_plek, mut logboek) = Plek::new().await;
        let zeg = |inhoud: &'static str| {
            let feiten = vec![thuis(SAM, inhoud)];
            Beslissing::new(move |_, _| Ok(besluit(feiten.clone()))).als_poging(poging(1, inhoud))
        };
        let samen = logboek.beslis_samen(nu(), vec![zeg("a"), zeg("b")]).await.unwrap();
        let later = logboek.beslis_samen(nu(), vec![zeg("b"), zeg("a")]).await.unwrap();
        let ander =
            |antwoord: &Antwoord| antwoord.as_ref().is_err_and(|refusal| refusal.waarom.contains("al verstuurd"));
        assert!(samen[0].is_ok() && ander(&samen[1]), "{samen:?}");
        assert!(ander(&later[0]) && later[1].is_ok(), "{later:?}");
        assert_eq!(woorden(&logboek, SAM), ["a"]);
    });
}

#[test]
fn what_one_process_writes_another_sees_before_it_decides() {
    speel(async {
        let (plek, mut serve) = Plek::new().await;
        let mut command = plek.open().await;
        for round in 0..5 {
            for logboek in [&mut serve, &mut command] {
                let before = woorden(logboek, SAM).len();
                let mut seen = 0;
                let zeg = Beslissing::new(|overlay, _| {
                    seen = gezegd(overlay, SAM);
                    Ok(besluit(vec![thuis(SAM, "nog eens")]))
                });
                logboek.beslis_samen(nu(), vec![zeg]).await.unwrap().remove(0).unwrap();
                assert!(seen == before || seen == before + 1, "round {round}: {before} before, {seen} when deciding");
            }
        }
        serve.bijlezen().await.unwrap();
        assert_eq!((woorden(&serve, SAM).len(), woorden(&command, SAM).len()), (10, 10));
    });
}

#[test]
fn more_than_one_transaction_holds_is_answered_in_order() {
    speel(async {
        let (_plek, mut logboek) = Plek::new().await;
        let beslissing = |nr: u64| {
            Beslissing::new(move |overlay: &Overlay<'_>, _| {
                assert!(nr < 64 || overlay.register().head() >= 64, "{nr} is decided on what was applied");
                let feiten = vec![thuis(LeerlingId::new(nr), "thuis")];
                Ok(Besluit { antwoord: nr.to_string().into(), ..besluit(feiten) })
            })
        };
        let antwoorden = logboek.beslis_samen(nu(), (0..150).map(beslissing).collect()).await.unwrap();
        let expected: Vec<Antwoord> = (0..150).map(|nr| Ok(nr.to_string().into())).collect();
        assert_eq!((antwoorden, logboek.register().head()), (expected, 150));
    });
}

#[test]
fn what_the_overlay_cannot_carry_is_applied_first() {
    speel(async {
        let (_plek, mut logboek) = Plek::new().await;
        let regio = Beslissing::new(|_, _| Ok(besluit(vec![regio()])));
        let daarna = Beslissing::new(|overlay: &Overlay<'_>, _| {
            assert_eq!(overlay.rules().naam(REGIO), "Proefregio");
            Ok(besluit(vec![thuis(SAM, "daarna")]))
        });
        let antwoorden = logboek.beslis_samen(nu(), vec![regio, daarna]).await.unwrap();
        assert!(antwoorden.iter().all(Result::is_ok), "{antwoorden:?}");
    });
}

#[test]
fn what_is_too_much_is_refused_alone() {
    speel(async {
        let (_plek, mut logboek) = Plek::new().await;
        let feiten = vec![thuis(SAM, "te veel"); store::MAX_ENTRIES + 1];
        let te_veel = Beslissing::new(move |_, _| Ok(besluit(feiten.clone())));
        let antwoorden = logboek.beslis_samen(nu(), vec![te_veel, zeg_eenmaal("genoeg")]).await.unwrap();
        assert!(antwoorden[0].as_ref().is_err_and(|refusal| refusal.wat_te_doen.contains("ten hoogste 10000")));
        assert_eq!((antwoorden[1].clone(), logboek.register().head()), (Ok(b"genoeg".to_vec()), 1));
    });
}

#[test]
fn the_rules_of_the_domain_decide_on_what_lies_on_top() {
    speel(async {
        let (_plek, mut logboek) = Plek::new().await;
        let gegevens = Persoonsgegevens {
            achternaam: "de Boer".into(),
            voorvoegsel: "".into(),
            voornamen: "Sam".into(),
            roepnaam: "Sam".into(),
            geboortedatum: Some(domain::Date::constant(2012, 3, 10)),
            geslacht: Geslacht::Onbekend,
            bsn: None,
            onderwijsnummer: None,
        };
        stel(&mut logboek, vec![regio(), feit(SAM, gegevens)]).await;
        let sam = Actor::Leerling { leerling: SAM };
        let thuis = thuis(SAM, "ik ga niet meer").body;
        let doet = |leerling, by| {
            let command = decide::Command::stel(Period::since(VANDAAG), thuis.clone()).unwrap();
            Beslissing::over_leerling(leerling, command, by, b"/leerling".to_vec())
        };
        let niemand = LeerlingId::new(99);
        let asked = vec![doet(SAM, sam), doet(SAM, Actor::Leerling { leerling: NOOR }), doet(niemand, sam)];
        let antwoorden = logboek.beslis_samen(nu(), asked).await.unwrap();
        assert_eq!(antwoorden[0], Ok(b"/leerling".to_vec()));
        assert!(antwoorden[1].as_ref().is_err_and(|refusal| refusal.waarom.contains("U mag dit niet vastleggen")));
        assert!(antwoorden[2].as_ref().is_err_and(|refusal| refusal.waarom.contains("staat niet in het register")));

        let feit = logboek.register().over(SAM).next_back().unwrap().id;
        let corrigeer = || {
            let command =
                decide::Command::Corrigeer { feit, geldig: Period::since(VANDAAG), wordt: Box::new(thuis.clone()) };
            Beslissing::over_leerling(SAM, command, sam, Vec::new())
        };
        let antwoorden = logboek.beslis_samen(nu(), vec![corrigeer(), corrigeer()]).await.unwrap();
        assert!(antwoorden[0].is_ok(), "{antwoorden:?}");
        assert!(antwoorden[1].as_ref().is_err_and(|refusal| refusal.waarom.contains("al gecorrigeerd")));
    });
}
