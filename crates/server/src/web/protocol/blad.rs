//! The protocol that holds, in plain words; an earlier version; and two versions beside each other.

use askama::Template;
use axum::extract::{Query, State};
use domain::body::DocumentSoort;
use domain::fact::Rol;
use serde::Deserialize;
use signals::protocol::{Protocol, Regel, Termijn};

use super::mag_wegen;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::beheer::documenten::{Keuze, Vergelijking, Versie, versies};
use crate::web::bezoek::Bezoek;
use crate::web::kader::Kader;
use crate::web::{Staat, paden};

/// Which version is asked for; none: the one that holds.
#[derive(Deserialize)]
pub struct Vraag {
    #[serde(default)]
    versie: usize,
}

/// One rule, in words.
struct Regelbeeld {
    naam: String,
    aan: bool,
    zin: String,
    wat: String,
    bron: String,
    wie: String,
    wanneer: String,
}

impl Regelbeeld {
    fn van(regel: &Regel) -> Self {
        let mut wie: Vec<&str> = regel.wie.iter().map(|wie| wie.in_woorden()).collect();
        let last = wie.pop().unwrap_or_default();
        let wie = if wie.is_empty() { last.to_owned() } else { format!("{} en {last}", wie.join(", ")) };
        let term = match regel.binnen {
            Some(Termijn::Werkdagen(1)) => "binnen 1 werkdag".to_owned(),
            Some(Termijn::Werkdagen(n)) => format!("binnen {n} werkdagen"),
            Some(Termijn::Schooldagen(1)) => "binnen 1 schooldag".to_owned(),
            Some(Termijn::Schooldagen(n)) => format!("binnen {n} schooldagen"),
            None => "geen termijn afgesproken".to_owned(),
        };
        let wanneer = if regel.verzamelen { format!("{term}; één bericht per dag") } else { term };
        Regelbeeld {
            naam: regel.naam.clone(),
            aan: regel.aan,
            zin: regel.zin.clone(),
            wat: regel.in_woorden(),
            bron: regel.bron.clone(),
            wie,
            wanneer,
        }
    }
}

/// A version as it is read.
struct Gelezen {
    versie: Versie,
    titel: String,
    regio: String,
    regels: Vec<Regelbeeld>,
    /// What is wrong with its text, with line and field; then there are no rules.
    fouten: Vec<String>,
}

impl Gelezen {
    fn van(versie: Versie, tekst: &str) -> Self {
        match signals::protocol::lees(tekst) {
            Ok(Protocol { titel, regio, regels, .. }) => {
                let regels = regels.iter().map(Regelbeeld::van).collect();
                Gelezen { versie, titel, regio, regels, fouten: Vec::new() }
            }
            Err(fouten) => Gelezen {
                versie,
                titel: "Protocol".to_owned(),
                regio: String::new(),
                regels: Vec::new(),
                fouten: fouten.iter().map(ToString::to_string).collect(),
            },
        }
    }
}

#[derive(Template)]
#[template(path = "protocol/blad.html")]
struct Blad {
    kader: Kader,
    gelezen: Option<Gelezen>,
    versies: Vec<Versie>,
    mag_wegen: bool,
    mag_aannemen: bool,
}

#[derive(Template)]
#[template(path = "protocol/vergelijk.html")]
struct Vergelijk {
    kader: Kader,
    v: Vergelijking,
}

/// The page.
pub async fn blad(State(staat): State<Staat>, Query(vraag): Query<Vraag>, bezoek: Bezoek) -> Uitslag {
    let kader = Kader::van(&bezoek, "Verzuimprotocol", paden::PROTOCOL, "protocol")?;
    let all = staat.dienst.lees(|register| versies(register, DocumentSoort::Protocol, bezoek.vandaag)).await?;
    let asked = |versie: &Versie| if vraag.versie == 0 { versie.geldt } else { versie.nummer == vraag.versie };
    let gelezen = all.iter().find(|(versie, _)| asked(versie));
    if gelezen.is_none() && vraag.versie != 0 {
        return Err(Weigering::NietGevonden);
    }
    let gelezen = gelezen.map(|(versie, tekst)| Gelezen::van(versie.clone(), tekst));
    antwoord::pagina(&Blad {
        kader,
        gelezen,
        versies: all.into_iter().map(|(versie, _)| versie).rev().collect(),
        mag_wegen: mag_wegen(bezoek.rol),
        mag_aannemen: bezoek.rol == Rol::Beheerder,
    })
}

/// Two versions, line by line; without a choice the last two.
pub async fn vergelijk(State(staat): State<Staat>, Query(keuze): Query<Keuze>, bezoek: Bezoek) -> Uitslag {
    let kader = Kader::van(&bezoek, "Verzuimprotocol: versies vergelijken", paden::PROTOCOL, "protocol")?;
    let all = staat.dienst.lees(|register| versies(register, DocumentSoort::Protocol, bezoek.vandaag)).await?;
    let v = Vergelijking::van(format!("{}/vergelijk", paden::PROTOCOL), all, &keuze);
    antwoord::pagina(&Vergelijk { kader, v })
}
