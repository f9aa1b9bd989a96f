import { execFile } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, describe, expect, test } from "vitest"
import { aws, awsContainer, azure, gcp } from "#test/connections.ts"
import { buildLookUpScript, toLookUpSubject, type LookUpSubject } from "./look-up-script.ts"
import { readLookUp } from "#facts/read-look-up.ts"

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), "look-up-"))

afterAll(() => {
  rmSync(folder, { recursive: true })
})

const vpcId = "vpc-0a1b2c3d4e5f60718"
const ofVpc: LookUpSubject = {
  providerName: "AWS",
  ids: { vpcId, accepterRegionName: "eu-west-1" },
  atlasCidr: "10.8.0.0/21",
}

/** Runs a script in a shell, with programs of the test before the machine's own. */
async function runScript(
  subject: LookUpSubject,
  tools: Readonly<Record<string, string>>,
  shell: readonly string[] = ["sh"],
): Promise<string> {
  const bin = mkdtempSync(join(folder, "bin-"))
  for (const [name, code] of Object.entries(tools))
    writeFileSync(join(bin, name), `#!/bin/sh\n${code}\n`, { mode: 0o755 })
  const [program = "sh", ...args] = shell
  // With the HOME of the machine, bash may read a .bashrc that puts a real tool first.
  const env = { ...process.env, HOME: bin, PATH: `${bin}:${process.env["PATH"]}` }
  const { stdout, stderr } = await run(program, [...args, "-c", buildLookUpScript(subject) ?? ""], { env })
  expect(stderr).toBe("")
  return stdout
}

/** Answers as EC2 does for one VPC in eu-west-1; in other regions the VPC isn't found. */
const ec2 = `case "$*" in
*get-caller-identity*) echo '{ "Account": "123456789012" }' ;;
*describe-regions*) echo us-east-1 eu-west-1 ;;
*us-east-1*describe-vpcs*|*describe-vpcs*us-east-1*)
  echo >&2
  echo "An error occurred (InvalidVpcID.NotFound) when calling the DescribeVpcs operation: The vpc ID \\"${vpcId}\\" does not exist" >&2
  exit 254 ;;
*describe-vpcs*) echo "a warning" >&2; echo '{ "Vpcs": [{ "VpcId": "${vpcId}", "OwnerId": "123456789012", "CidrBlock": "10.15.0.0/16" }] }' ;;
*describe-route-tables*) cat <<'TABLES'
{ "RouteTables": [{ "VpcId": "${vpcId}", "RouteTableId": "rtb-1", "Associations": [{ "Main": true }], "Routes": [
  { "DestinationPrefixListId": "pl-0a1b",
    "VpcPeeringConnectionId": "pcx-1", "State": "active" }] }] }
TABLES
  ;;
*get-managed-prefix-list-entries*pl-0a1b*) echo '{ "Entries": [{ "Cidr": "10.8.0.0/21" }] }' ;;
*describe-security-groups*) printf '%s\\n' 'An error occurred (UnauthorizedOperation): You are \\not "allowed"' >&2; exit 254 ;;
*) echo '{ "Nothing": [] }' ;;
esac`

const pastedAt = Date.parse("2030-01-01T00:00:00Z")

function readFacts(printed: string) {
  const read = readLookUp(printed, pastedAt)
  return read !== null && "networks" in read ? read.networks[0] : undefined
}

