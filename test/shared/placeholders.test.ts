import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fillPlaceholders, placeholdersIn } from "../../src/shared/placeholders.ts";

const VALUES = { host: "192.0.2.1", port: "8080", profile: "shop", endpoint: "fra" };

describe("fillPlaceholders", () => {
  test.for([
    ["%{host}:%{port}", "192.0.2.1:8080"],
    ["%{profile}/%{endpoint}%{endpoint}", "shop/frafra"],
    ["100% of {host}", "100% of {host}"],
    ["%%{http_code} of %{host}", "%{http_code} of 192.0.2.1"],
    ["%%%{host}", "%%{host}"],
    ["%{other}", "%{other}"],
    ["%{host", "%{host"],
    ["", ""],
  ] as const)("%s is %s", ([text, filled]) => {
    expect(fillPlaceholders(text, VALUES)).toBe(filled);
  });

  test("a value is quoted once, and is not looked into", () => {
    const values = { ...VALUES, host: "%{port}$&" };
    expect(fillPlaceholders("a %{host}", values, (value) => `<${value}>`)).toBe("a <%{port}$&>");
  });

  test("without placeholders a text stays as it is", () => {
    const plain = fc.string().filter((text) => !text.includes("%{"));
    fc.assert(
      fc.property(plain, (text) => {
        expect(fillPlaceholders(text, VALUES)).toBe(text);
      }),
    );
  });
});

describe("placeholdersIn", () => {
  test.for<[string, readonly string[]]>([
    ["%{host} and %{nohost}", ["%{host}", "%{nohost}"]],
    ["%%{http_code}", []],
    ["%{host", ["%{host"]],
    ["%{}", ["%{}"]],
    ["50 %", []],
  ])("%s has %o", ([text, found]) => {
    expect(placeholdersIn(text)).toEqual(found);
  });
});
