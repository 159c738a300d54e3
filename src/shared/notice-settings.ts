/** Notices as operators set them: webhooks that are told what goes down and comes back. Config checks it, `notices` obeys it. */

/** What a notice can be about. */
export const NOTICE_KINDS = ["endpoints", "profiles", "regions", "rules", "reloads"] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** How a message looks. */
export const NOTICE_FORMATS = ["json", "slack", "alertmanager"] as const;
export type NoticeFormat = (typeof NOTICE_FORMATS)[number];

export interface NoticeSettings {
  readonly name: string;
  /** http or https, absolute. A secret: who knows that of Slack can post. */
  readonly url: string;
  readonly format: NoticeFormat;
  /** Keys that sign, each 24 to 64 octets; none = messages are not signed. */
  readonly secrets: readonly Uint8Array[];
  readonly on: readonly NoticeKind[];
  /** Patterns of subjects; none = all. */
  readonly only: readonly string[];
  /** Milliseconds from the first change to the message that tells of it. */
  readonly gather: number;
  /** Milliseconds that one attempt may take. */
  readonly timeout: number;
  /** PEM of the authorities that are trusted; undefined = the well-known ones. */
  readonly ca: string | undefined;
  /** More headers; secrets too. */
  readonly headers: Readonly<Record<string, string>>;
}
