/**
 * Where the state file and the control socket lie where the configuration does not say it. Who serves and who asks use the
 * one rule, so a command finds the server of a configuration without being told. Reads no file.
 */
import path from "node:path";

export interface StatePlace {
  /** The configuration's file. */
  readonly configFile: string;
  /** `state.file`; undefined = not written. */
  readonly stateFile: string | undefined;
  /** `$STATE_DIRECTORY`, as systemd sets it for a service: one folder, or several with colons between. */
  readonly stateDirectory: string | undefined;
}

export interface ControlPlace extends StatePlace {
  /** `listen.control`; undefined = not written. */
  readonly control: string | undefined;
}

/** What a key has that wants no file. */
const OFF = "off";

/** The path of the state file; undefined = there is to be none. */
export function stateFilePath(place: StatePlace): string | undefined {
  return place.stateFile === OFF ? undefined : stateFileOrDefault(place);
}

/** The path of the control socket; undefined = there is to be none. Without a state file it lies where that would. */
export function controlPath({ control, ...place }: ControlPlace): string | undefined {
  if (control === OFF) return undefined;
  if (control !== undefined) return path.resolve(path.dirname(place.configFile), control);
  return path.join(path.dirname(stateFileOrDefault(place)), "control.sock");
}

function stateFileOrDefault({ configFile, stateFile, stateDirectory }: StatePlace): string {
  const beside = path.dirname(path.resolve(configFile));
  if (stateFile !== undefined && stateFile !== OFF) return path.resolve(beside, stateFile);
  const folder = stateDirectory?.split(":").find(Boolean);
  return path.join(folder ?? beside, "geosteer.db");
}
