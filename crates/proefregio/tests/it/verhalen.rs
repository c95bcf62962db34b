//! The planted children: every kind is there, dates hold, and what is stated is stated in time and of one voice.

use std::collections::BTreeSet;

use domain::Date;
use domain::calendar::{Schooldag, Schoolkalender, Vakantieregio, dag_in_nederland};
use domain::ids::{LeerlingId, PersoonId, Subject};
use domain::period::{days_between, plus_months};
use domain::verzuim::{Duur, Rij, VerzuimSoort};
use jiff::civil::date;
use proefregio::{GeplantFeit, Plant, Proef, Verhaal, Verwacht, proefregio};

use crate::{KLEIN, VANDAAG, klein};

const KINDS: [Plant; 17] = [
    Plant::Sam,
    Plant::Schoolangst,
    Plant::EindelozeZiekte,
    Plant::VakantieZonderVerlof,
    Plant::WachtenOpPlek,
    Plant::AanbodGeleverd,
    Plant::AanbodNietPassend,
    Plant::AlleenZorg,
    Plant::Terugval,
    Plant::VrijstellingGeldig,
    Plant::VrijstellingZonderVerklaring,
    Plant::NooitIngeschreven,
    Plant::KwijtBijOverstap,
    Plant::HalveDagen,
    Plant::HalveDagenMetPlan,
    Plant::NaarHuisGestuurd,
    Plant::Griep,
];

fn feiten(verhaal: &Verhaal) -> Vec<GeplantFeit> {
    let ouders = vec![PersoonId::new(1), PersoonId::new(2)];
    (verhaal.feiten)(&verhaal.betrokkenen(LeerlingId::new(9), ouders))
}

/// Days on which a planted child was away all day, with the kind; later deliveries do not differ.
fn weg(verhaal: &Verhaal, gelezen: &crate::Gelezen) -> Vec<(Date, VerzuimSoort)> {
    let rows = gelezen.leveringen.iter().filter(|(levering, ..)| Some(levering.vestiging) == verhaal.vestiging);
    let mine = rows.flat_map(|(_, verzuim, _)| &verzuim.leerlingen);
    let mine = mine.filter(|leerling| leerling.leerlingnummer.zichtbaar() == verhaal.leerlingnummer);
    let rows = mine.flat_map(|leerling| &leerling.rijen).filter_map(|packed| Rij::unpack(*packed));
    let whole = rows.filter(|rij| rij.duur == Duur::Dag);
    whole.map(|rij| (domain::period::from_day_number(i32::from(rij.dag)), rij.soort)).collect()
}

#[test]
fn every_kind_is_planted_in_the_smallest_region_too() {
    for (seed, vandaag) in (5..).zip([VANDAAG, date(2026, 11, 23), date(2027, 1, 8), date(2026, 8, 3)]) {
        let regio = proefregio(&Proef { leerlingen: 0, seed, vandaag });
        let kinds: BTreeSet<_> = regio.verhalen.iter().map(|verhaal| verhaal.soort).collect();
        assert_eq!(kinds, BTreeSet::from(KINDS), "on {vandaag}");
    }
}

#[test]
fn the_children_of_the_stories_are_in_the_pupil_file_once() {
    let (regio, gelezen) = &*KLEIN;
    let mut seen = BTreeSet::new();
    for verhaal in &regio.verhalen {
        let Some(vestiging) = verhaal.vestiging else {
            assert_eq!((verhaal.soort, verhaal.leerlingnummer.as_str()), (Plant::NooitIngeschreven, ""));
            continue;
        };
        assert!(seen.insert((vestiging, verhaal.leerlingnummer.clone())), "{:?}", verhaal.soort);
        let own = |row: &&exchange::invoer::LeerlingRij| {
            row.inschrijving.vestiging == vestiging
                && row.inschrijving.leerlingnummer.zichtbaar() == verhaal.leerlingnummer
        };
        assert_eq!(gelezen.leerlingen.iter().filter(own).count(), 1, "{:?}", verhaal.soort);
    }
}

#[test]
fn what_people_state_lies_before_today_in_order_and_under_names_of_its_own() {
    for vandaag in [VANDAAG, date(2026, 11, 23), date(2026, 9, 1)] {
        let regio = klein(vandaag);
        let mut ids = BTreeSet::new();
        for verhaal in &regio.verhalen {
            let all = feiten(verhaal);
            assert!(all.iter().all(|feit| dag_in_nederland(feit.moment) <= vandaag), "{:?}", verhaal.soort);
            assert!(all.is_sorted_by_key(|feit| feit.moment), "{:?}", verhaal.soort);
            assert!(all.iter().all(|feit| ids.insert(feit.id)), "{:?}", verhaal.soort);
            let about = |feit: &GeplantFeit| matches!(feit.fact.about, Subject::Leerling(_) | Subject::Persoon(_));
            assert!(all.iter().all(about), "{:?}", verhaal.soort);
            let silent = matches!(verhaal.soort, Plant::KwijtBijOverstap);
            assert_eq!(all.is_empty(), silent, "{:?}", verhaal.soort);
        }
    }
}

