import { expect, test } from "vitest";
import { diagnose } from "../diagnose.ts";

const ZONE = "zones: { gtm.example.com: { nameservers: [ns.example.net] } }";

test.for<[behaviour: string, text: string, lines: readonly string[]]>([
  [
    "all that is well",
    `
monitors:
  a: { protocol: exec, command: [/bin/true, "%{host}", "%{profile}/%{endpoint}", "%%{http_code}", "100 %"] }
  b: { protocol: exec, port: 8080, command: [/bin/true, "%{port}"] }
  c: { protocol: prometheus, url: http://p.example, expression: 'a{i="%{host}"}', above: 1, below: 2 }
  d: { protocol: push }
`,
    [],
  ],
  [
    "arguments that no program can be given",
    `
monitors:
  a: { protocol: exec, command: [/bin/true, "a\\0b"] }
`,
    [
      'demo.yaml:4:45 monitors.a.command[1]: not an argument of a program, found "a\\u0000b", wanted at most 4096 characters without NUL',
    ],
  ],
  [
    "a program without its path",
    `
monitors:
  a: { protocol: exec, command: [check, /x] }
  b: { protocol: exec, command: [./check] }
`,
    [
      'demo.yaml:4:34 monitors.a.command[0]: not the path of a program, found "check", wanted one that begins with /: no folder is searched',
      'demo.yaml:5:34 monitors.b.command[0]: not the path of a program, found "./check", wanted one that begins with /: no folder is searched',
    ],
  ],
  [
    "placeholders that there are not",
    `
monitors:
  a: { protocol: exec, command: [/bin/true, "%{hots}", "%{host"] }
  b: { protocol: prometheus, url: http://p.example, expression: 'up{a="%{}"}' }
`,
    [
      'demo.yaml:4:45 monitors.a.command[1]: nothing is known to stand for %{hots}, found "%{hots}", wanted %{host}, %{port}, %{profile}, %{endpoint}, or %%{ for %{ itself',
      'demo.yaml:4:56 monitors.a.command[2]: nothing is known to stand for %{host, found "%{host", wanted %{host}, %{port}, %{profile}, %{endpoint}, or %%{ for %{ itself',
      'demo.yaml:5:65 monitors.b.expression: nothing is known to stand for %{}, found "up{a=\\"%{}\\"}", wanted %{host}, %{port}, %{profile}, %{endpoint}, or %%{ for %{ itself',
    ],
  ],
  [
    "a port that is asked for and not there",
    `
monitors:
  a: { protocol: exec, command: [/bin/true, "%{port}"] }
`,
    ["demo.yaml:4:3 monitors.a.port: missing key, found nothing, wanted port, for which %{port} stands"],
  ],
  [
    "a port that nobody asks for",
    `
monitors:
  a: { protocol: push, port: 80 }
  b: { protocol: icmp, port: 80 }
`,
    [
      "demo.yaml:4:24 monitors.a.port: port means nothing for protocol push, found 80, wanted no port",
      "demo.yaml:5:24 monitors.b.port: port means nothing for protocol icmp, found 80, wanted no port",
    ],
  ],
  [
    "bounds between which nothing is",
    `
monitors:
  a: { protocol: prometheus, url: http://p.example, expression: up, above: 3, below: 3 }
`,
    ["demo.yaml:4:76 monitors.a.above: no value is above the one and below the other, found 3, wanted less than 3"],
  ],
])("monitors: %s", ([, text, lines]) => {
  expect(diagnose(`\n${ZONE}${text}`)).toEqual(lines);
});
