//! A melding as text, in the order in which DUO and pupil systems ask it (Besluit register onderwijsdeelnemers art. 13 and
//! 14): to be copied, so that nobody types it twice.

use convenant::Facet;
use domain::body::{Contactgegevens, Medewerker, Melding, Persoonsgegevens};
use domain::calendar::datum;
use domain::dagbeeld::gecorrigeerd;
use domain::fact::{Actor, Fact};
use domain::period::{Period, from_day_number};
use domain::verzuim::{Duur, Rij, VerzuimSoort};

use super::super::mensen;
use super::super::vormen::GEEN_ACTIE;
use crate::web::kind::Zicht;
use crate::weergave::woorden;

/// Kinds of rows that a melding specifies.
const ZONDER_REDEN: [VerzuimSoort; 3] = [VerzuimSoort::Ongeoorloofd, VerzuimSoort::Luxe, VerzuimSoort::TeLaat];
/// Most days that are specified one by one.
const MAX_DAGEN: usize = 60;

/// The lines, "field: value"; a field of which nothing is known has none.
pub fn tekst(zicht: &Zicht<'_>, fact: &Fact, b: &Melding) -> String {
    let day = |dag: Option<domain::Date>| dag.map(datum).unwrap_or_default();
    let wish = b.actie_gewenst.zichtbaar();
    let none = wish.strip_prefix(GEEN_ACTIE);
    let melder = melder(zicht, fact);
    let telefoons: Vec<String> = thuis_telefoons(zicht);
    let (dagen, uren) = specificatie(zicht, b);
    let lines = [
        ("persoonsgebonden nummer leerling", nummer(zicht)),
        ("begindatum verzuim", datum(b.begin)),
        ("einddatum verzuim", day(b.einde)),
        ("vermoedelijke soort verzuim", format!("{} ({})", b.soort.label(), b.soort.code())),
        ("vermoedelijke reden verzuim", b.reden.zichtbaar().to_owned()),
        ("alle lessen gemist", if b.alle_lessen { "ja" } else { "nee" }.to_owned()),
        ("door school ondernomen actie", b.actie_school.zichtbaar().to_owned()),
        ("actie door gemeente gewenst", if none.is_some() { "nee".to_owned() } else { format!("ja: {wish}") }),
        ("toelichting als geen actie gewenst", none.unwrap_or_default().to_owned()),
        ("naam leslocatie", fact.by.organisatie().map(|id| zicht.r.naam(id).to_owned()).unwrap_or_default()),
        ("melder: naam", melder.as_ref().map(|m| m.naam.zichtbaar().to_owned()).unwrap_or_default()),
        ("melder: functie", melder.as_ref().map(|m| m.functie.clone()).unwrap_or_default()),
        ("melder: telefoon", melder.as_ref().map(|m| m.telefoon.zichtbaar().to_owned()).unwrap_or_default()),
        ("melder: e-mail", melder.as_ref().map(|m| m.email.zichtbaar().to_owned()).unwrap_or_default()),
        ("telefoon ouder of leerling", telefoons.join(", ")),
        ("verzuimspecificatie: dagen", dagen),
        ("verzuimspecificatie: uren", uren),
    ];
    lines.map(|(veld, waarde)| format!("{veld}: {}", waarde.replace('\n', " ")).trim_end().to_owned()).join("\n")
}

fn nummer(zicht: &Zicht<'_>) -> String {
    let may = zicht.mag(Facet::PersoonBsn);
    let persoon = zicht.t.all::<Persoonsgegevens>().map(|(_, persoon)| persoon).filter(|_| may);
    let mut numbers = persoon.filter_map(|p| {
        p.bsn.map(|bsn| bsn.zichtbaar()).or_else(|| p.onderwijsnummer.map(|nummer| nummer.zichtbaar()))
    });
    numbers.next_back().unwrap_or_default()
}

/// Whoever made the melding, as the school's contact.
fn melder<'a>(zicht: &Zicht<'a>, fact: &Fact) -> Option<&'a Medewerker> {
    match fact.by {
        Actor::Medewerker { id, .. } => zicht.register.laatste::<Medewerker>(id),
        _ => None,
    }
}

fn thuis_telefoons(zicht: &Zicht<'_>) -> Vec<String> {
    if !zicht.mag(Facet::PersoonContact) {
        return Vec::new();
    }
    let of = |wie: mensen::Thuis| {
        let contact = match wie.persoon {
            Some(persoon) => zicht.register.laatste::<Contactgegevens>(persoon),
            None => zicht.t.all::<Contactgegevens>().next_back().map(|(_, contact)| contact),
        }?;
        (!contact.telefoon.is_empty()).then(|| format!("{} {}", wie.woorden, contact.telefoon.zichtbaar()))
    };
    mensen::thuis(zicht).into_iter().filter_map(of).collect()
}

/// The days and hours that were missed without valid reason. Illness and suspension are not reported.
fn specificatie(zicht: &Zicht<'_>, b: &Melding) -> (String, String) {
    let dagen = Period::through(b.begin, b.einde.unwrap_or(zicht.bezoek.vandaag));
    let scholen = gecorrigeerd(zicht.t, zicht.bezoek.vandaag);
    let own = scholen.iter().filter(|school| school.school == zicht.bezoek.organisatie);
    let rows = own.flat_map(|school| school.rijen.iter()).filter_map(|packed| Rij::unpack(*packed));
    let missed = rows.filter(|rij| {
        let may = zicht.facetten.contains_all(Facet::van_verzuim(rij.soort));
        may && ZONDER_REDEN.contains(&rij.soort) && dagen.contains(from_day_number(rij.dag.into()))
    });
    let (mut whole, mut hours) = (Vec::new(), Vec::new());
    for rij in missed {
        let dag = woorden::dag(from_day_number(rij.dag.into()), zicht.bezoek.vandaag);
        match rij.duur {
            Duur::Dag => whole.push(dag),
            Duur::Kwartieren(kwartieren) => {
                let les = if rij.lesuur == 0 { String::new() } else { format!(" lesuur {}", rij.lesuur) };
                hours.push(format!("{dag}{les} ({})", woorden::uren(kwartieren.into())));
            }
        }
    }
    let told = |mut all: Vec<String>| {
        let more = all.len().saturating_sub(MAX_DAGEN);
        all.truncate(MAX_DAGEN);
        let rest = if more > 0 { format!(" en nog {more}") } else { String::new() };
        format!("{}{rest}", all.join(", "))
    };
    (told(whole), told(hours))
}
