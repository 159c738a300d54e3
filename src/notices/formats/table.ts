/** The formats by name. */
import type { NoticeFormat } from "../../shared/notice-settings.ts";
import { alertmanager } from "./alertmanager.ts";
import type { Format } from "./format.ts";
import { json } from "./json.ts";
import { slack } from "./slack.ts";

export const formats: Readonly<Record<NoticeFormat, Format>> = { json, slack, alertmanager };
