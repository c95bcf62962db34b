//! The same for machines: Dutch keys in snake_case, days as jjjj-mm-dd.

use serde_json::{Value, json};

use domain::klok::Klok;
use domain::termijnen::Stand as TermijnStand;

use super::explain::{Gegeven, UitgelegdeTermijn, Uitleg};
use super::niet_bekend::Leemte;
use super::stand::{Regel, Stand, TERMIJNEN_IN_TEKST};
use super::uitleg::{dossier_woorden, plichtig, stand_van_klok};
use super::waarom::Reden;
use super::woorden::verzuimsoort;
use super::{Peil, tekst};

/// Where a child stands.
pub(super) fn stand(stand: &Stand, peil: &Peil) -> Value {
    let Stand { leerling, op, kind, status, klok, aan_zet, .. } = stand;
    let (named, others) = stand.eerste_termijnen(TERMIJNEN_IN_TEKST);
    json!({
        "leerling": leerling.to_string(),
        "op": op.to_string(),
        "bekend": peil.bekend.map(|at| at.to_string()),
        "naam": kind.naam,
        "leeftijd": kind.leeftijd,
        "scholen": kind.scholen,
        "woonplaats": kind.woont,
        "status": status.map(|status| status.soort.woord()),
        "status_sinds": status.and_then(|status| status.sinds).map(|day| day.to_string()),
        "zekerheid": status.and_then(|status| status.zekerheid).map(|zekerheid| zekerheid.woord()),
        "drie_maanden_voorbij": status.map(|status| status.drie_maanden_voorbij),
        "klok": klok.as_ref().map(|found| clock(found, stand)),
        "vorige_klok": stand.vorige.as_ref().map(|found| clock(found, stand)),
        "aan_zet": aan_zet.as_ref().map(|beurt| json!({
            "partij": beurt.partij,
            "persoon": beurt.persoon,
            "stap": beurt.stap,
            "uiterlijk": beurt.uiterlijk.to_string(),
            "let_op": beurt.let_op,
        })),
        "dagen_aan_zet": stand.beurten.iter().map(|(wie, dagen)| json!({ "partij": wie, "dagen": dagen })).collect::<Vec<_>>(),
        "waarom": stand.waarom.iter().enumerate().map(|(place, reden)| reason(reden, place == 0, stand)).collect::<Vec<_>>(),
        "termijnen": named.iter().map(term).collect::<Vec<_>>(),
        "meer_termijnen": others,
        "in_beeld_bij": tekst::in_beeld(&stand.in_beeld, *op),
        "niet_bekend": stand.niet_bekend.iter().map(gap).collect::<Vec<_>>(),
        "mag_zien": { "wel": stand.mag_zien.wel, "niet": stand.mag_zien.niet },
    })
}

/// The derivation.
pub(super) fn uitleg(uitleg: &Uitleg, peil: &Peil) -> Value {
    let found = &uitleg.stand;
    json!({
        "stand": stand(found, peil),
        "plichtig": plichtig(uitleg.plichtig),
        "dossier": dossier_woorden(uitleg.dossier, found.op),
        "klokken": uitleg.klokken.iter().map(|klok| clock(klok, found)).collect::<Vec<_>>(),
        "omschrijvingen": uitleg.definities.iter().map(|(definitie, counts)| json!({
            "omschrijving": definitie.code,
            "inhoud": definitie.inhoud,
            "sinds": counts.map(|counts| counts.sinds.to_string()),
            "zekerheid": counts.map(|counts| counts.zekerheid.woord()),
        })).collect::<Vec<_>>(),
        "gegevens": uitleg.gebruikt.iter().map(statement).collect::<Vec<_>>(),
        "vervallen_gegevens": uitleg.vervallen.iter().map(statement).collect::<Vec<_>>(),
        "overige_gegevens": uitleg.overig,
        "regels": uitleg.regels.iter().map(|regel| json!({
            "regel": regel.regel,
            "bron": regel.bron,
            "versie": regel.versie,
            "inhoud": domain::rules::regel(regel.regel, found.op).map(|regel| regel.inhoud),
        })).collect::<Vec<_>>(),
        "deelname": uitleg.deelname.iter().map(|week| json!({
            "maandag": week.maandag.to_string(),
            "schooldagen": week.meting.schooldagen,
            "niet_bekend": week.meting.onbekend,
            "rooster_uren": hours(week.meting.rooster),
            "gevolgde_uren": hours(week.meting.gerealiseerd),
            "procent": week.meting.procent(),
        })).collect::<Vec<_>>(),
        "termijnen": uitleg.termijnen.iter().map(explained).collect::<Vec<_>>(),
        "zonder_aanleiding": uitleg.zonder_aanleiding,
    })
}

