//! Rows of a package's export: from codes, days and times to rows of ours, by the layout of the school.

use std::borrow::Cow;

use domain::Date;
use domain::nummers::Vestigingscode;
use domain::period::{Period, day_number, days_between, next_day, plus_days};
use domain::verzuim::{Rij, VerzuimSoort};

use super::gebreken as wrong;
use super::indeling::{Betekenis, Plaats, TUSSEN_CODES, Veld, Vertaling};
use super::leerlingen::Leerlingen;
use super::lesdag::{Deel, Eenheid, Grens, hours};
use super::levering::{self, Levering, MAX_LEVERING};
use super::moment::{DAG, Datumvorm, read_tijd};
use super::rij::{EERSTE_DAG, Gelezen, VOORUIT, lesuur};
use super::{IsSchooldag, Uitkomst};
use crate::invoer::bevinding::{Gebrek, Weigering};
use crate::invoer::kop::{Kolom, Kop};
use crate::invoer::lezing::Controle;
use crate::invoer::regels;
use crate::invoer::{Kader, veld};

/// The columns of the layout, found in this file. A field that the layout has no column for is an empty one.
pub(super) struct Kolommen {
    vestiging: Kolom,
    leerlingnummer: Kolom,
    begindatum: Kolom,
    begintijd: Kolom,
    einddatum: Kolom,
    eindtijd: Kolom,
    begin_lesuur: Kolom,
    eind_lesuur: Kolom,
    minuten: Kolom,
    geoorloofd: Kolom,
    code: Vec<Kolom>,
}

impl Kolommen {
    /// Looks the columns up in the header; without one they stand where their number says.
    pub fn find(vertaling: &Vertaling, mut kop: Option<&mut Kop>) -> Self {
        if let Some(kop) = kop.as_deref_mut() {
            kop.allow_others();
        }
        let mut all = |veld: Veld| -> Vec<Kolom> {
            let plaatsen = vertaling.kolommen.get(&veld).map_or(&[][..], Vec::as_slice);
            let found = plaatsen.iter().map(|plaats| match (plaats, kop.as_deref_mut()) {
                (Plaats::Naam(naam), Some(kop)) => kop.required(naam.clone()),
                (Plaats::Naam(naam), None) => Kolom { naam: naam.clone().into(), plaats: None },
                (Plaats::Nummer(nummer), Some(kop)) => kop.nth(*nummer, numbered(*nummer, veld)),
                (Plaats::Nummer(nummer), None) => {
                    Kolom { naam: numbered(*nummer, veld), plaats: nummer.checked_sub(1) }
                }
            });
            found.collect()
        };
        let none = |veld: Veld| Kolom { naam: veld.naam().into(), plaats: None };
        let mut one = |veld: Veld| all(veld).into_iter().next().unwrap_or_else(|| none(veld));
        Kolommen {
            vestiging: one(Veld::Vestigingscode),
            leerlingnummer: one(Veld::Leerlingnummer),
            begindatum: one(Veld::Begindatum),
            begintijd: one(Veld::Begintijd),
            einddatum: one(Veld::Einddatum),
            eindtijd: one(Veld::Eindtijd),
            begin_lesuur: one(Veld::BeginLesuur),
            eind_lesuur: one(Veld::EindLesuur),
            minuten: one(Veld::Minuten),
            geoorloofd: one(Veld::Geoorloofd),
            code: all(Veld::Code),
        }
    }

    /// The code of a row, as the layout writes it.
    pub fn code<'r>(&self, rij: &'r regels::Rij<'_>) -> Cow<'r, str> {
        match self.code.as_slice() {
            [kolom] => kolom.text(rij).into(),
            kolommen => kolommen.iter().map(|kolom| kolom.text(rij)).collect::<Vec<_>>().join(TUSSEN_CODES).into(),
        }
    }
}

fn numbered(nummer: usize, veld: Veld) -> Cow<'static, str> {
    format!("{nummer} ({})", veld.naam()).into()
}

