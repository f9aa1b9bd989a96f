import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { format } from "prettier"
import { pathVariables, Variables } from "#bff/src/config.ts"

/** The page that operators read, and the file that has its sentences. */
export const referencePath = fileURLToPath(new URL("../docs/configuration.md", import.meta.url))
const examplePath = fileURLToPath(new URL("../.env.example", import.meta.url))

interface Section {
  title: string
  variables: { name: string; sentence: string }[]
}

/** Writes the reference of all variables: names, defaults and accepted values from the code, sentences from `.env.example`. */
export async function buildReference(): Promise<string> {
  const sections = parseExample(readFileSync(examplePath, "utf8")).map(({ title, variables }) => [
    `## ${title}`,
    "",
    "| variable | default | meaning |",
    "| --- | --- | --- |",
    ...variables.map(({ name, sentence }) => `| \`${name}\` | ${describeDefault(name)} | ${sentence} |`),
    "",
  ])
  const text = [
    "# Configuration",
    "",
    "Environment variables, and nothing else, configure the server. `.env` in its folder is read when it exists; `.env.example` is a",
    "template. Each variable may also be set as `NAME_FILE`, the path of a file that holds the value. An empty value counts as not set.",
    "The server starts only with a sound configuration, and otherwise lists every mistake.",
    "",
    "`pnpm reference` writes this page from the code; a test compares.",
    "",
    ...sections.flat(),
  ]
  return await format(text.join("\n"), { parser: "markdown", printWidth: 110 })
}

/** Lists the names that the code reads. */
export function listVariables(): string[] {
  return [...Object.keys(Variables.shape), ...pathVariables]
}

/** Reads `# ── Title ──`, sentences, and the variables that follow them. */
function parseExample(text: string): Section[] {
  const sections: Section[] = []
  let sentences: string[] = []
  let isNew = true
  for (const line of text.split("\n")) {
    const title = /^# ── (.+) ──$/.exec(line)?.[1]
    const name = /^(?:# )?([A-Z][A-Z_]+)=/.exec(line)?.[1]
    if (title !== undefined) sections.push({ title, variables: [] })
    else if (name !== undefined)
      sections.at(-1)?.variables.push({ name, sentence: sentences.join(" ").replaceAll("|", "\\|") })
    else if (line.startsWith("# ")) {
      if (isNew) sentences = []
      sentences.push(line.slice(2))
    }
    isNew = title !== undefined || name !== undefined || line === ""
  }
  return sections
}

function describeDefault(name: string): string {
  const schemas: Record<string, { def: { type: string; defaultValue?: unknown } }> = Variables.shape
  const { type, defaultValue } = schemas[name]?.def ?? {}
  if (type === "default") return toCode(String(defaultValue).replace(/\/$/, ""))
  const isRequired = name === "ACCESS_RULES_FILE" || (type !== undefined && type !== "optional")
  return isRequired ? "required" : "–"
}

function toCode(value: string): string {
  return value === "" ? "–" : `\`${value}\``
}
