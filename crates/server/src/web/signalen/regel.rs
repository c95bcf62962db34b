//! One signal in words, and by what it is named in a form.

use convenant::Facetten;
use domain::Date;
use domain::body::{Afhandeling, SignaalAfhandeling, Stem};
use domain::fact::{Actor, Fact, FactId};
use domain::ids::LeerlingId;
use domain::signaal::{Opvolging, Signaal, SignaalSoort};
use domain::tekst::Tekst;
use register::{Register, Samenvatting};

use crate::weergave::herhaling::{Herhaald, per_regel};
use crate::weergave::{feiten, werk, woorden};

/// A signal, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signaalregel {
    /// What fired, with its value.
    pub wat: String,
    /// The rule in plain words.
    pub zin: String,
    /// Where the rule stands.
    pub bron: String,
    /// The first day on which it fired; with the day it had before rows moved it.
    pub dag: String,
    /// Since when it could be known.
    pub bekend: String,
    /// Whether days that count were not delivered.
    pub onvolledig: bool,
    /// What became of it.
    pub stand: String,
    /// Whether somebody has to do something.
    pub open: bool,
    /// Its name in a form.
    pub naam: Naam,
    /// Its place among all that are told of the child: by this its fields are named.
    pub plek: usize,
    /// Earlier ones of the same rule, newest first.
    pub eerdere: Vec<Signaalregel>,
}

/// By what a form names a signal of a child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naam {
    /// Name of the rule.
    pub regel: String,
    /// First day.
    pub dag: Date,
    /// The step.
    pub stap: u16,
}

impl Naam {
    /// Of a signal.
    pub fn van(signaal: &Signaal) -> Self {
        Naam { regel: signaal.regel.clone(), dag: signaal.dag, stap: signaal.stap }
    }

    /// As a field of a form holds it.
    pub fn tekst(&self) -> String {
        format!("{} {} {}", self.dag, self.stap, self.regel)
    }

    /// What such a field says.
    pub fn lees(tekst: &str) -> Option<Self> {
        let (dag, rest) = tekst.split_once(' ')?;
        let (stap, regel) = rest.split_once(' ')?;
        Some(Naam { regel: regel.to_owned(), dag: dag.parse().ok()?, stap: stap.parse().ok()? })
    }

    /// What somebody did about it.
    pub fn afhandeling(&self, afhandeling: Afhandeling, reden: Tekst, stem: Stem) -> SignaalAfhandeling {
        SignaalAfhandeling {
            regel: Tekst::new(&self.regel),
            eerste_dag: self.dag,
            stap: Some(self.stap),
            afhandeling,
            reden,
            stem,
        }
    }
}

/// Who looks at signals of which child, in which region.
pub struct Lezing<'a> {
    pub register: &'a Register,
    pub vandaag: Date,
    pub wie: Actor,
    pub leerling: LeerlingId,
    pub samenvatting: &'a Samenvatting,
    pub facetten: Facetten,
}

impl Signaalregel {
    /// A signal of a child.
    pub fn van(lezing: &Lezing<'_>, signaal: &Signaal, opvolging: Opvolging) -> Self {
        let op = lezing.vandaag;
        let rule = lezing.register.signaalregel(&signaal.regel, signaal.dag);
        let dag = match signaal.was {
            Some(was) => {
                format!("{} (was {})", woorden::weekdag(signaal.dag, op), woorden::dag(was, op))
            }
            None => woorden::weekdag(signaal.dag, op),
        };
        Signaalregel {
            wat: woorden::zin(&werk::waarde(signaal)),
            zin: rule.map_or_else(String::new, |rule| match signaal.soort {
                SignaalSoort::NadertZestienUur => {
                    format!("Een waarschuwing vooraf. Waar het op aan komt: {}", rule.zin)
                }
                _ => rule.zin.clone(),
            }),
            bron: rule.map_or_else(String::new, |rule| rule.bron.clone()),
            dag,
            bekend: signaal.bekend.map_or_else(|| "niet bekend".to_owned(), |dag| woorden::dag(dag, op)),
            onvolledig: signaal.onvolledig,
            stand: lezing.stand(opvolging),
            open: opvolging.is_open(),
            naam: Naam::van(signaal),
            plek: 0,
            eerdere: Vec::new(),
        }
    }