/// The delivery that the layout declares.
///
/// # Errors
/// When it declares one that cannot be, or its school does not belong in this kind of region.
pub(super) fn levering(vertaling: &Vertaling, kader: &Kader<'_>) -> Result<Option<Levering>, Weigering> {
    let refuse = |gebrek: Gebrek| Weigering::new(gebrek.wat, gebrek.toegestaan);
    if let Some(vestiging) = vertaling.vestiging {
        veld::vestiging(&vestiging.to_string(), kader.soort).map_err(refuse)?;
    }
    if vertaling.vestiging.is_none() && !vertaling.kolommen.contains_key(&Veld::Vestigingscode) {
        return Err(Weigering::new(
            "Bij deze indeling is niet bekend van welke school de rijen zijn.",
            "Vul in de indeling bij [school] de vestiging in, of noem haar bij het inlezen.",
        ));
    }
    let Some((van, tot_en_met)) = vertaling.levering else { return Ok(None) };
    let Some(vestiging) = vertaling.vestiging else {
        return Err(Weigering::new(
            "Een volledige levering gaat over één school.",
            "Vul in de indeling bij [school] de vestiging in, en lever per vestiging een eigen bestand.",
        ));
    };
    levering::check(vestiging, van, tot_en_met, kader).map(Some).map_err(refuse)
}

/// Reads rows, and remembers the pupils and whose days became *onbekend*.
pub(super) struct Lezer<'k> {
    vertaling: &'k Vertaling,
    kolommen: &'k Kolommen,
    kader: &'k Kader<'k>,
    /// The delivery that the layout declares.
    pub levering: Option<Levering>,
    is_schooldag: &'k IsSchooldag<'k>,
    laatste_dag: Date,
    /// The pupils of the rows.
    pub leerlingen: Leerlingen,
    /// Pupil and day of refused rows.
    pub afgewezen: Vec<(u32, Option<u16>)>,
    /// Refused rows of which the pupil could not be read.
    pub onherleidbaar: u64,
}

/// From where to where a row goes.
#[derive(Clone, Copy)]
struct Duurt {
    eerste: Date,
    laatste: Date,
    van: Grens,
    tot: Grens,
    /// Minutes of the day at which it begins and ends, as far as the row names these.
    tijden: (Option<u16>, Option<u16>),
}

impl<'k> Lezer<'k> {
    pub fn new(
        vertaling: &'k Vertaling,
        kolommen: &'k Kolommen,
        kader: &'k Kader<'k>,
        levering: Option<Levering>,
        is_schooldag: &'k IsSchooldag<'k>,
    ) -> Self {
        Lezer {
            vertaling,
            kolommen,
            kader,
            levering,
            is_schooldag,
            laatste_dag: plus_days(kader.vandaag, VOORUIT),
            leerlingen: Leerlingen::default(),
            afgewezen: Vec::new(),
            onherleidbaar: 0,
        }
    }

    /// Reads a row into as many rows of ours as it spans days. When it is refused, the days of its pupil are remembered.
    pub fn read(&mut self, c: &mut Controle<'_, '_>, rijen: &mut Vec<Gelezen>) -> Uitkomst {
        let betekenis = self.betekenis(c);
        if betekenis == Some(Betekenis::Weglaten) {
            return Uitkomst::Weggelaten;
        }
        let leerling = self.leerling(c);
        let duurt = self.duurt(c);
        let vestiging = leerling.map(|(vestiging, _)| vestiging);
        let dagen = duurt.map(|duurt| self.dagen(c, vestiging, &duurt));
        let before = rijen.len();
        if let (Some((vestiging, nummer)), Some(Betekenis::Soort(soort)), Some(duurt), Some(dagen)) =
            (leerling, betekenis, duurt, &dagen)
        {
            self.geoorloofd(c, soort);
            let number = self.leerlingen.number(vestiging, nummer);
            self.neem(c, soort, &duurt, dagen, number, rijen);
        }
        match leerling {
            _ if !c.is_refused() && rijen.len() > before => return Uitkomst::Overgenomen,
            _ if !c.is_refused() => return Uitkomst::Weggelaten,
            None => self.onherleidbaar += 1,
            Some((vestiging, nummer)) => self.onbekend(vestiging, nummer, dagen),
        }
        rijen.truncate(before);
        Uitkomst::Geweigerd
    }