describe("The script that reads a network", () => {
  test.each([[["dash"]], [["bash"]], [["zsh", "-f"]], [["busybox", "sh"]]])(
    "Its output becomes facts in %s, also when one right is missing",
    async (shell) => {
      const printed = await runScript(ofVpc, { aws: ec2 }, shell)
      expect(printed).toMatch(/It runs:\n {2}aws sts get-caller-identity/)
      expect(printed).toContain(
        '"security-groups":"An error occurred (UnauthorizedOperation): You are  not  allowed ',
      )
      expect(readFacts(printed)).toMatchObject({
        account: { value: "123456789012", source: "pasted" },
        region: { value: "eu-west-1" },
        addresses: { value: ["10.15.0.0/16"] },
        routeTables: { value: [{ id: "rtb-1", routes: [{ to: "10.8.0.0/21", target: "pcx-1" }] }] },
      })
      expect(readFacts(printed)).not.toHaveProperty("firewalls")
    },
  )

  test("It finds a VPC in another region than the connection names", async () => {
    const elsewhere = { ...ofVpc, ids: { vpcId, accepterRegionName: "us-east-1" } }
    const printed = await runScript(elsewhere, { aws: ec2 })
    expect(printed).toMatch(/"failed":\{"vpcs":"An error occurred \(InvalidVpcID.NotFound\)/)
    expect(readFacts(printed)?.region?.value).toBe("eu-west-1")
  })

  test("An empty list of roles is no fact when az may not look up Atlas's application", async () => {
    const vnet = "/subscriptions/s/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/hub"
    const answerWith = (warning: string) => `case "$*" in
      *"vnet show"*) echo '{ "id": "${vnet}", "name": "hub", "addressSpace": { "addressPrefixes": ["10.15.0.0/16"] } }' ;;
      *) echo "${warning}" >&2; echo '[]' ;;
    esac`
    const ids = { azureSubscriptionId: "s", resourceGroupName: "net", vnetName: "hub" }
    const read = async (warning: string) =>
      readFacts(await runScript({ providerName: "AZURE", ids, atlasCidr: null }, { az: answerWith(warning) }))
    expect((await read("WARNING: az is old"))?.roles?.value).toEqual([])
    const facts = await read(
      "WARNING: Failed to query e90a1407-55c3-432d-9cb1-3638900a9d22 by invoking Graph API.",
    )
    expect(facts).toHaveProperty("addresses")
    expect(facts).not.toHaveProperty("roles")
  })

  test("It reads every VPC of the shell's region when the request names none", async () => {
    const printed = await runScript({ providerName: "AWS", ids: {}, atlasCidr: null }, { aws: ec2 })
    expect(printed).not.toContain("--filters")
    expect(readFacts(printed)?.network?.value).toBe(vpcId)
  })

  test("It has only commands that read, on each cloud", async () => {
    for (const subject of [
      toLookUpSubject(aws, awsContainer),
      toLookUpSubject(gcp, null),
      toLookUpSubject(azure, null),
    ]) {
      const log = join(folder, `calls-${subject.providerName}`)
      const note = `echo "$0 $*" >> ${log}; echo '{}'`
      await runScript(subject, { aws: note, az: note, gcloud: note })
      const { stdout } = await run("cat", [log])
      for (const call of stdout.trim().split("\n"))
        expect(call).toMatch(/ (?:describe|get|list|show)(?:-[a-z-]+)?(?: |$)/)
      expect(stdout).not.toMatch(
        / (?:create|delete|update|set|modify|accept|add|put|associate|authorize)(?:-| )/,
      )
    }
  })

  test("Its values stay words of the shell, whatever they hold", async () => {
    const hostile = `$(touch ${folder}/made) '; touch ${folder}/made; \``
    for (const subject of [
      { ...ofVpc, ids: { vpcId: hostile, accepterRegionName: hostile } },
      { providerName: "GCP" as const, ids: { gcpProjectId: hostile, networkName: hostile }, atlasCidr: null },
      {
        providerName: "AZURE" as const,
        ids: { azureSubscriptionId: hostile, resourceGroupName: hostile, vnetName: hostile },
        atlasCidr: null,
      },
    ]) {
      const answer = "echo '{}'"
      const printed = await runScript(subject, { aws: answer, az: answer, gcloud: answer })
      const read = readLookUp(printed, pastedAt)
      expect(read).toMatchObject({ problem: { code: "no-network" } })
      await expect(run("ls", [`${folder}/made`])).rejects.toThrow("No such file")
    }
  })

  test.each(["vpc-1\u001b[2J", "vpc\u202e", "a\nb"])(
    "There is no script for %j, on which a terminal would act",
    (id) => {
      expect(buildLookUpScript({ ...ofVpc, ids: { vpcId: id } })).toBeNull()
    },
  )

  // Bash 3.2, the one of macOS, ends a substitution at the first parenthesis that nothing opens.
  test("It opens each parenthesis that it closes within a substitution", () => {
    const script = buildLookUpScript(ofVpc) ?? ""
    const substitutions = [...script.matchAll(/\$\(\n(.*?)\n {2}\)/gs)].map(([, code = ""]) => code)
    expect(substitutions.length).toBeGreaterThan(0)
    for (const code of substitutions)
      expect(code.replaceAll(/[^()]/g, "").replaceAll("()", "").replaceAll("()", "")).toBe("")
  })

  test("A network's name that begins with a dash makes no script", () => {
    const ids = { gcpProjectId: "p", networkName: "--impersonate" }
    expect(buildLookUpScript({ providerName: "GCP", ids, atlasCidr: null })).toBeNull()
  })
})
