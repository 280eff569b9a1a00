//! Words of elections in several languages, and words that make a name look official: what stands beside a protected
//! name in the names that are registered to deceive ("combosquats").
//!
//! Written as they are spelled; accents are read away when the matcher is built. Where people write a word in Latin
//! letters in more than one way, the ways stand beside each other. Case forms are listed where names use them.

/// A language and its words.
pub(super) struct Language {
    /// ISO 639-1.
    pub(super) code: &'static str,
    /// Words of elections.
    pub(super) words: &'static str,
}

/// What elections are called.
pub(super) const ELECTIONS: [Language; 18] = [
    Language {
        code: "en",
        words: "vote votes voter voters voting election elections electoral elect ballot ballots poll polls polling \
                pollingplace pollingstation register registration registered results result candidate candidates \
                precinct absentee mailin mailballot dropbox turnout referendum primary primaries caucus runoff recount \
                recall canvass voterid voterguide earlyvoting earlyvote vote4 ivoted democracy campaign",
    },
    Language {
        code: "fr",
        words: "vote voter votez votes votant election elections électoral électorale électeur électeurs electeur \
                scrutin bulletin bulletins urne urnes bureaudevote inscription résultat résultats resultat candidat \
                candidats candidate référendum procuration suffrage législatives présidentielle municipales tour",
    },
    Language {
        code: "es",
        words: "voto votos votar vota voten votante votantes votación votaciones elección elecciones eleccion electoral \
                electorales boleta boletas papeleta papeletas urna urnas padrón casilla casillas sufragio comicios \
                resultado resultados candidato candidatos candidata referendo referéndum escrutinio cómputo inscripción",
    },
    Language {
        code: "pt",
        words: "voto votos votar vote votação votações eleição eleições eleicao eleicoes eleitor eleitores eleitoral urna \
                urnas título cédula cédulas sufrágio resultado resultados apuração candidato candidatos referendo \
                plebiscito recenseamento turno zona seção",
    },
    Language {
        code: "de",
        words: "wahl wahlen wählen waehlen wähler waehler wählerin stimme stimmen stimmzettel briefwahl wahllokal \
                wahlschein wahlergebnis wahlergebnisse ergebnis ergebnisse kandidat kandidaten volksabstimmung \
                abstimmung abstimmungen wahlkreis wahlleiter wahlleiterin bundeswahl bundestagswahl landtagswahl \
                auszählung wählerverzeichnis",
    },
    Language {
        code: "it",
        words: "voto voti votare vota votazione votazioni elezione elezioni elettore elettori elettorale scheda schede \
                urna urne seggio seggi scrutinio risultato risultati candidato candidati referendum affluenza",
    },
    Language {
        code: "nl",
        words: "stem stemmen stemming stembureau stembiljet stempas verkiezing verkiezingen kiezer kiezers kies uitslag \
                uitslagen kandidaat kandidaten stemlokaal referendum kieslijst stemwijzer volmacht",
    },
    Language {
        code: "pl",
        words: "wybory wybor głos głosy głosowanie glosuj wyborca wyborcy wyborczy wyborcza lokal karta kandydat \
                kandydaci wynik wyniki frekwencja referendum",
    },
    Language {
        code: "et",
        words: "valimine valimised valimiste valija valijad hääl hääletus hääletamine haaletus ehaaletus tulemus \
                tulemused kandidaat kandidaadid sedel jaoskond rahvahääletus",
    },
    Language {
        code: "tr",
        words: "oy oylar oyver seçim seçimler secim secimler seçmen secmen sandık sandik aday adaylar sonuç sonuçlar \
                sonuclar referandum pusula",
    },
    Language {
        code: "id",
        words: "pemilu pilkada pilpres suara pemilih pemilihan kpu tps calon kandidat hasil rekapitulasi surat coblos",
    },
    Language {
        code: "sw",
        words: "kura piga pigakura uchaguzi mpiga mgombea wagombea matokeo kituo kura sanduku",
    },
    Language {
        code: "sv",
        words: "val valet rösta rosta röst roster röster valresultat resultat valsedel valsedlar väljare valjare \
                kandidat vallokal folkomröstning",
    },
    Language {
        code: "ar",
        words: "انتخابات الانتخابات انتخاب انتخابي الانتخابية تصويت التصويت صوت صوتك اقتراع الاقتراع ناخب الناخب ناخبين \
                الناخبين مرشح مرشحين المرشحين نتائج النتائج نتيجة استفتاء الاستفتاء مفوضية صندوق بطاقة تسجيل \
                intikhabat intikhab entekhabat tasweet taswit iqtiraa iqtira nakhib nakhibin murashah nataij nataej istifta \
                sawtak",
    },
    Language {
        code: "fa", words: "انتخابات رای رأی رأی‌گیری نامزد نتایج entekhabat ray rai namzad natayej"
    },
    Language {
        code: "ru",
        words: "выборы выбор голос голоса голосование голосуй избиратель избиратели избирком бюллетень бюллетени участок \
                кандидат кандидаты результат результаты референдум явка vybory vibory golos golosovanie izbirkom \
                kandidat rezultaty referendum yavka",
    },
    Language {
        code: "uk",
        words: "вибори голос голосування виборець виборці бюлетень дільниця кандидат результати референдум vybory \
                holosuvannya vyborets rezultaty dilnytsia",
    },
    Language {
        code: "hi",
        words: "चुनाव मतदान मतदाता वोट परिणाम मतपत्र chunav matdan matdata voter parinam matpatra nirvachan",
    },
];

/// What makes a name look official or asks for something: it weighs less than a word of elections.
pub(super) const OFFICIAL: &str = "official officiel officielle oficial offiziell ufficiale officieel resmi gov govt gouv gob \
    gobierno government gouvernement regierung governo state county city ministry ministère authority commission \
    comisión commissione kommission komisja kommissie secretary secure security login signin verify verification \
    account portal portail portale";

/// Words that say nothing beside a protected name: they do not count for a name, and do not speak against one.
pub(super) const FILLERS: &str = "my your our the for and of to in on at get go now today online web site app apps info news live \
    update updates help support service services center centre office page home mobile tv org com net www de la le les el \
    los las der die das und et pour para het een e i o us usa uk eu";
