import { expect, test } from "vitest"
import { makeEntry } from "#mock-bff/inventory-samples.ts"
import { toAttentionSentence } from "./attention-words.ts"

const fields = { statusName: "FAILED", errorStateName: "INVALID_ARGUMENT", vpcId: "vpc-0bad5eed" }
const failed = { status: "FAILED", turn: "failed", fields }

test.each([
  ["Account, VPC and region don't match, or CIDRs overlap", "new", null],
  ["vpc-0bad5eed not found", "once available", "2026-11-24T10:05:00.000Z"],
] as const)("Overview says %s of a %s connection that AWS refused", (sentence, _age, leftAvailableAt) => {
  const peering = makeEntry("AWS", "a", { ...failed, leftAvailableAt })
  expect(toAttentionSentence({ peering, turn: "failed", cidr: null, container: null })).toBe(sentence)
})
