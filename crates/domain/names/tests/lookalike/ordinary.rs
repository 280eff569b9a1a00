//! Names as people register them who have nothing to do with elections: what the matcher must leave alone.

use super::draw::Draw;

/// Ordinary words of English, French, German and Spanish; also some that lie close to words of elections.
pub(crate) const VOCABULARY: &str = "
    garden coffee river mountain silver bright summer winter market kitchen window travel music photo studio design
    fitness health family happy smart green golden royal urban valley forest ocean island bridge castle dragon eagle
    falcon tiger panda honey bakery pizza burger salad juice fashion style beauty salon spa hotel resort rental motors
    repair plumbing electric roofing paving cleaning laundry moving storage legal dental medical clinic pharmacy vision
    capital finance credit invest trading crypto bank wallet payment invoice ledger school academy college tutor lesson
    book library reader writer poetry story radio video stream gaming player arcade puzzle chess soccer tennis golf hockey
    cycling running yoga dance theatre cinema gallery museum church temple charity hope faith grace peace nature planet
    solar wind energy water power light cloud data code pixel robot drone mobile phone tablet laptop server network
    security system software logic metric vector matrix quantum note notes quote devote remote motel hotel rotor motor
    vortex selection collection direction connection inspection section reaction auction auctions ballet bullet pallet
    ballad boiler polish pool pole pollen register resulting candid candle caucasus primer primal result consult
    jardin maison cuisine fenêtre voyage musique fleur soleil étoile lumière rivière montagne forêt chateau boulangerie
    fromage café théâtre école santé beauté coiffure plombier électricité menuiserie assurance voiture vélo cheval chien
    chat oiseau enfant famille amitié bonheur liberté bureau papier crayon lettre livre lecteur conseil atelier
    garten kaffee fluss berg silber sommer winter markt küche fenster reise musik blume sonne stern licht brücke schloss
    bäckerei käse schule gesundheit schönheit friseur klempner elektrik tischler versicherung auto fahrrad pferd hund katze
    vogel kind familie freundschaft glück freiheit büro papier brief buch leser beratung werkstatt wald wähltext stimmung
    jardín cocina ventana viaje música flor estrella luz río montaña bosque castillo panadería queso teatro escuela salud
    belleza peluquería fontanero electricidad carpintería seguro coche bicicleta caballo perro gato pájaro niño familia
    amistad felicidad libertad oficina papel lápiz carta libro lector consejo taller bota botas votiva electricista";

const TLDS: [&str; 24] = [
    "com", "com", "com", "com", "com", "com", "net", "org", "de", "fr", "es", "co.uk", "nl", "info", "io",
    "shop", "online", "ca", "eu", "ch", "com.br", "us", "gov", "ee",
];
const HOSTS: [&str; 10] =
    ["www", "mail", "shop", "blog", "api", "dev", "webmail", "cpanel", "autodiscover", "img"];
const HOSTERS: [&str; 4] = ["github.io", "herokuapp.com", "azurewebsites.net", "myshopify.com"];

/// `count` names of these words.
pub(crate) fn ordinary(words: &[String], count: usize, seed: u64) -> Vec<String> {
    let mut draw = Draw(seed);
    (0..count).map(|_| one(words, &mut draw)).collect()
}

fn one(words: &[String], draw: &mut Draw) -> String {
    let label = label(words, draw);
    match draw.below(20) {
        0..=2 => format!("{}.{label}.{}", draw.of(&HOSTS), draw.of(&TLDS)),
        3 => format!("{label}.{}", draw.of(&HOSTERS)),
        4 => format!("{}.{label}.{}", draw.of(words), draw.of(&TLDS)),
        _ => format!("{label}.{}", draw.of(&TLDS)),
    }
}

fn label(words: &[String], draw: &mut Draw) -> String {
    let (a, b, c) = (draw.of(words).clone(), draw.of(words).clone(), draw.of(words).clone());
    match draw.below(20) {
        0..=3 => a,
        4..=10 => format!("{a}{b}"),
        11..=14 => format!("{a}-{b}"),
        15 => format!("{a}{b}{c}"),
        16 => format!("{a}-{b}-{c}"),
        17 => format!("{a}{}", draw.below(1000)),
        18 => {
            (0..3 + draw.below(3)).map(|_| char::from(b'a' + u8::try_from(draw.below(26)).unwrap())).collect()
        }
        _ => format!("{a}{}", 1990 + draw.below(50)),
    }
}

/// The words of the vocabulary.
pub(crate) fn vocabulary() -> Vec<String> {
    VOCABULARY.split_whitespace().map(str::to_owned).collect()
}
