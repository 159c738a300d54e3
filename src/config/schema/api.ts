/** `api`: who may ask the HTTP server. */
import { parseHostName } from "../text/name.ts";
import { oneOrList, parsedText, section } from "./values.ts";

const hostName = parsedText({
  title: "host name",
  parse: (text) => parseHostName(text, "a host name without port; addresses are allowed as they are"),
});

export const apiSchema = section("the HTTP server", {
  hosts: oneOrList(hostName).optional().meta({
    description:
      "Names under which the HTTP server may be asked, beside localhost and all IP addresses. A request for another name is refused: a page on the web can make a browser send it here.",
    defaultText: "none",
  }),
});
