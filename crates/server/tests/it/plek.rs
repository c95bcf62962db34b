//! A folder with a register in it, and the binary that works on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A region for tests: the example of the documentation.
pub const REGIO: &str = include_str!("../../../exchange/voorbeelden/regio.toml");
/// Two made-up schools.
pub const SCHOLEN: &str = "vestigingscode,naam,onderwijstype,postcode,plaats,gemeente\n\
     90AA00,Proefcollege De Meent,VWO,1811 AB,Alkmaar,ALKMAAR\n\
     90AB00,Proefschool De Dijk,VSO,1811 AC,Alkmaar,ALKMAAR\n";
/// Columns of the pupil files of the tests.
pub const LEERLING_KOP: &str = "vestigingscode;leerlingnummer;achternaam;geboortedatum;bsn;inschrijfdatum;uitschrijfdatum;verzorger1_naam;verzorger1_relatie";
/// Two pupils of the first school.
pub const LEERLINGEN: &str = "90AA00;1;de Boer;2011-03-04;999900006;2023-08-01;;M. de Boer;moeder\n\
     90AA00;2;Visser;2011-05-06;;2023-08-01;;;\n";
/// Columns of the absence files of the tests.
pub const VERZUIM_KOP: &str = "vestigingscode;leerlingnummer;datum;lesuur;lesuren;soort";

/// A folder that goes when the test ends.
pub struct Plek {
    root: PathBuf,
}

/// How a command ended and what it said.
#[derive(Debug)]
pub struct Afloop {
    pub status: i32,
    pub uit: String,
    pub fout: String,
}

impl Afloop {
    fn of(what: &str, output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("output is UTF-8");
        let (uit, fout) = (text(&output.stdout), text(&output.stderr));
        for trace in ["panicked", "RUST_BACKTRACE", "stack backtrace", ".rs:"] {
            assert!(!uit.contains(trace) && !fout.contains(trace), "{what}: {uit}{fout}");
        }
        Afloop { status: output.status.code().unwrap_or(-1), uit, fout }
    }

    /// Everything that was printed.
    pub fn alles(&self) -> String {
        format!("{}{}", self.uit, self.fout)
    }
}

impl Plek {
    /// An empty folder.
    pub fn leeg() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("leerrecht-server-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let root = std::env::temp_dir().join(name);
        fs::create_dir_all(&root).unwrap();
        Plek { root }
    }

    /// A region without schools.
    pub fn regio() -> Self {
        let plek = Self::leeg();
        plek.schrijf("regio.toml", REGIO);
        plek.goed(&["init", "--region", "regio.toml"]);
        plek
    }

    /// A region with two schools.
    pub fn scholen() -> Self {
        let plek = Self::regio();
        plek.schrijf("scholen.csv", SCHOLEN);
        plek.goed(&["import", "scholen", "scholen.csv"]);
        plek
    }

    /// A region with two schools and two pupils.
    pub fn leerlingen() -> Self {
        let plek = Self::scholen();
        plek.schrijf("leerlingen.csv", format!("{LEERLING_KOP}\n{LEERLINGEN}"));
        plek.goed(&["import", "leerlingen", "leerlingen.csv"]);
        plek
    }

    /// The same register in a folder of its own.
    pub fn kopie(&self) -> Self {
        let other = Self::leeg();
        fs::create_dir(other.data()).unwrap();
        for entry in fs::read_dir(self.data()).unwrap() {
            let from = entry.unwrap().path();
            fs::copy(&from, other.data().join(from.file_name().unwrap())).unwrap();
        }
        fs::copy(self.pad("gegevens.sleutel"), other.pad("gegevens.sleutel")).unwrap();
        other
    }

    pub fn pad(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    pub fn data(&self) -> PathBuf {
        self.pad("gegevens")
    }

    pub fn schrijf(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.pad(name), bytes).unwrap();
    }

    pub fn lees(&self, name: &str) -> String {
        fs::read_to_string(self.pad(name)).unwrap()
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = self.kaal(&["--data", "gegevens"]);
        command.args(words);
        command
    }

    fn kaal(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_leerrecht"));
        command.current_dir(&self.root).env_remove("LEERRECHT_SLEUTEL").env("RUST_BACKTRACE", "1");
        command.args(words);
        command
    }

    /// Runs a command that says itself where the register is.
    pub fn los(&self, words: &[&str]) -> Afloop {
        Afloop::of(&words.join(" "), &self.kaal(words).output().unwrap())
    }

    /// Runs a command to its end.
    pub fn draai(&self, words: &[&str]) -> Afloop {
        Afloop::of(&words.join(" "), &self.command(words).output().unwrap())
    }

    /// Runs a command that must do all that was asked.
    pub fn goed(&self, words: &[&str]) -> Afloop {
        let afloop = self.draai(words);
        assert_eq!(afloop.status, 0, "{words:?}: {afloop:?}");
        afloop
    }

    /// Starts a command and leaves it running.
    pub fn start(&self, words: &[&str]) -> Child {
        self.command(words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Waits for a command that was started.
    pub fn einde(&self, child: Child) -> Afloop {
        Afloop::of("started", &child.wait_with_output().unwrap())
    }

    /// What `verify` counts; the register must be whole.
    pub fn telling(&self) -> String {
        let afloop = self.goed(&["verify"]);
        assert!(afloop.uit.contains("Alles is nog zoals het is vastgelegd."), "{afloop:?}");
        afloop.uit.lines().next().unwrap().to_owned()
    }
}

impl Drop for Plek {
    fn drop(&mut self) {
        // Best effort: what stays behind is a folder in the system's place for such folders.
        let _ = fs::remove_dir_all(&self.root);
    }
}

/// A shared sample file, unpacked; `None` with a printed reason when it is not there.
pub fn gedeeld(path: &str) -> Option<Vec<u8>> {
    use std::io::Read as _;
    let file = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).join(path);
    let Ok(bytes) = fs::read(&file) else {
        println!("skipped: no {path} beside the project");
        return None;
    };
    if !path.ends_with(".gz") {
        return Some(bytes);
    }
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked).unwrap();
    Some(unpacked)
}
