//! The read log: who looked at whom is there before anything is shown, in order, sealed, for good.

use std::collections::BTreeSet;
use std::time::Duration;

use store::{MAX_PURPOSE, MAX_SUBJECTS, NewRead, OwnerId, READS, Read, Seq, Store, StoreError, restore, verify};

use crate::flips::change;
use crate::place::*;

const WATCHED: &str = "sam";
/// Kills in an ordinary run; more with `LEERRECHT_KILLS`.
const KILLS: u64 = 10;
/// Children in the list that the killed reader looks at.
const LIST: usize = 5;

fn purposes(reads: &[Read]) -> Vec<&str> {
    reads.iter().map(|read| read.purpose.as_str()).collect()
}

#[tokio::test]
async fn who_looked_at_a_child_is_told_newest_first() {
    let (place, store) = Place::new().await;
    let first = store.append_read(NOW, look(&["sam"], "belt over de melding")).await.unwrap();
    let list = store.append_read(NOW, look(&["lotte", "noor", "sam"], "ochtendlijst")).await.unwrap();
    let last = store.append_read(NOW - 3_600_000_000, look(&["noor"], "de klok is een uur terug")).await.unwrap();
    assert_eq!((first, list, last), (Seq(1), Seq(4), Seq(5)), "a list has a line for each child");

    let sam = store.reads_of(subject("sam"), 9).await.unwrap();
    assert_eq!(purposes(&sam), ["ochtendlijst", "belt over de melding"]);
    let Read { seq, known, subject: whom, reader, organisation, function, shown, .. } = &sam[0];
    let asked = look(&["sam"], "");
    assert_eq!((*seq, *known, *whom), (Seq(4), NOW + 1, subject("sam")), "one look is one moment");
    assert_eq!((reader, organisation), (&asked.reader, &asked.organisation));
    assert_eq!((function.as_str(), shown.as_str()), ("leerplichtambtenaar", "stand"));

    let noor = store.reads_of(subject("noor"), 1).await.unwrap();
    assert_eq!((purposes(&noor), noor[0].known), (vec!["de klok is een uur terug"], NOW + 2));
    assert_eq!(store.reads_of(subject("mees"), 9).await.unwrap(), []);
    assert_eq!(store.append_read(NOW, look(&[], "niemand")).await.unwrap(), Seq(5));
    assert_eq!(store.head().await.unwrap().seq, Seq::START, "the register itself does not grow");
    let report = verify(&place.data(), &place.key()).await.unwrap();
    assert!(report.is_whole(), "{report:?}");
    assert_eq!(report.reads, 5);
}

#[tokio::test]
async fn an_organisation_finds_its_own_looks_of_a_period_and_no_others() {
    let (_place, store) = Place::new().await;
    let elders = NewRead { organisation: OwnerId::new(b"heiloo").unwrap(), ..look(&["sam"], "van een ander") };
    let second = 1_000_000;
    for (after, read) in [
        (0, look(&["sam"], "een")),
        (10, elders),
        (20, look(&["lotte", "noor"], "lijst")),
        (30, look(&["noor"], "drie")),
    ] {
        store.append_read(NOW + after * second, read).await.unwrap();
    }
    let own = OwnerId::new(b"alkmaar").unwrap();
    for (from, until, limit, found, more) in [
        (0, 31, 99, vec!["een", "lijst", "lijst", "drie"], false),
        (0, 30, 99, vec!["een", "lijst", "lijst"], false),
        (1, 30, 99, vec!["lijst", "lijst"], false),
        (20, 21, 99, vec!["lijst", "lijst"], false),
        (21, 21, 99, vec![], false),
        (31, 99, 99, vec![], false),
        (0, 31, 2, vec!["lijst", "drie"], true),
    ] {
        let period = store.reads_for(own, NOW + from * second, NOW + until * second, limit).await.unwrap();
        assert_eq!((purposes(&period.reads), period.more), (found, more), "{from} {until} {limit}");
    }
}

