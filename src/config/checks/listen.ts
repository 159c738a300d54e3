/** `listen`: no address twice. HTTP is on TCP, like DNS, so the two must not share an address either. */
import type { Path } from "../path.ts";
import type { Check } from "./check.ts";

export const checkListen: Check = ({ config: { listen } }, report) => {
  const seen = new Set<string>();
  const addresses: [Path, typeof listen.http][] = [
    ...listen.dns.map((address, index): [Path, typeof address] => [["listen", "dns", index], address]),
    [["listen", "http"], listen.http],
  ];
  for (const [path, address] of addresses) {
    // Port 0 is another port each time.
    if (address === undefined || address.port === 0) continue;
    const text = JSON.stringify(address);
    if (seen.has(text)) {
      report({ code: "duplicate-address", path, what: "the same address and port twice", wanted: "each once" });
    }
    seen.add(text);
  }
};