    /// Of a rule that fired more than once: the newest, with the earlier ones.
    pub fn herhaald(lezing: &Lezing<'_>, told: &Herhaald<'_>) -> Self {
        let one = |(signaal, opvolging): &(&Signaal, Opvolging)| Signaalregel::van(lezing, signaal, *opvolging);
        let newest = Signaalregel::van(lezing, told.signaal, told.opvolging);
        Signaalregel { eerdere: told.eerdere.iter().map(one).collect(), ..newest }
    }

    /// "En 3 eerdere signalen"; `None` when it fired once. Of which some are newer than the one that waits, these are
    /// others.
    pub fn en_eerdere(&self) -> Option<String> {
        let n = u32::try_from(self.eerdere.len()).unwrap_or(u32::MAX);
        let earlier = self.eerdere.iter().all(|other| other.naam.dag <= self.naam.dag);
        let (one, more) =
            if earlier { ("eerder signaal", "eerdere signalen") } else { ("ander signaal", "andere signalen") };
        (n > 0).then(|| format!("En {}", woorden::aantal(n, one, more)))
    }
}

impl Lezing<'_> {
    /// The signals of the child that the reader may see, one for each rule with what became of it, the earlier ones behind
    /// it; the newest first.
    pub fn regels(&self) -> Vec<Signaalregel> {
        let all = per_regel(self.samenvatting.signalen_met_opvolging_voor(self.facetten));
        let mut regels: Vec<Signaalregel> = all.iter().rev().map(|told| Signaalregel::herhaald(self, told)).collect();
        let mut plek = 0;
        for regel in &mut regels {
            for one in std::iter::once(&mut regel.plek).chain(regel.eerdere.iter_mut().map(|earlier| &mut earlier.plek))
            {
                plek += 1;
                *one = plek;
            }
        }
        regels
    }

    fn stand(&self, opvolging: Opvolging) -> String {
        let (woord, door) = match opvolging {
            Opvolging::Nieuw => return "nieuw".to_owned(),
            // Who says so stands with their words, under the signal itself.
            Opvolging::Betwist(id) => {
                let op = self.feit(id).map(|fact| format!("op {} ", woorden::dag(fact.valid.from, self.vandaag)));
                return format!("iemand zei {}dat dit niet klopt", op.unwrap_or_default());
            }
            Opvolging::Opgepakt(id) => ("opgepakt", id),
            Opvolging::Afgehandeld(id) => ("afgehandeld", id),
        };
        match self.feit(door) {
            Some(fact) => {
                let dag = woorden::dag(fact.valid.from, self.vandaag);
                let how = match opvolging {
                    Opvolging::Afgehandeld(_) => feiten::wat(&fact.body, self.register.rules(), self.vandaag),
                    _ => feiten::door(fact, self.register.rules()),
                };
                format!("{woord} op {dag}: {how}")
            }
            None => woord.to_owned(),
        }
    }

    /// The fact behind it, for whoever may read it.
    fn feit(&self, id: FactId) -> Option<&Fact> {
        let all = self.register.zelfde(self.leerling).into_iter().flat_map(|leerling| self.register.over(leerling));
        let convenant = self.register.convenant(self.vandaag);
        let rules = self.register.rules();
        let reads = |fact: &&Fact| convenant.leest(&self.wie, &self.samenvatting.kring, fact, rules).is_ja();
        all.filter(|fact| fact.id == id).find(reads)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_names_a_signal_by_rule_day_and_step() {
        let naam = Naam { regel: "16 uur, nadert".to_owned(), dag: Date::constant(2026, 3, 3), stap: 48 };
        assert_eq!(Naam::lees(&naam.tekst()), Some(naam));
        for odd in ["", "2026-03-03", "2026-03-03 x weg", "gisteren 0 weg"] {
            assert_eq!(Naam::lees(odd), None, "{odd}");
        }
    }
}
