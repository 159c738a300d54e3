/** The `notices` of a configuration, with what they have from files and the environment: URLs, secrets, authorities. */
import type { NoticeSettings } from "../shared/notice-settings.ts";
import type { Report } from "./diagnostic.ts";
import type { Path } from "./path.ts";
import type { Config } from "./schema/config.ts";
import { isCertificate } from "./monitor-certificates.ts";
import { parseNoticeUrl } from "./schema/notice.ts";
import { PATH_WANTED, type ReadFile } from "./source-file.ts";
import { parseWebhookSecrets } from "./text/webhook-secrets.ts";

export interface NoticeFilesDeps {
  readonly readFile: ReadFile;
  readonly variable: (name: string) => string | undefined;
  readonly refuse: Report;
}

/** Those that can be used; what is wrong with the others is refused, and what has led to that is not told. */
export function buildNotices({ notices }: Config, deps: NoticeFilesDeps): readonly NoticeSettings[] {
  return Object.entries(notices).flatMap(([name, notice]): readonly NoticeSettings[] => {
    const path = ["notices", name];
    const url = notice.url ?? urlOf(notice.urlFrom, [...path, "urlFrom"], deps);
    const secrets = notice.secret === undefined ? [] : secretsOf(notice.secret, [...path, "secret"], deps);
    const ca = notice.ca === undefined ? undefined : authoritiesOf(notice.ca, [...path, "ca"], deps);
    if (url === undefined || secrets === undefined) return [];
    const { format, on, only = [], gather, timeout, headers = {} } = notice;
    return [{ name, url, format, secrets, on, only, gather, timeout, ca, headers }];
  });
}

function authoritiesOf(file: string, path: Path, deps: NoticeFilesDeps): string | undefined {
  const text = fileText(file, path, deps);
  if (text === undefined || isCertificate(text)) return text;
  const wanted = "a PEM file of certificates";
  deps.refuse({ code: "bad-certificate", path, what: "no certificate in the file", wanted });
  return undefined;
}

interface From {
  readonly file?: string | undefined;
  readonly variable?: string | undefined;
}

function urlOf(from: From | undefined, path: Path, deps: NoticeFilesDeps): string | undefined {
  // That there is neither: `checks/notices.ts`.
  const found = from && textOf(from, path, deps);
  if (found === undefined) return undefined;
  const url = parseNoticeUrl(found.text.trim());
  if (url.ok) return url.value;
  deps.refuse({ ...url.error, path: found.path, found: SOMETHING });
  return undefined;
}

function secretsOf(from: From, path: Path, deps: NoticeFilesDeps): readonly Uint8Array[] | undefined {
  const found = textOf(from, path, deps);
  if (found === undefined) return undefined;
  const secrets = parseWebhookSecrets(found.text);
  if (secrets.ok) return secrets.value;
  deps.refuse({ ...secrets.error, path: found.path, found: SOMETHING });
  return undefined;
}

/** What is found there is not told. */
const SOMETHING = "a text that is not shown";

function textOf(
  { file, variable }: From,
  path: Path,
  deps: NoticeFilesDeps,
): { readonly text: string; readonly path: Path } | undefined {
  if (file !== undefined) {
    const at = [...path, "file"];
    const text = fileText(file, at, deps);
    return text === undefined ? undefined : { text, path: at };
  }
  if (variable === undefined) return undefined;
  const at = [...path, "variable"];
  const text = deps.variable(variable);
  if (text !== undefined && text !== "") return { text, path: at };
  const wanted = "the name of one that geosteer is started with";
  deps.refuse({ code: "variable-unset", path: at, what: "an environment variable that is not set", wanted });
  return undefined;
}

function fileText(file: string, path: Path, { readFile, refuse }: NoticeFilesDeps): string | undefined {
  const text = readFile(file);
  if (text.ok) return text.value;
  const { reason, wanted = PATH_WANTED } = text.error;
  refuse({ code: "file-unreadable", path, what: `a file of a notice that cannot be read: ${reason}`, wanted });
  return undefined;
}
