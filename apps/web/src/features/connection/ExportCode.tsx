import type { Container, Peering } from "@peering-desk/shared-schemas"
import { exports, toExportSubject } from "@peering-desk/peering-rules"
import { useState } from "react"
import { Chip } from "#ui/Chip.tsx"
import { CopyBlock } from "#ui/CopyBlock.tsx"
import styles from "./connection.module.css"

/** The connection as code in the tool of one's choice, with what its reader has to know. */
export function ExportCode({ peering, container }: { peering: Peering; container: Container | null }) {
  const languages = exports.filter(({ appliesTo }) => appliesTo(peering.peer.providerName))
  const [chosen, setChosen] = useState("terraform")
  const language = languages.find(({ id }) => id === chosen) ?? languages[0]
  if (language === undefined) return null
  const { text, notes } = language.write(toExportSubject(peering, container))
  return (
    <div className={styles.stack}>
      <fieldset className={styles.tools}>
        <legend className="visually-hidden">Language</legend>
        {languages.map(({ id, title }) => (
          <Chip key={id} pressed={id === language.id} onPress={() => setChosen(id)}>
            {title}
          </Chip>
        ))}
      </fieldset>
      <CopyBlock label={language.title} about="this connection" text={text} />
      <ul className={styles.sentences}>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </div>
  )
}
