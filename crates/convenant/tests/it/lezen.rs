//! Reading: the shipped convenant is sound, and every mistake names its line and what is allowed.

use convenant::{Convenant, STANDAARD};

#[test]
fn the_shipped_convenant_is_sound() {
    let fouten = Convenant::lees(STANDAARD).err().unwrap_or_default();
    assert!(fouten.is_empty(), "{}", fouten.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
}
