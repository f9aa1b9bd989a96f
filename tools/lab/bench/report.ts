import { formatValue, toShort } from "#tools/figure-text.ts"
import { judge, type AreaResult, type Figure } from "./area.ts"

/** The machine of a run, as far as its figures depend on it. */
interface Machine {
  cpu: string
  cores: number
  node: string
}

/** One run of the benchmark. */
export interface Run {
  machine: Machine
  /** The day, as in 2026-11-26. */
  date: string
  areas: readonly AreaResult[]
}

/** Writes a run for machines: each figure with its ratio and verdict. */
export function toJson({ areas, ...run }: Run): string {
  const judged = areas.map((area) => ({
    ...area,
    figures: area.figures.map((figure) => ({
      ...figure,
      ratio: toRatio(figure),
      verdict: judge(figure),
    })),
  }))
  return `${JSON.stringify({ ...run, areas: judged }, null, 2)}\n`
}

/** Writes a run as Markdown: a summary, a table for each area, and what limits each goal that was missed. */
export function formatReport({ machine, date, areas }: Run): string {
  const minutes = Math.round(areas.reduce((sum, { seconds }) => sum + seconds, 0) / 60)
  const counts = areas.map(
    (area) =>
      `| [${area.id}](#${area.id}) | ${area.title} | ${count(area, "ok")} | ${count(area, "MISS")} | ${count(area, "shown")} |`,
  )
  return [
    "# Performance",
    "",
    "`pnpm bench` writes this page. Each figure is beside that of a peer, measured in the same run, in turn with ours, so read",
    "the ratios: the times are those of one machine on one day.",
    "",
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, ${date}, ${minutes} minutes in all.`,
    "",
    "| area | what | ok | missed | shown only |",
    "| --- | --- | --- | --- | --- |",
    ...counts,
    ...areas.flatMap((area) => formatArea(area, machine.cores)),
    "",
  ].join("\n")
}

function formatArea({ id, title, how, load, figures, problem }: AreaResult, cores: number): string[] {
  const busy =
    load > cores ? " Other work shared the cores, so times are longer than on a quiet machine." : ""
  const head = [
    "",
    `## ${id}`,
    "",
    `${title}. ${how} Load average at its start: ${load.toFixed(1)} on ${cores} cores.${busy}`,
    "",
  ]
  if (problem !== null) return [...head, `**Not measured:** ${problem.split("\n")[0]}`]
  const rows = figures.map((figure) => {
    const { what, ours, unit, peer } = figure
    const theirs = peer === null ? "–" : `${formatValue(peer.value, unit)} (${peer.what})`
    const ratio = toRatio(figure)
    const cells = [
      what,
      formatValue(ours, unit),
      theirs,
      ratio === null ? "–" : `${toShort(ratio)} ×`,
      formatGoal(figure),
      judge(figure) === "MISS" ? "**MISS**" : judge(figure),
    ]
    return `| ${cells.join(" | ")} |`
  })
  const missed = figures.filter((figure) => judge(figure) === "MISS" && figure.limitedBy !== undefined)
  return [
    ...head,
    "| what | ours | peer | ratio | goal | verdict |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
    ...(missed.length === 0 ? [] : ["", "What limits the misses:", ""]),
    ...missed.map(({ what, limitedBy }) => `- ${what}: ${limitedBy}`),
  ]
}

function count(area: AreaResult, verdict: ReturnType<typeof judge>): number {
  // An area that could not run has missed.
  if (area.problem !== null) return verdict === "MISS" ? 1 : 0
  return area.figures.filter((figure) => judge(figure) === verdict).length
}

function toRatio({ ours, peer }: Figure): number | null {
  return peer === null || peer.value === 0 ? null : ours / peer.value
}

function formatGoal({ goal, unit }: Figure): string {
  if (goal === null) return "–"
  return goal.of === "peer" ? `≤ ${toShort(goal.atMost)} ×` : `≤ ${formatValue(goal.atMost, unit)}`
}
