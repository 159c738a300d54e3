/** `reload`: when the configuration is loaded again. */
import { flag, section } from "./values.ts";

export const reloadSchema = section("when files are loaded again", {
  watch: flag().prefault(true).meta({
    description:
      "true: whenever the configuration or a file that it names has changed. false: when told so, by SIGHUP or the API.",
  }),
});
