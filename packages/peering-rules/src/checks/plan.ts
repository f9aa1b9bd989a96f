import { networkFields, type Plan } from "@peering-desk/shared-schemas"
import { nameContainer } from "#formats/phrases.ts"
import { toNewRegions } from "#draft/draft-fields.ts"
import { toNewContainerBody } from "#draft/new-container-body.ts"
import { readValue, type DraftReading } from "#draft/parse-draft.ts"

/** Lists what would be sent to Atlas for a draft whose fields are all right, in order. */
export function buildPlan(reading: DraftReading): Plan {
  const { draft, container, isNew, fields } = reading
  const block = readValue(reading, "atlasCidrBlock")
  const steps: Plan["steps"] = []
  if (isNew) {
    const region = readValue(reading, "region")
    const where = draft.providerName === "GCP" ? toNewRegions(draft).join(", ") : region
    const says = `Create container ${block}${where === null || where === "" ? "" : ` in ${where}`}`
    steps.push({ kind: "create-container", says, body: toNewContainerBody(draft) })
  } else if (container !== null) {
    steps.push({ kind: "reuse-container", says: `Reuse ${nameContainer(container)}`, body: null })
  }
  const values = fields.filter((one) => !one.ofNewContainer).map(({ name, text }) => [name, text] as const)
  const network = readValue(reading, networkFields[draft.providerName])
  steps.push({
    kind: "create-peering",
    says: `Request peering with ${network}${isNew ? " from the new container" : ""}`,
    body: {
      providerName: draft.providerName,
      ...(isNew && { containerId: "new" }),
      ...Object.fromEntries(values),
    },
  })
  return { steps }
}
