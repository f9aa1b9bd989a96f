import { join } from "node:path"
import { judgeCreates, planCreates, watchMade, type Attempt } from "#bff/test/support/chaos-creates.ts"
import { drawByMethod, openFaultProxy } from "#bff/test/support/fault-proxy.ts"
import { apiUrls, AuditVerification } from "@peering-desk/shared-schemas"
import { at, ask, create, pause, secondsUntil, type Seat } from "./seat.ts"
import { atMost, holds, none, shown, toQuantile, type Faults, type Figure } from "./row.ts"
import { openPostgres, readEnds, startAtlas, startServer, type Postgres } from "./world.ts"

/** With these, 2,000 sendings and more get no answer. */
const attempts = 2_600
const atOnce = 150
/** The two servers are killed in turn. */
const killEveryMs = 30_000
/** One person in 4 does not ask again after an answer without an outcome. */
const leavesEvery = 4
const doubleClickEvery = 7

/** Creates through two servers whose way to Atlas breaks at random bytes, while the servers are killed in turn. */
export async function loseAnswers({ work, random, note }: Faults): Promise<Figure[]> {
  const [atlas, postgres] = [await startAtlas(), await openPostgres()]
  const proxy = await openFaultProxy({
    target: atlas.origin,
    draw: drawByMethod(random, {
      POST: { "cut-request": 0.35, "cut-answer": 0.3, reset: 0.12, "half-open": 0.02, latency: 0.04 },
      GET: { "cut-request": 0.02, "cut-answer": 0.02, latency: 0.02 },
    }),
  })
  // One person at both: the session is in the database.
  let cookie = ""
  const start = async (number: number): Promise<Seat> => {
    const environment = { DATABASE_URL: postgres.url }
    const desk = await startServer(join(work, `server-${number}`), atlas, proxy.origin, environment)
    cookie ||= await desk.signIn()
    return { desk, cookie }
  }
  const seats: Seat[] = [await start(0), await start(1)]
  const listMade = watchMade(atlas.simulator)
  const asked = planCreates(atlas.simulator, attempts, () => random() * leavesEvery < 1)
  const killedAt: number[] = []
  try {
    const queue = asked.flatMap((attempt, number) =>
      number % doubleClickEvery === 0 ? [attempt, attempt] : [attempt],
    )
    let isAsking = true
    const killInTurn = async () => {
      for (let number = 0; ; number = 1 - number) {
        await pause(killEveryMs)
        if (!isAsking) return
        note(`${queue.length} left to ask, a server is killed`)
        killedAt.push(Date.now())
        await at(seats, number).desk.stop("SIGKILL")
        seats[number] = await start(number)
      }
    }
    const work = async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift())
        await askUntilKnown(() => at(seats, random() < 0.5 ? 0 : 1), next, random)
    }
    const killing = killInTurn()
    await Promise.all(Array.from({ length: atOnce }, work))
    isAsking = false
    await killing
    note("all asked; waiting until the last one is settled")
    const last = await secondsUntil(async () => (await readOpen(postgres)).length === 0, 180, 200)
    const lost = await readLost(postgres, killedAt)
    const toLongest = (metKill: boolean) =>
      Math.max(0, ...lost.filter((one) => one.metKill === metKill).map(({ seconds }) => seconds))

    const stored = await readEnds(postgres)
    const made = listMade()
    const found = judgeCreates(
      made,
      asked.map((one) => ({ ...one, change: stored.get(`${one.projectId} ${one.key}`) ?? null })),
    )
    const verified = AuditVerification.parse(
      JSON.parse((await ask(at(seats, 0), "GET", apiUrls.verifyAudit({ head: [] }))).text),
    )
    return [
      shown("creates asked for", attempts),
      shown("answers that were lost, or whose server was killed", lost.length),
      shown("servers killed meanwhile", killedAt.length),
      shown("connections made", made.length),
      none("networks that were connected twice", found.madeTwice.length),
      none("connections that no create names", found.lost.length),
      none("connections that two creates name", found.claimedTwice.length),
      none("creates with a wrong label", found.labelledWrong.length),
      none("creates without a trace", found.forgotten.length),
      atMost(
        "a create without a known outcome, the longest without a kill meanwhile",
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
      atMost("until the last one was settled, after the last request", last, "s", 60),
      holds("the audit log is whole", verified.verdict === "verified"),
    ]
  } finally {
    for (const { desk } of seats) await desk.stop("SIGKILL")
    await proxy.close()
    await atlas.simulator.close()
    await postgres.stop()
  }
}

const proofLimit =
  "A request that Atlas never answers is given up after 15 s. When three lists do not show it, the last of them 25 s after it was sent, it made nothing."
const killLimit =
  "Six to ten seconds after a kill, the other process looks the create up and asks for three lists. It may be killed too: each server here is killed once a minute."

/** Sends an attempt, to any server, until an answer tells its outcome. */
async function askUntilKnown(choose: () => Seat, attempt: Attempt, random: () => number): Promise<void> {
  const { key, projectId, request, leaves } = attempt
  for (;;) {
    const { status, text } = await create(choose(), projectId, request, key)
    attempt.refusedBefore = text.includes("preflight_refused")
    if (status === 201 || status === 422) return
    // After these two perhaps nothing was begun, so leaving would prove nothing.
    if (leaves && status !== 503 && status !== 0) return
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
    `select attempt.at as sent, bool_or(outcome.outcome = 'unknown') as was_unknown,
      max(outcome.at) filter (where outcome.outcome <> 'unknown') as settled
    from event as attempt join event as outcome on outcome.attempt = attempt.number
    where attempt.kind = 'peering-create'
    group by attempt.number, attempt.at`,
  )
  return rows
    .map((row) => ({
      sent: Number(row["sent"]),
      settled: Number(row["settled"] ?? Number.POSITIVE_INFINITY),
      wasUnknown: row["was_unknown"] === true,
    }))
    .filter(({ sent, settled, wasUnknown }) => wasUnknown || settled - sent > 1_000)
    .map(({ sent, settled }) => ({
      seconds: (settled - sent) / 1_000,
      metKill: killedAt.some((at) => at >= sent && at <= settled),
    }))
}
