import { demoServiceAccount, seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls, KeyHealthReport, NewSecretTests, type ReadinessCheck } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, expect, test } from "vitest"
import { readConfig } from "#config.ts"
import { createReloader, type Reloader } from "#reload.ts"
import { mountFiles, type MountedFiles } from "#test/support/mounted-files.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { listAuditRows } from "#test/support/changes.ts"

const { clientId, clientSecret } = demoServiceAccount
const wrong = "mdb_sa_sk_a-mistyped-secret-that-nobody-may-see"

let files: MountedFiles
let desk: TestApp
let reloader: Reloader

beforeEach(async () => {
  files = mountFiles({ "atlas-secret": clientSecret })
  desk = await startTestApp({
    environment: {
      ATLAS_PUBLIC_KEY: "",
      ATLAS_PRIVATE_KEY: "",
      ATLAS_CLIENT_ID: clientId,
      ATLAS_CLIENT_SECRET_FILE: files.path("atlas-secret"),
    },
  })
  reloader = createReloader({
    services: desk.services,
    config: desk.services.config,
    read: () => readConfig(desk.environment),
    record: () => Promise.resolve(),
    clock: desk.clock,
  })
})
afterEach(async () => {
  reloader.stop()
  await desk.close()
  files.remove()
})

const replaceSecret = (text: string) => files.swap({ "atlas-secret": text })
async function lookTwice() {
  await reloader.look()
  await reloader.look()
}
async function testNewSecret() {
  return NewSecretTests.parse((await desk.call("POST", apiUrls.testNewSecrets())).json())
}
async function readKeys() {
  return KeyHealthReport.parse((await desk.call("POST", apiUrls.testKeys())).json())
}
async function isConfigurationSound() {
  const { checks } = (await desk.call("GET", "/readyz")).json() as { checks: ReadinessCheck[] }
  return checks.find(({ name }) => name === "configuration")?.state === "ok"
}
const countTokens = () => desk.asked("POST", "/api/oauth/token")
/** Adds a second secret to the account, as its owner does in Atlas. */
async function addSecret(): Promise<string> {
  desk.simulator.advance(3600)
  const [project] = desk.simulator.state().projects.filter(({ id }) => id === seededIds.payments)
  const { origin } = new URL(desk.environment["ATLAS_BASE_URL"] ?? "")
  const send = async (path: string, headers: Record<string, string>, body: string | URLSearchParams) =>
    (await (await fetch(`${origin}${path}`, { method: "POST", headers, body })).json()) as Record<
      string,
      string
    >
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString("base64")
  const grant = new URLSearchParams({ grant_type: "client_credentials" })
  const token = await send("/api/oauth/token", { authorization: `Basic ${basic}` }, grant)
  const added = await send(
    `/api/atlas/v2/orgs/${project?.orgId}/serviceAccounts/${clientId}/secrets`,
    {
      authorization: `Bearer ${token["access_token"]}`,
      accept: "application/vnd.atlas.2024-08-05+json",
      "content-type": "application/json",
    },
    JSON.stringify({ secretExpiresAfterHours: 8_760 }),
  )
  return added["secret"] ?? ""
}

test("a wrong new secret is refused in Atlas's words and never replaces the one in use", async () => {
  replaceSecret(wrong)
  const refused = { label: "default", result: "refused", atlas: { status: 401, errorCode: "invalid_client" } }
  expect((await testNewSecret()).tests).toMatchObject([refused])
  await lookTwice()
  await reloader.reload()
  const { keys, configurationProblem } = await readKeys()
  expect(keys).toMatchObject([{ problem: null, secret: { warning: null } }])
  expect(configurationProblem).toMatch(
    /^The new secret of "default" is not used: Atlas refused it \(invalid_client.*\)\. The one from before stays/,
  )
  expect(await isConfigurationSound()).toBe(false)
  expect((await desk.call("GET", apiUrls.containers(seededIds.payments))).status).toBe(200)
  expect(`${desk.logs.join("")}${desk.answers.join("")}`).not.toContain(wrong)
  replaceSecret(clientSecret)
  await lookTwice()
  expect(await isConfigurationSound()).toBe(true)
})

test("a new secret that works is used only after the test of it, and the audit log has the test", async () => {
  const second = await addSecret()
  replaceSecret(second)
  const before = desk.services.clients.keys()[0]
  expect(await testNewSecret()).toEqual({
    tests: [{ label: "default", result: "works", atlas: null }],
    configurationProblem: null,
  })
  expect(desk.services.clients.keys()[0]).toBe(before)
  await lookTwice()
  expect(desk.services.clients.keys()[0]?.credential.reveal()).toEqual({ clientId, clientSecret: second })
  expect((await testNewSecret()).tests).toEqual([{ label: "default", result: "same", atlas: null }])
  const { keys } = await readKeys()
  expect(keys[0]?.secret).toMatchObject({ replacedId: expect.stringMatching(/^[0-9a-f]{24}$/) as string })
  const rows = await listAuditRows(desk, "key-tested")
  expect(rows.map(({ detail }) => detail?.["verdict"])).toContain("new secret works")
})

test("a new secret that could not be tested is tested again after a minute, and used once it works", async () => {
  const second = await addSecret()
  replaceSecret(second)
  desk.simulator.addFault({ match: { path: "/groups" }, fault: { status: 503 } })
  expect((await testNewSecret()).tests).toMatchObject([{ result: "not-tested" }])
  const tokens = countTokens()
  for (let look = 0; look < 5; look += 1) await reloader.look()
  expect(countTokens()).toBe(tokens)
  expect(await isConfigurationSound()).toBe(false)
  desk.simulator.clearFaults()
  desk.clock.advance(60_000)
  await reloader.look()
  expect(desk.services.clients.keys()[0]?.credential.reveal()).toEqual({ clientId, clientSecret: second })
  expect(await isConfigurationSound()).toBe(true)
})

test("files with an error are named instead of a test", async () => {
  replaceSecret("")
  const { tests, configurationProblem } = await testNewSecret()
  expect([tests, configurationProblem]).toEqual([[], expect.stringContaining("ATLAS_CLIENT_SECRET")])
})

test("POST /keys/test-new-secrets answers 403 to everybody but global administrators", async () => {
  for (const persona of ["nadia", "victor", "sam"]) {
    const headers = { cookie: await desk.signIn(persona) }
    expect((await desk.call("POST", apiUrls.testNewSecrets(), { headers })).status).toBe(403)
  }
})
