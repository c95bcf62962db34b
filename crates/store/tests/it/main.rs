//! The store from outside: one story against its operations, and what must hold when bytes flip, processes are killed,
//! disks fill up and somebody reads the raw files.

mod bytes;
mod flips;
mod full;
mod kill;
mod place;
mod processes;
mod story;