#[tokio::test]
async fn one_look_is_one_line_of_bounded_length() {
    let (_place, store) = Place::new().await;
    let purpose = format!("\u{1b}[31mgesprek\r\n2026-03-03 iemand anders {}", "x".repeat(1 << 20));
    store.append_read(NOW, look(&["sam"], &purpose)).await.unwrap();
    let kept = store.reads_of(subject("sam"), 1).await.unwrap().remove(0).purpose;
    assert!(!kept.chars().any(char::is_control), "{kept:?}");
    assert!(kept.starts_with("\u{fffd}[31mgesprek\u{fffd}\u{fffd}2026-03-03") && kept.ends_with(" […]"), "{kept:?}");
    assert_eq!(kept.chars().count(), MAX_PURPOSE + 4);
}

#[tokio::test]
async fn without_a_line_there_is_an_error() {
    let (place, store) = Place::new().await;
    let too_many = vec!["sam"; MAX_SUBJECTS + 1];
    let refusal = store.append_read(NOW, look(&too_many, "alles")).await;
    assert!(matches!(refusal, Err(StoreError::TooMuch { .. })));
    let reading = Store::open_for_reading(&place.data(), place.key()).await.unwrap();
    let refusal = reading.append_read(NOW, look(&["sam"], "alleen lezen")).await;
    assert!(matches!(refusal, Err(StoreError::ReadOnly)));
    change(&place.data().join(READS), "DROP TABLE reads").await;
    assert!(store.append_read(NOW, look(&["sam"], "onbeschrijfbaar")).await.is_err());
}

