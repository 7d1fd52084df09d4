// An office built without the pages still answers /api; then this stands in front of it: it serves
// the built page under the policy the office sends, and hands everything else through. An office
// that serves its pages itself is left alone.
import { createReadStream, existsSync } from 'node:fs'
import { createServer, request as ask } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

const built = fileURLToPath(new URL('../../../common/web/build/office', import.meta.url))
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
const types: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }

export async function front(office: string): Promise<{ address: string; stop: () => void }> {
  const whole = await fetch(`${office}/`)
  if (whole.ok && (whole.headers.get('content-type') ?? '').startsWith('text/html')) {
    return { address: office, stop: () => {} }
  }
  if (!existsSync(join(built, 'index.html'))) throw new Error(`no pages in ${built}: npm run build in common/web`)
  const target = new URL(office)
  const server = createServer((from, to) => {
    const path = from.url ?? '/'
    if (path.startsWith('/api/')) {
      const headers = { ...from.headers, host: target.host, ...(from.headers.origin ? { origin: office } : {}) }
      const through = ask({ host: target.hostname, port: target.port, method: from.method, path, headers }, (answer) => {
        to.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(to)
      })
      through.on('error', () => to.destroy())
      to.on('close', () => through.destroy())
      from.pipe(through)
      return
    }
    const name = normalize(path.split('?')[0]!)
    const file = join(built, extname(name) === '' ? 'index.html' : name)
    if (!existsSync(file)) return to.writeHead(404).end()
    to.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream', 'Content-Security-Policy': policy })
    return createReadStream(file).pipe(to)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    address,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
