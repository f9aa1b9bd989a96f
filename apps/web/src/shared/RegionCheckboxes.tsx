import { gcpRegions } from "@peering-desk/shared-schemas"
import type { ComponentProps } from "react"
import { CheckboxList } from "./CheckboxList.tsx"

/** The regions that a new container on Google Cloud is restricted to. Names that the list lacks are shown too. */
export function RegionCheckboxes(props: Omit<ComponentProps<typeof CheckboxList>, "options">) {
  const unknown = props.chosen
    .filter((one) => !Object.hasOwn(gcpRegions, one))
    .map((one) => [one, one] as const)
  const options = [...Object.entries(gcpRegions), ...unknown].map(
    ([name, place]) =>
      [
        name,
        <>
          {place} <code>{name}</code>
        </>,
      ] as const,
  )
  return <CheckboxList {...props} options={options} />
}
