import { parse as parseHcl } from "@cdktf/hcl2json"
import { CloudRight } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { parse as parseYaml } from "yaml"
import { parseYamlValues } from "#formats/yaml.ts"
import { buildCreateStackLink, buildReadingRoleTemplate, buildReadingRoleTerraform } from "./reading-role.ts"

const subject = {
  externalId: "pd-7f3a5c0d91c2",
  principal: "arn:aws:iam::111122223333:role/peering-desk",
  rights: CloudRight.options,
}

interface Template {
  Parameters: Record<string, { Default: string }>
  Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>
}

describe("the CloudFormation template of a reading role", () => {
  test("has one role, which the principal takes with the external id, and the nine rights", () => {
    const read = parseYaml(buildReadingRoleTemplate(subject)) as Template
    expect(read.Parameters["ExternalId"]?.Default).toBe(subject.externalId)
    expect(read.Parameters["Principal"]?.Default).toBe(subject.principal)
    expect(Object.values(read.Resources).map(({ Type }) => Type)).toEqual(["AWS::IAM::Role"])
    const { AssumeRolePolicyDocument: trust, Policies } = read.Resources["ReadingRole"]?.Properties ?? {}
    expect(trust).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: { Ref: "Principal" } },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "sts:ExternalId": { Ref: "ExternalId" } } },
        },
      ],
    })
    expect(Policies).toEqual([
      {
        PolicyName: "read-networks",
        PolicyDocument: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: subject.rights, Resource: "*" }],
        },
      },
    ])
    expect(subject.rights).toHaveLength(9)
  })

  test("is read by our own reader of YAML too", () => {
    const [read] = parseYamlValues(buildReadingRoleTemplate(subject)) as [Template]
    expect(read.Resources["ReadingRole"]?.Type).toBe("AWS::IAM::Role")
  })

  test("has the principal as the default of its parameter", () => {
    const read = parseYaml(buildReadingRoleTemplate(subject)) as Template
    expect(read.Parameters["Principal"]?.Default).toBe(subject.principal)
  })
})

test("the Terraform of a reading role has one role, its trust and its policy, and the nine rights", async () => {
  const read = await parseHcl("role.tf", buildReadingRoleTerraform(subject))
  expect(read).toEqual({
    data: {
      aws_iam_policy_document: {
        peering_desk_read_trust: [
          {
            statement: [
              {
                actions: ["sts:AssumeRole"],
                principals: [{ type: "AWS", identifiers: [subject.principal] }],
                condition: [
                  { test: "StringEquals", variable: "sts:ExternalId", values: [subject.externalId] },
                ],
              },
            ],
          },
        ],
        peering_desk_read: [{ statement: [{ actions: subject.rights, resources: ["*"] }] }],
      },
    },
    resource: {
      aws_iam_role: {
        peering_desk_read: [
          {
            name: "peering-desk-read",
            description: expect.any(String) as unknown,
            assume_role_policy: "${data.aws_iam_policy_document.peering_desk_read_trust.json}",
          },
        ],
      },
      aws_iam_role_policy: {
        peering_desk_read: [
          {
            name: "read-networks",
            role: "${aws_iam_role.peering_desk_read.id}",
            policy: "${data.aws_iam_policy_document.peering_desk_read.json}",
          },
        ],
      },
    },
    output: { peering_desk_read_arn: [{ value: "${aws_iam_role.peering_desk_read.arn}" }] },
  })
})

describe("the link to CloudFormation", () => {
  test("opens the page that creates a stack, in the console of the partition", () => {
    expect(buildCreateStackLink(subject, null)).toBe(
      "https://console.aws.amazon.com/cloudformation/home#/stacks/create",
    )
    const principal = "arn:aws-us-gov:iam::111122223333:role/desk"
    expect(buildCreateStackLink({ ...subject, principal }, null)).toContain(
      "https://console.amazonaws-us-gov.com/",
    )
  })

  test("is filled in when the template has an address", () => {
    const link = buildCreateStackLink(subject, "https://bucket.s3.amazonaws.com/role.yaml")
    const [, after = ""] = link.split("/stacks/create/review?")
    expect(Object.fromEntries(new URLSearchParams(after))).toEqual({
      templateURL: "https://bucket.s3.amazonaws.com/role.yaml",
      stackName: "peering-desk-read",
      param_ExternalId: subject.externalId,
      param_Principal: subject.principal,
    })
  })
})
