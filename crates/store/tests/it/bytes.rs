//! What is sealed stands nowhere in the files as text, and a destroyed key nowhere at all.

use std::path::{Path, PathBuf};

use store::{Command, FOR_EVER, Record, RecordKind, RecordName, Seq};

use crate::place::*;

const PLANTED: [&str; 5] = [
    "Sam de Boer woont in Alkmaar",
    "rijen van Noor Visser",
    "antwoord met Lotte",
    "zorgen om Yara en haar zus",
    "c.visser@meent.example",
];

#[tokio::test]
async fn no_planted_text_stands_in_any_file() {
    let (place, store) = Place::new().await;
    let mut open = store.begin_delivery(delivery(1)).await.unwrap();
    store.write_blobs(&mut open, &[blob("noor", PLANTED[1])]).await.unwrap();
    let command = attempt(about("sam", Seq(0), PLANTED[0]), 1, "meld", PLANTED[2]);
    appended(store.append(NOW, &Command { reveals: Some(open), ..command }).await.unwrap());
    store.append_read(NOW, look(&["yara"], PLANTED[3])).await.unwrap();
    let records = place.records().await;
    let name = records.name("account", PLANTED[4].as_bytes()).unwrap();
    let content = PLANTED[4].into();
    let account = Record { kind: RecordKind(1), name, owner: RecordName::NOBODY, until: FOR_EVER, content };
    crate::records::put(&records, &account).await;
    store.backup(Copies::new(&place.root().join("kopie"), 1).files()).await.unwrap();

    assert!(
        files(place.root()).iter().any(|file| file.to_string_lossy().ends_with("register.db-wal")),
        "no log to search"
    );
    assert!(!holding(place.root(), b"proefregio").is_empty(), "the search finds what is there");
    let reads = |path: &PathBuf| path.to_string_lossy().contains("leeslog");
    assert!(files(place.root()).iter().any(reads), "no read log to search");
    for name in [b"yara".as_slice(), b"lpa-1", b"alkmaar", b"leerplichtambtenaar"] {
        assert!(!holding(place.root(), name).iter().any(reads), "who looked at whom is readable");
    }
    for text in PLANTED {
        let utf16: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        for bytes in [text.as_bytes(), &little, &big] {
            assert_eq!(holding(place.root(), bytes), Vec::<PathBuf>::new(), "{text}");
        }
    }
}

#[tokio::test]
async fn a_destroyed_key_leaves_no_bytes() {
    let (place, store) = Place::new().await;
    let names = ["lotte", "mees", "noor", "sam", "yara"];
    for (seq, name) in (0..).zip(names) {
        appended(store.append(NOW, &about(name, Seq(seq), "x")).await.unwrap());
    }
    let key = store.key_of(&scope("noor")).await.unwrap().unwrap();
    let wrapped = wrapped(&place, key.as_bytes()).await;
    assert!(!holding(&place.data(), &wrapped).is_empty(), "it stands in the files before");
    store.destroy_keys(&[key]).await.unwrap();
    assert_eq!(holding(&place.data(), &wrapped), Vec::<PathBuf>::new());
    store.close().await;
    assert_eq!(holding(&place.data(), &wrapped), Vec::<PathBuf>::new());
}

/// The stored bytes of a key, read behind the store's back.
async fn wrapped(place: &Place, id: &[u8]) -> Vec<u8> {
    use sqlx::Connection as _;
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(place.data().join(store::KEYS));
    let mut db = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
    let query = sqlx::query_as("SELECT wrapped FROM keys WHERE id = ?").bind(id);
    let (bytes,): (Vec<u8>,) = query.fetch_one(&mut db).await.unwrap();
    db.close().await.unwrap();
    bytes
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The files under a folder that hold these bytes.
fn holding(folder: &Path, bytes: &[u8]) -> Vec<PathBuf> {
    let holds = |path: &PathBuf| std::fs::read(path).unwrap().windows(bytes.len()).any(|window| window == bytes);
    files(folder).into_iter().filter(holds).collect()
}
