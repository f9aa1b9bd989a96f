import type { UseMutationResult } from "@tanstack/react-query"
import { useState } from "react"
import type { Asking } from "#ui/overlay/ConfirmDialog.tsx"
import { Failure } from "./Failure.tsx"

/** Asks before something is removed. The question stays open until that is done, and shows why it failed. */
export function useQuestion<Item extends { id: string }>(
  {
    mutate,
    reset,
    isPending,
    error,
  }: Pick<UseMutationResult<unknown, Error, string>, "mutate" | "reset" | "isPending" | "error">,
  onDone: (item: Item) => void = () => {},
) {
  const [asked, setAsked] = useState<Item | null>(null)
  const asking: Asking = {
    isPending,
    failure: <Failure error={error} />,
    onConfirm: () => asked && mutate(asked.id, { onSuccess: () => finish(asked) }),
    onClose() {
      reset()
      setAsked(null)
    },
  }

  function finish(item: Item) {
    setAsked(null)
    onDone(item)
  }

  return { asked, ask: setAsked, asking }
}
