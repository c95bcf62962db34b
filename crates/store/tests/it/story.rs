//! The story of one place, told in its public operations only: another back-end must tell the same one.

use store::{ActorId, Backup, Command, Content, InstallationKey, Outcome, Seq, Store, StoreError, restore, verify};

use crate::place::*;

#[tokio::test]
async fn what_is_appended_is_read_back_in_order() {
    let (_place, store) = Place::new().await;
    assert_eq!(store.head().await.unwrap().seq, Seq::START);

    let first = appended(store.append(NOW, &about("sam", Seq(0), "melding")).await.unwrap());
    let second = appended(store.append(NOW, &about("noor", Seq(1), "gesprek")).await.unwrap());

    assert_eq!((first.first, first.last, first.known), (Seq(1), Seq(1), NOW));
    assert_eq!((second.last, second.known), (Seq(2), NOW + 1), "the log's time rises even when the clock stands still");
    let entries = store.entries_after(Seq(0), 100).await.unwrap();
    assert_eq!(texts(&entries), ["melding", "gesprek"]);
    assert_eq!((entries[1].seq, entries[1].subject, entries[1].known), (Seq(2), subject("noor"), NOW + 1));
    assert_eq!(texts(&store.entries_after(Seq(1), 100).await.unwrap()), ["gesprek"]);
    assert_eq!(texts(&store.entries_after(Seq(0), 1).await.unwrap()), ["melding"]);
    assert_eq!(store.entries_after(Seq(2), 100).await.unwrap(), []);
    assert_eq!(store.entries_after(Seq(99), 100).await.unwrap(), []);
}

#[tokio::test]
async fn a_clock_that_goes_back_does_not_turn_the_log_back() {
    let (_place, store) = Place::new().await;
    store.append(NOW, &about("sam", Seq(0), "eerst")).await.unwrap();
    let later = appended(store.append(NOW - 1_000_000, &about("sam", Seq(1), "daarna")).await.unwrap());
    assert_eq!(later.known, NOW + 1);
}

#[tokio::test]
async fn one_command_is_told_at_one_moment() {
    let (_place, store) = Place::new().await;
    let mut command = about("sam", Seq(0), "a");
    command.entries.extend(about("noor", Seq(0), "b").entries);
    let done = appended(store.append(NOW, &command).await.unwrap());
    assert_eq!((done.first, done.last), (Seq(1), Seq(2)));
    let known: Vec<i64> = all(&store).await.unwrap().iter().map(|entry| entry.known).collect();
    assert_eq!(known, [NOW, NOW], "nobody can ask for the state in the middle of a decision");
}

#[tokio::test]
async fn a_decision_on_what_has_changed_is_a_conflict() {
    let (_place, store) = Place::new().await;
    store.append(NOW, &about("sam", Seq(0), "melding")).await.unwrap();

    let stale = store.append(NOW, &about("sam", Seq(0), "ook een melding")).await.unwrap();
    assert_eq!(stale, Outcome::Conflict { subject: Some(subject("sam")) });
    let other_child = store.append(NOW, &about("noor", Seq(0), "gesprek")).await.unwrap();
    assert!(matches!(other_child, Outcome::Appended(_)), "what happened to Sam says nothing about Noor");

    let mut reads_both = about("lotte", Seq(1), "rol");
    reads_both.read = vec![subject("lotte"), subject("noor")];
    let outcome = store.append(NOW, &reads_both).await.unwrap();
    assert_eq!(outcome, Outcome::Conflict { subject: Some(subject("noor")) }, "a subject that was read counts");
    assert_eq!(texts(&all(&store).await.unwrap()), ["melding", "gesprek"], "a conflict writes nothing");
}

#[tokio::test]
async fn a_decision_on_a_log_that_reached_further_is_a_conflict() {
    let (_place, store) = Place::new().await;
    let outcome = store.append(NOW, &about("sam", Seq(1), "beslist voordat een reservekopie werd teruggezet")).await;
    assert_eq!(outcome.unwrap(), Outcome::Conflict { subject: None });
}

