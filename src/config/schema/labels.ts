/**
 * `labels`: what an operator knows of sites and endpoints, for whoever selects them and reports of them. What the
 * product's own labels say: `checks/labels.ts`.
 */
import * as z from "zod";
import { err, ok } from "../../shared/result.ts";
import { oneOrList, parsedText } from "./values.ts";

/** No digit first, since JavaScript moves numbers to the front; no `=`, `:` or `*`, which selections are made of. */
const KEY = /^[A-Za-z][A-Za-z0-9_./-]{0,62}$/;
const KEY_WANTED = "a letter, then at most 62 letters, digits, dots, hyphens, underscores and slashes";

const MAX_VALUE = 128;
const VALUE = /^[^\p{C}\p{Z}](?:[^\p{C}\p{Zl}\p{Zp}]*[^\p{C}\p{Z}])?$/u;

const labelValue = parsedText({
  title: "text",
  isFree: true,
  insteadOf: (number) => `text in quotes: "${number}"`,
  parse: (text) =>
    VALUE.test(text) && text.length <= MAX_VALUE
      ? ok(text)
      : err({
          code: "bad-text",
          what: "not a label's value",
          wanted: `1 to ${MAX_VALUE} visible characters, no spaces at the ends`,
        }),
});

const MAX_LABELS = 64;

const labelled = <T extends z.ZodType>(value: T, title: string) =>
  z
    .record(z.string().regex(KEY, { error: KEY_WANTED }), value, { error: `a mapping from labels to ${title}` })
    .refine((labels) => Object.keys(labels).length <= MAX_LABELS, {
      error: `at most ${MAX_LABELS}`,
      params: { code: "out-of-range", what: "too many labels" },
    })
    .meta({ title: `${title} by label`, maxProperties: MAX_LABELS });

export const labelsSchema = labelled(labelValue, "texts");

/** Of each label one or several values. */
export const labelTermsSchema = labelled(oneOrList(labelValue), "texts or lists of them");
