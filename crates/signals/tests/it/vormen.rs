//! vormen
