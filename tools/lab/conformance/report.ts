import type { Finding } from "./area.ts"

/** An area that ran, with what it found. */
export interface AreaReport {
  id: string
  title: string
  findings: readonly Finding[]
}

const marks = { passed: "ok", failed: "FAILED", "not run": "not run" } as const

/** Writes the report as Markdown: a table of areas, then each finding, then what nothing here can run. */
export function formatReport(areas: readonly AreaReport[], outside: readonly string[]): string {
  const count = ({ findings }: AreaReport, outcome: Finding["outcome"]) =>
    findings.filter((one) => one.outcome === outcome).length
  const rows = areas.map(
    (area) =>
      `| ${area.id} | ${area.title} | ${count(area, "passed")} | ${count(area, "failed")} | ${count(area, "not run")} |`,
  )
  const lists = areas.flatMap(({ id, title, findings }) => [
    "",
    `## ${id}: ${title}`,
    "",
    ...findings.map(({ name, outcome, detail }) => `- ${marks[outcome]}: ${name}${formatDetail(detail)}`),
  ])
  return [
    "# Conformance report",
    "",
    "| area | what | passed | failed | not run |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    ...lists,
    "",
    "## Not run here",
    "",
    ...outside.map((line) => `- ${line}`),
    "",
  ].join("\n")
}

function formatDetail(detail: string): string {
  const text = detail.trim()
  if (text === "") return ""
  if (!text.includes("\n")) return ` (${text})`
  return `\n\n${text.replace(/^/gm, "      ")}\n`
}
