import { join } from "node:path"
import { judgeCreates, planCreates, watchMade, type Attempt } from "#bff/test/support/chaos-creates.ts"
import { drawByMethod, openFaultProxy } from "#bff/test/support/fault-proxy.ts"
import { recordAtlas } from "#tools/lab/oracle/atlas-record.ts"
import { AuditReader } from "#tools/lab/oracle/audit-reader.ts"
import { Labels } from "#tools/lab/oracle/labels.ts"
import { Violations } from "#tools/lab/oracle/violations.ts"
import { apiUrls, AuditVerification } from "@peering-desk/shared-schemas"
import { LostChanges } from "./lost-changes.ts"
import { at, ask, create, pause, secondsUntil, type Client } from "./client.ts"
import type { Task } from "#tools/lab/area.ts"
import { atMost, holds, none, shown, toQuantile, type Figure } from "#tools/lab/figure.ts"
import { openPostgres, readEnds, startServer, type Postgres } from "./world.ts"

/** With these, a third each of 2,000 lost answers and more is of creates, edits and deletions. */
const attempts = 800
const atOnce = 150
/** The two servers are killed in turn. The proof that nothing was changed takes some 40 seconds. */
const killEveryMs = 60_000
/** One person in 4 does not ask again after an answer without an outcome; the others have enough after so many of them. */
const leavesEvery = 4
const enoughUnknown = 15
const doubleClickEvery = 7
const setUpSeconds = 60
const lossOfChanges = {
  "cut-request": 0.35,
  "cut-answer": 0.3,
  reset: 0.12,
  "half-open": 0.02,
  latency: 0.04,
}
const lossOfReads = { "cut-request": 0.02, "cut-answer": 0.02, latency: 0.02 }

/**
 * Creates, edits and deletes through two servers whose way to Atlas breaks at random bytes, while the servers are killed in turn.
 */
export async function loseAnswers({ work, random, note, keep }: Task): Promise<Figure[]> {
  const [atlas, postgres] = [keep(await recordAtlas()), keep(await openPostgres())]
  const draw = drawByMethod(random, {
    POST: lossOfChanges,
    PATCH: lossOfChanges,
    DELETE: lossOfChanges,
    GET: lossOfReads,
  })
  const proxy = keep(await openFaultProxy({ target: atlas.origin, draw }))
  // One person at both: the session is in the database.
  let cookie = ""
  const start = async (number: number): Promise<Client> => {
    const environment = { DATABASE_URL: postgres.url }
    const desk = keep(await startServer(join(work, `server-${number}`), atlas, proxy.origin, environment))
    cookie ||= await desk.signIn()
    return { desk, cookie }
  }
  const clients: Client[] = [await start(0), await start(1)]
  const choose = () => at(clients, random() < 0.5 ? 0 : 1)
  const listMade = watchMade(atlas.simulator)
  const asked = planCreates(atlas.simulator, attempts, () => random() * leavesEvery < 1)
  const killedAt: number[] = []
  const violations = new Violations(() => 0, note)
  const audit = new AuditReader()
  let restartedAt = 0
  const labels = new Labels(atlas, audit, violations, { readTroubledAt: () => restartedAt })
  const changes = new LostChanges({ atlas, audit, labels, choose, random })
  const waits: number[] = []
  let isAsking = true
  const killInTurn = async () => {
    for (let number = 0; ; number = 1 - number) {
      await pause(killEveryMs)
      if (!isAsking) return
      killedAt.push(Date.now())
      await at(clients, number).desk.stop("SIGKILL")
      clients[number] = await start(number)
      restartedAt = performance.now()
    }
  }
  keep({ close: () => (isAsking = false) })
  const killing = killInTurn()
  const queue = asked.flatMap((attempt, number) =>
    number % doubleClickEvery === 0 ? [attempt, attempt] : [attempt],
  )
  await workOff(queue, (attempt) => askUntilKnown({ choose, random, waits }, attempt))
  note("all creates asked for; waiting until the last one is settled")
  const lastCreate = await secondsUntil(async () => (await readOpen(postgres)).length === 0, 180, 200)
  const made = listMade()
  const stored = await readEnds(postgres)
  const found = judgeCreates(
    made,
    asked.map((one) => ({ ...one, change: stored.get(`${one.projectId} ${one.key}`) ?? null })),
  )
  note(`${made.length} connections; editing and deleting them`)
  // Atlas refuses to change a connection that it is still setting up.
  atlas.act(() => atlas.simulator.advance(setUpSeconds))
  const reading = changes.readLog()
  await workOff([...made], (peer) => changes.editAndDelete(peer))
  isAsking = false
  await killing
  const last = await secondsUntil(async () => (await readOpen(postgres)).length === 0, 180, 200)
  await changes.stopReading(reading)
  const lost = await readLost(postgres, killedAt)
  const count = (kind: string) => lost.filter((one) => one.kind === kind).length
  const toLongest = (metKill: boolean) =>
    Math.max(0, ...lost.filter((one) => one.metKill === metKill).map(({ seconds }) => seconds))
  const ends = labels.countEnds()
  const verified = AuditVerification.parse(
    JSON.parse((await ask(at(clients, 0), "GET", apiUrls.verifyAudit({ head: [] }))).text),
  )
  return [
    shown("creates asked for", attempts),
    shown("connections made", made.length),
    shown("answers to creates that were lost, or whose server was killed", count("peering-create")),
    shown("the same of edits", count("peering-change")),
    shown("the same of deletions", count("peering-delete")),
    shown("the longest wait for an answer to a create", Math.max(...waits) / 1_000, "s"),
    shown("servers killed meanwhile", killedAt.length),
    none("networks that were connected twice", found.madeTwice.length),
    none("connections that no create names", found.lost.length),
    none("connections that two creates name", found.claimedTwice.length),
    none("creates with a wrong label", found.labelledWrong.length),
    none("creates without a trace", found.forgotten.length),
    none("edits and deletions with a wrong label, made twice or without a trace", violations.all.length),
    none("changes without an outcome at the end", (await readOpen(postgres)).length),
    shown("edits called unclear", ends.get("edit unclear") ?? 0),
    shown("deletions called unclear", ends.get("delete unclear") ?? 0),
    atMost(
      "a change without a known outcome, the longest without a kill meanwhile",
      toLongest(false),
      "s",
      60,
      proofLimit,
    ),
    shown(
      "the same, p90 of all",
      toQuantile(
        lost.map(({ seconds }) => seconds),
        0.9,
      ),
      "s",
    ),
    atMost("the longest with kills meanwhile", toLongest(true), "s", 60, killLimit),
    atMost("until the last create was settled, after the last request", lastCreate, "s", 60),
    atMost("until the last edit or deletion was settled, after the last request", last, "s", 60),
    holds("the audit log is whole", verified.verdict === "verified"),
  ]
}