#[tokio::test]
async fn a_file_that_is_gone_or_another_regions_is_found() {
    let (place, store) = Place::new().await;
    store.append_read(NOW, look(&["sam"], "gesprek")).await.unwrap();
    store.backup(Copies::new(place.root(), 1).files()).await.unwrap();
    store.close().await;
    let faults = async || -> Vec<String> {
        let report = verify(&place.data(), &place.key()).await.unwrap();
        report.faults.iter().map(ToString::to_string).collect()
    };
    std::fs::remove_file(place.data().join(READS)).unwrap();
    assert_eq!(faults().await, ["leeslog.db: het bestand ontbreekt"]);
    let refusal = Store::open(&place.data(), place.key()).await.err().unwrap();
    assert!(matches!(&refusal, StoreError::Damaged(fault) if fault.file == READS), "{refusal:?}");

    let elsewhere = place.root().join("elders");
    Store::create(&elsewhere, "andere regio", place.key()).await.unwrap().close().await;
    std::fs::copy(elsewhere.join(READS), place.data().join(READS)).unwrap();
    assert_eq!(faults().await, ["leeslog.db, tabel head: de controlewaarde klopt niet"]);

    let copies = Copies::new(place.root(), 1);
    let without = store::Backup { reads: &place.root().join("nergens.db"), ..copies.files() };
    let back = place.root().join("terug");
    assert!(matches!(restore(without, &back, &place.key()).await, Err(StoreError::Io { .. })));
    assert!(restore(copies.files(), &back, &place.key()).await.unwrap().is_whole(), "nothing stood in the way");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_write_one_chain() {
    const EACH: usize = 60;
    let (place, serve) = Place::new().await;
    let command = place.open().await;
    let read = async |store: &Store, purpose: &str| {
        for _ in 0..EACH {
            store.append_read(NOW, look(&["sam", "noor"], purpose)).await.unwrap();
        }
    };
    tokio::join!(read(&serve, "serve"), read(&command, "opdracht"), read(&serve, "serve"));
    let reads = serve.reads_of(subject("sam"), 1_000).await.unwrap();
    assert_eq!(reads, command.reads_of(subject("sam"), 1_000).await.unwrap());
    assert_eq!(reads.iter().filter(|read| read.purpose == "serve").count(), 2 * EACH);
    assert!(reads.is_sorted_by(|a, b| a.seq > b.seq && a.known > b.known));
    let report = verify(&place.data(), &place.key()).await.unwrap();
    assert!(report.is_whole(), "{report:?}");
    assert_eq!(report.reads, 6 * u64::try_from(EACH).unwrap());
}

#[tokio::test]
async fn looks_at_once_are_written_together_each_with_its_own_moment_and_answer() {
    let (place, store) = Place::new().await;
    let names: Vec<String> = (0..200).map(|n| format!("kind {n}")).collect();
    let looks = names.iter().map(|name| store.append_read(NOW, look(&[name.as_str(), "sam"], name)));
    let places = futures(looks).await;
    let mut told: Vec<Seq> = places.into_iter().map(Result::unwrap).collect();
    told.sort_unstable();
    assert_eq!(told, (1..=200).map(|n| Seq(2 * n)).collect::<Vec<_>>(), "each hears its own place");
    let reads = store.reads_of(subject("sam"), 1_000).await.unwrap();
    let moments: BTreeSet<i64> = reads.iter().map(|read| read.known).collect();
    assert_eq!((reads.len(), moments.len()), (200, 200), "no two looks bear one moment");
    let report = verify(&place.data(), &place.key()).await.unwrap();
    assert!(report.is_whole() && report.reads == 400, "{report:?}");
}

/// Waits for all of them at once.
async fn futures<T>(all: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut waiting: Vec<_> = all.map(|one| (Box::pin(one), None)).collect();
    std::future::poll_fn(|context| {
        for (one, done) in waiting.iter_mut().filter(|(_, done)| done.is_none()) {
            if let std::task::Poll::Ready(value) = one.as_mut().poll(context) {
                *done = Some(value);
            }
        }
        if waiting.iter().all(|(_, done)| done.is_some()) {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    waiting.into_iter().filter_map(|(_, done)| done).collect()
}

#[test]
fn a_runtime_that_ends_while_a_look_is_written_stands_in_nobodys_way() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let first = runtime();
    let (place, store) = first.block_on(Place::new());
    for n in 0..20 {
        // Asked, and given up before it is answered.
        let asked = first.block_on(async {
            tokio::select! { biased;
                read = store.append_read(NOW, look(&["sam"], "afgebroken")) => read.is_ok(),
                () = async { for _ in 0..n { tokio::task::yield_now().await } } => false,
            }
        });
        assert!(!asked || n > 0);
    }
    drop(first);
    runtime().block_on(async {
        store.append_read(NOW, look(&["sam"], "daarna")).await.unwrap();
        assert_eq!(store.reads_of(subject("sam"), 1).await.unwrap()[0].purpose, "daarna");
        assert!(verify(&place.data(), &place.key()).await.unwrap().is_whole());
    });
}

/// The reader that is killed; see [`crate::kill`].
pub async fn read_for_ever(store: &Store, run: u64) {
    let mut names = vec!["lijst"; LIST - 1];
    names.push(WATCHED);
    for number in 0.. {
        store.append_read(NOW, look(&names, &format!("{run} {number}"))).await.unwrap();
        crate::kill::say(&format!("getoond {run} {number}"));
    }
}

#[tokio::test]
async fn what_was_shown_is_in_the_read_log_after_a_kill() {
    let kills = crate::kill::kills(KILLS);
    let (place, store) = Place::new().await;
    store.close().await;
    let mut shown: BTreeSet<String> = BTreeSet::new();
    for run in 0..kills {
        let after = Duration::from_millis(20 + (run * 37) % 200);
        let said = crate::kill::run_and_kill(&place, &format!("leeslog {run}"), after);
        shown.extend(said.lines().filter_map(|line| line.strip_prefix("getoond ")).map(str::to_owned));

        let store = place.open().await;
        let reads = store.reads_of(subject(WATCHED), store::MAX_READS).await.unwrap();
        let kept: BTreeSet<String> = reads.into_iter().map(|read| read.purpose).collect();
        assert_eq!(shown.difference(&kept).next(), None, "kill {run}: shown, and not in the read log");
        let report = verify(&place.data(), &place.key()).await.unwrap();
        assert!(report.is_whole(), "kill {run}: {:?}", report.faults);
        assert_eq!(report.reads, u64::try_from(kept.len() * LIST).unwrap(), "kill {run}: a list by halves");
        store.close().await;
    }
    println!("{kills} kills, {} looks acknowledged", shown.len());
    assert!(shown.len() > 10, "too few acknowledged to say anything");
}
