import { createJsonBodyReader } from "#http/json-body.ts"
import { createApiRouter } from "#http/api-router.ts"
import {} from "express"
import { createServer, request as sendHttp, type IncomingHttpHeaders } from "node:http"
import type { AddressInfo } from "node:net"
import {
  apiUrls,
  AuditPage,
  AuditStory,
  AuditVerification,
  Problem,
  routes,
} from "@peering-desk/shared-schemas"
import express, { type RequestHandler } from "express"
import { sql } from "kysely"
import { afterEach, beforeEach, expect, test } from "vitest"
import { AppError } from "#base/app-error.ts"
import { createLogger } from "#base/logger.ts"
import { writeProblem } from "#http/problem-writer.ts"
import { logRequests } from "#http/request-log.ts"
import type { Store } from "#store/store.ts"
import { useDatabases, type TestingDatabase } from "#test/support/database.ts"
import { createAuditHandlers } from "./audit-routes.ts"
import { AuditLog } from "./audit-log.ts"
import { CheckpointEmitter } from "./checkpoint-emitter.ts"
import { CheckpointSigner } from "./checkpoint.ts"
import { fillTrail, olivia, readRows, signIn } from "#test/support/audit-log.ts"

const createDatabase = useDatabases("sqlite")
const signer = new CheckpointSigner(["a-secret"])
let database: TestingDatabase
let store: Store
let trail: AuditLog
let heads: CheckpointEmitter
let origin: string
let closeServer: () => Promise<void>

beforeEach(async () => {
  database = await createDatabase()
  store = await database.open()
  const { clock } = database
  const logger = createLogger("silent")
  trail = new AuditLog({ store, clock })
  heads = new CheckpointEmitter({ store, signer, clock, logger })
  const app = express()
  app.use(logRequests(logger))
  const actorOf = () => ({ actor: olivia, address: "192.0.2.7" })
  const handlers = createAuditHandlers({ store, clock, audit: trail, signer, heads, actorOf })
  const refuse: RequestHandler = (request, _response, next) => {
    if (request.get("x-may-audit") === undefined) throw new AppError("forbidden")
    next()
  }
  app.use(createApiRouter(routes, handlers, { guard: () => [refuse], readBody: createJsonBodyReader(64) }))
  app.use(writeProblem)
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  closeServer = () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
})

afterEach(() => closeServer())

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

function call(path: string, { method = "GET", headers = { "x-may-audit": "yes" } } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = sendHttp(`${origin}${path}`, { method, headers, agent: false }, (response) => {
      let text = ""
      response.on("data", (part: Buffer) => (text += part.toString()))
      response.on("error", reject)
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
    request.on("error", reject)
    request.end()
  })
}

const verify = async (...given: string[]) =>
  AuditVerification.parse(JSON.parse((await call(apiUrls.verifyAudit({ head: given }))).text))

test.each([
  apiUrls.audit({}),
  apiUrls.auditStory("1"),
  apiUrls.verifyAudit({ head: [] }),
  apiUrls.exportAudit({ format: "csv" }),
  "/api/audit/anything",
])("%s is for who may audit, and nobody else", async (path) => {
  await trail.record(signIn)
  const answer = await call(path, { headers: {} as { "x-may-audit": string } })
  expect(answer.status).toBe(403)
  expect(answer.text).not.toContain("olivia")
  expect(await readRows(store)).toHaveLength(1)
})

test("a page holds the rows that match, newest first, and leads to the next", async () => {
  await fillTrail(trail, 3)
  const first = AuditPage.parse(
    JSON.parse((await call(apiUrls.audit({ action: "peering-create", limit: "5" }))).text),
  )
  expect(first.rows.map(({ sequence }) => sequence)).toEqual([12, 11, 10, 8, 7])
  const next = await call(
    apiUrls.audit({ action: "peering-create", limit: "5", before: String(first.nextBefore) }),
  )
  expect(AuditPage.parse(JSON.parse(next.text)).rows.map(({ sequence }) => sequence)).toEqual([6, 4, 3, 2])
})

test.each([
  ["?from=yesterday", "from"],
  ["?limit=0", "limit"],
  ["?limit=201", "limit"],
  ["?before=-1", "before"],
  ["?before=1;drop", "before"],
  ["?action=everything", "action"],
  ["?outcome=maybe", "outcome"],
  ["?text=a&text=b", "text"],
  ["?surprise=1", "surprise"],
  ["/verify?head=nonsense", "head"],
  ["/export", "format"],
  ["/export?format=xlsx", "format"],
  ["/export?format=csv&limit=5", "limit"],
])("%s is refused, naming the parameter", async (path, field) => {
  const answer = await call(`/api/audit${path}`)
  const problem = Problem.parse(JSON.parse(answer.text))
  expect([answer.status, problem.code, Object.keys(problem.fields ?? {})]).toEqual([
    400,
    "invalid_request",
    [field],
  ])
  expect(await readRows(store)).toEqual([])
})

