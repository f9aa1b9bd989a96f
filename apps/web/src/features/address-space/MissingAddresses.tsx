import type { AddressPicture } from "@peering-desk/peering-rules"
import type { ProjectAddresses } from "@peering-desk/shared-schemas"
import { getProblemText } from "#copy/problems.ts"
import { formatCount } from "#copy/counts.ts"
import { Notice } from "#ui/Notice.tsx"
import { isPrivate } from "#features/address-space/layout/map-ranges.ts"

/** Lists what the map can't show and why, so that nobody takes such a gap for free. */
export function MissingAddresses({
  spaces,
  picture: { blocks, peersWithoutCidr, unreadable },
}: {
  spaces: readonly ProjectAddresses[]
  picture: AddressPicture
}) {
  const outside = blocks.filter((block) => !isPrivate(block)).length
  const incomplete = spaces.flatMap(({ project, problem }) =>
    problem === null ? [] : [{ project, problem }],
  )
  const notes = [
    peersWithoutCidr > 0 &&
      `${formatCount(peersWithoutCidr, "connection")} not shown: Atlas doesn't report their CIDRs`,
    unreadable > 0 && `${formatCount(unreadable, "CIDR")} not shown: missing or unreadable in Atlas's answer`,
    outside > 0 &&
      `${formatCount(outside, "CIDR")} outside the private ranges: ${outside === 1 ? "it is" : "they are"} in the table only`,
  ].filter((note) => note !== false)
  return (
    <>
      {incomplete.length > 0 && (
        <Notice
          tone="you"
          title={`Incomplete: the lists of ${formatCount(incomplete.length, "project")} could not be read`}
        >
          <ul>
            {incomplete.map(({ project, problem }) => (
              <li key={project.id}>
                {project.name}: {getProblemText(problem, project.keyKind).title}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {notes.length > 0 && (
        <ul className="flow quiet text-13 gap-2 gap-x-16">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </>
  )
}
