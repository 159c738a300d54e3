/** Lines over time as an SVG: two axes with labels, each line with its name at its end. Light and dark pages alike. */

export interface PlotLine {
  readonly name: string;
  readonly colour: string;
  /** In the order of time. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface PlotOptions {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly lines: readonly PlotLine[];
}

const WIDTH = 760;
const HEIGHT = 320;
/** Room around the lines for titles and labels. */
const MARGIN = { left: 64, right: 150, top: 40, bottom: 48 };
const TICKS = 5;
/** From one line of text to the next. */
const LINE = 14;

export function plot({ title, x, y, lines }: PlotOptions): string {
  const points = lines.flatMap((line) => line.points);
  const mostX = Math.max(...points.map(([at]) => at));
  const mostY = roundUp(Math.max(...points.map(([, value]) => value)));
  const left = (at: number): number => MARGIN.left + (at / mostX) * (WIDTH - MARGIN.left - MARGIN.right);
  const top = (value: number): number =>
    HEIGHT - MARGIN.bottom - (value / mostY) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  const ticks = Array.from({ length: TICKS + 1 }, (_, i) => i / TICKS);
  const grid = ticks.flatMap((share) => {
    const [atX, atY] = [share * mostX, share * mostY];
    return [
      `<path d="M${MARGIN.left} ${pixel(top(atY))}H${WIDTH - MARGIN.right}" stroke="#8884"/>`,
      text(MARGIN.left - 8, top(atY) + 4, shortNumber(atY), "end"),
      text(left(atX), HEIGHT - MARGIN.bottom + 18, shortNumber(atX), "middle"),
    ];
  });
  /** Where names are already: lines that end together have theirs one above the other. */
  const taken: number[] = [];
  const free = (at: number): number => {
    const other = taken.find((one) => Math.abs(one - at) < LINE);
    if (other !== undefined) return free(other - LINE);
    taken.push(at);
    return at;
  };
  const drawn = lines.flatMap((line) => {
    const path = line.points.map(([at, value]) => `${pixel(left(at))} ${pixel(top(value))}`).join("L");
    const [lastX, lastY] = line.points.at(-1) ?? [0, 0];
    return [
      `<path d="M${path}" fill="none" stroke="${line.colour}" stroke-width="1.5"/>`,
      text(left(lastX) + 8, free(top(lastY) + 4), line.name, "start", line.colour),
    ];
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">
${text(MARGIN.left, 20, title, "start")}
${text((MARGIN.left + WIDTH - MARGIN.right) / 2, HEIGHT - 10, x, "middle")}
<g transform="rotate(-90 16 ${HEIGHT / 2})">${text(16, HEIGHT / 2, y, "middle")}</g>
${[...grid, ...drawn].join("\n")}
</svg>
`;
}

function text(x: number, y: number, words: string, anchor: "start" | "middle" | "end", colour = "#888"): string {
  const plain = words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<text x="${pixel(x)}" y="${pixel(y)}" text-anchor="${anchor}" fill="${colour}">${plain}</text>`;
}

const pixel = (value: number): string => value.toFixed(1);
const shortNumber = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: 1 });

/** The next number that divides well into ticks: 1, 1.5, 2, 2.5, 3, 4, 5, 7.5 or 10 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, Number.MIN_VALUE)));
  return (STEPS.find((step) => value <= step * power) ?? 10) * power;
}

const STEPS = [1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10];
