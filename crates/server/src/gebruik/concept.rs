//! A draft of a protocol: the version that holds, with other thresholds, rules put on or off. It is made to be weighed
//! and to be talked about; a region adopts it as a file.

use std::ops::RangeInclusive;

use signals::protocol::{Daarna, Eenheid, Protocol, Regel, Vorm};

/// The largest sum, count or number of days in a protocol.
const MAX_AANTAL: u16 = 400;
/// The longest run, in schooldagen.
const MAX_REEKS: u16 = 300;
/// The most calendar months.
const MAX_MAANDEN: u16 = 24;
/// A slider goes up to so many times what holds, and at least to [`MIN_BEREIK`].
const BEREIK: u16 = 3;
/// The least that a slider goes up to.
const MIN_BEREIK: u16 = 12;

/// A number of a rule that can be moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Maat {
    /// What it is, in words ("Drempel in uren").
    pub woorden: &'static str,
    /// What it is under the version that holds.
    pub nu: u16,
    /// What it may become.
    pub bereik: RangeInclusive<u16>,
}

/// What of a rule can be moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speelruimte {
    /// The threshold, or the first of its steps; none when the law fixes it.
    pub drempel: Option<Maat>,
    /// The first warning that the threshold comes near.
    pub nadert: Option<Maat>,
    /// Whether the rule can be put on and off: not what the law says.
    pub schakelt: bool,
}

/// What somebody chose for one rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keuze {
    /// Whether it is in use.
    pub aan: bool,
    /// Its threshold, or the first of its steps; the others move along.
    pub drempel: Option<u16>,
    /// The first warning.
    pub nadert: Option<u16>,
}

/// What of a rule can be moved.
pub fn speelruimte(regel: &Regel) -> Speelruimte {
    let wettelijk = register::is_wettelijk(regel);
    let (woorden, nu, hoogstens) = match &regel.vorm {
        Vorm::SomInVenster { eenheid, drempel, .. } => (som(*eenheid), *drempel, MAX_AANTAL),
        Vorm::KerenPerSchooljaar { stappen } => (stap(stappen, "keren"), eerste(stappen), MAX_AANTAL),
        Vorm::ReeksenInVenster { drempel, .. } => ("Drempel in keren", *drempel, MAX_AANTAL),
        Vorm::Aaneengesloten { stappen, .. } => (stap(stappen, "schooldagen"), eerste(stappen), MAX_REEKS),
        Vorm::Kalendermaanden { maanden, .. } => ("Drempel in maanden", u16::from(*maanden), MAX_MAANDEN),
        Vorm::Stijging { eenheid, minimum, .. } => (som(*eenheid), *minimum, MAX_AANTAL),
        Vorm::Weekdag { drempel, .. } => ("Drempel in dagen", *drempel, MAX_AANTAL),
    };
    let top = nu.saturating_mul(BEREIK).max(MIN_BEREIK).min(hoogstens).max(nu);
    let drempel = (!wettelijk).then_some(Maat { woorden, nu, bereik: 1..=top });
    let nadert = regel.nadert.first().map(|stap| {
        let below = if wettelijk { nu.saturating_sub(1) } else { top.saturating_sub(1) };
        Maat { woorden: "Bericht vooraf bij", nu: *stap, bereik: 1..=below.max(*stap) }
    });
    Speelruimte { drempel, nadert, schakelt: !wettelijk }
}

fn som(eenheid: Eenheid) -> &'static str {
    match eenheid {
        Eenheid::Uren => "Drempel in uren",
        Eenheid::Keren => "Drempel in keren",
        Eenheid::Dagen => "Drempel in dagen",
    }
}

fn stap(stappen: &[u16], wat: &str) -> &'static str {
    match (stappen.len(), wat) {
        (0 | 1, "keren") => "Drempel in keren",
        (0 | 1, _) => "Drempel in schooldagen",
        (_, "keren") => "Eerste stap in keren",
        _ => "Eerste stap in schooldagen",
    }
}

fn eerste(stappen: &[u16]) -> u16 {
    stappen.first().copied().unwrap_or(1)
}

/// What holds, as a choice.
pub fn huidig(regel: &Regel) -> Keuze {
    let ruimte = speelruimte(regel);
    Keuze { aan: regel.aan, drempel: ruimte.drempel.map(|maat| maat.nu), nadert: ruimte.nadert.map(|maat| maat.nu) }
}

