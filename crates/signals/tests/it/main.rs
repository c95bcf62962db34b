//! The signal engine from outside: each form against stories, and everything against a deliberately naive oracle.

mod bouw;
mod eigenschappen;
mod lezen;
mod oracle;
mod versies;
mod vervolg;
mod vormen;
