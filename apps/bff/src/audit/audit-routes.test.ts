import { createJsonBodyReader } from "#http/json-body.ts"
import { createApiRouter } from "#http/api-router.ts"
import { createServer, request as sendHttp, type IncomingHttpHeaders } from "node:http"
import {
  apiUrls,
  AuditKeyList,
  SignedCheckpoint,
  AuditPage,
  AuditEntryHistory,
  AuditVerification,
  Problem,
  routes,
} from "@peering-desk/shared-schemas"
import { listen } from "@peering-desk/test-support/listen"
import express, { type RequestHandler } from "express"
import { sql } from "kysely"
import { afterEach, beforeEach, expect, test } from "vitest"
import { AppError } from "#base/app-error.ts"
import { createLogger } from "#base/logger.ts"
import { writeProblem } from "#http/problem-writer.ts"
import { logRequests } from "#http/request-log.ts"
import type { Store } from "#store/store.ts"
import { signCheckpoint } from "#audit/signing/checkpoint.ts"
import { SigningKey } from "#audit/signing/signing-key.ts"
import { useDatabases, type TestingDatabase } from "#test/support/database.ts"
import { createTestingClock } from "#test/support/test-clock.ts"
import { verifyAudit } from "./audit-verify.ts"
import { createAuditHandlers } from "./audit-routes.ts"
import { itself } from "./audit-events.ts"
import type { AuditLog } from "./audit-log.ts"
import {
  fillAuditLog,
  olivia,
  openAuditLog,
  projectId,
  readEnd,
  readRows,
  signIn,
} from "#test/support/audit-log.ts"
import { cutAfter, dropTriggers } from "#test/support/log-tampering.ts"

const createDatabase = useDatabases("sqlite")
let database: TestingDatabase
let store: Store
let audit: AuditLog
let origin: string
let closeServer: () => Promise<void>

