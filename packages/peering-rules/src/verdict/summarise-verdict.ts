import type { Check, CheckStatus, Verdict } from "@peering-desk/shared-schemas"

/** A verdict for a page: what to say first, and each check once, in the group where it counts. */
export interface VerdictSummary {
  kind: "refused" | "incomplete" | "not-checked" | "warnings" | "ready"
  /** The fields that still need a value, each once. */
  missing: readonly string[]
  refused: readonly Check[]
  warnings: readonly Check[]
  /** Plain remarks. */
  notes: readonly Check[]
  /** Checks of which something is not known here, as when a list could not be read. */
  notChecked: readonly Check[]
  passed: readonly Check[]
}

/** The order in which one sentence counts when checks of several statuses say it. */
const worstFirst: readonly CheckStatus[] = ["red", "amber", "unchecked", "note", "green"]

/**
 * Summarises a verdict. Empty fields are counted and not listed, and checks that wait for a value are left out.
 * @param quietFields fields that are being typed, or say themselves what is wrong: it is not said here, and they count as missing
 */
export function summariseVerdict(
  { checks, status }: Pick<Verdict, "checks" | "status">,
  quietFields: readonly string[] = [],
): VerdictSummary {
  const isQuiet = ({ field }: Check) => field !== null && quietFields.includes(field)
  const missing = checks.flatMap(({ id, field, status: one, ...check }) => {
    if (id !== "fields" || field === null) return []
    const isWrong = one === "red" && isQuiet({ id, field, status: one, ...check })
    return one === "open" || isWrong ? [field] : []
  })
  const said = new Set<string>()
  const groups: Record<CheckStatus, Check[]> = {
    red: [],
    amber: [],
    unchecked: [],
    open: [],
    note: [],
    green: [],
  }
  for (const one of worstFirst)
    for (const check of checks) {
      if (check.status !== one || said.has(check.says)) continue
      if (one !== "green" && isQuiet(check)) continue
      said.add(check.says)
      groups[one].push(check)
    }
  const summary = {
    missing: [...new Set(missing)],
    refused: groups.red,
    warnings: groups.amber,
    notes: groups.note,
    notChecked: groups.unchecked,
    passed: groups.green,
  }
  return { kind: chooseKind(summary, status), ...summary }
}

function chooseKind(
  { refused, missing, warnings, notChecked }: Omit<VerdictSummary, "kind">,
  status: CheckStatus,
): VerdictSummary["kind"] {
  if (refused.length > 0) return "refused"
  if (missing.length > 0) return "incomplete"
  // A quiet field may be all that is wrong.
  if (notChecked.length > 0 || status === "open" || status === "red") return "not-checked"
  return warnings.length > 0 ? "warnings" : "ready"
}
