import type { Container, CreatePeering, Verdict } from "@peering-desk/shared-schemas"
import { useQueryClient } from "@tanstack/react-query"
import { useEffect, useRef, useState } from "react"
import { useForm, type DefaultValues, type Path, type Resolver, type UseFormReturn } from "react-hook-form"
import { useLocation } from "wouter"
import { containersKey } from "#api/projects/containers.ts"
import { isOutcomeOpen, useCreatePeering } from "#api/peerings/peerings.ts"
import { doubtVerdicts, preflightQuery } from "#api/projects/preflight.ts"
import { RequestError } from "#api/request-error.ts"
import { showServerErrors } from "#forms/server-errors.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { resolveValues, toDraft, toFieldName, toWanted, type ConnectionValues } from "./connection-values.ts"
import type { DraftOwner } from "#features/create-peering/prefill/draft-storage.ts"
import { dropAttempt, dropValues, keepAttempt, keepValues, readDraft, type Attempt } from "./peering-draft.ts"
import type { ReasonForm } from "./use-reason-form.ts"

/**
 * How the last send ended, when it did not end with a connection. `open`: nobody knows whether there is one. `changed`: nothing was
 * sent, as the server's verdict is not the one that was shown.
 */
export type Outcome =
  { kind: "refused" | "open"; error: unknown; attempt: Attempt } | { kind: "changed" } | null

export interface PeeringForm<Values extends ConnectionValues> {
  owner: DraftOwner
  form: UseFormReturn<Values>
  reasonForm: ReasonForm
  sending: boolean
  outcome: Outcome
  /**
   * Sends what is filled in. The same content goes under the same key, changed content under a new one.
   * @param shown the verdict that the person sees; null when nothing can be told
   */
  send: (reason: string, shown: Verdict | null) => Promise<void>
  /** Asks again what became of an attempt whose answer was lost; the server looks it up and sends nothing twice. */
  checkAgain: (attempt: Attempt) => Promise<void>
  /** Empties the form, or fills it with what is given. */
  startOver: (filled?: Filled<Values>) => void
}

/** All that a person has filled in. */
export interface Filled<Values> {
  values: Values
  reason: string
}

/**
 * The form of one cloud with all that outlives it: its draft, its sends, and the way to the new connection's page.
 * @param empty every field of the cloud, in the order in which they stand on the page
 */
