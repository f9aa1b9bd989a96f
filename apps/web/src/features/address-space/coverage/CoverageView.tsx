import { toKeyNoun } from "@peering-desk/peering-rules"
import { useRef } from "react"
import { useSearchParams } from "wouter"
import { usePerson } from "#api/session.ts"
import { computePermissions } from "#shared/permissions.ts"
import { listMissing, type Coverage, type CoveredProject } from "./coverage.ts"
import { CoverageMatrix } from "./CoverageMatrix.tsx"
import { DraftBatch } from "./DraftBatch.tsx"
import styles from "./coverage.module.css"

/** The coverage of one project, and drafts of the connections that the person adds. */
export function CoverageView({ of, coverages }: { of: CoveredProject; coverages: readonly Coverage[] }) {
  const [search, setSearch] = useSearchParams()
  const whyNot = useWhyNot(of)
  const picks = new Set(search.getAll("pick"))
  const drafts = useRef<HTMLUListElement>(null)

  function pick(keys: readonly string[], on: boolean) {
    setSearch(
      (before) => {
        const kept = before.getAll("pick").filter((key) => !keys.includes(key))
        before.delete("pick")
        for (const key of on ? [...kept, ...keys] : kept) before.append("pick", key)
        return before
      },
      { replace: true },
    )
  }

  /** Adds all of a cloud. The pressed button disappears then, so the drafts take the focus. */
  function pickAll(keys: readonly string[]) {
    pick(keys, true)
    drafts.current?.focus()
  }

  if (coverages.length === 0) {
    return (
      <p className={`center quiet ${styles.nothing}`}>
        {of.areContainersUnread
          ? `The containers of ${of.project.name} can't be read right now.`
          : `${of.project.name} has no container with a connection yet.`}
      </p>
    )
  }
  return (
    <>
      {whyNot !== null && listMissing(coverages).length > 0 && <p className="quiet">{whyNot}</p>}
      {coverages.map((coverage) => (
        <CoverageMatrix
          key={coverage.providerName}
          projectId={of.project.id}
          coverage={coverage}
          picking={whyNot === null ? { picks, onPick: pick, onPickAll: pickAll } : null}
        />
      ))}
      {whyNot === null && (
        <DraftBatch
          project={of}
          missing={listMissing(coverages)}
          picks={picks}
          list={drafts}
          onDrop={(keys) => pick(keys, false)}
        />
      )}
    </>
  )
}

/** Returns why this person can't create connections in a project; null when they can. */
function useWhyNot({ project }: CoveredProject): string | null {
  const { mayChange, askWhom } = computePermissions(usePerson(), project.id)
  if (project.keyMayCreate === "no")
    return `This server's ${toKeyNoun(project.keyKind)} can't create connections in ${project.name}.`
  return mayChange ? null : `You can view ${project.name}. To create connections, ask ${askWhom}.`
}
