//! The one binary of Leerrecht: use cases and the command line.

fn main() {}
