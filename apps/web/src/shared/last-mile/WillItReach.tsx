import type { ProviderName } from "@peering-desk/shared-schemas"
import { listReach, reachLinks, type ReachAnswer } from "@peering-desk/peering-rules"
import { useState } from "react"
import { SelectField } from "#ui/fields/SelectField.tsx"
import { Notice } from "#ui/Notice.tsx"
import styles from "./last-mile.module.css"

/** No answer is green: it rests on documentation, and nothing was tried. */
const verdicts = {
  yes: { tone: "info", words: "Yes, it reaches Atlas" },
  no: { tone: "failed", words: "No, not over this connection" },
  "cannot-be-told": { tone: "you", words: "Can't be told from here" },
} as const satisfies Record<ReachAnswer["verdict"], object>

/** Answers from where the database is reached over a peering. */
export function WillItReach({
  providerName,
  atlasCidr,
}: {
  providerName: ProviderName
  atlasCidr: string | null
}) {
  const answers = listReach(providerName, atlasCidr)
  const [chosenId, setChosenId] = useState<string | null>(null)
  const answer = answers.find(({ id }) => id === chosenId)
  return (
    <div className={`stack gap-12 ${styles.reach}`}>
      <SelectField
        label="Applications run in"
        empty="Choose a place"
        options={answers.map(({ id, from }) => [id, from] as const)}
        value={answer?.id ?? null}
        onChange={setChosenId}
      />
      <div aria-live="polite">
        {answer !== undefined && (
          <Notice tone={verdicts[answer.verdict].tone} title={verdicts[answer.verdict].words}>
            <p>{answer.says}</p>
            {answer.next !== null && <p>{answer.next}</p>}
          </Notice>
        )}
      </div>
      <p className="quiet text-13">
        In MongoDB's documentation:{" "}
        {reachLinks.map(({ title, url }, index) => (
          <span key={url}>
            {index > 0 && ", "}
            <a href={url} target="_blank" rel="noreferrer">
              {title}
            </a>
          </span>
        ))}
      </p>
    </div>
  )
}