#[tokio::test]
async fn a_repeated_attempt_is_done_once() {
    let (_place, store) = Place::new().await;
    let command = attempt(about("sam", Seq(0), "melding"), 1, "meld Sam", "/leerling/1");
    let done = appended(store.append(NOW, &command).await.unwrap());

    let again = store.append(NOW + 5, &command).await.unwrap();
    assert_eq!(again, Outcome::AlreadyDone { appended: done, answer: b"/leerling/1".to_vec() });
    let other = attempt(about("noor", Seq(1), "melding"), 1, "meld Noor", "/leerling/2");
    assert_eq!(store.append(NOW, &other).await.unwrap(), Outcome::OtherContent);
    assert_eq!(store.head().await.unwrap().seq, Seq(1));

    assert_eq!(store.earlier(command.attempt.as_ref().unwrap()).await.unwrap(), Some(again));
    assert_eq!(store.earlier(other.attempt.as_ref().unwrap()).await.unwrap(), Some(Outcome::OtherContent));
    let never = attempt(about("sam", Seq(1), "melding"), 2, "meld Sam", "/leerling/1");
    assert_eq!(store.earlier(never.attempt.as_ref().unwrap()).await.unwrap(), None);

    let month_later = NOW + store::ANSWERS_KEPT + 1_000_000;
    let outcome = store.append(month_later, &other).await.unwrap();
    assert!(matches!(outcome, Outcome::Appended(_)), "after 30 days the name is free again");
}

#[tokio::test]
async fn a_batch_is_one_transaction_with_an_outcome_each() {
    let (_place, store) = Place::new().await;
    store.append(NOW, &about("lotte", Seq(0), "eerder")).await.unwrap();
    let batch = [
        about("sam", Seq(1), "melding"),
        about("sam", Seq(1), "gesprek, beslist op de melding hiervoor"),
        about("lotte", Seq(0), "beslist op oude stand"),
        about("noor", Seq(1), "staat los hiervan"),
        about("lotte", Seq(1), "beslist op wat geweigerd werd"),
    ];
    let outcomes = store.append_batch(NOW, &batch).await.unwrap();
    let conflict = Outcome::Conflict { subject: Some(subject("lotte")) };
    assert!(matches!(
        &outcomes[..],
        [Outcome::Appended(_), Outcome::Appended(_), a, Outcome::Appended(_), b] if *a == conflict && *b == conflict
    ));
    assert_eq!(store.head().await.unwrap().seq, Seq(4));
}

#[tokio::test]
async fn a_batch_knows_attempts_of_its_own() {
    let (_place, store) = Place::new().await;
    let twice = || attempt(about("sam", Seq(0), "melding"), 1, "meld Sam", "/leerling/1");
    let outcomes = store.append_batch(NOW, &[twice(), twice()]).await.unwrap();
    assert!(matches!(outcomes[..], [Outcome::Appended(_), Outcome::AlreadyDone { .. }]));
    assert_eq!(store.head().await.unwrap().seq, Seq(1));
}

#[tokio::test]
async fn each_attempt_of_a_batch_finds_its_own_first_answer() {
    let (_place, store) = Place::new().await;
    let children: Vec<String> = (0..40).map(|n| format!("kind {n}")).collect();
    let batch = |seen| -> Vec<Command> {
        let one = |(name, child): (u8, &String)| attempt(about(child, seen, "melding"), name, "meld", child);
        (0..).zip(&children).map(one).collect()
    };
    let first = store.append_batch(NOW, &batch(Seq(0))).await.unwrap();
    let again = store.append_batch(NOW, &batch(Seq(40))).await.unwrap();
    for ((first, again), child) in first.into_iter().zip(again).zip(&children) {
        let done = Outcome::AlreadyDone { appended: appended(first), answer: child.as_bytes().to_vec() };
        assert_eq!(again, done);
    }
    let mut of_another = attempt(about("kind 3", Seq(40), "melding"), 3, "iets anders", "");
    of_another.attempt.as_mut().unwrap().actor = ActorId::new(b"iemand anders").unwrap();
    let outcome = store.append(NOW, &of_another).await.unwrap();
    assert!(matches!(outcome, Outcome::Appended(_)), "everybody names their own attempts");
}

