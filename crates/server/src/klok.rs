//! The only place that reads the clock and draws chance. Everything else is told.

use domain::Timestamp;
use domain::calendar::dag_in_nederland;
use jiff::civil::Date;

use crate::fout::Fout;

/// This moment.
#[expect(clippy::disallowed_methods, reason = "the clock is read here and handed on as an argument")]
pub fn nu() -> Timestamp {
    Timestamp::now()
}

/// Today in Europe/Amsterdam.
pub fn vandaag() -> Date {
    dag_in_nederland(nu())
}

/// Measures how long something takes.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    /// Starts measuring.
    #[expect(clippy::disallowed_methods, reason = "durations are shown to the user, never stored")]
    pub fn start() -> Self {
        Stopwatch(std::time::Instant::now())
    }

    /// Seconds since the start.
    pub fn seconden(&self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}

/// Draws numbers that nobody can guess, for ids.
#[derive(Debug, Default)]
pub struct Toeval {
    pool: Vec<u64>,
}

/// Numbers drawn from the system at once.
const POOL: usize = 1_024;

impl Toeval {
    /// The next 64 bits.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn bits(&mut self) -> Result<u64, Fout> {
        if self.pool.is_empty() {
            let mut bytes = [0u8; POOL * 8];
            getrandom::fill(&mut bytes)
                .map_err(|_| Fout::kan_niet("Het systeem geeft geen toevalsgetallen; start de computer opnieuw."))?;
            let (words, _) = bytes.as_chunks::<8>();
            self.pool.extend(words.iter().map(|word| u64::from_le_bytes(*word)));
        }
        Ok(self.pool.pop().unwrap_or_default())
    }

    /// The next id of a fact.
    ///
    /// # Errors
    /// As [`Toeval::bits`].
    pub fn fact_id(&mut self) -> Result<domain::fact::FactId, Fout> {
        Ok(domain::fact::FactId(u128::from(self.bits()?) << 64 | u128::from(self.bits()?)))
    }
}

/// Bytes that nobody can guess.
///
/// # Errors
/// When the system has no randomness to give.
pub fn toevalsbytes<const N: usize>() -> Result<[u8; N], Fout> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|_| Fout::kan_niet("Het systeem geeft geen toevalsgetallen; start de computer opnieuw."))?;
    Ok(bytes)
}
