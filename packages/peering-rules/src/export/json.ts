import { isForNewContainer } from "#draft/draft-fields.ts"
import {
  listFilledFields,
  getPeerId,
  formatResourceName,
  type ExportSubject,
  type WrittenCode,
} from "./export-subject.ts"
import { toNewContainerBody } from "#draft/new-container-body.ts"
import { compact } from "#formats/compact.ts"
import { findRequestField, newContainerMark } from "@peering-desk/shared-schemas"

/** Writes the draft as this product keeps it; pasted into the form, it fills the form again. */
export function formatJson(subject: ExportSubject): WrittenCode {
  const { providerName, newContainer } = subject.draft
  const isNew = isForNewContainer(subject.draft)
  const request = {
    ...Object.fromEntries(listFilledFields(subject)),
    ...(isNew && { containerId: newContainerMark }),
  }
  const draft = { providerName, request, ...(isNew && newContainer !== undefined && { newContainer }) }
  return { text: `${JSON.stringify(draft, null, 2)}\n`, notes: [] }
}

/** Returns the resource type's name of a field: `vpcId` → `VpcId`. */
function toPropertyName(field: string): string {
  const { cloudFormation } = findRequestField(field)?.names ?? {}
  return cloudFormation ?? `${field.charAt(0).toUpperCase()}${field.slice(1)}`
}

/** Writes a CloudFormation template with `MongoDB::Atlas::NetworkPeering`; the type knows AWS only. */
export function formatCloudFormation(subject: ExportSubject): WrittenCode {
  const container = toNewContainerBody(subject.draft)
  const peerId = getPeerId(subject)
  const own = { Profile: "default", ProjectId: subject.projectId }
  const fields = listFilledFields(subject).map(([name, value]) => [toPropertyName(name), value])
  const template = {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: `Network peering of MongoDB Atlas: ${formatResourceName(subject)}`,
    Resources: {
      ...(container !== null && {
        Container: {
          Type: "MongoDB::Atlas::NetworkContainer",
          Properties: {
            ...own,
            RegionName: container["regionName"],
            AtlasCidrBlock: container["atlasCidrBlock"],
          },
        },
      }),
      Peering: {
        Type: "MongoDB::Atlas::NetworkPeering",
        ...(peerId !== null && { DeletionPolicy: "Retain" }),
        Properties: {
          ...own,
          ...(container !== null && { ContainerId: { "Fn::GetAtt": ["Container", "Id"] } }),
          ...Object.fromEntries(fields),
        },
      },
    },
  }
  return {
    text: `${JSON.stringify(template, null, 2)}\n`,
    notes: compact([
      "Activate MongoDB's resource types in the AWS account. The profile default in Secrets Manager holds the Atlas keys.",
      peerId !== null &&
        `Import the existing connection into the stack by Id ${peerId}, ProjectId and Profile. AWS requires its DeletionPolicy for that, which also keeps it when the stack is deleted.`,
    ]),
  }
}
