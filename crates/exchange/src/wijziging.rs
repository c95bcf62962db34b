//! The stored form of what a delivery changed for one pupil: a version, then five counted lists of numbers, lowest byte
//! first. It is sealed under the pupil's key; the log knows only its digest.

use domain::levering::Wijziging;

const VERSION: u8 = 1;
/// Most numbers in one list: more than the log takes in one piece, so that what can be written can be read.
pub const MAX_LIST: usize = 1 << 16;

/// The bytes of a difference; `None` when it is larger than can be read back ([`MAX_LIST`]).
pub fn schrijf(wijziging: &Wijziging) -> Option<Vec<u8>> {
    let Wijziging { weg, erbij, los, leesbaar, afgewezen } = wijziging;
    if [weg.len(), erbij.len(), los.len(), leesbaar.len(), afgewezen.len()].into_iter().any(|length| length > MAX_LIST)
    {
        return None;
    }
    let rows = weg.len() + erbij.len() + los.len();
    let mut bytes = Vec::with_capacity(1 + 5 * 4 + rows * 4 + (leesbaar.len() + afgewezen.len()) * 2);
    bytes.push(VERSION);
    for list in [weg, erbij, los] {
        count(&mut bytes, list.len());
        list.iter().for_each(|number| bytes.extend(number.to_le_bytes()));
    }
    for list in [leesbaar, afgewezen] {
        count(&mut bytes, list.len());
        list.iter().for_each(|number| bytes.extend(number.to_le_bytes()));
    }
    Some(bytes)
}

/// The difference in those bytes; `None` when they are no difference of a version we know, to the last byte.
pub fn lees(bytes: &[u8]) -> Option<Wijziging> {
    let (version, mut rest) = bytes.split_first()?;
    if *version != VERSION {
        return None;
    }
    let wijziging = Wijziging {
        weg: list(&mut rest, u32::from_le_bytes)?,
        erbij: list(&mut rest, u32::from_le_bytes)?,
        los: list(&mut rest, u32::from_le_bytes)?,
        leesbaar: list(&mut rest, u16::from_le_bytes)?,
        afgewezen: list(&mut rest, u16::from_le_bytes)?,
    };
    rest.is_empty().then_some(wijziging)
}

fn count(bytes: &mut Vec<u8>, length: usize) {
    bytes.extend(u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
}

fn list<T, const N: usize>(rest: &mut &[u8], number: fn([u8; N]) -> T) -> Option<Vec<T>> {
    let (length, after) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok().filter(|length| *length <= MAX_LIST)?;
    let numbers = after.get(..length * N)?;
    *rest = after.get(length * N..)?;
    Some(numbers.as_chunks::<N>().0.iter().map(|chunk| number(*chunk)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_form_stays_as_it_was_written() {
        let wijziging = Wijziging {
            weg: vec![1],
            erbij: vec![2, 0xDEAD_BEEF],
            los: vec![],
            leesbaar: vec![3],
            afgewezen: vec![4, 5],
        };
        let golden = [
            1, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 0xEF, 0xBE, 0xAD, 0xDE, 0, 0, 0, 0, 1, 0, 0, 0, 3, 0, 2,
            0, 0, 0, 4, 0, 5, 0,
        ];
        assert_eq!(schrijf(&wijziging).as_deref(), Some(&golden[..]));
        assert_eq!(lees(&golden), Some(wijziging));
    }

    #[test]
    fn what_cannot_be_read_back_is_not_written() {
        let largest = Wijziging { los: (0..MAX_LIST as u32).collect(), ..Wijziging::default() };
        assert_eq!(lees(&schrijf(&largest).unwrap()), Some(largest));
        assert_eq!(schrijf(&Wijziging { los: vec![0; MAX_LIST + 1], ..Wijziging::default() }), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            if let Some(wijziging) = lees(&bytes) {
                prop_assert_eq!(schrijf(&wijziging), Some(bytes));
            }
        }

        #[test]
        fn a_cut_or_longer_form_is_refused(weg in prop::collection::vec(any::<u32>(), 0..5), cut in 0usize..8) {
            let bytes = schrijf(&Wijziging { weg, ..Wijziging::default() }).unwrap();
            prop_assert_eq!(lees(&bytes[..bytes.len() - 1 - cut]), None);
            prop_assert_eq!(lees(&[&bytes[..], &[0]].concat()), None);
        }
    }
}
