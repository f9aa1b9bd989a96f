import type { AuditKey } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { signCheckpoint } from "#audit/signing/checkpoint.ts"
import { SigningKey } from "#audit/signing/signing-key.ts"
import { verifyCheckpoint } from "./audit-verify.ts"

const signing = SigningKey.create()
const sign = (sequence: number) => signCheckpoint(signing, { sequence, at: 5, hash: "ab".repeat(32) })
const retired: AuditKey = {
  id: signing.id,
  publicKey: signing.publicKey,
  createdAt: "2026-01-15T12:00:00.000Z",
  fromSequence: 1,
  untilSequence: 4,
  isConfirmed: true,
}

test("judgeCheckpoint accepts a replaced key for the rows that it signed, and for no later ones", () => {
  expect(verifyCheckpoint(sign(4), [retired])).toMatchObject({ keyId: signing.id, whyNot: null })
  expect(verifyCheckpoint(sign(5), [retired])).toMatchObject({ whyNot: "retired-key" })
  expect(verifyCheckpoint(sign(5), [{ ...retired, untilSequence: null }])).toMatchObject({ whyNot: null })
})

test("judgeCheckpoint refuses what is no checkpoint", () => {
  expect(() => verifyCheckpoint("nonsense", [retired])).toThrow(
    expect.objectContaining({ code: "invalid_request" }),
  )
})
