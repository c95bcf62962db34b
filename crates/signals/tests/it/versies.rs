//! versies
