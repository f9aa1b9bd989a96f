import { expect, test } from "vitest"
import { toBrowserName } from "./browser-name.ts"
import { toInitials } from "#shared/initials.ts"

test.each([
  ["Olivia Novak", "ON"],
  ["Nadia", "N"],
  ["Jean-Luc de la Cruz", "JC"],
  ["sam.reviewer@example.com", "SC"],
  ["Åsa Öberg", "ÅÖ"],
  ["陳 大文", "陳大"],
  ["  ", "?"],
  ["42", "?"],
])("the initials of %j are %s", (name, initials) => {
  expect(toInitials(name)).toBe(initials)
})

test.each([
  ["Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/156 Safari/537.36 Edg/156", "Edge on Windows"],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/19 Safari/605",
    "Safari on macOS",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 CriOS/156 Safari/604",
    "Chrome on iPhone",
  ],
  ["Mozilla/5.0 (Linux; Android 16) Gecko/145 Firefox/145", "Firefox on Android"],
  ["curl/8.14", "curl/8.14"],
  ["", "A browser"],
])("%j is %s", (userAgent, name) => {
  expect(toBrowserName(userAgent)).toBe(name)
})
