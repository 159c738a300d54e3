/**
 * The certificate and key of the HTTP server, from their files in PEM. A pair that does not fit is refused when it comes,
 * not when the first client does. No part of a key is ever told.
 */
import { X509Certificate } from "node:crypto";
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

/** Why the pair is of no use: `what, wanted Y`. */
export function secureOptions({ certificate, key }: CertificateFiles): Result<SecureOptions, string> {
  const options = { cert: certificate, key, minVersion: "TLSv1.2" } as const;
  let expires: Date;
  try {
    expires = new X509Certificate(certificate).validToDate;
  } catch {
    return err("no certificate can be read, wanted one in PEM: -----BEGIN CERTIFICATE-----");
  }
  if (expires.getTime() < Date.now())
    return err(`the certificate has expired at ${expires.toISOString()}, wanted a later one`);
  try {
    createSecureContext(options);
  } catch (error) {
    return err(
      (error as NodeJS.ErrnoException).code === "ERR_OSSL_X509_KEY_VALUES_MISMATCH"
        ? "the key is not that of the certificate, wanted its own"
        : "the key cannot be read, wanted one in PEM without a passphrase",
    );
  }
  return ok(options);
}
