/** Everything that is said of a configuration file. The table of codes in docs/reference.md is held to these by a test. */

/** A file with one of these is refused. */
const errorCodes = {
  "yaml-syntax":
    "The file is not YAML 1.2, or uses a part of it that configuration does not: a second document, a tag.",
  "yaml-alias": "An alias names no anchor, contains itself, or expands to more than a million values.",
  "duplicate-key": "A key is written twice in one mapping.",
  "unknown-key": "There is no such key here.",
  "missing-key": "A key that is required here is missing.",
  "misplaced-key":
    "The key means nothing beside the protocol, method or target that was chosen, beside another key, or without a monitor.",
  "wrong-type": "The value is of another type: a number for a text, a list for a mapping, nothing at all.",
  "wrong-value": "The word is none of those to choose from.",
  "out-of-range": "A number, a duration, or the length of a list or a path is outside its limits.",
  "bad-duration": "The text is no duration: a whole number with the unit ms, s, m, h or d.",
  "bad-size": "The text is no size: a whole number with the unit KiB, MiB or GiB.",
  "bad-text": "The text does not have the form that is asked for here.",
  "published-secret": "The cookie secret is printed in a document, so that everybody can make cookies with it.",
  "bad-pattern": "The text is no regular expression in the syntax of RE2, or no JSON path of RFC 9535.",
  "bad-certificate":
    "A file of a monitor or notice holds no PEM certificates or key, or a key that is not of its certificate.",
  "bad-credentials":
    "The credentials of a monitor are in neither or both of a file and a variable, or what is there cannot be sent.",
  "bad-name":
    "The name breaks a rule of its kind: of DNS names, or of the names of profiles, endpoints, sites or labels.",
  "bad-address": "The text is no IP address, host or listening address, or an address that no client can reach.",
  "bad-network":
    "The text is no network in CIDR form and no range, bits are set behind its length, or a range is written backwards.",
  "bad-region": "The text is no region code and no own grouping, or a region too wide or too narrow for its place.",
  "reserved-region": "The two letters are private or reserved in ISO 3166-1: no country has them.",
  "bad-record": "The text is no record data of its type.",
  "unserved-type":
    "Records of this type are not served: no type of data, or one of a signed zone, or DNAME, or an SOA.",
  "file-unreadable":
    "A file cannot be read. Paths count from the folder of the configuration, those of $INCLUDE from that of its file.",
  "variable-unset": "An environment variable that the configuration names is not set, or empty.",
  "geoip-unreadable": "A GeoIP database is missing, may not be read, is too large, or changes all the time.",
  "geoip-damaged": "A GeoIP database is inconsistent: cut short or overwritten.",
  "geoip-foreign": "A file is no GeoIP database in MaxMind DB format.",
  "geoip-no-place":
    "No record of a database gives a place, nor an autonomous system that endpoints have: it is of another kind.",
  "asns-without-database": "An endpoint has asns, and no database that is loaded tells autonomous systems.",
  "zone-syntax": "The zone file breaks the form of RFC 1035 section 5: a quote, a directive, an owner, a class, a TTL.",
  "more-problems":
    "A file has more problems than the first hundred, or all files than the first thousand, which are told.",
  "zone-apex": "The zone file has no SOA or NS records at the zone apex, or more than one SOA.",
  "duplicate-address": "An address is listed twice.",
  "duplicate-asn": "An autonomous system belongs to two endpoints of a profile, or stands twice in a list.",
  "duplicate-monitor": "A monitor stands twice in a list of those that another is made of.",
  "duplicate-name": "Two profiles, or a profile and a static record, have the same DNS name.",
  "duplicate-network": "A network belongs to two endpoints of a profile, or to two own networks.",
  "duplicate-record": "A record, a nameserver, or all records of one name and type are written twice.",
  "duplicate-region": "A region belongs to two endpoints of a profile, or stands twice in a list.",
  "ambiguous-grouping":
    "Two endpoints of a profile have groupings of as many countries, and a country is in both: neither comes first.",
  "duplicate-zone": "Two zones have the same name.",
  "undefined-monitor": "No monitor has this name.",
  "undefined-profile": "No profile has this name, or one that the pattern matches.",
  "undefined-endpoint": "No endpoint at the top level has this name.",
  "undefined-site": "No site has this name.",
  "undefined-client": "A residency rule is for clients that are neither a region, a grouping nor an own network.",
  "ambiguous-client": "A residency rule is for clients of a name that a region and an own network have.",
  "empty-rule": "A residency rule neither requires nor forbids a label.",
  "unmet-label": "A residency rule requires a label that no endpoint, site or fallback has with such a value.",
  "name-outside-zones": "The DNS name lies in none of the zones.",
  "endpoint-target": "An endpoint has exactly one of address, host and profile, or uses one that has.",
  "no-endpoints": "A profile has at least one endpoint.",
  "nested-loop": "A profile leads back to itself: through nested profiles, or by hosts that are names of profiles.",
  "nested-depth": "Profiles are nested more than 10 deep.",
  "too-many-endpoints": "A profile leads to more than 2,000 endpoints, those of nested profiles included.",
  "priority-mixed": "Some endpoints of a profile have a priority and some have none.",
  "priority-twice": "Two endpoints of a profile have the same priority.",
  "multivalue-target":
    "An endpoint of a multivalue profile is a host or a profile: only addresses are answered together.",
  "trickle-sum": "The trickles of a profile's endpoints add up to all of its clients, or more.",
  "load-signal": "A load is told by none of the signals, or by more than one.",
  "missing-regions": "An endpoint of a geographic profile has neither regions, networks nor asns.",
  "missing-location": "An endpoint has no location to measure the distance to.",
  "ttl-order": "The least TTL of a profile is longer than its greatest.",
  "monitor-kind": "A monitor has exactly one of protocol, all, any, atLeast and not.",
  "monitor-loop": "A monitor is made of itself, or of monitors that are.",
  "monitor-size": "Monitors are made of others more than 5 levels deep, or one comes to more than 32 probes.",
  "too-many-probes":
    "An endpoint has more addresses than can leave an answer one by one, 10, or more than 64 probes in all.",
  "timeout-too-long": "A probe may last until the next one starts, or longer.",
  "fast-interval-too-long": "A monitor's fastInterval is longer than its interval.",
  "cname-conflict": "A CNAME stands beside other data of its name, or is one of several (RFC 1034 section 3.6.2).",
  "apex-conflict": "A zone apex, which has SOA and NS records, would have a CNAME, or its NS records twice.",
  "misplaced-wildcard": "An asterisk is not the whole first label, or the wildcard has NS records (RFC 4592).",
  "below-delegation": "The name lies at or below a delegation, so this server never answers it.",
  "alias-target":
    "An NS or MX record names an alias, or a profile that may answer with a CNAME (RFC 2181 section 10.3).",
  "residency-leads-out":
    "A host leads clients of a residency rule to a profile of ours that the rule does not cover: no fence holds there.",
  "residency-contradiction": "Residency rules leave clients no endpoint together, while each alone leaves one.",
  "missing-glue": "A nameserver inside the configured zones has no A or AAAA record there.",
} as const;

