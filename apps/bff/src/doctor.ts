import { parseArgs } from "node:util"
import { toCount } from "@peering-desk/peering-rules"
import { systemClock } from "#base/clock.ts"
import { createLogger } from "#base/logger.ts"
import { examine } from "#doctor/examine.ts"
import { bad, formatFindings, good, toExitStatus, unchecked, type Finding } from "#doctor/finding.ts"
import { startTestSignIn } from "#doctor/test-sign-in.ts"
import { createRuleBook } from "#sign-in/access-rules.ts"
import { createOidcClient } from "#sign-in/provider/oidc-client.ts"
import { readStartConfig, type Config } from "./config.ts"

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Returns whether a sign-in is tried too. */
function readFlags(): boolean {
  // pnpm passes on the two hyphens before them.
  const args = process.argv.slice(2).filter((arg) => arg !== "--")
  try {
    return parseArgs({ args, options: { "sign-in": { type: "boolean", default: false } } }).values["sign-in"]
  } catch (error) {
    print(
      `BAD  options: ${error instanceof Error ? error.message : String(error)}. There are --sign-in and, with pnpm doctor, --verify-atlas.`,
    )
    process.exit(1)
  }
}

function readConfigOrExit(): Config {
  try {
    return readStartConfig(process.env)
  } catch (error) {
    print(`BAD  configuration: ${error instanceof Error ? error.message : String(error)}`)
    process.exit(1)
  }
}

const triesSignIn = readFlags()
const config = readConfigOrExit()
const { signIn, publicUrl, host, port } = config
const ruleBook = createRuleBook(signIn.accessRules)
const oidc = createOidcClient({ ...signIn, publicUrl }, systemClock, () => ruleBook.claimNames())

async function testSignIn(): Promise<Finding> {
  if (!triesSignIn)
    return unchecked(
      "sign-in",
      "what the provider says of a person was not checked.",
      "Stop the server, run this again with --sign-in, and open the link it prints.",
    )
  try {
    const { goTo, finding } = await startTestSignIn({ oidc, ruleBook, host, port })
    print(`Open this link, and sign in:\n${goTo}`)
    return await finding
  } catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException
    if (code === "EADDRINUSE")
      return bad("sign-in", `port ${port} is in use.`, "Stop the server for the test.")
    if (syscall === "listen") return bad("sign-in", `nothing can listen: ${message}.`, "See HOST and PORT.")
    return bad("sign-in", "no sign-in can begin; see identity provider.", "See above.")
  }
}

const rules = signIn.accessRules.rules.length
const configuration: Finding[] =
  config.warnings.length === 0
    ? [good("configuration", `it can be read, with ${toCount(rules, "access rule")}.`)]
    : config.warnings.map((says) => ({ about: "configuration", is: "warning", says }))
print(formatFindings(configuration))
const findings = await examine({ ...config, issuer: signIn.issuer, oidc }, createLogger("silent"))
print(formatFindings(findings))
const last = await testSignIn()
print(formatFindings([last]))
process.exitCode = toExitStatus([...findings, last])
