/** What a text is laid out for: how wide, and whether in colours. */
import type { WriteStream } from "node:tty";
import { styleText } from "node:util";

export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

export interface Screen {
  /** Columns; undefined = as many as the text wants. */
  readonly width: number | undefined;
  readonly paint: Paint;
}

/** A terminal has a width and, unless `NO_COLOR` is set, colours; a pipe or a file has neither. */
export function screenOf(stream: Pick<WriteStream, "columns" | "isTTY"> & NodeJS.WritableStream): Screen {
  return {
    width: stream.isTTY ? stream.columns : undefined,
    paint: (style, text) => styleText(style, text, { stream }),
  };
}
