import { countRegionRoom, mostSmallRegions } from "@peering-desk/peering-rules"
import { useController, useWatch } from "react-hook-form"
import { FormRadioCards } from "#forms/FormRadioCards.tsx"
import { RegionCheckboxes } from "#shared/RegionCheckboxes.tsx"
import type { NewContainerFormState } from "./use-new-container.ts"

const cards = [
  { value: "every", title: "Every region", detail: "Takes a /18 or larger, and can serve any cluster" },
  {
    value: "some",
    title: "Only some regions",
    detail: "A /24 for each: /21 has room for 8, /22 for 4, /23 for 2, /24 for one",
  },
]

/** The regions that a new container on Google Cloud serves. */
export function GcpReach({ form, readOnly }: { form: NewContainerFormState; readOnly: boolean }) {
  const [reach, cidr] = useWatch({ control: form.control, name: ["reach", "atlasCidrBlock"] })
  const {
    field: { ref, value, onChange },
    fieldState: { error },
  } = useController({ control: form.control, name: "regions" })
  const room = countRegionRoom(cidr.trim())
  const count = value.length
  return (
    <>
      <FormRadioCards
        form={form}
        name="reach"
        label="Regions"
        hint="Of the clusters that it serves; decided once"
        cards={cards}
        readOnly={readOnly}
      />
      {reach === "some" && (
        <RegionCheckboxes
          legend={
            <>
              {count === 0 ? "None chosen" : `${count} chosen`}
              {room === null
                ? `; a /21 has room for ${mostSmallRegions}`
                : ` of the ${room} that the block has room for`}
            </>
          }
          chosen={value}
          error={error?.message}
          ref={ref}
          onChange={(regions) => {
            if (readOnly) return
            onChange(regions)
            form.clearErrors("regions")
          }}
        />
      )}
    </>
  )
}
