//! Bytes to facts and back: imports, exports, the stored form of facts.

pub mod afspraken;
pub mod invoer;
pub mod kaal;
pub mod opslag;
pub mod regio;
pub mod wijziging;
