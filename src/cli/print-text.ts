/** Text on standard output and standard error. Who reads it may have had enough (`| head`): that is no failure. */

const watched = new Set<NodeJS.WriteStream>();

/** Resolves when there is room for more. A reader who has had enough ends the process, as it then does nothing more. */
export function printText(text: string): Promise<void> {
  return write(process.stdout, text, () => process.exit());
}

export function printJson(value: unknown): Promise<void> {
  return printText(`${JSON.stringify(value, null, 2)}\n`);
}

/** What goes beside the output: nobody need read it. */
export function printAside(text: string): void {
  void write(process.stderr, text, () => {});
}

function write(stream: NodeJS.WriteStream, text: string, onClosed: () => void): Promise<void> {
  if (!watched.has(stream)) {
    watched.add(stream);
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      onClosed();
    });
  }
  if (stream.write(text)) return Promise.resolve();
  return new Promise((resolve) => stream.once("drain", resolve));
}
