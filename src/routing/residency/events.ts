/**
 * Events: sets of states of health, as reduced ordered binary decision diagrams (Bryant, "Graph-Based Algorithms for
 * Boolean Function Manipulation", IEEE Transactions on Computers C-35, 1986). Equal events are equal numbers, so "can it
 * ever happen" is one comparison, however many states there are.
 *
 * A variable is one thing that is up or not. The one with the smallest number is at the top. Work and memory are bounded:
 * who asks for more is told so by `isSpent`, and what he has been given since then means nothing.
 */

/** The number of a node. */
export type Event = number;

export const NEVER: Event = 0;
export const ALWAYS: Event = 1;

export interface Events {
  /** That the variable is up. */
  readonly isUp: (variable: number) => Event;
  readonly and: (a: Event, b: Event) => Event;
  readonly or: (a: Event, b: Event) => Event;
  readonly not: (a: Event) => Event;
  /** That one of them happens. */
  readonly any: (events: readonly Event[]) => Event;
  /** That at least so many of them happen. */
  readonly atLeast: (count: number, events: readonly Event[]) => Event;
  /** Variables that are down in a state of the event: as few as there may be. Undefined: it never happens. */
  readonly fewestDown: (event: Event) => readonly number[] | undefined;
  /** Whether more was asked for than the budget allows. */
  readonly isSpent: () => boolean;
  /** Steps that were taken. */
  readonly steps: () => number;
}

/** Of one diagram: nodes of 12 octets and as much again in tables; steps of about 0.1 µs. */
export interface EventBudget {
  readonly nodes: number;
  readonly steps: number;
}

export const EVENT_BUDGET: EventBudget = { nodes: 2 ** 17, steps: 2 ** 19 };

/** Variables and nodes are part of one number each, which must be exact: 2^13 × 2^20 × 2^20. */
const MOST_VARIABLES = 2 ** 13;
const NODE = 2 ** 20;

export function createEvents(budget: EventBudget = EVENT_BUDGET): Events {
  // NEVER and ALWAYS stand below all variables.
  const variables: number[] = [MOST_VARIABLES, MOST_VARIABLES];
  const whenDown: Event[] = [NEVER, ALWAYS];
  const whenUp: Event[] = [NEVER, ALWAYS];
  const nodes = new Map<number, Event>();
  const ands = new Map<number, Event>();
  const nots = new Map<Event, Event>();
  const mostNodes = Math.min(budget.nodes, NODE);
  let steps = 0;
  let spent = false;

  const node = (variable: number, down: Event, up: Event): Event => {
    if (down === up) return down;
    const key = (variable * NODE + down) * NODE + up;
    const known = nodes.get(key);
    if (known !== undefined) return known;
    if (variables.length >= mostNodes) {
      spent = true;
      return NEVER;
    }
    nodes.set(key, variables.length);
    variables.push(variable);
    whenDown.push(down);
    whenUp.push(up);
    return variables.length - 1;
  };
  const step = (): void => {
    if (++steps > budget.steps) spent = true;
  };

  const and = (a: Event, b: Event): Event => {
    if (a === b || b === ALWAYS) return a;
    if (a === ALWAYS) return b;
    if (a === NEVER || b === NEVER || spent) return NEVER;
    const key = a < b ? a * NODE + b : b * NODE + a;
    let found = ands.get(key);
    if (found === undefined) {
      step();
      const variable = Math.min(variables[a]!, variables[b]!);
      const [downA, upA] = halves(a, variable);
      const [downB, upB] = halves(b, variable);
      found = node(variable, and(downA, downB), and(upA, upB));
      ands.set(key, found);
    }
    return found;
  };
  const halves = (event: Event, variable: number): readonly [down: Event, up: Event] =>
    variables[event] === variable ? [whenDown[event]!, whenUp[event]!] : [event, event];
  const not = (a: Event): Event => {
    if (a <= ALWAYS) return ALWAYS - a;
    if (spent) return NEVER;
    let found = nots.get(a);
    if (found === undefined) {
      step();
      found = node(variables[a]!, not(whenDown[a]!), not(whenUp[a]!));
      nots.set(a, found);
      nots.set(found, a);
    }
    return found;
  };
  const or = (a: Event, b: Event): Event => not(and(not(a), not(b)));

  const atLeast = (count: number, events: readonly Event[]): Event => {
    if (count > events.length) return NEVER;
    // By how many are still wanted: whether those of the events that were looked at suffice. From the last to the first.
    let suffices: Event[] = Array.from({ length: count + 1 }, (_, wanted) => (wanted === 0 ? ALWAYS : NEVER));
    for (const event of events) {
      suffices = suffices.map((without, wanted) =>
        wanted === 0 ? ALWAYS : or(without, and(event, suffices[wanted - 1]!)),
      );
      if (spent) return NEVER;
    }
    return suffices[count]!;
  };

  /** By event: how many are down at least, in a state of it. */
  const fewest = new Map<Event, number>([
    [NEVER, Infinity],
    [ALWAYS, 0],
  ]);
  const fewestOf = (event: Event): number => {
    let found = fewest.get(event);
    if (found === undefined) {
      found = Math.min(1 + fewestOf(whenDown[event]!), fewestOf(whenUp[event]!));
      fewest.set(event, found);
    }
    return found;
  };

  return {
    isUp: (variable) => {
      if (variable >= MOST_VARIABLES) spent = true;
      return spent ? NEVER : node(variable, NEVER, ALWAYS);
    },
    and,
    or,
    not,
    any: (events) => events.reduce(or, NEVER),
    atLeast,
    fewestDown(event) {
      if (event === NEVER) return undefined;
      const down: number[] = [];
      for (let at = event; at !== ALWAYS;) {
        if (fewestOf(whenUp[at]!) <= 1 + fewestOf(whenDown[at]!)) at = whenUp[at]!;
        else {
          down.push(variables[at]!);
          at = whenDown[at]!;
        }
      }
      return down;
    },
    isSpent: () => spent,
    steps: () => steps,
  };
}
