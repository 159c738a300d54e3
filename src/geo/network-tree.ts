/** Configured networks as a binary tree beside the databases' own: its marks cut leaves and carry own locations. */
import type { IpPrefix } from "../shared/ip-address.ts";
import { IPV4_INSIDE } from "../shared/ipv4-forms.ts";
import type { Location } from "../routing/snapshot.ts";

/** A tree of networks. Each has a mark of its own; mark 0 is "in no configured network". */
export interface NetworkTree {
  /** The number of nodes. */
  readonly size: number;
  /** The number of marks, that of no network included. */
  readonly marks: number;
  readonly root: (family: 4 | 6) => number;
  /** The node one bit deeper; undefined where nothing configured lies beneath. */
  readonly child: (node: number, bit: 0 | 1) => number | undefined;
  /** The mark set at this very node. */
  readonly mark: (node: number) => number | undefined;
  /** What the network of a mark says of its clients' place; undefined where it only cuts. */
  readonly location: (mark: number) => Location | undefined;
  /** Whether addresses from this node on are looked up as the IPv4 address inside: nothing beneath is ever asked for. */
  readonly isIpv4Inside: (node: number) => boolean;
}

export interface MarkedNetwork {
  readonly prefix: IpPrefix;
  readonly location: Location | undefined;
}

interface Node {
  readonly children: [number | undefined, number | undefined];
  mark: number | undefined;
  isIpv4Inside: boolean;
}

export function networkTree(networks: readonly MarkedNetwork[]): NetworkTree {
  const nodes: Node[] = [newNode(), newNode()];
  const locations: (Location | undefined)[] = [undefined];
  const root = (family: 4 | 6): number => (family === 4 ? 0 : 1);
  const nodeOf = ({ address, length }: IpPrefix): Node => {
    let at = root(address.family);
    for (let depth = 0; depth < length; depth++) {
      const bit = ((address.octets[depth >> 3]! >> (7 - (depth & 7))) & 1) as 0 | 1;
      at = nodes[at]!.children[bit] ??= nodes.push(newNode()) - 1;
    }
    return nodes[at]!;
  };
  for (const { prefix, location } of networks) {
    const node = nodeOf(prefix);
    // The same network may be cut for a profile and known as an own network: one mark, and the location stays.
    const mark = (node.mark ??= locations.push(undefined) - 1);
    locations[mark] ??= location;
  }
  for (const prefix of IPV4_INSIDE) nodeOf(prefix).isIpv4Inside = true;
  return {
    size: nodes.length,
    marks: locations.length,
    root,
    child: (node, bit) => nodes[node]!.children[bit],
    mark: (node) => nodes[node]!.mark,
    location: (mark) => locations[mark],
    isIpv4Inside: (node) => nodes[node]!.isIpv4Inside,
  };
}

function newNode(): Node {
  return { children: [undefined, undefined], mark: undefined, isIpv4Inside: false };
}
