import type { ProjectAddresses } from "@peering-desk/shared-schemas"
import { formatCount } from "#copy/counts.ts"
import { countFree, type AddressPlan } from "./use-address-plan.ts"

/** Counts in one line: `4,487 free /21 · 8 networks · 9 containers in the 7 projects you can see · 1 conflict`. Others may use more. */
export function AddressSummary({
  plan: { blocks, free, conflicts },
  prefix,
  spaces,
}: {
  plan: AddressPlan
  prefix?: number
  /** Undefined while loading. */
  spaces: readonly ProjectAddresses[] | undefined
}) {
  if (spaces === undefined) return "Address allocation across your projects"
  const count = (kind: string) => blocks.filter((block) => block.kind === kind).length
  return (
    <>
      {prefix !== undefined && (
        <>
          <strong>
            {countFree(free, prefix).toLocaleString("en-US")} free /{prefix}
          </strong>
          {" · "}
        </>
      )}
      {formatCount(count("peer"), "network")} · {formatCount(count("container"), "container")} in the{" "}
      {formatCount(spaces.length, "project")} you can see
      {conflicts.length > 0 && (
        <>
          {" · "}
          <strong className="tone-failed strong">{formatCount(conflicts.length, "conflict")}</strong>
        </>
      )}
    </>
  )
}
