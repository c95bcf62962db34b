//! Typing mistakes: a letter left out, added, changed, or two beside each other swapped (optimal string alignment), counted
//! row by row, so that words that begin alike share their rows.

use super::MAX_LETTERS;

/// For each number of typed letters, how many mistakes lie between these and the word so far.
pub(super) type Rij = [u8; MAX_LETTERS + 1];

/// The row before any letter of the word: every typed letter is one too many.
pub(super) fn begin(getypt: usize) -> Rij {
    let mut rij = [u8::MAX; MAX_LETTERS + 1];
    for (slot, letters) in rij.iter_mut().zip(0..).take(getypt + 1) {
        *slot = letters;
    }
    rij
}

/// The row after one more letter of the word. `ervoor` is the row before the last letter, with that letter.
pub(super) fn volgende(getypt: &[char], letter: char, rij: &Rij, ervoor: Option<(&Rij, char)>) -> Rij {
    let mut next = [u8::MAX; MAX_LETTERS + 1];
    next[0] = rij[0].saturating_add(1);
    for (at, typed) in getypt.iter().enumerate() {
        let changed = rij[at].saturating_add(u8::from(*typed != letter));
        let best = changed.min(rij[at + 1].saturating_add(1)).min(next[at].saturating_add(1));
        let swapped = ervoor.filter(|(_, last)| at > 0 && *typed == *last && getypt[at - 1] == letter);
        next[at + 1] = swapped.map_or(best, |(rij, _)| best.min(rij[at - 1].saturating_add(1)));
    }
    next
}

/// The fewest mistakes in a row.
fn minst(rij: &Rij, getypt: usize) -> u8 {
    rij.iter().take(getypt + 1).copied().min().unwrap_or(u8::MAX)
}

/// The fewest mistakes in any row further on: none is lower than this one, or than the one before it with two letters
/// swapped.
pub(super) fn laagst(rij: &Rij, ervoor: Option<&Rij>, getypt: usize) -> u8 {
    let before = ervoor.map_or(u8::MAX, |rij| minst(rij, getypt).saturating_add(1));
    minst(rij, getypt).min(before)
}

/// Whether a word begins with what differs from what was typed by no more than so many mistakes.
pub(super) fn begint_bijna(word: &[char], getypt: &[char], hoogstens: u8) -> bool {
    let mut before: Option<(Rij, char)> = None;
    let mut rij = begin(getypt.len());
    for letter in word {
        let next = volgende(getypt, *letter, &rij, before.as_ref().map(|(rij, last)| (rij, *last)));
        if next.get(getypt.len()).is_some_and(|wrong| *wrong <= hoogstens) {
            return true;
        }
        if laagst(&next, Some(&rij), getypt.len()) > hoogstens {
            return false;
        }
        before = Some((std::mem::replace(&mut rij, next), *letter));
    }
    false
}
