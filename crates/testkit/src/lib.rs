//! Builders and a fixed calendar for tests; never shipped.
//!
//! A test reads as a story: who the child is, what each schooldag was, what people stated.
//!
//! ```
//! use testkit::{SCHOOL, dag, kind};
//! let sam = kind(dag(2011, 9, 3))
//!     .ingeschreven(SCHOOL, dag(2025, 8, 1))
//!     .dagen(SCHOOL, dag(2026, 2, 9), "zzzzo ooooo ..... ..... .....");
//! assert_eq!(sam.timeline().rijen.per_school.len(), 1);
//! ```

mod kind;
mod regio;

pub use jiff::civil::date as dag;
pub use kind::{Kind, kind};
pub use regio::{
    BESTUUR, DAG, DOORSTROOMPUNT, GEMEENTE, JGZ, LEERLING, MOEDER, REGIO, SCHOOL, SCHOOL_TWEE, STEUNPUNT, SWV,
    SWV_ELDERS, VADER, ZORG, consulent, leerplicht, medewerker, mentor, moeder, regio, vader, zelf,
};
