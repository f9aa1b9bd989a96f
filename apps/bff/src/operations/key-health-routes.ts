import type { KeyReport, Routes } from "@peering-desk/shared-schemas"
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
  const toReport = (keys: KeyReport[]) => ({ keys, configurationProblem: keyHealth.configurationProblem })
  return {
    keys: { get: () => toReport(keyHealth.reports()) },
    testKeys: { post: async ({ request }) => toReport(await keyHealth.testAll(actorOf(request))) },
  } satisfies ApiHandlers<Routes, "keys" | "testKeys">
}
