//! Rules 58-61: what the clock of three months asks. They exist only while the clock is open, in an open dossier: at the end
//! of the duty the dossier closes, also when the clock goes on. Leerplicht is asked here only for a child that is not enrolled: a clock of illness or suspension never
//! reaches it by itself.

use crate::body::{Besluit, BesluitSoort, Gesprek, GesprekSoort, Ondersteuningsvraag, Plan, Taak, Verantwoordelijke};
use crate::calendar::{Eenheid, Termijn as Lengte};
use crate::dossier::dossier_van;
use crate::fact::{Fact, Rol};
use crate::ids::{MedewerkerId, OrganisatieId};
use crate::in_beeld;
use crate::klok::{Gehaald, Klok, KlokStand, Label, Oneens};
use crate::period::plus_days;
use crate::rules::{R58, R59, R60, R61};
use crate::termijnen::geval::op_dag;
use crate::termijnen::melding::aantal;
use crate::termijnen::{Aanleiding, Bouw, Geval, Norm, Termijn, Uitwerking, Wie};

/// Week in which the status, the casusregisseur and the plan are due: the first warning, and this many days after the
/// start when the protocol names none.
const WEEK_VIER: i32 = 28;

/// Rule 58: an owner within a schoolday after the clock opened.
pub(super) fn regel_58(geval: &Geval<'_>) -> Uitwerking {
    let Some(klok) = klok_in_dossier(geval) else { return Uitwerking::default() };
    let school = geval.school_op(geval.on);
    let owner = verantwoordelijke(geval, |_| true);
    let termijn = Bouw::new(R58, eerste_partij(geval), "Wijs een verantwoordelijke aan.", door(klok), klok.begin)
        .kon_weten(klok.gebleken)
        .binnen(
            Lengte::afgesproken(aantal(geval.r.termijnen.eigenaar_schooldagen), Eenheid::Schooldagen),
            geval,
            school,
        )
        .vervuld(owner.map(|(fact, _)| op_dag(fact)))
        .op(geval.on);
    vec![termijn].into()
}

/// Rule 59: at four weeks a casusregisseur and a plan; where the clock was known only after that, on the day it was.
pub(super) fn regel_59(geval: &Geval<'_>) -> Uitwerking {
    let Some(klok) = klok_in_dossier(geval) else { return Uitwerking::default() };
    let week_vier = klok.waarschuwingen.first().map_or(plus_days(klok.begin, WEEK_VIER), |w| w.op);
    let uiterlijk = week_vier.max(klok.gebleken);
    let wie = || regie(geval, klok);
    let regisseur = verantwoordelijke(geval, |v| v.taak == Taak::Casusregisseur);
    let plan = geval.t.on::<Plan>(geval.on).min_by_key(|(fact, _)| (fact.valid.from, fact.id)).map(|(fact, _)| fact);
    let asked = [
        ("Wijs een casusregisseur aan.", regisseur.map(|(fact, _)| fact)),
        ("Maak met leerling en ouders een plan.", plan),
    ];
    let termijnen = asked.map(|(wat, fact)| {
        Bouw::new(R59, wie(), wat, door(klok), klok.begin)
            .kon_weten(klok.gebleken)
            .uiterlijk(uiterlijk)
            .vervuld(fact.map(op_dag))
            .op(geval.on)
    });
    Vec::from(termijnen).into()
}

/// Rule 60: within three months a fitting offer has begun; warnings on the way.
pub(super) fn regel_60(geval: &Geval<'_>) -> Uitwerking {
    let Some(klok) = klok_in_dossier(geval) else { return Uitwerking::default() };
    let aanbod = match klok.stand {
        KlokStand::Gestopt { vanaf, aanbod, .. } | KlokStand::ZorgLoopt { vanaf, aanbod, .. } => Some((aanbod, vanaf)),
        _ => None,
    };
    let termijn =
        Bouw::new(R60, eigenaar(geval, klok), "Zorg dat een passend aanbod is begonnen.", door(klok), klok.begin)
            .kon_weten(klok.gebleken)
            .norm(Norm::OpDatum)
            .uiterlijk(klok.doel)
            .waarschuwingen(klok.waarschuwingen.iter().map(|w| w.op).collect())
            .vervuld(aanbod)
            .op(geval.on);
    let casustafel = klok.oneens.as_ref().and_then(|oneens| casustafel(geval, klok, oneens));
    [Some(termijn), casustafel, herziening(geval, klok)].into_iter().flatten().collect::<Vec<_>>().into()
}

/// *Aanbod gedaan, niet eens*: the casustafel meets, with both views.
fn casustafel(geval: &Geval<'_>, klok: &Klok, oneens: &Oneens) -> Option<Termijn> {
    let said = oneens.reacties.iter().filter_map(|id| geval.t.fact(*id)).map(|fact| fact.valid.from).max()?;
    let talks = geval.feiten::<Gesprek>();
    let held = talks.iter().find(|(fact, g)| g.soort == GesprekSoort::Casustafel && fact.valid.from >= said);
    let wat = "Houd een casustafel over het aanbod, met ouders en leerling erbij.";
    let bouw = Bouw::new(R60, eigenaar(geval, klok), wat, Aanleiding::Feit(oneens.aanbod), said)
        .vervuld(held.map(|(fact, _)| op_dag(fact)));
    let bouw = match oneens.casustafel_uiterlijk {
        Some(dag) => bouw.uiterlijk(dag),
        None => bouw.norm(Norm::Onverwijld),
    };
    Some(bouw.op(geval.on))
}