beforeEach(async () => {
  database = await createDatabase()
  store = await database.open()
  const { clock } = database
  const logger = createLogger("silent")
  audit = openAuditLog(store, clock)
  const app = express()
  app.use(logRequests(logger))
  const actorOf = () => ({ actor: olivia, address: "192.0.2.7" })
  const handlers = createAuditHandlers({
    store,
    clock,
    audit,
    nameProjects: (ids) => Promise.resolve(Object.fromEntries(ids.map((id) => [id, `name of ${id}`]))),
    actorOf,
    followReader: () => () => {},
    checkFlaws: () => Promise.resolve(),
  })
  const refuse: RequestHandler = (request, _response, next) => {
    if (request.get("x-may-audit") === undefined) throw new AppError("forbidden")
    next()
  }
  app.use(createApiRouter(routes, handlers, { guard: () => [refuse], readBody: createJsonBodyReader(64) }))
  app.use(writeProblem)
  const server = await listen(createServer(app))
  origin = server.origin
  closeServer = server.close
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

const listKeys = async () => AuditKeyList.parse(JSON.parse((await call("/api/audit/keys")).text)).keys

/** Returns a checkpoint that is signed when the clock shows another time. */
async function verifyAt(time: number): Promise<string | null> {
  const { head } = await verifyAudit({ store, clock: createTestingClock(time), audit }, [])
  return head
}

const verify = async (...given: string[]) =>
  AuditVerification.parse(JSON.parse((await call(apiUrls.verifyAudit({ head: given }))).text))

test.each([
  apiUrls.audit({}),
  apiUrls.auditStory("1"),
  apiUrls.verifyAudit({ head: [] }),
  apiUrls.exportAudit({ format: "csv" }),
  apiUrls.auditKeys(),
  "/api/audit/anything",
])("GET %s returns 403 to people who may not audit", async (path) => {
  await audit.record(signIn)
  const answer = await call(path, { headers: {} as { "x-may-audit": string } })
  expect(answer.status).toBe(403)
  expect(answer.text).not.toContain("olivia")
  expect(await readRows(store)).toHaveLength(1)
})

test("GET /audit/checkpoint returns a checkpoint that verification accepts later", async () => {
  const read = async () =>
    SignedCheckpoint.parse(JSON.parse((await call(apiUrls.auditCheckpoint())).text)).checkpoint
  expect(await read()).toBeNull()
  await fillAuditLog(audit, 3)
  const checkpoint = (await read()) ?? ""
  await audit.record(signIn)
  expect((await verify(checkpoint)).heads).toMatchObject([{ verdict: "agrees", sequence: 12 }])
})

test("GET /audit returns matching rows newest first, and where the next page starts", async () => {
  await fillAuditLog(audit, 3)
  const first = AuditPage.parse(
    JSON.parse((await call(apiUrls.audit({ action: "peering-create", limit: "5" }))).text),
  )
  expect(first.rows.map(({ sequence }) => sequence)).toEqual([12, 11, 10, 8, 7])
  const next = await call(
    apiUrls.audit({ action: "peering-create", limit: "5", before: String(first.nextBefore) }),
  )
  expect(AuditPage.parse(JSON.parse(next.text)).rows.map(({ sequence }) => sequence)).toEqual([6, 4, 3, 2])
})

test("GET /audit and GET /audit/:sequence name the projects of their rows", async () => {
  await fillAuditLog(audit, 1)
  const page = AuditPage.parse(JSON.parse((await call(apiUrls.audit({}))).text))
  expect(page.projectNames).toEqual({ [projectId]: `name of ${projectId}` })
  const story = AuditEntryHistory.parse(JSON.parse((await call(apiUrls.auditStory("4"))).text))
  expect(story.projectNames).toEqual(page.projectNames)
})

test("GET /audit and GET /audit/:sequence name connections by their networks, which no label changes, and find them by either", async () => {
  const peering = { project_id: projectId, provider_name: "AWS", version: 1, first_version: 1, ahead: 0 }
  const seen = { begin_seen: 1, created_by: null, first_seen_at: 1, updated_at: 1, last_listed_at: null }
  const rows = [
    { ...peering, ...seen, id: "p-1", raw: JSON.stringify({ id: "p-1", vpcId: "vpc-1" }), gone_at: 2 },
    { ...peering, ...seen, id: "p-2", raw: JSON.stringify({ id: "p-2", vpcId: "vpc-2" }), gone_at: null },
  ]
  await store.db.insertInto("peering").values(rows).execute()
  const label = { project_id: projectId, peering_id: "p-2", label: "orders", by_name: "Olivia Marsh", at: 1 }
  await store.db.insertInto("peering_label").values(label).execute()
  for (const peeringId of ["p-1", "p-2", "p-3"])
    await audit.record({ ...itself, action: "step-marked", projectId, peeringId, detail: { step: "routes" } })
  const page = AuditPage.parse(JSON.parse((await call(apiUrls.audit({}))).text))
  expect(page.connectionNames).toEqual({ "p-1": "vpc-1", "p-2": "vpc-2" })
  const story = AuditEntryHistory.parse(JSON.parse((await call(apiUrls.auditStory("2"))).text))
  expect(story.connectionNames).toEqual({ "p-2": "vpc-2" })
  const find = async (text: string) =>
    AuditPage.parse(JSON.parse((await call(apiUrls.audit({ text }))).text)).rows.map((row) => row.peeringId)
  expect(await find("VPC-1")).toEqual(["p-1"])
  expect(await find("orders")).toEqual(["p-2"])
  // Both answers have the word, and neither name.
  expect(await find("vpcId")).toEqual([])
  expect((await call(apiUrls.exportAudit({ format: "csv", text: "vpc-2" }))).text).toContain("p-2")
})

test.each([
  ["?from=yesterday", "from"],
  ["?from=next+tuesday+5", "from"],
  ["?from=2026-02-30T12:00:00Z", "from"],
  ["?from=2026-01-15T12:00:00", "from"],
  ["?until=1", "until"],
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
])("GET /audit%s returns 400 and names the parameter", async (path, field) => {
  const answer = await call(`/api/audit${path}`)
  const problem = Problem.parse(JSON.parse(answer.text))
  expect([answer.status, problem.code, Object.keys(problem.fields ?? {})]).toEqual([
    400,
    "invalid_request",
    [field],
  ])
  expect(await readRows(store)).toEqual([])
})

test("GET /audit/:sequence returns a row with its attempt and outcomes", async () => {
  await fillAuditLog(audit, 1)
  const story = AuditEntryHistory.parse(JSON.parse((await call(apiUrls.auditStory("4"))).text))
  expect(story.rows.map(({ sequence, kind, outcome }) => [sequence, kind, outcome])).toEqual([
    [2, "attempt", null],
    [3, "outcome", "unknown"],
    [4, "outcome", "done"],
  ])
  for (const path of ["5", "0", "-1", "1e3", "x", "9999999999999999"])
    expect((await call(`/api/audit/${path}`)).status).toBe(404)
})

test("GET /audit/verify of an intact log returns a checkpoint that a later call confirms", async () => {
  const nothing = { signed: null, watched: null, kept: null }
  expect(await verify()).toEqual({
    verdict: "verified",
    rowCount: 0,
    verifiedFrom: 1,
    firstFlaw: null,
    flaws: [],
    proof: nothing,
    heads: [],
    head: null,
  })
  await fillAuditLog(audit, 2)
  const { head, ...verdict } = await verify()
  const at = new Date(database.clock.now()).toISOString()
  const [key] = await listKeys()
  expect(verdict).toEqual({
    verdict: "verified",
    rowCount: 8,
    verifiedFrom: 1,
    firstFlaw: null,
    flaws: [],
    proof: {
      signed: { sequence: 8, at, key: key?.id },
      watched: { sequence: 1, since: at },
      kept: null,
    },
    heads: [],
  })
  await fillAuditLog(audit, 1)
  const { heads, proof } = await verify(head!)
  expect(heads).toEqual([{ sequence: 8, at, key: key?.id, verdict: "agrees", why: null }])
  expect(proof.kept).toEqual({ sequence: 8, at })
})

test("GET /audit/verify never calls a log verified by a checkpoint that it can't judge", async () => {
  await fillAuditLog(audit, 2)
  const end = await readEnd(store)
  const at = database.clock.now()
  const [first] = await listKeys()
  const { head } = await verify()
  const later = await verifyAt(at + 600_000)
  await audit.rotateKey({ actor: olivia, address: null })
  const kept = [
    [signCheckpoint(SigningKey.create(), { ...end, at }), "unknown-key"],
    [head!.replace(`.${String(at)}.`, `.${String(at + 1)}.`), "bad-signature"],
    [later!, "from-future"],
    [`audit-head-1.8.${String(at)}.${end.hash}.${"x".repeat(43)}`, "first-kind"],
  ] as const
  for (const [text, why] of kept)
    expect(await verify(head!, text)).toMatchObject({
      verdict: "not-judged",
      firstFlaw: null,
      heads: [
        { verdict: "agrees", key: first?.id },
        { sequence: 8, verdict: "not-judged", why },
      ],
    })
})

test("GET /audit/verify finds a removed end by a given checkpoint", async () => {
  await fillAuditLog(audit, 2)
  const { head } = await verify()
  await dropTriggers(store)
  await cutAfter(store, 5)
  const found = {
    verdict: "flawed",
    rowCount: 5,
    firstFlaw: { sequence: 6, kind: "truncated" },
    proof: { signed: null, kept: null },
    head: null,
  }
  expect(await verify()).toMatchObject(found)
  expect(await verify(head!)).toMatchObject({
    ...found,
    heads: [{ sequence: 8, verdict: "contradicts" }],
  })
  await fillAuditLog(audit, 1)
  expect(await verify(head!)).toMatchObject({
    verdict: "flawed",
    firstFlaw: { sequence: 6, kind: "truncated" },
  })
})

test("POST /audit/keys makes a new key, which the audit log records, and old checkpoints stay valid", async () => {
  await fillAuditLog(audit, 1)
  const { head } = await verify()
  const [first] = await listKeys()
  const answer = await call("/api/audit/keys", { method: "POST" })
  expect(answer.status).toBe(200)
  const at = new Date(database.clock.now()).toISOString()
  const keys = await listKeys()
  expect(AuditKeyList.parse(JSON.parse(answer.text))).toEqual({ keys })
  expect(keys).toMatchObject([
    { ...first, fromSequence: 1, untilSequence: 4 },
    { createdAt: at, fromSequence: 5, untilSequence: null, isConfirmed: true },
  ])
  const row = (await readRows(store)).at(-1)
  expect(row).toMatchObject({ action: "audit-key-created", actor: olivia, address: "192.0.2.7" })
  expect(row?.detail).toEqual({
    key: keys[1]?.id,
    publicKey: keys[1]?.publicKey,
    why: "Rotated.",
  })
  expect(await verify(head!)).toMatchObject({ verdict: "verified", heads: [{ key: first?.id }] })
  expect(answer.text + JSON.stringify(await readRows(store))).not.toContain("PRIVATE")
})

test("GET /audit/verify explains a flaw with its row", async () => {
  await fillAuditLog(audit, 2)
  await dropTriggers(store)
  await sql`update event set actor_name = cast(X'ff' as text) where number = 3`.execute(store.db)
  expect(await verify()).toMatchObject({
    verdict: "flawed",
    rowCount: 2,
    firstFlaw: { sequence: 3, kind: "changed", sentence: "Row 3 was changed." },
  })
  expect((await call(apiUrls.audit({}))).status).toBe(200)
})

test.each([
  ["jsonl", "application/jsonl; charset=utf-8"],
  ["csv", "text/csv; charset=utf-8; header=present"],
] as const)("GET /audit/export as %s returns a file and is audited before", async (format, type) => {
  await fillAuditLog(audit, 300)
  const answer = await call(apiUrls.exportAudit({ format: format, actor: "Olivia" }))
  expect(answer.status).toBe(200)
  expect(answer.headers["content-type"]).toBe(type)
  expect(answer.headers["content-disposition"]).toBe(
    `attachment; filename=peering-desk-audit-2026-01-15.${format}`,
  )
  expect(answer.text.trimEnd().split("\n")).toHaveLength(1_202)
  expect((await readRows(store)).at(-1)).toMatchObject({
    action: "audit-exported",
    actor: olivia,
    address: "192.0.2.7",
    detail: { format, filter: '{"actor":"Olivia"}' },
  })
})

test("GET /audit/export returns no rows when it can't be audited", async () => {
  await audit.record(signIn)
  await sql`create trigger full before insert on event begin select raise(abort, 'no room'); end`.execute(
    store.db,
  )
  const answer = await call(apiUrls.exportAudit({ format: "jsonl" }))
  expect(answer.status).toBe(500)
  expect(answer.text).not.toContain("olivia")
})

test("GET /audit/export survives a reader that disconnects", async () => {
  await fillAuditLog(audit, 600)
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

test.each(["POST", "PUT", "DELETE"])("%s /audit is refused and changes nothing", async (method) => {
  await audit.record(signIn)
  for (const path of ["", "/1", "/verify", "/export"])
    expect((await call(`/api/audit${path}`, { method })).status).toBe(405)
  expect(await readRows(store)).toHaveLength(1)
})
