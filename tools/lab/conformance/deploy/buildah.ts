import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { runWell } from "#tools/lab/programs.ts"

/** Runs buildah with its arguments; returns what it printed. Throws with the end of its output when it fails. */
export type Buildah = (args: readonly string[], cwd?: string) => Promise<string>

/** The most files and processes that a step of a build may have. */
export const buildLimits = ["--ulimit", "nofile=20000:20000", "--ulimit", "nproc=4096:4096"]

/** Buildah with a separate store of images. It needs no daemon and no kernel support for containers. */
export function createBuildah(work: string): Buildah {
  const store = ["--root", join(work, "images"), "--runroot", join(work, "run"), "--storage-driver", "vfs"]
  mkdirSync(join(work, "home"), { recursive: true })
  return async (args, cwd = work) => {
    const printed = await runWell("buildah", [...store, ...args], {
      cwd,
      env: { HOME: join(work, "home"), BUILDAH_ISOLATION: "chroot", TMPDIR: work },
      timeoutMs: 40 * 60_000,
    })
    return printed.trim()
  }
}
