use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday, date};
use proptest::prelude::*;

use super::*;
use crate::finding::Gap;
use crate::period::{Period, day_number, from_day_number, next_day, plus_days, schooljaar};

use Vakantieregio::{Midden, Noord, Zuid};

const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/schoolvakanties-nl/");

fn noord() -> Schoolkalender {
    Schoolkalender::van_regio(Noord)
}

fn school_met(dagen: Period, soort: AfwijkingSoort) -> Schoolkalender {
    Schoolkalender::new(vec![(Period::since(Date::MIN), Noord)], vec![Afwijking { dagen, soort }]).unwrap()
}

/// Days of a range of day numbers that the holiday data cover.
fn days(from: Date, until: Date) -> impl Iterator<Item = Date> {
    (day_number(from)..day_number(until)).map(from_day_number)
}

mod tabel {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read_and_every_holiday_has_its_proper_length() {
        let lines = include_str!("../../data/schoolvakanties.csv").lines().skip(1);
        let named: usize = lines.map(|line| line.split(',').nth(2).unwrap().split(' ').count()).sum();
        assert_eq!(schoolvakanties().len(), named);
        for row in schoolvakanties() {
            let length = row.dagen.days().unwrap();
            let expected = match row.vakantie {
                Vakantie::Kerst => 16,
                Vakantie::Zomer => 44,
                // May 2014 ran on to the public holiday of Monday the 5th.
                Vakantie::Mei if row.dagen.from.year() == 2014 => 10,
                Vakantie::Herfst | Vakantie::Voorjaar | Vakantie::Mei => 9,
            };
            assert_eq!(length, expected, "{row:?}");
            assert_eq!(row.dagen.from.weekday(), Weekday::Saturday, "{row:?}");
            assert_eq!(schooljaar(row.dagen.from), schooljaar(plus_days(row.dagen.from, 7)), "{row:?}");
        }
    }

    #[test]
    fn every_region_has_five_holidays_in_every_school_year_from_2020_on() {
        for regio in Vakantieregio::ALL {
            for jaar in 2020..2030 {
                let found: Vec<Vakantie> = schoolvakanties()
                    .iter()
                    .filter(|row| row.regio == regio && schooljaar(row.dagen.from) == jaar)
                    .map(|row| row.vakantie)
                    .collect();
                assert_eq!(found, Vakantie::ALL, "{regio:?} {jaar}");
            }
        }
    }

    #[test]
    fn only_autumn_and_spring_are_advice_weeks() {
        for row in schoolvakanties() {
            let advised = matches!(row.vakantie, Vakantie::Herfst | Vakantie::Voorjaar);
            assert_eq!(row.status == Status::Adviesweek, advised, "{row:?}");
        }
    }

    /// Holiday, regions, first and last day of the rows of a shared file; fields by position.
    fn shared(file: &str, separator: char, [naam, regio, begin, eind]: [usize; 4]) -> Option<Vec<[String; 4]>> {
        let Ok(text) = std::fs::read_to_string(format!("{SHARED}{file}")) else {
            eprintln!("skipped: {file} is not here");
            return None;
        };
        let rows = text.lines().skip(1).map(|line| {
            let fields: Vec<&str> = line.split(separator).collect();
            [naam, regio, begin, eind].map(|field| fields[field].to_owned())
        });
        Some(rows.collect())
    }

    fn set(rows: impl Iterator<Item = Schoolvakantie>) -> BTreeSet<(Vakantie, Vakantieregio, Date, Date)> {
        rows.map(|row| (row.vakantie, row.regio, row.dagen.from, row.dagen.last().unwrap())).collect()
    }

