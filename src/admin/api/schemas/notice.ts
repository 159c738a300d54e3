/** `/notices`. */
import * as z from "zod";
import type { NoticeStatus, NoticeTest } from "../../../control/control.ts";
import { NOTICE_FORMATS, NOTICE_KINDS } from "../../../shared/notice-settings.ts";
import { body, schemaOf } from "./named.ts";
import { listOf } from "./page.ts";
import { count, instant } from "./values.ts";

export const askedNoticeTest = body(
  "AskedNoticeTest",
  z.strictObject({}).meta({ description: "Nothing is asked of it yet." }),
);

const noticeStatus = schemaOf<NoticeStatus>()(
  "NoticeStatus",
  z.object({
    notice: z.string(),
    format: z.enum(NOTICE_FORMATS),
    to: z.string().meta({ description: "Scheme, host and port of its URL, whose path may be a secret." }),
    on: z.array(z.enum(NOTICE_KINDS)),
    queued: count.meta({ description: "Messages that wait to be taken." }),
    delivered: count.meta({ description: "Messages that were taken since the start." }),
    failed: count.meta({ description: "Attempts that failed." }),
    dropped: count.meta({ description: "Messages that were given up." }),
    lastDelivered: instant.optional(),
    failingSince: instant.optional().meta({ description: "Missing where the last attempt succeeded." }),
    lastError: z.string().optional().meta({ description: "Why the last attempt failed." }),
    nextTry: instant.optional(),
    gone: z.boolean().meta({
      description:
        "Whether the receiver wants no more (410): nothing is sent until it is set up anew or a test is taken.",
    }),
  }),
);

export const noticeList = listOf("NoticeList", noticeStatus);

export const noticeTest = schemaOf<NoticeTest>()(
  "NoticeTest",
  z.object({
    notice: z.string(),
    ok: z.boolean().meta({ description: "Whether it was taken." }),
    status: z.int().optional().meta({ description: "Of HTTP; missing where no answer came." }),
    milliseconds: z.number(),
    reason: z.string().optional().meta({ description: "Why it was not taken." }),
  }),
);
