//! A full disk refuses; nothing is half-written; once there is space again, the same handle goes on.

use std::path::{Path, PathBuf};
use std::process::Command as Process;

use store::{InstallationKey, MAX_RECORD, Record, RecordKind, Records, Seq, Store, StoreError, verify};

use crate::place::*;
use crate::records::record;

/// A file system of its own of a few MB, in memory.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(at: &Path) -> Option<Self> {
        std::fs::create_dir_all(at).unwrap();
        let done = Process::new("mount").args(["-t", "tmpfs", "-o", "size=3m", "tmpfs"]).arg(at).output().ok()?;
        done.status.success().then(|| Self(at.into()))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Process::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[tokio::test]
async fn a_full_disk_refuses_and_goes_on_when_there_is_space() {
    let place = Place::empty();
    let Some(disk) = SmallDisk::mount(&place.root().join("schijf")) else {
        println!("skipped: this user may not mount a small file system");
        return;
    };
    let data = disk.0.join("gegevens");
    let store = Store::create(&data, "proefregio", place.make_key()).await.unwrap();
    std::fs::write(disk.0.join("ballast"), vec![0; 1 << 20]).unwrap();

    let large = "x".repeat(100_000);
    let mut seq = 0;
    let refusal = loop {
        match store.append(NOW, &about("sam", Seq(seq), &large)).await {
            Ok(outcome) => seq = appended(outcome).last.0,
            Err(error) => break error,
        }
        assert!(seq < 1_000, "the disk never filled up");
    };
    assert!(matches!(refusal, StoreError::DiskFull), "{refusal:?}");
    assert!(seq > 0);
    assert_eq!(store.head().await.unwrap().seq, Seq(seq));
    assert_eq!(all(&store).await.unwrap().len(), usize::try_from(seq).unwrap());

    std::fs::remove_file(disk.0.join("ballast")).unwrap();
    appended(store.append(NOW, &about("sam", Seq(seq), &large)).await.unwrap());
    let key = InstallationKey::read(&place.key_file()).unwrap();
    let report = verify(&data, &key).await.unwrap();
    assert!(report.is_whole(), "{:?}", report.faults);
    assert_eq!(report.entries, u64::try_from(seq).unwrap() + 1);
    store.close().await;
}

#[tokio::test]
async fn who_may_come_in_can_change_again_when_there_is_space() {
    let place = Place::empty();
    let Some(disk) = SmallDisk::mount(&place.root().join("schijf")) else {
        println!("skipped: this user may not mount a small file system");
        return;
    };
    place.make_key();
    let data = disk.0.join("gegevens");
    std::fs::create_dir(&data).unwrap();
    let records = Records::open(&data, "proefregio", place.key()).await.unwrap();
    std::fs::write(disk.0.join("ballast"), vec![0; 1 << 20]).unwrap();
    let large = |n: usize| Record { content: vec![7; MAX_RECORD], ..record(RecordKind(1), &n.to_string(), "sam", 9) };
    let mut written = 0;
    let refusal = loop {
        let mut change = records.begin().await.unwrap();
        match change.put(&large(written)).await {
            Ok(()) => match change.commit().await {
                Ok(()) => written += 1,
                Err(error) => break error,
            },
            Err(error) => break error,
        }
        assert!(written < 1_000, "the disk never filled up");
    };
    assert!(matches!(refusal, StoreError::DiskFull), "{refusal:?}");
    assert_eq!(records.after(RecordKind(1), None, 999).await.unwrap().len(), written);
    std::fs::remove_file(disk.0.join("ballast")).unwrap();
    crate::records::put(&records, &large(written)).await;
    assert_eq!(records.after(RecordKind(1), None, 999).await.unwrap().len(), written + 1);
    records.close().await;
}