    #[test]
    fn the_table_equals_its_sources_but_for_two_slips_of_the_month() {
        let Some(open) = shared("openholidays_nl_school.csv", ';', [6, 7, 2, 3]) else { return };
        let Some(law) = shared("regeling_2013-2019.csv", ',', [1, 2, 3, 4]) else { return };
        let mut source = BTreeSet::new();
        for [naam, regios, begin, eind] in open.into_iter().chain(law) {
            let naam = naam.split(',').find_map(|name| name.strip_prefix("NL ")).unwrap_or(&naam).to_owned();
            for regio in Vakantieregio::ALL {
                let code = &regio.naam()[..2].to_uppercase();
                if regios == "alle" || regios == regio.naam() || regios.split(',').any(|group| group == code) {
                    let vakantie = Vakantie::from_naam(&naam).unwrap();
                    source.insert((vakantie, regio, begin.parse().unwrap(), eind.parse().unwrap()));
                }
            }
        }
        let ours = set(schoolvakanties().iter().copied());
        let corrected: Vec<_> = source.difference(&ours).collect();
        assert_eq!(
            corrected,
            [
                &(Vakantie::Voorjaar, Zuid, date(2027, 2, 13), date(2027, 3, 21)),
                &(Vakantie::Voorjaar, Zuid, date(2029, 2, 10), date(2029, 3, 18)),
            ]
        );
        assert_eq!(ours.difference(&source).count(), 2);
        assert!(ours.contains(&(Vakantie::Voorjaar, Zuid, date(2027, 2, 13), date(2027, 2, 21))));
    }

    #[test]
    fn region_noord_equals_the_list_of_the_region() {
        let Some(rows) = shared("regio_noord_2019-2030.csv", ',', [1, 2, 3, 4]) else { return };
        let listed: BTreeSet<_> = rows
            .into_iter()
            .map(|[naam, _, begin, eind]| {
                (Vakantie::from_naam(&naam).unwrap(), Noord, begin.parse().unwrap(), eind.parse().unwrap())
            })
            .collect();
        let from_2019 = |row: &&Schoolvakantie| row.regio == Noord && row.dagen.from >= date(2019, 12, 1);
        assert_eq!(set(schoolvakanties().iter().filter(from_2019).copied()), listed);
    }
}

mod school {
    use super::*;

    fn check(kalender: &Schoolkalender, day: Date, expected: Schooldag) {
        assert_eq!(kalender.is_schooldag(day), expected, "{day}");
    }

    #[test]
    fn a_school_year_in_noord() {
        use Schooldag::{Ja, Nee};
        for (day, expected) in [
            (date(2026, 3, 2), Ja),
            (date(2026, 2, 20), Ja),
            (date(2026, 2, 21), Nee(Vrij::Weekend)),
            (date(2026, 2, 23), Nee(Vrij::Vakantie(Vakantie::Voorjaar, Status::Adviesweek))),
            (date(2026, 1, 2), Nee(Vrij::Vakantie(Vakantie::Kerst, Status::Wettelijk))),
            (date(2026, 1, 1), Nee(Vrij::Feestdag(Feestdag::Nieuwjaarsdag))),
            (date(2026, 4, 3), Ja), // Goede Vrijdag
            (date(2026, 4, 6), Nee(Vrij::Feestdag(Feestdag::TweedePaasdag))),
            (date(2026, 5, 5), Ja), // no lustrum
            (date(2025, 5, 5), Nee(Vrij::Feestdag(Feestdag::Bevrijdingsdag))),
            (date(2026, 5, 14), Nee(Vrij::Feestdag(Feestdag::Hemelvaartsdag))),
            (date(2026, 5, 15), Ja), // the Friday after is the school's own choice
            (date(2026, 8, 14), Nee(Vrij::Vakantie(Vakantie::Zomer, Status::Wettelijk))),
            (date(2026, 8, 17), Ja),
        ] {
            check(&noord(), day, expected);
        }
    }

