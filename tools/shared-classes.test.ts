import { execFileSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"

const root = fileURLToPath(new URL("..", import.meta.url))
const read = (path: string) => readFileSync(join(root, path), "utf8")
const list = (pattern: string) =>
  execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", pattern], {
    cwd: root,
    encoding: "utf8",
  })
    .split("\n")
    .filter((path) => path !== "" && existsSync(join(root, path)))

const primitives = readClasses(read("apps/web/src/ui/primitives.css"))
const known = new Set([...primitives, ...readClasses(read("apps/web/src/ui/base.css"))])
// A report is a document with its own styles; an icon's class is for tests and pages that look for it.
const components = list("apps/web/src/**/*.tsx").filter((path) => !/\.test\.tsx$|\/report\//.test(path))
const named = components.flatMap((path) => readNames(read(path)).map((name) => ({ path, name })))
const composed = list("apps/web/src/**/*.module.css").flatMap((path) =>
  [...read(path).matchAll(/composes: ([\w -]+) from global/g)].flatMap(([, names = ""]) =>
    names.split(" ").map((name) => ({ path, name })),
  ),
)

test("every shared class that a component or a module names exists", () => {
  expect([...named, ...composed].filter(({ name }) => name !== "icon" && !known.has(name))).toEqual([])
})

test("every class of the shared layout classes is used", () => {
  const used = new Set([...named, ...composed].map(({ name }) => name))
  const texts = components.map(read).join("\n")
  expect([...primitives].filter((name) => !used.has(name) && !texts.includes(`"${name}"`))).toEqual([])
})

test("components name the classes that their modules have, and all of them", () => {
  const imports = components.flatMap((path) =>
    [...read(path).matchAll(/import (\w+) from "([^"]+\.module\.css)"/g)].map(([, name = "", from = ""]) => ({
      module: from.startsWith("#") ? from.replace("#", "apps/web/src/") : join(dirname(path), from),
      texts: [...read(path).matchAll(new RegExp(`(?<!/)\\b${name}(?:\\.(\\w+)|\\[)`, "g"))],
    })),
  )
  const wrong = list("apps/web/src/**/*.module.css").flatMap((path) => {
    const classes = readClasses(read(path))
    const texts = imports.filter(({ module }) => module === path).flatMap((one) => one.texts)
    const names = new Set(texts.flatMap(([, name]) => name ?? []))
    // A value chooses from all of them: `styles[width]`.
    const isChosen = texts.some(([, name]) => name === undefined)
    const unused = isChosen ? [] : [...classes].filter((name) => !names.has(name) && !known.has(name))
    return [...unused, ...[...names].filter((name) => !classes.has(name))].map((name) => `${path}: ${name}`)
  })
  expect(wrong).toEqual([])
})

function readClasses(css: string): Set<string> {
  return new Set([...css.matchAll(/\.([a-z][\w-]*)/g)].map(([, name = ""]) => name))
}

/** The classes in `className="…"`, and those beside `${styles.…}` in a template. */
function readNames(source: string): string[] {
  const texts = [...source.matchAll(/className="([^"]*)"|`([^`]*\$\{\w+\.\w+\}[^`]*)`/g)]
    .filter(([whole, plain]) => plain !== undefined || /\$\{(styles|table|field|overview)\./.test(whole))
    .map(([, plain, template]) => plain ?? template ?? "")
  return texts.flatMap((text) => text.replaceAll(/\$\{[^}]*\}/g, " ").split(/\s+/)).filter(Boolean)
}
