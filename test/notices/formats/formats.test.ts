import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ENDS_AFTER } from "../../../src/notices/formats/alertmanager.ts";
import { summaryOf } from "../../../src/notices/formats/format.ts";
import { escapeSlack } from "../../../src/notices/formats/slack.ts";
import { formats } from "../../../src/notices/formats/table.ts";
import type { Message } from "../../../src/notices/message.ts";
import { AT, change, message } from "../../support/notice-data.ts";

const NOW = AT + 10_000;

function rendered(format: keyof typeof formats, one: Message): unknown {
  return JSON.parse(formats[format].render(one, { server: "ns1-fra", now: NOW }));
}

const DOWN = change({ kind: "profile", part: undefined, from: "degraded", state: "down" });
const REGION = change({ kind: "region", profile: "payroll", part: "DE", from: "up", state: "down" });
const REFUSED = change({
  kind: "reload",
  profile: undefined,
  part: undefined,
  from: "taken",
  state: "refused",
  reason: "geosteer.yaml:3:1 lgo: unknown key",
});
const BACK = change({ part: "ber", from: "degraded", state: "online", since: AT + 5000 });

describe("summaryOf", () => {
  test.for<[Partial<Message>, string]>([
    [{ changes: [change({ reason: "no answer within 10s" })] }, "shop/fra is degraded: no answer within 10s"],
    [{ changes: [DOWN] }, "shop is down"],
    [{ changes: [REGION] }, "payroll: region DE is down"],
    [{ changes: [REFUSED] }, "the configuration was refused: geosteer.yaml:3:1 lgo: unknown key"],
    [{ changes: [DOWN, change(), BACK] }, "3 changes: 1 critical, 1 warning, 1 ok"],
    [{ changes: [change(), BACK], more: 7 }, "9 changes: 1 warning, 1 ok, 7 more"],
    [{ changes: [], isTest: true }, "a test: no state has changed"],
  ])("%o", ([more, expected]) => {
    expect(summaryOf(message(more))).toBe(expected);
  });
});

test("json: version 1, as docs/notices.md has it", () => {
  expect(rendered("json", message({ changes: [REGION, change({ reason: "status 503" }), BACK], more: 2 }))).toEqual({
    type: "geosteer.health.v1",
    timestamp: "2026-11-27T20:04:43.000Z",
    data: {
      server: "ns1-fra",
      test: false,
      summary: "5 changes: 1 critical, 1 warning, 1 ok, 2 more",
      changes: [
        {
          kind: "region",
          subject: "payroll: region DE",
          profile: "payroll",
          region: "DE",
          from: "up",
          to: "down",
          severity: "critical",
          since: "2026-11-27T20:04:43.000Z",
        },
        {
          kind: "endpoint",
          subject: "shop/fra",
          profile: "shop",
          endpoint: "fra",
          from: "online",
          to: "degraded",
          severity: "warning",
          since: "2026-11-27T20:04:43.000Z",
          reason: "status 503",
        },
        {
          kind: "endpoint",
          subject: "shop/ber",
          profile: "shop",
          endpoint: "ber",
          from: "degraded",
          to: "online",
          severity: "ok",
          since: "2026-11-27T20:04:48.000Z",
        },
      ],
      more: 2,
    },
  });
});

test("json: a message is the same at each attempt", () => {
  const [first, second] = [0, 1e6].map((later) => formats.json.render(message(), { server: "a", now: NOW + later }));
  expect(first).toBe(second);
});

describe("slack", () => {
  test("a line for each change, marked by how bad it is", () => {
    expect(rendered("slack", message({ changes: [DOWN, change({ reason: "refused" }), BACK], more: 3 }))).toEqual({
      text: "ns1-fra: 6 changes: 1 critical, 1 warning, 1 ok, 3 more",
      blocks: [
        {
          type: "section",
          text: { type: "mrkdwn", text: "*ns1-fra: 6 changes: 1 critical, 1 warning, 1 ok, 3 more*" },
        },
        {
          type: "section",
          text: {
            type: "mrkdwn",
            text: [
              ":red_circle: shop is down",
              ":large_yellow_circle: shop/fra is degraded: refused",
              ":large_green_circle: shop/ber is online",
              "… and 3 more",
            ].join("\n"),
          },
        },
      ],
    });
  });

  test("no text is a mention, a link or an entity", () => {
    expect(escapeSlack("<!channel> & <https://x|y>")).toBe("&lt;!channel&gt; &amp; &lt;https://x|y&gt;");
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("<", ">", "&", "!", "a", ";"), maxLength: 3000 }), (reason) => {
        const body = formats.slack.render(message({ changes: [change({ reason })] }), { server: "<@U1>", now: NOW });
        expect(body).not.toMatch(/[<>]/);
        expect(body.replaceAll(/&(?:amp|lt|gt);/g, "")).not.toContain("&");
      }),
    );
  });

  test("within what Slack takes, however long names and reasons are", () => {
    const changes = Array.from({ length: 100 }, (_, i) => change({ part: `e${i}`, reason: "<".repeat(4000) }));
    const { text, blocks } = rendered("slack", message({ changes })) as {
      readonly text: string;
      readonly blocks: readonly { readonly text: { readonly text: string } }[];
    };
    expect(text.length).toBeLessThanOrEqual(3000);
    expect(blocks.length).toBeLessThanOrEqual(50);
    for (const block of blocks) expect(block.text.text.length).toBeLessThanOrEqual(3000);
  });
});

describe("alertmanager", () => {
  test.for([
    ["http://am:9093", "http://am:9093/api/v2/alerts"],
    ["http://am:9093/", "http://am:9093/api/v2/alerts"],
    ["https://example.com/alertmanager/", "https://example.com/alertmanager/api/v2/alerts"],
    ["http://am:9093/api/v2/alerts", "http://am:9093/api/v2/alerts"],
  ] as const)("%s is posted to %s", ([configured, expected]) => {
    expect(formats.alertmanager.url(configured)).toBe(expected);
  });

  test("what begins ends five minutes after it was last told, counted from the attempt", () => {
    expect(rendered("alertmanager", message())).toEqual([
      {
        labels: {
          alertname: "GeosteerEndpointDegraded",
          severity: "warning",
          profile: "shop",
          endpoint: "fra",
          instance: "ns1-fra",
        },
        annotations: { summary: "shop/fra is degraded" },
        startsAt: new Date(AT).toISOString(),
        endsAt: new Date(NOW + ENDS_AFTER).toISOString(),
      },
    ]);
  });

  test("what has ended has the labels that it began with, and an end that has passed", () => {
    const [began] = rendered("alertmanager", message({ changes: [change({ part: "ber" })] })) as [{ labels: object }];
    const [ended, ...others] = rendered("alertmanager", message({ changes: [BACK] })) as {
      labels: object;
      endsAt: string;
    }[];
    expect(others).toEqual([]);
    expect(ended!.labels).toEqual(began.labels);
    expect(ended!.endsAt).toBe(new Date(AT + 5000).toISOString());
  });

  test("what gets worse ends one alert and begins another", () => {
    const alerts = rendered("alertmanager", message({ changes: [DOWN] })) as {
      readonly labels: { readonly alertname: string; readonly severity: string };
      readonly endsAt: string;
    }[];
    expect(alerts.map(({ labels, endsAt }) => [labels.alertname, labels.severity, Date.parse(endsAt) > NOW])).toEqual([
      ["GeosteerProfileDegraded", "warning", false],
      ["GeosteerProfileDown", "critical", true],
    ]);
  });
});
