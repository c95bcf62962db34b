//! How each type of the domain stands in a field.

use domain::Date;
use domain::body::*;
use domain::calendar::Vakantieregio;
use domain::fact::{Actor, Bron, FactId, Grondslag, Rol, Source};
use domain::ids::*;
use domain::nummers::*;
use domain::period::Period;
use domain::tekst::Tekst;
use domain::verzuim::{Duur, VerzuimSoort};

use super::fout::Fout;
use super::json::Schrijver;
use super::lezer::Lezer;

/// A type that can be the value of a field.
pub(super) trait Veld: Sized {
    /// Writes the value.
    fn schrijf(&self, json: &mut Schrijver);

    /// Reads what `schrijf` wrote.
    fn lees(json: &mut Lezer<'_>) -> Result<Self, Fout>;

    /// Whether there is something to write.
    fn aanwezig(&self) -> bool {
        true
    }

    /// What a field that is not there means; `None` when it is compulsory.
    fn zonder() -> Option<Self> {
        None
    }
}

/// Structs as objects, with every field by its own name or the one after `=`.
macro_rules! velden {
    ($($type:ident { $($veld:ident $(= $naam:literal)?),+ $(,)? })+) => {$(
        impl $crate::opslag::veld::Veld for $type {
            fn schrijf(&self, json: &mut $crate::opslag::json::Schrijver) {
                let $type { $($veld),+ } = self;
                json.object(|json| {
                    $(json.veld($crate::opslag::veld::naam!($veld $($naam)?), $veld);)+
                });
            }

            fn lees(json: &mut $crate::opslag::lezer::Lezer<'_>) -> Result<Self, $crate::opslag::fout::Fout> {
                let mut velden = json.velden()?;
                let gelezen = $type { $($veld: velden.veld($crate::opslag::veld::naam!($veld $($naam)?))?),+ };
                velden.klaar()?;
                Ok(gelezen)
            }
        }
    )+};
}

macro_rules! naam {
    ($veld:ident) => {
        stringify!($veld)
    };
    ($veld:ident $naam:literal) => {
        $naam
    };
}

pub(super) use {naam, velden};

velden! {
    Period { from = "van", until = "tot" }
    Source { bron = "soort", organisatie }
    OpbouwStap { vanaf, kwartieren_per_week }
}

/// Closed lists, by their words.
macro_rules! woorden {
    ($($type:ident)+) => {$(
        impl Veld for $type {
            fn schrijf(&self, json: &mut Schrijver) {
                json.tekst(self.code());
            }

            fn lees(json: &mut Lezer<'_>) -> Result<Self, Fout> {
                $type::from_code(&json.tekst()?).ok_or_else(|| {
                    let words: Vec<&str> = $type::ALL.iter().map(|value| value.code()).collect();
                    Fout::moet_zijn(format!("een van {}", words.join(", ")))
                })
            }
        }
    )+};
}

woorden! {
    AanbodSoort Afhandeling Afwijkendedag BesluitSoort Bron ConsultStap DocumentSoort Geslacht GesprekSoort Grondslag
    Hoedanigheid IndelingSoort JaNee LeveringSoort MeldingSoort MeldingStand Met OnderzoekStap Onderwerp Oordeel
    OrganisatieSoort Relatie Rol Sector SluitReden Soort Taak TeBevestigen ToestemmingVoor ToetsUitkomst UitschrijfReden
    VerlofGrond VerzuimSoort VraagVan VrijstellingSoort VsoProfiel Wijze
}

impl Veld for Vakantieregio {
    fn schrijf(&self, json: &mut Schrijver) {
        json.tekst(self.naam());
    }

    fn lees(json: &mut Lezer<'_>) -> Result<Self, Fout> {
        let naam = json.tekst()?;
        Vakantieregio::from_naam(&naam).ok_or_else(|| Fout::moet_zijn("een van Noord, Midden, Zuid"))
    }
}

/// Our own ids, as people read them over the telephone.
macro_rules! ids {
    ($($type:ident)+) => {$(
        impl Veld for $type {
            fn schrijf(&self, json: &mut Schrijver) {
                json.tussen_aanhalingstekens(self);
            }

            fn lees(json: &mut Lezer<'_>) -> Result<Self, Fout> {
                json.tekst()?.parse().map_err(|_| {
                    Fout::moet_zijn(format!("een nummer als {}", $type::new(0)))
                })
            }
        }
    )+};
}

ids! { LeerlingId PersoonId OrganisatieId MedewerkerId VoorzieningId }

impl Veld for FactId {
    fn schrijf(&self, json: &mut Schrijver) {
        json.tussen_aanhalingstekens(self);
    }

