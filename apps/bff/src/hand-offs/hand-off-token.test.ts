import fc from "fast-check"
import { expect, test } from "vitest"
import { HandOffSigner } from "./hand-off-token.ts"

const older = "a session secret that is long enough to be one"
const newer = "another session secret, put in front of the older one"
const claim = { id: "AAAAAAAAAAAAAAAAAAAAAA", expiresAt: Date.UTC(2026, 0, 16) }

test("HandOffSigner reads the link and the expiry of its token", () => {
  const signer = new HandOffSigner([older])
  expect(signer.read(signer.sign(claim))).toEqual(claim)
})

test("HandOffSigner accepts a token while its secret is listed", () => {
  const token = new HandOffSigner([older]).sign(claim)
  expect(new HandOffSigner([newer, older]).read(token)).toEqual(claim)
  expect(new HandOffSigner([newer]).read(token)).toBe(null)
  expect(new HandOffSigner([older]).read(new HandOffSigner([newer, older]).sign(claim))).toBe(null)
})

/** Inserts, removes, changes or swaps a few characters anywhere. */
const mutation = fc.record({
  kind: fc.constantFrom("change", "insert", "remove", "swap", "cut", "double"),
  at: fc.nat(),
  by: fc.constantFrom(..."ABCxyz019._-= \n%éÀ\0".split("")),
})

function mutate(
  token: string,
  { kind, at, by }: typeof mutation extends fc.Arbitrary<infer T> ? T : never,
): string {
  const index = at % token.length
  const [before, after] = [token.slice(0, index), token.slice(index + 1)]
  if (kind === "change") return before + by + after
  if (kind === "insert") return before + by + token.slice(index)
  if (kind === "remove") return before + after
  if (kind === "cut") return before
  if (kind === "double") return token + token.slice(index)
  return before + after.slice(0, 1) + token.charAt(index) + after.slice(1)
}

test("HandOffSigner reads none of 1,000 tampered tokens", () => {
  const signer = new HandOffSigner([newer, older])
  const token = signer.sign(claim)
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
      const tampered = mutations.reduce((text, one) => (text === "" ? text : mutate(text, one)), token)
      fc.pre(tampered !== token)
      expect(signer.read(tampered)).toBe(null)
    }),
    { numRuns: 1_000 },
  )
})

test("HandOffSigner reads one last character only, although base64url has several for the same bytes", () => {
  const signer = new HandOffSigner([older])
  const token = signer.sign(claim)
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
  const read = alphabet.split("").filter((letter) => signer.read(token.slice(0, -1) + letter) !== null)
  expect(read).toEqual([token.at(-1)])
})
