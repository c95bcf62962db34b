//! lezen
