import {
  summariseVerdict,
  toVerdict,
  type ProjectSnapshot,
  type VerdictSummary,
} from "@peering-desk/peering-rules"
import type { CheckId, PeeringDraft, Verdict } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useCallback, useDeferredValue, useMemo, useSyncExternalStore } from "react"
import type { UseFormReturn } from "react-hook-form"
import { addressSpaceQuery } from "#api/projects/address-space.ts"
import { installationQuery } from "#api/installation.ts"
import { preflightQuery } from "#api/projects/preflight.ts"
import { useSettled } from "#ui/hooks/use-settled.ts"
import { toDraft, type FormValues } from "#features/create-peering/draft/form-values.ts"

/** The pause in typing before the page asks the server, in milliseconds. */
const idleMs = 600

/** Warnings that the form gives at its own place: beside a new container's values, and as the step of Azure's role. */
const saidInForm: ReadonlySet<CheckId> = new Set(["one-way-door", "cloud-permission"])

export interface LiveVerdict {
  draft: PeeringDraft
  /** Null while the project's addresses are not loaded. */
  verdict: Verdict | null
  /** The shown part of it: nothing about a value that is still being typed. */
  summary: VerdictSummary | null
  /** The projects that the browser checked it against; null while not loaded. */
  snapshot: ProjectSnapshot | null
  /** When the server confirmed it for these values, ISO 8601; null before that. */
  confirmedAt: string | null
  /** Whether the server was asked for these values and gave no answer. */
  isUnconfirmed: boolean
  /** Why there is no verdict; null while nothing failed. */
  error: unknown
}

/**
 * Checks a form live, by the rules that the server uses, and asks the server itself once the form is complete and typing pauses.
 * @param active tells if the form is shown; hidden forms are not checked
 * @param typed the field that is being typed; null after the person left it
 * @param wrongFields fields that show an error, which is not said again
 */
export function useVerdict(
  projectId: string,
  form: UseFormReturn<FormValues>,
  active: boolean,
  typed: string | null,
  wrongFields: readonly string[],
): LiveVerdict {
  const present = usePresentText(form)
  // The key is shown first, the verdict a frame later.
  const text = useDeferredValue(present)
  const draft = useMemo(() => JSON.parse(text) as PeeringDraft, [text])
  const { snapshot, error: unread } = useSnapshot(projectId, active)
  const own = useMemo(
    () => (snapshot === null || !active ? null : toVerdict(draft, snapshot)),
    [active, draft, snapshot],
  )

  const isIdle = useSettled(text, idleMs) === text
  const preflight = useQuery({
    ...preflightQuery(projectId, draft),
    enabled: isIdle && own !== null && own.plan !== null,
  })
  // A refused create fills this query too.
  const confirmed = preflight.data
  const verdict = confirmed?.verdict ?? own
  const isQuiet = typed !== null && !(isIdle && isWellFormed(verdict, typed))
  const told = wrongFields.join(" ")
  const summary = useMemo(() => {
    if (verdict === null) return null
    const checks = verdict.checks.filter(({ id, status }) => status === "green" || !saidInForm.has(id))
    const quietFields = [...told.split(" "), ...(isQuiet && typed !== null ? [typed] : [])]
    return summariseVerdict({ ...verdict, checks }, quietFields.flatMap(toCheckFields))
  }, [verdict, isQuiet, typed, told])
  const confirmedAt = confirmed === undefined ? null : new Date(preflight.dataUpdatedAt).toISOString()
  const error = verdict === null ? unread : null
  const isUnconfirmed = confirmed === undefined && preflight.isError
  return useMemo(
    () => ({ draft, verdict, summary, snapshot, confirmedAt, isUnconfirmed, error }),
    [draft, verdict, summary, snapshot, confirmedAt, isUnconfirmed, error],
  )
}

/** Returns the draft as JSON. A watch of the form would miss the container that its own first effects choose. */
function usePresentText(form: UseFormReturn<FormValues>): string {
  const subscribe = useCallback(
    (callback: () => void) => form.subscribe({ formState: { values: true }, callback }),
    [form],
  )
  const read = () => JSON.stringify(toDraft(form.getValues()))
  return useSyncExternalStore(subscribe, read, read)
}

/** Returns the projects as the browser has read them, or why it could not. */
function useSnapshot(projectId: string, enabled: boolean) {
  const { data: projects, dataUpdatedAt: now, error } = useQuery({ ...addressSpaceQuery(projectId), enabled })
  const peersPerProject = useQuery(installationQuery()).data?.peersPerProject ?? 50
  const snapshot = useMemo((): ProjectSnapshot | null => {
    const here = projects?.find(({ project }) => project.id === projectId)
    if (projects === undefined || here === undefined) return null
    const otherProjects = projects.filter(({ project }) => project.id !== projectId)
    return { here, otherProjects, peersPerProject, now }
  }, [projects, projectId, peersPerProject, now])
  return { snapshot, error }
}

/** Tells if a field has the right form, so that a pause in typing ends it. */
function isWellFormed(verdict: Verdict | null, field: string): boolean {
  const names = toCheckFields(field)
  return (
    verdict?.checks.every((check) => check.id !== "fields" || !names.includes(check.field ?? "")) ?? false
  )
}

/** Lists the names that checks have for a field of the form. */
function toCheckFields(field: string): string[] {
  return field === "region" ? ["region", "regions", "regionName"] : [field]
}
