/**
 * What the sources of `write-subdivisions.ts` do not tell of ISO 3166-2: codes that came or went after them, their
 * successors, and names that CLDR has as numbers. From ISO's change notices up to 2025. Codes that are separated by
 * spaces share what follows.
 */

/** Norway's counties since 2024, when three that had been merged in 2020 were divided again. */
export const addedCodes: Readonly<Record<string, string>> = {
  "NO-31": "Østfold",
  "NO-32": "Akershus",
  "NO-33": "Buskerud",
  "NO-39": "Vestfold",
  "NO-40": "Telemark",
  "NO-55": "Troms",
  "NO-56": "Finnmark",
};

export const betterNames: Readonly<Record<string, string>> = {
  "CZ-10": "Prague",
  "FR-20R": "Corsica",
  "KZ-10": "Abai Region",
  "KZ-11": "Akmola",
  "KZ-15": "Aktobe",
  "KZ-19": "Almaty Region",
  "KZ-23": "Atyrau",
  "KZ-27": "West Kazakhstan",
  "KZ-31": "Jambyl",
  "KZ-33": "Jetisu",
  "KZ-35": "Karaganda",
  "KZ-39": "Kostanay",
  "KZ-43": "Kyzylorda",
  "KZ-47": "Mangystau",
  "KZ-55": "Pavlodar",
  "KZ-59": "North Kazakhstan",
  "KZ-61": "Turkistan",
  "KZ-62": "Ulytau",
  "KZ-63": "East Kazakhstan",
  "KZ-71": "Astana",
  "KZ-75": "Almaty",
  "KZ-79": "Shymkent",
  "MA-01": "Tanger-Tetouan-Al Hoceima",
  "MA-02": "Oriental",
  "MA-03": "Fès-Meknès",
  "MA-04": "Rabat-Salé-Kénitra",
  "MA-05": "Béni Mellal-Khénifra",
  "MA-06": "Casablanca-Settat",
  "MA-07": "Marrakesh-Safi",
  "MA-08": "Drâa-Tafilalet",
  "MA-09": "Souss-Massa",
  "MA-10": "Guelmim-Oued Noun",
  "MA-11": "Laâyoune-Sakia El Hamra",
  "MA-12": "Dakhla-Oued Ed-Dahab",
  "UA-05": "Vinnytsia Oblast",
  "UA-07": "Volyn Oblast",
  "UA-09": "Luhansk Oblast",
  "UA-12": "Dnipropetrovsk Oblast",
  "UA-14": "Donetsk Oblast",
  "UA-18": "Zhytomyr Oblast",
  "UA-21": "Zakarpattia Oblast",
  "UA-23": "Zaporizhzhia Oblast",
  "UA-26": "Ivano-Frankivsk Oblast",
  "UA-32": "Kyiv Oblast",
  "UA-35": "Kirovohrad Oblast",
  "UA-46": "Lviv Oblast",
  "UA-48": "Mykolaiv Oblast",
  "UA-51": "Odesa Oblast",
  "UA-53": "Poltava Oblast",
  "UA-56": "Rivne Oblast",
  "UA-59": "Sumy Oblast",
  "UA-61": "Ternopil Oblast",
  "UA-63": "Kharkiv Oblast",
  "UA-65": "Kherson Oblast",
  "UA-68": "Khmelnytskyi Oblast",
  "UA-71": "Cherkasy Oblast",
  "UA-74": "Chernihiv Oblast",
  "UA-77": "Chernivtsi Oblast",
  "MX-CMX": "Mexico City",
  "NP-P1": "Koshi",
  "NP-P2": "Madhesh",
  "NP-P3": "Bagmati",
  "NP-P5": "Lumbini",
  "NP-P7": "Sudurpashchim",
  "RO-B": "Bucharest",
  "UG-331": "Omoro",
  "IR-00": "Markazi",
  "IR-01": "Gilan",
  "IR-02": "Mazandaran",
  "IR-03": "East Azerbaijan",
  "IR-04": "West Azerbaijan",
  "IR-05": "Kermanshah",
  "IR-06": "Khuzestan",
  "IR-07": "Fars",
  "IR-08": "Kerman",
  "IR-09": "Razavi Khorasan",
  "IR-10": "Isfahan",
  "IR-11": "Sistan and Baluchestan",
  "IR-12": "Kurdistan",
  "IR-13": "Hamadan",
  "IR-14": "Chaharmahal and Bakhtiari",
  "IR-15": "Lorestan",
  "IR-16": "Ilam",
  "IR-17": "Kohgiluyeh and Boyer-Ahmad",
  "IR-18": "Bushehr",
  "IR-19": "Zanjan",
  "IR-20": "Semnan",
  "IR-21": "Yazd",
  "IR-22": "Hormozgan",
  "IR-23": "Tehran",
  "IR-24": "Ardabil",
  "IR-25": "Qom",
  "IR-26": "Qazvin",
  "IR-27": "Golestan",
  "IR-28": "North Khorasan",
  "IR-29": "South Khorasan",
  "IR-30": "Alborz",
};

