/**
 * Names of subdivisions → codes. Databases without codes write English names, more or less as Unicode CLDR and ISO 3166-2 have
 * them (`subdivision-data.ts`). A name that more than one subdivision could have stands for none.
 */
import { countries } from "./countries.ts";
import { foldedName, isCityName, properName } from "./folded-name.ts";
import type { RegionCode } from "./region.ts";
import { holders, subdivisionsOf, type Subdivision } from "./subdivisions.ts";
import { subdivisionAliases } from "./subdivision-aliases.ts";

interface Names {
  /** What databases mean by a name, whatever else has it. */
  readonly aliases: ReadonlyMap<string, readonly Subdivision[]>;
  readonly english: ReadonlyMap<string, readonly Subdivision[]>;
  readonly full: ReadonlyMap<string, readonly Subdivision[]>;
  /** English names without the words that tell what kind of subdivision it is. */
  readonly properEnglish: ReadonlyMap<string, readonly Subdivision[]>;
  /** All names without them. */
  readonly proper: ReadonlyMap<string, readonly Subdivision[]>;
}

const namesByCountry = new Map<RegionCode, Names>();

function namesOf(country: RegionCode): Names {
  let names = namesByCountry.get(country);
  if (names === undefined) {
    const named = (of: (subdivision: Subdivision) => readonly string[]): readonly Named[] =>
      subdivisionsOf(country).flatMap((subdivision) => of(subdivision).map((name) => ({ name, subdivision })));
    const aliases = named(({ code }) => subdivisionAliases[code]?.split("|") ?? []);
    const english = named(({ name }) => [name]);
    const all = [...english, ...named(({ otherNames }) => otherNames)];
    names = {
      aliases: byName(aliases, foldedName),
      english: byName(english, foldedName),
      full: byName(all, foldedName),
      properEnglish: byName(english, properName),
      proper: byName([...all, ...aliases], properName),
    };
    namesByCountry.set(country, names);
  }
  return names;
}

interface Named {
  readonly name: string;
  readonly subdivision: Subdivision;
}

function byName(all: readonly Named[], form: (name: string) => string): ReadonlyMap<string, readonly Subdivision[]> {
  const found = new Map<string, Subdivision[]>();
  for (const { name, subdivision } of all) {
    const key = form(name);
    const same = found.get(key) ?? [];
    if (key !== "" && !same.includes(subdivision)) found.set(key, [...same, subdivision]);
  }
  return found;
}

/**
 * The subdivision of a country that a name stands for; undefined where none does, or more than one could. Of a subdivision
 * and those in it that have the same name, the widest is meant. `within`: the subdivision that must hold it.
 */
export function subdivisionNamed(country: RegionCode, name: string, within?: RegionCode): Subdivision | undefined {
  const { aliases, english, full, properEnglish, proper } = namesOf(country);
  const folded = foldedName(name);
  const stripped = properName(name);
  const candidatesOf = [
    () => aliases.get(folded),
    () => english.get(folded),
    () => full.get(folded),
    () => ofKind(name, full.get(stripped) ?? [], proper.get(stripped) ?? []),
  ];
  const isInside = ({ code }: Subdivision): boolean => within === undefined || holders(code).includes(within);
  for (const candidates of candidatesOf) {
    const inside = candidates()?.filter(isInside) ?? [];
    const all = inside.map((one) => widest(one, properEnglish.get(stripped)?.filter(isInside) ?? []));
    const distinct = [...new Set(all)];
    if (distinct.length > 0) return distinct.length === 1 ? distinct[0] : undefined;
  }
  return undefined;
}

let anywhere: ReadonlyMap<string, readonly Subdivision[]> | undefined;

/** Those of all countries with this very name, whatever the spelling: of people, who name no country. */
export function subdivisionsAnywhere(name: string): readonly Subdivision[] {
  anywhere ??= byName(
    [...countries.keys()].flatMap((country) =>
      subdivisionsOf(country).flatMap((subdivision) =>
        [subdivision.name, ...subdivision.otherNames].map((known) => ({ name: known, subdivision })),
      ),
    ),
    foldedName,
  );
  return anywhere.get(foldedName(name)) ?? [];
}

/** A city has its name alone, and what lies around it has "Oblast" or the like behind it; where there is but one, it is meant. */
function ofKind(name: string, bare: readonly Subdivision[], all: readonly Subdivision[]): readonly Subdivision[] {
  const others = all.filter((one) => !bare.includes(one) && !holdsOneOf(bare, one));
  return bare.length > 0 && (isCityName(name) || others.length === 0) ? bare : others;
}

function holdsOneOf(parts: readonly Subdivision[], whole: Subdivision): boolean {
  return parts.some(({ code }) => holders(code).includes(whole.code));
}

/** The widest of those with its name that hold it, or itself. */
function widest(one: Subdivision, named: readonly Subdivision[]): Subdivision {
  const wholes = named.filter(({ code }) => holders(one.code).includes(code));
  return wholes.find(({ code }) => !wholes.some((other) => holders(code).includes(other.code))) ?? one;
}