#[tokio::test]
async fn bounds_are_refused_before_anything_is_written() {
    let (_place, store) = Place::new().await;
    let too_large = about("sam", Seq(0), &"x".repeat(store::MAX_PAYLOAD + 1));
    let too_many: Vec<Command> = (0..=store::MAX_COMMANDS).map(|_| about("sam", Seq(0), "x")).collect();
    assert!(matches!(store.append(NOW, &too_large).await, Err(StoreError::TooMuch { .. })));
    assert!(matches!(store.append_batch(NOW, &too_many).await, Err(StoreError::TooMuch { .. })));
    assert_eq!(store.head().await.unwrap().seq, Seq::START);
}

#[tokio::test]
async fn a_destroyed_key_takes_its_contents_and_leaves_the_chain() {
    let (place, store) = Place::new().await;
    store.append(NOW, &about("sam", Seq(0), "over Sam")).await.unwrap();
    store.append(NOW, &about("noor", Seq(1), "over Noor")).await.unwrap();
    let head = store.head().await.unwrap();
    let key = store.key_of(&scope("sam")).await.unwrap().unwrap();

    store.destroy_keys(&[key]).await.unwrap();
    store.destroy_keys(&[key]).await.unwrap();

    assert_eq!(texts(&all(&store).await.unwrap()), ["vernietigd", "over Noor"]);
    assert_eq!(store.head().await.unwrap(), head);
    let report = verify(&place.data(), &place.key()).await.unwrap();
    assert!(report.is_whole(), "{report:?}");
    assert_eq!((report.entries, report.entries_vernietigd, report.keys, report.keys_vernietigd), (2, 1, 1, 1));

    store.append(NOW, &about("sam", Seq(2), "opnieuw aangemeld")).await.unwrap();
    assert_ne!(store.key_of(&scope("sam")).await.unwrap(), Some(key), "a new key, under a new name");
    assert_eq!(texts(&all(&store).await.unwrap()), ["vernietigd", "over Noor", "opnieuw aangemeld"]);
}

#[tokio::test]
async fn a_forgotten_key_is_gone_from_memory_at_once() {
    let (_place, store) = Place::new().await;
    store.append(NOW, &about("sam", Seq(0), "over Sam")).await.unwrap();
    let key = store.key_of(&scope("sam")).await.unwrap().unwrap();
    store.forget_key(key);
    assert_eq!(texts(&all(&store).await.unwrap()), ["vernietigd"]);
}

/// Writes a delivery of Noor and Sam, and reveals it with an entry of its own.
async fn deliver(store: &Store, number: u8, words: &str) -> Outcome {
    let mut open = store.begin_delivery(delivery(number)).await.unwrap();
    store.write_blobs(&mut open, &[blob("noor", &format!("Noor {words}"))]).await.unwrap();
    store.write_blobs(&mut open, &[blob("sam", &format!("Sam {words}"))]).await.unwrap();
    let seen = store.head().await.unwrap().seq;
    let command = Command { reveals: Some(open), ..about("school", seen, "aanlevering") };
    store.append(NOW, &command).await.unwrap()
}