    /// The code of a row, and what it means.
    pub fn code<'r>(&self, rij: &'r regels::Rij<'_>) -> (Cow<'r, str>, Option<Betekenis>) {
        let code = self.kolommen.code(rij);
        let betekenis = self.vertaling.betekenis(&code);
        (code, betekenis)
    }

    /// The school site and pupil number of a row that is not left out.
    pub fn wie<'r>(&self, rij: &'r regels::Rij<'_>) -> Option<(Vestigingscode, &'r str)> {
        if self.code(rij).1 == Some(Betekenis::Weglaten) {
            return None;
        }
        let of_row = Vestigingscode::parse(self.kolommen.vestiging.text(rij)).ok();
        Some((of_row.or(self.vertaling.vestiging)?, self.kolommen.leerlingnummer.text(rij)))
    }

    /// A refused row: its days become *onbekend*, or any day when these could not be read.
    fn onbekend(&mut self, vestiging: Vestigingscode, nummer: &str, dagen: Option<Vec<Date>>) {
        if self.levering.is_some_and(|levering| levering.vestiging != vestiging) {
            return;
        }
        let number = self.leerlingen.number(vestiging, nummer);
        match dagen {
            Some(dagen) => self.afgewezen.extend(dagen.into_iter().map(|dag| (number, day(dag)))),
            None => self.afgewezen.push((number, None)),
        }
    }

    fn betekenis(&self, c: &mut Controle<'_, '_>) -> Option<Betekenis> {
        let (code, found) = self.code(c.rij);
        if found.is_none() {
            let naam = self.kolommen.code.first().map_or_else(|| Veld::Code.naam().into(), |kolom| kolom.naam.clone());
            c.refuse(naam, if code.is_empty() { wrong::no_code() } else { wrong::unknown_code(&code) });
        }
        found
    }

    fn leerling<'r>(&self, c: &mut Controle<'r, '_>) -> Option<(Vestigingscode, &'r str)> {
        let k = self.kolommen;
        let vestiging = match self.vertaling.kolommen.contains_key(&Veld::Vestigingscode) {
            true => c.required(&k.vestiging, |text| veld::vestiging(text, self.kader.soort)),
            false => self.vertaling.vestiging,
        };
        let nummer = c.required(&k.leerlingnummer, veld::leerlingnummer);
        let (vestiging, nummer) = (vestiging?, nummer?);
        if self.levering.is_some_and(|levering| levering.vestiging != vestiging) {
            c.refuse(k.vestiging.naam.clone(), wrong::other_school());
        }
        Some((vestiging, nummer))
    }

    /// Begin and end of the row; `None` when they could not be read, and the row is refused.
    fn duurt(&self, c: &mut Controle<'_, '_>) -> Option<Duurt> {
        let k = self.kolommen;
        let vorm = self.vertaling.datum.unwrap_or(Datumvorm::JaarEerst);
        let begin =
            c.required(&k.begindatum, |text| vorm.read(text).and_then(|(dag, tijd)| Ok((self.kan(dag)?, tijd))));
        let begintijd = c.optional(&k.begintijd, read_tijd);
        let eindtijd = c.optional(&k.eindtijd, read_tijd);
        let van_les = c.optional(&k.begin_lesuur, lesuur);
        let tot_les = c.optional(&k.eind_lesuur, lesuur);
        let (eerste, tijd) = begin?;
        let begintijd = begintijd.or(tijd);
        let (laatste, tijd) = self.einde(c, eerste, vorm)?;
        let (laatste, eindtijd) = end_of_day(eerste, laatste, eindtijd.or(tijd));
        if laatste < eerste || days_between(eerste, laatste) >= MAX_LEVERING {
            c.refuse(k.einddatum.naam.clone(), wrong::no_span());
            return None;
        }
        let grens = |les: Option<u8>, tijd: Option<u16>| match (les, tijd) {
            (Some(les), _) if self.vertaling.lesdag.eenheid == Eenheid::Lesuur || tijd.is_none() => Grens::Lesuur(les),
            (_, Some(tijd)) => Grens::Tijd(tijd),
            (_, None) => Grens::Open,
        };
        let van = grens(van_les, begintijd.filter(|tijd| *tijd > 0));
        Some(Duurt { eerste, laatste, van, tot: grens(tot_les, eindtijd), tijden: (begintijd, eindtijd) })
    }

    fn kan(&self, dag: Date) -> Result<Date, Gebrek> {
        veld::tussen(dag, EERSTE_DAG, self.laatste_dag)
    }

    /// The last day of the row, and the time when the same column holds it.
    fn einde(&self, c: &mut Controle<'_, '_>, eerste: Date, vorm: Datumvorm) -> Option<(Date, Option<u16>)> {
        let kolom = &self.kolommen.einddatum;
        if !self.vertaling.kolommen.contains_key(&Veld::Einddatum) {
            return Some((eerste, None));
        }
        if !c.text(kolom).is_empty() {
            return c.required(kolom, |text| vorm.read(text).and_then(|(dag, tijd)| Ok((self.kan(dag)?, tijd))));
        }
        if !self.vertaling.loopt_door {
            c.refuse(kolom.naam.clone(), wrong::no_end());
            return None;
        }
        let last = self.levering.and_then(|levering| levering.periode.last()).unwrap_or(self.kader.vandaag);
        Some((last.max(eerste), None))
    }

    /// The days of the row that it is about: of a span only the school days, as far as these are known, and only what
    /// lies in the delivery. A day that stands alone is taken as it is.
    fn dagen(&self, c: &mut Controle<'_, '_>, vestiging: Option<Vestigingscode>, duurt: &Duurt) -> Vec<Date> {
        let whole = Period::through(duurt.eerste, duurt.laatste);
        let Some(inside) = self.levering.map_or(Some(whole), |levering| levering.periode.intersection(&whole)) else {
            c.refuse(self.kolommen.begindatum.naam.clone(), wrong::outside_delivery());
            return Vec::new();
        };
        if inside != whole {
            c.warn(&self.kolommen.begindatum, wrong::partly_outside());
        }
        let alone = duurt.eerste == duurt.laatste;
        let taught = |dag: &Date| {
            let known = vestiging.and_then(|vestiging| (self.is_schooldag)(vestiging, *dag));
            alone || known.unwrap_or(weekday(*dag) < 5)
        };
        let last = inside.last().unwrap_or(inside.from);
        let days = std::iter::successors(Some(inside.from), |dag| Some(next_day(*dag)));
        let found: Vec<Date> = days.take_while(|dag| *dag <= last).filter(taught).collect();
        if found.is_empty() && !c.is_refused() {
            c.warn(&self.kolommen.begindatum, wrong::no_schooldag());
        }
        found
    }

    fn neem(
        &self,
        c: &mut Controle<'_, '_>,
        soort: VerzuimSoort,
        duurt: &Duurt,
        dagen: &[Date],
        leerling: u32,
        rijen: &mut Vec<Gelezen>,
    ) {
        let Ok(regel) = u32::try_from(c.rij.regel) else { return };
        for dag in dagen {
            let van = if *dag == duurt.eerste { duurt.van } else { Grens::Open };
            let tot = if *dag == duurt.laatste { duurt.tot } else { Grens::Open };
            let delen = match soort {
                VerzuimSoort::TeLaat => self.te_laat(c, duurt).map(|deel| vec![deel]),
                _ => self.vertaling.lesdag.delen(weekday(*dag), van, tot),
            };
            match delen {
                Ok(delen) => rijen.extend(delen.into_iter().filter_map(|(lesuur, duur)| {
                    let rij = Rij { dag: day(*dag)?, lesuur, duur, soort }.pack();
                    Some(Gelezen { leerling, rij, regel, rooster: None })
                })),
                Err(gebrek) => return c.refuse(self.kolommen.begindatum.naam.clone(), gebrek),
            }
        }
    }

    /// What was missed by coming late: minutes that the row names, or else what the school counts.
    fn te_laat(&self, c: &mut Controle<'_, '_>, duurt: &Duurt) -> Result<Deel, Gebrek> {
        if duurt.eerste != duurt.laatste {
            return Err(wrong::late_for_days());
        }
        let lesdag = &self.vertaling.lesdag;
        let weekdag = weekday(duurt.eerste);
        let lesuur = match (duurt.van, duurt.tijden.0) {
            _ if lesdag.eenheid == Eenheid::Klokuur => 0,
            (Grens::Lesuur(lesuur), _) => lesuur,
            (_, Some(tijd)) => lesdag.lesuur_op(weekdag, tijd),
            (..) => 0,
        };
        let between = match duurt.tijden {
            (Some(van), Some(tot)) if self.vertaling.te_laat.tijden => {
                tot.checked_sub(van).filter(|minuten| *minuten > 0)
            }
            _ => None,
        };
        let named = c.optional(&self.kolommen.minuten, minutes).filter(|minuten| *minuten > 0);
        let minuten = named.or(between).or(self.vertaling.te_laat.minuten).ok_or_else(wrong::no_minutes)?;
        let length = lesdag.duur_van(weekdag, lesuur).ok_or_else(wrong::no_length)?;
        if minuten >= length && lesdag.eenheid == Eenheid::Lesuur {
            c.warn(&self.kolommen.begindatum, wrong::late_for_a_lesson());
        }
        Ok((lesuur, hours(minuten, length)))
    }

    /// Compares what the layout makes of a code with what the row says about it.
    fn geoorloofd(&self, c: &mut Controle<'_, '_>, soort: VerzuimSoort) {
        use VerzuimSoort as S;
        let expected = match soort {
            S::Ongeoorloofd | S::Luxe | S::ThuisOpVerzoekSchool => false,
            S::Ziek | S::Verlof | S::Vrijstelling | S::OverigGeoorloofd => true,
            _ => return,
        };
        if c.optional(&self.kolommen.geoorloofd, yes_or_no).is_some_and(|said| said != expected) {
            c.warn(&self.kolommen.geoorloofd, wrong::other_view());
        }
    }
}

