//! Many rows read as one: their bytes joined in one column, their numbers in others.
//!
//! The driver hands rows over from a thread of its own, each column of each row copied twice; when half a million rows are
//! read, that costs more than all else. A thousand rows that are joined cost little more than one.
//!
//! The engine joins bytes as text, and does not promise to keep them whole when they hold a zero. It does; and who reads
//! rows this way holds each of them against its digest or its seal, and reads them one by one when anything does not fit.
//! So nothing is taken for right here that is not.

use crate::error::StoreError;

/// Rows, joined: the numbers of each, and the bytes of all, one row after the other.
pub(crate) struct Packed<const N: usize> {
    numbers: Vec<[i64; N]>,
    bytes: Vec<u8>,
}

impl<const N: usize> Packed<N> {
    /// `None` when these are not the numbers of `count` rows with together so many bytes. `length` is how many bytes a row
    /// has by its numbers.
    pub(super) fn new(
        count: i64,
        numbers: [Option<String>; N],
        bytes: Option<Vec<u8>>,
        length: impl Fn(&[i64; N]) -> i64,
    ) -> Option<Self> {
        let (count, bytes) = (usize::try_from(count).ok()?, bytes.unwrap_or_default());
        let lists = numbers.map(Option::unwrap_or_default);
        let mut lists = lists.each_ref().map(|list| list.split_terminator(','));
        let mut numbers = Vec::with_capacity(count);
        for _ in 0..count {
            let mut row = [0; N];
            for (number, list) in row.iter_mut().zip(&mut lists) {
                *number = list.next()?.parse().ok()?;
            }
            numbers.push(row);
        }
        let long = numbers.iter().try_fold(0i64, |sum, row| sum.checked_add(length(row)));
        let ended = lists.iter_mut().all(|list| list.next().is_none());
        (ended && long.and_then(|long| usize::try_from(long).ok()) == Some(bytes.len()))
            .then_some(Packed { numbers, bytes })
    }

    /// How many rows.
    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The numbers of the last row.
    pub(super) fn last(&self) -> Option<&[i64; N]> {
        self.numbers.last()
    }

    /// The rows, as `cut` takes each from the bytes by its numbers; up to the first that cannot be.
    pub(super) fn rows<'a, R>(
        &'a self,
        cut: impl Fn(&[i64; N], &mut Rest<'a>) -> Option<R> + 'a,
    ) -> impl Iterator<Item = R> + 'a {
        let mut rest = Rest(&self.bytes);
        self.numbers.iter().map_while(move |numbers| cut(numbers, &mut rest))
    }
}

/// What was joined; nothing when it is more than the engine keeps in one text: such rows are read one by one.
pub(super) fn unless_too_big<T>(found: Result<T, sqlx::Error>, file: &'static str) -> Result<Option<T>, StoreError> {
    const TOO_BIG: &str = "18";
    match found {
        Ok(found) => Ok(Some(found)),
        Err(e) if e.as_database_error().is_some_and(|e| e.code().is_some_and(|code| code == TOO_BIG)) => Ok(None),
        Err(e) => Err(StoreError::sql(file)(e)),
    }
}

/// What is left to take from.
pub(super) struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    /// The next so many bytes.
    pub(super) fn take(&mut self, length: i64) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(usize::try_from(length).ok()?)?;
        self.0 = rest;
        Some(taken)
    }

    /// The next bytes of a column of fixed length.
    pub(super) fn fixed<const L: usize>(&mut self) -> Option<[u8; L]> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*taken)
    }
}

#[cfg(test)]
mod tests {
    use super::Packed;

    fn packed(count: i64, numbers: [&str; 2], bytes: &[u8]) -> Option<Vec<(i64, Vec<u8>)>> {
        let numbers = numbers.map(|list| (!list.is_empty()).then(|| list.to_owned()));
        let bytes = (!bytes.is_empty()).then(|| bytes.to_vec());
        let packed = Packed::new(count, numbers, bytes, |[_, length]| *length)?;
        let rows: Vec<_> = packed.rows(|[n, length], rest| Some((*n, rest.take(*length)?.to_vec()))).collect();
        assert_eq!(rows.len(), packed.len());
        Some(rows)
    }

    #[test]
    fn rows_that_were_joined_are_taken_apart_or_refused() {
        assert_eq!(packed(0, ["", ""], b""), Some(vec![]));
        let two = vec![(7, b"a\0b".to_vec()), (-8, b"cd".to_vec())];
        assert_eq!(packed(2, ["7,-8", "3,2"], b"a\0bcd"), Some(two));
        for (count, numbers, bytes) in [
            (2, ["7,-8", "3,2"], b"a\0bc".as_slice()),
            (2, ["7,-8", "3,3"], b"a\0bcd"),
            (2, ["7", "3,2"], b"a\0bcd"),
            (2, ["7,-8,9", "3,2"], b"a\0bcd"),
            (1, ["7,-8", "3,2"], b"a\0bcd"),
            (2, ["7,8.5", "3,2"], b"a\0bcd"),
            (2, ["7,-8", "9223372036854775807,2"], b"a\0bcd"),
            (-1, ["", ""], b""),
        ] {
            assert_eq!(packed(count, numbers, bytes), None, "{count} {numbers:?}");
        }
    }
}
