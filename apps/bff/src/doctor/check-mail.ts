import { createMailSender, type MailSettings } from "#notifications/channels/mail.ts"
import { bad, good, type Finding } from "./finding.ts"

/** Signs in at the mail server, where there is one. Sends no mail. */
export async function checkMail(settings: MailSettings | null): Promise<Finding[]> {
  if (settings === null) return []
  const sender = createMailSender(settings)
  const outcome = await sender.signIn()
  sender.close()
  if (outcome.ok) return [good("mail server", "it lets this server in. No mail was sent.")]
  const fix = "Check SMTP_URL, the network, and the mail server's certificate and accounts."
  return [bad("mail server", `${outcome.answer}.`, fix)]
}
