/** Makes property tests run the same examples each time, and stop at the first that fails: nobody reads it. */
import { configureGlobal } from "fast-check";

configureGlobal({ seed: 1, endOnFailure: true });
