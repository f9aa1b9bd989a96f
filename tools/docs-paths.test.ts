import { execFileSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"

const root = fileURLToPath(new URL("..", import.meta.url))
const documents = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((path) => path !== "" && existsSync(join(root, path)))

/** `apps/bff/src/app.ts`, `docs/decisions/` … in backquotes, and the targets of relative links. */
function readNamedPaths(markdown: string): string[] {
  const quoted = [
    ...markdown.matchAll(/`((?:apps|packages|e2e|docs|tools)\/[\w./-]*|\.ci\/\w+|[A-Z][A-Z_]+\.md)`/g),
  ]
  const linked = [...markdown.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
  return [...quoted, ...linked].map(([, path = ""]) => path)
}

test("there are documents to check", () => {
  expect(documents).toEqual(expect.arrayContaining(["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"]))
})

test.each(documents)("every path that %s names exists", (document) => {
  const missing = readNamedPaths(readFileSync(join(root, document), "utf8")).filter(
    (path) => !existsSync(join(root, path)) && !existsSync(join(root, dirname(document), path)),
  )
  expect(missing).toEqual([])
})

test("no document names a line of a file, since lines move", () => {
  const withLines = documents.filter((document) =>
    /\.tsx?:\d+/.test(readFileSync(join(root, document), "utf8")),
  )
  expect(withLines).toEqual([])
})

test("the example environment lists what the server reads, and nothing else", () => {
  const config = ["config.ts", "limits.ts", "notification-config.ts", "sign-in-config.ts"]
    .map((name) => readFileSync(join(root, "apps/bff/src", name), "utf8"))
    .join("\n")
  const schema = [...config.matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name]) => name)
  const paths = [...(/pathVariables = \[(.*)\]/.exec(config)?.[1] ?? "").matchAll(/[A-Z_]+/g)].map(
    ([name]) => name,
  )
  const example = readFileSync(join(root, ".env.example"), "utf8")
  const listed = [...example.matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name)
  expect(schema.length).toBeGreaterThan(15)
  expect(new Set(listed)).toEqual(new Set([...schema, ...paths]))
})
