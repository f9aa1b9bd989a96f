import { defineConfig } from "vitest/config"
import { BaseSequencer, type TestSpecification } from "vitest/node"

const slow = /create-chaos|main-crash|audit-crash|random-walk|create-peering|sending/

/** Starts the slowest files first, so that none of them runs alone at the end. */
class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isSlow = ({ moduleId }: TestSpecification) => slow.test(moduleId)
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))]
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: SlowFirst },
    // Page tests share React with those of the pages that the server draws, and a process does both nowhere else.
    onConsoleLog: (log) => !log.includes("Detected multiple renderers"),
    projects: [
      "apps/web",
      ...[
        "packages/shared-schemas",
        "packages/peering-rules",
        "packages/atlas-simulator",
        "packages/demo-identity-provider",
        "packages/demo-director",
        "packages/test-support",
        "apps/bff",
        "tools",
      ].map((root) => ({
        root,
        // Long timeouts for busy machines. No test asserts a duration.
        test: {
          name: root,
          environment: "node",
          // Files share their modules, which take longer to load than most of their tests to run.
          isolate: root === "tools",
          include: ["**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 20_000 } },
        },
      })),
    ],
  },
})
