import { describe, expect, test } from "vitest";
import { followRedirect, isRedirect } from "../../../src/health/probes/http-redirect.ts";
import type { HttpRequest } from "../../../src/health/probes/http-message.ts";

const get: HttpRequest = {
  method: "GET",
  scheme: "http",
  authority: "shop.example.com",
  path: "/a/b?c",
  headers: { accept: "*/*" },
  body: "",
};

function follow(location: string, request: Partial<HttpRequest> = {}, port = 80, status = 302) {
  const fields = new Map([["location", location]]);
  return followRedirect({ request: { ...get, ...request }, port }, { status, fields });
}

describe("followRedirect", () => {
  test.for<[location: string, request: Partial<HttpRequest>, port: number, to: string]>([
    ["/c", {}, 80, "http://shop.example.com:80/c"],
    ["d?e#f", {}, 80, "http://shop.example.com:80/a/d?e"],
    ["", {}, 80, "http://shop.example.com:80/a/b?c"],
    ["//SHOP.example.com/x", {}, 80, "http://shop.example.com:80/x"],
    ["https://shop.example.com/", {}, 80, "https://shop.example.com:443/"],
    ["https://shop.example.com/", { authority: "shop.example.com:8080" }, 8080, "https://shop.example.com:443/"],
    ["https://user:secret@shop.example.com/", {}, 80, "https://shop.example.com:443/"],
    [
      "http://shop.example.com:8080/x",
      { authority: "shop.example.com:8080" },
      8080,
      "http://shop.example.com:8080:8080/x",
    ],
    // The port that is probed stands for the one in the Host header, and may itself be told.
    ["http://shop.example.com/x", {}, 8080, "http://shop.example.com:8080/x"],
    ["http://shop.example.com:8080/x", {}, 8080, "http://shop.example.com:8080:8080/x"],
    ["http://[::1]/x y", { authority: "[::1]" }, 80, "http://[::1]:80/x%20y"],
  ])("%s of %j at port %d leads to %s", ([location, request, port, to]) => {
    const followed = follow(location, request, port);
    if (!followed.ok) throw new Error(followed.error);
    const { scheme, authority, path } = followed.value.request;
    expect(`${scheme}://${authority}:${followed.value.port}${path}`).toBe(to);
  });

  test.for<[location: string, request: Partial<HttpRequest>, error: string]>([
    ["http://blog.example.com/", {}, "to another host"],
    ["http://shop.example.com.evil.example/", {}, "to another host"],
    ["//127.0.0.1/", {}, "to another host"],
    ["http://shop.example.com:22/", {}, "to another port"],
    ["https://shop.example.com:8443/", {}, "to another port"],
    ["http://shop.example.com/", { scheme: "https" }, "from https to http"],
    ["ftp://shop.example.com/", {}, "to what is no URL of HTTP"],
    ["javascript:alert(1)", {}, "to what is no URL of HTTP"],
    ["http://", {}, "to what is no URL of HTTP"],
  ])("%s of %j does not lead on", ([location, request, error]) => {
    expect(follow(location, request)).toEqual({ ok: false, error });
  });

  test.for([
    [301, "GET"],
    [302, "GET"],
    [303, "GET"],
    [307, "POST"],
    [308, "POST"],
  ] as const)("a POST goes on after %d as %s", ([status, method]) => {
    const headers = { "content-length": "2", "content-type": "text/plain", "x-token": "t" };
    expect(follow("/c", { method: "POST", headers, body: "hi" }, 80, status)).toMatchObject({
      ok: true,
      value: { request: { method, headers: method === "GET" ? { "x-token": "t" } : headers } },
    });
  });

  test("a HEAD stays one", () => {
    expect(follow("/c", { method: "HEAD" }, 80, 303)).toMatchObject({
      ok: true,
      value: { request: { method: "HEAD" } },
    });
  });
});

describe("isRedirect", () => {
  test.for([
    [302, { location: "/" }, true],
    [302, {}, false],
    [300, { location: "/" }, false],
    [304, { location: "/" }, false],
    [200, { location: "/" }, false],
  ] as const)("%d with %j: %s", ([status, fields, expected]) => {
    expect(isRedirect({ status, fields: new Map(Object.entries(fields)) })).toBe(expected);
  });
});
