//! The benchmark as a test: the generated files have the published digests, and the signals the published checksums.

use std::fmt::Write;

use exchange::kaal::{Bevindingen, Checksum, RecordLezer, lees_kalender, lees_scholen};
use proefregio::maatstaf::{self, Grootte, SEED};
use sha2::{Digest, Sha256};
use signals::compiled::Compiled;
use signals::engine::evaluate_all;
use signals::protocol::{self, MAATSTAF_A, MAATSTAF_B};
use signals::rows::Bakken;

use super::kaal;

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut tekst, byte| {
        write!(tekst, "{byte:02x}").unwrap();
        tekst
    })
}

/// Generates a size, reads it back and evaluates it under A and B, on one thread and on two.
#[track_caller]
fn check(grootte: Grootte, sha: &str, verwacht: [(u64, u64); 2]) {
    let (mut scholen, mut kalender, mut records) = (Vec::new(), Vec::new(), Vec::new());
    maatstaf::schrijf_scholen(grootte, &mut scholen).unwrap();
    maatstaf::schrijf_kalender(&mut kalender).unwrap();
    maatstaf::schrijf_records(grootte, SEED, &mut records).unwrap();
    assert_eq!(sha256(&records), sha);
    let mut mis = Bevindingen::default();
    let (scholen, kalender) = (lees_scholen(&scholen, &mut mis), lees_kalender(&kalender, &mut mis));
    let mut rijen = Bakken::default();
    let mut lezer = RecordLezer::new(&scholen, |leerling, rij| rijen.add(leerling, rij));
    lezer.voer(&records);
    let records = lezer.klaar();
    assert!(mis.is_empty() && records.bevindingen.is_empty());
    let bestanden = kaal::samen(scholen.clone(), kalender, records, vec![rijen]);
    for (tekst, (aantal, som)) in [MAATSTAF_A, MAATSTAF_B].into_iter().zip(verwacht) {
        let protocol = protocol::lees(tekst).unwrap();
        for draden in [1, 2] {
            let uitkomst = evaluate_all(&bestanden.rows, &bestanden.axes, &Compiled::one(&protocol), draden);
            let mut checksum = Checksum::default();
            for firing in &uitkomst.firings {
                let regel = &protocol.regels[usize::from(firing.regel)];
                let waarde = regel.in_eenheid(firing.waarde);
                assert!(waarde.fract() == 0.0 && !firing.gaten);
                checksum.add(firing.leerling, firing.dag, regel.code.unwrap(), waarde as u8);
            }
            assert_eq!((checksum.aantal, checksum.som), (aantal, som), "{} op {draden}", protocol.titel);
        }
    }
}

#[test]
fn calendar_and_schools_have_the_published_digests() {
    let (mut kalender, mut scholen) = (Vec::new(), Vec::new());
    maatstaf::schrijf_kalender(&mut kalender).unwrap();
    maatstaf::schrijf_scholen(Grootte::L, &mut scholen).unwrap();
    assert_eq!(sha256(&kalender), "0ba685b4887bdbc874d227acd53427f578f69c2631d4c91e10db20a904fd5357");
    assert_eq!(sha256(&scholen), "0097257d223ffc1a7377e69721c193be3fce9e1d44d17ac5b5877906c124c2c4");
}

#[test]
fn size_s_gives_the_published_signals() {
    let sha = "57b7efdda67ba25221796f029895961c66b99cee64ed093f2af017b846c171e8";
    check(Grootte::S, sha, [(78_500, 0x7272_b4dd_a045_c181), (116_393, 0x7739_5019_a325_ceb8)]);
}

#[test]
fn size_m_gives_the_published_signals() {
    if std::env::var_os("LEERRECHT_NACHT").is_none() {
        println!("overgeslagen: grootte M duurt lang; zet LEERRECHT_NACHT=1");
        return;
    }
    let sha = "a660942081560d777324980197e241c7ba53a60a84c69abebcc117a471112a75";
    check(Grootte::M, sha, [(793_011, 0xee54_ce77_6205_5eff), (1_177_312, 0xa867_79bc_5f94_52d0)]);
}
