//! The log and its keys: bytes, sequence, chain. Knows no meaning.