/** The smallest that holds it, where CLDR names the largest. */
export const betterParents: Readonly<Record<string, string>> = { "FR-67": "FR-6AE", "FR-68": "FR-6AE" };

/** Of the same territory today. */
export const renamedCodes = `
  EE-44 EE-45; EE-49 EE-50; EE-51 EE-52; EE-57 EE-56; EE-59 EE-60; EE-65 EE-64; EE-67 EE-68; EE-70 EE-71; EE-78 EE-79
  EE-82 EE-81; EE-86 EE-87
  FR-75 FR-75C; FR-COR FR-20R; FR-H FR-20R
  GR-A1 GR-I
  IN-CT IN-CG; IN-OR IN-OD; IN-TG IN-TS; IN-UL IN-UK; IN-UT IN-UK
  IR-31 IR-28; IR-32 IR-30
  IT-AO IT-23
  KZ-AKT KZ-15; KZ-ALA KZ-75; KZ-AST KZ-71; KZ-ATY KZ-23; KZ-AKM KZ-11; KZ-KUS KZ-39; KZ-KZY KZ-43; KZ-MAN KZ-47
  KZ-PAV KZ-55; KZ-SEV KZ-59; KZ-SHY KZ-79; KZ-ZAP KZ-27; KZ-ZHA KZ-31
  MX-DIF MX-CMX
  NO-01 NO-31; NO-02 NO-32; NO-06 NO-33; NO-07 NO-39; NO-08 NO-40; NO-19 NO-55; NO-20 NO-56
  ZA-GT ZA-GP; ZA-NL ZA-KZN
`;

/** Of a territory that lies in the last one today. */
export const mergedCodes = `
  BA-01 BA-02 BA-03 BA-04 BA-05 BA-06 BA-07 BA-08 BA-09 BA-10 BA-BIH
  CZ-101 CZ-102 CZ-103 CZ-104 CZ-105 CZ-106 CZ-107 CZ-108 CZ-109 CZ-110 CZ-111 CZ-10
  CZ-112 CZ-113 CZ-114 CZ-115 CZ-116 CZ-117 CZ-118 CZ-119 CZ-120 CZ-121 CZ-122 CZ-10
  CZ-10A CZ-10B CZ-10C CZ-10D CZ-10E CZ-10F CZ-10
  GB-ANT GB-NTA GB-ANN
  GB-ARD GB-NDN GB-AND
  GB-ARM GB-BNB GB-CGV GB-ABC
  GB-BLA GB-CKF GB-LRN GB-MEA
  GB-BLY GB-CLR GB-LMV GB-MYL GB-CCG
  GB-BMH GB-POL GB-BCP
  GB-CKT GB-DGN GB-MFT GB-MUL
  GB-CSR GB-LSB GB-LBC
  GB-DOW GB-NYM GB-NMD
  GB-DRY GB-STB GB-DRS
  GB-FER GB-OMH GB-FMO
  IN-DD IN-DN IN-DH
  IT-CI IT-OG IT-OT IT-VS IT-88
  NO-04 NO-05 NO-34
  NO-09 NO-10 NO-42
  NO-12 NO-14 NO-46
  NO-16 NO-17 NO-50
  PK-TA PK-KP
  TT-ETO TT-WTO TT-TOB
`;

/** The first is divided into the others today. */
export const dividedCodes = `
  CD-BN CD-KG CD-KL CD-MN
  CD-KA CD-HK CD-HL CD-LU CD-TA
  CD-KW CD-KC CD-KS
  CD-OR CD-BU CD-HU CD-IT CD-TO
  GB-NTH GB-NNH GB-WNH
  GH-BA GH-AF GH-BE GH-BO
  KZ-ALM KZ-19 KZ-33
  KZ-KAR KZ-35 KZ-62
  KZ-VOS KZ-10 KZ-63
  KZ-YUZ KZ-61 KZ-79
  NO-30 NO-31 NO-32 NO-33
  NO-38 NO-39 NO-40
  NO-54 NO-55 NO-56
  PH-MAG PH-MGN PH-MGS
`;

