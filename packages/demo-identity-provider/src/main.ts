import { helpText, parseCommand } from "./command-line.ts"
import { createDemoIdentityProvider } from "./demo-identity-provider.ts"
import { demoPersonas } from "./personas.ts"
import { createSigningKeys, loadSigningKeys } from "./signing-keys.ts"

function complain(problem: string): void {
  process.stderr.write(`demo identity provider: ${problem}\n`)
}

function fail(problem: string, status: number): never {
  complain(problem)
  process.exit(status)
}

const command = parseCommand(process.argv.slice(2))
if (command.kind === "refuse") fail(`${command.problem}\nTry --help.`, 2)
if (command.kind === "help") {
  process.stdout.write(helpText)
  process.exit(0)
}

const { port, client, keysFile } = command
const keys = await (keysFile === null ? createSigningKeys() : loadSigningKeys(keysFile)).catch(
  (error: unknown) => fail(`the keys file can't be used: ${String(error)}`, 1),
)
const provider = createDemoIdentityProvider({ client, keys, onProblem: complain, refreshTokens: true })

try {
  const { issuer } = await provider.listen({ port })
  const names = demoPersonas.map(({ name }) => name.split(" ")[0])
  process.stdout.write(`listening on ${issuer}\ndemo identity provider with ${names.join(", ")}\n`)
} catch (error) {
  const code = error instanceof Error && "code" in error ? error.code : undefined
  if (code === "EADDRINUSE") fail(`port ${port} is in use; choose another with --port`, 1)
  if (code === "EACCES") fail(`port ${port} may not be used by this user; choose another with --port`, 1)
  fail(error instanceof Error ? error.message : String(error), 1)
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    void provider.close().then(() => process.exit(0))
  })
}
