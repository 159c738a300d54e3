/** Serial numbers of 32 bits that begin anew after the last one (RFC 1982). */

/** Whether the serial is greater (section 3.2). Of two that are 2^31 apart, neither is. */
export function isLaterSerial(serial: number, before: number): boolean {
  const ahead = (serial - before) >>> 0;
  return ahead > 0 && ahead < 2 ** 31;
}
