// The cable between a laptop and the office: it carries bytes, can be held still, and can be cut
// after so many bytes of one direction.
import { connect, createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

export interface Cable {
  /** Where the laptop connects. */
  host: string
  /** What it carried since the last plugging in, in bytes. */
  carried: { up: number; down: number }
  /** Carries everything from now on. */
  plug: () => void
  /** Carries so many bytes of a direction from now on, then breaks every connection until plugged in. */
  cutAfter: (direction: 'up' | 'down', bytes: number) => void
  /** Whether it broke since it was plugged in. */
  isCut: () => boolean
  /** Carries nothing until let go, and breaks nothing. */
  hold: () => void
  letGo: () => void
  remove: () => void
}

export async function makeCable(office: string): Promise<Cable> {
  const [name, port] = office.split(':') as [string, string]
  const carried = { up: 0, down: 0 }
  const open = new Set<Socket>()
  let limit: { direction: 'up' | 'down'; bytes: number } | undefined
  let cut = false
  let held = false
  const breakAll = () => {
    cut = true
    for (const each of open) each.destroy()
  }
  const carry = (from: Socket, to: Socket, direction: 'up' | 'down') => {
    open.add(from)
    if (held) from.pause()
    from.on('data', (bytes: Buffer) => {
      const left = limit?.direction === direction ? limit.bytes - carried[direction] : bytes.length
      const part = bytes.subarray(0, Math.max(0, left))
      carried[direction] += part.length
      if (part.length === bytes.length) to.write(part)
      else to.write(part, breakAll)
    })
    from.on('close', () => {
      open.delete(from)
      to.destroy()
    })
    from.on('end', () => to.end())
    from.on('error', () => to.destroy())
  }
  const server = createServer((laptop) => {
    if (cut) return laptop.destroy()
    const far = connect(Number(port), name)
    carry(laptop, far, 'up')
    carry(far, laptop, 'down')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    carried,
    plug: () => {
      limit = undefined
      cut = false
      carried.up = carried.down = 0
    },
    cutAfter: (direction, bytes) => {
      carried.up = carried.down = 0
      limit = { direction, bytes }
    },
    isCut: () => cut,
    hold: () => {
      held = true
      for (const each of open) each.pause()
    },
    letGo: () => {
      held = false
      for (const each of open) each.resume()
    },
    remove: () => {
      for (const each of open) each.destroy()
      server.close()
    },
  }
}
