import { choiceField } from "@peering-desk/shared-schemas"
import type { ReactNode } from "react"
import { useSearchParams } from "wouter"
import { useAppPermissions } from "#shared/permissions.ts"
import { SegmentedControl } from "#ui/fields/SegmentedControl.tsx"
import { useSearchFilter } from "#ui/hooks/use-search-filter.ts"

const fields = { whose: choiceField("whose", ["own", "everybody"], "own") }

/** Returns whether the page shows everybody's things, by its address, and the switch that administrators have for it. */
export function useWhose(label: string): { everybody: boolean; choice: ReactNode } {
  const [filter, setFilter] = useSearchFilter(fields, useSearchParams())
  const { administers } = useAppPermissions()
  const everybody = administers && filter.whose === "everybody"
  const choice = administers && (
    <SegmentedControl
      label={label}
      options={[
        { value: "own", title: "Yours" },
        { value: "everybody", title: "Everyone's" },
      ]}
      value={everybody ? "everybody" : "own"}
      onChange={(whose) => setFilter({ whose })}
    />
  )
  return { everybody, choice }
}