/** Codes of what is allowed and seldom meant: `geosteer check` tells it, and the file is served. */
const warningCodes = {
  "unused-key": "The key means nothing for the method of its profile, so that a method can be changed in one line.",
  "ttl-from-soa":
    "Neither $TTL nor a TTL stands before a record, so the SOA's MINIMUM is the zone's TTL (RFC 1035 section 3.3.13).",
  "outside-zone": "Records of a zone file whose names are not in its zone are not served.",
  "srv-alias": "An SRV record names an alias, or a profile that may answer with a CNAME (RFC 2782).",
  "link-local-address":
    "A static record has a link-local address, which nobody elsewhere can reach (RFC 4472 section 2.1).",
  "not-utf8": "Comments of a zone file have octets that are not UTF-8.",
  "no-world": "A geographic profile has no endpoint for WORLD: some clients get no records.",
  "no-others": "All endpoints of a subnet profile have networks: clients whom none of these holds get no records.",
  "no-networks": "No endpoint of a subnet profile has networks: all clients get the first, as with method priority.",
  "only-standby": "All endpoints of a profile are on standby, so that none is before another.",
  "idle-trickle": "A trickle of an endpoint that no other is before, which has clients of its own while it is up.",
  "idle-load": "An endpoint or a site has a load, and nobody is there to take the clients that it would leave.",
  "single-endpoint": "A profile has one endpoint in use, and no word for when it is down: nobody takes its clients.",
  "no-monitor": "Endpoints are not probed, so that their clients go on to them while they are down.",
  "ping-not-allowed":
    "Endpoints are probed by icmp, and this machine does not let this user ping: they are not probed.",
  "no-program":
    "Endpoints are probed by a program that is not there, or that this user may not run: they are not probed.",
  "slow-ttl": "Resolvers keep an answer for longer than it takes to notice that its endpoint is down.",
  "overruled-key": "A key means nothing beside `whenRegionDown`: `whenAllDown` where a region keeps its clients.",
  "host-beside-address":
    "Hosts and addresses share the clients of a weighted profile: hosts get more than their weight.",
  "unmatched-region": "No database or own network that is loaded knows a client in this region.",
  "unmatched-asn": "No database that is loaded knows a client of this autonomous system.",
  "unused-database": "A database tells autonomous systems alone, and no endpoint has asns: nothing of it is loaded.",
  "continent-code": "A country is a region whose code others use for a continent: NA is Namibia.",
  "mixed-families":
    "Endpoints of a profile have addresses of different families, and the profile does not say who answers then.",
  "unused-name": "No endpoint is at a site, or no profile uses an endpoint at the top level.",
  "residency-none-left": "A residency rule leaves some of its clients no endpoint, who had one without it.",
  "residency-unlabelled": "An endpoint that a residency rule covers has no value at all for a label that it requires.",
  "residency-unproven": "There are more profiles and kinds of clients under residency rules than a load looks at.",
  "unmatched-label": "A residency rule names a value that no endpoint, site or fallback has for the label.",
  "label-case":
    "A label or value of a residency rule stands elsewhere in other letters, capital or small: that is another one.",
  "short-subnet":
    "Client subnets are cut shorter (dns.ecs) than resolvers tell them, beside residency rules for some clients.",
  "narrow-network": "A residency rule is for an own network smaller than what resolvers tell of a client: /24 or /56.",
  "redundant-client": "A residency rule is for all and for others, or names clients twice.",
  "notice-not-encrypted": "Notices are sent over http to another machine: what they say can be read on its way.",
  "unknown-kind": "The label kind is neither cloud nor on-premises, so its endpoints count as neither.",
  "more-warnings":
    "A file has more warnings than the first hundred, or all files than the first thousand, which are told.",
} as const;

export const diagnosticCodes = { ...errorCodes, ...warningCodes };

export type DiagnosticCode = keyof typeof diagnosticCodes;

const LOGGED: ReadonlySet<DiagnosticCode> = new Set([
  "unmatched-region",
  "unmatched-asn",
  "residency-none-left",
  "ping-not-allowed",
  "no-program",
]);

/** Warnings that a server logs too: they depend on more than the configuration, and so may come with a reload. */
export function isLogged(code: DiagnosticCode): boolean {
  return LOGGED.has(code);
}

export function isWarning(code: DiagnosticCode): boolean {
  return Object.hasOwn(warningCodes, code);
}
