//! Every flipped byte that is ever read is found and placed; one that nobody reads changes nothing that is read.

use std::path::Path;

use store::{
    ACCESS, Command, FOR_EVER, KEYS, LOG, Outcome, READS, RecordKind, Records, Seq, Store, StoreError, verify,
};

use crate::place::*;
use crate::records::{name, put, record};

/// Flips per page of 4096 bytes in an ordinary run; more with `LEERRECHT_FLIPS`.
const PER_PAGE: usize = 18;

/// Something of everything that a place can hold.
async fn filled() -> (Place, Vec<Command>) {
    let (place, store) = Place::new().await;
    let names = ["lotte", "mees", "noor", "sam", "yara"];
    let mut attempts = Vec::new();
    for round in 0..30 {
        let name = names[round % names.len()];
        let seen = store.head().await.unwrap().seq;
        let command = about(name, seen, &format!("{name} {round} {}", "woorden ".repeat(round)));
        let command = attempt(command, u8::try_from(round).unwrap(), "meld", "/leerling");
        appended(store.append(NOW, &command).await.unwrap());
        attempts.push(command);
    }
    for number in 1..4 {
        let mut open = store.begin_delivery(delivery(number)).await.unwrap();
        let blobs = names.map(|name| blob(name, &format!("{name} {}", "rij ".repeat(60))));
        store.write_blobs(&mut open, &blobs).await.unwrap();
        // The third stays pending: an import that never ended.
        if number < 3 {
            let seen = store.head().await.unwrap().seq;
            let command = Command { reveals: Some(open), ..about("school", seen, "aanlevering") };
            appended(store.append(NOW, &command).await.unwrap());
        }
    }
    for round in 0..20 {
        store.append_read(NOW, look(&names[..1 + round % names.len()], &format!("reden {round}"))).await.unwrap();
    }
    let key = store.key_of(&scope("mees")).await.unwrap().unwrap();
    store.destroy_keys(&[key]).await.unwrap();
    store.close().await;
    let records = place.records().await;
    for (kind, name, owner) in RECORDS {
        for n in 0..8 {
            put(&records, &record(kind, &format!("{name} {n}"), owner, FOR_EVER)).await;
        }
    }
    records.close().await;
    (place, attempts)
}

/// Two kinds of records of two owners.
const RECORDS: [(RecordKind, &str, &str); 3] = [
    (RecordKind(1), "account", "sam"),
    (RecordKind::PASSING, "sessie", "sam"),
    (RecordKind::PASSING, "andere", "noor"),
];

/// All that can be read of who may come in, and what changes do to it.
async fn read_records(place: &Place, folder: &Path) -> Result<String, StoreError> {
    let records = Records::open(folder, "proefregio", place.key()).await?;
    let mut read = String::new();
    let mut change = records.begin().await?;
    for (kind, text, owner) in RECORDS {
        for record in records.after(kind, None, 99).await?.iter().chain(&records.before(kind, None, 99).await?) {
            read += &format!("{record:?} {:?}\n", record.content);
        }
        read += &format!("{:?}\n", records.of_owner(kind, &name(owner), 99).await?);
        read += &format!("{:?}\n", records.get(kind, &name(&format!("{text} 7"))).await?);
        change.put(&record(kind, "nieuw", owner, 5)).await?;
        read +=
            &format!("{} {}\n", change.remove_past(kind, 5).await?, change.remove_of_owner(kind, &name(owner)).await?);
    }
    change.commit().await?;
    records.close().await;
    Ok(read)
}

