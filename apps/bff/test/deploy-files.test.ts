import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { routes } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { parse } from "yaml"

interface Service {
  image: string
  environment?: Record<string, string>
  volumes?: string[]
  cap_drop?: string[]
}
interface Compose {
  services: Record<string, Service>
  secrets?: unknown
}
interface NetworkPolicy {
  spec: {
    podSelector: { matchLabels: Record<string, string> }
    policyTypes: string[]
    ingress: { from: unknown[] }[]
  }
}

const read = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), "utf8")
const compose = parse(read("compose.yaml"), { merge: true }) as Compose
const manual = read("docs/operate.md")
const kustomization = parse(read("deploy/kubernetes/kustomization.yaml")) as { resources: string[] }

test("compose.yaml mounts folders of secrets, because a single mounted file stays the old one after mv", () => {
  expect(compose.secrets).toBeUndefined()
  for (const { volumes = [] } of Object.values(compose.services))
    for (const volume of volumes.filter((one) => one.startsWith("./secrets")))
      expect(volume).toMatch(/^\.\/secrets\/\w+:\/[^:]+:ro$/)
  expect(compose.services["desk-1"]?.volumes).toEqual(["./secrets/desk:/run/secrets:ro"])
})

test("docs/operate.md names every file of secrets that compose.yaml reads", () => {
  const files = Object.values(compose.services).flatMap(({ environment = {} }) =>
    Object.entries(environment).filter(([name]) => name.endsWith("_FILE")),
  )
  expect(files.length).toBeGreaterThan(7)
  for (const [, path] of files) {
    expect(path).toMatch(/^\/run\/secrets\//)
    expect(manual).toMatch(new RegExp(`\\b${path.slice("/run/secrets/".length)}\\b`))
  }
})

test("every service of compose.yaml drops all capabilities before it gets those it needs", () => {
  for (const { cap_drop } of Object.values(compose.services)) expect(cap_drop).toEqual(["ALL"])
})

test("the network policy admits only the ingress controller and Prometheus to servers that believe their proxy", () => {
  expect(kustomization.resources).toContain("network-policy.yaml")
  const { spec } = parse(read("deploy/kubernetes/network-policy.yaml")) as NetworkPolicy
  const deployment = parse(read("deploy/kubernetes/deployment.yaml")) as {
    spec: { template: { metadata: { labels: Record<string, string> } } }
  }
  expect(deployment.spec.template.metadata.labels).toMatchObject(spec.podSelector.matchLabels)
  expect(spec.policyTypes).toEqual(["Ingress", "Egress"])
  expect(spec.ingress.flatMap(({ from }) => from)).toHaveLength(2)
  // One proxy in front, not a network that holds every pod.
  expect(read("deploy/kubernetes/settings.env")).toMatch(/^TRUST_PROXY=1$/m)
})

test("docs/operate.md names each secret that the manifests need and the version of Kubernetes", () => {
  const manifests = kustomization.resources.map((name) => read(`deploy/kubernetes/${name}`)).join("\n")
  const names = [...manifests.matchAll(/secretName: (\S+)/g)].map(([, name]) => name)
  expect(names).toContain("peering-desk-tls")
  for (const name of names) expect(manual).toMatch(new RegExp(`create secret \\w+ ${name}\\b`))
  expect(manifests).toContain("preStop")
  expect(manual).toContain("Kubernetes 1.30")
})

test("both proxies pass on the largest body that the server takes", () => {
  const nginx = /client_max_body_size (\d+)m;/.exec(read("deploy/nginx/peering-desk.conf"))?.[1]
  const ingress = /proxy-body-size: "?(\d+)m/.exec(read("deploy/kubernetes/ingress.yaml"))?.[1]
  for (const megabytes of [nginx, ingress])
    expect(Number(megabytes) * 1024).toBeGreaterThan(routes.pasteHandOffFacts.post.bodyKb)
})

test("nginx tells nobody its version", () => {
  expect(read("deploy/nginx/peering-desk.conf")).toMatch(/^\s+server_tokens off;$/m)
})
