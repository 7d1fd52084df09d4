// What the office writes into a task or a notification: both languages with a stroke between, then
// what is said of it: "退回/return: 缺门牌号".

/** The words in the reader's language, and what follows them. */
export function saidIn(text: string, language: string): string {
  const found = /^([^/]+)\/([^/:(]+)(.*)$/s.exec(text)
  if (!found) return text
  const words = language === 'en' ? found[2]!.trim() : found[1]!
  const rest = found[3]!
  return rest.startsWith('(') ? `${words} ${rest}` : words + rest
}
/** What is said beside the words; empty for nothing. */
export const reasonIn = (text: string) => /^[^/]+\/[^/:(]+: (.*)$/s.exec(text)?.[1] ?? ''
