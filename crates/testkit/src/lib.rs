//! Builders and a fixed clock for tests; never shipped.
