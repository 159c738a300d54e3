/**
 * Names of places made comparable: without case, accents, punctuation and spaces, and without the words that tell only
 * what kind of subdivision it is ("State of", "Oblast"). Latin letters alone.
 */

/** Letters that are no letter with an accent in Unicode, as English texts write them. */
const LETTERS: Readonly<Record<string, string>> = {
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ß: "ss",
  ı: "i",
  ə: "a",
  ħ: "h",
};

const ABBREVIATIONS: Readonly<Record<string, string>> = { st: "saint", ste: "sainte", mt: "mount", is: "islands" };

/** English first; then the words of the ISO names and of databases, which keep those of each country. */
const GENERIC_WORDS: ReadonlySet<string> = new Set(
  `the of and
  state province region county district department departement governorate prefecture territory municipality commune
  urban borough parish canton oblast krai kray okrug republic republika respublika emirate voivodeship division zone
  capital city town gorod horad misto qalasy shahri metropolitan metropolis autonomous autonomy special administrative community chartered federal federative union
  provincia provincie province departamento region regiao estado municipio comunidad comunidade comarca distrito principado
  ciudad cidade autonoma autonomo foral de del do da dos das di la le les el los las du des d l en i y e et und
  oblysy oblasty oblast oblasti okrugu raion raionul rayon rayonu judetul kraj zupanija megye varmegye lan fylke maakunta
  maakunnan wojewodztwo apskritis novads vald maakond grad municipiul baladiyat voblast voblasts voblasc opcina obcina komuna qarku qark rrethi periferia
  provinsi sheng shi zizhiqu changwat khoueng khet tinh thanh pho aimag velayat vilayat viloyati wilaya wilayah wilayat
  muhafazat muhafazah muhafazah ostan ili il ken fu kabupaten negeri
  provins kommun kommune kommunia kommuneqarfik`
    .trim()
    .split(/\s+/),
);

const CITY_WORDS: ReadonlySet<string> = new Set(
  "city ciudad cidade gorod grad horad misto qalasy shahri shi town".split(" "),
);

/** The words of a name: "São Paulo (State)" is `sao paulo state`. */
function foldedWords(name: string): readonly string[] {
  const plain = name
    .normalize("NFD")
    .toLowerCase()
    .replaceAll(/\p{M}|['’‘ʻʼ`´ʿʾ]/gu, "")
    .replaceAll(/[æœøłđðþßıəħ]/gu, (letter) => LETTERS[letter]!);
  const words = plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  return words.map((word) => ABBREVIATIONS[word] ?? word);
}

/** Two spellings of a name are equal in this form. */
export function foldedName(name: string): string {
  return foldedWords(name).join("");
}

/** The same without generic words; empty where there are no others. */
export function properName(name: string): string {
  return foldedWords(name)
    .filter((word) => !GENERIC_WORDS.has(word))
    .join("");
}

/** Whether a name says that it is a city's: the city of Kyiv, not the oblast around it. */
export function isCityName(name: string): boolean {
  return foldedWords(name).some((word) => CITY_WORDS.has(word));
}
