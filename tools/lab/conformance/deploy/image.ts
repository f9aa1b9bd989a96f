import type { Task } from "#tools/lab/area.ts"
import { execFileSync } from "node:child_process"
import { chownSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { check, expectThat, judge, type Figure } from "#tools/lab/figure.ts"
import { findFreePort, answers, waitForProgram } from "@peering-desk/test-support/programs"
import { buildBaseImage } from "./base-image.ts"
import { buildLimits, createBuildah, type Buildah } from "./buildah.ts"
import { createPeering, startInstallation, writeSecrets } from "./installation.ts"
import { startContainer, type ImageConfig } from "./container.ts"

const repository = fileURLToPath(new URL("../../../../", import.meta.url))
const baseName = "docker.io/library/node:24-slim"
/** Neither root nor the user that the image names. */
const otherUser = 23_456

/** Builds the image without a Docker engine, looks into it, and starts it as another user on a read-only root. */
export async function checkImage({ work }: Task): Promise<Figure[]> {
  const buildah = createBuildah(work)
  const built = await check(
    "The Dockerfile builds, over a base of debootstrap and npm's node@24",
    async () => {
      await buildBaseImage(work, buildah, baseName)
      const named = [
        "--build-arg",
        "VERSION=9.9.9",
        "--build-arg",
        "REVISION=0123456",
        "--tag",
        "peering-desk",
      ]
      const registry = ["--secret", `id=npmrc,src=${writeNpmrc(work)}`]
      await buildah(
        ["build", "--format", "docker", "--pull=never", ...buildLimits, ...named, ...registry, repository],
        repository,
      )
    },
  )
  if (judge(built) !== "ok") return [built]
  const root = await buildah(["mount", await buildah(["from", "--pull=never", "peering-desk"])])
  const config = await readConfig(buildah)
  return [
    built,
    ...(await checkConfig(config)),
    ...(await checkContents(root)),
    ...(await checkRunning(work, root, config)),
  ]
}

/** The registry of this machine, as an administrator's secret file would say it. */
function writeNpmrc(work: string): string {
  const file = join(work, "npmrc")
  const registry = execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8" }).trim()
  writeFileSync(file, `registry=${registry}\n`)
  return file
}

interface Inspected {
  Docker: { config: ImageConfig & { Healthcheck?: { Test: string[] } } }
}

async function readConfig(buildah: Buildah): Promise<Inspected["Docker"]["config"]> {
  const text = await buildah(["inspect", "--type", "image", "peering-desk"])
  return (JSON.parse(text) as Inspected).Docker.config
}

async function checkConfig(config: Inspected["Docker"]["config"]): Promise<Figure[]> {
  return [
    await check("It names a user by number, a port, a stop signal and a health check", () => {
      expectThat(config.User === "1000:1000", `its user is ${config.User}`)
      expectThat("8080/tcp" in config.ExposedPorts, "it exposes another port")
      expectThat(config.StopSignal === "SIGTERM", `it is stopped by ${config.StopSignal}`)
      expectThat(config.Healthcheck?.Test.join(" ").includes("/readyz") === true, "it has no health check")
      return config.Cmd.join(" ")
    }),
    await check("It has the labels of OCI", () => {
      const names = ["title", "description", "licenses", "base.name", "version", "revision"]
      const labels = names.map((name) => config.Labels[`org.opencontainers.image.${name}`])
      expectThat(!labels.includes(undefined), `it has only ${Object.keys(config.Labels).join(", ")}`)
      expectThat(labels[4] === "9.9.9" && labels[5] === "0123456", "version or revision is another one")
      return labels.join("; ")
    }),
  ]
}

async function checkContents(root: string): Promise<Figure[]> {
  const app = join(root, "app")
  const files = listFiles(app)
  const list = (found: readonly string[]) =>
    `${found.length} files, such as ${found
      .slice(0, 5)
      .map((path) => path.slice(root.length))
      .join(", ")}`
  return [
    await check("It has no source map, no test and none of our sources", () => {
      const maps = files.filter((path) => path.endsWith(".map"))
      expectThat(maps.length === 0, `source maps: ${list(maps)}`)
      const tests = files.filter((path) => /\.(test|spec)\.\w+$|\/(tests?|specs?|__tests__)\//.test(path))
      expectThat(tests.length === 0, `tests: ${list(tests)}`)
      const sources = files.filter((path) => /\.([mc]?ts|tsx)$/.test(path))
      expectThat(sources.length === 0, `sources: ${list(sources)}`)
      return `${files.length} files below /app`
    }),
    await check("It has no package that only development needs", () => {
      const packages = new Set(
        files.flatMap((path) => /.*node_modules\/((?:@[^/]+\/)?[^/.][^/]*)\//.exec(path)?.[1] ?? []),
      )
      const text = readFileSync(join(repository, "apps/bff/package.json"), "utf8")
      const { dependencies, devDependencies } = JSON.parse(text) as Record<string, Record<string, string>>
      const missing = Object.keys(dependencies ?? {}).filter((name) => !packages.has(name))
      expectThat(missing.length === 0, `it lacks ${missing.join(", ")}`)
      const extra = [...Object.keys(devDependencies ?? {}), "tsx", "typescript", "pnpm", "esbuild"].filter(
        (name) => packages.has(name),
      )
      expectThat(extra.length === 0, `it has ${extra.join(", ")}`)
      return `${packages.size} packages`
    }),
    await check(
      "Its pages name the version and commit of the build arguments, and it has the licences",
      () => {
        const about = files.find((path) => /\/AboutDialog-[^/]*\.js$/.test(path))
        expectThat(about !== undefined, "it has no file of the About dialog")
        const text = about === undefined ? "" : readFileSync(about, "utf8")
        expectThat(text.includes("9.9.9") && text.includes("0123456"), "its About dialog names another build")
        const licences = readFileSync(join(app, "apps/web/dist/licences.txt"), "utf8")
        return `${licences.split("\nLicence: ").length - 1} packages with their licences`
      },
    ),
    await check("Its size", () => {
      const toMegabytes = (paths: readonly string[]) =>
        Math.round(paths.reduce((sum, path) => sum + statSync(path).size, 0) / 1e6)
      return `${toMegabytes(files)} MB above its base: server, web app and packages`
    }),
  ]
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

async function checkRunning(work: string, root: string, config: ImageConfig): Promise<Figure[]> {
  const port = await findFreePort()
  const origin = `http://127.0.0.1:${port}`
  const installation = await startInstallation(origin)
  const data = join(work, "data")
  mkdirSync(data)
  chownSync(data, otherUser, otherUser)
  const rules = readFileSync(join(repository, "tools/demo-access-rules.json"), "utf8")
  const secrets = join(work, "secrets")
  const environment = {
    ...installation.settings,
    ...writeSecrets({ ...installation.secrets, ACCESS_RULES: rules }, secrets, "/run/secrets"),
    PORT: String(port),
  }
  const start = (id: string, mounts: Parameters<typeof startContainer>[2]["mounts"]) =>
    startContainer(work, id, { config, root, user: otherUser, environment, mounts })
  const mounts = {
    "/run/secrets": { folder: secrets, mode: "ro" },
    "/data": { folder: data, mode: "rw" },
  } as const
  const container = start("desk", mounts)
  const findings = [
    await check(`/readyz answers 200 as user ${otherUser} on a read-only root`, async () => {
      const from = performance.now()
      await waitForProgram(container, () => answers(`${origin}/readyz`))
      return `${Math.round(performance.now() - from)} ms after its start`
    }),
    await check("A create goes through it to the simulated Atlas", async () =>
      createPeering(origin, await installation.signIn(), 1),
    ),
    await check("SIGTERM ends it with 0", async () => {
      await container.stop()
      expectThat(container.child.exitCode === 0, `it ended with ${container.child.exitCode}`)
    }),
    await check("Without a volume at /data it writes nothing, and says what is wrong", async () => {
      const { "/run/secrets": onlySecrets } = mounts
      const { child, log } = start("desk-without-volume", { "/run/secrets": onlySecrets })
      if (child.exitCode === null) await new Promise((resolve) => child.once("close", resolve))
      expectThat(/DATA_DIR\) can't be opened/.test(log()), `it says ${log()}`)
      return log().trim()
    }),
  ]
  await installation.close()
  return findings
}