    fn lees(json: &mut Lezer<'_>) -> Result<Self, Fout> {
        let tekst = json.tekst()?;
        let digits = tekst.strip_prefix("F-").and_then(hexadecimaal);
        digits.map(|bytes| FactId(u128::from_be_bytes(bytes))).ok_or_else(|| Fout::moet_zijn("een feitnummer (F-…)"))
    }
}

/// Numbers of the administration, as it writes them. `$text` gives the text that `parse` reads.
macro_rules! nummers {
    ($($type:ident $text:expr;)+) => {$(
        impl Veld for $type {
            fn schrijf(&self, json: &mut Schrijver) {
                let text: fn(&$type) -> _ = $text;
                json.tussen_aanhalingstekens(text(self));
            }

            fn lees(json: &mut Lezer<'_>) -> Result<Self, Fout> {
                $type::parse(&json.tekst()?).map_err(|_| Fout::moet_zijn(concat!("een geldige ", stringify!($type))))
            }
        }
    )+};
}

nummers! {
    Bsn |bsn| bsn.zichtbaar();
    Onderwijsnummer |nummer| nummer.zichtbaar();
    Gemeentecode |code| *code;
    Postcode |code| *code;
    SwvNummer |nummer| *nummer;
    Vestigingscode |code| *code;
}

/// Voices of whom no number is told.
const LEERLING: &str = "leerling";
const THUIS: &str = "thuis";

impl Veld for Stem {
    fn schrijf(&self, json: &mut Schrijver) {
        match self {
            Stem::Eigen => {}
            Stem::Ouder(persoon) => persoon.schrijf(json),
            Stem::Leerling => json.tekst(LEERLING),
            Stem::Thuis => json.tekst(THUIS),
        }
    }

    fn lees(json: &mut Lezer<'_>) -> Result<Self, Fout> {
        let moet = |_| Fout::moet_zijn(format!("een van {LEERLING}, {THUIS}, of een nummer als {}", PersoonId::new(0)));
        match &*json.tekst()? {
            LEERLING => Ok(Stem::Leerling),
            THUIS => Ok(Stem::Thuis),
            nummer => nummer.parse().map(Stem::Ouder).map_err(moet),
        }
    }

    fn aanwezig(&self) -> bool {
        *self != Stem::Eigen
    }

    fn zonder() -> Option<Self> {
        Some(Stem::Eigen)
    }
}

impl Veld for Date {
    fn schrijf(&self, json: &mut Schrijver) {
        json.tussen_aanhalingstekens(self);
    }

    fn lees(json: &mut Lezer<'_>) -> Result<Self, Fout> {
        let tekst = json.tekst()?;
        let dag = match tekst.as_bytes() {
            [j1, j2, j3, j4, b'-', m1, m2, b'-', d1, d2] => dag(&[*j1, *j2, *j3, *j4], &[*m1, *m2], &[*d1, *d2]),
            // A year before our era, with its sign. The parser knows more notations, which we do not write.
            [b'-', ..] => tekst.parse().ok(),
            _ => None,
        };
        dag.ok_or_else(|| Fout::moet_zijn("een bestaande dag (jjjj-mm-dd)"))
    }
}

fn dag(jaar: &[u8], maand: &[u8], dag: &[u8]) -> Option<Date> {
    let getal = |cijfers: &[u8]| {
        cijfers
            .iter()
            .try_fold(0i16, |getal, cijfer| cijfer.is_ascii_digit().then(|| getal * 10 + i16::from(cijfer - b'0')))
    };
    Date::new(getal(jaar)?, i8::try_from(getal(maand)?).ok()?, i8::try_from(getal(dag)?).ok()?).ok()
}

impl Veld for Tekst {
    fn schrijf(&self, json: &mut Schrijver) {
        json.tekst(self.zichtbaar());
    }

    fn lees(json: &mut Lezer<'_>) -> Result<Self, Fout> {
        Ok(Tekst::new(&json.tekst()?))
    }
}

impl Veld for String {
    fn schrijf(&self, json: &mut Schrijver) {
        json.tekst(self);
    }

    fn lees(json: &mut Lezer<'_>) -> Result<Self, Fout> {
        Ok(json.tekst()?.into_owned())
    }
}

impl Veld for bool {
    fn schrijf(&self, json: &mut Schrijver) {
        json.letterlijk(self);
    }

    fn lees(json: &mut Lezer<'_>) -> Result<Self, Fout> {
        json.ja_nee().ok_or_else(|| Fout::moet_zijn("true of false"))
    }
}

macro_rules! getallen {
    ($($type:ident)+) => {$(
        impl Veld for $type {
            fn schrijf(&self, json: &mut Schrijver) {
                json.letterlijk(self);
            }

            fn lees(json: &mut Lezer<'_>) -> Result<Self, Fout> {
                let getal = json.getal().and_then(|getal| $type::try_from(getal).ok());
                getal.ok_or_else(|| Fout::moet_zijn(format!("een geheel getal van 0 tot en met {}", $type::MAX)))
            }
        }
    )+};
}

getallen! { u8 u16 u32 u64 }

impl Veld for u128 {
    fn schrijf(&self, json: &mut Schrijver) {
        self.to_be_bytes().schrijf(json);
    }

