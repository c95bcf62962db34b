//! Several handles on one place, as several processes have: each sees what the others wrote before its next decision.

use std::time::Duration;

use store::{Outcome, Seq};

use crate::place::*;

#[tokio::test]
async fn what_one_writes_the_other_reads_and_must_reckon_with() {
    let (place, serve) = Place::new().await;
    let command = place.open().await;
    appended(serve.append(NOW, &about("sam", Seq(0), "van serve")).await.unwrap());

    assert_eq!(command.head().await.unwrap().seq, Seq(1));
    let stale = command.append(NOW, &about("sam", Seq(0), "op oude stand")).await.unwrap();
    assert!(matches!(stale, Outcome::Conflict { .. }));
    assert_eq!(texts(&command.entries_after(Seq(0), 9).await.unwrap()), ["van serve"], "with the key the other made");
    appended(command.append(NOW, &about("sam", Seq(1), "van de opdracht")).await.unwrap());
    assert_eq!(texts(&serve.entries_after(Seq(1), 9).await.unwrap()), ["van de opdracht"]);
    assert_eq!(serve.key_of(&scope("sam")).await.unwrap(), command.key_of(&scope("sam")).await.unwrap());
}

#[tokio::test]
async fn nothing_is_sealed_with_a_key_that_another_destroyed() {
    let (place, serve) = Place::new().await;
    let command = place.open().await;
    appended(serve.append(NOW, &about("sam", Seq(0), "eerste")).await.unwrap());
    let key = command.key_of(&scope("sam")).await.unwrap().unwrap();
    command.destroy_keys(&[key]).await.unwrap();

    appended(serve.append(NOW, &about("sam", Seq(1), "tweede")).await.unwrap());
    assert_eq!(texts(&all(&serve).await.unwrap()), ["vernietigd", "tweede"]);
    assert_eq!(texts(&all(&command).await.unwrap()), ["vernietigd", "tweede"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writers_side_by_side_lose_and_double_nothing() {
    const EACH: u64 = 60;
    let (place, first) = Place::new().await;
    let second = place.open().await;
    let write = async |store: &store::Store, name: &str| {
        for round in 0..EACH {
            let mut command = about(name, Seq(0), &format!("{name} {round}"));
            command.read = Vec::new();
            appended(store.append(NOW, &command).await.unwrap());
        }
    };
    tokio::join!(write(&first, "sam"), write(&second, "noor"), write(&first, "lotte"));
    let entries = all(&second).await.unwrap();
    let seqs: Vec<i64> = entries.iter().map(|entry| entry.seq.0).collect();
    assert_eq!(seqs, (1..=3 * i64::try_from(EACH).unwrap()).collect::<Vec<_>>());
    for name in ["sam", "noor", "lotte"] {
        let own: Vec<String> = texts(&entries).into_iter().filter(|text| text.starts_with(name)).collect();
        assert_eq!(own, (0..EACH).map(|round| format!("{name} {round}")).collect::<Vec<_>>());
    }
    assert!(store::verify(&place.data(), &place.key()).await.unwrap().is_whole());
}

#[tokio::test]
async fn a_command_that_is_given_up_halfway_leaves_the_store_usable() {
    let (place, store) = Place::new().await;
    for wait in 0..60 {
        let head = store.head().await.unwrap().seq;
        let command = about("sam", head, "misschien");
        let _ = tokio::time::timeout(Duration::from_micros(wait * 25), store.append(NOW, &command)).await;
    }
    // What was given up may be written all the same, just after the head was read: then it is decided again.
    let last = loop {
        let head = store.head().await.unwrap().seq;
        match store.append(NOW, &about("sam", head, "zeker")).await.unwrap() {
            Outcome::Conflict { .. } => {}
            outcome => break appended(outcome).last,
        }
    };
    assert_eq!(all(&store).await.unwrap().len(), usize::try_from(last.0).unwrap());
    assert!(store::verify(&place.data(), &place.key()).await.unwrap().is_whole());
}
