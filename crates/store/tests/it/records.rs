//! Records of who may come in: found by name, all or nothing, the same for every process, unreadable and unforgeable
//! without the key, kept out of a backup where they would let in what was true once.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use store::{ACCESS, FOR_EVER, MAX_RECORD, Record, RecordKind, RecordName, Records, StoreError, restore, verify};

use crate::place::*;

const ACCOUNT: RecordKind = RecordKind(1);
const SESSION: RecordKind = RecordKind::PASSING;

pub fn name(text: &str) -> RecordName {
    RecordName::of_secret(text.as_bytes())
}

pub fn record(kind: RecordKind, text: &str, owner: &str, until: i64) -> Record {
    Record { kind, name: name(text), owner: name(owner), until, content: format!("inhoud van {text}").into_bytes() }
}

impl Place {
    pub async fn records(&self) -> Records {
        Records::open(&self.data(), "proefregio", self.key()).await.unwrap()
    }
}

pub async fn put(records: &Records, record: &Record) {
    let mut change = records.begin().await.unwrap();
    change.put(record).await.unwrap();
    change.commit().await.unwrap();
}

#[tokio::test]
async fn a_record_is_found_replaced_and_removed() {
    let (place, _store) = Place::new().await;
    let (here, there) = (place.records().await, place.records().await);
    let first = record(SESSION, "een", "sam", 10);
    put(&here, &first).await;
    assert_eq!(there.get(SESSION, &first.name).await.unwrap(), Some(first.clone()));
    assert_eq!(there.get(ACCOUNT, &first.name).await.unwrap(), None, "of another kind");
    let second = Record { content: b"anders".to_vec(), ..first.clone() };
    put(&there, &second).await;
    assert_eq!(here.get(SESSION, &first.name).await.unwrap(), Some(second));
    let mut change = here.begin().await.unwrap();
    assert!(change.remove(SESSION, &first.name).await.unwrap());
    assert!(!change.remove(SESSION, &first.name).await.unwrap());
    assert!(there.get(SESSION, &first.name).await.unwrap().is_some(), "not before it is done");
    change.commit().await.unwrap();
    assert_eq!(there.get(SESSION, &first.name).await.unwrap(), None);
}

#[tokio::test]
async fn what_is_given_up_did_not_happen_and_stands_in_nobodys_way() {
    let (place, _store) = Place::new().await;
    let (here, there) = (place.records().await, place.records().await);
    for _ in 0..20 {
        let mut change = here.begin().await.unwrap();
        change.put(&record(ACCOUNT, "half", "sam", FOR_EVER)).await.unwrap();
        drop(change);
        put(&there, &record(ACCOUNT, "heel", "sam", FOR_EVER)).await;
    }
    assert_eq!(here.get(ACCOUNT, &name("half")).await.unwrap(), None);
    assert!(here.get(ACCOUNT, &name("heel")).await.unwrap().is_some());
}

/// Every question to the file against the map.
async fn compare(records: &Records, model: &BTreeMap<(RecordKind, RecordName), Record>) {
    for kind in [ACCOUNT, SESSION] {
        for name in (0..20).map(|n| name(&format!("naam {n}"))) {
            for _ in 0..2 {
                assert_eq!(records.get_kept(kind, &name).await.unwrap().as_ref(), model.get(&(kind, name)));
            }
        }
        let all: Vec<Record> = model.values().filter(|r| r.kind == kind).cloned().collect();
        let mut down = all.clone();
        down.reverse();
        assert_eq!(records.after(kind, None, 99).await.unwrap(), all);
        assert_eq!(records.before(kind, None, 99).await.unwrap(), down);
        if let Some(middle) = all.get(all.len() / 2) {
            let at = all.len() / 2;
            assert_eq!(
                records.after(kind, Some(&middle.name), 3).await.unwrap()[..],
                all[at + 1..all.len().min(at + 4)]
            );
            assert_eq!(records.before(kind, Some(&middle.name), 99).await.unwrap().len(), at);
        }
        down.retain(|record| record.owner == name("eigenaar 1"));
        assert_eq!(records.of_owner(kind, &name("eigenaar 1"), 99).await.unwrap(), down);
    }
}

