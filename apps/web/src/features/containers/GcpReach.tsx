import { mostSmallRegions } from "@peering-desk/peering-rules"
import { gcpRegions } from "@peering-desk/shared-schemas"
import { useController, useWatch } from "react-hook-form"
import { FormRadioCards } from "#forms/FormRadioCards.tsx"
import { toRegionRoom } from "#shared/region-room.ts"
import type { NewContainerFormState } from "./use-new-container.ts"
import styles from "./containers.module.css"

const cards = [
  { value: "every", title: "Every region", detail: "Takes a /18 or larger, and can serve any cluster" },
  {
    value: "some",
    title: "Only some regions",
    detail: "A /24 for each: /21 has room for 8, /22 for 4, /23 for 2, /24 for one",
  },
]

/** Which regions a container on Google Cloud serves. */
export function GcpReach({ form, readOnly }: { form: NewContainerFormState; readOnly: boolean }) {
  const [reach, block] = useWatch({ control: form.control, name: ["reach", "atlasCidrBlock"] })
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
      {reach === "some" && <RegionChoice form={form} room={toRegionRoom(block)} readOnly={readOnly} />}
    </>
  )
}

function RegionChoice({
  form,
  room,
  readOnly,
}: {
  form: NewContainerFormState
  room: number | null
  readOnly: boolean
}) {
  const {
    field: { ref, value, onChange },
    fieldState: { error },
  } = useController({ control: form.control, name: "regions" })

  function toggle(name: string) {
    if (readOnly) return
    onChange(value.includes(name) ? value.filter((one) => one !== name) : [...value, name])
    form.clearErrors("regions")
  }

  return (
    <fieldset className={styles.regions} aria-describedby={error && "regions-wrong"}>
      <legend>
        {value.length === 0 ? "None chosen" : `${value.length} chosen`}
        {room === null
          ? `; a /21 has room for ${mostSmallRegions}`
          : ` of the ${room} that the block has room for`}
      </legend>
      <div className={styles.regionList}>
        {Object.entries(gcpRegions).map(([name, place], index) => (
          <label key={name} className={styles.region}>
            <input
              ref={index === 0 ? ref : undefined}
              type="checkbox"
              checked={value.includes(name)}
              onChange={() => toggle(name)}
            />
            <span>
              {place} <code>{name}</code>
            </span>
          </label>
        ))}
      </div>
      {error !== undefined && (
        <p id="regions-wrong" className={styles.wrong}>
          {error.message}
        </p>
      )}
    </fieldset>
  )
}
