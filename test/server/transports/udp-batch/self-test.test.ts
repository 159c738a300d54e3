import { describe, expect, test } from "vitest";
import { loadLibc, type Libc } from "../../../../src/system/libc.ts";
import { loadTestedLibc } from "../../../../src/server/transports/udp-batch/self-test.ts";

const SO_REUSEPORT = 15;
const ENOSYS = 38;
const ENOPROTOOPT = 92;
const HEADER = 64;

const real = loadLibc();

/** What the self-test says of a libc on Linux. */
function tested(load: () => Libc): string {
  const result = loadTestedLibc({ platform: "linux", arch: "x64", load });
  return result.ok ? "ok" : result.error;
}

/** The running system with the memory of messages changed behind its back, as if its structures were other ones. */
function shifted(change: (header: Uint8Array, memoryAt: (address: bigint) => Uint8Array) => void): Libc {
  const arrays = new Map<bigint, Uint8Array>();
  const memoryAt = (address: bigint): Uint8Array => {
    for (const [base, octets] of arrays) {
      const offset = Number(address - base);
      if (offset >= 0 && offset < octets.length) return octets.subarray(offset);
    }
    throw new Error(`nothing at ${address}`);
  };
  return {
    ...real,
    addressOf(octets) {
      const address = real.addressOf(octets);
      arrays.set(address, octets);
      return address;
    },
    recvmmsg(fd, headers, count, flags, timeout) {
      const received = real.recvmmsg(fd, headers, count, flags, timeout);
      for (let i = 0; i < received; i++) change(headers.subarray(i * HEADER, (i + 1) * HEADER), memoryAt);
      return received;
    },
  };
}

const pointer = (header: Uint8Array, at: number): bigint =>
  new DataView(header.buffer, header.byteOffset).getBigUint64(at, true);

describe("loadTestedLibc", () => {
  test("finds nothing wrong with a Linux that we support", () => {
    expect(loadTestedLibc()).toMatchObject({ ok: true });
    for (const arch of ["x64", "arm64"] as const) {
      expect(loadTestedLibc({ platform: "linux", arch, load: () => real })).toMatchObject({ ok: true });
    }
  });

  test.for([
    ["darwin", "arm64", "not available on darwin"],
    ["win32", "x64", "not available on win32"],
    ["linux", "ia32", "not available on ia32"],
    ["linux", "s390x", "not available on s390x"],
  ] as const)("does not even load koffi on %s %s", ([platform, arch, reason]) => {
    const load = (): Libc => {
      throw new Error("loaded");
    };
    expect(loadTestedLibc({ platform, arch, load })).toEqual({ ok: false, error: reason });
  });

  test("tells in one line why koffi does not load", () => {
    const load = (): Libc => {
      throw new Error("cannot open shared object file\nRequire stack: …");
    };
    expect(tested(load)).toBe("koffi does not load: cannot open shared object file");
  });
});

describe("the self-test finds", () => {
  test.for([
    [
      "the length of a message elsewhere",
      shifted((header) => header.copyWithin(60, 56, 60).fill(0, 56, 60)),
      /datagram 0 of 12 octets came as 0/,
    ],
    [
      "a family of one octet behind a length, as BSD has it",
      shifted((header, memoryAt) => memoryAt(pointer(header, 0)).set([16, 2])),
      /peer address/,
    ],
    [
      "the peer's port elsewhere",
      shifted((header, memoryAt) => memoryAt(pointer(header, 0)).copyWithin(4, 2, 8).fill(0, 2, 4)),
      /peer port/,
    ],
    [
      "the peer's address elsewhere",
      shifted((header, memoryAt) => memoryAt(pointer(header, 0)).copyWithin(8, 4, 8).fill(0, 4, 8)),
      /peer address 0/,
    ],
    [
      "control data elsewhere",
      shifted((header, memoryAt) => {
        if (pointer(header, 32) !== 0n) memoryAt(pointer(header, 32)).copyWithin(4, 0, 32).fill(0, 0, 4);
      }),
      /local address 0/,
    ],
    [
      "packets elsewhere",
      shifted((header, memoryAt) => {
        const vector = memoryAt(pointer(header, 16));
        memoryAt(pointer(vector, 0)).copyWithin(2, 0, 1232).fill(0, 0, 2);
      }),
      /datagram 0 of 12 octets/,
    ],
    [
      "headers of another size where it sends",
      { ...real, sendmmsg: (fd, headers, count, flags) => real.sendmmsg(fd, headers.subarray(8), count, flags) },
      /sendmmsg gave -1/,
    ],
    [
      "headers of another size where it receives",
      {
        ...real,
        recvmmsg: (fd, headers, count, flags, timeout) => real.recvmmsg(fd, headers.subarray(8), count, flags, timeout),
      },
      /recvmmsg gave -1/,
    ],
    [
      "a system call that a sandbox refuses",
      { ...real, recvmmsg: () => -1, errno: () => ENOSYS },
      /recvmmsg gave -1 \(ENOSYS\)/,
    ],
    [
      "a kernel that refuses SO_REUSEPORT",
      {
        ...real,
        setsockopt: (fd, level, name, value, length) =>
          name === SO_REUSEPORT ? -1 : real.setsockopt(fd, level, name, value, length),
        errno: () => ENOPROTOOPT,
      },
      /ENOPROTOOPT/,
    ],
  ] satisfies [string, Libc, RegExp][])("%s", ([, libc, reason]) => {
    const failure = tested(() => libc);
    expect(failure).toMatch(/^self-test failed: /);
    expect(failure).toMatch(reason);
  });

  test("what is wrong without leaving a socket open", () => {
    const open = new Set<number>();
    tested(() => ({
      ...real,
      socket(domain, type, protocol) {
        const fd = real.socket(domain, type, protocol);
        open.add(fd);
        return fd;
      },
      close(fd) {
        open.delete(fd);
        return real.close(fd);
      },
      recvmmsg: () => 0,
    }));
    expect(open).toEqual(new Set());
  });
});
