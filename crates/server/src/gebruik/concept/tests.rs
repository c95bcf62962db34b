//! What a draft may change, and that it asks what the document asks.

use proptest::prelude::*;
use signals::protocol::{MAATSTAF_A, Protocol, STANDAARD, lees};

use super::*;

fn regel(protocol: &Protocol, naam: &str) -> usize {
    protocol.regels.iter().position(|regel| regel.naam == naam).unwrap()
}

/// The protocol with these choices, by place of the rule.
fn pas_toe(protocol: &Protocol, keuzes: &[Keuze]) -> Protocol {
    let regels = protocol.regels.iter().zip(keuzes).map(|(regel, keuze)| concept(regel, keuze).0);
    Protocol { regels: regels.collect(), ..protocol.clone() }
}

fn huidig(protocol: &Protocol) -> Vec<Keuze> {
    protocol.regels.iter().map(|regel| Keuze { aan: regel.aan, getallen: Vec::new() }).collect()
}

/// One rule with one number changed, and what is said about it.
fn met(naam: &str, getal: Getal, waarden: &[u16]) -> (Regel, Vec<(Getal, String)>) {
    let protocol = lees(STANDAARD).unwrap();
    let regel = &protocol.regels[regel(&protocol, naam)];
    concept(regel, &Keuze { aan: regel.aan, getallen: vec![(getal, waarden.to_vec())] })
}

#[test]
fn what_the_law_says_stays_as_it_is() {
    let protocol = lees(STANDAARD).unwrap();
    let numbers = [(Getal::Drempel, 3), (Getal::Nadert, 9), (Getal::Venster, 2), (Getal::Stilte, 300)];
    let getallen: Vec<(Getal, Vec<u16>)> = numbers.map(|(getal, n)| (getal, vec![n])).into();
    let off = Keuze { aan: false, getallen };
    let nieuw = pas_toe(&protocol, &vec![off; protocol.regels.len()]);
    let zestien = &nieuw.regels[regel(&protocol, "16 uur")];
    let vorm = Vorm::SomInVenster { eenheid: Eenheid::Uren, venster: Venster::Lesweken(4), drempel: 16 };
    assert!(zestien.aan && zestien.vorm == vorm);
    assert_eq!(zestien.nadert, [9], "a region warns when it wants");
    let luxe = regel(&protocol, "vakantie zonder verlof");
    assert_eq!(nieuw.regels[luxe], protocol.regels[luxe]);
    assert!(!nieuw.regels[regel(&protocol, "ziek, lang")].aan);
}

#[test]
fn every_number_that_is_not_of_the_law_can_be_moved() {
    let protocol = lees(STANDAARD).unwrap();
    let letters =
        |naam: &str| maten(&protocol.regels[regel(&protocol, naam)]).iter().map(|m| m.getal.letter()).collect();
    for (naam, found) in [
        ("16 uur", "n"),
        ("vakantie zonder verlof", ""),
        ("ziek, vaak", "dvo"),
        ("ziek, lang", "d"),
        ("te laat", "d"),
        ("weg", "d"),
        ("weg, drie maanden", "d"),
        ("thuis op verzoek van de school", "dvs"),
        ("stijging", "dvfs"),
        ("vaste dag", "dvs"),
    ] {
        let all: String = letters(naam);
        assert_eq!(all, found, "{naam}");
    }
    assert_eq!(
        met("weg", Getal::Drempel, &[5, 15, 25]).0.vorm,
        Vorm::Aaneengesloten { stappen: vec![5, 15, 25], hele_dag: true }
    );
    assert_eq!(met("stijging", Getal::Stilte, &[7]).0.daarna, Daarna::Stilte { schooldagen: 7 });
    let venster = Venster::Lesweken(6);
    assert_eq!(met("ziek, vaak", Getal::Venster, &[6]).0.vorm, Vorm::ReeksenInVenster { venster, drempel: 4 });
}

#[test]
fn numbers_that_do_not_go_together_are_told_at_their_field_and_the_rule_stays_as_it_is() {
    for (naam, getal, waarde, at, told) in [
        ("ziek, vaak", Getal::Drempel, 2, Getal::Onder, "Kies hoogstens de drempel: van 1 tot en met 2."),
        ("ziek, vaak", Getal::Onder, 5, Getal::Onder, "Kies hoogstens de drempel: van 1 tot en met 4."),
        (
            "16 uur",
            Getal::Nadert,
            16,
            Getal::Nadert,
            "Een bericht vooraf komt voor de drempel: kies van 1 tot en met 15.",
        ),
    ] {
        let protocol = lees(STANDAARD).unwrap();
        let (nieuw, fouten) = met(naam, getal, &[waarde]);
        assert_eq!(fouten, [(at, told.to_owned())], "{naam}");
        assert_eq!(nieuw, protocol.regels[regel(&protocol, naam)], "{naam}");
    }
    assert_eq!(met("ziek, vaak", Getal::Onder, &[4]).1, []);
}

