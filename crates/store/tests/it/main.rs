//! The store from outside: one story against its operations, and what must hold when bytes flip, processes are killed,
//! disks fill up and somebody reads the raw files.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests stop the test, as the tests themselves do")]

mod bytes;
mod flips;
mod full;
mod kill;
mod leeslog;
mod opening;
mod place;
mod processes;
mod records;
mod story;