/// The same random changes to the file and to a map; then every question has the same answer.
#[tokio::test]
async fn the_file_answers_as_a_map_would() {
    let (place, _store) = Place::new().await;
    let records = place.records().await;
    let elsewhere = place.records().await;
    let mut model: BTreeMap<(RecordKind, RecordName), Record> = BTreeMap::new();
    let mut state = 0x5eed_u64;
    let mut draw = |bound: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % bound
    };
    for _ in 0..60 {
        let mut change = records.begin().await.unwrap();
        let mut next = model.clone();
        for _ in 0..draw(12) {
            let kind = [ACCOUNT, SESSION][usize::try_from(draw(2)).unwrap()];
            let (text, owner) = (format!("naam {}", draw(20)), format!("eigenaar {}", draw(4)));
            let until = i64::try_from(draw(50)).unwrap();
            match draw(8) {
                0 => {
                    let gone = next.remove(&(kind, name(&text))).is_some();
                    assert_eq!(change.remove(kind, &name(&text)).await.unwrap(), gone);
                }
                1 => {
                    let before = next.len();
                    next.retain(|_, r| r.kind != kind || r.owner != name(&owner));
                    let gone = change.remove_of_owner(kind, &name(&owner)).await.unwrap();
                    assert_eq!(gone, u64::try_from(before - next.len()).unwrap());
                }
                2 => {
                    next.retain(|_, r| r.kind != kind || r.until > until / 4);
                    change.remove_past(kind, until / 4).await.unwrap();
                }
                _ => {
                    let record = record(kind, &text, &owner, until);
                    change.put(&record).await.unwrap();
                    assert_eq!(change.get(kind, &record.name).await.unwrap().as_ref(), Some(&record));
                    next.insert((kind, record.name), record);
                }
            }
        }
        if draw(4) > 0 {
            change.commit().await.unwrap();
            model = next;
        }
        compare(&records, &model).await;
        compare(&elsewhere, &model).await;
    }
    assert!(model.len() > 5, "{}", model.len());
    assert!(verify(&place.data(), &place.key()).await.unwrap().is_whole());
}

#[tokio::test]
async fn names_cannot_be_made_without_the_key_and_differ_by_use_and_region() {
    let (place, _store) = Place::new().await;
    let records = place.records().await;
    let sam = records.name("account", b"sam").unwrap();
    assert_eq!(records.name("account", b"sam").unwrap(), sam);
    let other_region = place.root().join("elders");
    std::fs::create_dir_all(&other_region).unwrap();
    let elsewhere = Records::open(&other_region, "andere regio", place.key()).await.unwrap();
    let place2 = Place::empty();
    std::fs::create_dir_all(place2.data()).unwrap();
    place2.make_key();
    let other_key = place2.records().await;
    let names = [
        sam,
        records.name("account", b"Sam").unwrap(),
        records.name("adres", b"sam").unwrap(),
        elsewhere.name("account", b"sam").unwrap(),
        other_key.name("account", b"sam").unwrap(),
        name("sam"),
    ];
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
}

#[tokio::test]
async fn it_opens_with_its_own_key_and_region_only_and_is_for_its_owner() {
    use std::os::unix::fs::PermissionsExt as _;
    let (place, _store) = Place::new().await;
    place.records().await.close().await;
    let file = place.data().join(ACCESS);
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let other = store::InstallationKey::create(&place.root().join("andere.sleutel")).unwrap();
    assert!(matches!(Records::open(&place.data(), "proefregio", other).await, Err(StoreError::WrongKey)));
    assert!(matches!(Records::open(&place.data(), "elders", place.key()).await, Err(StoreError::WrongKey)));
    let nowhere = place.root().join("nergens");
    assert!(matches!(Records::open(&nowhere, "proefregio", place.key()).await, Err(StoreError::Missing(_))));
    std::fs::write(&file, b"iets anders, en veel langer dan de kop van een database; daarom nog een zin erbij.")
        .unwrap();
    assert!(matches!(Records::open(&place.data(), "proefregio", place.key()).await, Err(StoreError::Damaged(_))));
}