/// Care without education is looked at again: can learning begin?
fn herziening(geval: &Geval<'_>, klok: &Klok) -> Option<Termijn> {
    let KlokStand::ZorgLoopt { vanaf, aanbod, herzien_uiterlijk } = klok.stand else { return None };
    let talks = geval.feiten::<Gesprek>();
    let held = talks.iter().find(|(fact, g)| (g.ouders || g.leerling) && fact.valid.from > vanaf);
    let wat = "Bespreek met leerling en ouders of leren weer kan beginnen.";
    let bouw = Bouw::new(R60, eigenaar(geval, klok), wat, Aanleiding::Feit(aanbod), vanaf).uiterlijk(herzien_uiterlijk);
    Some(bouw.vervuld(held.map(|(fact, _)| op_dag(fact))).op(geval.on))
}

/// Rule 61: doorzettingsmacht in week eleven while no offer has begun; and past three months a number, without a name,
/// in the overview for the OOGO.
pub(super) fn regel_61(geval: &Geval<'_>) -> Uitwerking {
    let Some(klok) = klok_in_dossier(geval) else { return Uitwerking::default() };
    let besluiten = geval.feiten::<Besluit>();
    let decided = besluiten
        .iter()
        .find(|(fact, b)| b.soort == BesluitSoort::Doorzettingsmacht && fact.valid.from >= klok.begin)
        .map(|(fact, _)| op_dag(fact));
    let offered = matches!(klok.stand, KlokStand::Gestopt { .. } | KlokStand::ZorgLoopt { .. });
    let wat = "Leg voor aan de doorzettingsmacht.";
    let mut termijnen: Vec<Termijn> = vec![
        Bouw::new(R61, eigenaar(geval, klok), wat, door(klok), klok.begin)
            .kon_weten(klok.gebleken)
            .uiterlijk(klok.doorzettingsmacht_uiterlijk)
            .vervuld(decided)
            .vervallen(offered)
            .op(geval.on),
    ];
    if klok.gehaald == Gehaald::Nee {
        let wat = "Drie maanden voorbij: telt mee in het overzicht voor het OOGO, als aantal en zonder naam.";
        let count =
            Bouw::new(R61, Wie::Niemand, wat, door(klok), klok.doel).norm(Norm::Bij("bij drie maanden voorbij"));
        termijnen.push(count.op(geval.on));
    }
    termijnen.into()
}

/// The clock that is open, of a dossier that is open.
fn klok_in_dossier<'a>(geval: &'a Geval<'_>) -> Option<&'a Klok> {
    geval.klok().filter(|_| dossier_van(geval).value.open_sinds().is_some())
}

fn door(klok: &Klok) -> Aanleiding {
    Aanleiding::Klok { begin: klok.begin }
}

/// The person named last, of those whose period holds the day.
fn verantwoordelijke<'a>(
    geval: &Geval<'a>,
    which: impl Fn(&Verantwoordelijke) -> bool,
) -> Option<(&'a Fact, &'a Verantwoordelijke)> {
    geval.t.on::<Verantwoordelijke>(geval.on).filter(|(_, v)| which(v)).last()
}

/// Who carries the case: the casusregisseur, else the owner, else the first party.
fn eigenaar(geval: &Geval<'_>, klok: &Klok) -> Wie {
    let named =
        verantwoordelijke(geval, |v| v.taak == Taak::Casusregisseur).or_else(|| verantwoordelijke(geval, |_| true));
    match named {
        Some((_, v)) => persoon(v.organisatie, v.medewerker),
        None => regie(geval, klok),
    }
}

fn persoon(organisatie: OrganisatieId, medewerker: MedewerkerId) -> Wie {
    Wie::Organisatie { organisatie: Some(organisatie), rol: None, medewerker: Some(medewerker) }
}

/// The school of enrolment; for a child that is not enrolled leerplicht of the municipality of residence.
fn eerste_partij(geval: &Geval<'_>) -> Wie {
    match geval.school_op(geval.on) {
        Some(school) => Wie::organisatie(Some(school), geval.verzuimrol(Some(school))),
        None => Wie::organisatie(geval.gemeente_op(geval.on), Rol::Leerplichtambtenaar),
    }
}

/// Who sees to casusregie: the samenwerkingsverband once it was asked (before that it knows no name), else the first
/// party. A clock of illness stays with the school.
fn regie(geval: &Geval<'_>, klok: &Klok) -> Wie {
    let asked = !geval.feiten::<Ondersteuningsvraag>().is_empty();
    let ill = klok.labels.contains(&Label::ZiekOnderwijsInOverleg);
    let swv = in_beeld::swv(geval, geval.school_op(geval.on)).filter(|_| asked && !ill);
    swv.map_or_else(|| eerste_partij(geval), |swv| Wie::organisatie(Some(swv), Rol::Consulent))
}
