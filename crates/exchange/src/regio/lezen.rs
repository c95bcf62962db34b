//! From the tables of the file to a region. First the parties, then what is said of them.

use std::collections::BTreeMap;

use domain::Date;
use domain::body::{
    Afwijkendedag, Indeling, IndelingSoort, Medewerker, Organisatie, OrganisatieSoort, RolToekenning, SchoolDagen,
    SchoolUren, Sector, Vakanties, Weekuren,
};
use domain::calendar::{Vakantieregio, datum};
use domain::fact::Rol;
use domain::ids::{MedewerkerId, OrganisatieId};
use domain::nummers::{Gemeentecode, SwvNummer, Vestigingscode};
use domain::period::Period;
use domain::tekst::Tekst;
use toml::de::DeTable;

use super::samenhang;
use super::tabel::{Cel, Regels, RegioFout, Tabel};
use super::{
    JAARGROEPEN, MAX_BYTES, REGIO, Regio, RegioSoort, Vermelding, medewerker_id, organisatie_id, school_id, tot_en_met,
};

/// Longest name of a party or professional in the file, in characters.
const MAX_CODE: usize = 40;

/// Longest run of own days of a school in one table; more is a mistyped year.
const MAX_EIGEN_DAGEN: i32 = 62;

/// Weekdays as the file writes them, Monday first.
const WEEKDAGEN: [(&str, usize); 7] = [("ma", 0), ("di", 1), ("wo", 2), ("do", 3), ("vr", 4), ("za", 5), ("zo", 6)];

/// A statement with the line it stands on.
pub(super) type Rij<O, T> = (usize, Vermelding<O, T>);

/// A party with what the checks need beside it.
pub(super) struct Partij {
    pub(super) regel: usize,
    pub(super) code: String,
    pub(super) vermelding: Vermelding<OrganisatieId, Organisatie>,
    pub(super) opgegaan_in: Option<String>,
}

/// The parties by code, and what kind of region they are in.
struct Partijen<'p> {
    regio: &'p Regio,
    op_code: BTreeMap<&'p str, &'p Vermelding<OrganisatieId, Organisatie>>,
}

pub(super) fn lees(tekst: &str) -> Result<Regio, Vec<RegioFout>> {
    let geheel = |regel, uitleg: String| vec![RegioFout { regel, veld: String::new(), uitleg }];
    if tekst.len() > MAX_BYTES {
        let uitleg = format!("Het bestand is groter dan {MAX_BYTES} bytes. Verwijder oude schooljaren.");
        return Err(geheel(1, uitleg));
    }
    let regels = Regels::van(tekst);
    let bestand = DeTable::parse(tekst).map_err(|fout| {
        let regel = regels.regel(fout.span().map_or(0, |span| span.start));
        let uitleg = "Dit is geen geldige TOML. Kijk naar aanhalingstekens, haken en dubbele velden op deze regel.";
        geheel(regel, uitleg.to_owned())
    })?;
    let mut tabel = Tabel::bestand(&regels, bestand.get_ref());
    let een = |fout| vec![fout];
    let mut regio = lees_kop(&mut tabel, tekst).map_err(een)?;
    let organisaties = tabel.tabellen("organisatie").map_err(een)?;
    let rest = Rest::van(&mut tabel).map_err(een)?;
    tabel.klaar().map_err(een)?;

    let mut fouten = Vec::new();
    let mut partijen = vec![regio_zelf(&regio)];
    partijen.extend(verzamel(organisaties, &mut fouten, |tabel| lees_partij(tabel, &regio)));
    samenhang::keur_partijen(&partijen, &mut fouten);
    afgerond(fouten)?;
    regio.opvolgers = samenhang::opvolgers(&partijen);
    rest.lees(&mut regio, &partijen)?;
    regio.organisaties = partijen.into_iter().map(|partij| partij.vermelding).collect();
    Ok(regio)
}

/// The lists that speak of parties named elsewhere.
struct Rest<'t> {
    indelingen: Vec<Tabel<'t>>,
    scholen: Vec<Tabel<'t>>,
    sectoruren: Vec<Tabel<'t>>,
    medewerkers: Vec<Tabel<'t>>,
}

impl<'t> Rest<'t> {
    fn van(tabel: &mut Tabel<'t>) -> Result<Self, RegioFout> {
        Ok(Rest {
            indelingen: tabel.tabellen("indeling")?,
            scholen: tabel.tabellen("school")?,
            sectoruren: tabel.tabellen("uren")?,
            medewerkers: tabel.tabellen("medewerker")?,
        })
    }

