import type { Peering } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { networkFactsQuery, useReadFacts } from "#api/peerings/network-facts.ts"
import { usePermissions } from "#shared/permissions.ts"
import { Failure } from "#shared/refusals/Failure.tsx"
import { Button } from "#ui/Button.tsx"
import { Icon } from "#ui/marks/Icon.tsx"

/** Has the role of the connected account read the network now; without one, offers to paste what the script printed. */
export function ReadNow({
  peering,
  pasteWords,
  onPaste,
  isPrimary,
}: {
  peering: Peering
  pasteWords: string
  onPaste: () => void
  isPrimary: boolean
}) {
  const { mayChange } = usePermissions()
  const { data } = useQuery(networkFactsQuery(peering))
  const { mutate, isPending, isSuccess, error } = useReadFacts(peering)
  const kind = isPrimary ? "primary" : "secondary"
  if (!mayChange) return null
  if (data?.account === undefined)
    return (
      <Button kind={kind} onClick={onPaste}>
        {pasteWords}
      </Button>
    )
  return (
    <>
      <Button kind={kind} isBusy={isPending} onClick={() => mutate()}>
        <Icon name="refresh" />
        {isPending ? "Checking…" : "Check now"}
        {/* The button of the page's head asks Atlas. */} <span className="visually-hidden">in AWS</span>
      </Button>
      <output className="visually-hidden">{isSuccess && !isPending && "Read"}</output>
      <Failure error={error} />
    </>
  )
}