#[test]
fn the_truth_is_what_the_rows_say() {
    let (regio, gelezen) = &*KLEIN;
    let kalender = Schoolkalender::van_regio(Vakantieregio::Noord);
    for verhaal in &regio.verhalen {
        let waarheid = verhaal.waarheid;
        let early = |begin| domain::period::plus_days(begin, -i32::try_from(waarheid.eerder).unwrap());
        assert_eq!(waarheid.doel, waarheid.begin.map(|begin| plus_months(early(begin), 3).max(begin)));
        assert_eq!(waarheid.eerder > 0, verhaal.soort == Plant::Terugval);
        let gone = weg(verhaal, gelezen);
        let Some(begin) = waarheid.begin else {
            assert_eq!(waarheid.verwacht, Verwacht::GeenZaak);
            assert!(gone.len() < 10, "{:?}", verhaal.soort);
            continue;
        };
        assert!(begin < VANDAAG && days_between(begin, VANDAAG) < 365, "{:?}", verhaal.soort);
        let enrolled = !matches!(verhaal.soort, Plant::NooitIngeschreven | Plant::KwijtBijOverstap | Plant::HalveDagen);
        if enrolled {
            assert_eq!(kalender.is_schooldag(begin), Schooldag::Ja);
            let since: Vec<Date> = gone.iter().map(|(dag, _)| *dag).filter(|dag| *dag >= begin).collect();
            assert_eq!(since.first(), Some(&begin), "{:?}", verhaal.soort);
            let ten = kalender.nde_na(begin, 9).unwrap();
            assert!(since.len() >= 10 && since[9] == ten, "{:?}: ten days without a break", verhaal.soort);
        }
    }
}

#[test]
fn the_flu_lasts_eight_days() {
    let (regio, gelezen) = &*KLEIN;
    let flu = regio.verhalen.iter().find(|verhaal| verhaal.soort == Plant::Griep).unwrap();
    let gone = weg(flu, gelezen);
    assert_eq!(gone.len(), 8);
    assert!(gone.iter().all(|(_, soort)| *soort == VerzuimSoort::Ziek));
}

#[test]
fn sam_is_on_day_40_on_20_march_2026() {
    let (regio, gelezen) = &*KLEIN;
    let sam = &regio.verhalen[0];
    assert_eq!((sam.soort, sam.vestiging.unwrap().to_string().as_str()), (Plant::Sam, "90AA00"));
    assert_eq!(sam.waarheid.begin, Some(date(2026, 2, 9)));
    assert_eq!(sam.waarheid.doel, Some(date(2026, 5, 9)));
    assert_eq!(days_between(date(2026, 2, 9), VANDAAG) + 1, 40);
    let row = gelezen
        .leerlingen
        .iter()
        .find(|row| row.inschrijving.leerlingnummer.zichtbaar() == sam.leerlingnummer)
        .unwrap();
    assert_eq!(row.persoon.roepnaam.zichtbaar(), "Sam");
    assert_eq!(row.inschrijving.klas.zichtbaar(), "2b");
    assert_eq!(domain::period::age(row.persoon.geboortedatum.unwrap(), VANDAAG), 14);
    assert_eq!(row.adres.gemeente.unwrap().to_string(), "0361");
    let gone = weg(sam, gelezen);
    let ill = gone.iter().filter(|(_, soort)| *soort == VerzuimSoort::Ziek).count();
    assert_eq!((gone.len(), ill), (25, 4));
    assert_eq!(gone.last().map(|(dag, _)| *dag), Some(VANDAAG));
    // The delivery that closes February came on the day after the last schooldag before the holiday.
    let februari = gelezen.leveringen.iter().find(|(levering, verzuim, _)| {
        levering.vestiging == sam.vestiging.unwrap() && verzuim.levering.unwrap().periode.contains(date(2026, 2, 20))
    });
    assert_eq!(dag_in_nederland(februari.unwrap().0.moment), date(2026, 2, 21));
    // No roster in week 8, and seven days in which nobody was aan zet.
    let sams = gelezen.leveringen.iter().flat_map(|(_, verzuim, _)| &verzuim.leerlingen);
    let sams = sams.filter(|leerling| leerling.leerlingnummer.zichtbaar() == sam.leerlingnummer);
    let stated: Vec<Date> = sams
        .flat_map(|leerling| &leerling.rooster)
        .map(|(dag, _)| domain::period::from_day_number(i32::from(*dag)))
        .collect();
    assert_eq!(stated.len(), 20);
    assert!(stated.iter().all(|dag| !(date(2026, 2, 16)..=date(2026, 2, 22)).contains(dag)));
    assert_eq!(dag_in_nederland(feiten(sam)[0].moment), date(2026, 2, 16));
}

#[test]
fn sam_keeps_his_course_on_another_day() {
    for vandaag in [date(2026, 11, 23), date(2026, 12, 30), date(2027, 2, 3)] {
        let regio = klein(vandaag);
        let begin = regio.verhalen[0].waarheid.begin.unwrap();
        let kalender = Schoolkalender::van_regio(Vakantieregio::Noord);
        let last = if kalender.is_schooldag(vandaag) == Schooldag::Ja {
            vandaag
        } else {
            kalender.nde_voor(vandaag, 1).unwrap()
        };
        let day = days_between(begin, last) + 1;
        assert!((30..=40).contains(&day), "day {day} on {vandaag}");
    }
}
