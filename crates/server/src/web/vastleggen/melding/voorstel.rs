//! A melding as the register would fill it in: which kind, why, since when, and what the school did.

use domain::Date;
use domain::body::{Body, Contact, Gesprek, IndelingSoort, Melding, MeldingSoort, Met, Wijze};
use domain::dagbeeld::{DagDeelname, Dagbeeld, gecorrigeerd};
use domain::fact::Fact;
use domain::ids::OrganisatieId;
use domain::klok::KlokStand;
use domain::period::{from_day_number, plus_days};
use domain::region::Rules;
use domain::termijnen::{Aanleiding, Termijn, Wie};
use domain::timeline::Timeline;
use domain::verzuim::{Rij, VerzuimSoort};

use crate::web::kind::Zicht;
use crate::weergave::woorden;

/// Coming of age, in years: from then on other kinds hold.
const MEERDERJARIG: i16 = 18;
/// Days before a signal in which the absence is looked for that it counted.
const VENSTER: i32 = 28;
/// Days before the absence from which what the school did is told.
const AANLOOP: i32 = 14;
/// Most things that the school did which are told.
const MAX_ACTIES: usize = 12;

/// A melding to start from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voorstel {
    /// As it would be made.
    pub melding: Melding,
    /// Why this kind, in sentences.
    pub waarom: Vec<String>,
}

/// Fills in what is known.
pub fn voorstel(zicht: &Zicht<'_>) -> Voorstel {
    let (soort, begin, why) = aanleiding(zicht).unwrap_or_else(|| zonder(zicht));
    let mut waarom = vec![why];
    let newest = zicht.t.all::<Melding>().rfind(|(fact, _)| zicht.mag_feit(fact));
    waarom.extend(newest.map(|(fact, earlier)| {
        let on = woorden::dag(fact.valid.from, zicht.bezoek.vandaag);
        format!("Er is al een melding van {on}: {}.", earlier.soort.label())
    }));
    let melding = Melding {
        soort,
        begin,
        einde: None,
        reden: Default::default(),
        alle_lessen: alle_lessen(zicht, begin),
        actie_school: acties(zicht, begin).as_str().into(),
        actie_gewenst: "Wij vragen u om met de leerling en de ouders in gesprek te gaan.".into(),
        meldingsnummer: Default::default(),
    };
    Voorstel { melding, waarom }
}

/// The kind that an open term of the own school asks for, the heaviest first.
fn aanleiding(zicht: &Zicht<'_>) -> Option<(MeldingSoort, Date, String)> {
    const GEMIST: &[VerzuimSoort] = &[VerzuimSoort::Ongeoorloofd, VerzuimSoort::Luxe];
    let own = zicht.bezoek.organisatie;
    let open = |regels: &[&str]| {
        let all = zicht.vandaag.termijnen.iter();
        let asks = |termijn: &&Termijn| regels.contains(&termijn.regel.regel) && is_van(termijn, own, zicht.r);
        all.filter(asks).min_by_key(|termijn| termijn.dag_zelf)
    };
    let kind = [
        (open(&["7"]), MeldingSoort::Lrv, GEMIST),
        (open(&["10"]), MeldingSoort::Rmc, GEMIST),
        (open(&["5", "6"]), MeldingSoort::V3, GEMIST),
        (open(&["8"]), MeldingSoort::L, &[VerzuimSoort::Luxe]),
    ];
    let (termijn, soort, soorten) = kind.into_iter().find_map(|(found, soort, rows)| Some((found?, soort, rows)))?;
    let begin = begin(zicht, termijn, soorten);
    let since = woorden::dag(begin, zicht.bezoek.vandaag);
    let why = match soort {
        MeldingSoort::Lrv | MeldingSoort::Rmc => {
            format!("De leerling mist sinds {since} lessen zonder geldige reden, langer dan vier weken.")
        }
        MeldingSoort::L => format!("Er is een signaal van vakantie zonder verlof, vanaf {since}."),
        _ => {
            let fired = woorden::dag(termijn.dag_zelf, zicht.bezoek.vandaag);
            format!("Op {fired} miste de leerling 16 uur zonder geldige reden in vier lesweken.")
        }
    };
    Some((soort, begin, format!("{why} {}", soort_gekozen(soort))))
}

