import { expect, test } from "vitest"
import { createTokenText, isTokenText, toTokenHash } from "./token-text.ts"

test("a new token has the documented shape, and no two are the same", () => {
  const texts = Array.from({ length: 500 }, createTokenText)
  expect(new Set(texts).size).toBe(500)
  for (const text of texts) {
    expect(text).toMatch(/^peeringdesk_[0-9A-Za-z]{46}$/)
    expect(isTokenText(text)).toBe(true)
  }
  const digits = new Set(texts.flatMap((text) => text.slice(12, 52).split("")))
  expect(digits.size).toBe(62)
})

test("one changed, missing, added or swapped character is found without the database", () => {
  const text = createTokenText()
  for (let at = 0; at < text.length; at += 1) {
    const other = text[at] === "a" ? "b" : "a"
    expect(isTokenText(`${text.slice(0, at)}${other}${text.slice(at + 1)}`)).toBe(false)
    expect(isTokenText(`${text.slice(0, at)}${text.slice(at + 1)}`)).toBe(false)
    expect(isTokenText(`${text.slice(0, at)}a${text.slice(at)}`)).toBe(false)
  }
  for (const wrong of [
    "",
    "peeringdesk_",
    ` ${text}`,
    `${text} `,
    `"${text}"`,
    text.toUpperCase(),
    `${text}\n`,
  ])
    expect([wrong, isTokenText(wrong)]).toEqual([wrong, false])
})

test("the checksum is CRC-32 of the random part to the base 62, as a scanner computes it", () => {
  const random = "0".repeat(40)
  expect(isTokenText(`peeringdesk_${random}${toBase62(crc32ByTable(random))}`)).toBe(true)
})

test("the hash is SHA-256 in hexadecimal", () => {
  expect(toTokenHash("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
})

/** CRC-32 as its definition has it (ISO 3309), bit by bit. */
function crc32ByTable(text: string): number {
  let rest = 0xffffffff
  for (const byte of Buffer.from(text)) {
    rest ^= byte
    for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ ((rest & 1) * 0xedb88320)
  }
  return (rest ^ 0xffffffff) >>> 0
}

function toBase62(value: number): string {
  const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
  let text = ""
  for (let rest = value, place = 0; place < 6; place += 1, rest = Math.floor(rest / 62))
    text = `${digits[rest % 62]}${text}`
  return text
}
