//! Rules 37-40: the school talks with the child and its parents after illness signals and lateness.
//!
//! These terms lapse when somebody had contact. None of them is ever leerplicht's, except the last step of the ladder of
//! lateness, and that only once the school reported.

use jiff::civil::Date;

use crate::body::{
    Afhandeling, Consult, ConsultStap, Contact, Gesprek, GesprekSoort, Melding, Met, Onderzoek, SignaalAfhandeling,
    Toestemming, ToestemmingVoor, Verhoor,
};
use crate::calendar::{Eenheid, Termijn as Lengte};
use crate::fact::{Fact, FactId, Rol};
use crate::period::schooljaar;
use crate::rules::{R37, R38, R39, R40};
use crate::signaal::{Signaal, SignaalSoort};
use crate::termijnen::geval::{door_signaal, op_dag};
use crate::termijnen::koppel::{Open, koppel};
use crate::termijnen::melding::aantal;
use crate::termijnen::{Bouw, Geval, Norm, Termijn, Uitwerking, Wie};

/// Step of the ladder from which the school reports to leerplicht …
const LADDER_MELDING: u32 = 12;
/// … and from which leerplicht invites.
const LADDER_OPROEP: u32 = 15;

/// Rules 37 and 38: after ill often or ill long, a verzuimgesprek.
pub(super) fn regel_37_en_38(geval: &Geval<'_>) -> Uitwerking {
    let signalen = zieksignalen(geval);
    let open: Vec<Open> =
        signalen.iter().map(|s| Open { vanaf: s.dag, vervallen_op: vervallen_op(geval, s) }).collect();
    let (given, _) = koppel(&open, verzuimgesprekken(geval).into_iter().map(op_dag));
    let termijnen = signalen.iter().zip(&open).zip(given).map(|((signaal, open), door)| {
        let regel = if signaal.soort == SignaalSoort::ZiekVaak { R37 } else { R38 };
        let school = geval.school_op(signaal.dag);
        let wie = Wie::organisatie(school, geval.verzuimrol(school));
        Bouw::new(regel, wie, "Voer een verzuimgesprek met leerling en ouders.", door_signaal(signaal), signaal.dag)
            .kon_weten(geval.kon_weten(signaal))
            .binnen(schooldagen(geval.r.termijnen.gesprek_schooldagen), geval, school)
            .vervuld(door)
            .vervallen(open.vervallen_op.is_some())
            .op(geval.on)
    });
    termijnen.collect::<Vec<_>>().into()
}

/// Rule 39: when illness signals again in a school year in which the talk was held, the talk did not settle it: ask the
/// youth doctor, with consent. A refusal or an objection ends the term; nothing follows from it.
pub(super) fn regel_39(geval: &Geval<'_>) -> Uitwerking {
    let talks = verzuimgesprekken(geval);
    let again: Vec<&Signaal> = zieksignalen(geval)
        .into_iter()
        .filter(|signaal| {
            let before = |day: Date| day < signaal.dag && schooljaar(day) == schooljaar(signaal.dag);
            talks.iter().any(|talk| before(talk.valid.from))
        })
        .collect();
    let consulten = geval.feiten::<Consult>();
    let asked = consulten.iter().filter(|(_, c)| c.stap != ConsultStap::Bezwaar).map(|(fact, _)| op_dag(fact));
    let open: Vec<Open> = again
        .iter()
        .map(|signaal| Open { vanaf: signaal.dag, vervallen_op: geen_consult(geval, signaal.dag) })
        .collect();
    let (given, _) = koppel(&open, asked);
    let termijnen = again.iter().zip(&open).zip(given).map(|((signaal, open), door)| {
        let school = geval.school_op(signaal.dag);
        let wie = Wie::organisatie(school, geval.verzuimrol(school));
        let wat = "Bespreek met de ouders een consult van de jeugdarts, en vraag het alleen met hun toestemming.";
        Bouw::new(R39, wie, wat, door_signaal(signaal), signaal.dag)
            .kon_weten(geval.kon_weten(signaal))
            .norm(Norm::Bij("als het verzuim na het gesprek doorgaat"))
            .vervuld(door)
            .vervallen(open.vervallen_op.is_some())
            .op(geval.on)
    });
    termijnen.collect::<Vec<_>>().into()
}