fn soort_gekozen(soort: MeldingSoort) -> String {
    format!("Daarom staat de soort op {} ({}).", soort.label(), soort.code())
}

/// The first day of the absence behind a term.
fn begin(zicht: &Zicht<'_>, termijn: &Termijn, soorten: &[VerzuimSoort]) -> Date {
    match termijn.aanleiding {
        Aanleiding::Verzuim { begin } | Aanleiding::Klok { begin } => begin,
        Aanleiding::Signaal { dag, .. } => {
            let gemist = gemist(zicht.t, zicht.bezoek.vandaag, zicht.bezoek.organisatie, soorten);
            gemist.into_iter().find(|day| plus_days(dag, -VENSTER) < *day && *day <= dag).unwrap_or(dag)
        }
        _ => termijn.dag_zelf,
    }
}

/// Whether a term is for this school, or for the board that answers for it.
fn is_van(termijn: &Termijn, school: OrganisatieId, r: &Rules) -> bool {
    let Wie::Organisatie { organisatie: Some(owes), .. } = termijn.wie else { return false };
    let bestuur = r.scholen.get(&school).and_then(|school| school.bij(IndelingSoort::Bestuur, termijn.dag_zelf));
    owes == school || Some(owes) == bestuur
}

/// The days on which something of these kinds was missed at this school, in order.
fn gemist(t: &Timeline, op: Date, school: OrganisatieId, soorten: &[VerzuimSoort]) -> Vec<Date> {
    let own = gecorrigeerd(t, op).into_iter().filter(|verzuim| verzuim.school == school);
    let rows = own.flat_map(|verzuim| verzuim.rijen.to_vec()).filter_map(Rij::unpack);
    rows.filter(|rij| soorten.contains(&rij.soort)).map(|rij| from_day_number(rij.dag.into())).collect()
}

/// Nothing asks for a melding: one may be made all the same, as other absence or, from 18, as a voluntary one.
fn zonder(zicht: &Zicht<'_>) -> (MeldingSoort, Date, String) {
    let vandaag = zicht.bezoek.vandaag;
    let klok = zicht.vandaag.klok.as_ref().filter(|klok| klok.stand == KlokStand::Loopt);
    let begin = klok.map_or(vandaag, |klok| klok.begin);
    let adult = zicht.vandaag.kring.leeftijd().is_some_and(|jaren| jaren >= MEERDERJARIG);
    let soort = if adult { MeldingSoort::V4 } else { MeldingSoort::O };
    let why = "Er is nu geen signaal dat om een melding vraagt. Ziekte en schorsing worden niet vanzelf gemeld. \
               Een melding mag, als u zich zorgen maakt en contact had met de ouders.";
    (soort, begin, format!("{why} {}", soort_gekozen(soort)))
}

/// Whether all lessons were missed since a day, as far as known.
fn alle_lessen(zicht: &Zicht<'_>, begin: Date) -> bool {
    let beeld = Dagbeeld::of(zicht.t, zicht.bezoek.vandaag, zicht.r);
    let mut known = beeld.vanaf(begin).iter().filter(|dag| dag.deelname != DagDeelname::Onbekend).peekable();
    known.peek().is_some() && known.all(|dag| dag.deelname == DagDeelname::Geen)
}