    fn lees(json: &mut Lezer<'_>) -> Result<Self, Fout> {
        Veld::lees(json).map(u128::from_be_bytes)
    }
}

/// Fingerprints and other long numbers: two hexadecimal digits a byte.
macro_rules! bytes {
    ($($len:literal)+) => {$(
        impl Veld for [u8; $len] {
            fn schrijf(&self, json: &mut Schrijver) {
                const CIJFERS: [char; 16] =
                    ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
                let digits = self.iter().flat_map(|byte| [byte >> 4, byte & 15]);
                let digits: String = digits.filter_map(|digit| CIJFERS.get(usize::from(digit))).collect();
                json.tekst(&digits);
            }

            fn lees(json: &mut Lezer<'_>) -> Result<Self, Fout> {
                hexadecimaal(&json.tekst()?)
                    .ok_or_else(|| Fout::moet_zijn(concat!("een reeks van ", $len, " bytes, hexadecimaal")))
            }
        }
    )+};
}

bytes! { 16 32 }

/// The bytes of exactly so many pairs of hexadecimal digits.
fn hexadecimaal<const N: usize>(tekst: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if tekst.len() != 2 * N || !tekst.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(tekst.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}

/// One value per weekday, Monday to Sunday.
macro_rules! weken {
    ($($type:ident)+) => {$(
        impl Veld for [$type; 7] {
            fn schrijf(&self, json: &mut Schrijver) {
                json.lijst(self);
            }

            fn lees(json: &mut Lezer<'_>) -> Result<Self, Fout> {
                let dagen: Vec<$type> = Veld::lees(json)?;
                dagen.try_into().map_err(|_| Fout::moet_zijn("een lijst met zeven waarden, van maandag tot en met zondag"))
            }
        }
    )+};
}

weken! { u8 bool }

impl<T: Veld> Veld for Vec<T> {
    fn schrijf(&self, json: &mut Schrijver) {
        json.lijst(self);
    }

    fn lees(json: &mut Lezer<'_>) -> Result<Self, Fout> {
        json.lijst(T::lees)
    }
}

impl<T: Veld> Veld for Option<T> {
    fn schrijf(&self, json: &mut Schrijver) {
        if let Some(waarde) = self {
            waarde.schrijf(json);
        }
    }

    fn lees(json: &mut Lezer<'_>) -> Result<Self, Fout> {
        T::lees(json).map(Some)
    }

    fn aanwezig(&self) -> bool {
        self.is_some()
    }

    fn zonder() -> Option<Self> {
        Some(None)
    }
}

/// A whole day as the word `dag`, otherwise quarters.
impl Veld for Duur {
    fn schrijf(&self, json: &mut Schrijver) {
        match self {
            Duur::Dag => json.tekst("dag"),
            Duur::Kwartieren(kwartieren) => kwartieren.schrijf(json),
        }
    }

    fn lees(json: &mut Lezer<'_>) -> Result<Self, Fout> {
        let fout = || Fout::moet_zijn("dag of een aantal kwartieren");
        if json.is_tekst() {
            return (json.tekst()? == "dag").then_some(Duur::Dag).ok_or_else(fout);
        }
        json.getal().and_then(|getal| u8::try_from(getal).ok()).map(Duur::Kwartieren).ok_or_else(fout)
    }
}

/// What an absence row should have been.
impl Veld for (VerzuimSoort, Duur) {
    fn schrijf(&self, json: &mut Schrijver) {
        json.object(|json| {
            json.veld("soort", &self.0);
            json.veld("duur", &self.1);
        });
    }

    fn lees(json: &mut Lezer<'_>) -> Result<Self, Fout> {
        let mut velden = json.velden()?;
        let gelezen = (velden.veld("soort")?, velden.veld("duur")?);
        velden.klaar()?;
        Ok(gelezen)
    }
}

impl Veld for Actor {
    fn schrijf(&self, json: &mut Schrijver) {
        json.object(|json| match self {
            Actor::Medewerker { id, organisatie, rol } => {
                json.met("soort", |json| json.tekst("medewerker"));
                json.veld("medewerker", id);
                json.veld("organisatie", organisatie);
                json.veld("rol", rol);
            }
            Actor::Ouder { persoon } => {
                json.met("soort", |json| json.tekst("ouder"));
                json.veld("persoon", persoon);
            }
            Actor::Leerling { leerling } => {
                json.met("soort", |json| json.tekst("leerling"));
                json.veld("leerling", leerling);
            }
            Actor::Systeem { organisatie } => {
                json.met("soort", |json| json.tekst("systeem"));
                json.veld("organisatie", organisatie);
            }
        });
    }

    fn lees(json: &mut Lezer<'_>) -> Result<Self, Fout> {
        let mut velden = json.velden()?;
        let actor = match &*velden.met("soort", Lezer::tekst)? {
            "medewerker" => Actor::Medewerker {
                id: velden.veld("medewerker")?,
                organisatie: velden.veld("organisatie")?,
                rol: velden.veld("rol")?,
            },
            "ouder" => Actor::Ouder { persoon: velden.veld("persoon")? },
            "leerling" => Actor::Leerling { leerling: velden.veld("leerling")? },
            "systeem" => Actor::Systeem { organisatie: velden.veld("organisatie")? },
            _ => return Err(Fout::moet_zijn("een van medewerker, ouder, leerling, systeem").in_veld("soort")),
        };
        velden.klaar()?;
        Ok(actor)
    }
}
