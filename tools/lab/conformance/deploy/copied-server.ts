import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { check, expectThat, type Figure } from "#tools/lab/figure.ts"
import { runWell } from "#tools/lab/programs.ts"
import { noAtlas, startDesk } from "#tools/lab/desk.ts"
import { apiUrls } from "@peering-desk/shared-schemas"

const repository = fileURLToPath(new URL("../../../../", import.meta.url))

/** Carries out "Without containers" of `docs/operate.md` with another folder, and starts what it made. */
export async function checkCopiedServer(work: string): Promise<Figure> {
  return check("A server starts from the folder that docs/operate.md says to build", async () => {
    const manual = readFileSync(join(repository, "docs/operate.md"), "utf8")
    const [, steps = ""] = /### Without containers[^#]*?```sh\n([\s\S]*?)```/.exec(manual) ?? []
    expectThat(steps.includes("/opt/peering-desk"), "the page has no such steps")
    const folder = join(work, "copied")
    await runWell("bash", ["-ec", steps.replaceAll("/opt/peering-desk", folder)], {
      cwd: repository,
      timeoutMs: 240_000,
    })
    const desk = await startDesk(
      join(work, "service"),
      noAtlas,
      { OIDC_ISSUER: "http://127.0.0.1:1" },
      { program: [join(folder, "apps/bff/dist/main.js")], answersAt: apiUrls.health() },
    )
    const page = await fetch(desk.origin)
    await desk.stop()
    expectThat(page.status === 200 && (await page.text()).includes("<title>"), "it has no web app")
    return "it answers with the web app"
  })
}
