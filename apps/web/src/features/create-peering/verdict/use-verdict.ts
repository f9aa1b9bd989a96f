import { toVerdict } from "@peering-desk/peering-rules"
import type { PeeringDraft, Verdict } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { createContext, useMemo } from "react"
import { useWatch, type UseFormReturn } from "react-hook-form"
import { addressSpaceQuery } from "#api/projects/address-space.ts"
import { installationQuery } from "#api/installation.ts"
import { preflightQuery } from "#api/projects/preflight.ts"
import { useSettled } from "#ui/hooks/use-settled.ts"
import { toDraft, type ConnectionValues } from "#features/create-peering/form/connection-values.ts"

/** So long nothing is typed before the server is asked, in milliseconds. */
const idleMs = 600

/** What the form that shows is told of itself; null while nothing is known. */
export const VerdictContext = createContext<Verdict | null>(null)

export interface LiveVerdict {
  /** What is filled in so far. */
  draft: PeeringDraft
  /** Null while what it rests on is not read, or can't be. */
  verdict: Verdict | null
  /** When the server said so of these very values, ISO 8601; null while it has not. */
  confirmedAt: string | null
  /** Why nothing can be told; null while nothing failed. */
  error: unknown
}

/**
 * Whether the connection that is filled in will work, live: by the same rules as the server's, and by the server itself once the form is
 * complete and nobody types.
 * @param active whether the form shows; the others are not looked at
 */
export function useVerdict<Values extends ConnectionValues>(
  projectId: string,
  form: UseFormReturn<Values>,
  active: boolean,
): LiveVerdict {
  const values = useWatch({ control: form.control }) as ConnectionValues
  const text = JSON.stringify(toDraft(values))
  const draft = useMemo(() => JSON.parse(text) as PeeringDraft, [text])
  const world = useQuery({ ...addressSpaceQuery(projectId), enabled: active })
  const installation = useQuery(installationQuery())
  const projects = world.data
  const peersPerProject = installation.data?.peersPerProject ?? 50

  const own = useMemo(() => {
    const here = projects?.find(({ project }) => project.id === projectId)
    if (projects === undefined || here === undefined || !active) return null
    const elsewhere = projects.filter(({ project }) => project.id !== projectId)
    return toVerdict(draft, { here, elsewhere, peersPerProject })
  }, [active, draft, projects, projectId, peersPerProject])

  const isIdle = useSettled(text, idleMs) === text
  const query = preflightQuery(projectId, draft)
  const asked = useQuery({ ...query, enabled: active && isIdle && own !== null && own.plan !== null })
  // Also what came with a refused create, whether or not we would ask by ourselves.
  const known = asked.data
  return {
    draft,
    verdict: known?.verdict ?? own,
    confirmedAt: known === undefined ? null : new Date(asked.dataUpdatedAt).toISOString(),
    error: own === null && known === undefined ? world.error : null,
  }
}
