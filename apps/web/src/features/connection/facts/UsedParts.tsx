import { useTickStep } from "#api/peerings/annotations.ts"
import { useNetworkFacts } from "#api/peerings/network-facts.ts"
import { useConnectionPage } from "#features/connection/connection-page.ts"
import { CheckboxList } from "#shared/CheckboxList.tsx"
import { usePermissions } from "#shared/permissions.ts"
import { Failure } from "#shared/refusals/Failure.tsx"

type Option = readonly [id: string, words: string]

/** Names the subnets and security groups that the application uses, so that routes and rules of others don't count. Nothing where there is no choice. */
export function UsedParts() {
  const { peering } = useConnectionPage()
  const { mayChange } = usePermissions()
  const facts = useNetworkFacts(peering)
  const subnets = (facts?.subnets?.value ?? []).map(({ id, cidrs }): Option => [
    id,
    `${id} ${cidrs.join(", ")}`,
  ])
  const groups = (facts?.firewalls?.value ?? []).map(({ id, name }): Option => [id, `${id} ${name ?? ""}`])
  const { mutate, isPending, variables, error } = useTickStep(peering.projectId, peering.id)
  const isMarked = (id: string) =>
    isPending && variables.stepId === id ? variables.done : peering.steps?.[id] !== undefined
  const all = [...subnets, ...groups].map(([id]) => id)
  const chosen = all.filter(isMarked)
  if (!mayChange || peering.peer.providerName !== "AWS" || all.length < 2) return null
  const choose = (next: readonly string[]) => {
    const changed = all.find((id) => next.includes(id) !== chosen.includes(id))
    if (changed !== undefined) mutate({ stepId: changed, done: next.includes(changed) })
  }
  return (
    <details>
      <summary>
        {chosen.length === 0
          ? "Which subnets and groups does the application use?"
          : `The application uses ${chosen.length} of ${all.length} subnets and groups`}
      </summary>
      <div className="stack gap-12 above-12">
        <p className="quiet">
          Only the routes and rules of these count. Without a choice, all do. Was a table changed on purpose?
          Choose the subnets that the application uses, and other tables no longer break the path.
        </p>
        <CheckboxList legend="Subnets" options={subnets} chosen={chosen} onChange={choose} />
        <CheckboxList legend="Security groups" options={groups} chosen={chosen} onChange={choose} />
        <Failure error={error} />
      </div>
    </details>
  )
}