/// All that can be read from a place, as text.
async fn read_all(place: &Place, folder: &Path, attempts: &[Command]) -> Result<String, StoreError> {
    let store = Store::open_for_reading(folder, place.key()).await?;
    let mut read = format!("{:?}\n{:?}\n", store.head().await?, all(&store).await?);
    for name in ["lotte", "mees", "noor", "sam", "yara", "school"] {
        read += &format!("{:?}\n", store.key_of(&scope(name)).await?);
        read += &format!("{:?}\n", store.reads_of(subject(name), 100).await?);
    }
    for number in 1..4 {
        read += &format!("{:?}\n", store.blobs_of(delivery(number)).await?);
        read += &format!("{:?}\n", store.blob(delivery(number), subject("sam")).await?);
    }
    store.close().await;
    // Repeating an attempt reads its first answer. It also tries a write, and so runs last.
    let store = Store::open(folder, place.key()).await?;
    let outcomes = store.append_batch(NOW, attempts).await?;
    assert!(outcomes.iter().all(|o| !matches!(o, Outcome::Appended(_))), "an attempt was forgotten unnoticed");
    read += &format!("{outcomes:?}\n");
    let more = store.append(NOW, &about("sam", Seq(32), "verder")).await?;
    read += &format!("{more:?}\n{:?}\n", store.append_read(NOW, look(&["sam"], "verder")).await?);
    store.close().await;
    Ok(read + &read_records(place, folder).await?)
}

/// The offsets to flip: the whole file header and `PER_PAGE` places in each page, drawn from a fixed seed.
fn offsets(length: usize) -> Vec<usize> {
    let per_page = std::env::var("LEERRECHT_FLIPS").ok().and_then(|n| n.parse().ok()).unwrap_or(PER_PAGE);
    let mut state = 0x5eed_u64;
    let mut draw = |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % bound
    };
    let header = (0..100).step_by(3);
    let pages = (0..length).step_by(4096).flat_map(|page| (0..per_page).map(move |_| page));
    // Half of them near the ends of the page, where its directory and its last cells are.
    header
        .chain(pages.enumerate().map(|(n, page)| {
            page + match n % 4 {
                0 => draw(128),
                1 => 4095 - draw(256),
                _ => draw(4096),
            }
        }))
        .collect()
}

#[tokio::test]
async fn a_flipped_byte_is_found_and_placed_or_changes_nothing() {
    let (place, attempts) = filled().await;
    let originals = [LOG, KEYS, READS, ACCESS].map(|file| (file, std::fs::read(place.data().join(file)).unwrap()));
    let folder = place.root().join("geraakt");
    let lay = |hit: Option<(&str, usize, u8)>| {
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        for (file, bytes) in &originals {
            let mut bytes = bytes.clone();
            if let Some((hit, offset, bit)) = hit
                && hit == *file
            {
                bytes[offset] ^= bit;
            }
            std::fs::write(folder.join(file), bytes).unwrap();
        }
    };
    lay(None);
    assert!(verify(&folder, &place.key()).await.unwrap().is_whole());
    let untouched = read_all(&place, &folder, &attempts).await.unwrap();

    let (mut found, mut harmless) = (0, 0);
    for (file, bytes) in &originals {
        for (n, offset) in offsets(bytes.len()).into_iter().enumerate() {
            let bit = 1 << (n % 8);
            lay(Some((file, offset, bit)));
            let what = format!("{file} byte {offset} bit {bit}");
            match verify(&folder, &place.key()).await {
                Ok(report) if report.is_whole() => {
                    let read = read_all(&place, &folder, &attempts).await;
                    let read = read.unwrap_or_else(|e| panic!("{what}: unseen by verify, yet reading fails: {e:?}"));
                    assert_eq!(read, untouched, "{what}: served as right");
                    harmless += 1;
                }
                Ok(report) => {
                    assert!(
                        report.faults.iter().any(|fault| fault.file == *file),
                        "{what}: placed elsewhere: {report:?}"
                    );
                    found += 1;
                }
                Err(StoreError::NewerSchema { file: named, .. }) if named == *file => found += 1,
                Err(error) => panic!("{what}: no report: {error:?}"),
            }
        }
    }
    println!("{found} flips found, {harmless} harmless");
    assert!(found > 100 && harmless > 0, "{found} found, {harmless} harmless: the sample says nothing");
}

