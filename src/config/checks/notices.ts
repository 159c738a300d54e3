/**
 * `notices`: one of two places for the URL and for secrets, headers that are not geosteer's own, and whether what is sent can
 * be read on its way.
 */
import type { Report } from "../diagnostic.ts";
import type { Path } from "../path.ts";
import type { Check } from "./check.ts";

export const checkNotices: Check = ({ config }, report) => {
  for (const [name, { url, urlFrom, secret, headers = {} }] of Object.entries(config.notices)) {
    const path = ["notices", name];
    if ((url === undefined) === (urlFrom === undefined)) {
      const wanted = "either url, or urlFrom with a file or a variable";
      const what = url === undefined ? "missing key" : "two places for one URL";
      report({ code: url === undefined ? "missing-key" : "misplaced-key", path: [...path, "url"], what, wanted });
    }
    checkFrom(urlFrom, [...path, "urlFrom"], report);
    checkFrom(secret, [...path, "secret"], report);
    checkHeaders(headers, [...path, "headers"], report);
    if (url !== undefined && isReadable(url)) {
      const wanted = "https: names of profiles, and of what is down, can be read on their way";
      report({ code: "notice-not-encrypted", path: [...path, "url"], what: "a notice over http", wanted });
    }
  }
};

function checkFrom(
  from: { readonly file?: string | undefined; readonly variable?: string | undefined } | undefined,
  path: Path,
  report: Report,
): void {
  if (from === undefined || (from.file === undefined) !== (from.variable === undefined)) return;
  const isNone = from.file === undefined;
  const what = isNone ? "missing key" : "two places for one secret";
  report({ code: isNone ? "missing-key" : "misplaced-key", path: [...path, "file"], what, wanted: "file or variable" });
}

const OWN_HEADERS = /^(?:content-type|user-agent|webhook-.*)$/i;

function checkHeaders(headers: Readonly<Record<string, string>>, path: Path, report: Report): void {
  for (const name of Object.keys(headers)) {
    if (!OWN_HEADERS.test(name)) continue;
    const wanted = "none that geosteer sends itself: Content-Type, User-Agent and Webhook-…";
    report({ code: "misplaced-key", path: [...path, name], atKey: true, what: "a header of geosteer's own", wanted });
  }
}

/** Not on this machine. */
function isReadable(text: string): boolean {
  const { protocol, hostname } = new URL(text);
  return protocol === "http:" && !/^(?:localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}
