//! Leafing through a long list.

use std::ops::Range;

/// Pages of one list, and which of them is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bladeren {
    adres: String,
    aantal: usize,
    per_bladzijde: usize,
    bladzijde: usize,
}

impl Bladeren {
    /// The page that was asked for (from 1), or the nearest that there is. `vraag` is what else stands behind the address.
    pub fn new(pad: &str, vraag: &str, aantal: usize, per_bladzijde: usize, bladzijde: &str) -> Self {
        let adres = if vraag.is_empty() { format!("{pad}?") } else { format!("{pad}?{vraag}&") };
        let asked = bladzijde.trim().parse::<usize>().unwrap_or(1);
        let per_bladzijde = per_bladzijde.max(1);
        let last = aantal.div_ceil(per_bladzijde).max(1);
        Bladeren { adres, aantal, per_bladzijde, bladzijde: asked.clamp(1, last) }
    }

    /// The lines that are on the page.
    pub fn bereik(&self) -> Range<usize> {
        let from = (self.bladzijde - 1) * self.per_bladzijde;
        from..(from + self.per_bladzijde).min(self.aantal)
    }

    /// How many lines there are in all.
    pub fn aantal(&self) -> usize {
        self.aantal
    }

    /// Which page it is, from 1.
    pub fn bladzijde(&self) -> usize {
        self.bladzijde
    }

    /// How many pages there are.
    pub fn bladzijden(&self) -> usize {
        self.aantal.div_ceil(self.per_bladzijde).max(1)
    }

    /// Whether there is more than one page.
    pub fn is_meer(&self) -> bool {
        self.bladzijden() > 1
    }

    /// The address of the page before.
    pub fn vorige(&self) -> Option<String> {
        (self.bladzijde > 1).then(|| self.naar(self.bladzijde - 1))
    }

    /// The address of the page after.
    pub fn volgende(&self) -> Option<String> {
        (self.bladzijde < self.bladzijden()).then(|| self.naar(self.bladzijde + 1))
    }

    fn naar(&self, bladzijde: usize) -> String {
        format!("{}bladzijde={bladzijde}", self.adres)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_on_one_page_and_every_page_can_be_reached() {
        for (aantal, pages) in [(0, 1), (1, 1), (100, 1), (101, 2), (1_000, 10)] {
            let first = Bladeren::new("/lijst", "", aantal, 100, "");
            assert_eq!((first.bladzijden(), first.vorige(), first.is_meer()), (pages, None, pages > 1), "{aantal}");
            let ranges: Vec<usize> =
                (1..=pages).flat_map(|n| Bladeren::new("/lijst", "", aantal, 100, &n.to_string()).bereik()).collect();
            assert_eq!(ranges, (0..aantal).collect::<Vec<_>>());
        }
        let second = Bladeren::new("/lijst", "school=O-1", 250, 100, "2");
        assert_eq!(second.vorige().unwrap(), "/lijst?school=O-1&bladzijde=1");
        assert_eq!(second.volgende().unwrap(), "/lijst?school=O-1&bladzijde=3");
        for odd in ["0", "-1", "99", "zes", "18446744073709551616"] {
            assert!((1..=3).contains(&Bladeren::new("/lijst", "", 250, 100, odd).bladzijde()), "{odd}");
        }
    }
}
