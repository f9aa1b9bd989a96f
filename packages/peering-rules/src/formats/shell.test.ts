import { execFileSync } from "node:child_process"
import fc from "fast-check"
import { expect, test } from "vitest"
import { formatShellCommand, formatShellComment, formatShellOption, formatShellWord } from "./shell.ts"

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

test.each(hostile)("%j is one word to a shell, and the same word", (value) => {
  expect(readWithShell(formatShellWord(value))).toEqual([value])
  expect(readWithShell(`before ${formatShellWord(value)} after`)).toEqual(["before", value, "after"])
})

test("any text is one word to a shell, and an option's value stays with its name", () => {
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

test("ids, blocks and regions stay as they are to read", () => {
  for (const value of ["vpc-0a1b2c3d", "10.0.0.0/16", "us-east-1", "123456789012"])
    expect(formatShellWord(value)).toBe(value)
  expect(formatShellWord("=ls")).toBe("'=ls'")
  expect(formatShellWord("straße")).toBe("'straße'")
})

test("a NUL, which no command can be given, is left out", () => {
  expect(formatShellWord("a\0b")).toBe("ab")
})

test("a command over several lines is one command", () => {
  expect(readWithShell(formatShellCommand(["one", formatShellWord("t'wo"), "three four"]))).toEqual([
    "one",
    "t'wo",
    "three",
    "four",
  ])
})

test("a comment stays a comment over all its lines", () => {
  const comment = formatShellComment("first\nrm -rf /\r\n$(id)\u2028last")
  expect(readWithShell(`x\n${comment}\n`)).toEqual(["x"])
  expect(comment.split("\n")).toEqual(["# first", "# rm -rf /", "# $(id)", "# last"])
})
