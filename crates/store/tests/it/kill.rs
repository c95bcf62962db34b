//! Killed at any moment: what was acknowledged is there, nothing is there by halves, the chain is whole.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};
use std::ops::Range;
use std::process::{Command as Process, Stdio};
use std::time::Duration;

use store::{Command, DeliveryId, Entry, FactId, NewEntry, Outcome, Seq, Store, verify};

use crate::place::*;

/// Kills in an ordinary run; more with `LEERRECHT_KILLS`.
const KILLS: u64 = 25;
/// Entries per command: a command is there whole or not at all.
const ENTRIES: u8 = 3;
const WRITERS: u8 = 8;
/// Tells the child what to do: "folder|key file|run", where the run is a number, or "leeslog" or "toegang" and a number.
const CHILD: &str = "LEERRECHT_KILL_CHILD";

/// The name of entry `part` of a command; the first fifteen bytes name the command.
fn name(run: u64, writer: u8, number: u32, part: u8) -> FactId {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&run.to_be_bytes());
    id[8] = writer;
    id[9..13].copy_from_slice(&number.to_be_bytes());
    id[15] = part;
    FactId(id)
}

fn decision(run: u64, writer: u8, number: u32) -> Command {
    let child = format!("kind {}", number % 50);
    let entry =
        |part| NewEntry { fact: name(run, writer, number, part), scope: scope(&child), payload: vec![part; 200] };
    Command { seen: Seq(0), read: Vec::new(), entries: (0..ENTRIES).map(entry).collect(), attempt: None, reveals: None }
}

/// The part that is killed. Without its order in the environment it is an ordinary run of the tests, with nothing to do.
#[test]
fn child() {
    let Ok(order) = std::env::var(CHILD) else { return };
    let [folder, key, run] = order.split('|').collect::<Vec<_>>().try_into().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let key = store::InstallationKey::read(key.as_ref()).unwrap();
        if let Some(run) = run.strip_prefix("toegang ") {
            return crate::records::write_for_ever((folder.as_ref(), key), run.parse().unwrap()).await;
        }
        let store = Store::open(folder.as_ref(), key).await.unwrap();
        if let Some(run) = run.strip_prefix("leeslog ") {
            return crate::leeslog::read_for_ever(&store, run.parse().unwrap()).await;
        }
        let run = run.parse().unwrap();
        let writers = (0..WRITERS).map(|writer| write_for_ever(&store, run, writer));
        let mut writers: Vec<_> = writers.map(Box::pin).collect();
        std::future::poll_fn(|context| {
            writers.iter_mut().for_each(|writer| assert!(writer.as_mut().poll(context).is_pending()));
            std::task::Poll::<()>::Pending
        })
        .await;
    });
}

async fn write_for_ever(store: &Store, run: u64, writer: u8) {
    for number in 0.. {
        let mut command = decision(run, writer, number);
        if writer == 0 {
            command.reveals = Some(deliver(store, run, number).await);
        }
        let outcome = match writer % 2 {
            0 => store.append(NOW, &command).await.unwrap(),
            _ => store.append_batch(NOW, &[command]).await.unwrap().remove(0),
        };
        assert!(matches!(outcome, Outcome::Appended(_)));
        say(&format!("opgeslagen {writer} {number}"));
    }
}

/// Tells the test that something is acknowledged.
pub fn say(line: &str) {
    let line = format!("{line}\n");
    std::io::stdout().write_all(line.as_bytes()).and_then(|()| std::io::stdout().flush()).unwrap();
}

/// How often to kill, unless the environment says otherwise.
pub fn kills(ordinary: u64) -> u64 {
    std::env::var("LEERRECHT_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(ordinary)
}

async fn deliver(store: &Store, run: u64, number: u32) -> store::Delivery {
    let id = DeliveryId(name(run, 255, number, 0).0);
    let mut open = store.begin_delivery(id).await.unwrap();
    for half in ["eerste helft", "tweede helft"] {
        let blobs: Vec<_> = (0..40).map(|child| blob(&format!("{half} {child:03}"), half)).collect();
        store.write_blobs(&mut open, &blobs).await.unwrap();
    }
    open
}

#[tokio::test]
async fn nothing_acknowledged_is_lost_and_nothing_is_half_written() {
    let kills = kills(KILLS);
    let mut acknowledged = 0;
    // A new place now and then, so that looking through it does not become the longer part of the work.
    for first in (0..kills).step_by(25) {
        acknowledged += kill_in_one_place(first..kills.min(first + 25)).await;
    }
    println!("{kills} kills, {acknowledged} commands acknowledged");
    assert!(acknowledged > 10, "too few acknowledged to say anything");
}

/// Kills one place over and over; how many commands were acknowledged.
async fn kill_in_one_place(runs: Range<u64>) -> usize {
    let (place, store) = Place::new().await;
    store.close().await;
    let mut acknowledged: BTreeSet<(u64, u8, u32)> = BTreeSet::new();
    let mut state = 0x5eed ^ runs.start;
    for run in runs {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let said = run_and_kill(&place, &run.to_string(), Duration::from_millis(1 + (state >> 33) % 300));
        acknowledged.extend(said.lines().filter_map(|line| line.strip_prefix("opgeslagen ")).map(|line| {
            let (writer, number) = line.split_once(' ').unwrap();
            (run, writer.parse().unwrap(), number.parse().unwrap())
        }));

        let store = place.open().await;
        let entries = every_entry(&store).await;
        let mut parts: BTreeMap<Vec<u8>, u8> = BTreeMap::new();
        entries.iter().for_each(|entry| *parts.entry(entry.fact.0[..15].to_vec()).or_default() += 1);
        assert!(parts.values().all(|count| *count == ENTRIES), "kill {run}: a command is there by halves or twice");
        for (run, writer, number) in &acknowledged {
            let command = name(*run, *writer, *number, 0).0[..15].to_vec();
            assert!(parts.contains_key(&command), "run {run}: lost what was acknowledged: {writer} {number}");
        }
        let report = verify(&place.data(), &place.key()).await.unwrap();
        assert!(report.is_whole(), "kill {run}: {:?}", report.faults);
        assert_eq!(report.deliveries_pending, 0, "kill {run}: orphans stayed");
        assert_eq!(report.blobs, 80 * report.deliveries);
        store.close().await;
    }
    acknowledged.len()
}

async fn every_entry(store: &Store) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    loop {
        let more = store.entries_after(entries.last().map_or(Seq::START, |e| e.seq), 5_000).await.unwrap();
        if more.is_empty() {
            return entries;
        }
        entries.extend(more);
    }
}

/// Runs the child, kills it, and returns the whole lines that it said.
pub fn run_and_kill(place: &Place, run: &str, after: Duration) -> String {
    let order = format!("{}|{}|{run}", place.data().display(), place.key_file().display());
    let mut child = Process::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::child", "--nocapture"])
        .env(CHILD, order)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(after);
    child.kill().unwrap();
    let mut said = String::new();
    child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
    let status = child.wait().unwrap();
    assert!(!status.success() && status.code().is_none(), "it must have been killed, not have failed: {status}");
    said.truncate(said.rfind('\n').map_or(0, |end| end + 1));
    said
}
