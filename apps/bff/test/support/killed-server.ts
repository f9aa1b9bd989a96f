import { createJsonBodyReader } from "#http/json-body.ts"
import { usualPollIntervals } from "#polling/poll-interval.ts"
import { createApiRouter } from "#http/api-router.ts"
import { routes } from "@peering-desk/shared-schemas"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { ownerKey } from "@peering-desk/atlas-simulator"
import express from "express"
import { createAtlasClient } from "#atlas/atlas-client.ts"
import { openAuditLog } from "./audit-log.ts"
import { systemClock } from "#base/clock.ts"
import { createLogger } from "#base/logger.ts"
import { writeProblem } from "#http/problem-writer.ts"
import { logRequests } from "#http/request-log.ts"
import { ProjectCache } from "#projects/project-cache.ts"
import { createRuleBook, parseAccessRules } from "#sign-in/access-rules.ts"
import { requireUser } from "#sign-in/require-user.ts"
import { usualSessionLifetimes, toSessionOwner } from "#sign-in/session-data.ts"
import { ChangeRows } from "#changes/engine/change-rows.ts"
import { openStore } from "#store/open-store.ts"
import { SessionStore } from "#store/session-store.ts"
import { createPolling } from "#polling/create-polling.ts"
import { createChanges } from "#changes/engine/change-look-ups.ts"
import { createPeeringHandlers } from "#changes/peering-routes.ts"
import { createKinds } from "#changes/kinds.ts"
import { createApprovalPolicyBook } from "#approvals/approval-policy.ts"
import { createApprovalGate } from "#approvals/hold-change.ts"
import type { LookUpTiming } from "#changes/engine/look-up-timing.ts"
import { SnapshotReader } from "#preflight/snapshot-reader.ts"

/** Starts a waiting server. */
export interface StartMessage {
  dataDirectory: string
  atlasOrigin: string
  atlasTimeoutMs: number
  peersPerProject: number
  timing: LookUpTiming
}

const clock = systemClock
const logger = createLogger("silent")

/** Starts the part of the server that creates peerings, with a person signed in. */
async function serve({
  dataDirectory,
  atlasOrigin,
  atlasTimeoutMs,
  peersPerProject,
  timing,
}: StartMessage): Promise<number> {
  const store = await openStore({ dataDirectory, clock, logger })
  const atlas = createAtlasClient({
    baseUrl: atlasOrigin,
    apiVersion: "v1.0",
    credential: ownerKey,
    timeoutMs: atlasTimeoutMs,
    logger,
  })
  const projectCache = new ProjectCache({ atlas, clock })
  const containersChanged = (projectId: string) => projectCache.of(projectId).containers.expire()
  const { peeringStore, peeringWriter, pollers } = createPolling({
    store,
    isOwnKey: () => false,
    atlas,
    containersChanged,
    intervals: usualPollIntervals,
    paces: { slownessOf: () => 1, refresh: () => Promise.resolve() },
    clock,
    logger,
  })
  const audit = openAuditLog(store, clock)
  const changeRows = new ChangeRows({ store, clock, processId: null })
  const allowed = { rulings: [], problem: null }
  const policies = {
    judgeCreate: () => Promise.resolve(allowed),
    judgeChange: () => Promise.resolve(allowed),
  }
  const snapshotReader = new SnapshotReader({
    projectCache,
    pollers,
    clock,
    rightsIn: () => ({ keyMayCreate: "unknown" }),
    policies,
    store,
    peersPerProject,
  })
  const kinds = createKinds({
    atlas,
    pollers,
    peeringWriter,
    changeRows,
    clock,
    snapshotReader,
    containersChanged,
    projectCache,
    listPeers: () => Promise.resolve([]),
  })
  const { changes, changeLookUps } = createChanges({
    store,
    audit,
    changeRows,
    show: () => pollers.catchUp(),
    timing,
    realClock: clock,
    sharing: null,
    kinds: Object.values(kinds),
    clock,
    logger,
  })
  changeLookUps.start()

  const ruleBook = createRuleBook(parseAccessRules('{"rules":[]}'))
  const app = express()
  app.use(logRequests(logger))
  app.use((request, _response, next) => {
    const identity = { issuer: "https://issuer.example", subject: "nadia", name: "Nadia", email: null }
    const signedIn = { identity, claims: {}, signedInAt: 0 }
    Object.assign(request, { session: { signedIn }, sessionID: "" })
    next()
  })
  const sessions = new SessionStore({ store, clock, ownerOf: toSessionOwner, ...usualSessionLifetimes })
  app.use(requireUser(ruleBook, sessions))
  const handlers = createPeeringHandlers({
    store,
    peeringStore,
    atlas,
    projectCache,
    audit,
    changes,
    changeRows,
    kinds,
    aloneSince: clock.now(),
    pollers,
    peeringWriter,
    snapshotReader,
    policies,
    containersChanged,
    clock,
    // No policy.
    approvals: createApprovalGate({
      store,
      audit,
      changeRows,
      clock,
      ruleBook,
      approvalPolicy: createApprovalPolicyBook(null),
      people: { save: () => Promise.resolve(), find: () => Promise.resolve(null) },
    }),
  })
  app.use(
    createApiRouter(routes, handlers, {
      guard: () => [],
      readBody: createJsonBodyReader(64),
    }),
  )
  app.use(writeProblem)
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return (server.address() as AddressInfo).port
}

process.once("message", (message: StartMessage) => {
  void serve(message).then((port) => process.send?.(port))
})
// Its parent process is gone.
process.once("disconnect", () => process.exit())
process.send?.("waiting")
