import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { AuditExportFormat, AuditFilter, AuditQuery } from "@peering-desk/shared-schemas"
import { Router, type Request, type RequestHandler } from "express"
import * as z from "zod/mini"
import { AppError } from "#base/app-error.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import { allowOnly } from "#http/allow-methods.ts"
import { refuseForeignReads } from "#http/forged-request.ts"
import { parseQuery } from "#http/parse-request.ts"
import type { Store } from "#store/store.ts"
import type { AuditActor } from "./audit-events.ts"
import { exportAudit, exportTypes } from "./audit-export.ts"
import { queryAudit, readAuditStory } from "./audit-query.ts"
import type { AuditLog } from "./audit-log.ts"
import { verifyAudit } from "./audit-verify.ts"
import type { CheckpointEmitter } from "./checkpoint-emitter.ts"
import type { CheckpointSigner } from "./checkpoint.ts"

export interface AuditRouteParts {
  store: Store
  clock: Clock
  trail: AuditLog
  signer: CheckpointSigner
  heads: Pick<CheckpointEmitter, "newest">
  /** Lets auditors and administrators through, and nobody else. */
  mayAudit: RequestHandler
  /** Who asks, once `mayAudit` let them through. */
  actorOf: (request: Request) => { actor: AuditActor; address: string | null }
}

const someText = z.string().check(z.maxLength(200))
const VerifyQuery = z.strictObject({
  head: z.optional(z.union([someText, z.array(someText).check(z.maxLength(50))])),
})
const ExportQuery = z.extend(AuditFilter, { format: AuditExportFormat })

/** `/api/audit`: search, one row's story, proof that it is whole, and export. Reading it needs a right of its own. */
export function createAuditRouter(parts: AuditRouteParts): Router {
  const { store, clock, trail, signer, heads, mayAudit, actorOf } = parts
  const router = Router()
  router.use(mayAudit)

  router
    .route("/")
    .get(async (request, response) => {
      response.json(await queryAudit(store, parseQuery(request, AuditQuery)))
    })
    .all(allowOnly("GET", "HEAD"))

  router
    .route("/verify")
    .get(async (request, response) => {
      const { head = [] } = parseQuery(request, VerifyQuery)
      const given = typeof head === "string" ? [head] : head
      response.json(await verifyAudit({ store, signer, clock, given, remembered: heads.newest }))
    })
    .all(allowOnly("GET", "HEAD"))

  router
    .route("/export")
    .head(allowOnly("GET"))
    .get(refuseForeignReads, async (request, response) => {
      const { format, ...filter } = parseQuery(request, ExportQuery)
      await trail.record({
        ...actorOf(request),
        action: "audit-exported",
        detail: { format, filter: JSON.stringify(filter) },
      })
      response.attachment(`peering-desk-audit-${toInstant(clock.now()).slice(0, 10)}.${format}`)
      response.type(exportTypes[format])
      try {
        await pipeline(Readable.from(exportAudit(store, format, filter)), response)
      } catch (thrown) {
        // Who closes the page in the middle of an export did nothing wrong.
        if (!(thrown instanceof Error && "code" in thrown && thrown.code === "ERR_STREAM_PREMATURE_CLOSE"))
          throw thrown
      }
    })
    .all(allowOnly("GET"))

  router
    .route("/:sequence")
    .get(async (request, response) => {
      const { sequence } = request.params
      const story = /^[1-9]\d{0,14}$/.test(sequence) ? await readAuditStory(store, Number(sequence)) : null
      if (story === null) throw new AppError("not_found", { detail: "The audit trail has no such row." })
      response.json(story)
    })
    .all(allowOnly("GET", "HEAD"))

  return router
}