fn clock(klok: &Klok, stand: &Stand) -> Value {
    json!({
        "begin": klok.begin.to_string(),
        "te_weten_sinds": klok.gebleken.to_string(),
        "dag": klok.dag,
        "eerdere_dagen": klok.eerder,
        "drie_maanden_om_op": klok.doel.to_string(),
        "stand": stand_van_klok(klok.stand, stand.op),
        "labels": klok.labels.iter().map(|label| label.woord()).collect::<Vec<_>>(),
        "doorzettingsmacht_uiterlijk": klok.doorzettingsmacht_uiterlijk.to_string(),
        "waarschuwingen": klok.waarschuwingen.iter().map(|warning| warning.op.to_string()).collect::<Vec<_>>(),
    })
}

fn reason(reden: &Reden, first: bool, stand: &Stand) -> Value {
    let zin = tekst::reden_woorden(reden, first, stand.op);
    match reden {
        Reden::Schooldagen {
            van,
            tot_en_met,
            schooldagen,
            zonder_deelname,
            onbekend,
            soorten,
            procent,
            aangeleverd,
        } => json!({
            "zin": zin,
            "van": van.to_string(),
            "tot_en_met": tot_en_met.to_string(),
            "schooldagen": schooldagen,
            "zonder_deelname": zonder_deelname,
            "niet_bekend": onbekend,
            "soorten": soorten.iter().map(|(soort, n)| json!({ "soort": verzuimsoort(*soort), "dagen": n })).collect::<Vec<_>>(),
            "deelname_procent": procent,
            "aangeleverd_op": aangeleverd.map(|day| day.to_string()),
        }),
        Reden::Vakantie { naam, van, tot_en_met } => json!({
            "zin": zin,
            "vakantie": naam,
            "van": van.to_string(),
            "tot_en_met": tot_en_met.to_string(),
        }),
        Reden::Zin(_) | Reden::Regel(_) => json!({ "zin": zin }),
    }
}

fn term(regel: &Regel) -> Value {
    let termijn = &regel.termijn;
    let state = match termijn.stand {
        TermijnStand::TeLaat => "te_laat",
        TermijnStand::Vandaag => "vandaag",
        TermijnStand::Open => "open",
        TermijnStand::Vervuld => "gedaan",
        TermijnStand::Vervallen => "niet_meer_nodig",
    };
    json!({
        "wat": termijn.wat,
        "wie": regel.wie,
        "dag_zelf": termijn.dag_zelf.to_string(),
        "te_weten_sinds": termijn.kon_weten.to_string(),
        "termijn": termijn.norm.in_woorden(),
        "uiterlijk": termijn.uiterlijk.map(|day| day.to_string()),
        "gedaan_op": termijn.vervuld_op.map(|day| day.to_string()),
        "stand": state,
        "keer": regel.keer,
        "regel": termijn.regel.regel,
        "bron": termijn.regel.bron,
    })
}

fn explained(uitgelegd: &UitgelegdeTermijn) -> Value {
    let mut value = term(&uitgelegd.regel);
    if let Value::Object(fields) = &mut value {
        fields.insert("aanleiding".to_owned(), json!(uitgelegd.aanleiding));
        fields.insert("gedaan_met_gegeven".to_owned(), json!(uitgelegd.vervuld_door));
        fields.insert("op_tijd".to_owned(), json!(uitgelegd.regel.termijn.op_tijd()));
        fields.insert("niet_bekend".to_owned(), json!(uitgelegd.gaten));
    }
    value
}

fn gap(leemte: &Leemte) -> Value {
    json!({ "wat": leemte.wat, "gevolg": leemte.gevolg.zin() })
}

fn statement(gegeven: &Gegeven) -> Value {
    json!({
        "nummer": gegeven.nummer,
        "wat": gegeven.wat,
        "dagen": gegeven.dagen,
        "opgegeven_op": gegeven.gezegd_op.to_string(),
        "door": gegeven.door,
        "bron": gegeven.bron,
        "grond": gegeven.grond,
        "vervangen_door": gegeven.vervangen.as_ref().map(|(nummer, _)| nummer),
        "reden_intrekking": gegeven.vervangen.as_ref().and_then(|(_, reden)| reden.clone()),
    })
}

/// Hours with quarters as a decimal fraction, which is exact.
fn hours(kwartieren: u32) -> f64 {
    f64::from(kwartieren) / 4.0
}
