//! The binary as it is used: files in, lines out, and a data folder that is whole afterwards.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests stop the test, as the tests themselves do"
)]

mod accounts;
mod convenant;
mod formaten;
mod kanarie;
mod plek;
mod samenloop;
mod slecht;
mod verhaal;
