import { isForNewContainer } from "#draft/draft-fields.ts"
import {
  toFilledFields,
  readPeerId,
  toMissingNotes,
  toResourceName,
  type ExportSubject,
  type WrittenCode,
} from "./export-subject.ts"
import { toNewContainerBody } from "#draft/new-container-body.ts"
import { newContainerMark } from "@peering-desk/shared-schemas"

/** Writes the draft as this product keeps it; pasted into the form, it fills the form again. */
export function toJson(subject: ExportSubject): WrittenCode {
  const { providerName, newContainer } = subject.draft
  const isNew = isForNewContainer(subject.draft)
  const request = {
    ...Object.fromEntries(toFilledFields(subject)),
    ...(isNew && { containerId: newContainerMark }),
  }
  const draft = { providerName, request, ...(isNew && newContainer !== undefined && { newContainer }) }
  return { text: `${JSON.stringify(draft, null, 2)}\n`, notes: toMissingNotes(subject) }
}

const propertyNames: Readonly<Record<string, string>> = {
  accepterRegionName: "AccepterRegionName",
  awsAccountId: "AwsAccountId",
  containerId: "ContainerId",
  routeTableCidrBlock: "RouteTableCIDRBlock",
  vpcId: "VpcId",
}

/** Writes a CloudFormation template with `MongoDB::Atlas::NetworkPeering`; the type knows AWS only. */
export function toCloudFormation(subject: ExportSubject): WrittenCode {
  const container = toNewContainerBody(subject.draft)
  const peerId = readPeerId(subject)
  const own = { Profile: "default", ProjectId: subject.projectId }
  const fields = toFilledFields(subject).map(([name, value]) => [propertyNames[name] ?? name, value])
  const template = {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: `Network peering of MongoDB Atlas: ${toResourceName(subject)}`,
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
    notes: [
      "The AWS account must have MongoDB's resource types activated; the profile default in its Secrets Manager holds the Atlas keys.",
      ...(peerId === null
        ? []
        : [
            `To take the connection over, import it into the stack by Id ${peerId}, ProjectId and Profile. Its DeletionPolicy, without which AWS imports nothing, keeps it when the stack goes.`,
          ]),
      ...toMissingNotes(subject),
    ],
  }
}
