//! The catalogue of rules. Numbers are stable: tests, findings and letters name them.
//!
//! The version is that of the text that was read, not of the law in force: a rule is checked against the law of today
//! before anyone calls it compliant.

use jiff::civil::Date;

use super::{Klasse, Regel};
use crate::finding::Citation;
use crate::period::Period;

/// No change of the rule is known within the years that a register can hold.
const ALTIJD: Period = Period { from: Date::MIN, until: None };

/// Texts that were read. Of those of November 2015 the day is not known.
const LPW: &str = "2018-07-28";
const NOV_2015: &str = "2015-11";
const ZONDER: &str = "";

macro_rules! catalogus {
    ($($naam:ident: $klasse:ident $nummer:literal, $bron:literal, $versie:expr, $inhoud:literal;)*) => {
        $(
            #[doc = concat!("Rule ", $nummer, ", ", $bron, ": *", $inhoud, "*")]
            pub const $naam: Regel = Regel {
                citation: Citation { regel: $nummer, bron: $bron, versie: $versie },
                inhoud: $inhoud,
                klasse: Klasse::$klasse,
                geldig: ALTIJD,
            };
        )*
        /// All rules, in order of their numbers.
        pub const REGELS: &[Regel] = &[$($naam),*];
    };
}

catalogus! {
    R1: Wet "1", "Leerplichtwet 1969, art. 3 lid 1", LPW, "De leerplicht begint op de eerste schooldag van de maand na de vijfde verjaardag.";
    R2: Wet "2", "Leerplichtwet 1969, art. 3", LPW, "De leerplicht eindigt op 31 juli na twaalf volledige schooljaren, of na het schooljaar waarin de jongere zestien wordt.";
    R3: Wet "3", "Leerplichtwet 1969, art. 4a-4b", LPW, "Na de leerplicht geldt de kwalificatieplicht, tot de achttiende verjaardag of een startkwalificatie.";
    R4: Wet "4", "Leerplichtwet 1969, art. 2 lid 3", LPW, "Vanaf twaalf jaar moet de jongere ook zelf zorgen dat hij geregeld naar school gaat.";
    R5: Wet "5", "Leerplichtwet 1969, art. 21 en 21a", LPW, "Zestien uur ongeoorloofd verzuim binnen vier opeenvolgende lesweken wordt onverwijld gemeld.";
    R6: Norm "6", "DUO, verzuim digitaal melden", ZONDER, "Na een melding begint het tellen van zestien uur opnieuw.";
    R7: Norm "7", "DUO, verzuim digitaal melden", ZONDER, "Meer dan vier weken ongeoorloofd verzuim is langdurig relatief verzuim.";
    R8: Norm "8", "DUO, verzuim digitaal melden", ZONDER, "Vakantie zonder verlof wordt gemeld, hoe kort ook.";
    R9: Norm "9", "DUO, verzuim digitaal melden", ZONDER, "Onder de zestien uur mag de school melden als zij zich zorgen maakt.";
    R10: Wet "10", "Wet op het voortgezet onderwijs, art. 28a (nu WVO 2020, art. 8.20)", NOV_2015, "Een jongere van 18 tot 23 jaar zonder startkwalificatie die vier weken wegblijft, wordt onverwijld gemeld.";
    R11: Norm "11", "DUO, verzuim digitaal melden", ZONDER, "Als de leerling terug is of wordt uitgeschreven, vult de school de einddatum van de melding in.";
    R12: Norm "12", "DUO, omzetting status bij vrijstelling", ZONDER, "Een melding in de tijd van een vrijstelling wordt ingetrokken met reden V.";
    R13: Wet "13", "Leerplichtwet 1969, art. 21a", LPW, "DUO stelt de gemeente onverwijld in kennis van een melding.";
    R14: Wet "14", "Leerplichtwet 1969, art. 21a en 22", LPW, "De leerplichtambtenaar onderzoekt een melding en geeft elke status terug.";
    R15: Wet "15", "Leerplichtwet 1969, art. 22", LPW, "De leerplichtambtenaar hoort de ouders, en de jongere vanaf twaalf jaar.";
    R16: Wet "16", "Leerplichtwet 1969, art. 22", LPW, "Wie weigert de wet na te komen, krijgt een proces-verbaal.";
    R17: Wet "17", "Leerplichtwet 1969, art. 22 lid 5", LPW, "Een afschrift van het proces-verbaal gaat naar de Raad voor de Kinderbescherming als de ouders eerder zijn veroordeeld.";
    R18: Wet "18", "Leerplichtwet 1969, art. 22 lid 4", LPW, "Is een voorziening geen school meer, dan volgt binnen vier weken controle en daarna binnen vier weken inschrijving elders.";
    R19: Wet "19", "Leerplichtwet 1969, art. 12", LPW, "Ziekte wordt binnen twee dagen gemeld aan het hoofd van de school.";
    R20: Wet "20", "Leerplichtwet 1969, art. 13", LPW, "Afwezigheid voor een religieuze plicht wordt uiterlijk twee dagen ervoor gemeld.";
    R21: Wet "21", "Leerplichtwet 1969, art. 13a", LPW, "Vakantieverlof door het beroep van een ouder kan eens per schooljaar, hooguit tien dagen, niet in de eerste twee lesweken.";
    R22: Wet "22", "Leerplichtwet 1969, art. 14", LPW, "Over verlof voor gewichtige omstandigheden tot en met tien dagen per schooljaar beslist het hoofd.";
    R23: Wet "23", "Leerplichtwet 1969, art. 14 lid 3", LPW, "Over meer dan tien dagen per schooljaar beslist de leerplichtambtenaar van de woongemeente.";
    R24: Wet "24", "Leerplichtwet 1969, art. 11a", LPW, "Tot zes jaar zijn er vijf uren per week vrij na mededeling, en hooguit vijf meer als het hoofd dat toestaat.";
    R25: Wet "25", "Leerplichtwet 1969, art. 18", LPW, "Inschrijving en uitschrijving worden binnen zeven dagen doorgegeven.";
    R26: Wet "26", "Leerplichtwet 1969, art. 18", LPW, "Een besluit tot verwijdering wordt terstond doorgegeven.";
    R27: Wet "27", "Leerplichtwet 1969, art. 6 lid 2 onder a", LPW, "Een eerste beroep op vrijstelling is er ten minste een maand voor de leerplicht begint.";
    R28: Wet "28", "Leerplichtwet 1969, art. 6 lid 2 onder b en lid 3", LPW, "Een vrijstelling wordt elk jaar opnieuw ingeroepen voor 1 juli, tenzij de jongere nooit geschikt zal zijn.";
    R29: Wet "29", "Leerplichtwet 1969, art. 7", LPW, "De verklaring bij artikel 5 onder a is niet ouder dan drie maanden.";
    R30: Wet "30", "Leerplichtwet 1969, art. 8", LPW, "Bezwaar tegen de richting geldt niet als de jongere in het jaar ervoor op een school van die richting zat.";
    R31: Wet "31", "Leerplichtwet 1969, art. 6 lid 4; Besluit register onderwijsdeelnemers, art. 20", LPW, "De gemeente levert een vrijstelling aan het register onderwijsdeelnemers.";
    R32: Wet "32", "Leerplichtwet 1969, art. 3a en 3b", LPW, "Over vervangende leerplicht beslist de gemeente binnen zes weken.";
    R33: Wet "33", "Leerplichtwet 1969, art. 3a lid 5", LPW, "Verlenging van vervangende leerplicht wordt ten minste acht weken voor het einde gevraagd.";
    R34: Wet "34", "Leerplichtwet 1969, art. 25", LPW, "De gemeente doet voor 1 oktober verslag aan de raad.";
    R35: Norm "35", "Inspectie van het Onderwijs, thuiszittersregistratie", ZONDER, "Het samenwerkingsverband houdt per kwartaal een lijst zonder namen bij.";
    R36: Norm "36", "DUO, verzuim", ZONDER, "De effectrapportage voortijdig schoolverlaten is er uiterlijk 15 december.";
    R37: Norm "37", "NCJ, MAZL", ZONDER, "Bij de vierde ziekmelding in twaalf schoolweken volgt een verzuimgesprek.";
    R38: Norm "38", "NCJ, MAZL", ZONDER, "Op de zevende aaneengesloten schooldag ziek volgt een verzuimgesprek.";
    R39: Norm "39", "NCJ, MAZL", ZONDER, "Is de oorzaak na het gesprek niet duidelijk, dan volgt met toestemming een consult van de jeugdarts.";
    R40: Regio "40", "Regionaal verzuimprotocol, te laat", ZONDER, "Bij 3, 6, 9, 12 en 15 keer te laat in een schooljaar volgt de volgende stap.";
    R41: Norm "41", "Halt, verwijzers leerplicht", ZONDER, "Halt kan bij meer dan acht lesuren of elf keer te laat, vanaf twaalf jaar en met instemming.";
    R42: Norm "42", "Halt, verwijzers leerplicht", ZONDER, "Boven zestig uur of zestig keer is Halt niet meer mogelijk.";
    R43: Norm "43", "OM, Richtlijn strafrechtelijke aanpak schoolverzuim", ZONDER, "Een eerste keer vakantie zonder verlof van hooguit een dag geeft een waarschuwing.";
    R44: Wet "44", "WPO art. 40, WVO art. 27, WEC art. 40", NOV_2015, "Over een aanmelding beslist de school binnen zes weken, met bericht hooguit vier weken later.";
    R45: Wet "45", "WPO art. 40, WVO art. 27, WEC art. 40", NOV_2015, "Is er na tien weken geen besluit, dan wordt de leerling tijdelijk geplaatst.";
    R46: Wet "46", "WPO art. 40, WVO art. 27, WEC art. 40", NOV_2015, "Weigeren of verwijderen kan pas als een andere school de leerling wil toelaten.";
    R47: Wet "47", "WPO art. 40a, WVO art. 26, WEC art. 41a", NOV_2015, "Het ontwikkelingsperspectief is er binnen zes weken na inschrijving.";
    R48: Wet "48", "WPO art. 40a, WVO art. 26, WEC art. 41a", NOV_2015, "Het ontwikkelingsperspectief wordt elk schooljaar met de ouders besproken.";
    R49: Wet "49", "WEC art. 40 lid 15", NOV_2015, "Een toelaatbaarheidsverklaring geldt voor hele schooljaren en eindigt op 31 juli.";
    R50: Wet "50", "WEC art. 40 lid 15", NOV_2015, "Voor het einde van de toelaatbaarheidsverklaring bekijkt de school of de leerling terug kan.";
    R51: Wet "51", "WPO art. 40c; Inrichtingsbesluit WVO art. 13", NOV_2015, "Een schorsing duurt hooguit een week; van meer dan een dag weet de Inspectie.";
    R52: Wet "52", "Inrichtingsbesluit WVO art. 15", NOV_2015, "Tegen verwijdering is zes weken bezwaar mogelijk; het bestuur beslist binnen vier weken.";
    R53: Wet "53", "WPO art. 43", NOV_2015, "De geschillencommissie oordeelt binnen tien weken.";
    R54: Norm "54", "Beleidsregel afwijking verplichte aantal uren onderwijs", ZONDER, "Voor minder uren onderwijs is toestemming van de Inspectie nodig.";
    R55: Wet "55", "Inrichtingsbesluit WVO art. 15d", NOV_2015, "Voor praktijkonderwijs gelden grenzen aan IQ en leerachterstand.";
    R56: Wet "56", "Uitvoeringsregels doorstroomtoets en schooladvies", ZONDER, "De stappen van groep 8 naar het voortgezet onderwijs hebben elk jaar vaste dagen.";
    R57: Wet "57", "WPO art. 40b", NOV_2015, "Een leerling zonder persoonsgebonden nummer wordt binnen twee weken gemeld.";
    R58: Ontwerp "58", "Regionaal thuiszitterspact Noord-Kennemerland 2017", ZONDER, "Een dossier heeft binnen een schooldag een verantwoordelijke.";
    R59: Ontwerp "59", "Regionaal thuiszitterspact Noord-Kennemerland 2017", ZONDER, "Na tien schooldagen zonder deelname, om welke reden ook, geldt een leerling als thuiszittend.";
    R60: Ontwerp "60", "Regionaal thuiszitterspact Noord-Kennemerland 2017", ZONDER, "Binnen drie maanden na het begin van thuiszitten is een passend aanbod gestart.";
    R61: Ontwerp "61", "Regionaal thuiszitterspact Noord-Kennemerland 2017", ZONDER, "Uiterlijk bij drie maanden beslist wie de doorzettingsmacht heeft.";
    R62: Wet "62", "Algemene verordening gegevensbescherming, art. 5 lid 1 onder e", ZONDER, "Gegevens worden vernietigd als hun bewaartermijn voorbij is.";
    R63: Wet "63", "Algemene verordening gegevensbescherming, art. 6", ZONDER, "Zonder grond ziet een andere organisatie niets, tenzij er toestemming is.";
    R64: Norm "64", "Elfproef voor BSN en onderwijsnummer", ZONDER, "Een nummer dat de controle niet doorstaat, wordt geweigerd.";
}

/// Who bears the duties of an adult: not in the numbered table, cited by its article.
pub const LPW_1B: Citation = Citation { regel: "LPW-1b", bron: "Leerplichtwet 1969, art. 1b", versie: LPW };

/// How terms of law are counted.
pub const TERMIJNENWET: Citation =
    Citation { regel: "ATW", bron: "Algemene termijnenwet, art. 1-4", versie: "2010-10-10" };
