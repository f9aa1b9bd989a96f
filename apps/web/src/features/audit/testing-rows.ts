import type { AuditRow } from "@peering-desk/shared-schemas"
import { http, HttpResponse } from "msw"
import { mockBff } from "#mock-bff/mock-bff.ts"
import { projectId } from "#mock-bff/samples.ts"

export const hash = (digit: string) => digit.repeat(64)

export function makeRow(sequence: number, more: Partial<AuditRow> = {}): AuditRow {
  return {
    sequence,
    at: "2026-11-24T10:01:00.000Z",
    version: sequence,
    kind: "event",
    action: "sign-in",
    actor: { issuer: "https://id.example", subject: "nadia", name: "Nadia Berg" },
    address: "10.0.0.7",
    projectId: null,
    providerName: null,
    peeringId: null,
    status: null,
    afterAt: null,
    notification: null,
    reason: null,
    requestHash: null,
    outcome: "done",
    answerCode: null,
    detail: null,
    before: null,
    after: null,
    attemptSequence: null,
    once: null,
    salt: "salt",
    digest: hash("d"),
    previousHash: hash("a"),
    hash: hash("b"),
    ...more,
  }
}

/** A create that Atlas refuses, and its outcome. */
export const attempt = makeRow(7, {
  kind: "attempt",
  action: "peering-create",
  projectId,
  reason: "NET-42",
  requestHash: hash("c"),
  outcome: null,
  after: { vpcId: "vpc-1", providerName: "AWS" },
})
export const outcome = makeRow(8, {
  ...attempt,
  sequence: 8,
  kind: "outcome",
  outcome: "failed",
  answerCode: "409 PEER_ALREADY_EXISTS",
  detail: { why: "Atlas has one already" },
  before: { vpcId: "vpc-1", status: "FAILED" },
  after: { vpcId: "vpc-1", status: "AVAILABLE" },
  attemptSequence: 7,
})

/** Serves 120 entries, 50 a page, and keeps what was asked for. */
export function serveTrail() {
  const asked: URLSearchParams[] = []
  mockBff.use(
    http.get("/api/audit", ({ request }) => {
      const search = new URL(request.url).searchParams
      asked.push(search)
      const newest = Number(search.get("before") ?? 121) - 1
      const count = Math.min(50, newest)
      const rows = Array.from({ length: count }, (_, index) => makeRow(newest - index))
      return HttpResponse.json({ rows, nextBefore: newest > 50 ? newest - 49 : null })
    }),
  )
  return asked
}
