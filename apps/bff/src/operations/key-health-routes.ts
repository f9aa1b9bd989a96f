import type { Routes } from "@peering-desk/shared-schemas"
import type { Request } from "express"
import type { AuditActor } from "#audit/audit-events.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import type { KeyHealth } from "./key-health.ts"

interface KeyHealthDeps {
  keyHealth: KeyHealth
  /** Returns who sends a request. */
  actorOf: (request: Request) => { actor: AuditActor; address: string | null }
}

export function createKeyHealthHandlers({ keyHealth, actorOf }: KeyHealthDeps) {
  return {
    keys: { get: () => ({ keys: keyHealth.reports() }) },
    testKeys: { post: async ({ request }) => ({ keys: await keyHealth.testAll(actorOf(request)) }) },
  } satisfies ApiHandlers<Routes, "keys" | "testKeys">
}
