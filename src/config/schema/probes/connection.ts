/** Keys of monitors that are about the connection and who is behind it, whatever is spoken over it. */
import { err, ok, type Result } from "../../../shared/result.ts";
import type { Refusal } from "../../diagnostic.ts";
import { file } from "../file.ts";
import { flag, integer, parsedText, section } from "../values.ts";
import { parseHostName } from "../../text/name.ts";

export function nonEmpty(wanted: string): (text: string) => Result<string, Refusal> {
  return (text) => (text === "" ? err({ code: "bad-text", what: "empty text", wanted }) : ok(text));
}

/** What is checked of the other side's certificate, and what is shown of one's own. */
export const certificateShape = {
  // Azure does not verify.
  verifyCertificate: flag()
    .prefault(false)
    .meta({ description: "Whether a certificate that does not verify is a failure." }),
  ca: file.optional().meta({
    description: "A PEM file of the authorities that are trusted in place of the well-known ones.",
    defaultText: "the well-known ones",
  }),
  clientCertificate: file.optional().meta({
    description: "A PEM file: the certificate that the probe shows, with its chain. clientKey beside it.",
    defaultText: "none",
  }),
  clientKey: file
    .optional()
    .meta({ description: "The private key of clientCertificate, as PEM.", defaultText: "none" }),
  serverName: parsedText({ title: "host name", parse: (text) => parseHostName(text) })
    .optional()
    .meta({
      description: "The name in the TLS handshake and the certificate.",
      defaultText: "headers.Host, else the endpoint's host, else the first name of its profile, else the address",
    }),
  minDaysLeft: integer(0, 365)
    .prefault(0)
    .meta({ description: "A certificate that expires in fewer days is a failure; 0: its end is not looked at." }),
};

export const tlsShape = {
  ...certificateShape,
  tls: flag().prefault(false).meta({ description: "Whether it is spoken over TLS." }),
};

export const proxyShape = {
  proxyProtocol: flag().prefault(false).meta({
    description: "true: the connection begins with a header of the PROXY protocol, version 2, that says LOCAL.",
  }),
};

/** A secret that is in a file or an environment variable, never in the configuration. */
export const authorization = section("credentials", {
  user: parsedText({ title: "user name", parse: nonEmpty("the name of a user") })
    .optional()
    .meta({
      description: "The user, for Basic (RFC 7617).",
      defaultText: "none: the secret is a Bearer token (RFC 6750)",
    }),
  file: file.optional().meta({
    description: "The file whose first line is the password or token. One of file and variable.",
    defaultText: "none",
  }),
  variable: parsedText({ title: "name of an environment variable", parse: nonEmpty("the name of a variable") })
    .optional()
    .meta({ description: "The environment variable that has it.", defaultText: "none" }),
});

export const authorizationShape = {
  authorization: authorization
    .optional()
    .meta({ description: "Credentials of the probe. They are never shown.", defaultText: "none" }),
};
