import { expect, test } from "vitest"
import { escapeInvisible, isPlainText } from "./escape-invisible.ts"

test.each([
  ["a\u202eb", "a\\u{202E}b"],
  ["line\r\nbreak", "line\\u{D}\\u{A}break"],
  ["\u{e0041}\ud83d", "\\u{E0041}\\u{D83D}"],
  ["Réseau d’Ana 网络 🟦 فريق", "Réseau d’Ana 网络 🟦 فريق"],
])("escapeInvisible writes %j as %j", (text, escaped) => {
  expect(escapeInvisible(text)).toBe(escaped)
})

test("escapeInvisible writes every text of a value, and leaves the rest", () => {
  const value = {
    name: "a\u200b",
    count: 1,
    none: null,
    list: ["\u2066", true],
    "k\u0000": { deep: "\u00ad" },
  }
  expect(escapeInvisible(value)).toEqual({
    name: "a\\u{200B}",
    count: 1,
    none: null,
    list: ["\\u{2066}", true],
    "k\\u{0}": { deep: "\\u{AD}" },
  })
})

test("isPlainText refuses invisible characters and the codes that stand for them", () => {
  for (const text of ["a\u0000", "\u202e", "a\nb", "\u200d", escapeInvisible("a\u0015b"), "\\u{202E}"])
    expect(isPlainText(text)).toBe(false)
  for (const text of ["", "vpc-0a1b2c3d", "Réseau d’Ana 网络 🟦", "\\u0041", "{a}", "\\u{x}"])
    expect(isPlainText(text)).toBe(true)
})
