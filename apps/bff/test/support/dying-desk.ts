import { apiUrls, Peering, type AuditAction } from "@peering-desk/shared-schemas"
import { expect } from "vitest"
import { resumePolling } from "#polling/resume-polling.ts"
import type { Services } from "#services.ts"
import { listAuditRows } from "./changes.ts"
import type { Answer } from "./http.ts"
import { projectId, requests } from "./requests.ts"
import { startTestApp, type TestApp } from "./test-app.ts"

type Atlas = Services["atlas"]

const lookEveryMs = 4_000
/** The outcome of every change is known by then, in seconds. */
const knownWithin = 60

/** The end of a server's request: it dies before the request leaves, or before the answer comes; or the answer comes when it is let in. */
interface Fall {
  reaches: boolean
  answer?: Promise<void>
}

/** A server that dies in the middle of a change, and the next ones over the same data. */
export interface DyingDesk {
  first: TestApp
  /** Sends a change from the first server, which never gets its answer. */
  sendAndDie: (fall: Fall, send: () => Promise<unknown>) => Promise<void>
  /**
   * Starts the next server over the same data, its clock an hour ahead where it may have another.
   * @param looks whether it looks changes up from the beginning
   */
  startNext: (looks?: boolean) => Promise<TestApp>
  /** Lets a server look once more, a second later at the earliest. */
  pass: (desk: TestApp) => Promise<void>
  /** Lets seconds pass until the last row of an action is an outcome that is known. Returns all outcomes. */
  passUntilKnown: (desk: TestApp, action: AuditAction) => Promise<(string | null)[]>
  close: () => Promise<void>
}

/** @param databaseUrl of PostgreSQL; undefined for an SQLite file */
export async function openDyingDesk(databaseUrl: string | undefined): Promise<DyingDesk> {
  let fall: Fall | null = null
  let sent = 0
  const isShared = databaseUrl !== undefined
  const first = await startTestApp({
    replace(services) {
      const atlas = intercept(services.atlas, async (call) => {
        if (fall === null) return await call()
        const { reaches, answer = new Promise<never>(() => {}) } = fall
        const early = reaches ? await call() : null
        sent += 1
        await answer
        return early ?? (await call())
      })
      return { atlas }
    },
    ...(isShared && { environment: { DATABASE_URL: databaseUrl } }),
  })
  const desks = [first]

  async function pass(desk: TestApp): Promise<void> {
    await desk.clock.untilWaiting(lookEveryMs)
    desk.clock.advance(1_000)
    await desk.services.sharing?.renew()
    await desk.clock.untilWaiting(lookEveryMs)
  }

  return {
    first,
    pass,
    async sendAndDie(next, send) {
      fall = next
      void send().catch(() => null)
      await expect.poll(() => sent).toBe(1)
    },
    async startNext(looks = true) {
      first.clock.advance(1)
      const next = await startTestApp({ beside: first, clockAheadMs: isShared ? 3_600_000 : 0 })
      desks.push(next)
      if (isShared) await resumePolling(next.services)
      if (looks) next.services.changeLookUps.start()
      return next
    },
    async passUntilKnown(desk, action) {
      let outcomes: (string | null)[] = []
      for (let second = 0; second < knownWithin; second += 1) {
        await desk.clock.untilWaiting(lookEveryMs)
        outcomes = (await listAuditRows(desk, action)).map(({ outcome }) => outcome)
        const last = outcomes.at(-1) ?? "unknown"
        if (last !== "unknown") return outcomes
        await pass(desk)
      }
      return outcomes
    },
    async close() {
      for (const desk of desks.toReversed()) await desk.close()
    },
  }
}

/** A dying desk with a connection on AWS that waits for its owner. */
export interface DyingConnection extends DyingDesk {
  id: string
  edit: (desk: TestApp, routeTableCidrBlock?: string) => Promise<Answer>
  remove: (desk: TestApp) => Promise<Answer>
}

/** The block of an edit that names no other. */
export const grown = "10.60.0.0/16"

export async function openDyingConnection(databaseUrl: string | undefined): Promise<DyingConnection> {
  const dying = await openDyingDesk(databaseUrl)
  const { first } = dying
  const { id } = Peering.parse((await first.create(projectId, requests.AWS)).json())
  first.simulator.advance(60)
  first.clock.advance(3_000)
  return {
    ...dying,
    id,
    edit: (desk, routeTableCidrBlock = grown) =>
      desk.call("PATCH", apiUrls.peering(projectId, id), {
        body: { reason: "The VPC has grown", change: { routeTableCidrBlock } },
      }),
    remove: (desk) =>
      desk.call("DELETE", apiUrls.peering(projectId, id), {
        body: { reason: "Orders moved away", name: requests.AWS.vpcId },
      }),
  }
}

/** Lets every change of Atlas pass through a function. */
function intercept(atlas: Atlas, through: <T>(call: () => Promise<T>) => Promise<T>): Atlas {
  return {
    ...atlas,
    changePeer: (...call) => through(() => atlas.changePeer(...call)),
    deletePeer: (...call) => through(() => atlas.deletePeer(...call)),
    createContainer: (...call) => through(() => atlas.createContainer(...call)),
    deleteContainer: (...call) => through(() => atlas.deleteContainer(...call)),
    addToAccessList: (...call) => through(() => atlas.addToAccessList(...call)),
    changePrivateIpMode: (...call) => through(() => atlas.changePrivateIpMode(...call)),
    changeAwsCustomDns: (...call) => through(() => atlas.changeAwsCustomDns(...call)),
  }
}
