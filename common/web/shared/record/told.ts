// What the office wrote into a task or a notification as the program says it to its reader: only
// the program knows which words it wrote in both languages and which a person typed.
import { type Answer, tableOf } from '@/api/answer'

/** How the list reads in one column of the record's row; the text itself where it has none. */
export const saidAt = (answer: Answer, row: number, column: number, text: string): string => tableOf(answer).rows[row]?.[column] ?? text
/** The same by the label of its field. */
export const saidUnder = (answer: Answer, row: number, label: string | undefined, text: string): string =>
  saidAt(answer, row, tableOf(answer).header.indexOf(label ?? ''), text)

/** What follows the words the program said in its reader's language; empty where a person typed them all. */
export function reasonIn(text: string, said: string): string {
  const from = said.indexOf(': ')
  const reason = from < 0 ? '' : said.slice(from)
  return text !== said && text.endsWith(reason) ? reason.slice(2) : ''
}