    fn lees(self, regio: &mut Regio, partijen: &[Partij]) -> Result<(), Vec<RegioFout>> {
        let op_code = partijen.iter().map(|partij| (partij.code.as_str(), &partij.vermelding)).collect();
        let bekend = Partijen { regio, op_code };
        let mut fouten = Vec::new();

        let indelingen = verzamel(self.indelingen, &mut fouten, |tabel| bekend.lees_indeling(tabel)).concat();
        let mut scholen = Scholen::default();
        verzamel(self.scholen, &mut fouten, |tabel| bekend.lees_school(tabel, &mut scholen));
        let Scholen { vakanties, dagen, uren } = scholen;
        let sectoruren = verzamel(self.sectoruren, &mut fouten, |tabel| bekend.lees_sectoruren(tabel));
        let mut rollen = Vec::new();
        let mensen = verzamel(self.medewerkers, &mut fouten, |tabel| bekend.lees_medewerker(tabel, &mut rollen));

        samenhang::keur_indelingen(&indelingen, &mut fouten);
        samenhang::keur_dubbel(&vakanties, |_| (), "school.vestiging", "deze school", &mut fouten);
        samenhang::keur_dubbel(&dagen, |_| (), "school.dag", "deze school", &mut fouten);
        samenhang::keur_dubbel(
            &uren,
            |uren| uren.jaargroep.clone(),
            "school.uren",
            "dit leerjaar van deze school",
            &mut fouten,
        );
        samenhang::keur_dubbel(
            &sectoruren,
            |uren| uren.jaargroep.clone(),
            "uren",
            "dit leerjaar in deze sector",
            &mut fouten,
        );
        samenhang::keur_dubbel(&mensen, |_| (), "medewerker.code", "deze medewerker", &mut fouten);
        afgerond(fouten)?;

        regio.indelingen = zonder_regels(indelingen);
        regio.schoolvakanties = zonder_regels(vakanties);
        regio.schooldagen = zonder_regels(dagen);
        regio.schooluren = zonder_regels(uren);
        regio.sectoruren = zonder_regels(sectoruren);
        regio.medewerkers = zonder_regels(mensen);
        regio.rollen = rollen;
        Ok(())
    }
}

/// Reads every table; a table with an error gives that error and no value.
fn verzamel<'t, T>(
    tabellen: Vec<Tabel<'t>>,
    fouten: &mut Vec<RegioFout>,
    mut lees: impl FnMut(&mut Tabel<'t>) -> Result<T, RegioFout>,
) -> Vec<T> {
    let mut gelezen = Vec::with_capacity(tabellen.len());
    for mut tabel in tabellen {
        match lees(&mut tabel).and_then(|waarde| tabel.klaar().map(|()| waarde)) {
            Ok(waarde) => gelezen.push(waarde),
            Err(fout) => fouten.push(fout),
        }
    }
    gelezen
}

fn afgerond(mut fouten: Vec<RegioFout>) -> Result<(), Vec<RegioFout>> {
    fouten.sort_by_key(|fout| fout.regel);
    if fouten.is_empty() { Ok(()) } else { Err(fouten) }
}

fn zonder_regels<O, T>(rijen: Vec<Rij<O, T>>) -> Vec<Vermelding<O, T>> {
    rijen.into_iter().map(|(_, vermelding)| vermelding).collect()
}

/// The fields at the top of the file.
fn lees_kop(tabel: &mut Tabel<'_>, tekst: &str) -> Result<Regio, RegioFout> {
    let vakantieregios = Vakantieregio::ALL.map(|regio| (regio.naam(), regio));
    let geldig_vanaf = tabel.verplicht("geldig_vanaf")?.dag()?;
    Ok(Regio {
        code: lees_code(&tabel.verplicht("code")?)?,
        naam: tabel.verplicht("naam")?.tekst()?.to_owned(),
        soort: tabel.verplicht("soort")?.keuze(&RegioSoort::ALL)?,
        vakantieregio: tabel.verplicht("vakantieregio")?.keuze(&vakantieregios)?,
        versie: tabel.verplicht("versie")?.tekst()?.to_owned(),
        geldig_vanaf,
        sinds: tabel.mogelijk("sinds").map_or(Ok(geldig_vanaf), |cel| cel.dag())?,
        organisaties: Vec::new(),
        indelingen: Vec::new(),
        opvolgers: Vec::new(),
        schoolvakanties: Vec::new(),
        schooldagen: Vec::new(),
        schooluren: Vec::new(),
        sectoruren: Vec::new(),
        medewerkers: Vec::new(),
        rollen: Vec::new(),
        tekst: Tekst::new(tekst),
    })
}

