//! A standing as plain text, in the order in which somebody on the telephone wants to hear it.

use domain::Date;
use domain::calendar::{datum, datum_met_dag};
use domain::in_beeld::{Beeld, InBeeld, Partij};
use domain::klok::{Gehaald, Klok, KlokStand, Opening};
use domain::period::days_between;
use domain::status::{Status, StatusSoort};
use domain::termijnen::{Stand as TermijnStand, Termijn, Wie};

use super::niet_bekend::{Gevolg, Leemte};
use super::stand::{Beurt, Regel, Stand, TERMIJNEN_IN_TEKST};
use super::waarom::Reden;
use super::woorden::{Blad, aantal, dag, van_tot, verzuimsoort, weekdag, zin, zonder_punt};
use super::{Peil, moment};

/// The whole text of `stand`.
pub fn stand(stand: &Stand, peil: &Peil) -> String {
    let mut blad = Blad::default();
    schrijf(&mut blad, stand, peil);
    blad.tekst()
}

/// Writes a standing on a page.
pub fn schrijf(blad: &mut Blad, stand: &Stand, peil: &Peil) {
    blad.alinea(&kop(stand));
    if let Some(bekend) = peil.bekend {
        blad.alinea(&format!("Met wat op {} bekend was.", moment(bekend)));
    }
    blad.wit();
    hoe_het_is(blad, stand, peil);
    blad.wit();
    aan_zet(blad, stand);
    blad.wit();
    waarom(blad, stand);
    blad.wit();
    termijnen(blad, stand);
    blad.wit();
    blad.alinea(&format!("In beeld bij: {}.", in_beeld(&stand.in_beeld, stand.op)));
    niet_bekend(blad, &stand.niet_bekend);
    mag_zien(blad, stand);
}

