import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createDemoKeys, demoServiceAccount, seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls, requestedByHeader } from "@peering-desk/shared-schemas"
import { listen, type Listening } from "@peering-desk/test-support/listen"
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import { dialects, useDatabases } from "#test/support/database.ts"
import { callByToken, createToken, revoke } from "#test/support/api-tokens.ts"
import { findCanaries, readAllFiles, readAllRows } from "#test/support/canaries.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import type { EventReader } from "#test/support/event-reader.ts"
import { projectId, requests } from "#test/support/requests.ts"
import { listRoutes } from "#test/support/routes.ts"

const publicKey = "canaryid"
const privateKey = "5ec2e7ca-b0b0-4a1b-9c3d-canary0private"
const accountSecret = "mdb_sa_sk_canary-service-account-secret"
const sessionSecrets = ["canary-session-secret-that-signs-now", "canary-session-secret-from-last-year"]
const metricsToken = "canary-metrics-token-canary"

describe.each(dialects)("secrets stay hidden in a whole run with %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  const folder = mkdtempSync(join(tmpdir(), "canaries-"))
  const secrets = new Map<string, Set<string>>()
  /** The server's answers to browsers that sign in, without their cookies. */
  const answers: string[] = []
  let dataDirectory = ""
  let desk: TestApp
  let stream: EventReader
  let cookie = ""
  let atlas: Listening
  const atlasServer = createServer((request, response) => {
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1]
    if (bearer !== undefined) learn("an Atlas token", bearer)
    desk.simulator.app(request, response)
  })

  function learn(name: string, ...values: (string | null | undefined)[]): void {
    const known = secrets.get(name) ?? new Set()
    for (const value of values) if (typeof value === "string") known.add(value)
    secrets.set(name, known)
  }

  /** A cookie holds `s:`, the session's id, a dot and the signature. */
  function learnCookie(value: string): void {
    const [id, ...signature] = decodeURIComponent(value).replace(/^s:/, "").split(".")
    learn("a session's id", id)
    learn("a cookie", value, signature.join("."))
  }

  /** Listens to what our server and its browsers say over `fetch`, and lets all of it pass. */
  function listenToFetch(): void {
    const send = globalThis.fetch
    vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
      const response = await send(input, init)
      const url = String(input instanceof Request ? input.url : input)
      const issuer = desk?.environment["OIDC_ISSUER"]
      if (url === `${issuer}/token`) {
        const sent = new URLSearchParams(await new Response(init?.body ?? null).text())
        learn("an authorization code", sent.get("code"))
        learn("a code verifier", sent.get("code_verifier"))
        const { id_token: idToken, access_token: accessToken } = (await response.clone().json()) as {
          id_token?: string
          access_token?: string
        }
        learn("an ID token", idToken)
        learn("an access token", accessToken)
      }
      for (const line of response.headers.getSetCookie()) {
        const value = /^peering-desk-session=([^;]+)/.exec(line)?.[1]
        if (value !== undefined) learnCookie(value)
      }
      if (desk !== undefined && url.startsWith(desk.origin)) {
        const headers = [...response.headers].filter(([name]) => name !== "set-cookie")
        answers.push(`${response.status} ${JSON.stringify(headers)}\n${await response.clone().text()}`)
      }
      return response
    })
  }

  beforeAll(async () => {
    listenToFetch()
    atlas = await listen(atlasServer)
    const credentialsFile = join(folder, "credentials.json")
    const credentials = [
      { label: "everything", publicKey, privateKey, projects: "*" },
      {
        label: "one project",
        clientId: demoServiceAccount.clientId,
        clientSecret: accountSecret,
        projects: [seededIds.analytics],
      },
    ]
    writeFileSync(credentialsFile, JSON.stringify({ credentials }))
    const database = await createDatabase()
    ;({ dataDirectory } = database)
    desk = await startTestApp({
      persona: null,
      simulator: {
        keys: createDemoKeys({ publicKey, privateKey }),
        serviceAccounts: [{ ...demoServiceAccount, clientSecret: accountSecret }],
      },
      environment: {
        ATLAS_BASE_URL: atlas.origin,
        ATLAS_API_VERSION: "2023-01-01",
        ATLAS_PUBLIC_KEY: "",
        ATLAS_PRIVATE_KEY: "",
        ATLAS_CREDENTIALS_FILE: credentialsFile,
        SESSION_SECRET: sessionSecrets.join(","),
        METRICS_TOKEN: metricsToken,
        DATA_DIR: database.dataDirectory,
        ...(database.databaseUrl !== undefined && { DATABASE_URL: database.databaseUrl }),
      },
    })
    learn("the private key", privateKey)
    learn("the service account's secret", accountSecret)
    learn("a session secret", ...sessionSecrets)
    learn("the metrics token", metricsToken)
    learn("the client secret", desk.environment["OIDC_CLIENT_SECRET"])
    await doEverything()
  }, 300_000)

  afterAll(async () => {
    vi.restoreAllMocks()
    await desk.close()
    await atlas.close()
    rmSync(folder, { recursive: true })
  })

  /** Signs in and out, asks every route rightly and wrongly, and lets Atlas quote what it was sent. */
  async function doEverything(): Promise<void> {
    await desk.signIn("victor")
    cookie = await desk.signIn("olivia")
    const leaving = await desk.signIn("sam")
    stream = await desk.stream([projectId, seededIds.analytics], { cookie })
    await stream.next("snapshot")
    await desk.call("GET", "/metrics", {
      headers: { authorization: `Bearer ${metricsToken}`, via: "1.1 proxy" },
    })
    const created = await createToken(desk, cookie)
    // Its maker is shown it, this once.
    desk.answers.pop()
    learn("an API token", created.secret)
    await callByToken(desk, created.secret, "GET", apiUrls.peerings(projectId))
    await callByToken(desk, `${created.secret}x`, "GET", apiUrls.peerings(projectId))
    await askEveryRoute(true)
    await revoke(desk, cookie, created.token.id)
    await callByToken(desk, created.secret, "GET", apiUrls.peerings(projectId))
    // An answer can quote what it was asked with, and nothing else of ours.
    const quoted: [string, string][] = [
      [projectId, privateKey],
      [seededIds.analytics, accountSecret],
      ...[...(secrets.get("an Atlas token") ?? [])].map((one): [string, string] => [
        seededIds.analytics,
        one,
      ]),
    ]
    for (const [id, secret] of quoted) {
      const body = {
        error: 400,
        errorCode: "INVALID_ATTRIBUTE",
        detail: `You sent ${secret}`,
        parameters: [secret],
      }
      // Earlier reads stay cached for a while.
      desk.clock.advance(60_000)
      desk.simulator.addFault({ match: { path: `/groups/${id}/` }, fault: { status: 400, body }, times: 200 })
      await askEveryRoute()
      desk.simulator.clearFaults()
    }
    await desk.call("POST", apiUrls.signOut(), { headers: { cookie: leaving } })
    await desk.call("POST", apiUrls.signOut(), { headers: { cookie: leaving } })
  }

  async function askEveryRoute(wrongly = false): Promise<void> {
    const routes = [...new Set(listRoutes(desk.app))]
    for (const route of routes.filter((one) => one !== "POST /sign-out")) {
      const [method = "", pattern = ""] = route.split(" ")
      if (pattern === "/api/events") continue
      for (const id of [projectId, seededIds.analytics]) {
        const path = pattern
          .replace("/{*page}", "/")
          .replace(":projectId", id)
          .replaceAll(/:\w+/g, "0".repeat(24))
        const body = { reason: "Orders move to Atlas", request: requests.AWS }
        const headers = { cookie, accept: "*/*", "idempotency-key": `a-key-for-${id}` }
        const write = method !== "GET" && { body }
        await desk.call(method, path, { headers, ...write })
        if (!wrongly) continue
        await desk.call(method, `${path}?state=1&code=2&format=csv`, { headers, ...write })
        await desk.call(method, path, { headers: { ...headers, cookie: `${cookie}x` }, ...write })
        await desk.call(method, path, { headers: { ...headers, [requestedByHeader]: undefined }, ...write })
        await desk.call("PUT", path, { headers, body: "{" })
        if (method !== "GET") await desk.call(method, path, { headers, body: '{"reason": ' })
      }
    }
  }

  async function readPlaces(): Promise<Record<string, string>> {
    const own = desk.answers.map((answer) => answer.replace(/"set-cookie":\[[^\]]*\]/, ""))
    return {
      answers: [...answers, ...own].join("\n"),
      events: stream.text(),
      "log lines": desk.logs.join("\n"),
      metrics: await desk.services.metrics.read(),
      rows: await readAllRows(desk.services.store),
      ...(dialect === "sqlite" && { files: readAllFiles(dataDirectory) }),
    }
  }

  test("there was something to be found, and somewhere to look for it", async () => {
    expect([...secrets].flatMap(([name, values]) => (values.size > 0 ? [name] : [])).toSorted()).toEqual([
      "a code verifier",
      "a cookie",
      "a session secret",
      "a session's id",
      "an API token",
      "an Atlas token",
      "an ID token",
      "an access token",
      "an authorization code",
      "the client secret",
      "the metrics token",
      "the private key",
      "the service account's secret",
    ])
    for (const value of [...secrets.values()].flatMap((values) => [...values]))
      expect(value.length).toBeGreaterThan(16)
    const { rows, files, "log lines": lines, ...others } = await readPlaces()
    for (const text of Object.values(others)) expect(text.length).toBeGreaterThan(100)
    expect(others["answers"]?.includes("[struck out]")).toBe(true)
    expect(lines?.length).toBeGreaterThan(10_000)
    expect(/^session [1-9]/m.test(rows ?? "")).toBe(true)
    expect(/^event \d{2}/m.test(rows ?? "")).toBe(true)
    // SQLite's newest rows are in no other file yet.
    expect(files?.includes("-wal\n")).toBe(dialect === "sqlite" ? true : undefined)
  })

  test("no secret is in any answer, event, log line, metric, row or file, however written", async () => {
    expect(findCanaries(await readPlaces(), secrets)).toEqual([])
  })

  test("one that is let out is found in each of these places", async () => {
    const [sessionId = ""] = secrets.get("a session's id") ?? []
    desk.services.logger.trace({ planted: Buffer.from(privateKey).toString("base64") }, "planted")
    await desk.call("GET", `/api/${metricsToken}`, { headers: { cookie } })
    await desk.services.audit.record({
      action: "sign-in-refused",
      actor: null,
      address: null,
      detail: { why: `${sessionId} ${sessionSecrets[1]}` },
    })
    const found = findCanaries(await readPlaces(), secrets)
    expect(found.toSorted()).toEqual(
      [
        "answers: the metrics token",
        "log lines: a session secret",
        "log lines: a session's id",
        "log lines: the metrics token",
        "log lines: the private key",
        "rows: a session secret",
        "rows: a session's id",
        ...(dialect === "sqlite" ? ["files: a session secret", "files: a session's id"] : []),
      ].toSorted(),
    )
  })
})
