//! vervolg
