import { useQueryClient } from "@tanstack/react-query"
import { useMemo, useState } from "react"
import { useLocation } from "wouter"
import { inventoryKey } from "#api/peerings/inventory.ts"
import { pollNow } from "#api/peerings/peerings.ts"
import { usePerson } from "#api/session.ts"
import { formatCount } from "#copy/counts.ts"
import { toProblemWords } from "#copy/problems.ts"
import type { InventoryRow } from "@peering-desk/peering-rules"
import { computePermissions } from "#shared/permissions.ts"
import { showToast } from "#ui/overlay/Toasts.tsx"
import type { RowActions } from "./selection/row-actions.ts"

/** A dialog about some connections. */
export interface OpenDialog {
  name: "share" | "delete"
  rows: readonly InventoryRow[]
}

/** Returns what can be done with connections of the list, and the dialog that is open for it. */
export function useRowActions() {
  const client = useQueryClient()
  const person = usePerson()
  const [, navigate] = useLocation()
  const [dialog, setDialog] = useState<OpenDialog | null>(null)

  const actions = useMemo<RowActions>(() => {
    async function checkNow(rows: readonly InventoryRow[]) {
      const asked = listPolls(rows)
      const results = await Promise.allSettled(
        asked.map(({ project, peering }) => pollNow(client, project.id, peering.id)),
      )
      const failed = results.find((result) => result.status === "rejected")
      await client.invalidateQueries({ queryKey: inventoryKey })
      showToast(
        failed === undefined
          ? `Checked ${formatCount(rows.length, "connection")} with Atlas`
          : `Check failed: ${toProblemWords(failed.reason).title}`,
      )
    }
    return {
      go: (href) => navigate(href),
      share: (rows) => setDialog({ name: "share", rows }),
      remove: (rows) => setDialog({ name: "delete", rows }),
      checkNow: (rows) => void checkNow(rows),
      copyIds: (row) => void copyIds(row),
      getDenial(projectId) {
        const { mayChange, askWhom } = computePermissions(person, projectId)
        return mayChange ? null : `Read-only. Ask ${askWhom}`
      },
    }
  }, [client, navigate, person])

  return { actions, dialog, onClose: () => setDialog(null) }
}

/** One poll reads all connections of a project's cloud, so one of them is enough. */
function listPolls(rows: readonly InventoryRow[]): InventoryRow[] {
  const byList = new Map(rows.map((row) => [`${row.project.id} ${row.peering.peer.providerName}`, row]))
  return [...byList.values()]
}

async function copyIds({ peering: { id, peer }, project, network }: InventoryRow) {
  const ids = [
    ["Connection", id],
    ["Network", network],
    ["Container", peer.containerId],
    ["AWS peering", peer.providerName === "AWS" ? peer.connectionId : null],
    ["Project", project.id],
  ]
  try {
    await navigator.clipboard.writeText(
      ids
        .filter(([, value]) => value != null)
        .map((pair) => pair.join(": "))
        .join("\n"),
    )
    showToast("IDs copied")
  } catch {
    showToast("The browser did not allow copying")
  }
}
