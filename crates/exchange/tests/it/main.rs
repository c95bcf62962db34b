//! Integration tests of `exchange`.

// The attribute tells clippy that helpers in here are test code too.
#[cfg(test)]
mod invoer;