/// The protocol with these choices, by place of the rule. What the law fixes stays as it is, and a number outside its
/// bounds becomes the nearest within.
pub fn pas_toe(protocol: &Protocol, keuzes: &[Keuze]) -> Protocol {
    let mut nieuw = protocol.clone();
    for (regel, keuze) in nieuw.regels.iter_mut().zip(keuzes) {
        let ruimte = speelruimte(regel);
        let within = |maat: &Maat, waarde: u16| waarde.clamp(*maat.bereik.start(), *maat.bereik.end());
        if ruimte.schakelt {
            regel.aan = keuze.aan;
        }
        if let (Some(maat), Some(waarde)) = (&ruimte.drempel, keuze.drempel) {
            zet_drempel(regel, within(maat, waarde));
        }
        if let (Some(maat), Some(waarde)) = (&ruimte.nadert, keuze.nadert)
            && let Some(first) = regel.nadert.first_mut()
        {
            *first = within(maat, waarde);
        }
        klop(regel);
    }
    nieuw
}

fn zet_drempel(regel: &mut Regel, waarde: u16) {
    match &mut regel.vorm {
        Vorm::SomInVenster { drempel, .. } | Vorm::ReeksenInVenster { drempel, .. } | Vorm::Weekdag { drempel, .. } => {
            *drempel = waarde;
        }
        Vorm::KerenPerSchooljaar { stappen } => schuif(stappen, waarde, MAX_AANTAL),
        Vorm::Aaneengesloten { stappen, .. } => schuif(stappen, waarde, MAX_REEKS),
        Vorm::Kalendermaanden { maanden, .. } => *maanden = u8::try_from(waarde).unwrap_or(*maanden),
        Vorm::Stijging { minimum, .. } => *minimum = waarde,
    }
}

/// Moves steps in proportion to the first; each stays above the one before.
fn schuif(stappen: &mut Vec<u16>, eerste: u16, hoogstens: u16) {
    let Some(was) = stappen.first().copied().filter(|was| *was > 0) else { return };
    let mut vorige = 0;
    for stap in stappen.iter_mut() {
        let moved = (u32::from(*stap) * u32::from(eerste) + u32::from(was) / 2) / u32::from(was);
        vorige = u16::try_from(moved).unwrap_or(u16::MAX).max(vorige + 1);
        *stap = vorige;
        vorige = vorige.min(u16::MAX - 1);
    }
    stappen.retain(|stap| *stap <= hoogstens);
}

/// Makes the other numbers of a rule fit its threshold again: warnings lie below it and rise, and the count falls below
/// no more than the threshold.
fn klop(regel: &mut Regel) {
    let drempel = match regel.vorm {
        Vorm::SomInVenster { drempel, .. } | Vorm::ReeksenInVenster { drempel, .. } => drempel,
        _ => return,
    };
    let mut vorige = 0;
    regel.nadert.retain(|stap| {
        let fits = *stap > vorige && *stap < drempel;
        vorige = if fits { *stap } else { vorige };
        fits
    });
    if let Daarna::Hysterese { onder } = &mut regel.daarna {
        *onder = (*onder).min(drempel);
    }
}

/// The text of a protocol with the numbers of another that differs from it as [`pas_toe`] makes it differ; comments and
/// all else stay. `None` when the text is written in a way in which that cannot be done safely: what comes out is read
/// again, and says exactly what was asked.
pub fn schrijf(tekst: &str, nieuw: &Protocol) -> Option<String> {
    let mut regels = nieuw.regels.iter();
    let mut hier: Option<&Regel> = None;
    let mut uit = String::with_capacity(tekst.len());
    for line in tekst.split_inclusive('\n') {
        let kaal = line.trim_start();
        if kaal.starts_with("[[regel]]") {
            hier = Some(regels.next()?);
        } else if kaal.starts_with('[') {
            hier = None;
        }
        match hier {
            Some(regel) => uit.push_str(&met_getallen(line, regel)),
            None => uit.push_str(line),
        }
    }
    let same = |read: &Protocol| read == nieuw;
    signals::protocol::lees(&uit).ok().filter(same).map(|_| uit)
}

/// A line of a rule with its numbers; a warning that fell away takes its line with it.
fn met_getallen(line: &str, regel: &Regel) -> String {
    let Some((veld, rest)) = line.split_once('=') else { return line.to_owned() };
    let Some(waarde) = waarde(veld.trim(), regel) else { return line.to_owned() };
    if waarde.is_empty() {
        return String::new();
    }
    // These values are numbers, words without quotes and lists of numbers: a sign of a comment ends them.
    let (oud, na) = rest.split_at(rest.find('#').unwrap_or(rest.trim_end().len()));
    let blank = &oud[oud.trim_end().len()..];
    format!("{veld}= {waarde}{blank}{na}")
}

