import { isContainerSize } from "@peering-desk/peering-rules"
import {
  newContainerMark,
  providerLabels,
  providerNames,
  type Project,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { useState } from "react"
import { usePerson } from "#api/session.ts"
import { computePermissions } from "#shared/permissions.ts"
import { toFormPath } from "#shared/connection-link.ts"
import { PageLink } from "#shared/PageLink.tsx"
import { SelectField } from "#ui/fields/SelectField.tsx"
import styles from "./address-space.module.css"

/** Links a free CIDR to the create page, as the CIDR of a new container. */
export function UseBlock({ cidr, projects }: { cidr: string; projects: readonly Project[] }) {
  const person = usePerson()
  const [chosenId, setChosenId] = useState("")
  const [chosenCloud, setChosenCloud] = useState<ProviderName | null>(null)
  const open = projects.filter(
    ({ id, keyMayCreate }) => computePermissions(person, id).mayChange && keyMayCreate !== "no",
  )
  const clouds = providerNames.filter((one) => isContainerSize(one, cidr))
  const project = open.find(({ id }) => id === chosenId) ?? open[0]
  const cloud = clouds.find((one) => one === chosenCloud) ?? clouds[0]

  if (cloud === undefined) {
    return (
      <p className={styles.sub}>Atlas containers are /21 to /24. Google Cloud also takes /18 or larger.</p>
    )
  }
  if (project === undefined)
    return <p className={styles.sub}>Only people who can create connections can use this CIDR.</p>
  const draft = {
    providerName: cloud,
    request: { containerId: newContainerMark },
    newContainer: { atlasCidrBlock: cidr },
  }
  return (
    <>
      <SelectField
        label="Project"
        options={open.map(({ id, name }) => [id, name])}
        value={project.id}
        onChange={(id) => setChosenId(id ?? "")}
      />
      <SelectField
        label="Cloud"
        options={clouds.map((one) => [one, providerLabels[one]])}
        value={cloud}
        onChange={setChosenCloud}
      />
      <PageLink href={toFormPath(project.id, draft)}>Use this CIDR</PageLink>
    </>
  )
}
