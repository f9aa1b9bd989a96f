import { writeFileSync } from "node:fs"
import { buildReference, referencePath } from "./configuration-reference.ts"

writeFileSync(referencePath, await buildReference())