    #[test]
    fn what_no_source_fixes_is_unknown() {
        use Onbekend::{BuitenBereik, NietVastgesteld};
        for (day, expected) in [
            (date(2013, 12, 20), BuitenBereik),
            (date(2005, 6, 1), BuitenBereik),
            (date(2030, 9, 2), BuitenBereik),
            (date(2018, 10, 22), NietVastgesteld(Vakantie::Herfst)),
            (date(2018, 10, 3), NietVastgesteld(Vakantie::Herfst)),
            (date(2017, 11, 10), NietVastgesteld(Vakantie::Herfst)),
            (date(2017, 2, 3), NietVastgesteld(Vakantie::Voorjaar)),
            (date(2017, 3, 13), NietVastgesteld(Vakantie::Voorjaar)),
            (date(2019, 2, 18), NietVastgesteld(Vakantie::Voorjaar)),
        ] {
            check(&noord(), day, Schooldag::Onbekend(expected));
            assert!(matches!(noord().gat(day), Some(Gap::BuitenBereik(_))), "{day}");
        }
        // Beside those weeks the regulations do fix the days, and some days are free whatever the year.
        check(&noord(), date(2018, 9, 17), Schooldag::Ja);
        for day in [date(2018, 10, 2), date(2019, 11, 11), date(2017, 2, 2), date(2017, 3, 14)] {
            check(&noord(), day, Schooldag::Ja);
        }
        check(&noord(), date(2017, 7, 24), Schooldag::Nee(Vrij::Vakantie(Vakantie::Zomer, Status::Wettelijk)));
        check(&noord(), date(2005, 12, 26), Schooldag::Nee(Vrij::Feestdag(Feestdag::TweedeKerstdag)));
        check(&noord(), date(2035, 6, 3), Schooldag::Nee(Vrij::Weekend));
    }

    #[test]
    fn advised_weeks_fall_a_week_inside_the_stretch_where_unknown_weeks_are_looked_for() {
        // Were one outside it, days before 2019 would be guessed.
        for row in schoolvakanties().iter().filter(|row| row.status == Status::Adviesweek) {
            let (from, last) = (row.dagen.from, row.dagen.last().unwrap());
            let year = from.year();
            let inside = match row.vakantie {
                Vakantie::Herfst => date(year, 10, 10) <= from && last <= date(year, 11, 3),
                _ => date(year, 2, 10) <= from && last <= date(year, 3, 6),
            };
            assert!(inside, "{row:?}");
        }
    }

    #[test]
    fn own_days_win_over_the_region() {
        let eigen_week = Period::through(date(2026, 2, 14), date(2026, 2, 22));
        let kalender = school_met(eigen_week, AfwijkingSoort::EigenVakantie(Vakantie::Voorjaar));
        check(&kalender, date(2026, 2, 16), Schooldag::Nee(Vrij::EigenVakantie(Vakantie::Voorjaar)));
        check(&kalender, date(2026, 2, 14), Schooldag::Nee(Vrij::Weekend));
        // It replaces the advice week of that school year only.
        check(&kalender, date(2026, 2, 23), Schooldag::Ja);
        check(&kalender, date(2027, 2, 22), Schooldag::Nee(Vrij::Vakantie(Vakantie::Voorjaar, Status::Adviesweek)));

        // A second week in May comes on top of the week that is fixed.
        let tweede_week = Period::through(date(2026, 5, 4), date(2026, 5, 8));
        let kalender = school_met(tweede_week, AfwijkingSoort::EigenVakantie(Vakantie::Mei));
        check(&kalender, date(2026, 5, 4), Schooldag::Nee(Vrij::EigenVakantie(Vakantie::Mei)));
        check(&kalender, date(2026, 4, 28), Schooldag::Nee(Vrij::Vakantie(Vakantie::Mei, Status::Wettelijk)));

        // An own week settles what was unknown.
        let herfst = Period::through(date(2018, 10, 20), date(2018, 10, 28));
        let kalender = school_met(herfst, AfwijkingSoort::EigenVakantie(Vakantie::Herfst));
        check(&kalender, date(2018, 10, 22), Schooldag::Nee(Vrij::EigenVakantie(Vakantie::Herfst)));
        check(&kalender, date(2018, 10, 15), Schooldag::Ja);

        let studie = school_met(Period::day(date(2026, 3, 4)), AfwijkingSoort::Studiedag);
        check(&studie, date(2026, 3, 4), Schooldag::Nee(Vrij::Studiedag));
        let open = school_met(Period::day(date(2026, 3, 7)), AfwijkingSoort::Open);
        check(&open, date(2026, 3, 7), Schooldag::Ja);
    }

