import { providerLabels, providerNames, type UnreadProject } from "@peering-desk/shared-schemas"
import { getProblemText } from "#copy/problems.ts"

/** Returns whether nine tenths of a limit are used. */
export function isNear(used: number, most: number): boolean {
  return used >= most * 0.9
}

/** Lists why data of a project may be missing or old, each with its subject: `AWS, Azure: Atlas did not answer in time`. */
export function listTroubles({ project, watches, containersProblem }: UnreadProject): string[] {
  const keyKind = watches.find(({ atlas }) => atlas?.keyKind !== undefined)?.atlas?.keyKind ?? project.keyKind
  const about = new Map<string, string[]>()
  const note = (why: string, what: string) => about.set(why, [...(about.get(why) ?? []), what])
  for (const name of providerNames) {
    const watch = watches.find(({ providerName }) => providerName === name)
    if (watch?.problem != null) note(getProblemText(watch.problem, keyKind).title, providerLabels[name])
    else if (watch == null || watch.checkedAt === null) note("not read yet", providerLabels[name])
  }
  if (containersProblem !== null) note(getProblemText(containersProblem, keyKind).title, "Containers")
  return [...about].map(([why, what]) => `${what.join(", ")}: ${why}`)
}
