//! One child in a few lines: what lists, counts and the morning's work rest on. Derived, never stored.

use convenant::{Facet, Facetten};
use domain::aan_zet::{AanZet, aan_zet_van};
use domain::dossier::{Dossier, dossier_van};
use domain::klok::Klok;
use domain::kring::Kring;
use domain::region::Rules;
use domain::signaal::{Opvolging, Signaal, VervallenSignaal, opvolging};
use domain::status::passend::passend;
use domain::status::{Status, status_van};
use domain::termijnen::{Geval, Termijn, Wie, uitwerking_van};
use domain::timeline::Timeline;
use jiff::civil::Date;

use crate::Kaart;
use crate::zoeken::Trefwoorden;

/// How a child stands on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Samenvatting {
    /// The status that heads its page.
    pub status: Status,
    /// The clock, if one is open.
    pub klok: Option<Box<Klok>>,
    /// Whether parents and child call an offer *passend*.
    pub passend: bool,
    /// Whether there is a dossier.
    pub dossier: Dossier,
    /// Who owes the next step, in an open dossier.
    pub aan_zet: Option<Box<AanZet>>,
    /// Terms that are open, today or late, and that somebody has to meet.
    pub termijnen: Box<[Termijn]>,
    /// Signals of the school year of the day, in order of day.
    pub signalen: Box<[Signaal]>,
    /// What became of each of these, in the same order.
    pub opvolging: Box<[Opvolging]>,
    /// Signals of that school year that went because absence was put right, after somebody had acted on them.
    pub vervallen: Box<[VervallenSignaal]>,
    /// Who it is and where it goes.
    pub kaart: Kaart,
    /// Everybody around the child: who may see it follows from this, under the convenant.
    pub kring: Kring,
    /// By what it is found.
    pub(crate) trefwoorden: Trefwoorden,
    /// What each of the terms asks of its reader.
    vraagt_termijnen: Box<[Facetten]>,
    /// What being told who is aan zet asks of its reader.
    vraagt_aan_zet: Facetten,
}

impl Samenvatting {
    /// Derives it from all that is known about the child; what signals went the register knows.
    pub fn of(timeline: &Timeline, on: Date, rules: &Rules) -> Self {
        let year = domain::period::schooljaar_period(domain::period::schooljaar(on));
        let recent = |signaal: &&Signaal| year.contains(signaal.dag) && signaal.dag <= on;
        let signalen: Box<[Signaal]> = timeline.signalen.iter().filter(recent).cloned().collect();
        let geval = Geval::new(timeline, on, rules);
        let aan_zet = aan_zet_van(&geval).value;
        let all = uitwerking_van(&geval).termijnen;
        let asks = |termijn: &Termijn| Facet::van_termijn(timeline, rules, termijn);
        let vraagt_aan_zet = aan_zet.as_ref().map(|aan_zet| Facet::van_aan_zet(timeline, rules, aan_zet, &all));
        let termijnen: Box<[Termijn]> = all.into_iter().filter(is_owed).collect();
        Samenvatting {
            status: status_van(&geval).value,
            klok: geval.klok().cloned().map(Box::new),
            passend: passend(timeline, on).value,
            dossier: dossier_van(&geval).value,
            vraagt_termijnen: termijnen.iter().map(asks).collect(),
            vraagt_aan_zet: vraagt_aan_zet.unwrap_or_default(),
            aan_zet: aan_zet.map(Box::new),
            termijnen,
            opvolging: signalen.iter().map(|signaal| opvolging(timeline, signaal, on)).collect(),
            signalen,
            vervallen: Box::default(),
            kaart: Kaart::van(timeline, on),
            trefwoorden: Trefwoorden::van(timeline, on),
            kring: Kring::van(&geval),
        }
    }

    /// The terms that somebody with these facets may see: not all terms of a child are for all who see some.
    pub fn termijnen_voor(&self, facetten: Facetten) -> impl Iterator<Item = &Termijn> {
        let asked = self.termijnen.iter().zip(&self.vraagt_termijnen);
        asked.filter(move |(_, asks)| facetten.contains_all(**asks)).map(|(termijn, _)| termijn)
    }

    /// Who is aan zet, for somebody with these facets.
    pub fn aan_zet_voor(&self, facetten: Facetten) -> Option<&AanZet> {
        self.aan_zet.as_deref().filter(|_| facetten.contains_all(self.vraagt_aan_zet))
    }

    /// The signals that somebody with these facets may see.
    pub fn signalen_voor(&self, facetten: Facetten) -> impl Iterator<Item = &Signaal> {
        self.signalen_met_opvolging_voor(facetten).map(|(signaal, _)| signaal)
    }

    /// The signals that went, of those that somebody with these facets may see.
    pub fn vervallen_voor(&self, facetten: Facetten) -> impl Iterator<Item = &VervallenSignaal> {
        let seen = move |gone: &&VervallenSignaal| facetten.contains_all(Facet::van_signaal(gone.signaal.soort));
        self.vervallen.iter().filter(seen)
    }

    /// The same, each with what became of it.
    pub fn signalen_met_opvolging_voor(&self, facetten: Facetten) -> impl Iterator<Item = (&Signaal, Opvolging)> {
        let all = self.signalen.iter().zip(self.opvolging.iter().copied());
        all.filter(move |(signaal, _)| facetten.contains_all(Facet::van_signaal(signaal.soort)))
    }
}

/// Dates that are only good to know, as the day on which a duty ends, are nobody's work.
fn is_owed(termijn: &Termijn) -> bool {
    termijn.is_open() && termijn.wie != Wie::Niemand
}