/// A short name that stays: small letters, digits and hyphens.
fn lees_code(cel: &Cel<'_>) -> Result<String, RegioFout> {
    let code = cel.tekst()?;
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if code.len() > MAX_CODE || !code.bytes().all(allowed) {
        let uitleg = format!(
            "Een code heeft kleine letters, cijfers en streepjes, hooguit {MAX_CODE} tekens, bijvoorbeeld \"dijk-en-waard\"."
        );
        return Err(cel.fout(uitleg));
    }
    Ok(code.to_owned())
}

/// The region as a party: others can be its partners.
fn regio_zelf(regio: &Regio) -> Partij {
    let inhoud = organisatie(regio.naam.clone(), OrganisatieSoort::Regio);
    let vermelding = Vermelding { over: regio.id(), geldig: Period::since(regio.sinds), inhoud };
    Partij { regel: 1, code: REGIO.to_owned(), vermelding, opgegaan_in: None }
}

fn organisatie(naam: String, soort: OrganisatieSoort) -> Organisatie {
    Organisatie {
        naam,
        soort,
        sector: None,
        vestiging: None,
        gemeente: None,
        swv: None,
        postcode: None,
        plaats: String::new(),
    }
}

fn lees_partij(tabel: &mut Tabel<'_>, regio: &Regio) -> Result<Partij, RegioFout> {
    use OrganisatieSoort::{Gemeente, Regio, Samenwerkingsverband, School};
    let cel = tabel.verplicht("code")?;
    let code = lees_code(&cel)?;
    if code == REGIO {
        return Err(cel.fout("De code \"regio\" is van de regio zelf. Kies een andere code."));
    }
    let soorten: Vec<_> = OrganisatieSoort::ALL
        .iter()
        .filter(|soort| !matches!(soort, School | Regio))
        .map(|soort| (soort.code(), *soort))
        .collect();
    let soort = tabel.verplicht("soort")?.keuze(&soorten)?;
    let mut inhoud = organisatie(tabel.verplicht("naam")?.tekst()?.to_owned(), soort);
    if soort == Gemeente {
        inhoud.gemeente = Some(tabel.verplicht("gemeentecode")?.nummer(Gemeentecode::parse)?);
    }
    if soort == Samenwerkingsverband {
        inhoud.swv = Some(tabel.verplicht("swv_nummer")?.nummer(SwvNummer::parse)?);
    }
    if let Some(cel) = tabel.mogelijk("plaats") {
        inhoud.plaats = cel.tekst()?.to_owned();
    }
    let geldig = tabel.periode(Period::since(regio.sinds))?;
    let opgegaan_in = match soort {
        Gemeente => tabel.mogelijk("opgegaan_in").map(|cel| lees_code(&cel)).transpose()?,
        _ => None,
    };
    let vermelding = Vermelding { over: organisatie_id(&regio.code, &code), geldig, inhoud };
    Ok(Partij { regel: tabel.regel, code, vermelding, opgegaan_in })
}

/// What the file says of schools.
#[derive(Default)]
struct Scholen {
    vakanties: Vec<Rij<OrganisatieId, Vakanties>>,
    dagen: Vec<Rij<OrganisatieId, SchoolDagen>>,
    uren: Vec<Rij<OrganisatieId, SchoolUren>>,
}

