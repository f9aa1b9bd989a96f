import type { PeeringDraft, PreflightAnswer } from "@peering-desk/shared-schemas"
import { useQueries } from "@tanstack/react-query"
import { useState } from "react"
import { preflightQuery } from "#api/projects/preflight.ts"
import type { Missing } from "./coverage.ts"

/** A missing connection that was chosen, as far as it is known what it is made of and what the server says of that. */
export interface PickedDraft {
  missing: Missing
  /** Which of the networks there; null until the person says, of several. */
  network: string | null
  draft: PeeringDraft | null
  /** Undefined while the server judges. */
  answer: PreflightAnswer | undefined
  /** Why the server could not judge; null while it did not fail. */
  error: Error | null
}

/** One that Atlas would take, with the plan that was shown. */
export type ReadyDraft = PickedDraft & { draft: PeeringDraft; answer: PreflightAnswer }

export function isReady(picked: PickedDraft): picked is ReadyDraft {
  return picked.draft !== null && picked.answer?.verdict.plan != null && !needsPermission(picked)
}

/** Returns whether somebody must first confirm Atlas's role on a VNet, which the form asks for. */
export function needsPermission({ answer }: PickedDraft): boolean {
  return (
    answer?.verdict.checks.some(({ id, status }) => id === "cloud-permission" && status !== "green") === true
  )
}

/** Turns what was chosen into drafts, and has the server judge each. */
export function useDrafts(projectId: string, picked: readonly Missing[]) {
  /** By draft and by place. */
  const [networks, setNetworks] = useState<Readonly<Record<string, string>>>({})
  const chosen = picked.map((missing) => {
    const [only, ...others] = missing.drafts
    const network = others.length === 0 ? only?.network : (networks[missing.key] ?? networks[missing.from])
    return { missing, ...missing.drafts.find((one) => one.network === network) }
  })
  const known = chosen.flatMap(({ draft }) => draft ?? [])
  const answers = useQueries({ queries: known.map((draft) => preflightQuery(projectId, draft)) })
  return {
    drafts: chosen.map(({ missing, network = null, draft = null }): PickedDraft => {
      const answer = draft === null ? undefined : answers[known.indexOf(draft)]
      return { missing, network, draft, answer: answer?.data, error: answer?.error ?? null }
    }),
    /** The first choice of a place holds for all its drafts, a later one for its own. */
    chooseNetwork: ({ key, from }: Missing, network: string) =>
      setNetworks({ [from]: network, ...networks, [key]: network }),
  }
}
