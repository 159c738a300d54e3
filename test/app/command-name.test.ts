import { expect, test } from "vitest";
import { callerFolder, commandName } from "../../src/app/command-name.ts";

const inPackage = (script: string) => ({ npm_lifecycle_event: script, npm_package_name: "geosteer" });

test.for<[how: string, env: Record<string, string>, file: string, command: string]>([
  ["npm run -s geosteer --", inPackage("geosteer"), "/src/geosteer/src/cli/main.ts", "npm run -s geosteer --"],
  ["npm start", inPackage("start"), "/src/geosteer/src/cli/main.ts", "npm run -s geosteer --"],
  ["npx geosteer", { npm_lifecycle_event: "npx" }, "/home/a/.npm/_npx/1/node_modules/.bin/geosteer", "npx geosteer"],
  ["geosteer, installed", {}, "/usr/local/bin/geosteer", "geosteer"],
  [
    "a script of another package",
    { npm_lifecycle_event: "dns", npm_package_name: "shop" },
    "/shop/node_modules/.bin/geosteer",
    "geosteer",
  ],
  ["node, in a container", {}, "/app/dist/cli/main.js", "node /app/dist/cli/main.js"],
  ["node, in a checkout", {}, "/src/geosteer/src/cli/main.ts", "node /src/geosteer/src/cli/main.ts"],
])("commandName: %s", ([, env, file, command]) => {
  expect(commandName({ env, argv: ["/usr/bin/node", file, "serve"] })).toBe(command);
});

test("callerFolder: npm runs scripts in the folder of their package, not in that of their caller", () => {
  const ran = { INIT_CWD: "/etc/geosteer" };
  expect(callerFolder({ env: { ...inPackage("geosteer"), ...ran } })).toBe("/etc/geosteer");
  expect(callerFolder({ env: { ...inPackage("start"), ...ran } })).toBeUndefined();
  expect(callerFolder({ env: { npm_lifecycle_event: "geosteer", npm_package_name: "shop", ...ran } })).toBeUndefined();
  expect(callerFolder({ env: ran })).toBeUndefined();
});
