/**
 * `listen`: no address twice, and a path that a socket can have. HTTP is on TCP, like DNS, so the two must not share an
 * address either.
 */
import type { Report } from "../diagnostic.ts";
import type { Path } from "../path.ts";
import { OFF } from "../schema/file.ts";
import type { Check } from "./check.ts";

export const checkListen: Check = ({ config: { listen } }, report) => {
  checkControl(listen.control, report);
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

/** Octets of `sun_path` without the zero at its end (unix(7)). */
const MAX_SOCKET_PATH = 107;

function checkControl(path: string | undefined, report: Report): void {
  const octets = path === undefined || path === OFF ? 0 : new TextEncoder().encode(path).length;
  if (octets <= MAX_SOCKET_PATH) return;
  report({
    code: "out-of-range",
    path: ["listen", "control"],
    what: "the path of a Unix socket is too long",
    found: `${octets} octets from where it counts`,
    wanted: `at most ${MAX_SOCKET_PATH}, such as a path below /run`,
  });
}
