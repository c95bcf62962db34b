//! One row of `records.csv`, taken apart eight bytes at a time: no step depends on how many digits a number has.

use domain::verzuim::{Duur, Rij, VerzuimSoort};

use super::kalender::dagnummer;
use super::{LETTERS, UREN_PER_DAG};

/// The highest number of a pupil: numbers are dense, from 0.
pub const MAX_LEERLING: u32 = 9_999_999;

/// The most digits of a number.
const MAX_CIJFERS: usize = 7;
// So a number that is read is a pupil's.
const _: () = assert!(MAX_LEERLING == 10u32.pow(MAX_CIJFERS as u32) - 1);
/// The kind that each letter stands for.
const SOORTEN: [Option<VerzuimSoort>; 256] = soorten();
/// Eight times the digit 0.
const NULLEN: u64 = u64::from_le_bytes([b'0'; 8]);
/// The highest bit of each of eight bytes.
const HOOGSTE_BITS: u64 = u64::from_le_bytes([0x80; 8]);
/// What stays of `-dd,s,h,` without lesson and hours.
const ZONDER_UREN: u64 = u64::from_le_bytes([0xFF, 0xFF, 0xFF, 0xFF, 0, 0xFF, 0, 0xFF]);
/// What makes the highest bit of a byte come up when it is more than 9.
const BOVEN_NEGEN: u64 = u64::from_le_bytes([0x76; 8]);

const fn soorten() -> [Option<VerzuimSoort>; 256] {
    let mut soorten = [None; 256];
    let mut nummer = 0;
    while nummer < LETTERS.len() {
        let (letter, soort) = LETTERS[nummer];
        soorten[letter as usize] = Some(soort);
        nummer += 1;
    }
    soorten
}

/// A well-formed row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kaal {
    pub leerling: u32,
    pub gepakt: u32,
    pub school: u16,
    /// Bytes of the row with its line end.
    pub lengte: usize,
}

/// The last date that was read, with the commas around it: files in order of arrival repeat it many times.
#[derive(Debug)]
pub(super) struct Dag {
    /// `,jjjj-mm`.
    voor: u64,
    /// `-dd,`, and nothing of what stands behind it.
    achter: u64,
    nummer: u16,
}

impl Default for Dag {
    fn default() -> Self {
        // No row has these: lesson and hours are taken out of what is compared.
        Dag { voor: u64::MAX, achter: u64::MAX, nummer: 0 }
    }
}

impl Dag {
    /// The number of the day that stands in the middle of a row.
    #[inline]
    fn lees(&mut self, voor: u64, achter: u64) -> Option<u16> {
        let achter = achter & ZONDER_UREN;
        if (voor, achter) != (self.voor, self.achter) {
            *self = Dag { voor, achter, nummer: dag_van(voor, achter)? };
        }
        Some(self.nummer)
    }
}

#[cold]
fn dag_van(voor: u64, achter: u64) -> Option<u16> {
    let ([b',', j @ .., m0, m1], [s2, d0, d1, b',', 0, b',', 0, b',']) = (voor.to_le_bytes(), achter.to_le_bytes())
    else {
        return None;
    };
    let [j0, j1, j2, j3, s1] = j;
    datum(&[j0, j1, j2, j3, s1, m0, m1, s2, d0, d1])
}

/// The front of a piece, long enough for a well-formed row and the eight bytes that are looked at from its last field on;
/// zeros behind the end of the piece.
pub(super) type Blok = [u8; 40];

/// The front of a piece that is shorter than a block.
#[cold]
pub(super) fn aangevuld(stuk: &[u8]) -> Blok {
    let mut blok = [0; 40];
    std::iter::zip(&mut blok, stuk).for_each(|(plaats, byte)| *plaats = *byte);
    blok
}

/// The well-formed row at the front; `None` for anything else.
#[inline(always)]
pub(super) fn ontleed(blok: &Blok, dag: &mut Dag) -> Option<Kaal> {
    let (leerling, plek) = getal(acht(blok, 0))?;
    // ,jjjj-mm -dd,s,h, K,
    let (voor, achter) = (acht(blok, plek), acht(blok, plek + 8));
    let dag = dag.lees(voor, achter)?;
    let [_, _, _, _, start, _, uren, _] = achter.to_le_bytes();
    let (na_eerste, meer) = (start.wrapping_sub(b'1'), uren.wrapping_sub(b'1'));
    if u16::from(na_eerste) + u16::from(meer) >= u16::from(UREN_PER_DAG) {
        return None;
    }
    let [letter, b',', ..] = acht(blok, plek + 16).to_le_bytes() else { return None };
    let soort = SOORTEN[usize::from(letter)]?;
    let laatste = acht(blok, plek + 18);
    let (school, cijfers) = getal(laatste)?;
    let eind = match (laatste >> (8 * cijfers)).to_le_bytes() {
        [b'\n', ..] => 1,
        [b'\r', b'\n', ..] => 2,
        _ => return None,
    };
    let rij = Rij { dag, lesuur: na_eerste + 1, duur: Duur::Kwartieren(4 * (meer + 1)), soort };
    let lengte = plek + 18 + cijfers + eind;
    Some(Kaal { leerling, gepakt: rij.pack(), school: u16::try_from(school).ok()?, lengte })
}

