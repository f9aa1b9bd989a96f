import type { KeyReport, Routes } from "@peering-desk/shared-schemas"
import type { Request } from "express"
import type { AuditActor } from "#audit/audit-events.ts"
import type { AuditLog } from "#audit/audit-log.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import type { KeyHealth } from "./key-health.ts"
import type { NewSecrets } from "./new-secrets.ts"

interface KeyHealthDeps {
  keyHealth: KeyHealth
  newSecrets: Pick<NewSecrets, "test">
  audit: Pick<AuditLog, "record">
  /** Returns who sends a request. */
  actorOf: (request: Request) => { actor: AuditActor; address: string | null }
}

const secretVerdicts = {
  works: "new secret works",
  refused: "new secret refused",
  "not-tested": "new secret could not be tested",
}

export function createKeyHealthHandlers({ keyHealth, newSecrets, audit, actorOf }: KeyHealthDeps) {
  const toReport = (keys: KeyReport[]) => ({ keys, configurationProblem: keyHealth.configurationProblem })
  return {
    keys: { get: () => toReport(keyHealth.reports()) },
    testKeys: { post: async ({ request }) => toReport(await keyHealth.testAll(actorOf(request))) },
    testNewSecrets: {
      async post({ request }) {
        const answer = await newSecrets.test()
        const ids = new Map(keyHealth.reports().map(({ label, maskedId }) => [label, maskedId]))
        for (const { label, result } of answer.tests) {
          if (result === "same") continue
          const detail = { label, publicKey: ids.get(label) ?? "", verdict: secretVerdicts[result] }
          await audit.record({ ...actorOf(request), action: "key-tested", detail })
        }
        return answer
      },
    },
  } satisfies ApiHandlers<Routes, "keys" | "testKeys" | "testNewSecrets">
}
