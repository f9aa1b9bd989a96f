import { type AddressBlock, isContainerSize } from "@peering-desk/peering-rules"
import {
  newContainerMark,
  type Project,
  type ProjectAddresses,
  providerLabels,
  type ProviderName,
  providerNames,
} from "@peering-desk/shared-schemas"
import { Link } from "wouter"
import { useState } from "react"
import { formatAddress, toBlockWords } from "#copy/address-blocks.ts"
import { formatCount } from "#copy/counts.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { PageLink } from "#shared/PageLink.tsx"
import { Button } from "#ui/Button.tsx"
import { CopyButton } from "#ui/CopyButton.tsx"
import { Section } from "#ui/Section.tsx"
import { StateText } from "#ui/marks/StateText.tsx"
import { toBlockPath } from "./block-path.ts"
import { BlockConnections } from "./BlockConnections.tsx"
import { type AddressPlan, describeOverlaps } from "./use-address-plan.ts"
import styles from "./address-space.module.css"
import { usePerson } from "#api/session.ts"
import { computePermissions } from "#shared/permissions.ts"
import { toFormPath } from "#shared/connection-link.ts"
import { SelectField } from "#ui/fields/SelectField.tsx"

const mostOverlaps = 8

/** Describes the selected block: its owner, or that it is free with a way to use it, and its overlaps. */
export function ChosenBlock({
  plan,
  cidr,
  spaces,
  onAnother,
}: {
  plan: AddressPlan
  cidr: string
  spaces: readonly ProjectAddresses[]
  onAnother: () => void
}) {
  const chosen = plan.blocks.filter((block) => block.cidr === cidr)
  const [first] = chosen
  if (first === undefined) return null
  const isFree = first.kind === "draft" && first.overlapCount === 0
  return (
    <Section
      title={
        <>
          <span className="mono">{cidr}</span> <CopyButton value={cidr} label={cidr} />
        </>
      }
      aside={
        <PageLink size="small" href={pagePaths.addressSpace()} state="keep-focus">
          Close
        </PageLink>
      }
    >
      <p className={styles.sub}>
        {formatAddress(first.first)} – {formatAddress(first.last)}
      </p>
      <output className="block">
        {isFree && <StateText tone="works" words={`${cidr} is free in the projects you can see`} />}
      </output>
      <ul className={`grid gap-10 wrap ${styles.chosen}`}>
        {chosen.map((block) => (
          <li key={block.id}>
            {block.kind !== "draft" && toBlockWords(block)}
            <Overlaps plan={plan} block={block} />
            <BlockConnections blocks={[block]} most={mostOverlaps} />
          </li>
        ))}
      </ul>
      {isFree && (
        <div className={`flow low narrow above-12 gap-10 gap-x-12 ${styles.use}`}>
          <UseBlock cidr={cidr} projects={spaces.map(({ project }) => project)} />
          <Button onClick={onAnother}>Find another</Button>
        </div>
      )}
    </Section>
  )
}

function Overlaps({ plan, block }: { plan: AddressPlan; block: AddressBlock }) {
  const { listed, more, isConflict } = describeOverlaps(plan, block, mostOverlaps)
  if (listed.length === 0) return null
  return (
    <>
      {block.overlapCount > 0 && (
        <p className={isConflict ? "tone-failed strong" : undefined}>
          {isConflict ? "Conflict: overlaps" : "Overlaps"} {formatCount(block.overlapCount, "CIDR")}
        </p>
      )}
      <ul className="quiet text-13">
        {listed.map((other) => (
          <li key={other.id}>
            <Link href={toBlockPath(other.cidr)} state="keep-focus" className="mono">
              {other.cidr}
            </Link>{" "}
            {toBlockWords(other)}
          </li>
        ))}
        {more > 0 && <li>+ {more.toLocaleString("en-US")} more</li>}
      </ul>
    </>
  )
}

/** Links a free CIDR to the create page, as the CIDR of a new container. */
function UseBlock({ cidr, projects }: { cidr: string; projects: readonly Project[] }) {
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
