import { parentPort } from "node:worker_threads"

/** Answers the questions of a `QuestionThread`, in its thread. What a method throws ends the thread: its state may be broken after that. */
export function answerQuestions(methods: Readonly<Record<string, (question: never) => unknown>>): void {
  parentPort?.on("message", ({ id, method, question }: { id: number; method: string; question: never }) => {
    void Promise.resolve(methods[method]?.(question)).then((answer) =>
      parentPort?.postMessage({ id, answer }),
    )
  })
}
