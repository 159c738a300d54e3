/**
 * A second implementation of RFC 1034 section 4.3.2 and RFC 4592 section 3.3.1, on lists of names: as their text says it,
 * without a tree. It shares no code with the server. Names are lower-case text of labels without escapes.
 */

export type Data =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "cname"; readonly target: string }
  | { readonly kind: "cut" }
  /** A profile that answers with an address. */
  | { readonly kind: "address"; readonly address: string }
  /** A profile that answers with a host. */
  | { readonly kind: "host"; readonly host: string }
  /** A profile that is disabled. */
  | { readonly kind: "off" };

/** What there is, by name; an address and texts may stand together. */
export interface World {
  readonly apexes: readonly string[];
  readonly owners: ReadonlyMap<string, readonly Data[]>;
}

export type Type = "A" | "TXT" | "CNAME" | "MX" | "ANY";

export interface PlainAnswer {
  readonly rcode: "NOERROR" | "NXDOMAIN" | "REFUSED";
  /** `owner TYPE data`. */
  readonly answers: readonly string[];
  readonly authority: "SOA" | "NS" | "none";
  /** The owner of the last profile on the way. */
  readonly profile: string | undefined;
}

/** The name and all above it, the longest first. */
function upwards(name: string): readonly string[] {
  const labels = name.split(".");
  return labels.map((_, i) => labels.slice(i).join("."));
}

function isBelow(name: string, above: string): boolean {
  return name.endsWith(`.${above}`);
}

export function plainAnswer({ apexes, owners }: World, asked: string, type: Type): PlainAnswer {
  const names = [...owners.keys(), ...apexes];
  const answers: string[] = [];
  const seen = new Set<string>();
  let profile: string | undefined;
  const answer = (rcode: PlainAnswer["rcode"], authority: PlainAnswer["authority"]): PlainAnswer => ({
    rcode,
    answers,
    authority,
    profile,
  });

  for (let name = asked; ;) {
    // Step 2: the nearest ancestor zone.
    const apex = upwards(name).find((above) => apexes.includes(above));
    // A CNAME that leads out of our zones is the whole answer.
    if (apex === undefined) return answer(answers.length > 0 ? "NOERROR" : "REFUSED", "none");
    // Step 3b: the way down ends at the highest cut.
    const way = upwards(name).filter((above) => isBelow(above, apex));
    if (way.some((above) => owners.get(above)?.some(({ kind }) => kind === "cut"))) {
      return answer("NOERROR", "NS");
    }
    // RFC 4592 section 2.2: a name exists that has data, or a name below that has.
    const exists = (one: string): boolean => names.some((other) => other === one || isBelow(other, one));
    let source = name;
    if (!exists(name)) {
      // Section 3.3.1: the closest encloser is the longest ancestor that exists; `*` right below it is the source.
      const encloser = upwards(name).find(exists)!;
      source = `*.${encloser}`;
      if (!exists(source)) return answer("NXDOMAIN", "SOA");
    }
    if (seen.has(source)) return answer("NOERROR", "none");
    seen.add(source);
    const data = owners.get(source) ?? [];
    if (data.some(({ kind }) => kind === "address" || kind === "host" || kind === "off")) profile = source;
    const texts = data.flatMap((one) => (one.kind === "text" ? [one.text] : []));
    const alias = data.flatMap((one) =>
      one.kind === "cname" ? [one.target] : one.kind === "host" ? [one.host] : [],
    )[0];
    if (alias !== undefined) {
      answers.push(`${name} CNAME ${alias}`);
      if (type === "CNAME" || type === "ANY") return answer("NOERROR", "none");
      name = alias;
      continue;
    }
    const address = data.flatMap((one) => (one.kind === "address" ? [one.address] : []))[0];
    const isOff = data.some(({ kind }) => kind === "off");
    if (type === "TXT" && texts.length > 0) answers.push(...texts.map((text) => `${name} TXT "${text}"`));
    else if (type === "A" && address !== undefined) answers.push(`${name} A ${address}`);
    else if (type === "ANY" && (texts.length > 0 || address !== undefined || source === apex))
      answers.push(`${name} HINFO "RFC8482" ""`);
    else {
      // A profile that is out of service is a name that does not exist, unless something else makes it.
      const isGone = isOff && texts.length === 0 && source !== apex && !names.some((other) => isBelow(other, source));
      return answer(isGone ? "NXDOMAIN" : "NOERROR", "SOA");
    }
    return answer("NOERROR", "none");
  }
}
