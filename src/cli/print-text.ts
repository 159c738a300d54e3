/** Text on standard output. Who reads it may have had enough (`| head`): that is no failure. */
export function printText(text: string): void {
  process.stdout.once("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  process.stdout.write(text);
}