    #[test]
    fn of_two_own_decisions_about_a_day_the_last_one_holds() {
        let week = Period::through(date(2026, 5, 4), date(2026, 5, 8));
        let vrij = Afwijking { dagen: week, soort: AfwijkingSoort::EigenVakantie(Vakantie::Mei) };
        let open = Afwijking { dagen: Period::day(date(2026, 5, 6)), soort: AfwijkingSoort::Open };
        let kalender = Schoolkalender::new(vec![(Period::since(Date::MIN), Noord)], vec![vrij, open]).unwrap();
        check(&kalender, date(2026, 5, 6), Schooldag::Ja);
        check(&kalender, date(2026, 5, 7), Schooldag::Nee(Vrij::EigenVakantie(Vakantie::Mei)));
    }

    #[test]
    fn five_may_is_the_schools_own_custom() {
        let altijd = noord().met_bevrijdingsdag(Bevrijdingsdag::Altijd);
        check(&altijd, date(2026, 5, 5), Schooldag::Nee(Vrij::Feestdag(Feestdag::Bevrijdingsdag)));
        check(&noord().met_bevrijdingsdag(Bevrijdingsdag::Nooit), date(2025, 5, 5), Schooldag::Ja);
    }

    #[test]
    fn a_school_that_moves_changes_region() {
        let moved = Schoolkalender::new(
            vec![
                (Period { from: date(2020, 8, 1), until: Some(date(2025, 8, 1)) }, Zuid),
                (Period::since(date(2025, 8, 1)), Noord),
            ],
            Vec::new(),
        )
        .unwrap();
        check(&moved, date(2024, 2, 12), Schooldag::Nee(Vrij::Vakantie(Vakantie::Voorjaar, Status::Adviesweek)));
        check(&moved, date(2026, 2, 16), Schooldag::Ja);
        assert_eq!(moved.regio_op(date(2019, 1, 1)), None);
    }

    #[test]
    fn without_a_region_only_what_all_regions_share_is_known() {
        let kalender = Schoolkalender::zonder_regio();
        check(&kalender, date(2026, 3, 9), Schooldag::Ja);
        check(&kalender, date(2025, 12, 22), Schooldag::Nee(Vrij::Vakantie(Vakantie::Kerst, Status::Wettelijk)));
        check(&kalender, date(2026, 2, 16), Schooldag::Onbekend(Onbekend::RegioOnbekend));
        check(&kalender, date(2035, 3, 1), Schooldag::Onbekend(Onbekend::BuitenBereik));
        assert!(matches!(kalender.gat(date(2026, 2, 16)), Some(Gap::Ontbreekt(_))));
    }

    #[test]
    fn a_calendar_that_cannot_be_is_refused_in_words() {
        let own = Afwijking { dagen: Period::since(date(2026, 3, 3)), soort: AfwijkingSoort::VrijeDag };
        let fout = Schoolkalender::new(Vec::new(), vec![own]).unwrap_err();
        assert!(fout.to_string().starts_with("De eigen dagen vanaf 3 maart 2026 hebben geen geldige einddatum."));
        let backwards = Period::through(date(2026, 3, 3), date(2026, 3, 1));
        let own = Afwijking { dagen: backwards, soort: AfwijkingSoort::VrijeDag };
        assert_eq!(Schoolkalender::new(Vec::new(), vec![own]), Err(KalenderFout::GeenDagen(date(2026, 3, 3))));
        let day = Afwijking { dagen: Period::day(date(2026, 3, 3)), soort: AfwijkingSoort::VrijeDag };
        let many = vec![day; MAX_AFWIJKINGEN + 1];
        assert_eq!(Schoolkalender::new(Vec::new(), many), Err(KalenderFout::TeVeel(MAX_AFWIJKINGEN + 1)));
        let both = vec![(Period::since(date(2025, 8, 1)), Noord), (Period::day(date(2026, 3, 3)), Midden)];
        assert_eq!(Schoolkalender::new(both, Vec::new()), Err(KalenderFout::TweeRegios(date(2026, 3, 3))));
    }

