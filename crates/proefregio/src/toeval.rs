//! Chance that repeats: SplitMix64, the same numbers from the same seed on every machine.

/// A stream of numbers.
#[derive(Debug, Clone)]
pub(crate) struct Toeval(u64);

/// The largest count that is drawn.
const MAX_AANTAL: u32 = 80;
/// The step of the stream.
const GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;

impl Toeval {
    /// The stream with that name, of that seed: streams with other names do not follow each other.
    pub(crate) fn new(seed: u64, stream: u64) -> Self {
        let mut toeval = Toeval(seed ^ stream.wrapping_mul(0xD1B5_4A32_D192_ED03));
        toeval.0 = toeval.next();
        toeval
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GAMMA);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 up to `n` (exclusive); 0 when `n` is 0.
    pub(crate) fn onder(&mut self, n: usize) -> usize {
        let wide = u128::from(self.next()) * (n as u128);
        (wide >> 64) as usize
    }

    /// True in so many cases of a thousand.
    pub(crate) fn kans(&mut self, promille: u32) -> bool {
        self.onder(1000) < promille as usize
    }

    /// One of a list; the empty value for an empty list.
    pub(crate) fn kies<T: Copy + Default>(&mut self, uit: &[T]) -> T {
        let place = self.onder(uit.len());
        uit.get(place).copied().unwrap_or_default()
    }

    /// A count whose mean is so many hundredths: mostly small, now and then large, never above [`MAX_AANTAL`].
    pub(crate) fn aantal(&mut self, honderdsten: u32) -> u32 {
        let honderdsten = honderdsten as usize;
        let mut count = 0;
        while count < MAX_AANTAL && self.onder(100 + honderdsten) < honderdsten {
            count += 1;
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers_and_another_stream_gives_others() {
        let draw = |seed, stream| {
            let mut toeval = Toeval::new(seed, stream);
            [(); 8].map(|()| toeval.next())
        };
        assert_eq!(draw(1, 2), draw(1, 2));
        assert_ne!(draw(1, 2), draw(1, 3));
        assert_ne!(draw(1, 2), draw(2, 2));
    }

    #[test]
    fn numbers_stay_below_their_bound_and_reach_all_of_it() {
        let mut toeval = Toeval::new(7, 7);
        let mut seen = [false; 10];
        for _ in 0..1_000 {
            seen[toeval.onder(10)] = true;
        }
        assert_eq!(seen, [true; 10]);
        assert_eq!(toeval.onder(0), 0);
        assert_eq!(toeval.kies::<u8>(&[]), 0);
    }

    #[test]
    fn counts_have_the_mean_that_was_asked() {
        let mut toeval = Toeval::new(1, 1);
        let sum: u32 = (0..10_000).map(|_| toeval.aantal(250)).sum();
        assert!((24_000..26_000).contains(&sum), "{sum}");
    }
}
