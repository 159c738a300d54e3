/** What clients want over a day, from 0 to 1 of it, in parts of what the endpoint on the premises can do. */

/** From a quarter at night to one and three quarters in the evening, and at two in the afternoon a flash crowd on top. */
export function demandOfDay(part: number): number {
  const night = 0.25;
  const evening = 1.75;
  // Lowest at four in the morning, highest at four in the afternoon.
  const curve = night + ((evening - night) * (1 - Math.cos(2 * Math.PI * (part - 1 / 6)))) / 2;
  return curve + flashCrowd(part);
}

/** As much again as the premises can do, within a quarter of an hour, for an hour and a half. */
export const FLASH = { from: 10 / 24, to: 11.5 / 24, rise: 0.25 / 24, size: 1.2 };

function flashCrowd(part: number): number {
  const { from, to, rise, size } = FLASH;
  const risen = Math.min(1, Math.max(0, (part - from) / rise));
  const fallen = Math.min(1, Math.max(0, (part - to) / rise));
  return size * (risen - fallen);
}
