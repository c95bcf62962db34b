//! Two texts beside each other, line by line: what is gone, what is new.

/// Above this many pairs of lines the part that differs is shown as a whole: the old lines, then the new.
const MAX_PAREN: usize = 4_000_000;
/// Equal lines shown around a difference.
const RONDOM: usize = 2;
/// Most lines shown.
const MAX_REGELS: usize = 3_000;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Soort {
    /// In both.
    Gelijk,
    /// Only in the old text.
    Weg,
    /// Only in the new text.
    Erbij,
    /// Stands for lines in both that are not shown.
    Overgeslagen,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regel {
    /// What it is.
    pub soort: Soort,
    /// Its number in the new text, in the old one when it is gone; how many when they are not shown.
    pub nummer: usize,
    /// The line.
    pub tekst: String,
}

impl Regel {
    /// The sign before the line.
    pub fn teken(&self) -> &'static str {
        match self.soort {
            Soort::Gelijk => "",
            Soort::Weg => "weg",
            Soort::Erbij => "nieuw",
            Soort::Overgeslagen => "…",
        }
    }

    /// The class of the row.
    pub fn klasse(&self) -> &'static str {
        match self.soort {
            Soort::Weg => "is-weg",
            Soort::Erbij => "is-erbij",
            Soort::Gelijk | Soort::Overgeslagen => "",
        }
    }
}

/// The difference between two texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verschil {
    /// The lines, with a few equal ones around each difference.
    pub regels: Vec<Regel>,
    /// Lines that are gone.
    pub weg: usize,
    /// Lines that are new.
    pub erbij: usize,
    /// Whether there were more lines than are shown.
    pub afgekapt: bool,
}

impl Verschil {
    /// Whether nothing differs.
    pub fn is_leeg(&self) -> bool {
        self.weg + self.erbij == 0
    }
}

/// Compares two texts.
pub fn verschil(oud: &str, nieuw: &str) -> Verschil {
    let (old, new): (Vec<&str>, Vec<&str>) = (oud.lines().collect(), nieuw.lines().collect());
    let kop = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - kop;
    let staart = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count().min(rest);
    let (old_end, new_end) = (old.len() - staart, new.len() - staart);
    let mut all: Vec<Regel> = Vec::with_capacity(old.len() + new.len());
    let line = |soort, place: usize, tekst: &str| Regel { soort, nummer: place + 1, tekst: tekst.to_owned() };
    all.extend((0..kop).zip(&new).map(|(place, tekst)| line(Soort::Gelijk, place, tekst)));
    let (a, b) = (old.get(kop..old_end).unwrap_or_default(), new.get(kop..new_end).unwrap_or_default());
    for (soort, place) in stappen(a, b) {
        let tekst = if soort == Soort::Weg { a.get(place) } else { b.get(place) };
        all.push(line(soort, kop + place, tekst.copied().unwrap_or_default()));
    }
    all.extend((new_end..new.len()).zip(new.iter().skip(new_end)).map(|(place, t)| line(Soort::Gelijk, place, t)));
    let count = |soort| all.iter().filter(|regel| regel.soort == soort).count();
    let (weg, erbij) = (count(Soort::Weg), count(Soort::Erbij));
    let mut regels = ingekort(&all);
    let afgekapt = regels.len() > MAX_REGELS;
    regels.truncate(MAX_REGELS);
    Verschil { regels, weg, erbij, afgekapt }
}

/// How one list of lines becomes the other, with the place of each line in its own list: by the longest run of lines
/// that both have in the same order.
fn stappen(a: &[&str], b: &[&str]) -> Vec<(Soort, usize)> {
    let wide = b.len() + 1;
    if a.len().saturating_mul(wide) > MAX_PAREN {
        let gone = (0..a.len()).map(|place| (Soort::Weg, place));
        return gone.chain((0..b.len()).map(|place| (Soort::Erbij, place))).collect();
    }
    // Longest common run from each pair of places on, row by row from the end.
    let mut common = vec![0u32; (a.len() + 1) * wide];
    let at = |common: &[u32], i: usize, j: usize| common.get(i * wide + j).copied().unwrap_or_default();
    for (i, old) in a.iter().enumerate().rev() {
        for (j, new) in b.iter().enumerate().rev() {
            let best = match old == new {
                true => at(&common, i + 1, j + 1) + 1,
                false => at(&common, i + 1, j).max(at(&common, i, j + 1)),
            };
            if let Some(cell) = common.get_mut(i * wide + j) {
                *cell = best;
            }
        }
    }
    let (mut i, mut j, mut steps) = (0, 0, Vec::with_capacity(a.len() + b.len()));
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a.get(i) == b.get(j) {
            steps.push((Soort::Gelijk, j));
            (i, j) = (i + 1, j + 1);
        } else if i < a.len() && (j == b.len() || at(&common, i + 1, j) >= at(&common, i, j + 1)) {
            steps.push((Soort::Weg, i));
            i += 1;
        } else {
            steps.push((Soort::Erbij, j));
            j += 1;
        }
    }
    steps
}

