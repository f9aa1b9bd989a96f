import { awsRegions, readContainerRegion, toAwsRegionId, type Container } from "@peering-desk/shared-schemas"
import { useRef } from "react"
import { ContainerChoice } from "./ContainerChoice.tsx"
import { ConnectionField } from "./ConnectionField.tsx"
import type { AwsValues } from "./connection-values.ts"
import type { DraftOwner } from "#features/create-peering/prefill/draft-storage.ts"
import { PeeringFormFrame } from "./PeeringFormFrame.tsx"
import { usePeeringForm } from "./use-peering-form.ts"
import type { ReasonForm } from "./use-reason-form.ts"
import styles from "#features/create-peering/create-peering.module.css"

const empty: AwsValues = {
  providerName: "AWS",
  awsAccountId: "",
  accepterRegionName: "",
  vpcId: "",
  routeTableCidrBlock: "",
  networkBlocks: "",
  containerId: "",
  atlasCidrBlock: "",
  region: "",
}

const regions = Object.fromEntries(
  Object.entries(awsRegions).map(([name, place]) => [toAwsRegionId(name), place]),
)

/** A connection to a VPC on AWS. */
export function AwsForm({
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
  const filledRegion = useRef("")

  /** Most VPCs lie in the container's region; one that somebody wrote themselves is left alone. */
  function follow(chosen: Container) {
    const region = toAwsRegionId(readContainerRegion(chosen) ?? "")
    const present = form.getValues("accepterRegionName")
    if (region === "" || (present !== "" && present !== filledRegion.current)) return
    filledRegion.current = region
    form.setValue("accepterRegionName", region)
    form.clearErrors("accepterRegionName")
  }

  return (
    <PeeringFormFrame {...{ empty, peeringForm, onSending }}>
      <div className={styles.fields}>
        <ConnectionField
          form={form}
          name="awsAccountId"
          label="AWS account ID"
          hint="12 digits; the owner of the VPC"
          inputMode="numeric"
          mono
          readOnly={sending}
        />
        <ConnectionField
          form={form}
          name="accepterRegionName"
          label="VPC region"
          hint="Where your VPC is; pick one or type it"
          suggestions={regions}
          mono
          readOnly={sending}
        />
        <ConnectionField
          form={form}
          name="vpcId"
          label="VPC ID"
          hint="vpc- and 8 or 17 hexadecimal digits"
          mono
          readOnly={sending}
        />
        <ConnectionField
          form={form}
          name="routeTableCidrBlock"
          label="VPC CIDR"
          hint="The address block Atlas routes to you"
          mono
          readOnly={sending}
        />
        <ConnectionField
          form={form}
          name="networkBlocks"
          label="Other address blocks"
          hint="Optional, not sent: what else the VPC has, with commas between"
          mono
          readOnly={sending}
        />
      </div>
      <ContainerChoice
        form={form}
        name="containerId"
        providerName="AWS"
        projectId={owner.projectId}
        readOnly={sending}
        onChosen={follow}
      />
    </PeeringFormFrame>
  )
}