#[tokio::test]
async fn blobs_count_from_the_entry_that_reveals_them() {
    let (place, store) = Place::new().await;
    let mut open = store.begin_delivery(delivery(1)).await.unwrap();
    store.write_blobs(&mut open, &[blob("noor", "rijen van Noor"), blob("sam", "rijen van Sam")]).await.unwrap();
    assert_eq!(store.blob(delivery(1), subject("sam")).await.unwrap(), None, "not yet");
    assert!(store.blobs_of(delivery(1)).await.unwrap().is_none());

    let command = Command { reveals: Some(open), ..about("school", Seq(0), "aanlevering") };
    appended(store.append(NOW, &command).await.unwrap());
    drop(command);

    let sam = store.blob(delivery(1), subject("sam")).await.unwrap().unwrap();
    assert_eq!(text(&sam.content), "rijen van Sam");
    assert_eq!(store.blob(delivery(1), subject("lotte")).await.unwrap(), None);
    let blobs = store.blobs_of(delivery(1)).await.unwrap().unwrap();
    let names: Vec<_> = blobs.iter().map(|blob| blob.subject).collect();
    assert_eq!(names, [subject("noor"), subject("sam")]);

    let key = store.key_of(&scope("sam")).await.unwrap().unwrap();
    store.destroy_keys(&[key]).await.unwrap();
    let gone = store.blob(delivery(1), subject("sam")).await.unwrap().unwrap();
    assert_eq!((gone.content, gone.digest), (Content::Vernietigd, sam.digest), "its digest stays");
    let report = verify(&place.data(), &place.key()).await.unwrap();
    assert!(report.is_whole(), "{report:?}");
    assert_eq!((report.deliveries, report.blobs), (1, 2));
}

#[tokio::test]
async fn a_delivery_has_one_name_one_order_and_one_reveal() {
    let (_place, store) = Place::new().await;
    assert!(matches!(deliver(&store, 1, "week 10").await, Outcome::Appended(_)));
    assert!(matches!(store.begin_delivery(delivery(1)).await, Err(StoreError::DeliveryTaken)));

    let mut open = store.begin_delivery(delivery(2)).await.unwrap();
    for wrong in [[blob("sam", ""), blob("noor", "")], [blob("sam", ""), blob("sam", "")]] {
        assert!(matches!(store.write_blobs(&mut open, &wrong).await, Err(StoreError::BlobsOutOfOrder)));
    }
    store.write_blobs(&mut open, &[blob("noor", "")]).await.unwrap();
    assert!(matches!(store.write_blobs(&mut open, &[blob("noor", "")]).await, Err(StoreError::BlobsOutOfOrder)));
    let mut command = Command { reveals: Some(open), ..about("school", Seq(1), "aanlevering") };
    appended(store.append(NOW, &command).await.unwrap());
    command.seen = Seq(2);
    assert_eq!(store.append(NOW, &command).await.unwrap(), Outcome::NoSuchDelivery);
}

#[tokio::test]
async fn orphans_go_at_opening_unless_an_import_is_running() {
    let (place, store) = Place::new().await;
    let mut open = store.begin_delivery(delivery(1)).await.unwrap();
    store.write_blobs(&mut open, &[blob("noor", "half"), blob("sam", "half")]).await.unwrap();
    let blobs = || async { verify(&place.data(), &place.key()).await.unwrap() };

    place.open().await.close().await;
    assert_eq!((blobs().await.deliveries_pending, blobs().await.blobs), (1, 2), "the import is still running");
    drop(open);
    place.open().await.close().await;
    let report = blobs().await;
    assert_eq!((report.deliveries_pending, report.blobs), (0, 0));
    assert!(report.is_whole(), "{report:?}");
}

#[tokio::test]
async fn a_backup_made_while_writing_comes_back_whole() {
    let (place, store) = Place::new().await;
    deliver(&store, 1, "week 10").await;
    store.append_read(NOW, look(&["noor", "sam"], "voor de reservekopie")).await.unwrap();
    let copies = Copies::new(&place.root().join("kopie"), 1);
    let writing = async {
        for seq in 1..40 {
            appended(store.append(NOW, &about("sam", Seq(seq), "tussendoor")).await.unwrap());
        }
    };
    let (data, key) = (place.data(), place.key());
    let ((), backup, report) = tokio::join!(writing, store.backup(copies.files()), verify(&data, &key));
    backup.unwrap();
    assert!(report.unwrap().is_whole(), "verifying does not need a quiet moment either");
    assert!(matches!(store.backup(copies.files()).await, Err(StoreError::Exists(_))));

    let back = place.root().join("terug");
    let report = restore(copies.files(), &back, &place.key()).await.unwrap();
    let copy = Store::open(&back, place.key()).await.unwrap();
    let head = copy.head().await.unwrap();
    assert_eq!((Some(head.clone()), report.deliveries, report.reads), (report.head, 1, 2));
    assert_eq!(copy.reads_of(subject("sam"), 9).await.unwrap(), store.reads_of(subject("sam"), 9).await.unwrap());
    let original = store.entries_after(Seq(0), usize::try_from(head.seq.0).unwrap()).await.unwrap();
    assert_eq!(copy.entries_after(Seq(0), 1_000).await.unwrap(), original);
    assert!(matches!(restore(copies.files(), &back, &place.key()).await, Err(StoreError::Exists(_))));
}

