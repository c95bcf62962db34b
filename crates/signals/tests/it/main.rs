//! The signal engine from outside: each form against stories, and everything against a deliberately naive oracle.

// `cfg(test)` tells clippy that builders and the oracle are tests too, where unwrapping is allowed.
#[cfg(test)]
mod bouw;
#[cfg(test)]
mod eigenschappen;
#[cfg(test)]
mod lezen;
#[cfg(test)]
mod oracle;
#[cfg(test)]
mod prepared;
#[cfg(test)]
mod regios;
#[cfg(test)]
mod versies;
#[cfg(test)]
mod vervolg;
#[cfg(test)]
mod vormen;
