import { exports, type ExportSubject } from "@peering-desk/peering-rules"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { installationQuery } from "#api/installation.ts"
import { ChipChoice } from "#ui/fields/ChipChoice.tsx"
import { CopyBlock } from "#ui/CopyBlock.tsx"

/** Shows a draft or a peering as code in the chosen tool, with notes. */
export function CodeLanguages({ subject }: { subject: ExportSubject }) {
  const languages = exports.filter(({ appliesTo }) => appliesTo(subject.draft.providerName))
  const atlasHost = useQuery(installationQuery()).data?.atlasHost
  const [chosen, setChosen] = useState("terraform")
  const language = languages.find(({ id }) => id === chosen) ?? languages[0]
  if (language === undefined) return null
  const { text, notes } = language.write({ ...subject, ...(atlasHost && { atlasHost }) })
  const options = languages.map(({ id, title }) => [id, title] as const)
  return (
    <div>
      <ChipChoice label="Language" options={options} value={language.id} onChoose={setChosen} />
      {text !== "" && <CopyBlock label={language.title} about="this connection" text={text} />}
      <ul className="bullets above-10">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </div>
  )
}
