//! Bytes as text: two digits each, of 0 to 9 and a to f.

/// The text of bytes.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |four: u8| char::from_digit(four.into(), 16).unwrap_or_default();
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(byte & 15));
    }
    text
}

/// The bytes of such a text, if it holds just so many.
pub fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != N || !rest.is_empty() {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = four(*high)? << 4 | four(*low)?;
    }
    Some(bytes)
}

/// What one digit is worth.
fn four(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_survive_their_text_and_nothing_else_is_read() {
        let bytes = [0, 1, 0x7f, 0xff];
        assert_eq!(hex(&bytes), "00017fff");
        assert_eq!(unhex("00017fff"), Some(bytes));
        for text in ["", "00017ff", "00017fff0", "00017fFF", "+0017fff", "0001 fff", "é017fff"] {
            assert_eq!(unhex::<4>(text), None, "{text}");
        }
    }
}