    #[test]
    fn school_days_are_counted_and_found_over_holidays() {
        let kalender = noord();
        // The ninth up to the twentieth of February are ten school days, the spring week follows.
        let tien = Period::through(date(2026, 2, 9), date(2026, 2, 20));
        assert_eq!(kalender.telling(tien), Telling { schooldagen: 10, onbekend: 0 });
        assert_eq!(kalender.nde_na(date(2026, 2, 20), 1), Ok(date(2026, 3, 2)));
        assert_eq!(kalender.nde_na(date(2026, 2, 9), 15), Ok(date(2026, 3, 9)));
        assert_eq!(kalender.nde_voor(date(2026, 3, 2), 2), Ok(date(2026, 2, 19)));
        assert_eq!(kalender.eerste_vanaf(date(2026, 7, 4)), Ok(date(2026, 8, 17)));
        assert_eq!(kalender.schooldagen(Period::through(date(2026, 4, 24), date(2026, 5, 4))).count(), 2);
        // One unknown day on the way and the count stops there.
        assert!(kalender.nde_na(date(2018, 9, 28), 3).is_err());
        assert_eq!(
            kalender.telling(Period::through(date(2018, 9, 24), date(2018, 10, 5))),
            Telling { schooldagen: 7, onbekend: 3 }
        );
    }

    #[test]
    fn a_warning_in_a_holiday_comes_on_the_last_school_day_before_it() {
        for (start, na, expected) in [
            (date(2026, 1, 26), 28, date(2026, 2, 20)), // spring week
            (date(2026, 1, 19), 28, date(2026, 2, 16)),
            (date(2026, 2, 9), 77, date(2026, 4, 24)), // the Monday of the May holiday
            (date(2026, 6, 8), 42, date(2026, 7, 3)),
            (date(2026, 7, 20), 7, date(2026, 7, 20)), // a spell that began in the holiday: never before its start
            (date(2018, 9, 24), 28, date(2018, 10, 22)), // unknown: left where it is
        ] {
            assert_eq!(noord().waarschuwdag(start, na), expected, "{start} + {na}");
        }
    }
}

mod schooldagen {
    use super::*;

    #[test]
    fn lesweken_skip_holidays_and_keep_single_days() {
        let dagen = Schooldagen::compile(&noord(), Period::through(date(2026, 2, 9), date(2026, 4, 30)));
        let positie = |day| dagen.lesweek_positie(day);
        assert_eq!(positie(date(2026, 2, 9)), Some(0));
        assert_eq!(positie(date(2026, 2, 20)), Some(11));
        assert_eq!(positie(date(2026, 2, 25)), None);
        assert_eq!(positie(date(2026, 3, 2)), Some(14));
        // Easter Monday takes its place, although nobody teaches.
        assert_eq!((positie(date(2026, 4, 6)), dagen.nummer(date(2026, 4, 6))), (Some(49), None));
        assert_eq!(dagen.nummer(date(2026, 3, 2)), Some(10));
        assert_eq!(dagen.dag(10), Some(date(2026, 3, 2)));
        assert_eq!(dagen.dag(dagen.aantal()), None);
    }

    #[test]
    fn days_outside_the_range_are_unknown() {
        let dagen = Schooldagen::compile(&noord(), Period::through(date(2026, 3, 2), date(2026, 3, 4)));
        assert!(dagen.is_onbekend(date(2026, 3, 1)) && dagen.is_onbekend(date(2026, 3, 5)));
        assert!(!dagen.is_schooldag(date(2026, 3, 5)) && dagen.is_schooldag(date(2026, 3, 4)));
        assert_eq!((dagen.aantal_voor(date(2020, 1, 1)), dagen.aantal_voor(date(2030, 1, 1))), (0, 3));
        assert_eq!(Schooldagen::default().aantal(), 0);
        assert_eq!(Schooldagen::default().dag(0), None);
        let forever = Schooldagen::compile(&noord(), Period::since(date(2026, 3, 2)));
        assert!(forever.is_onbekend(date(2031, 3, 3)));
    }

