/** Whether the PEM texts of a monitor are of use to OpenSSL, so that a load finds out and no probe does. */
import { X509Certificate } from "node:crypto";
import { createSecureContext } from "node:tls";
import type { Finding } from "./diagnostic.ts";
import type { Path } from "./path.ts";

export interface CertificateTexts {
  readonly ca: string | undefined;
  readonly clientCertificate: string | undefined;
  readonly clientKey: string | undefined;
}

/** `path` is the monitor's. */
export function certificateFindings(
  { ca, clientCertificate, clientKey }: CertificateTexts,
  path: Path,
): readonly Finding[] {
  const findings: Finding[] = [];
  const refuse = (key: keyof CertificateTexts, what: string, wanted: string): void => {
    findings.push({ code: "bad-certificate", path: [...path, key], what, wanted });
  };
  const hasCertificate = clientCertificate !== undefined && isCertificate(clientCertificate);
  if (ca !== undefined && !isCertificate(ca)) refuse("ca", "no certificate in the file", "a PEM file of certificates");
  if (clientCertificate !== undefined && !hasCertificate) {
    refuse("clientCertificate", "no certificate in the file", "a PEM file of the certificate and its chain");
  }
  if (clientKey !== undefined && !isKey(clientKey)) {
    refuse("clientKey", "no key in the file that can be used", "a PEM file of a private key without a passphrase");
  } else if (clientKey !== undefined && hasCertificate && !isKey(clientKey, clientCertificate)) {
    refuse("clientKey", "the key is not of clientCertificate", "the key that the certificate was made for");
  }
  return findings;
}

/** Whether it begins with one; what is behind the last is not looked at, as OpenSSL does not. */
export function isCertificate(text: string): boolean {
  try {
    return new X509Certificate(text).subject !== null;
  } catch {
    return false;
  }
}

function isKey(key: string, cert?: string): boolean {
  try {
    createSecureContext({ key, cert });
    return true;
  } catch {
    return false;
  }
}