#[tokio::test]
async fn two_that_make_it_at_once_make_it_once() {
    for _ in 0..10 {
        let (place, _store) = Place::new().await;
        let (a, b, c) = tokio::join!(place.records(), place.records(), place.records());
        put(&a, &record(ACCOUNT, "een", "sam", FOR_EVER)).await;
        put(&b, &record(ACCOUNT, "twee", "sam", FOR_EVER)).await;
        assert_eq!(c.after(ACCOUNT, None, 9).await.unwrap().len(), 2);
    }
}

#[tokio::test]
async fn a_file_that_was_hardly_begun_is_begun_again() {
    let (place, _store) = Place::new().await;
    std::fs::write(place.data().join(ACCESS), b"").unwrap();
    assert!(verify(&place.data(), &place.key()).await.unwrap().is_whole());
    put(&place.records().await, &record(ACCOUNT, "een", "sam", FOR_EVER)).await;
    let report = verify(&place.data(), &place.key()).await.unwrap();
    assert!(report.is_whole(), "{report:?}");
    assert_eq!(report.records, Some(1));
}

#[tokio::test]
async fn without_the_file_a_place_is_whole() {
    let (place, _store) = Place::new().await;
    let report = verify(&place.data(), &place.key()).await.unwrap();
    assert!(report.is_whole());
    assert_eq!(report.records, None);
}

#[tokio::test]
async fn too_much_is_refused() {
    let (place, _store) = Place::new().await;
    let records = place.records().await;
    let mut change = records.begin().await.unwrap();
    let large = Record { content: vec![0; MAX_RECORD + 1], ..record(ACCOUNT, "een", "sam", FOR_EVER) };
    assert!(matches!(change.put(&large).await, Err(StoreError::TooMuch { .. })));
    change.put(&Record { content: vec![0; MAX_RECORD], ..large }).await.unwrap();
    change.commit().await.unwrap();
}

#[tokio::test]
async fn what_is_moved_renamed_or_prolonged_does_not_open() {
    for sql in [
        "UPDATE records SET kind = 2 WHERE kind = 1",
        "UPDATE records SET name = zeroblob(32)",
        "UPDATE records SET owner = zeroblob(32)",
        "UPDATE records SET until = until + 1",
        "UPDATE records SET sealed = zeroblob(40)",
        "UPDATE records SET name = X'00'",
        "UPDATE records SET until = -1",
    ] {
        let (place, _store) = Place::new().await;
        let records = place.records().await;
        put(&records, &record(ACCOUNT, "een", "sam", 7)).await;
        records.close().await;
        crate::flips::change(&place.data().join(ACCESS), sql).await;
        let report = verify(&place.data(), &place.key()).await.unwrap();
        assert_eq!(report.faults.len(), 1, "{sql}: {report:?}");
        assert!(report.faults[0].to_string().starts_with("toegang.db, tabel records, regel "), "{sql}: {report:?}");
        let records = place.records().await;
        for kind in [1, 2] {
            let read = records.after(RecordKind(kind), None, 9).await;
            assert!(read.as_ref().is_ok_and(Vec::is_empty) || matches!(read, Err(StoreError::Damaged(_))), "{sql}");
        }
    }
}

#[tokio::test]
async fn a_backup_keeps_who_is_known_and_lets_nobody_in() {
    let (place, store) = Place::new().await;
    let records = place.records().await;
    put(&records, &record(ACCOUNT, "sam", "sam", FOR_EVER)).await;
    put(&records, &record(RecordKind(127), "voorval", "sam", 9)).await;
    for n in 0..50 {
        put(&records, &record(SESSION, &format!("sessie {n}"), "sam", FOR_EVER)).await;
        put(&records, &record(RecordKind(255), &format!("link {n}"), "sam", FOR_EVER)).await;
    }
    let copies = Copies::new(place.root(), 1);
    store.backup(copies.files()).await.unwrap();
    let bytes = std::fs::read(&copies.access).unwrap();
    let holds = |name: &RecordName| bytes.windows(32).any(|window| window == name.0);
    assert!(holds(&name("sam")) && !(0..50).any(|n| holds(&name(&format!("sessie {n}")))));

    // A newer one takes its place.
    put(&records, &record(ACCOUNT, "noor", "noor", FOR_EVER)).await;
    let again = Copies::new(place.root(), 2);
    store.backup(again.files()).await.unwrap();

    let back = place.root().join("terug");
    let report = restore(again.files(), &back, &place.key()).await.unwrap();
    assert_eq!(report.records, Some(3));
    let restored = Records::open(&back, "proefregio", place.key()).await.unwrap();
    assert_eq!(restored.after(ACCOUNT, None, 9).await.unwrap().len(), 2);
    assert!(restored.after(SESSION, None, 9).await.unwrap().is_empty());
    assert!(restored.after(RecordKind(255), None, 9).await.unwrap().is_empty());
    assert!(restored.get(RecordKind(127), &name("voorval")).await.unwrap().is_some());
    assert_eq!(records.after(SESSION, None, 99).await.unwrap().len(), 50, "the place itself goes on");
}

