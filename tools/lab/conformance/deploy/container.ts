import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { startProgram } from "@peering-desk/test-support/programs"

/** The start of an image, as buildah reports it. */
export interface ImageConfig {
  User: string
  Env: string[]
  Cmd: string[]
  WorkingDir: string
  StopSignal: string
  ExposedPorts: Record<string, object>
  Labels: Record<string, string>
}

interface Container {
  config: ImageConfig
  /** The files of the image. */
  root: string
  /** The user and group it runs as. */
  user: number
  environment: Record<string, string>
  /** Folders of this machine by their place in the container. */
  mounts: Record<string, { folder: string; mode: "ro" | "rw" }>
}

/** Starts an image's own command with crun: another user, no capabilities, a read-only root, and this machine's network. */
export function startContainer(work: string, id: string, container: Container) {
  const bundle = join(work, id)
  mkdirSync(bundle)
  writeFileSync(join(bundle, "config.json"), JSON.stringify(toRuntimeConfig(container)))
  const runtime = `crun --root ${join(work, "crun")} --cgroup-manager disabled run --bundle ${bundle} ${id}`
  // crun refuses machines that mount both versions of control groups, so it gets a view with one.
  const view = `mount -t cgroup2 none /sys/fs/cgroup && exec ${runtime}`
  return startProgram("unshare", ["--mount", "sh", "-c", view], {}, bundle)
}

/** Writes the configuration that an OCI runtime reads. */
function toRuntimeConfig({ config, root, user, environment, mounts }: Container): object {
  const kernel = ["nosuid", "noexec", "nodev"]
  return {
    ociVersion: "1.0.2",
    process: {
      user: { uid: user, gid: user },
      args: config.Cmd,
      cwd: config.WorkingDir,
      env: [...config.Env, ...Object.entries(environment).map(([name, value]) => `${name}=${value}`)],
      noNewPrivileges: true,
      capabilities: { bounding: [], effective: [], inheritable: [], permitted: [] },
    },
    root: { path: root, readonly: true },
    mounts: [
      { destination: "/proc", type: "proc", source: "proc", options: kernel },
      { destination: "/dev", type: "tmpfs", source: "tmpfs", options: ["nosuid", "mode=755"] },
      ...Object.entries(mounts).map(([destination, { folder, mode }]) => ({
        destination,
        type: "bind",
        source: folder,
        options: ["bind", mode],
      })),
    ],
    linux: { namespaces: [{ type: "mount" }, { type: "pid" }, { type: "ipc" }, { type: "uts" }] },
  }
}
