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

use self::kop::Kop;
use super::antwoord::Weigering;
use super::bezoek::Bezoek;
use super::bladeren::Bladeren;
use super::formulier::lees_dag;
use super::kader::{BIJ_KINDEREN, Kader};
use super::wegen::{Publiek, Wegen};
use super::{Staat, kind, paden};
use crate::weergave::{self, Peil};

/// Lines of a long list on one page.
const PER_BLADZIJDE: usize = 100;
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

    /// The page of a long list that was asked for, as of the same day; `blad` is the last word of its address.
    fn bladeren(&self, blad: &str, aantal: usize, vraag: &Vraag) -> Bladeren {
        let adres = paden::bij_leerling(self.w.leerling, blad);
        let op = if self.terug() { format!("op={}", self.op()) } else { String::new() };
        Bladeren::new(&adres, &op, aantal, PER_BLADZIJDE, &vraag.bladzijde)
    }

    /// The address of another page of this child, as of the same day.
    fn adres(&self, adres: &str) -> String {
        if self.terug() { format!("{adres}?op={}", self.op()) } else { adres.to_owned() }
    }
}

/// What a page of the dossier is called.
struct Bladzijde {
    /// The last word of its address.
    tab: &'static str,
    /// What is looked at, for the read log.
    wat: &'static str,
    /// Its title: no name, for it stands in the history of the browser.
    titel: &'static str,
}

/// What every page of the dossier does: the child as of the day that was asked for, the look written down, the frame and
/// the head of the page, and what is made of it.
async fn toon<T>(
    staat: &Staat,
    bezoek: &Bezoek,
    leerling: &str,
    vraag: &Vraag,
    blad: Bladzijde,
    maak: impl FnOnce(&Blik<'_>) -> Result<T, Weigering>,
) -> Result<(Kader, Kop, T), Weigering> {
    let model = |zicht: &kind::Zicht<'_>| {
        let blik = Blik::van(zicht, vraag);
        Ok((Kop::van(&blik, blad.tab), maak(&blik)?))
    };
    let (_, (kop, model)) = kind::toon(staat, bezoek, leerling, vraag.dag(), blad.wat, model).await?;
    Ok((kader(bezoek, &blad, vraag)?, kop, model))
}

/// What surrounds a page of the dossier.
fn kader(bezoek: &Bezoek, blad: &Bladzijde, vraag: &Vraag) -> Result<Kader, Weigering> {
    let kader = Kader::van(bezoek, blad.titel, paden::LEERLINGEN, "dossier")?;
    Ok(kader.met_gelukt(Some(&vraag.gelukt)))
}
