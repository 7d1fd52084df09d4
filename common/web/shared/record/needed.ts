// What a new record lacks of what its file is submitted with, as the program's demands say it: known
// before there is a record anybody could look at.
import type { Input, Inputs, Value } from '@/api/actions'
import type { Field, Kind, Submission, Way } from '@/schema/kinds'

interface Asked {
  input: Input
  field?: Field
}

const isEmpty = (value: Value) => value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** The inputs of the form that would meet the way and do not yet; null where the form cannot say it. */
function unheld(way: Way, kind: Kind, asked: Asked[], now: Inputs): string[] | null {
  const keyOf = (name: string) => asked.find((each) => each.field?.name === name)?.input.key
  if (way.kind !== kind.tag) {
    const along = asked.filter((each) => each.input.along === way.kind).map((each) => each.input.key)
    return along.length > 0 ? along.filter((key) => isEmpty(now[key])) : null
  }
  const isHeld = (value: Value, code?: string) => (code === undefined ? !isEmpty(value) : (Array.isArray(value) ? value : [value]).includes(code))
  const open: string[] = []
  for (const { name, code, empty } of way.fields) {
    const key = keyOf(name)
    if (key === undefined) return null
    // What is filled in where nothing is said lacks nothing.
    const preset = asked.find((each) => each.input.key === key)?.field?.preset === true
    if ((isHeld(now[key], code) || preset) === (empty === true)) open.push(key)
  }
  return open
}

/** Keys of the inputs a submission of the file waits for, when the form reads as it does. */
export function neededKeys(submission: Submission | undefined, kind: Kind, asked: Asked[], now: Inputs): string[] {
  const party = asked.find((each) => each.field?.name === submission?.by)?.input.key
  const isPerson = party !== undefined && now[party] === submission?.person
  return (submission?.demands ?? [])
    .filter((demand) => (isPerson ? demand.person : demand.enterprise))
    .flatMap((demand) => {
      const ways = demand.ways.map((way) => unheld(way, kind, asked, now)).filter((open) => open !== null)
      return ways.some((open) => open.length === 0) ? [] : (ways[0] ?? [])
    })
}
