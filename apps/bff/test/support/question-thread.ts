import { threadId } from "node:worker_threads"
import { answerQuestions } from "#base/answer-questions.ts"

/** Answers with the thread's id, never, or by ending the thread. */
answerQuestions({
  identify: (name: string) => `${name} in ${threadId}`,
  hang: () => new Promise(() => {}),
  read: () => new Promise(() => {}),
  fail: () => Promise.reject(new Error("broken")),
})
