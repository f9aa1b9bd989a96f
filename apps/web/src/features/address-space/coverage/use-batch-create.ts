import type { CreatePeering, PeeringRequest } from "@peering-desk/shared-schemas"
import { useQueryClient } from "@tanstack/react-query"
import { useRef, useState } from "react"
import { isHeld } from "#api/answer.ts"
import { inventoryKey } from "#api/peerings/inventory.ts"
import { isOutcomeOpen, useCreatePeering } from "#api/peerings/peerings.ts"
import { invalidateVerdicts } from "#api/projects/preflight.ts"
import { getProblem } from "#api/request-error.ts"
import { pagePaths } from "#shared/page-paths.ts"
import type { ReadyDraft } from "./use-drafts.ts"

/**
 * The result of a draft that was sent. `open`: the outcome is unknown. What was made is a connection, or a request that waits for
 * approval.
 */
export type BatchEnd =
  { kind: "made"; title: string; href: string } | { kind: "refused" | "open"; title: string; error: unknown }

type Attempt = CreatePeering & { idempotencyKey: string }

/** Creates one connection after another, and keeps the result of each. */
export function useBatchCreate(projectId: string) {
  const client = useQueryClient()
  const create = useCreatePeering(projectId)
  const [ends, setEnds] = useState<ReadonlyMap<string, BatchEnd>>(new Map())
  const [progress, setProgress] = useState<{ at: number; of: number } | null>(null)
  const openAttempts = useRef(new Map<string, Attempt>())
  // State is too slow to stop the second click of a double click.
  const busy = useRef(false)

  async function send({ missing, draft, answer }: ReadyDraft, reason: string): Promise<BatchEnd> {
    const { key, from, to } = missing
    const { planHash } = answer
    const title = `${from} to ${to}`
    const earlier = openAttempts.current.get(key)
    // A draft with a plan has all its fields.
    const request = { ...draft.request, providerName: draft.providerName } as PeeringRequest
    const body = { request, reason, ...(planHash !== null && { planHash }) }
    const attempt = earlier ?? { ...body, idempotencyKey: crypto.randomUUID() }
    openAttempts.current.set(key, attempt)
    try {
      const made = await create.mutateAsync(attempt)
      openAttempts.current.delete(key)
      const href = isHeld(made)
        ? pagePaths.approval(made.approval.id)
        : pagePaths.connection(projectId, made.id)
      return { kind: "made", title, href }
    } catch (error) {
      const isOpen = isOutcomeOpen(error, earlier !== undefined)
      if (!isOpen) openAttempts.current.delete(key)
      return { kind: isOpen ? "open" : "refused", title, error }
    }
  }

  async function createAll(drafts: readonly ReadyDraft[], reason: string): Promise<void> {
    if (busy.current) return
    busy.current = true
    for (const [index, draft] of drafts.entries()) {
      setProgress({ at: index + 1, of: drafts.length })
      const end = await send(draft, reason)
      setEnds((before) => new Map([...before, [draft.missing.key, end]]))
      if (end.kind !== "made" && !isAboutThisOne(end.error)) break
    }
    // The new connections change the other verdicts.
    invalidateVerdicts(client, projectId)
    void client.invalidateQueries({ queryKey: inventoryKey })
    setProgress(null)
    busy.current = false
  }

  return { ends, progress, createAll }
}

/** Returns whether the other drafts may succeed. */
function isAboutThisOne(error: unknown): boolean {
  const code = getProblem(error)?.code
  return code === "atlas_refused" || code === "preflight_refused" || code === "plan_changed"
}
