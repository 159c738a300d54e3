/**
 * The certificate and key of the HTTP server, from their files in PEM. A pair that does not fit is refused when it comes,
 * not when the first client does. No part of a key is ever told.
 */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { createSecureContext } from "node:tls";
import { err, ok, type Result } from "../../shared/result.ts";

/** Texts in PEM; the certificate may bring those between it and its root. */
export interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
}

export interface SecureOptions {
  readonly cert: string;
  readonly key: string;
  readonly minVersion: "TLSv1.2";
}

export interface Certificate {
  readonly options: SecureOptions;
  /** Until when it is valid. One that is not any more is served all the same: clients refuse it, DNS goes on. */
  readonly validTo: Date;
}

/** Why the pair is of no use: `what, wanted Y`. */
export function readCertificate({ certificate, key }: CertificateFiles): Result<Certificate, string> {
  const options = { cert: certificate, key, minVersion: "TLSv1.2" } as const;
  const read = attempt(() => new X509Certificate(certificate));
  if (read === undefined) return err("no certificate can be read, wanted one in PEM: -----BEGIN CERTIFICATE-----");
  const own = attempt(() => createPrivateKey(key));
  if (own === undefined) return err("the key cannot be read, wanted one in PEM without a passphrase");
  if (!read.checkPrivateKey(own)) return err("the key is not that of the certificate, wanted its own");
  // What comes behind the first certificate, and what the library thinks too weak.
  const taken = attempt(() => createSecureContext(options));
  if (taken === undefined)
    return err("the certificate cannot be used, wanted it first and those of its issuers behind");
  return ok({ options, validTo: read.validToDate });
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