/// An end at midnight is the end of the day before, an end in the last minute that of the day itself.
fn end_of_day(eerste: Date, laatste: Date, tijd: Option<u16>) -> (Date, Option<u16>) {
    match tijd {
        Some(0) if laatste > eerste => (plus_days(laatste, -1), None),
        Some(0) => (laatste, None),
        tijd => (laatste, tijd.filter(|tijd| *tijd < DAG - 1)),
    }
}

fn weekday(dag: Date) -> usize {
    usize::try_from(dag.weekday().to_monday_zero_offset()).unwrap_or_default()
}

fn day(dag: Date) -> Option<u16> {
    u16::try_from(day_number(dag)).ok()
}

fn minutes(text: &str) -> Result<u16, Gebrek> {
    let wrong =
        || Gebrek::new("minuten", "Het aantal minuten klopt niet.", "Gebruik een geheel getal van 0 tot en met 600.");
    text.parse().ok().filter(|minuten| *minuten <= 600).ok_or_else(wrong)
}

fn yes_or_no(text: &str) -> Result<bool, Gebrek> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "ja" | "j" | "1" | "waar" => Ok(true),
        "false" | "nee" | "n" | "0" | "onwaar" => Ok(false),
        _ => Err(Gebrek::new("ja of nee", "De waarde is niet bekend.", "Gebruik ja of nee.")),
    }
}