/// The value of a field of a rule that a draft can change; `None`: it changes no such field.
fn waarde(veld: &str, regel: &Regel) -> Option<String> {
    let lijst = |stappen: &[u16]| format!("[{}]", stappen.iter().map(u16::to_string).collect::<Vec<_>>().join(", "));
    let gevonden = match (veld, &regel.vorm) {
        ("aan", _) => regel.aan.to_string(),
        ("nadert", _) if regel.nadert.is_empty() => String::new(),
        ("nadert", _) => lijst(&regel.nadert),
        (
            "drempel",
            Vorm::SomInVenster { drempel, .. } | Vorm::ReeksenInVenster { drempel, .. } | Vorm::Weekdag { drempel, .. },
        ) => drempel.to_string(),
        ("stappen", Vorm::KerenPerSchooljaar { stappen } | Vorm::Aaneengesloten { stappen, .. }) => lijst(stappen),
        ("maanden", Vorm::Kalendermaanden { maanden, .. }) => maanden.to_string(),
        ("minimum", Vorm::Stijging { minimum, .. }) => minimum.to_string(),
        ("daarna", _) => match regel.daarna {
            Daarna::Hysterese { onder } => format!("{{ hysterese_onder = {onder} }}"),
            _ => return None,
        },
        _ => return None,
    };
    Some(gevonden)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use signals::protocol::{MAATSTAF_A, STANDAARD, lees};

    use super::*;

    fn regel(protocol: &Protocol, naam: &str) -> usize {
        protocol.regels.iter().position(|regel| regel.naam == naam).unwrap()
    }

    #[test]
    fn what_the_law_says_stays_as_it_is() {
        let protocol = lees(STANDAARD).unwrap();
        let off = Keuze { aan: false, drempel: Some(3), nadert: Some(9) };
        let nieuw = pas_toe(&protocol, &vec![off; protocol.regels.len()]);
        let zestien = &nieuw.regels[regel(&protocol, "16 uur")];
        assert!(zestien.aan && matches!(zestien.vorm, Vorm::SomInVenster { drempel: 16, .. }));
        assert_eq!(zestien.nadert, [9], "a region warns when it wants");
        let luxe = &nieuw.regels[regel(&protocol, "vakantie zonder verlof")];
        assert!(luxe.aan && matches!(luxe.vorm, Vorm::SomInVenster { drempel: 1, .. }));
        assert!(!nieuw.regels[regel(&protocol, "ziek, lang")].aan);
    }

    #[test]
    fn steps_move_along_and_stay_apart() {
        for (stappen, eerste, found) in [
            (vec![3, 6, 9, 12, 15], 2, vec![2, 4, 6, 8, 10]),
            (vec![10, 20], 7, vec![7, 14]),
            (vec![3, 4], 1, vec![1, 2]),
            (vec![7], 9, vec![9]),
            (vec![100, 300], 200, vec![200]),
        ] {
            let mut moved = stappen.clone();
            schuif(&mut moved, eerste, MAX_REEKS);
            assert_eq!(moved, found, "{stappen:?} from {eerste}");
        }
    }

    #[test]
    fn only_what_was_moved_changes_in_the_text() {
        let protocol = lees(STANDAARD).unwrap();
        let mut keuzes: Vec<Keuze> = protocol.regels.iter().map(huidig).collect();
        assert_eq!(schrijf(STANDAARD, &pas_toe(&protocol, &keuzes)).unwrap(), STANDAARD);
        keuzes[regel(&protocol, "ziek, vaak")].drempel = Some(2);
        keuzes[regel(&protocol, "weg")].aan = false;
        let tekst = schrijf(STANDAARD, &pas_toe(&protocol, &keuzes)).unwrap();
        let changed: Vec<&str> = STANDAARD.lines().zip(tekst.lines()).filter(|(a, b)| a != b).map(|(_, b)| b).collect();
        assert_eq!(changed, ["drempel = 2", "daarna = { hysterese_onder = 2 }", "aan = false"]);
        let commented = STANDAARD.replace("\ndrempel = 4\n", "\ndrempel = 4   # vier keer\n");
        assert!(schrijf(&commented, &pas_toe(&protocol, &keuzes)).unwrap().contains("drempel = 2   # vier keer\n"));
    }

    #[test]
    fn a_text_that_cannot_be_changed_safely_gives_none() {
        let spread = STANDAARD.replace("\nstappen = [7]", "\nstappen = [\n  7\n]");
        let protocol = lees(&spread).unwrap();
        let mut keuzes: Vec<Keuze> = protocol.regels.iter().map(huidig).collect();
        keuzes[regel(&protocol, "ziek, lang")].drempel = Some(5);
        assert_eq!(schrijf(&spread, &pas_toe(&protocol, &keuzes)), None);
    }

    proptest! {
        #[test]
        fn every_draft_is_a_protocol(
            picks in proptest::collection::vec((any::<bool>(), 0u16..500, 0u16..500), 16),
            other in any::<bool>(),
        ) {
            let tekst = if other { MAATSTAF_A } else { STANDAARD };
            let protocol = lees(tekst).unwrap();
            let keuzes: Vec<Keuze> = picks
                .into_iter()
                .map(|(aan, drempel, nadert)| Keuze { aan, drempel: Some(drempel), nadert: Some(nadert) })
                .collect();
            let nieuw = pas_toe(&protocol, &keuzes);
            prop_assert!(schrijf(tekst, &nieuw).is_some());
        }
    }
}
