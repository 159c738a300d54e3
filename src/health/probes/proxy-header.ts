/**
 * The header of the PROXY protocol, version 2, that a probe begins its connection with: LOCAL, which says that whoever
 * connects does so on its own behalf, "such as health checks" (haproxy, doc/proxy-protocol.txt of 2020/03/05, section
 * 2.2). The receiver then takes the addresses of the connection itself. It stands before TLS.
 */
export const PROXY_HEADER: Uint8Array = Uint8Array.of(
  // The signature: "\r\n\r\n\0\r\nQUIT\n".
  0x0d,
  0x0a,
  0x0d,
  0x0a,
  0x00,
  0x0d,
  0x0a,
  0x51,
  0x55,
  0x49,
  0x54,
  0x0a,
  // Version 2, command LOCAL.
  0x20,
  // AF_UNSPEC, UNSPEC: "the receiver must use the real connection's addresses".
  0x00,
  // No octets of addresses behind it.
  0x00,
  0x00,
);
