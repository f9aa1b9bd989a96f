import { useQuery } from "@tanstack/react-query"
import { networkFactsQuery, useReadFacts } from "#api/peerings/network-facts.ts"
import { useConnectionPage } from "#features/connection/connection-page.ts"
import { usePermissions } from "#shared/permissions.ts"
import { Failure } from "#shared/refusals/Failure.tsx"
import { Button } from "#ui/Button.tsx"
import { Icon } from "#ui/marks/Icon.tsx"

/** Has the role of the connected account read the network now. Without one, offers to paste what the script printed. */
export function ReadNow({
  paste,
}: {
  /** The button for a network that no role reads. Where it is, reading is the one thing to do. */
  paste?: { words: string; onPress: () => void }
}) {
  const { peering } = useConnectionPage()
  const { mayChange } = usePermissions()
  const { data } = useQuery(networkFactsQuery(peering))
  const { mutate, isPending, isSuccess, error } = useReadFacts(peering)
  if (!mayChange) return null
  if (data?.account === undefined)
    return (
      paste && (
        <Button kind="primary" onClick={paste.onPress}>
          {paste.words}
        </Button>
      )
    )
  return (
    <>
      <Button kind={paste && "primary"} isBusy={isPending} onClick={() => mutate()}>
        <Icon name="refresh" />
        {isPending ? "Checking…" : "Check now"}
        {/* The button of the page's head asks Atlas. */} <span className="visually-hidden">in AWS</span>
      </Button>
      <output className="visually-hidden">{isSuccess && !isPending && "Read"}</output>
      <Failure error={error} />
    </>
  )
}