/** Subdivisions that are countries in ISO 3166-1 as well: GeoIP databases name the country. */
export const countryCodes = `
  CN-HK HK; CN-MO MO; CN-TW TW
  FI-01 AX
  FR-971 GP; FR-972 MQ; FR-973 GF; FR-974 RE; FR-976 YT
  FR-BL BL; FR-GF GF; FR-GP GP; FR-GUA GP; FR-LRE RE; FR-MAY YT; FR-MF MF; FR-MQ MQ; FR-NC NC; FR-PF PF; FR-PM PM
  FR-RE RE; FR-TF TF; FR-WF WF; FR-YT YT
  NL-AW AW; NL-BQ1 BQ; NL-BQ2 BQ; NL-BQ3 BQ; NL-CW CW; NL-SX SX
  NO-21 SJ; NO-22 SJ
  RS-25 XK; RS-26 XK; RS-27 XK; RS-28 XK; RS-29 XK; RS-KM XK
  US-AS AS; US-GU GU; US-MP MP; US-PR PR; US-UM UM; US-VI VI
`;

/** Countries whose codes of today meant other subdivisions before, so that names alone tell which is meant: IR in 2020, MA in 2015, UG in 2017. CLDR has names of before for IR and MA. */
export const renumberedCountries: ReadonlySet<string> = new Set(["IR", "MA", "UG"]);

/**
 * Natural Earth's `adm1_code` → what its area is today where neither its code nor its names tell; or where they are those of
 * another (EC, ER, GY, SI), as `gn_name` and the means of city databases show.
 */
export const naturalEarthCodes: Readonly<Record<string, readonly string[]>> = {
  "AFG-1753": ["AF-DAY"],
  "AFG-1759": ["AF-PKA"],
  "AFG-1769": ["AF-PAN"],
  "AZE-1688": ["AZ-YEV"],
  "AZE-1707": ["AZ-LAN"],
  "AZE-1727": ["AZ-SAK"],
  "AZE-1735": ["AZ-LAC"],
  "AZE-2422": ["AZ-NV"],
  "AZE-5566": ["AZ-YE"],
  "ECU-1289": ["EC-T"],
  "ECU-1290": ["EC-N"],
  "ERI-1561": ["ER-MA"],
  "ERI-1562": ["ER-SK"],
  "ERI-1563": ["ER-AN"],
  "ERI-1564": ["ER-DU"],
  "FRA-5338": ["FR-69", "FR-69M"],
  "GBR-2749": ["GB-NNH", "GB-WNH"],
  "GRL-2738": ["GL-AV"],
  "GRL-2743": ["GL-AV"],
  "GUY-671": ["GY-EB"],
  "GUY-673": ["GY-UD"],
  "GUY-674": ["GY-UT"],
  "GUY-676": ["GY-CU"],
  "GUY-677": ["GY-DE"],
  "GUY-678": ["GY-ES"],
  "GUY-679": ["GY-MA"],
  "GUY-680": ["GY-PM"],
  "HRV-1604": ["HR-11"],
  "ITA-5371": ["IT-SU"],
  "ITA-5372": ["IT-SU"],
  "KAZ-3207": ["KZ-33"],
  "LAO-3283": ["LA-VT"],
  "MLT-5977": ["MT-65"],
  "MOZ-5854": ["MZ-MPM"],
  "MRT-2787": ["MR-13", "MR-14", "MR-15"],
  "MWI-1194": ["MW-KR"],
  "NPL-1128": ["NP-P7"],
  "NPL-1129": ["NP-P7"],
  "NPL-1131": ["NP-P2"],
  "NPL-1133": ["NP-P1"],
  "NPL-1134": ["NP-P1"],
  "NPL-1135": ["NP-P1"],
  "PER-587": ["PE-LMA"],
  "SDN-5857": ["SD-DE"],
  "SDN-5859": ["SD-DC"],
  "SVN-213": ["SI-092"],
  "SVN-255": ["SI-149"],
  "UGA-5619": ["UG-118"],
  "UKR-321": ["UA-32"],
  // Morocco's regions of before 2015: the one that has most of it.
  "MAR-1445": ["MA-01"],
  "MAR-1446": ["MA-03"],
  "MAR-1447": ["MA-03"],
  "MAR-1448": ["MA-04"],
  "MAR-1449": ["MA-06"],
  "MAR-1450": ["MA-06"],
  "MAR-1451": ["MA-04"],
  "MAR-1452": ["MA-08"],
  "MAR-1453": ["MA-05"],
  "MAR-1454": ["MA-02"],
  "MAR-1455": ["MA-09"],
  "MAR-1456": ["MA-07"],
  "MAR-1457": ["MA-07"],
  "MAR-3456": ["MA-11"],
  "MAR-3457": ["MA-10"],
  "MAR-3469": ["MA-12"],
};
