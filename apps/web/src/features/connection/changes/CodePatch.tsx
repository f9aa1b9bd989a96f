import { CopyBlock } from "#ui/CopyBlock.tsx"

/** A value of a connection before and after a change. */
interface ChangedValue {
  name: string
  before: string
  after: string
}

/** The lines to change in the Terraform resource of a connection. */
export function CodePatch({ changed, tool }: { changed: readonly ChangedValue[]; tool: string }) {
  if (changed.length === 0) return <p>Change a value to get the lines for the code of {tool}.</p>
  const lines = changed.flatMap(({ name, before, after }) => {
    const attribute = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    return [`-  ${attribute} = ${JSON.stringify(before)}`, `+  ${attribute} = ${JSON.stringify(after)}`]
  })
  const text = [' resource "mongodbatlas_network_peering"', ...lines].join("\n")
  return <CopyBlock label="Terraform" about={`the change for ${tool}`} text={text} />
}
