import { helpText, parseCommand } from "./command-line.ts"
import { createDemoKeys } from "./demo-credentials.ts"
import { createSimulator } from "./simulator.ts"

function fail(problem: string, status: number): never {
  process.stderr.write(`simulator: ${problem}\n`)
  process.exit(status)
}

const command = parseCommand(process.argv.slice(2))
if (command.kind === "refuse") fail(`${command.problem}\nTry --help.`, 2)
if (command.kind === "help") {
  process.stdout.write(helpText)
  process.exit(0)
}

const { port, speed, scenario, publicKey, privateKey } = command
const simulator = createSimulator({ speed, scenario, keys: createDemoKeys({ publicKey, privateKey }) })

try {
  const { origin } = await simulator.listen({ port })
  process.stdout.write(
    `Atlas simulator at ${origin} (scenario ${scenario}, speed ${speed}), public key ${publicKey}\n`,
  )
} catch (error) {
  const code = error instanceof Error && "code" in error ? error.code : undefined
  if (code === "EADDRINUSE") fail(`port ${port} is in use; choose another with --port`, 1)
  if (code === "EACCES") fail(`port ${port} may not be used by this user; choose another with --port`, 1)
  throw error
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    void simulator.close().then(() => process.exit(0))
  })
}
