import type { Task } from "#tools/lab/area.ts"
import { mkdirSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseAllDocuments } from "yaml"
import { check, notRun, type Figure } from "#tools/lab/figure.ts"
import { findPrograms, runProgram, runWell } from "#tools/lab/programs.ts"
import { checkCopiedServer } from "./copied-server.ts"

const repository = fileURLToPath(new URL("../../../../", import.meta.url))

interface Manifest {
  apiVersion: string
  kind: string
}

/** Reads the files of `deploy` and `compose.yaml` with the programs that they are for, and starts a server without containers. */
export async function checkManifests({ work }: Task): Promise<Figure[]> {
  return [
    await check("kubectl builds the kustomization", async () => {
      const manifests = await buildManifests()
      return manifests.map(({ kind }) => kind).join(", ")
    }),
    await checkFields(work),
    await check("Docker Compose reads compose.yaml", async () => {
      const addresses = { PUBLIC_URL: "https://desk.example", OIDC_ISSUER: "https://sso.example" }
      const services = await run("docker-compose", ["config", "--services"], addresses)
      return services.trim().replaceAll("\n", ", ")
    }),
    await check("promtool accepts the alert rules", () =>
      run("promtool", ["check", "rules", "deploy/prometheus/alerts.yaml"]),
    ),
    await check("The alerts fire when they should, and only then", () =>
      run("promtool", ["test", "rules", "deploy/prometheus/alerts.test.yaml"]),
    ),
    await checkCopiedServer(work),
  ]
}

async function buildManifests(): Promise<Manifest[]> {
  const text = await run("kubectl", ["kustomize", "deploy/kubernetes"])
  return parseAllDocuments(text).map((document) => document.toJS() as Manifest)
}

/** Compiles every manifest as a value of its type in the package `kubernetes-types`: unknown and wrong fields are errors there. */
async function checkFields(work: string): Promise<Figure> {
  const name = "Every field of the manifests is one of Kubernetes"
  const [npm = "npm"] = findPrograms("npm")
  const installed = await runProgram(npm, ["install", "--no-save", "--prefix", work, "kubernetes-types"], {
    cwd: work,
    env: { HOME: work, NODE_EXTRA_CA_CERTS: process.env["NODE_EXTRA_CA_CERTS"] ?? "" },
    timeoutMs: 240_000,
  })
  if (installed.code !== 0) return notRun(name, "kubernetes-types could not be fetched from the registry")
  return check(name, async () => {
    const manifests = await buildManifests()
    mkdirSync(join(work, "src"))
    const source = join(work, "src/manifests.ts")
    writeFileSync(source, manifests.map(toTypeScript).join("\n"))
    const typescript = dirname(createRequire(import.meta.url).resolve("typescript/package.json"))
    const options = "--ignoreConfig --noEmit --strict --skipLibCheck --module preserve --types".split(" ")
    await runWell(process.execPath, [join(typescript, "bin/tsc"), ...options, "", source])
    return `${manifests.length} manifests`
  })
}

function toTypeScript(manifest: Manifest, at: number): string {
  const { apiVersion, kind } = manifest
  const module = apiVersion.includes("/") ? apiVersion.replace(/\.k8s\.io\//, "/") : `core/${apiVersion}`
  return [
    `import type { ${kind} as Kind${at} } from "kubernetes-types/${module}"`,
    `export const manifest${at}: Kind${at} = ${JSON.stringify(manifest)}`,
  ].join("\n")
}

const run = (program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runWell(program, args, { cwd: repository, env })
