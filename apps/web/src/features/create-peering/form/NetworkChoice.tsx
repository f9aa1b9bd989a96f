import { listNetworkFields } from "@peering-desk/peering-rules"
import type { NetworkFacts } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { useWatch } from "react-hook-form"
import { networksQuery } from "#api/projects/networks.ts"
import { useCreatePage } from "#features/create-peering/draft/create-page.ts"
import { SelectField } from "#ui/fields/SelectField.tsx"
import { Age } from "#ui/time/Timestamp.tsx"
import { useCloudFormContext } from "./cloud-form-context.ts"
import styles from "./form.module.css"

/** Fills the form from a VPC that a role read in the project's AWS accounts. Nothing where no account is read. */
export function NetworkChoice() {
  const { form } = useCloudFormContext()
  const { owner, fill } = useCreatePage()
  const { data: networks = none } = useQuery(networksQuery(owner.projectId))
  const vpcId = useWatch({ control: form.control, name: "vpcId" })
  const choices = useMemo(() => listChoices(networks), [networks])
  const chosen = choices.find(({ id }) => id === vpcId)

  function choose(id: string | null) {
    const choice = choices.find((one) => one.id === id)
    if (choice === undefined) return
    const { name, blocks, facts } = choice
    const present = form.getValues("routeTableCidrBlock") ?? ""
    // Of several CIDRs the form has one; a VPC's first is its primary one.
    const routeTableCidrBlock = blocks.includes(present) ? present : (blocks[0] ?? "")
    fill(`Filled from ${name}`, {
      providerName: "AWS",
      request: { ...listNetworkFields(facts), routeTableCidrBlock },
      networkBlocks: blocks,
      // Those of another network are not those of this one.
      ...(id !== vpcId && { peeredBlocks: [] }),
      facts,
    })
  }

  if (networks.length === 0) return null
  return (
    <div className={styles.networks}>
      <SelectField
        label="VPC"
        isStrong
        empty="Choose a VPC, or type its values"
        options={choices.map(({ id, words }) => [id, words] as const)}
        value={chosen?.id ?? null}
        onChange={choose}
      />
      {chosen?.facts.network !== undefined && (
        <p className="above-4 quiet small">
          Read by role {chosen.facts.network.by} <Age since={chosen.facts.network.at} /> ago
        </p>
      )}
    </div>
  )
}

const none: readonly NetworkFacts[] = []

interface Choice {
  id: string
  name: string
  words: string
  blocks: string[]
  facts: NetworkFacts
}

/** Lists the VPCs by name; one that two accounts share is there once. */
function listChoices(networks: readonly NetworkFacts[]): Choice[] {
  const byId = new Map<string, Choice>()
  for (const facts of networks) {
    const id = facts.network?.value
    if (facts.providerName !== "AWS" || id === undefined) continue
    const name = facts.name?.value
    const blocks = facts.addresses?.value ?? []
    const words = [name, id, facts.region?.value, blocks.join(", ")].filter(Boolean).join(" · ")
    byId.set(id, { id, name: name ?? id, words, blocks, facts })
  }
  return [...byId.values()].toSorted((a, b) => a.words.localeCompare(b.words, "en", { numeric: true }))
}