/** Works off a queue, many at once. */
async function workOff<T>(queue: T[], work: (item: T) => Promise<void>): Promise<void> {
  const workOne = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next)
  }
  await Promise.all(Array.from({ length: atOnce }, workOne))
}

const proofLimit =
  "A request that Atlas never answers is given up after 15 s. When three lists do not show it, the last of them 25 s after it was sent, it made nothing."
const killLimit =
  "Six to ten seconds after a kill, the other process looks the change up, and needs three lists over 25 s. If it is killed too, the next one counts on from its last look."

interface Asker {
  /** Returns one of the servers. */
  choose: () => Client
  random: () => number
  /** How long each answer took, in milliseconds. */
  waits: number[]
}

/** Sends an attempt, to any server, until an answer tells its outcome or the person has enough. */
async function askUntilKnown({ choose, random, waits }: Asker, attempt: Attempt): Promise<void> {
  const { key, projectId, request } = attempt
  for (let unknown = 0; ;) {
    const { status, text, ms } = await create(choose(), projectId, request, key)
    waits.push(ms)
    attempt.refusedBefore = text.includes("preflight_refused")
    if (status === 201 || status === 422) return
    // After these two perhaps nothing was begun, so leaving would prove nothing.
    if (status === 504) unknown += 1
    if (unknown >= enoughUnknown) attempt.leaves = true
    if (attempt.leaves && status !== 503 && status !== 0) return
    await pause(200 + random() * 1_000)
  }
}

const readOpen = async ({ readRows }: Postgres) =>
  (await readRows("select id from change where state in ('ready', 'sent', 'unknown')")).map((row) =>
    String(row["id"]),
  )

/** Returns for each sending without an answer how long its outcome was unknown, and whether a server was killed meanwhile. */
async function readLost({ readRows }: Postgres, killedAt: readonly number[]) {
  const rows = await readRows(
    `select attempt.kind as kind, attempt.at as sent, bool_or(outcome.outcome = 'unknown') as was_unknown,
      max(outcome.at) filter (where outcome.outcome <> 'unknown') as settled
    from event as attempt join event as outcome on outcome.attempt = attempt.number
    where attempt.kind in ('peering-create', 'peering-change', 'peering-delete')
    group by attempt.number, attempt.kind, attempt.at`,
  )
  return rows
    .map((row) => ({
      kind: String(row["kind"]),
      sent: Number(row["sent"]),
      settled: Number(row["settled"] ?? Number.POSITIVE_INFINITY),
      wasUnknown: row["was_unknown"] === true,
    }))
    .filter(({ sent, settled, wasUnknown }) => wasUnknown || settled - sent > 1_000)
    .map(({ kind, sent, settled }) => ({
      kind,
      seconds: (settled - sent) / 1_000,
      metKill: killedAt.some((at) => at >= sent && at <= settled),
    }))
}
