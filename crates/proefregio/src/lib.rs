//! The synthetic region: made-up schools, families and a year of life with a planted truth.

pub mod maatstaf;
