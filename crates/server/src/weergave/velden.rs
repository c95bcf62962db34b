//! All that one fact says, part by part, for whoever may read the fact. Of who somebody is each part asks for itself.

use convenant::Facet;
use domain::Date;
use domain::body::{
    Aanbod, Adres, Body, Contactgegevens, Inschrijving, Melding, Ondersteuningsvraag, Persoonsgegevens, RijCorrectie,
    Schoolloopbaan, Stem, Verklaring, Weekuren,
};
use domain::calendar::datum;
use domain::fact::FactId;
use domain::ids::{MedewerkerId, OrganisatieId, PersoonId};
use domain::tekst::Tekst;
use domain::verzuim::Duur;

use super::{Zicht, feiten, woorden};

/// A part of a fact: what it is called, and what stands there.
pub type Veld = (&'static str, String);

/// The parts of a fact under construction.
struct Velden<'a> {
    zicht: &'a Zicht<'a>,
    velden: Vec<Veld>,
}

/// All that stands in a fact, without what is empty.
pub fn velden(zicht: &Zicht<'_>, body: &Body) -> Vec<Veld> {
    let mut velden = Velden { zicht, velden: Vec::new() };
    velden.schrijf(body);
    velden.velden
}

impl Velden<'_> {
    fn veld(&mut self, naam: &'static str, waarde: impl Into<String>) {
        let waarde = waarde.into();
        if !waarde.is_empty() {
            self.velden.push((naam, waarde));
        }
    }

    fn tekst(&mut self, naam: &'static str, tekst: &Tekst) {
        self.veld(naam, tekst.zichtbaar());
    }

    fn dag(&mut self, naam: &'static str, dag: Option<Date>) {
        self.veld(naam, dag.map(datum).unwrap_or_default());
    }

    fn ja(&mut self, naam: &'static str, ja: bool) {
        self.veld(naam, if ja { "ja" } else { "nee" });
    }

    fn organisatie(&mut self, naam: &'static str, id: OrganisatieId) {
        self.veld(naam, self.zicht.r.naam(id).to_owned());
    }

    fn collega(&mut self, naam: &'static str, id: Option<MedewerkerId>) {
        let known = id.and_then(|id| self.zicht.register.laatste::<domain::body::Medewerker>(id));
        self.veld(naam, known.map(|wie| wie.naam.zichtbaar().to_owned()).unwrap_or_default());
    }

    /// A parent by name, for whoever may know the family; without one it is the child itself.
    fn ouder(&mut self, naam: &'static str, ouder: Option<PersoonId>) {
        let words = match ouder {
            None => "de leerling zelf".to_owned(),
            Some(id) => self.persoon(id),
        };
        self.veld(naam, words);
    }

    fn persoon(&self, id: PersoonId) -> String {
        let shown = self.zicht.oog.mag(Facet::PersoonGezag);
        let about = self.zicht.register.laatste::<Persoonsgegevens>(id).filter(|_| shown);
        about.map(woorden::naam).filter(|naam| !naam.is_empty()).unwrap_or_else(|| "een ouder of verzorger".to_owned())
    }

    /// Another fact, by its kind and days.
    fn feit(&mut self, naam: &'static str, id: FactId) {
        let Zicht { t, r, op, oog, .. } = *self.zicht;
        let known = t.fact(id).filter(|fact| oog.leest(fact));
        let words = known.map(|fact| format!("{}, {}", feiten::wat(&fact.body, r, op), feiten::dagen(fact, op)));
        self.veld(naam, words.unwrap_or_default());
    }

    fn schrijf(&mut self, body: &Body) {
        match body {
            Body::Persoonsgegevens(b) => self.persoonsgegevens(b),
            Body::Adres(b) => self.adres(b),
            Body::Contactgegevens(b) => self.contactgegevens(b),
            Body::Gezag(b) => {
                self.veld("Wie", self.persoon(b.persoon));
                self.veld("Is", b.relatie.label());
                self.veld("Gezag", b.gezag.label());
                self.veld("Woont bij het kind", b.woont_bij_kind.label());
            }
            Body::Inschrijving(b) => self.inschrijving(b),
            Body::Uitschrijving(b) => {
                self.organisatie("School", b.school);
                self.veld("Reden", b.reden.label());
            }
            Body::Schoolloopbaan(b) => self.schoolloopbaan(b),
            Body::Rooster(b) => self.veld("Uren", rooster(&b.kwartieren)),
            Body::Afwezigheid(b) => {
                self.veld("Soort", woorden::verzuimsoort(b.soort));
                self.tekst("Toelichting", &b.toelichting);
            }
            Body::RijCorrectie(b) => self.correctie(b),
            Body::ZitThuis(b) => {
                self.veld("Gezegd door", b.relatie.map(|relatie| relatie.label()).unwrap_or_default());
                self.tekst("Woorden", &b.woorden);
            }
            Body::SignaalAfhandeling(b) => {
                self.veld("Signaal", format!("{} van {}", b.regel.zichtbaar(), datum(b.eerste_dag)));
                self.veld("Gedaan", b.afhandeling.label());
                match b.stem {
                    Stem::Ouder(persoon) => self.ouder("Volgens", Some(persoon)),
                    stem => self.veld("Volgens", feiten::stem(stem).unwrap_or_default()),
                }
                self.tekst("Reden", &b.reden);
            }
            _ => self.leerplicht(body),
        }
    }

    fn leerplicht(&mut self, body: &Body) {
        match body {
            Body::Melding(b) => self.melding(b),
            Body::MeldingStatus(b) => {
                self.feit("Melding", b.melding);
                self.veld("Stand", b.status.label());
                self.tekst("Reden", &b.reden);
            }
            Body::MeldingEinde(b) => {
                self.feit("Melding", b.melding);
                self.dag("Laatste dag", Some(b.einde));
            }
            Body::Onderzoek(b) => {
                self.veld("Stap", b.stap.label());
                if let Some(melding) = b.melding {
                    self.feit("Melding", melding);
                }
            }
            Body::Verhoor(b) => self.ouder("Gesproken met", b.ouder),
            Body::Ondersteuningsvraag(b) => self.vraag(b),
            Body::Consult(b) => self.veld("Stap", b.stap.label()),
            Body::DeelnameAdvies(b) => {
                self.veld("Uren per week", woorden::uren(b.kwartieren_per_week.into()));
                self.tekst("Opbouw", &b.opbouw);
            }
            Body::Bevestiging(b) => {
                self.veld("Wat", b.wat.label());
                self.ja("Klopt", b.klopt);
                self.tekst("Reden", &b.reden);
            }
            _ => self.vrijstelling(body),
        }
    }

    fn vrijstelling(&mut self, body: &Body) {
        match body {
            Body::Kennisgeving(b) => {
                self.veld("Grond", b.grond.label());
                self.dag("Ontvangen", Some(b.ontvangen));
                self.ja("Eerder ook", b.eerder);
                self.ja("Geen jaarlijkse verklaring nodig", b.geen_jaarlijkse_verklaring);
            }
            Body::Verklaring(b) => self.verklaring(b),
            Body::PerspectiefBehandelaar(b) => self.tekst("Woorden", &b.woorden),
            Body::SwvAdvies(b) => self.tekst("Advies", &b.advies),
            Body::KennisgevingToets(b) => {
                self.feit("Beroep op vrijstelling", b.kennisgeving);
                self.veld("Uitkomst", b.uitkomst.label());
                self.tekst("Reden", &b.reden);
            }
            Body::VrijstellingBesluit(b) => {
                self.veld("Grond", b.grond.label());
                self.ja("Toegekend", b.toegekend);
            }
            Body::Verlof(b) => {
                self.veld("Grond", b.grond.label());
                self.ja("Gegeven", b.toegekend);
                if b.kwartieren_per_week > 0 {
                    self.veld("Uren per week", woorden::uren(b.kwartieren_per_week.into()));
                }
            }
            _ => self.ondersteuning(body),
        }
    }

    fn ondersteuning(&mut self, body: &Body) {
        match body {
            Body::Aanbod(b) => self.aanbod(b),
            Body::AanbodReactie(b) => {
                self.feit("Aanbod", b.aanbod);
                self.ouder("Antwoord van", b.ouder);
                self.veld("Antwoord", b.oordeel.label());
                self.tekst("Woorden", &b.woorden);
            }
            Body::Realisatie(b) => {
                self.feit("Aanbod", b.aanbod);
                self.veld("Gevolgd in de week", woorden::uren(b.kwartieren.into()));
            }
            Body::Plan(b) => {
                self.tekst("Doel", &b.doel);
                self.veld("Uren per week", b.kwartieren_per_week.map(|q| woorden::uren(q.into())).unwrap_or_default());
            }
            Body::InstemmingPlan(b) => {
                self.feit("Plan", b.plan);
                self.ouder("Antwoord van", b.ouder);
                self.ja("Akkoord", b.akkoord);
            }
            Body::Toestemming(b) => {
                self.ouder("Van", b.ouder);
                self.veld("Voor", b.voor.label());
                if let Some(aan) = b.aan {
                    self.organisatie("Aan", aan);
                }
                self.ja("Gegeven", b.gegeven);
            }
            _ => self.verloop(body),
        }
    }

    fn verloop(&mut self, body: &Body) {
        match body {
            Body::Contact(b) => {
                self.veld("Met", b.met.label());
                self.veld("Hoe", b.wijze.label());
                self.ja("Bereikt", b.bereikt);
                self.tekst("Notitie", &b.notitie);
            }
            Body::Gesprek(b) => {
                self.veld("Soort", b.soort.label());
                self.ja("Ouders erbij", b.ouders);
                self.ja("Leerling erbij", b.leerling);
                self.tekst("Afspraken", &b.afspraken);
            }
            Body::Verantwoordelijke(b) => {
                self.organisatie("Organisatie", b.organisatie);
                self.collega("Wie", Some(b.medewerker));
                self.veld("Taak", b.taak.label());
            }
            Body::VolgendeStap(b) => {
                self.organisatie("Aan zet", b.organisatie);
                self.collega("Wie", b.medewerker);
                self.tekst("Stap", &b.stap);
                self.dag("Uiterlijk", Some(b.uiterlijk));
            }
            Body::Geinformeerd(b) => {
                self.ouder("Wie", b.ouder);
                self.veld("Over", b.over.label());
            }
            Body::Afwijking(b) => {
                self.tekst("Welke afspraak", &b.regel);
                self.tekst("Waarom", &b.waarom);
            }
            Body::Besluit(b) => {
                self.veld("Soort", b.soort.label());
                self.tekst("Besluit", &b.inhoud);
            }
            Body::Sluiting(b) => {
                self.veld("Reden", b.reden.label());
                self.tekst("Toelichting", &b.toelichting);
            }
            Body::Intrekking(b) => self.tekst("Reden", &b.reden),
            Body::ZelfdeKind(b) => self.tekst("Reden", &b.reden),
            // What is about the region has pages of its own; a delivery is shown by its rows.
            _ => {}
        }
    }

    fn persoonsgegevens(&mut self, b: &Persoonsgegevens) {
        let oog = &self.zicht.oog;
        let (name, born, number) =
            (oog.mag(Facet::PersoonNaam), oog.mag(Facet::PersoonGeboortedatum), oog.mag(Facet::PersoonBsn));
        if name {
            self.tekst("Roepnaam", &b.roepnaam);
            self.tekst("Voornamen", &b.voornamen);
            self.tekst("Voorvoegsel", &b.voorvoegsel);
            self.tekst("Achternaam", &b.achternaam);
        }
        if born {
            self.dag("Geboortedatum", b.geboortedatum);
        }
        if number {
            self.veld("Burgerservicenummer", b.bsn.map(|bsn| bsn.zichtbaar()).unwrap_or_default());
            let onderwijsnummer = b.onderwijsnummer.map(|nummer| nummer.zichtbaar());
            self.veld("Onderwijsnummer", onderwijsnummer.unwrap_or_default());
        }
    }

    fn adres(&mut self, b: &Adres) {
        self.veld("Postcode", b.postcode.map(|postcode| postcode.to_string()).unwrap_or_default());
        self.tekst("Huisnummer", &b.huisnummer);
        let gemeente = b.gemeente.and_then(|code| self.zicht.r.gemeente(code));
        let naam = gemeente.map(|id| super::stand::gemeentenaam(self.zicht.r.naam(id)).to_owned());
        self.veld("Gemeente", naam.unwrap_or_default());
        if b.geheim {
            self.ja("Geheim adres", true);
        }
    }

    fn contactgegevens(&mut self, b: &Contactgegevens) {
        self.tekst("Telefoon", &b.telefoon);
        self.tekst("E-mail", &b.email);
        self.tekst("Taal", &b.taal);
        self.veld("Tolk nodig", b.tolk.label());
        self.tekst("Veilig contact", &b.veilig_contact);
    }

    fn inschrijving(&mut self, b: &Inschrijving) {
        self.organisatie("School", b.school);
        self.veld("Klas of groep", woorden::klas(b).unwrap_or_default());
        self.tekst("Mentor", &b.mentor);
        self.tekst("Leerlingnummer", &b.leerlingnummer);
    }

    fn schoolloopbaan(&mut self, b: &Schoolloopbaan) {
        self.veld("Schooljaren", b.schooljaren.map(|jaren| jaren.to_string()).unwrap_or_default());
        self.ja("Startkwalificatie", b.startkwalificatie);
        self.ja("Getuigschrift praktijkonderwijs", b.pro_getuigschrift);
        self.veld("Uitstroom vso", b.vso_uitstroom.map(|profiel| profiel.label()).unwrap_or_default());
    }

    fn correctie(&mut self, b: &RijCorrectie) {
        self.veld("Les", if b.lesuur == 0 { "de hele dag".to_owned() } else { b.lesuur.to_string() });
        self.veld("Er stond", woorden::verzuimsoort(b.soort));
        let becomes = match b.wordt {
            None => "aanwezig".to_owned(),
            Some((soort, Duur::Dag)) => format!("{}, hele dag", woorden::verzuimsoort(soort)),
            Some((soort, Duur::Kwartieren(q))) => {
                format!("{}, {}", woorden::verzuimsoort(soort), woorden::uren(q.into()))
            }
        };
        self.veld("Het is", becomes);
        self.tekst("Reden", &b.reden);
    }

    fn melding(&mut self, b: &Melding) {
        self.veld("Soort", b.soort.label());
        self.dag("Verzuim vanaf", Some(b.begin));
        self.dag("Verzuim tot en met", b.einde);
        self.ja("Alle lessen gemist", b.alle_lessen);
        self.tekst("Vermoedelijke reden", &b.reden);
        self.tekst("Wat de school deed", &b.actie_school);
        self.tekst("Wat de school vraagt", &b.actie_gewenst);
        self.tekst("Meldingsnummer", &b.meldingsnummer);
    }

    fn vraag(&mut self, b: &Ondersteuningsvraag) {
        self.veld("Gesteld door", b.van.label());
        self.tekst("Vraag", &b.vraag);
        self.tekst("Wat is geprobeerd", &b.geprobeerd);
        self.tekst("Deelname nu", &b.deelname);
        self.tekst("Wat ouders ervan vinden", &b.ouders);
        self.tekst("Wat de leerling ervan vindt", &b.leerling);
    }

    fn verklaring(&mut self, b: &Verklaring) {
        self.veld("Van een", b.hoedanigheid.label());
        self.ja("Aangewezen door de gemeente", b.aangewezen);
        self.ja("Behandelt het kind", b.behandelend);
        self.dag("Geldt tot", b.tot);
        self.ja("Blijvend", b.blijvend);
    }

    fn aanbod(&mut self, b: &Aanbod) {
        self.veld("Soort", b.soort.label());
        self.tekst("Wat", &b.wat);
        if let Some(id) = b.organisatie {
            self.organisatie("Door", id);
        }
        self.veld("Uren per week", woorden::uren(b.kwartieren_per_week.into()));
        let steps = b
            .opbouw
            .iter()
            .map(|stap| format!("vanaf {}: {}", datum(stap.vanaf), woorden::uren(stap.kwartieren_per_week.into())));
        self.veld("Opbouw", steps.collect::<Vec<_>>().join("; "));
        self.dag("Op papier sinds", b.schriftelijk_op);
    }
}

/// "ma 6 uur, di 7 uur": the days with lessons.
fn rooster(week: &Weekuren) -> String {
    const NAMEN: [&str; 7] = ["ma", "di", "wo", "do", "vr", "za", "zo"];
    let days = NAMEN.iter().zip(week).filter(|(_, quarters)| **quarters > 0);
    let words: Vec<String> = days.map(|(naam, q)| format!("{naam} {}", woorden::uren(u32::from(*q)))).collect();
    if words.is_empty() { "geen lessen".to_owned() } else { words.join(", ") }
}
