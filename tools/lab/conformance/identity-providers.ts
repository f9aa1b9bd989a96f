import type { Task } from "#tools/lab/area.ts"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { createTestingBrowser, type TestingBrowser } from "@peering-desk/demo-identity-provider"
import { apiUrls, SessionInfo, type SessionInfo as Session } from "@peering-desk/shared-schemas"
import { findFreePort } from "@peering-desk/test-support/programs"
import { check, holds, judge, notRun, type Figure } from "#tools/lab/figure.ts"
import { startGlewlwyd } from "./glewlwyd.ts"
import { client, startLemonldap, type RealProvider } from "./lemonldap.ts"
import { toCookieHeader } from "#bff/test/support/browser.ts"
import { ask, openStream, within } from "#tools/lab/chaos/client.ts"
import { fromSource, noAtlas, startDesk, type Desk } from "#tools/lab/desk.ts"

const providers: readonly {
  name: string
  start: (work: string, deskOrigin: string) => Promise<RealProvider>
  /** True for one that tells applications by itself that somebody signed out. */
  sendsLogoutTokens: boolean
}[] = [
  { name: "LemonLDAP::NG", start: startLemonldap, sendsLogoutTokens: true },
  { name: "glewlwyd", start: startGlewlwyd, sendsLogoutTokens: false },
]

/** Signs in at providers that Debian packages, set up by configuration alone. Needs lemonldap-ng, glewlwyd and sqlite3. */
export async function checkIdentityProviders({ work }: Task): Promise<Figure[]> {
  const findings: Figure[] = []
  for (const { name, start, sendsLogoutTokens } of providers) {
    const own = join(work, name.replaceAll(/\W/g, ""))
    mkdirSync(own)
    const port = await findFreePort()
    try {
      const provider = await start(own, `http://127.0.0.1:${port}`)
      findings.push(...(await checkProvider(own, name, provider, port, sendsLogoutTokens)))
      await provider.stop()
    } catch (error) {
      findings.push({ ...holds(`${name} runs`, false), detail: String(error) })
    }
  }
  return findings
}

async function checkProvider(
  work: string,
  name: string,
  provider: RealProvider,
  port: number,
  sendsLogoutTokens: boolean,
): Promise<Figure[]> {
  const desk = await startAtProvider(work, port, provider.environment)
  const home = `${desk.origin}/`
  const findings: Figure[] = []
  const tryOut = async (what: string, act: () => Promise<string>) => {
    const found = await check(`${name}: ${what}`, act)
    const logs = [desk.log(), provider.log()].map((log) => log.slice(-1_500))
    findings.push(judge(found) === "ok" ? found : { ...found, detail: [found.detail, ...logs].join("\n") })
  }
  const browser = createTestingBrowser()

  await tryOut("the secret with - _ + / = signs in", async () => {
    const arrival = await provider.signIn(browser, "dwho", home)
    if (arrival.headers.get("location") !== home)
      throw new Error(`it ended at ${arrival.url} with ${arrival.status}: ${arrival.text.slice(0, 500)}`)
    return ""
  })
  await tryOut("groups give roles", async () => {
    const administrator = await readSession(desk, browser)
    if (administrator?.access.everywhere !== "administrator") throw new Error(JSON.stringify(administrator))
    const other = createTestingBrowser()
    await provider.signIn(other, "rtyler", home)
    const requester = await readSession(desk, other)
    if (!Object.values(requester?.access.projects ?? {}).includes("requester"))
      throw new Error(JSON.stringify(requester))
    return `${administrator.user.name} and ${requester?.user.name}`
  })
  if (!sendsLogoutTokens) {
    const detail = "it sends no logout token: SESSION_CHECK_MINUTES ends such sessions"
    findings.push(notRun(`${name}: sign-out there ends streams`, detail))
  } else {
    await tryOut("sign-out there ends streams within a second", async () => {
      const stream = await openStream(toClient(desk, browser), [projectId])
      await provider.signOut(browser)
      const from = performance.now()
      await within(1, stream.ended, "the end of the stream")
      const text = stream.text()
      if (!text.includes("event: signed-out")) throw new Error(`the stream ended with ${text.slice(-200)}`)
      if ((await readSession(desk, browser)) !== null) throw new Error("the session is still good")
      return `${Math.round(performance.now() - from)} ms after the provider's answer`
    })
  }
  await desk.stop()
  return findings
}

const projectId = "64b1f0a27c3d5e4f8a9b0c1d"
const rules = [
  { claim: "groups", equals: "peering-admins", role: "administrator", projects: "*" },
  { claim: "groups", equals: "payments-team", role: "requester", projects: [projectId] },
]

/** Starts the product, set up for a provider by its environment alone. */
async function startAtProvider(
  work: string,
  port: number,
  environment: Record<string, string>,
): Promise<Desk> {
  const file = join(work, "access-rules.json")
  writeFileSync(file, JSON.stringify({ rules }))
  const settings = {
    PORT: String(port),
    OIDC_CLIENT_ID: client.id,
    OIDC_CLIENT_SECRET: client.secret,
    ACCESS_RULES_FILE: file,
    ...environment,
  }
  return await startDesk(work, noAtlas, settings, { program: fromSource })
}

const toClient = (desk: Desk, browser: TestingBrowser) => ({ desk, cookie: toCookieHeader(browser) })

/** Reads the person whose browser it is; null when nobody is signed in. */
async function readSession(desk: Desk, browser: TestingBrowser): Promise<Session | null> {
  const { status, text } = await ask(toClient(desk, browser), "GET", apiUrls.session())
  return status === 200 ? SessionInfo.parse(JSON.parse(text)) : null
}