impl Partijen<'_> {
    /// The party or school that a code names, and the days it exists.
    fn zoek(&self, cel: &Cel<'_>) -> Result<(OrganisatieId, Period, Option<&Organisatie>), RegioFout> {
        let code = cel.tekst()?;
        if let Some(partij) = self.op_code.get(code) {
            return Ok((partij.over, partij.geldig, Some(&partij.inhoud)));
        }
        match Vestigingscode::parse(code) {
            Ok(_) => Ok((self.lees_vestiging(cel)?, Period::since(self.regio.sinds), None)),
            Err(_) => Err(cel.fout(
                "Deze code staat bij geen organisatie in dit bestand. Gebruik de code van een [[organisatie]], of de vestigingscode van een school.",
            )),
        }
    }

    /// A school by its vestigingscode; its BRIN must fit the kind of region.
    fn lees_vestiging(&self, cel: &Cel<'_>) -> Result<OrganisatieId, RegioFout> {
        let vestiging = cel.nummer(Vestigingscode::parse)?;
        self.regio.soort.past_bij_brin(vestiging.brin()).map_err(|uitleg| cel.fout(uitleg))?;
        Ok(school_id(&self.regio.code, vestiging))
    }

    fn lees_indeling(&self, tabel: &mut Tabel<'_>) -> Result<Vec<Rij<OrganisatieId, Indeling>>, RegioFout> {
        let soorten: Vec<_> = IndelingSoort::ALL.iter().map(|soort| (soort.code(), *soort)).collect();
        let soort = tabel.verplicht("soort")?.keuze(&soorten)?;
        let cel = tabel.verplicht("bij")?;
        let (bij, bestaat, inhoud) = self.zoek(&cel)?;
        if !inhoud.is_some_and(|organisatie| hoort_bij(soort, organisatie)) {
            let uitleg = format!("In de indeling {} hoort hier {}.", soort.code(), wie_hoort_bij(soort));
            return Err(cel.fout(uitleg));
        }
        let mut rijen = Vec::new();
        for cel in tabel.verplicht("wie")?.lijst()? {
            let (over, eigen, _) = self.zoek(&cel)?;
            let samen = eigen
                .intersection(&bestaat)
                .ok_or_else(|| cel.fout("Deze organisatie en die in het veld bij bestaan op geen enkele dag samen."))?;
            let geldig = tabel.periode(samen)?;
            if geldig.intersection(&samen) != Some(geldig) {
                let uitleg = format!(
                    "Beide organisaties bestaan samen van {} t/m {}. Geef een periode daarbinnen.",
                    datum(samen.from),
                    tot_en_met(&samen)
                );
                return Err(cel.fout(uitleg));
            }
            rijen.push((cel.regel, Vermelding { over, geldig, inhoud: Indeling { soort, bij } }));
        }
        Ok(rijen)
    }

    fn lees_school(&self, tabel: &mut Tabel<'_>, scholen: &mut Scholen) -> Result<(), RegioFout> {
        let over = self.lees_vestiging(&tabel.verplicht("vestiging")?)?;
        if let Some(cel) = tabel.mogelijk("vakantieregio") {
            let regio = cel.keuze(&Vakantieregio::ALL.map(|regio| (regio.naam(), regio)))?;
            let geldig = Period::since(self.regio.sinds);
            scholen.vakanties.push((cel.regel, Vermelding { over, geldig, inhoud: Vakanties { regio } }));
        }
        for mut dag in tabel.tabellen("dag")? {
            let (geldig, inhoud) = lees_dag(&mut dag)?;
            scholen.dagen.push((dag.regel, Vermelding { over, geldig, inhoud }));
            dag.klaar()?;
        }
        for mut week in tabel.tabellen("uren")? {
            let (geldig, inhoud) = lees_uren(&mut week, self.regio.sinds)?;
            scholen.uren.push((week.regel, Vermelding { over, geldig, inhoud }));
            week.klaar()?;
        }
        Ok(())
    }

    fn lees_sectoruren(&self, tabel: &mut Tabel<'_>) -> Result<Rij<Sector, SchoolUren>, RegioFout> {
        let cel = tabel.verplicht("sector")?;
        let over = cel.keuze(&Sector::ALL.iter().map(|sector| (sector.code(), *sector)).collect::<Vec<_>>())?;
        if matches!(over, Sector::So | Sector::Vso | Sector::Mbo) {
            return Err(cel.fout("Scholen voor so, vso en mbo geven ieder hun eigen uren op, bij [[school.uren]]."));
        }
        let (geldig, inhoud) = lees_uren(tabel, self.regio.sinds)?;
        Ok((tabel.regel, Vermelding { over, geldig, inhoud }))
    }

    fn lees_medewerker(
        &self,
        tabel: &mut Tabel<'_>,
        rollen: &mut Vec<Vermelding<MedewerkerId, RolToekenning>>,
    ) -> Result<Rij<MedewerkerId, Medewerker>, RegioFout> {
        let over = medewerker_id(&self.regio.code, &lees_code(&tabel.verplicht("code")?)?);
        let (organisatie, bestaat, _) = self.zoek(&tabel.verplicht("organisatie")?)?;
        let persoonlijk = |cel: Option<Cel<'_>>| match cel {
            Some(cel) => cel.tekst().map(Tekst::new),
            None => Ok(Tekst::default()),
        };
        let inhoud = Medewerker {
            naam: Tekst::new(tabel.verplicht("naam")?.tekst()?),
            functie: tabel.verplicht("functie")?.tekst()?.to_owned(),
            telefoon: persoonlijk(tabel.mogelijk("telefoon"))?,
            email: persoonlijk(tabel.mogelijk("email"))?,
            werkdagen: lees_werkdagen(&tabel.verplicht("werkdagen")?)?,
        };
        let geldig = tabel.periode(bestaat)?;
        let mut taken = lees_rollen(tabel, organisatie)?;
        for mut elders in tabel.tabellen("elders")? {
            let (organisatie, ..) = self.zoek(&elders.verplicht("organisatie")?)?;
            taken.extend(lees_rollen(&mut elders, organisatie)?);
            elders.klaar()?;
        }
        rollen.extend(taken.into_iter().map(|inhoud| Vermelding { over, geldig, inhoud }));
        Ok((tabel.regel, Vermelding { over, geldig, inhoud }))
    }
}

