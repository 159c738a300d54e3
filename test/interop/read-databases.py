"""
What an independent reader (maxminddb) finds in GeoIP databases, by the rules of docs/geoip.md.
Reads requests from standard input, one JSON a line: {"file": …, "addresses": [ … ]}; answers each with one line: a list
of [country, subdivisions, continent, latitude, longitude] or null. With "asns": true a list of the numbers of autonomous
systems, or null.
"""

import json
import sys

import maxminddb


def text(value):
    return value if isinstance(value, str) and value else None


def degrees(value):
    try:
        return float(value) if not isinstance(value, bool) else None
    except (TypeError, ValueError):
        return None


def place(record):
    if not isinstance(record, dict):
        return None
    as_map = lambda key: record[key] if isinstance(record.get(key), dict) else {}
    code = text(record.get("country_code")) or text(as_map("country").get("iso_code")) or text(record.get("country"))
    continent = text(record.get("continent_code")) or text(as_map("continent").get("code")) or text(record.get("continent"))
    where = as_map("location") if "location" in record else record
    latitude = degrees(where.get("latitude", where.get("lat")))
    longitude = degrees(where.get("longitude", where.get("lng")))
    if latitude is None or longitude is None or not (abs(latitude) <= 90 and abs(longitude) <= 180):
        latitude = longitude = None
    levels = record.get("subdivisions")
    levels = levels if isinstance(levels, list) else []
    subdivisions = [text(level.get("iso_code")) for level in levels[:8] if isinstance(level, dict)]
    flat = text(record.get("region_code")) or text(record.get("state1"))
    subdivisions = [flat] if not levels and flat else [s for s in reversed(subdivisions) if s]
    registered = text(as_map("registered_country").get("iso_code"))
    if code is None and continent is None and latitude is None:
        code = registered
    return [code.upper() if code else None, subdivisions, continent, latitude, longitude]


def asn(record):
    if not isinstance(record, dict):
        return None
    traits = record["traits"] if isinstance(record.get("traits"), dict) else {}
    for value in (record.get("autonomous_system_number"), traits.get("autonomous_system_number"), record.get("asn")):
        digits = value[2:] if isinstance(value, str) and value[:2] in ("AS", "as") else value
        if isinstance(digits, str) and not (digits.isascii() and digits.isdigit()):
            continue
        if isinstance(digits, (str, int)) and 0 < int(digits) < 2**32:
            return int(digits)
    return None


for line in sys.stdin:
    request = json.loads(line)
    with maxminddb.open_database(request["file"], maxminddb.MODE_AUTO) as reader:
        family4 = reader.metadata().ip_version == 4
        told = asn if request.get("asns") else place
        found = [None if family4 and ":" in a else told(reader.get(a)) for a in request["addresses"]]
    print(json.dumps(found), flush=True)
