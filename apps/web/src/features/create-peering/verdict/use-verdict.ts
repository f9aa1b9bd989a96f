import { toVerdict } from "@peering-desk/peering-rules"
import type { PeeringDraft, Verdict } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { createContext, useContext, useMemo } from "react"
import { useWatch, type UseFormReturn } from "react-hook-form"
import { addressSpaceQuery } from "#api/projects/address-space.ts"
import { installationQuery } from "#api/installation.ts"
import { preflightQuery } from "#api/projects/preflight.ts"
import { useSettled } from "#ui/hooks/use-settled.ts"
import { toDraft, toFieldName, type FormValues } from "#features/create-peering/draft/form-values.ts"

/** The pause in typing before the page asks the server, in milliseconds. */
const idleMs = 600

/** The verdict of the form around; null while there is no verdict. */
export const VerdictContext = createContext<Verdict | null>(null)

export interface LiveVerdict {
  draft: PeeringDraft
  /** Null while the project's addresses are not loaded. */
  verdict: Verdict | null
  /** When the server confirmed it for these values, ISO 8601; null before that. */
  confirmedAt: string | null
  /** Why there is no verdict; null while nothing failed. */
  error: unknown
}

/**
 * Checks a form live, by the rules that the server uses, and asks the server itself once the form is complete and typing pauses.
 * @param active tells if the form is shown; hidden forms are not checked
 */
export function useVerdict(projectId: string, form: UseFormReturn<FormValues>, active: boolean): LiveVerdict {
  const text = JSON.stringify(toDraft(useWatch({ control: form.control }) as FormValues))
  const draft = useMemo(() => JSON.parse(text) as PeeringDraft, [text])
  const addresses = useQuery({ ...addressSpaceQuery(projectId), enabled: active })
  const installation = useQuery(installationQuery())
  const projects = addresses.data
  const peersPerProject = installation.data?.peersPerProject ?? 50

  const own = useMemo(() => {
    const here = projects?.find(({ project }) => project.id === projectId)
    if (projects === undefined || here === undefined || !active) return null
    const otherProjects = projects.filter(({ project }) => project.id !== projectId)
    return toVerdict(draft, { here, otherProjects, peersPerProject })
  }, [active, draft, projects, projectId, peersPerProject])

  const isIdle = useSettled(text, idleMs) === text
  const preflight = useQuery({
    ...preflightQuery(projectId, draft),
    enabled: active && isIdle && own !== null && own.plan !== null,
  })
  // A refused create fills this query too.
  const confirmed = preflight.data
  return {
    draft,
    verdict: confirmed?.verdict ?? own,
    confirmedAt: confirmed === undefined ? null : new Date(preflight.dataUpdatedAt).toISOString(),
    error: own === null && confirmed === undefined ? addresses.error : null,
  }
}

/** Returns field → the first reason why Atlas would refuse it. A malformed field reports that by itself on blur. */
export function useFieldNotes(): Readonly<Record<string, string>> {
  const verdict = useContext(VerdictContext)
  return useMemo(() => {
    const notes: Record<string, string> = {}
    for (const { id, status, field, says } of verdict?.checks ?? [])
      if (status === "red" && field !== null && id !== "fields") notes[toFieldName(field)] ??= says
    return notes
  }, [verdict])
}