    proptest! {
        #[test]
        fn the_compiled_form_says_what_the_calendar_says(
            first in day_number(date(2013, 6, 1))..day_number(date(2030, 12, 1)), length in 0i32..400,
        ) {
            let kalender = noord();
            let period = Period { from: from_day_number(first), until: Some(from_day_number(first + length)) };
            let dagen = Schooldagen::compile(&kalender, period);
            for day in days(period.from, from_day_number(first + length)) {
                let direct = kalender.is_schooldag(day);
                prop_assert_eq!(dagen.is_schooldag(day), direct == Schooldag::Ja);
                prop_assert_eq!(dagen.is_onbekend(day), matches!(direct, Schooldag::Onbekend(_)));
            }
        }

        #[test]
        fn numbering_preserves_order_and_inverts(days in prop::collection::btree_set(19_000i32..20_000, 1..300)) {
            let days: Vec<Date> = days.into_iter().map(from_day_number).collect();
            let dagen = Schooldagen::from_dates(days.iter().copied());
            prop_assert_eq!(dagen.aantal() as usize, days.len());
            let mut last_position = None;
            for (nummer, day) in days.iter().enumerate() {
                let nummer = nummer as u32;
                prop_assert_eq!(dagen.nummer(*day), Some(nummer));
                prop_assert_eq!(dagen.dag(nummer), Some(*day));
                prop_assert_eq!(dagen.aantal_voor(*day), nummer);
                prop_assert_eq!(dagen.aantal_voor(next_day(*day)), nummer + 1);
                let position = dagen.lesweek_positie(*day);
                prop_assert!(position > last_position);
                last_position = position;
            }
        }
    }
}

mod termijnen {
    use super::*;
    use Eenheid::{Dagen, Maanden, Weken};

    fn laatste_dag(termijn: Termijn, na: Date) -> Date {
        let (werkdagen, school) = (Werkdagen::default(), noord());
        termijn.laatste_dag(na, Kalenders { werkdagen: &werkdagen, school: &school }).unwrap()
    }

    fn uiterlijk_voor(termijn: Termijn, gebeurtenis: Date) -> Date {
        let (werkdagen, school) = (Werkdagen::default(), noord());
        termijn.uiterlijk_voor(gebeurtenis, Kalenders { werkdagen: &werkdagen, school: &school }).unwrap()
    }

    #[test]
    fn terms_end_where_the_algemene_termijnenwet_puts_them() {
        let wet = Termijn::wettelijk;
        let norm = Termijn::afgesproken;
        for (termijn, na, expected, why) in [
            (wet(7, Dagen), date(2026, 3, 3), date(2026, 3, 10), "first day is the day after"),
            (wet(7, Dagen), date(2026, 3, 7), date(2026, 3, 16), "from Saturday to Monday"),
            (wet(2, Dagen), date(2026, 4, 1), date(2026, 4, 7), "Goede Vrijdag and Easter"),
            (wet(3, Dagen), date(2025, 12, 24), date(2025, 12, 30), "art. 2: only Monday would be in it"),
            (wet(3, Dagen), date(2026, 4, 2), date(2026, 4, 8), "art. 2: Goede Vrijdag up to Easter Monday hold none"),
            (wet(2, Dagen), date(2026, 4, 2), date(2026, 4, 7), "two days: art. 2 does not apply"),
            (wet(6, Weken), date(2026, 3, 24), date(2026, 5, 6), "5 May is a holiday every year"),
            (wet(12, Weken), date(2026, 2, 6), date(2026, 5, 1), "twelve weeks is still moved"),
            (wet(12, Weken), date(2026, 2, 7), date(2026, 5, 4), "from Saturday to Monday"),
            (wet(13, Weken), date(2026, 2, 7), date(2026, 5, 9), "thirteen weeks is not (art. 4)"),
            (wet(90, Dagen), date(2026, 2, 8), date(2026, 5, 11), "ninety days is still moved"),
            (wet(91, Dagen), date(2026, 2, 7), date(2026, 5, 9), "ninety-one is not"),
            (wet(3, Maanden), date(2025, 11, 30), date(2026, 3, 2), "clamped to Saturday 28 February, then moved"),
            (wet(4, Maanden), date(2025, 10, 31), date(2026, 2, 28), "four months is not moved"),
            (norm(7, Dagen), date(2026, 3, 7), date(2026, 3, 14), "an agreement is not moved"),
            (norm(3, Maanden), date(2026, 2, 9), date(2026, 5, 9), "nor the three months of the pact"),
            (norm(5, Eenheid::Werkdagen), date(2026, 4, 23), date(2026, 5, 1), "Koningsdag is no working day"),
            (norm(1, Eenheid::Schooldagen), date(2026, 2, 20), date(2026, 3, 2), "over the spring week"),
            (norm(10, Eenheid::Schooldagen), date(2026, 4, 20), date(2026, 5, 11), "over the May holiday"),
        ] {
            assert_eq!(laatste_dag(termijn, na), expected, "{termijn:?} after {na}: {why}");
        }
    }

