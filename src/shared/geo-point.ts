/** A point on the earth and the distance between two of them. */

/** A point in WGS 84 degrees: latitude -90 to 90 (north positive), longitude -180 to 180 (east positive). */
export interface GeoPoint {
  readonly latitude: number;
  readonly longitude: number;
}

/** Mean earth radius R1 in kilometres (IUGG, Moritz 2000). */
const EARTH_RADIUS_KM = 6371.0088;

const RADIANS_PER_DEGREE = Math.PI / 180;

/** Great-circle distance in kilometres by the haversine formula (Sinnott 1984); error against the ellipsoid below 0.6 %. */
export function greatCircleKm(from: GeoPoint, to: GeoPoint): number {
  const latitude1 = from.latitude * RADIANS_PER_DEGREE;
  const latitude2 = to.latitude * RADIANS_PER_DEGREE;
  const halfLatitude = Math.sin((latitude2 - latitude1) / 2);
  const halfLongitude = Math.sin(((to.longitude - from.longitude) * RADIANS_PER_DEGREE) / 2);
  const chord = halfLatitude * halfLatitude + Math.cos(latitude1) * Math.cos(latitude2) * halfLongitude * halfLongitude;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}
