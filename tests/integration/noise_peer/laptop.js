// A laptop written from protocol/SPEC.md and the npm package noise-handshake alone, against a real
// office. Ends 0 when the office kept to the specification, else 1 with the reason.
//
//   node laptop.js enrol --invite CODE --keys FILE     spends the invite, keeps its keys in FILE
//   node laptop.js sync --invite CODE --keys FILE      receives every scope, compares the counts
//   … --refused                                        the office must not speak to these keys
const fs = require('fs')
const { parseArgs } = require('util')
const dh = require('noise-handshake/dh')
const { fail, ensure, open } = require('./channel')

const text = { type: 'string' }
const { values: asked, positionals: [command] } = parseArgs({
  allowPositionals: true,
  options: { invite: text, keys: text, schema: text, refused: { type: 'boolean', default: false } }
})

const ENROL = 1; const ENROLLED = 2; const HELLO = 10; const WELCOME = 11
const POLICY = 20; const BATCH = 21; const CHECKPOINT = 22; const BYE = 30; const REFUSAL = 31

/// Crockford's base32 of version, server key, instance, invite, secret, checksum "@" address.
function parseInvite (code) {
  const [digits, address] = code.split('@')
  let bits = ''
  for (const digit of digits) bits += '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(digit).toString(2).padStart(5, '0')
  const bytes = Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)))
  const [host, port] = address.split(':')
  return {
    host,
    port: +port,
    serverKey: bytes.subarray(1, 33).toString('hex'),
    instance: Buffer.concat([bytes.subarray(33, 49), Buffer.alloc(16)]).toString('hex'),
    invite: bytes.subarray(49, 57),
    secret: bytes.subarray(57, 73)
  }
}

// ---- SPEC 7: values to bytes
function unsigned (value) {
  const bytes = []
  for (let rest = BigInt(value); ; rest >>= 7n) {
    bytes.push(Number(rest & 127n) | (rest > 127n ? 128 : 0))
    if (rest <= 127n) return Buffer.from(bytes)
  }
}
const signed = value => unsigned(BigInt(value) < 0n ? -2n * BigInt(value) - 1n : 2n * BigInt(value))
const prose = words => Buffer.concat([unsigned(Buffer.byteLength(words)), Buffer.from(words)])

class Reader {
  constructor (bytes) { this.rest = bytes }
  take (size) {
    ensure(size <= this.rest.length, 'a message of the office ends too early')
    const taken = this.rest.subarray(0, size)
    this.rest = this.rest.subarray(size)
    return taken
  }

  byte () { return this.take(1)[0] }
  unsigned () {
    for (let value = 0n, shift = 0n; ; shift += 7n) {
      const byte = this.byte()
      value |= BigInt(byte & 127) << shift
      if (byte < 128) return Number(value)
    }
  }

  bytes () { return this.take(this.unsigned()) }
  list (entry) { return Array.from({ length: this.unsigned() }, () => entry(this)) }
}
const scope = reader => reader.take(17).toString('hex')

/// SPEC 10.1 and 10.2: bundles of messages, each a number, a version and fields.
class Conversation {
  constructor (channel) {
    this.channel = channel
    this.waiting = []
  }

  send (number, ...fields) {
    const message = Buffer.concat([Buffer.from([number]), unsigned(1), ...fields])
    this.channel.send(Buffer.concat([unsigned(message.length), message]))
  }

  async receive (...wanted) {
    while (this.waiting.length === 0) {
      const bundle = new Reader(await this.channel.receive())
      while (bundle.rest.length > 0) this.waiting.push(new Reader(bundle.bytes()))
    }
    const message = this.waiting.shift()
    const number = message.byte()
    ensure(wanted.includes(number), `message ${number} where one of ${wanted} belongs: ${message.rest}`)
    message.unsigned()
    return { number, message }
  }
}

async function enrol (invite) {
  const keys = dh.generateKeyPair()
  fs.writeFileSync(asked.keys, JSON.stringify({ public: keys.publicKey.toString('hex'), secret: keys.secretKey.toString('hex') }), { mode: 0o600 })
  const office = new Conversation(await open({ ...invite, purpose: 2, keys }))
  office.send(ENROL, invite.invite, invite.secret, prose('peer'), prose('1'))
  const { message } = await office.receive(ENROLLED)
  message.take(32)
  console.log(message.bytes().toString())
}

async function sync (invite) {
  const kept = JSON.parse(fs.readFileSync(asked.keys))
  const keys = { publicKey: Buffer.from(kept.public, 'hex'), secretKey: Buffer.from(kept.secret, 'hex') }
  const office = new Conversation(await open({ ...invite, purpose: 1, keys }))
  office.send(HELLO, unsigned(1), unsigned(4), unsigned(Number(asked.schema)), prose('1'), signed(Date.now()), signed(Date.now()),
    unsigned(1), unsigned(0), Buffer.alloc(32), unsigned(0), Buffer.alloc(16), unsigned(0))
  await office.receive(WELCOME)
  const policy = (await office.receive(POLICY)).message
  const gained = policy.list(scope)
  const lost = policy.list(scope)
  const held = policy.list(scope)
  ensure(gained.length === held.length && lost.length === 0 && held.length > 0, 'a new laptop gains all it holds')

  const entries = new Map(held.map(key => [key, { sseq: 0, count: 0 }]))
  let checkpoint
  for (;;) {
    const { number, message } = await office.receive(BATCH, CHECKPOINT)
    if (number === CHECKPOINT) { checkpoint = message; break }
    const seen = entries.get(scope(message))
    ensure(seen, 'a batch of a scope that is not held')
    seen.sseq = message.unsigned()
    seen.count += message.unsigned()
    ensure(message.bytes().readUInt32LE(0) === 0xFD2FB528, 'the entries are not one zstd frame')
  }
  const states = checkpoint.list(reader => ({ key: scope(reader), sseq: reader.unsigned(), count: reader.unsigned(), hash: reader.take(32) }))
  let received = 0
  for (const { key, sseq, count } of states) {
    const seen = entries.get(key)
    ensure(seen && seen.sseq === sseq && seen.count === count, `scope ${key}: ${JSON.stringify(seen)} against ${sseq}, ${count}`)
    received += count
  }
  office.send(BYE, unsigned(0), unsigned(received), Buffer.from([0]))
  const bye = (await office.receive(BYE)).message
  ensure(bye.unsigned() === received, 'the office counts other facets')
  console.log(`${states.length} scopes, ${received} facets`)
}

async function main () {
  const invite = parseInvite(asked.invite)
  if (asked.refused) {
    const office = new Conversation(await open({ ...invite, purpose: 1, keys: dh.generateKeyPair() }))
    const { message } = await office.receive(REFUSAL)
    ensure(message.bytes().toString() === 'sync.device_unknown', 'a key no device has is refused as something else')
    return
  }
  await (command === 'enrol' ? enrol(invite) : sync(invite))
}

main().then(() => process.exit(0), error => fail(error.stack))
