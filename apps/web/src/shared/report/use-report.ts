import { useQueryClient } from "@tanstack/react-query"
import { usePerson } from "#api/session.ts"
import { toProblemWords } from "#copy/problems.ts"
import { showToast } from "#ui/overlay/Toasts.tsx"
import type { ReportSubject } from "./report.ts"

/** More make a file that nobody reads. */
const mostConnections = 50

/** Returns what saves a report of some connections; its script and its data load then. */
export function useReport(): (subjects: readonly ReportSubject[]) => void {
  const client = useQueryClient()
  const person = usePerson()?.user.name ?? ""

  async function save(subjects: readonly ReportSubject[]) {
    const script = await import("./save-report.tsx").catch(() => null)
    if (script === null) {
      showToast("No report: its script didn't load. Check your network, or reload the page.")
      return
    }
    try {
      await script.saveReport(client, subjects, person)
      showToast("Report saved")
    } catch (error) {
      showToast(`No report: ${toProblemWords(error).title}`)
    }
  }

  return (subjects) => {
    if (subjects.length > mostConnections) {
      showToast(`A report holds up to ${mostConnections} connections. Filter the list first.`)
      return
    }
    if (subjects.length > 1) showToast("Preparing the report")
    void save(subjects)
  }
}