/// Rule 40: the ladder of lateness. Up to nine times contact with home; at twelve the school reports; at fifteen
/// leerplicht invites, if the school reported.
pub(super) fn regel_40(geval: &Geval<'_>) -> Uitwerking {
    let signalen: Vec<&Signaal> = geval.signalen(SignaalSoort::TeLaat).collect();
    let bellen = "Neem contact op met de ouders.";
    // One contact settles all steps that were open on that day: nobody calls twice about one habit.
    let mut termijnen = ladder(geval, &signalen, |s| s < LADDER_MELDING, bellen, contacten(geval), gesproken_op);
    let meldingen: Vec<_> = geval.feiten::<Melding>().into_iter().map(|(fact, _)| op_dag(fact)).collect();
    let melden = "Meld het te laat komen bij leerplicht (overig verzuim).";
    let steps = |s| (LADDER_MELDING..LADDER_OPROEP).contains(&s);
    termijnen.extend(ladder(geval, &signalen, steps, melden, meldingen, afgehandeld_op));
    termijnen.extend(oproep(geval, &signalen));
    termijnen.into()
}

/// The steps of the ladder that the school takes.
fn ladder(
    geval: &Geval<'_>,
    signalen: &[&Signaal],
    stap: impl Fn(u32) -> bool,
    wat: &str,
    door: Vec<(FactId, Date)>,
    vervalt: fn(&Geval<'_>, &Signaal) -> Option<Date>,
) -> Vec<Termijn> {
    let these: Vec<&Signaal> = signalen.iter().copied().filter(|signaal| stap(signaal.waarde)).collect();
    let open: Vec<Open> = these.iter().map(|s| Open { vanaf: s.dag, vervallen_op: vervalt(geval, s) }).collect();
    let (given, _) = koppel(&open, door);
    let termijnen = these.iter().zip(&open).zip(given).map(|((signaal, open), door)| {
        let school = geval.school_op(signaal.dag);
        let wie = Wie::organisatie(school, geval.verzuimrol(school));
        let wat = format!("{} keer te laat in een schooljaar. {wat}", signaal.waarde);
        Bouw::new(R40, wie, wat, door_signaal(signaal), signaal.dag)
            .kon_weten(geval.kon_weten(signaal))
            .binnen(schooldagen(geval.r.termijnen.te_laat_schooldagen), geval, school)
            .vervuld(door)
            .vervallen(open.vervallen_op.is_some())
            .op(geval.on)
    });
    termijnen.collect()
}

/// The step that is leerplicht's. Without a melding leerplicht does not know the child, and nothing is asked of it.
fn oproep(geval: &Geval<'_>, signalen: &[&Signaal]) -> Option<Termijn> {
    let signaal = signalen.iter().find(|signaal| signaal.waarde >= LADDER_OPROEP)?;
    let year = schooljaar(signaal.dag);
    let melding = geval.feiten::<Melding>().into_iter().find(|(fact, _)| schooljaar(fact.valid.from) == year)?.0;
    let heard = geval.feiten::<Verhoor>().into_iter().map(|(fact, _)| fact);
    let examined = geval.feiten::<Onderzoek>().into_iter().map(|(fact, _)| fact);
    let first = heard.chain(examined).filter(|fact| fact.valid.from >= signaal.dag).min_by_key(|fact| fact.valid.from);
    let gemeente = geval.gemeente_op(signaal.dag);
    let wie = Wie::organisatie(gemeente, Rol::Leerplichtambtenaar);
    let wat =
        format!("{} keer te laat in een schooljaar. Nodig leerling en ouders uit voor een gesprek.", signaal.waarde);
    let termijn = Bouw::new(R40, wie, wat, door_signaal(signaal), signaal.dag)
        .kon_weten(crate::termijnen::geval::dag(melding).max(geval.kon_weten(signaal)))
        .norm(Norm::Onverwijld)
        .vervuld(first.map(op_dag))
        .op(geval.on);
    Some(termijn)
}

fn zieksignalen<'a>(geval: &Geval<'a>) -> Vec<&'a Signaal> {
    let mut all: Vec<&Signaal> =
        geval.signalen(SignaalSoort::ZiekVaak).chain(geval.signalen(SignaalSoort::ZiekLang)).collect();
    all.sort_by_key(|signaal| signaal.dag);
    all
}