#[tokio::test]
async fn a_backup_without_the_file_comes_back_without_it() {
    let (place, store) = Place::new().await;
    let copies = Copies::new(place.root(), 1);
    store.backup(copies.files()).await.unwrap();
    assert!(!copies.access.exists());
    let back = place.root().join("terug");
    assert!(restore(copies.files(), &back, &place.key()).await.unwrap().is_whole());
    assert!(!back.join(ACCESS).exists());

    // A file that is there already is not mixed with what is put back.
    let taken = place.root().join("bezet");
    std::fs::create_dir_all(&taken).unwrap();
    Records::open(&taken, "proefregio", place.key()).await.unwrap().close().await;
    assert!(matches!(restore(copies.files(), &taken, &place.key()).await, Err(StoreError::Exists(_))));
    assert!(taken.join(ACCESS).exists());
}

/// The writer that is killed; see [`crate::kill`].
pub async fn write_for_ever(place: (&std::path::Path, store::InstallationKey), run: u64) {
    let records = Records::open(place.0, "proefregio", place.1).await.unwrap();
    for number in 0..u64::MAX {
        // The account and its session change together, as with a password.
        let content = format!("{run} {number}").into_bytes();
        let account = Record { content: content.clone(), ..record(ACCOUNT, "sam", "sam", FOR_EVER) };
        let mut change = records.begin().await.unwrap();
        change.put(&account).await.unwrap();
        change.remove_of_owner(SESSION, &account.name).await.unwrap();
        let session = format!("sessie {run} {number}");
        change.put(&Record { content, ..record(SESSION, &session, "sam", FOR_EVER) }).await.unwrap();
        change.commit().await.unwrap();
        crate::kill::say(&format!("gewijzigd {run} {number}"));
    }
}

#[tokio::test]
async fn no_acknowledged_change_is_lost_by_a_kill() {
    let kills = crate::kill::kills(12);
    let (place, store) = Place::new().await;
    store.close().await;
    let mut acknowledged = 0;
    for run in 0..kills {
        let after = Duration::from_millis(20 + (run * 37) % 200);
        let said = crate::kill::run_and_kill(&place, &format!("toegang {run}"), after);
        let last = said.lines().filter_map(|line| line.strip_prefix("gewijzigd ")).next_back().map(str::to_owned);
        let records = place.records().await;
        let account = records.get(ACCOUNT, &name("sam")).await.unwrap();
        let sessions = records.of_owner(SESSION, &name("sam"), 9).await.unwrap();
        if let Some(last) = last {
            acknowledged += said.lines().count();
            let found = String::from_utf8(account.clone().unwrap().content).unwrap();
            let number = |text: &str| text.split(' ').map(|n| n.parse().unwrap()).collect::<Vec<u64>>();
            assert!(number(&found) >= number(&last), "kill {run}: {last} was acknowledged, {found} is there");
        }
        assert_eq!(account.is_some(), sessions.len() == 1, "kill {run}: half of a change");
        assert_eq!(account.map(|a| a.content), sessions.into_iter().next().map(|s| s.content), "kill {run}");
        let report = verify(&place.data(), &place.key()).await.unwrap();
        assert!(report.is_whole(), "kill {run}: {:?}", report.faults);
        records.close().await;
    }
    println!("{kills} kills, {acknowledged} changes acknowledged");
    assert!(acknowledged > 10, "too few acknowledged to say anything");
}
