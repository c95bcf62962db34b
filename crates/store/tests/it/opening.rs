//! Opening a place: what fits is opened, what does not is refused in words that say what to do.

use std::os::unix::fs::PermissionsExt as _;

use sqlx::Connection as _;
use store::{Fault, KEYS, LOG, READS, Seq, Store, StoreError, verify};

use crate::place::*;

#[tokio::test]
async fn places_and_keys_are_opened_only_when_they_fit() {
    let (place, store) = Place::new().await;
    store.append(NOW, &about("sam", Seq(0), "over Sam")).await.unwrap();
    store.close().await;

    let again = Store::create(&place.data(), "proefregio", place.key()).await;
    assert!(matches!(again, Err(StoreError::Exists(_))));
    let nowhere = Store::open(&place.root().join("nergens"), place.key()).await;
    assert!(matches!(nowhere, Err(StoreError::Missing(_))));
    let other_key = Place::empty().make_key();
    assert!(matches!(verify(&place.data(), &other_key).await, Err(StoreError::WrongKey)));
    assert!(matches!(Store::open(&place.data(), other_key).await, Err(StoreError::WrongKey)));

    let reading = Store::open_for_reading(&place.data(), place.key()).await.unwrap();
    assert_eq!(texts(&all(&reading).await.unwrap()), ["over Sam"]);
    assert!(matches!(reading.append(NOW, &about("sam", Seq(1), "x")).await, Err(StoreError::ReadOnly)));
}

#[test]
fn the_key_file_is_private_and_never_overwritten() {
    let place = Place::empty();
    place.make_key();
    let mode = std::fs::metadata(place.key_file()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let again = store::InstallationKey::create(&place.key_file());
    assert!(matches!(again, Err(StoreError::Exists(_))));
    for wrong in ["", "abc", &"0".repeat(63), &"0".repeat(66), &"g".repeat(64), &"é".repeat(32)] {
        std::fs::write(place.key_file(), wrong).unwrap();
        let read = store::InstallationKey::read(&place.key_file());
        assert!(matches!(read, Err(StoreError::BadKeyFile(_))), "{wrong:?}");
    }
}

#[tokio::test]
async fn the_files_of_a_place_and_its_backup_are_private() {
    let (place, store) = Place::new().await;
    store.append(NOW, &about("sam", Seq(0), "over Sam")).await.unwrap();
    store.append_read(NOW, look(&["sam"], "gesprek")).await.unwrap();
    let copies = Copies::new(&place.root().join("kopie"), 1);
    store.backup(copies.files()).await.unwrap();
    let own = [LOG, "register.db-wal", KEYS, READS, "leeslog.db-wal"].map(|file| place.data().join(file));
    let copied = [copies.files().log, copies.files().keys, copies.files().reads].map(std::path::PathBuf::from);
    for file in own.into_iter().chain(copied) {
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", file.display());
    }
}

#[tokio::test]
async fn a_file_of_a_newer_leerrecht_is_refused() {
    for file in [LOG, KEYS, READS] {
        let (place, store) = Place::new().await;
        store.close().await;
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(place.data().join(file));
        let mut db = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
        sqlx::raw_sql("PRAGMA user_version = 2").execute(&mut db).await.unwrap();
        db.close().await.unwrap();

        let refusal = Store::open(&place.data(), place.key()).await.err().unwrap();
        assert!(matches!(refusal, StoreError::NewerSchema { file: named, found: 2 } if named == file), "{refusal:?}");
        assert!(matches!(verify(&place.data(), &place.key()).await, Err(StoreError::NewerSchema { .. })));
    }
}

#[test]
fn errors_say_in_dutch_what_to_do() {
    let row = |what: &str| Fault { file: LOG, table: Some("entries"), row: Some("12".into()), what: what.into() };
    let cases = [
        (
            StoreError::Missing("/gegevens".into()),
            "In de map /gegevens staat geen register. Controleer de map, of maak een nieuw register met `init`.",
        ),
        (
            StoreError::DiskFull,
            "De schijf is vol. Er is niets opgeslagen. Maak ruimte vrij en probeer het daarna opnieuw; herstarten hoeft niet.",
        ),
        (
            StoreError::Damaged(row("de keten klopt niet")),
            "register.db, tabel entries, regel 12: de keten klopt niet. Gebruik dit register niet verder en zet een reservekopie terug.",
        ),
        (
            StoreError::TooMuch { what: "opdrachten", limit: 64 },
            "Te veel in één keer: opdrachten. Toegestaan is ten hoogste 64. Deel het op in kleinere delen.",
        ),
        (StoreError::Busy, "Het register is bezet door een ander proces. Probeer het over een minuut opnieuw."),
    ];
    for (error, expected) in cases {
        assert_eq!(error.to_string(), expected);
    }
}
