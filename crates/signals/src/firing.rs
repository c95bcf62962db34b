//! A signal as the engine finds it.

/// One firing of one rule for one pupil. Its identity is (pupil, name of the rule, day, trap); the version of the
/// protocol is an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Firing {
    /// Number of the pupil.
    pub leerling: u32,
    /// The first day on which the signal fired, in days since 1 January 1970.
    pub dag: u16,
    /// Version of the protocol, in order of adoption, from 0.
    pub versie: u8,
    /// The rule's place in that version's document, from 0.
    pub regel: u8,
    /// 0: the rule itself. n: the n-th of its `stappen`, or of its `nadert` (a warning before the rule itself).
    pub trap: u8,
    /// The sum, count, step or position. Hours in quarters.
    pub waarde: u16,
    /// The first day that counts towards the value: of the run, or within the window.
    pub van: u16,
    /// Whether days of the window or run are onbekend, or hours could not be counted for want of a dagtaak.
    pub gaten: bool,
}
