import type { World } from "#world/world.ts"

/** A call of `aws`, `gcloud` or `az` in a shell that is signed in to an account. */
export type ToolCall = {
  world: World
  /** What comes before the options: `ec2 describe-vpcs`. */
  command: string
  /** Each option by its name without dashes; one that needs no value is empty. */
  options: ReadonlyMap<string, string>
  /** Account, project or subscription that the shell is signed in to. */
  account: string
}

/** A refusal of the cloud, in the words that its tool prints. */
export class ToolError extends RangeError {}

/** Splits arguments to the command and its options, as `--name=value` or `--name value`. */
export function parseArguments(args: readonly string[]): Pick<ToolCall, "command" | "options"> {
  const options = new Map<string, string>()
  const words: string[] = []
  let open: string | null = null
  for (const arg of args) {
    const [, name, value] = /^--([a-z-]+)(?:=(.*))?$/s.exec(arg) ?? []
    if (name !== undefined) {
      options.set(name, value ?? "")
      open = value === undefined ? name : null
    } else if (open === null) words.push(arg)
    else {
      options.set(open, arg)
      open = null
    }
  }
  return { command: words.join(" "), options }
}

/** Returns an option that the command needs. */
export function needOption({ command, options }: ToolCall, name: string): string {
  const value = options.get(name)
  if (value === undefined || value === "") throw new ToolError(`${command} needs --${name}`)
  return value
}

/** Refuses a command that the simulated tool lacks. */
export function refuseCommand(tool: string, { command }: ToolCall): never {
  throw new ToolError(`the simulated ${tool} has no "${command}"`)
}
