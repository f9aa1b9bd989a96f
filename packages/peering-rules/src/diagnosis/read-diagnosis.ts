import { findNameProblem } from "./name-problem.ts"
import { parseDiagnosis } from "./parse-diagnosis.ts"
import { findPathProblem } from "./path-problem.ts"
import { unreadable, works } from "#runbook/read-outcome.ts"
import { fix, type DiagnosisPlace, type DiagnosisReading } from "./reading.ts"

/** Reads the output of the test script: the first thing that fails, and the step that fixes it. */
export function readDiagnosis(text: string, place: DiagnosisPlace): DiagnosisReading {
  const parsed = parseDiagnosis(text)
  if (parsed === null)
    return {
      ...unreadable(
        "This isn't output of the test script.",
        'Paste everything from the line "Peering diagnosis 1" on.',
      ),
      step: null,
    }
  const { hosts, isWhole, dnsServer } = parsed
  const problems = hosts.flatMap(
    (host) => findNameProblem(host, dnsServer, place) ?? findPathProblem(host, place) ?? [],
  )
  const [first] = problems
  if (first !== undefined) return first
  if (!isWhole || hosts.length === 0)
    return fix("The output ends early.", 'Wait for the line "End of diagnosis", then paste everything.')
  const all = hosts.length === 1 ? "" : ` for all ${hosts.length} hosts`
  const says = `Name, route, port and TLS work${all}. Applications here can connect over the peering.`
  return { ...works(says), step: null }
}
