const regions: Readonly<Record<string, string>> = { "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1" }

/** Reads an ARN: its partition with the region of calls that name none, its account and last name. */
export function parseArn(arn: string) {
  const [, partition = "", , , account = "", ...rest] = arn.split(":")
  const name = rest.join(":").split("/").at(-1) ?? ""
  return { partition, usualRegion: regions[partition] ?? "us-east-1", account, name }
}
