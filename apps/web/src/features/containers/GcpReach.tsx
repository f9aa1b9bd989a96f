import { countRegionRoom, mostSmallRegions } from "@peering-desk/peering-rules"
import { useController, useWatch } from "react-hook-form"
import { FormRadioCards } from "#forms/FormRadioCards.tsx"
import { RegionCheckboxes } from "#shared/RegionCheckboxes.tsx"
import type { NewContainerFormState } from "./use-new-container.ts"

const cards = [
  { value: "every", title: "Every region", detail: "Needs /18 or larger. Serves any cluster" },
  {
    value: "some",
    title: "Chosen regions",
    detail: "Needs a /24 per region: /21 fits 8, /22 fits 4, /23 fits 2",
  },
]

/** The regions that a new container on Google Cloud serves. */
export function GcpReach({ form }: { form: NewContainerFormState }) {
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
        hint="Regions of the clusters it serves. Can't be changed later"
        cards={cards}
      />
      {reach === "some" && (
        <RegionCheckboxes
          legend={
            <>
              {count} chosen{" · "}
              {room === null ? `a /21 fits ${mostSmallRegions}` : `the CIDR fits ${room}`}
            </>
          }
          chosen={value}
          error={error?.message}
          ref={ref}
          onChange={(regions) => {
            onChange(regions)
            form.clearErrors("regions")
          }}
        />
      )}
    </>
  )
}
