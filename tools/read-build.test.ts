import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { readBuildDetails } from "#web/build/read-build.ts"
import { afterEach, beforeEach, expect, test } from "vitest"

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "read-build-"))
  writeFileSync(join(root, "package.json"), '{ "version": "1.2.3" }')
})
afterEach(() => rmSync(root, { recursive: true }))

const git = (...args: string[]) => execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim()

function commit(): string {
  const who = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"]
  git("init", "--quiet")
  git("add", ".")
  git(...who, "commit", "--quiet", "--message", "First")
  return git("rev-parse", "HEAD")
}

test("a build in a repository has the version of package.json and the commit", () => {
  const hash = commit()
  expect(readBuildDetails(root, {})).toEqual({ version: "1.2.3", commit: hash.slice(0, 12) })
})

test("a build with changes that are not committed says so beside the commit", () => {
  const hash = commit()
  writeFileSync(join(root, "package.json"), '{ "version": "1.2.4" }')
  expect(readBuildDetails(root, {})).toEqual({ version: "1.2.4", commit: `${hash.slice(0, 12)}-dirty` })
})

test("a build outside a repository has an unknown commit", () => {
  expect(readBuildDetails(root, {})).toEqual({ version: "1.2.3", commit: "unknown" })
})

test("a build of a copy inside another repository does not take that repository's commit", () => {
  commit()
  const copy = join(root, "vendor/desk")
  mkdirSync(copy, { recursive: true })
  writeFileSync(join(copy, "package.json"), '{ "version": "1.2.3" }')
  expect(readBuildDetails(copy, {}).commit).toBe("unknown")
})

test("a build has the version and commit of the image's build arguments, where they are set", () => {
  const named = { BUILD_VERSION: "9.9.9", BUILD_REVISION: "0123456" }
  expect(readBuildDetails(root, named)).toEqual({ version: "9.9.9", commit: "0123456" })
  const unset = { BUILD_VERSION: "unknown", BUILD_REVISION: "" }
  expect(readBuildDetails(root, unset)).toEqual({ version: "1.2.3", commit: "unknown" })
})
