import { ProblemCode } from "@peering-desk/shared-schemas"
import { Router, type NextFunction, type Request, type Response } from "express"
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client"
import type { AtlasCallEnd } from "#atlas/atlas-call.ts"
import { allowOnly } from "#http/allow-methods.ts"
import { answerNotFound } from "#http/problem-writer.ts"
import type { LeadChange } from "#processes/leader.ts"
import { toRouteLabel } from "./route-label.ts"

/** Gauges that are counted elsewhere and read at scrape time. */
interface Gauges {
  openStreams: () => number
  watchLoops: () => number
  pollerLagMs: () => number
  /** When the secret of each credential expires (ISO 8601), as far as Atlas tells. */
  secrets: () => readonly { label: string; expiresAt: string }[]
  /** Messages of notifications by state, and the age of the oldest that waits. Fails with the database, in time for a scrape. */
  notifications: () => Promise<{ waiting: number; failed: number; lagMs: number }>
  /** Flaws of the audit log that nobody acknowledged; null until it was verified. */
  openAuditFlaws: () => number | null
}

export type Metrics = ReturnType<typeof createMetrics>

const knownMethods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])

/**
 * Builds the metrics of one process: counters as callbacks, so that no other module knows the library, and their text for Prometheus.
 * Labels come from closed lists and the configuration only: nothing a caller writes becomes one.
 */
export function createMetrics(gauges: Gauges) {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })

  const requests = new Counter({
    name: "peering_desk_http_requests_total",
    help: "Requests answered, or broken off, by route, method and status.",
    labelNames: ["route", "method", "status"] as const,
    registers,
  })
  const seconds = new Histogram({
    name: "peering_desk_http_request_seconds",
    help: "Time from a request to the end of its answer, event streams excepted.",
    labelNames: ["route", "method"] as const,
    buckets: [0.005, 0.02, 0.1, 0.5, 1, 2, 5, 15, 30],
    registers,
  })
  const atlasCalls = new Counter({
    name: "peering_desk_atlas_calls_total",
    help: "Calls to Atlas by outcome: ok, or the code of the problem.",
    labelNames: ["outcome"] as const,
    registers,
  })
  // Prometheus sees a rise from 0, and none where a series begins at 3: the alerts would miss the first failures.
  const failures = ProblemCode.options.filter((code) => code.startsWith("atlas_"))
  for (const outcome of ["ok", ...failures, "outcome_unknown"]) atlasCalls.inc({ outcome }, 0)
  const atlasRequests = new Histogram({
    name: "peering_desk_atlas_requests_per_call",
    help: "HTTP requests that a call to Atlas took, those for a challenge or a token included.",
    buckets: [0, 1, 2, 3, 4],
    registers,
  })
  const atlasSeconds = new Histogram({
    name: "peering_desk_atlas_call_seconds",
    help: "Time that a call to Atlas took.",
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15],
    registers,
  })
  const leadChanges = new Counter({
    name: "peering_desk_lead_changes_total",
    help: "Times that this process began to poll for all, gave that back, or lost it to another process.",
    labelNames: ["change"] as const,
    registers,
  })
  addGauge("peering_desk_open_streams", "Event streams that are open.", gauges.openStreams)
  addGauge("peering_desk_watch_loops", "Loops that look at one project and cloud each.", gauges.watchLoops)
  addGauge(
    "peering_desk_poller_lag_seconds",
    "How late the latest poll is that this process has planned.",
    () => gauges.pollerLagMs() / 1000,
  )
  addGauge(
    "peering_desk_audit_flaws",
    "Flaws of the audit log that nobody acknowledged; NaN until this server has verified it.",
    () => gauges.openAuditFlaws() ?? Number.NaN,
  )

  new Gauge({
    name: "peering_desk_atlas_secret_expiry_timestamp_seconds",
    help: "When the secret in use of an Atlas credential expires, in seconds since 1970.",
    labelNames: ["credential"] as const,
    registers,
    collect() {
      this.reset()
      for (const { label, expiresAt } of gauges.secrets())
        this.set({ credential: label }, Date.parse(expiresAt) / 1000)
    },
  })

  new Gauge({
    name: "peering_desk_notifications",
    help: "Messages of notifications that wait to be sent, or were given up in the last 30 days.",
    labelNames: ["state"] as const,
    registers,
    async collect() {
      this.reset()
      const counted = await gauges.notifications().catch(() => null)
      if (counted === null) return
      this.set({ state: "waiting" }, counted.waiting)
      this.set({ state: "failed" }, counted.failed)
    },
  })
  new Gauge({
    name: "peering_desk_notification_lag_seconds",
    help: "Age of the oldest message that waits to be sent; NaN while the database can't be read.",
    registers,
    async collect() {
      const counted = await gauges.notifications().catch(() => null)
      this.set(counted === null ? Number.NaN : counted.lagMs / 1000)
    },
  })

  function addGauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  }

  return {
    /** Counts every request by route, method and status, when its answer has ended or its connection broke. */
    countRequests: (request: Request, response: Response, next: NextFunction) => {
      const begun = performance.now()
      const route = toRouteLabel(request.path)
      const method = knownMethods.has(request.method) ? request.method : "other"
      response.on("close", () => {
        // A connection that broke before any answer has no status.
        const status = response.headersSent ? String(response.statusCode) : "none"
        requests.inc({ route, method, status })
        const isStream = String(response.getHeader("Content-Type")).startsWith("text/event-stream")
        if (!isStream) seconds.observe({ route, method }, (performance.now() - begun) / 1000)
      })
      next()
    },
    countAtlasCall: ({ outcome, requests: taken, tookMs }: AtlasCallEnd) => {
      atlasCalls.inc({ outcome })
      atlasRequests.observe(taken)
      atlasSeconds.observe(tookMs / 1000)
    },
    /** Counts each cloud of which this process begins or ceases to be the poller, among several. */
    countLeadChange: (change: LeadChange) => leadChanges.inc({ change }),
    contentType: registry.contentType,
    read: () => registry.metrics(),
  }
}

/**
 * `/metrics`, in the text format of Prometheus, for operators. Anybody else learns no more than of an address that does not exist.
 * @param isOperator tells operators from strangers
 */
export function createMetricsRouter(metrics: Metrics, isOperator: (request: Request) => boolean): Router {
  const router = Router()
  router
    .route("/metrics")
    .all((request, response, next) =>
      isOperator(request) ? next() : answerNotFound(request, response, next),
    )
    .get(async (_request, response) => {
      const text = await metrics.read()
      response.setHeader("Cache-Control", "no-store")
      response.setHeader("Content-Type", metrics.contentType)
      response.send(text)
    })
    .all(allowOnly("GET", "HEAD"))
  return router
}
