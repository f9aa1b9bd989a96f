import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import { findPrograms, runWell } from "#tools/lab/programs.ts"
import type { Buildah } from "./buildah.ts"

const authorities = "/usr/local/share/authorities.pem"

/**
 * Builds a stand-in for the image that the Dockerfile begins with, and gives it that name: Debian's smallest system by debootstrap, with
 * the Node binary and the npm that the registry has.
 */
export async function buildBaseImage(work: string, buildah: Buildah, name: string): Promise<void> {
  const system = join(work, "base")
  await run("debootstrap", ["--variant=minbase", readCodename(), system, readMirror()], work)
  await installNode(work, join(system, "usr/local"))
  // The official image has this user too.
  await run("chroot", [system, "useradd", "--uid", "1000", "--create-home", "node"], work)
  const container = await buildah(["from", "scratch"])
  await buildah(["copy", "--quiet", container, copyAuthorities(system), "/"])
  await buildah(["config", "--env", `NODE_EXTRA_CA_CERTS=${authorities}`, container])
  await buildah(["commit", "--quiet", "--rm", container, name])
}

/** Gives the system the certificate authorities of this machine, where a proxy of its network may have one. */
function copyAuthorities(system: string): string {
  copyFileSync(
    process.env["NODE_EXTRA_CA_CERTS"] ?? "/etc/ssl/certs/ca-certificates.crt",
    join(system, authorities),
  )
  return system
}

async function installNode(work: string, target: string): Promise<void> {
  const [npm = "npm"] = findPrograms("npm")
  const folder = join(work, "node")
  mkdirSync(folder)
  const packages = ["--no-save", "--no-audit", "--no-fund", "node@24", "npm@11"]
  await run(npm, ["install", "--prefix", folder, ...packages], folder)
  mkdirSync(join(target, "lib/node_modules"), { recursive: true })
  cpSync(join(folder, "node_modules/node/bin/node"), join(target, "bin/node"), { dereference: true })
  cpSync(join(folder, "node_modules/npm"), join(target, "lib/node_modules/npm"), { recursive: true })
  for (const program of ["npm", "npx"])
    symlinkSync(`../lib/node_modules/npm/bin/${program}-cli.js`, join(target, "bin", program))
}

function readCodename(): string {
  return /^VERSION_CODENAME=(\w+)/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? "stable"
}

/** Returns the mirror that this machine installs Debian's packages from. */
function readMirror(): string {
  const folder = "/etc/apt/sources.list.d"
  const sources = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"))
  return /^URIs: (http\S+\/debian)\/?$/m.exec(sources.join("\n"))?.[1] ?? "http://deb.debian.org/debian"
}

async function run(program: string, args: readonly string[], cwd: string): Promise<void> {
  await runWell(program, args, {
    cwd,
    env: {
      HOME: homedir(),
      PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin`,
      NODE_EXTRA_CA_CERTS: process.env["NODE_EXTRA_CA_CERTS"] ?? "",
    },
    timeoutMs: 30 * 60_000,
  })
}