#[tokio::test]
async fn nothing_keeps_a_file_open_after_the_work_and_what_was_left_of_one_is_not_taken_for_its_successor() {
    let (place, store) = Place::new().await;
    store.append(NOW, &about("sam", Seq(0), "over Sam")).await.unwrap();
    let copies = Copies::new(place.root(), 1);
    store.backup(copies.files()).await.unwrap();
    // So many lines that they are moved into the file beside the writing.
    store.append_read(NOW, look(&["sam"; 5_000], "lijst")).await.unwrap();
    store.close().await;
    let other = InstallationKey::create(&place.root().join("andere.sleutel")).unwrap();
    assert!(matches!(Store::open(&place.data(), other).await, Err(StoreError::WrongKey)));
    assert!(verify(&place.data(), &place.key()).await.unwrap().is_whole());
    let write_ahead = |folder: &std::path::Path| -> Vec<_> {
        let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.ends_with("-wal") || name.ends_with("-shm")).collect()
    };
    assert_eq!(write_ahead(&place.data()), [""; 0], "whoever had a file open has closed it");

    let back = place.root().join("terug");
    std::fs::create_dir(&back).unwrap();
    let left = back.join(format!("{}-wal", store::LOG));
    std::fs::write(&left, "van een eerder register").unwrap();
    let refusal = restore(copies.files(), &back, &place.key()).await;
    assert!(matches!(&refusal, Err(StoreError::Exists(path)) if *path == left), "{refusal:?}");
    std::fs::remove_file(&left).unwrap();
    assert!(restore(copies.files(), &back, &place.key()).await.unwrap().is_whole());
    assert_eq!(write_ahead(&back), [""; 0]);
}

#[tokio::test]
async fn an_old_log_with_new_keys_cannot_read_what_was_destroyed() {
    let (place, store) = Place::new().await;
    store.append(NOW, &about("sam", Seq(0), "over Sam")).await.unwrap();
    let folder = place.root().join("kopie");
    let (old, new) = (Copies::new(&folder, 1), Copies::new(&folder, 2));
    store.backup(old.files()).await.unwrap();
    let old_keys = folder.join("oude-sleutels.db");
    std::fs::copy(old.files().keys, &old_keys).unwrap();
    let key = store.key_of(&scope("sam")).await.unwrap().unwrap();
    store.destroy_keys(&[key]).await.unwrap();
    store.append(NOW, &about("noor", Seq(1), "over Noor")).await.unwrap();
    store.backup(new.files()).await.unwrap();

    let back = place.root().join("terug");
    let report = restore(old.files(), &back, &place.key()).await.unwrap();
    assert_eq!((report.entries, report.entries_vernietigd), (1, 1));
    let copy = Store::open(&back, place.key()).await.unwrap();
    assert_eq!(texts(&all(&copy).await.unwrap()), ["vernietigd"]);

    let wrong_way = place.root().join("verkeerd");
    let mismatched = Backup { keys: &old_keys, ..new.files() };
    let outcome = restore(mismatched, &wrong_way, &place.key()).await;
    let Err(StoreError::Damaged(fault)) = outcome else { panic!("lost keys must not pass for destroyed ones") };
    assert_eq!(
        fault.to_string(),
        "register.db, tabel entries, regel 2: de sleutel ontbreekt, terwijl zij niet is vernietigd"
    );
    assert!(!wrong_way.join(store::LOG).exists());
}
