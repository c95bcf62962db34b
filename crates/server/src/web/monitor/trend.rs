//! One figure over the last year, beside how many have an offer that parents and child call *passend*: a picture drawn by
//! the server, and the same numbers in a table.

use domain::Date;
use domain::calendar::datum;
use domain::ids::OrganisatieId;
use register::Register;
use register::kleine_aantallen::Getoond;
use register::telling::{Cijfer, Groep, Kant, Stand, Tafel, Telrij};

use super::kijk::{BijNaam, Kijk};
use super::tabel::{Cel, Kop, NIET_GETOOND, Regel, Tabel};
use crate::gebruik::cijfers::Maanden;
use crate::web::beeld::mooi;
use crate::weergave::getal;

/// Width of the picture, in units of its own.
const BREED: u32 = 720;
/// Height of the part with columns.
const HOOG: u32 = 180;
/// Room at the left for the scale, and above.
const LINKS: u32 = 56;
const BOVEN: u32 = 12;

/// A number to draw: what is told of it, and its height when that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Waarde {
    tekst: String,
    waarde: Option<u32>,
}

/// One day.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Punt {
    dag: Date,
    alle: Waarde,
    passend: Waarde,
    onvolledig: String,
}

/// One column of the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staaf {
    /// Left side, top, width and height.
    pub x: u32,
    /// Top.
    pub y: u32,
    /// Width.
    pub breed: u32,
    /// Height.
    pub hoog: u32,
    /// Whether it shows those with an offer.
    pub passend: bool,
    /// Its number, written above it.
    pub tekst: String,
    /// Middle of that text.
    pub midden: u32,
    /// Line of that text.
    pub regel: u32,
}

/// Words under the columns of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Onderschrift {
    /// Middle.
    pub x: u32,
    /// The day, short.
    pub tekst: String,
}

/// The picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beeld {
    /// What it shows.
    pub titel: String,
    /// The same in words, for whoever does not see it.
    pub beschrijving: String,
    /// Its columns.
    pub staven: Vec<Staaf>,
    /// Days.
    pub onderschriften: Vec<Onderschrift>,
    /// Lines of the scale: height and number.
    pub schaal: Vec<(u32, String)>,
    /// Whether there are two rows of columns.
    pub twee: bool,
}

/// A figure over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trend {
    /// The figure.
    pub cijfer: Stand,
    /// The picture.
    pub beeld: Beeld,
    /// The same in numbers.
    pub tabel: Tabel,
}

/// What is asked: which figure, of whom.
#[derive(Debug, Clone, Copy)]
pub struct Keuze {
    /// The figure.
    pub cijfer: Stand,
    /// One municipality; `None`: all.
    pub gemeente: Option<Groep>,
}

/// What a trend is made of.
#[derive(Clone, Copy)]
pub struct Bron<'a> {
    /// For whom.
    pub kijk: &'a Kijk,
    /// How children stood on past days.
    pub maanden: &'a Maanden,
    /// Who is seen by name today.
    pub bij_naam: Option<&'a BijNaam>,
    /// What is told of the others on the last day: the same as in the tables of that day.
    pub tafel: Option<&'a Tafel>,
    /// The region.
    pub register: &'a Register,
}

impl Trend {
    /// Of a role, over the days that it compares: months for a school, quarters for whoever sees no names. The first days,
    /// of which no school delivered enough, are left out: that nothing is known is not that there was nothing.
    pub fn van(bron: Bron<'_>, keuze: Keuze) -> Self {
        let unknown = |dag: &Date| bron.maanden.volledig(*dag, |school| bron.telt_school(school, *dag)).0 == 0;
        let punten: Vec<Punt> = match (bron.kijk.school, bron.kijk.zonder_naam) {
            (Some(school), _) => {
                bron.maanden.dagen().skip_while(unknown).map(|dag| bron.van_school(school, keuze, dag)).collect()
            }
            (None, Some(kant)) => {
                bron.maanden.kwartalen().skip_while(unknown).map(|dag| bron.zonder_naam(kant, keuze, dag)).collect()
            }
            (None, None) => Vec::new(),
        };
        let van = keuze.gemeente.map(|groep| format!(", {}", super::tabel::naam(groep, bron.register.rules())));
        let titel = format!("{}{}", keuze.cijfer.label(), van.unwrap_or_default());
        let beeld = beeld(&titel, keuze.cijfer, &punten);
        Trend { cijfer: keuze.cijfer, beeld, tabel: tabel(titel, keuze.cijfer, punten) }
    }
}

