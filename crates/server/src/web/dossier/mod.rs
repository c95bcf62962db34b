//! The dossier of one child: where it stands, its course, its absence, all that was stated, and two sheets to take along.
//!
//! Every page can be seen as of another day. What is shown is judged by today's rights; what is not for the reader is not
//! in the model of the page.

mod belkaart;
mod gegevens;
mod gesprekken;
mod klok;
mod kop;
mod mdo;
mod overzicht;
#[cfg(test)]
mod tests;
mod tijdlijn;
mod verzuim;

use domain::Date;
use domain::period::plus_days;
use serde::Deserialize;

use super::formulier::lees_dag;
use super::kader::BIJ_KINDEREN;
use super::kind;
use super::wegen::{Publiek, Wegen};
use crate::weergave::{self, Peil};

/// How far ahead one can look, in days: what is due then if nothing changes.
const VOORUIT: i32 = 365;
/// How far back one can look of a child whose birth date is not known or not shown, in days.
const TERUG: i32 = 20 * 365;

/// The pages of the dossier.
pub fn wegen(wegen: Wegen) -> Wegen {
    let voor = Publiek::Rollen(BIJ_KINDEREN);
    wegen
        .get("/leerling/{leerling}", voor, overzicht::blad)
        .get("/leerling/{leerling}/tijdlijn", voor, tijdlijn::blad)
        .get("/leerling/{leerling}/verzuim", voor, verzuim::blad)
        .get("/leerling/{leerling}/gesprekken", voor, gesprekken::blad)
        .get("/leerling/{leerling}/gegevens", voor, gegevens::blad)
        .get("/leerling/{leerling}/mdo", voor, mdo::blad)
        .get("/leerling/{leerling}/belkaart", voor, belkaart::blad)
}

/// What may stand behind the address of a page.
#[derive(Debug, Default, Deserialize)]
pub struct Vraag {
    /// The day as of which one looks.
    #[serde(default)]
    op: String,
    /// What a form just did.
    #[serde(default)]
    gelukt: String,
    /// The first year of the school year that is shown.
    #[serde(default)]
    jaar: String,
    /// The page of a long list, from 1.
    #[serde(default)]
    bladzijde: String,
}

impl Vraag {
    /// The day that was asked for, if one was.
    fn dag(&self) -> Option<Date> {
        lees_dag(self.op.trim())
    }

    /// The page of a long list, from 0.
    fn bladzijde(&self) -> usize {
        self.bladzijde.parse::<usize>().unwrap_or(1).saturating_sub(1)
    }
}

/// One child as of a day, before one reader.
struct Blik<'a> {
    /// The child, and what the reader may see and do.
    zicht: &'a kind::Zicht<'a>,
    /// The same, as it is put into words.
    w: weergave::Zicht<'a>,
    /// The first and last day as of which one can look.
    grenzen: (Date, Date),
    /// What was wrong with the day that was asked for.
    fout: Option<String>,
    /// The day as it was typed.
    getypt: &'a str,
}

impl<'a> Blik<'a> {
    fn van(zicht: &'a kind::Zicht<'a>, vraag: &'a Vraag) -> Self {
        let mut w = zicht.weergave();
        let vandaag = zicht.bezoek.vandaag;
        let born = weergave::stand::geboren(&w);
        let grenzen = (born.unwrap_or(plus_days(vandaag, -TERUG)).min(vandaag), plus_days(vandaag, VOORUIT));
        let getypt = vraag.op.trim();
        let inside = |dag: &Date| (grenzen.0..=grenzen.1).contains(dag);
        let fout = match vraag.dag() {
            _ if getypt.is_empty() => None,
            Some(dag) if inside(&dag) => None,
            Some(_) => Some(format!(
                "Deze dag kan niet. Kies een dag van {} t/m {}.",
                domain::calendar::datum(grenzen.0),
                domain::calendar::datum(grenzen.1)
            )),
            None => Some("Dit is geen datum. Schrijf dag, maand en jaar, zoals 3-3-2026.".to_owned()),
        };
        w.op = if fout.is_none() { zicht.op } else { vandaag };
        Blik { zicht, w, grenzen, fout, getypt }
    }

    fn op(&self) -> Date {
        self.w.op
    }

    fn vandaag(&self) -> Date {
        self.zicht.bezoek.vandaag
    }

    /// Whether one looks at another day than today.
    fn terug(&self) -> bool {
        self.op() != self.vandaag()
    }

    fn peil(&self) -> Peil {
        Peil { op: self.op(), vandaag: self.vandaag(), bekend: None }
    }

    /// The address of a page of a long list (from 0), as of the same day.
    fn bladzijde(&self, adres: &str, bladzijde: usize) -> String {
        let adres = self.adres(adres);
        let sign = if adres.contains('?') { '&' } else { '?' };
        if bladzijde == 0 { adres } else { format!("{adres}{sign}bladzijde={}", bladzijde + 1) }
    }

    /// The address of another page of this child, as of the same day.
    fn adres(&self, adres: &str) -> String {
        if self.terug() { format!("{adres}?op={}", self.op()) } else { adres.to_owned() }
    }
}
