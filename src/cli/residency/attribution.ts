/** Whom the data of the loaded databases are from, as their licences ask it to be said. By the type in their metadata. */
export interface Attribution {
  readonly text: string;
  readonly url: string;
  readonly licence: string;
}

/** DB-IP: https://db-ip.com/db/lite.php. GeoLite: https://www.maxmind.com/en/geolite2/eula. */
const KNOWN: readonly (Attribution & { readonly type: RegExp })[] = [
  {
    type: /db-?ip/i,
    text: "IP Geolocation by DB-IP",
    url: "https://db-ip.com",
    licence: "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/",
  },
  {
    type: /^GeoLite/,
    text: "This product includes GeoLite data created by MaxMind",
    url: "https://www.maxmind.com",
    licence: "GeoLite End User License Agreement",
  },
];

/** `names`: types and files of the databases. */
export function attributionOf(names: readonly string[]): readonly Attribution[] {
  return KNOWN.filter(({ type }) => names.some((name) => type.test(name))).map(({ text, url, licence }) => {
    return { text, url, licence };
  });
}
