import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { AuditRow, Routes } from "@peering-desk/shared-schemas"
import type { Request } from "express"
import { AppError } from "#base/app-error.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import type { Store } from "#store/store.ts"
import type { AuditActor } from "./audit-events.ts"
import { exportAudit, exportTypes } from "./audit-export.ts"
import { queryAudit, readAuditStory } from "./audit-query.ts"
import type { AuditLog } from "./audit-log.ts"
import { readPeeringNames, toLastingName } from "./peering-names.ts"
import { verifyAudit } from "./audit-verify.ts"

interface AuditRouteDeps {
  store: Store
  clock: Clock
  audit: AuditLog
  /** Returns the known names of projects by their ids, without waiting long for Atlas. */
  nameProjects: (projectIds: readonly string[]) => Promise<Record<string, string>>
  /** Returns who sends a request. */
  actorOf: (request: Request) => { actor: AuditActor; address: string | null }
  /** Calls back when the person behind a request may no longer read the log. Returns what ends that. */
  followReader: (request: Request, onOver: () => void) => () => void
  /** Verifies the whole log again, records a flaw that no row names yet, and tells operators how many are open. Never rejects. */
  checkFlaws: () => Promise<void>
}

export function createAuditHandlers({
  store,
  clock,
  audit,
  nameProjects,
  actorOf,
  followReader,
  checkFlaws,
}: AuditRouteDeps) {
  const withNames = async <Found extends { rows: AuditRow[] }>(found: Found) => ({
    ...found,
    projectNames: await nameProjects(found.rows.flatMap(({ projectId }) => projectId ?? [])),
    connectionNames: await readPeeringNames(store.db, found.rows, toLastingName),
  })
  return {
    audit: { get: async ({ query }) => await withNames(await queryAudit(store, query)) },
    verifyAudit: {
      async get({ query: { head = [] } }) {
        const verify = () => verifyAudit({ store, clock, audit }, [head].flat())
        const found = await verify()
        if (found.flaws.every(({ recordedAt }) => recordedAt !== null)) return found
        await checkFlaws()
        return await verify()
      },
    },
    auditKeys: {
      get: async () => ({ keys: await audit.keys.list(store.db) }),
      async post({ request }) {
        await audit.rotateKey(actorOf(request))
        return { keys: await audit.keys.list(store.db) }
      },
    },
    acknowledgeFlaws: {
      async post({ request, body }) {
        await audit.acknowledgeFlaws(actorOf(request), body)
        await checkFlaws()
        return await verifyAudit({ store, clock, audit }, [])
      },
    },
    exportAudit: {
      async get({ request, response, query: { format, ...filter } }) {
        await audit.record({
          ...actorOf(request),
          action: "audit-exported",
          detail: { format, filter: JSON.stringify(filter) },
        })
        const rights = new AbortController()
        const unfollow = followReader(request, () => rights.abort())
        response.attachment(`peering-desk-audit-${toInstant(clock.now()).slice(0, 10)}.${format}`)
        response.type(exportTypes[format])
        try {
          const { signal } = rights
          await pipeline(Readable.from(exportAudit({ store, audit }, format, filter)), response, { signal })
        } catch (thrown) {
          // Closing the page during an export is no error. Without the rights it breaks off, and the browser shows the download as failed.
          const isClosed =
            thrown instanceof Error && "code" in thrown && thrown.code === "ERR_STREAM_PREMATURE_CLOSE"
          if (!isClosed && !rights.signal.aborted) throw thrown
        } finally {
          unfollow()
        }
      },
    },
    auditCheckpoint: { get: async () => ({ checkpoint: await audit.end.readText() }) },
    auditStory: {
      async get({ params: { sequence } }) {
        const story = /^[1-9]\d{0,14}$/.test(sequence) ? await readAuditStory(store, Number(sequence)) : null
        if (story === null) throw new AppError("not_found", { detail: "The audit log has no such entry." })
        return await withNames(story)
      },
    },
  } satisfies ApiHandlers<
    Routes,
    | "audit"
    | "verifyAudit"
    | "exportAudit"
    | "auditKeys"
    | "acknowledgeFlaws"
    | "auditCheckpoint"
    | "auditStory"
  >
}
