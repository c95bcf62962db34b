//! Absence rows in columns to signals, under a protocol.