export function usePeeringForm<Values extends ConnectionValues>(
  owner: DraftOwner,
  empty: Values,
  reasonForm: ReasonForm,
): PeeringForm<Values> {
  const { projectId } = owner
  const { providerName } = empty
  const [kept] = useState(() => readDraft(owner, empty))
  const form = useForm<Values>({
    resolver: resolveValues as unknown as Resolver<Values>,
    defaultValues: kept.values as DefaultValues<Values>,
    // FormTextField says when a field is looked at.
    reValidateMode: "onSubmit",
  })
  const attempt = useRef(kept.attempt)
  const [sending, setSending] = useState(false)
  const [outcome, setOutcome] = useState<Outcome>(() =>
    kept.attempt?.open ? { kind: "open", error: null, attempt: kept.attempt } : null,
  )
  const create = useCreatePeering(projectId)
  const queryClient = useQueryClient()
  const [, navigate] = useLocation()
  const onPage = useRef(true)
  // State is too slow to stop the second click of a double click.
  const busy = useRef(false)

  useEffect(() => {
    onPage.current = true
    return () => {
      onPage.current = false
    }
  }, [])

  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values }) => keepValues(owner, values),
      }),
    [form, owner],
  )

  function remember(next: Attempt | null) {
    const last = attempt.current
    if (last !== null && last.key !== next?.key) dropAttempt(owner, providerName, last.key)
    attempt.current = next
    if (next !== null) keepAttempt(owner, providerName, next)
  }

  async function run(wanted: Attempt, shown: Verdict | null = null) {
    if (busy.current) return
    busy.current = true
    setSending(true)
    // Of one that may have been sent the server tells what became of it, whatever the plan would be by now.
    const plan = wanted.open ? {} : await confirmPlan(shown)
    if (plan === null) {
      busy.current = false
      setSending(false)
      setOutcome({ kind: "changed" })
      return
    }
    const next = { ...wanted, ...plan }
    remember({ ...next, open: true })
    try {
      const { open: _, key, ...body } = next
      const peering = await create.mutateAsync({ ...body, idempotencyKey: key })
      remember(null)
      dropValues(owner, form.getValues())
      reasonForm.reset({ reason: "" })
      if (onPage.current) navigate(pagePaths.connection(projectId, peering.id))
    } catch (error) {
      const open = isOutcomeOpen(error, next.open)
      const tried = { ...next, open }
      remember(tried)
      setOutcome({ kind: open ? "open" : "refused", error, attempt: tried })
      showPreflight(error)
      const fields = toFormFields(error)
      showServerErrors(reasonForm, ["reason"], fields)
      // Second, as it stands above: the focus ends on its first field.
      showServerErrors(form, toFieldNames(empty) as Path<Values>[], fields)
    } finally {
      busy.current = false
      setSending(false)
    }
  }

  /**
   * The plan that shows, however old: the server knows whether it still holds. When only the browser judged it so far, that of now, if the
   * server tells it; null when that is another one than was shown. It shows then.
   */
  async function confirmPlan(shown: Verdict | null): Promise<Pick<Attempt, "planHash"> | null> {
    const query = preflightQuery(projectId, toDraft(form.getValues()))
    const known = queryClient.getQueryData(query.queryKey)
    const answer = known ?? (await queryClient.fetchQuery(query).catch(() => null))
    if (answer === null) return {}
    if (known === undefined && shown !== null && !isSameVerdict(shown, answer.verdict)) return null
    return answer.planHash === null ? {} : { planHash: answer.planHash }
  }

  /** What the server found instead of sending it shows beside the form; a container that it made is among the choices. */
  function showPreflight(error: unknown) {
    const { preflight, made, atlas } = (error instanceof RequestError && error.problem) || {}
    const draft = toDraft(form.getValues())
    if (preflight !== undefined)
      queryClient.setQueryData(preflightQuery(projectId, draft).queryKey, preflight)
    if (made !== undefined) {
      queryClient.setQueryData<Container[]>(containersKey(projectId), (all) => withContainer(all, made))
      void queryClient.invalidateQueries({ queryKey: containersKey(projectId) })
    }
    // Atlas refuses what the verdict let pass: the lists are older than what it refers to.
    if (preflight !== undefined || made !== undefined || atlas !== undefined)
      doubtVerdicts(queryClient, projectId, preflight && draft)
  }

  return {
    owner,
    form,
    reasonForm,
    sending,
    outcome,
    send: (reason, shown) => {
      const last = attempt.current
      const content = { ...toWanted(form.getValues()), reason }
      const isRepeat = last !== null && isSame(last, content)
      const { networkBlocks } = content
      return run(
        isRepeat ? { ...last, networkBlocks } : { key: crypto.randomUUID(), open: false, ...content },
        shown,
      )
    },
    checkAgain: (open) => run(open),
    startOver: (filled = { values: empty, reason: "" }) => {
      const before = form.getValues()
      form.reset(filled.values)
      reasonForm.reset({ reason: filled.reason })
      setOutcome(null)
      remember(null)
      dropValues(owner, before)
    },
  }
}

function withContainer(all: Container[] | undefined, made: Container): Container[] | undefined {
  const isThere = ({ id, providerName }: Container) => id === made.id && providerName === made.providerName
  return all === undefined || all.some(isThere) ? all : [...all, made]
}

/** The fields that a person sees, in their order on the page. */
export function toFieldNames(empty: ConnectionValues): string[] {
  return Object.keys(empty).filter((name) => name !== "providerName")
}

/** Whether two verdicts come to the same plan, for the same reasons. */
function isSameVerdict(one: Verdict, other: Verdict): boolean {
  const toFindings = ({ checks, plan }: Verdict) =>
    JSON.stringify([plan, checks.map(({ id, status, says }) => [id, status, says])])
  return toFindings(one) === toFindings(other)
}

/** Whether the same is asked for; what it was judged by, as the plan that was seen, is no part of it. */
function isSame(one: Content, other: Content): boolean {
  return toText(one) === toText(other)
}

type Content = Pick<CreatePeering, "request" | "newContainer" | "reason">

function toText({ request, newContainer, reason }: Content): string {
  const parts = [request, newContainer ?? {}].map((part) =>
    Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)),
  )
  return JSON.stringify([...parts, reason])
}

/** What the server found wrong, by the names of the form's fields. */
function toFormFields(error: unknown): Record<string, string> {
  const fields = (error instanceof RequestError && error.problem?.fields) || {}
  return Object.fromEntries(Object.entries(fields).map(([name, wrong]) => [toFieldName(name), wrong]))
}