impl Bron<'_> {
    fn telt_school(&self, school: OrganisatieId, dag: Date) -> bool {
        self.kijk.telt_school(self.register.rules(), school, dag)
    }

    fn punt(&self, dag: Date, [alle, passend]: [Waarde; 2]) -> Punt {
        let (complete, all) = self.maanden.volledig(dag, |school| self.telt_school(school, dag));
        Punt { dag, alle, passend, onvolledig: onvolledig(complete, all) }
    }

    /// A day of a school: its own pupils, as many as there were.
    fn van_school(&self, school: OrganisatieId, keuze: Keuze, dag: Date) -> Punt {
        let own = || self.maanden.rijen(dag).iter().filter(|rij| rij.school == Some(school));
        let alle = own().filter(|rij| rij.stand == keuze.cijfer).count();
        self.punt(dag, [echt(alle), echt(own().filter(|rij| rij.passend).count())])
    }

    /// A day for whoever does not see all by name: those seen by name, and of the others what may be told.
    fn zonder_naam(&self, kant: Kant, keuze: Keuze, dag: Date) -> Punt {
        let stands = [keuze.cijfer, Stand::TrajectPassend];
        if kant == Kant::Regio {
            let told = |stand| self.maanden.regio(dag).map(|tafel| tafel.cel(keuze.gemeente, Some(stand)));
            return self.punt(dag, stands.map(|stand| samen(0, told(stand).unwrap_or(Getoond::Niet))));
        }
        let named = |rij: &&Telrij| self.bij_naam.is_some_and(|all| all.leerlingen.contains(&rij.leerling));
        let (own, others): (Vec<&Telrij>, Vec<&Telrij>) = self.maanden.rijen(dag).iter().partition(named);
        let of_now = self.tafel.filter(|_| dag == self.maanden.laatste()).cloned();
        let others = of_now.unwrap_or_else(|| Tafel::totalen(kant, others));
        let counted = |stand| own.iter().filter(|rij| kant.kolom(rij) == Some(stand)).count();
        let both = |stand| samen(u32::try_from(counted(stand)).unwrap_or(u32::MAX), others.cel(None, Some(stand)));
        self.punt(dag, stands.map(both))
    }
}

/// "3 van 141 scholen"; empty when all schools delivered.
pub fn onvolledig(volledig: usize, scholen: usize) -> String {
    match scholen - volledig.min(scholen) {
        0 => String::new(),
        1 if scholen == 1 => "de school".to_owned(),
        open => format!("{open} van {scholen} scholen"),
    }
}

fn echt(aantal: usize) -> Waarde {
    let aantal = u32::try_from(aantal).unwrap_or(u32::MAX);
    Waarde { tekst: getal(u64::from(aantal)), waarde: Some(aantal) }
}

/// Those seen by name, and of the others what may be told.
fn samen(eigen: u32, anderen: Getoond) -> Waarde {
    match anderen {
        Getoond::Getal(aantal) => echt(usize::try_from(eigen.saturating_add(aantal)).unwrap_or(usize::MAX)),
        Getoond::Klein => Waarde { tekst: format!("{} t/m {}", eigen + 1, eigen + 9), waarde: None },
        Getoond::Groot | Getoond::Niet if eigen == 0 => Waarde { tekst: NIET_GETOOND.to_owned(), waarde: None },
        Getoond::Groot | Getoond::Niet => Waarde { tekst: format!("{eigen} of meer"), waarde: None },
    }
}

fn tabel(titel: String, cijfer: Stand, punten: Vec<Punt>) -> Tabel {
    let twee = cijfer != Stand::TrajectPassend;
    let mut koppen = vec![Kop::van(Cijfer::Stand(cijfer))];
    if twee {
        koppen.push(Kop::van(Cijfer::PassendAanbod));
    }
    let regels = punten.into_iter().map(|punt| {
        let cel = |waarde: Waarde| Cel { tekst: waarde.tekst, adres: None };
        let mut cellen = vec![cel(punt.alle)];
        if twee {
            cellen.push(cel(punt.passend));
        }
        Regel { naam: datum(punt.dag), definitie: None, onvolledig: punt.onvolledig, cellen, totaal: false }
    });
    Tabel { code: "verloop".to_owned(), titel, eerste: "op", koppen, regels: regels.collect(), weggelaten: Vec::new() }
}

fn beeld(titel: &str, cijfer: Stand, punten: &[Punt]) -> Beeld {
    let twee = cijfer != Stand::TrajectPassend;
    let highest = punten.iter().flat_map(|punt| [&punt.alle, &punt.passend]).filter_map(|w| w.waarde).max();
    let top = mooi(highest.unwrap_or(0));
    let count = u32::try_from(punten.len()).unwrap_or(1).max(1);
    let per_punt = (BREED - LINKS) / count;
    let breed = (per_punt / if twee { 3 } else { 2 }).min(48);
    let mut staven = Vec::new();
    let mut onderschriften = Vec::new();
    for (place, punt) in (0..).zip(punten) {
        let middle = LINKS + place * per_punt + per_punt / 2;
        let shown: &[(&Waarde, bool)] =
            if twee { &[(&punt.alle, false), (&punt.passend, true)] } else { &[(&punt.alle, false)] };
        let left = middle - breed * u32::try_from(shown.len()).unwrap_or(1) / 2;
        for (n, (waarde, passend)) in (0..).zip(shown) {
            staven.push(staaf(left + n * breed, breed, waarde, *passend, top));
        }
        let tekst = if punt.onvolledig.is_empty() { kort(punt.dag) } else { format!("{} *", kort(punt.dag)) };
        onderschriften.push(Onderschrift { x: middle, tekst });
    }
    let words: Vec<String> = punten
        .iter()
        .map(|punt| {
            let beside = if twee { format!(" ({} met passend aanbod)", punt.passend.tekst) } else { String::new() };
            format!("{}: {}{beside}", datum(punt.dag), punt.alle.tekst)
        })
        .collect();
    let schaal = [top, top / 2, 0].into_iter().map(|aantal| (hoogte(aantal, top), getal(u64::from(aantal))));
    Beeld {
        titel: titel.to_owned(),
        beschrijving: words.join("; "),
        staven,
        onderschriften,
        schaal: schaal.collect(),
        twee,
    }
}