/// Whether organisations can belong to this one in a partition of that kind.
fn hoort_bij(soort: IndelingSoort, bij: &Organisatie) -> bool {
    match soort {
        IndelingSoort::SwvPo => bij.swv.is_some_and(SwvNummer::is_po),
        IndelingSoort::SwvVo => bij.swv.is_some_and(|nummer| !nummer.is_po()),
        IndelingSoort::Doorstroompunt => bij.soort == OrganisatieSoort::Doorstroompunt,
        IndelingSoort::Jgz => bij.soort == OrganisatieSoort::Jgz,
        IndelingSoort::Bestuur => bij.soort == OrganisatieSoort::Bestuur,
        IndelingSoort::Pact => bij.soort == OrganisatieSoort::Regio,
    }
}

fn wie_hoort_bij(soort: IndelingSoort) -> &'static str {
    match soort {
        IndelingSoort::SwvPo => "een samenwerkingsverband met een nummer dat begint met PO",
        IndelingSoort::SwvVo => "een samenwerkingsverband met een nummer dat begint met VO",
        IndelingSoort::Doorstroompunt => "een organisatie van de soort doorstroompunt",
        IndelingSoort::Jgz => "een organisatie van de soort jgz",
        IndelingSoort::Bestuur => "een organisatie van de soort bestuur",
        IndelingSoort::Pact => "de code \"regio\"",
    }
}

/// Own days of a school: `van`, and for more than one day `tot_en_met`.
fn lees_dag(tabel: &mut Tabel<'_>) -> Result<(Period, SchoolDagen), RegioFout> {
    let soorten: Vec<_> = Afwijkendedag::ALL.iter().map(|dag| (dag.code(), *dag)).collect();
    let dag = tabel.verplicht("soort")?.keuze(&soorten)?;
    let van = tabel.verplicht("van")?.dag()?;
    let geldig = tabel.periode(Period::day(van))?;
    if geldig.days().is_none_or(|days| days > MAX_EIGEN_DAGEN) {
        let uitleg = format!("Dit zijn meer dan {MAX_EIGEN_DAGEN} dagen. Controleer het jaar.");
        return Err(tabel.fout("tot_en_met", uitleg));
    }
    Ok((geldig, SchoolDagen { dag }))
}

/// Declared hours: five or seven numbers from Monday on, for one year group or for all.
fn lees_uren(tabel: &mut Tabel<'_>, sinds: Date) -> Result<(Period, SchoolUren), RegioFout> {
    let jaargroep = match tabel.mogelijk("leerjaar") {
        Some(cel) => cel.keuze(&JAARGROEPEN.map(|jaargroep| (jaargroep, jaargroep)))?,
        None => "",
    };
    let cel = tabel.verplicht("uren")?;
    let uren = cel.lijst()?.iter().map(Cel::kwartieren).collect::<Result<Vec<u8>, _>>()?;
    if !matches!(uren.len(), 5 | 7) {
        return Err(cel.fout("Geef 5 of 7 getallen: de uren van maandag tot en met vrijdag of zondag."));
    }
    let mut kwartieren: Weekuren = [0; 7];
    kwartieren.iter_mut().zip(uren).for_each(|(dag, uren)| *dag = uren);
    Ok((tabel.periode(Period::since(sinds))?, SchoolUren { jaargroep: jaargroep.to_owned(), kwartieren }))
}

/// The roles of somebody at one organisation.
fn lees_rollen(tabel: &mut Tabel<'_>, organisatie: OrganisatieId) -> Result<Vec<RolToekenning>, RegioFout> {
    let bekende: Vec<_> = Rol::ALL.iter().map(|rol| (rol.code(), *rol)).collect();
    let rollen = tabel.verplicht("rollen")?.lijst()?;
    rollen.iter().map(|cel| Ok(RolToekenning { rol: cel.keuze(&bekende)?, organisatie })).collect()
}

fn lees_werkdagen(cel: &Cel<'_>) -> Result<[bool; 7], RegioFout> {
    let mut werkdagen = [false; 7];
    for dag in cel.lijst()? {
        let nummer = dag.keuze(&WEEKDAGEN)?;
        if let Some(werkdag) = werkdagen.get_mut(nummer) {
            *werkdag = true;
        }
    }
    Ok(werkdagen)
}
