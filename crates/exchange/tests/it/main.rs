//! Integration tests of `exchange`.

mod invoer;
