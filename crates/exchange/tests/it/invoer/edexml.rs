//! EDEXML: the same pupils as in our own layout, findings by pupil and element, and nothing that XML can be misused for.

use std::fmt::Write;

use domain::body::Geslacht;
use exchange::invoer::{Codering, Ernst, Invoer, LeerlingRij, MAX_DIEPTE, MAX_EDEXML, Weigering, read_leerlingen};
use proptest::prelude::*;

use super::{echt, findings, proef};

const SCHOOL: &str = "<school><schooljaar>2025-2026</schooljaar><brincode>90AA</brincode>\
    <dependancecode>01</dependancecode><xsdversie>2.1</xsdversie></school>";
const GROEPEN: &str = "<groepen><groep key='g4'><naam>Vlinders</naam><jaargroep>4</jaargroep></groep>\
    <groep key='g56'><naam>5/6</naam><jaargroep>C</jaargroep></groep>\
    <samengestelde_groep key='plus'><naam>Plusgroep</naam></samengestelde_groep></groepen>";

/// A pupil without anything wrong: elements in the order of the schema, each of which a test can put something else for.
#[derive(Clone)]
struct Leerling(String, Vec<(&'static str, String)>);

fn sam() -> Leerling {
    Leerling("00123".to_owned(), Vec::new())
        .with("achternaam", "Boer")
        .with("voorvoegsel", "de")
        .with("voornamen", "Samuel Jan")
        .with("roepnaam", "Sam")
        .with("geboortedatum", "2017-03-04")
        .with("geslacht", "1")
        .with("groep", "g4")
        .with("bsn", "999900006")
        .with("postcodenl", "1811AB")
        .with("instroomdatum", "2021-03-04")
}

fn noor() -> Leerling {
    let mut noor = sam().with("bsn", "999900018").with("geboortedatum", "2016-05-06");
    noor.0 = "00124".to_owned();
    noor
}

impl Leerling {
    fn with(mut self, element: &'static str, text: &str) -> Self {
        match self.1.iter_mut().find(|(known, _)| *known == element) {
            Some((_, old)) => *old = text.to_owned(),
            None => self.1.push((element, text.to_owned())),
        }
        self
    }

    fn without(mut self, element: &str) -> Self {
        self.1.retain(|(known, _)| *known != element);
        self
    }

    fn xml(&self) -> String {
        let mut xml = format!("<leerling key='{}'>", self.0);
        for (element, text) in &self.1 {
            match *element {
                "groep" | "vestiging" => write!(xml, "<{element} key='{text}'/>"),
                "samengesteld" => {
                    write!(xml, "<samengestelde_groepen><samengestelde_groep key='{text}'/></samengestelde_groepen>")
                }
                "erbij" => write!(xml, "{text}"),
                _ => write!(xml, "<{element}>{text}</{element}>"),
            }
            .unwrap();
        }
        xml.push_str("</leerling>");
        xml
    }
}

fn edex(inner: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<EDEX>{inner}</EDEX>")
}

fn file(leerlingen: &[Leerling]) -> String {
    let leerlingen: String = leerlingen.iter().map(Leerling::xml).collect();
    edex(&format!("{SCHOOL}{GROEPEN}<leerlingen>{leerlingen}</leerlingen>"))
}

fn read(text: &str) -> Invoer<Vec<LeerlingRij>> {
    read_leerlingen(text.as_bytes(), &proef()).unwrap()
}

fn refused(text: &str) -> Weigering {
    read_leerlingen(text.as_bytes(), &proef()).unwrap_err()
}

/// Pupils taken and findings.
fn check(leerlingen: &[Leerling], taken: &[u64], expected: &[&str]) {
    let invoer = read(&file(leerlingen));
    let numbers: Vec<u64> = invoer.inhoud.iter().map(|leerling| leerling.rij).collect();
    assert_eq!((numbers.as_slice(), findings(&invoer)), (taken, expected.iter().map(|s| s.to_string()).collect()));
}

#[test]
fn a_pupil_says_the_same_as_in_our_own_layout() {
    let leerkrachten = "<leerkrachten>\
        <leerkracht key='1'><achternaam>Visser</achternaam><voorletters-1>A</voorletters-1><rol>LRK</rol>\
        <groepen><groep key='g4'/></groepen></leerkracht>\
        <leerkracht key='2'><roepnaam>Lia</roepnaam><groepen><groep key='g4'/></groepen></leerkracht>\
        <leerkracht key='3'><roepnaam>Ton</roepnaam><groepen><groep key='g4'><rol>STA</rol></groep></groepen></leerkracht>\
        </leerkrachten>";
    let text = file(&[sam(), noor().with("uitstroomdatum", "2026-01-31Z")]);
    let text = text.replace("</leerlingen>", &format!("</leerlingen>{leerkrachten}"));
    let edexml = read(&text);
    assert_eq!(findings(&edexml), Vec::<String>::new());
    let csv = "vestigingscode;leerlingnummer;achternaam;voorvoegsel;voornamen;roepnaam;geboortedatum;geslacht;bsn;\
               postcode;jaargroep;klas;mentor;inschrijfdatum;uitschrijfdatum\n\
               90AA01;00123;Boer;de;Samuel Jan;Sam;2017-03-04;1;999900006;1811AB;4;Vlinders;A Visser, Lia;2021-03-04;\n\
               90AA01;00124;Boer;de;Samuel Jan;Sam;2016-05-06;1;999900018;1811AB;4;Vlinders;A Visser, Lia;2021-03-04;2026-01-31\n";
    let mut own = read_leerlingen(csv.as_bytes(), &proef()).unwrap().inhoud;
    for leerling in &mut own {
        leerling.rij -= 1;
    }
    assert!(edexml.inhoud == own);
    assert_eq!((edexml.vorm.codering, edexml.vorm.scheiding), (Codering::Utf8, None));
    assert_eq!(edexml.inhoud[0].persoon.geslacht, Geslacht::Man);
}

#[test]
fn every_element_is_checked_on_its_own() {
    let cases = [
        ("geboortedatum", "2017-02-30", "geboortedatum datum bestaat niet"),
        ("geboortedatum", "2031-01-01", "geboortedatum datum kan niet"),
        ("geboortedatum", "2024-01-01", "geboortedatum leeftijd"),
        ("geslacht", "3", "geslacht geslacht"),
        ("bsn", "999900007", "bsn bsn"),
        ("bsn", "123456782", "bsn echt nummer"),
        ("postcodenl", "0181AB", "postcodenl postcode"),
        ("jaargroep", "B", "jaargroep jaargroep"),
        ("instroomdatum", "eerste dag", "instroomdatum datum onleesbaar"),
        ("uitstroomdatum", "2020-01-01", "uitstroomdatum uitschrijving voor inschrijving"),
    ];
    for (element, text, expected) in cases {
        check(&[noor(), sam().with(element, text)], &[1], &[&format!("!2 {expected}")]);
    }
    for element in ["achternaam", "geboortedatum", "instroomdatum"] {
        check(&[sam().without(element)], &[], &[&format!("!1 {element} veld leeg")]);
    }
    let mut nameless = sam();
    nameless.0 = String::new();
    check(&[nameless.clone()], &[], &["!1 key veld leeg"]);
    nameless.0 = "x".repeat(65);
    check(&[nameless], &[], &["!1 key leerlingnummer"]);
    check(&[sam().without("bsn")], &[1], &["1 bsn geen bsn of onderwijsnummer"]);
    check(&[sam(), sam()], &[1], &["2 key dubbele rij"]);
    check(&[sam(), noor().with("bsn", "999900006")], &[], &["!1 bsn nummer dubbel", "!2 bsn nummer dubbel"]);
    check(&[sam().with("erbij", "<bsn>999900018</bsn>")], &[], &["!1 bsn element dubbel"]);
    check(&[sam().with("erbij", "<groep key='g56'/>")], &[], &["!1 groep element dubbel"]);
}

#[test]
fn findings_name_pupil_and_element_and_refused_pupils_come_back_in_our_own_layout() {
    let invoer = read(&file(&[noor(), sam().with("instroomdatum", "30-2-2024")]));
    assert_eq!(
        invoer.bevindingen.kept()[0].to_string(),
        "Fout bij leerling 2, element instroomdatum: De datum 30-2-2024 bestaat niet. \
         Schrijf een bestaande datum, als 2026-03-03 of als 03-03-2026."
    );
    let mended = invoer.afgewezen.to_csv().replace(";30-2-2024;", ";2021-03-04;");
    let again = read_leerlingen(mended.as_bytes(), &proef()).unwrap();
    assert_eq!((again.telling.overgenomen, again.bevindingen.count(Ernst::Fout)), (1, 0));
    assert_eq!(again.inhoud[0].inschrijving.klas.zichtbaar(), "Vlinders");
}

#[test]
fn what_points_at_nothing_is_a_finding() {
    check(&[sam().with("groep", "g9")], &[1], &["1 groep verwijzing zonder doel"]);
    check(&[sam().with("samengesteld", "plus")], &[1], &[]);
    check(&[sam().with("samengesteld", "g4")], &[1], &["1 samengestelde_groep verwijzing zonder doel"]);
    check(&[sam().with("vestiging", "VB")], &[1], &["1 vestiging verwijzing zonder doel"]);
    let teacher = "<leerkrachten><leerkracht key='1'><groepen><groep key='g9'/></groepen></leerkracht></leerkrachten>";
    let text = file(&[sam()]).replace("</leerlingen>", &format!("</leerlingen>{teacher}"));
    assert_eq!(findings(&read(&text)), ["0 leerkrachten/leerkracht/groepen/groep verwijzing zonder doel"]);
    let twice = "<groep key='g4'><naam>Muizen</naam><jaargroep>5</jaargroep></groep></groepen>";
    let invoer = read(&file(&[sam()]).replace("</groepen>", twice));
    assert_eq!(findings(&invoer), ["0 groepen/groep groep dubbel"]);
    assert_eq!(invoer.inhoud[0].inschrijving.klas.zichtbaar(), "Vlinders");
}

#[test]
fn the_year_is_the_pupils_own_or_else_the_groups() {
    let year = |leerling: Leerling| {
        let invoer = read(&file(&[leerling]));
        let found = invoer.inhoud.first().map(|leerling| leerling.inschrijving.jaargroep.zichtbaar().to_owned());
        (found.unwrap_or_default(), findings(&invoer).len())
    };
    assert_eq!(year(sam()), ("4".to_owned(), 0));
    assert_eq!(year(sam().with("jaargroep", "5")), ("5".to_owned(), 0));
    assert_eq!(year(sam().with("jaargroep", "V")), ("V".to_owned(), 0));
    assert_eq!(year(sam().without("groep")), (String::new(), 0));
    assert_eq!(year(sam().with("groep", "g56")), (String::new(), 1));
    assert_eq!(year(sam().with("groep", "g56").with("jaargroep", "6")), ("6".to_owned(), 0));
    assert_eq!(year(sam().with("jaargroep", "H")), (String::new(), 1));
}

#[test]
fn the_site_is_that_of_the_file_unless_the_key_of_a_location_is_a_code() {
    let site = |sites: &str, key: &str| {
        let vestigingen = format!("</school><vestigingen>{sites}</vestigingen>");
        let text = file(&[sam().with("vestiging", key)]).replace("</school>", &vestigingen);
        let invoer = read(&text);
        (invoer.inhoud[0].inschrijving.vestiging.to_string(), findings(&invoer).len())
    };
    let one = |key: &str| format!("<vestiging key='{key}'><naam>Gebouw</naam></vestiging>");
    assert_eq!(site(&one("VH"), "VH"), ("90AA01".to_owned(), 0));
    assert_eq!(site(&one("02"), "02"), ("90AA02".to_owned(), 0));
    assert_eq!(site(&one("90AA03"), "90AA03"), ("90AA03".to_owned(), 0));
    assert_eq!(site(&(one("VH") + &one("90AB03")), "90AB03"), ("90AA01".to_owned(), 1));
    assert_eq!(site(&(one("01") + &one("02")), "02"), ("90AA02".to_owned(), 0));
    let main = file(&[sam()]).replace("<dependancecode>01</dependancecode>", "");
    assert_eq!(read(&main).inhoud[0].inschrijving.vestiging.to_string(), "90AA00");
}

#[test]
fn what_the_register_has_no_place_for_is_not_read_and_said_once() {
    let with =
        |leerling: Leerling| leerling.with("land_vader", "MA").with("gewicht", "0.25").with("emailadres", "a@b.nl");
    let block = "<toevoegingen><blok xsi:type='x:y' xmlns:xsi='z'><code>a</code><opmerking>geheim</opmerking></blok></toevoegingen>";
    let text = file(&[with(sam()), with(noor().with("erbij", block))]);
    let invoer = read(&text);
    assert_eq!(findings(&invoer), ["0 leerling/gewicht niet nodig", "0 leerling/land_vader niet nodig"]);
    let odd = file(&[sam().with("schoenmaat", "38"), noor().with("schoenmaat", "39")]);
    assert_eq!(findings(&read(&odd)), ["0 leerlingen/leerling/schoenmaat onbekend element"]);
    let old = file(&[sam()]).replace(">2.1<", ">1.03<");
    assert_eq!(findings(&read(&old)), ["0 school/xsdversie andere versie"]);
}

#[test]
fn files_that_cannot_be_meant_are_refused_with_their_line() {
    let sam = sam().xml();
    let bomb = "<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;\">]>";
    let deep = "<groep key='a'>".repeat(MAX_DIEPTE + 1);
    let cases = [
        ("<EDEX>".to_owned(), "geen goed gevormde XML (regel 1, element EDEX)"),
        (edex("<school></leerlingen>"), "geen goed gevormde XML (regel 2, element school)"),
        (edex("<school a='1' a='2'/>"), "geen goed gevormde XML (regel 2"),
        (format!("{}<EDEX/>", edex(SCHOOL)), "geen goed gevormde XML (regel 2)"),
        ("<html><body/></html>".to_owned(), "Dit is geen EDEXML"),
        (
            "<?xml version='1.0'?>\n\n<!DOCTYPE EDEX SYSTEM 'file:///etc/passwd'>\n<EDEX/>".to_owned(),
            "DOCTYPE (regel 3)",
        ),
        (format!("{bomb}<EDEX>&lol2;</EDEX>"), "DOCTYPE (regel 1)"),
        (edex("<school><auteur>&lol;</auteur></school>"), "teken dat niet bestaat (regel 2, element auteur)"),
        (edex("<school><auteur>&#0;</auteur></school>"), "teken dat niet bestaat"),
        (edex(&format!("<leerlingen>{sam}</leerlingen>")), "school/brincode ontbreekt"),
        (edex(&SCHOOL.replace("90AA", "9OAA")), "school/brincode en school/dependancecode"),
        (edex(&SCHOOL.replace("90AA", "16AH")), "proefregio"),
        (edex(&deep), "te veel elementen"),
        (edex(&format!("<school x='{}'/>", "y".repeat(9_000))), "Een element is te lang"),
        (
            edex(&format!("<school {}/>", (0..40).map(|n| format!("a{n}='' ")).collect::<String>())),
            "te veel attributen",
        ),
        ("<?xml version='1.0' encoding='koi8-r'?><EDEX/>".to_owned(), "codering die wij niet lezen"),
        (format!("<!--{}-->", " ".repeat(MAX_EDEXML)), "64 MiB"),
    ];
    for (text, expected) in cases {
        let weigering = refused(&text).to_string();
        assert!(weigering.contains(expected), "{weigering}");
    }
    let real = read_leerlingen(file(&[]).as_bytes(), &echt()).unwrap_err().to_string();
    assert!(real.contains("proefnummer"), "{real}");
    assert_eq!(findings(&read(&edex(SCHOOL))), ["0  geen rijen"]);
}

#[test]
fn text_comes_back_as_it_was_in_every_encoding() {
    let ruel = sam().with("achternaam", "Ru&#235;l &amp; <![CDATA[<zoon>]]>").with("roepnaam", "\n  Zoë\n  Anne ");
    let text = file(&[ruel]);
    let as_utf16 = |text: &str, bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let declared = |name: &str| text.replace("encoding=\"UTF-8\"", &format!("encoding='{name}'"));
    let latin = |text: String| text.chars().map(|teken| u8::try_from(u32::from(teken)).unwrap()).collect::<Vec<u8>>();
    let utf16 = declared("UTF-16");
    let files = [
        (text.clone().into_bytes(), Codering::Utf8),
        (["\u{FEFF}", &text].concat().into_bytes(), Codering::Utf8),
        (["\n \n", text.split_once('\n').unwrap().1].concat().into_bytes(), Codering::Utf8),
        (as_utf16(&utf16, u16::to_le_bytes), Codering::Utf16),
        ([b"\xFE\xFF".to_vec(), as_utf16(&utf16, u16::to_be_bytes)].concat(), Codering::Utf16),
        (latin(declared("windows-1252")), Codering::Windows1252),
        (latin(declared("ISO-8859-1")), Codering::Windows1252),
    ];
    for (nummer, (bytes, codering)) in files.iter().enumerate() {
        let invoer = read_leerlingen(bytes, &proef()).unwrap();
        assert_eq!((findings(&invoer), invoer.vorm.codering), (Vec::new(), *codering), "file {nummer}");
        let persoon = &invoer.inhoud[0].persoon;
        assert_eq!(persoon.achternaam.zichtbaar(), "Ruël & <zoon>", "file {nummer}");
        assert_eq!(persoon.roepnaam.zichtbaar(), "Zoë Anne", "file {nummer}");
    }
    let wrong = latin(text.clone());
    let invoer = read_leerlingen(&wrong, &proef()).unwrap();
    assert_eq!(findings(&invoer), ["0 encoding codering"]);
    assert_eq!(invoer.inhoud[0].persoon.roepnaam.zichtbaar(), "Zoë Anne");
}

#[test]
fn a_broken_character_costs_its_own_pupil() {
    let text = file(&[sam().with("achternaam", "Zoë Ruël"), noor().with("achternaam", "Zo#")]);
    let bytes: Vec<u8> = text.bytes().map(|byte| if byte == b'#' { 0xEB } else { byte }).collect();
    assert_eq!(findings(&read_leerlingen(&bytes, &proef()).unwrap()), ["!2  onleesbare tekens"]);
    check(&[sam().with("roepnaam", "a\u{1}b")], &[], &["!1  onleesbare tekens"]);
}

#[test]
fn no_text_is_kept_beyond_its_bound() {
    let long = "x".repeat(10 << 20);
    check(&[sam().with("achternaam", &long), noor()], &[2], &["!1 achternaam te lang"]);
    let formula = read(&file(&[sam().with("achternaam", "=1+1").with("instroomdatum", "")]));
    assert!(formula.afgewezen.to_csv().contains(";'=1+1;"));
}

/// Pieces of which some make sense together.
fn piece() -> impl Strategy<Value = String> {
    let likely = [
        "<EDEX>",
        "</EDEX>",
        "<school>",
        "</school>",
        "<brincode>90AA</brincode>",
        "<leerlingen>",
        "</leerlingen>",
        "<leerling key='1'>",
        "<leerling key='2'>",
        "<leerling>",
        "</leerling>",
        "<groep key='g'/>",
        "<groepen>",
        "</groepen>",
        "<achternaam>Boer</achternaam>",
        "<geboortedatum>2017-03-04</geboortedatum>",
        "<instroomdatum>2021-03-04</instroomdatum>",
        "<bsn>999900006</bsn>",
        "&amp;",
        "&x;",
        "<!-- -->",
        "<![CDATA[",
        "]]>",
        "<!DOCTYPE EDEX>",
        "<?pi?>",
        "tekst",
        "<toevoegingen>",
        "</toevoegingen>",
        "\n",
        "\"",
        "<",
        ">",
    ];
    prop_oneof![9 => prop::sample::select(likely.to_vec()).prop_map(str::to_owned), 1 => any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_xml_is_read_or_refused_and_every_pupil_accounted_for(
        head in prop::sample::select(vec!["<", "<EDEX>", "<?xml version='1.0' encoding='utf-8'?><EDEX>"]),
        school in any::<bool>(),
        pieces in prop::collection::vec(piece(), 0..40),
    ) {
        let school = if school { SCHOOL } else { "" };
        let text = format!("{head}{school}{}", pieces.concat());
        for text in [text.clone(), format!("{text}</leerling></leerlingen></EDEX>"), format!("{text}</EDEX>")] {
            if let Ok(invoer) = read_leerlingen(text.as_bytes(), &proef()) {
                let telling = invoer.telling;
                prop_assert_eq!(telling.rijen, telling.overgenomen + telling.dubbel + telling.afgewezen);
                prop_assert_eq!(telling.overgenomen, invoer.inhoud.len() as u64);
                prop_assert_eq!(telling.afgewezen, invoer.afgewezen.len() as u64);
            }
        }
    }

    #[test]
    fn any_bytes_after_an_opening_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for head in [&b"<"[..], b"\xFF\xFE<\0", b"<EDEX>", b"<?xml encoding='utf-16'?>", b"<?xml version='1.0' encoding"] {
            if let Ok(invoer) = read_leerlingen(&[head, &bytes].concat(), &proef()) {
                prop_assert!(invoer.inhoud.is_empty());
            }
        }
    }
}

#[test]
fn findings_never_tell_whom_they_are_about() {
    let canaries = ["Kanarievogel", "Sijsje", "Mees", "123456782", "Groenling", "kanarie@vogels.nl", "9912AB"];
    for shift in 0..canaries.len() {
        let mut words = canaries;
        words.rotate_left(shift);
        let [a, b, c, d, e, f, g] = words;
        let mut odd = sam().with("achternaam", a).with("geboortedatum", b).with("bsn", d).with("groep", e);
        odd.0 = c.to_owned();
        let odd = odd.with("emailadres", f).with("jaargroep", g).with("instroomdatum", a).with("postcodenl", b);
        let invoer = read(&file(&[odd.clone(), odd.with("geslacht", c)]));
        let lines: Vec<String> = invoer.bevindingen.kept().iter().map(ToString::to_string).collect();
        let all = format!("{}\n{invoer:?}", lines.join("\n"));
        for canary in canaries {
            assert!(!all.contains(canary), "{canary} in {all}");
        }
    }
}
