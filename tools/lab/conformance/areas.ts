import type { Area } from "#tools/lab/area.ts"
import { checkAwsReading } from "./aws/reading.ts"
import { checkAwsRunbook } from "./aws/runbook.ts"
import { checkAzCommands } from "./az-commands.ts"
import { checkImage } from "./deploy/image.ts"
import { checkManifests } from "./deploy/manifests.ts"
import { checkProxy } from "./deploy/proxy.ts"
import { checkDiagnosisScript } from "./diagnosis-script.ts"
import { checkExportSchemas } from "./export-schemas.ts"
import { checkIdentityProviders } from "./identity-providers.ts"
import { checkNameReader } from "./name-reader.ts"
import { checkPages } from "./pages.ts"
import { checkPasteReader } from "./paste-reader.ts"
import { checkPasting } from "./pasting.ts"
import { checkPortReader } from "./port-reader.ts"
import { checkRoleReader } from "./role-reader.ts"
import { checkTokenExample } from "./token-example.ts"

const aws = ["awscli", "python3-moto", "python3-flask-cors"]

/** Every area, in the order of the report. A new one is a file beside this and a row here. */
export const areas: readonly Area[] = [
  {
    id: "aws",
    title: "The AWS runbook, end to end in moto across two accounts",
    packages: [...aws, "dash", "zsh"],
    run: checkAwsRunbook,
  },
  {
    id: "aws-reading",
    title: "Why an AWS connection doesn't work, read by the script and through a role by the server's reader",
    how: "One list of calls goes to the simulator's EC2 and STS and to moto, by AWS's SDK: each difference is known, with AWS's page. Then the script, with the AWS CLI in four shells, and the reader read 31 worlds of moto: 21 faults and 10 healthy VPCs. They are behind a shim that asks for the external id, keeps to the role's rights, answers dry runs, ends a revoked role, logs calls, and does what moto doesn't: filters of peerings, blackhole routes, an expired request, a request that overlaps.",
    packages: [...aws, "dash", "bash", "zsh", "busybox-static"],
    run: checkAwsReading,
  },
  {
    id: "az",
    title: "Azure commands in azure-cli's parser",
    packages: ["azure-cli"],
    run: checkAzCommands,
  },
  {
    id: "pasting",
    title: "Texts to copy, pasted into bash and zsh on a terminal and run as scripts",
    packages: ["bash", "dash", "zsh", "python3"],
    run: checkPasting,
  },
  {
    id: "tokens",
    title: "The first call with an API token, pasted into bash and zsh and sent by curl",
    packages: ["bash", "zsh", "curl", "python3"],
    run: checkTokenExample,
  },
  { id: "paste", title: "Paste to fill, from live AWS CLI output", packages: aws, run: checkPasteReader },
  {
    id: "ports",
    title: "The port reader, on live output of every nc and telnet",
    packages: ["busybox-static", "netcat-openbsd", "netcat-traditional", "ncat"],
    run: checkPortReader,
  },
  {
    id: "names",
    title: "The name reader, on live output of five resolvers' tools",
    packages: ["dnsmasq-base", "bind9-dnsutils", "bind9-host", "ldnsutils", "busybox-static"],
    run: checkNameReader,
  },
  {
    id: "diagnosis",
    title: "The test script over real sockets, on six machines in each state of a network",
    packages: [
      "dash",
      "bash",
      "zsh",
      "busybox-static",
      "bind9-dnsutils",
      "dnsmasq-base",
      "iproute2",
      "nftables",
      "openssl",
    ],
    run: checkDiagnosisScript,
  },
  {
    id: "roles",
    title: "The role reader, on what azure-cli's own function prints",
    packages: ["azure-cli"],
    run: checkRoleReader,
  },
  {
    id: "exports",
    title: "Exports against schemas that npm packages publish",
    run: checkExportSchemas,
  },
  {
    id: "idp",
    title: "Sign-in at identity providers of Debian, set up by configuration alone",
    packages: ["lemonldap-ng", "glewlwyd", "sqlite3"],
    run: checkIdentityProviders,
  },
  {
    id: "pages",
    title: "Accessibility and best practices of every page, by Lighthouse",
    packages: ["chromium"],
    run: checkPages,
  },
  {
    id: "image",
    title: "The image, built without a Docker engine and started as another user",
    packages: ["buildah", "netavark", "crun", "debootstrap", "golang-github-containers-common"],
    run: checkImage,
  },
  {
    id: "proxy",
    title: "Two servers over PostgreSQL behind nginx, replaced one after the other",
    packages: ["nginx-light", "openssl", "postgresql"],
    run: checkProxy,
  },
  {
    id: "manifests",
    title: "Kubernetes manifests, compose.yaml and alert rules in their own programs",
    packages: ["kubernetes-client", "docker-compose", "prometheus"],
    run: checkManifests,
  },
]

/** Tools and services that no area can try on a machine like this. */
export const outside = `## Not run here

${[
  "gcloud: Debian has no package of it. Its commands are written from Google's reference and only checked as shell words.",
  "Terraform and the Atlas CLI: Debian has no package of them. The tests read the exports with the HCL parser of npm.",
  "Kubernetes operator and Crossplane: no npm or Debian package has their CRDs.",
  "PowerShell: Debian has no package of it.",
  "Real AWS, Azure and Google Cloud, and the real Atlas: they need accounts.",
  "Routes that AWS calls a blackhole: moto keeps no such state. The tests of the route script cover it.",
]
  .map((line) => `- ${line}`)
  .join("\n")}
`