/// The eight bytes of a block from a place on, the first one lowest; zeros when they are not all in it.
#[inline(always)]
fn acht(blok: &Blok, plek: usize) -> u64 {
    let bytes = blok.get(plek..).and_then(|rest| rest.first_chunk());
    bytes.map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// The number of at most [`MAX_CIJFERS`] digits, without leading zeros, at the front of eight bytes; and how many digits
/// it has.
#[inline(always)]
fn getal(acht: u64) -> Option<(u32, usize)> {
    let cijfers = acht ^ NULLEN;
    // A sum that runs over spoils bytes behind the first that is no digit, and only that one is looked for.
    let geen_cijfer = (cijfers.wrapping_add(BOVEN_NEGEN) | cijfers) & HOOGSTE_BITS;
    let aantal = geen_cijfer.trailing_zeros() as usize / 8;
    let nul_vooraan = cijfers & 0xFF == 0 && aantal > 1;
    if aantal == 0 || aantal > MAX_CIJFERS || nul_vooraan {
        return None;
    }
    // Zeros come before the first digit; then tens, hundreds and ten thousands are put together beside each other.
    let recht = cijfers << (64 - 8 * aantal);
    let tientallen = recht.wrapping_mul(10).wrapping_add(recht >> 8);
    let (even, oneven) = (tientallen & 0xFF_0000_00FF, tientallen >> 16 & 0xFF_0000_00FF);
    let samen = even.wrapping_mul(100 + (1_000_000 << 32)).wrapping_add(oneven.wrapping_mul(1 + (10_000 << 32)));
    Some(((samen >> 32) as u32, aantal))
}

/// A whole field of digits, at most `hoogste`.
pub(super) fn cijfers(veld: &[u8], hoogste: u32) -> Option<u32> {
    getal(acht(&aangevuld(veld), 0))
        .filter(|(waarde, eind)| *eind == veld.len() && *waarde <= hoogste)
        .map(|(waarde, _)| waarde)
}

/// The number of a day written as jjjj-mm-dd.
pub(super) fn datum(veld: &[u8]) -> Option<u16> {
    let [j0, j1, j2, j3, b'-', m0, m1, b'-', d0, d1] = veld else { return None };
    let cijfers = |bytes: &[u8]| {
        bytes.iter().try_fold(0i16, |waarde, byte| byte.is_ascii_digit().then(|| waarde * 10 + i16::from(byte - b'0')))
    };
    let klein = |waarde: i16| i8::try_from(waarde).ok();
    dagnummer(cijfers(&[*j0, *j1, *j2, *j3])?, klein(cijfers(&[*m0, *m1])?)?, klein(cijfers(&[*d0, *d1])?)?)
}

/// The kind that a letter stands for.
pub(super) fn soort_van(veld: &[u8]) -> Option<VerzuimSoort> {
    let [letter] = veld else { return None };
    SOORTEN[usize::from(*letter)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_whatever_follows_it() {
        for waarde in (0..3_000).chain((0..10_000_000).step_by(997)).chain([9_999_999]) {
            for achter in ["", ",", "\n", "\r\n7", ",2024", "/", ":", "\u{ff}\u{ff}\u{ff}"] {
                let tekst = format!("{waarde}{achter}");
                let cijfers = waarde.to_string().len();
                assert_eq!(getal(acht(&aangevuld(tekst.as_bytes()), 0)), Some((waarde, cijfers)), "{tekst}");
            }
        }
        for geen in ["", ",1", "01,", "00", "-1", "12345678", "99999999,", "\u{ff}1", "a1"] {
            assert_eq!(getal(acht(&aangevuld(geen.as_bytes()), 0)), None, "{geen}");
        }
    }

    #[test]
    fn any_byte_changed_gives_another_row_or_none() {
        let regel = b"1234567,2024-09-02,2,3,U,65535\n";
        let lees = |regel: &[u8]| {
            let blok = aangevuld(regel);
            let rij = ontleed(&blok, &mut Dag::default())?;
            Some((rij.leerling, rij.gepakt, rij.school, rij.lengte))
        };
        let goed = lees(regel).unwrap();
        assert_eq!((goed.0, goed.2, goed.3), (1_234_567, 65_535, regel.len()));
        for (plek, anders) in (0..regel.len()).flat_map(|plek| (0..=255u8).map(move |anders| (plek, anders))) {
            let mut ander = regel.to_vec();
            ander[plek] = anders;
            assert!(anders == regel[plek] || lees(&ander) != Some(goed), "{}", String::from_utf8_lossy(&ander));
        }
        for tot in 0..regel.len() {
            assert_eq!(lees(&regel[..tot]), None, "cut off at {tot}");
        }
        assert_eq!(lees(b"7\0\0\0\0\0\0\0\0\0\0\0\x001\x001\0U,1\n"), None, "no date at all");
    }
}
