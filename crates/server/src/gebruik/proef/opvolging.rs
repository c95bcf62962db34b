//! What people in the synthetic region do about ordinary signals: most of the time somebody talks with the parents, and
//! reports what the law wants reported. Now and then nobody does, as in life.

use std::collections::BTreeSet;

use domain::body::{
    Body, Contact, Inschrijving, Kind, Melding, MeldingSoort, MeldingStand, MeldingStatus, Met, SluitReden, Sluiting,
    Wijze,
};
use domain::calendar::begin_van_dag;
use domain::fact::{Actor, Bron, FactId, Grondslag, NewFact, Source};
use domain::ids::{LeerlingId, OrganisatieId, Subject};
use domain::period::Period;
use domain::signaal::{Signaal, SignaalSoort};
use domain::tekst::Tekst;
use domain::{Date, Timestamp};
use register::Register;

/// Of this many signals one is left alone.
const VERGETEN: u64 = 25;
/// Schooldagen between the day a signal can be known and the talk, at most.
const MAX_WACHT: u64 = 4;
/// Working hours begin.
const OCHTEND: i64 = 9 * 3_600;

/// A fact of the year, with its name and the moment it is stated.
pub(super) type Gepland = (Timestamp, FactId, NewFact);

/// Keeps what was already followed up.
#[derive(Debug, Default)]
pub(super) struct Opvolging {
    gezien: BTreeSet<(LeerlingId, String, Date)>,
}

impl Opvolging {
    /// What people do about signals that came up since the last call, for all children but the planted ones.
    pub(super) fn van(&mut self, register: &Register, geplant: &BTreeSet<LeerlingId>, vandaag: Date) -> Vec<Gepland> {
        let mut facts = Vec::new();
        for (leerling, signalen) in register.signalen(2) {
            if geplant.contains(&leerling) {
                continue;
            }
            for signaal in signalen {
                if self.gezien.insert((leerling, signaal.regel.clone(), signaal.dag)) {
                    facts.extend(volg_op(register, leerling, &signaal, vandaag));
                }
            }
        }
        facts.sort_by_key(|(moment, id, _)| (*moment, *id));
        facts
    }
}

fn volg_op(register: &Register, leerling: LeerlingId, signaal: &Signaal, vandaag: Date) -> Vec<Gepland> {
    let draw = mix(leerling.0.get() ^ (domain::period::day_number(signaal.dag) as u64) << 40 ^ signaal.soort as u64);
    let school = register.over(leerling).filter(|fact| fact.valid.from <= signaal.dag);
    let school = school.filter_map(|fact| Inschrijving::of(&fact.body)).next_back().map(|i| i.school);
    let (Some(school), Some(bekend)) = (school, signaal.bekend) else { return Vec::new() };
    let Some(agreed) = register.rules().scholen.get(&school) else { return Vec::new() };
    let wait = u32::try_from(1 + (draw >> 8) % MAX_WACHT).unwrap_or(1);
    let Ok(day) = agreed.kalender.nde_na(bekend.max(signaal.dag), wait) else { return Vec::new() };
    if draw.is_multiple_of(VERGETEN) || day >= vandaag {
        return Vec::new();
    }
    let story = Verhaaltje { leerling, school, draw };
    let talk = story.feit(0, day, day, contact(draw));
    match signaal.soort {
        SignaalSoort::ZiekVaak | SignaalSoort::ZiekLang | SignaalSoort::TeLaat => vec![talk],
        SignaalSoort::ZestienUur => story.melding(MeldingSoort::V3, signaal.dag, day, talk),
        SignaalSoort::Luxe => story.melding(MeldingSoort::L, signaal.dag, day, talk),
        _ => Vec::new(),
    }
}

struct Verhaaltje {
    leerling: LeerlingId,
    school: OrganisatieId,
    draw: u64,
}

impl Verhaaltje {
    fn feit(&self, n: u64, valid: Date, known: Date, body: impl Into<Body>) -> Gepland {
        let body = body.into();
        let fact = NewFact {
            about: Subject::Leerling(self.leerling),
            valid: Period::day(valid),
            by: Actor::Systeem { organisatie: self.school },
            ground: Grondslag::Verzuimadministratie,
            source: Source::of(Bron::School, self.school),
            replaces: None,
            body,
        };
        let minutes = i64::try_from(self.draw % 420).unwrap_or_default() * 60;
        let start = begin_van_dag(known).as_second() + OCHTEND + minutes + i64::try_from(n).unwrap_or_default();
        (Timestamp::from_second(start).unwrap_or_default(), self.id(n), fact)
    }

    fn id(&self, n: u64) -> FactId {
        FactId(u128::from(mix(self.draw ^ 0x5EED)) << 64 | u128::from(mix(self.draw.wrapping_add(n))))
    }

    /// The talk, the melding, that the municipality took note of it, and that this was the end of it.
    fn melding(&self, soort: MeldingSoort, begin: Date, day: Date, talk: Gepland) -> Vec<Gepland> {
        let melding = Melding {
            soort,
            begin,
            einde: Some(begin),
            reden: Tekst::default(),
            alle_lessen: false,
            actie_school: "Gesprek met ouders en leerling".into(),
            actie_gewenst: Tekst::default(),
            meldingsnummer: Tekst::new(&format!("P{:08}", self.draw % 100_000_000)),
        };
        let gemeld = self.feit(1, day, day, melding);
        let stand = MeldingStatus { melding: gemeld.1, status: MeldingStand::TerKennisgeving, reden: Tekst::default() };
        let gezien = self.feit(2, day, day, stand);
        let klaar = Sluiting { reden: SluitReden::Terug, toelichting: Tekst::default() };
        vec![talk, gemeld, gezien, self.feit(3, day, day, klaar)]
    }
}

fn contact(draw: u64) -> Contact {
    let wijze = if draw & 2 == 0 { Wijze::Telefoon } else { Wijze::Gesprek };
    Contact { met: Met::Ouders, wijze, bereikt: true, notitie: Tekst::default() }
}

/// Spreads the bits of a number.
fn mix(n: u64) -> u64 {
    let n = (n ^ (n >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    n ^ (n >> 31)
}
