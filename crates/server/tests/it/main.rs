//! The binary as it is used: files in, lines out, and a data folder that is whole afterwards.

mod kanarie;
mod plek;
mod samenloop;
mod slecht;
mod verhaal;