fn kop(stand: &Stand) -> String {
    let kind = &stand.kind;
    let school = kind.scholen.as_ref().map(|scholen| school(scholen));
    let age = kind.leeftijd.map(|jaren| format!("{jaren} jaar"));
    let woont = kind.woont.clone().unwrap_or_else(|| "woonplaats niet bekend".to_owned());
    let parts = [Some(kind.naam.clone()), age, school, Some(woont)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The schools of enrolment in one line.
pub fn school(scholen: &[String]) -> String {
    if scholen.is_empty() { "zonder school".to_owned() } else { scholen.join(" en ") }
}

fn hoe_het_is(blad: &mut Blad, stand: &Stand, peil: &Peil) {
    if let Some(headline) = hoe_het_gaat(stand, peil) {
        blad.alinea(&headline);
    }
    let Some(status) = &stand.status_woorden else { return };
    blad.alinea(&format!("Status: {status}."));
    for label in ook(stand) {
        blad.alinea(&format!("Ook: {label}."));
    }
}

/// How it is with the child, in a few sentences; `None` when that is not for the reader.
pub fn hoe_het_gaat(stand: &Stand, peil: &Peil) -> Option<String> {
    match (&stand.klok, &stand.status) {
        (Some(klok), _) => Some(klok_woorden(klok, stand, peil)),
        (None, Some(status)) => Some(zonder_klok(stand, status)),
        (None, None) => None,
    }
}

/// What the clock is called beside the status.
pub fn ook(stand: &Stand) -> Vec<&'static str> {
    let said = stand.status_woorden.clone().unwrap_or_default();
    let labels = stand.klok.iter().flat_map(|klok| &klok.labels).map(|label| label.woord());
    labels.filter(|label| !said.contains(label)).collect()
}

/// What the clock says: since when, which day it is, and how long there still is.
fn klok_woorden(klok: &Klok, stand: &Stand, peil: &Peil) -> String {
    let op = stand.op;
    let mut zinnen = vec![begin(klok, stand)];
    let today = if op == peil.vandaag { "Vandaag, " } else { "Op " };
    let when = if op == peil.vandaag { weekdag(op, op) + "," } else { datum_met_dag(op) };
    let doel = datum(klok.doel);
    match klok.stand {
        KlokStand::Gestopt { vanaf, .. } => {
            zinnen.push(format!("Volgt sinds {} een aanbod; de klok staat stil op dag {}.", datum(vanaf), klok.dag));
        }
        KlokStand::ZorgLoopt { vanaf, herzien_uiterlijk, .. } => zinnen.push(format!(
            "Krijgt sinds {} zorg en nog geen onderwijs; dat wordt uiterlijk {} opnieuw bekeken. De klok staat stil op dag {}.",
            datum(vanaf),
            weekdag(herzien_uiterlijk, op),
            klok.dag
        )),
        _ => zinnen.push(format!("{today}{when} is dag {}.", klok.dag)),
    }
    if klok.eerder > 0 {
        zinnen.push(format!("Daarvoor waren er al {}; die tellen mee.", aantal(klok.eerder, "dag", "dagen")));
    }
    zinnen.push(match klok.gehaald {
        Gehaald::Ja => format!("Dat was op tijd: drie maanden waren om op {doel}."),
        Gehaald::Nee => format!("Drie maanden waren om op {doel}."),
        Gehaald::Nog if klok.doel < op => {
            format!("Drie maanden waren om op {doel}; of het aanbod op tijd was, is nog open.")
        }
        Gehaald::Nog => format!("Drie maanden zijn om op {doel}."),
    });
    zinnen.extend(over_het_aanbod(klok, op));
    zinnen.join(" ")
}

fn begin(klok: &Klok, stand: &Stand) -> String {
    let since = datum_met_dag(klok.begin);
    let some = stand.waarom.iter().any(|reden| {
        matches!(reden, Reden::Schooldagen { schooldagen, zonder_deelname, onbekend, .. } if zonder_deelname + onbekend < *schooldagen)
    });
    let over = matches!(klok.stand, KlokStand::Gestopt { .. } | KlokStand::ZorgLoopt { .. });
    match (klok.opening, over) {
        (Opening::NietIngeschreven, _) => format!("Is sinds {since} niet ingeschreven op een school."),
        (Opening::Verklaard, _) => format!("Zit sinds {since} thuis, zeggen ouders of school."),
        (Opening::LageDeelname, _) => format!("Gaat sinds {since} minder dan de helft van de tijd naar school."),
        (Opening::GeenDeelname, true) => format!("Ging vanaf {since} niet naar school."),
        (Opening::GeenDeelname, _) if some => format!("Gaat sinds {since} niet of niet helemaal naar school."),
        (Opening::GeenDeelname, _) => format!("Gaat sinds {since} niet naar school."),
    }
}

fn over_het_aanbod(klok: &Klok, op: Date) -> Option<String> {
    match (klok.stand, &klok.oneens) {
        (KlokStand::AanbodNietEens, oneens) => {
            let until = oneens.as_ref().and_then(|oneens| oneens.casustafel_uiterlijk);
            let table = until.map(|last| format!(" Casustafel uiterlijk {}.", weekdag(last, op))).unwrap_or_default();
            Some(format!("Aanbod gedaan, niet eens: ouders of leerling vinden het niet passend.{table}"))
        }
        (KlokStand::AanbodInBeproeving, _) => {
            Some("Er is een aanbod waarmee ouders en leerling beginnen; de eerste weken zijn nog niet om.".to_owned())
        }
        _ => None,
    }
}

fn zonder_klok(stand: &Stand, status: &Status) -> String {
    let op = stand.op;
    let since = status.sinds.map(|sinds| format!(" sinds {}", dag(sinds, op))).unwrap_or_default();
    let now = match status.soort {
        StatusSoort::GaatNaarSchool => "Gaat naar school, voor zover bekend.".to_owned(),
        StatusSoort::NietBekend => "Of dit kind naar school gaat, is niet bekend.".to_owned(),
        StatusSoort::NietIngeschreven => "Is niet ingeschreven en hoeft dat ook niet.".to_owned(),
        StatusSoort::GaatSteedsMinder => {
            "Gaat steeds minder naar school. Er is nog geen reden voor een klok, wel voor een gesprek.".to_owned()
        }
        StatusSoort::Absoluut => format!("Is{since} niet ingeschreven op een school."),
        StatusSoort::Vrijgesteld | StatusSoort::VrijgesteldZonderLeeraanbod => {
            "Hoeft niet ingeschreven te zijn: er geldt een vrijstelling.".to_owned()
        }
        StatusSoort::InTraject => format!("Volgt{since} een aanbod."),
        StatusSoort::ZorgLoopt => format!("Krijgt{since} zorg en nog geen onderwijs."),
        StatusSoort::ZiekInOverleg => format!("Is{since} ziek; over onderwijs is overleg."),
        StatusSoort::Thuiszittend => format!("Gaat{since} niet naar school."),
    };
    let ended = stand.vorige.as_ref().and_then(|klok| {
        let end = match klok.stand {
            KlokStand::Terug { op: back } => format!("terug sinds {}", dag(back, op)),
            KlokStand::Gesloten { op: closed } => format!("gesloten op {}", dag(closed, op)),
            _ => return None,
        };
        Some(format!(" Eerder liep een klok vanaf {}, tot dag {}; {end}.", dag(klok.begin, op), klok.dag))
    });
    now + &ended.unwrap_or_default()
}

fn aan_zet(blad: &mut Blad, stand: &Stand) {
    let Some(beurt) = &stand.aan_zet else {
        blad.alinea("Aan zet: niemand; er is geen open dossier.");
        return;
    };
    blad.alinea(&beurt_woorden(beurt, stand.op));
    if !stand.beurten.is_empty() {
        let days = |(naam, dagen): &(String, u32)| format!("{naam} {}", aantal(*dagen, "dag", "dagen"));
        let all: Vec<String> = stand.beurten.iter().map(days).collect();
        blad.alinea(&format!("Tot nu toe aan zet: {}.", all.join(", ")));
    }
}

fn beurt_woorden(beurt: &Beurt, op: Date) -> String {
    let who = beurt.persoon.as_ref().map(|persoon| format!(", {persoon}")).unwrap_or_default();
    let late = days_between(beurt.uiterlijk, op);
    let late = u32::try_from(late).ok().filter(|days| *days > 0);
    let late = late.map(|days| format!(" ({} te laat)", aantal(days, "dag", "dagen"))).unwrap_or_default();
    let step = zin(&beurt.stap);
    let step = zonder_punt(&step);
    let mut words =
        format!("Aan zet: {}{who}. {step}, uiterlijk {}{late}.", beurt.partij, weekdag(beurt.uiterlijk, op));
    for wrong in &beurt.let_op {
        words.push(' ');
        words.push_str(wrong);
    }
    words
}

fn waarom(blad: &mut Blad, stand: &Stand) {
    if stand.waarom.is_empty() {
        return;
    }
    blad.kop("Waarom deze status");
    for (place, reden) in stand.waarom.iter().enumerate() {
        blad.punt(&reden_woorden(reden, place == 0, stand.op));
    }
}

/// A reason in words; of the first stretch "10 van 10" goes without saying.
pub fn reden_woorden(reden: &Reden, first: bool, op: Date) -> String {
    match reden {
        Reden::Schooldagen { van, tot_en_met, schooldagen, soorten, onbekend, aangeleverd, .. } => {
            let mut more: Vec<String> = Vec::new();
            let kinds: Vec<String> = soorten.iter().map(|(soort, n)| format!("{n} {}", verzuimsoort(*soort))).collect();
            more.extend((!kinds.is_empty()).then(|| kinds.join(", ")));
            let some_unknown = *onbekend > 0 && onbekend < schooldagen;
            more.extend(some_unknown.then(|| format!("van {} niet bekend", aantal(*onbekend, "dag", "dagen"))));
            more.extend(aangeleverd.map(|on| format!("aangeleverd door de school op {}", dag(on, op))));
            let more = if more.is_empty() { String::new() } else { format!(" ({})", more.join("; ")) };
            format!("{}: {}{more}", van_tot(*van, *tot_en_met, op), hoeveel(reden, first))
        }
        Reden::Vakantie { naam, van, tot_en_met } => {
            format!("de {naam} ({}) telt mee: voor een kind gaat de tijd door", van_tot(*van, *tot_en_met, op))
        }
        Reden::Zin(zin) | Reden::Regel(zin) => zin.clone(),
    }
}

/// How much of a stretch was missed: in days without participation, or as a share where the child came part of the time.
fn hoeveel(reden: &Reden, first: bool) -> String {
    let Reden::Schooldagen { schooldagen, zonder_deelname, onbekend, procent, .. } = reden else {
        return String::new();
    };
    let days = aantal(*schooldagen, "schooldag", "schooldagen");
    match (zonder_deelname, procent) {
        _ if onbekend == schooldagen => format!("{days}, deelname niet bekend"),
        (n, _) if n == schooldagen && first => format!("{days} geen deelname"),
        (n, Some(procent)) if n * 2 < *schooldagen => {
            let none = if *n > 0 { format!(", waarvan {n} zonder deelname") } else { String::new() };
            format!("{days}{none}; deelname {procent} procent")
        }
        (n, _) => format!("{n} van {days} geen deelname"),
    }
}

fn termijnen(blad: &mut Blad, stand: &Stand) {
    if !stand.termijnen.is_empty() {
        blad.kop("Termijnen");
        let (named, others) = stand.eerste_termijnen(TERMIJNEN_IN_TEKST);
        named.iter().for_each(|regel| blad.punt(&regel_woorden(regel, stand.op)));
        if others > 0 {
            blad.punt(&format!("en nog {others}: zie `leerrecht explain`"));
        }
    }
}

fn regel_woorden(regel: &Regel, op: Date) -> String {
    let termijn = &regel.termijn;
    let times = if regel.keer > 1 { format!(", {} keer", regel.keer) } else { String::new() };
    format!("{} ({}){times}, {}", zonder_punt(&termijn.wat), regel.wie, termijn_woorden(termijn, op))
}

/// Until when, since when one could know, and how it stands. A date to know asks nothing of anybody.
pub fn termijn_woorden(termijn: &Termijn, op: Date) -> String {
    if termijn.wie == Wie::Niemand {
        return format!("op {}", weekdag(termijn.rangdag(), op));
    }
    let until = match termijn.uiterlijk {
        Some(last) => format!("uiterlijk {}", weekdag(last, op)),
        None => termijn.norm.in_woorden(),
    };
    let known = dag(termijn.kon_weten, op);
    let how = match (termijn.stand, termijn.vervuld_op) {
        (_, Some(done)) => format!("gedaan op {}", dag(done, op)),
        (TermijnStand::TeLaat, _) => "te laat".to_owned(),
        (TermijnStand::Vandaag, _) => "vandaag de laatste dag".to_owned(),
        (TermijnStand::Vervallen, _) => "niet meer nodig".to_owned(),
        (TermijnStand::Open | TermijnStand::Vervuld, _) => "nog te doen".to_owned(),
    };
    format!("{until}; te weten sinds {known}; {how}")
}

/// Which parties have the child in view.
pub fn in_beeld(parties: &[InBeeld], op: Date) -> String {
    let words = |party: &InBeeld| {
        let view = match party.beeld {
            Beeld::Sinds { dag: since, .. } => format!("sinds {}", dag(since, op)),
            Beeld::NogNietGevraagd => "nog niet gevraagd".to_owned(),
            Beeld::Niet => "nog niet".to_owned(),
            Beeld::AlleenMetToestemming => "alleen te zien met toestemming".to_owned(),
        };
        format!("{} {view}", party.partij.label())
    };
    let school_first = |party: &&InBeeld| party.partij != Partij::School || party.organisatie.is_some();
    parties.iter().filter(school_first).map(words).collect::<Vec<_>>().join("; ")
}

/// What is not known; what changes nothing but hours is said last, and each consequence once.
pub fn niet_bekend(blad: &mut Blad, leemten: &[Leemte]) {
    let of = |gevolg| leemten.iter().filter(move |leemte: &&Leemte| leemte.gevolg == gevolg);
    let groups: Vec<(Gevolg, Vec<&Leemte>)> = [Gevolg::Misschien, Gevolg::AlleenUren, Gevolg::Geen]
        .into_iter()
        .map(|gevolg| (gevolg, of(gevolg).collect()))
        .filter(|(_, group): &(_, Vec<_>)| !group.is_empty())
        .collect();
    if let [(gevolg, group)] = groups.as_slice()
        && let [one] = group.as_slice()
    {
        blad.alinea(&format!("Niet bekend: {}. {}", zonder_punt(&one.wat), gevolg.zin()));
        return;
    }
    if groups.is_empty() {
        return;
    }
    blad.kop("Niet bekend");
    for (gevolg, group) in groups {
        let (last, before) = (group.len() - 1, &group);
        for (place, leemte) in before.iter().enumerate() {
            let effect = if place == last {
                format!(" {}", if last > 0 { meervoud(gevolg) } else { gevolg.zin() })
            } else {
                String::new()
            };
            blad.punt(&format!("{}.{effect}", zonder_punt(&leemte.wat)));
        }
    }
}

fn meervoud(gevolg: Gevolg) -> &'static str {
    match gevolg {
        Gevolg::Misschien => "Dit alles kan de status veranderen.",
        Gevolg::AlleenUren => "Dit alles verandert de status niet, wel het aantal gemiste uren.",
        Gevolg::Geen => "Dit alles verandert de status niet.",
    }
}

fn mag_zien(blad: &mut Blad, stand: &Stand) {
    let mag = &stand.mag_zien;
    let who = if mag.wel.is_empty() { "nog niemand".to_owned() } else { mag.wel.join("; ") };
    let mut words = format!("Wie mag dit zien: {who}.");
    for not in &mag.niet {
        words.push(' ');
        words.push_str(not);
    }
    blad.alinea(&words);
}
