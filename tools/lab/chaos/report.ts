import { formatValue } from "#tools/figure-text.ts"
import { judge, type Figure, type Row, type RowResult } from "./row.ts"

/** The machine of a run, as far as its figures depend on it. */
interface Machine {
  cores: number
  node: string
}

type Described = Pick<Row, "id" | "title" | "how">

const head = `# Reliability

\`pnpm chaos\` writes this page: the built server as separate processes, PostgreSQL, and proxies that break connections
(\`apps/bff/test/support/fault-proxy.ts\`). Each row shows its last run. A goal that was missed stays here as a miss. The seed of a run
draws the same faults again; their moments still differ from run to run.

The other side is the simulator and the demo identity provider, not Atlas. So this page says how the server behaves under faults, and
nothing of how often Atlas has them, how it answers while it has them, or whether its lists show a new connection at once. Two faults
were never met: a database server in another data centre, and a network that loses single packets.
`

/** Writes the last result of each row as Markdown: a summary, then a table for each row. */
export function formatReport(
  rows: readonly Described[],
  results: ReadonlyMap<string, RowResult>,
  { cores, node }: Machine,
): string {
  const counts = rows.map(({ id, title }) => {
    const result = results.get(id)
    const cells = result && (["ok", "MISS", "shown"] as const).map((verdict) => count(result, verdict))
    return `| [${id}](#${id}) | ${title} | ${(cells ?? ["not run", "", ""]).join(" | ")} |`
  })
  return [
    head,
    `${cores} cores, Node ${node}.`,
    "",
    "| row | what | ok | missed | shown only |",
    "| --- | --- | --- | --- | --- |",
    ...counts,
    ...rows.flatMap((row) => formatRow(row, results.get(row.id), cores)),
    "",
  ].join("\n")
}

function formatRow({ id, title, how }: Described, result: RowResult | undefined, cores: number): string[] {
  const text = ["", `## ${id}`, "", `${title}. ${how}`, ""]
  if (result === undefined) return [...text, "Not run yet."]
  const { date, seed, seconds, load, figures, problem } = result
  const busy =
    load > cores ? ", so other work shared the cores and times are longer than on a quiet machine" : ""
  const run = `${date}, seed ${seed}, ${Math.round(seconds)} s. Load average at its start: ${load.toFixed(1)} on ${cores} cores${busy}.`
  const table = [
    "| what | seen | goal | verdict |",
    "| --- | --- | --- | --- |",
    ...figures.map((figure) => {
      const verdict = judge(figure)
      const cells = [
        figure.what,
        formatValue(figure.seen, figure.unit, "never"),
        formatGoal(figure),
        verdict === "MISS" ? "**MISS**" : verdict,
      ]
      return `| ${cells.join(" | ")} |`
    }),
  ]
  const missed = figures.filter((figure) => judge(figure) === "MISS" && figure.limitedBy !== undefined)
  return [
    ...text,
    run,
    "",
    ...(problem === null ? [] : [`**Not finished:** ${problem.split("\n")[0]}`, ""]),
    ...(figures.length === 0 ? [] : table),
    ...(missed.length === 0 ? [] : ["", "What limits the misses:", ""]),
    ...missed.map(({ what, limitedBy }) => `- ${what}: ${limitedBy}`),
  ]
}

function count(row: RowResult, verdict: ReturnType<typeof judge>): number {
  const counted = row.figures.filter((figure) => judge(figure) === verdict).length
  // A row that could not run to its end has missed.
  return counted + (verdict === "MISS" && row.problem !== null ? 1 : 0)
}

function formatGoal({ goal, unit }: Figure): string {
  if (goal === null) return "–"
  return "atMost" in goal ? `≤ ${formatValue(goal.atMost, unit)}` : `≥ ${formatValue(goal.atLeast, unit)}`
}
