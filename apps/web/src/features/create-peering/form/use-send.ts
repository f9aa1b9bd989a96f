import type { CreatePeering, Verdict } from "@peering-desk/shared-schemas"
import { useQueryClient } from "@tanstack/react-query"
import { useEffect, useRef, useState } from "react"
import type { UseFormReturn } from "react-hook-form"
import { useLocation } from "wouter"
import { isHeld } from "#api/answer.ts"
import { isOutcomeOpen, useCreatePeering } from "#api/peerings/peerings.ts"
import { toFieldErrors } from "#api/request-error.ts"
import { showServerErrors } from "#forms/server-errors.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { listFieldNames } from "#features/create-peering/draft/cloud-fields.ts"
import { useCreatePage } from "#features/create-peering/draft/create-page.ts"
import {
  toCreateContent,
  toDraft,
  toFieldName,
  type FormValues,
} from "#features/create-peering/draft/form-values.ts"
import {
  dropAttempt,
  dropValues,
  keepAttempt,
  keepNotes,
  type Attempt,
  type Notes,
} from "#features/create-peering/draft/peering-draft.ts"
import { emptyNotes } from "#features/create-peering/draft/use-notes-form.ts"
import { cacheFailedCreate, confirmPlan } from "./plan.ts"

/**
 * The end of a send that created no peering. `open`: the peering may exist. `changed`: nothing was sent, since the server's verdict
 * differs from the shown one.
 */
export type Outcome =
  { kind: "refused" | "open"; error: unknown; attempt: Attempt } | { kind: "changed" } | null

/**
 * Sends a form and opens the new peering's page, or the one of the request where somebody has to approve.
 * @param kept the attempt that a reload brought back
 */
export function useSend(form: UseFormReturn<FormValues>, kept: Attempt | null) {
  const { owner, notesForm, setSending: lockTabs } = useCreatePage()
  const { projectId } = owner
  const providerName = form.getValues("providerName")
  const attempt = useRef(kept)
  const [sending, setSending] = useState(false)
  const [outcome, setOutcome] = useState<Outcome>(() =>
    kept?.open ? { kind: "open", error: null, attempt: kept } : null,
  )
  const create = useCreatePeering(projectId)
  const queryClient = useQueryClient()
  const [, navigate] = useLocation()
  const onPage = useRef(true)
  // State changes too late to stop the second click of a double click.
  const busy = useRef(false)

  useEffect(() => lockTabs(sending), [lockTabs, sending])
  useEffect(() => {
    onPage.current = true
    return () => {
      onPage.current = false
    }
  }, [])

  function remember(next: Attempt | null) {
    const last = attempt.current
    if (last !== null && last.key !== next?.key) dropAttempt(owner, providerName, last.key)
    attempt.current = next
    if (next !== null) keepAttempt(owner, providerName, next)
  }

  /** @param shown the verdict that the person sees; null without one */
  async function run(wanted: Attempt, shown: Verdict | null = null) {
    if (busy.current) return
    busy.current = true
    setSending(true)
    if (!wanted.open) setOutcome(null)
    try {
      // An attempt that may have been sent is looked up, so its plan no longer matters.
      const draft = toDraft(form.getValues())
      const plan = wanted.open ? {} : await confirmPlan(queryClient, projectId, draft, shown)
      if (plan === null) setOutcome({ kind: "changed" })
      else await post({ ...wanted, ...plan })
    } finally {
      busy.current = false
      setSending(false)
    }
  }

  async function post(next: Attempt) {
    remember({ ...next, open: true })
    try {
      const { open: _, key, ...body } = next
      const made = await create.mutateAsync({ ...body, idempotencyKey: key })
      remember(null)
      dropValues(owner, form.getValues())
      notesForm.reset(emptyNotes)
      // The form of a page that was left stores nothing any more.
      keepNotes(owner, emptyNotes)
      if (onPage.current)
        navigate(
          isHeld(made) ? pagePaths.approval(made.approval.id) : pagePaths.connection(projectId, made.id),
        )
    } catch (error) {
      const open = isOutcomeOpen(error, next.open)
      const tried = { ...next, open }
      remember(tried)
      setOutcome({ kind: open ? "open" : "refused", error, attempt: tried })
      cacheFailedCreate(queryClient, projectId, toDraft(form.getValues()), error)
      const fields = toFormFields(error)
      showServerErrors(notesForm, ["reason"], fields)
      // Last, as its fields come first on the page and the focus ends on the first wrong one.
      showServerErrors(form, listFieldNames(providerName), fields)
    }
  }

  return {
    sending,
    outcome,
    /** Sends the form. Unchanged content goes out under the same key, changed content under a new one. */
    send: ({ displayName, reason }: Notes, shown: Verdict | null) => {
      const last = attempt.current
      const label = displayName.trim()
      const content = {
        ...toCreateContent(form.getValues()),
        reason: reason.trim(),
        ...(label !== "" && { label }),
      }
      const { networkBlocks, peeredBlocks } = content
      return last !== null && isSame(last, content)
        ? run({ ...last, networkBlocks, peeredBlocks }, shown)
        : run({ key: crypto.randomUUID(), open: false, ...content }, shown)
    },
    /** Asks again about an attempt whose answer was lost. The server looks it up and never sends it twice. */
    checkAgain: (open: Attempt) => run(open),
    forget: () => {
      setOutcome(null)
      remember(null)
    },
  }
}

type Content = Pick<CreatePeering, "request" | "newContainer" | "replaces" | "reason" | "label">

/** Compares what goes to Atlas, the reason and the name. Plan and known CIDRs only served to check it. */
function isSame(one: Content, other: Content): boolean {
  return toText(one) === toText(other)
}

function toText({ request, newContainer, replaces, reason, label }: Content): string {
  const parts = [request, newContainer ?? {}].map((part) =>
    Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)),
  )
  return JSON.stringify([...parts, replaces ?? "", reason, label ?? ""])
}

/** Returns the server's field errors by the form's field names. */
function toFormFields(error: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(toFieldErrors(error)).map(([name, wrong]) => [toFieldName(name), wrong]),
  )
}
