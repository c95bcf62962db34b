//! What holds of the convenant: its text, its bounds, and what the practice of the pact asks of it.
#![expect(clippy::expect_used, clippy::panic, reason = "helpers of tests stop the test, as the tests themselves do")]

mod autorisatie;
mod eigenschappen;
mod feiten;
mod grenzen;
mod lezen;
mod praktijk;
mod verhaal;
