import { expected, suggest, suggestFromLink, type FieldTable, type FormField, type Rule } from "./field.ts"

const networks = "Google Cloud console › VPC network › VPC networks"

const projectId = /^[a-z][0-9a-z-]{4,28}[0-9a-z]$/
const projectOfLink = /(?:(?:^|\/)projects\/|[?&]project=)([^/&\s"'?#]{1,100})/
const networkName = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/
const networkOfLink = /(?:^|\/)networks\/(?:details\/)?([^/\s"'?#]{1,100})(?:\?|$)/

const projectRule: Rule = (text) => {
  if (projectId.test(text)) return null
  if (/^\d+$/.test(text)) return "This is a project number. Enter the project ID"
  const ofLink = suggestFromLink(projectOfLink, "project ID", text)
  if (ofLink !== null) return ofLink
  if (projectId.test(text.toLowerCase())) return suggest("Use lower case:", text.toLowerCase())
  return expected(
    text,
    "A project ID has 6 to 30 lower-case letters, digits or dashes. It starts with a letter and doesn't end with a dash",
  )
}

const networkRule: Rule = (text) => {
  if (networkName.test(text)) return null
  const ofLink = suggestFromLink(networkOfLink, "network name", text)
  if (ofLink !== null) return ofLink
  if (networkName.test(text.toLowerCase())) return suggest("Use lower case:", text.toLowerCase())
  return expected(
    text,
    "A network name has 1 to 63 lower-case letters, digits or dashes. It starts with a letter and doesn't end with a dash",
  )
}

/** The fields of a Google Cloud request, in the order of the form. Both are of the person's side, not of Atlas's. */
export const gcpFields = {
  gcpProjectId: {
    label: "Project ID",
    hint: "Not its name or number",
    title: "project ID",
    thing: "project",
    fact: "Project",
    missing: "Enter your Google Cloud project ID",
    rule: projectRule,
    isName: true,
    inLink: projectOfLink,
    takenByAtlas: projectId,
    labels: /^(?:(?:gcp |google cloud )project(?: ?id)?|project ?id)$/i,
    names: { atlasCli: "--gcpProjectId" },
    sample: () => "acme-sample-417203",
    help: {
      what: "The ID of your project, not its name or number.",
      path: "Google Cloud console › project menu › ID",
      command: "gcloud config get-value project",
    },
  },
  networkName: {
    label: "VPC network",
    hint: "Name, not the self-link",
    title: "network name",
    thing: "network",
    fact: "Network",
    missing: "Enter your VPC network name",
    rule: networkRule,
    isName: true,
    inLink: networkOfLink,
    takenByAtlas: networkName,
    labels: /^(?:vpc )?network(?: ?name)?$/i,
    names: { atlasCli: "--network" },
    sample: (hex) => `sample-${hex(6)}`,
    help: {
      what: "The name of the VPC network.",
      path: `${networks} › Name`,
      command: "gcloud compute networks list --format='value(name)'",
    },
  },
} as const satisfies FieldTable

/** Fields of the form that only the checks use. */
export const gcpKnownBlocks = {
  networkBlocks: {
    label: "Subnet CIDRs",
    hint: "Optional, used for checks only",
    help: {
      what: "The CIDRs of the network's subnets.",
      path: `${networks} › your network › Subnets`,
      command: "gcloud compute networks subnets list --format='value(network.basename(),ipCidrRange)'",
    },
  },
  peeredBlocks: {
    label: "CIDRs of other peered networks",
    hint: "Optional",
    help: {
      what: "The CIDRs of networks that it is peered with, private services access too, or none. Used for checks only.",
      path: `${networks} › your network › Routes`,
      command:
        "gcloud compute routes list --filter='nextHopPeering:*' --format='value(network.basename(),nextHopPeering,destRange)'",
    },
  },
} as const satisfies Record<string, FormField>
