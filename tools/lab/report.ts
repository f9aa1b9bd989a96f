import { formatValue, toShort } from "#tools/figure-text.ts"
import type { Area, AreaResult, Laboratory } from "./area.ts"
import { judge, verdicts, type Figure, type Verdict } from "./figure.ts"

/** The machine of a run, as far as its figures depend on it. */
interface Machine {
  cpu: string
  cores: number
  /** The versions of Node, as in `Node v24.22.3`. */
  node: string
}

/** The results of areas by their ids. */
export type Results = ReadonlyMap<string, AreaResult>

const titles: Record<Verdict, string> = {
  ok: "ok",
  MISS: "missed",
  shown: "shown only",
  "not run": "not run",
}

/** Writes the last result of each area as Markdown: a summary, then a section for each. */
export function formatReport(
  { head, foot, areas }: Pick<Laboratory, "head" | "foot" | "areas">,
  results: Results,
  { cpu, cores, node }: Machine,
): string {
  const all = [...results.values()]
  const columns = verdicts.filter(
    (verdict) => verdict === "ok" || verdict === "MISS" || all.some((result) => count(result, verdict) > 0),
  )
  const summary = areas.map(({ id, title }) => {
    const result = results.get(id)
    const cells = columns.map((verdict, at) =>
      result === undefined ? (at === 0 ? "not run" : "") : String(count(result, verdict)),
    )
    return toRow([`[${id}](#${id})`, title, ...cells])
  })
  return [
    head,
    `${cpu}, ${cores} cores, ${node}. ${toMinutes(all)} minutes in all.`,
    "",
    ...toTable(["area", "what", ...columns.map((verdict) => titles[verdict])], summary),
    ...areas.flatMap((area) => formatArea(area, results.get(area.id), cores)),
    "",
    ...(foot === undefined ? [] : [foot]),
  ].join("\n")
}

function formatArea({ id, title, how }: Area, result: AreaResult | undefined, cores: number): string[] {
  const text = ["", `## ${id}`, "", how === undefined ? `${title}.` : `${title}. ${how}`, ""]
  if (result === undefined) return [...text, "Not run yet."]
  const { date, seed, seconds, load, figures, problem } = result
  const busy =
    load > cores ? ", so other work shared the cores and times are longer than on a quiet machine" : ""
  const measured = figures.filter(({ detail }) => detail === undefined)
  const tried = figures.filter(({ detail }) => detail !== undefined)
  const missed = figures.filter((one) => judge(one) === "MISS" && one.limitedBy !== undefined)
  return [
    ...text,
    `${date}, seed ${seed}, ${Math.round(seconds)} s. Load average at its start: ${load.toFixed(1)} on ${cores} cores${busy}.`,
    ...(problem === null ? [] : ["", `**Not finished:** ${problem.split("\n")[0]}`]),
    ...formatMeasured(measured),
    ...(tried.length === 0 ? [] : [""]),
    ...tried.map((one) => `- ${toMark(one)}: ${one.what}${formatDetail(one.detail)}`),
    ...(missed.length === 0 ? [] : ["", "What limits the misses:", ""]),
    ...missed.map(({ what, limitedBy }) => `- ${what}: ${limitedBy}`),
  ]
}

function formatMeasured(figures: readonly Figure[]): string[] {
  if (figures.length === 0) return []
  const hasPeers = figures.some(({ peer }) => peer !== undefined && peer !== null)
  const rows = figures.map((figure) => {
    const { what, seen, unit, peer } = figure
    const theirs =
      peer === undefined || peer === null ? "–" : `${formatValue(peer.value, unit)} (${peer.what})`
    const ratio = toRatio(figure)
    return toRow([
      what,
      formatValue(seen ?? Number.NaN, unit, hasPeers ? "not measured" : "never"),
      ...(hasPeers ? [theirs, ratio === null ? "–" : `${toShort(ratio)} ×`] : []),
      formatGoal(figure),
      toMark(figure),
    ])
  })
  const columns = hasPeers ? ["ours", "peer", "ratio"] : ["seen"]
  return ["", ...toTable(["what", ...columns, "goal", "verdict"], rows)]
}

const toMinutes = (all: readonly AreaResult[]) =>
  Math.round(all.reduce((sum, { seconds }) => sum + seconds, 0) / 60)

const toRow = (cells: readonly string[]) => `| ${cells.join(" | ")} |`

function toTable(columns: readonly string[], rows: readonly string[]): string[] {
  return [toRow(columns), toRow(columns.map(() => "---")), ...rows]
}

function toMark(figure: Figure): string {
  const verdict = judge(figure)
  return verdict === "MISS" ? "**MISS**" : verdict
}

function formatDetail(detail = ""): string {
  const text = detail.trim()
  if (text === "") return ""
  if (!text.includes("\n")) return ` (${text})`
  return `\n\n${text.replace(/^/gm, "      ")}\n`
}

function count({ figures, problem }: AreaResult, verdict: Verdict): number {
  const counted = figures.filter((figure) => judge(figure) === verdict).length
  // An area that could not run to its end has missed.
  return counted + (verdict === "MISS" && problem !== null ? 1 : 0)
}

export function toRatio({ seen, peer }: Figure): number | null {
  return seen === null || peer === undefined || peer === null || peer.value === 0 ? null : seen / peer.value
}

function formatGoal({ goal, unit }: Figure): string {
  if (goal === null) return "–"
  if ("atLeast" in goal) return `≥ ${formatValue(goal.atLeast, unit)}`
  return goal.of === "peer" ? `≤ ${toShort(goal.atMost)} ×` : `≤ ${formatValue(goal.atMost, unit)}`
}
