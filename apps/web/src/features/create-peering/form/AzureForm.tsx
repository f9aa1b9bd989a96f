import { useWatch } from "react-hook-form"
import { AzurePermission } from "./AzurePermission.tsx"
import { ContainerChoice } from "./ContainerChoice.tsx"
import { ConnectionField } from "./ConnectionField.tsx"
import type { AzureValues } from "./connection-values.ts"
import type { DraftOwner } from "#features/create-peering/prefill/draft-storage.ts"
import { PeeringFormFrame } from "./PeeringFormFrame.tsx"
import { toOddName } from "./odd-name.ts"
import { usePeeringForm } from "./use-peering-form.ts"
import type { ReasonForm } from "./use-reason-form.ts"
import styles from "#features/create-peering/create-peering.module.css"

const empty: AzureValues = {
  providerName: "AZURE",
  azureDirectoryId: "",
  azureSubscriptionId: "",
  resourceGroupName: "",
  vnetName: "",
  networkBlocks: "",
  permittedFor: "",
  containerId: "",
  atlasCidrBlock: "",
  region: "",
}

/** A connection to a VNet on Azure. */
export function AzureForm({
  owner,
  reasonForm,
  onSending,
}: {
  owner: DraftOwner
  reasonForm: ReasonForm
  onSending: (sending: boolean) => void
}) {
  const peeringForm = usePeeringForm(owner, empty, reasonForm)
  const { form, sending } = peeringForm
  const [resourceGroupName, vnetName] = useWatch({
    control: form.control,
    name: ["resourceGroupName", "vnetName"],
  })
  return (
    <PeeringFormFrame {...{ empty, peeringForm, onSending }}>
      <div className={styles.fields}>
        <ConnectionField
          form={form}
          name="azureDirectoryId"
          label="Directory ID"
          hint="Of your Microsoft Entra tenant; a UUID"
          mono
          readOnly={sending}
        />
        <ConnectionField
          form={form}
          name="azureSubscriptionId"
          label="Subscription ID"
          hint="The subscription the VNet is in; a UUID"
          mono
          readOnly={sending}
        />
        <ConnectionField
          form={form}
          name="resourceGroupName"
          label="Resource group name"
          hint="The group the VNet is in"
          note={toOddName(resourceGroupName)}
          mono
          readOnly={sending}
        />
        <ConnectionField
          form={form}
          name="vnetName"
          label="VNet name"
          hint="The name alone, not its resource ID"
          note={toOddName(vnetName)}
          mono
          readOnly={sending}
        />
        <ConnectionField
          form={form}
          name="networkBlocks"
          label="VNet address space"
          hint="Optional, not sent: the addresses of the VNet, with commas between"
          mono
          readOnly={sending}
        />
      </div>
      <AzurePermission form={form} readOnly={sending} />
      <ContainerChoice
        form={form}
        name="containerId"
        providerName="AZURE"
        projectId={owner.projectId}
        readOnly={sending}
      />
    </PeeringFormFrame>
  )
}
