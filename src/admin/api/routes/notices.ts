/** `/notices`: the webhooks, and a test of one. */
import * as z from "zod";
import { apiRoute, as200, ok200, type ApiRoute } from "../api-route.ts";
import { EXAMPLES } from "../examples.ts";
import { askedNoticeTest, noticeList, noticeTest } from "../schemas/notice.ts";
import { text } from "../schemas/values.ts";

export const noticeRoutes: readonly ApiRoute[] = [
  apiRoute({
    method: "GET",
    path: "/notices",
    operationId: "listNotices",
    tag: "status",
    summary: "the webhooks, what waits for them and what is wrong with them",
    role: "read",
    answers: { 200: { description: "All notices.", schema: noticeList, example: { items: [EXAMPLES.notice] } } },
    problems: [],
    handle: ({ control }) => ok200({ items: control.notices() }),
  }),
  apiRoute({
    method: "POST",
    path: "/notices/{notice}/test",
    operationId: "testNotice",
    tag: "changes",
    summary: "send a test message to a webhook now",
    description: "That it is not taken is an answer too.",
    role: "operate",
    isSlow: true,
    params: z.strictObject({
      notice: text("the name of a notice", 63).meta({ description: "The notice's name.", examples: ["ops"] }),
    }),
    body: askedNoticeTest,
    asked: {},
    answers: { 200: { description: "What became of it.", schema: noticeTest, example: EXAMPLES.noticeTest } },
    problems: ["bad-request", "unknown-notice", "busy"],
    handle: async ({ control, params, actor }) => as200(await control.testNotice(params.notice, actor)),
  }),
];
