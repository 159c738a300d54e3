/** Signatures against a reading of Standard Webhooks 1.0.0 of its own, and the example that its libraries are tested with. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { webhookHeaders } from "../../src/notices/sign.ts";
import { isSignedBy } from "../support/verify-webhook.ts";

test("webhookHeaders: the published example", () => {
  const key = Buffer.from("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "base64");
  const signed = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", at: 1_614_265_330_000, body: '{"test": 2432232314}' };
  expect(webhookHeaders(signed, [key])).toEqual({
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  });
});

test("webhookHeaders: each key verifies, another does not, nor another body", () => {
  const key = fc.uint8Array({ minLength: 24, maxLength: 64 });
  fc.assert(
    fc.property(
      fc.uniqueArray(key, { minLength: 2, maxLength: 4, selector: String }),
      fc.string(),
      ([other, ...keys], body) => {
        const headers = webhookHeaders({ id: "msg_1", at: 1_700_000_000_123, body }, keys);
        for (const one of keys) expect(isSignedBy(one, headers, body)).toBe(true);
        expect(isSignedBy(other!, headers, body)).toBe(false);
        expect(isSignedBy(keys[0]!, headers, `${body}x`)).toBe(false);
        expect(isSignedBy(keys[0]!, { ...headers, "webhook-id": "msg_2" }, body)).toBe(false);
      },
    ),
  );
});

test("webhookHeaders: without a key there is no signature", () => {
  expect(webhookHeaders({ id: "msg_1", at: 0, body: "" }, [])).not.toHaveProperty("webhook-signature");
});
