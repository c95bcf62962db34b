//! A draft as the text of a protocol.

use signals::protocol::{Daarna, Protocol, Regel, Venster, Vorm};

use super::{getallen, venster};

/// The text of a protocol with the numbers of another that differs from it as a draft does; comments and all else stay.
/// `None` when the text is written in a way in which that cannot be done safely: what comes out is read again, and says
/// exactly what was asked.
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
    // These values are numbers, words without quotes, and lists and tables of numbers: a sign of a comment ends them.
    let (oud, na) = rest.split_at(rest.find('#').unwrap_or(rest.trim_end().len()));
    let blank = &oud[oud.trim_end().len()..];
    format!("{veld}= {waarde}{blank}{na}")
}

/// The value of a field of a rule that a draft can change; `None`: it changes no such field.
fn waarde(veld: &str, regel: &Regel) -> Option<String> {
    let lijst = |stappen: &[u16]| format!("[{}]", getallen(stappen));
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
        ("factor", Vorm::Stijging { factor, .. }) => factor.to_string(),
        ("venster", vorm) => match venster(vorm)? {
            Venster::Lesweken(n) => format!("{{ lesweken = {n} }}"),
            Venster::Schooldagen(n) => format!("{{ schooldagen = {n} }}"),
        },
        ("daarna", _) => match regel.daarna {
            Daarna::Hysterese { onder } => format!("{{ hysterese_onder = {onder} }}"),
            Daarna::Stilte { schooldagen } => format!("{{ stilte_schooldagen = {schooldagen} }}"),
            _ => return None,
        },
        _ => return None,
    };
    Some(gevonden)
}