#[test]
fn what_is_filled_in_is_read_as_the_document_is() {
    let protocol = lees(STANDAARD).unwrap();
    let maat = |naam: &str, getal| {
        let all = maten(&protocol.regels[regel(&protocol, naam)]);
        all.into_iter().find(|maat| maat.getal == getal).unwrap()
    };
    let number = Err("Kies een heel getal van 1 tot en met 60.".to_owned());
    let list = Err("Schrijf hele getallen met een komma ertussen, zoals 3, 6, 9.".to_owned());
    let venster = maat("ziek, vaak", Getal::Venster);
    for (tekst, found) in [
        ("12", Ok(vec![12])),
        (" 60 ", Ok(vec![60])),
        ("0", number.clone()),
        ("61", number.clone()),
        ("65536", number.clone()),
        ("4 5", number.clone()),
        ("veel", number.clone()),
        ("", number),
    ] {
        assert_eq!(venster.lees(tekst), found, "{tekst}");
    }
    let stappen = maat("te laat", Getal::Drempel);
    for (tekst, found) in [
        ("3, 6,9", Ok(vec![3, 6, 9])),
        ("5", Ok(vec![5])),
        ("400", Ok(vec![400])),
        ("401", Err("Kies hele getallen van 1 tot en met 400.".to_owned())),
        ("6, 3", Err("Maak elk getal hoger dan het getal ervoor.".to_owned())),
        ("3, 3", Err("Maak elk getal hoger dan het getal ervoor.".to_owned())),
        ("1 2 3 4 5 6 7 8 9 10 11 12 13", Err("Schrijf hoogstens 12 getallen op.".to_owned())),
        ("drie", list.clone()),
        ("", list),
    ] {
        assert_eq!(stappen.lees(tekst), found, "{tekst}");
    }
    assert_eq!(maat("16 uur", Getal::Nadert).lees(" "), Ok(Vec::new()), "a region need not warn");
}

#[test]
fn only_what_was_moved_changes_in_the_text() {
    let protocol = lees(STANDAARD).unwrap();
    let mut keuzes = huidig(&protocol);
    assert_eq!(schrijf(STANDAARD, &pas_toe(&protocol, &keuzes)).unwrap(), STANDAARD);
    keuzes[regel(&protocol, "ziek, vaak")].getallen =
        vec![(Getal::Drempel, vec![2]), (Getal::Onder, vec![1]), (Getal::Venster, vec![6])];
    keuzes[regel(&protocol, "weg")].aan = false;
    keuzes[regel(&protocol, "stijging")].getallen = vec![(Getal::Stilte, vec![9]), (Getal::Factor, vec![3])];
    let tekst = schrijf(STANDAARD, &pas_toe(&protocol, &keuzes)).unwrap();
    let changed: Vec<&str> = STANDAARD.lines().zip(tekst.lines()).filter(|(a, b)| a != b).map(|(_, b)| b).collect();
    let expected = [
        "venster = { lesweken = 6 }",
        "drempel = 2",
        "daarna = { hysterese_onder = 1 }",
        "aan = false",
        "factor = 3",
        "daarna = { stilte_schooldagen = 9 }",
    ];
    assert_eq!(changed, expected);
    let commented = STANDAARD.replace("\ndrempel = 4\n", "\ndrempel = 4   # vier keer\n");
    assert!(schrijf(&commented, &pas_toe(&protocol, &keuzes)).unwrap().contains("drempel = 2   # vier keer\n"));
    let mut zonder = huidig(&protocol);
    zonder[regel(&protocol, "16 uur")].getallen = vec![(Getal::Nadert, Vec::new())];
    assert!(!schrijf(STANDAARD, &pas_toe(&protocol, &zonder)).unwrap().contains("\nnadert"));
}

#[test]
fn a_text_that_cannot_be_changed_safely_gives_none() {
    let spread = STANDAARD.replace("\nstappen = [7]", "\nstappen = [\n  7\n]");
    let protocol = lees(&spread).unwrap();
    let mut keuzes = huidig(&protocol);
    keuzes[regel(&protocol, "ziek, lang")].getallen = vec![(Getal::Drempel, vec![5])];
    assert_eq!(schrijf(&spread, &pas_toe(&protocol, &keuzes)), None);
}

proptest! {
    /// A number that the draft takes is one that the document takes, and the other way round.
    #[test]
    fn the_draft_asks_what_the_document_asks(
        plek in 0usize..10,
        picks in proptest::collection::vec(
            proptest::collection::vec(prop_oneof![0u16..20, 0u16..256, 290u16..410], 1..4), 5),
        other in any::<bool>(),
    ) {
        let tekst = if other { MAATSTAF_A } else { STANDAARD };
        let protocol = lees(tekst).unwrap();
        let plek = plek % protocol.regels.len();
        let regel = &protocol.regels[plek];
        let chosen: Vec<(Maat, Vec<u16>)> = maten(regel).into_iter().zip(picks).map(|(maat, mut pick)| {
            pick.truncate(maat.hoogstens);
            (maat, pick)
        }).collect();
        // What a byte cannot hold is in no document either.
        prop_assume!(chosen.iter().all(|(maat, pick)| maat.bereik.end() > &255 || pick[0] < 256));
        let read = chosen.iter().all(|(maat, pick)| maat.lees(&getallen(pick)).as_ref() == Ok(pick));
        let mut forced = regel.clone();
        chosen.iter().for_each(|(maat, pick)| zet(&mut forced, maat.getal, pick));
        let ours = read && past(&forced).is_empty();
        let mut nieuw = protocol.clone();
        nieuw.regels[plek] = forced;
        prop_assert_eq!(ours, schrijf(tekst, &nieuw).is_some());
    }
}
