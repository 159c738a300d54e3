/** What placeholders stand for, for one probed endpoint. A probe that is about no single one has no names. */
import type { Placeholder } from "../../shared/placeholders.ts";
import type { ProbedHost } from "./probe.ts";

export function endpointValues({
  host,
  port,
  subject = "/",
}: Pick<ProbedHost, "host" | "port" | "subject">): Readonly<Record<Placeholder, string>> {
  const [profile = "", endpoint = ""] = subject.split("/");
  return { host, port: port === 0 ? "" : String(port), profile, endpoint };
}
