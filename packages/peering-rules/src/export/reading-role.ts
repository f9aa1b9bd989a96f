import { formatHclBlock, formatHclString, hcl } from "#formats/hcl.ts"
import { formatYaml } from "#formats/yaml.ts"

/** A role in AWS that lets this server read networks: who may take it, with which external id, and for what. */
export interface ReadingRoleSubject {
  externalId: string
  /** ARN of the server's own identity in AWS. */
  principal: string
  /** Actions of EC2. */
  rights: readonly string[]
}

/** The usual name of a reading role. */
const readingRoleName = "peering-desk-read"

const purpose =
  "Read by Peering Desk: VPCs with their subnets, routes, peerings and security groups. It changes nothing."
const policyVersion = "2012-10-17"

/**
 * Writes the CloudFormation template of a reading role. The external id and the principal are parameters with defaults, so one stored
 * template serves links for several accounts.
 */
export function buildReadingRoleTemplate({ externalId, principal, rights }: ReadingRoleSubject): string {
  return formatYaml({
    AWSTemplateFormatVersion: "2010-09-09",
    Description: purpose,
    Parameters: {
      ExternalId: { Type: "String", Default: externalId, Description: "From Peering Desk. Keep it." },
      Principal: {
        Type: "String",
        Default: principal,
        Description: "ARN of Peering Desk in AWS. Keep it.",
      },
      RoleName: {
        Type: "String",
        Default: readingRoleName,
        Description: "Another name if the account has such a role for another project.",
      },
    },
    Resources: {
      ReadingRole: {
        Type: "AWS::IAM::Role",
        Properties: {
          RoleName: { Ref: "RoleName" },
          Description: purpose,
          AssumeRolePolicyDocument: {
            Version: policyVersion,
            Statement: [
              {
                Effect: "Allow",
                Principal: { AWS: { Ref: "Principal" } },
                Action: "sts:AssumeRole",
                Condition: { StringEquals: { "sts:ExternalId": { Ref: "ExternalId" } } },
              },
            ],
          },
          Policies: [
            {
              PolicyName: "read-networks",
              PolicyDocument: {
                Version: policyVersion,
                Statement: [{ Effect: "Allow", Action: rights, Resource: "*" }],
              },
            },
          ],
        },
      },
    },
    Outputs: {
      RoleArn: {
        Description: "Paste it into Peering Desk.",
        Value: { "Fn::GetAtt": ["ReadingRole", "Arn"] },
      },
    },
  })
}

/** Writes the Terraform of a reading role. */
export function buildReadingRoleTerraform({ externalId, principal, rights }: ReadingRoleSubject): string {
  const name = "peering_desk_read"
  const actions = `[\n${rights.map((right) => `    ${formatHclString(right)},\n`).join("")}  ]`
  const trust = formatHclBlock("statement", [], { actions: ["sts:AssumeRole"] }, [
    formatHclBlock("principals", [], { type: "AWS", identifiers: [principal] }),
    formatHclBlock("condition", [], {
      test: "StringEquals",
      variable: "sts:ExternalId",
      values: [externalId],
    }),
  ])
  const read = formatHclBlock("statement", [], { actions: hcl(actions), resources: ["*"] })
  return [
    formatHclBlock("data", ["aws_iam_policy_document", `${name}_trust`], {}, [trust]),
    formatHclBlock("data", ["aws_iam_policy_document", name], {}, [read]),
    formatHclBlock("resource", ["aws_iam_role", name], {
      name: readingRoleName,
      description: purpose,
      assume_role_policy: hcl(`data.aws_iam_policy_document.${name}_trust.json`),
    }),
    formatHclBlock("resource", ["aws_iam_role_policy", name], {
      name: "read-networks",
      role: hcl(`aws_iam_role.${name}.id`),
      policy: hcl(`data.aws_iam_policy_document.${name}.json`),
    }),
    formatHclBlock("output", [`${name}_arn`], { value: hcl(`aws_iam_role.${name}.arn`) }),
  ].join("\n")
}

const consoles: Readonly<Record<string, string>> = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
}

/** Returns the address of CloudFormation's page that creates a stack, filled in when the template has an address that AWS can read. */
export function buildCreateStackLink(
  { externalId, principal }: Pick<ReadingRoleSubject, "externalId" | "principal">,
  templateUrl: string | null,
): string {
  const host = consoles[principal.split(":")[1] ?? ""] ?? consoles["aws"]
  const page = `https://${host}/cloudformation/home#/stacks/create`
  if (templateUrl === null) return page
  const parameters = new URLSearchParams({
    templateURL: templateUrl,
    stackName: readingRoleName,
    param_ExternalId: externalId,
    param_Principal: principal,
  })
  return `${page}/review?${parameters.toString()}`
}