fn staaf(x: u32, breed: u32, waarde: &Waarde, passend: bool, top: u32) -> Staaf {
    let y = hoogte(waarde.waarde.unwrap_or(0), top);
    let tekst = waarde.waarde.map_or_else(|| "?".to_owned(), |_| waarde.tekst.clone());
    Staaf {
        x,
        y,
        breed: breed - breed / 8,
        hoog: BOVEN + HOOG - y,
        passend,
        tekst,
        midden: x + breed / 2,
        regel: y - 4,
    }
}

/// Where a number lies.
fn hoogte(aantal: u32, top: u32) -> u32 {
    let up = u64::from(aantal.min(top)) * u64::from(HOOG - 12) / u64::from(top.max(1));
    BOVEN + HOOG - u32::try_from(up).unwrap_or(HOOG)
}

/// "1-3-'26"
fn kort(dag: Date) -> String {
    const MAANDEN: [&str; 12] = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];
    let maand = usize::try_from(dag.month() - 1).ok().and_then(|month| MAANDEN.get(month)).copied();
    format!("{} '{:02}", maand.unwrap_or_default(), dag.year() % 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::period::plus_months;

    fn punten(alle: &[Option<u32>]) -> Vec<Punt> {
        let waarde = |aantal: Option<u32>| match aantal {
            Some(aantal) => echt(aantal as usize),
            None => samen(0, Getoond::Groot),
        };
        (0..)
            .zip(alle)
            .map(|(n, aantal)| Punt {
                dag: plus_months(jiff::civil::date(2025, 3, 1), n),
                alle: waarde(*aantal),
                passend: echt(1),
                onvolledig: onvolledig(3 - usize::from(n == 1), 3),
            })
            .collect()
    }

    #[test]
    fn a_column_is_as_high_as_its_number_and_a_hidden_number_has_no_height() {
        for alle in [vec![Some(0)], vec![Some(20), Some(5), None], vec![Some(4_294_967_295)], vec![Some(7); 13], vec![]]
        {
            let points = punten(&alle);
            let beeld = beeld("drie maanden voorbij", Stand::DrieMaandenVoorbij, &points);
            assert_eq!(beeld.staven.len(), 2 * alle.len());
            for staaf in &beeld.staven {
                assert!(staaf.y + staaf.hoog == BOVEN + HOOG && staaf.y >= BOVEN && staaf.regel < staaf.y);
                assert!(staaf.x >= LINKS && staaf.x + staaf.breed <= BREED);
            }
            for (staaf, aantal) in beeld.staven.iter().step_by(2).zip(&alle) {
                assert_eq!(staaf.hoog == 0, aantal.is_none_or(|aantal| aantal == 0), "{aantal:?}");
                assert_eq!(staaf.tekst == "?", aantal.is_none());
            }
        }
    }

    #[test]
    fn those_seen_by_name_are_added_to_what_may_be_told_of_the_others() {
        for (eigen, anderen, tekst) in [
            (0, Getoond::Getal(12), "12"),
            (3, Getoond::Getal(0), "3"),
            (3, Getoond::Getal(1_200), "1.203"),
            (0, Getoond::Klein, "1 t/m 9"),
            (11, Getoond::Klein, "12 t/m 20"),
            (0, Getoond::Niet, "niet getoond"),
            (11, Getoond::Niet, "11 of meer"),
            (11, Getoond::Groot, "11 of meer"),
        ] {
            assert_eq!(samen(eigen, anderen).tekst, tekst);
        }
    }

    #[test]
    fn the_table_says_the_same_as_the_picture_and_which_days_are_not_complete() {
        let points = punten(&[Some(20), Some(5), None]);
        let made = beeld("x", Stand::DrieMaandenVoorbij, &points);
        let table = tabel("x".to_owned(), Stand::DrieMaandenVoorbij, points);
        assert_eq!(made.beschrijving.split("; ").count(), 3);
        assert!(made.beschrijving.contains("1 april 2025: 5 (1 met passend aanbod)"));
        assert_eq!(table.regels[1].onvolledig, "1 van 3 scholen");
        assert_eq!(made.onderschriften[1].tekst, "apr '25 *");
        assert_eq!(table.regels[2].cellen[0].tekst, NIET_GETOOND);
        let alone = beeld("x", Stand::TrajectPassend, &punten(&[Some(2)]));
        assert_eq!((alone.staven.len(), alone.twee), (1, false));
    }
}