/// A second key for one scope, and what is told of it.
const TWO_KEYS: (&str, &str) = (
    "INSERT INTO keys SELECT 900, id, subject, owner, category, wrapped FROM keys WHERE nr = 1",
    "sleutels.db, tabel keys, regel 900: er is al een sleutel voor hetzelfde",
);

#[tokio::test]
async fn one_fault_is_reported_once_at_its_own_row() {
    let (place, _) = filled().await;
    let cases = [
        (
            "UPDATE entries SET subject = X'00' WHERE seq = 7",
            "register.db, tabel entries, regel 7: de keten klopt niet",
        ),
        (
            "UPDATE entries SET chain = zeroblob(32) WHERE seq = 7",
            "register.db, tabel entries, regel 7: de keten klopt niet",
        ),
        (
            "UPDATE entries SET sealed = zeroblob(50) WHERE seq = 7",
            "register.db, tabel entries, regel 7: de inhoud past niet bij zijn controlegetal",
        ),
        ("DELETE FROM entries WHERE seq = 7", "register.db, tabel entries, regel 7 t/m 7: de regels ontbreken"),
        ("DELETE FROM entries WHERE seq = 32", "register.db, tabel entries, regel 32 t/m 32: de regels ontbreken"),
        ("UPDATE head SET seq = 31", "register.db, tabel head: de controlewaarde klopt niet"),
        (
            "DELETE FROM blobs WHERE delivery = X'01010101010101010101010101010101' AND subject = CAST('sam' AS BLOB)",
            "register.db, tabel deliveries, regel 01010101010101010101010101010101: de leerlingen van deze aanlevering zijn niet volledig",
        ),
        (
            "UPDATE attempts SET known = known + 1 WHERE attempt = X'03030303030303030303030303030303'",
            "register.db, tabel attempts, regel 03030303030303030303030303030303: de regel kan niet worden geopend",
        ),
    ];
    let reads = [
        ("UPDATE reads SET known = known + 1 WHERE seq = 7", "leeslog.db, tabel reads, regel 7: de keten klopt niet"),
        (
            "UPDATE reads SET chain = zeroblob(32) WHERE seq = 7",
            "leeslog.db, tabel reads, regel 7: de keten klopt niet",
        ),
        ("UPDATE reads SET chain = X'00' WHERE seq = 7", "leeslog.db, tabel reads, regel 7: een veld is onleesbaar"),
        (
            "UPDATE reads SET sealed = zeroblob(90) WHERE seq = 7",
            "leeslog.db, tabel reads, regel 7: de keten klopt niet",
        ),
        (
            "UPDATE reads SET pseudonym = (SELECT pseudonym FROM reads WHERE seq = 6) WHERE seq = 5",
            "leeslog.db, tabel reads, regel 5: de keten klopt niet",
        ),
        ("DELETE FROM reads WHERE seq = 7", "leeslog.db, tabel reads, regel 7 t/m 7: de regels ontbreken"),
        ("DELETE FROM reads WHERE seq > 50", "leeslog.db, tabel reads, regel 51 t/m 60: de regels ontbreken"),
        ("UPDATE head SET seq = 3", "leeslog.db, tabel head: de controlewaarde klopt niet"),
    ];
    let cases = cases.map(|case| (LOG, case)).into_iter().chain(reads.map(|case| (READS, case)));
    let cases = cases.chain([(KEYS, TWO_KEYS)]);
    for (changed, (sql, expected)) in cases {
        let folder = place.root().join("gewijzigd");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        for file in [LOG, KEYS, READS] {
            std::fs::copy(place.data().join(file), folder.join(file)).unwrap();
        }
        change(&folder.join(changed), sql).await;
        let report = verify(&folder, &place.key()).await.unwrap();
        let faults: Vec<String> = report.faults.iter().map(ToString::to_string).collect();
        assert_eq!(faults, [expected], "{sql}");
    }
}

/// Somebody with the database's own tool.
pub async fn change(file: &Path, sql: &'static str) {
    use sqlx::Connection as _;
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    let mut db = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::raw_sql(sql).execute(&mut db).await.unwrap();
    db.close().await.unwrap();
}
