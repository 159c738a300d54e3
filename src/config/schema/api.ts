/** `api`: who may ask the HTTP server, and how it proves who it is. */
import { parseHostName } from "../text/name.ts";
import { file } from "./file.ts";
import { oneOrList, parsedText, section } from "./values.ts";

const hostName = parsedText({
  title: "host name",
  parse: (text) => parseHostName(text, "a host name without port; addresses are allowed as they are"),
});

const tls = section("certificate and key", {
  certificate: file.meta({ description: "The certificate with its chain, as PEM." }),
  key: file.meta({ description: "Its private key, as PEM." }),
});

export const apiSchema = section("the HTTP server", {
  hosts: oneOrList(hostName).optional().meta({
    description:
      "Names under which the HTTP server may be asked, beside localhost and all IP addresses. A request for another name is refused: a page on the web can make a browser send it here.",
    defaultText: "none",
  }),
  tokens: file.optional().meta({
    description:
      "A file of bearer tokens, each with its role. Without one, changes are made over the control socket alone.",
    defaultText: "none",
  }),
  tls: tls.optional().meta({ description: "Serve HTTPS in place of HTTP.", defaultText: "HTTP" }),
});