    #[test]
    fn terms_counted_backwards_are_never_moved() {
        for (termijn, gebeurtenis, expected) in [
            (Termijn::wettelijk(1, Maanden), date(2026, 4, 1), date(2026, 3, 1)), // a Sunday, and stays one
            (Termijn::wettelijk(1, Maanden), date(2026, 3, 31), date(2026, 2, 28)),
            (Termijn::wettelijk(2, Dagen), date(2026, 3, 10), date(2026, 3, 8)),
            (Termijn::wettelijk(8, Weken), date(2026, 7, 31), date(2026, 6, 5)),
            (Termijn::wettelijk(3, Eenheid::Werkdagen), date(2026, 4, 7), date(2026, 3, 31)),
            (Termijn::wettelijk(1, Eenheid::Schooldagen), date(2026, 3, 2), date(2026, 2, 20)),
        ] {
            assert_eq!(uiterlijk_voor(termijn, gebeurtenis), expected, "{termijn:?} before {gebeurtenis}");
        }
    }

    #[test]
    fn a_day_made_equal_to_a_holiday_is_no_working_day() {
        let werkdagen = Werkdagen::met_gelijkgestelde_dagen(vec![date(2026, 5, 15)]);
        assert!(!werkdagen.is_werkdag(date(2026, 5, 15)) && Werkdagen::default().is_werkdag(date(2026, 5, 15)));
        assert_eq!(werkdagen.nde_na(date(2026, 5, 13), 1), date(2026, 5, 18));
    }

    #[test]
    fn a_term_in_school_days_says_where_the_calendar_ends() {
        let (werkdagen, school) = (Werkdagen::default(), noord());
        let kalenders = Kalenders { werkdagen: &werkdagen, school: &school };
        let gap = Termijn::afgesproken(1, Eenheid::Schooldagen).laatste_dag(date(2030, 8, 31), kalenders).unwrap_err();
        assert!(matches!(gap, Gap::BuitenBereik(text) if text.contains("2 september 2030")));
    }

    fn wettelijke_termijn() -> impl Strategy<Value = Termijn> {
        prop_oneof![
            (1u16..=90).prop_map(|n| Termijn::wettelijk(n, Dagen)),
            (1u16..=12).prop_map(|n| Termijn::wettelijk(n, Weken)),
            (1u16..=3).prop_map(|n| Termijn::wettelijk(n, Maanden)),
            (1u16..=60).prop_map(|n| Termijn::wettelijk(n, Eenheid::Werkdagen)),
        ]
    }

    proptest! {
        #[test]
        fn statutory_terms_end_on_a_working_day_and_never_sooner_for_a_later_trigger(
            termijn in wettelijke_termijn(), na in 10_000i32..30_000, later in 0i32..40,
        ) {
            let werkdagen = Werkdagen::default();
            let end = laatste_dag(termijn, from_day_number(na));
            prop_assert!(end > from_day_number(na));
            prop_assert!(werkdagen.is_werkdag(end));
            prop_assert!(end <= laatste_dag(termijn, from_day_number(na + later)));
        }

        #[test]
        fn three_days_or_more_hold_two_working_days(n in 3u16..=90, na in 10_000i32..30_000) {
            let werkdagen = Werkdagen::default();
            let end = laatste_dag(Termijn::wettelijk(n, Dagen), from_day_number(na));
            let held = days(from_day_number(na + 1), next_day(end)).filter(|day| werkdagen.is_werkdag(*day)).count();
            prop_assert!(held >= 2, "{} working days", held);
        }
    }
}
