import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"

export interface BuildDetails {
  version: string
  /** A commit, with `-dirty` after changes that are not committed; `unknown` outside a repository. */
  commit: string
}

/**
 * Returns the version and commit that a build is made from. An image is built without the repository: there,
 * `BUILD_VERSION` and `BUILD_REVISION` name them.
 * @param root the folder of the whole project
 */
export function readBuildDetails(
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
): BuildDetails {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string }
  return {
    version: getNamed(environment["BUILD_VERSION"]) ?? version,
    commit: getNamed(environment["BUILD_REVISION"]) ?? readCommit(root),
  }
}

/** The build arguments of the image are `unknown` where nobody sets them. */
function getNamed(value = "unknown"): string | null {
  return value === "" || value === "unknown" ? null : value
}

function readCommit(root: string): string {
  const run = (...args: string[]) =>
    execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim()
  try {
    // A copy of the sources inside another repository is not at that repository's commit.
    if (run("rev-parse", "--show-prefix") !== "") return "unknown"
    return run("describe", "--always", "--exclude=*", "--abbrev=12", "--dirty")
  } catch {
    return "unknown"
  }
}
