import type { Task } from "#tools/lab/area.ts"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { apiUrls, CreatedApiToken, type CreateApiToken } from "@peering-desk/shared-schemas"
import type { TestingBrowser } from "@peering-desk/demo-identity-provider"
import { findFreePort } from "@peering-desk/test-support/programs"
import { formatCurlExample, readTokenCommand } from "#web/src/features/api-tokens/curl-example.ts"
import { check, expectThat, type Figure } from "#tools/lab/figure.ts"
import { createPeering, projectId, startInstallation } from "./deploy/installation.ts"
import { ask } from "#tools/lab/chaos/client.ts"
import { toCookieHeader } from "#bff/test/support/browser.ts"
import { fromSource, noAtlas, startDesk } from "#tools/lab/desk.ts"
import { makeHome, makeTools, modes, pasteAll, terminals, type Paste } from "./terminal.ts"

/** A command that reads a token, and one that uses it. */
interface Example {
  from: string
  read: string
  call: string
}

/** Follows the example as a person does: pastes it into a shell, with a token, and sees what the server answers. */
export async function checkTokenExample({ work, keep }: Task): Promise<Figure[]> {
  const port = await findFreePort()
  const origin = `http://127.0.0.1:${port}`
  const installation = keep(await startInstallation(origin))
  const environment = {
    ...installation.settings,
    ...installation.secrets,
    PORT: String(port),
    LOG_LEVEL: "info",
  }
  const desk = keep(await startDesk(work, noAtlas, environment, { program: fromSource }))
  const bin = makeTools(work, ["curl", "step"], { curl: 'exec /usr/bin/curl "$@"' })
  const browser = await installation.signIn()
  const id = await createPeering(origin, browser, 1)
  const token = await createToken(origin, browser)
  const examples: Example[] = [
    { from: "docs/scripts.md", ...readScripts(origin) },
    { from: "the page", read: readTokenCommand, call: formatCurlExample(origin, projectId) },
  ]
  const countCalls = () => desk.log().split(`"GET","url":"${apiUrls.peerings(projectId)}"`).length - 1
  const findings: Figure[] = []
  for (const shell of terminals)
    for (const mode of modes)
      for (const { from, read, call } of examples) {
        const paste = (pastes: Paste[]) => {
          const history = join(work, `history-${findings.length}`)
          const home = makeHome(work, bin, { HISTFILE: history, HISTSIZE: "100", SAVEHIST: "100" })
          return pasteAll(pastes, shell, mode, home).then(({ screen }) => ({
            screen,
            calls: home.readCalls(),
            history: readFileSync(history, "utf8"),
          }))
        }
        findings.push(
          await check(`from ${from} in ${shell[0]}, ${mode}`, async () => {
            const before = countCalls()
            const done = await paste([{ text: read, answer: token }, { text: call }])
            expectThat(done.screen.includes(`"id":"${id}"`), `no connection is shown: ${done.screen}`)
            expectThat(countCalls() === before + 1, `${countCalls() - before} calls came`)
            expectThat(done.history.includes("--config -"), "the shell kept no history")
            for (const [place, text] of Object.entries(done))
              expectThat(!text.includes(token), `the token is in ${place}`)
            return "lists the connection; the token is not on the screen, in the history or in curl's arguments"
          }),
          await check(`from ${from} in ${shell[0]}, ${mode}, without a token`, async () => {
            const before = countCalls()
            const { screen } = await paste([{ text: call }])
            expectThat(screen.includes("Read the token first"), `nothing is said: ${screen}`)
            expectThat(countCalls() === before, "a call came")
          }),
        )
      }
  return findings
}

/** Reads both commands of docs/scripts.md, with the address and the project put in. */
function readScripts(origin: string): Pick<Example, "read" | "call"> {
  const text = readFileSync(fileURLToPath(new URL("../../../docs/scripts.md", import.meta.url)), "utf8")
  const [, section = ""] = text.split("# Scripts\n")
  const [read = "", call = ""] = [...section.matchAll(/```sh\n([^`]+)\n```/g)].map(([, code]) => code ?? "")
  return {
    read,
    call: call.replace("https://YOUR-HOST", origin).replace("PROJECT-ID", projectId),
  }
}

async function createToken(origin: string, browser: TestingBrowser): Promise<string> {
  const body: CreateApiToken = { name: "first call", projects: [projectId], role: "viewer" }
  const person = { desk: { origin }, cookie: toCookieHeader(browser) }
  const { status, text } = await ask(person, "POST", apiUrls.apiTokens(), { body })
  expectThat(status === 201, `no token: ${status} ${text}`)
  return CreatedApiToken.parse(JSON.parse(text)).secret
}
