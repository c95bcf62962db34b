//! The keys of a place, unwrapped, in memory.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};
use std::hint::black_box;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use zeroize::{Zeroize as _, Zeroizing};

use crate::crypto::Sealer;
use crate::ids::KeyId;
use crate::keys::KeyScope;

/// Keys on one page.
const PAGE: usize = 512;

/// The keys of the place, unwrapped, as far as this process has read them. Both tables of the keys file are read like the
/// log: only what was added since.
///
/// A large region has hundreds of thousands of keys. They stand on pages that never move, so that none leaves a copy
/// behind, and a dropped key is wiped where it stands. The tables hold places on the pages.
#[derive(Default)]
pub(crate) struct Keyring {
    pages: Vec<Box<[Key; PAGE]>>,
    /// How many places on the pages are taken, also by keys that were dropped.
    taken: u32,
    by_id: HashTable<u32>,
    by_scope: HashTable<u32>,
    hasher: RandomState,
    destroyed: HashSet<KeyId>,
    pub(crate) keys_read: i64,
    pub(crate) destroyed_read: i64,
}

/// A key, what it seals, and its number in the keys file.
struct Key {
    nr: i64,
    id: KeyId,
    scope: KeyScope,
    secret: Zeroizing<[u8; 32]>,
}

/// What a key name stands for now.
pub(crate) enum Lookup<'a> {
    Key(&'a [u8; 32]),
    Destroyed,
    Unknown,
}

impl Keyring {
    pub(crate) fn id(&self, scope: &KeyScope) -> Option<KeyId> {
        let is_it = |place: &u32| self.key(*place).is_some_and(|key| key.scope == *scope);
        let place = self.by_scope.find(self.hasher.hash_one(scope), is_it)?;
        self.key(*place).map(|key| key.id)
    }

    /// The key's number in the keys file.
    pub(crate) fn number(&self, id: KeyId) -> Option<i64> {
        self.named(id).map(|key| key.nr)
    }

    pub(crate) fn lookup(&self, id: KeyId) -> Lookup<'_> {
        match self.named(id) {
            Some(key) => Lookup::Key(&key.secret),
            None if self.destroyed.contains(&id) => Lookup::Destroyed,
            None => Lookup::Unknown,
        }
    }

    /// Looks up keys that are about to be used, one after the other and for nothing: so the processor waits for the memory
    /// of many at once, and not for each when it is needed.
    pub(crate) fn fetch(&self, ids: impl Iterator<Item = KeyId>) {
        for id in ids {
            if let Lookup::Key([first, ..]) = self.lookup(id) {
                black_box(*first);
            }
        }
    }

    pub(crate) fn add(&mut self, nr: i64, id: KeyId, scope: KeyScope, secret: &[u8; 32]) {
        let place = self.taken;
        if split(place).0 == self.pages.len() {
            self.pages.push(Box::new(std::array::from_fn(|_| Key::none())));
        }
        let Some(key) = self.key_mut(place) else { return };
        (key.nr, key.id, key.scope) = (nr, id, scope);
        key.secret.copy_from_slice(secret);
        self.taken = place.saturating_add(1);
        self.keys_read = self.keys_read.max(nr);
        let Keyring { pages, by_id, by_scope, hasher, .. } = self;
        let of_id = |place: &u32| at(pages, *place).map_or(0, |key| key.id.spread());
        by_id.insert_unique(id.spread(), place, of_id);
        let is_it = |place: &u32| at(pages, *place).is_some_and(|key| key.scope == scope);
        let of_scope = |place: &u32| at(pages, *place).map_or(0, |key| hasher.hash_one(key.scope));
        match by_scope.entry(hasher.hash_one(scope), is_it, of_scope) {
            // Of two with one scope the last counts.
            Entry::Occupied(mut found) => *found.get_mut() = place,
            Entry::Vacant(free) => drop(free.insert(place)),
        }
    }

    /// Makes room for so many keys more, so that the tables need not grow while they come.
    pub(crate) fn reserve(&mut self, more: usize) {
        let Keyring { pages, by_id, by_scope, hasher, .. } = self;
        by_id.reserve(more, |place| at(pages, *place).map_or(0, |key| key.id.spread()));
        by_scope.reserve(more, |place| at(pages, *place).map_or(0, |key| hasher.hash_one(key.scope)));
    }

    /// Drops and wipes the key; what it sealed reads as destroyed from now on.
    pub(crate) fn drop_key(&mut self, id: KeyId) {
        self.destroyed.insert(id);
        let Keyring { pages, by_id, .. } = self;
        let is_it = |place: &u32| at(pages, *place).is_some_and(|key| key.id == id);
        let Ok(found) = by_id.find_entry(id.spread(), is_it) else { return };
        let (place, _) = found.remove();
        let Some(scope) = self.key_mut(place).map(|key| {
            key.secret.zeroize();
            key.scope
        }) else {
            return;
        };
        if self.id(&scope) == Some(id) {
            self.forget_scope(&scope);
        }
    }

    fn forget_scope(&mut self, scope: &KeyScope) {
        let hash = self.hasher.hash_one(scope);
        let Keyring { pages, by_scope, .. } = self;
        if let Ok(found) = by_scope.find_entry(hash, |place| at(pages, *place).is_some_and(|key| key.scope == *scope)) {
            found.remove();
        }
    }

    fn named(&self, id: KeyId) -> Option<&Key> {
        let is_it = |place: &u32| self.key(*place).is_some_and(|key| key.id == id);
        self.key(*self.by_id.find(id.spread(), is_it)?)
    }

    fn key(&self, place: u32) -> Option<&Key> {
        at(&self.pages, place)
    }

    fn key_mut(&mut self, place: u32) -> Option<&mut Key> {
        let (page, on_page) = split(place);
        self.pages.get_mut(page)?.get_mut(on_page)
    }
}

