import { existsSync } from "node:fs"
import { createDemoKeys } from "#auth/demo-credentials.ts"
import { serverCredentials } from "#aws/credentials.ts"
import { DataFileError } from "#world/data-file.ts"
import { divideDurations } from "#world/durations.ts"
import { helpText, parseCommand } from "./command-line.ts"
import { createSimulator, type Simulator } from "./simulator.ts"

function fail(problem: string, status: number): never {
  process.stderr.write(`simulator: ${problem}\n`)
  process.exit(status)
}

function failToStart(error: unknown): never {
  if (error instanceof DataFileError) fail(error.message, 1)
  const { code, port } = error instanceof Error ? (error as NodeJS.ErrnoException & { port?: number }) : {}
  const option = port === awsPort ? "--aws-port" : "--port"
  if (code === "EADDRINUSE") fail(`port ${port} is in use; choose another with ${option}`, 1)
  if (code === "EACCES") fail(`port ${port} may not be used by this user; choose another with ${option}`, 1)
  throw error
}

function stopOnSignals(simulator: Simulator): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      simulator.close().then(
        () => process.exit(0),
        (error: unknown) => fail(error instanceof Error ? error.message : String(error), 1),
      )
    })
  }
}

const command = parseCommand(process.argv.slice(2))
if (command.kind === "refuse") fail(`${command.problem}\nTry --help.`, 2)
if (command.kind === "help") {
  process.stdout.write(helpText)
  process.exit(0)
}

const { port, awsPort, speed, pace, publicKey, privateKey, dataFile } = command
try {
  const isResumed = dataFile !== null && existsSync(dataFile)
  const simulator = createSimulator({
    speed,
    durations: divideDurations(pace),
    keys: createDemoKeys({ publicKey, privateKey }, command.scenario),
    ...(command.scenario === null ? {} : { scenario: command.scenario }),
    ...(dataFile === null ? {} : { dataFile }),
  })
  const { origin, awsUrl } = await simulator.listen({ port, awsPort })
  // A caller that reads the first line may stop the process at once, so the signals come before it.
  stopOnSignals(simulator)
  const { scenario, clock } = simulator.state()
  if (command.scenario !== null && command.scenario !== scenario) {
    process.stderr.write(
      `simulator: --scenario ${command.scenario} has no effect, as ${dataFile} holds ${scenario}; delete the file to start over\n`,
    )
  }
  process.stdout.write(
    `listening on ${origin}\nAtlas simulator: scenario ${scenario}, speed ${speed}, public key ${publicKey}\nAWS stand-in: EC2 and STS on ${awsUrl}, access key ${serverCredentials.accessKeyId}\n`,
  )
  if (isResumed) process.stdout.write(`Resumed from ${dataFile} at ${clock.now}.\n`)
} catch (error) {
  failToStart(error)
}
