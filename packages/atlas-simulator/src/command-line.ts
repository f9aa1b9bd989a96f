import { parseArgs } from "node:util"
import { ownerKey } from "#auth/demo-credentials.ts"
import { isSpeed } from "#world/clock.ts"
import { isScenario, scenarios, type Scenario } from "#world/world.ts"

/** The parsed command; `problem` is a sentence for the person who typed it. */
export type Command =
  | {
      kind: "run"
      port: number
      awsPort: number
      publicKey: string
      privateKey: string
      speed: number
      pace: number
      scenario: Scenario | null
      dataFile: string | null
    }
  | { kind: "help" }
  | { kind: "refuse"; problem: string }

/** The text of `--help`. */
export const helpText = `A stand-in for the MongoDB Atlas Administration API, for network peering.

Usage: pnpm simulator [options]

  --port <number>         port on 127.0.0.1 (8081); 0 picks a free one
  --aws-port <number>     port of the stand-in for AWS's EC2 and STS (0)
  --public-key <text>     public key of the organisation's owner (${ownerKey.publicKey})
  --private-key <text>    its private key (${ownerKey.privateKey})
  --speed <number>        simulated seconds per real second (1); 0 stops time
  --pace <number>         divides how long Atlas's own steps take (1); the 7 days of AWS stay
  --scenario <name>       ${scenarios.join(", ")} (demo)
  --data-file <path>      keep the world in this file over restarts (default: in memory only);
                          an existing file overrides --scenario
  --help                  this text

Once it answers, its first line of output is "listening on http://127.0.0.1:<port>".
The default keys are made up and work with this simulator only.
Play the network owner in a browser at http://127.0.0.1:8081/simulator, or by requests below
that path: see packages/atlas-simulator/README.md.
`

const refuse = (problem: string): Command => ({ kind: "refuse", problem })

/** Parses the arguments that follow the script's name. */
export function parseCommand(args: readonly string[]): Command {
  let values
  try {
    // pnpm passes the separator on, and it would turn every option into a positional argument.
    ;({ values } = parseArgs({
      args: args[0] === "--" ? args.slice(1) : [...args],
      options: {
        port: { type: "string", default: "8081" },
        "aws-port": { type: "string", default: "0" },
        "public-key": { type: "string", default: ownerKey.publicKey },
        "private-key": { type: "string", default: ownerKey.privateKey },
        speed: { type: "string", default: "1" },
        pace: { type: "string", default: "1" },
        scenario: { type: "string" },
        "data-file": { type: "string" },
        help: { type: "boolean", default: false },
      },
    }))
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error))
  }
  if (values.help) return { kind: "help" }
  const { "public-key": publicKey, "private-key": privateKey, "data-file": dataFile = null } = values
  const { scenario = null } = values
  for (const name of ["port", "aws-port"] as const)
    if (!/^\d{1,5}$/.test(values[name]) || Number(values[name]) > 65_535)
      return refuse(`--${name} must be a number from 0 to 65535, not ${values[name]}`)
  const speed = values.speed.trim() === "" ? Number.NaN : Number(values.speed)
  if (!isSpeed(speed)) return refuse(`--speed must be a number from 0 to 1000000, not ${values.speed}`)
  const pace = Number(values.pace)
  if (!(pace >= 1 && pace <= 1_000))
    return refuse(`--pace must be a number from 1 to 1000, not ${values.pace}`)
  if (scenario !== null && !isScenario(scenario))
    return refuse(`--scenario must be one of ${scenarios.join(", ")}, not ${scenario}`)
  // A colon would end the user name in `user:password`, a quote the field in the header.
  if (!/^[^\s:"\\]+$/.test(publicKey))
    return refuse("--public-key must be a word without colon, quote or backslash")
  if (privateKey === "") return refuse("--private-key must not be empty")
  if (dataFile === "") return refuse("--data-file must name a file")
  const ports = { port: Number(values.port), awsPort: Number(values["aws-port"]) }
  return { kind: "run", ...ports, publicKey, privateKey, speed, pace, scenario, dataFile }
}
