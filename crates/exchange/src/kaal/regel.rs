//! One row of `records.csv`, taken apart eight bytes at a time: no step depends on how many digits a number has.

use domain::verzuim::{Duur, Rij, VerzuimSoort};

use super::kalender::dagnummer;
use super::{LETTERS, UREN_PER_DAG};

/// The highest number of a pupil: numbers are dense, from 0.
pub const MAX_LEERLING: u32 = 9_999_999;

/// The most digits of a number.
const MAX_CIJFERS: usize = 7;
/// The kind that each letter stands for.
const SOORTEN: [Option<VerzuimSoort>; 256] = soorten();
/// Eight times the digit 0.
const NULLEN: u64 = u64::from_le_bytes([b'0'; 8]);
/// The highest bit of each of eight bytes.
const HOOGSTE_BITS: u64 = u64::from_le_bytes([0x80; 8]);
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

/// The last date that was read: files in order of arrival repeat it many times.
#[derive(Debug, Default)]
pub(super) struct Dag {
    tekst: [u8; 10],
    nummer: u16,
}

/// One well-formed row with its line end, from the front of a piece; `None` for anything else.
pub(super) fn ontleed(stuk: &[u8], dag: &mut Dag) -> Option<Kaal> {
    let (leerling, plek) = getal(acht(stuk, 0)).filter(|(leerling, _)| *leerling <= MAX_LEERLING)?;
    // ,jjjj-mm-dd,s,h,K,
    let midden: &[u8; 18] = stuk.get(plek..)?.first_chunk()?;
    let [b',', .., b',', start, b',', uren, b',', letter, b','] = midden else { return None };
    let tekst: &[u8; 10] = midden.get(1..)?.first_chunk()?;
    if *tekst != dag.tekst {
        *dag = Dag { nummer: datum(tekst)?, tekst: *tekst };
    }
    let (start, uren) = (start.wrapping_sub(b'0'), uren.wrapping_sub(b'0'));
    if start == 0 || start > UREN_PER_DAG || uren == 0 || uren > UREN_PER_DAG + 1 - start {
        return None;
    }
    let soort = SOORTEN[usize::from(*letter)]?;
    let laatste = acht(stuk, plek + 18);
    let (school, cijfers) = getal(laatste)?;
    let eind = match (laatste >> (8 * cijfers)).to_le_bytes() {
        [b'\n', ..] => 1,
        [b'\r', b'\n', ..] => 2,
        _ => return None,
    };
    let rij = Rij { dag: dag.nummer, lesuur: start, duur: Duur::Kwartieren(4 * uren), soort };
    let lengte = plek + 18 + cijfers + eind;
    Some(Kaal { leerling, gepakt: rij.pack(), school: u16::try_from(school).ok()?, lengte })
}

/// The eight bytes from a place on, the first one lowest; zeros behind the end.
#[inline]
fn acht(stuk: &[u8], plek: usize) -> u64 {
    let rest = stuk.get(plek..).unwrap_or_default();
    match rest.first_chunk() {
        Some(bytes) => u64::from_le_bytes(*bytes),
        None => rest.iter().rev().fold(0, |acht, byte| acht << 8 | u64::from(*byte)),
    }
}

/// The number of at most [`MAX_CIJFERS`] digits, without leading zeros, at the front of eight bytes; and how many digits
/// it has.
#[inline]
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
    getal(acht(veld, 0)).filter(|(waarde, eind)| *eind == veld.len() && *waarde <= hoogste).map(|(waarde, _)| waarde)
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
                assert_eq!(getal(acht(tekst.as_bytes(), 0)), Some((waarde, cijfers)), "{tekst}");
            }
        }
        for geen in ["", ",1", "01,", "00", "-1", "12345678", "99999999,", "\u{ff}1", "a1"] {
            assert_eq!(getal(acht(geen.as_bytes(), 0)), None, "{geen}");
        }
    }

    #[test]
    fn any_byte_changed_gives_another_row_or_none() {
        let regel = b"1234567,2024-09-02,2,3,U,65535\n";
        let lees = |regel: &[u8]| {
            let rij = ontleed(regel, &mut Dag::default())?;
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
    }
}