/// What the school did by itself, in a line each; never what was said, and never youth health care.
fn acties(zicht: &Zicht<'_>, begin: Date) -> String {
    let since = plus_days(begin, -AANLOOP);
    let own = |fact: &&Fact| fact.by.organisatie() == Some(zicht.bezoek.organisatie) && fact.valid.from >= since;
    let mut done: Vec<(Date, String)> =
        zicht.t.standing().filter(own).filter_map(|fact| Some((fact.valid.from, actie(&fact.body)?))).collect();
    done.sort();
    done.dedup();
    done.drain(..done.len().saturating_sub(MAX_ACTIES));
    let line = |(dag, what): &(Date, String)| format!("{}: {what}.", woorden::dag(*dag, zicht.bezoek.vandaag));
    done.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn actie(body: &Body) -> Option<String> {
    Some(match body {
        Body::Contact(Contact { met: Met::Partner, .. }) => return None,
        Body::Contact(Contact { wijze, bereikt: false, .. }) => woorden::poging(*wijze).to_owned(),
        Body::Contact(Contact { wijze, met, .. }) => match wijze {
            Wijze::Telefoon => format!("gebeld met {}", met.label()),
            Wijze::Huisbezoek => format!("op huisbezoek bij {}", met.label()),
            Wijze::Gesprek => format!("gesproken met {}", met.label()),
            Wijze::Bericht => format!("bericht gestuurd aan {}", met.label()),
        },
        Body::Gesprek(Gesprek { soort, ouders, leerling, .. }) => {
            let with = match (ouders, leerling) {
                (true, true) => " met ouders en leerling",
                (true, false) => " met ouders",
                (false, true) => " met de leerling",
                (false, false) => "",
            };
            format!("{}{with}", soort.label())
        }
        Body::Plan(_) => "plan gemaakt".to_owned(),
        Body::Aanbod(_) => "aanbod gedaan".to_owned(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use domain::signaal::{Signaal, SignaalSoort};
    use domain::termijnen::termijnen;
    use testkit::{BESTUUR, SCHOOL, SCHOOL_TWEE, dag, kind, regio};

    use super::*;

    #[test]
    fn a_school_reports_what_it_owes_itself_and_the_days_that_were_missed_there() {
        let (weg, daarna, op) = (dag(2026, 3, 2), dag(2026, 3, 9), dag(2026, 3, 20));
        let child = kind(dag(2012, 3, 10)).ingeschreven(SCHOOL, dag(2025, 8, 1)).dagen(SCHOOL, weg, "oo...");
        let child = child
            .uitgeschreven(SCHOOL, dag(2026, 3, 6), domain::body::UitschrijfReden::AndereSchool)
            .ingeschreven(SCHOOL_TWEE, dag(2026, 3, 7))
            .dagen(SCHOOL_TWEE, daarna, "..o..");
        let fired = |dag, van| Signaal {
            regel: "zestien_uur".to_owned(),
            soort: SignaalSoort::ZestienUur,
            dag,
            van,
            stap: 0,
            was: None,
            waarde: 64,
            bekend: None,
            onvolledig: false,
        };
        let signalen = vec![fired(dag(2026, 3, 3), weg), fired(dag(2026, 3, 11), daarna)];
        let t = child.timeline().with_signalen(signalen);
        let missed = |school| gemist(&t, op, school, &[VerzuimSoort::Ongeoorloofd]);
        assert_eq!(missed(SCHOOL), [weg, dag(2026, 3, 3)]);
        assert_eq!(missed(SCHOOL_TWEE), [dag(2026, 3, 11)]);
        let r = regio();
        let all = termijnen(&t, op, &r);
        let owed = |school| -> Vec<Date> {
            let melden = all.iter().filter(|termijn| termijn.regel.regel == "5" && is_van(termijn, school, &r));
            melden.map(|termijn| termijn.dag_zelf).collect()
        };
        assert_eq!((owed(SCHOOL), owed(SCHOOL_TWEE)), (vec![dag(2026, 3, 3)], vec![dag(2026, 3, 11)]));
        // What the board owes, of a pupil of age, its school reports.
        let jan = kind(dag(2007, 10, 1)).ingeschreven(SCHOOL, dag(2025, 8, 1));
        let jan = jan.dagen(SCHOOL, dag(2026, 1, 5), &"ooooo".repeat(5)).timeline();
        let all = termijnen(&jan, dag(2026, 2, 9), &r);
        let rmc = all.iter().find(|termijn| termijn.regel.regel == "10").unwrap();
        assert!(matches!(rmc.wie, Wie::Organisatie { organisatie: Some(BESTUUR), .. }) && is_van(rmc, SCHOOL, &r));
    }
}
