import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { buildDocument, toHeading, typesPath } from "./api-types.ts"

// Not installed with the rest: it needs the API of an older TypeScript, and forty packages.
const generator = ["-y", "-p", "openapi-typescript@7.13.0", "-p", "typescript@5.9.3", "openapi-typescript"]

const work = mkdtempSync(join(tmpdir(), "peering-desk-api-types-"))
const [source, target] = [join(work, "openapi.json"), join(work, "types.d.ts")]
const document = buildDocument()
writeFileSync(source, document)
execFileSync("npx", [...generator, source, "-o", target], { cwd: work, stdio: "inherit" })
writeFileSync(typesPath, toHeading(document) + readFileSync(target, "utf8"))
rmSync(work, { recursive: true })
