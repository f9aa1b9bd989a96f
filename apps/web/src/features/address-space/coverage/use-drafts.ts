import type { PeeringDraft, PreflightAnswer } from "@peering-desk/shared-schemas"
import { useQueries } from "@tanstack/react-query"
import { useState } from "react"
import { preflightQuery } from "#api/projects/preflight.ts"
import type { Missing } from "./coverage.ts"

/** An added connection with its network, its draft and the server's verdict, as far as they are known. */
export interface PickedDraft {
  missing: Missing
  /** The network; null until the person chooses one of several. */
  network: string | null
  draft: PeeringDraft | null
  /** Undefined while the server checks. */
  answer: PreflightAnswer | undefined
  /** The error of the check; null without one. */
  error: Error | null
}

/** A draft that Atlas would accept, with the shown plan. */
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

/** Builds a draft for each added connection, and asks the server for its verdict. */
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
    /** The first choice in a place applies to all its drafts, a later one to its draft only. */
    chooseNetwork: ({ key, from }: Missing, network: string) =>
      setNetworks({ [from]: network, ...networks, [key]: network }),
  }
}