impl KeyId {
    /// For a table: names of keys are drawn by lot by whoever holds the place, so their first bytes lie spread.
    fn spread(self) -> u64 {
        self.0.first_chunk().map_or(0, |first| u64::from_le_bytes(*first))
    }
}

impl Key {
    /// A place that is not taken yet.
    fn none() -> Self {
        let scope = KeyScope { subject: Default::default(), owner: Default::default(), category: 0 };
        Key { nr: 0, id: KeyId([0; 16]), scope, secret: Zeroizing::new([0; 32]) }
    }
}

fn at(pages: &[Box<[Key; PAGE]>], place: u32) -> Option<&Key> {
    let (page, on_page) = split(place);
    pages.get(page)?.get(on_page)
}

/// The page of a place, and where on it.
fn split(place: u32) -> (usize, usize) {
    let place = usize::try_from(place).unwrap_or(usize::MAX);
    (place / PAGE, place % PAGE)
}

/// Opens what the keys of a ring sealed. What follows each other was mostly sealed with one key, so the last is kept ready.
pub(crate) struct Opener<'a> {
    ring: &'a Keyring,
    last: Option<(KeyId, Sealer)>,
}

impl<'a> Opener<'a> {
    pub(crate) fn new(ring: &'a Keyring) -> Self {
        Opener { ring, last: None }
    }

    /// The plain bytes, nothing when the key was destroyed, or what is wrong.
    pub(crate) fn open(&mut self, key: KeyId, bound: &[u8], sealed: &[u8]) -> Result<Option<Vec<u8>>, &'static str> {
        const CLOSED: &str = "de inhoud kan niet worden geopend";
        if let Some((_, sealer)) = self.last.as_ref().filter(|(last, _)| *last == key) {
            return sealer.open(bound, sealed).map(Some).ok_or(CLOSED);
        }
        match self.ring.lookup(key) {
            Lookup::Key(secret) => {
                let (_, sealer) = self.last.insert((key, Sealer::new(secret)));
                sealer.open(bound, sealed).map(Some).ok_or(CLOSED)
            }
            Lookup::Destroyed => Ok(None),
            Lookup::Unknown => Err("de sleutel ontbreekt, terwijl zij niet is vernietigd"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{OwnerId, SubjectId};

    fn id(nr: u16) -> KeyId {
        let mut bytes = [0; 16];
        bytes[..2].copy_from_slice(&nr.to_be_bytes());
        KeyId(bytes)
    }

    fn scope(nr: u16) -> KeyScope {
        let subject = SubjectId::new(&nr.to_be_bytes()).unwrap();
        KeyScope { subject, owner: OwnerId::default(), category: 1 }
    }

    fn found(ring: &Keyring, nr: u16) -> Option<[u8; 32]> {
        match ring.lookup(id(nr)) {
            Lookup::Key(key) => Some(*key),
            Lookup::Destroyed | Lookup::Unknown => None,
        }
    }

    #[test]
    fn keys_are_found_by_name_and_by_what_they_seal() {
        let mut ring = Keyring::default();
        for nr in 0..2_000u16 {
            ring.add(i64::from(nr) + 1, id(nr), scope(nr), &[nr.to_le_bytes()[0]; 32]);
        }
        for nr in (0..2_000).step_by(3) {
            ring.drop_key(id(nr));
        }
        ring.add(5_000, id(6_000), scope(6), &[9; 32]);
        ring.add(5_001, id(7_000), scope(7), &[9; 32]);
        ring.drop_key(id(7));
        for nr in 8..2_000u16 {
            let there = nr % 3 != 0;
            assert_eq!(found(&ring, nr), there.then_some([nr.to_le_bytes()[0]; 32]), "{nr}");
            assert_eq!(ring.id(&scope(nr)), there.then_some(id(nr)), "{nr}");
            assert_eq!(ring.number(id(nr)), there.then_some(i64::from(nr) + 1), "{nr}");
            assert_eq!(matches!(ring.lookup(id(nr)), Lookup::Destroyed), !there, "{nr}");
        }
        assert!(matches!(ring.lookup(id(2_001)), Lookup::Unknown));
        assert_eq!((ring.id(&scope(6)), found(&ring, 6_000)), (Some(id(6_000)), Some([9; 32])), "made anew");
        assert_eq!(ring.id(&scope(7)), Some(id(7_000)), "dropping the old one leaves the new one");
        assert_eq!(ring.keys_read, 5_001);
    }

    #[test]
    fn a_dropped_key_is_wiped_where_it_stood() {
        let mut ring = Keyring::default();
        ring.add(1, id(1), scope(1), &[7; 32]);
        ring.drop_key(id(1));
        assert!(ring.key(0).is_some_and(|key| key.id == id(1) && *key.secret == [0; 32]));
    }
}