fn verzuimgesprekken<'a>(geval: &Geval<'a>) -> Vec<&'a Fact> {
    let all = geval.feiten::<Gesprek>().into_iter();
    all.filter(|(_, gesprek)| gesprek.soort == GesprekSoort::Verzuimgesprek).map(|(fact, _)| fact).collect()
}

/// Contacts with home: somebody was reached, or sat at the table. An attempt is no contact.
fn contacten(geval: &Geval<'_>) -> Vec<(FactId, Date)> {
    let reached = geval.feiten::<Contact>().into_iter().filter(|(_, c)| c.bereikt && c.met != Met::Partner);
    let talks = geval.feiten::<Gesprek>().into_iter().filter(|(_, g)| g.ouders || g.leerling);
    reached.map(|(fact, _)| op_dag(fact)).chain(talks.map(|(fact, _)| op_dag(fact))).collect()
}

/// The first day, from the signal on, on which somebody had contact or put the signal aside. The verzuimgesprek itself
/// fulfils, so it is not counted here.
fn vervallen_op(geval: &Geval<'_>, signaal: &Signaal) -> Option<Date> {
    let reached = geval.feiten::<Contact>().into_iter().filter(|(_, c)| c.bereikt && c.met != Met::Partner);
    let contact = reached.map(|(fact, _)| fact.valid.from).find(|day| *day >= signaal.dag);
    [contact, afgehandeld_op(geval, signaal)].into_iter().flatten().min()
}

/// The first day, from the signal on, on which somebody spoke with home, or put the signal aside.
fn gesproken_op(geval: &Geval<'_>, signaal: &Signaal) -> Option<Date> {
    let spoken = contacten(geval).into_iter().map(|(_, day)| day).filter(|day| *day >= signaal.dag);
    spoken.chain(afgehandeld_op(geval, signaal)).min()
}

/// The first day on which somebody put down contact about this very signal, or closed it with a reason.
fn afgehandeld_op(geval: &Geval<'_>, signaal: &Signaal) -> Option<Date> {
    let done = |a: &SignaalAfhandeling| matches!(a.afhandeling, Afhandeling::Contact | Afhandeling::Gesloten);
    let all = geval.feiten::<SignaalAfhandeling>();
    all.iter().find(|(_, a)| signaal.is(a) && done(a)).map(|(fact, _)| fact.valid.from)
}

/// The day on which parents or youth said no to the consult.
fn geen_consult(geval: &Geval<'_>, vanaf: Date) -> Option<Date> {
    let objection = geval.feiten::<Consult>().into_iter().filter(|(_, c)| c.stap == ConsultStap::Bezwaar);
    let refused = geval.feiten::<Toestemming>();
    let refused = refused.iter().filter(|(_, t)| t.voor == ToestemmingVoor::JgzBetrokken && !t.gegeven);
    let days = objection.map(|(fact, _)| fact.valid.from).chain(refused.map(|(fact, _)| fact.valid.from));
    days.filter(|day| *day >= vanaf).min()
}

fn schooldagen(dagen: u32) -> Lengte {
    Lengte::afgesproken(aantal(dagen), Eenheid::Schooldagen)
}