/// Without the equal lines that are far from any difference.
fn ingekort(all: &[Regel]) -> Vec<Regel> {
    let mut keep = vec![false; all.len()];
    for (place, _) in all.iter().enumerate().filter(|(_, regel)| regel.soort != Soort::Gelijk) {
        let (from, until) = (place.saturating_sub(RONDOM), (place + RONDOM + 1).min(all.len()));
        keep.iter_mut().take(until).skip(from).for_each(|kept| *kept = true);
    }
    let mut regels: Vec<Regel> = Vec::new();
    for (regel, kept) in all.iter().zip(keep) {
        match regels.last_mut() {
            _ if kept => regels.push(regel.clone()),
            Some(last) if last.soort == Soort::Overgeslagen => last.nummer += 1,
            _ => regels.push(Regel { soort: Soort::Overgeslagen, nummer: 1, tekst: String::new() }),
        }
    }
    regels
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn kort(oud: &str, nieuw: &str) -> String {
        let sign = |regel: &Regel| match regel.soort {
            Soort::Gelijk => format!(" {}", regel.tekst),
            Soort::Weg => format!("-{}", regel.tekst),
            Soort::Erbij => format!("+{}", regel.tekst),
            Soort::Overgeslagen => format!("~{}", regel.nummer),
        };
        verschil(oud, nieuw).regels.iter().map(sign).collect::<Vec<_>>().join(",")
    }

    #[test]
    fn what_is_gone_and_what_is_new_stand_where_they_belong() {
        for (oud, nieuw, found) in [
            ("a\nb\nc", "a\nb\nc", "~3"),
            ("a\nb\nc", "a\nx\nc", " a,-b,+x, c"),
            ("", "a", "+a"),
            ("a", "", "-a"),
            ("a\nb", "a\nb\nb", " a, b,+b"),
            ("1\n2\n3\n4\n5\n6", "1\n2\n3\n4\n5\n7", "~3, 4, 5,-6,+7"),
            ("a\nb\nc\nd", "b\nc\nx\nd", "-a, b, c,+x, d"),
        ] {
            assert_eq!(kort(oud, nieuw), found, "{oud:?} {nieuw:?}");
        }
    }

    #[test]
    fn texts_without_anything_in_common_are_shown_whole() {
        let many = |letter: &str| (0..2_500).map(|n| format!("{letter}{n}\n")).collect::<String>();
        let found = verschil(&many("a"), &many("b"));
        assert_eq!((found.weg, found.erbij, found.afgekapt, found.regels.len()), (2_500, 2_500, true, MAX_REGELS));
    }

    proptest! {
        #[test]
        fn nothing_gets_lost(a in "([a-c]\n){0,12}", b in "([a-c]\n){0,12}") {
            let (old, new): (Vec<&str>, Vec<&str>) = (a.lines().collect(), b.lines().collect());
            let steps = stappen(&old, &new);
            let side = |without: Soort, of: &[&str]| -> Vec<String> {
                let mine = steps.iter().filter(|(soort, _)| *soort != without);
                mine.enumerate().map(|(n, _)| of[n].to_owned()).collect()
            };
            prop_assert_eq!(side(Soort::Erbij, &old).len(), old.len());
            prop_assert_eq!(side(Soort::Weg, &new).len(), new.len());
            let rebuilt: Vec<&str> = steps.iter().filter(|(soort, _)| *soort != Soort::Weg).map(|(_, j)| new[*j]).collect();
            prop_assert_eq!(rebuilt, new);
        }
    }
}
