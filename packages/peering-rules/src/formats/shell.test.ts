import { execFileSync } from "node:child_process"
import fc from "fast-check"
import { expect, test } from "vitest"
import { formatShellCommand, formatShellOption, formatShellWord } from "./shell.ts"

/** The words that a real shell makes of a command line. */
function readWithShell(line: string): string[] {
  const printed = execFileSync("sh", ["-c", `printf '%s\\0' ${line}`], { encoding: "utf8" })
  return printed.split("\0").slice(0, -1)
}

const hostile = [
  "",
  " ",
  "'",
  "''",
  "'; rm -rf /",
  "a b",
  "a\nb",
  "a\r\nb\n",
  "\t",
  "-n",
  "--account",
  "$(touch /tmp/x)",
  "`id`",
  "${HOME}",
  "$'x'",
  "\\",
  "\\'",
  "a\\\nb",
  '"',
  "~",
  "~root",
  "*",
  "/*",
  "[a-z]",
  "{a,b}",
  "#",
  "!!",
  "&",
  "a&&b",
  "a|b",
  "<in",
  ">out",
  "a=b",
  "=ls",
  "%1",
  "Überführung-京都 🚀",
  "vpc-0a1b2c3d",
  "10.0.0.0/16",
]

test.each(hostile)("formatShellWord keeps %j as one word in a real shell", (value) => {
  expect(readWithShell(formatShellWord(value))).toEqual([value])
  expect(readWithShell(`before ${formatShellWord(value)} after`)).toEqual(["before", value, "after"])
})

test("formatShellWord and formatShellOption keep any text as one word", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom(...Array.from("'\"\\$`(){}[]*?!#~=-&|<>; \n\ta")) }),
  )
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), (values) => {
      const sent = values.map((value) => value.replaceAll("\0", ""))
      expect(readWithShell(values.map(formatShellWord).join(" "))).toEqual(sent)
      expect(readWithShell(values.map((value) => formatShellOption("--name", value)).join(" "))).toEqual(
        sent.map((value) => `--name=${value}`),
      )
    }),
    { numRuns: 50 },
  )
})

test("formatShellWord leaves ids, blocks and regions bare", () => {
  for (const value of ["vpc-0a1b2c3d", "10.0.0.0/16", "us-east-1", "123456789012"])
    expect(formatShellWord(value)).toBe(value)
  expect(formatShellWord("=ls")).toBe("'=ls'")
  expect(formatShellWord("straße")).toBe("'straße'")
})

test("formatShellWord drops a NUL", () => {
  expect(formatShellWord("a\0b")).toBe("ab")
})

test("formatShellCommand writes one command over several lines", () => {
  expect(readWithShell(formatShellCommand(["one", formatShellWord("t'wo"), "three four"]))).toEqual([
    "one",
    "t'wo",
    "three",
    "four",
  ])
})