test("one row's whole story is at its own address", async () => {
  await fillTrail(trail, 1)
  const story = AuditStory.parse(JSON.parse((await call(apiUrls.auditStory("4"))).text))
  expect(story.rows.map(({ sequence, kind, outcome }) => [sequence, kind, outcome])).toEqual([
    [2, "attempt", null],
    [3, "outcome", "unknown"],
    [4, "outcome", "done"],
  ])
  for (const path of ["5", "0", "-1", "1e3", "x", "9999999999999999"])
    expect((await call(`/api/audit/${path}`)).status).toBe(404)
})

test("verifying a whole trail gives its signed end, which proves it later", async () => {
  expect(await verify()).toEqual({ whole: true, rowCount: 0, firstFlaw: null, heads: [], head: null })
  await fillTrail(trail, 2)
  const { head, ...verdict } = await verify()
  expect(verdict).toEqual({ whole: true, rowCount: 8, firstFlaw: null, heads: [] })
  await fillTrail(trail, 1)
  expect((await verify(head!)).heads).toEqual([
    { sequence: 8, at: new Date(database.clock.now()).toISOString(), verdict: "agrees" },
  ])
})

test("a cut-off end is found by a head from elsewhere, or by the last one that this process emitted", async () => {
  await fillTrail(trail, 2)
  const { head } = await verify()
  await sql`drop trigger audit_row_no_delete`.execute(store.db)
  await sql`delete from audit_row where sequence > 5`.execute(store.db)
  expect(await verify()).toMatchObject({ whole: true, rowCount: 5 })
  const foreign = new CheckpointSigner(["another-secret"]).sign({ sequence: 99, hash: "0".repeat(64), at: 0 })
  expect(await verify(foreign)).toMatchObject({ whole: true, heads: [{ sequence: 99, verdict: "not-ours" }] })
  const found = {
    whole: false,
    rowCount: 5,
    firstFlaw: { sequence: 6, kind: "truncated" },
    heads: [{ sequence: 8, verdict: "contradicts" }],
    head: null,
  }
  expect(await verify(head!)).toMatchObject(found)
  await fillTrail(trail, 1)
  expect(await verify(head!)).toMatchObject({ whole: false, firstFlaw: { sequence: 8, kind: "rewritten" } })
})

test("the process remembers its own last head", async () => {
  await fillTrail(trail, 2)
  await heads.emit()
  await sql`drop trigger audit_row_no_delete`.execute(store.db)
  await sql`delete from audit_row where sequence > 5`.execute(store.db)
  expect(await verify()).toMatchObject({ whole: false, firstFlaw: { sequence: 6, kind: "truncated" } })
})

test("a flaw is told with the row and in words", async () => {
  await fillTrail(trail, 2)
  await sql`drop trigger audit_row_no_update`.execute(store.db)
  await sql`update audit_row set actor_name = cast(X'ff' as text) where sequence = 3`.execute(store.db)
  expect(await verify()).toMatchObject({
    whole: false,
    rowCount: 2,
    firstFlaw: { sequence: 3, kind: "changed", sentence: "Row 3 was changed." },
  })
  expect((await call(apiUrls.audit({}))).status).toBe(200)
})

test.each([
  ["jsonl", "application/jsonl; charset=utf-8"],
  ["csv", "text/csv; charset=utf-8; header=present"],
] as const)("an export as %s is a file, and a row of the trail before it leaves", async (format, type) => {
  await fillTrail(trail, 300)
  const answer = await call(apiUrls.exportAudit({ format: format, actor: "Olivia" }))
  expect(answer.status).toBe(200)
  expect(answer.headers["content-type"]).toBe(type)
  expect(answer.headers["content-disposition"]).toBe(
    `attachment; filename=peering-desk-audit-2026-01-15.${format}`,
  )
  expect(answer.text.trimEnd().split("\n")).toHaveLength(1_201 + (format === "csv" ? 1 : 0))
  expect((await readRows(store)).at(-1)).toMatchObject({
    action: "audit-exported",
    actor_subject: "olivia",
    address: "192.0.2.7",
    detail: JSON.stringify({ format, filter: '{"actor":"Olivia"}' }),
  })
})

test("an export that can't be audited does not leave", async () => {
  await trail.record(signIn)
  await sql`create trigger full before insert on audit_row begin select raise(abort, 'no room'); end`.execute(
    store.db,
  )
  const answer = await call(apiUrls.exportAudit({ format: "jsonl" }))
  expect(answer.status).toBe(500)
  expect(answer.text).not.toContain("olivia")
})

test("an export that its reader gives up harms nobody", async () => {
  await fillTrail(trail, 600)
  await new Promise<void>((resolve) => {
    const request = sendHttp(`${origin}${apiUrls.exportAudit({ format: "jsonl" })}`, {
      headers: { "x-may-audit": "yes" },
    })
    request.on("response", (response) => response.destroy())
    request.on("close", resolve)
    request.end()
  })
  expect((await call(apiUrls.audit({ limit: "1" }))).status).toBe(200)
})

test.each(["POST", "PUT", "DELETE"])("%s is no way to change it", async (method) => {
  await trail.record(signIn)
  for (const path of ["", "/1", "/verify", "/export"])
    expect((await call(`/api/audit${path}`, { method })).status).toBe(405)
  expect(await readRows(store)).toHaveLength(1)
})
